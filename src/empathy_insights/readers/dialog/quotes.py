"""Notes of what was said in quotation marks, with the speaker before or behind the words."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace

from empathy_insights.labels import is_label, is_unknown, label_key
from empathy_insights.readers.dialog.notations import Mark
from empathy_insights.readers.dialog.speaker_marks import after_gap
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


# `Linh said, "So."`: words that somebody else wrote down, with what they noted between.

SAID = "quote"
_LED = re.compile(
    r"^[ \t]*(?P<who>[^\W\d_][\w.'’-]*)(?P<more>[^\"“”«»\n]{0,60}?)"
    r"[ \t]{0,3}[:,–—-]?[ \t]{0,3}(?P<quote>[\"“«])(?=[^\n]+[\"”»][.,]?[ \t]*$)",
    re.MULTILINE,
)
_FILLED = re.compile(r"\S")
_CLOSED = re.compile(r"[\"”»][.,]?[ \t]*(?:\n|\Z)")
_WRITER = frozenset({"me", "i"})
_INITIAL = re.compile(r"[ \t]*[A-Z]\.?[ \t]*[:–—-]")


def is_quoted(mark: Mark, text: str) -> bool:
    """Return whether the words of a mark begin with a quotation mark."""
    at = mark.at + mark.words_at
    return text.startswith(_OPENING, at)


def quoted_marks(
    marks: Sequence[Mark], text: str, skipped: Container[int]
) -> list[Mark]:
    r"""Return the marks of notes in which all that is said stands in quotation marks.

    There `me: "So?"`, `J. – "So."` and `Linh said, "So."` are marks, too, where Linh is
    marked elsewhere; the words are what is quoted. Other marks are returned as they are.
    """
    if len(marks) < _FEWEST or not all(is_quoted(mark, text) for mark in marks):
        return list(marks)
    known = {label_key(mark.label) for mark in marks}
    found = {mark.at: mark for mark in _led(text, known, skipped)}
    found |= {mark.at: mark for mark in marks}
    return [
        replace(found[at], notation=SAID, words_at=found[at].words_at + 1)
        for at in sorted(found)
    ]


def _led(text: str, known: Container[str], skipped: Container[int]) -> Iterator[Mark]:
    for match in _LED.finditer(text):
        label, at = match["who"].rstrip("."), match.start()
        is_known = label_key(label) in known or _INITIAL.match(match[0])
        is_writer = label.casefold() in _WRITER and not match["more"].strip(" :")
        if at not in skipped and (is_known or is_writer):
            line = text.count("\n", 0, at) + 1
            words_at = match.start("quote") - at
            yield Mark(
                label,
                "colon",
                words_at,
                line=line,
                at=at,
                after_gap=after_gap(text, at),
            )


def after_quotes(marks: Sequence[Mark], text: str) -> set[int]:
    """Return where what was noted begins, below words whose quotation marks are closed.

    Only where most of what is said stands in quotation marks.
    """
    are_quoted = [mark.notation == SAID or is_quoted(mark, text) for mark in marks]
    n_quoted = sum(are_quoted)
    if n_quoted < _FEWEST or 2 * n_quoted <= len(marks):
        return set()
    ends = [*(mark.at for mark in marks), len(text)][1:]
    found = set()
    for mark, end, quoted in zip(marks, ends, are_quoted, strict=True):
        at = mark.at + mark.words_at
        while quoted and (closed := _CLOSED.search(text, at, end)):
            at = _skipped(text, closed.end(), end)
            if not text.startswith(_OPENING, at):
                found |= {at} if at < end else set()
                break
    return found


def _skipped(text: str, at: int, end: int) -> int:
    """Return where the next words begin."""
    found = _FILLED.search(text, at, end)
    return found.start() if found else end


def unquoted(said: str) -> str:
    """Return words without the quotation mark that closes them."""
    return re.sub(r"[\"”»][.,]?$", "", said)
