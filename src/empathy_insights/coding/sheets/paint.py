"""How a sheet looks, and where its columns are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.sheets.filled import codebook_rows
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.files.output import PRIVATE_FILE, save_workbook, write_once
from empathy_insights.files.text_files import disarm

# What a sheet consists of before it is drawn: columns, tabs, words that stand out.


@dataclass(frozen=True)
class Marked:
    """Hold words of which some stand out: in bold, or in double brackets in a CSV file."""

    before: str
    words: str
    after: str

    def __str__(self) -> str:
        words = f"[[{self.words}]]" if self.words else ""
        return f"{self.before}{words}{self.after}"


@dataclass(frozen=True)
class Column:
    """Describe one column of a sheet.

    Parameters
    ----------
    head
        What stands above it.
    cells
        A text a row.
    width
        In characters; 0 hides the column.
    answers
        What the drop-down offers; the reader takes nothing else.
    is_open
        Whether a person fills it in.
    is_upright
        Whether its head is turned, so that many narrow columns fit.
    is_quiet
        Whether it is grey: good to know, not to be read first.
    """

    head: str
    cells: Sequence[str | Marked]
    width: float
    answers: tuple[str, ...] = ()
    is_open: bool = False
    is_upright: bool = False
    is_quiet: bool = False


@dataclass(frozen=True)
class SheetPlan:
    """Hold a sheet before it is drawn.

    Parameters
    ----------
    name
        What the tab says.
    columns
        From left to right.
    frozen
        How many of them stay in view.
    how_to
        The lines of the last sheet.
    """

    name: str
    columns: tuple[Column, ...]
    frozen: int
    how_to: tuple[str, ...]


# Draw a sheet that a person fills in: what may be filled is open, all else is locked.


_GREY, _RED, _HEAD, _OPEN = "FF595959", "FF9C0006", "FFE8EDF2", "FFFFFBEA"
_LINE, _TALLEST = 15.0, 405.0  # points; a row cannot be taller than 409
_WIDTHS: Mapping[str, float] = {
    "theme": 26, "definition": 50, "use when": 50, "not when": 50, "examples": 60,
    "near misses": 60, "parts": 26,
}  # fmt: skip


def draw(plan: SheetPlan, codebook: Codebook, path: str | Path) -> Path:
    """Write a plan as .xlsx, with the codebook and a how-to beside it, or as .csv.

    Raises
    ------
    EmpathyInsightsError
        The file is neither, cannot be written, or is there and holds something else.
    """
    path = Path(path)
    write = {".xlsx": _write_workbook, ".csv": _write_csv}.get(path.suffix.lower())
    if write is None:
        raise EmpathyInsightsError("a sheet ends in .xlsx or .csv", path=path)
    try:
        write_once(path, lambda file: write(plan, codebook, file), mode=PRIVATE_FILE)
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise EmpathyInsightsError(
            f"the sheet cannot be written ({reason}); close it, or choose another place",
            path=path,
        ) from error
    return path


def _write_csv(plan: SheetPlan, codebook: Codebook, file: IO[bytes]) -> None:  # noqa: ARG001
    table = pd.DataFrame(
        {
            column.head: [disarm(str(cell)) for cell in column.cells]
            for column in plan.columns
        }
    )
    table.to_csv(file, index=False, encoding="utf-8-sig", lineterminator="\n")


def _write_workbook(plan: SheetPlan, codebook: Codebook, file: IO[bytes]) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    sheet = workbook.active
    sheet.title = plan.name
    _fill(sheet, plan.columns)
    _frame(sheet, plan)
    themes = pd.DataFrame(codebook_rows(codebook))
    columns = tuple(
        Column(str(head), themes[head].tolist(), _WIDTHS[str(head)])
        for head in themes.columns
    )
    _fill(workbook.create_sheet("codebook"), columns)
    workbook["codebook"].freeze_panes = "B2"
    guide = Column("how to", plan.how_to, 100)
    _fill(workbook.create_sheet("how to"), (guide,))
    for each in workbook.worksheets:
        _lock(each)
    save_workbook(workbook, file)


def _fill(sheet: Any, columns: Sequence[Column]) -> None:  # noqa: ANN401 - openpyxl has no types
    from openpyxl.utils import get_column_letter

    for n, column in enumerate(columns, start=1):
        letter = get_column_letter(n)
        place = sheet.column_dimensions[letter]
        place.width, place.hidden = column.width or 8, not column.width
        _head(sheet.cell(1, n), column)
        _body(sheet, n, column)
        _offer(sheet, letter, column)
    for row, height in enumerate(_heights(columns), start=2):
        sheet.row_dimensions[row].height = height


def _head(cell: Any, column: Column) -> None:  # noqa: ANN401
    from openpyxl.styles import Alignment, Font, PatternFill

    _put(cell, column.head)
    cell.font = Font(bold=True)
    cell.fill = PatternFill("solid", start_color=_HEAD)
    cell.alignment = Alignment(
        wrap_text=True,
        vertical="bottom",
        text_rotation=90 if column.is_upright else 0,
    )


def _body(sheet: Any, n: int, column: Column) -> None:  # noqa: ANN401
    """Give each cell of a column one look, which is worked out once."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    first = None
    for row, value in enumerate(column.cells, start=2):
        cell = sheet.cell(row, n)
        _put(cell, value)
        if first is not None:
            cell._style = (
                first._style
            )  # setting every style anew takes ten times as long
            continue
        first = cell
        cell.quotePrefix = True
        cell.protection = Protection(locked=not column.is_open)
        cell.border = Border(bottom=Side(style="hair"), right=Side(style="hair"))
        cell.font = Font(color=_GREY if column.is_quiet else None)
        cell.alignment = Alignment(
            vertical="top",
            wrap_text=True,
            horizontal="center" if column.is_upright else None,
        )
        if column.is_open:
            cell.fill = PatternFill("solid", start_color=_OPEN)


