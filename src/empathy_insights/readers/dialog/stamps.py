"""Times as people and programs write them beside words: one grammar for all of them.

A stamp is a time or a stretch from one to another, with or without brackets, a date, or
bold type: `00:12`, `[0h 3m 12s]`, `(min 3:12)`, `#00:00:05-3#`, `**0:05**`, `10:03 AM`,
`[00:00:00.000 --> 00:00:04.000]`, `[5/1/24, 10:03]`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from empathy_insights.labels import TIME, seconds, words_in
from empathy_insights.readers.transcript import Turn

_DATE = r"(?:(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|[Yy]esterday|[Tt]oday),?[T ]{1,2})?"
_TO = r"[ \t]*(?:-{0,2}>|[-–—→]|to)[ \t]*"
_UNIT = r"[ ]?(?:s(?:ec)?|m(?:in)?)\b"
_ABOUT = r"(?:(?:min|minutes?|at|time|timestamp|ts?)\b[ .:=]*)?"
WRAPPED = (
    rf"[\[(<{{#|][ \t]*{_ABOUT}{_DATE}"
    rf"(?P<start>{TIME}|\d{{1,6}}(?:[.,]\d{{1,3}})?{_UNIT}"
    rf"|\d{{1,6}}\.\d{{1,3}}(?={_TO}\d))"
    rf"(?:{_TO}(?P<end>{TIME}|\d{{1,6}}(?:[.,]\d{{1,3}})?(?:{_UNIT})?))?"
    r"[ \t]*(?:min\.?)?[\])>}#|]"
)
_BARE = rf"{_DATE}(?<![\w:.])(?P<bare>{TIME})(?:{_TO}(?P<bare_end>{TIME}))?(?!\w|:\d)"
STAMP = rf"(?P<em>[*_`]{{0,3}})(?:{WRAPPED}|{_BARE})(?P=em)"

WHOLE = re.compile(STAMP)

Times = tuple[float | None, float | None]

_ALONE = re.compile(rf"[ \t]*{STAMP}[ \t]*(?:\n|$)")
_AT_HEAD = re.compile(rf"{WRAPPED}[ \t]*(?=\S)")
_LAST_LINE = re.compile(rf"\n[ \t]*{STAMP}[ \t]*$")
_ABOVE = re.compile(rf"(?:^|\n)[ \t]*{STAMP}[ \t]*\n+[^\n]*\n?[ \t]*$")
_AT_END = re.compile(rf"[ \t]*{WRAPPED}[ \t]*$")
_LONGEST = 60
_OPEN = frozenset("0123456789[(<{#|*_`")
_CLOSE = frozenset("])>}#|")
_ENDS = _CLOSE | frozenset("0123456789msMh.*_`'\"”")
_HALF = 0.5
_FEWEST = 3


def times_of(found: re.Match[str]) -> Times:
    """Return where a stretch begins and ends, in seconds, from a match of a stamp."""
    parts = found.groupdict()
    start = parts.get("start") or parts.get("bare")
    end = parts.get("end") or parts.get("bare_end")
    return seconds(start) if start else None, seconds(end) if end else None


def starts_with_time(line: str) -> bool:
    """Return whether a line begins with a stamp."""
    return WHOLE.match(line) is not None


def timed_turns(text: str, turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Take the stamps off the ends of turns: a time is not said.

    One on a line of its own belongs to the words after it. One at the end of a
    paragraph, as f4 and MAXQDA write it, says when the words before it end; in brackets
    it does so only where half of all turns have one.
    """
    ends = [_at_end(text, turn) for turn in turns]
    n_ends = sum(end is not None for end in ends)
    customary = len(turns) >= _FEWEST and n_ends > _HALF * len(turns)
    timed: list[Turn] = []
    due = _above(text, turns)
    for turn, end in zip(turns, ends, strict=True):
        begun = _without_first(text, turn)
        if due is not None and begun.start_s is None:
            begun = replace(begun, start_s=due)
        is_time = end is not None and (customary or text[end.end() - 1] == "#")
        given, due = _without_last(text, begun, end if is_time else None)
        timed.append(given)
    return tuple(timed)


def _at_end(text: str, turn: Turn) -> re.Match[str] | None:
    if text[turn.end - 1] not in _CLOSE:
        return None
    return _AT_END.search(text, max(turn.start, turn.end - _LONGEST), turn.end)


