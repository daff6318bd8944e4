"""Lists at the head of a file that say who is behind a letter and who asks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from empathy_insights.labels import ASKS, base_key, is_generic
from empathy_insights.lexicon import ASKERS, fold, is_part, says_asker
from empathy_insights.roles import takes_notes

_CODE = r"(?:[^\W\d_]{1,3}\d{0,2})"
_PATTERNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # `ROSA QUIROGA, MODERATOR (P)`, `Moderator (P): Rosa Quiroga`
        rf"(?P<who>[^()=:;\n]{{2,60}})\((?P<code>{_CODE})\)(?P<more>[^()=;\n]{{0,60}})",
        # `P (moderator), M (Maria)`
        rf"(?<!\w)(?P<code>{_CODE})[ \t]*\((?P<who>[^()\n]{{2,60}})\)(?P<more>)",
        # `P = moderator, M = Maria`, `P: Rosa Quiroga, moderator`
        rf"(?:^|[,;])\W*(?P<code>{_CODE})[*_ \t]*[=:–—-][*_ \t]*"
        rf"(?P<who>[^=;\n]{{2,60}}?)(?P<more>)(?=$|;|,[ \t]*{_CODE}[ \t]*[=:–—-])",
        # `Moderator: P`
        rf"^\W*(?P<who>[^()=:;\n]{{2,60}}?)[*_ \t]*[=:–—][*_ \t]*(?P<code>{_CODE})(?P<more>)\W*$",
        # `Moderator: Rosa Quiroga`, `Rosa Quiroga, moderator`
        r"^\W*(?P<code>)(?P<who>[^()=:;,\n]{2,40})[:=,(–—][*_ \t]*(?P<more>[^()=:;\n]{2,60})\W*$",
    )
)
_NAME = (
    r"(?:(?:Mrs?|Ms|Dr|Sra?|Srta|Prof)\.[ ])?[A-ZÀ-Þ][\w'’-]*"
    r"(?:[ ](?:[A-ZÀ-Þ]\.|[A-ZÀ-Þ][\w'’-]*|de|del|la|van|von)){0,4}"
)
_WITH = rf"{_NAME}(?:[ ]?\([^()\n]*\))?"
_NAMES = (
    rf"(?P<names>{_WITH}(?:(?:,?[ ](?:and|y|&)[ ]|[,/][ ]?){_WITH})*)(?![^,;.|\n]*:)"
)
_BY = (
    r"(?:(?:(?:co-?)?(?:facilitated|moderated|hosted|led)|conducted|interviewed|observed|"
    r"recorded|interview|notes(?: taken)?) by|entrevist[óo]|(?:facilit|moder|anot)(?:a|[óo])|conduce|"
    r"(?:entrevista(?:d[oa])?|moderad[oa]|facilitad[oa]|realizad[oa]|conducid[oa]|notas) por)"
)
_IS_BY = re.compile(_BY, re.IGNORECASE)
# `Moderators: Tomas, Anneke`, `Facilitated by Tomas Weber`, `Present: Tomas (facilitator)`.
_LEADING = (
    re.compile(
        r"(?:^|[.;|,\t])[ \t*_#-]*(?P<key>[^\W\d][^:.;|,()\n]{1,40}?)"
        r"(?:[ ]\(\d\))?(?:[*_ \t]*:|[ \t][-–—|][ \t])[*_ \t]*"
        rf"{_NAMES}",
        re.MULTILINE,
    ),
    re.compile(rf"\b(?P<key>(?i:{_BY}))[*_ \t]*:?[*_ \t]*{_NAMES}"),
    re.compile(rf"(?P<names>{_NAME})[ ]?\((?P<key>[^()\n]{{2,40}})\)"),
)
_BETWEEN = re.compile(r"[,/&]|\band\b|\by\b")
_WITHIN = re.compile(r"[ ]?\([^()\n]*\)")
_CUT = re.compile(r"[,:=()/|–—]|\s-\s|[*_]")
_CODED = re.compile(_CODE)
_LONGEST = 5000
_FIRST = 4
_MOST_LINES = 40


def list_end(lines: Sequence[str]) -> int:
    """Return the last line of a paragraph near the top that lists people, or 0.

    Its lines look like turns (`Moderator: Ida Holm`), but nothing in them is said.
    """
    first, n_paragraphs = 0, 0
    for number, line in enumerate(lines[:_MOST_LINES]):
        if line.strip():
            continue
        paragraph = [line for line in lines[first:number] if line.strip()]
        if paragraph and _lists_people(paragraph):
            return number
        n_paragraphs += bool(paragraph)
        if n_paragraphs == _FIRST:
            return 0
        first = number + 1
    return 0


def _lists_people(paragraph: Sequence[str]) -> bool:
    cut = [[p.strip() for p in _CUT.split(line) if p.strip()] for line in paragraph]
    if len(cut[0]) == 1:
        cut = cut[1:]
    pieces = [piece for line in cut for piece in line]
    named = any(" " in piece or _CODED.fullmatch(piece) for piece in pieces)
    return (
        bool(pieces)
        and all(len(line) > 1 for line in cut)
        and named
        and any(says_asker(piece) for piece in pieces)
        and all(map(_is_somebody, pieces))
    )


def _is_somebody(piece: str) -> bool:
    """Return whether this is a title, a part, a letter or a name, no words that are said."""
    if says_asker(piece) or is_generic(piece):
        return True
    words = piece.split()
    return len(words) <= _FIRST and all(
        word[0].isupper() and word[-1] not in "?!…" for word in words
    )


@dataclass(frozen=True, slots=True)
class Declared:
    """Hold what the head of a file says about one voice.

    Parameters
    ----------
    keys
        What the voice may be called: a letter, a name, a part of it, its initials.
    asks
        Whether it is said to lead the talk.
    """

    keys: frozenset[str]
    asks: bool


def declared(head: str) -> list[Declared]:
    r"""Return the voices that the text before the first turn declares.

    Examples
    --------
    >>> [d.asks for d in declared("Ida Holm, moderator (P)\nOla Berg (M)\n\n")]
    [True, False]
    """
    found: dict[tuple[int, int], Declared] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(head[:_LONGEST]):
            at = match.span()
            taken = any(a < at[1] and at[0] < b for a, b in found)
            entry = None if taken else _entry(match)
            if entry is not None:
                found[at] = entry
    return [*(found[at] for at in sorted(found)), *_leading(head[:_LONGEST])]


def _leading(head: str) -> Iterator[Declared]:
    """Yield each of those who are said to lead the talk, or to take notes in it."""
    for pattern in _LEADING:
        for match in pattern.finditer(head):
            if leads(match["key"]):
                names = _BETWEEN.split(_WITHIN.sub("", match["names"]))
                yield from (Declared(frozenset(_called(n)), asks=True) for n in names)


def leads(key: str) -> bool:
    """Return whether the key of a fact is that of those who ask, or take notes.

    Examples
    --------
    >>> leads("Co-moderators"), leads("Facilitated by"), leads("Interviewer / interviewee")
    (True, True, False)
    """
    parts = [part.strip() for part in _BETWEEN.split(key)]
    return _IS_BY.fullmatch(key.strip()) is not None or all(
        says_asker(part) or takes_notes(part) for part in parts
    )


def is_of_the_talk(told: Sequence[tuple[str, str]], below: Sequence[str]) -> bool:
    """Return whether a name at the head is of a talk: what stands below it tells.

    Whoever is said to lead speaks there by name, and not by that key; or whoever is named
    is asked at once, `Interviewer: Hollis` above `What is hard?`, and no line is theirs.
    """
    said = (said for key, said in told if leads(key) and not begins(below, key))
    names = (
        name for names in said for name in re.split(r"[,;&/]|\b(?:and|y)\b", names)
    )
    first = (name.split()[0].casefold() for name in names if name.strip())
    following = next(filter(str.strip, below), "")
    is_asked = ASKS.search(following) is not None and ":" not in following
    is_asked = is_asked and not any(begins(below, key) for key, _ in told)
    return is_asked or any(begins(below, name) for name in first)


def begins(lines: Iterable[str], key: str) -> bool:
    """Return whether a line begins with this key."""
    return any(line.casefold().startswith(f"{key}:") for line in lines)


def _entry(match: re.Match[str]) -> Declared | None:
    parts = [part.strip() for part in _CUT.split(f"{match['who']},{match['more']}")]
    parts = [part for part in parts if part]
    asks = any(says_asker(part) for part in parts)
    if not match["code"] and not asks:
        return None
    names = [part for part in parts if not (fold(part) in ASKERS or is_part(part))]
    keys = {fold(match["code"])} if match["code"] else set()
    if names and (asks or match["code"]):
        keys |= set(_called(names[0]))
    return Declared(frozenset(keys), asks) if keys else None


def _called(name: str) -> Iterator[str]:
    """Yield the ways in which transcripts shorten a name."""
    words = fold(name).split()
    yield " ".join(words)
    if len(words) > 1:
        yield words[0]
        yield words[-1]
        yield f"{words[0]} {words[-1][0]}"
        yield "".join(word[0] for word in words)


def declared_as(labels: Sequence[str], head: str) -> tuple[list[str], list[str]]:
    """Part the labels that a head declares into those who ask and those who answer."""
    entries = declared(head)
    asking, answering = [], []
    for label in labels:
        key = fold(base_key(label))
        said = [entry for entry in entries if key in entry.keys]
        if any(entry.asks for entry in said):
            asking.append(label)
        elif said:
            answering.append(label)
    return asking, answering
