"""The table of participants: who they are, how they are called, in which document."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

import pandas as pd

from empathy_insights.errors import TableError
from empathy_insights.files.output import for_file
from empathy_insights.files.table import Table, named_in, read_table
from empathy_insights.labels import is_full_name, is_generic, label_key
from empathy_insights.readers.consent import all_said, is_about_consent
from empathy_insights.readers.consent_answers import NO, OPEN, OTHER
from empathy_insights.readers.people.full_names import FullName, full_name
from empathy_insights.readers.people.list_heads import (
    SHEET,
    WHO,
    columns_of,
    heads_of_list,
    misspelt_heads,
    says_whose_voice,
)
from empathy_insights.roles import is_facilitator, is_interpreter, role_of

_NAMED = ("participant_id", "name", "first_name", "last_name", "nickname", "role",
          "document", "voice")  # fmt: skip
_OF_SHEET = frozenset({*SHEET, "document", "voice"})
_NOBODY = frozenset({"nobody", "unknown voice", "interpreter", "translator", "several"})
_SPLIT = re.compile(r"[;|\n]")


@dataclass(frozen=True, slots=True)
class Person:
    """Hold a row of the participants table.

    Parameters
    ----------
    key
        The name as labels are compared.
    name
        Its parts, None where a letter or a number stands for a name.
    role
        One of our roles; unknown for words that we do not know, empty when not given.
    role_said
        The word in the table.
    documents
        What the table calls the documents that the person is in.
    voice
        The label in these documents, reduced by `label_key`, where a person has said so.
    """

    participant_id: str
    key: str
    name: FullName | None
    role: str
    role_said: str
    documents: frozenset[str]
    voice: str
    line: int
    facts: Mapping[str, str]
    names: tuple[str, ...] = ()

    @property
    def facilitates(self) -> bool:
        """Return whether the table says that the person asks or takes notes."""
        return is_facilitator(self.role_said)

    @property
    def is_nobody(self) -> bool:
        """Return whether the words of this voice are nobody's, as an interpreter's."""
        return _is_nobodys(self.role_said)

    @property
    def takes_part(self) -> bool:
        """Return whether this is somebody who is heard."""
        return not self.facilitates and not self.is_nobody


@dataclass(frozen=True)
class Roster:
    """Hold the participants table, and what it is called in problems.

    Of a people sheet `left_open` has the rows in which nobody said who it is: the name
    of the file and the voice -> the line.
    """

    people: tuple[Person, ...] = ()
    called: str = "participants"
    by_key: Mapping[str, tuple[Person, ...]] = field(default_factory=dict)
    heads: tuple[str, ...] = ()
    left_open: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @cached_property
    def labels(self) -> frozenset[str]:
        """What people may be called in a transcript, as labels are compared."""
        said = set(self.by_key)
        for person in self.people:
            if person.name is not None:
                first = (person.name.given, *person.name.nicknames)
                said |= {*first, *(f"{one} {person.name.surname}" for one in first)}
                said |= {part.casefold() for part in (person.names[0].split()[0],)}
        return frozenset(said)

    @cached_property
    def refusing(self) -> frozenset[str]:
        """Return the ids of those who did not consent, as a column of the table says."""
        return self._saying(NO)

    @cached_property
    def unclear(self) -> frozenset[str]:
        """Return the ids of those of whom it is not clear whether they consent."""
        return self._saying(OPEN) - self.refusing

    @property
    def left_out(self) -> frozenset[str]:
        """Return the ids of those whose words are not used."""
        return self.refusing | self.unclear

    @property
    def not_understood(self) -> list[str]:
        """Return the heads about consent under which mostly something else stands."""
        return [head for head, said in self._consent.items() if OTHER in said]

    @cached_property
    def _consent(self) -> dict[str, list[str]]:
        """Return what stands about consent of each who does not ask, by its head."""
        heads = dict.fromkeys(head for one in self._asked for head in one.facts)
        return {
            head: all_said(head, [one.facts.get(head, "") for one in self._asked])
            for head in heads
            if is_about_consent(head)
        }

    @property
    def _asked(self) -> list[Person]:
        return [person for person in self.people if not person.facilitates]

    def _saying(self, what: str) -> frozenset[str]:
        return frozenset(
            person.participant_id
            for told in self._consent.values()
            for person, said in zip(self._asked, told, strict=True)
            if said == what
        )

    @property
    def listed(self) -> pd.DataFrame:
        """Return everybody's names, for taking them out: a row a person."""
        rows = [
            {"participant_id": p.participant_id, "name": p.names[0], "role": p.role_said,
             "nicknames": ";".join(p.names[1:])}
            for p in self.people if p.names
        ]  # fmt: skip
        columns = ["participant_id", "name", "role", "nicknames"]
        return pd.DataFrame(rows, columns=columns, dtype="str").drop_duplicates()


