"""The texts of a REFI-QDA project, what is selected in them, and what is not read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_insights.codebook_refi import unescaped
from empathy_insights.errors import TranscriptError
from empathy_insights.files.output import for_file
from empathy_insights.files.refi_archive import (
    Archive,
    below,
    children,
    guid_in,
    tag,
    targets,
    text_in,
)
from empathy_insights.files.text_files import Source, decode

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ALL = (
    "TextSource", "PDFSource", "AudioSource", "VideoSource", "PictureSource",
)  # fmt: skip
_IN_PATHS = re.compile(r"[/\\\\;|]")  # what a path or a list of documents is cut at
_AREAS = ("PDFSelection", "PictureSelection", "AudioSelection", "VideoSelection")
_VALUES = (
    "TextValue", "BooleanValue", "IntegerValue", "FloatValue", "DateValue",
    "DateTimeValue",
)  # fmt: skip
Problem = dict[str, object]


@dataclass(frozen=True)
class Selection:
    """Hold what is selected in a text: where, called what, coded with what."""

    guid: str
    start: int
    end: int
    name: str
    user: str
    codings: tuple[Element, ...]
    notes: tuple[str, ...]
    memo: str


@dataclass(frozen=True)
class Text:
    """Hold a text of a project as it is written, with what is selected in it."""

    guid: str
    name: str
    raw: str
    selections: tuple[Selection, ...]
    told: Mapping[str, str]
    memo: str = ""
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def texts_of(archive: Archive, variables: Mapping[str, str]) -> list[Text]:
    """Return the texts of a project, each under a name of its own.

    A picture, recording or page without a text of its own has none in `raw`, and says so
    among its problems.
    """
    found: list[Text] = []
    taken: Counter[str] = Counter()
    for part in children(archive.root, "Sources"):
        for n, source in enumerate(children(part, *_ALL), 1):
            name = _name(source, n)
            taken[name.casefold()] += 1
            if (again := taken[name.casefold()]) > 1:
                name = f"{name} ({again})"
            found.append(_text(archive, source, name, variables))
    return found


def _name(source: Element, number: int) -> str:
    said = for_file(unescaped(source.get("name", "")))
    plain = " ".join(_IN_PATHS.sub("-", said).split())
    return plain if plain.strip(". ") else f"source {number}"


def _text(
    archive: Archive, source: Element, name: str, variables: Mapping[str, str]
) -> Text:
    kind = tag(source).removesuffix("Source").casefold()
    places = [
        source,
        *children(source, "Representation", "Transcript", "TextDescription"),
    ]
    with_text = [(place, raw_of(archive, place)) for place in places]
    holder, raw = next(((p, r) for p, r in with_text if r.strip()), (source, ""))
    problems = list(_unread(source, kind))
    if not raw.strip():
        what = (
            "its text is not in the project"
            if kind == "text"
            else f"it is {_a(kind)} without a text"
        )
        problems.append(
            _problem(what, "export it as text, or put its file into the project")
        )
    found = [
        one for place in dict.fromkeys([source, holder]) for one in _selections(place)
    ]
    return Text(
        guid_in(source), name, raw, tuple(found), values_of(source, variables),
        unescaped(text_in(source, "Description") or "").strip(),
        tuple(targets(source, "NoteRef")), tuple({**one, "path": name} for one in problems),
    )  # fmt: skip


def _a(kind: str) -> str:
    return {"pdf": "a PDF", "audio": "a recording", "video": "a video"}.get(
        kind, "a picture"
    )


def _problem(problem: str, advice: str) -> Problem:
    return {"problem": problem, "advice": advice}


def raw_of(archive: Archive, place: Element) -> str:
    """Return a text as it is written, its ends of lines and its mark too."""
    inline = text_in(place, "PlainTextContent")
    if inline is not None:
        return inline
    data = archive.read(place.get("plainTextPath", ""))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        return decode(Source(Path(archive.path.name), data))[0]
    except TranscriptError:
        return ""


def _unread(source: Element, kind: str) -> Iterator[Problem]:
    """Yield what of a source is not read."""
    areas = sum(1 for _ in below(source, *_AREAS))
    if areas:
        yield _problem(
            f"areas or moments of {_a(kind)} that are selected and not read: {areas}",
            "select the words in the text",
        )
    if whole := sum(1 for _ in children(source, "Coding")):
        yield _problem(
            f"codings of the whole document that are not read: {whole}",
            "code its passages, or give the document a variable",
        )


def _selections(place: Element) -> Iterator[Selection]:
    synced = {guid_in(p): p.get("position", "") for p in children(place, "SyncPoint")}
    for one in children(place, "PlainTextSelection", "TranscriptSelection"):
        start = one.get("startPosition", synced.get(guid_in(one, "fromSyncPoint"), ""))
        end = one.get("endPosition", synced.get(guid_in(one, "toSyncPoint"), ""))
        yield Selection(
            guid_in(one), _whole(start), _whole(end), unescaped(one.get("name", "")),
            guid_in(one, "creatingUser"), tuple(children(one, "Coding")),
            tuple(targets(one, "NoteRef")),
            unescaped(text_in(one, "Description") or "").strip(),
        )  # fmt: skip


def _whole(number: str) -> int:
    """Return a position; -1 for what is none."""
    plain = number.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= 10 else -1


def values_of(element: Element, variables: Mapping[str, str]) -> dict[str, str]:
    """Return what variables say of a case or a source."""
    told = {}
    for value in children(element, "VariableValue"):
        name = next(
            (variables.get(one, "") for one in targets(value, "VariableRef")), ""
        )
        said = next((one.text or "" for one in children(value, *_VALUES)), "")
        if name and said.strip():
            told[name] = for_file(unescaped(said)).strip()
    return told
