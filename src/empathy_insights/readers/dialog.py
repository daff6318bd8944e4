"""Running text to turns: a turn goes from its speaker's mark to the next one."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from operator import attrgetter
from types import MappingProxyType

from empathy_insights.readers.customs import (
    HEADING,
    bold_marks,
    customary_marks,
    small_marks,
)
from empathy_insights.readers.heads import has_yaml, head_lines
from empathy_insights.readers.marks import find_marks, real_marks
from empathy_insights.readers.model import Remark, Turn, outside
from empathy_insights.readers.notations import Mark
from empathy_insights.readers.stamps import timed_turns

_SPECIAL = re.compile(
    r"^(?:(?P<heading>#{1,6}[^\S\n]|[-=*_]{3,}[^\S\n]*$)|"
    r"(?P<foot>[Tt]ranscribed (?:by|with|using) \S))[^\n]*",
    re.MULTILINE,
)
_FRONT, _BODY, _TITLE, _FOOT = "front matter", "", HEADING, "closing line"
_UNSAID = "mark"
FACTS = "facts"
_NEWLINE = re.compile("\n")
_MIXED = "text beside the turns is"
_IS = {
    _FRONT: "front matter is",
    _BODY: "text before the first speaker is",
    _TITLE: "a heading is",
    _FOOT: "a closing line is",
    _UNSAID: "a speaker's name without words is",
}


@dataclass(frozen=True, slots=True)
class Line:
    """Hold a line of the text, where it starts and what part of the file it is in."""

    number: int
    start: int
    text: str
    part: str = _BODY


@dataclass(frozen=True, slots=True)
class _Region:
    """Hold what stands between two breaks: under a mark, or a heading, or at the head."""

    at: int
    end: int
    mark: Mark | None
    part: str = _BODY


@dataclass(frozen=True, slots=True)
class _Stray:
    """Hold words in no turn, with the number of turns before them."""

    n_turns: int
    part: str
    start: int
    end: int


def special_lines(text: str, headings: frozenset[int] = frozenset()) -> dict[int, str]:
    """Return where the lines begin that nobody says: front matter, headings, closing.

    Parameters
    ----------
    text
        The whole file.
    headings
        Numbers of lines that the format itself calls headings.
    """
    found = {
        match.start(): _TITLE if match["heading"] else _FOOT
        for match in _SPECIAL.finditer(text)
    }
    front = head_lines(text)
    if front or headings:
        starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
        found |= {starts[number - 1]: _TITLE for number in headings}
        part = FACTS if has_yaml(text) else _FRONT
        found |= dict.fromkeys(starts[:front], part)
    return found


def text_lines(text: str, special: Mapping[int, str]) -> list[Line]:
    """Split a text into lines, each with the part of the file that it is in."""
    lines, at = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        lines.append(Line(number, at, line, special.get(at, _BODY)))
        at += len(line) + 1
    return lines


def find_turns(
    text: str,
    special: Mapping[int, str],
    names: frozenset[str],
    runs: Mapping[int, int] = MappingProxyType({}),
) -> tuple[tuple[Turn, ...], tuple[Remark, ...]]:
    """Return the turns of a text and the words that stand in none, or two empty tuples.

    Parameters
    ----------
    text
        The whole file.
    special
        Where the lines begin that nobody says.
    names
        People of whom the user has told us, reduced by `label_key`.
    runs
        Line of a paragraph -> how many code points at its head are bold, if known.
    """
    bold = {mark.at: mark for mark in bold_marks(text, runs, names)}
    heads = {mark.at: mark for mark in find_marks(text, special)} | bold
    small = small_marks(text, special, heads, names)
    heads |= {mark.at: mark for mark in small}
    marks, doubtful = real_marks([heads[at] for at in sorted(heads)], text, names)
    if not marks:
        marks = customary_marks(text, special)
    if not marks:
        return (), ()
    special = {at: special[at] for at in special.keys() - {mark.at for mark in marks}}
    newlines = [found.start() for found in _NEWLINE.finditer(text)]
    turns, stray = _walk(text, list(_regions(text, marks, special)), newlines)
    blocks = [list(block) for _, block in groupby(stray, attrgetter("n_turns"))]
    remarks = [_outside(block, newlines) for block in blocks]
    return timed_turns(text, turns), (*remarks, *map(_doubt, doubtful))


def _regions(
    text: str, marks: Sequence[Mark], special: Mapping[int, str]
) -> Iterator[_Region]:
    """Cut the text at its marks and special lines."""
    by_start = {mark.at: mark for mark in marks}
    breaks = sorted({*by_start, *special})
    voice: Mark | None = None
    if not breaks or breaks[0] > 0:
        yield _Region(0, breaks[0] if breaks else len(text), None)
    for start, end in zip(breaks, [*breaks[1:], len(text)], strict=True):
        if start in special:
            line_end = text.find("\n", start, end)
            line_end = end if line_end < 0 else line_end
            yield _Region(start, line_end, None, special[start])
            yield _Region(line_end, end, voice)
        else:
            voice = by_start[start]
            yield _Region(start, end, voice)


def _line_of(newlines: Sequence[int], at: int) -> int:
    return bisect_left(newlines, at) + 1


def _walk(
    text: str, regions: Sequence[_Region], newlines: Sequence[int]
) -> tuple[list[Turn], list[_Stray]]:
    """Return the turns, and each stretch outside them."""
    turns: list[Turn] = []
    stray: list[_Stray] = []
    for region in regions:
        mark = region.mark
        under_mark = mark is not None and mark.at == region.at
        begin = region.at + (mark.words_at if mark and under_mark else 0)
        start, end = _span(text, begin, region.end)
        if mark and mark.is_bold and under_mark:
            end = max(start, start + len(text[start:end].rstrip("*")))
        if mark is not None and end > start:
            line = mark.line if under_mark else _line_of(newlines, start)
            times = (mark.start_s, mark.end_s) if under_mark else (None, None)
            turns.append(Turn(mark.label, start, end, line, *times))
            continue
        start, end = _span(text, region.at, region.end)
        if end > start and region.part != FACTS:
            part = _UNSAID if under_mark else region.part
            stray.append(_Stray(len(turns), part, start, end))
    return turns, stray


def _span(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    return first, first + len(words.strip())


def _outside(block: Sequence[_Stray], newlines: Sequence[int]) -> Remark:
    first, last = block[0], block[-1]
    parts = {stray.part for stray in block}
    what = _IS[first.part] if len(parts) == 1 else _MIXED
    return outside(what, _line_of(newlines, first.start), first.start, last.end)


def _doubt(mark: Mark) -> Remark:
    what = "a bold word" if mark.notation == "run" else "a word with a colon"
    return Remark(
        f"{what} that could be a speaker was read as words",
        "if somebody speaks here, add the name to the participants table",
        mark.line,
    )
