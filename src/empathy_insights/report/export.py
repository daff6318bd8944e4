"""Files that a person or a script reads: CSV, one workbook, what their columns mean."""

from __future__ import annotations

import datetime
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pandas as pd

from empathy_insights.files.output import all_for_file, for_file, save_workbook
from empathy_insights.tables import plain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet


_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TYPES = {"i": "integer", "u": "integer", "f": "number", "b": "boolean"}


def write_tables(
    tables: Mapping[str, pd.DataFrame], folder: Path, *, note: str
) -> None:
    """Write each table as CSV, all as one workbook, and what their columns mean.

    The meaning (units, people heard, coding status, audience, codebook, date) is in the
    workbook's notes and in `csv-metadata.json`, where the W3C's "CSV on the Web" looks
    for it: lines above a CSV's header would break every program that reads it.

    Parameters
    ----------
    note
        Whom the tables are for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    cells = {name: safe_cells(table) for name, table in tables.items()}
    for name, safe in cells.items():
        _write_cells(safe, folder / f"{name}.csv")
    write_json(folder / "csv-metadata.json", _metadata(tables, note))
    _write_workbook(tables, cells, note, folder / "tables.xlsx")


def write_csv(table: pd.DataFrame, path: Path) -> Path:
    """Write a table for any spreadsheet: UTF-8 with a mark, formulas disarmed."""
    _write_cells(safe_cells(table), path)
    return path


def _write_cells(safe: pd.DataFrame, path: Path) -> None:
    safe.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def write_text(path: Path, text: str) -> None:
    """Write text with the same bytes on every system."""
    path.write_text(for_file(text), encoding="utf-8", newline="\n")


def write_json(path: Path, content: object) -> None:
    """Write JSON that a person can read too."""
    write_text(
        path, json.dumps(all_for_file(content), indent=1, ensure_ascii=False) + "\n"
    )


def safe_cells(table: pd.DataFrame) -> pd.DataFrame:
    """Take out signs that programs obey, and put an apostrophe before a formula.

    The cells alone are returned, without what the table says of itself.
    """
    cells = pd.DataFrame(table)  # pandas copies `attrs` whenever a column is looked at
    texts = {
        name: column.map(_safe, na_action="ignore").astype(column.dtype)
        for name, column in cells.items()
        if pd.api.types.is_string_dtype(column)
    }
    return cells.assign(**texts)


def _safe(text: str) -> str:
    cleaned = for_file(text)
    return f"'{cleaned}" if cleaned.startswith(_STARTS_FORMULA) else cleaned


def facts_of(table: pd.DataFrame) -> dict[str, str]:
    """Return in words what a table must be read with, as `stated` put it there."""
    names = {
        "n": "heard", "coding_status": "codings", "audience": "audience",
        "codebook": "codebook", "date": "date", "caution": "caution",
    }  # fmt: skip
    return {
        called: str(table.attrs[name])
        for name, called in names.items()
        if table.attrs.get(name)
    }


def _metadata(tables: Mapping[str, pd.DataFrame], note: str) -> dict[str, object]:
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:description": note,
        "tables": [
            {
                "url": f"{name}.csv",
                "notes": [facts_of(table)],
                "tableSchema": {"columns": _columns(table)},
            }
            for name, table in tables.items()
        ],
    }


def _columns(table: pd.DataFrame) -> list[dict[str, str]]:
    units: Mapping[str, str] = table.attrs.get("units", {})
    return [
        {
            "name": str(name),
            "titles": str(name),
            "datatype": _TYPES.get(table[name].dtype.kind, "string"),
            **({"dc:description": units[str(name)]} if name in units else {}),
        }
        for name in table.columns
    ]


# The tables as one workbook that a person can read; no cell is a formula.


_WIDEST, _NARROWEST = 60, 9
_SHARES = frozenset(
    {"jaccard", "change", "change_low", "change_high", "difference", "difference_low",
     "difference_high", "precision", "recall"}
)  # fmt: skip
_READING = (
    "People are counted once for a theme; `of` is the people heard, or asked.",
    "An empty cell is a number that is hidden or cannot be given; 0 is nobody.",
    "people: the middle of what people would count; low and high: its 95 % interval. They "
    "are a first look until somebody has read passages; state says how far that went.",
    "share_low and share_high: for people like those heard, a caution about all others.",
    "What a column means: rest the pointer on its heading, or read on below.",
)


def _write_workbook(
    tables: Mapping[str, pd.DataFrame],
    cells: Mapping[str, pd.DataFrame],
    note: str,
    path: Path,
) -> None:
    """Write one sheet a table, with a first sheet that says how to read them.

    Headings are frozen, can be filtered, and stand on every printed page; columns are as wide as their content,
    shares are percentages, every heading has a note with its unit, and text stays text.
    """
    from openpyxl import Workbook

    book = Workbook()
    _read_me(book.active, tables, note)
    for name, table in tables.items():
        units = table.attrs.get("units", {})
        _fill(book.create_sheet(name[:31]), cells[name], units)
    save_workbook(book, path)


def _read_me(sheet: Worksheet, tables: Mapping[str, pd.DataFrame], note: str) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = "Read me"
    sheet.append([note])
    for line in _READING:
        sheet.append([line])
    for name, table in tables.items():
        sheet.append([])
        sheet.append([name])
        sheet.cell(sheet.max_row, 1).font = Font(bold=True)
        for what, said in facts_of(table).items():
            sheet.append([what, for_file(said)])
        for column, unit in table.attrs.get("units", {}).items():
            if column in table:
                sheet.append([column, unit])
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 100
    sheet["A1"].font = Font(bold=True)
    for row in sheet.iter_rows(min_col=2, max_col=2):
        row[0].alignment = Alignment(wrap_text=True, vertical="top")
    _print_well(sheet)


def _fill(sheet: Worksheet, table: pd.DataFrame, units: Mapping[str, str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.append([str(name).replace("_", " ") for name in table.columns])
    names = list(map(str, table.columns))
    values = [table.iloc[:, n] for n in range(len(names))]
    rows = list(plain(table).itertuples(index=False, name=None))
    cells = zip(*rows, strict=True) if rows else [()] * len(names)
    widths = list(map(_width, values, cells, names))
    styles = [
        _style(sheet, name, column, wraps=width == _WIDEST)
        for name, column, width in zip(names, values, widths, strict=True)
    ]
    for row in rows:
        sheet.append([_cell(sheet, *it) for it in zip(row, styles, strict=True)])
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    _print_well(sheet)
    for n, (name, width) in enumerate(zip(names, widths, strict=True), start=1):
        head = sheet.cell(1, n)
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        if name in units:
            head.comment = Comment(
                units[name], "empathy_insights", width=260, height=90
            )
        sheet.column_dimensions[get_column_letter(n)].width = width


def _print_well(sheet: Worksheet) -> None:
    """Let a sheet print as wide as one page lies, and as long as it takes."""
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0


def _style(sheet: Worksheet, name: str, values: pd.Series, *, wraps: bool) -> Cell:
    """Return a cell that looks as those of a column do."""
    from openpyxl.cell import Cell
    from openpyxl.styles import Alignment

    is_number = pd.api.types.is_numeric_dtype(values)
    is_share = is_number and (name in _SHARES or name.startswith("share"))
    cell = Cell(sheet, row=1, column=1)
    cell.alignment = Alignment(vertical="top", wrap_text=wraps)
    if is_number:
        whole = "0" if values.dtype.kind in "iu" else "0.00"
        cell.number_format = "0%" if is_share else whole
    return cell


def _cell(sheet: Worksheet, value: object, like: Cell) -> Cell:
    made = type(like)(sheet, row=1, column=1, value=value)
    made._style = like._style  # one for a column: nobody changes the look of a cell
    return made


def _width(values: pd.Series, cells: Sequence[object], name: str) -> int:
    if pd.api.types.is_float_dtype(values):
        longest = 5
    else:
        longest = max((len(str(cell)) for cell in cells if cell is not None), default=0)
    return max(_NARROWEST, min(_WIDEST, max(longest, len(name)) + 3))


# Office files that are the same in every run, and the words that stand in them.


_HOLDS_A_LINE = ("}p", "}is", "chart}pt")  # of words, of a sheet, of a chart
_SAID_OF_PICTURES = ("descr", "title", "name")
# Nine tenths of a file, and no word of ours: "Blank" is the name of a layout.
_LOOKS = re.compile(r"/styles(WithEffects)?\.xml$|/slide(Layouts|Masters)/")
AUTHOR = "empathy_insights"


def date_properties(
    properties: Any,  # noqa: ANN401 - two libraries, each with its own class
    *,
    title: str,
    date: str,
) -> None:
    """Give a file its title and the run's date, which would be now or the template's."""
    day = datetime.datetime.fromisoformat(date)
    properties.title = title[:255]  # what the format allows; the page holds it whole
    properties.author = properties.last_modified_by = AUTHOR
    properties.created = properties.modified = day
    properties.comments = properties.keywords = properties.subject = ""
    properties.language = "en-GB"
    properties.revision = 1


def words_of(path: Path) -> str:
    """Return all words of a .docx or .pptx file, also those behind pictures and pages.

    A paragraph is a line, so that a name is found where its letters are in two runs.
    """
    return "\n".join(_all_lines(path))


def _all_lines(path: Path | IO[bytes]) -> Iterator[str]:
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml") and not _LOOKS.search(name):
                yield from filter(None, _lines(package.read(name)))
            elif name.endswith(".xlsx"):  # the sheet behind a chart
                yield from _all_lines(io.BytesIO(package.read(name)))


def _lines(xml: bytes) -> Iterator[str]:
    from defusedxml.ElementTree import (  # type: ignore[import-untyped]  # no stubs
        fromstring,
    )

    root: Element = fromstring(xml)
    if root.tag.endswith("coreProperties"):
        yield from (part.text or "" for part in root)
    for part in root.iter():
        if part.tag.endswith(_HOLDS_A_LINE):
            said = "".join(run.text or "" for run in part.iter() if _is_text(run))
            yield said.replace("\n", " ")
        yield from (part.get(name, "") for name in _SAID_OF_PICTURES)


def _is_text(part: Element) -> bool:
    return part.tag.endswith(("}t", "chart}v"))


def one_line(text: str) -> str:
    r"""Return a text on one line, without the signs that no office file may hold.

    Examples
    --------
    >>> one_line("My bus\n is\x0b late.")
    'My bus is late.'
    """
    return " ".join(for_file(text).split())


def quoted(text: str, said_by: str, quote_id: str) -> str:
    """Return a quote with whose words it is and what it is called.

    Examples
    --------
    >>> quoted("My bus is late.", "student", "q3fa91c")
    '“My bus is late.” - student [q3fa91c]'
    """
    return one_line(f"“{one_line(text)}” - {said_by} [{quote_id}]")
