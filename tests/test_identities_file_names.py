"""Names in the names of files go with whom they are of. All names are invented."""

import pandas as pd
import pytest

from empathy_insights import read_corpus
from empathy_insights.identities import deidentify

TALK = (
    "Interviewer: How is school?\n{0}: It is fine, I like art.\n"
    "Interviewer: And lunch?\n{0}: Too short.\n"
)


def renamed(tmp_path, names):
    """Return what files are called afterwards, and what was done."""
    for name, label in names.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(TALK.format(label))
    corpus = read_corpus(tmp_path)
    done = deidentify(corpus, ner=None)
    paths = zip(corpus.documents["path"], done.corpus.documents["path"], strict=True)
    return dict(paths), done


@pytest.mark.parametrize(
    ("name", "label", "left"),
    [
        ("Petronella Vasquez-Lund interview.txt", "Petronella", "person_1 interview.txt"),
        ("Petronella Vasquez-Lund interview.txt", "Student", "student_1 interview.txt"),
        ("Interview_Maya_Okonkwo_2024-03-01.txt", "Maya", "Interview_person_1_2024-03-01.txt"),
        ("jamal brewster 8th grade.txt", "Jamal", "person_1 8th grade.txt"),
        ("Halvorsen transcript.txt", "Student", "student_1 transcript.txt"),
        ("Ms Abernathy.txt", "Teacher", "Ms teacher_1.txt"),
        ("SMITH, JOHN.txt", "Student", "student_1.txt"),
        ("Zoom - Nevaeh's mom.txt", "Mom", "Zoom - family_member_1's mom.txt"),
        ("Fall/Maya Okonkwo/talk.txt", "Student", "Fall/student_1/talk.txt"),
        ("José Núñez.txt", "José Núñez", "person_1.txt"),
        ("Petronella_Brindle.txt", "Petronella", "person_1.txt"),
        ("Ada Pell.txt", "Ada", "person_1.txt"),
        ("Ada-Hoop 2024-03-01.txt", "Ada", "person_1 2024-03-01.txt"),
        ("Ada_Transcript.txt", "Ada", "person_1_Transcript.txt"),
        ("Ada_Math.txt", "Ada", "person_1_Math.txt"),
        ("Osgood & Pearl 1st grade.txt", "Student", "person_1 & person_2 1st grade.txt"),
        ("Thaddeus and Wren 2nd.txt", "Student", "person_1 and person_2 2nd.txt"),
        ("Ivy_Rose gr K.txt", "Student", "student_1 gr K.txt"),
        ("Mrs Quill room 4/talk.txt", "Student", "Mrs student_1 room 4/talk.txt"),
        ("Jose\u0301 Nu\u0301n\u0303ez.txt", "José Núñez", "person_1.txt"),
        ("Zoë_Müller_2.txt", "Zoë", "person_1_2.txt"),
        ("Grade 8 - Łukasz Wójcik.txt", "Student", "Grade 8 - student_1.txt"),
        ("Ayşe.txt", "Student", "student_1.txt"),
        ("talk_tnguyen_gr8.txt", "Student", "talk_student_1_gr8.txt"),
        ("tgreene22.txt", "Student", "student_122.txt"),
        ("jsmith.txt", "Student", "student_1.txt"),
    ],
)  # fmt: skip
def test_a_name_in_a_file_name_goes_whole_without_any_list(name, label, left, tmp_path):
    paths, _ = renamed(tmp_path, {name: label})

    assert paths == {name: left}


@pytest.mark.parametrize(
    "name",
    [
        "r1_alder_student_01.txt", "Lunch and Recess at Lincoln.txt", "student interview 3.txt",
        "Harmon MS - Focus Group 2 (7th).txt", "MS Forms export.txt", "Lincoln HS talk.txt",
        "P07_interview.txt", "ebook talk.txt", "echarts.txt", "esports club.txt", "kgrade.txt", "Café évaluation.txt", "Niños de sexto.txt", "Copy of FG1 (clean).txt", "DIGITAL ACCESS.txt", "otter_ai.txt",
    ],
)  # fmt: skip
def test_a_file_name_without_a_person_stays(name, tmp_path):
    paths, _ = renamed(tmp_path, {name: "Student"})

    assert paths == {name: name}


def test_listed_people_go_from_ids_in_whatever_letters(tmp_path):
    names = ["José Núñez", "Zoë Müller", "Nguyễn Thị Ngọc", "Anna Berg"]
    for name in names:
        (tmp_path / f"{name}.txt").write_text(TALK.format(name))
    roster = pd.DataFrame({"name": names, "role": "student"})

    done = deidentify(read_corpus(tmp_path), roster=roster, ner=None).corpus

    own = {f"student_{n}" for n in range(1, 5)}
    assert set(done.documents["document_id"]) == own
    people = done.participants["participant_id"]
    assert {one.partition(":")[0] for one in people} <= own
    told = done.utterances.to_csv() + done.documents.to_csv()
    assert not [p for name in names for p in name.split() if p in told]


def test_who_is_named_by_a_file_goes_where_others_speak_of_them(tmp_path):
    (tmp_path / "b.txt").write_text(
        TALK.format("Student") + "Interviewer: Who?\nStudent: Okonkwo helped.\n" * 2
    )

    _, done = renamed(tmp_path, {"Maya Okonkwo.txt": "Maya"})

    texts = " ".join(done.corpus.documents["text"])
    assert "Okonkwo" not in texts
    assert texts.count("[person 1] helped") == 2


def test_two_files_of_one_person_are_one_persons(tmp_path):
    paths, _ = renamed(
        tmp_path, {"Rosa Pineda.txt": "Rosa", "Luis and Rosa.txt": "Speaker"}
    )

    assert "Rosa" not in " ".join(paths.values())
    assert "Pineda" not in " ".join(paths.values())


def test_a_column_about_somebodys_teacher_names_people_by_surname(talk):
    who = {"a": "Strandberg", "b": "Ms. Obuya", "c": "Room 12", "d": "Rivera, Ana"}
    corpus = talk({"d": [(p, "I like Strandberg.") for p in who]}, advisor=who)

    done = deidentify(corpus, ner=None).corpus

    one, two, room, three = done.participants["advisor"]
    assert room == "Room 12"
    assert {one, two, three} == {"[adult 1]", "[adult 2]", "[adult 3]"}
    assert set(done.utterances["text"]) == {f"I like {one}."}


def test_where_somebody_answered_from_goes(talk):
    corpus = talk({"d": [("a", "Yes.")]}, **{"IP Address": {"a": "71.204.9.1"}})

    assert "IP Address" not in deidentify(corpus, ner=None).corpus.participants


def test_two_who_speak_go_from_the_name_of_their_file_and_every_id(tmp_path):
    talk = "Rita: How is lunch?\nBo: It is loud, and I sit alone.\nWren: I skip it most days.\n"
    (tmp_path / "grid Bo + Wren.txt").write_text(talk)
    (tmp_path / "TJ 11th - typed.md").write_text(talk.replace("Wren", "TJ"))
    clean = deidentify(read_corpus(tmp_path)).corpus
    ids = " ".join(
        [*clean.documents["document_id"], *clean.documents["path"], *clean.participants["participant_id"]]
    )  # fmt: skip
    assert not any(name in ids for name in ("Bo", "Wren", "TJ"))
