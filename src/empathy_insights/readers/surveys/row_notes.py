"""Tables of notes, a row a note: which column was said, and which says only a role."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from empathy_insights.files.table import Table
from empathy_insights.lexicon import (
    ANSWER,
    NOTED,
    PERSON,
    QUESTION,
    SPEAKER,
    TRANSLATED,
    WORDS,
    fold_head,
    place_of,
    says_asker,
)
from empathy_insights.readers.surveys.no_answers import lists_items
from empathy_insights.roles import is_facilitator, role_of

_NOTES = (
    *NOTED,
    "sticky note",
    "sticky",
    "sticky notes",
    "post it",
    "nota",
    "original",
)
_HUNG = ("chart", "chart paper", "poster", "station", "cartel", "estación")
_ENGLISH = re.compile(r"english|ingl[eé]s", re.IGNORECASE)
_OF_A_NAME = re.compile(r"['’,.]|\s[A-ZÀ-Þ]")
_PROSE, _OF_WHAT_WAS_SAID = 3, 0.5  # words of a cell; of the words of the original
_ARE_ROLES = 0.75


def are_roles(values: Sequence[str]) -> bool:
    """Return whether cells say only what people are, some the same, and nobody asks.

    Examples
    --------
    >>> are_roles(["mom", "Dad", "mom"]), are_roles(["Parent 1", "Parent 2", "Parent 1"])
    (True, False)
    """
    filled = [value.strip().casefold() for value in values if value.strip()]
    if any(says_asker(value) or is_facilitator(value) for value in filled):
        return False
    known = sum(_is_role(value.strip()) for value in values)
    return len(set(filled)) < len(filled) and known >= _ARE_ROLES * len(filled)


def _is_role(said: str) -> bool:
    """Return whether a role stands there and no name, as in `Joe's dad` and `Ruiz, nurse`."""
    is_name = _OF_A_NAME.search(said) is not None
    return role_of(said) is not None and not is_name


def noted_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[int, int] | None:
    """Return which columns are what was asked and what was noted, if the heads say so.

    What was noted is the only prose: where others are, they are people's answers.

    Examples
    --------
    >>> noted_columns(["Who", "Question", "Note"], [["mom", "What is hard?", "Only the bus"]])
    (1, 2)
    >>> noted_columns(["Question", "Ana", "Note"], [["What is hard?", "It is loud", "fast"]])
    """
    heads = list(map(fold_head, header))
    asked = place_of(heads, [head for head in (*QUESTION, *_HUNG) if head != "item"])
    others = [n for n in range(len(heads)) if n != asked]
    if asked is None or len(others) == 1 or lists_items(header):
        return None
    sizes = {n: _size([row[n] for row in rows if n < len(row)]) for n in others}
    noted = max(others, key=lambda n: sizes[n])
    is_beside = place_of(heads, (*SPEAKER, *PERSON)) is not None
    is_known = heads[noted] in _NOTES or (is_beside and sizes[noted] >= _PROSE)
    is_only = all(sizes[n] < min(_PROSE, sizes[noted]) for n in others if n != noted)
    return (asked, noted) if is_known and is_only else None


def _size(cells: Sequence[str]) -> float:
    filled = [len(cell.split()) for cell in cells if cell.strip()]
    return sum(filled) / max(len(filled), 1)


def in_translation(sheet: Table) -> Table:
    """Take a translation for what was said where it is filled; it says what they said."""
    heads = list(map(fold_head, sheet.header))
    at = place_of(heads, TRANSLATED)
    if at is None:
        return sheet
    into_english = WORDS if _ENGLISH.search(sheet.header[at]) else ()
    wanted = [head for head in (*_NOTES[::-1], *ANSWER, *into_english) if head in heads]
    said = place_of(heads, wanted)
    if said is None or not _translates(sheet, at, said):
        is_talk = place_of(heads, SPEAKER) is not None
        is_said = place_of(heads, (*WORDS, *ANSWER)) is not None
        return _called(sheet, at, WORDS[0]) if is_talk and not is_said else sheet
    rows = []
    for row in sheet.rows:
        cells = list(row)
        cells[said], cells[at] = row[at] if row[at].strip() else row[said], ""
        rows.append(tuple(cells))
    sheet = replace(sheet, rows=tuple(rows))
    return _called(sheet, said, _head_of(sheet, said))


def _translates(sheet: Table, at: int, said: int) -> bool:
    """Return whether a column says the same as another: about as much, where it is filled."""
    both = [(row[at], row[said]) for row in sheet.rows if row[at].strip()]
    n_said = sum(len(said.split()) for _, said in both)
    return sum(len(told.split()) for told, _ in both) >= _OF_WHAT_WAS_SAID * n_said


def _head_of(sheet: Table, said: int) -> str:
    """Return a head for what was said that tells a talk from answers to questions."""
    heads = list(map(fold_head, sheet.header))
    speaker = place_of(heads, SPEAKER)
    if heads[said] != "original":
        return sheet.header[said]
    asks = speaker is not None and any(says_asker(row[speaker]) for row in sheet.rows)
    is_asked = place_of(heads, QUESTION) is not None and not asks
    return ANSWER[0] if is_asked else WORDS[0]


def _called(sheet: Table, place: int, head: str) -> Table:
    header = (*sheet.header[:place], head, *sheet.header[place + 1 :])
    return replace(sheet, header=header)
