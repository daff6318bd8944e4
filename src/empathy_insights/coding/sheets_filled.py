"""Read a sheet that came back: its cells as text, and where each of them stands."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.sheets_cells import fold, rearm
from empathy_insights.errors import EmpathyInsightsWarning, TableError, TranscriptError
from empathy_insights.readers.decoding import BROKEN, decode
from empathy_insights.readers.model import Source
from empathy_insights.readers.packed import check_size

_ID = "segment_id"
_SAVED = re.compile(rb"<dcterms:modified[^>]*>([^<]{10,40})<")
_LINES_BEFORE_HEAD = 10

Rows = list[list[str]]


@dataclass(frozen=True)
class Filled:
    """Hold what stands in a sheet.

    Parameters
    ----------
    path
        The file.
    name
        The sheet of the workbook; None in a CSV file.
    heads
        Letter of a column -> what stands above it.
    cells
        The cells as text, blanks around them taken off; the index is the row and the
        columns are the letters by which a spreadsheet calls them.
    saved_at
        When the workbook was saved last, where it says so.
    """

    path: Path
    name: str | None
    heads: dict[str, str]
    cells: pd.DataFrame
    saved_at: str | None = None

    def find(self, head: str) -> str | None:
        """Return the letter of the first column with this head."""
        wanted = fold(head)
        return next((at for at, is_ in self.heads.items() if fold(is_) == wanted), None)

    def column(self, head: str) -> pd.Series:
        """Return the cells under a head, empty texts where there is none."""
        letter = self.find(head)
        if letter is None:
            return pd.Series("", index=self.cells.index, dtype="str")
        return self.cells[letter]

    def place(self, letter: str, row: int | None = None) -> str:
        """Name a cell, or a column, as a spreadsheet does."""
        where = f"cell {letter}{row}" if row else f"column {letter}"
        return where if self.name is None else f"Sheet {self.name!r}, {where}"


def read_filled(path: str | Path, needed: Sequence[str]) -> Filled:
    """Read the sheet of a workbook, or the CSV file, that has the needed heads.

    Raises
    ------
    TableError
        There is no such file, it is no table, or a head is missing.
    """
    path = Path(path)
    if not path.is_file():
        raise TableError("there is no such sheet", path=path)
    source = Source(path, path.read_bytes())
    is_workbook = path.suffix.lower() == ".xlsx"
    tables = _workbook(source) if is_workbook else _csv(source)
    wanted = {fold(head) for head in needed}
    for name, rows in tables:
        for n, row in enumerate(rows[:_LINES_BEFORE_HEAD]):
            if wanted <= {fold(cell) for cell in row}:
                return _filled(source, name, rows, n)
    heads = " and ".join(repr(head) for head in needed)
    raise TableError(f"no sheet has the columns {heads}", path=path)


def refuse(sheet: Filled, wrong: Iterable[tuple[int, str]]) -> None:
    """Raise one error that names every cell that cannot be read, from top to bottom."""
    found = [problem for _, problem in sorted(wrong)]
    if found:
        n = len(found)
        head = f"{n} cells cannot be read" if n > 1 else "a cell cannot be read"
        raise TableError("\n  ".join([f"{head}:", *found]), path=sheet.path)


def made_with(sheet: Filled, book: Codebook) -> pd.Series:
    """Return the fingerprint of the codebook that each row was made with."""
    return sheet.column("codebook_sha256").replace("", book.sha256)


def caution(sheet: Filled, book: Codebook, messages: Iterable[str] = ()) -> None:
    """Warn once, at the line that read the sheet, of what a person should know."""
    found = list(messages)
    if (made_with(sheet, book) != book.sha256).any():
        found.append(
            f"it was made with another version of the codebook {book.id!r}, whose "
            "definitions may have been different"
        )
    if found:
        message = f"{sheet.path.name}: {'; '.join(found)}"
        warnings.warn(message, EmpathyInsightsWarning, stacklevel=3)


def _filled(source: Source, name: str | None, rows: Rows, head_at: int) -> Filled:
    from openpyxl.utils import get_column_letter

    width = max(len(row) for row in rows)
    letters = [get_column_letter(n) for n in range(1, width + 1)]
    padded = [row + [""] * (width - len(row)) for row in rows]
    cells = pd.DataFrame(
        padded[head_at + 1 :],
        index=range(head_at + 2, len(rows) + 1),
        columns=letters,
        dtype="str",
    )
    heads = dict(zip(letters, padded[head_at], strict=True))
    saved_at = _saved_at(source) if name is not None else None
    return Filled(source.path, name, heads, cells, saved_at)


def _workbook(source: Source) -> list[tuple[str | None, Rows]]:
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    check_size(source)
    try:
        with warnings.catch_warnings():
            # Drop-downs that another program wrote its own way do not concern us.
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(source.data), data_only=True)
        return [
            (
                str(sheet.title),
                [list(map(_cell, row)) for row in sheet.iter_rows(values_only=True)],
            )
            for sheet in book.worksheets
        ]
    except (InvalidFileException, *BROKEN) as error:
        raise TableError(
            "the file is not a workbook that can be opened; save it again as .xlsx",
            path=source.path,
        ) from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value).strip()


def _csv(source: Source) -> list[tuple[str | None, Rows]]:
    try:
        text, _ = decode(source)
    except TranscriptError as error:
        raise TableError(error.message, path=source.path) from error
    head = text.split("\n", 1)[0]
    delimiter = max((",", ";", "\t"), key=head.count)
    try:
        found = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise TableError("this is no CSV file", path=source.path) from error
    return [(None, [[rearm(cell).strip() for cell in row] for row in found])]


def _saved_at(source: Source) -> str | None:
    """Return the time that the program wrote when it saved; openpyxl would make one up."""
    with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
        if "docProps/core.xml" not in packed.namelist():
            return None
        found = _SAVED.search(packed.read("docProps/core.xml"))
    return found[1].decode("ascii", "replace") if found else None
