"""Roles that the talk itself tells: what people say they are, and what they are asked."""

from dataclasses import replace

import pytest

from empathy_insights.before_coding import begin_study
from empathy_insights.readers import read_corpus
from empathy_insights.roles import role_from_label, role_in, role_in_title
from empathy_insights.study_file import study_of

TALK = "Dana: How are you?\nBo: {}\nDana: And then?\nBo: Nothing more.\n"
ASKED = "Dana: {} What helps?\nBo: {}\nDana: And then?\nBo: Nothing more.\n"


@pytest.fixture
def roles(tmp_path):
    def read(text, name="talk.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        corpus = read_corpus(tmp_path)
        said = corpus.utterances.dropna(subset=["participant_id"])
        labels = dict(zip(said["participant_id"], said["speaker"], strict=True))
        found = corpus.participants.set_index("participant_id")["role"]
        return {labels[person]: role for person, role in found.items()}

    return read


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("I teach chemistry, and we did a lab.", "teacher"),
        ("I teach ninth grade world history, five sections.", "teacher"),
        ("I'm in eighth grade, so I walk.", "student"),
        ("I'm a 7th grader.", "student"),
        ("I am a sophomore and I work.", "student"),
        ("I'm the school counselor here.", "staff"),
        ("I'm a math teacher.", "teacher"),
        ("It comes to me as dean, in two days.", "school_leader"),
        ("Hi, this is Coach Baptiste, I run the track.", "staff"),
        ("As a teacher I want more time.", "teacher"),
    ],
)
def test_what_somebody_says_that_they_are_is_their_role(roles, words, role):
    assert roles(TALK.format(words)) == {"Bo": role}


@pytest.mark.parametrize(
    "words",
    [
        "I teach my brother to swim.",
        "When I was in eighth grade, I walked.",
        "She said, “I'm a teacher, sit down.”",
        "They talk to me like I'm a teacher.",
        "I'm not a teacher.",
        "I'm a teacher's kid.",
        "As a parent, I want a call.",
        "I'm a senior citizen.",
        "I am in charge of eighth grade lunch.",
        "I'm a teacher. I'm a sophomore at heart.",
        "I want to be a coach, and as a kid I ran.",
    ],
)
def test_words_of_others_and_of_earlier_years_say_no_role(roles, words):
    assert roles(TALK.format(words)) == {"Bo": "unknown"}


@pytest.mark.parametrize(
    ("asked", "answer", "role"),
    [
        ("What grade are you in?", "Tenth grade. I came by bus.", "student"),
        ("Can you say your grade?", "Um, 10th grade.", "student"),
        ("You're in eighth grade, right?", "Yes.", "student"),
        ("How long have you been teaching here?", "Nine years.", "teacher"),
        ("As a teacher, what do you see?", "A lot.", "teacher"),
    ],
)
def test_what_is_asked_of_one_who_alone_answers_tells_the_role(
    roles, asked, answer, role
):
    assert roles(ASKED.format(asked, answer)) == {"Bo": role}


def test_in_a_group_only_who_is_called_by_name_is_meant(roles):
    text = (
        "Host: Bastien, you're in eighth grade. How is it?\nAmara: Loud.\n"
        "Bastien: The line is long.\nHost: As a teacher, what do you see?\nAmara: Soup.\n"
        "Bastien: Stew.\nHost: And?\nAmara: Yes.\n"
    )

    assert roles(text) == {"Bastien": "student", "Amara": "unknown"}


def test_who_gave_assent_is_a_student(roles):
    head = "Before we start: I have read you the assent form.\n\n"

    assert roles(head + TALK.format("Fine.")) == {"Bo": "student"}


def test_a_job_before_a_name_is_a_role_and_a_word_before_and_is_not():
    told = [
        role_from_label(said) for said in ("Chef Amara", "COACH DRE", "Nurse and I")
    ]

    assert told == ["staff", "staff", None]


