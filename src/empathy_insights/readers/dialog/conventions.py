"""Notations that only a whole file can vouch for, since single lines look like words.

`Name - words`, `P=words`, `- Name: words`, `12. Name: words`, columns and a name alone
or as a heading above its words are read as turns when nearly everything in the file is
written that way, and by labels that come back. So are names that a word processor's
document sets apart by bold type alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from empathy_insights.labels import (
    is_generic,
    is_label,
    is_perhaps_a_label,
    label_key,
)
from empathy_insights.readers.dialog.columns import column_marks
from empathy_insights.readers.dialog.notations import Mark, is_voice, mark_of, run_mark
from empathy_insights.readers.dialog.speaker_marks import after_gap, is_only_a_name
from empathy_insights.readers.dialog.stamps import STAMP, times_of
from empathy_insights.roles import role_from_label, role_in

_LIST = (
    r"[ \t]*(?:[-+*•–>»]{1,3}[ \t]*|[\[(]?\d{1,5}(?:[\])]?[ \t]*[.:|)]?[ \t]+|[.)]))"
)
_BULLET = re.compile(
    rf"^(?={_LIST}(?=[^\n:：]{{1,90}}[:：]))[^\n]{{1,400}}", re.MULTILINE
)
_SIGN = re.compile(_LIST)
_BEFORE = rf"^[ \t]*(?:{STAMP}[ \t]*(?:[-–|][ \t]*)?)?"
_DASH = re.compile(
    _BEFORE + r"\*{0,3}(?P<head>[^\W\d_](?:[^\n:–—-]|(?<=\w)-(?=\w)){0,62}+)"
    r"(?:(?<=[ \t])[-–—](?=[ \t]|$)|[-–—](?=[ \t]*$)|[–—](?=[ \t]))[ \t]*",
    re.MULTILINE,
)
# A code may stand right before a hyphen; other labels only before rarer signs.
_SIGNED = re.compile(
    _BEFORE + r"(?P<head>[^\W\d_](?:[\w'’.]|[ ](?=\w)){0,30}?)"
    r"[ \t]?(?P<sign>=|[-–—]|:|;|/|\||~|→|»|[-=]?>{1,2}|\)|\.)[ \t]*(?=\S)",
    re.MULTILINE,
)
_CODE = re.compile(r"[A-ZÀ-Þ]{1,4}\d{0,3}")
_NUMBERED = re.compile(
    _BEFORE + r"(?P<head>#\d{1,2}|(?!Q)[A-Z]{1,2}\d{1,2})"
    r"(?:[ \t]*[-–—:.)][ \t]+|[ \t]+)(?=\S)",
    re.MULTILINE,
)
_WEAK = frozenset("-–—).")
_HEADED = re.compile(
    rf"(?:#{{1,6}}[ \t]+)?(?P<b>[*_]{{0,3}})(?:{STAMP}[ \t]*)?(?P<head>[^\n]{{1,90}}?):?(?P=b)[ \t]*:?[ \t]*$",
    re.MULTILINE,
)
_TITLES = r"(?:(?:mrs?|ms|dr|prof|sra?|srta|st)\.[ ])?"
_ALONE = re.compile(
    rf"^[ \t]*(?P<b>\*{{0,3}})(?P<head>(?i:{_TITLES})[^\W\d_][^\n:：.,;!?*-]{{0,62}}+(?:,[ ][^\n:：.,;!?*]{{1,30}})?)(?P=b)[ \t]*\n(?=[ \t]*\n*[^\n]*\S)",
    re.MULTILINE,
)
PARAGRAPH = re.compile(r"(?:^[^\n]*\S[^\n]*\n?)+", re.MULTILINE)
FILLED = re.compile(r"^[^\n]*\S", re.MULTILINE)
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
_NEARLY_ALL, _SMALL_MOSTLY, _FEW_WORDS = 0.9, 0.75, 2
HEADING = "heading"


def customary_marks(text: str, special: Mapping[int, str]) -> list[Mark]:
    """Return the marks of the first custom that the whole file keeps, or none.

    Parameters
    ----------
    text
        The whole file.
    special
        Where lines begin that are headings or the like, and which they are.
    """
    for found in (bullet_marks(text, special), dash_marks(text, special)):
        kept = _kept(found, text)
        if len(kept) >= _MOSTLY * max(len(found), 1) and kept:
            return kept
    customs = (_headings, column_marks, _signed, _names_alone, _codes)
    return next(filter(None, (custom(text, special) for custom in customs)), [])


def with_customs(
    customs: Sequence[Mark], others: Sequence[Mark], text: str
) -> list[Mark]:
    """Add the marks with a colon of people who are marked by a custom, or come back.

    Notes by hand have `KB - words` beside `T.J.: words`, and a title with a dash above.
    """
    counts = Counter(label_key(mark.label) for mark in others)
    voices = {label_key(mark.label) for mark in customs}
    more = (m for m in others if (k := label_key(m.label)) in voices or counts[k] > 1)
    found = {mark.at: mark for mark in [*more, *customs]}
    first, second, *rest = (found[at] for at in sorted(found))
    comes_back = label_key(first.label) in {label_key(m.label) for m in (second, *rest)}
    is_title = not comes_back and "\n\n" in text[first.at : second.at].strip()
    return [*([] if is_title else [first]), second, *rest]


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


def _kept(marks: Sequence[Mark], text: str = "") -> list[Mark]:
    """Keep the labels that come back, when at least two voices do.

    In a text, one that comes once is kept, too, if it can only be a name.
    """
    counts = Counter(label_key(mark.label) for mark in marks)
    back = {key for key, n in counts.items() if n > 1}
    voices = {key for key in counts if is_voice(key)}
    if text and len(back) > 1:
        named = (mark.label for mark in marks if is_only_a_name(mark.label, text))
        voices |= set(map(label_key, named))
    kept = [mark for mark in marks if label_key(mark.label) in back | voices]
    keys = {label_key(mark.label) for mark in kept}
    return kept if back and len(keys) > 1 and len(kept) >= _FEWEST else []


def bullet_marks(text: str, skipped: Container[int]) -> list[Mark]:
    """Return what could be a speaker's mark behind a bullet or a number, line by line."""
    found = []
    for candidate in _BULLET.finditer(text):
        sign = _SIGN.match(candidate[0])
        at = sign.end() if sign else 0
        mark = mark_of(candidate[0][at:])
        if mark is not None and candidate.start() not in skipped:
            words_at = mark.words_at + at
            mark = replace(mark, notation="bullet", words_at=words_at)
            found.append(placed(mark, text, candidate.start()))
    return found


