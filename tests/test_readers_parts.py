"""A talk whose recording was stopped lies in the folder in parts: its people count once."""

import pytest

from empathy_insights.readers import read_corpus

FIRST = "Interviewer: What is a good day like for you?\n{}: When art is first, I am awake.\n"
THEN = "Interviewer: And what else would you change?\n{}: I would have two buses for our street.\n"


def people_in(folder, files):
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    corpus = read_corpus(folder)
    parts = corpus.problems[corpus.problems["problem"].str.contains("the same talk")]
    return len(corpus.participants), parts["path"].tolist()


@pytest.mark.parametrize("who", ["Maya", "Student", "Speaker 2"])
@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("maya_part1.txt", "maya_part2.txt"),
        ("Student 4 (1 of 2).txt", "Student 4 (2 of 2).txt"),
        ("Talk.txt", "Talk - continued.txt"),
        ("Entrevista parte I.txt", "Entrevista parte II.txt"),
    ],
)
def test_who_goes_on_in_another_part_counts_once(tmp_path, who, first, then):
    files = {first: FIRST.format(who), then: THEN.format(who)}

    assert people_in(tmp_path, files) == (1, [then])


@pytest.mark.parametrize(
    ("files", "n"),
    [
        ({"P1.txt": FIRST.format("Student"), "P2.txt": THEN.format("Student")}, 2),
        ({"a part 1.txt": FIRST.format("Maya"), "a part 2.txt": THEN.format("Jon")}, 2),
        (
            {"a part 1.txt": FIRST.format("Maya"), "b part 2.txt": THEN.format("Maya")},
            2,
        ),
        (
            {
                "rampart 1.txt": FIRST.format("Maya"),
                "rampart 2.txt": THEN.format("Maya"),
            },
            2,
        ),
    ],
    ids=["participants", "two people", "two talks", "a word that ends so"],
)
def test_other_numbers_in_names_of_files_join_nobody(tmp_path, files, n):
    assert people_in(tmp_path, files) == (n, [])


@pytest.mark.parametrize(("who", "n"), [("Rosa", 1), ("Parent 1", 2)])
def test_a_talk_and_its_translation_have_the_same_people_by_name(tmp_path, who, n):
    """`Parent 1` of a group that was held in Spanish is another one than in English."""
    files = {
        "Rosa (Spanish).txt": f"Entrevistadora: ¿Qué ayuda?\n{who}: Que me llamen temprano.\n",
        "Rosa (English translation).txt": FIRST.format(who),
    }

    assert people_in(tmp_path, files)[0] == n


def test_surveys_in_parts_have_other_people(tmp_path):
    head = "Grade,What helps you learn?\n"
    files = {
        f"survey part {n}.csv": head
        + "".join(f"{n},I can ask my {one} again after class\n" for one in some)
        for n, some in ((1, ["teacher", "mother"]), (2, ["friend", "sister"]))
    }

    assert people_in(tmp_path, files) == (4, [])


ALL_TOGETHER = """Moderator: What is a good day like?
Ana: When art is first.
Bo: The bus on time.
Female student: When nobody yells.
Moderator: What gets in the way?
{}: Tests, too.
Ana: And the doors.
Bo: And lunch.
"""


@pytest.mark.parametrize(
    ("label", "n"),
    [("Ana and Bo", 3), ("Bo & Ana", 3), ("S?", 3), ("Ana and Cy", 4), ("Andy", 4)],
)
def test_who_speaks_together_is_no_further_person(tmp_path, label, n):
    files = {"talk.txt": ALL_TOGETHER.format(label)}

    assert people_in(tmp_path, files) == (n, [])


