"""Where a line says who speaks: the notations, and which labels a file really uses.

A line is a mark only if its label is used again in the file, is known beforehand, or
occurs once and still reads as a voice: it is in the notation that most marks are in,
none of its words are ordinary words of the file, and it is a full name, a part such as
`Student 3`, or one of a group in which three others speak. A file of which no label
repeats is a conversation only if it has two labels (or opens with one) and a name, a
part or a question among them; anything else is words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from empathy_insights.readers.labels import (
    TIME,
    is_full_name,
    is_generic,
    is_label,
    label_key,
    seconds,
)

_LONGEST_HEAD = 90
_GROUP = 3

_COLON = re.compile(
    rf"((?:[^:：\n]|(?<=\d):(?=\d\d)){{1,{_LONGEST_HEAD}}}?)(?::(?=\s|$)|：)[ \t]*"
)
_BOLD = re.compile(
    r"(?P<b>\*{1,3})(?P<head>[^*\n]{1,90}?)(?P<inside>:?)[ \t]*(?P=b)"
    rf"(?:[ \t]*[\[(]?(?P<time>{TIME})[\])]?)?(?P<outside>[ \t]*:)?[ \t]*"
)
_BRACKET = re.compile(
    rf"\[(?P<head>[^\]\n]{{1,63}})\](?!\()[ \t]*(?P<time>{TIME}(?![\d:]))?[ \t]*:?[ \t]*"
)
_HEADER = re.compile(
    rf"(?P<head>\S[^\n]{{0,62}}?)(?:[ \t]*[-–—|,][ \t]*|[ \t]+)"
    rf"[\[(]?(?P<time>{TIME})[\])]?[ \t]*:?[ \t]*$"
)
_CHAT = re.compile(rf"(?P<time>{TIME})\t(?P<head>[^\t\n]+?):?\t")
_CHAT_FROM = re.compile(
    rf"(?P<time>{TIME})\s+From\s+(?P<head>[^:\n]{{1,63}}?)"
    r"(?:\s+to\s+[^:\n]{1,63}?)?\s*:\s*",
    re.IGNORECASE,
)
_DOT = re.compile(r"([QA])\.[ \t]+")
_TIME_FIRST = re.compile(rf"[\[(]?({TIME})[\])]?[ \t]*(?:[-–|][ \t]*)?(?=\S)")
_TIME_NEXT = re.compile(rf"[\[(]({TIME})[\])][ \t]*")
_HEAD_TIME = re.compile(rf"[\s,|–—-]*[\[(]?\b({TIME})[\])]?\s*$")
_ID = re.compile(r"[a-z]+[_-]?\d+")
_WORD = re.compile(r"\b[^\W\d_A-Z][^\W\d_]*\b")


@dataclass(frozen=True, slots=True)
class Mark:
    """Point to the label at the head of a line.

    Parameters
    ----------
    label
        As written, without its time.
    notation
        colon, bold, bracket, header, chat or dot.
    words_at
        Where the words begin, in code points from the head of the line.
    start_s
        Seconds, None without a time.
    line
        Line of the file, from 1.
    after_gap
        Whether the line before is blank.
    """

    label: str
    notation: str
    words_at: int
    start_s: float | None = None
    line: int = 0
    after_gap: bool = True


def mark_of(line: str) -> Mark | None:
    """Return what could be a speaker's mark at the head of a line.

    Examples
    --------
    >>> mark_of("**Ana Ruiz:** [00:01:00] Yes.")
    Mark(label='Ana Ruiz', notation='bold', words_at=25, start_s=60.0, line=0, ...)
    >>> mark_of("17:30 is when we eat") is None
    True
    """
    bare = line.lstrip()
    if not bare:
        return None
    mark = _mark_at(bare)
    if mark is None:
        return None
    shift = len(line) - len(bare)
    next_time = _TIME_NEXT.match(bare, mark.words_at)
    if next_time is None:
        return replace(mark, words_at=mark.words_at + shift)
    start_s = seconds(next_time[1]) if mark.start_s is None else mark.start_s
    return replace(mark, words_at=next_time.end() + shift, start_s=start_s)


def _mark_at(line: str) -> Mark | None:
    first = line[0]
    if first == "*":
        return _bold(line)
    if first == "[" and (mark := _bracket(line)):
        return mark
    if (first.isdigit() or first in "[(") and (timed := _after_time(line)):
        return timed
    if first in "QA" and (dot := _DOT.match(line)):
        return Mark(dot[1], "dot", dot.end())
    return _colon(line) or _header(line)


def _bold(line: str) -> Mark | None:
    found = _BOLD.match(line)
    if found is None:
        return None
    if not found["inside"] and ":" in found["head"]:
        return _bold_throughout(line, len(found["b"]))
    colon = found["inside"] or found["outside"]
    alone = found["time"] and found.end() == len(line)
    if not (colon or alone):
        return None
    return _checked(found["head"], "bold", found.end(), found["time"])


def _bold_throughout(line: str, n_stars: int) -> Mark | None:
    """Read `**Interviewer: What helps?**`, where the words are as bold as the name."""
    mark = _colon(line[n_stars:])
    if mark is None:
        return None
    return replace(mark, notation="bold", words_at=mark.words_at + n_stars)


def _bracket(line: str) -> Mark | None:
    found = _BRACKET.match(line)
    if found is None or not (found["time"] or found.end() < len(line)):
        return None
    head = found["head"].strip().rstrip(":")
    if _ID.fullmatch(head):
        time = found["time"]
        return Mark(head, "bracket", found.end(), seconds(time) if time else None)
    return _checked(head, "bracket", found.end(), found["time"])


def _after_time(line: str) -> Mark | None:
    for pattern in (_CHAT, _CHAT_FROM):
        if chat := pattern.match(line):
            head = chat["head"].strip()
            return Mark(head, "chat", chat.end(), seconds(chat["time"]))
    found = _TIME_FIRST.match(line)
    if found is None:
        return None
    rest = line[found.end() :]
    mark = _mark_at(rest) if not rest[0].isdigit() else _colon(rest)
    if mark is None and _is_alone(rest.strip()):
        mark = Mark(rest.strip(), "header", len(rest))
    if mark is None:
        return None
    return replace(
        mark, words_at=mark.words_at + found.end(), start_s=seconds(found[1])
    )


def _is_alone(label: str) -> bool:
    """Tell whether a line after a time holds a speaker and nothing else."""
    return label[0].isalpha() and is_label(label) and _is_voice(label)


def _colon(line: str) -> Mark | None:
    found = _COLON.match(line)
    return _checked(found[1], "colon", found.end(), None) if found else None


def _header(line: str) -> Mark | None:
    if len(line) > _LONGEST_HEAD or not (line[-1].isdigit() or line[-1] in "]):"):
        return None
    found = _HEADER.match(line)
    if found is None:
        return None
    return _checked(found["head"], "header", len(line), found["time"])


def _checked(head: str, notation: str, words_at: int, time: str | None) -> Mark | None:
    label = head.strip()
    within = _HEAD_TIME.search(label)
    if within:
        label, time = label[: within.start()].rstrip(" \t:"), time or within[1]
    if not label or not is_label(label):
        return None
    return Mark(label, notation, words_at, seconds(time) if time else None)


def find_marks(lines: Sequence[str]) -> list[Mark]:
    """Return every line's possible mark, before the file as a whole has its say."""
    found = []
    gap = True
    for number, line in enumerate(lines, start=1):
        mark = mark_of(line)
        if mark is not None:
            found.append(replace(mark, line=number, after_gap=gap))
        gap = not line.strip()
    return found


