from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import empathy_insights as ei
from empathy_insights.analysis.voices import (
    missing_voices,
    roles_are_known,
    voices,
    without_role,
)
from empathy_insights.errors import TableError
from empathy_insights.readers import corpus_from_frame, read_corpus
from empathy_insights.report.charts.voice_charts import (
    alt_text_of_voices,
    plot_voices,
    voices_finding,
)
from empathy_insights.text.segments import segment

pytestmark = pytest.mark.usefixtures("figures_closed")


@pytest.fixture(scope="module")
def corpus(talk):
    """Return 4 students, 1 teacher and 1 person of unknown role, heard."""
    return talk(
        {
            "i1": [("?", "How is it going there?"), ("ana", "One two three.")],
            "i2": [("tom", "One two.")],
            "group": [
                ("ben", "One."),
                (None, "One two."),
                ("cy", "One."),
                ("di", "O."),
            ],
            "i3": [("xi", "One two three four.")],
        },
        roles={"tom": "teacher", "xi": "unknown", "eve": "family"},
        kinds={"group": "focus_group"},
        priority_group={"ana": "iep", "eve": "newcomer"},
        grade={"ana": "9", "ben": "9", "cy": "10", "di": "11"},
    )


def population_of(*rows, **columns):
    """Build a population of (group, value, people) rows."""
    frame = pd.DataFrame(rows, columns=["group", "value", "people"])
    return frame.assign(**columns)


def row_of(table, value):
    return table.set_index("value").loc[value]


def test_a_table_without_population_counts_whom_one_heard(corpus):
    table = voices(corpus)

    columns = [
        "group",
        "value",
        "people",
        "of",
        "listed",
        "documents",
        "words",
        "reading",
    ]
    assert table[columns].to_numpy().tolist() == [
        ["role", "student", 4, 5, 4, 2, 6, ""],
        ["role", "family", 0, 5, 1, 0, 0, "not known"],
        ["role", "teacher", 1, 5, 1, 1, 2, ""],
        ["role", "staff", 0, 5, 0, 0, 0, "not known"],
        ["role", "school_leader", 0, 5, 0, 0, 0, "not known"],
        ["role", "unknown", 1, 0, 1, 1, 4, ""],
        ["priority_group", "iep", 1, 1, 1, 1, 3, ""],
        ["priority_group", "newcomer", 0, 1, 1, 0, 0, "not heard"],
    ]


def test_shares_heard_are_of_those_whose_role_is_known(corpus):
    table = voices(corpus)

    assert row_of(table, "student")["share_heard"] == 4 / 5
    assert np.isnan(row_of(table, "unknown")["share_heard"])
    missing = ["planned", "population", "population_of", "representation"]
    assert table[missing].isna().all(axis=None)


def test_shares_heard_stand_beside_shares_of_the_population(corpus):
    population = population_of(
        ("role", "student", 90), ("role", "family", 0), ("role", "teacher", 10)
    )

    table = voices(corpus, population=population)

    student = row_of(table, "student")
    assert student["population"] == 90
    assert student["population_of"] == 100
    assert student["share_of_population"] == 0.9
    assert student["representation"] == pytest.approx((4 / 5) / 0.9)
    assert row_of(table, "teacher")["representation"] == 2


def test_a_role_that_the_population_does_not_count_is_compared_with_none(corpus):
    table = voices(corpus, population=population_of(("role", "student", 90)))

    assert row_of(table, "student")["of"] == 5
    assert row_of(table, "student")["representation"] == 4 / 5
    assert row_of(table, "teacher")["of"] == 5
    assert row_of(table, "teacher")["share_heard"] == 1 / 5
    assert np.isnan(row_of(table, "teacher")["representation"])
    assert "caution" not in ei.publish(table, "public").attrs
    assert table.attrs["caution"].startswith("1 person heard has a value under 'role'")


def test_people_in_no_group_belong_to_a_whole_that_is_given(corpus):
    population = population_of(
        ("priority_group", "iep", 20), ("priority_group", "newcomer", 5), of=100
    )

    table = voices(corpus, population=population)

    iep = row_of(table, "iep")
    assert row_of(table, "newcomer")["representation"] == 0
    assert iep[["people", "of", "population", "population_of"]].tolist() == [
        1,
        6,
        20,
        100,
    ]
    assert iep["share_heard"] == 1 / 6
    assert iep["representation"] == pytest.approx((1 / 6) / 0.2)


