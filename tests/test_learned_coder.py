import io
import json
import zipfile
from dataclasses import replace
from zipfile import ZipFile

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.coding.models.fitting import fit_coder
from empathy_insights.coding.models.learned import LearnedCoder
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS
from empathy_insights.text.embedders import StaticEmbedder
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b",
    "B",
    themes=(
        Theme("bus", "Bus"),
        Theme("food", "Food", patterns=Patterns(("lunch",))),
        Theme("noise", "Noise"),
    ),
)
SAID = (
    "The bus was late again this morning.",
    "My ride never came to the corner.",
    "We had cold noodles at noon.",
    "I read about whales.",
)
BUS = {"The bus was late again this morning.", "My ride never came to the corner."}


@pytest.fixture(scope="module")
def study(talk):
    """Eight people say four things each; two of them are about the bus."""
    corpus = talk({f"d{n}": [(f"p{n}", words) for words in SAID] for n in range(8)})
    segments = segment(corpus)
    return segments, by_hand(
        segments, lambda text: "bus" if text in BUS else "no_theme"
    )


@pytest.fixture(scope="module")
def coder(study):
    """Return a coder that has learned from these eight people."""
    return fit_coder(*study, BOOK)


def by_hand(segments, theme_of):
    return CODINGS.frame(
        {
            "segment_id": name,
            "theme": theme_of(text),
            "coder": "kim",
            "status": "human",
            "method": "read",
            "codebook_sha256": "0",
        }
        for name, text in zip(segments["segment_id"], segments["text"], strict=True)
    )


def test_what_people_coded_is_found_in_words_of_others(coder, talk):
    new = segment(
        talk({"new": [("zoe", "The bus was late again."), ("zoe", "Whales sing.")]})
    )

    codings = coder(new)

    found = codings[["segment_id", "theme", "status"]]
    assert found.to_dict("records") == [
        {"segment_id": "new:0001.01", "theme": "bus", "status": "auto"}
    ]


def test_scores_are_of_people_not_seen(coder):
    scores = coder.scores.set_index("theme")

    assert scores.loc["bus", ["positives", "people", "learned", "f1"]].tolist() == [
        16, 8, True, 1.0,
    ]  # fmt: skip


def test_a_theme_that_a_reader_left_open_is_no_example_against_it(study, talk):
    segments, given = study
    late = given["segment_id"].str[1].astype(int) >= 4
    is_open = late & (given["theme"] == "bus")
    left = given.assign(
        theme=given["theme"].mask(is_open, "no_theme"),
        asked=np.where(is_open, "food;noise", ""),
    )
    new = segment(talk({"new": [("zoe", "The bus was late again.")]}))

    coder = fit_coder(segments, left, BOOK)

    row = coder.scores.set_index("theme").loc["bus"]
    assert row[["positives", "people", "f1"]].tolist() == [8, 4, 1.0]
    assert coder(new)[["theme", "status"]].to_numpy().tolist() == [["bus", "auto"]]


def test_a_theme_with_too_few_codings_keeps_its_phrases_and_says_so(coder, talk):
    new = segment(talk({"new": [("zoe", "Lunch is short.")]}))

    assert coder(new)[["theme", "method"]].to_dict("records") == [
        {"theme": "food", "method": "phrase 'lunch'"}
    ]
    note = coder.scores.set_index("theme").loc["food", "note"]
    assert note == "too few to learn: using the codebook"


def test_a_part_of_a_learned_theme_is_only_suggested_where_the_whole_is_not_coded(
    study, talk
):
    late = Theme("bus.late", "Late", parent="bus", patterns=Patterns(("late",)))
    coder = fit_coder(*study, replace(BOOK, themes=(*BOOK.themes, late)))
    lines = [("zoe", "The bus was late again."), ("zoe", "I read late about whales.")]

    codings = coder(segment(talk({"new": lines})))

    found = codings[["segment_id", "theme", "status"]].to_numpy().tolist()
    assert found == [
        ["new:0001.01", "bus", "auto"],
        ["new:0001.01", "bus.late", "auto"],
        ["new:0002.01", "bus.late", "suggested"],
    ]


def test_one_persons_many_codings_are_too_few_to_learn_from(talk):
    corpus = talk({"d": [("ana", words) for words in SAID * 10]})
    segments = segment(corpus)
    hand = by_hand(segments, lambda text: "bus" if text in BUS else "no_theme")

    assert not fit_coder(segments, hand, BOOK).scores["learned"].any()


