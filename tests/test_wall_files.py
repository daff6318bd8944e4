"""What a team edits and pins: cards, notes to stick, the statement, slides."""

import io
import re
import zipfile
from dataclasses import replace
from itertools import combinations

import docx
import openpyxl
import pandas as pd
import pptx
import pytest

from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.errors import EmpathyInsightsWarning
from empathy_insights.files.results import RECORD
from empathy_insights.problem.sections import statement_sections
from empathy_insights.report.charts.letters import text_height
from empathy_insights.report.charts.themes import themes_finding
from empathy_insights.report.export import words_of
from empathy_insights.report.finding import finding
from empathy_insights.report.first_page import Bar, first_page
from empathy_insights.report.published import published
from empathy_insights.report.render.deck import Bars, Slide, write_deck
from empathy_insights.report.render.docx import (
    cards_by_theme,
    write_cards,
)
from empathy_insights.report.render.slides import slides_of, write_slides
from empathy_insights.report.render.statement_docx import (
    statement_blocks,
    write_statement,
)
from empathy_insights.report.render.word_page import PAGE_HEIGHT
from empathy_insights.study import analyze
from empathy_insights.tables import CODINGS
from empathy_insights.wording import insight
from tests.conftest import AUDIENCES

FILES = ("theme_cards.docx", "problem_of_practice.docx", "insights.pptx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DECK = {"foot": "f", "notes": "n", "date": "2026-01-31"}


@pytest.fixture(scope="module")
def shown(sample_shown):
    return sample_shown


@pytest.fixture(scope="module")
def wall(sample_results):
    """Return the folders of what is written for each audience."""
    return {name: sample_results(name) for name in AUDIENCES}


@pytest.fixture(scope="module")
def checked(checked_shown):
    return checked_shown


@pytest.fixture(scope="module")
def checked_wall(checked, tmp_path_factory):
    """Return the folders of the wall files of what people have read."""
    folders = {}
    for name, shown in checked.items():
        folders[name] = tmp_path_factory.mktemp("checked") / name
        folders[name].mkdir()
        write_wall(shown, folders[name])
    return folders


def write_wall(shown, folder):
    for write in (write_cards, write_statement, write_slides):
        write(shown, folder)


@pytest.fixture(
    params=[
        pytest.param(state, marks=pytest.mark.slow)
        for state in ("first look", "checked")
    ]
)
def both(request):
    """Return what each audience sees and its wall: of a first look, and of all read."""
    names = ("shown", "wall")
    if request.param == "checked":
        names = ("checked", "checked_wall")
    return (request.param, *map(request.getfixturevalue, names))


def texts_of(folder):
    words = {name: words_of(folder / name) for name in FILES}
    return {**words, "notes": (folder / "sticky_notes.csv").read_text("utf-8-sig")}


def cards_of(path):
    """Return the cards: how far people have read, a theme, and what stands below it."""
    paragraphs = docx.Document(path).paragraphs
    starts = [
        at - 1 for at, one in enumerate(paragraphs) if one.style.name == "Heading 1"
    ]
    ends = [*starts[1:], len(paragraphs)]
    return [paragraphs[at:end] for at, end in zip(starts, ends, strict=True)]


def height_of(card):
    """Return the inches that a card takes, its bar too."""
    sizes = [one.runs[0].font.size or one.style.font.size for one in card[:-2]]
    said = [
        text_height(one.text, size=size.pt, width=6.97)
        for one, size in zip(card[:-2], sizes, strict=True)
    ]
    return sum(said) + sum(0.4 * size.pt / 72 for size in sizes) + 0.7 + 0.25


def boxes_of(path):
    deck = pptx.Presentation(path)
    return [
        (slide, shape)
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_text_frame
    ]


def room_taken(shape):
    """Return the inches that the words of a box take, and those that it has."""
    frame = shape.text_frame
    sides = (frame.margin_left + frame.margin_right) / 914400
    taken = (frame.margin_top + frame.margin_bottom) / 914400 + sum(
        text_height(
            paragraph.text,
            size=paragraph.runs[0].font.size.pt,
            width=shape.width / 914400 - sides,
        )
        + paragraph.space_after.pt / 72
        for paragraph in frame.paragraphs
        if paragraph.runs
    )
    return taken, shape.height / 914400


def test_a_note_is_a_quote_with_its_theme_role_and_passage(shown, wall):
    notes = pd.read_csv(wall["team"] / "sticky_notes.csv")

    assert list(notes) == ["text", "theme", "role", "id"]
    quotes = shown["team"].quotes
    assert notes["id"].tolist() == quotes["quote_id"].tolist()
    first = notes[notes["id"] == "r2_student_survey:0012.01"].iloc[0]
    assert (first["theme"], first["role"]) == ("Tech support", "student")
    assert first["text"].startswith("The site kept saying my password was wrong")


def test_a_card_holds_the_state_the_count_quotes_and_dissent_as_published(both):
    state, shown, wall = both
    themes = shown["school"].themes
    first = themes.loc[themes["hidden"] == "", "theme"].iloc[0]
    card = cards_by_theme(shown["school"])[first]
    [told] = [
        [p.text for p in told]
        for told in cards_of(wall["school"] / "theme_cards.docx")
        if told[1].text == card.name
    ]

    row = themes.set_index("theme").loc[first]
    theme = shown["school"].run.codebook[first]
    if state == "checked":
        assert card.counted.startswith(f"{row['people']:.0f} of 41 people (")
        assert card.headline == f"{theme.headline}."
    else:
        assert card.counted == f"{row['shown']} people"
        assert card.headline == ""
    read = first_page(shown["school"]).state
    assert told[:4] == [read, card.name, card.headline or card.brief, card.counted]
    *quotes, dissent, means, one, other = told[4:]
    assert quotes
    assert [words for words in card.quotes if words in quotes] == quotes
    assert dissent == f"On the other hand: {card.dissent}"
    assert (means, one, other) == ("What this means to us:", "", "")


def test_a_card_says_among_how_many_passages_nobody_disagreed(both):
    state, shown, _ = both
    found = cards_by_theme(shown["school"])
    if state == "first look":
        assert {card.dissent for card in found.values()} == {
            "Nobody has looked yet who disagrees.", "",
        }  # fmt: skip
        return
    coded = shown["school"].themes.set_index("theme")["segments"].dropna().astype(int)

    nobody = {
        theme: card.dissent
        for theme, card in found.items()
        if "None found" in card.dissent
    }
    assert nobody
    assert nobody == {
        theme: f"None found among {n} passage{'s' * (int(n) != 1)}."
        for theme, n in coded[list(nobody)].items()
    }
    assert (coded[list(nobody)] > 0).all()
    assert "" in {card.dissent for card in found.values()}


def test_themes_to_handle_with_care_are_not_quoted_on_cards(shown):
    for audience in ("team", "school"):
        [card] = [
            one
            for one in cards_by_theme(shown[audience]).values()
            if one.name == "Well-being"
        ]

        assert card.quotes == ["Its passages are handled with care and not quoted."]
        assert card.dissent == ""


def test_lines_to_write_on_are_where_word_looks_for_them(wall):
    [*_, last] = docx.Document(wall["team"] / "theme_cards.docx").paragraphs

    names = [part.tag.split("}")[1] for part in last._p.pPr]
    assert names == ["pBdr", "spacing"]


@pytest.mark.parametrize("audience", ["team", "school", "public"])
def test_a_page_holds_two_cards_and_each_stays_whole(both, audience):
    _, shown, wall = both
    cards = cards_of(wall[audience] / "theme_cards.docx")

    assert len(cards) == len(cards_by_theme(shown[audience]))
    begins = [bool(card[0].paragraph_format.page_break_before) for card in cards]
    assert begins == [n > 0 and n % 2 == 0 for n in range(len(cards))]
    assert max(map(height_of, cards)) <= (PAGE_HEIGHT - 1.3) / 2
    stays = {p.paragraph_format.keep_with_next for card in cards for p in card[:-1]}
    assert stays == {True}


def test_only_what_people_said_stands_beside_a_line(sample_analysis, tmp_path):
    write_cards(published(sample_analysis, "school"), tmp_path)

    [first, *_] = cards_of(tmp_path / "theme_cards.docx")
    [waits] = [one for one in first if one.text.startswith("What was said waits")]
    assert waits._p.find(f".//{W}pBdr") is None


@pytest.mark.slow
def test_a_bar_on_a_card_is_as_long_as_on_the_page(checked, checked_wall):
    bars = first_page(checked["team"]).bars
    tables = docx.Document(checked_wall["team"] / "theme_cards.docx").tables

    fills = [
        [(cell.width, cell._tc.tcPr.find(f"{W}shd").get(f"{W}fill")) for cell in row]
        for row in (table.rows[0].cells for table in tables[:5])
    ]
    assert {fill for row in fills for _, fill in row} == {"0072B2", "EEF0F2"}
    assert [100 * row[0][0] / sum(wide for wide, _ in row) for row in fills] == [
        pytest.approx(bar.sure, abs=0.5) for bar in bars
    ]


@pytest.mark.parametrize("audience", ["team", "school", "public"])
@pytest.mark.parametrize("name", FILES)
def test_pages_say_their_language_title_and_audience(wall, audience, name):
    path = wall[audience] / name
    read = pptx.Presentation if path.suffix == ".pptx" else docx.Document

    properties = read(path).core_properties
    assert properties.language == "en-GB"
    assert properties.title
    assert {
        "team": "Do not forward",
        "school": "For the school",
        "public": "For the public",
    }[audience] in words_of(path)


def test_the_statement_has_headings_and_a_chart_with_words(both):
    state, shown, wall = both
    document = docx.Document(wall["school"] / "problem_of_practice.docx")

    raised = "Perhaps raised" if state == "first look" else "Raised"
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [
        shown["school"].problem.question, "Because", "In their words",
        "On the other hand", f"{raised}, but not in the statement",
        "In the statement, but in no theme that people raised", "Voices missing",
        "For a person to judge",
    ]  # fmt: skip
    opening = document.paragraphs[0].text
    assert opening.startswith("To check first: Nobody has read") == (
        state == "first look"
    )
    [chart] = document.tables
    first = shown["school"].themes.iloc[0]
    said = chart._tbl.tblPr.find(f"{W}tblDescription").get(f"{W}val")
    assert f". {first['name']} {first['shown']}; " in said
    bars = first_page(shown["school"]).bars
    told = [(row.cells[0].text, row.cells[-1].text) for row in chart.rows]
    assert told == [(bar.name, bar.said) for bar in bars]
    footer = document.sections[0].footer.paragraphs[0].text
    assert footer.endswith(shown["school"].source_line)


def test_the_statement_of_the_sample_fits_on_a_page(both):
    _, _, wall = both
    document = docx.Document(wall["team"] / "problem_of_practice.docx")

    width = (
        document.sections[0].page_width
        - document.sections[0].left_margin
        - document.sections[0].right_margin
    ) / 914400
    taken = 0.24 * len(document.tables[0].rows)
    for paragraph in document.paragraphs:
        form = paragraph.style
        listed = 0.25 if form.name == "List Bullet" else 0
        taken += text_height(
            paragraph.text, size=form.font.size.pt, width=width - listed
        )
        space = form.paragraph_format
        taken += (space.space_before.pt + space.space_after.pt) / 72
    assert document.styles["Normal"].font.size.pt >= 9
    assert taken <= PAGE_HEIGHT - 1.3


def test_every_check_says_what_a_person_is_asked_or_why(shown):
    for tables in shown.values():
        blocks = statement_blocks(tables.sections)
        assert not [block.text for block in blocks if block.text.endswith(":")]
        for slide in slides_of(tables):
            assert not [text for text in slide.body if text.strip().endswith(":")]


def test_a_number_that_is_hidden_is_no_word_in_a_sentence(both):
    state, shown, wall = both
    spoke_of = "may have spoken of" if state == "first look" else "spoke of"
    themes = shown["public"].themes
    row = themes[themes["hidden"] != ""].iloc[0].copy()
    row["shown"] = "hidden"
    lines = words_of(wall["public"] / "problem_of_practice.docx").splitlines()

    said = insight(row, pd.Series(dtype=float), least=10)
    assert said == f"{row['name']}: a hidden number of people {spoke_of} it."
    assert not [line for line in lines if "hidden people" in line]
    because = shown["public"].sections["because"].lines
    assert {str(line) for line in because} <= set(lines)


def left_out(shown):
    """Return the themes that are left out of the page of the statement, by their count."""
    blocks = statement_blocks(shown.sections)
    texts = [block.text for block in blocks]
    heads = (
        "Raised, but not in the statement",
        "Perhaps raised, but not in the statement",
    )
    [at] = [n for n, text in enumerate(texts) if text in heads]
    if blocks[at + 1].text == "Nothing that may be shown.":
        return {}
    parts = (part.split(": ") for part in blocks[at + 1].text.split("; "))
    return {count: names.split(", ") for count, names in parts}


def test_the_order_of_hidden_themes_tells_nothing(checked):
    hidden = left_out(checked["school"])["fewer than 5 of 41"]

    themes = checked["school"].themes
    assert hidden == sorted(hidden)
    assert len(hidden) == (themes["hidden"] == "few people").sum() > 1


def test_the_order_of_themes_with_one_label_tells_nothing(both):
    state, shown, _ = both
    for audience in ("school", "public"):
        told = left_out(shown[audience])
        # Of a first look the public may be told of no theme that somebody raised it.
        assert told or (state, audience) == ("first look", "public")
        assert max(map(len, told.values()), default=2) > 1
        assert all(names == sorted(names) for names in told.values())


def test_that_nobody_disagreed_is_not_told_of_a_hidden_theme(checked):
    problem = checked["school"].problem
    problem = replace(problem, evidence=problem.evidence.head(0))

    for hides, said in (
        (True, "None that can be shown."),
        (False, "None found among the coded passages."),
    ):
        told = statement_sections(problem, hides=hides)
        assert said in [block.text for block in statement_blocks(told)]


def test_the_slides_go_from_the_finding_to_what_to_do_next(both):
    state, shown, _ = both
    school = shown["school"]
    page, slides = first_page(school), slides_of(school)
    by_role, asked = "No difference by role group can be shown.", 4
    if state == "first look":
        asked = 5  # how many people raised it too
        by_role = "First look by role group: nobody has read the passages yet."
    because = {line.theme: line.text for line in school.sections["because"].lines}
    picked = [
        because[theme]
        if state == "first look"
        else f"{school.run.codebook[theme].headline}."
        for theme in school.problem.picked
    ]

    assert [slide.title for slide in slides] == [
        f"{page.title}.",
        f"{themes_finding(school.themes)}.",
        by_role,
        page.missing,
        *picked,
        school.problem.question,
        f"Before the team decides, people answer {asked} questions.",
        page.following,
    ]
    assert {slide.state for slide in slides[:8]} == {
        page.state if state == "first look" else ""
    }


@pytest.mark.parametrize("audience", ["team", "school", "public"])
def test_each_slide_has_a_sentence_as_its_title_and_no_bullet(both, audience):
    _, _, wall = both
    deck = pptx.Presentation(wall[audience] / "insights.pptx")

    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert 5 <= len(titles) <= 12
    assert not [title for title in titles if not re.search(r"[.?]$", title)]
    assert max(len(title.split()) for title in titles) <= 32
    for _, shape in boxes_of(wall[audience] / "insights.pptx"):
        for paragraph in shape.text_frame.paragraphs:
            has_bullet = paragraph._p.find(f".//{A}buNone") is None
            assert not (paragraph.runs and has_bullet)


def test_a_slide_on_a_theme_says_what_its_card_says(both):
    _, shown, _ = both
    school = shown["school"]
    theme = school.problem.picked[0]
    card = cards_by_theme(school)[theme]
    slide = slides_of(school)[4]

    assert [bar.name for bar in slide.chart.rows] == [card.name]
    assert [words for words in card.quotes if words.startswith(slide.quote)]
    assert slide.body[-1].startswith("On the other hand: ")
    assert slide.notes == f"{card.name}: {card.counted}. {card.brief}"


def charts_of(path):
    return [
        shape
        for slide in pptx.Presentation(path).slides
        for shape in slide.shapes
        if shape.has_chart
    ]


def values_of(series):
    return [float(point.text) for point in series._element.xpath(".//c:val//c:v")]


@pytest.mark.parametrize("audience", ["team", "school", "public"])
def test_bars_are_those_of_the_page_and_so_is_the_sheet_behind_them(both, audience):
    _, shown, wall = both
    bars = first_page(shown[audience]).bars
    chart = charts_of(wall[audience] / "insights.pptx")[0].chart

    sure, perhaps, *_ = map(values_of, chart.plots[0].series)
    names = [name.replace("\n", " ") for name in chart.plots[0].categories]
    assert names == [bar.name for bar in bars]
    assert sure == [bar.sure for bar in bars]
    assert perhaps == pytest.approx([bar.most - bar.sure for bar in bars])
    labels = [point.data_label for point in chart.plots[0].series[3].points]
    assert [label.text_frame.text for label in labels] == [bar.said for bar in bars]
    blob = chart.part.chart_workbook.xlsx_part.blob
    head, *rows = openpyxl.load_workbook(io.BytesIO(blob)).active.iter_rows(
        values_only=True
    )
    assert head == (None, "at least", "perhaps", "the others", "room for the number")
    assert [row[:3] for row in rows] == [*zip(
        [bar.name for bar in bars], sure, perhaps, strict=True
    )]  # fmt: skip


def test_a_bar_without_stripes_has_no_edge_of_them(tmp_path):
    bars = [Bar("a", "A", "2 of 4", 50, 50), Bar("b", "B", "1 to 2 of 4", 25, 50)]
    write_deck([Slide("T.", chart=Bars(bars, "x"))], tmp_path / "d.pptx", **DECK)

    [shape] = charts_of(tmp_path / "d.pptx")
    plain = (
        shape.chart.plots[0]
        .series[1]
        ._element.xpath(".//c:dPt[.//a:noFill]/c:idx/@val")
    )
    assert plain == ["0"]


def test_a_name_in_a_bar_is_found_and_no_formula(tmp_path):
    name = "=1+1 of those who asked Amara-Lee Boone"  # over two lines
    bars = [Bar("a", name, "2 of 3", 66.7, 66.7)]
    write_deck([Slide("T.", chart=Bars(bars, "x"))], tmp_path / "d.pptx", **DECK)
    write_deck([Slide("T.", chart=Bars(bars, "x"))], tmp_path / "e.pptx", **DECK)

    assert words_of(tmp_path / "d.pptx").splitlines().count(name) == 5
    [shape] = charts_of(tmp_path / "d.pptx")
    blob = shape.chart.part.chart_workbook.xlsx_part.blob
    cell = openpyxl.load_workbook(io.BytesIO(blob)).active["A2"]
    assert (cell.value, cell.data_type) == (name, "s")
    assert (tmp_path / "d.pptx").read_bytes() == (tmp_path / "e.pptx").read_bytes()


def test_a_question_that_nobody_has_checked_is_said_to_be_a_candidate(both):
    state, shown, _ = both
    question = shown["school"].problem.question

    [slide] = [one for one in slides_of(shown["school"]) if one.title == question]

    unread = [text for text in slide.body if "Nobody has read the passages yet" in text]
    assert slide.body[: len(unread)] == unread
    assert len(unread) == (state == "first look")


def test_every_chart_on_a_slide_has_words_and_every_slide_notes(both):
    _, shown, wall = both
    deck = pptx.Presentation(wall["school"] / "insights.pptx")

    alts = [
        shape._element.xpath("./*/p:cNvPr")[0].get("descr")
        for slide in deck.slides
        for shape in slide.shapes
        if shape.shape_type == 13 or shape.has_chart
    ]
    ranked, by_role, voices, *themes = alts
    assert len(themes) == 3
    first = shown["school"].themes.iloc[0]
    assert f". {first['name']} {first['shown']}; " in ranked
    rows = shown["school"].by_role.query("role_group == 'student' and hidden == ''")
    told = {f"students {count}, " for count in rows["shown"]}
    assert [count for count in told if count in by_role]
    assert "Facilitators spoke" in voices
    for slide in deck.slides:
        assert shown["school"].source_line in slide.notes_slide.notes_text_frame.text


@pytest.mark.parametrize("audience", ["team", "school", "public"])
def test_no_words_on_a_slide_run_out_of_their_box_or_meet_others(both, audience):
    _, _, wall = both
    deck = pptx.Presentation(wall[audience] / "insights.pptx")

    for _, shape in boxes_of(wall[audience] / "insights.pptx"):
        taken, room = room_taken(shape)
        assert taken <= room + 0.01, shape.text_frame.text
    for slide in deck.slides:
        assert not [pair for pair in combinations(slide.shapes, 2) if do_meet(*pair)]
        assert (
            max(shape.top + shape.height for shape in slide.shapes) <= deck.slide_height
        )
        assert slide.shapes.title == slide.shapes[0]


def do_meet(one, other):
    """Return whether two shapes lie on each other, by more than a hair."""
    across = min(one.left + one.width, other.left + other.width)
    down = min(one.top + one.height, other.top + other.height)
    hair = 100
    return (
        across - max(one.left, other.left) > hair
        and down - max(one.top, other.top) > hair
    )


def test_letters_on_slides_are_large_enough_to_read(wall):
    sizes = {
        (shape.is_placeholder and shape.placeholder_format.idx == 0, run.font.size.pt)
        for _, shape in boxes_of(wall["team"] / "insights.pptx")
        for paragraph in shape.text_frame.paragraphs
        for run in paragraph.runs
    }

    assert min(size for is_title, size in sizes if is_title) >= 24
    assert min(size for _, size in sizes) >= 14


def test_a_text_that_has_no_room_goes_on_on_the_next_slide_whole(tmp_path):
    words = [f"word{n}" for n in range(1500)]

    write_deck([Slide("Long", [" ".join(words)])], tmp_path / "d.pptx", **DECK)

    deck = pptx.Presentation(tmp_path / "d.pptx")
    bodies = [slide.placeholders[1].text_frame.text for slide in deck.slides]
    assert " ".join(bodies).split() == words
    assert [slide.shapes.title.text_frame.text for slide in deck.slides] == [
        f"Long ({n} of {len(bodies)})" for n in range(1, len(bodies) + 1)
    ]
    for _, shape in boxes_of(tmp_path / "d.pptx"):
        taken, room = room_taken(shape)
        assert taken <= room + 0.01


def test_a_title_that_takes_another_line_with_its_number_leaves_room(tmp_path):
    slides = [Slide("Title " * n, ["Words."] * 40) for n in range(4, 34)]

    write_deck(slides, tmp_path / "d.pptx", **DECK)

    for _, shape in boxes_of(tmp_path / "d.pptx"):
        taken, room = room_taken(shape)
        assert taken <= room + 0.01


@pytest.mark.parametrize("audience", ["school", "public"])
def test_no_wall_file_for_others_names_a_document_a_turn_or_a_person(
    sample_analysis, both, audience
):
    _, _, wall = both
    documents = sample_analysis.corpus.documents["document_id"].tolist()
    people = sample_analysis.corpus.participants["participant_id"].tolist()

    for name, text in texts_of(wall[audience]).items():
        found = [word for word in documents if word in text]
        found += [who for who in people if re.search(rf"\b{re.escape(who)}\b", text)]
        assert not found, name


def test_what_to_read_next_is_said_to_the_team_alone(both):
    state, shown, wall = both

    said = {name: finding(one)[3] for name, one in shown.items()}

    assert ("Next: open team_only/review.html" in said["team"]) == (
        state == "first look"
    )
    for audience in ("school", "public"):
        texts = [said[audience], *texts_of(wall[audience]).values()]
        assert not [text for text in texts if "team_only" in text]


def numbers_told(text, least):
    """Return the numbers of people that a text tells, both ends of estimates too."""
    plain = re.sub(rf"(?i)fewer than {least}\b", "", text)
    ends = r"\b(\d+) to (\d+)(?:\)| of \d)|\b(?:about|up to|at least) (\d+)\b(?! in 10)"
    found = re.findall(rf"(?i)\b(\d+) of (?:41|21|14|6)\b|{ends}", plain)
    return [int(n) for groups in found for n in groups if n]


@pytest.mark.parametrize(("audience", "least"), [("school", 5), ("public", 10)])
def test_no_wall_file_for_others_tells_a_small_number_of_an_estimate(
    sample_analysis, wall, audience, least
):
    themes = sample_analysis.themes
    assert len(themes[themes["low"].between(1, least - 1)]) > 1
    assert set(numbers_told("3 to 30 of 41, about 7 of 21 (6 to 9)", 5)) >= {3, 6, 7}

    for name, text in texts_of(wall[audience]).items():
        told = numbers_told(text, least)
        assert told or name == "notes", name
        assert not [n for n in told if 0 < n < least], name


@pytest.mark.slow
@pytest.mark.parametrize(("audience", "least"), [("school", 5), ("public", 10)])
def test_no_wall_file_for_others_tells_a_small_number(
    sample_by_hand, checked_wall, audience, least
):
    themes = sample_by_hand.themes
    hidden = themes[themes["people"].between(1, least - 1)]
    assert len(hidden) > 1

    for name, text in texts_of(checked_wall[audience]).items():
        plain = re.sub(rf"(?i)fewer than {least} of 41", "", text)
        told = re.findall(r"\b(\d+) of 41\b", plain)
        assert not [n for n in told if 0 < int(n) < least], name
        assert not [n for n in numbers_told(text, least) if 0 < n < least], name
        for theme in hidden["name"]:
            near = re.findall(rf"{theme}: [^\n;]{{0,30}}\d+ of", plain)
            assert not near, name


def test_the_public_gets_no_roles_and_no_quotes_of_hidden_themes(both):
    _, shown, wall = both
    notes = pd.read_csv(wall["public"] / "sticky_notes.csv")

    told = shown["public"].themes.query("hidden == ''")
    assert 0 < len(told) < 20
    assert set(notes["theme"]) <= set(told["name"])
    assert list(cards_by_theme(shown["public"])) == told["theme"].tolist()
    assert cards_by_theme(without_numbers(shown["public"])) == {}
    for name, text in texts_of(wall["public"]).items():
        assert not re.search(
            r"” - (?!a person we heard|a voice that could not)", text
        ), name


def test_what_others_get_holds_no_quote_that_is_not_published(both):
    state, shown, wall = both
    told = set(shown["school"].quotes["quote_id"])

    for name, text in texts_of(wall["school"]).items():
        assert set(re.findall(r"\bq\d{4}\b", text)) <= told, name
    held_back = set(shown["team"].quotes["text"]) - set(shown["school"].quotes["text"])
    # A first look may tell of every theme how many people raised it at the most.
    assert held_back or state == "first look"
    for name, text in texts_of(wall["school"]).items():
        assert not [words for words in held_back if words in text], name


def test_a_file_embeds_nothing_but_the_sheets_of_its_bars(wall):
    for name in FILES:
        with zipfile.ZipFile(wall["school"] / name) as package:
            sheets = [part for part in package.namelist() if "embed" in part]
        charts = charts_of(wall["school"] / name) if name.endswith(".pptx") else []
        assert len(sheets) == len(charts)
        assert all(part.endswith(".xlsx") for part in sheets)


def without_numbers(shown):
    """Return what an audience sees where no theme may have a number."""
    themes = shown.themes[shown.themes["hidden"] != ""]
    return replace(shown, themes=themes.reset_index(drop=True))


def test_no_order_is_claimed_where_no_number_is_shown(both):
    state, shown, _ = both

    told = without_numbers(shown["public"])
    lines = finding(told)

    if state == "checked":
        most = "Raised most: no number may be shown, since it would give somebody away."
        assert lines[1] == most
    else:
        assert lines[1] == (
            "First look, nobody has read yet: too few people for a number that may be shown."
        )
    others = "has a number that may be shown" if len(told.themes) > 1 else "came up"
    assert lines[2] == f"No other theme {others}."


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_a_name_in_a_wall_file_holds_back_what_others_would_get(talk, tmp_path):
    bus = Theme("bus", "Bus", brief="{}", patterns=Patterns(("bus",)))
    names = ["Amara Boone", "Bela Crane", "Cora Dunham"]
    corpus = talk(
        {"d": [("p1", "The bus is late."), ("p2", " ".join(["Bus.", *names]))]}
    )
    run = analyze(
        corpus,
        codebook=Codebook("b", "B", (bus,)),
        roster=pd.DataFrame({"name": names}),
    )
    on_cards = replace(bus, brief="Ask Amara Boone", patterns=Patterns())
    in_statement = replace(run.problem, voices_missing=("Bela Crane",))
    on_slides = run.problem.candidates.assign(question="Ask Cora Dunham")
    planted = replace(
        run,
        codebook=Codebook("b", "B", (on_cards,)),
        problem=replace(in_statement, candidates=on_slides),
    )

    with pytest.warns(
        EmpathyInsightsWarning, match="nothing was written for the school"
    ):
        out = planted.write(tmp_path / "out")

    listed = pd.read_csv(out / "team_only" / "identities_open.csv")
    found = set(listed[["string", "file"]].itertuples(index=False, name=None))
    assert set(zip(names, FILES, strict=True)) <= found
    assert {path.name for path in out.iterdir()} == {RECORD, "team_only"}
    assert {*FILES} <= {path.name for path in (out / "team_only").iterdir()}


@pytest.mark.slow
def test_formulas_and_signs_that_no_file_may_hold_are_inert(talk, tmp_path):
    book = Codebook(
        "b", "B", themes=(Theme("bus", "Bus", patterns=Patterns(("bus",))),)
    )
    corpus = talk({"d": [("p1", "=1+1 the bus\x0b is \x07late <b>")]})
    read = CODINGS.frame([
        {"segment_id": "d:0001.01", "theme": "bus", "coder": "kim", "status": "human",
         "method": "read", "stance": "neutral", "codebook_sha256": book.sha256},
    ])  # fmt: skip

    run = analyze(corpus, codebook=book, hand_codes=read)
    write_wall(published(run, "team"), tmp_path)

    texts = texts_of(tmp_path)
    assert "'=1+1 the bus" in texts.pop("notes")
    for words in texts.values():
        assert "=1+1 the bus is late <b>" in words
