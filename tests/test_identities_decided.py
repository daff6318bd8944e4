"""What a person hides goes where it stands as it was asked about, and ids stay apart."""

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.identities import hide_strings

NOTHING = pd.DataFrame(
    columns=["segment_id", "theme", "evidence_start", "evidence_end"]
).astype({"segment_id": "str"})


def hidden(corpus, *strings):
    """Return a study, and its passages, after some strings were hidden."""
    clean = ei.deidentify(corpus, ner=None, keep=[*strings, *map(str.title, strings)])
    segments = ei.segment(clean.corpus)
    return *hide_strings(clean, strings, segments, NOTHING)[:2], segments


def said(corpus, *strings):
    return " ".join(hidden(corpus, *strings)[0].corpus.utterances["text"])


@pytest.mark.parametrize(
    ("line", "string", "after"),
    [
        ("then May asks if i may stay", "May", "then [hidden] asks if i may stay"),
        ("so WILL helps, it will pass", "Will", "so [hidden] helps, it will pass"),
        ("like Wills mom drives", "Will", "like [hidden] mom drives"),
        ("like Will's mom drives", "Will", "like [hidden]'s mom drives"),
        ("she may come", "may", "she [hidden] come"),
        ("our bramblewick does", "BRAMBLEWICK", "our [hidden] does"),
        ("so Common  Room and a common room", "Common Room",
         "so [hidden] and a common room"),
        ("the Marks are low", "Mark", "the Marks are low"),
    ],
)  # fmt: skip
def test_a_word_is_hidden_with_the_capital_it_was_asked_about(
    line, string, after, talk
):
    assert said(talk({"a": [("s01", line)]}), string) == after


def test_people_whose_ids_are_hidden_stay_apart(talk):
    corpus = talk(
        {"a": [("SID774122", "One."), ("SID774123", "Two.")], "b": [("Q", "Three.")]}
    )

    done, segments, before = hidden(corpus, "SID774122", "SID774123")

    ids = done.corpus.participants["participant_id"]
    assert ids.is_unique
    assert not ids.str.contains("SID").any()
    assert set(segments["participant_id"]) <= set(ids)
    assert segments["participant_id"].nunique() == before["participant_id"].nunique()


def test_documents_whose_names_are_hidden_stay_apart(talk):
    corpus = talk({"bus": [("s01", "One.")], "lunch": [("s02", "Two.")]})

    done, segments, _ = hidden(corpus, "bus", "lunch")

    names = set(done.corpus.documents["document_id"])
    assert names == {"hidden", "hidden_2"}
    assert set(segments["document_id"]) == names
    assert set(segments["segment_id"].str.partition(":")[0]) == names
