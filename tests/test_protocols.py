"""One battery a kind of part: every reader, coder, embedder and chart passes it."""

import io
import json
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pandas as pd
import pytest
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from pandas.testing import assert_frame_equal

from empathy_insights.analysis.case_matrix import case_matrix
from empathy_insights.analysis.cooccurrence import cooccurrence
from empathy_insights.analysis.crosstab import crosstab
from empathy_insights.analysis.frequency import topic_frequency
from empathy_insights.analysis.rounds import theme_over_rounds
from empathy_insights.analysis.saturation import saturation
from empathy_insights.analysis.stances import theme_stances
from empathy_insights.codebook import Codebook, Example, Patterns, Theme
from empathy_insights.coding.code import code
from empathy_insights.coding.language_model.model_coder import language_model
from empathy_insights.coding.models.by_codebook import CodebookCoder
from empathy_insights.coding.models.fitting import fit_coder
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.semantic import SemanticCoder
from empathy_insights.errors import TranscriptError
from empathy_insights.publishing import publish
from empathy_insights.readers.registry import READERS, read_source
from empathy_insights.readers.transcript import Source, Transcript, words
from empathy_insights.report.charts.chart_list import _CHARTS, alt_text, plot
from empathy_insights.report.charts.coverage_strip import element_table
from empathy_insights.report.charts.joint_display import joint_table
from empathy_insights.report.charts.style import (
    DARK,
    blues,
    contrast,
    looking,
    on_blue,
    svg,
)
from empathy_insights.tables import CODINGS
from empathy_insights.text.embedders import StaticEmbedder
from empathy_insights.text.onnx_embedder import ContextualEmbedder, OnnxEmbedder
from empathy_insights.text.segments import segment

from .fake_model import FakeModel, serving
from .packed_files import odt
from .test_readers_formats import pdf, rtf
from .tiny_model import write_tiny_model

# Readers: format -> the same short talk, written in it.

TALK = (
    ("Interviewer", "What helps?"),
    ("Ana", "My friends."),
    ("Interviewer", "What else?"),
    ("Ana", "A bus that comes."),
)
LINES = [f"{speaker}: {said}" for speaker, said in TALK]


def cues(head, cue, stop="\n"):
    rows = [cue.format(n, n + 1, line) for n, line in enumerate(LINES)]
    return (head + stop.join(rows)).encode()


def a_docx():
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def an_xlsx():
    book = openpyxl.Workbook()
    for row in (("speaker", "text"), *TALK):
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


PAGE = "\n".join(f"<p>{line}</p>" for line in LINES)
AS_TEXT = {
    "ass": cues(
        "[Events]\nFormat: Start, End, Name, Text\n",
        "Dialogue: 0:00:0{0}.00,0:00:0{1}.00,,{2}",
    ),
    "csv": "\n".join(["speaker,text", *(f"{who},{said}" for who, said in TALK)]).encode(),
    "eml": "\n".join(["From: Ana <ana@mail.example>", "Subject: Our talk", "", *LINES]).encode(),
    "html": f"<!doctype html>\n<html><body>\n{PAGE}\n</body></html>\n".encode(),
    "json": json.dumps([{"speaker": who, "text": said} for who, said in TALK], indent=1).encode(),
    "lrc": cues("", "[00:0{0}.00]{2}"),
    "otr": json.dumps({"text": PAGE, "media": "talk.mp3"}, indent=1).encode(),
    "rtf": rtf(LINES).replace("\\par ", "\\par\n").encode(),
    "sbv": cues("", "0:00:0{0}.000,0:00:0{1}.000\n{2}\n"),
    "srt": cues("", "{1}\n00:00:0{0},000 --> 00:00:0{1},000\n{2}\n"),
    "text": "\n".join(LINES).encode(),
    "vtt": cues("WEBVTT\n\n", "00:0{0}.000 --> 00:0{1}.000\n{2}\n"),
}  # fmt: skip
READ = {
    **AS_TEXT,
    "docx": a_docx(),
    "odt": odt("".join(f"<text:p>{line}</text:p>" for line in LINES)),
    "pdf": pdf(LINES),
    "xlsx": an_xlsx(),
}


