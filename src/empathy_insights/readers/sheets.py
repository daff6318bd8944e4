"""Tables on disk: delimiter, encoding, types of cells; rows of text with their lines."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from empathy_insights.errors import TranscriptError
from empathy_insights.readers.decoding import BROKEN, decode
from empathy_insights.readers.model import Piece, Remark, Source
from empathy_insights.readers.packed import check_size
from empathy_insights.readers.survey_heads import one_head

Row = tuple[str, ...]

_DELIMITERS = (",", ";", "\t", "|")
_SNIFFED = 50
_MOST_CELLS = 5_000_000
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


@dataclass(frozen=True)
class Sheet:
    """Hold a table of text.

    Parameters
    ----------
    header
        The heads of the columns, without white space around them.
    rows
        As many cells as there are heads; empty text where there is no answer.
    lines
        The line of the file that each row begins in.
    odd
        Rows with more cells than heads, with their lines.
    remarks
        What was guessed or left out.
    """

    header: Row
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    odd: tuple[tuple[int, Row], ...] = ()
    remarks: tuple[Remark, ...] = ()


def read_csv_sheet(source: Source) -> Sheet:
    """Read delimited text.

    Raises
    ------
    TranscriptError
        The file is empty, is no text, or has a quotation mark that is never closed.
    """
    text, remarks = decode(source)
    try:
        found = _parsed(text, _delimiter(text))
    except csv.Error as error:
        raise TranscriptError(
            "a cell is too long to be an answer, probably because a quotation mark is "
            "never closed; close it",
            path=source.path,
        ) from error
    return _sheet(found, remarks)


def _parsed(text: str, delimiter: str) -> list[tuple[int, Row]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found = []
    line = 1
    for cells in reader:
        found.append((line, tuple(cells)))
        line = reader.line_num + 1
    return found


def _delimiter(text: str) -> str:
    """Choose the delimiter that cuts most rows into as many cells as the header has."""
    head = "\n".join(text.split("\n")[:_SNIFFED])

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            rows = [row for _, row in _parsed(head, delimiter) if any(row)]
        except csv.Error:
            return 0, 0
        if not rows:
            return len(head), 0
        width = len(rows[0])
        return (sum(len(row) == width for row in rows) if width > 1 else 0, width)

    return max(_DELIMITERS, key=fit)


def read_excel_sheet(source: Source) -> Sheet:
    """Read the first sheet of a workbook that holds anything.

    Raises
    ------
    TranscriptError
        The file is no workbook, or is empty.
    """
    return read_workbook(source)[0][1]


def read_workbook(source: Source) -> list[tuple[str, Sheet]]:
    """Read every sheet of a workbook that holds anything, with its name.

    Raises
    ------
    TranscriptError
        The file is no workbook, or is empty.
    """
    check_size(source)
    lost = _unsaved_formulas(source)
    sheets = [
        (name, _sheet(found, lost))
        for name, found in _workbook(source)
        if any(any(row) for _, row in found)
    ]
    if not sheets:
        raise TranscriptError("the file is empty", path=source.path)
    return sheets


def _workbook(source: Source) -> list[tuple[str, list[tuple[int, Row]]]]:
    book = _opened(source, saved=True)
    for sheet in book.worksheets:
        if (sheet.max_row or 0) * (sheet.max_column or 0) > _MOST_CELLS:
            raise TranscriptError(
                "a sheet claims more cells than a survey has; delete what is far to "
                "the right or far down, and save it again",
                path=source.path,
            )
    return [
        (
            str(sheet.title),
            [
                (number, tuple(map(_cell, row)))
                for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            ],
        )
        for sheet in book.worksheets
    ]


def _opened(source: Source, *, saved: bool) -> Any:  # noqa: ANN401 - openpyxl is untyped
    """Open a workbook with the results that were saved, or with its formulas."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # A workbook without styles is as good as any to us.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(source.data), data_only=saved)
    except (InvalidFileException, *BROKEN) as error:
        raise TranscriptError(
            "the file is not a workbook that can be opened; save it again as .xlsx",
            path=source.path,
        ) from error


def _unsaved_formulas(source: Source) -> tuple[Remark, ...]:
    """Count the cells whose formula was never worked out: they read as empty."""
    if not _has_formulas(source):
        return ()
    asked, saved = _opened(source, saved=False), _opened(source, saved=True)
    n = sum(
        cell.data_type == "f" and saved[sheet.title][cell.coordinate].value is None
        for sheet in asked.worksheets
        for cell in sheet._cells.values()
    )
    remark = Remark(
        f"formulas without a saved result were read as empty cells: {n}",
        "open the workbook in a spreadsheet program and save it",
    )
    return (remark,) if n else ()


def _has_formulas(source: Source) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            names = [n for n in packed.namelist() if n.startswith("xl/worksheets/")]
            return any(_FORMULA.search(packed.read(name)) for name in names)
    except (*BROKEN, RuntimeError):
        return False


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ").removesuffix(" 00:00:00")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def _sheet(found: Sequence[tuple[int, Row]], remarks: tuple[Remark, ...]) -> Sheet:
    filled = [(line, row) for line, row in found if any(cell.strip() for cell in row)]
    if not filled:
        return Sheet((), (), ())
    filled, left_out = one_head(filled)
    header = _unempty(filled[0][1])
    rows, lines, odd = [], [], []
    for line, row in filled[1:]:
        cells = _unempty(row)
        if len(cells) > len(header):
            odd.append((line, cells))
            continue
        rows.append((*cells, *[""] * (len(header) - len(cells))))
        lines.append(line)
    remarks = (*remarks, *left_out)
    return Sheet(_heads(header), tuple(rows), tuple(lines), tuple(odd), remarks)


def _unempty(row: Row) -> Row:
    last = max((n for n, cell in enumerate(row, start=1) if cell.strip()), default=0)
    return row[:last]


def _heads(header: Row) -> Row:
    """Name columns without a head by their place, and number heads that repeat."""
    heads: dict[str, None] = {}
    seen = Counter[str]()
    for place, head in enumerate(header, start=1):
        name = head.strip() or f"column {place}"
        while name in heads:
            seen[head] += 1
            name = f"{head.strip()} {seen[head] + 1}"
        heads[name] = None
    return tuple(heads)


def odd_pieces(sheet: Sheet) -> Iterator[Piece]:
    """Yield the rows that have more cells than heads, as words in no turn."""
    for line, row in sheet.odd:
        words = " | ".join(cell for cell in row if cell.strip())
        yield Piece(words, line=line, outside="a row with more cells than heads is")
