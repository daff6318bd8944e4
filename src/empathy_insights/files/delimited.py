"""Delimited text: its delimiter, the lines of its rows, and cells a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re

from empathy_insights.errors import TranscriptError
from empathy_insights.files.decoding import decode
from empathy_insights.files.source import Remark, Source

Row = tuple[str, ...]
Numbered = list[tuple[int, Row]]

_DELIMITERS = (",", ";", "\t", "|")
_NONE = "\x1f"  # parts nothing: the whole line is one cell
_SNIFFED = 50
_SAYS = re.compile(r"\"?sep=(.)\"?[ ,;\t]*\n", re.IGNORECASE)
_ARMED = re.compile(r"['\s]*[=+\-@＝＋－＠]")
_WAS_ARMED = re.compile(r"'['\s]*[=+\-@＝＋－＠]")


def delimited_rows(source: Source) -> tuple[Numbered, tuple[Remark, ...]]:
    """Read delimited text: each row with the line it begins in, and what was guessed.

    A first line such as `sep=;`, as spreadsheet programs write it, is believed.

    Raises
    ------
    TranscriptError
        The file is empty, is no text, or has a quotation mark that is never closed.
    """
    text, remarks = decode(source)
    said = _SAYS.match(text)
    delimiter = said[1] if said else _delimiter(text)
    try:
        rows = _parsed(text, delimiter)
    except csv.Error as error:
        raise TranscriptError(
            "a cell is too long to be an answer, probably because a quotation mark is "
            "never closed; close it",
            path=source.path,
        ) from error
    return rows[1:] if said else rows, remarks


def _parsed(text: str, delimiter: str) -> Numbered:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    found = []
    line = 1
    for cells in reader:
        found.append((line, tuple(cells)))
        line = reader.line_num + 1
    return found


def _delimiter(text: str) -> str:
    """Choose the delimiter that cuts most rows into as many cells as the header has."""
    head = "\n".join(text.split("\n")[:_SNIFFED])

    def fit(delimiter: str) -> tuple[int, int]:
        try:
            rows = [row for _, row in _parsed(head, delimiter) if any(row)]
        except csv.Error:
            return 0, 0
        if not rows:
            return len(head), 0
        width = len(rows[0])
        return (sum(len(row) == width for row in rows) if width > 1 else 0, width)

    best = max(_DELIMITERS, key=fit)
    return best if fit(best) > (0, 1) else _NONE


def disarm(text: str) -> str:
    """Put an apostrophe before what a spreadsheet would run when it opens a CSV file.

    Examples
    --------
    >>> disarm("=1+1"), disarm("'=1+1"), disarm("It's 1+1")
    ("'=1+1", "''=1+1", "It's 1+1")
    """
    return f"'{text}" if _ARMED.match(text) else text


def rearm(text: str) -> str:
    """Take off the apostrophe that `disarm` put there.

    Examples
    --------
    >>> rearm("'=1+1"), rearm("It's 1+1")
    ('=1+1', "It's 1+1")
    """
    return text[1:] if _WAS_ARMED.match(text) else text