def read_roster(table: str | Path | pd.DataFrame) -> Roster:
    """Read the participants table, or a filled-in people sheet, from a file or a frame.

    Raises
    ------
    TableError
        It has neither ids nor names, an id is missing, or the file cannot be read.
    """
    read = read_table(table, what="participants table")
    is_frame = isinstance(table, pd.DataFrame)
    return roster_of(read, "participants" if is_frame else Path(table).name)


def _cleaned(cell: str) -> str:
    return for_file(cell).strip()


def roster_of(sheet: Table, called: str) -> Roster:
    """Return the roster of a list that was read already; see `read_roster`."""
    heads = heads_of_list(sheet)
    is_sheet = "voice" in heads and "first_words" in heads
    rows = [
        (dict(zip(heads, map(_cleaned, row), strict=True)), line)
        for row, line in zip(sheet.rows, sheet.lines, strict=True)
    ]
    left_open = {}
    if is_sheet:
        left_open = {
            (row.get("document", "").casefold(), label_key(row["voice"])): line
            for row, line in rows
            if not _is_told(row)
        }
        rows = [(_without_guesses(row), line) for row, line in rows if _is_told(row)]
    elif not (WHO & {*heads} or says_whose_voice(heads)):
        raise TableError(
            f"{called}: the participants table lacks 'participant_id' and 'name'; "
            f"{columns_of(sheet.header)}"
        )
    people = tuple(_person(row, line) for row, line in _with_ids(rows, heads, called))
    _check_ids(people, called)
    by_key: dict[str, tuple[Person, ...]] = {}
    for person in people:
        keys = {person.key}
        if not person.documents or is_full_name(person.voice):
            keys.add(person.voice)
        for key in filter(None, keys):
            by_key[key] = (*by_key.get(key, ()), person)
    return Roster(people, called, by_key, heads, left_open)


def _check_ids(people: Sequence[Person], called: str) -> None:
    """Refuse a list in which two people have one id: their words would be one person's."""
    first: dict[str, Person] = {}
    for person in people:
        other = first.setdefault(person.participant_id, person)
        words = [set(p.key.split()) for p in (other, person)]
        if min(map(len, words)) > 1 and words[0].isdisjoint(words[1]):
            raise TableError(
                f"{called}: {person.participant_id!r} stands in lines {other.line} and "
                f"{person.line} with different names; give each person an id"
            )


def _is_told(row: Mapping[str, str]) -> bool:
    """Return whether a person wrote anything of a voice, be it no more than a no to consent."""
    if row.get("participant_id") or row.get("name") or row.get("role"):
        return True
    own = (cell for name, cell in row.items() if name not in _OF_SHEET)
    return row.get("guess", "") not in _NOBODY and any(own)


def _without_guesses(row: Mapping[str, str]) -> dict[str, str]:
    return {name: cell for name, cell in row.items() if name not in SHEET}


def _with_ids(
    rows: Sequence[tuple[dict[str, str], int]], heads: Collection[str], called: str
) -> Iterator[tuple[dict[str, str], int]]:
    """Give each row its id: its own, that of its name elsewhere, else one that is free."""
    given: dict[str, set[str]] = {}
    for row, _ in rows:
        if own := row.get("participant_id"):
            given.setdefault(_who(row), set()).add(own)
    taken = {own.casefold() for owns in given.values() for own in owns}
    ids = {who: owns.pop() for who, owns in given.items() if len(owns) == 1}
    free = (name for n in count(1) if (name := f"p{n:02d}") not in taken)
    for row, line in rows:
        if row.get("participant_id"):
            yield row, line
        elif _needs_an_id(row, heads):
            raise TableError(
                f"{called}: 'participant_id' is missing in line {line}; write one there"
            )
        else:
            who = _who(row)
            if who not in ids:
                ids[who] = next(free)
            yield {**row, "participant_id": ids[who]}, line


