"""What a table of answers says of people, where cells are empty or differ."""

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.errors import TableError

N = 24


def answers(**columns):
    """Return two answers a person, of 24."""
    rows = {
        "who": [f"p{n:02d}" for n in range(N) for _ in range(2)],
        "asked": ["What helps?", "What does not?"] * N,
        "said": ["My friends help me.", "The bus is never on time."] * N,
        "grade": [str(6 + n % 3) for n in range(N) for _ in range(2)],
    }
    return pd.DataFrame(rows | columns)


def corpus_of(frame, **options):
    return ei.corpus_from_frame(
        frame, text="said", person="who", question="asked", **options
    )


@pytest.fixture(params=["frame", "file"])
def read(request, tmp_path):
    """Read a frame, or the same as a .csv file."""

    def told(frame):
        if request.param == "frame":
            return corpus_of(frame)
        heads = {"who": "Participant", "asked": "Question", "said": "Answer"}
        frame.rename(columns=heads).to_csv(tmp_path / "a.csv", index=False)
        return ei.read_corpus(tmp_path / "a.csv")

    return told


def test_a_cell_that_is_empty_costs_no_column(read):
    frame = answers()
    frame.loc[[3, 7], "grade"] = None

    corpus = read(frame)

    assert corpus.participants["grade"].tolist() == frame["grade"].iloc[::2].tolist()
    assert not corpus.problems["problem"].str.contains("grade").any()


def test_who_has_no_value_anywhere_has_none(read):
    frame = answers()
    frame.loc[[2, 3], "grade"] = None

    assert read(frame).participants["grade"].isna().sum() == 1


def test_a_person_of_two_grades_has_none_and_is_told(read):
    frame = answers()
    frame.loc[3, "grade"] = "12"

    corpus = read(frame)

    grades = corpus.participants["grade"]
    assert grades.isna().tolist() == [n == 1 for n in range(N)]
    assert "1 person has several values under 'grade', of which none counts" in set(
        corpus.problems["problem"]
    )


@pytest.mark.parametrize(
    "values",
    [
        [f"{n} minutes" for n in range(2 * N)],  # of answers, and of no people
        ["", "I was in a hurry that day."] * N,  # said once, beside one answer
    ],
)
def test_what_is_of_answers_describes_nobody(read, values):
    corpus = read(answers(further=values))

    assert "further" not in corpus.participants
    assert not corpus.problems["problem"].str.contains("further").any()


def test_two_roles_of_one_person_are_told_and_the_first_counts():
    frame = answers(r=["student", "student"] * N)
    frame.loc[3, "r"] = "parent"
    frame.loc[4, "r"] = None

    corpus = corpus_of(frame, role="r")

    assert set(corpus.participants["role"]) == {"student"}
    assert corpus.problems["problem"].tolist() == [
        "1 person has several values under 'role', of which the first counts"
    ]


def test_two_columns_of_one_name_are_one_sentence():
    frame = pd.concat([answers(), answers()[["said"]]], axis=1)

    with pytest.raises(TableError, match="two columns are called 'said'"):
        corpus_of(frame)
