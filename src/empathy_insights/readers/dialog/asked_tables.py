"""Tables without heads in which one column asks and the others answer, to lines.

A column in which nearly each cell ends in a question mark holds what somebody asked, whoever
answered beside it; it is nobody's words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from empathy_insights.readers.dialog.heads import is_fact
from empathy_insights.readers.dialog.questions import IN_ASKING
from empathy_insights.readers.people.facilitators import begins_to_ask

_COUNTS = re.compile(r"(?:Q|No\.?|#)?[ ]?\d{0,3}[.:)]?", re.IGNORECASE)
_MOSTLY, _HARDLY, _FEWEST = 0.75, 0.25, 2


class Told(NamedTuple):
    """Hold a line of a table, and whether it asks, or stands above what is asked."""

    line: str
    asks: bool = False
    is_heading: bool = False


def asked_rows(rows: Sequence[Sequence[str]]) -> list[Told]:
    """Return what a table of questions and answers holds, line for line, or nothing.

    Examples
    --------
    >>> rows = [("1", "What is hard?", "the bus"), ("2", "What helps?", "her aunt")]
    >>> [told.line for told in asked_rows(rows)]
    ['What is hard?', 'the bus', 'What helps?', 'her aunt']
    >>> asked_rows([("Ana", "Is it loud?"), ("Bo", "Who cooks?")])
    []
    """
    cells = [_without_number(row) for row in rows]
    first = next((n for n, row in enumerate(cells) if _asks(row[:1])), len(cells))
    asked = [row[0] for row in cells[first:] if row and row[0]]
    answers = [cell for row in cells[first:] for cell in row[1:] if cell]
    n_asked = sum(_asks([cell]) for cell in asked)
    n_back = sum(_asks([cell]) for cell in answers)
    is_guide = (
        n_asked >= max(_FEWEST, _MOSTLY * len(asked))
        and n_back <= _HARDLY * len(answers)
        and len(answers) >= len(asked) / 2
    )
    return list(_told(cells, first)) if is_guide else []


def _without_number(row: Sequence[str]) -> list[str]:
    """Return the cells of a row without one before them that only counts."""
    cells = [cell.strip() for cell in row]
    is_counted = len(cells) > len("qa") and _COUNTS.fullmatch(cells[0]) is not None
    return cells[1:] if is_counted else cells


def _asks(cells: Sequence[str]) -> bool:
    return any(IN_ASKING.search(cell) or begins_to_ask(cell) for cell in cells)


def _told(cells: Sequence[Sequence[str]], first: int) -> Iterator[Told]:
    for row in filter(any, cells[:first]):
        fact = ": ".join((row[0].rstrip(":"), *filter(None, row[1:])))
        yield Told(fact) if is_fact(fact) else Told(" | ".join(row), is_heading=True)
    for row in cells[first:]:
        if row and row[0]:
            yield Told(" ".join(row[0].split()), asks=True)
        yield from (Told(line) for cell in row[1:] if cell for line in cell.split("\n"))


def asked_columns(text: str) -> list[Told]:
    r"""Return the lines of a text with such tables, cells apart by tabs, or nothing.

    Examples
    --------
    >>> [told.asks for told in asked_columns("Bo\nWhat is hard?\tlunch\nWhy?\tI wait")]
    [False, True, False, True, False]
    """
    if "\t" not in text or "?" not in text:
        return []
    found: list[Told] = []
    for is_table, run in groupby(text.split("\n"), lambda line: "\t" in line.strip()):
        lines = list(run)
        rows = asked_rows([line.split("\t") for line in lines]) if is_table else []
        found += rows or map(Told, lines)
    return found if any(told.asks for told in found) else []
