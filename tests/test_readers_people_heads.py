"""Notes on several people in one file: all of this is invented."""

import docx
import pytest

from empathy_insights.identities import deidentify
from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words


def heard(path):
    transcript = read_transcript(path)
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns
            if not turn.is_prompt]  # fmt: skip


@pytest.fixture
def notes(tmp_path):
    def write(text, name="notes.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return heard(tmp_path / name)

    return write


HEADS = [
    ("Student 1", "Student 2", "Student 1", "Student 2"),
    ("Student 1 - 9th grade", "Parent 2 – two kids", "Student 1 (9th grade)", "Parent 2 (two kids)"),
    ("Lena (9th grade)", "Sam (10th grade):", "Lena (9th grade)", "Sam (10th grade)"),
    ("Lena, 9th grade", "Ms. Ortiz, teacher", "Lena (9th grade)", "Ms. Ortiz (teacher)"),
    ("## Lena, grade 9", "## Sam, grade 10", "Lena (grade 9)", "Sam (grade 10)"),
    ("**Lena - 9th grade**", "**Sam - parent**", "Lena (9th grade)", "Sam (parent)"),
    ("Interview 1: Lena, 9th grade", "Interview 2: Sam, 10th grade", "Lena (9th grade)",
     "Sam (10th grade)"),
    ("INTERVIEW WITH LENA - 9TH GRADE", "INTERVIEW WITH SAM - 10TH GRADE", "LENA (9TH GRADE)",
     "SAM (10TH GRADE)"),
    ("10/3 - Lena (9th grade), library, 20 min", "10/4 - Sam (10th), gym", "Lena (9th grade)",
     "Sam (10th)"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "first", "second"), HEADS)
def test_notes_are_of_whom_the_line_above_them_names(notes, one, other, first, second):
    text = f"Notes from October\n\n{one}\n- The wifi drops\n- Choice\n\n{other}\nThe bus is late.\n"

    assert notes(text)[-3:] == [
        (first, "The wifi drops"), (first, "Choice"), (second, "The bus is late."),
    ]  # fmt: skip


BETWEEN = "Hector (dad)\nbus 14 no show\n\n{}\n12 minutes once they sit\n\nMs. Ortiz (teacher)\nhalf are dead\n"


@pytest.mark.parametrize(
    "who", ["Bev (lunch lady)", "Deshawn (front desk)", "Mr. Okafor (IT, part time)"]
)
def test_a_line_between_two_like_it_is_somebody_too(notes, who):
    assert [speaker for speaker, _ in notes(BETWEEN.format(who))] == [
        "Hector (dad)", who.replace(", part time", ""), "Ms. Ortiz (teacher)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "what", ["Lunch (12 minutes)", "Lunch (cold)", "Bus 14 (late)"]
)
def test_a_topic_between_two_people_is_nobody(notes, what):
    assert {speaker for speaker, _ in notes(BETWEEN.format(what))} == {
        "Hector (dad)", "Ms. Ortiz (teacher)",
    }  # fmt: skip


def test_a_question_below_several_of_them_is_asked(notes):
    asked = "What is hard?\n{}\n\n2. What would help?\n{}\n\n"
    text = (
        f"Lena, 9th grade\n\n{asked.format('The wifi.', 'A hotspot.')}"
        f"Sam, 10th grade\n\n{asked.format('Do they listen?', 'More time.')}"
    )

    assert notes(text) == [
        ("Lena (9th grade)", "The wifi."), ("Lena (9th grade)", "A hotspot."),
        ("Sam (10th grade)", "Do they listen?"), ("Sam (10th grade)", "More time."),
    ]  # fmt: skip


def test_a_question_without_its_sign_ends_nobodys_notes(notes):
    text = (
        "10/3 - Lena (9th grade), library\n\nQ: what's hard\n- The wifi\nQ: what helps\n- Choice\n\n"
        "10/4 - Sam (10th), gym\n\nQ: what's hard\n- The bus\n"
    )

    assert notes(text) == [
        ("Lena (9th grade)", "The wifi"), ("Lena (9th grade)", "Choice"), ("Sam (10th)", "The bus"),
    ]  # fmt: skip


def test_who_answers_under_a_name_is_whom_it_names(tmp_path):
    text = "Lena, 9th grade\nQ: What is hard?\nA: The wifi.\n\nSam, 10th grade\nQ: And?\nA: The bus.\n"
    (tmp_path / "talk.txt").write_text(text, encoding="utf-8")

    transcript = read_transcript(tmp_path / "talk.txt")

    assert [(turn.speaker, words(transcript, turn)) for turn in transcript.turns] == [
        ("Q", "What is hard?"), ("Lena (9th grade)", "The wifi."),
        ("Q", "And?"), ("Sam (10th grade)", "The bus."),
    ]  # fmt: skip


def test_who_is_heard_in_the_head_takes_no_others_words(notes):
    text = "Teacher: Ms. Ortiz\nDate: Oct 3\n\nStudent A\n- The wifi\n\nStudent B\n- The bus\n"

    assert notes(text) == [("Student A", "The wifi"), ("Student B", "The bus")]


FORMS = [
    ("Name: Noa Berg\nAge: 14\nWhat helps?\nSleep.\n\nName: Eli Moor\nAge: 13\nWhat helps?\nArt.\n",
     "Noa Berg", "Eli Moor"),
    ("# At Alder\n\n**Name:** Noa Berg\n**Grade:** 9\nDate: Oct 3\n\n1. What helps?\nSleep.\n\n"
     "**Name:** Eli Moor\n**Role:** parent\n\n1. What helps?\nArt.\n",
     "Noa Berg (grade 9)", "Eli Moor (parent)"),
    ("Student name: Noa\n\nSleep.\n\nStudent name: Eli\n\nArt.\n", "Noa", "Eli"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "first", "second"), FORMS)
def test_each_form_is_of_whom_it_names(notes, text, first, second):
    assert notes(text) == [(first, "Sleep."), (second, "Art.")]


@pytest.mark.parametrize("text", [
    "Name: Noa\nGrade: 9\n\nName: Eli\nGrade: 8\n\nBoth were tired.\n",
    "Name: Noa\nGrade: 9\n\nShe was tired.\n\nThe name: a secret\n",
])  # fmt: skip
def test_a_list_of_names_is_no_form_each(notes, text):
    assert len({speaker for speaker, _ in notes(text)}) < 2


def test_whoever_was_absent_takes_nobodys_notes(notes):
    text = "Student 1\n- The wifi\n\nStudent 2 (absent)\n\nStudent 3\nOverall it was good\n"

    assert notes(text) == [
        ("Student 1", "The wifi"),
        ("Student 3", "Overall it was good"),
    ]


def test_what_closes_the_notes_is_nobodys(notes):
    text = "Student 1\n- The wifi\n\nStudent 2\n- The bus\n\nOverall themes\n- Access\n"

    assert notes(text)[-1] == (None, "Access")


@pytest.mark.parametrize("text", [
    "Math, 9th grade\n- The wifi\n\nScience, 10th grade\n- The bus\n",
    "Lena, 9th grade\n\nSam, 10th grade\n\nKim, 10th grade\n\n- The bus is late\n",
    "Lena, 9th grade\n- The wifi\n\nWe talked, and she left.\n",
    "She is shy, 9th grade\n- The wifi\n\nHe is loud, 10th grade\n- The bus\n",
    "The wifi drops.\nStudent 1\nThe bus is late.\nStudent 2\nNo time.\n",
])  # fmt: skip
def test_other_lines_name_nobody(notes, text):
    assert {speaker for speaker, _ in notes(text)} == {None}


def test_paragraphs_of_word_are_read_so_too(tmp_path):
    document = docx.Document()
    for line in (
        "Lena, 9th grade",
        "The wifi drops.",
        "Sam, 10th grade",
        "The bus is late.",
    ):
        document.add_paragraph(line)
    document.save(tmp_path / "notes.docx")

    assert heard(tmp_path / "notes.docx") == [
        ("Lena (9th grade)", "The wifi drops."), ("Sam (10th grade)", "The bus is late."),
    ]  # fmt: skip


def test_who_is_named_so_counts_once_and_is_hidden(tmp_path):
    text = "Lena (9th grade)\n- The wifi drops, Sam says too\n\nSam (10th grade)\n- The bus\n"
    (tmp_path / "notes.txt").write_text(text, encoding="utf-8")

    corpus = read_corpus(tmp_path)
    clean = deidentify(corpus, ner=None).corpus

    assert len(corpus.participants) == 2
    assert clean.documents["text"].item() == (
        "[student 1] (9th grade)\n- The wifi drops, [student 2] says too\n\n"
        "[student 2] (10th grade)\n- The bus\n"
    )


ABOVE = [
    ("Interview with Amara Diallo, 9th grade, Northside", "student", "9"),
    ("Amara Diallo (grade 9)\nOct 8", "student", "9"),
    ("Interviewee: Amara Diallo (9th grade)\nDate: Oct 8", "student", "9"),
    ("Interviewee: Amara Diallo\nGrade: 9", "student", "9"),
    ("Notes from a talk\nAmara Diallo - parent of a 9th grader", "family", None),
    ("Amara Diallo, 9th grade teacher", "teacher", None),
    ("Interview with Amara Diallo", "unknown", None),
    ("Interview with Lena Ruiz, 9th grade, and Sam", "unknown", None),
]


@pytest.mark.parametrize(("head", "role", "grade"), ABOVE)
def test_the_line_above_a_talk_says_what_somebody_is(tmp_path, head, role, grade):
    talk = "Denise: How is it?\nAmara: Fine.\nDenise: And lunch?\nAmara: Short.\n"
    (tmp_path / "a.txt").write_text(f"{head}\n\n{talk}")

    [who] = read_corpus(tmp_path).participants.to_dict("records")

    assert (who["role"], who.get("grade")) == (role, grade)


def test_of_two_whom_the_head_names_a_part_is_neither(tmp_path):
    head = "Lena Ruiz, 9th grade\nSam Ortiz, teacher\n\n"
    (tmp_path / "a.txt").write_text(f"{head}Q: How?\nA: Fine.\nQ: And?\nA: So.\n")
    (tmp_path / "b.txt").write_text("Lena Ruiz, 9th grade\n\nQ: How?\nA: Fine.\n")

    people = read_corpus(tmp_path).participants.set_index("participant_id")

    assert people["role"].to_dict() == {"a:p01": "unknown", "b:p01": "student"}


@pytest.mark.parametrize(
    ("first", "is_said"),
    [
        ("hallway talks oct 7-9, students, Ms K", False),
        ("Notes on talks with students", False),
        ("We all think that the bus is late.", True),
    ],
)
def test_a_title_above_all_people_is_nobodys_words(tmp_path, first, is_said):
    notes = f"{first}\n\nTavion (6th grade)\n- the line is so long\n\nMia (7th grade)\n- fine\n"
    (tmp_path / "notes.txt").write_text(notes)

    turns = read_corpus(tmp_path).utterances
    said = turns.loc[~turns["is_facilitator"], "text"].tolist()
    assert said == [*([first] * is_said), "the line is so long", "fine"]
