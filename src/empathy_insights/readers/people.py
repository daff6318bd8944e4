"""Who is who: from labels in documents to participants, counted once each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from empathy_insights.readers.labels import is_full_name, is_unknown, label_key
from empathy_insights.readers.model import Transcript, speakers
from empathy_insights.readers.roles import (
    is_facilitator,
    role_from_label,
    role_from_path,
    role_of,
)
from empathy_insights.readers.roster import (
    Person,
    Roster,
    find_person,
    strange_roles,
)

Row = dict[str, object]

_MANY = 20


@dataclass(frozen=True)
class Document:
    """Hold a transcript under the id and path that the corpus knows it by."""

    document_id: str
    path: str
    transcript: Transcript


@dataclass(frozen=True)
class Cast:
    """Hold who speaks in a corpus.

    Parameters
    ----------
    ids
        (document_id, label) -> participant_id.
    participants
        Rows of the participants table.
    problems
        Rows of the problems table.
    """

    ids: Mapping[tuple[str, str], str]
    participants: tuple[Row, ...]
    problems: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """Hold a label of a document, who it is, and its place by first appearance."""

    document: Document
    label: str
    ordinal: int
    person: Person | None


def names_of(document_id: str, path: str) -> frozenset[str]:
    """Return all that a participants table may call a document."""
    file = PurePosixPath(path)
    names = {document_id, path, file.name, file.stem, str(file.with_suffix(""))}
    return frozenset(name.casefold() for name in names)


def voices(document: Document) -> Iterator[tuple[str, int]]:
    """Yield the labels that are people, with their ordinals by first appearance."""
    ordinals: dict[str, int] = {}
    heard = speakers(document.transcript)
    for label in dict.fromkeys([*heard, *document.transcript.people]):
        if label in document.transcript.facilitators:
            continue
        if document.transcript.kind != "survey" and is_unknown(label):
            continue
        yield label, ordinals.setdefault(label_key(label), len(ordinals) + 1)


def find_people(documents: Sequence[Document], roster: Roster) -> Cast:
    """Match every label with a person: by the participants table, else by its name."""
    found = [
        Voice(
            d,
            label,
            ordinal,
            find_person(roster, label, names_of(d.document_id, d.path)),
        )
        for d in documents
        for label, ordinal in voices(d)
    ]
    ids = _ids(found)
    rows = _participants(found, ids, roster)
    problems = [*_unlisted(found, roster), *_unheard(found, roster), *_strange(roster)]
    return Cast(ids, tuple(rows), tuple(problems))


def _ids(found: Sequence[Voice]) -> dict[tuple[str, str], str]:
    first: dict[str, str] = {}
    ids = {}
    people = {(v.document.document_id, v.ordinal) for v in found}
    alone = Counter(document for document, _ in people)
    for voice in found:
        key = label_key(voice.label)
        own = f"{voice.document.document_id}:p{voice.ordinal:02d}"
        named = voice.document.transcript.facts.get("participant", "")
        if voice.person:
            own = voice.person.participant_id
        elif named and alone[voice.document.document_id] == 1:
            own = named
        elif is_full_name(voice.label):
            own = first.setdefault(key, own)
        ids[voice.document.document_id, voice.label] = own
    return ids


def _participants(
    found: Sequence[Voice], ids: Mapping[tuple[str, str], str], roster: Roster
) -> list[Row]:
    rows: dict[str, Row] = {}
    for person in roster.people:
        if not is_facilitator(person.role_said):
            row = rows.setdefault(person.participant_id, {})
            _fill(row, {"role": person.role, **person.facts})
    for voice in found:
        row = rows.setdefault(ids[voice.document.document_id, voice.label], {})
        _fill(row, _facts(voice))
    return [
        {"participant_id": key, "role": "unknown", "priority_group": None} | row
        for key, row in rows.items()
    ]


def _fill(row: Row, facts: Mapping[str, str]) -> None:
    for name, value in facts.items():
        if value:
            row.setdefault(name, value)


def _facts(voice: Voice) -> dict[str, str]:
    facts = dict(voice.document.transcript.people.get(voice.label, {}))
    facts.pop("participant_id", None)
    said = role_of(facts.pop("role", ""))
    told = voice.document.transcript.facts.get("role", "")
    role = (
        said
        or role_from_label(voice.label)
        or role_of(told)
        or role_from_path(voice.document.path)
    )
    return {"role": role or "", **facts}


def _unlisted(found: Sequence[Voice], roster: Roster) -> Iterator[Row]:
    if not roster.people:
        return
    by_document: dict[str, list[Voice]] = {}
    for voice in found:
        if voice.person is None:
            by_document.setdefault(voice.document.document_id, []).append(voice)
    for name, lost in by_document.items():
        ordinals = dict.fromkeys(voice.ordinal for voice in lost)
        said = [f"speaker {n} of {name} is" for n in ordinals]
        if len(said) > _MANY:
            said = [f"{len(said)} speakers of {name} are"]
        for who in said:
            yield {
                "path": lost[0].document.path,
                "problem": f"{who} not in {roster.called}",
                "advice": f"add a row with the name and this document to {roster.called}",
                "document_id": name,
            }


def _unheard(found: Sequence[Voice], roster: Roster) -> Iterator[Row]:
    heard = {voice.person.participant_id for voice in found if voice.person}
    for person in roster.people:
        name = person.participant_id
        if name not in heard and not is_facilitator(person.role_said):
            yield {
                "path": roster.called,
                "line": person.line,
                "problem": f"{name} is in no document",
                "advice": "check the spelling of the name and of the document",
            }


def _strange(roster: Roster) -> Iterator[Row]:
    for person in strange_roles(roster):
        yield {
            "path": roster.called,
            "line": person.line,
            "problem": f"the role {person.role_said!r} of {person.participant_id} is not known",
            "advice": "use student, family, teacher, staff, school_leader, "
            "network_leader, community or mixed",
        }
