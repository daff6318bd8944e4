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