def dash_marks(text: str, skipped: Container[int]) -> list[Mark]:
    """Return what could be a speaker's mark with a dash, line by line."""
    found = [match for match in _DASH.finditer(text) if match.start() not in skipped]
    small = _small_labels(found, text)
    return [
        mark_at(match, "dash", text)
        for match in found
        if (label := label_in(match)) in small or _before_dash(label)
    ]


def _small_labels(found: Sequence[re.Match[str]], text: str) -> set[str]:
    """Return names in small letters that come back, where nearly every line has a mark.

    `rui - words` is a turn beside `me - words`; one of them is a part in a talk.
    """
    labels = list(map(label_in, found))
    counts = Counter(label for label in labels if len(label.split()) <= _FEW_WORDS)
    back = {label for label, n in counts.items() if n > 1}
    is_talk = any(label.islower() and is_voice(label) for label in back)
    n_back = sum(counts[label] for label in back)
    is_custom = n_back >= _SMALL_MOSTLY * max(count_of(FILLED, text), 1)
    if not (is_talk and is_custom and len(back) > 1):
        return set()
    return {label for label in back if label.islower() and is_perhaps_a_label(label)}


def _before_dash(label: str) -> bool:
    """Return whether a label is a name, or says what somebody is, as `Joe's dad` does."""
    return is_label(label) or (
        is_perhaps_a_label(label) and role_from_label(label) is not None
    )


def without_comma(label: str) -> str:
    """Return `Maria Lopez (parent)` for `Maria Lopez, parent`."""
    name, comma, rest = label.partition(", ")
    return f"{name} ({rest})" if comma and "(" not in label else label


def label_in(found: re.Match[str]) -> str:
    """Return the label that a pattern found, without signs around it."""
    return found["head"].strip(" \t*_")


def mark_at(found: re.Match[str], notation: str, text: str) -> Mark:
    """Return the mark that a pattern found, with the times beside it."""
    start_s, end_s = times_of(found)
    words_at = found.end() - found.start()
    mark = Mark(label_in(found), notation, words_at, start_s, end_s=end_s)
    return placed(mark, text, found.start())


