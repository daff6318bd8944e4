"""Who answered a survey: names with gaps, names that come back, rows that are the same."""

import docx
import openpyxl
import pandas as pd
import pytest

from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.surveys.respondents import respondents_of

ANSWERS = [f"I would change thing {n} of ours" for n in range(5)]


def labels(names, head="Name"):
    columns = {head: names, "What would you change?": ANSWERS[: len(names)]}
    return list(respondents_of(columns, range(2, len(names) + 2)).labels)


def remarks(names, head="Name"):
    columns = {head: names, "What would you change?": ANSWERS[: len(names)]}
    return [r.problem for r in respondents_of(columns, range(2, 10)).remarks]


HEADS = ["Name", "Your name", "Your name (optional)", "Student name", "Full Name", "Nombre",
         "What is your name?", "Student's name", "Respondent ID", "Participant"]  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_a_blank_cell_is_somebody_unnamed(head):
    assert labels(["Ana Diaz", "Bo Lund", "", "Di Roe"], head) == [
        "Ana Diaz",
        "Bo Lund",
        "3",
        "Di Roe",
    ]
    assert not remarks(["Ana Diaz", "Bo Lund", "", "Di Roe"], head)


@pytest.mark.parametrize(
    "head", ["School name", "Teacher", "Teacher name", "Class code"]
)
def test_a_head_that_may_be_of_something_else_is_no_respondent_if_one_comes_back(head):
    assert labels(["Elm", "Oak Hill", "Elm", ""], head) == ["1", "2", "3", "4"]


NO_IDS = ["999999", "0", "00000", "12345", "654321", "idk", "I don't know", "dont have one", "No id", "forgot", "none", "111111"]  # fmt: skip


@pytest.mark.parametrize("head", ["Student ID", "ID", "Respondent", "Name"])
@pytest.mark.parametrize("typed", NO_IDS)
def test_who_types_no_id_is_somebody_of_their_own_and_told(head, typed):
    ids = ["880011", "880012", typed, typed]

    assert labels(ids, head) == ["880011", "880012", "3", "4"]
    assert remarks(ids, head) == [
        "2 rows have no id that is somebody's own (lines 4 and 5), and each counts as "
        "somebody else's"
    ]
    assert not remarks(["880011", "880012", typed], head)


@pytest.mark.parametrize(
    "ids",
    [["1109", "1110", "1111", "1112", "1111"], ["0", "1", "2", "0", "1"], ["12345", "12346", "12344", "12345"],
     ["7", "3", "3"], ["777", "404", "777", "404"], ["S111", "S111", "S0"], ["80123", "80456", "80123"]],
)  # fmt: skip
def test_a_number_that_may_be_counted_or_given_is_an_id(ids):
    assert labels(ids, "Student ID") == ids


def test_a_short_number_that_far_more_rows_have_than_any_id_is_none():
    ids = ["404", "404", "777", "777", "777"]

    assert labels(ids, "Student ID") == ["404", "404", "3", "4", "5"]


def table(tmp_path, **columns):
    n = len(next(iter(columns.values())))
    columns = columns | {"What would you change?": ANSWERS[:n]}
    pd.DataFrame(columns).to_csv(tmp_path / "s.csv", index=False)
    return list(read_corpus(tmp_path / "s.csv").problems["problem"])


def test_ids_that_come_back_in_rows_that_differ_are_told_by_their_lines(tmp_path):
    again = {"Student_ID": ["71", "84", "71", "93"]}
    told = "an id stands in several rows that differ otherwise (lines 2 and 4), which count as the same person's"

    assert told in table(tmp_path, **again, School=["Elm", "Oak", "Fir", "Elm"])
    assert not table(tmp_path, **again, School=["Elm", "Oak", "Elm", "Elm"])
    # in rounds, people grow older
    rounds = ["fall", "fall", "spring", "fall"]
    told_in_rounds = table(tmp_path, **again, Wave=rounds, Grade=["6", "6", "7", "6"])
    assert "an id stands" not in "\n".join(told_in_rounds)


