"""Zip archives within bounds: what unpacks to too much is a problem, not a crash."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from empathy_insights.errors import TranscriptError
from empathy_insights.files.decoding import BROKEN
from empathy_insights.files.source import Source

MOST_MEMBERS = 5000
MOST_BYTES = 400_000_000
_MOST_TIMES = 200
_SMALL = 1_000_000
_ENCRYPTED = 0x1
_ENTITY, _HEAD = b"<!ENTITY", 400

BOMB = (
    "the archive unpacks to more than it could hold of transcripts; "
    "unpack it by hand and look at what is inside"
)
ENTITIES = (
    "the file holds words that are defined elsewhere in it (XML entities) and would be "
    "lost; open it in its own program and save it again"
)


def check_size(source: Source) -> None:
    """Refuse an archive that would unpack to far more than it holds.

    Raises
    ------
    TranscriptError
        It has too many members, or they are too large; a broken one passes, since its
        reader says so better.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            members = packed.infolist()
    except BROKEN:
        return
    if len(members) > MOST_MEMBERS or sum(m.file_size for m in members) > MOST_BYTES:
        raise TranscriptError(BOMB, path=source.path)
    if any(map(_is_bomb, members)):
        raise TranscriptError(BOMB, path=source.path)


def check_office(source: Source) -> None:
    """Refuse what `check_size` does, and XML that stands for words by names of its own.

    No office program writes such names; the parsers leave out the words, or explode.

    Raises
    ------
    TranscriptError
        The file is too large once unpacked, or declares entities.
    """
    check_size(source)
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as packed:
            declares = any(map(_declares, map(packed.read, packed.namelist())))
    except (*BROKEN, RuntimeError):
        return
    if declares:
        raise TranscriptError(ENTITIES, path=source.path)


def _declares(part: bytes) -> bool:
    """Tell an entity, also in the two bytes a letter of UTF-16; pictures are no XML."""
    head = part[:_HEAD].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<") and _ENTITY in part.replace(b"\0", b"")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    packed = max(member.compress_size, 1)
    return member.file_size > _SMALL and member.file_size > _MOST_TIMES * packed


def members_of(source: Source) -> Iterator[Source | TranscriptError]:
    """Yield the files of an archive, in the order of their names, or why not.

    Raises
    ------
    TranscriptError
        The archive is broken or too large.
    """
    check_size(source)
    try:
        packed = zipfile.ZipFile(io.BytesIO(source.data))
    except BROKEN as error:
        raise TranscriptError(
            "the file is not a .zip that can be opened; pack it again",
            path=source.path,
        ) from error
    with packed:
        members = [m for m in packed.infolist() if not m.is_dir()]
        if not members:
            raise TranscriptError(
                "the archive holds no file; pack it again", path=source.path
            )
        for member in sorted(members, key=lambda member: member.filename):
            yield _member(source, packed, member)


def _inside(name: str) -> str:
    """Return a relative path, whatever an archive says: nothing climbs out of it."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    kept = [part for part in parts if part not in ("/", "..", "//")]
    return "/".join(kept) or "unnamed"


def _member(
    source: Source, packed: zipfile.ZipFile, member: zipfile.ZipInfo
) -> Source | TranscriptError:
    path = source.path / _inside(member.filename)
    if member.flag_bits & _ENCRYPTED:
        return TranscriptError("locked with a password; unpack it by hand", path=path)
    try:
        return Source(path, packed.read(member), source.names)
    except (*BROKEN, RuntimeError):
        return TranscriptError("damaged inside the archive; pack it again", path=path)