def _signed(text: str, skipped: Container[int]) -> list[Mark]:
    """Read `P=words`, `P- words`, `Ana> words`: one sign, after labels that come back."""
    found: dict[str, list[Mark]] = {}
    for match in _SIGNED.finditer(text):
        label, sign = label_in(match), match["sign"]
        is_word = sign == "-" and match[0][-1] == sign and text[match.end()].islower()
        if match.start() in skipped or is_word or not _can_be_signed(label, sign):
            continue
        found.setdefault(sign, []).append(mark_at(match, "sign", text))
    marks = _kept(max(found.values(), key=len, default=[]))
    share = len(marks) / max(count_of(FILLED, text), 1)
    labels = [label_key(mark.label) for mark in marks]
    is_talk = "?" in text or any(len(key) > 1 and is_voice(key) for key in labels)
    if share < _OF_LINES or not is_talk or (_enumerate(labels) and share < _NEARLY_ALL):
        return []
    return marks


def _can_be_signed(label: str, sign: str) -> bool:
    if not is_label(label) or label_key(label) in _SAID:
        return False
    if sign not in _WEAK:
        return True
    is_code = _CODE.fullmatch(label) is not None
    is_item = len(label) == 1 and sign in ".)"
    return (is_code or is_generic(label)) and not is_item


def _enumerate(labels: Sequence[str]) -> bool:
    """Return whether these are answers to tick, `A) … B) … C) …`, no voices called by letters."""
    if any(len(label) > 1 for label in labels):
        return False
    return all(
        after == "a" or ord(after) == ord(before) + 1
        for before, after in pairwise(labels)
    )


def _headings(text: str, special: Mapping[int, str]) -> list[Mark]:
    """Read `## Ana Ruiz` above words, where such headings come back and somebody asks."""
    found = []
    for start, part in special.items():
        match = _HEADED.match(text, start) if part == HEADING else None
        mark = _titled(start, match) if match else None
        if mark is not None:
            found.append(placed(mark, text, start))
    marks = _kept(found)
    labels = [mark.label for mark in marks]
    is_talk = any(map(is_generic, labels)) or _asks(text, marks)
    return marks if is_talk and len(marks) >= _MOSTLY * len(found) else []


def _titled(start: int, match: re.Match[str]) -> Mark | None:
    head = label_in(match)
    mark = mark_of(f"{head}: x")
    if mark is None or mark.notation != "colon":
        return None
    start_s, end_s = times_of(match)
    start_s = mark.start_s if start_s is None else start_s
    return Mark(mark.label, "heading", match.end() - start, start_s, end_s=end_s)


def _asks(text: str, marks: Sequence[Mark]) -> bool:
    """Return whether one of the voices mostly asks, and another one does not."""
    ends = [*(mark.at for mark in marks), len(text)][1:]
    asked: dict[str, list[bool]] = {}
    for mark, end in zip(marks, ends, strict=True):
        asked.setdefault(label_key(mark.label), []).append("?" in text[mark.at : end])
    shares = [sum(of_one) / len(of_one) for of_one in asked.values()]
    return bool(shares) and max(shares) > _OF_PARAGRAPHS >= min(shares)


def _names_alone(text: str, skipped: Container[int]) -> list[Mark]:
    found = [
        placed(Mark(label, "alone", match.end() - match.start()), text, match.start())
        for match in _ALONE.finditer(text)
        if match.start() not in skipped
        if _could_stand_alone(label := without_comma(match["head"].strip()))
        if "," not in match["head"] or role_in(match["head"].partition(",")[2])
    ]
    kept = _kept(found)
    if not kept:
        return []
    spaced = [mark for mark in kept if mark.after_gap]
    if len(spaced) == len(kept):
        return kept if len(kept) >= _MOSTLY * count_of(PARAGRAPH, text) / 2 else []
    return kept if len(kept) >= _OF_LINES * count_of(FILLED, text) else []


def _codes(text: str, skipped: Container[int]) -> list[Mark]:
    """Read `#4 words` and `S4 - words`, where several codes come back: a list counts once."""
    found = [
        mark_at(match, "code", text)
        for match in _NUMBERED.finditer(text)
        if match.start() not in skipped
    ]
    counts = Counter(mark.label for mark in found)
    back = [label for label, n in counts.items() if n > 1]
    is_talk = len(back) > 1 and len(found) >= _OF_LINES * count_of(FILLED, text)
    return found if is_talk and 2 * len(back) >= len(counts) else []


def _could_stand_alone(label: str) -> bool:
    is_item = label.count("(") != label.count(")")
    return is_label(label) and not is_item and label_key(label) not in _SAID


def count_of(pattern: re.Pattern[str], text: str) -> int:
    """Count how often a pattern occurs."""
    return sum(1 for _ in pattern.finditer(text))


def placed(mark: Mark, text: str, start: int) -> Mark:
    """Return a mark with its place in the text."""
    line = text.count("\n", 0, start) + 1
    return replace(mark, line=line, at=start, after_gap=after_gap(text, start))
