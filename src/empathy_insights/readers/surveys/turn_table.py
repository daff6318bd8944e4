"""Tables of turns: a row a turn, with a column of speakers and one of words."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import MappingProxyType

from empathy_insights.files.text_files import BROKEN, looks_like_text
from empathy_insights.files.workbook import is_encrypted
from empathy_insights.labels import TIME, is_label, label_key, seconds
from empathy_insights.lexicon import (
    ANSWER,
    END,
    NOTED,
    PERSON,
    SPEAKER,
    START,
    WORDS,
    fold_head,
    place_of,
)
from empathy_insights.readers.captions.cues import Cue, cue_format
from empathy_insights.readers.dialog.columns import is_headless
from empathy_insights.readers.surveys.row_notes import are_roles
from empathy_insights.readers.transcript import Piece, Remark

_SLOWEST = 0.1
_CLOCK = re.compile(TIME)
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class TurnColumns:
    """Name the places of a turn's parts in a row; None where a part is absent."""

    speaker: int
    words: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class TimedColumns:
    """Name the places of words and times in a row that has no speaker."""

    words: int
    start: int
    end: int | None = None


def turn_columns(header: Sequence[str]) -> TurnColumns | None:
    """Return where speakers and words are, or None when the heads do not say so.

    Examples
    --------
    >>> turn_columns(["timestamp", "speaker", "statement"])
    TurnColumns(speaker=1, words=2, start=0, end=None)
    """
    heads = list(map(fold_head, header))
    speaker, said = place_of(heads, SPEAKER), place_of(heads, WORDS)
    if speaker is None:
        speaker = place_of(heads, PERSON)
    elif said is None:
        noted = NOTED if len(heads) == len(["who", "notes"]) else ()
        said = place_of(heads, (*ANSWER, *noted))
    if speaker is None or said is None:
        return None
    return TurnColumns(speaker, said, place_of(heads, START), place_of(heads, END))


def is_turn_header(head: str) -> bool:
    r"""Return whether a text is a table of turns by its first line, whatever it is called.

    Examples
    --------
    >>> is_turn_header("start\tend\ttext\n0\t7\tSo."), is_turn_header("Name: text")
    (True, False)
    """
    first = head.lstrip("\ufeff").split("\n")[0]
    delimiter = next((sign for sign in ("\t", ";", ",") if sign in first), "")
    if not delimiter:
        return False
    cells = [cell.strip(' "\r') for cell in first.split(delimiter)]
    return turn_columns(cells) is not None or timed_columns(cells) is not None


def timed_columns(header: Sequence[str]) -> TimedColumns | None:
    """Return where times and words are in a table that has no speakers."""
    heads = list(map(fold_head, header))
    start, said = place_of(heads, START), place_of(heads, WORDS)
    speaker = place_of(heads, (*SPEAKER, *PERSON))
    if start is None or said is None or speaker is not None:
        return None
    return TimedColumns(said, start, place_of(heads, END))


def timed_cues(
    rows: Sequence[Sequence[str]], columns: TimedColumns, lines: Sequence[int]
) -> Iterator[Cue]:
    """Yield a cue a row; whole numbers that are too large are milliseconds."""
    starts = [_time(row, columns.start) or 0.0 for row in rows]
    ends = [_time(row, columns.end) for row in rows]
    n_words = sum(len(row[columns.words].split()) for row in rows)
    scale = 1000.0 if n_words < _SLOWEST * max(starts, default=0.0) else 1.0
    for row, line, start, end in zip(rows, lines, starts, ends, strict=True):
        said = row[columns.words].strip()
        if said:
            last = start if end is None else max(start, end)
            yield Cue(said, line, start / scale, last / scale, None)