@pytest.mark.parametrize("column", ["question", "before"])
def test_short_answers_are_understood_by_what_stood_before_them(talk, column):
    corpus = talk({f"d{n}": [(f"p{n}", "Yes."), (f"p{n}", "Yes.")] for n in range(8)})
    stood = ["Did the bus come late?", "Do you like whales?"] * 8
    segments = segment(corpus).assign(question=None, before=None)
    segments = segments.assign(**{column: stood})
    hand = by_hand(segments, lambda _: "").assign(theme=["bus", "no_theme"] * 8)

    codings = fit_coder(segments, hand, BOOK)(segments)

    assert codings["segment_id"].tolist() == segments["segment_id"][::2].tolist()


def test_a_theme_given_at_random_only_suggests(study):
    segments, _ = study
    random = np.random.default_rng(1)
    hand = by_hand(segments, lambda _: random.choice(["noise", "no_theme"]))

    coder = fit_coder(segments, hand, BOOK)

    scores = coder.scores.set_index("theme").loc["noise"]
    assert scores["learned"]
    assert scores["kappa"] < 0.5
    assert scores["note"] == "not precise enough to code: only suggests"
    codings = coder(segments).query("theme == 'noise'")
    assert codings["status"].unique().tolist() == ["suggested"]


def test_the_same_codings_in_any_order_give_the_same_coder(study, coder):
    segments, hand = study

    other = fit_coder(segments.iloc[::-1], hand.iloc[::-1], BOOK)

    assert_frame_equal(coder.scores, other.scores)
    assert_frame_equal(coder(segments), other(segments.iloc[::-1]))


def test_what_is_given_stays_as_it_is(study):
    segments, hand = study
    before = segments.copy(), hand.copy()

    fit_coder(segments, hand, BOOK)(segments)

    assert_frame_equal(segments, before[0])
    assert_frame_equal(hand, before[1])


def test_the_evidence_is_the_most_telling_sentence(coder, talk):
    words = "I have a cat. The bus was late again this morning."
    corpus = talk({"new": [("zoe", words)]})

    [coding] = coder(segment(corpus)).to_dict("records")

    start, end = int(coding["evidence_start"]), int(coding["evidence_end"])
    assert words[start:end] == "The bus was late again this morning."


def test_a_learned_coder_says_how_many_themes_it_learned(coder):
    assert repr(coder) == "LearnedCoder(1 of 3 themes learned)"


def test_without_any_coding_there_is_nothing_to_learn(study):
    with pytest.raises(TableError, match="no segment was coded by people"):
        fit_coder(study[0], CODINGS.frame([]), BOOK)


def test_a_saved_coder_codes_the_same(study, coder, tmp_path):
    again = LearnedCoder.load(coder.save(tmp_path / "coder.zip"))

    assert_frame_equal(again(study[0]), coder(study[0]))
    assert_frame_equal(again.scores, coder.scores)
    assert again.codebook == coder.codebook


def test_a_saved_coder_says_no_time(coder, tmp_path):
    """Two runs give the same bytes, whenever they are."""
    with zipfile.ZipFile(coder.save(tmp_path / "coder.zip")) as package:
        assert {member.date_time[0] for member in package.infolist()} == {1980}


def test_nothing_in_a_saved_coder_is_a_pickle(coder, tmp_path):
    path = coder.save(tmp_path / "coder.zip")

    with ZipFile(path) as archive:
        arrays = np.load(io.BytesIO(archive.read("arrays.npz")), allow_pickle=False)
        assert {arrays[name].dtype.kind for name in arrays} <= set("fU")


def test_a_saved_coder_of_another_format_or_embedder_is_refused(coder, tmp_path):
    path = coder.save(tmp_path / "coder.zip")

    class Other(StaticEmbedder):
        def __call__(self, texts):
            return super().__call__(texts)[:, ::-1]

    with pytest.raises(TableError, match="gives other vectors; load it with"):
        LearnedCoder.load(path, embedder=Other("mirror"))
    with ZipFile(path) as archive:
        about = json.loads(archive.read("about.json"))
    about["format"] = 99
    newer = tmp_path / "newer.zip"
    with ZipFile(path) as archive, ZipFile(newer, "w") as changed:
        for name in archive.namelist():
            own = json.dumps(about) if name == "about.json" else archive.read(name)
            changed.writestr(name, own)
    with pytest.raises(TableError, match="this version cannot read; fit it again"):
        LearnedCoder.load(newer)


def test_what_is_no_coder_is_refused(tmp_path):
    path = tmp_path / "coder.zip"
    path.write_text("hello")

    with pytest.raises(TableError, match=r"coder.zip: this is no saved coder"):
        LearnedCoder.load(path)
