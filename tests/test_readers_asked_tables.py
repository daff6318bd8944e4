"""Tables in which one column asks: its cells are nobody's words, whoever answers beside it."""

from pathlib import Path

import docx
import pytest

import empathy_insights as ei

ROWS = [
    ("What is the best part of the day?", "recess, I play horses"),
    ("Is there a place that is not for you?", "the gym"),
    ("When are you left out?", "never"),
]
ANSWERS = [said for _, said in ROWS]


def word(path: Path, head: list[str], rows: list[tuple[str, ...]]) -> Path:
    document = docx.Document()
    for line in head:
        document.add_paragraph(line)
    table = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, said in zip(table.add_row().cells, row, strict=True):
            cell.text = said
    document.save(str(path))
    return path


def heard(path: Path) -> tuple[list[str], list[str], set[str]]:
    """Return what was asked, what was said, and by whom."""
    turns = ei.read_corpus(path).utterances
    asked = turns[turns["is_facilitator"]]["text"].tolist()
    said = turns[~turns["is_facilitator"]]
    return asked, said["text"].tolist(), set(said["speaker"].dropna())


@pytest.mark.parametrize("head", ["Student: Tuyet, grade 2", "Thursday"])
@pytest.mark.parametrize("numbered", [False, True])
def test_a_column_of_questions_in_word_is_nobodys(
    tmp_path: Path, head: str, *, numbered: bool
) -> None:
    rows = [(str(n), *row) if numbered else row for n, row in enumerate(ROWS, 1)]
    asked, said, who = heard(word(tmp_path / "talk.docx", [head], rows))
    assert {question for question, _ in ROWS} <= set(asked)
    assert [words for words in said if words != head] == ANSWERS
    assert who == ({"Tuyet"} if head.startswith("Student") else set())


def test_facts_and_heads_stand_above_the_questions(tmp_path: Path) -> None:
    rows = [("Student", "Tuyet, 2nd grade"), ("Interviewer", "Farrah"), *ROWS]
    assert heard(word(tmp_path / "a.docx", [], rows))[1:] == (ANSWERS, {"Tuyet"})
    rows = [("We asked", "She said"), *ROWS]
    assert heard(word(tmp_path / "b.docx", [], rows))[1] == ANSWERS


@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_tabs_and_markdown_part_them_as_well(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"talk{suffix}"
    rows = [
        f"{asked}\t{said}" if suffix == ".txt" else f"| {asked} | {said} |"
        for asked, said in ROWS
    ]
    rule = [] if suffix == ".txt" else ["", "| | |", "|---|---|"]
    path.write_text("\n".join(["Student: Tuyet, grade 2", *rule, *rows]))
    asked, said, who = heard(path)
    assert (said, who) == (ANSWERS, {"Tuyet"})
    assert asked[1:] == [question for question, _ in ROWS]


def test_what_people_ask_is_theirs(tmp_path: Path) -> None:
    told = [("Ana", "Why is it so loud?"), ("Bo", "Who cooks?"), ("Cy", "Is it free?")]
    _, said, _ = heard(word(tmp_path / "a.docx", ["Questions we got"], told))
    assert any("Why is it so loud?" in words for words in said)
    turns = "Ana\tIs it loud?\nBo\tIt is.\nAna\tWhy?\nBo\tThe fans.\n"
    (tmp_path / "b.txt").write_text(turns)
    asked, said, who = heard(tmp_path / "b.txt")
    assert (asked, said, who) == (
        ["Is it loud?", "Why?"],
        ["It is.", "The fans."],
        {"Bo"},
    )
