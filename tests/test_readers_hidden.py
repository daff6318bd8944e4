"""What the owner of a file hid is not read, and told."""

from __future__ import annotations

from pathlib import Path

import docx
import openpyxl
import pytest
from docx.enum.style import WD_STYLE_TYPE
from openpyxl import Workbook

import empathy_insights as ei

from .packed_files import zipped

SECRET = "See the file of the counselor about her."
ROWS = [
    ["Name", "What helps you learn?", "Notes: how was it really?"],
    ["Lena", "My friends help me with math.", ""],
    ["Omar", "The bus is late and I miss the start.", ""],
]


def book(*rows: list[str]) -> Workbook:
    made = openpyxl.Workbook()
    for row in rows or ROWS:
        made.active.append(row)
    return made


def read(made: Workbook, tmp_path: Path) -> ei.Corpus:
    made.save(tmp_path / "survey.xlsx")
    return ei.read_corpus(tmp_path)


def is_told(corpus: ei.Corpus, problem: str) -> bool:
    text = corpus.documents["text"].str.cat() + corpus.participants.to_csv()
    assert "counselor" not in text
    assert not corpus.problems["problem"].str.contains("counselor").any()
    return problem in set(corpus.problems["problem"])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_told_and_not_read(tmp_path: Path, state: str) -> None:
    made = book()
    aside = made.create_sheet("counselor", 0)
    for row in (ROWS[0], ["Ana", SECRET, SECRET], ["Bo", SECRET, ""]):
        aside.append(row)
    aside.sheet_state = state
    made.active = 1

    corpus = read(made, tmp_path)

    assert is_told(corpus, "hidden sheets of the workbook were not read: 1")
    assert len(corpus.participants) == len(ROWS[1:])


def test_hidden_rows_and_columns_are_told_and_not_read(tmp_path: Path) -> None:
    made = book(*ROWS, ["Ana", SECRET, SECRET])
    made.active.row_dimensions[4].hidden = True
    for row in (2, 3):
        made.active.cell(row, 3, SECRET)
    made.active.column_dimensions["C"].hidden = True

    corpus = read(made, tmp_path)

    assert is_told(corpus, "hidden rows of the workbook were not read: 1")
    assert is_told(corpus, "hidden columns of the workbook were not read: 1")
    assert len(corpus.participants) == len(ROWS[1:])


def test_a_hidden_column_moves_no_merged_cell(tmp_path: Path) -> None:
    made = book(
        ["Aside", "Name", "What helps?", "What is hard?"],
        [SECRET, "Lena", "My friends.", "Math is hard for me."],
        [SECRET, "", "My aunt.", "Mornings are hard for me."],
    )
    made.active.merge_cells("B2:B3")
    made.active.column_dimensions["A"].hidden = True

    assert len(read(made, tmp_path).participants) == 1


def test_what_is_hidden_and_empty_is_not_told(tmp_path: Path) -> None:
    made = book()
    made.create_sheet("old").sheet_state = "hidden"
    made.active.column_dimensions["F"].hidden = True
    made.active.row_dimensions[9].hidden = True

    assert read(made, tmp_path).problems.empty


def test_a_workbook_in_which_all_is_hidden_is_refused(tmp_path: Path) -> None:
    made = book()
    made.create_sheet("empty")
    made.worksheets[0].sheet_state = "hidden"
    made.active = 1

    with pytest.raises(ei.TranscriptError, match="all its sheets are hidden"):
        read(made, tmp_path)


@pytest.mark.parametrize("by_style", [False, True])
def test_hidden_words_in_word_are_told_and_not_read(
    tmp_path: Path, *, by_style: bool
) -> None:
    document = docx.Document()
    style = document.styles.add_style("Aside", WD_STYLE_TYPE.CHARACTER)
    style.font.hidden = True
    document.add_paragraph("Interviewer: What helps?")
    said = document.add_paragraph("Lena: My friends.")
    run = said.add_run(f" {SECRET}", style if by_style else None)
    run.font.hidden = None if by_style else True
    said.add_run(" And my aunt.")
    document.save(tmp_path / "lena.docx")

    corpus = ei.read_corpus(tmp_path)

    assert is_told(corpus, "hidden words were not read, in 1 place")
    assert corpus.utterances["text"].iloc[-1] == "My friends. And my aunt."


def test_hidden_words_in_open_document_are_told_and_not_read(tmp_path: Path) -> None:
    names = ("office", "text", "style")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in names
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>"
        '<style:style style:name="T1"><style:text-properties text:display="none"/></style:style>'
        "</office:automatic-styles><office:body><office:text>"
        "<text:p>Interviewer: What helps?</text:p>"
        f'<text:p>Lena: My friends.<text:span text:style-name="T1"> {SECRET}</text:span> And so.</text:p>'
        f'<text:section text:display="none"><text:p>Lena: {SECRET}</text:p></text:section>'
        "</office:text></office:body></office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.text"
    (tmp_path / "lena.odt").write_bytes(
        zipped({"mimetype": mime, "content.xml": content})
    )

    corpus = ei.read_corpus(tmp_path)

    assert is_told(corpus, "hidden words were not read, in 2 places")
    assert corpus.utterances["text"].iloc[-1] == "My friends. And so."
