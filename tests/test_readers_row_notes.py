"""Tables of notes: a row a note, of people, of roles or of nobody."""

import csv

import pytest

from empathy_insights.files.table import table_of
from empathy_insights.readers import read_corpus
from empathy_insights.readers.surveys.row_notes import in_translation

HARD, HELPS = "What is hard?", "What helps?"
NOTES = (
    ("1", "mom", "A", HARD, "The forms are long and I fill them in at night", ""),
    ("2", "dad", "A", HARD, "Nadie contesta el teléfono de la oficina",
     "Nobody answers the phone at the office"),
    ("3", "grandma", "A", HARD, "too many apps, I gave up", ""),
    ("4", "mom", "B", HELPS, "The nurse calls me by my name", ""),
    ("5", "mom", "B", HARD, "La junta es cuando yo trabajo", "The meeting is when I work"),
    ("6", "uncle", "B", HARD, "the bus, again", ""),
)  # fmt: skip
ID, WHO, TABLE, ASKED, NOTE, ENGLISH = range(6)
SAID = [row[NOTE] for row in NOTES]
IN_ENGLISH = [row[ENGLISH] or row[NOTE] for row in NOTES]


@pytest.fixture
def read(tmp_path):
    def write_and_read(header, rows, name="family night.csv"):
        with (tmp_path / name).open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([header, *rows])
        return read_corpus(tmp_path)

    return write_and_read


def said_in(corpus):
    heard = corpus.utterances.query("not is_facilitator")
    return sorted(heard["text"])


@pytest.mark.parametrize(
    ("heads", "people"),
    [
        ({"Participant #": ID, "Who": WHO, "Table": TABLE, "Question": ASKED, "Note": NOTE,
          "Translation": ENGLISH}, 6),
        ({"Who": WHO, "Question": ASKED, "Note": NOTE}, 0),
        ({"Table": TABLE, "Who": WHO, "Note": NOTE}, 6),
        ({"Participant": ID, "Role": WHO, "Question": ASKED, "Note": NOTE}, 6),
        ({"Table": TABLE, "Question": ASKED, "Note": NOTE}, 0),
        ({"Participant": ID, "Note": NOTE, "Translation": ENGLISH}, 6),
        ({"Who": WHO, "Question": ASKED, "Original": NOTE, "Translation": ENGLISH}, 0),
        ({"Participant #": ID, "Who": WHO, "Question": ASKED, "Note": NOTE}, 6),
        ({"Participant #": ID, "Role": WHO, "Question": ASKED, "Comment": NOTE,
          "English": ENGLISH}, 6),
        ({"Chart": ASKED, "Sticky note": NOTE, "Table": TABLE}, 0),
        ({"Quién": WHO, "Pregunta": ASKED, "Nota": NOTE}, 0),
        ({"Who": WHO, "Comment": NOTE}, 6),
        ({"ID": ID, "Who": WHO, "Poster": ASKED, "What stood on it": NOTE}, 6),
    ],
)  # fmt: skip
def test_what_is_said_is_the_note_and_no_role_is_a_person(read, heads, people):
    corpus = read(list(heads), [[row[n] for n in heads.values()] for row in NOTES])
    expected = IN_ENGLISH if ENGLISH in heads.values() else SAID

    assert said_in(corpus) == sorted(expected)
    assert len(corpus.participants) == people
    if people and WHO in heads.values():
        assert set(corpus.participants["role"]) == {"family"}
    if ASKED in heads.values():
        prompts = corpus.utterances.query("is_facilitator")["text"]
        assert set(prompts) == {HARD, HELPS}


def test_roles_are_people_where_each_answers_a_question_once(read):
    rows = [("mom", HARD, "The forms are so long"), ("dad", HARD, "Nobody answers me"),
            ("mom", HELPS, "The nurse knows my name")]  # fmt: skip

    corpus = read(["Who", "Question", "Note"], rows)

    assert corpus.utterances["speaker"].dropna().tolist() == ["mom", "dad", "mom"]


def test_notes_beside_what_people_answer_are_nobodys(read):
    rows = [(HARD, "The stairs are far for me", "smiled"),
            (HELPS, "My friend carries my bag", "looked at the clock")]  # fmt: skip

    corpus = read(["Question", "Ana", "Notes"], rows)

    assert corpus.utterances.query("speaker == 'Ana'")["text"].tolist() == [
        "The stairs are far for me",
        "My friend carries my bag",
    ]
    assert len(corpus.participants) == 1


def test_a_talk_of_roles_with_somebody_who_asks_stays_a_talk(read):
    rows = [("Interviewer", "What is hard?"), ("Mom", "The forms are long"),
            ("Interviewer", "And what helps?"), ("Mom", "The nurse does")]  # fmt: skip

    corpus = read(["Who", "Comment"], rows)

    assert corpus.documents["kind"].tolist() == ["interview"]
    assert len(corpus.participants) == 1


def test_people_of_a_long_survey_stay_whom_their_names_say(read):
    rows = [("1", "Ana", "mom", HARD, "The forms are long"),
            ("2", "Ana", "mom", HELPS, "The nurse does help"),
            ("3", "Leo", "dad", HARD, "Nobody answers me")]  # fmt: skip

    corpus = read(["ID", "Name", "Role", "Question", "Answer"], rows)

    assert corpus.utterances["speaker"].dropna().tolist() == ["Ana", "Leo", "Ana"]


def test_grades_in_english_are_no_translation():
    sheet = table_of(
        [
            (1, ("Student", "English", "Comments")),
            (2, ("S1", "B+", "I like to read at home with my dad")),
        ]
    )

    assert in_translation(sheet) == sheet
