"""Columns that describe people, and are called like a column of our own tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from empathy_insights.readers.model import Document
from empathy_insights.readers.roster import Roster
from empathy_insights.tables import TAKEN

Row = Mapping[str, object]


def called_apart(rows: Sequence[Row]) -> list[dict[str, object]]:
    """Call what is known of people by names that no other table has.

    Examples
    --------
    >>> called_apart([{"participant_id": "p1", "status": "EL"}])
    [{'participant_id': 'p1', 'their_status': 'EL'}]
    """
    present = {name for row in rows for name in row}
    names = {name: _other(name, present) for name in present & TAKEN}
    return [{names.get(name, name): row[name] for name in row} for row in rows]


def _other(name: str, present: set[str]) -> str:
    other = f"their_{name}"
    return _other(other, present) if other in present else other


def say_renamed(
    documents: Sequence[Document], roster: Roster
) -> Iterator[dict[str, object]]:
    """Say of each file which of its columns have another name in the corpus."""
    told = {roster.called: {name for person in roster.people for name in person.facts}}
    for document in documents:
        facts = document.transcript.people.values()
        told.setdefault(document.path, set()).update(*facts)
    present = set().union(*told.values())
    for path, names in told.items():
        pairs = [
            f"{name!r} is called {_other(name, present)!r}"
            for name in sorted(names & TAKEN)
        ]
        if pairs:
            yield {
                "path": path,
                "problem": f"{', '.join(pairs)} here, since other tables have a column "
                "of that name",
                "advice": "use the new name to group people by it",
            }
