"""Interviews of somebody who answered a survey under the full name in the title."""

import pytest

import empathy_insights as ei


def study(folder, title, label, name="Maya_Torres.txt"):
    (folder / name).write_text(
        f"{title}\n\nInterviewer: What would you change?\n{label}: The bus is late and I "
        f"miss first period.\nInterviewer: Anything else?\n{label}: Lunch is short.\n"
    )
    (folder / "survey.csv").write_text(
        "Name,What do you like?\nMaya Torres,My art teacher is kind to me.\n"
        "Maya Reed,My friends.\nBen Hart,The new gym floor is nice.\n"
    )
    return ei.read_corpus(folder)


def told(corpus):
    return corpus.problems["problem"].str.contains("counts as another person")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Interview of 10/3", "torres_maya_gr7.txt"),
        ("Interview 3", "Maya_Torres.txt"),
        ("Interview with Maya Torres, grade 7", "i3.txt"),
        ("Student: Maya Torres", "i3.txt"),
        ("Participant: Maya Torres\nGrade: 7", "i3.txt"),
    ],
)
@pytest.mark.parametrize("label", ["Maya", "Student", "P1"])
def test_a_full_name_above_a_first_name_is_told(title, name, label, tmp_path):
    corpus = study(tmp_path, title, label, name)

    assert told(corpus).sum() == 1
    assert not corpus.problems["problem"].str.contains("Torres, ").any()


@pytest.mark.parametrize(
    ("title", "label", "name"),
    [
        ("Interview 3", "Maya", "maya.txt"),
        ("Interview with Maya Cruz", "Maya", "i3.txt"),
        ("Interview with Ben Hart", "Maya", "i3.txt"),
        ("Interview with Maya Torres", "Maya Torres", "i3.txt"),
    ],
)
def test_others_are_not_told(title, label, name, tmp_path):
    assert not told(study(tmp_path, title, label, name)).any()
