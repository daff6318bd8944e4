"""Notations that only a whole file can vouch for, since single lines look like words.

`Name - words`, `- Name: words` and a name alone above its words are read as turns when
nearly everything in the file is written that way, and by labels that come back. So are
names that a word processor's document sets apart by bold type alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from empathy_insights.readers.labels import is_label, label_key
from empathy_insights.readers.marks import after_gap
from empathy_insights.readers.notations import Mark, is_voice, mark_of, run_mark

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
_OF_PARAGRAPHS = 0.5
_AFTER_RUN = 90


def customary_marks(text: str, skipped: Container[int]) -> list[Mark]:
    """Return the marks of the first custom that the whole file keeps, or none."""
    for found in (_bullets(text, skipped), _dashes(text, skipped)):
        kept = _kept(found)
        if len(kept) >= _MOSTLY * max(len(found), 1) and kept:
            return kept
    return _names_alone(text, skipped)


def bold_marks(
    text: str, runs: Mapping[int, int], names: Container[str] = ()
) -> list[Mark]:
    """Return the names in bold at the heads of paragraphs, where most begin with one.

    Parameters
    ----------
    text
        The whole file.
    runs
        Line of a paragraph -> how many code points at its head are bold.
    names
        People of whom the user has told us, reduced by `label_key`.
    """
    if sum(map(bool, runs.values())) < _OF_PARAGRAPHS * max(len(runs), 1):
        return []
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    found = []
    for line, n_bold in runs.items():
        at = starts[line - 1]
        mark = run_mark(text[at : at + n_bold + _AFTER_RUN], n_bold)
        if mark is not None:
            gap = after_gap(text, at)
            found.append(replace(mark, line=line, at=at, after_gap=gap))
    kept = _kept(found)
    keys = {label_key(mark.label) for mark in kept}
    voiced = "?" in text or any(key in names or is_voice(key) for key in keys)
    return kept if voiced and len(kept) >= _OF_PARAGRAPHS * len(runs) else []


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
