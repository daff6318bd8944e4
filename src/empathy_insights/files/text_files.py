"""Files of text on their way in: bytes, encoding, ends of lines, and delimited cells."""

from __future__ import annotations

import codecs
import csv
import io
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from charset_normalizer import from_bytes

from empathy_insights.errors import TranscriptError

# One file on its way in: its bytes, and what is remarked about them.


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


# Bytes to text: the encoding, the byte order mark and the ends of lines.


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8",
    b"ID3", b"RIFF", b"\x1f\x8b", b"{\\rtf", b"SQLite format",
)  # fmt: skip
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b"))
_SAMPLE = 65536
_HIGH = re.compile(rb"[\x80-\xff]+")
_STRANGE = re.compile("[\udc80-\udcff]")
_ACCENTS = re.compile("[\u0080-\ud7ff\ue000-\U0010ffff]")

# What the parsers of .docx and .xlsx raise on a damaged file.
BROKEN = (
    BadZipFile, zlib.error, EOFError, OSError, SyntaxError, LookupError, ValueError,
    TypeError, AttributeError, NotImplementedError,
)  # fmt: skip


def decode(source: Source) -> tuple[str, tuple[Remark, ...]]:
    r"""Return the text of a file with `\n` at the ends of lines, and what was guessed.

    Raises
    ------
    TranscriptError
        The file is empty, not a text file, or in no encoding that fits.
    """
    text, remarks = _decoded(source)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        n = text.count("\0")
        text, remarks = text.replace("\0", ""), (*remarks, _damaged(n))
    if not text.strip():
        raise TranscriptError("the file is empty", path=source.path)
    return text, remarks


def looks_like_text(data: bytes) -> bool:
    """Return whether this is text, in whatever encoding, and not the bytes of a program."""
    if data.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    return not data.startswith(_NOT_TEXT) and not _is_binary(data[:_SAMPLE])


def _is_binary(sample: bytes) -> bool:
    n_controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return not _wide(sample) and n_controls > len(sample) // 100


def _damaged(n: int) -> Remark:
    return Remark(
        f"the file is damaged: {n} empty bytes were left out",
        "export the file again; words may be missing",
    )


def _decoded(source: Source) -> tuple[str, tuple[Remark, ...]]:
    marked = [name for mark, name in _MARKS if source.data.startswith(mark)]
    encoding = marked[0] if marked else _unmarked(source)
    try:
        return source.data.decode(encoding), ()
    except UnicodeDecodeError as error:
        if marked:
            raise TranscriptError(
                f"the file says it is {encoding} but is not; save it as UTF-8",
                path=source.path,
            ) from error
    return _guessed(source)


def _unmarked(source: Source) -> str:
    sample = source.data[:_SAMPLE]
    if source.data.startswith(_NOT_TEXT):
        raise _no_text(source)
    if _is_binary(sample):
        raise _no_text(source)
    return _wide(sample) or "utf-8"


def _wide(sample: bytes) -> str:
    """Name the UTF-16 of a file without a mark: every second byte is mostly zero."""
    half = len(sample) // 2
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second > half * 0.7 and first < half * 0.1:
        return "utf-16-le"
    return "utf-16-be" if first > half * 0.7 and second < half * 0.1 else ""


def _guessed(source: Source) -> tuple[str, tuple[Remark, ...]]:
    mixed = _mixed(source.data)
    if mixed:
        return mixed
    matches = from_bytes(source.data[:_SAMPLE])
    names = [match.encoding for match in matches]
    # Most files that are not UTF-8 come from Windows; other single-byte pages fit
    # the same few accents just as well.
    is_western = "cp1252" in names or _stand_alone(source.data[:_SAMPLE])
    best = "cp1252" if is_western else (names or [""])[0]
    if not best:
        raise TranscriptError(
            "the file's encoding is not known; save it as UTF-8", path=source.path
        )
    remark = Remark(
        f"the file is not UTF-8 and was read as {_called(best)}",
        "look at its accents and quotation marks; if they are wrong, save it as UTF-8",
    )
    return source.data.decode(best, errors="replace"), (remark,)


def _stand_alone(sample: bytes) -> bool:
    """Return whether strange letters stand between plain ones: those of a script do not."""
    runs = _HIGH.findall(sample)
    return 2 * sum(len(run) == 1 for run in runs) > len(runs)


def _mixed(data: bytes) -> tuple[str, tuple[Remark, ...]] | None:
    """Read UTF-8 into which some bytes of windows-1252 were pasted."""
    text = data.decode("utf-8", errors="surrogateescape")
    n_strange = len(_STRANGE.findall(text))
    if _ACCENTS.search(text) is None or n_strange > len(_ACCENTS.findall(text)):
        return None
    remark = Remark(
        f"bytes that are not UTF-8 were read as windows-1252: {n_strange}",
        "look at its accents and quotation marks; if they are wrong, save it as UTF-8",
    )
    return _STRANGE.sub(_windows, text), (remark,)


def _windows(strange: re.Match[str]) -> str:
    return bytes([ord(strange[0]) - 0xDC00]).decode("cp1252", errors="replace")


def _called(encoding: str) -> str:
    return "windows-1252" if encoding == "cp1252" else encoding


def _no_text(source: Source) -> TranscriptError:
    return TranscriptError(
        "the file is not a text file; give it the suffix of what it is, or leave it out",
        path=source.path,
    )


# Delimited text: its delimiter, the lines of its rows, and cells a spreadsheet would run.


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
    if rows and _is_left_open(text, rows[-1][1]):
        raise TranscriptError(
            "a quotation mark that opens in this row is never closed, so that the rest of "
            "the file would be one cell; close it",
            path=source.path,
            line=rows[-1][0],
        )
    return rows[1:] if said else rows, remarks


def _is_left_open(text: str, last: Row) -> bool:
    """Return whether the last cell runs to the end of the file for want of a quotation mark."""
    is_odd = text.count('"') % 2 == 1 and not text.rstrip().endswith('"')
    return is_odd and bool(last) and "\n" in last[-1].strip()


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
        width = _width(rows)
        return (sum(len(row) == width for row in rows) if width > 1 else 0, width)

    best = max(_DELIMITERS, key=fit)
    return best if fit(best) > (0, 1) else _NONE


MOST_TITLES = 3
"""How many rows of a title may stand above the heads of a table."""


def _width(rows: Sequence[Row]) -> int:
    """Return how many cells the row of heads has; a title above it may have one."""
    heads = next((n for n, row in enumerate(rows) if len(row) > 1), 0)
    under = {len(row) for row in rows[heads:]}
    is_table = heads <= MOST_TITLES and len(under) == 1 and heads + 1 < len(rows)
    return len(rows[heads if is_table and max(under) > 2 else 0])


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
