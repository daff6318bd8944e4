"""One file on its way in: its bytes, and what is remarked about them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """Hold the bytes of one file and the names that are known beforehand.

    Parameters
    ----------
    path
        Where the file is.
    data
        Its bytes, read once.
    names
        People of whom the user has told us, as the readers compare labels.
    """

    path: Path
    data: bytes
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Remark:
    """Say what could not be placed in a file, and what would put it right."""

    problem: str
    advice: str
    line: int | None = None
    start: int | None = None
    end: int | None = None
