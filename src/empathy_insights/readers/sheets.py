"""Tables of turns and answers: the one row of heads, and what stands outside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from empathy_insights.errors import TranscriptError
from empathy_insights.files.delimited import Row, delimited_rows
from empathy_insights.files.source import Remark, Source
from empathy_insights.files.table import Table, table_of
from empathy_insights.files.workbook import workbook_rows
from empathy_insights.readers.model import Piece
from empathy_insights.readers.survey_heads import one_head


def read_csv_sheet(source: Source) -> Table:
    """Read delimited text.

    Raises
    ------
    TranscriptError
        The file is empty, is no text, or has a quotation mark that is never closed.
    """
    return _sheet(*delimited_rows(source))


def read_workbook(source: Source) -> list[tuple[str, Table]]:
    """Read every sheet of a workbook that holds anything, with its name.

    Raises
    ------
    TranscriptError
        The file is no workbook, or is empty.
    """
    found, lost = workbook_rows(source)
    sheets = [
        (name, _sheet(rows, lost))
        for name, rows in found
        if any(any(row) for _, row in rows)
    ]
    if not sheets:
        raise TranscriptError("the file is empty", path=source.path)
    return sheets


def _sheet(found: Sequence[tuple[int, Row]], remarks: tuple[Remark, ...]) -> Table:
    filled = [(line, row) for line, row in found if any(map(str.strip, row))]
    rows, left_out = one_head(filled)
    return table_of(rows, (*remarks, *left_out))


def odd_pieces(sheet: Table) -> Iterator[Piece]:
    """Yield the rows that have more cells than heads, as words in no turn."""
    for line, row in sheet.odd:
        words = " | ".join(cell for cell in row if cell.strip())
        yield Piece(words, line=line, outside="a row with more cells than heads is")