def read(kind, data):
    suffix = "txt" if kind == "text" else kind
    return read_source(Source(Path(f"talk.{suffix}"), data))


def spans_that_do_not_fit(transcript):
    """Return turns that are empty, out of order, or beyond the text."""
    ends = [0, *(turn.end for turn in transcript.turns)]
    return [
        turn
        for turn, before in zip(transcript.turns, ends, strict=False)
        if not before <= turn.start < turn.end <= len(transcript.text)
        or words(transcript, turn) != words(transcript, turn).strip()
    ]


@pytest.mark.parametrize("kind", READERS)
def test_a_reader_finds_who_says_what_and_where(kind):
    transcript = read(kind, READ[kind])

    said = [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]
    assert said == list(TALK)
    assert transcript.format == kind
    assert spans_that_do_not_fit(transcript) == []


@pytest.mark.parametrize("kind", READERS)
def test_a_reader_gives_the_same_twice(kind):
    assert read(kind, READ[kind]) == read(kind, READ[kind])


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
@pytest.mark.parametrize("kind", READERS)
def test_an_empty_file_is_said_to_be_empty(kind, data):
    with pytest.raises(TranscriptError, match="the file is empty"):
        read(kind, data)


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("kind", AS_TEXT)
def test_ends_of_lines_make_no_difference(kind, end):
    given = AS_TEXT[kind]

    one, other = read(kind, given), read(kind, given.replace(b"\n", end.encode()))

    assert (one.text, one.turns) == (other.text, other.turns)


def or_refused(reader, *given):
    """Return what a reader reads, or nothing where it says in a sentence why not."""
    try:
        return reader(*given)
    except TranscriptError:
        return Transcript(Path("talk"), "interview", "", ())


@pytest.mark.parametrize("kind", READERS)
def test_one_line_is_read_or_refused_in_a_sentence(kind):
    line = Source(Path("talk"), b"Ana: My friends.")

    assert spans_that_do_not_fit(or_refused(READERS[kind], line)) == []


