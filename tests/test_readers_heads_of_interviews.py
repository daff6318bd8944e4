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
    who = "Peri" if "Peri" in head else "Ms. Vo" if "Ms. Vo" in head else ""
    assert set(said["speaker"].dropna()) == {who or "Participant"}
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


def test_numbered_interviews_need_no_blank_line(tmp_path: Path) -> None:
    talk = "Q: How is the bus?\nA: Late.\nQ: And lunch?\nA: Loud.\n"
    heads = [
        "Interview 1 - Maya, 10th grade",
        "Interview 2: Leo",
        "Interview 3 - Xochitl",
    ]
    (tmp_path / "all.txt").write_text("".join(f"{head}\n{talk}" for head in heads))
    assert len(ei.read_corpus(tmp_path).participants) == len(heads)


TYPED = [
    ("What do you like about school?", "I like art because we get to pick."),
    ("What makes it hard to learn?", "When the Chromebooks are dead I just sit there."),
    ("If you could change one thing, what would it be?", "I would let us work at our own speed."),
    ("Who helps you when you are stuck?", "My friend or Ms. Dunn, if she has time for me."),
]  # fmt: skip


@pytest.mark.parametrize("n", [3, 4])
@pytest.mark.parametrize("name", ["student 1", "jayla", "P03", "Marcus W"])
def test_whoever_answers_typed_questions_is_a_person(
    tmp_path: Path, name: str, n: int
) -> None:
    text = "\n\n".join("\n\n".join(pair) for pair in TYPED[:n])
    (tmp_path / f"{name}.txt").write_text(text)
    corpus = ei.read_corpus(tmp_path)
    said = corpus.utterances[~corpus.utterances["is_facilitator"]]
    assert said["text"].tolist() == [answer for _, answer in TYPED[:n]]
    assert said["participant_id"].nunique() == 1
    assert corpus.problems["problem"].str.startswith("nobody is marked").any()


@pytest.mark.parametrize(
    "name", ["focus group 2", "Ana and Leo", "5th grade class", "parents night"]
)
def test_of_a_group_without_names_nobody_is_one_person(
    tmp_path: Path, name: str
) -> None:
    text = "\n\n".join("\n\n".join(pair) for pair in TYPED)
    (tmp_path / f"{name}.txt").write_text(text)
    assert ei.read_corpus(tmp_path).participants.empty


def test_a_title_says_who_answers_two_typed_questions(tmp_path: Path) -> None:
    typed = "\n\n".join("\n\n".join(pair) for pair in TYPED[:3])
    title = "Interview with Jayla, 8th grade"
    (tmp_path / "j.txt").write_text(f"{title}\n\n{typed}")
    corpus = ei.read_corpus(tmp_path)
    assert corpus.participants["grade"].tolist() == ["8"]
    assert not corpus.utterances["text"].str.contains(title).any()


@pytest.mark.parametrize("n", [6, 8, 10])
def test_each_of_many_questions_has_the_answer_on_its_next_line(
    tmp_path: Path, n: int
) -> None:
    blocks = [
        f"{k}. How is number {k} for you?\nI like it, {k} times."
        for k in range(1, n + 1)
    ]
    head = "Interviewee: Ms. Halloran, 5th grade teacher\nInterviewer: Rita\nDate: October 3, 2025"
    (tmp_path / "h.txt").write_text("\n\n".join([head, *blocks]))
    turns = ei.read_corpus(tmp_path).utterances
    said = turns[~turns["is_facilitator"]]["text"].tolist()
    assert said == [f"I like it, {k} times." for k in range(1, n + 1)]


def test_points_that_ask_have_their_answers_below(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Zuri, 8th grade, 10/2 (Rita)")
    for asked, told in (
        ("How is the bus?", ["late on Mondays", "driver skips her stop"]),
        ("What about lunch?", ["six minutes", "eats with cousin"]),
        ("Who helps you?", ["coach", "nobody else"]),
    ):
        document.add_paragraph(asked, style="List Bullet")
        for one in told:
            document.add_paragraph(one, style="List Bullet 2")
    document.save(str(tmp_path / "Zuri 8th grade.docx"))
    typed = "Zuri, 8th grade\n\n- How is the bus?\n    - late\n- And lunch?\n    - six minutes\n- Who helps?\n    - coach\n"
    (tmp_path / "Zuri.md").write_text(typed)
    turns = ei.read_corpus(tmp_path).utterances
    said = turns[~turns["is_facilitator"]]
    assert not said["text"].str.contains("?", regex=False).any()
    assert said["speaker"].tolist() == ["Zuri"] * 9


def test_a_form_in_a_table_tells_who_answers_below_its_facts(tmp_path: Path) -> None:
    document = docx.Document()
    rows = [
        ("Interviewee", "Obadiah Price (dad of 2nd grader)"), ("Interviewer", "Rita Gallo"), ("Date", "10/7/2025"),
        ("Consent", "Yes, signed"), ("How is the bus?", "It was late and I called twice."),
        ("Tell me about the cafeteria.", "They gave her a sandwich."), ("What would you keep?", "The Saturday program."),
    ]  # fmt: skip
    table = document.add_table(rows=len(rows), cols=2)
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    document.save(str(tmp_path / "form.docx"))
    corpus = ei.read_corpus(tmp_path)
    said = corpus.utterances[~corpus.utterances["is_facilitator"]]["text"].tolist()
    assert said == [words for _, words in rows[4:]]
    assert corpus.participants["role"].tolist() == ["family"]
