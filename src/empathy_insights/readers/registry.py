"""Which reader reads which file: by what the file is, not by what it is called."""

from __future__ import annotations

import hashlib
from collections.abc import (
    Callable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass, replace
from pathlib import Path
from traceback import walk_tb
from types import MappingProxyType

from empathy_insights.collector import seldom_collected
from empathy_insights.errors import TranscriptError
from empathy_insights.files.workbook import members_of
from empathy_insights.readers.captions.caption_files import read_captions
from empathy_insights.readers.captions.recorded import read_json
from empathy_insights.readers.direct_messages import without_direct_messages
from empathy_insights.readers.mail_file import read_mail
from empathy_insights.readers.office import read_odt, read_word
from empathy_insights.readers.pdf import read_pdf, read_rtf
from empathy_insights.readers.people.spellings import merge_spellings
from empathy_insights.readers.plain import read_plain
from empathy_insights.readers.surveys.survey import (
    read_csv,
    read_csv_parts,
    read_excel,
    read_sheets,
)
from empathy_insights.readers.surveys.turn_table import BY_SUFFIX, foreign, format_of
from empathy_insights.readers.transcript import Remark, Source, Transcript
from empathy_insights.readers.web_page import read_otranscribe, read_page

Reader = Callable[[Source], Transcript]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "ass": read_captions,
        "csv": read_csv,
        "docx": read_word,
        "eml": read_mail,
        "html": read_page,
        "json": read_json,
        "lrc": read_captions,
        "odt": read_odt,
        "otr": read_otranscribe,
        "pdf": read_pdf,
        "rtf": read_rtf,
        "sbv": read_captions,
        "srt": read_captions,
        "text": read_plain,
        "vtt": read_captions,
        "xlsx": read_excel,
    }
)
LARGEST = 300_000_000


@dataclass(frozen=True)
class ReadPart:
    """Hold what one file, member of an archive or sheet of a workbook was read as.

    Parameters
    ----------
    name
        Its place inside the file; empty for the file itself.
    format
        What it is, empty when that is unknown.
    transcript, error
        What was read, or why not; exactly one of them is there.
    is_packed
        Whether it was a file of its own inside an archive.
    """

    name: str
    format: str
    transcript: Transcript | None = None
    error: TranscriptError | None = None
    is_packed: bool = False


def is_readable(path: Path) -> bool:
    """Return whether a reader exists for a file's suffix."""
    return path.suffix.casefold() in BY_SUFFIX


def suffixes() -> str:
    """List the suffixes that are read, for messages."""
    return ", ".join(BY_SUFFIX)


def load(path: Path, *, names: frozenset[str] = frozenset()) -> Source:
    """Open one file; `names` are the labels that are known beforehand, by `label_key`.

    Raises
    ------
    TranscriptError
        It cannot be opened, is empty, or is too large to be a transcript.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise TranscriptError(
            "the file cannot be opened; check that it exists and may be read", path=path
        ) from error
    if size > LARGEST:
        raise TranscriptError(
            f"the file is larger than {LARGEST // 1_000_000} MB; split it", path=path
        )
    return Source(path, data, names)


OUR_MISTAKE = "empathy_insights made a mistake in reading the file"


def read_source(source: Source) -> Transcript:
    """Read one file with the reader for what it is.

    Raises
    ------
    TranscriptError
        The file cannot be read.
    """
    if not source.data.strip():
        raise TranscriptError(
            "the file is empty; export it again or remove it", path=source.path
        )
    found = format_of(source.path, source.data)
    if found not in READERS:
        raise TranscriptError(_why_not(source, found), path=source.path)
    with seldom_collected():  # among many cues it took half the time
        is_text = found == "text"
        public, told = without_direct_messages(source) if is_text else (source, ())
        read = READERS[found](public)
        read = replace(read, remarks=(*told, *read.remarks))
        return _finished(source, found, read)


def read_parts(source: Source) -> Iterator[ReadPart]:
    """Read all that one file holds: the members of a .zip, the sheets of a workbook."""
    found = ""
    try:
        found = format_of(source.path, source.data)
        if found == "zip":
            yield from _members(source)
        elif found in _TABLES and source.data.strip():
            yield from _tables(source, found)
        else:
            yield ReadPart("", found, read_source(source))
    except TranscriptError as error:
        yield ReadPart("", found, error=error)
    except Exception as error:  # noqa: BLE001  # no file ends the reading of the others
        yield ReadPart("", found, error=_mistake(error, source.path))


def _mistake(error: Exception, path: Path) -> TranscriptError:
    """Say where we went wrong; what Python says of it may hold words of the file."""
    *_, last = walk_tb(error.__traceback__)
    where = f"{Path(last[0].f_code.co_filename).name}, line {last[1]}"
    return TranscriptError(
        f"{OUR_MISTAKE} ({type(error).__name__} in {where}): please tell us; saved as another "
        "kind of file, it may be read",
        path=path,
    )


def _members(source: Source) -> Iterator[ReadPart]:
    for member in members_of(source):
        name = _inside(source, member.path or source.path)
        if isinstance(member, TranscriptError):
            yield ReadPart(name, "", error=member, is_packed=True)
            continue
        found = format_of(member.path, member.data)
        if found == "zip":
            nested = TranscriptError(
                "an archive in an archive; unpack it by hand", path=member.path
            )
            yield ReadPart(name, found, error=nested, is_packed=True)
            continue
        for part in read_parts(member):
            inner = "/".join(filter(None, (name, part.name)))
            yield replace(part, name=inner, is_packed=True)


def _inside(source: Source, path: Path) -> str:
    return path.relative_to(source.path).as_posix() if path != source.path else ""


Parts = Sequence[tuple[str, Transcript | TranscriptError]]
_TABLES: Mapping[str, Callable[[Source], Parts]] = MappingProxyType(
    {"csv": read_csv_parts, "xlsx": read_sheets}
)


def _tables(source: Source, found: str) -> Iterator[ReadPart]:
    """Read every sheet, and every round of a survey."""
    for name, read in _TABLES[found](source):
        if isinstance(read, TranscriptError):
            yield ReadPart("", found, error=read)
        else:
            yield ReadPart(name, found, _finished(source, found, read))


def _finished(source: Source, found: str, transcript: Transcript) -> Transcript:
    named = BY_SUFFIX.get(source.path.suffix.casefold(), found)
    remarks = transcript.remarks
    if named != found:
        remarks = (
            Remark(
                f"the file is called {source.path.suffix} and was read as the {found} "
                "that it is",
                "rename it if other programs stumble over it",
            ),
            *remarks,
        )
    sha256 = hashlib.sha256(source.data).hexdigest()
    read = replace(transcript, sha256=sha256, format=found, remarks=remarks)
    return merge_spellings(read)


def _why_not(source: Source, found: str) -> str:
    said = foreign(source.path, source.data)
    if said:
        return f"this is {said}"
    if found == "zip":
        return "this is an archive; use read_corpus"
    return (
        f"cannot read {source.path.suffix or 'a file without a suffix'} yet; "
        f"save it as one of {suffixes()}"
    )