@pytest.mark.parametrize("kind", READERS)
def test_half_a_file_is_read_or_refused_in_a_sentence(kind):
    half = READ[kind][: len(READ[kind]) // 2]

    assert spans_that_do_not_fit(or_refused(read, kind, half)) == []


# Coders: each is given the same segments, by the same codebook.

BOOK = Codebook(
    "b",
    "B",
    themes=(
        Theme(
            "bus",
            "Bus",
            patterns=Patterns(("bus .. late",), ("bus", "wait")),
            examples=(Example("My bus comes late every day."),),
        ),
        Theme("bus.stop", "Stop", parent="bus", patterns=Patterns(("bus stop",))),
        Theme("food", "Food", examples=(Example("Lunch is cold and too short."),)),
    ),
)
SAID = (
    "The bus was late again this morning.",
    "We had cold noodles at noon, and then the bus stop was gone.",
    "I read about whales.",
    "lunch",
    "🙂",
    "…",
    "A very long day. " * 20,
)
CODERS = ("lexical", "semantic", "codebook", "learned", "language model")


@pytest.fixture(scope="module")
def segments(talk):
    return segment(
        talk({f"d{n}": [(f"p{n}", said) for said in SAID] for n in range(6)})
    )


@pytest.fixture(scope="module")
def model():
    with serving(FakeModel({"bus": "bus was late", "food": "cold noodles"})) as fake:
        yield fake


@pytest.fixture(scope="module", params=CODERS)
def coder(request, segments, model):
    if request.param == "language model":
        return language_model(model.url).by(BOOK)
    if request.param == "learned":
        given = (
            segments["text"].str.contains("bus").map({True: "bus", False: "no_theme"})
        )
        hand = CODINGS.frame(
            {
                "segment_id": name, "theme": theme, "coder": "kim", "status": "human",
                "method": "read", "codebook_sha256": "0",
            }
            for name, theme in zip(segments["segment_id"], given, strict=True)
        )  # fmt: skip
        return fit_coder(segments, hand, BOOK)
    kinds = {
        "lexical": LexicalCoder,
        "semantic": SemanticCoder,
        "codebook": CodebookCoder,
    }
    return kinds[request.param](BOOK)


@pytest.fixture(scope="module")
def codings(coder, segments):
    return coder(segments)


def in_order(table):
    return table.sort_values(list(CODINGS.key)).reset_index(drop=True)


def test_a_coder_gives_codings_in_its_name_by_its_codebook(coder, codings):
    assert len(CODINGS.check(codings)) > 0
    assert set(codings["coder"]) == {coder.name}
    assert set(codings["theme"]) <= {theme.id for theme in BOOK}
    assert set(codings["status"]) <= {"auto", "suggested"}
    assert set(codings["codebook_sha256"]) == {BOOK.sha256}
    assert codings["score"].dropna().between(0, 1).all()
    assert (codings["method"] != "").all()


def test_evidence_stands_inside_its_segment(codings, segments):
    beside = codings.merge(segments, on="segment_id", validate="many_to_one")

    known = beside.dropna(subset=["evidence_start"])
    assert len(known) > 0
    assert (known["evidence_start"] >= known["start"]).all()
    assert (known["evidence_end"] <= known["end"]).all()
    assert (known["evidence_start"] < known["evidence_end"]).all()


def test_a_coder_gives_the_same_twice_and_in_any_order(coder, codings, segments):
    before = segments.copy()

    again, turned = coder(segments), coder(segments.iloc[::-1])

    assert_frame_equal(again, codings)
    assert_frame_equal(in_order(turned), in_order(codings))
    assert_frame_equal(segments, before)


def test_a_coder_of_nothing_gives_an_empty_table(coder, segments):
    assert CODINGS.check(coder(segments.head(0))).empty


def test_a_coder_can_be_named_in_code(coder, codings, segments):
    found = code(segments, BOOK, coders=[coder])

    pairs = list(CODINGS.key)
    assert_frame_equal(found[pairs], in_order(codings)[pairs])
    assert found["stance"].notna().all()


# Embedders.

TEXTS = ["the bus is late", "bus", "", "🙂", "lunch is cold", "bus", "late " * 400]


@pytest.fixture(scope="module", params=["static", "onnx", "contextual"])
def embedder(request, tmp_path_factory):
    if request.param == "onnx":
        return OnnxEmbedder(write_tiny_model(tmp_path_factory.mktemp("tiny")))
    return ContextualEmbedder() if request.param == "contextual" else StaticEmbedder()


def test_a_text_is_a_row_of_length_one_or_zero(embedder):
    vectors = embedder(TEXTS)

    lengths = np.linalg.norm(vectors, axis=1).round(4)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), embedder(["bus"]).shape[1])
    assert np.isfinite(vectors).all()
    assert set(lengths.tolist()) <= {0.0, 1.0}
    assert lengths[0] == 1


def test_no_texts_are_no_rows_of_the_same_width(embedder):
    assert embedder([]).shape == (0, embedder(["bus"]).shape[1])


def test_equal_texts_have_equal_vectors(embedder):
    vectors = embedder(TEXTS)

    np.testing.assert_array_equal(vectors[1], vectors[5])
    np.testing.assert_array_equal(vectors, embedder(TEXTS))


def test_what_stands_beside_a_text_changes_nothing(embedder):
    many = TEXTS * 30

    vectors = embedder(many)

    np.testing.assert_array_equal(vectors[::-1], embedder(many[::-1]))
    alone = np.concatenate([embedder([text]) for text in TEXTS])
    np.testing.assert_allclose(vectors[: len(TEXTS)], alone, atol=1e-6)


def test_an_embedder_has_a_name_for_the_manifest(embedder):
    assert isinstance(embedder.name, str)
    assert embedder.name


# Charts: each is drawn from the table that its function returns.


def counted_tables(shown):
    """Return the team's tables that say how far people have read, by their names."""
    run = shown["team"].run
    told = (run.codings, run.corpus)
    return {
        "cooccurrence": cooccurrence(*told, estimate=run.estimate),
        "crosstab": crosstab(*told, by="role", estimate=run.estimate),
        "elements": element_table(run.themes, run.codebook),
        "joint": joint_table(shown["team"]),
        "rounds": theme_over_rounds(*told, estimate=run.estimate),
        "themes": run.themes,
        "by_group": run.themes_by_role,
    }