OF_OTHERS = ["School Name", "Teacher Name", "Homeroom Teacher Name", "Counselor name", "Bus driver name", "Staff name",
             "Course Name", "Class name", "Campus Name", "Org Name", "Group Name", "District Name", "School/Site Name",
             "Your school's name", "Best friend's name", "Club_Name", "schoolName", "Name of your team", "Course ID", "School code",
             "Zip code", "Section ID"]  # fmt: skip


@pytest.mark.parametrize("head", OF_OTHERS)
@pytest.mark.parametrize("names", [["Elm High", "Oak Hill"] * 2, ["Elm", "Oak", "Ash", "Fir"]])  # fmt: skip
def test_a_name_of_something_else_is_nobody_whether_it_comes_back_or_not(head, names):
    assert labels(names, head) == ["1", "2", "3", "4"]


@pytest.mark.parametrize(
    "head",
    ["Name", "Student Name", "Your first name", "Name (first and last)", "Name of student", "Preferred name", "Parent/Guardian Name",
     "Participant code", "Student_ID", "Child's name", "User name", "Member name", "State ID", "District ID", "Last, First name"],
)  # fmt: skip
def test_a_name_or_id_of_who_answers_is_theirs(head):
    names = ["Ana Diaz", "Bo Lund"] * 2
    assert labels(names, head) == names


@pytest.mark.parametrize("head", ["School Name", "Teacher Name", "Name of School", "Student Grade"])  # fmt: skip
def test_a_name_of_something_else_is_nobody_in_rows_of_answers(tmp_path, head):
    rows = {
        head: ["Elm High", "Oak Hill"] * 3,
        "Student ID": [1, 2, 3] * 2,
        "Question": ["What helps?"] * 3 + ["What is hard?"] * 3,
        "Answer": [f"We would like thing {n} to be ours" for n in range(6)],
    }
    pd.DataFrame(rows).to_csv(tmp_path / "s.csv", index=False)
    assert len(read_corpus(tmp_path / "s.csv").participants) == 3
    pd.DataFrame(rows).drop(columns="Student ID").to_csv(
        tmp_path / "s.csv", index=False
    )
    assert len(read_corpus(tmp_path / "s.csv").participants) != 2


def test_a_full_name_that_comes_back_is_one_person_and_told():
    names = ["Ana Diaz", "Bo Lund", "ana diaz ", "Cy Moe"]

    assert labels(names) == ["Ana Diaz", "Bo Lund", "Ana Diaz", "Cy Moe"]
    assert remarks(names) == [
        "a name stands in several rows (lines 2 and 4), which count as the same person's"
    ]


def test_a_first_name_that_comes_back_is_several_people_and_told():
    names = ["Maria", "Bo", "maria", "Maria"]

    assert labels(names) == ["Maria", "Bo", "maria 2", "Maria 3"]
    assert remarks(names) == [
        "a first name stands in several rows (lines 2, 4 and 5), and each row counts as "
        "somebody else's"
    ]


@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Name", ["Ana", "Bo", "Ana", "Bo"]),  # asked twice
        ("Participant", ["Ana", "Bo", "Ana", "Cy"]),
        ("Respondent ID", ["r1", "r2", "r1", "r3"]),
    ],
)
def test_an_id_or_everybody_coming_back_is_the_same_without_a_remark(head, names):
    assert labels(names, head) == names
    assert not remarks(names, head)


def test_nobody_unnamed_gets_an_id_of_another():
    assert labels(["2", "", "5"], "ID") == ["2", "4", "5"]


def test_who_answers_comes_before_whom_it_is_about():
    columns = {
        "Child's name": ["Leo", "Mia"],
        "Your name": ["Ana Ruiz", "prefer not to say"],
        "What else?": ANSWERS[:2],
    }

    assert respondents_of(columns, [2, 3]).labels == ("Ana Ruiz", "2")


