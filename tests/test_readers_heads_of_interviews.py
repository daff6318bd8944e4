"""A line above an interview says who asks, and when; nobody speaks there."""

from pathlib import Path

import docx
import pytest

import empathy_insights as ei

ASKED = ["Where do you feel at home?", "When do you feel left out?", "What then?"]
SAID = ["With my teacher, she saves me a chair.", "At partners.", "I walk around."]
HEADS = [
    "Interviewer: Hollis     Date: 11/3     Grade 3  (library nook)",
    "Interviewer: Hollis",
    "Interviewer: Hollis\tStudent: Peri\tGrade: 3",
    "Volunteer: Hollis  Date: 11/3",
    "Parent: Ms. Vo",
]


def word(path: Path, head: str, *, is_plain: bool = False) -> Path:
    document = docx.Document()
    document.add_paragraph(head)
    for asked, said in zip(ASKED, SAID, strict=True):
        document.add_paragraph().add_run(asked).bold = None if is_plain else True
        document.add_paragraph().add_run(said).italic = None if is_plain else True
    document.save(str(path))
    return path


@pytest.mark.parametrize("is_plain", [False, True])
@pytest.mark.parametrize("head", HEADS)
def test_nobody_speaks_in_the_head(
    tmp_path: Path, head: str, *, is_plain: bool
) -> None:
    corpus = ei.read_corpus(word(tmp_path / "Peri gr3.docx", head, is_plain=is_plain))
    turns = corpus.utterances
    said = turns[~turns["is_facilitator"]]
    assert said["text"].tolist() == SAID
    who = "Peri" if "Peri" in head else "Ms. Vo" if "Ms. Vo" in head else None
    assert set(said["speaker"].dropna()) == ({who} if who else set())
    assert not corpus.problems["problem"].str.contains("in no turn").any()


def test_a_turn_of_a_talk_is_no_head(tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text(
        "Interviewer: Hollis\nStudent: Yes?\nInterviewer: What is hard?\n"
        "Student: The bus.\nInterviewer: Why?\nStudent: It is late.\n"
    )
    turns = ei.read_corpus(path).utterances
    assert turns["text"].tolist()[0] == "Hollis"
    path.write_text("Student: Recess\nTeacher: Why?\nStudent: I run.\n")
    turns = ei.read_corpus(path).utterances
    assert turns["text"].tolist() == ["Recess", "Why?", "I run."]


def several(
    path: Path, heads: list[str], labels: tuple[str, str], *, bold: bool
) -> Path:
    document = docx.Document()
    for n, head in enumerate(heads):
        if bold:
            document.add_paragraph().add_run(head).bold = True
        else:
            document.add_heading(head, level=2)
        for asked, said in zip(ASKED, SAID, strict=True):
            document.add_paragraph(f"{labels[0]} {asked}")
            document.add_paragraph(f"{labels[1]} {said} {n}")
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    ("heads", "labels", "grades"),
    [
        (["Interview with Maya - 10th grade", "Leo, 11th grade"], ("Q:", "A:"), "10 11"),
        (["Interview 1 - Maya (10th grade)", "Interview 2 - Leo (9th grade)"], ("Interviewer:", "Student:"), "10 9"),
        (["Student Interview #1", "Student Interview #2"], ("I:", "S:"), ""),
        (["Maya Lopez", "Leo Chan"], ("Q:", "A:"), ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("bold", [False, True])
def test_headings_in_one_document_tell_people_apart(
    tmp_path: Path,
    heads: list[str],
    labels: tuple[str, str],
    grades: str,
    *,
    bold: bool,
) -> None:
    corpus = ei.read_corpus(several(tmp_path / "All.docx", heads, labels, bold=bold))
    assert len(corpus.participants) == len(heads)
    if grades:
        assert corpus.participants["grade"].astype(str).tolist() == grades.split()


def test_headings_that_are_topics_are_nobody(tmp_path: Path) -> None:
    heads = ["Chromebooks", "Lunch", "Homework"]
    path = several(tmp_path / "Maya.docx", heads, ("Q:", "A:"), bold=False)
    assert len(ei.read_corpus(path).participants) == 1