def test_who_says_that_they_have_a_daughter_is_not_one():
    assert role_from_label("SON (in background)") == "student"
    assert [role_in("I have a daughter here"), role_in("my son")] == [None, None]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("INTERVIEW OF CAMPUS SAFETY OFFICER D. REYES", "staff"),
        ("Interview with Principal Ortiz", "school_leader"),
        ("Interview with parent liaison Ana Ruiz", "staff"),
        ("Parent coffee hour - annex", "family"),
        ("Principal coffee", None),
        ("Interview with a teacher aide", "staff"),
        ("Interview with Ana, about the nurse", None),
    ],
)
def test_a_title_may_name_the_job_of_whom_it_is_with(title, role):
    assert role_in_title(title) == role


def test_who_comes_to_the_parents_as_a_doctor_is_not_one_of_them(roles):
    text = (
        "Parent coffee hour\n\nGita: What would you fix?\nMr. Bhandari: The apps.\n"
        "Dr. Acker: We hear you.\nGita: And more?\nMr. Bhandari: No.\nDr. Acker: Good.\n"
    )

    assert roles(text) == {"Mr. Bhandari": "family", "Dr. Acker": "unknown"}


def test_a_titled_adult_among_students_is_no_student(roles):
    text = (
        "Host: So?\nAna: Loud.\nMr. Lee: Quiet.\nHost: Why?\nAna: Hm.\nMr. Lee: No.\n"
    )

    assert roles(text, "Student focus group.txt") == {
        "Ana": "student",
        "Mr. Lee": "unknown",
    }


CLASS = "{}\n\nMs. Roth: How long?\nAna: An hour.\nBo: Two.\nMs. Roth: Why?\nAna: I read.\nBo: Me too.\n"


def test_who_talks_with_a_titled_adult_in_class_is_a_student(roles):
    assert roles(CLASS.format("Homework talk, period 3")) == {
        "Ana": "student",
        "Bo": "student",
    }


@pytest.mark.parametrize(
    "text",
    [
        CLASS.format("Homework talk"),
        CLASS.format("Homework talk, period 3").replace("Ms. Roth", "Dana"),
    ],
    ids=["no class", "nobody titled"],
)
def test_without_a_class_or_a_titled_adult_nobody_is_a_student(roles, text):
    assert set(roles(text).values()) == {"unknown"}


def test_a_folder_that_gets_another_name_is_read_anew_with_a_cache(tmp_path):
    talk = "I: Why?\nAna: The bus is late.\nI: How?\nAna: It waits at the bridge.\n"
    told = []
    old = tmp_path / "talks"
    old.mkdir()
    old.joinpath("a.txt").write_text(talk)
    for name in ("talks", "Student interviews"):
        old = old.rename(tmp_path / name)
        corpus = begin_study(replace(study_of(old), allow_identities=True)).corpus
        told += corpus.participants["role"].tolist()

    assert told == ["unknown", "student"]


GRADE_ASKED = (
    "Dana: So what grade are you in?\nBo: {}\nDana: And then?\nBo: Nothing more.\n"
)


@pytest.mark.parametrize(
    "words",
    ["Um ninth. So I wake up early.", "Ninth", "I'm in eighth and she's in sixth.", "7", "Seventh, and I like it.",
     "Bo, tenth grade.", "I'm a freshman.", "Going into sixth."],
)  # fmt: skip
def test_a_grade_that_was_asked_for_needs_no_more_words(roles, words):
    assert roles(GRADE_ASKED.format(words)) == {"Bo": "student"}


@pytest.mark.parametrize(
    "words",
    ["First, I have to say something.", "Second hour is math.", "Third period.", "She is in ninth.", "Two of them.",
     "Ninth graders are loud."],
)  # fmt: skip
def test_an_answer_that_begins_like_a_grade_may_be_none(roles, words):
    assert roles(GRADE_ASKED.format(words)) == {"Bo": "unknown"}


def test_whoever_answers_after_another_was_asked_for_a_grade_as_well(roles):
    text = (
        "Dana: Hi you two. Can you say your grade?\nBo: I'm in eighth and she's in sixth.\n"
        "Ama: Almost seventh.\nDana: What helps?\nAma: The bus.\nBo: Fifth is lunch.\n"
    )

    assert roles(text) == {"Bo": "student", "Ama": "student"}


