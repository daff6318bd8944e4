"""A list in the folder, of whatever name, that says who consents: `Consent log.xlsx`."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from empathy_insights.corpus import how_many
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.files.results import own_table
from empathy_insights.files.table import Table, read_table
from empathy_insights.readers.consent import is_about_consent
from empathy_insights.readers.people.list_heads import WHO, heads_of_list
from empathy_insights.readers.people.roster import Roster, roster_of

_SHEETS = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})
_CALLED = re.compile(
    r"consent|assent|permission|release|participant|interviewee|people|permiso|lista|"
    r"(?<![a-z])(?:forms?|slips?|rosters?|sign[ _-]?(?:in|up)s?|list|log)(?![a-z])",
    re.IGNORECASE,
)
_KEPT = WHO | {"last_name", "nickname", "role", "document", "voice", "grade"}
_ANSWER = 4  # words of a cell, on average, in a column of answers


def consent_lists(folder: Path) -> list[tuple[Path, Roster]]:
    """Return the lists in a folder that say who consents.

    Their names say that they are a list, a log or about consent; their heads say who it is
    of and whether they consent; and no column holds answers. Of their columns those count
    that say who somebody is.
    """
    files = (
        file
        for file in sorted(folder.iterdir())
        if file.suffix.casefold() in _SHEETS and _CALLED.search(file.stem)
        if file.is_file() and not file.name.startswith((".", "~"))
        if not own_table(file)
    )
    return [(file, listed) for file in files if (listed := _listed(file)) is not None]


def with_consent_list(
    folder: Path, given: Roster | None
) -> tuple[Path | None, Roster, list[dict[str, object]]]:
    """Return the list in the folder that counts where none was given, and what to tell.

    Returns
    -------
    tuple
        The file, where one was taken; who is listed; and a row of the problems for it,
        and for each list that says no of somebody and was not taken.
    """
    found = consent_lists(folder) if folder.is_dir() else []
    told: list[dict[str, object]] = []
    taken: Path | None = None
    if given is None and len(found) == 1:
        taken, given = found.pop()
        problem, advice = _TAKEN
        told.append({"path": taken.name, "problem": problem, "advice": advice})
    for file, listed in found:
        n = len(listed.left_out)
        if n and (given is None or file.name != given.called):
            who = f"{how_many(n, 'person', 'people')} {'has' if n == 1 else 'have'}"
            problem = f"{who} no clear yes to consent in this list, which was not used"
            told.append({"path": file.name, "problem": problem, "advice": _ADVICE})
    return taken, given or Roster(), told


_TAKEN = (
    "taken for the list of people, since it says who consents",
    "call it participants.csv, or pass another list as participants",
)
_ADVICE = (
    "write it under consent in the list of people, so that these people are left out"
)


def _listed(file: Path) -> Roster | None:
    """Return who is listed in a file, where it is such a list and can be read."""
    try:
        table = read_table(file, what="list of people")
        heads = heads_of_list(table)
        consents = [is_about_consent(head) for head in table.header]
        if WHO.isdisjoint(heads) or not any(consents) or _has_answers(table, consents):
            return None
        kept = [
            n for n, head in enumerate(heads) if head.casefold() in _KEPT or consents[n]
        ]
        return roster_of(
            replace(
                table,
                header=tuple(table.header[n] for n in kept),
                rows=tuple(tuple(row[n] for n in kept) for row in table.rows),
                merged=frozenset(),
            ),
            file.name,
        )
    except EmpathyInsightsError:
        return None


def _has_answers(table: Table, consents: list[bool]) -> bool:
    """Return whether a column beside the notes has words, or asks for them."""
    for n, head in enumerate(table.header):
        n_words = [len(row[n].split()) for row in table.rows if row[n].strip()]
        is_long = bool(n_words) and sum(n_words) >= _ANSWER * len(n_words)
        is_note = re.match(r"notes?|comments?|remarks?|notas?", head, re.IGNORECASE)
        is_asked = head.rstrip().endswith("?")
        if (is_long or is_asked) and not (is_note or consents[n]):
            return True
    return False
