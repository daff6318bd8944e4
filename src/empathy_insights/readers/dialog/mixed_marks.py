"""Voices that some lines mark with another sign than the others, as notes by hand do.

`MK: words`, `JB - words`, `- DW: words` and `DW nods. MK: words` stand side by side. Whoever
has a name may be in somebody's list of friends; a part with a number, initials, and who is
listed at the head are no such.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from empathy_insights.labels import label_key
from empathy_insights.readers.dialog.conventions import (
    FILLED,
    PARAGRAPH,
    bullet_marks,
    dash_marks,
    label_in,
    mark_at,
    placed,
)
from empathy_insights.readers.dialog.notations import Mark
from empathy_insights.readers.people.clues import listed_there

_LETTERS = re.compile(r"[A-ZÀ-Þ]{2,3}|(?:[A-ZÀ-Þ]\.){2,3}")
_BULLETED = re.compile(
    r"^[ \t]*[-+*•–][ \t]+(?P<head>[^\W\d_][^\n:–—-]{0,40}?)[ \t]+[-–—][ \t]+(?=\S)",
    re.MULTILINE,
)
_INSIDE = re.compile(
    r"(?<=[.!?…\"”])[ \t]+(?P<head>[^\W\d_][^\n:.?!\"“”]{0,40}):[ \t]+(?=\S)"
)
_BULLET = re.compile(r"^[ \t]*[-+*•–][ \t]+", re.MULTILINE)
_TOLD = re.compile(
    r"^[ \t]*(?:[-+*•–][ \t]+)?(?P<head>[A-ZÀ-Þ]{2,3})[ ](?=[a-z])", re.MULTILINE
)
_OTHER = frozenset({"dash", "bullet"})
_FEWEST, _FEWEST_BLOCKS = 3, 2


def mixed_marks(
    marks: Sequence[Mark], text: str, skipped: Container[int]
) -> list[Mark]:
    """Return the lines that mark a voice with another sign than the marks of a file.

    Parameters
    ----------
    marks
        The marks that are known.
    text
        The whole file.
    skipped
        Where lines begin that are headings or the like.
    """
    known = _known(marks, text)
    if not known:
        return []
    places = {mark.at for mark in marks}
    found = [
        *dash_marks(text, skipped),
        *bullet_marks(text, skipped),
        *_matched(_BULLETED, text, skipped),
    ]
    kept = {m.at: m for m in found if label_key(m.label) in known}
    voices = {label_key(mark.label) for mark in kept.values()}
    if not kept or (not marks and (len(kept) < _FEWEST or len(voices) < len("ab"))):
        return []
    kept |= {m.at: m for m in _inside(text, known)}
    return [mark for at, mark in sorted(kept.items()) if at not in places]


def _known(marks: Sequence[Mark], text: str) -> set[str]:
    """Return the keys of those of whom no list in somebody's words is: coded, or listed."""
    labels = [mark.label for mark in marks if mark.notation in ("colon", "bold")]
    coded = {label for label in labels if label[-1].isdecimal() or is_initials(label)}
    return set(map(label_key, {*coded, *listed_there(text)}))


def is_initials(label: str) -> bool:
    """Return whether a label is two or three capital letters."""
    return _LETTERS.fullmatch(label) is not None


def _matched(
    pattern: re.Pattern[str], text: str, skipped: Container[int]
) -> Iterator[Mark]:
    for found in pattern.finditer(text):
        if found.start() not in skipped:
            yield mark_at(found, "dash", text)


def _inside(text: str, known: Container[str]) -> Iterator[Mark]:
    """Yield marks within lines, behind the end of a sentence."""
    for found in _INSIDE.finditer(text):
        label = label_in(found)
        if label_key(label) in known:
            words_at = found.end() - found.start()
            yield replace(
                placed(Mark(label, "colon", words_at), text, found.start()),
                after_gap=False,
            )


def told_lines(
    marks: Sequence[Mark], text: str, special: Mapping[int, str]
) -> set[int]:
    """Return where lines begin in which whoever takes notes tells of those who speak.

    `DW nods. MK: …` begins with what DW does; a bullet beside those of people is nobody's
    without a mark, and so is a paragraph at the end, below others of a line a voice.
    """
    places = {mark.at for mark in marks}
    told: set[int] = set()
    if any(mark.notation in _OTHER for mark in marks):
        voices = {mark.label for mark in marks if is_initials(mark.label)}
        lines = (m for m in _TOLD.finditer(text) if m["head"] in voices)
        told = {line.start() for line in lines} | set(_bullets_beside(text, places))
        told -= places
    return told | _last_block(text, places | told, special)


def _bullets_beside(text: str, places: Container[int]) -> Iterator[int]:
    """Yield the bullets without a mark below one with a mark, as far in as it."""
    above = ""
    for line in FILLED.finditer(text):
        found = _BULLET.match(text, line.start())
        if found is None:
            above = ""
        elif line.start() in places:
            above = found[0]
        elif found[0] == above:
            yield line.start()


def _last_block(text: str, marked: Container[int], special: Container[int]) -> set[int]:
    """Return where the last paragraph begins, if it alone has lines of nobody."""
    *blocks, last = [
        [block.start() + line.start() for line in FILLED.finditer(block[0])]
        for block in PARAGRAPH.finditer(text)
        if not listed_there(block[0])
    ] or [[0]]
    said = [block for block in blocks if any(at in marked for at in block)]
    is_kept = all(at in marked or at in special for block in said for at in block)
    several = [b for b in said if sum(at in marked for at in b) > 1]
    are_blocks = len(several) >= max(_FEWEST_BLOCKS, len(said) / 2)
    is_last = last[0] not in marked and last[0] not in special
    return {last[0]} if is_kept and are_blocks and is_last else set()
