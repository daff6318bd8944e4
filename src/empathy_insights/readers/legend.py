"""Lists at the head of a file that say who is behind a letter and who asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from empathy_insights.readers.labels import base_key, is_generic
from empathy_insights.readers.lexicon import ASKERS, fold, is_part, says_asker

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
    """Tell a title, a part, a letter or a name from words that are said."""
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
    return [found[at] for at in sorted(found)]


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
