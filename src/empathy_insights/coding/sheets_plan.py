"""What a sheet consists of before it is drawn: columns, tabs, words that stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


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
class Plan:
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