def test_people_in_no_group_are_left_out_where_the_rows_are_the_whole(corpus):
    population = population_of(("priority_group", "iep", 20))

    iep = row_of(voices(corpus, population=population), "iep")

    assert iep["of"] == 1
    assert iep["representation"] == 1


def test_four_fifths_are_not_under_heard(talk):
    # (3 / 5) / (75 / 100) is a hair less than 0.8 in floating point.
    people = ("ana", "ben", "cy", "tom", "tina")
    corpus = talk(
        {"group": [(who, "So.") for who in people]},
        roles={"tom": "teacher", "tina": "teacher"},
    )
    population = population_of(("role", "student", 75), ("role", "teacher", 25))

    student = row_of(voices(corpus, population=population), "student")

    assert student["representation"] == 0.8
    assert student["reading"] == ""


def test_less_than_four_fifths_is_under_heard(corpus):
    population = population_of(("role", "student", 60), ("role", "teacher", 40))

    table = voices(corpus, population=population)

    assert row_of(table, "teacher")["representation"] == 0.5
    assert row_of(table, "teacher")["reading"] == "under-heard"
    assert row_of(table, "student")["reading"] == ""


def test_whom_the_population_names_and_nobody_heard_has_a_row(corpus):
    population = population_of(
        ("role", "community", 5), ("priority_group", "foster", 2)
    )

    table = voices(corpus, population=population)

    assert row_of(table, "community")[["people", "reading"]].tolist() == [
        0,
        "not known",
    ]
    assert row_of(table, "foster")[["listed", "reading"]].tolist() == [0, "not heard"]


def test_where_nobody_is_there_is_nobody_to_miss(corpus):
    table = voices(corpus, population=population_of(("role", "family", 0)))

    assert row_of(table, "family")["reading"] == ""


def test_a_plan_needs_no_population(corpus):
    plan = pd.DataFrame({"group": "role", "value": ["student"], "planned": [12]})

    student = row_of(voices(corpus, population=plan), "student")

    assert student["planned"] == 12
    assert student["share_heard"] == 4 / 5
    assert np.isnan(student["population"])


def test_another_column_of_the_participants_gets_rows_too(corpus):
    population = population_of(("grade", 9, 30), ("grade", 12, 30))

    table = voices(corpus, population=population)

    grades = table[table["group"] == "grade"]
    assert grades[["value", "people", "of", "reading"]].to_numpy().tolist() == [
        ["10", 1, 4, ""],
        ["11", 1, 4, ""],
        ["12", 0, 4, "not heard"],
        ["9", 2, 4, ""],
    ]
    assert "(10, 11)" in table.attrs["caution"]


@pytest.mark.parametrize("wanted", ["7", "Grade 7", "grade 07", "seventh", "7th grade"])
def test_a_grade_is_the_same_however_it_is_written(wanted):
    frame = pd.DataFrame(
        {
            "who": [f"s{n}" for n in range(12)],
            "grade": ["6th", "7th", "8th", "k"] * 3,
            "a": ["The bus is late."] * 12,
        }
    )
    corpus = corpus_from_frame(frame, text="a", person="who")
    population = population_of(
        ("grade", "6th", 40),
        ("grade", wanted, 40),
        ("grade", "8", 40),
        ("grade", "Kindergarten", 40),
    )

    table = voices(corpus, population=population).query("group == 'grade'")

    assert len(table) == 4
    assert table["people"].tolist() == [3] * 4
    assert table["of"].tolist() == [12] * 4
    assert table["representation"].tolist() == [1] * 4
    assert table.attrs["caution"] == ""


def test_grades_that_a_population_has_two_of_stay_apart(corpus):
    population = population_of(("grade", "9th", 30), ("grade", "Grade 9", 30))

    table = voices(corpus, population=population)

    grades = table[table["group"] == "grade"].set_index("value")["people"]
    assert grades["9"] == 2
    assert grades["9th"] == 0


def test_groups_that_are_known_of_nobody_are_not_said_to_be_missing(talk):
    corpus = talk({"i1": [("xi", "So.")]}, roles={"xi": "unknown", "eve": "family"})
    population = population_of(
        ("role", "student", 9), ("priority_group", "iep", 2), of=9
    )

    table = voices(corpus, population=population)

    assert table["reading"].tolist() == ["not known"] * 5 + ["", "not known"]
    assert missing_voices(corpus) == []