@pytest.mark.parametrize(
    "name",
    ["Interview with 7th grader_otter_ai.txt", "Empathy interview - eighth-grade girl.txt", "9th grader.txt",
     "Chat with two 6th graders.txt"],
)  # fmt: skip
def test_a_file_of_a_grader_is_a_students(roles, name):
    assert roles(TALK.format("So."), name) == {"Bo": "student"}


@pytest.mark.parametrize(
    "name",
    ["Interview with 7th grader's mom.txt", "Interview with the guardian of a 6th grader.txt",
     "8th grade boys basketball coach.txt", "Interview about an 8th grader.txt", "Coach, 8th grader.txt",
     "10th grade team.txt"],
)  # fmt: skip
def test_a_file_about_graders_is_not_theirs(roles, name):
    assert roles(TALK.format("So."), name)["Bo"] != "student"


@pytest.mark.parametrize(
    ("head", "role"),
    [("Tamarack Middle School — Empathy interview, 8th grade boy", "student"), ("STU-15, 10th grade, fall", "student"),
     ("S03 - 8th grade", "student"), ("FV-10, 3rd grade", "unknown"), ("T-04, 5th grade", "unknown"),
     ("What an 8th grade team needs", "unknown")],
)  # fmt: skip
def test_a_head_that_says_a_grade_tells_who_is_heard(roles, head, role):
    assert roles(f"{head}\n\n{TALK.format('So.')}") == {"Bo": role}


def test_a_code_in_the_head_is_that_of_the_label(tmp_path):
    talk = TALK.format("So.").replace("Bo:", "STU-15:")
    (tmp_path / "talk.txt").write_text(f"STU-15, 10th grade, fall\n{talk}")
    [person] = read_corpus(tmp_path).participants.to_dict("records")

    assert (person["role"], person["grade"]) == ("student", "10")


WHO_ASKED = "Dana: {}\nBo: {}\nDana: And then?\nBo: Nothing more, the bus was late.\n"
WHO = "So tell me who you are."


@pytest.mark.parametrize(
    ("asked", "words", "role"),
    [
        (WHO, "Hi, this is Luis, I'm the grandpa of Mateo.", "family"),
        ("How is the bus?", "I'm the grandpa of Mateo. It was late.", "family"),
        ("How is the bus?", "As their mom, I'll just add that I drive behind it.", "family"),
        (WHO, "I'm Arjun's mom.", "family"),
        (WHO, "I'm a mom of two.", "family"),
        (WHO, "I'm his foster dad.", "family"),
        (WHO, "My son Arjun gets off at the wrong stop.", "family"),
        ("¿Quién es usted?", "Soy la abuela de Mateo.", "family"),
        ("So tell me who you are and what grade.", "Second grade.", "student"),
        ("Your name and grade?", "Fourth, with Ms. Roe.", "student"),
        ("How is the bus?", "I'm Teagan, I'm in seventh.", "student"),
    ],
)  # fmt: skip
def test_whose_relative_somebody_is_makes_them_family(roles, asked, words, role):
    assert roles(WHO_ASKED.format(asked, words)) == {"Bo": role}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("How is the bus?", "My son Arjun gets off at the wrong stop."),
        ("How is the bus?", "It is late. As a parent, I want a call."),
        ("How is the bus?", "Some days it is like I'm their mom."),
        ("How is the bus?", "I'm in third period then."),
        ("How is the bus?", "I'm in second, right behind the bus."),
        (WHO, "I'm Arjun's mom's friend."),
        (WHO, "She said, “I'm Arjun's mom.”"),
        (WHO, "I'm a friend of Mateo."),
        ("What is your name, and what grade is your child in?", "Third grade."),
    ],
)
def test_other_words_about_children_make_nobody_family(roles, asked, words):
    assert roles(WHO_ASKED.format(asked, words)) == {"Bo": "unknown"}


def test_a_teacher_who_later_feels_like_a_mom_is_no_relative(roles):
    text = WHO_ASKED.format("How is it?", "Loud.") + "Dana: Why?\nBo: I'm their mom, their nurse.\n"  # fmt: skip

    assert roles(text) == {"Bo": "unknown"}
