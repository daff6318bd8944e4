"""Running text to turns: a turn goes from its speaker's mark to the next one."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import groupby, pairwise
from operator import attrgetter, itemgetter
from types import MappingProxyType

from empathy_insights.readers.dialog.chats import Chat, chat_of, without_edits
from empathy_insights.readers.dialog.conventions import (
    FILLED,
    HEADING,
    bold_marks,
    count_of,
    customary_marks,
    with_customs,
)
from empathy_insights.readers.dialog.empathy_maps import quadrant_lines
from empathy_insights.readers.dialog.heads import has_yaml, head_lines
from empathy_insights.readers.dialog.mails import mails_of
from empathy_insights.readers.dialog.mixed_marks import mixed_marks, told_lines
from empathy_insights.readers.dialog.notations import Mark
from empathy_insights.readers.dialog.odd_labels import (
    inner_marks,
    odd_marks,
    set_apart_marks,
    small_marks,
)
from empathy_insights.readers.dialog.place_labels import place_marks
from empathy_insights.readers.dialog.program_lines import (
    afterword_lines,
    aside_lines,
    badges,
    closing_lines,
    fenced_lines,
    legend_lines,
    notice_lines,
    set_off_lines,
    with_spoken_times,
    without_badges,
)
from empathy_insights.readers.dialog.questions import (
    answer_marks,
    asked_end,
    asked_lines,
    counted_lines,
    unlabelled_lines,
)
from empathy_insights.readers.dialog.quotes import (
    SAID,
    after_quotes,
    quoted_marks,
    unquoted,
)
from empathy_insights.readers.dialog.sections import by_section, section_lines
from empathy_insights.readers.dialog.speaker_marks import (
    find_marks,
    real_marks,
    stands_apart,
)
from empathy_insights.readers.dialog.stamps import timed_turns
from empathy_insights.readers.dialog.told_lists import beside_lists, listed_marks
from empathy_insights.readers.dialog.topic_heads import are_topics
from empathy_insights.readers.people.facilitators import find_facilitators
from empathy_insights.readers.transcript import Remark, Turn, outside

_HEADING = re.compile(r"^(?:#{1,6}[^\S\n]|[-=*_]{3,}[^\S\n]*$)[^\n]*", re.MULTILINE)
_FRONT, _BODY, TITLE, _FOOT = "front matter", "", HEADING, "closing line"
_NOTICE, _UNSAID, _BADGE, _CODE = "notice", "mark", "badge", "code"
FACTS, ASKED, _AFTER = "facts", "question", "after a question"
_NOTED, _AFTER_NOTES, _ASIDE = "notes", "after notes", "aside"
# Nobody is heard after these until the next mark.
_ENDING = frozenset({_FOOT, ASKED, _NOTED})
_REST = {ASKED: _AFTER, _NOTED: _AFTER_NOTES}
# Signs of who speaks, as a mark is.
_SIGNS = frozenset({FACTS, _BADGE})
_FEW = 3  # lines to a mark, where another custom may mark more
_MORE = 1.25  # times the marks, where lines of a list tell of people without a colon
_NEWLINE = re.compile("\n")
_WHITE, _EMPHASIS = " \t\n\r\f\v\u00a0\u2028\u2029", "#*_"
_MIXED = "text beside the turns is"
_IS = {
    _FRONT: "front matter is",
    _BODY: "text before the first speaker is",
    TITLE: "a heading is",
    _FOOT: "a closing line is",
    _NOTICE: "a notice of the program is",
    _NOTED: "what whoever listened noted is",
    _ASIDE: "what whoever listened noted is",
    _AFTER_NOTES: "text after notes is",
    _AFTER: "text after a question without a speaker is",
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


def special_lines(
    text: str,
    headings: frozenset[int] = frozenset(),
    bold: frozenset[int] = frozenset(),
) -> dict[int, str]:
    """Return where the lines begin that nobody says: facts, headings, questions, closing.

    Parameters
    ----------
    text
        The whole file.
    headings
        Numbers of lines that the format itself calls headings.
    bold
        Numbers of lines that are bold throughout.
    """
    front = head_lines(text)
    starts = array("Q", [0])
    if front or headings or bold:
        starts.extend(found.end() for found in _NEWLINE.finditer(text))
    titles = {match.start() for match in _HEADING.finditer(text)}
    titles |= {starts[number - 1] for number in headings}
    found = dict.fromkeys(titles, TITLE)
    found |= dict.fromkeys(notice_lines(text), _NOTICE)
    found |= dict.fromkeys(closing_lines(text), _FOOT)
    stressed = {starts[number - 1] for number in bold}
    found |= dict.fromkeys(asked_lines(text, stressed, titles), ASKED)
    found |= dict.fromkeys(quadrant_lines(text), FACTS)
    part = FACTS if front and has_yaml(text) else _FRONT
    return found | dict.fromkeys(starts[:front], part)


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
    bold: frozenset[int] = frozenset(),
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
    bold
        Numbers of lines that are bold throughout.
    """
    if chat := chat_of(text) or mails_of(text):
        return _of_chat(text, chat, special)
    titles = {at for at, part in special.items() if part == TITLE}
    special = dict(special) | dict.fromkeys(afterword_lines(text, titles), _NOTED)
    marks, doubtful = _marks(text, special, names, runs)
    if not marks:
        return (), ()
    unsaid = dict.fromkeys(counted_lines(text), ASKED)
    unsaid |= dict.fromkeys(aside_lines(text), _ASIDE) | special
    apart = [mark for mark in doubtful if stands_apart(mark, marks)]
    unsaid |= {mark.at: _NOTED for mark in apart}
    noted = after_quotes(marks, text) | set_off_lines(text, marks)
    noted |= told_lines(marks, text, unsaid) | legend_lines(text, marks)
    noted |= set(beside_lists(marks, text, unsaid))
    unsaid |= dict.fromkeys(noted, _NOTED)
    unsaid |= dict.fromkeys(badges(marks, text), _BADGE)
    sections = section_lines(text, marks, titles | _starts(text, bold))
    unsaid |= dict.fromkeys(sections, TITLE)
    for mark in marks:
        unsaid.pop(mark.at, None)
    newlines = _newlines(text)
    turns, stray = _walk(text, _regions(text, marks, unsaid), newlines)
    asked = unsaid | dict.fromkeys(unlabelled_lines(text, marks), ASKED)
    if len(asked) > len(unsaid):
        without = _walk(text, _regions(text, marks, asked), newlines)
        turns, stray = (
            (turns, stray) if find_facilitators(text, without[0]) else without
        )
    remarks = _remarks(stray, newlines)
    turns = by_section(turns, sections)
    return timed_turns(text, turns), (
        *remarks,
        *(_doubt(m) for m in doubtful if m not in apart and m.at > marks[0].at),
    )


