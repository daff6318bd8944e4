"""What can go wrong for a user: one base class and a few kinds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class EmpathyInsightsError(Exception):
    """Say where, what, and what would put it right.

    Parameters
    ----------
    message
        One sentence, lower case, without a participant's words.
    path
        The file at fault, when there is one.
    line
        Its line, counted from 1.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> print(ei.TranscriptError("the file is empty", path="notes/maria_09.txt", line=1))
    maria_09.txt:1: the file is empty
    """

    def __init__(
        self, message: str, *, path: str | Path | None = None, line: int | None = None
    ) -> None:
        self.message = message
        self.path = None if path is None else Path(path)
        self.line = line
        super().__init__(f"{where(path, line)}{message}")


class EmpathyInsightsWarning(UserWarning):
    """Something can be used, and a person should know about it."""


class TranscriptError(EmpathyInsightsError):
    """A file of interviews cannot be read."""


class TableError(EmpathyInsightsError):
    """A table lacks columns, holds wrong types, repeats a key or points nowhere."""


class CodebookError(EmpathyInsightsError):
    """A codebook cannot be used; `problems` lists everything that is wrong with it."""

    def __init__(
        self,
        message: str,
        *,
        path: str | Path | None = None,
        line: int | None = None,
        problems: Iterable[str] = (),
    ) -> None:
        self.problems = tuple(problems)
        super().__init__("\n  ".join([message, *self.problems]), path=path, line=line)


class OptionError(EmpathyInsightsError, ValueError):
    """An option has a value that cannot be used."""


class TopicsError(EmpathyInsightsError):
    """A file of saved topics cannot be used."""


def where(path: str | Path | None, line: int | None) -> str:
    """Return `file:line: `, as editors and compilers write it."""
    if path is None:
        return ""
    place = Path(path).name or str(path)
    return f"{place}: " if line is None else f"{place}:{line}: "
