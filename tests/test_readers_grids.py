"""Grids of questions and people, in every kind of file: all of this is invented."""

import docx
import openpyxl
import pytest

from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.surveys.grids import grid_columns
from empathy_insights.readers.transcript import words

ASKED = ("What should we keep?", "What gets in your way?", "Anything else")
TOLD = (
    ("The reading hour in the morning", "Planning time on Fridays"),
    ("Testing took the gym for weeks", "Sixty mails a day"),
    ("Paint the hall, please", "n/a"),
)


def _csv(folder, rows):
    path = folder / "grid.csv"
    path.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in rows), "utf-8")
    return path


def _xlsx(folder, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    book.save(folder / "grid.xlsx")
    return folder / "grid.xlsx"


def _docx(folder, rows):
    document = docx.Document()
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            made.cell(row, column).text = cell
    document.save(folder / "grid.docx")
    return folder / "grid.docx"


WRITERS = pytest.mark.parametrize("write", [_csv, _xlsx, _docx])


def grid(corner, *heads):
    rows = [(q, *told[: len(heads)]) for q, told in zip(ASKED, TOLD, strict=True)]
    return [(corner, *heads), *rows]


def heard(path):
    transcript = read_transcript(path)
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]


def problems(path):
    return read_corpus(path).problems["problem"].tolist()


@WRITERS
@pytest.mark.parametrize(
    "corner", ["", "Question", "Questions we asked / Name", "Question ↓ Person →"]
)
@pytest.mark.parametrize("heads", [
    ("Odalys", "Mrs. Vanterpool"),
    ("Ignatius P. (PE)", "R. Kowalczyk - counselor"),
    ("Dana, grade 5 teacher", "bus driver"),
    ("P1", "Teacher 2"),
])  # fmt: skip
def test_a_grid_has_a_column_a_person(write, corner, heads, tmp_path):
    path = write(tmp_path, grid(corner, *heads))

    assert heard(path) == [
        (None, ASKED[0]), (heads[0], TOLD[0][0]), (heads[1], TOLD[0][1]),
        (None, ASKED[1]), (heads[0], TOLD[1][0]), (heads[1], TOLD[1][1]),
        (None, ASKED[2]), (heads[0], TOLD[2][0]),
    ]  # fmt: skip
    assert "a cell without an answer is not part of any turn (2 words)" in problems(
        path
    )


@WRITERS
def test_a_column_of_notes_beside_people_is_no_person(write, tmp_path):
    path = write(tmp_path, grid("Question", "Odalys", "Notes"))

    assert {speaker for speaker, _ in heard(path)} == {None, "Odalys"}
    assert any("a further cell of a table" in said for said in problems(path))


@WRITERS
def test_columns_of_groups_are_nobody_and_it_is_told(write, tmp_path):
    path = write(tmp_path, grid("Question", "Grade 6", "Grade 7"))

    assert {speaker for speaker, _ in heard(path)} == {None}
    assert any(
        "no head of a column says who answers" in said for said in problems(path)
    )


def test_what_may_be_a_grid_is_told_where_no_question_can_be_seen(tmp_path):
    rows = [("Topic", "Odalys", "Bram"), ("Homework", *TOLD[0]), ("Lunch", *TOLD[1])]

    assert any(
        "each row of a table was taken for a person" in said
        for said in problems(_xlsx(tmp_path, rows))
    )


@WRITERS
def test_a_row_a_person_stays_one_under_an_empty_corner(write, tmp_path):
    rows = [
        ("", "What should we keep?", "What gets in your way?"),
        ("Odalys", TOLD[0][0], TOLD[1][0]),
        ("Bram", TOLD[0][1], TOLD[1][1]),
    ]

    assert [said for said in heard(write(tmp_path, rows)) if said[0]] == [
        ("Odalys", TOLD[0][0]), ("Bram", TOLD[0][1]),
        ("Odalys", TOLD[1][0]), ("Bram", TOLD[1][1]),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [
    [("Do you feel safe at school?", "12", "3"), ("Do you eat lunch here?", "9", "6")],
    [("Homework", "We do an hour", "None at all"), ("Lunch", "It is short", "I like it")],
])  # fmt: skip
def test_numbers_and_what_asks_nothing_are_no_grid(rows):
    assert grid_columns(("Question", "Odalys", "Bram"), rows) is None
