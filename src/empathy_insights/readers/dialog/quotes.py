"""Notes of what was said, with the speaker behind the words: `"So." – Ana, 7th`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from empathy_insights.labels import is_label, is_unknown
from empathy_insights.readers.transcript import Turn
from empathy_insights.roles import role_in

_QUOTED = re.compile(
    r"[\"“«](?P<said>[^\n]+?(?:\n(?!\s*\n)[^\n]+?)*)[\"”»][.,]?\s*(?:[-–—~―]+\s*|\()"
    r"(?P<who>[^\"“”«»\n()]{1,50}?)(?:\s*\((?P<more>[^()\n]{1,30})\))?\)?[ \t]*$"
)
_HINT = re.compile(
    r"[\"”»][.,]?[ \t]*(?:[-–—~―]+[ \t]*|\()\w[^\n]{0,60}$", re.MULTILINE
)
_OPENING = ('"', "“", "«")
_FEWEST = 3
_TITLE = re.compile(r"\b(?:mrs?|ms|dr|jr|sr|[a-z])\.$", re.IGNORECASE)


def has_quotes(text: str) -> bool:
    """Return whether some lines may end in who said what is quoted in them."""
    return len(_HINT.findall(text)) >= _FEWEST


def said_by(text: str, passages: Sequence[Turn]) -> tuple[Turn, ...]:
    """Give quoted passages to whom the words behind them name, or return an empty tuple.

    Most of what stands in quotation marks must be told so.
    """
    begun = [p for p in passages if text[p.start : p.end].startswith(_OPENING)]
    told = {p: turn for p in begun if (turn := _told(text, p)) is not None}
    if len(told) < _FEWEST or 2 * len(told) < len(begun):
        return ()
    return tuple(told.get(passage, passage) for passage in passages)


def _told(text: str, passage: Turn) -> Turn | None:
    found = _QUOTED.fullmatch(text[passage.start : passage.end])
    label = _label(found["who"].strip(), found["more"] or "") if found else ""
    # Who is called as a word of the notes may as well be where something happens.
    if found is None or not label or f" {label} ".lower() in text:
        return None
    start, end = found.span("said")
    return replace(
        passage, speaker=label, start=passage.start + start, end=passage.start + end
    )


def _label(who: str, more: str) -> str:
    """Return `Ana (7th)` for `Ana, 7th`, and nothing for words that name nobody."""
    who = who if _TITLE.search(who) else who.rstrip(". ")
    name, comma, rest = who.partition(",")
    if not (is_label(name) or is_unknown(name) or role_in(name)):
        return ""
    what = more or rest.strip() if comma or more else ""
    return f"{name} ({what})" if what else name
