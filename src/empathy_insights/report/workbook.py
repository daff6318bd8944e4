"""The tables as one workbook that a person can read; no cell is a formula."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from empathy_insights.files.signs import for_file
from empathy_insights.files.steady import save_workbook
from empathy_insights.report.export import facts_of, safe_cells

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDEST, _NARROWEST = 60, 9
_SHARES = frozenset(
    {"low", "high", "share", "jaccard", "change", "difference", "difference_low",
     "difference_high", "precision", "recall"}
)  # fmt: skip
_READING = (
    "People are counted once for a theme; `of` is the people heard, or asked.",
    "An empty cell is a number that is hidden or cannot be given; 0 is nobody.",
    "Automatic counts are mostly too low until a person has reviewed the codings.",
    "low and high: 95 % interval of the share, a caution about those not heard.",
    "What a column means: rest the pointer on its heading, or read on below.",
)


def write_workbook(tables: Mapping[str, pd.DataFrame], note: str, path: Path) -> Path:
    """Write one sheet a table, with a first sheet that says how to read them.

    Headings are frozen and can be filtered, columns are as wide as their content,
    shares are percentages, every heading has a note with its unit, and text stays text.
    """
    from openpyxl import Workbook

    book = Workbook()
    _read_me(book.active, tables, note)
    for name, table in tables.items():
        _fill(book.create_sheet(name[:31]), safe_cells(table), table.attrs)
    save_workbook(book, path)
    return path


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


def _fill(sheet: Worksheet, table: pd.DataFrame, attrs: Mapping[str, Any]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    units: Mapping[str, str] = attrs.get("units", {})
    sheet.append([str(name).replace("_", " ") for name in table.columns])
    rows = table.astype(object).where(table.notna(), None)
    for row in rows.itertuples(index=False, name=None):
        sheet.append(list(row))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for n, name in enumerate(map(str, table.columns), start=1):
        head = sheet.cell(1, n)
        head.font = Font(bold=True)
        head.alignment = Alignment(wrap_text=True, vertical="top")
        if name in units:
            head.comment = Comment(
                units[name], "empathy_insights", width=260, height=90
            )
        width = _width(table.iloc[:, n - 1], name)
        sheet.column_dimensions[get_column_letter(n)].width = width
        _format(sheet, n, name, table.iloc[:, n - 1], wraps=width == _WIDEST)


def _format(
    sheet: Worksheet, n: int, name: str, values: pd.Series, *, wraps: bool
) -> None:
    from openpyxl.styles import Alignment

    is_number = pd.api.types.is_numeric_dtype(values)
    is_share = is_number and (name in _SHARES or name.startswith("share"))
    look = "0%" if is_share else "0" if values.dtype.kind in "iu" else "0.00"
    for (cell,) in sheet.iter_rows(min_row=2, min_col=n, max_col=n):
        cell.alignment = Alignment(vertical="top", wrap_text=wraps)
        if is_number:
            cell.number_format = look


def _width(values: pd.Series, name: str) -> int:
    is_float = pd.api.types.is_float_dtype(values)
    lengths = values.astype("str").fillna("").str.len()
    longest = 5 if is_float else int(lengths.max()) if len(values) else 0
    return max(_NARROWEST, min(_WIDEST, max(longest, len(name)) + 3))
