"""What a file really is, by its content; the suffix only decides between like kinds."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from empathy_insights.files.decoding import BROKEN, looks_like_text
from empathy_insights.readers.columns import is_headless
from empathy_insights.readers.cue_formats import cue_format
from empathy_insights.readers.turn_table import is_turn_header

BY_SUFFIX: Mapping[str, str] = MappingProxyType(
    {
        ".ass": "ass", ".csv": "csv", ".docx": "docx", ".json": "json",
        ".jsonl": "json", ".lrc": "lrc", ".markdown": "text", ".md": "text",
        ".odt": "odt", ".pdf": "pdf", ".rtf": "rtf", ".sbv": "sbv", ".srt": "srt",
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
_PROJECT = "a project of a program for coding; export its documents as .docx or .txt"
_OLD = "an old Office document; save it as .docx or .xlsx"
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
        (".qdpx .qde .requal .nvp .nvpx .mx24 .mx22 .mx20 .atlproj .qda .qdc", _PROJECT),
        (".doc .xls .ppt .wpd", _OLD),
        (".mp3 .wav .m4a .mp4 .mov .ogg .flac .webm .aac .wma", _SOUND),
        (".png .jpg .jpeg .gif .tif .tiff .heic .bmp", _PICTURE),
        (".htm .html .mht", _PAGE),
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


def _of_text(data: bytes, named: str) -> str:
    head = _head(data)
    cues = cue_format(head)
    if cues:
        return cues
    if named == "json" or _JSON.match(head):
        return "json"
    if named == "csv" and is_headless(head):
        return "text"
    if named in ("vtt", "srt", "sbv", "ass", "lrc", "csv"):
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