def real_marks(
    marks: Sequence[Mark], lines: Sequence[str], names: frozenset[str]
) -> tuple[list[Mark], list[Mark]]:
    """Part the marks that the whole file makes plausible from the doubtful ones."""
    chat = [mark for mark in marks if mark.notation == "chat"]
    if 2 * len(chat) > len(marks):
        return chat, []
    marks = _without_stray_headers(marks)
    counts = Counter(label_key(mark.label) for mark in marks)
    repeated = {key for key, n in counts.items() if n > 1}
    accepted = repeated | {key for key in counts if key in names}
    once = [mark for mark in marks if label_key(mark.label) not in accepted]
    if once:
        accepted |= {label_key(m.label) for m in _plausible(once, marks, lines)}
    kept = [mark for mark in marks if label_key(mark.label) in accepted]
    if not _is_conversation(kept, lines, names):
        return [], []
    return kept, [mark for mark in marks if label_key(mark.label) not in accepted]


def _without_stray_headers(marks: Sequence[Mark]) -> list[Mark]:
    """Read `Name 0:12` alone on a line as a mark only where that is the custom."""
    n_headers = sum(mark.notation == "header" for mark in marks)
    if n_headers > 1 and n_headers * 3 >= len(marks):
        return list(marks)
    return [mark for mark in marks if mark.notation != "header"]


def _plausible(
    once: Sequence[Mark], marks: Sequence[Mark], lines: Sequence[str]
) -> list[Mark]:
    notation = Counter(mark.notation for mark in marks).most_common(1)[0][0]
    voices = len(
        {label_key(m.label) for m in marks} - {label_key(m.label) for m in once}
    )
    lines_once = {mark.line for mark in once}
    spaced = _are_spaced([mark for mark in marks if mark.line not in lines_once])
    ordinary = _ordinary(once, lines)
    return [
        mark
        for mark in once
        if (mark.notation == notation or voices == 0)
        and (mark.after_gap or not spaced)
        and not set(label_key(mark.label).split()) <= ordinary
        and (voices in (0, 1) or voices >= _GROUP or _is_voice(mark.label))
    ]


def _is_voice(label: str) -> bool:
    return is_generic(label) or is_full_name(label)


def _are_spaced(marks: Sequence[Mark]) -> bool:
    """Tell whether the turns of a file are set apart by blank lines."""
    return len(marks) > 1 and all(mark.after_gap for mark in marks)


def _ordinary(once: Sequence[Mark], lines: Sequence[str]) -> set[str]:
    """Return the words of labels that the file also writes in lower case."""
    wanted = {
        word
        for mark in once
        if not is_generic(mark.label)
        for word in label_key(mark.label).split()
    }
    if not wanted:
        return set()
    return {word for line in lines for word in _WORD.findall(line) if word in wanted}


def _is_conversation(
    marks: Sequence[Mark], lines: Sequence[str], names: frozenset[str]
) -> bool:
    keys = {label_key(mark.label) for mark in marks}
    if not marks:
        return False
    voice = any(key in names or _is_voice(key) for key in keys)
    if len(keys) > 1 and len(marks) > len(keys):
        return True
    if len(keys) > 1:
        return voice or any("?" in line for line in lines)
    return voice and (len(marks) > 1 or marks[0].line == _first_line(lines))


def _first_line(lines: Iterable[str]) -> int:
    """Return the first line that is neither blank nor a heading."""
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            return number
    return 0
