"""Tables as CSV and as one workbook that a person can read; no cell is a formula."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60


def write_csv(table: pd.DataFrame, path: Path) -> Path:
    """Write a table for any spreadsheet: UTF-8 with a mark, formulas disarmed."""
    _disarmed(table).to_csv(
        path, index=False, encoding="utf-8-sig", lineterminator="\n"
    )
    return path


def write_workbook(
    tables: Mapping[str, pd.DataFrame], notes: list[str], path: Path
) -> Path:
    """Write one sheet a table, with a first sheet that says how to read them.

    Header rows are frozen, columns are as wide as their content, shares are shown as
    percentages, and text stays text.
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Read me"
    sheet.column_dimensions["A"].width = 110
    for note in notes:
        sheet.append([note])
    for name, table in tables.items():
        _fill(book.create_sheet(name[:31]), _disarmed(table))
    book.save(path)
    return path


def _fill(sheet: object, table: pd.DataFrame) -> None:
    from openpyxl.styles import Alignment, Font

    write = sheet.append  # type: ignore[attr-defined]  # openpyxl has no types
    write([str(name).replace("_", " ") for name in table.columns])
    for row in table.astype(object).where(table.notna(), None).itertuples(index=False):
        write(list(row))
    sheet.freeze_panes = "A2"  # type: ignore[attr-defined]
    for cells, name in zip(sheet.columns, table.columns, strict=True):  # type: ignore[attr-defined]
        cells[0].font = Font(bold=True)
        longest = max((len(str(cell.value or "")) for cell in cells), default=0)
        width = min(max(longest + 2, 8), _WIDEST)
        sheet.column_dimensions[cells[0].column_letter].width = width  # type: ignore[attr-defined]
        is_share = str(name).startswith("share") or name in {"low", "high"}
        for cell in cells[1:]:
            cell.alignment = Alignment(vertical="top", wrap_text=longest > _WIDEST)
            if is_share:
                cell.number_format = "0%"


def _disarmed(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before text that a spreadsheet would run as a formula."""
    texts = {
        name: table[name].where(
            ~table[name].fillna("").str.startswith(_STARTS_FORMULA), "'" + table[name]
        )
        for name in table.columns
        if pd.api.types.is_string_dtype(table[name])
    }
    return table.assign(**texts)