def _above(text: str, turns: Sequence[Turn]) -> float | None:
    """Return the time on a line of its own above the first speaker."""
    at = turns[0].start if turns else 0
    found = _ABOVE.search(text, max(at - 2 * _LONGEST, 0), at)
    return times_of(found)[0] if found else None


def _without_first(text: str, turn: Turn) -> Turn:
    if text[turn.start] not in _OPEN:
        return turn
    span = turn.start, turn.end
    head = _ALONE.match(text, *span) or _AT_HEAD.match(text, *span)
    if head is None or head.end() >= turn.end:
        return turn
    said = text[head.end() : turn.end]
    start = turn.end - len(said.lstrip())
    began, ended = times_of(head)
    return replace(
        turn,
        start=start,
        start_s=began if turn.start_s is None else turn.start_s,
        end_s=ended if turn.end_s is None else turn.end_s,
    )


def _without_last(
    text: str, turn: Turn, end: re.Match[str] | None
) -> tuple[Turn, float | None]:
    """Take off the last stamp, and return when it says that the next turn begins."""
    last = None
    if text[turn.end - 1] in _ENDS:
        at = max(turn.start, turn.end - _LONGEST)
        last = _LAST_LINE.search(text, at, turn.end)
    found = last or end
    if found is None or found.start() <= turn.start:
        return turn, None
    stop = turn.start + len(text[turn.start : found.start()].rstrip())
    time = times_of(found)[0]
    end_s = time if last is None and turn.end_s is None else turn.end_s
    return replace(turn, end=stop, end_s=end_s), time


# What a cell of a survey holds when nobody said it: dates, times, numbers, links.


# Months are told by their first letters, which most languages of Europe share.
_MONTHS = re.compile(
    r"(?:jan|gen|ene|feb|f[eé]v|m[aä]r|apr|avr|abr|ma[iyjg]|mei|jun|juin|giu|jul|juil|lug|"
    r"au?g|ao[uû]?t|ago|sep|set|okt|oct|out|ott|nov|de[czs]|d[eé]c|dic|dez|"
    r"янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\w{0,9}"
)
_DAYS = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|mi[eé]|jeu|jue|ven|"
    r"vie|sam|s[aá]b|dim|dom|gio)(?:\w{0,5}(?:day|tag|di|es|woch|che|do|ed[iì]))?"
)
_BETWEEN = words_in(
    "am pm a m p de del of at um à às alle uhr h hr hrs hour hours min mins minute "
    "minutes minuten s sec secs second seconds sekunden st nd rd th t z utc gmt est edt "
    "cst cdt mst mdt pst pdt cet cest time standard daylight summer eastern central "
    "mountain pacific atlantic european greenwich mean coordinated universal "
    "上午 下午 午前 午後 오전 오후 年 月 日 时 時 分 秒 년 월 일 시 분 초 ч г"
)
_ZONE = re.compile(r"[A-Z]{2,5}")
_PLACE = re.compile(r"\b[A-Z][a-z]+/[A-Z][A-Za-z_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHAPE = re.compile(
    r"\d{1,4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,4}|\d{1,2}:\d{2}|(?:19|20)\d\d|"
    r"\d{1,2}\s*[h年月日년월일时時시]|\d+\s*(?:min|sec|hours?)",
    re.IGNORECASE,
)
_LONGEST_MOMENT = 80
_NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|[\d\s.,:/%$€-]+")


def is_data(answer: str) -> bool:
    """Return whether an answer holds numbers, links, addresses or times, and no words."""
    return _NOT_WORDS.fullmatch(answer.strip()) is not None or is_moment(answer)


def is_moment(answer: str) -> bool:
    """Return whether a cell holds a date, a time or a duration, and nothing else.

    Examples
    --------
    >>> is_moment("Fri 1 May 2026, 9:23 AM AST"), is_moment("At 9:23 the bus came")
    (True, False)
    """
    if len(answer) > _LONGEST_MOMENT or not _SHAPE.search(answer):
        return False
    return all(map(_tells_time, _LETTERS.findall(_PLACE.sub("", answer))))


def _tells_time(word: str) -> bool:
    if _ZONE.fullmatch(word):
        return True
    folded = word.casefold()
    return folded in _BETWEEN or any(
        names.fullmatch(folded) is not None for names in (_MONTHS, _DAYS)
    )
