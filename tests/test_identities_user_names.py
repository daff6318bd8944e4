"""What people are called in chats and captions is who they are; parts in a talk are not.

All names are invented.
"""

import pytest

from empathy_insights import read_corpus
from empathy_insights.identities import check_leaks, deidentify, find_identities


def taken_out(tmp_path, text, name="a.txt"):
    """Return what is left of a file, and what was done."""
    (tmp_path / name).write_text(text)
    done = deidentify(read_corpus(tmp_path), ner=None)
    return done.corpus.documents["text"].item(), done


def talk_of(label):
    return (
        f"Interviewer: How is it?\n{label}: I like the garden.\n"
        f"Interviewer: And now?\n{label}: It is calm there.\n"
        f"Interviewer: I heard that {label} waters it.\n"
    )


@pytest.mark.parametrize(
    "label",
    ["tgreene22", "Coach_Dre", "lil_zay", "KAIYAH_04", "xx_mateo_xx", "jayj0nes", "Mia12",
     "mrs.h_room12", "big.mike7", "student_maya", "Dr._Patel", "JMartinez27", "zoe_s", "skater_boi", "potato_lord7", "MrHale_Mod", "princess_zee"],
)  # fmt: skip
def test_a_user_name_goes_as_label_and_where_it_is_spoken_of(label, tmp_path):
    text, done = taken_out(tmp_path, talk_of(label))

    assert text == talk_of(done.corpus.utterances["speaker"][1])
    assert label not in text


@pytest.mark.parametrize(
    "label",
    ["Student_3", "Teacher_A", "Speaker 2", "P12", "FG1_S04", "ID_1043", "Grade_5",
     "Class_B", "Parent_02", "SPEAKER_00", "Tchr_3", "preK_teacher_1", "AVID_2", "ms_s04",
     "Chromebook_14", "alumna_2", "Maestra_B", "stu12", "paraeducator_2", "Chair",
     "Board Chair", "Council Member", "Lunch Lady", "Vice President", "Abuelita", "Lunch_Lady", "Table_2"],
)  # fmt: skip
def test_a_part_in_the_talk_stays(label, tmp_path):
    assert taken_out(tmp_path, talk_of(label))[0] == talk_of(label)


@pytest.mark.parametrize(
    "label",
    ["Student (Lamia)", "Interpreter (Lamia)", "Parent 2 (Lamia, mother of two)"],
)
def test_the_name_in_brackets_behind_a_part_goes_wherever_it_stands(label, tmp_path):
    talk = talk_of(label).replace(f"heard that {label}", "heard that Lamia")

    text, _ = taken_out(tmp_path, talk)

    assert "Lamia" not in text
    assert text.count(f"{label.partition(' (')[0]} ([") == 2


@pytest.mark.parametrize(
    "label",
    ["Student (quiet boy)", "Parent (Hmong)", "Teacher (PE)", "Parent (Spanish)"],
)
def test_what_a_part_is_told_apart_by_stays(label, tmp_path):
    assert taken_out(tmp_path, talk_of(label))[0] == talk_of(label)


@pytest.mark.parametrize(
    "label", ["Justice", "Bishop", "Nick Driver", "Trustee Quill", "Mrs. Clerk"]
)
def test_who_is_called_as_an_office_is_or_holds_one_goes(label, tmp_path):
    assert label not in taken_out(tmp_path, talk_of(label))[0]


def test_the_name_in_a_user_name_is_the_same_person(tmp_path):
    said = "Coach_Dre: I open it.\nlil_zay: Dre is late.\nCoach_Dre: Zay is later.\n"

    text, _ = taken_out(tmp_path, said + said)

    lines = text.splitlines()
    coach, student = lines[0].partition(":")[0], lines[1].partition(":")[0]
    assert lines[1] == f"{student}: {coach} is late."
    assert lines[2] == f"{coach}: {student} is later."


def test_a_chat_loses_its_user_names(tmp_path):
    text, _ = taken_out(
        tmp_path,
        "14:02:11 From kaiyah_04 to Everyone: i like art\n"
        "14:02:40 From mrs.h_room12 to Everyone: Thank you!\n"
        "14:03:02 From kaiyah_04 to Everyone: mrs.h_room12 more time please\n"
        "14:04:10 From mrs.h_room12 to Everyone: yes, kaiyah_04\n",
    )

    assert "kaiyah" not in text
    assert "mrs.h" not in text
    assert text.count("[person 1]") == 3
    assert text.count("[person 2]") == 3


def test_a_user_name_is_a_leak_in_what_is_written(tmp_path):
    _, done = taken_out(tmp_path, talk_of("tgreene22") + talk_of("Coach_Dre"))

    identities = find_identities(done)

    for words in ("ask tgreene22 again", "Coach_Dre,1", "ask Dre again"):
        assert not check_leaks({"q.csv": words}, identities).empty
    assert check_leaks({"q.csv": "the coach has 22"}, identities).empty
