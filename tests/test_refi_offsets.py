"""Where selections stand and where they go, for any text (REFI-QDA)."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_insights.exchange.marks import placed, shift
from empathy_insights.exchange.qdpx_offsets import find_selections

WORDS = st.text(st.sampled_from("ab \nü\U0001f68c.e\u0301"), min_size=1, max_size=60)


@given(WORDS, st.data())
def test_what_follows_the_standard_is_read_as_it_is(text, data):
    at = st.integers(0, len(text))
    spans = [tuple(sorted(data.draw(st.tuples(at, at)))) for _ in range(3)]

    found = find_selections(text, spans, [text[start:end] for start, end in spans])

    assert (found.text, found.spans, found.wrong) == (text, spans, ["", "", ""])


def test_the_words_themselves_fit_better_than_with_a_space_beside_them():
    text = "a\nb\nI: \U0001f68c\U0001f68c c.\nAna: I walk, it is far.\n"
    start = text.index("I walk")

    found = find_selections(text, [(start + 2, start + 20)], ["I walk, it…"])

    assert found.spans == [(start, start + 18)]


@given(WORDS, WORDS)
def test_moved_offsets_keep_their_order_and_the_end(old, new):
    moved = [shift(old, new)(offset) for offset in range(len(old) + 1)]

    assert moved == sorted(moved)
    assert moved[-1] == len(new)
    assert max(moved) <= len(new)


@given(WORDS)
def test_a_text_that_did_not_change_moves_nothing(text):
    assert [shift(text, text)(n) for n in range(len(text))] == list(range(len(text)))


def test_two_marks_of_a_theme_in_a_passage_are_one_coding_with_both_notes():
    rows = [
        ("d", 1, 5, "bus", "kim", "x"),
        ("d", 7, 9, "bus", "kim", "y"),
        ("d", 7, 9, "bus", "ali", ""),
    ]
    columns = ["document_id", "start", "end", "theme", "coder", "notes"]

    codings, lost = placed(pd.DataFrame(rows, columns=columns), SEGMENTS)

    assert codings[["coder", "notes", "evidence_end"]].to_numpy().tolist() == [
        ["kim", "x\ny", 5.0],
        ["ali", "", 9.0],
    ]
    assert lost.empty


SEGMENTS = pd.DataFrame(
    [("d:1.1", "d", 0, 20), ("d:2.1", "d", 30, 40), ("d:2.2", "d", 41, 60)],
    columns=["segment_id", "document_id", "start", "end"],
)


@pytest.mark.parametrize(
    ("span", "names"),
    [
        ((0, 20), ["d:1.1"]),
        ((5, 9), ["d:1.1"]),
        ((0, 32), ["d:1.1"]),
        ((31, 58), ["d:2.1", "d:2.2"]),
        ((39, 43), ["d:2.2"]),
        ((0, 60), ["d:1.1", "d:2.1", "d:2.2"]),
        ((21, 29), []),
    ],
)
def test_a_mark_is_on_the_passages_that_it_covers_or_stands_in(span, names):
    mark = pd.DataFrame(
        [("d", *span, "bus")], columns=["document_id", "start", "end", "theme"]
    )

    codings, lost = placed(mark, SEGMENTS)

    assert codings["segment_id"].tolist() == names
    assert len(lost) == (not names)
