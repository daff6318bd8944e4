import numpy as np
import pytest

from empathy_insights.codebook import Codebook, Example, Patterns, Theme
from empathy_insights.coding.code import code
from empathy_insights.coding.explain import explain
from empathy_insights.coding.models.fitting import fit_coder
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b",
    "B",
    themes=(
        Theme(
            "bus",
            "Bus",
            patterns=Patterns(("bus .. late",)),
            examples=(
                Example("My bus comes late every day."),
                Example("The driver forgot my stop."),
            ),
        ),
        Theme("food", "Food", examples=(Example("Lunch is cold and too short."),)),
    ),
)


@pytest.fixture
def segments(talk):
    words = "My cat is grey. The bus was late and I was hungry."
    return segment(talk({"d": [("ana", words), ("bo", "Cold noodles.")]}))


def test_the_phrase_and_the_words_that_decided_come_first(segments):
    [coding] = code(segments, BOOK).query("theme == 'bus'").to_dict("records")

    why = explain(coding, segments, BOOK)

    phrase = why[why["kind"] == "phrase"].iloc[0]
    assert phrase["text"] == "bus was late"
    assert (
        "bus" in why.loc[(why["kind"] == "word") & (why["weight"] > 0), "text"].tolist()
    )


def test_what_is_shown_is_what_was_said(segments):
    why = explain({"segment_id": "d:0001.01", "theme": "bus"}, segments, BOOK)

    said, start = segments["text"].iloc[0], segments["start"].iloc[0]
    own = why[why["kind"].isin(["phrase", "word"])]
    shown = [
        said[int(row.start) - start : int(row.end) - start] for row in own.itertuples()
    ]
    assert shown == own["text"].tolist()


def test_the_nearest_texts_of_the_codebook_are_named(segments):
    why = explain({"segment_id": "d:0001.01", "theme": "bus"}, segments, BOOK)

    near = why[why["kind"] == "example"]
    assert near["text"].iloc[0] == "My bus comes late every day."
    assert near["weight"].is_monotonic_decreasing


def test_a_pair_without_coding_can_be_asked_about(segments):
    why = explain({"segment_id": "d:0002.01", "theme": "bus"}, segments, BOOK)

    [chance] = why.loc[why["kind"] == "chance", "weight"]
    assert chance < 0.5
    assert "phrase" not in set(why["kind"])


def test_a_learned_coder_explains_by_what_it_learned(talk):
    corpus = talk(
        {
            f"d{n}": [(f"p{n}", "The zeppelin came."), (f"p{n}", "I ate.")]
            for n in range(8)
        }
    )
    segments = segment(corpus)
    hand = CODINGS.frame(
        {
            "segment_id": name,
            "theme": "bus" if "zeppelin" in text else "no_theme",
            "coder": "kim",
            "status": "human",
            "method": "read",
            "codebook_sha256": "0",
        }
        for name, text in zip(segments["segment_id"], segments["text"], strict=True)
    )
    coder = fit_coder(segments, hand, BOOK)
    coding = {"segment_id": segments["segment_id"].iloc[0], "theme": "bus"}

    why = explain(coding, segments, BOOK, coder=coder)

    words = why[why["kind"] == "word"].set_index("text")["weight"]
    assert words.idxmax() == "zeppelin"
    assert why["weight"].iloc[0] > 0.5


def test_one_theme_has_nothing_to_be_told_from(segments):
    alone = Codebook("one", "One", themes=BOOK.themes[:1])

    why = explain({"segment_id": "d:0001.01", "theme": "bus"}, segments, alone)

    assert np.isnan(why["weight"].iloc[0])
    assert "word" not in set(why["kind"])


@pytest.mark.parametrize(
    ("coding", "message"),
    [
        ({"segment_id": "x:1.1", "theme": "bus"}, "there is no segment 'x:1.1'"),
        (
            {"segment_id": "d:0001.01", "theme": "tram"},
            "the codebook has no theme 'tram'",
        ),
    ],
)
def test_what_does_not_exist_cannot_be_explained(segments, coding, message):
    with pytest.raises(TableError, match=message):
        explain(coding, segments, BOOK)
