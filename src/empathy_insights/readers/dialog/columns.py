"""Turns written as columns without heads: tabs or wide gaps part names, times and words.

ELAN, Audacity, Krisp and people at a typewriter write so. What a column holds is told by
all its cells, so that neither their order nor their number matters; words stand last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median_high

from empathy_insights.labels import is_label, label_key
from empathy_insights.readers.dialog.notations import Mark, is_voice, mark_of
from empathy_insights.readers.dialog.stamps import WHOLE, Times, times_of

_LINE = re.compile(r"^[^\n]*\S\t?", re.MULTILINE)
_TAB = re.compile(r"(?<![ ])[ ]*\t\s*")
_WIDE = re.compile(r"(?<![ ])[ ]*\t\s*|[ \u00a0]{2,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_NEARLY_ALL = 0.8
_MOSTLY = 0.6
_FEWEST = 3
_MOST_BEFORE = 12


@dataclass(frozen=True, slots=True)
class _Row:
    """Hold a line, where it begins, and its cells with their places in it."""

    at: int
    line: int
    cells: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Name the places of label, words and times among the cells of a row."""

    label: int
    words: int
    times: tuple[int, ...]


def column_marks(text: str, skipped: Container[int]) -> list[Mark]:
    """Return the marks of a file whose lines are nearly all rows of the same columns."""
    n_lines = len(_LINE.findall(text))
    for gap in (_TAB, _WIDE):
        if len(gap.findall(text)) < _MOSTLY * n_lines:
            continue
        rows = list(_rows(text, skipped, gap))
        parted = [row for row in rows if len(row.cells) > 1]
        if len(parted) < max(_FEWEST, _MOSTLY * len(rows)):
            continue
        columns = _columns(parted)
        marks = _marks(parted, columns) if columns else _marks_within(parted)
        if marks:
            return marks
    return []


def is_headless(text: str) -> bool:
    r"""Return whether rows of turns begin at once, and have no heads.

    Examples
    --------
    >>> is_headless("INT\t0:01\tSo?\nANA\t0:02\tYes.\nINT\t0:04\tWhy?\nANA\t0:06\tHm.\n")
    True
    """
    first = _TAB.split(text.split("\n", maxsplit=1)[0])
    return any(map(WHOLE.fullmatch, first)) and bool(column_marks(text, ()))


def _rows(text: str, skipped: Container[int], gap: re.Pattern[str]) -> Iterator[_Row]:
    number, at = 1, 0
    for found in _LINE.finditer(text):
        number += text.count("\n", at, found.start())
        at = found.start()
        if at not in skipped:
            yield _Row(at, number, tuple(_cells(found[0], gap)))


def _cells(line: str, gap: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Yield place and words of each cell; a lone name before a tab has said nothing."""
    at = len(line) - len(line.lstrip())
    if "\t" in line.strip():
        line = line.rstrip()
    for found in gap.finditer(line, at):
        if found.start() > at:
            yield at, line[at : found.start()]
        at = found.end()
    yield at, line[at:]


def _columns(rows: Sequence[_Row]) -> _Columns | None:
    width = median_high(min(len(row.cells), _MOST_BEFORE) for row in rows)
    whole = [row for row in rows if len(row.cells) >= width]
    times = _times_among(whole, width)
    others = [place for place in range(width) if place not in times]
    if len(whole) < _NEARLY_ALL * len(rows) or not others:
        return None
    label = others[0]
    words = [place for place in others if place > max((label, *times))]
    asked = any("?" in row.cells[-1][1] for row in whole)
    if not words or not _speak(_column(whole, label), sure=asked or len(times) > 0):
        return None
    return _Columns(label, words[0], times)


def _times_among(rows: Sequence[_Row], width: int) -> tuple[int, ...]:
    return tuple(
        place
        for place in range(width)
        if sum(map(_is_time, _column(rows, place))) >= _NEARLY_ALL * len(rows)
    )


def _column(rows: Sequence[_Row], place: int) -> list[str]:
    wide = (row.cells[place][1] for row in rows if place < len(row.cells))
    return [cell.strip().rstrip(":") for cell in wide]


def _is_time(cell: str) -> bool:
    return WHOLE.fullmatch(cell) is not None or _NUMBER.fullmatch(cell) is not None


def _speak(labels: Sequence[str], *, sure: bool) -> bool:
    """Return whether a column is of speakers: few labels, of which some come back."""
    counts = Counter(map(label_key, labels))
    return (
        sum(map(is_label, labels)) >= _NEARLY_ALL * len(labels)
        and 1 < len(counts) <= (len(labels) + 1) / 2
        and (sure or any(map(is_voice, counts)))
    )


def _marks(rows: Sequence[_Row], columns: _Columns) -> list[Mark]:
    whole = [row for row in rows if len(row.cells) > columns.words]
    return [
        Mark(
            row.cells[columns.label][1].strip().rstrip(":"),
            "column",
            row.cells[columns.words][0],
            start_s,
            row.line,
            at=row.at,
            end_s=end_s,
        )
        for row in whole
        for start_s, end_s in [_times([row.cells[n][1] for n in columns.times])]
    ]


def _marks_within(rows: Sequence[_Row]) -> list[Mark]:
    """Read rows of times whose words themselves begin `Name: words`."""
    place = len(rows[0].cells) - 1
    if _times_among(rows, place) != tuple(range(place)):
        return []
    found = []
    for row in rows:
        at, words = row.cells[-1]
        mark = mark_of(words)
        if mark is not None:
            start_s, end_s = _times([cell for _, cell in row.cells[:place]])
            found.append(
                replace(
                    mark,
                    words_at=mark.words_at + at,
                    start_s=start_s,
                    end_s=end_s,
                    line=row.line,
                    at=row.at,
                )
            )
    labels = [mark.label for mark in found]
    is_whole = len(found) >= _NEARLY_ALL * len(rows)
    return found if is_whole and _speak(labels, sure=True) else []


def _times(cells: Sequence[str]) -> Times:
    """Return start and end; whole numbers alone are of rows, two of milliseconds."""
    found = [time for cell in cells for time in _seconds(cell.strip())]
    if not found and len(cells) > 1 and all(cell.strip().isdecimal() for cell in cells):
        found = [int(cell) / 1000 for cell in cells]
    start = next(iter(found), None)
    ends = [time for time in found if start is not None and time > start]
    return start, next(iter(ends), None)


def _seconds(cell: str) -> Iterator[float]:
    stamp = WHOLE.fullmatch(cell)
    if stamp:
        yield from (time for time in times_of(stamp) if time is not None)
    elif not cell.isdecimal() and _NUMBER.fullmatch(cell):
        yield float(cell.replace(",", "."))