def _of_chat(
    text: str, chat: Chat, special: Mapping[int, str]
) -> tuple[tuple[Turn, ...], tuple[Remark, ...]]:
    """Return the messages of a chat, without what its program wrote."""
    newlines = _newlines(text)
    told = {mark.at for mark in chat.marks} - chat.unsaid
    lines = {
        at: part
        for at, part in special.items()
        if part in (_NOTICE, TITLE) and at not in told
    }
    unsaid = lines | dict.fromkeys(chat.unsaid, _NOTICE)
    marks = [mark for mark in chat.marks if mark.at not in unsaid]
    turns, stray = _walk(text, _regions(text, marks, unsaid), newlines)
    said = [(turn, without_edits(text[turn.start : turn.end])) for turn in turns]
    kept = (replace(turn, end=turn.start + len(words)) for turn, words in said if words)
    return tuple(kept), tuple(_remarks(stray, newlines))


def _starts(text: str, numbers: Collection[int]) -> set[int]:
    lines = text_lines(text, {}) if numbers else ()
    return {line.start for line in lines if line.number in numbers}


def _newlines(text: str) -> array[int]:
    return array("Q", (found.start() for found in _NEWLINE.finditer(text)))


def _remarks(stray: Sequence[_Stray], newlines: Sequence[int]) -> list[Remark]:
    blocks = [list(block) for _, block in groupby(stray, attrgetter("n_turns"))]
    return [_outside(block, newlines) for block in blocks]


