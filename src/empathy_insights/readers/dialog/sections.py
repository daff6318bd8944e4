"""Several interviews in one file: a heading above each, `Student 2` or `Lena, 9th grade`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import replace

from empathy_insights.readers.dialog.notations import Mark
from empathy_insights.readers.dialog.people_heads import (
    HEARD,
    heads_of_people,
    only_answers,
)
from empathy_insights.readers.dialog.speaker_marks import after_gap
from empathy_insights.readers.transcript import Turn
from empathy_insights.roles import role_in

_HEAD = re.compile(
    r"^[ \t]*+[#=*_–—-]{0,6}+[ \t]*+"
    rf"(?P<head>(?:(?:(?:{HEARD})[ \t]+)?(?:interview|entrevista|conversation|conversaci[oó]n)|{HEARD})[ \t]*(?:no\.?|#)?[ \t]*"
    r"\d{1,3}(?!\d|:\d)(?:[ \t]*(?:[-–—,(]|:[ \t])[^\n:?]{1,90})?)[ \t]*:?[ \t]*[#=*_–—-]{0,6}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_SURE = re.compile(
    rf"(?:(?:{HEARD})[ \t]+)?(?:interview|entrevista)[ \t]*(?:no\.?|#)?[ \t]*\d",
    re.IGNORECASE,
)
_NEAR = 200  # code points in which somebody speaks under a heading


def section_lines(
    text: str, marks: Sequence[Mark], titles: Collection[int] = frozenset()
) -> dict[int, str]:
    """Return where the headings of several interviews stand, and what they say.

    A heading is one of the format itself, or stands after a blank line or at the head of
    the file, and somebody speaks right under it.
    """

    def stands(at: int) -> bool:
        return at in titles or after_gap(text, at)

    places = [mark.at for mark in marks]
    found = {}
    heads = {
        match.start(): match["head"].strip(" \t()-–—")
        for match in _HEAD.finditer(text)
        if stands(match.start()) or _SURE.match(match["head"])
    }
    named = heads_of_people(text, by_line=False, titles={*titles, *heads})
    told = [said for at, said in named.items() if said and at in heads]
    are_apart = len(set(told)) == len(heads)  # names, and not `Student` twice
    for at, said in (heads | named if are_apart else named | heads).items():
        next_at = bisect_right(places, at)
        is_mark = next_at > 0 and places[next_at - 1] == at
        end = text.find("\n", at)
        is_near = next_at < len(places) and places[next_at] - end < _NEAR
        if said and is_near and not is_mark:
            found[at] = said
    return found if len(set(found.values())) > 1 else {}


def by_section(turns: Sequence[Turn], sections: dict[int, str]) -> list[Turn]:
    """Tell apart who answers under each heading, where all are called alike.

    `A` and `Parent` are then `A (Student 2)` and `Parent (Interview 2)`, or who the heading
    names. Whoever asks, or has a name or a number, stays.
    """
    starts = sorted(sections)
    return [_told_apart(turn, starts, sections) for turn in turns]


def _told_apart(turn: Turn, starts: Sequence[int], sections: dict[int, str]) -> Turn:
    at = bisect_right(starts, turn.start) - 1
    if at < 0 or turn.speaker is None or not only_answers(turn.speaker):
        return turn
    said = sections[starts[at]]
    if _HEAD.fullmatch(said) is not None:
        return replace(turn, speaker=f"{turn.speaker} ({said})")
    is_told = "(" in said or role_in(turn.speaker) is None
    return replace(turn, speaker=said if is_told else f"{said} ({turn.speaker})")
