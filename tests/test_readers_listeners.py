"""What whoever listened noted beside the answers is nobody's, and addresses are no answers."""

import pandas as pd
import pytest

from empathy_insights.readers import read_corpus


def table(folder, head):
    frame = pd.DataFrame(
        {
            "Name": ["Ada Oba", "Bram Obe", "Chidi Obi"],
            "What is lunch like for you?": ["the line is long", "we want more time", "it is fine"],
            head: ["seemed tired, has no wifi, a secret", "laughed a lot, a secret", "quiet, a secret"],
        }
    )  # fmt: skip
    frame.to_csv(folder / "lunch.csv", index=False)
    return read_corpus(folder)


@pytest.mark.parametrize(
    "head",
    ["Interviewer notes", "Interviewer's notes", "Researcher comments", "Observer impressions", "Reflection (interviewer)",
     "Notas de la entrevistadora", "Internal comments", "My impressions", "Home address", "Emergency contact"],
)  # fmt: skip
def test_what_is_nobodys_answer_is_left_out_and_told(tmp_path, head):
    corpus = table(tmp_path, head)

    assert not corpus.documents["text"].str.contains("secret").any()
    assert "secret" not in corpus.participants.to_csv()
    assert corpus.problems["problem"].str.contains("whoever listened noted").any()


@pytest.mark.parametrize(
    "head",
    ["Interviewer notes (own words)", "Teacher comments", "Observations", "Comments", "What would you tell the observer?"],
)  # fmt: skip
def test_what_may_be_an_answer_is_read(tmp_path, head):
    corpus = table(tmp_path, head)

    assert corpus.documents["text"].str.contains("secret").any()


@pytest.mark.parametrize(
    ("asked", "said", "is_told"),
    [
        ("How do you get to school?", ["We walk past the dogs", "my aunt drives us", "bus, it is loud"], True),
        ("How do you get to school?", ["bus", "car", "bus"], False),
        ("What school do you attend?", ["Oak Hill Middle School", "Elm Park High School", "The Lake School"], False),
    ],
)  # fmt: skip
def test_what_asks_how_may_tell_more_than_a_fact(tmp_path, asked, said, is_told):
    frame = pd.DataFrame({"Name": ["Ada", "Bo", "Cy"], asked: said})
    frame["What would help?"] = [
        "a longer lunch for us",
        "more time to eat",
        "fewer long lines",
    ]
    frame.to_csv(tmp_path / "a.csv", index=False)

    told = read_corpus(tmp_path).problems["problem"].str.contains("taken for facts")

    assert told.any() == is_told
