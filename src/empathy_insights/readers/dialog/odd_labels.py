"""Marks whose labels look like words, and marks inside lines: the whole file tells.

`ana: words` in small letters, `Joe's dad: words`, a talk pasted without its line ends, and
names that only capitals, bold type or a verb set apart.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from empathy_insights.labels import (
    is_generic,
    is_label,
    is_perhaps_a_label,
    label_key,
    words_in,
)
from empathy_insights.lexicon import QUESTION, fold_head
from empathy_insights.readers.dialog.conventions import (
    FILLED,
    PARAGRAPH,
    count_of,
    label_in,
    placed,
    without_comma,
)
from empathy_insights.readers.dialog.notations import Mark, is_voice, mark_of
from empathy_insights.readers.dialog.speaker_marks import after_gap
from empathy_insights.readers.dialog.stamps import STAMP, times_of

_SMALL = re.compile(
    rf"^[ \t]*(?:{STAMP}[ \t]*)?[\[*]{{0,3}}(?P<head>[^\W\d_](?:[\w'’.-]|[ ](?=\w)){{0,24}}?)"
    r"(?:[*]{0,3}:|[\]:]{1,2})[ \t*]*[^\n]{0,90}",
    re.MULTILINE,
)
_ODD = re.compile(
    rf"^[ \t]*(?:{STAMP}[ \t]*)?\*{{0,3}}(?P<head>[\w+(][^\n:：*]{{1,62}}?)\*{{0,3}}:{{1,2}}\*{{0,3}}[ \t]+(?=\S)",
    re.MULTILINE,
)
_INNER = re.compile(
    rf"(?:(?<=[^\W\d][.?!…])|(?<=[\"”’]))[ \t]+(?:{STAMP}[ \t]*)?\*{{0,3}}(?P<head>[^\W\d_a-z][^\n:：.?!\"“”]{{0,39}}?)\*{{0,3}}:\*{{0,3}}[ \t]+(?=\S)"
)
_TIMED = rf"^[ \t]*(?:{STAMP}[ \t]*(?:[-–|][ \t]*)?)?"
_CAPITALS = re.compile(
    rf"{_TIMED}(?P<head>(?=[^\n]{{0,3}}[A-ZÀ-Þ]{{2}})(?:(?:MR|MRS|MS|DR)\.[ ])?"
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’-]{0,30}(?:[ ](?:[A-ZÀ-Þ][A-ZÀ-Þ'’-]{1,30}|[A-Z]\.|\d{1,2})){0,4})(?:[.,]?[ ]{1,4}|[ ]{0,2}[-–—.]{1,3}[ ]{0,4})"
    r"(?=[“\"]?(?:[A-ZÀ-Þ¿¡][a-zà-ÿ'’,]|I\b|A |[¿¡a-z]))",
    re.MULTILINE,
)
_BOLD_NAME = re.compile(
    r"^[ \t]*(?:[-+*•][ \t]+)?(?P<b>\*{2,3})(?P<head>[^*:\n]{1,40}?)(?P=b)[ \t]+(?=[^\s:*–—-])",
    re.MULTILINE,
)
_IN_BRACKETS = re.compile(
    r"^[ \t]*\((?P<head>[A-ZÀ-Þ][^()\n]{1,40})\)[ \t]*(?=\S)", re.MULTILINE
)
_VERB = re.compile(
    r"^[ \t]*(?P<head>[A-ZÀ-Þ][\w.'’-]*(?:[ ][A-ZÀ-Þ][\w.'’-]*){0,3}) (?:then |also )?"
    r"(?:said|says|asked|asks|replied|answered|added|explained|told (?:me|us))"
    r"[^\"“«\n]{0,30}?[:,]?[ ]{0,3}(?=[\"“«][^\n]+[\"”»][ \t]*$)",
    re.MULTILINE,
)
_USER_NAME = re.compile(r"(?=\S*[^\W\d_]{2})(?=\S*[\d_])\S+")
_KEYS = words_in(
    "age author class code color content data default email else enabled from gender "
    "http https id label line mailto max min mode model name path port quote re role "
    "size state status style text type user username value who words"
)
_ASKERS = words_in("int interviewer mod moderator fac facilitator i q")
_FACT = re.compile(r"[^\W\d_a-z][^\W\d_]+")
_FEWEST = 3
_MOSTLY, _NEARLY_ALL, _OF_MARKS = 0.6, 0.9, 0.25
_LOOK = 20_000


def small_marks(
    text: str,
    skipped: Container[int],
    others: Mapping[int, Mark],
    names: Container[str],
) -> list[Mark]:
    """Return marks such as `ana: words`, where nearly every line or paragraph has a mark.

    Who speaks once is among them, as with the usual letters: the whole file tells.

    Parameters
    ----------
    text
        The whole file.
    skipped
        Where lines begin that are headings or the like.
    others
        Where lines begin -> their marks in the usual letters.
    names
        People of whom the user has told us, reduced by `label_key`.
    """
    # A custom is kept from the beginning; most files need no second look.
    if not any(match["head"].islower() for match in _SMALL.finditer(text, 0, _LOOK)):
        return []
    found = [
        mark
        for match in _SMALL.finditer(text)
        if match["head"].islower() and match.start() not in others
        if match.start() not in skipped and (mark := _small_mark(match, text))
    ]
    counts = Counter(label_key(mark.label) for mark in [*found, *others.values()])
    known = {key for key in counts if key in names or key in _ASKERS}
    kept = [m for m in found if counts[label_key(m.label)] > 1 or m.label in known]
    is_talk = "?" in text or known or any(map(is_generic, counts))
    is_custom = _is_custom(kept, others, text) or _is_in_every_line(found, others, text)
    return found if is_talk and len(counts) > 1 and is_custom else []


def _small_mark(match: re.Match[str], text: str) -> Mark | None:
    head = match["head"]
    line = match[0].replace(head, head.title(), 1)
    mark = mark_of(line)
    if mark is None or head.split()[0] in _KEYS or len(line) != len(match[0]):
        return None
    if label_key(mark.label) != label_key(head):
        return None
    return placed(replace(mark, label=head), text, match.start())


def odd_marks(
    text: str,
    skipped: Container[int],
    others: Mapping[int, Mark],
    names: Container[str] = frozenset(),
) -> list[Mark]:
    """Return marks whose labels have no shape of a name, in a talk in which they come back.

    `Joe's dad: words`, `9th grader 1: words`, `Maria Lopez, parent: words` are marks where
    somebody else is marked as usual, and nearly every line or paragraph has a mark.
    A user name such as `tgreene22: words` need not come back where every line has a mark.

    Parameters
    ----------
    text
        The whole file.
    skipped
        Where lines begin that are headings or the like.
    others
        Where lines begin -> their marks of other kinds.
    names
        People of whom the user has told us, reduced by `label_key`.
    """
    usual = Counter(label_key(mark.label) for mark in others.values())
    comes_back = max(usual.values(), default=0) > 1
    if not comes_back and not any(map(is_generic, usual)):
        return []
    free = [
        match
        for match in _ODD.finditer(text)
        if match.start() not in others and match.start() not in skipped
    ]
    answering = _who_answer(text, free, others, names)
    found = [
        match
        for match in free
        if is_perhaps_a_label(label_in(match)) or label_in(match) in answering
    ]
    marks = [
        replace(mark, label=without_comma(mark.label))
        for mark in _on_lines(found, text)
    ]
    counts = Counter(label_key(mark.label) for mark in marks)
    kept = [mark for mark in marks if counts[label_key(mark.label)] > 1]
    in_chat = [
        mark
        for mark in marks
        if counts[label_key(mark.label)] > 1 or _USER_NAME.fullmatch(mark.label)
    ]
    is_chat = _is_in_every_line(in_chat, others, text)
    kept = in_chat if is_chat else kept
    has_others = len(others) >= _OF_MARKS * (len(kept) + len(others))
    is_talk = has_others and (comes_back or is_chat)
    return kept if is_talk and _is_custom(kept, others, text) else []


def _who_answer(
    text: str,
    found: Sequence[re.Match[str]],
    others: Mapping[int, Mark],
    names: Container[str],
) -> set[str]:
    """Return the labels that are words for facts, as `Lieu` and `Day`, and people's here.

    They are known, or answer most of what is asked: `Note: …` stands behind answers.
    """
    before = sorted([*others, *(match.start() for match in found)])
    above = dict(zip(before[1:], before, strict=False))
    asked = {at for at, end in pairwise([*before, len(text)]) if "?" in text[at:end]}
    said: dict[str, list[bool]] = {}
    for match in found:
        label = label_in(match)
        is_asking = is_generic(label) or fold_head(label) in QUESTION
        if _FACT.fullmatch(label) and not is_asking:
            is_asked = above.get(match.start()) in asked
            said.setdefault(label, []).append(is_asked)
    return {
        label
        for label, answers in said.items()
        if label_key(label) in names
        or (
            sum(answers) > 1 and sum(answers) >= _MOSTLY * max(len(answers), len(asked))
        )
    }


def inner_marks(text: str, others: Mapping[int, Mark]) -> list[Mark]:
    """Return the marks inside lines, where a talk was pasted without its line ends.

    `Kim: Why? Ana: So. Kim: Go on.` has three; at least two labels must come back, and
    more marks stand inside lines than at their heads.

    Parameters
    ----------
    text
        The whole file.
    others
        Where lines begin -> their marks.
    """
    fewest = max(_FEWEST, len(others))
    # `Ms. Hale:` has a stop within, and is one label.
    own = {
        at for one in others.values() for at in range(one.at + 1, one.at + one.words_at)
    }
    found = [
        match
        for match in _INNER.finditer(text)
        if match.end("head") not in own and is_label(label_in(match))
    ]
    if len(found) < fewest:
        return []
    labels = [label_key(label_in(match)) for match in found]
    counts = Counter([*labels, *(label_key(mark.label) for mark in others.values())])
    back = {key for key, n in counts.items() if n > 1}
    kept = [match for match, key in zip(found, labels, strict=True) if key in back]
    is_talk = len(back) > 1 and "?" in text and any(map(is_voice, back))
    is_mostly = len(kept) >= max(fewest, _MOSTLY * len(found))
    return list(_placed(kept, text)) if is_talk and is_mostly else []


def set_apart_marks(text: str, skipped: Container[int]) -> list[Mark]:
    """Return the marks of names that capitals, bold type, brackets or a verb set apart.

    `ANA RUIZ I walk.`, `**Ana** I walk.` and `Ana said, "I walk."`, where nearly every
    paragraph or line begins so, at least two names come back and somebody asks.

    Parameters
    ----------
    text
        The whole file.
    skipped
        Where lines begin that are headings or the like.
    """
    if "?" not in text:
        return []
    n_units = min(count_of(FILLED, text), count_of(PARAGRAPH, text))
    for pattern in (_CAPITALS, _BOLD_NAME, _IN_BRACKETS, _VERB):
        found = [
            match
            for match in pattern.finditer(text)
            if match.start() not in skipped and is_label(label_in(match))
        ]
        counts = Counter(label_key(label_in(match)) for match in found)
        back = [n for n in counts.values() if n > 1]
        if len(back) > 1 and sum(back) >= max(_FEWEST, _MOSTLY * n_units):
            return list(_on_lines(found, text))
    return []


def _on_lines(found: Sequence[re.Match[str]], text: str) -> Iterator[Mark]:
    """Yield the marks that a pattern found, each at the head of a line."""
    for mark in _placed(found, text):
        yield replace(mark, after_gap=after_gap(text, mark.at))


def _placed(found: Sequence[re.Match[str]], text: str) -> Iterator[Mark]:
    """Yield the marks that a pattern found, as if no blank line stood before them."""
    line, at = 1, 0
    for match in found:
        line += text.count("\n", at, match.start())
        at = match.start()
        start_s, end_s = times_of(match)
        yield Mark(
            label_in(match), "colon", match.end() - at, start_s, end_s=end_s,
            line=line, at=at, after_gap=False,
        )  # fmt: skip


def _is_in_every_line(
    found: Sequence[Mark], others: Mapping[int, Mark], text: str
) -> bool:
    """Return whether nearly every line has a mark, so that who speaks once has one, too."""
    n_marks = len(found) + len(others)
    return n_marks >= _NEARLY_ALL * max(count_of(FILLED, text), 1)


def _is_custom(kept: Sequence[Mark], others: Mapping[int, Mark], text: str) -> bool:
    """Return whether most lines of a file have a mark, or nearly all of its paragraphs."""
    n_marks = len(kept) + len(others)
    are_spaced = bool(kept) and all(mark.after_gap for mark in kept)
    return n_marks >= _MOSTLY * max(count_of(FILLED, text), 1) or (
        are_spaced and n_marks >= _NEARLY_ALL * max(count_of(PARAGRAPH, text), 1)
    )
