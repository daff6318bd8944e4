"""How a line can say who speaks: the notations, each looked at by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from empathy_insights.labels import (
    TIME,
    is_full_name,
    is_generic,
    is_label,
    seconds,
)
from empathy_insights.readers.dialog.stamps import STAMP, WRAPPED, Times, times_of

_LONGEST_HEAD = 90

_COLON = re.compile(
    rf"((?:[^:：\n]|(?<=\d):(?=\d\d)){{1,{_LONGEST_HEAD}}}?)(?::(?=\s|$)|：)[ \t]*"
)
_BOLD = re.compile(
    r"(?P<b>\*{1,3})(?P<head>[^*\n]{1,90}?)(?P<inside>:?)[ \t]*(?P=b)"
    rf"(?P<time>[ \t]*[-–—|·,]?[ \t]*{STAMP})?(?P<outside>[ \t]*:)?[ \t]*"
)
_BRACKET = re.compile(
    rf"\[(?P<head>[^\]\n]{{1,63}})\](?!\()[ \t]*(?P<time>{STAMP})?[ \t]*:?[ \t]*"
)
_HEADER = re.compile(
    rf"(?P<head>\S[^\n]{{0,62}}?)(?:\s*[-–—|,·•@]\s*|\s+)(?P<time>{STAMP})\s*:?\s*$"
)
_INLINE = re.compile(
    rf"(?P<head>[^\W\d_][^\n:\[\](){{}}<>#*]{{0,62}}?)"
    rf"(?:[ \t]+{WRAPPED}|(?P<sep>[ \t]*[,;|–-])[ \t]*(?P<bare>{TIME})(?P=sep))[ \t]*(?=\S)"
)
_CHAT = re.compile(rf"(?P<time>{TIME})\t(?P<head>(?![\d:.,]+\t)[^\t\n]+?):?\t")
_CHAT_FROM = re.compile(
    rf"(?P<time>{TIME})\s+From\s+(?P<head>[^:\n]{{1,63}}?)"
    r"(?:\s+to\s+[^:\n]{1,63}?)?\s*:\s*",
    re.IGNORECASE,
)
_DOT = re.compile(r"([QA])(?:\.[ \t]+|[ \t]{2,})(?=\S)")
_TIME_FIRST = re.compile(rf"{STAMP}[ \t]*(?:[-–—|:,>·•][ \t]*)?(?=\S)")
_TIME_NEXT = re.compile(rf"{WRAPPED}[ \t]*")
_HEAD_TIME = re.compile(rf"[\s,|·•@–—-]*(?:\bat\s+)?{STAMP}\s*$")
_MACHINE = re.compile(
    r"(?P<head>(?:speaker|spk)[_-]\d{1,3})[ ]+(?=[^\W\d_])", re.IGNORECASE
)
_ID = re.compile(r"[a-z]+[_-]?\d+")
_HEDGED = re.compile(
    r"(?P<open>[{#(]|<(?=[^>\n]{2}))(?P<head>[^{}#()<>\n]{1,63})(?:(?<=[\w)?.])[}#)>])"
    rf"[ \t]*(?P<time>{STAMP})?[ \t]*:?[ \t]*"
)
_RUN_END = re.compile(r"[ \t]*(?:(?<=\w{3})\.|[-–—|])?\s*$")
_RUN_NEXT = re.compile(r"\s*(?:[-–—|]\s+)?")
_CLOSING = {"{": "}", "#": "#", "(": ")", "<": ">"}
_WORD = re.compile(r"[^\W\d_]{3}")
_STAMP_OPENS = frozenset("0123456789[(<{#|*_`")
_STAMP_ENDS = frozenset("0123456789])>}#|*_`:sm.M")
_DIGIT = re.compile(r"\d")
_HALVES = frozenset({"am", "pm", "a.m.", "p.m.", "a. m.", "p. m."})


@dataclass(frozen=True, slots=True)
class Mark:
    """Point to the label at the head of a line.

    Parameters
    ----------
    label
        As written, without its time.
    notation
        How the label is written, such as colon, bold, bracket or header.
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
    end_s
        Seconds, None where no end is written.
    """

    label: str
    notation: str
    words_at: int
    start_s: float | None = None
    line: int = 0
    after_gap: bool = True
    at: int = 0
    is_bold: bool = False
    end_s: float | None = None


def mark_of(line: str) -> Mark | None:
    """Return what could be a speaker's mark at the head of a line.

    Examples
    --------
    >>> mark_of("**Ana Ruiz:** [00:01:00] Yes.")
    Mark(label='Ana Ruiz', notation='bold', words_at=25, start_s=60.0, line=0, ...)
    >>> mark_of("[0:04 --> 0:09] [SPEAKER_00] Yes.").label
    'SPEAKER_00'
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
    mark = replace(mark, words_at=next_time.end() + shift)
    return _timed(mark, times_of(next_time))


