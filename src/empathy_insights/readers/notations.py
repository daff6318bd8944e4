"""How a line can say who speaks: the notations, each looked at by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from empathy_insights.readers.labels import (
    TIME,
    is_full_name,
    is_generic,
    is_label,
    seconds,
)

_LONGEST_HEAD = 90

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
_DOT = re.compile(r"([QA])(?:\.[ \t]+|[ \t]{2,})(?=\S)")
_TIME_FIRST = re.compile(rf"[\[(]?({TIME})[\])]?[ \t]*(?:[-–|][ \t]*)?(?=\S)")
_TIME_NEXT = re.compile(rf"[\[(]({TIME})[\])][ \t]*")
_HEAD_TIME = re.compile(rf"[\s,|–—-]*[\[(]?\b({TIME})[\])]?\s*$")
_ID = re.compile(r"[a-z]+[_-]?\d+")
_HEDGED = re.compile(
    r"(?P<open>[{#])(?P<head>[^{}#\n]{1,63})(?:(?<=[\w)?.])[}#])"
    rf"[ \t]*(?P<time>{TIME}(?![\d:]))?[ \t]*:?[ \t]*"
)
_RUN_END = re.compile(r"[ \t]*(?:(?<=\w{3})\.|[-–—|])?\s*$")
_RUN_NEXT = re.compile(r"\s*(?:[-–—|]\s+)?")
_CLOSING = {"{": "}", "#": "#"}


@dataclass(frozen=True, slots=True)
class Mark:
    """Point to the label at the head of a line.

    Parameters
    ----------
    label
        As written, without its time.
    notation
        colon, bold, bracket, hedge, header, chat, dot, bullet, dash, alone or run.
    words_at
        Where the words begin, in code points from the head of the line.
    start_s
        Seconds, None without a time.
    line
        Line of the file, from 1.
    after_gap
        Whether the line before is blank.
    at
        Where the line begins in the text.
    is_bold
        Whether the words are as bold as the label, so that `**` closes them.
    """

    label: str
    notation: str
    words_at: int
    start_s: float | None = None
    line: int = 0
    after_gap: bool = True
    at: int = 0
    is_bold: bool = False


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
    # In a chat the time stands in front, so one that follows is what somebody writes.
    is_chat = mark.notation == "chat"
    next_time = None if is_chat else _TIME_NEXT.match(bare, mark.words_at)
    if next_time is None and not shift:
        return mark
    if next_time is None:
        return replace(mark, words_at=mark.words_at + shift)
    start_s = seconds(next_time[1]) if mark.start_s is None else mark.start_s
    return replace(mark, words_at=next_time.end() + shift, start_s=start_s)


def _mark_at(line: str) -> Mark | None:
    first = line[0]
    if first == "*":
        return _bold(line)
    if first in "[{#":
        mark = _bracket(line) if first == "[" else _hedged(line)
        if mark:
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
    return replace(
        mark, notation="bold", words_at=mark.words_at + n_stars, is_bold=True
    )


def _bracket(line: str) -> Mark | None:
    found = _BRACKET.match(line)
    if found is None or not (found["time"] or found.end() < len(line)):
        return None
    head = found["head"].strip().rstrip(":")
    if _ID.fullmatch(head):
        time = found["time"]
        return Mark(head, "bracket", found.end(), seconds(time) if time else None)
    return _checked(head, "bracket", found.end(), found["time"])


def _hedged(line: str) -> Mark | None:
    """Read `{Ana} So.` and `#Ana# So.`."""
    found = _HEDGED.match(line)
    if found is None or line[found.end("head")] != _CLOSING[found["open"]]:
        return None
    return _checked(found["head"], "hedge", found.end(), found["time"])


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
    return label[0].isalpha() and is_label(label) and is_voice(label)


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


def run_mark(line: str, n_bold: int) -> Mark | None:
    """Return what could be a speaker's mark where only bold type sets the name apart.

    Parameters
    ----------
    line
        The head of a paragraph.
    n_bold
        How many of its code points are bold, before others that are not.

    Examples
    --------
    >>> run_mark("Ana Ruiz My friends.", len("Ana Ruiz"))
    Mark(label='Ana Ruiz', notation='run', words_at=9, start_s=None, line=0, ...)
    """
    bold, rest = line[:n_bold].rstrip(), line[n_bold:]
    is_cut = bold[-1:].isalnum() and rest[:1].isalnum() and len(bold) == n_bold
    if is_cut or not bold or bold[-1] in ":：" or rest.lstrip()[:1] in (":", "："):
        return None
    gap = _RUN_NEXT.match(rest)
    words_at = n_bold + (gap.end() if gap else 0)
    next_time = _TIME_NEXT.match(line, words_at)
    time = next_time[1] if next_time else None
    words_at = next_time.end() if next_time else words_at
    return _checked(_RUN_END.sub("", bold), "run", words_at, time)


def is_voice(label: str) -> bool:
    """Tell whether a label is a part in the conversation or a full name."""
    return is_generic(label) or is_full_name(label)