def is_turn_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Return whether rows are turns, no answers: in a conversation somebody speaks twice."""
    columns = turn_columns(header)
    if columns is None:
        return False
    said = [row[columns.speaker].strip() for row in rows]
    labels = [label for label in said if label]
    is_said = fold_head(header[columns.words]) in WORDS
    if not is_said and are_roles(labels):  # the notes of several moms
        return False
    sure = fold_head(header[columns.speaker]) in SPEAKER
    return sure or len(set(map(label_key, labels))) < len(labels)


def further_columns(header: Sequence[str], columns: TurnColumns) -> Iterator[Remark]:
    """Say that a table of turns has columns that are no part of a turn."""
    used = {columns.speaker, columns.words, columns.start, columns.end}
    n = len([place for place in range(len(header)) if place not in used])
    if n:
        yield Remark(
            f"columns beside those of speakers, words and times were not read: {n}",
            "if they describe people, put them into the participants table",
        )


def turn_pieces(rows: Sequence[Sequence[str]], line: int) -> Iterator[Piece]:
    """Yield the turns of a table with or without a row of heads, from its first line.

    Without heads the first column speaks and the longest of the others is said; what
    stands in further cells is kept outside the turns.
    """
    columns = turn_columns(rows[0])
    lines = range(line, line + len(rows))
    if columns is not None:
        yield Piece(" | ".join(rows[0]), line=line, outside="the head of a table is")
        rows, lines = rows[1:], lines[1:]
    else:
        columns = TurnColumns(0, _longest_column(rows))
    yield from row_pieces(rows, columns, lines)
    for row, number in zip(rows, lines, strict=True):
        used = {columns.speaker, columns.words, columns.start, columns.end}
        further = [cell for place, cell in enumerate(row) if place not in used and cell]
        if further and len(row) > max(columns.speaker, columns.words):
            words = " | ".join(further)
            yield Piece(words, line=number, outside="a further cell of a table is")


def _longest_column(rows: Sequence[Sequence[str]]) -> int:
    sizes = [0] * max(map(len, rows))
    for row in rows:
        for place, cell in enumerate(row):
            sizes[place] += len(cell)
    return max(range(1, len(sizes)), key=lambda place: sizes[place])


def row_pieces(
    rows: Sequence[Sequence[str]], columns: TurnColumns, lines: Sequence[int]
) -> Iterator[Piece]:
    """Yield a turn a row; a row without a speaker goes on with the one before.

    Where the table names a speaker again from row to row, nobody knows who speaks in a
    row without one.
    """
    speaker: str | None = None
    goes_on = not _names_again(rows, columns)
    for row, line in zip(rows, lines, strict=False):
        label = row[columns.speaker].strip().rstrip(":") if row else ""
        if len(row) <= max(columns.speaker, columns.words):
            yield Piece(
                " | ".join(row), line=line, outside="a row with too few cells is"
            )
            continue
        if (
            label
            and not is_label(label)
            and len(label.split()) > len(["1", "2", "3", "4"])
        ):
            said = " | ".join(filter(None, row))
            yield Piece(said, line=line, outside="a row without a plausible speaker is")
            continue
        speaker = label or (speaker if goes_on else None)
        yield Piece(
            row[columns.words],
            speaker,
            line,
            _time(row, columns.start),
            _time(row, columns.end),
        )


def _names_again(rows: Sequence[Sequence[str]], columns: TurnColumns) -> bool:
    said = [row[columns.speaker].strip() for row in rows if len(row) > columns.speaker]
    return any(a and a == b for a, b in pairwise(said))


def _time(row: Sequence[str], column: int | None) -> float | None:
    cell = row[column].strip() if column is not None else ""
    if _CLOCK.fullmatch(cell):
        return seconds(cell)
    return float(cell) if _NUMBER.fullmatch(cell) else None


# What a file really is, by its content; the suffix only decides between like kinds.


BY_SUFFIX: Mapping[str, str] = MappingProxyType(
    {
        ".ass": "ass", ".csv": "csv", ".docx": "docx", ".eml": "eml", ".htm": "html",
        ".html": "html", ".json": "json", ".jsonl": "json", ".lrc": "lrc",
        ".markdown": "text", ".md": "text", ".odt": "odt", ".otr": "otr",
        ".pdf": "pdf", ".rtf": "rtf", ".sbv": "sbv", ".srt": "srt",
        ".ssa": "ass", ".text": "text", ".tsv": "csv", ".txt": "text", ".vtt": "vtt",
        ".xlsx": "xlsx", ".zip": "zip",
    }
)  # fmt: skip

_PACKED = frozenset({"docx", "odt", "pdf", "xlsx", "zip"})
_HEAD = 8192
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_JSON = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]])")
_HTML = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype )?html\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_IN_OLD = frozenset({"docx", "html", "rtf"})  # what programs save as .doc, too
_PROJECT = "a project of a program for coding; export its documents as .docx or .txt"
_LOCKED = "a document that is locked with a password; save it without one"
_OLD = (
    "an old Office document, or one with a password; save it as .docx or .xlsx without"
)
_SOUND = "a recording; have it transcribed and leave the recording out"
_PICTURE = "a picture; have the words in it recognised (OCR) and saved as text"
_PAGE = "a web page; save what it says as .txt or .docx"
_STARTS = (
    (b"SQLite format 3", "a database, perhaps " + _PROJECT),
    (b"\xd0\xcf\x11\xe0", _OLD), (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE), (b"ID3", _SOUND), (b"RIFF", _SOUND), (b"OggS", _SOUND),
    (b"fLaC", _SOUND), (b"\xff\xfb", _SOUND), (b"\x1aE\xdf\xa3", _SOUND),
    (b"\x1f\x8b", "a packed file; unpack it, or pack its files as .zip"),
    (b"7z\xbc\xaf", "a packed file; unpack it, or pack its files as .zip"),
    (b"Rar!", "a packed file; unpack it, or pack its files as .zip"),
)  # fmt: skip
_NAMED = {
    suffix: said
    for suffixes, said in (
        (".qdpx", "a project of a program for coding; analyze the file itself, or read it "
         "with read_qdpx"),
        (".qde .requal .nvp .nvpx .mx24 .mx22 .mx20 .atlproj .qda .qdc", _PROJECT),
        (".doc .xls .ppt .wpd", _OLD),
        (".mp3 .wav .m4a .mp4 .mov .ogg .flac .webm .aac .wma", _SOUND),
        (".png .jpg .jpeg .gif .tif .tiff .heic .bmp", _PICTURE),
        (".mht .mhtml", _PAGE),
        (".pages .numbers .key .gdoc .gsheet", "a file of an online or Apple program; "
         "export it as .docx or .xlsx"),
    )
    for suffix in suffixes.split()
}  # fmt: skip


def format_of(path: Path, data: bytes) -> str:
    """Name the format of a file, or return nothing for one that is not read.

    Examples
    --------
    >>> format_of(Path("talk.txt"), b"WEBVTT"), format_of(Path("talk.pdf"), b"I: Why?")
    ('vtt', 'text')
    """
    suffix = path.suffix.casefold()
    if suffix == ".doc":
        found = _packed(data, "") or ("html" if _HTML.match(_head(data)) else "")
        return found if found in _IN_OLD else ""
    if suffix in _NAMED or foreign(path, data):
        return ""
    packed = _packed(data, BY_SUFFIX.get(suffix, ""))
    if packed:
        return packed
    if not looks_like_text(data):
        return BY_SUFFIX.get(suffix, "")
    return _of_text(data, BY_SUFFIX.get(suffix, ""))


def foreign(path: Path, data: bytes) -> str:
    """Say what a file is that we do not read, and what to do with it, or nothing."""
    if is_encrypted(data):  # it looks like an old document until it is opened
        return _LOCKED
    started = [said for start, said in _STARTS if data.startswith(start)]
    named = _NAMED.get(path.suffix.casefold(), "")
    return named or (started[0] if started else "")


def _packed(data: bytes, named: str) -> str:
    if data.startswith(b"{\\rtf"):
        return "rtf"
    # An archive may hold a PDF near its beginning.
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data) or (named if named in _PACKED else "zip")
    return "pdf" if b"%PDF-" in data[:1024] else ""


def _zipped(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
    except BROKEN:
        return ""
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    return "odt" if {"content.xml", "mimetype"} <= names else "zip"


_BY_NAME = frozenset({"eml", "otr"})  # what they hold looks like something else


def _of_text(data: bytes, named: str) -> str:
    head = _head(data)
    cues = cue_format(head)
    if cues:
        return cues
    if named in _BY_NAME or _HTML.match(head):
        return named if named in _BY_NAME else "html"
    if named == "json" or _JSON.match(head):
        return "json"
    if named == "csv" and is_headless(head):
        return "text"
    if named in ("vtt", "srt", "sbv", "ass", "lrc", "csv", "html"):
        return named
    if is_turn_header(head):
        return "csv"
    if named in _PACKED and len(head.split()) < len(["two", "words"]):
        return named
    return "text" if named else ""


def _head(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) : _HEAD].decode(encoding, errors="replace")
    return data[:_HEAD].decode("utf-8", errors="replace")