def school_tables(shown, tables):
    """Return what a school may see of them."""
    publishable = ("cooccurrence", "crosstab", "rounds", "themes", "by_group")
    told = {name: publish(tables[name], "school") for name in publishable}
    return {
        **told,
        "elements": element_table(told["themes"], shown["school"].run.codebook),
        "joint": joint_table(shown["school"]),
    }


def checked(tables):
    return {f"checked_{name}": table for name, table in tables.items()}


@pytest.fixture(scope="module")
def first_look(sample_shown):
    return counted_tables(sample_shown)


@pytest.fixture(scope="module")
def all_read(checked_shown):
    return counted_tables(checked_shown)


@pytest.fixture(scope="module")
def drawn_tables(sample_analysis, sample_steps, first_look, all_read):
    """Return the team's table of each chart, before and after people have read."""
    run = sample_analysis
    return {
        **first_look,
        **checked(all_read),
        "case_matrix": case_matrix(run.codings, run.corpus),
        "saturation": saturation(run.codings, run.corpus),
        "strip": sample_steps.iste,
        "stances": theme_stances(run.themes, run.codings, run.corpus),
        "topics": topic_frequency(run.topics, run.corpus),
        "voices": run.voices,
    }


@pytest.fixture(scope="module")
def published_tables(sample_shown, checked_shown, first_look, all_read, drawn_tables):
    """Return what a school may see of each chart's table, where it may see any."""
    rest = ("topics", "voices")
    return {
        **school_tables(sample_shown, first_look),
        **checked(school_tables(checked_shown, all_read)),
        **{name: publish(drawn_tables[name], "school") for name in rest},
    }


COUNTED = (
    "cooccurrence", "crosstab", "elements", "joint", "rounds", "themes", "by_group",
)  # fmt: skip
CHARTS = (*_CHARTS, "by_group", *(f"checked_{name}" for name in COUNTED))
# Before people have read, a school may see no theme's number in every round.
SHOWN = tuple(
    name
    for name in CHARTS
    if name not in {"case_matrix", "strip", "stances", "rounds", "saturation"}
)


def draw(table, **options):
    return plot(table, ax=Figure(figsize=(10, 8)).subplots(), **options)


def texts_of(ax):
    """Return the texts of a chart that can be seen, and their edges in pixels."""
    canvas = FigureCanvasAgg(ax.figure)
    canvas.draw()
    inside = ax.get_window_extent().padded(1)
    axes = [ax.xaxis, ax.yaxis] if ax.axison else []
    # A tick beyond the end of its axis is not drawn.
    ticks = [
        text
        for axis in axes
        for text, place in zip(axis.get_ticklabels(), axis.get_ticklocs(), strict=True)
        if inside.x0 <= ax.transData.transform((place, 0))[0] <= inside.x1
        or axis is ax.yaxis
    ]
    seen = [*ax.texts, ax._left_title, ax.xaxis.label, *ticks]
    said = [text for text in seen if text.get_text().strip()]
    return [(text, text.get_window_extent(canvas.get_renderer())) for text in said]


def unwrapped(text):
    """Return a text as it was before it was broken into lines, even after a hyphen."""
    return "".join(text.split())


def finding_of(ax):
    return unwrapped(ax.get_title(loc="left"))


@dataclass
class Drawn:
    """Hold a chart, its table as it was before, and which figures stood open then."""

    table: pd.DataFrame
    before: pd.DataFrame
    facts: dict[str, object]
    figures: list[int]
    ax: Axes
    figures_after: list[int]


@pytest.fixture(scope="module", params=CHARTS)
def drawn(request, drawn_tables):
    table = drawn_tables[request.param]
    before, facts, figures = table.copy(), dict(table.attrs), plt.get_fignums()
    ax = draw(table)
    return Drawn(table, before, facts, figures, ax, plt.get_fignums())