def test_first_and_last_names_in_two_columns_are_one_name(tmp_path):
    table = pd.DataFrame(
        {
            "First Name": ["Ana", "Ana", "Bo"],
            "Last Name": ["Diaz", "Roe", ""],
            "What would you change?": ANSWERS[:3],
        }
    )
    table.to_csv(tmp_path / "survey.csv", index=False)

    read = read_transcript(tmp_path / "survey.csv")

    assert list(read.people) == ["Ana Diaz", "Ana Roe", "Bo"]
    assert read.people["Ana Roe"] == {}


@pytest.mark.parametrize(
    ("second", "n"),
    [
        (["10/2/2025 8:00:00", "Ana Diaz", "4", "My bus"], 1),
        (["10/2/2025 8:00:00", "Ana Diaz", "5", "My bus"], 0),
        (["10/2/2025 8:00:00", "", "4", "My bus"], 0),
    ],
)
def test_rows_that_are_the_same_but_for_the_time_are_told(tmp_path, second, n):
    first = ["10/1/2025 9:00:00", second[1], "4", "My bus"]
    heads = ["Timestamp", "Name", "Grade", "What would you change?"]
    other = ["10/1/2025 9:10:00", "Bo Lund", "4", "My lunch"]
    table = pd.DataFrame([first, other, second], columns=heads)
    table.to_csv(tmp_path / "survey.csv", index=False)

    told = read_corpus(tmp_path).problems["problem"].tolist()

    same = "rows are the same, word for word (lines 2 and 4)"
    assert told.count(same) == n


MERGED = [
    ("Grade", "Name", "What do you like?", "What would you change?"),
    ("7", "Odalys", "My math class, we pick our problems", "The bus is late"),
    ("", "Bram", "Lunch with my friends", "More time to talk to teachers"),
    ("8", "Cormac", "Band in the morning", "I cannot get on the wifi"),
    ("", "", "", "and my laptop is cracked"),
    ("", "Odalys", "Art and the pottery wheel", "Longer lunch for everybody"),
]


def _merged_xlsx(folder):
    book = openpyxl.Workbook()
    for row in [("Student voice day", None, None, None), *MERGED]:
        book.active.append([cell or None for cell in row])
    for cells in ("A1:D1", "A3:A4", "A5:A7", "B5:B6"):
        book.active.merge_cells(cells)
    book.save(folder / "voices.xlsx")


def _merged_docx(folder):
    document = docx.Document()
    table = document.add_table(rows=len(MERGED), cols=4)
    for row, cells in enumerate(MERGED):
        for column, cell in enumerate(cells):
            table.cell(row, column).text = cell
    for column, first, last in ((0, 1, 2), (0, 3, 5), (1, 3, 4)):
        table.cell(first, column).merge(table.cell(last, column))
        table.cell(first, column).text = MERGED[first][column]
    document.save(folder / "voices.docx")


@pytest.mark.parametrize("write", [_merged_xlsx, _merged_docx])
def test_a_name_in_merged_cells_holds_for_all_of_their_rows(write, tmp_path):
    write(tmp_path)

    corpus = read_corpus(tmp_path)

    people = dict(
        zip(
            corpus.participants["participant_id"],
            corpus.participants["grade"],
            strict=True,
        )
    )
    said = corpus.utterances[~corpus.utterances["is_facilitator"]]
    of_cormac = said.loc[said["speaker"] == "Cormac", "text"].tolist()
    assert list(people.values()) == ["7", "7", "8", "8"]
    assert of_cormac == [
        "Band in the morning",
        "I cannot get on the wifi",
        "and my laptop is cracked",
    ]
    assert said.loc[said["text"].str.startswith("Art"), "speaker"].tolist() == [
        "Odalys 2"
    ]
    assert corpus.problems["problem"].str.contains("a name in merged cells").any()