def _mark_at(line: str) -> Mark | None:
    first = line[0]
    if first in _STAMP_OPENS and (timed := _after_time(line)):
        return timed
    if first == "*":
        return _bold(line)
    if first in "[{#(<":
        mark = _bracket(line) if first == "[" else _hedged(line)
        if mark:
            return mark
    if first in "QA" and (dot := _DOT.match(line)):
        return Mark(dot[1], "dot", dot.end())
    if first in "sS" and (machine := _MACHINE.match(line)):
        return Mark(machine["head"], "bracket", machine.end())
    return _colon(line) or _beside_time(line)


def _timed(mark: Mark, times: Times) -> Mark:
    """Give a mark the times that stand beside it, unless it has some."""
    start_s, end_s = times
    if mark.start_s is not None:
        return mark
    return replace(mark, start_s=start_s, end_s=end_s)


def _bold(line: str) -> Mark | None:
    found = _BOLD.match(line)
    if found is None:
        return None
    if not found["inside"] and ":" in found["head"]:
        return _bold_throughout(line, len(found["b"]))
    colon = found["inside"] or found["outside"]
    alone = found["time"] and not line[found.end() :].strip()
    if not (colon or found["time"]):
        return None
    notation = "bold" if colon or alone else "stamped"
    return _checked(found["head"], notation, found.end(), times_of(found))


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
    if found is None or not (found["time"] or line[found.end() :].strip()):
        return None
    head = found["head"].strip().rstrip(":")
    if head.isdecimal() and _mark_at(line[found.end() :].lstrip()):
        return None
    if _ID.fullmatch(head):
        return _timed(Mark(head, "bracket", found.end()), times_of(found))
    name, comma, what = head.partition(", ")
    label = f"{name} ({what})" if comma and "(" not in head else head
    return _checked(label, "bracket", found.end(), times_of(found))


def _hedged(line: str) -> Mark | None:
    """Read `{Ana} So.`, `#Ana# So.` and `(speaker 1) So.`.

    What stands in parentheses is mostly an aside, so only a part is a voice there.
    """
    found = _HEDGED.match(line)
    if found is None or line[found.end("head")] != _CLOSING[found["open"]]:
        return None
    head = found["head"].strip()
    if found["open"] == "(" and not (is_generic(head) and _WORD.search(head)):
        return None
    return _checked(head, "hedge", found.end(), times_of(found))


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
    name = rest.strip(" \t*_")
    is_half = name.casefold() in _HALVES
    if mark is None and name[:1].isalpha() and is_label(name) and not is_half:
        mark = Mark(name, "named", len(rest))
    if mark is None:
        return None
    mark = replace(mark, words_at=mark.words_at + found.end())
    return _timed(mark, times_of(found))


def _colon(line: str) -> Mark | None:
    found = _COLON.match(line)
    return _checked(found[1], "colon", found.end()) if found else None


def _beside_time(line: str) -> Mark | None:
    """Read `Name 0:12` alone on its line, or `Name [0:12] words`."""
    bare = line.rstrip()
    if not _DIGIT.search(bare):
        return None
    if len(bare) <= _LONGEST_HEAD and bare[-1] in _STAMP_ENDS:
        found = _HEADER.match(bare)
        if found is not None:
            return _checked(found["head"], "header", len(line), times_of(found))
    found = _INLINE.match(line)
    if found is None:
        return None
    return _checked(found["head"], "stamped", found.end(), times_of(found))


def _checked(
    head: str, notation: str, words_at: int, times: Times = (None, None)
) -> Mark | None:
    label = head.strip()
    if _DIGIT.search(label):
        label, times = _without_times(label, times)
    if not label or not is_label(label):
        return None
    return Mark(label, notation, words_at, times[0], end_s=times[1])


def _without_times(label: str, times: Times) -> tuple[str, Times]:
    """Take the time off either end of a label."""
    after = _HEAD_TIME.search(label)
    if after:
        return label[: after.start()].rstrip(" \t:"), times_of(after)
    before = _TIME_FIRST.match(label)
    return (label[before.end() :], times_of(before)) if before else (label, times)


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
    times: Times = times_of(next_time) if next_time else (None, None)
    words_at = next_time.end() if next_time else words_at
    return _checked(_RUN_END.sub("", bold), "run", words_at, times)


def is_voice(label: str) -> bool:
    """Return whether a label is a part in the conversation or a full name."""
    return is_generic(label) or is_full_name(label)
