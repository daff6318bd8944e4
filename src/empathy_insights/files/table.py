"""One way to read a user's table: any delimiter, encoding or workbook, and frames too."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from empathy_insights.errors import TableError, TranscriptError
from empathy_insights.files.text_files import (
    MOST_TITLES,
    Numbered,
    Remark,
    Row,
    Source,
    delimited_rows,
    rearm,
)
from empathy_insights.files.workbook import workbook_rows

_WORKBOOKS = (".xlsx", ".xlsm", ".xls")
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # workbooks of today and of old


@dataclass(frozen=True)
class Table:
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
    merged
        (line, place) of empty cells that are one with the cell above.
    """

    header: Row
    rows: tuple[Row, ...]
    lines: tuple[int, ...]
    odd: tuple[tuple[int, Row], ...] = ()
    remarks: tuple[Remark, ...] = ()
    merged: frozenset[tuple[int, int]] = frozenset()

    def frame(self) -> pd.DataFrame:
        """Return the table as a frame of text; its index are the lines of the file."""
        return pd.DataFrame(
            list(self.rows),
            columns=list(self.header),
            index=list(self.lines),
            dtype="str",
        )

    def with_merged(self, heads: Container[str]) -> Table:
        """Return the table in which a merged cell under some heads holds for all its rows."""
        rows: list[Row] = []
        for line, row in zip(self.lines, self.rows, strict=True):
            above = rows[-1] if rows else row
            rows.append(
                tuple(
                    above[n] if head in heads and (line, n) in self.merged else cell
                    for n, (head, cell) in enumerate(zip(self.header, row, strict=True))
                )
            )
        return replace(self, rows=tuple(rows))

    def below(self, head: str) -> frozenset[int]:
        """Return which rows, from 0, go on with the cell above under a head."""
        place = self.header.index(head)
        return frozenset(
            n for n, line in enumerate(self.lines) if (line, place) in self.merged
        )


def read_table(table: str | Path | pd.DataFrame, *, what: str) -> Table:
    r"""Read a table that a person made: its heads, and its cells as text.

    Parameters
    ----------
    table
        A frame, a workbook (its first sheet that holds anything), or text with commas,
        semicolons, tabs or bars between the cells, in whatever encoding.
    what
        What to call it in messages.

    Raises
    ------
    TableError
        The file is absent, empty, locked or broken, or a row has more cells than there
        are heads.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp(), "people.csv")
    >>> _ = file.write_text("sep=;\nname;role\nZoë;student\n", encoding="utf-16")
    >>> read_table(file, what="list of people").rows
    (('Zoë', 'student'),)
    """
    if isinstance(table, pd.DataFrame):
        return _of_frame(table)
    path = Path(table)
    return first_table(read_grids(path, what=what), path, what=what)


def first_table(
    grids: Iterable[tuple[str | None, Numbered]], path: Path, *, what: str
) -> Table:
    """Return the first sheet that holds anything; see `read_table`.

    Raises
    ------
    TableError
        None holds anything, or a row has more cells than there are heads.
    """
    filled = (rows for _, rows in grids if any_cell(rows))
    read = table_of(next(filled, []))
    if not read.header:
        raise TableError(f"the {what} holds nothing", path=path)
    if read.odd:
        raise TableError(
            "the row has more cells than there are heads; put cells that hold the "
            "delimiter between quotation marks",
            path=path,
            line=read.odd[0][0],
        )
    return read


def read_grids(path: Path, *, what: str) -> list[tuple[str | None, Numbered]]:
    """Read all cells of a file as they stand: the sheets of a workbook, or a text.

    Returns
    -------
    list of (str or None, list of (int, tuple of str))
        The name of each sheet, None for text, and its rows with their lines.

    Raises
    ------
    TableError
        The file is absent, empty, locked or broken.
    """
    if not path.is_file():
        raise TableError(f"there is no such {what}; check its path", path=path)
    try:
        source = Source(path, path.read_bytes())
        if _is_workbook(source):
            return [(sheet.name, sheet.rows) for sheet in workbook_rows(source)[0]]
        rows, _ = delimited_rows(source)
    except OSError as error:
        raise TableError(
            f"the {what} cannot be opened; close it, or see who may read it", path=path
        ) from error
    except TranscriptError as error:
        raise TableError(error.message, path=path, line=error.line) from error
    return [(None, [(line, tuple(map(rearm, row))) for line, row in rows])]


def _is_workbook(source: Source) -> bool:
    """Return whether this is a workbook by its bytes, or, empty or broken, by its name."""
    named = source.path.suffix.casefold() in _WORKBOOKS and bool(source.data)
    return named or source.data.startswith(_PACKED)


def _of_frame(frame: pd.DataFrame) -> Table:
    columns = [cells_of(frame.iloc[:, place]) for place in range(frame.shape[1])]
    rows = tuple(zip(*columns, strict=True))
    return Table(tuple(map(str, frame.columns)), rows, tuple(range(2, len(rows) + 2)))


def cells_of(column: pd.Series) -> list[str]:
    """Return a column as text: a missing cell beside them makes `7.0` of 7, and midnights of days.

    Examples
    --------
    >>> cells_of(pd.Series([7, None])), cells_of(pd.to_datetime(pd.Series(["2026-03-01"])))
    (['7', ''], ['2026-03-01'])
    """
    told = ["" if is_missing(cell) else cell for cell in column]
    dates = [cell for cell in told if isinstance(cell, datetime)]
    are_days = all(cell.time() == time() for cell in dates)
    return [_cell(cell, are_days=are_days) for cell in told]