def _put(cell: Any, value: str | Marked) -> None:  # noqa: ANN401
    """Set words as words: what begins with `=` is no formula."""
    if isinstance(value, Marked):
        value = _rich(value) if value.words else str(value)
    if len(value):
        cell.value = value
        cell.data_type = "s"


def _rich(text: Marked) -> Any:  # noqa: ANN401
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    stands_out = TextBlock(InlineFont(b=True, color=_RED), text.words)
    return CellRichText(*filter(None, (text.before, stands_out, text.after)))


def _offer(sheet: Any, letter: str, column: Column) -> None:  # noqa: ANN401
    from openpyxl.worksheet.datavalidation import DataValidation

    if not column.answers or not len(column.cells):
        return
    offered = ", ".join(column.answers)
    choice = DataValidation(
        type="list",
        formula1=_source(sheet, column.answers),
        allow_blank=True,
        showErrorMessage=True,
        errorTitle="This cell takes one of",
        error=f"{offered} - or leave it empty"[:250],
    )
    choice.add(f"{letter}2:{letter}{len(column.cells) + 1}")
    sheet.add_data_validation(choice)


def _source(sheet: Any, answers: Sequence[str]) -> str:  # noqa: ANN401
    """Return where a drop-down finds its answers; a list in the cell itself is short."""
    inline = ",".join(answers)
    if len(inline) < 250 and not any("," in answer for answer in answers):
        return f'"{inline}"'
    kept = sheet.parent.create_sheet("answers")
    kept.sheet_state = "hidden"
    for row, answer in enumerate(answers, start=1):
        _put(kept.cell(row, 1), answer)
    return f"answers!$A$1:$A${len(answers)}"


def _heights(columns: Sequence[Column]) -> list[float]:
    """Make each row as tall as its longest text, which not every program does itself."""
    wide = [column for column in columns if column.width]
    lines = pd.DataFrame(
        {
            n: [_lines(str(cell), column.width) for cell in column.cells]
            for n, column in enumerate(wide)
        }
    )
    return [min(_LINE * n + 3, _TALLEST) for n in lines.max(axis="columns")]


def _lines(text: str, width: float) -> int:
    return sum(max(1, math.ceil(len(part) * 1.1 / width)) for part in text.split("\n"))


def _frame(sheet: Any, plan: SheetPlan) -> None:  # noqa: ANN401
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    last = get_column_letter(len(plan.columns))
    sheet.freeze_panes = f"{get_column_letter(plan.frozen + 1)}2"
    sheet.auto_filter.ref = f"A1:{last}{len(plan.columns[0].cells) + 1}"
    if any(column.is_upright for column in plan.columns):
        sheet.row_dimensions[1].height = 210
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _lock(sheet: Any) -> None:  # noqa: ANN401
    """Lock what is not open, without a password; columns may still be resized."""
    sheet.protection.sheet = True
    for allowed in ("formatColumns", "formatRows", "autoFilter"):
        setattr(sheet.protection, allowed, False)