def test_a_chart_draws_its_table_and_leaves_it_alone(drawn):
    assert drawn.ax.get_title(loc="left")
    assert drawn.ax.has_data()
    assert_frame_equal(drawn.table, drawn.before)
    assert drawn.table.attrs == drawn.facts


def test_a_chart_drawn_into_given_axes_leaves_no_figure_behind(drawn):
    assert drawn.figures_after == drawn.figures


def test_the_words_for_a_chart_tell_the_finding_of_its_title(drawn):
    assert finding_of(drawn.ax) in unwrapped(alt_text(drawn.table))


SIZES = {"square": (720, 720), "narrow": (360, None)}


@pytest.mark.parametrize(
    "shape", ["square", pytest.param("narrow", marks=pytest.mark.slow)]
)
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_keeps_its_shape_and_nothing_is_cut_or_covered(
    drawn_tables, published_tables, name, shape
):
    width, height = SIZES[shape]
    tables = [
        tables[name] for tables in (drawn_tables, published_tables) if name in tables
    ]
    for table in tables:
        ax = plot(table, shape=shape)
        seen = texts_of(ax)
        plt.close(ax.figure)

        right, top = (side * 100 for side in ax.figure.get_size_inches())
        assert round(right) == width
        assert round(top) == (height or round(top))
        assert top <= 1700
        assert [text for text, box in seen if box.x0 < -1 or box.y0 < -1] == []
        assert [
            text for text, box in seen if box.x1 > right + 1 or box.y1 > top + 1
        ] == []
        pairs = combinations([box.padded(-1) for _, box in seen], 2)
        assert not [pair for pair in pairs if pair[0].overlaps(pair[1])]
        assert min(text.get_fontsize() for text, _ in seen) >= 9.5
        assert finding_of(ax) in unwrapped(alt_text(table))


@pytest.mark.parametrize(
    "shape", ["wide", *(pytest.param(shape, marks=pytest.mark.slow) for shape in SIZES)]
)
@pytest.mark.parametrize("name", CHARTS)
def test_letters_on_a_dark_ground_can_be_read(drawn_tables, name, shape):
    ax = plot(drawn_tables[name], shape=shape, dark=True)
    plt.close(ax.figure)

    ground = ax.figure.get_facecolor()
    assert to_hex(ground).upper() == DARK.ground
    on_cells = {"#000000", "#FFFFFF"}
    colors = {
        to_hex(text.get_color()).upper() for text in ax.findobj(Text) if text.get_text()
    }
    assert min(contrast(ground, color) for color in colors - on_cells) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
def test_letters_on_every_share_can_be_read(dark):
    with looking(dark=dark):
        shares = [share / 100 for share in range(101)]
        worst = min(contrast(blues()(share), on_blue(share)) for share in shares)

    assert worst >= 4.5


def test_a_shape_that_is_not_there_is_refused(drawn_tables):
    with pytest.raises(
        ValueError, match="shape must be 'wide' or 'square' or 'narrow', not 'tall'"
    ):
        plot(drawn_tables["themes"], shape="tall")


@pytest.mark.parametrize("name", [*SHOWN, "rounds"])
def test_a_published_table_is_drawn_with_words_for_its_finding(published_tables, name):
    table = published_tables[name]

    ax = draw(table)

    assert ax.has_data() or name not in SHOWN
    assert finding_of(ax)
    assert finding_of(ax) in unwrapped(alt_text(table))


@pytest.mark.parametrize("name", CHARTS)
def test_a_title_of_ones_own_takes_the_place_of_the_finding(drawn_tables, name):
    ax = draw(drawn_tables[name], title="Ours")

    assert ax.get_title(loc="left").strip() == "Ours"


@pytest.mark.slow
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_has_the_same_bytes_twice(drawn_tables, name):
    one, other = (svg(draw(drawn_tables[name]).figure) for _ in range(2))

    assert one == other


@pytest.mark.parametrize("name", CHARTS)
def test_a_table_without_rows_is_drawn_too(drawn_tables, name):
    empty = drawn_tables[name].head(0)
    empty.attrs = drawn_tables[name].attrs

    assert draw(empty).get_title(loc="left")
    assert alt_text(empty)
