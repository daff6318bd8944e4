"""The heads of a list of people: what they are called, and which of them says who it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from textwrap import shorten

from empathy_insights.files.table import PEOPLE, Table, plain_word, renamed
from empathy_insights.labels import is_full_name
from empathy_insights.roles import role_of

# What `people_sheet` adds for whoever corrects it: never facts about a person.
SHEET = ("first_words", "turns", "words", "guess", "why", "might_be")
_HEADS = {**PEOPLE, **dict.fromkeys(SHEET, "")}
# A school's own number of a student is nobody's id here, as long as another head says who.
_PERHAPS_ID = {
    "participant_id": "student_id studentid student_code student_no student_number sid stu_id "
    "clave codigo matricula folio"
}
# These say who it is where no other head does: a `Subject` may be mathematics.
_PERHAPS_NAME = {
    "name": "student respondent interviewee alumno alumna estudiante participante entrevistado "
    "entrevistada encuestado encuestada child pseudonym pseudonimo seudonimo voice subject"
}
WHO = frozenset({"participant_id", "name", "first_name"})
_CODE = re.compile(r"[A-Za-z]{0,4}[-_]?\d{1,3}[A-Za-z]?")
_MOST_TOLD = 200
_NEAR = 0.8  # of the letters


def heads_of_list(sheet: Table) -> tuple[str, ...]:
    """Return the heads of a list of people, called by our words.

    Codes that tell people apart are their ids, whatever stands above them.

    Examples
    --------
    >>> heads_of_list(Table(("Student", "Grade"), (("Ana Ruiz", "8"),), (2,)))
    ('name', 'Grade')
    >>> heads_of_list(Table(("Student", "Grade"), (("S01", "8"), ("S02", "8")), (2, 3)))
    ('participant_id', 'Grade')
    """
    heads = renamed(sheet.header, _HEADS)
    if "voice" in heads and "first_words" in heads:
        return heads
    by_head = dict(zip(heads, zip(*sheet.rows, strict=True), strict=False))
    perhaps = renamed(heads, _PERHAPS_ID)
    changed = [old for old, new in zip(heads, perhaps, strict=True) if old != new]
    if WHO.isdisjoint(heads) or all(map(_are_codes, map(by_head.get, changed))):
        heads = perhaps
    if WHO.isdisjoint(heads) and not says_whose_voice(heads):
        heads = renamed(heads, _PERHAPS_NAME)
    by_head = dict(zip(heads, zip(*sheet.rows, strict=True), strict=False))
    if any(map(role_of, by_head.get("name", ()))):  # a list without heads
        return renamed(sheet.header, _HEADS)
    if "participant_id" in heads or not _are_codes(by_head.get("name")):
        return heads
    return tuple("participant_id" if head == "name" else head for head in heads)


def says_whose_voice(heads: Sequence[str]) -> bool:
    """Return whether a list tells people by a voice and its file: `Speaker 1` of each."""
    return {"voice", "document"} <= set(heads)


def _are_codes(values: Sequence[str] | None) -> bool:
    """Return whether everybody has a code of their own, such as S01."""
    codes = [value.strip() for value in values or ()]
    are_apart = len({code.casefold() for code in codes}) == len(codes)
    return bool(codes) and are_apart and all(map(_CODE.fullmatch, codes))


def columns_of(header: Sequence[str]) -> str:
    """Say which columns there are, unless somebody stands where their heads should."""
    if any(role_of(head) or is_full_name(head) for head in header):
        return "write such heads above its first row, for instance name,role"
    return (
        f"its columns are: {shorten(', '.join(header), _MOST_TOLD, placeholder=' …')}"
    )


def misspelt_heads(heads: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the columns that nearly have a head of ours which no column has, and which.

    Examples
    --------
    >>> list(misspelt_heads(["name", "rolle"]))
    [('rolle', 'role')]
    """
    ours = _ours(heads)
    for head in heads:
        if head not in _HEADS and (
            near := get_close_matches(plain_word(head), ours, 1, _NEAR)
        ):
            yield head, ours[near[0]]


def _ours(heads: Sequence[str]) -> Mapping[str, str]:
    return {
        word: head
        for head, words in PEOPLE.items()
        if head not in heads
        for word in (head, *words.split())
    }
