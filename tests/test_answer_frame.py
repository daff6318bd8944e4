"""What a table of answers says of people, where cells are empty or differ."""

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.errors import TableError, TranscriptError

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


NOES = {"Do you consent to take part?": "No", "Opt out": "Yes", "consent": "false"}


@pytest.mark.parametrize("head", NOES)
def test_who_says_no_to_consent_is_left_out_as_of_a_file(head, tmp_path):
    said = {"No": "Yes", "Yes": "No", "false": "true"}[NOES[head]]
    frame = pd.DataFrame(
        {
            "Student ID": [f"s{n:02d}" for n in range(12)],
            head: [NOES[head]] * 4 + [said] * 8,
            "What would you change?": [
                f"I wait {n} minutes for it." for n in range(12)
            ],
        }
    )
    frame.to_csv(tmp_path / "a.csv", index=False)

    corpus = ei.corpus_from_frame(
        frame, text="What would you change?", person="Student ID"
    )

    of_file = ei.read_corpus(tmp_path / "a.csv").problems["problem"].tolist()
    assert corpus.problems["problem"].tolist() == of_file
    assert "4 rows left out, of people who say no" in of_file[0]
    assert len(corpus.participants) == 8
    assert head not in corpus.participants
    assert not corpus.documents["text"].str.contains("I wait 3 ").any()


def test_a_no_in_one_row_is_one_in_all_rows_of_a_person():
    frame = answers(consent=["no", ""] + ["yes", "yes"] * (N - 1))

    assert len(corpus_of(frame).participants) == N - 1


def test_a_no_to_a_question_about_consent_is_heard():
    frame = answers()
    asked = pd.DataFrame(
        {"who": ["p00", "p01"], "asked": "Do you consent?", "said": ["No", "Yes"]}
    )

    corpus = corpus_of(pd.concat([frame, asked]))

    assert len(corpus.participants) == N - 1


def test_who_says_nothing_of_consent_is_read_and_a_column_of_other_things_stays():
    frame = answers(consent=[""] * 2 + ["yes"] * 2 * (N - 1), bus=["no", "no"] * N)

    corpus = corpus_of(frame)

    assert len(corpus.participants) == N
    assert set(corpus.participants["bus"]) == {"no"}


def test_where_everybody_refuses_there_is_nothing_to_read():
    with pytest.raises(TranscriptError, match="everybody in the table says no"):
        corpus_of(answers(consent=["no"] * 2 * N))


def in_years(years):
    said = [f"The bus came {n} minutes late." for n in range(len(years))]
    who = [f"s{n // 2}" for n in range(len(years))]
    return pd.DataFrame({"Student ID": who, "wave": years, "What is hard?": said})


YEARS = [2023, 2024, 2023, None, 2023, None]


def read_years(frame, how, tmp_path):
    if how == "frame":
        return ei.corpus_from_frame(
            frame, text="What is hard?", person="Student ID", round="wave"
        )
    frame.to_csv(tmp_path / "a.csv", index=False)
    return ei.read_corpus(tmp_path / "a.csv")


@pytest.mark.parametrize("how", ["frame", "file"])
def test_a_row_without_a_round_is_of_the_same_person(how, tmp_path):
    corpus = read_years(in_years(YEARS), how, tmp_path)

    assert len(corpus.participants) == 3
    assert corpus.documents["round"].dropna().tolist() == ["2023", "2024"]


@pytest.mark.parametrize("how", ["frame", "file"])
def test_rounds_of_dates_are_called_by_their_days(how, tmp_path):
    days = pd.to_datetime(pd.Series(["2023-10-01", "2024-10-02"] * 3))
    frame = in_years(YEARS).assign(wave=days)
    if how == "file":
        frame["wave"] = frame["wave"].astype(str) + " 00:00:00"

    corpus = read_years(frame, how, tmp_path)

    assert corpus.documents["round"].tolist() == ["2023-10-01", "2024-10-02"]
    assert len(corpus.participants) == 3


def test_who_answered_on_another_sheet_without_a_round_is_somebody_else(tmp_path):
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        in_years(YEARS).to_excel(book, sheet_name="North", index=False)
        other = in_years(YEARS)
        other["What is hard?"] = other["What is hard?"].str.replace("bus", "tram")
        other.to_excel(book, sheet_name="South", index=False)

    corpus = ei.read_corpus(tmp_path / "a.xlsx")

    assert len(corpus.documents) == 6
    assert len(corpus.participants) == 6


def test_a_missing_cell_makes_no_other_grade():
    grade = [6, 6, None, None, *[7] * (2 * N - 4)]

    corpus = corpus_of(answers(grade=grade))

    assert set(corpus.participants["grade"].dropna()) == {"6", "7"}


def test_halves_stay_halves():
    corpus = corpus_of(answers(hours=[1.5, 1.5, *[2.0] * (2 * N - 2)]))

    assert set(corpus.participants["hours"]) == {"1.5", "2"}


@pytest.mark.parametrize(
    "nobody", [None, "", "anonymous", "Anonymous", "n/a", "prefer not to say"]
)
def test_each_row_of_nobody_named_is_somebody(nobody, tmp_path):
    frame = in_years([""] * N).drop(columns="wave")
    frame["Student ID"] = [nobody] * 6 + [f"s{n}" for n in range(N - 6)]
    frame.to_csv(tmp_path / "a.csv", index=False)

    corpus = ei.corpus_from_frame(frame, text="What is hard?", person="Student ID")

    assert len(corpus.participants) == N
    assert len(ei.read_corpus(tmp_path / "a.csv").participants) == N
    assert corpus.problems.empty


def test_a_number_that_somebody_has_is_given_to_nobody_else():
    frame = pd.DataFrame(
        {"who": ["2", None, "3"], "said": ["The bus.", "Lunch is short.", "Noise."]}
    )

    corpus = ei.corpus_from_frame(frame, text="said", person="who")

    assert len(corpus.participants) == 3


def test_who_may_have_several_rows_without_a_name_is_nobody_and_told():
    frame = answers()
    frame.loc[:3, "who"] = ["", None, "anonymous", "anonymous"]

    corpus = corpus_of(frame)

    assert len(corpus.participants) == N - 2
    told = corpus.problems["problem"]
    assert told.str.contains("nobody is named beside 4 answers").any()


def test_a_name_that_is_empty_and_a_column_for_two_things():
    answers = pd.DataFrame({"a": ["Late bus.", "Fine."], "ticked": [["x", "y"], []]})

    assert ei.corpus_from_frame(answers, text="a", name=" ").documents[
        "path"
    ].tolist() == ["survey"]
    with pytest.raises(TableError, match="one column is named for two things"):
        ei.corpus_from_frame(answers, text="a", person="a")


def test_a_status_that_tells_of_no_consent_stays_a_group():
    answers = pd.DataFrame(
        {"a": ["Late bus.", "Fine."], "who": ["s1", "s2"], "Status": ["Boarder", "Day"]}
    )

    corpus = ei.corpus_from_frame(answers, text="a", person="who")

    assert corpus.participants["their_status"].tolist() == ["Boarder", "Day"]
