"""Where a line says who speaks: the notations, and which labels a file really uses.

A line is a mark only if its label is used again in the file, is known beforehand, or
occurs once and still reads as a voice: it is in the notation that most marks are in,
none of its words are ordinary words of the file, and it is a full name, a part such as
`Student 3`, a word that no dictionary has, or one of a group in which three others speak. A file of which no label
repeats is a conversation only if it has two labels (or opens with one) and a name, a
part or a question among them; anything else is words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import groupby
from sys import intern

from empathy_insights.labels import ASKS, NAMES, is_generic, label_key, may_be_a_fact
from empathy_insights.readers.dialog.notations import Mark, is_voice, mark_of
from empathy_insights.readers.dialog.stamps import starts_with_time
from empathy_insights.readers.language import is_word

_TALK_OF_TWO = 2
_HEADERS = frozenset({"header", "stamped"})
# Most lines of a transcript are words; only these can say who speaks.
_CANDIDATE = re.compile(
    r"^(?=[ \t]*[\[{#(<]|[ \t]*[QA](?:\.[ \t]|[ \t]{2})|[ \t]*[Ss][Pp][Ee]?[Aa]?[Kk](?:[Ee][Rr])?[_-]\d|[^\n:：]{0,100}+[:：])[^\n]{1,400}",
    re.MULTILINE,
)
_WORD = re.compile(r"\b[^\W\d_A-Z][^\W\d_]*\b")
_NEXT = re.compile(r"[ \t]*\n\s*?([^\s][^\n]*)")
_LETTER = re.compile(
    r"^[ \t>*_]*(?:de|asunto|assunto|enviad[oa](?: el)?|betreff|betrifft|gesendet|objet|oggetto|b?cc)[*_]*:",
    re.IGNORECASE | re.MULTILINE,
)
_FIRST = re.compile(r"^(?!#)[^\n]*\S", re.MULTILINE)


def find_marks(text: str, skipped: Container[int] = ()) -> list[Mark]:
    """Return every line's possible mark, before the file as a whole has its say.

    Parameters
    ----------
    text
        The file.
    skipped
        Where lines begin that are headings or the like.
    """
    found = []
    line, at = 1, 0
    for candidate in _CANDIDATE.finditer(text):
        start = candidate.start()
        if start in skipped:
            continue
        mark = mark_of(candidate[0])
        if mark is not None and mark.notation == "named":
            mark = _named(mark, text, candidate.end())
        if mark is not None:
            line += text.count("\n", at, start)
            at = start
            gap = after_gap(text, start)
            found.append(
                Mark(
                    intern(mark.label),
                    mark.notation,
                    mark.words_at,
                    mark.start_s,
                    line,
                    gap,
                    start,
                    mark.is_bold,
                    mark.end_s,
                )
            )
    return found


def _named(mark: Mark, text: str, end: int) -> Mark | None:
    """Take a word alone after a time for a name only if somebody speaks under it."""
    following = _NEXT.match(text, end)
    is_timed = following and starts_with_time(following[1])
    return replace(mark, notation="header") if following and not is_timed else None


def after_gap(text: str, start: int) -> bool:
    """Return whether the line before the one that begins here is blank, or none."""
    before = text.rfind("\n", 0, max(start - 1, 0)) + 1
    return not text[before:start].strip()


def real_marks(
    marks: Sequence[Mark],
    text: str,
    names: frozenset[str],
    *,
    is_asked: bool = False,
) -> tuple[list[Mark], list[Mark]]:
    """Part the marks that the whole file makes plausible from the doubtful ones.

    Parameters
    ----------
    marks, text
        All that could be marks, and the file.
    names
        People of whom the user has told us, reduced by `label_key`.
    is_asked
        Whether questions stand between the turns, so that one voice may answer them.
    """
    chat = [mark for mark in marks if mark.notation == "chat"]
    if chat and 2 * len(chat) >= len(marks):
        if _is_chat(chat, text):
            return chat, []
        marks = [mark for mark in marks if mark.notation != "chat"]
    marks = _without_stray_headers(_without_letters(marks, text))
    counts = Counter(label_key(mark.label) for mark in marks)
    repeated = {key for key, n in counts.items() if n > 1}
    accepted = (
        repeated | {key for key in counts if key in names} | _asked_in_court(marks)
    )
    once = [mark for mark in marks if label_key(mark.label) not in accepted]
    if once:
        accepted |= {label_key(m.label) for m in _plausible(once, marks, text)}
    kept = [mark for mark in marks if label_key(mark.label) in accepted]
    if not _is_conversation(kept, text, names, is_asked=is_asked):
        return [], []
    return kept, [mark for mark in marks if label_key(mark.label) not in accepted]


def _without_letters(marks: Sequence[Mark], text: str) -> Sequence[Mark]:
    """Leave out `Para: …` and the like where a letter stands: one of its other lines does."""
    if not any(may_be_a_fact(mark.label) for mark in marks) or not _LETTER.search(text):
        return marks
    said = (mark for mark in marks if not may_be_a_fact(mark.label))
    return [mark for mark in said if not _LETTER.match(text, mark.at)]


def _is_chat(chat: Sequence[Mark], text: str) -> bool:
    """Tell a chat from an agenda, whose columns are parted alike: times, topics and names."""
    comes_back = len({label_key(mark.label) for mark in chat}) < len(chat)
    heads = (text[mark.at : mark.at + mark.words_at].rstrip() for mark in chat)
    return comes_back or "?" in text or any(head.endswith(":") for head in heads)


def _asked_in_court(marks: Sequence[Mark]) -> set[str]:
    """Return Q and A where both stand with a stop, which no name does."""
    dotted = {label_key(mark.label) for mark in marks if mark.notation == "dot"}
    return dotted if len(dotted) > 1 else set()


def _without_stray_headers(marks: Sequence[Mark]) -> list[Mark]:
    """Read `Name 0:12`, alone or before words, as a mark only where that is the custom."""
    beside = Counter(label_key(m.label) for m in marks if m.notation == "stamped")
    if max(beside.values(), default=1) == 1:
        marks = [mark for mark in marks if mark.notation != "stamped"]
    n_headers = sum(mark.notation in _HEADERS for mark in marks)
    if n_headers > 1 and n_headers * 3 >= len(marks):
        return list(marks)
    return [mark for mark in marks if mark.notation not in _HEADERS]


def _plausible(once: Sequence[Mark], marks: Sequence[Mark], text: str) -> list[Mark]:
    notation = Counter(mark.notation for mark in marks).most_common(1)[0][0]
    lines_once = {mark.line for mark in once}
    others = [mark for mark in marks if mark.line not in lines_once]
    voices = len({label_key(mark.label) for mark in others})
    spaced = _are_spaced(others)
    ordinary = _ordinary(once, text)
    fitting = [
        mark
        for mark in once
        if (mark.notation == notation or voices == 0)
        and (mark.after_gap or not spaced)
        and not set(label_key(mark.label).split()) <= ordinary
        and not stands_apart(mark, others)
    ]
    if voices != _TALK_OF_TWO:
        return fitting
    named = _named_runs(marks, lines_once, text)
    return [m for m in fitting if is_voice(m.label) or m.line in named]


def _named_runs(marks: Sequence[Mark], once: Container[int], text: str) -> set[int]:
    """Return the lines whose labels only names can be: no dictionary has them.

    A list of topics has words in it, so one word among neighbours tells of all.
    """
    runs = groupby(marks, lambda mark: mark.line in once)
    named: set[int] = set()
    for is_once, run in runs:
        found = {mark.line: mark.label for mark in run}
        if is_once and all(is_only_a_name(label, text) for label in found.values()):
            named |= found.keys()
    return named


def is_only_a_name(label: str, text: str) -> bool:
    """Return whether a word in a text is a name, going by its letters, and no code."""
    if label.isupper() or not label.replace("-", "").isalpha():
        return False
    return label.casefold() in NAMES or not is_word(label, text)


def _are_spaced(marks: Sequence[Mark]) -> bool:
    """Return whether the turns of a file are set apart by blank lines."""
    return len(marks) > 1 and all(mark.after_gap for mark in marks)


def stands_apart(mark: Mark, others: Sequence[Mark]) -> bool:
    """Return whether a label comes last and alone after a blank line: who took notes has it."""
    below = [other for other in others if other is not mark][1:]
    is_last = len(below) > 1 and mark.at > below[-1].at
    return is_last and mark.after_gap and not any(one.after_gap for one in below)


def _ordinary(once: Sequence[Mark], text: str) -> set[str]:
    """Return the words of labels that the file also writes in lower case."""
    wanted = {
        word
        for mark in once
        if not is_generic(mark.label)
        for word in label_key(mark.label).split()
    }
    if not wanted:
        return set()
    return wanted.intersection(_WORD.findall(text))


def _is_conversation(
    marks: Sequence[Mark], text: str, names: frozenset[str], *, is_asked: bool
) -> bool:
    keys = {label_key(mark.label) for mark in marks}
    if not marks:
        return False
    voice = any(key in names or is_voice(key) for key in keys)
    if len(keys) > 1 and len(marks) > len(keys):
        return True
    if len(keys) > 1:
        return voice or ASKS.search(text) is not None
    voice = voice or is_asked
    return voice and (len(marks) > 1 or marks[0].line == _first_line(text))


def _first_line(text: str) -> int:
    """Return the first line that is neither blank nor a heading."""
    found = _FIRST.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 0
