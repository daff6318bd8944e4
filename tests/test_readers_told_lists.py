"""Notes in a list whose lines say first whom they are of: each is that person's."""

import pytest
from docx import Document

from empathy_insights.readers import read_transcript
from empathy_insights.readers.transcript import words

NOTES = """- {0} says the bus is loud
- {1} says she walks, likes it
- several agree the bus is loud
- {2}: my mom drives
- {0} agrees
- {1} "it's not fair"
- {2} said the library is small
"""
TOLD = [
    (0, "the bus is loud"),
    (1, "she walks, likes it"),
    (2, "my mom drives"),
    (0, "agrees"),
    (1, '"it\'s not fair"'),
    (2, "the library is small"),
]


@pytest.fixture
def said(tmp_path):
    def write_and_read(text):
        file = tmp_path / "Lunch notes.md"
        file.write_text(text, encoding="utf-8")
        talk = read_transcript(file)
        return [(t.speaker, words(talk, t)) for t in talk.turns if not t.is_prompt]

    return write_and_read


@pytest.mark.parametrize("sign", ["says", "dash", "none"])
@pytest.mark.parametrize(
    ("head", "names"),
    [
        ("Present: S1, S2, S3\n\n", ("S1", "S2", "S3")),
        ("", ("S1", "S2", "S3")),
        ("", ("Student 4", "Student 5", "Parent 2")),
        ("Participants: P1, P2, P3\n\n", ("P1", "P2", "P3")),
        ("Present: Ana, Bo Kim, Lee\n\n", ("Ana", "Bo", "Lee")),
    ],
)
def test_a_line_is_of_whom_it_begins_with(said, sign, head, names):
    notes = NOTES.format(*names)
    if sign == "dash":
        notes = notes.replace(" says", " –").replace(" said", " –").replace(":", " –")
    if sign == "none":
        notes = notes.replace(" says", "").replace(" agrees", ": agrees")

    found = said(f"# Lunch group, grade 5\n{head}{notes}")

    assert found == [(names[n], told) for n, told in TOLD]


def test_what_whoever_took_the_notes_thought_is_nobodys(said):
    notes = (
        "Present: S1, S2\n\n## Bus\n* several like it\n* S1 said it is loud\n  in the back\n"
        "* S2 wants pizza\n  - every day\n* S1 and S2 agree\n\n## Lunch\n* all are hungry\n"
        "* S1 says no\n\nOverall they want a longer lunch.\n"
    )

    assert said(notes) == [
        ("S1", "it is loud\n  in the back"),
        ("S2", "wants pizza\n  - every day"),
        ("S1", "no"),
    ]


@pytest.mark.parametrize("names", [("S1", "S2", "S3"), ("Ana", "Bo", "Lee")])
def test_paragraphs_of_a_document_need_no_bullet_where_most_begin_so(tmp_path, names):
    document = Document()
    document.add_paragraph("Present: " + ", ".join(names))
    for line in NOTES.format(*names).splitlines():
        document.add_paragraph(line.removeprefix("- "), style="List Bullet")
    document.add_paragraph("Overall they want a longer lunch.")
    document.save(tmp_path / "notes.docx")

    talk = read_transcript(tmp_path / "notes.docx")

    found = [(turn.speaker, words(talk, turn)) for turn in talk.turns]
    assert found == [(names[n], told) for n, told in TOLD]


def test_what_codes_say_in_a_talk_goes_on_below(said):
    talk = "P1: Why?\nP2: So.\n\nThe bus is late.\n\nP1: And?\nP2: Yes.\nP1 said it.\n"

    assert said(talk)[1] == ("P2", "So.\n\nThe bus is late.")


def test_in_spanish_too(said):
    notes = "- A1 dice que camina\n- A2 comenta poco\n- varios sí\n- A1: lejos\n"

    assert said(notes) == [("A1", "camina"), ("A2", "comenta poco"), ("A1", "lejos")]


@pytest.mark.parametrize(
    "text",
    [
        "What I did\n- P1 starts at 8\n- P2 is math\n- P3 is gym\n- P2 is long\n",
        "Present: Tom Lee, Ana Ruiz\n\n- Tom will call\n- Ana to send\n- Tom and Ana meet\n- Ana: flyers\n",
        "Present: Ana, Bo\n\nMy day was long. I walk.\nAna says her bus is late.\nBo says so, too.\n"
        "I do not know why.\nAna said it is loud.\nThen we had lunch.\n",
        "- Ana says her bus is late\n- Bo says so\n- Ana said it is loud\n",
    ],
    ids=["periods of a day", "what is left to do", "a story", "people of no list"],
)
def test_a_list_of_other_things_is_of_nobody(said, text):
    assert {speaker for speaker, _ in said(text)} == {None}


def test_a_list_in_somebodys_words_is_theirs(said):
    talk = "Ana: Why?\nMia: These:\n- S1 said no\n- S2 said yes\n- S1 said so\nAna: Ah.\nMia: So.\n"

    assert said(talk)[1] == ("Mia", "These:\n- S1 said no\n- S2 said yes\n- S1 said so")