def test_words_leave_the_facilitator_out_and_say_their_share(corpus):
    table = voices(corpus)

    assert row_of(table, "student")["share_of_words"] == 6 / 14
    assert table.attrs["facilitator_share_of_words"] == 5 / 19


def test_it_is_seen_when_one_person_holds_the_floor(corpus):
    table = voices(corpus)

    assert row_of(table, "student")["most_words_of_one"] == 3 / 6
    assert row_of(table, "teacher")["most_words_of_one"] == 1
    assert np.isnan(row_of(table, "family")["most_words_of_one"])


def test_a_person_heard_twice_is_one_person(talk):
    corpus = talk(
        {"i1": [("ana", "One two.")], "i2": [("ana", "One."), ("bo", "One.")]}
    )

    student = row_of(voices(corpus), "student")

    assert student[["people", "documents", "words"]].tolist() == [2, 2, 4]
    assert student["most_words_of_one"] == 3 / 4


def test_nobody_heard_is_a_table_too(talk):
    table = voices(talk({"i1": [("?", "Hello?")]}))

    assert table["people"].tolist() == [0] * 5
    assert table["share_of_words"].tolist() == [0] * 5
    assert table.attrs["facilitator_share_of_words"] == 1


@pytest.mark.parametrize(
    ("population", "message"),
    [
        (pd.DataFrame({"value": ["iep"], "people": 1}), "columns are: value, people$"),
        (
            pd.DataFrame({"group": ["role"], "value": ["student"]}),
            "'people' or 'planned'; its columns are: group, value",
        ),
        (
            population_of(("house", "red", 1)),
            "names the group 'house', which is no column of the participants; choose "
            "from role, priority_group, grade",
        ),
        (population_of(("role", "pupil", 1)), "the role 'pupil'; choose from student"),
        (population_of(("role", None, 1)), "a row without a 'value'; say with 'of'"),
        (
            population_of(("role", "student", 1), ("role", "student", 2)),
            "has role 'student' twice",
        ),
        (population_of(("role", "student", "many")), "'people' .* holds 'many'"),
        (population_of(("role", "student", -1)), "'people' .* holds '-1'"),
        (population_of(("role", "student", 1), of=-1), "'of' .* holds '-1'"),
        (population_of(("role", "student", 9), of=5), "more people of a role than 'of'"),
        (
            population_of(
                ("role", "student", 1), ("role", "teacher", 1), of=[5, 6]
            ),
            "'of' .* must be one number for all of 'role'",
        ),
    ],
    ids=[
        "no group", "no numbers", "group", "role", "value", "twice", "word", "below 0",
        "of below 0", "too many", "two wholes",
    ],
)  # fmt: skip
def test_a_population_that_cannot_be_used_is_refused(corpus, population, message):
    with pytest.raises(TableError, match=message):
        voices(corpus, population=population)


def test_row_order_changes_nothing_and_inputs_stay_as_they_were(corpus):
    population = population_of(("role", "student", 60), ("role", "teacher", 40))
    before = population.copy(), corpus.participants.copy(), corpus.utterances.copy()

    table = voices(corpus, population=population)
    turned = replace(
        corpus,
        participants=corpus.participants.iloc[::-1].reset_index(drop=True),
        utterances=corpus.utterances.iloc[::-1].reset_index(drop=True),
    )

    assert_frame_equal(voices(turned, population=population.iloc[::-1]), table)
    assert_frame_equal(population, before[0])
    assert_frame_equal(corpus.participants, before[1])
    assert_frame_equal(corpus.utterances, before[2])


def test_every_column_of_numbers_says_its_unit(corpus):
    table = voices(corpus)

    numbers = set(table) - {"group", "value"}
    assert set(table.attrs["units"]) == numbers
    assert table.attrs["table"] == "voices"


def test_the_chart_marks_who_was_not_heard(corpus):
    table = voices(corpus)

    ax = plot_voices(table)

    labels = [text.get_text() for text in ax.texts[:8]]
    assert labels == [
        "4", "not known", "1", "not known", "not known", "1", "1", "not heard",
    ]  # fmt: skip
    [rings] = ax.lines
    assert len(rings.get_xdata()) == 4
    assert [bar.get_width() for bar in ax.patches[8:]] == table["people"].tolist()
    assert ax.texts[8].get_text() == "by priority group"


