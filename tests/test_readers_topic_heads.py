"""Notes on somebody, with heads of topics, and heads that say whom a talk is with: invented."""

import pytest

from empathy_insights.readers import read_transcript
from empathy_insights.readers.transcript import words


@pytest.fixture
def heard(tmp_path):
    def read(text):
        (tmp_path / "notes.txt").write_text(text, encoding="utf-8")
        transcript = read_transcript(tmp_path / "notes.txt")
        return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]

    return read


ONE = """Student F, 8th grade, 2/24, cafeteria. Notes only

Says she likes choir, "it is the only place where I am not the weird one."

Internet: they lost it in January. Uses phone.
Home: makes dinner and gets brothers to bed.
Wants: somebody to check on her. Clubs that need no ride.

Looked tired??
"""
SEVERAL = """Student 1

Internet: they lost it in January.
Wants: somebody to check on her.

Student 2

Internet: at home, mostly works.
Wants: more time in the lab?
"""


@pytest.mark.parametrize("notes", [
    ONE,
    ONE.replace("Home:", "Mom: works nights, so she"),
    "Strengths: she draws.\nWorries: the bus.\nGoals: a job?\n",
])  # fmt: skip
def test_heads_of_topics_in_notes_on_one_person_are_no_voices(heard, notes):
    said = heard(notes)

    assert {speaker for speaker, _ in said} == {None}
    assert any("they lost it" in told or "she draws" in told for _, told in said)


def test_topics_that_come_back_for_each_person_are_no_voices(heard):
    assert {speaker for speaker, _ in heard(SEVERAL)} <= {
        None,
        "Student 1",
        "Student 2",
    }


@pytest.mark.parametrize(("talk", "voices"), [
    ("Facilitator: Why?\nHope: The bus.\nFaith: The wifi.\nPrecious: Lunch.\n",
     ["Facilitator", "Hope", "Faith", "Precious"]),
    ("Hope: Why do you come?\nFaith: The band.\nHope: And lunch?\n", ["Hope", "Faith", "Hope"]),
    ("Odalys: Why?\nBram: The bus.\nHope: The wifi.\n", ["Odalys", "Bram", "Hope"]),
    ("Dana: How so?\n\nAna: I forgot it.\n", ["Dana", "Ana"]),
    ("Mom: Why?\nStudent: The bus.\n", ["Mom", "Student"]),
    ("MK: Why?\nJB: The bus.\nDW: Lunch.\n", ["MK", "JB", "DW"]),
])  # fmt: skip
def test_people_whose_names_are_words_still_speak(heard, talk, voices):
    assert [speaker for speaker, _ in heard(talk)] == voices


HEAD = "Elm Middle - empathy interview\nInterviewer: K. Ruiz\nRespondent: Ezekiel V.\n"
SAID = "Interviewer: How is school?\n{0}: Long.\nInterviewer: How so?\n{0}: You sit.\n"


@pytest.mark.parametrize("label", ["Ezekiel", "Respondent"])
def test_a_head_that_names_who_talks_is_no_turn_without_a_blank_line(heard, label):
    assert heard(HEAD + SAID.format(label)) == [
        ("Interviewer", "How is school?"), (label, "Long."),
        ("Interviewer", "How so?"), (label, "You sit."),
    ]  # fmt: skip


def test_names_that_are_answers_are_said(heard):
    talk = "Interviewer: Your name?\nRespondent: Ezekiel V.\n" + SAID.format(
        "Respondent"
    )

    assert heard(talk)[:2] == [
        ("Interviewer", "Your name?"),
        ("Respondent", "Ezekiel V."),
    ]
