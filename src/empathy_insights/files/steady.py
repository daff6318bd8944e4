"""Packages (.xlsx, .docx, .pptx) whose bytes depend on their content, not on the clock."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl import Workbook

_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the first time that a zip file can hold


def save_steady(save: Callable[[IO[bytes]], Any], path: Path) -> None:
    """Save a package whose bytes depend on its content alone, not on the time of day.

    Parameters
    ----------
    save
        Writes the package into a file that is open for writing.
    """
    written = io.BytesIO()
    save(written)
    with (
        zipfile.ZipFile(written) as package,
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as steady,
    ):
        for name in package.namelist():
            steady.writestr(
                zipfile.ZipInfo(name, _ALWAYS), package.read(name), zipfile.ZIP_DEFLATED
            )


def save_workbook(book: Workbook, path: Path) -> None:
    """Save a workbook that says no time: openpyxl's own `save` writes that of the clock."""
    from openpyxl.writer.excel import ExcelWriter

    always = datetime.datetime(*_ALWAYS)  # noqa: DTZ001  # the format knows no zones
    book.properties.created = book.properties.modified = always

    def save(stream: IO[bytes]) -> None:
        ExcelWriter(book, zipfile.ZipFile(stream, "w")).save()

    save_steady(save, path)
