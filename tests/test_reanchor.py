"""Codings stay with their words when transcripts are corrected."""

import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import empathy_insights as ei
from empathy_insights.errors import EmpathyInsightsWarning, TableError
from empathy_insights.tables import CODINGS
from tests.conftest import few_examples

SAID = [
    ("?", "How do you get to school?"),
    ("ana", "The buss to school is never on time in the winter months."),
    ("ana", "Yes."),
    ("ben", "I ride a bike because Mr. Carter says that the bus is full."),
    ("ana", "Yes."),
    ("ben", "Lunch is cold by the time I get to sit down with my friends."),
]


def coded(corpus, *found, theme="bus"):
    """Code the words given, each in the n-th turn."""
    texts = corpus.documents.set_index("document_id")["text"]
    turns = corpus.utterances.set_index("position")
    rows = []
    for position, words in found:
        turn = turns.loc[position]
        start = texts[turn["document_id"]].index(words, turn["start"])
        rows.append({
            "segment_id": f"{turn['utterance_id']}.01", "theme": theme, "coder": "kim",
            "status": "human", "score": None, "method": "read by a person",
            "evidence_start": start, "evidence_end": start + len(words),
            "stance": "need", "codebook_sha256": "",
        })  # fmt: skip
    return CODINGS.frame(rows)


def words(codings, corpus):
    """Return id and evidence of each coding."""
    texts = corpus.documents.set_index("document_id")["text"]
    return [
        (row.segment_id, None if pd.isna(row.evidence_start)
         else texts[row.segment_id.split(":")[0]][int(row.evidence_start) : int(row.evidence_end)])
        for row in codings.itertuples()
    ]  # fmt: skip


@pytest.fixture
def old(talk):
    return talk({"d": SAID})


def test_nothing_changes_where_nothing_was_corrected(old, talk):
    codings = coded(old, (2, "never on time"), (3, "Yes"), (5, "Yes"))

    assert_frame_equal(ei.reanchor(codings, old, talk({"d": SAID})), codings)


def test_codings_stay_with_corrected_words_and_names_taken_out(old, talk):
    new = talk({
        "d": [
            ("?", "Welcome! How do you get here?"),
            ("ana", "Hello."),
            ("ana", "The bus to school is never on time in winter months."),
            ("ben", "I ride a bike because [Teacher 1] says that the bus is full."),
        ]
    })  # fmt: skip
    codings = coded(
        old, (2, "never on time in the winter"), (4, "Mr. Carter says that")
    )

    assert words(ei.reanchor(codings, old, new), new) == [
        ("d:0003.01", "never on time in winter"),
        ("d:0004.01", "says that"),
    ]


def test_what_was_deleted_is_listed(old, talk):
    new = talk({"d": SAID[:5]})
    codings = coded(old, (2, "never on time"), (6, "Lunch is cold"))

    with pytest.warns(EmpathyInsightsWarning, match="1 of 2 codings are left out"):
        moved = ei.reanchor(codings, old, new)

    assert words(moved, new) == [("d:0002.01", "never on time")]
    assert moved.attrs["problems"] == [
        {"segment_id": "d:0006.01", "theme": "bus", "coder": "kim",
         "problem": "its words are gone, or have become others"}
    ]  # fmt: skip


def test_a_renamed_document_and_turns_in_another_order_are_found(old, talk):
    new = talk({"ana_and_ben": [SAID[0], SAID[5], SAID[1], SAID[3]]})
    codings = coded(old, (2, "never on time"), (6, "Lunch is cold"))

    assert words(ei.reanchor(codings, old, new), new) == [
        ("ana_and_ben:0002.01", "Lunch is cold"),
        ("ana_and_ben:0003.01", "never on time"),
    ]


def test_like_sentences_are_told_by_their_neighbours(old, talk):
    new = talk({"d": [("ben", "Good morning to you."), *SAID]})
    codings = coded(old, (5, "Yes"))

    assert words(ei.reanchor(codings, old, new), new) == [("d:0006.01", "Yes")]


def test_like_sentences_are_listed_where_one_came_or_went(old, talk):
    new = talk({"d": [*SAID[:3], ("ana", "Yes."), *SAID[3:]]})
    codings = coded(old, (3, "Yes"), (5, "Yes"))

    with pytest.warns(EmpathyInsightsWarning, match="not as often as before"):
        moved = ei.reanchor(codings, old, new)

    assert words(moved, new) == [("d:0006.01", "Yes")]
    assert [one["segment_id"] for one in moved.attrs["problems"]] == ["d:0003.01"]


def test_a_passage_that_was_cut_is_where_its_evidence_is(talk):
    whole = "The bus is late again this morning. Lunch is cold when I sit down."
    old = talk({"d": [("ana", whole)]})
    new = talk({"d": [("ana", whole[:35]), ("?", "And?"), ("ana", whole[36:])]})
    codings = pd.concat([
        coded(old, (1, "Lunch is cold")),
        coded(old, (1, whole), theme="mood"),
    ])  # fmt: skip

    with pytest.warns(EmpathyInsightsWarning, match="cut in several passages"):
        moved = ei.reanchor(codings, old, new)

    assert words(moved, new) == [("d:0003.01", "Lunch is cold")]


def test_codings_of_another_corpus_are_refused(old):
    mine = pd.DataFrame({"segment_id": ["e:0001.01"], "theme": ["bus"]})

    with pytest.raises(TableError, match="1 passages are not in the old corpus"):
        ei.reanchor(mine, old, old)


WORDS = ["bus", "late", "lunch", "cold", "rain", "wait", "home", "math"]


@pytest.mark.filterwarnings("ignore::empathy_insights.errors.EmpathyInsightsWarning")
@few_examples
@given(
    st.lists(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=7), min_size=1, max_size=8
    ),
    st.integers(0, 10**6),
)
def test_a_coding_never_moves_to_other_words(talk, turns, seed):
    chance = random.Random(seed)  # an example, no secret
    said = [("ana", " ".join(turn)) for turn in turns]
    kept = [turn for turn in said if chance.random() > 0.3] or said[:1]
    old, new = talk({"d": said}), talk({"d": chance.sample(kept, len(kept))})
    before, after = (
        ei.segment(one).set_index("segment_id")["text"] for one in (old, new)
    )
    mine = pd.DataFrame({"segment_id": before.index, "theme": before.to_list()}).astype(
        "str"
    )

    moved = ei.reanchor(mine, old, new)

    assert [after[one] for one in moved["segment_id"]] == moved["theme"].to_list()
    assert len(moved) + len(moved.attrs["problems"]) == len(mine)
