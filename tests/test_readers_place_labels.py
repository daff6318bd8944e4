"""Tables, rooms and devices that speak in a talk are voices of people nobody knows."""

from pathlib import Path

import pytest

import empathy_insights as ei

LABELS = [
    "Table 3",
    "Grade 2 kids",
    "Chromebook 17",
    "Room 12",
    "Cafeteria",
    "iPad 4",
    "Class 3B",
    "Reading Room 2",
    "Zoom user",
]
ONCE = """Marguerite: What is the hardest part?
{label}: We sit there and nobody saves us a seat.
Stan: I called three times.
Marguerite: What would help?
Stan: Ask somebody to answer.
"""


def said(path: Path, text: str) -> dict[str, list[str]]:
    path.write_text(text)
    turns = ei.read_corpus(path).utterances
    by = turns[turns["speaker"].notna()].groupby("speaker")["text"]
    return {str(label): list(words) for label, words in by}


@pytest.mark.parametrize("label", LABELS)
def test_a_place_that_speaks_is_a_voice(tmp_path: Path, label: str) -> None:
    once = said(tmp_path / "talk.txt", ONCE.format(label=label))
    assert once[label] == ["We sit there and nobody saves us a seat."]
    assert once["Marguerite"] == ["What is the hardest part?", "What would help?"]
    twice = ONCE.format(label=label) + f"{label}: A second table.\n"
    assert len(said(tmp_path / "talk.txt", twice)[label]) == len(["once", "twice"])


def test_where_other_lines_are_unmarked_it_is_words(tmp_path: Path) -> None:
    text = ONCE.format(label="Table 3").replace("times.\n", "times.\nand waited\n")
    assert "Table 3" not in said(tmp_path / "talk.txt", text)
    notes = "Table 3: 12 chairs\nRoom 12: is loud?\nCafeteria: closed at noon\n"
    assert "Table 3" not in said(tmp_path / "notes.txt", notes)
