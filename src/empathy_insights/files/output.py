"""What goes into files that we write: no sign that machines obey, and the same bytes."""

from __future__ import annotations

import datetime
import io
import operator
import os
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from empathy_insights.errors import EmpathyInsightsError

if TYPE_CHECKING:
    from openpyxl import Workbook


# Signs that nobody sees and machines obey: out of files, spelled out at a terminal.


# Marks and overrides of direction: with them "gpj.exe" reads as "exe.jpg".
_DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# A lone surrogate is half a letter: no file can hold it.
_HALF = "\ud800-\udfff"
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_CONTROL = re.compile(f"[{_CONTROLS}]")
_NO_LETTER = re.compile(f"[{_DIRECTION}{_HALF}\ufffe\uffff]")
_AT_TERMINALS = re.compile(f"[{_CONTROLS}{_DIRECTION}{_HALF}\u2028\u2029]")


def for_file(text: str) -> str:
    r"""Return a text without the signs that a reader's program would obey.

    Examples
    --------
    >>> for_file("My \x1b[31mbus\u202e is\r\nlate.")
    'My  [31mbus is\nlate.'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NO_LETTER.sub("", _CONTROL.sub(" ", lines))


def for_terminal(text: str) -> str:
    r"""Return a text with the signs that a terminal would obey written as what they are.

    Examples
    --------
    >>> print(for_terminal("Lena\x1b[2J\u202e [8B].txt"))
    Lena\u001b[2J\u202e [8B].txt
    """
    return _AT_TERMINALS.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def all_for_file(content: object) -> object:
    """Return what JSON holds with every text as `for_file` has it."""
    if isinstance(content, str):
        return for_file(content)
    if isinstance(content, Mapping):
        return {for_file(str(k)): all_for_file(held) for k, held in content.items()}
    if isinstance(content, list | tuple):
        return [all_for_file(held) for held in content]
    return content


# Files beside those of people: nothing that somebody may have worked in is written over.


PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
"""Who may open what holds people's words: the owner alone."""


def keep_private(folder: Path) -> None:
    """Let only the owner open a folder and all that is in it."""
    for path in [folder, *folder.rglob("*")]:
        path.chmod(PRIVATE_FOLDER if path.is_dir() else PRIVATE_FILE)


def write_once(
    path: Path,
    write: Callable[[IO[bytes]], Any],
    *,
    is_same: Callable[[bytes, bytes], bool] = operator.eq,
    mode: int = 0o666,
) -> Path:
    """Write a new file; what stands in its place already must be the same.

    Parameters
    ----------
    write
        Writes what the file is to hold.
    is_same
        Whether what is there says the same as what is to be written.
    mode
        Who may open the file, as far as the process lets them.

    Raises
    ------
    EmpathyInsightsError
        A file of this name holds something else.
    """
    told = io.BytesIO()
    write(told)
    if not path.exists():
        with os.fdopen(os.open(path, _NEW, mode), "wb") as file:
            file.write(told.getvalue())
    elif not path.is_file() or not is_same(path.read_bytes(), told.getvalue()):
        raise EmpathyInsightsError(THERE_ALREADY, path=path)
    return path


THERE_ALREADY = (
    "there is a file of this name already, and it stays as it is; choose another"
)
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


# Packages (.xlsx, .docx, .pptx) whose bytes depend on their content, not on the clock.


_ALWAYS = (1980, 1, 1, 0, 0, 0)  # the first time that a zip file can hold


def save_steady(save: Callable[[IO[bytes]], Any], path: Path | IO[bytes]) -> None:
    """Save a package whose bytes depend on its content alone, not on the time of day.

    Parameters
    ----------
    save
        Writes the package into a file that is open for writing.
    """
    written = io.BytesIO()
    save(written)
    with zipfile.ZipFile(written) as package:
        save_members({name: package.read(name) for name in package.namelist()}, path)


def save_members(members: Mapping[str, bytes], path: Path | IO[bytes]) -> None:
    """Write an archive of files, in their order, whose bytes depend on theirs alone."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as steady:
        for name, data in members.items():
            steady.writestr(zipfile.ZipInfo(name, _ALWAYS), data, zipfile.ZIP_DEFLATED)


def save_workbook(book: Workbook, path: Path | IO[bytes]) -> None:
    """Save a workbook that says no time: openpyxl's own `save` writes that of the clock."""
    from openpyxl.writer.excel import ExcelWriter

    always = datetime.datetime(*_ALWAYS)  # noqa: DTZ001  # the format knows no zones
    book.properties.created = book.properties.modified = always

    def save(stream: IO[bytes]) -> None:
        ExcelWriter(book, zipfile.ZipFile(stream, "w")).save()

    save_steady(save, path)