@pytest.mark.parametrize(
    ("rows", "n_people"),
    [
        # One person, however much of the name is there.
        (
            [
                "Mercedes Salinas Garza",
                "mercedes salinas",
                "Mercedes Salinas G.",
                "Ana Paz",
            ],
            2,
        ),
        (["ANA LÓPEZ", "Ana Lopez", "Eva Ruiz"], 2),
        (["Rosa de la Cruz", "Rosa de la Cruz Peña", "Eva Ruiz"], 2),
        (["Ana López,a@x.org", "Ana López Gil,a@x.org", "Eva Ruiz"], 2),
        (["Ana López,a@x.org", "Ana López Gil", "Eva Ruiz,e@x.org"], 2),
        # Several, or nobody can tell.
        (["Ana López Gil", "Ana López Mora", "Ana López"], 3),
        (["Ana López", "Ana L.", "Ana"], 3),
        (["John Smith", "John Smith Jr.", "Eva Ruiz"], 3),
        (["Odalys R.", "Odalys R.'s husband", "Ana Paz and Leo Paz"], 3),
        (["Ana López,a@x.org", "Ana López,b@y.org", "Eva Ruiz"], 3),
        (["Ana López,a@x.org", "Ana López Gil,b@y.org", "Eva Ruiz"], 3),
        (["Ana López,a@x.org", "Juan López,a@x.org", "Eva Ruiz"], 3),
        (["Ana López,a@x.org", "Ana López,b@y.org", "Ana López,A@x.org"], 2),
    ],
)
def test_who_writes_more_or_less_of_a_name_is_one_person(tmp_path, rows, n_people):
    file = tmp_path / "survey.csv"
    said = [
        f"{row if ',' in row else row + ','},The bus is late {n}"
        for n, row in enumerate(rows)
    ]
    file.write_text("Nombre,Correo,¿Qué es difícil?\n" + "\n".join(said) + "\n")

    read = read_transcript(file)

    assert len(read.people) == n_people
    assert len({turn.speaker for turn in read.turns} - {None}) == n_people
    told = [r.problem for r in read.remarks if "in several rows" in r.problem]
    assert told or n_people == len(rows)


def test_people_of_one_name_with_two_addresses_are_told(tmp_path):
    file = tmp_path / "survey.csv"
    file.write_text(
        "Name,Email,What helps?\nAna Ruiz,a@x.org,The late bus\nAna Ruiz,b@y.org,My aunt\n"
    )
    [remark] = read_transcript(file).remarks

    assert "with other mail addresses (lines 2 and 3)" in remark.problem
    assert "Ruiz" not in remark.problem


@pytest.mark.parametrize("head", ["Name", "First name", "Student first name"])
@pytest.mark.parametrize("beside", ["School", "What school do you go to?", "Campus"])
def test_first_names_that_all_come_back_beside_other_schools_are_several(
    head, beside, tmp_path
):
    file = tmp_path / "a.csv"
    rows = [
        f"{name},{school},I wait {n} minutes for the bus."
        for n, (name, school) in enumerate(
            zip(
                ["Jose", "Maria"] * 3,
                ["Oak", "Elm", "Pine", "Ash", "Fir", "Bay"],
                strict=True,
            )
        )
    ]
    file.write_text("\n".join([f"{head},{beside},What would you change?", *rows]))

    corpus = read_corpus(file)

    assert len(corpus.participants) == 6
    assert "each row counts as somebody else's" in "\n".join(corpus.problems["problem"])


@pytest.mark.parametrize(
    ("beside", "values"),
    [("School", "Oak Oak Oak Oak"), ("Grade", "7 7 8 8"), ("School Year", "1 1 2 2")],
)
def test_first_names_that_all_come_back_in_one_school_are_the_same(
    beside, values, tmp_path
):
    file = tmp_path / "a.csv"
    rows = [
        f"{name},{value},I wait {n} minutes for the bus."
        for n, (name, value) in enumerate(
            zip(["Jose", "Maria"] * 2, values.split(), strict=True)
        )
    ]
    file.write_text("\n".join([f"Name,{beside},What would you change?", *rows]))

    assert len(read_corpus(file).participants) == 2


@pytest.mark.parametrize("head", ["Respondent", "Participant"])
def test_a_role_in_the_place_of_a_name_is_nobody(head):
    roles = ["Student", "Parent", "Staff", "Student", "Parent", "Staff"]

    assert labels(roles, head) == ["1", "2", "3", "4", "5", "6"]
