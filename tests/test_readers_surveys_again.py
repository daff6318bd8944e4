"""Surveys that hold the people of others: fewer questions, other questions, some of the rows."""

import pandas as pd
import pytest

import empathy_insights as ei

N = 20
LIKE, CHANGE = "What do you like about school?", "What would you change?"


def whole(**columns):
    return pd.DataFrame(
        {
            **columns,
            LIKE: [f"I like my friend number {n} and the art room." for n in range(N)],
            CHANGE: [f"The bus is late and I wait {n} minutes." for n in range(N)],
        }
    )


def read(folder, **tables):
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    return ei.read_corpus(folder)


IDS = {"Student ID": [f"70{n:03d}" for n in range(N)]}
TIMES = {"Timestamp": [f"10/{n + 1:02d}/2025 9:{n:02d}:07" for n in range(N)]}


@pytest.mark.parametrize("dropped", [LIKE, CHANGE])
@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")])
def test_an_export_with_fewer_questions_is_a_copy(dropped, names, tmp_path):
    one = whole(**TIMES)

    corpus = read(
        tmp_path, **dict(zip(names, [one, one.drop(columns=dropped)], strict=True))
    )

    assert len(corpus.participants) == N
    assert corpus.documents["path"].tolist() == [f"{names[0]}.csv"]
    told = corpus.problems.query("problem.str.contains('left out')")
    assert told["path"].tolist() == [f"{names[1]}.csv"]


def test_other_answers_to_one_of_the_questions_are_no_copy(tmp_path):
    other = whole(**TIMES).drop(columns=CHANGE)
    other[LIKE] = [f"I like teacher number {n} and our noisy band." for n in range(N)]

    corpus = read(tmp_path, a=whole(**TIMES), b=other)

    assert len(corpus.participants) == 2 * N
    assert corpus.problems.empty


def other_things(**columns):
    return pd.DataFrame(
        {
            **columns,
            "What was hard this spring?": [f"Unit {n} was hard." for n in range(N)],
            "Who helped you, and how?": [f"My aunt, with page {n}." for n in range(N)],
        }
    )


def test_the_same_ids_in_a_survey_of_other_questions_are_told(tmp_path):
    corpus = read(tmp_path, a=whole(**IDS), b=other_things(**IDS))

    told = corpus.problems["problem"]
    assert told.str.startswith("20 ids stand in a.csv, too, and count as other").all()
    assert len(told) == 1

    people = pd.DataFrame(IDS)
    joined = ei.read_corpus(tmp_path, participants=people)  # as the advice says
    assert len(joined.participants) == N
    assert joined.problems.empty


@pytest.mark.parametrize("head", ["ID", "Student ID"])
def test_rows_that_are_counted_share_nobody(head, tmp_path):
    ids = {head: list(range(1, N + 1))}

    corpus = read(tmp_path, a=whole(**ids), b=other_things(**ids))

    assert corpus.problems.empty


@pytest.mark.parametrize("how", ["ids", "names", "nothing"])
def test_of_whom_is_known_only_the_answers_count_twice(how, tmp_path):
    names = [f"Ana{chr(97 + n)} Reed" for n in range(N)]
    columns = {"ids": IDS, "names": {"Name": names}, "nothing": {}}[how]
    table = whole(**columns)

    corpus = read(tmp_path, a=table[:14], b=table[6:])

    told = corpus.problems["problem"]
    said = told[told.str.contains("word for word the same")].item()
    assert said.endswith(
        "and count twice" if how == "nothing" else "and their answers count twice"
    )
    assert len(corpus.participants) == (28 if how == "nothing" else N)
