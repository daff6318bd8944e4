"""Files on one person in which no label says who speaks: a table above, a title, a list."""

from __future__ import annotations

from pathlib import Path

import docx
import pandas as pd
import pytest

import empathy_insights as ei

PAIRS = (
    ("Tell me about a good day.", "I felt seen in choir."),
    ("What makes it hard to learn here?", "I get three projects on one Friday."),
    ("Who do you go to?", "I go to Ms. Ilse."),
    ("What would you change?", "I would start later."),
)
ACROSS = (
    ("Date", "Interviewer", "Student", "Grade"),
    ("10/6/2025", "Dr. Nakagawa", "Nokuthula Dlamini (Nokx)", "8"),
)
DOWN = tuple(zip(*ACROSS, strict=True))


def typed(path: Path, rows: tuple[tuple[str, ...], ...] = (), title: str = "") -> Path:
    document = docx.Document()
    if title:
        document.add_paragraph(title)
    if rows:
        table = document.add_table(len(rows), len(rows[0]))
        for row, cells in zip(table.rows, rows, strict=True):
            for cell, words in zip(row.cells, cells, strict=True):
                cell.text = words
    for asked, said in PAIRS:
        document.add_paragraph(asked)
        document.add_paragraph(said)
    document.save(path)
    return path


def heard(corpus: ei.Corpus) -> list[str]:
    said = corpus.utterances[~corpus.utterances["is_facilitator"]]
    assert len(set(said["participant_id"])) == 1
    return list(said["text"])


@pytest.mark.parametrize("rows", [ACROSS, DOWN], ids=["across", "down"])
@pytest.mark.parametrize("title", ["", "Student interview, fall"])
def test_a_table_of_facts_above_a_talk_says_who_it_is_with(
    tmp_path: Path, rows: tuple[tuple[str, ...], ...], title: str
) -> None:
    corpus = ei.read_corpus(typed(tmp_path / "n.docx", rows, title))

    assert heard(corpus) == [said for _, said in PAIRS]
    assert list(corpus.participants["role"]) == ["student"]


@pytest.mark.parametrize(
    "rows",
    [
        (("Date", "Student"), ("10/6", "What helps?")),
        (("Student", "Grade"), ("Lena", "8"), ("Omar", "7")),
        (("Interviewer", "How are you"), ("Student", "Fine")),
    ],
)
def test_other_tables_are_read_as_before(
    tmp_path: Path, rows: tuple[tuple[str, ...], ...]
) -> None:
    text = ei.read_transcript(typed(tmp_path / "n.docx", rows)).text

    assert f"{rows[0][0]}: {rows[1][0]}" not in text


def test_the_list_says_whose_an_unlabelled_talk_is(tmp_path: Path) -> None:
    typed(tmp_path / "Fitzwilliam_Declan.docx")
    people = pd.DataFrame(
        {
            "name": ["Declan Fitzwilliam", "Paloma Restrepo"],
            "role": ["student", "student"],
            "file": ["Fitzwilliam_Declan.docx", "b.docx"],
        }
    )

    corpus = ei.read_corpus(tmp_path, participants=people)

    assert heard(corpus) == [said for _, said in PAIRS]
    assert set(corpus.utterances["participant_id"].dropna()) == {"p01"}


NOTES = "Kai likes woodshop since they let him plan.\n\nHe says the bus is late.\n"


@pytest.mark.parametrize(
    ("stem", "text"),
    [
        (
            "Kai notes",
            f"Notes - Kai (Ikaika), 7th grade. Typed after. C. Tui\n\n{NOTES}",
        ),
        (
            "ravi s",
            "RAVI S. GRADE 6\n1. What helps?\nMy map.\n2. Who helps you?\nMr. Hal.\n",
        ),
    ],
)
def test_a_title_and_the_name_of_a_file_say_on_whom_notes_are(
    tmp_path: Path, stem: str, text: str
) -> None:
    (tmp_path / f"{stem}.txt").write_text(text, encoding="utf-8")

    corpus = ei.read_corpus(tmp_path)

    assert text.split("\n")[0] not in heard(corpus)
    assert list(corpus.participants["role"]) == ["student"]


@pytest.mark.parametrize(
    ("stem", "text"),
    [
        (
            "Lunch notes",
            "Lunch, 7th grade\n\nKids say lunch is loud. Lunch is short.\n",
        ),
        ("Algebra notes", "Algebra, 7th grade\n\nAlgebra was hard for all.\n"),
        ("Kai notes", f"Notes of the week\n\n{NOTES}"),
        ("notes", f"Kai, 7th grade. Typed after\n\n{NOTES}"),
    ],
)
def test_notes_on_no_one_person_count_by_document(
    tmp_path: Path, stem: str, text: str
) -> None:
    (tmp_path / f"{stem}.txt").write_text(text, encoding="utf-8")

    assert ei.read_corpus(tmp_path).participants.empty