def _marks(
    text: str,
    special: Mapping[int, str],
    names: frozenset[str],
    runs: Mapping[int, int],
) -> tuple[list[Mark], list[Mark]]:
    """Return the marks of a file and the doubtful ones."""
    skipped = dict.fromkeys(fenced_lines(text), _CODE) | dict(special)
    heads = {mark.at: mark for mark in find_marks(text, skipped)}
    timed = {at for at, mark in heads.items() if mark.notation == "header"}
    bold = [mark for mark in bold_marks(text, runs, names) if mark.at not in timed]
    heads |= {m.at: m for m in bold if special.get(m.at) not in (_NOTICE, _FOOT)}
    heads |= {mark.at: mark for mark in small_marks(text, skipped, heads, names)}
    heads |= {mark.at: mark for mark in odd_marks(text, skipped, heads, names)}
    heads |= {mark.at: mark for mark in inner_marks(text, heads)}
    if ASKED in special.values():
        heads |= {mark.at: mark for mark in answer_marks(text)}
    ordered = [heads[at] for at in sorted(heads)]
    asked = {at for at, part in special.items() if part == ASKED}
    is_asked = len(asked | unlabelled_lines(text, ordered)) > 1
    marks, doubtful = real_marks(ordered, text, names, is_asked=is_asked)
    more = [*mixed_marks(marks, text, skipped), *place_marks(text, marks, skipped)]
    placed = {mark.at: mark for mark in [*more, *marks]}
    marks = [placed[at] for at in sorted(placed)]
    doubtful = [mark for mark in doubtful if mark.at not in placed]
    if len(marks) * _FEW < count_of(FILLED, text):
        customs = customary_marks(text, skipped) or set_apart_marks(text, skipped)
        if len(customs) > len(marks):
            marks, doubtful = with_customs(customs, ordered, text), []
    if are_topics(marks, text, names):
        marks, doubtful = [], []
    listed = listed_marks(text, skipped)
    are_codes = all(mark.notation == "code" for mark in marks)
    if len(listed) > _MORE * len(marks) or (listed and are_codes):
        marks, doubtful = listed, []
    marks = quoted_marks(without_badges(marks, text), text, skipped)
    return with_spoken_times(marks, text), doubtful


def _regions(
    text: str, marks: Sequence[Mark], special: Mapping[int, str]
) -> Iterator[_Region]:
    """Cut the text at its marks and special lines."""
    voice: Mark | None = None
    placed = sorted(marks, key=attrgetter("at"))
    said = ((mark.at, mark) for mark in placed)
    unsaid = ((at, None) for at in sorted(special))
    breaks = merge(said, unsaid, [(len(text), None)], key=itemgetter(0))
    yield _Region(0, min([*special, placed[0].at]), None)
    for (start, mark), (end, _) in pairwise(breaks):
        if mark is not None:
            voice = mark
            yield _Region(start, end, voice)
            continue
        part = special[start]
        stop = _end_of(text, part, start, end)
        yield _Region(start, stop, None, part)
        voice = None if part in _ENDING else voice
        yield _Region(stop, end, voice, _REST.get(part, _BODY))


def _end_of(text: str, part: str, start: int, end: int) -> int:
    """Return where a line that nobody says ends, or the paragraph that it opens."""
    if part == ASKED:
        return asked_end(text, start, end)
    stop = text.find("\n\n" if part in (_FOOT, _NOTED) else "\n", start, end)
    return end if stop < 0 else stop


def _line_of(newlines: Sequence[int], at: int) -> int:
    return bisect_left(newlines, at) + 1


def _walk(
    text: str, regions: Iterable[_Region], newlines: Sequence[int]
) -> tuple[list[Turn], list[_Stray]]:
    """Return the turns, and each stretch outside them."""
    turns: list[Turn] = []
    stray: list[_Stray] = []
    for region in regions:
        turn = _turn(text, region, newlines)
        if turn is not None:
            turns.append(turn)
            continue
        start, end = _span(text, region.at, region.end)
        if end > start and region.part not in _SIGNS:
            under_mark = region.mark is not None and region.mark.at == region.at
            part = _UNSAID if under_mark else region.part
            stray.append(_Stray(len(turns), part, start, end))
    return turns, stray


def _turn(text: str, region: _Region, newlines: Sequence[int]) -> Turn | None:
    """Return what a voice says in a region, or the question that it is."""
    if region.part == ASKED:
        start, end = _span(text, region.at, region.end, _EMPHASIS)
        return Turn(None, start, end, _line_of(newlines, start), is_prompt=True)
    mark = region.mark
    if mark is None:
        return None
    under_mark = mark.at == region.at
    begin = region.at + (mark.words_at if under_mark else 0)
    start, end = _span(text, begin, region.end)
    if mark.is_bold and under_mark:
        end = max(start, start + len(text[start:end].rstrip("*")))
    if mark.notation == SAID and under_mark:
        end = start + len(unquoted(text[start:end]))
    if end <= start:
        return None
    line = mark.line if under_mark else _line_of(newlines, start)
    times = (mark.start_s, mark.end_s) if under_mark else (None, None)
    return Turn(mark.label, start, end, line, *times)


def _span(text: str, start: int, end: int, signs: str = "") -> tuple[int, int]:
    """Return where words begin and end, without white space and signs around them."""
    words = text[start:end]
    around = _WHITE + signs
    first = start + len(words) - len(words.lstrip(around))
    return first, max(first, start + len(words.rstrip(around)))


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
