"""Tables in documents with a row or a column a person: all of this is invented."""

import docx
import pytest

from empathy_insights.errors import TranscriptError
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


NOTED = [
    ("Odalys R.", "Band. He lives for band.", "Bus 14 is late three days a week"),
    ("Mr. Petrosyan", "My son learns robotics", "I do not know what letters say"),
    ("Odalys R.'s husband", "Her teacher gets her", "Nobody picks up the phone"),
]
TO_DO = [
    ("Lena", "Print the guide for everybody who comes", "Friday next week"),
    ("Sam", "Book a room that is large enough", "on Monday"),
    ("Lena", "Call all the families at home", "in two weeks"),
]


def as_csv(path, rows):
    path.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in rows), "utf-8")
    return path


@pytest.mark.parametrize("head", [
    "Who", "Who?", "Who said it", "Who (initials)", "Voice", "Initials", "Participant #", "From",
    "Person", "Quién", "Speaker", "Parent", "Staff member", "Guest", "Who we talked to",
])  # fmt: skip
def test_whoever_is_listed_beside_what_they_said_is_heard(table, head, tmp_path):
    rows = [(head, "What is going well", "What's hard / what would you change"), *NOTED]

    for path in (table(rows), as_csv(tmp_path / "notes.csv", rows)):
        assert {who for who, _ in heard(path)} == {None, *(row[0] for row in NOTED)}


@pytest.mark.parametrize("heads", [
    ("Who", "What we heard"), ("Who said it", "Their words"), ("Who", "Notes"), ("Initials", "Comment"),
    ("Participant", "Notes"), ("Parent", "Feedback"), ("Person", "Key points"), ("From", "Message"),
])  # fmt: skip
def test_what_was_noted_of_each_person_is_theirs(table, heads, tmp_path):
    rows = [heads, *(row[:2] for row in NOTED)]

    for path in (table(rows), as_csv(tmp_path / "notes.csv", rows)):
        assert [said for said in heard(path) if said[0]] == [row[:2] for row in NOTED]


@pytest.mark.parametrize("heads", [
    ("Who", "What needs to happen", "By when"), ("Who", "What", "When"), ("Owner", "Next step", "Due"),
    ("Who is responsible", "What would help", "Deadline"), ("Who follows up", "Action", "When"),
])  # fmt: skip
def test_who_is_to_do_something_is_not_heard(table, heads, tmp_path):
    rows = [heads, *TO_DO]

    assert {who for who, _ in heard(table(rows))} == {None}
    with pytest.raises(TranscriptError, match="a list of things, tasks or amounts"):
        read_transcript(as_csv(tmp_path / "tasks.csv", rows))


def test_who_follows_up_on_what_was_said_is_not_whose_words_they_are(tmp_path):
    rows = [("What would help", "Who"), *((told, name) for name, told, _ in NOTED)]

    path = as_csv(tmp_path / "notes.csv", rows)

    assert {who for who, _ in heard(path)} == {None, "1", "2", "3"}


def test_ratings_under_a_word_for_speaking_are_no_people(tmp_path):
    rows = [
        ("Voice", "What is hard?"),
        *((n, row[2]) for n, row in zip("454", NOTED, strict=True)),
    ]

    assert {who for who, _ in heard(as_csv(tmp_path / "survey.csv", rows))} == {
        None,
        "1",
        "2",
        "3",
    }


@pytest.mark.parametrize("rows", [
    [("", "Monday", "Tuesday"), ("9:00", "Math in room 4", "Art in room 2")],
    [("Time", "Topic", "Who"), ("9:00", "Welcome and goals", "Lena"), ("9:30", "What we heard", "Sam")],
    [("", "Room", "Seats"), ("Library", "12", "30 chairs"), ("Gym", "1", "90 chairs")],
    [("Task", "Owner", "Due"), ("Print the guide", "Lena", "Friday"), ("Book a room", "Sam", "Monday")],
    [("Name", "Phone"), ("Lena", "555-0142"), ("Sam", "555-0143")],
])  # fmt: skip
def test_another_table_is_nobodys_answers(table, rows):
    assert {speaker for speaker, _ in heard(table(rows))} == {None}
