"""Workbooks: the cells of every sheet as text, with the numbers of their rows."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from empathy_insights.errors import TranscriptError
from empathy_insights.files.text_files import BROKEN, Numbered, Remark, Row, Source

# Zip archives within bounds: what unpacks to too much is a problem, not a crash.


MOST_MEMBERS = 5000
MOST_BYTES = 400_000_000
_MOST_TIMES = 200
_SMALL = 1_000_000
_ENCRYPTED = 0x1
_ENTITY, _HEAD = b"<!ENTITY", 400

BOMB = (
    "the archive unpacks to more than it could hold of transcripts; "
    "unpack it by hand and look at what is inside"
)
ENTITIES = (
    "the file holds words that are defined elsewhere in it (XML entities) and would be "
    "lost; open it in its own program and save it again"
)


def check_size(source: Source) -> None:
    """Refuse an archive that would unpack to far more than it holds.

    Raises
    ------
    TranscriptError
        It has too many members, or they are too large; a broken one passes, since its
        reader says so better.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            members = packed.infolist()
    except BROKEN:
        return
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_BYTES:
        raise TranscriptError(BOMB, path=source.path)
    if any(map(is_bomb, members)):
        raise TranscriptError(BOMB, path=source.path)


def check_office(source: Source) -> None:
    """Refuse what `check_size` does, and XML that stands for words by names of its own.

    No office program writes such names; the parsers leave out the words, or explode.

    Raises
    ------
    TranscriptError
        The file is too large once unpacked, or declares entities.
    """
    check_size(source)
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            declares = any(map(declares_entities, map(packed.read, packed.namelist())))
    except (*BROKEN, RuntimeError):
        return
    if declares:
        raise TranscriptError(ENTITIES, path=source.path)


