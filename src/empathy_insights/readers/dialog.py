"""Running text to turns: a turn goes from its speaker's mark to the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, takewhile
from operator import itemgetter

from empathy_insights.readers.labels import is_front_matter
from empathy_insights.readers.marks import Mark, find_marks, real_marks
from empathy_insights.readers.model import Remark, Turn, outside

_HEADING = re.compile(r"#{1,6}\s|[-=*_]{3,}\s*$")
_FOOTER = re.compile(r"transcribed (?:by|with|using) \S", re.IGNORECASE)
_KEY = re.compile(r"[^\s:][^:\n]{0,40}:(?:\s|$)")
_FRONT, _BODY, _TITLE, _FOOT = "front matter", "", "heading", "closing line"
_UNSAID = "mark"
_SHORT = 10
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


def text_lines(text: str, headings: frozenset[int] = frozenset()) -> list[Line]:
    """Split a text into lines and mark front matter, headings and closing lines.

    Parameters
    ----------
    text
        The whole file.
    headings
        Numbers of lines that the format itself calls headings.
    """
    lines = text.split("\n")
    front = _front_matter(lines)
    found, at = [], 0
    for number, line in enumerate(lines, start=1):
        part = _FRONT if number <= front else _part(line, number in headings)
        found.append(Line(number, at, line, part))
        at += len(line) + 1
    return found


def _part(line: str, is_heading: bool) -> str:  # noqa: FBT001 - private, two callers
    if is_heading or (line[:1] in "#-=*_" and _HEADING.match(line)):
        return _TITLE
    return _FOOT if line[:1] in "tT" and _FOOTER.match(line) else _BODY


def _front_matter(lines: Sequence[str]) -> int:
    """Return the number of the last line of YAML or `key: value` front matter."""
    if lines[0].strip() == "---":
        for number, line in enumerate(lines[1:], start=2):
            if line.strip() in ("---", "..."):
                return number
    return _facts(lines)


def _facts(lines: Sequence[str]) -> int:
    """Return the last line of the facts at the top, such as `Date: 2026-03-01`.

    A block of short `key: value` lines that a blank line ends is facts as a whole when
    one key is; else only the keys that are facts for certain, up to the first other.
    """
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    block = list(
        takewhile(_KEY.match, (line.replace("*", "") for line in lines[first:]))
    )
    last = first + len(block)
    keys = [line.split(":")[0].casefold().strip() for line in block]
    whole = (
        any(map(is_front_matter, keys))
        and len(set(keys)) == len(keys)
        and all(len(line.split()) <= _SHORT for line in block)
        and any(line.strip() for line in lines[last:])
        and not lines[last].strip()
    )
    return last if whole else first + len(list(takewhile(is_front_matter, keys)))


def find_turns(
    lines: Sequence[Line], names: frozenset[str]
) -> tuple[tuple[Turn, ...], tuple[Remark, ...]]:
    """Return the turns of a text and the words that stand in none, or two empty tuples."""
    plain = [line.text if line.part == _BODY else "" for line in lines]
    marks, doubtful = real_marks(find_marks(plain), plain, names)
    if not marks:
        return (), ()
    turns, stray = _walk(lines, {mark.line: mark for mark in marks})
    blocks = [[line for _, line in block] for _, block in groupby(stray, itemgetter(0))]
    remarks = (*map(_outside, blocks), *map(_doubt, doubtful))
    return tuple(turns), remarks


def _walk(
    lines: Sequence[Line], marks: dict[int, Mark]
) -> tuple[list[Turn], list[tuple[int, Line]]]:
    """Return the turns, and each line outside them with the number of turns before it."""
    turns: list[Turn] = []
    stray: list[tuple[int, Line]] = []
    mark: Mark | None = None
    body: list[Line] = []
    for line in lines:
        if line.number in marks or line.part:
            turns += _turn(mark, body, marks)
            stray += _unsaid(len(turns), mark, body, marks)
            mark, body = marks.get(line.number, mark), []
        if line.part or mark is None:
            stray += [(len(turns), line)] if line.text.strip() else []
        else:
            body.append(line)
    turns += _turn(mark, body, marks)
    return turns, [*stray, *_unsaid(len(turns), mark, body, marks)]


def _unsaid(
    n: int, mark: Mark | None, body: Sequence[Line], marks: dict[int, Mark]
) -> list[tuple[int, Line]]:
    """Return the line of a mark after which nothing is said."""
    if mark is None or not body or body[0].number != mark.line:
        return []
    return [] if _turn(mark, body, marks) else [(n, replace(body[0], part=_UNSAID))]


def _turn(
    mark: Mark | None, body: Sequence[Line], marks: dict[int, Mark]
) -> list[Turn]:
    """Return the turn that some lines hold, unless they hold nothing but a mark."""
    spans = [
        (line, *_span(line, marks[line.number].words_at if line.number in marks else 0))
        for line in body
    ]
    spans = [(line, start, end) for line, start, end in spans if end > start]
    if mark is None or not spans:
        return []
    # A heading ends a turn; what the same voice says under it has a later time.
    under_mark = body[0].number == mark.line
    number = mark.line if under_mark else spans[0][0].number
    start_s = mark.start_s if under_mark else None
    return [Turn(mark.label, spans[0][1], spans[-1][2], number, start_s)]


def _span(line: Line, at: int = 0) -> tuple[int, int]:
    words = line.text[at:]
    first = line.start + at + len(words) - len(words.lstrip())
    return first, first + len(words.strip())


def _outside(block: Sequence[Line]) -> Remark:
    first, last = block[0], block[-1]
    parts = {line.part for line in block}
    what = _IS[first.part] if len(parts) == 1 else _MIXED
    return outside(what, first.number, _span(first)[0], _span(last)[1])


def _doubt(mark: Mark) -> Remark:
    return Remark(
        "a word with a colon that could be a speaker was read as words",
        "if somebody speaks here, add the name to the participants table",
        mark.line,
    )
