"""The table of participants: who they are, how they are called, in which document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from empathy_insights.errors import TableError, TranscriptError
from empathy_insights.readers.labels import is_full_name, label_key
from empathy_insights.readers.model import Source
from empathy_insights.readers.roles import is_facilitator, role_of
from empathy_insights.readers.sheets import Sheet, read_csv_sheet, read_excel_sheet

_OURS = ("participant_id", "name", "role", "document", "priority_group")


@dataclass(frozen=True, slots=True)
class Person:
    """Hold a row of the participants table.

    Parameters
    ----------
    key
        The name as labels are compared.
    role
        One of our roles; unknown for words that we do not know, empty when not given.
    role_said
        The word in the table.
    """

    participant_id: str
    key: str
    role: str
    role_said: str
    document: str
    line: int
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Roster:
    """Hold the participants table, and what it is called in problems."""

    people: tuple[Person, ...] = ()
    called: str = "participants"
    by_key: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)


def read_roster(table: str | Path | pd.DataFrame) -> Roster:
    """Read the participants table from a file or a frame.

    Raises
    ------
    TableError
        It has no column `participant_id`, or an id is missing.
    TranscriptError
        The file is absent or broken.
    """
    if isinstance(table, pd.DataFrame):
        return _roster(_sheet_of(table), "participants")
    path = Path(table)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TranscriptError(
            "the participants table cannot be opened; check its path", path=path
        ) from error
    read = read_excel_sheet if path.suffix.casefold() == ".xlsx" else read_csv_sheet
    return _roster(read(Source(path, data)), path.name)


def _sheet_of(frame: pd.DataFrame) -> Sheet:
    filled = frame.astype(object).where(frame.notna(), "")
    rows = tuple(tuple(map(str, row)) for row in filled.itertuples(index=False))
    return Sheet(tuple(map(str, frame.columns)), rows, tuple(range(2, len(rows) + 2)))


def _roster(sheet: Sheet, called: str) -> Roster:
    lower = {name: name.strip().casefold() for name in sheet.header}
    heads = [lower[name] if lower[name] in _OURS else name for name in sheet.header]
    if "participant_id" not in heads:
        raise TableError(
            f"{called}: the participants table lacks 'participant_id'; "
            f"its columns are: {', '.join(sheet.header)}"
        )
    people = tuple(
        _person(dict(zip(heads, row, strict=True)), line)
        for row, line in zip(sheet.rows, sheet.lines, strict=True)
    )
    missing = [str(person.line) for person in people if not person.participant_id]
    if missing:
        raise TableError(f"{called}: 'participant_id' is missing in line {missing[0]}")
    by_key: dict[str, tuple[Person, ...]] = {}
    for person in people:
        by_key[person.key] = (*by_key.get(person.key, ()), person)
    return Roster(people, called, by_key)


def _person(row: Mapping[str, str], line: int) -> Person:
    cells = {name: cell.strip() for name, cell in row.items()}
    said = cells.get("role", "")
    return Person(
        participant_id=cells["participant_id"],
        key=label_key(cells.get("name") or cells["participant_id"]),
        role=(role_of(said) or "unknown") if said else "",
        role_said=said,
        document=cells.get("document", "").casefold(),
        line=line,
        facts={
            name: cell
            for name, cell in cells.items()
            if cell and name not in ("participant_id", "name", "role", "document")
        },
    )


def facilitators_in(roster: Roster, document: Collection[str]) -> frozenset[str]:
    """Return the keys of the facilitators of a document, given all its names."""
    return frozenset(
        person.key
        for person in _listed(roster, document)
        if is_facilitator(person.role_said)
    )


def participants_in(roster: Roster, document: Collection[str]) -> frozenset[str]:
    """Return the keys of those who take part in a document and facilitate nothing."""
    return frozenset(
        person.key
        for person in _listed(roster, document)
        if not is_facilitator(person.role_said)
    )


def _listed(roster: Roster, document: Collection[str]) -> Iterator[Person]:
    for person in roster.people:
        if not person.document or person.document in document:
            yield person


def find_person(roster: Roster, label: str, document: Collection[str]) -> Person | None:
    """Return who a label is: the one of that name in the document, else of that name.

    A first name or a letter of another document is somebody else; a full name is not.
    """
    named = roster.by_key.get(label_key(label), ())
    called = [person for person in named if not is_facilitator(person.role_said)]
    here = [p for p in called if p.document and p.document in document]
    anywhere = [p for p in called if not p.document or is_full_name(p.key)]
    ids = {p.participant_id for p in anywhere}
    return here[0] if here else (anywhere[0] if len(ids) == 1 else None)


def strange_roles(roster: Roster) -> Iterator[Person]:
    """Yield the people whose role is a word that we do not know."""
    for person in roster.people:
        said = person.role_said
        if said and not is_facilitator(said) and role_of(said) is None:
            yield person