@pytest.mark.parametrize(
    ("turns", "reading", "missing", "unknown"),
    [
        ([("ana", "So.")], "not heard", ["family"], (0, 0)),
        ([("ana", "So."), (None, "Hm.")], "not heard", ["family"], (0, 0)),
        ([("ana", "So."), ("xi", "Hm.")], "not known", [], (1, 0)),
    ],
    ids=["known", "somebody speaks up", "a voice without a role"],
)
def test_nobody_is_missing_while_a_role_is_not_known(
    talk, turns, reading, missing, unknown
):
    corpus = talk({"i1": turns}, roles={"xi": "unknown"})

    table = voices(corpus)

    assert row_of(table, "family")["reading"] == reading
    assert missing_voices(corpus)[:1] == missing
    assert without_role(corpus) == unknown
    assert ("not known" in voices_finding(table)) is not bool(missing)


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_voice_without_a_role_matters_only_while_a_role_is_sought(talk, is_whole):
    roles = ["student", "family", "teacher", "staff", "school_leader"][not is_whole :]
    turns = [(role, "So.") for role in [*roles, "xi"]]
    known = {role: role for role in roles} | {"xi": "unknown"}

    corpus = talk({"i1": turns}, roles=known)

    assert roles_are_known(corpus) is is_whole
    assert missing_voices(corpus) == []


def test_nobody_is_missing_while_a_file_says_nobodys_name(talk):
    corpus = talk({"i1": [("ana", "So.")], "n1": [(None, "She feeds them all.")]})

    assert missing_voices(corpus) == []
    assert without_role(corpus) == (0, 1)
    assert row_of(voices(corpus), "staff")["reading"] == "not known"


def test_the_chart_shows_whom_one_would_expect(corpus):
    population = population_of(
        ("role", "student", 500), ("role", "teacher", 500), ("role", "family", 1),
        planned=[6, None, None],
    )  # fmt: skip

    table = voices(corpus, population=population)
    ax = plot_voices(table)

    labels = [text.get_text() for text in ax.texts[:3]]
    assert labels == [
        "4 (2 expected, 6 planned)",
        "not known (<1 expected)",
        "1 (2 expected), under-heard",
    ]
    assert ax.patches[0].get_width() == pytest.approx(5 * 500 / 1001)
    assert "grey: if each were heard by its size" in ax.texts[-1].get_text()


@pytest.mark.parametrize(
    ("readings", "finding"),
    [
        (["", ""], "Somebody of every role and group was heard"),
        (["not known", ""], "Whose voices these are is not known"),
        (["not heard"] * 2, "Not heard: group 0 and group 1"),
        (
            ["not heard"] * 6 + ["under-heard"],
            "Not heard: group 0, group 1, group 2, group 3 and 2 more. Under-heard: group 6",
        ),
    ],
    ids=["all", "not known", "two", "many"],
)
def test_the_finding_says_who_is_missing(readings, finding):
    values = [f"group_{n}" for n in range(len(readings))]

    assert (
        voices_finding(pd.DataFrame({"value": values, "reading": readings})) == finding
    )


def test_a_title_of_ones_own_stands_instead(corpus):
    ax = plot_voices(voices(corpus), title="Whom we heard")

    assert ax.get_title(loc="left") == "Whom we heard"


def test_the_alt_text_says_every_row_and_who_held_the_floor(talk):
    corpus = talk({"i1": [("?", "How?"), ("ana", "One two three.")]})

    assert alt_text_of_voices(voices(corpus)) == (
        "Bar chart of people heard. Not heard: families, teachers, staff members and "
        "school leaders. students: 1; families: not heard; teachers: not heard; staff "
        "members: not heard; school leaders: not heard. Facilitators spoke 25% of all "
        "words."
    )


def test_cells_without_an_answer_are_nobodys_words(tmp_path):
    (tmp_path / "s.csv").write_text(
        "respondent,What gets in your way?,What would you change?\nr1,The bus is late,More buses\n"
        "r2,n/a,-\nr3,n/a,A longer lunch please\nr4,,\n"
    )
    corpus = read_corpus(tmp_path)
    row = voices(corpus).set_index("value").loc["unknown"]

    assert row[["people", "listed", "words", "share_of_words"]].tolist() == [
        2,
        4,
        10,
        1,
    ]
    assert len(segment(corpus)) == 3
