"""Groups of people do not fall apart by how somebody typed their names."""

import pandas as pd
import pytest

from empathy_insights.readers import read_corpus


def read(root, **values):
    """Read talks with one person each, of whom a list says these values."""
    n = len(next(iter(values.values())))
    for i in range(1, n + 1):
        (root / f"P{i}.txt").write_text(f"Interviewer: Why?\nP{i}: So.\n")
    table = pd.DataFrame({"id": [f"P{i}" for i in range(1, n + 1)], **values})
    return read_corpus(root, participants=table.assign(role="student"))


def test_values_that_differ_in_capitals_and_spaces_are_one_as_most_write_it(tmp_path):
    found = read(tmp_path, gender=["f", "F", "M", "F ", "m", "x y", "X  y", ""])

    told = found.participants["gender"].tolist()
    assert told[:7] == ["F", "F", "M", "F", "M", "x y", "x y"]
    assert found.problems["problem"].tolist() == [
        "3 groups are written in several ways under 'gender', which differ only in capitals or "
        "spaces and count as one"
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (["F", "Female", "f"], "'F' and 'Female'"),
        (["Y", "No", "Yes"], "'Y' and 'Yes'"),
        (["Sí", "no", "S"], "'S' and 'Sí'"),
    ],
)
def test_a_letter_beside_its_word_stays_a_group_and_is_told(tmp_path, said, told):
    found = read(tmp_path, el=said)

    assert found.participants["el"].nunique() == len({x.casefold() for x in said})
    assert any(f"stand {told}" in problem for problem in found.problems["problem"])


@pytest.mark.parametrize(
    "values",
    [
        ["0.5", "0.50", "1"],
        ["R_2aBc", "R_2abC", "R_2ABc"],
        ["F", "M", "X"],
        ["Lincoln", "Lincoln HS", "lincoln-hs"],
    ],
)
def test_numbers_codes_and_other_names_stay_as_they_are(tmp_path, values):
    found = read(tmp_path, more=values)

    assert found.participants["more"].tolist() == values
    assert not len(found.problems)


def test_answers_of_a_survey_that_describe_people_are_one_too(tmp_path):
    rows = [("Yes", "yes", "NO", "no", "no")[n % 5] for n in range(10)]
    said = [f"The bus is late on day {n} of the week" for n in range(10)]
    table = pd.DataFrame({"Do you like it?": rows, "Why?": said})
    table.to_csv(tmp_path / "survey.csv", index=False)

    found = read_corpus(tmp_path)

    assert set(found.participants["Do you like it?"]) == {"Yes", "no"}
    assert found.problems["path"].tolist() == ["survey.csv"]