def declares_entities(part: bytes) -> bool:
    """Return whether XML has an entity, in UTF-16, too; pictures are no XML."""
    head = part[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") and _ENTITY in part.replace(b"\0", b"")


def is_bomb(member: zipfile.ZipInfo) -> bool:
    """Return whether a member unpacks to far more than it holds."""
    packed = max(member.compress_size, 1)
    return member.file_size > _SMALL and member.file_size > _MOST_TIMES * packed


def is_locked(member: zipfile.ZipInfo) -> bool:
    """Return whether a member needs a password."""
    return bool(member.flag_bits & _ENCRYPTED)


def members_of(source: Source) -> Iterator[Source | TranscriptError]:
    """Yield the files of an archive, in the order of their names, or why not.

    Raises
    ------
    TranscriptError
        The archive is broken or too large.
    """
    check_size(source)
    try:
        packed = zipfile.ZipFile(io.BytesIO(source.data))
    except BROKEN as error:
        raise TranscriptError(
            "the file is not a .zip that can be opened; pack it again",
            path=source.path,
        ) from error
    with packed:
        members = [m for m in packed.infolist() if not m.is_dir()]
        if not members:
            raise TranscriptError(
                "the archive holds no file; pack it again", path=source.path
            )
        for member in sorted(members, key=lambda member: member.filename):
            yield _member(source, packed, member)


def _inside(name: str) -> str:
    """Return a relative path, whatever an archive says: nothing climbs out of it."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    kept = [part for part in parts if part not in ("/", "..", "//")]
    return "/".join(kept) or "unnamed"


def _member(
    source: Source, packed: zipfile.ZipFile, member: zipfile.ZipInfo
) -> Source | TranscriptError:
    path = source.path / _inside(member.filename)
    if is_locked(member):
        return TranscriptError("locked with a password; unpack it by hand", path=path)
    try:
        return Source(path, packed.read(member), source.names)
    except (*BROKEN, RuntimeError):
        return TranscriptError("damaged inside the archive; pack it again", path=path)


_MOST_CELLS = 5_000_000
_FIRST = 10  # rows among which the heads are
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class Sheet(NamedTuple):
    """Hold a sheet of a workbook.

    Parameters
    ----------
    name
        What it is called.
    rows
        Its rows with their numbers.
    merged
        (row, column from 0) of cells that go on with the cell above: one cell, merged.
    is_hidden
        Whether the program shows no such sheet.
    hidden_rows, hidden_columns
        The numbers of rows, and places of columns from 0, that it does not show.
    """

    name: str
    rows: Numbered
    merged: frozenset[tuple[int, int]]
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()

    def as_shown(self) -> tuple[Sheet, int, int]:
        """Return what the program shows, and how many rows and columns it does not.

        Hidden ones that hold nothing do not count.
        """
        filled = [(number, row) for number, row in self.rows if any(row)]
        n_rows = sum(number in self.hidden_rows for number, _ in filled)
        columns = {n for _, row in filled for n, cell in enumerate(row) if cell}
        gone = columns & self.hidden_columns
        rows = [
            (number, tuple(cell for n, cell in enumerate(row) if n not in gone))
            for number, row in self.rows
            if number not in self.hidden_rows
        ]
        merged = frozenset(
            (row, n - sum(one < n for one in gone))
            for row, n in self.merged
            if n not in gone
        )
        return self._replace(rows=rows, merged=merged), n_rows, len(gone)


def workbook_rows(source: Source) -> tuple[list[Sheet], tuple[Remark, ...]]:
    """Read every sheet of a workbook, and what is missing in it.

    Raises
    ------
    TranscriptError
        The file is no workbook, is locked, or claims more cells than a table has.
    """
    check_office(source)
    book = _opened(source, saved=True)
    for sheet in book.worksheets:
        if (sheet.max_row or 0) * (sheet.max_column or 0) > _MOST_CELLS:
            raise TranscriptError(
                "a sheet claims more cells than a survey has; delete what is far to "
                "the right or far down, and save it again",
                path=source.path,
            )
    sheets = [
        Sheet(
            str(sheet.title),
            [
                (number, tuple(map(_cell, row)))
                for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            ],
            frozenset(_merged(sheet)),
            sheet.sheet_state != "visible",
            frozenset(n for n, one in sheet.row_dimensions.items() if one.hidden),
            frozenset(_hidden_columns(sheet)),
        )
        for sheet in book.worksheets
    ]
    return sheets, _unsaved_formulas(source, book)


def _merged(sheet: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401 - openpyxl is untyped
    for cells in sheet.merged_cells.ranges:
        for row in range(cells.min_row + 1, min(cells.max_row, sheet.max_row) + 1):
            yield row, cells.min_col - 1


def _hidden_columns(sheet: Any) -> Iterator[int]:  # noqa: ANN401 - openpyxl is untyped
    for one in sheet.column_dimensions.values():
        if one.hidden and one.min:
            yield from range(one.min - 1, min(one.max, sheet.max_column))


def first_rows(source: Source) -> Iterator[Row]:
    """Yield the first rows of each sheet, quickly.

    Raises
    ------
    TranscriptError
        The file is no workbook, or is locked.
    """
    check_office(source)
    for sheet in _opened(source, saved=True, whole=False).worksheets:
        for row in sheet.iter_rows(max_row=_FIRST, values_only=True):
            yield tuple(map(_cell, row))


def _opened(source: Source, *, saved: bool, whole: bool = True) -> Any:  # noqa: ANN401 - openpyxl is untyped
    """Open a workbook with the results that were saved, or with its formulas."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            # A workbook without styles is as good as any to us.
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(
                io.BytesIO(source.data), data_only=saved, read_only=not whole
            )
    except (InvalidFileException, *BROKEN) as error:
        raise TranscriptError(_why_closed(source.data), path=source.path) from error


def is_encrypted(data: bytes) -> bool:
    """Return whether an Office document is locked with a password, by its bytes."""
    return data.startswith(_OLD_OFFICE) and _LOCKED in data


def _why_closed(data: bytes) -> str:
    if is_encrypted(data):
        return "the workbook is locked with a password; save it without one"
    if data.startswith(_OLD_OFFICE):
        return "this is an old Office document, or one with a password; save it as .xlsx without"
    return "the file is not a workbook that can be opened; save it again as .xlsx"


def _unsaved_formulas(source: Source, saved: Any) -> tuple[Remark, ...]:  # noqa: ANN401
    """Count the cells whose formula was never worked out: they read as empty."""
    if not _has_formulas(source):
        return ()
    asked = _opened(source, saved=False)
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
