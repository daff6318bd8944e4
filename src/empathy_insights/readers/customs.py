"""Notations that only a whole file can vouch for, since single lines look like words.

`Name - words`, `- Name: words` and a name alone above its words are read as turns when
nearly everything in the file is written that way, and by labels that come back.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace

from empathy_insights.readers.labels import is_label, label_key
from empathy_insights.readers.marks import after_gap
from empathy_insights.readers.notations import Mark, is_voice, mark_of

_BULLET = re.compile(
    r"^[ \t]*[-+*•–][ \t]+(?=[^\n:：]{1,90}[:：])[^\n]{1,400}", re.MULTILINE
)
_SIGN = re.compile(r"[ \t]*[-+*•–][ \t]+")
_DASH = re.compile(
    r"^[ \t]*(?P<head>[^\W\d_](?:[^\n:–—-]|(?<=\w)-(?=\w)){0,62}+)"
    r"(?:(?<=[ \t])[-–—](?=[ \t]|$)|[-–—](?=[ \t]*$)|[–—](?=[ \t]))[ \t]*",
    re.MULTILINE,
)
_ALONE = re.compile(
    r"^[ \t]*(?P<b>\*{0,3})(?P<head>[^\W\d_][^\n:：.,;!?*-]{0,62}+)(?P=b)[ \t]*\n(?=[ \t]*\n*[^\n]*\S)",
    re.MULTILINE,
)
_PARAGRAPH = re.compile(r"(?:^[^\n]*\S[^\n]*\n?)+", re.MULTILINE)
_FILLED = re.compile(r"^[^\n]*\S", re.MULTILINE)
_SAID = frozenset(
    [
        "yes",
        "no",
        "yeah",
        "okay",
        "right",
        "exactly",
        "sure",
        "thanks",
        "well",
        "true",
        "good",
    ]
)
_FEWEST = 3
_MOSTLY = 0.6
_OF_LINES = 0.25


def customary_marks(text: str, skipped: Container[int]) -> list[Mark]:
    """Return the marks of the first custom that the whole file keeps, or none."""
    for found in (_bullets(text, skipped), _dashes(text, skipped)):
        kept = _kept(found)
        if len(kept) >= _MOSTLY * max(len(found), 1) and kept:
            return kept
    return _names_alone(text, skipped)


def _kept(marks: Sequence[Mark]) -> list[Mark]:
    """Keep the labels that come back, when at least two voices do."""
    counts = Counter(label_key(mark.label) for mark in marks)
    back = {key for key, n in counts.items() if n > 1}
    voices = {key for key in counts if is_voice(key)}
    kept = [mark for mark in marks if label_key(mark.label) in back | voices]
    keys = {label_key(mark.label) for mark in kept}
    return kept if back and len(keys) > 1 and len(kept) >= _FEWEST else []


def _bullets(text: str, skipped: Container[int]) -> list[Mark]:
    found = []
    for candidate in _BULLET.finditer(text):
        sign = _SIGN.match(candidate[0])
        at = sign.end() if sign else 0
        mark = mark_of(candidate[0][at:])
        if mark is not None and candidate.start() not in skipped:
            words_at = mark.words_at + at
            mark = replace(mark, notation="bullet", words_at=words_at)
            found.append(_placed(mark, text, candidate.start()))
    return found


def _dashes(text: str, skipped: Container[int]) -> list[Mark]:
    return [
        _placed(
            Mark(found["head"].strip(), "dash", found.end() - found.start()),
            text,
            found.start(),
        )
        for found in _DASH.finditer(text)
        if found.start() not in skipped and is_label(found["head"].strip())
    ]


def _names_alone(text: str, skipped: Container[int]) -> list[Mark]:
    found = [
        _placed(
            Mark(match["head"].strip(), "alone", match.end() - match.start()),
            text,
            match.start(),
        )
        for match in _ALONE.finditer(text)
        if match.start() not in skipped and _could_stand_alone(match["head"].strip())
    ]
    kept = _kept(found)
    if not kept:
        return []
    spaced = [mark for mark in kept if mark.after_gap]
    if len(spaced) == len(kept):
        return kept if len(kept) >= _MOSTLY * _n(_PARAGRAPH, text) / 2 else []
    return kept if len(kept) >= _OF_LINES * _n(_FILLED, text) else []


def _could_stand_alone(label: str) -> bool:
    return is_label(label) and label_key(label) not in _SAID


def _n(pattern: re.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _placed(mark: Mark, text: str, start: int) -> Mark:
    line = text.count("\n", 0, start) + 1
    return replace(mark, line=line, at=start, after_gap=after_gap(text, start))
