"""What the leak check can find in a corpus, de-identification has replaced before."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from empathy_insights import read_corpus
from empathy_insights.identities import check_leaks, deidentify, find_identities
from tests.conftest import few_examples

ROSTER = pd.DataFrame(
    {
        "name": ["Zelindra Quexalote", "Mark Tovvik", "Hope Arrandale", "Bo Tam"],
        "nicknames": ["Zel; Zee", "", "", ""],
        "role": ["student", "student", "teacher", "student"],
    }
)
PHRASES = [
    "zelindra", "ZELINDRA QUEXALOTE", "Mark", "mark", "Hope", "hope", "Bo", "bo tam",
    "zel", "quexalote.z", "z_quexalote_9", "Ms. Arrandale", "Tovvik", "mark's",
    "said", "the papers", "I asked", "my friend", "and", ".", "\n", ",", "“", "a-b",
    "at Pier Nine Academy", "on Quarry Road", "Ms. Okello", "okello", "a@b.org",
    "my student ID is 20481937", "Nyasha Odum", "nyasha", "born March 3rd, 2011",
    "Zelin-\ndra", "Mar&shy;k", "Will", "will", "Yes", "(Mark)", "Chair", "Odum's",
    "312-555-0147", "ask Grace", "grace", "GRACE", "Ruiz-Ortega", "Ana ruiz",
]  # fmt: skip
SPEAKERS = ["zelindra", "s01", "Mark", "Hope Arrandale", "?", None, "Student Nyasha"]
talks = st.lists(
    st.tuples(
        st.sampled_from(SPEAKERS),
        st.lists(st.sampled_from(PHRASES), min_size=1, max_size=7).map(" ".join),
    ),
    min_size=1,
    max_size=5,
)
FILES = ["zelindra_08", "interview Quexalote, Zelindra", "tovvik-mark", "round 1"]


def texts_of(corpus):
    """Return everything of a corpus that ends in a file, a value a text."""
    turns, documents = corpus.utterances, corpus.documents
    cells = [
        *turns["text"], *turns["speaker"].dropna(), *turns["document_id"],
        *documents["text"], *documents["path"],
        *corpus.participants.astype("str").to_numpy().ravel(),
    ]  # fmt: skip
    return {f"{n}.csv": str(cell) for n, cell in enumerate(cells)}


@few_examples
@given(documents=st.dictionaries(st.sampled_from(FILES), talks, min_size=1))
def test_the_check_finds_nothing_in_what_was_deidentified(documents, talk):
    done = deidentify(talk(documents), roster=ROSTER, ner=None)

    for identities in (find_identities(done), find_identities(done, roster=ROSTER)):
        leaks = check_leaks(texts_of(done.corpus), identities)
        assert leaks.empty, documents


@pytest.mark.parametrize(
    "name", ["zelindra.txt", "ZelindraQuexalote 8B.txt", "Mark.txt"]
)
def test_a_name_in_a_file_name_is_gone_from_ids_paths_and_problems(name, tmp_path):
    speaker = name.removesuffix(".txt").removesuffix(" 8B")
    turns = (
        f"Interviewer: Hello?\n{speaker}: Fine.\nInterviewer: So?\n{speaker}: Yes.\n"
    )
    (tmp_path / name).write_text(turns)

    done = deidentify(read_corpus(tmp_path), roster=ROSTER, ner=None).corpus

    told = " ".join(
        frame.astype("str").to_csv()
        for frame in (done.documents, done.utterances, done.participants, done.problems)
    ).lower()
    assert "zelindra" not in told
    assert "mark" not in told


def test_columns_that_only_say_who_somebody_is_are_gone(talk):
    corpus = talk(
        {"d": [("s01", "Yes.")]},
        parent_name={"s01": "Ngozi Ardebili"},
        guardian_phone={"s01": "none"},
        club={"s01": "chess with zelindra"},
    )

    people = deidentify(corpus, roster=ROSTER, ner=None).corpus.participants

    assert "parent_name" not in people
    assert "guardian_phone" not in people
    assert people["club"].item().startswith("chess with [student")