def _needs_an_id(row: Mapping[str, str], heads: Collection[str]) -> bool:
    """Return whether somebody who is heard lacks the id that others of the list have."""
    said = row.get("role", "")
    is_heard = not (is_facilitator(said) or _is_nobodys(said))
    return is_heard and "participant_id" in heads and "voice" not in heads


def _is_nobodys(role: str) -> bool:
    return role.casefold() in _NOBODY or is_interpreter(role)


def _who(row: Mapping[str, str]) -> str:
    """Return what makes rows the same person's: a name, a full one as voice, or the voice."""
    voice = row.get("voice", "")
    here = voice if is_full_name(voice) else f"{row.get('document')}/{voice}"
    return label_key(named_in(row) or here)


def _person(row: Mapping[str, str], line: int) -> Person:
    said, written = row.get("role", ""), named_in(row)
    nicknames = row.get("nickname", "")
    name = written or row["participant_id"]
    is_named = bool(written) and not is_generic(written) and not re.search(r"\d", name)
    parts = full_name(name, nicknames) if is_named else None
    also = [part.strip() for part in re.split(r"[;,/|]", nicknames) if part.strip()]
    return Person(
        participant_id=row["participant_id"],
        key=label_key(name),
        name=parts if parts and parts.given else None,
        role=(role_of(said) or "unknown") if said else "",
        role_said=said,
        documents=frozenset(
            cell.strip().casefold()
            for cell in _SPLIT.split(row.get("document", ""))
            if cell.strip()
        ),
        voice=label_key(row.get("voice", "")),
        line=line,
        facts={name: cell for name, cell in row.items() if cell and name not in _NAMED},
        names=(written, *also) if is_named else (),
    )


def find_person(roster: Roster, label: str, document: Collection[str]) -> Person | None:
    """Return whom the table itself calls by a label: in the document, else anywhere.

    A voice that a person has said who it is comes first. A first name or a letter of
    another document is somebody else; a full name is not, as without a table.
    """
    key = label_key(label)
    said = [p for p in roster.people if p.voice == key and p.documents & set(document)]
    if said:
        return said[0]
    called = [p for p in roster.by_key.get(key, ()) if p.takes_part]
    here = [p for p in called if p.documents & set(document)]
    anywhere = [p for p in called if not p.documents or is_full_name(key)]
    ids = {p.participant_id for p in anywhere}
    return here[0] if here else (anywhere[0] if len(ids) == 1 else None)


def told_of_list(roster: Roster) -> Iterator[dict[str, object]]:
    """Say which roles are not known, which heads may be ours by a typo, and who is told twice."""
    for person in strange_roles(roster):
        yield {
            "path": roster.called,
            "line": person.line,
            "problem": f"the role {person.role_said!r} of {person.participant_id} is not known",
            "advice": "use student, family, teacher, staff, school_leader, "
            "network_leader, community or mixed",
        }
    for head, ours in misspelt_heads(roster.heads):
        yield {
            "path": roster.called,
            "problem": f"the column {head!r} is not known, and there is no {ours!r}",
            "advice": f"if it is a typo, call it {ours}",
        }
    for first, other, name in told_otherwise(roster):
        yield {
            "path": roster.called,
            "line": other.line,
            "problem": f"line {first.line} says otherwise of {other.participant_id} under "
            f"{name!r}, and counts",
            "advice": "write the same in both lines, or give each person an id",
        }


def strange_roles(roster: Roster) -> Iterator[Person]:
    """Yield the people whose role is a word that we do not know."""
    for person in roster.people:
        if person.role_said and person.takes_part and role_of(person.role_said) is None:
            yield person


def told_otherwise(roster: Roster) -> Iterator[tuple[Person, Person, str]]:
    """Yield whom two lines tell differently: the first, the other, and in which column."""
    first: dict[tuple[str, str], tuple[Person, str]] = {}
    for person in roster.people:
        said_of = {"role": person.role_said} if person.role_said else {}
        for name, cell in {**said_of, **person.facts}.items():
            key = person.participant_id, name
            before, said = first.setdefault(key, (person, cell))
            if said.casefold() != cell.casefold():
                yield before, person, name