def is_missing(cell: object) -> bool:
    """Return whether pandas holds a cell for missing; a list in a cell is not."""
    return cell is None or (pd.api.types.is_scalar(cell) and bool(pd.isna(cell)))


def _cell(cell: object, *, are_days: bool) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and are_days:
        return str(cell.date())
    return str(cell)


def any_cell(rows: Numbered) -> bool:
    """Return whether a sheet holds anything."""
    return any(any(map(str.strip, row)) for _, row in rows)


def table_of(
    rows: Sequence[tuple[int, Row]], remarks: tuple[Remark, ...] = ()
) -> Table:
    """Take the first row that holds heads for them, and leave out empty rows and titles."""
    filled = [(line, row) for line, row in rows if any(map(str.strip, row))]
    if not filled:
        return Table((), (), ())
    n_titles = _n_titles([row for _, row in filled[: MOST_TITLES + 2]])
    remarks = (*remarks, *(replace(_TITLE, line=line) for line, _ in filled[:n_titles]))
    filled = filled[n_titles:]
    header = _unempty(filled[0][1])
    kept, lines, odd = [], [], []
    for line, row in filled[1:]:
        cells = _unempty(row)
        if len(cells) > len(header):
            odd.append((line, cells))
            continue
        kept.append((*cells, *[""] * (len(header) - len(cells))))
        lines.append(line)
    return Table(_heads(header), tuple(kept), tuple(lines), tuple(odd), remarks)


_FEWEST_HEADS = 3
_TITLE = Remark(
    "a row above the heads of the columns was taken for a title and left out",
    "if it holds what people said, move it under the heads",
)


def _n_titles(rows: Sequence[Row]) -> int:
    """Return how many rows of one cell, the first, stand above a row of several heads."""
    n_filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    n = next((n for n, filled in enumerate(n_filled) if filled > 1), len(rows))
    if not 0 < n <= MOST_TITLES or n + 1 >= len(rows):
        return 0
    titles = [row[0].strip() for row in rows[:n]]
    # One head alone, above answers and what somebody wrote beside them, is no title.
    are_said = all(" " in title and not title.endswith("?") for title in titles)
    fewest = _FEWEST_HEADS - 1 if are_said else _FEWEST_HEADS
    return n if all(titles) and min(n_filled[n : n + 2]) >= fewest else 0


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


def is_unnamed(head: str) -> bool:
    """Return whether a column has no head of its own: none, or its place for one.

    Examples
    --------
    >>> is_unnamed(" "), is_unnamed("column 1"), is_unnamed("Column")
    (True, True, False)
    """
    return _UNNAMED.fullmatch(head) is not None


_UNNAMED = re.compile(r"\s*(?:column \d+)?\s*", re.IGNORECASE)


# What people write above the columns of their tables, and what we call it.


PEOPLE: Mapping[str, str] = MappingProxyType({
    "participant_id": "participantid id person_id respondent_id subject_id "
    "participant_code code pid p_id study_id studyid participant_no participant_number "
    "respondent_code subject_code id_participante codigo_participante",
    "name": "full_name fullname participant_name student_name display_name "
    "preferred_full_name names interviewee participant person who nombre_completo "
    "nombre_y_apellidos nombre_y_apellido nombre_del_alumno nombre_del_estudiante nombre nom",
    "first_name": "firstname given_name given first forename student_first_name "
    "preferred_first_name",
    "last_name": "lastname surname family_name last student_last_name apellidos apellido",
    "nickname": "nicknames preferred_name goes_by also_called alias known_as",
    "role": "roles participant_role position stakeholder stakeholder_group rol puesto cargo",
    "document": "documents file files file_name filename transcript recording",
    "voice": "speaker label speaker_label",
    "priority_group": "priority",
})  # fmt: skip
"""The columns of a table of people, each with other words for it."""


def renamed(header: Sequence[str], synonyms: Mapping[str, str]) -> tuple[str, ...]:
    """Call columns by our words, each word once; a column of no such word stays.

    Parameters
    ----------
    synonyms
        Our word -> other words for it, the likelier ones first.

    Examples
    --------
    >>> renamed(["Student Name", "ROLE", "grade"], PEOPLE)
    ('name', 'role', 'grade')
    """
    said = list(map(plain_word, header))
    heads = list(header)
    for ours, others in synonyms.items():
        found = [word for word in (ours, *others.split()) if word in said]
        if found and ours not in header:
            heads[said.index(found[0])] = ours
    return tuple(heads)


def named_in(row: Mapping[str, str]) -> str:
    """Return the whole name in a row of people, also where it stands in two columns."""
    name, last = row.get("name", ""), row.get("last_name", "")
    if name and ("first_name" in row or last in name):
        return name
    return f"{name or row.get('first_name', '')} {last}".strip()


def plain_word(head: str) -> str:
    """Return the letters and digits of a text as one plain word.

    Examples
    --------
    >>> plain_word("Año escolar: 2nd!")
    'ano_escolar_2nd'
    """
    apart = unicodedata.normalize("NFKD", head.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "_", bare).strip("_")