def counted_again(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    corpus = read_corpus(folder)
    told = corpus.problems["problem"].str.contains("at the head of several files")
    return len(corpus.participants), int(told.sum())


def both(first, then, who, then_who=""):
    return {
        first: FIRST.format(who),
        then: THEN.format(then_who or who),
    }


@pytest.mark.parametrize(
    "files",
    [
        both("STU-15 fall 2025-10-09.txt", "STU-15 spring 2026-04-17.txt", "STU-15"),
        both("P07_fall.txt", "P07_spring.txt", "Participant"),
        both("FV-09.txt", "FV-09 follow-up.txt", "FV-09"),
        both("S_03 visit 1.txt", "S_03 visit 2.txt", "Maya"),
        both("STU-15_2025-10-09.txt", "stu15_2026-04-17.txt", "A", "STU-15"),
        both("fall/STU-15.txt", "spring/STU-15.txt", "STU-15"),
        both("S3 fall.txt", "S3 spring.txt", "S3"),
        both("Student 04 fall.txt", "Student 04 spring.txt", "Student"),
    ],
)
def test_who_has_a_code_at_the_head_of_two_names_counts_once_and_is_told(
    tmp_path, files
):
    assert counted_again(tmp_path, files) == (1, 1)


@pytest.mark.parametrize(
    "files",
    [
        both("Group 15 fall.txt", "Group 15 spring.txt", "P"),
        both("FG12 morning.txt", "FG12 evening.txt", "P"),
        both("Site 12 a.txt", "Site 12 b.txt", "P"),
        both("Round 02 ana.txt", "Round 02 ben.txt", "P"),
        both("Interview 12 fall.txt", "Interview 12 spring.txt", "P"),
        both("Q12 notes.txt", "Q12 more.txt", "P"),
        both("Oct 12 ana.txt", "Oct 12 ben.txt", "P"),
        both("SY25 ana.txt", "SY25 ben.txt", "P"),
        both("Grade 10 ana.txt", "Grade 10 ben.txt", "P"),
        both("PS118 ana.txt", "PS118 ben.txt", "P"),
        both("ELM 2025 ana.txt", "ELM 2025 ben.txt", "P"),
        both("COVID-19 ana.txt", "COVID-19 ben.txt", "P"),
        both("Elm 12 ana.txt", "Elm 12 ben.txt", "P"),
        both("STU-15 fall.txt", "STU-16 fall.txt", "Student"),
        both("STU-15 fall.txt", "STU-15 spring.txt", "Maya", "Jon"),
        both("STU-15.txt", "STU-15 mom.txt", "P"),
        both("Elm/P07.txt", "Oak/P07.txt", "P"),
        both("S1 fall.txt", "S1 spring.txt", "Student"),
    ],
)
def test_other_numbers_at_the_head_of_names_are_nobodys(tmp_path, files):
    assert counted_again(tmp_path, files) == (2, 0)


def test_a_file_of_two_says_nothing_by_a_code(tmp_path):
    two = FIRST.format("STU-15") + "STU-16: The bus is late.\n"
    files = {"STU-15 & STU-16.txt": two, "STU-15 spring.txt": THEN.format("STU-15")}

    assert counted_again(tmp_path, files) == (3, 0)


def test_a_list_that_tells_who_is_in_a_file_says_otherwise(tmp_path):
    people = "participant_id,name,file\na,Maya Lopez,STU-15 fall.txt\nb,Jon Reyes,STU-15 spring.txt\n"
    (tmp_path / "participants.csv").write_text(people)
    files = both("STU-15 fall.txt", "STU-15 spring.txt", "STU-15")

    assert counted_again(tmp_path, files)[1] == 0


def test_who_is_in_a_list_by_the_code_is_that_person(tmp_path):
    (tmp_path / "participants.csv").write_text("participant_id,role\nSTU-15,student\n")
    files = both("STU-15 fall.txt", "STU-15 spring.txt", "STU-15")

    assert counted_again(tmp_path, files) == (1, 0)


TALK = "Marisol Vega: How was {0}?\n{1}: It was long.\n{2}: The bus broke down.\n{3}: We waited for it.\n"
WHOLE = ("Jamal Whitfield", "Xochitl Ramirez", "Fatou Diallo")


@pytest.mark.parametrize(
    ("others", "is_told"),
    [
        (("Jamal W", "Xochitl", "Fatou D."), True),
        (("Jamal K", "Xochitl", "Fatou D."), False),
        (("Speaker 2", "Speaker 3", "Speaker 4"), False),
        (WHOLE, False),
    ],
)
def test_people_called_alike_in_two_exports_of_a_meeting_are_told(
    tmp_path, others, is_told
):
    (tmp_path / "a.txt").write_text(TALK.format("the week", *WHOLE), encoding="utf-8")
    (tmp_path / "b.txt").write_text(TALK.format("your day", *others), encoding="utf-8")

    problems = read_corpus(tmp_path).problems

    told = problems[problems["problem"].str.contains("called much like")]
    assert told["problem"].tolist() == is_told * [
        "3 people are called much like people of a.txt, and count as others"
    ]
