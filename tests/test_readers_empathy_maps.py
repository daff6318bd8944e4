"""Empathy maps: heads of quadrants are nobody's, and what is below is each person's."""

from pathlib import Path

import docx
import pytest

import empathy_insights as ei

MAP = {
    "Says": "I see the same nine kids every lunch.",
    "Thinks": "They hide from the cafeteria.",
    "Does": "Opens at seven.",
    "Feels": "Tired, proud, a little alone.",
}


def drawn(path: Path, heads: list[str], *, title: str = "") -> None:
    document = docx.Document()
    if title:
        document.add_heading(title, level=1)
    for n, head in enumerate(heads):
        document.add_heading(head, level=2)
        table = document.add_table(rows=2, cols=2)
        cells = [cell for row in table.rows for cell in row.cells]
        for cell, (quadrant, words) in zip(cells, MAP.items(), strict=True):
            cell.text = f"{quadrant}\n{words} {n}"
    document.save(str(path))


def words_of(folder: Path) -> dict[str, list[str]]:
    turns = ei.read_corpus(folder).utterances
    said = turns.dropna(subset=["participant_id"]).groupby("participant_id")["text"]
    return {str(who): list(words) for who, words in said}


@pytest.mark.parametrize("title", ["", "Empathy maps, staff day"])
def test_maps_drawn_as_tables_are_each_persons(tmp_path: Path, title: str) -> None:
    heads = ["Ms. Quill (librarian)", "Mr. Adebayo (PE)"]
    drawn(tmp_path / "Empathy maps.docx", heads, title=title)
    assert list(words_of(tmp_path).values()) == [
        [f"{words} {n}" for words in MAP.values()] for n in range(2)
    ]


def test_a_map_of_one_is_of_whom_its_title_names(tmp_path: Path) -> None:
    drawn(tmp_path / "Empathy map Maya.docx", ["Empathy map: Maya, 9th grade"])
    assert list(words_of(tmp_path).values()) == [[f"{x} 0" for x in MAP.values()]]
    assert ei.read_corpus(tmp_path).participants["role"].tolist() == ["student"]


@pytest.mark.parametrize("form", ["{}: {}\n", "{}\n{}\n\n", "## {}\n{}\n\n"])
def test_typed_maps_have_no_words_of_their_own(tmp_path: Path, form: str) -> None:
    told = "".join(form.format(head, words) for head, words in MAP.items())
    people = ("Zuri, 8th grade", "Teodor, 7th grade")
    text = "\n".join(f"# {head}\n\n{told}" for head in people)
    (tmp_path / "Empathy maps.md").write_text(text)
    assert list(words_of(tmp_path).values()) == [list(MAP.values())] * 2
