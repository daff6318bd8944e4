"""Tables in documents with a row or a column a person: all of this is invented."""

import docx
import pytest

from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words


@pytest.fixture
def table(tmp_path):
    def write(rows, before=()):
        document = docx.Document()
        for line in before:
            document.add_paragraph(line)
        made = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                made.cell(row, column).text = cell
        document.save(tmp_path / "notes.docx")
        return tmp_path / "notes.docx"

    return write


def heard(path):
    transcript = read_transcript(path)
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]


def test_a_row_a_person_is_read_as_their_answers(table):
    path = table(
        [("Name", "Grade", "What is hard?", "What would help?"),
         ("Lena", "9", "The wifi drops.", "A hotspot."),
         ("Sam", "10", "My brother has the laptop.", "")],
        before=["Interviews in October"],
    )  # fmt: skip

    corpus = read_corpus(path)

    assert heard(path) == [
        (None, "What is hard?"), ("Lena", "The wifi drops."), ("Sam", "My brother has the laptop."),
        (None, "What would help?"), ("Lena", "A hotspot."),
    ]  # fmt: skip
    assert corpus.participants["grade"].tolist() == ["9", "10"]
    assert corpus.problems[["line", "problem"]].values.tolist() == [
        [1, "text beside the table of answers is not part of any turn (3 words)"]
    ]


def test_a_column_a_person_is_read_where_the_corner_has_no_head(table):
    path = table(
        [("", "Lena (9th)", "Sam (10th)"),
         ("What is hard?", "The wifi drops.", "My brother has the laptop."),
         ("What would help?", "A good hotspot.", "")]
    )  # fmt: skip

    assert heard(path) == [
        (None, "What is hard?"), ("Lena (9th)", "The wifi drops."),
        ("Sam (10th)", "My brother has the laptop."),
        (None, "What would help?"), ("Lena (9th)", "A good hotspot."),
    ]  # fmt: skip


@pytest.mark.parametrize("rows", [
    [("", "Monday", "Tuesday"), ("9:00", "Math in room 4", "Art in room 2")],
    [("Time", "Topic", "Who"), ("9:00", "Welcome and goals", "Lena"), ("9:30", "What we heard", "Sam")],
    [("", "Room", "Seats"), ("Library", "12", "30 chairs"), ("Gym", "1", "90 chairs")],
    [("Task", "Owner", "Due"), ("Print the guide", "Lena", "Friday"), ("Book a room", "Sam", "Monday")],
    [("Name", "Phone"), ("Lena", "555-0142"), ("Sam", "555-0143")],
])  # fmt: skip
def test_another_table_is_nobodys_answers(table, rows):
    assert {speaker for speaker, _ in heard(table(rows))} == {None}
