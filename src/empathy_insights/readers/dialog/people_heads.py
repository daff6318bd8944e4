"""Notes on several people in one file: a line of its own says on whom, `Lena, 9th grade`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from empathy_insights.labels import is_label, words_in
from empathy_insights.readers.dialog.heads import says_what_one_is
from empathy_insights.readers.dialog.speaker_marks import after_gap

_HEAD = re.compile(
    r"^[ \t]*[#*_=–—-]{0,6}[ \t]*"
    r"(?:\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?[ \t]*[-–—:,]?[ \t]+)?"
    r"(?:(?:interview|notes)(?:[ \t]*#?\d{1,3})?[ \t]*(?:with|on|of|[:–—-])[ \t]*)?"
    r"(?P<name>[^\W\d_][^\n:,()–—?!]{0,40}?)"
    r"(?:(?:[ \t]*[,(]|[ \t]+[-–—])[ \t]*(?P<what>[^,;()\n?!:]{1,30})\)?(?P<more>[^\n?!]{0,40}))?"
    r"[ \t]*:?[ \t]*[*_=]{0,6}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBERED = re.compile(
    r"(?:student|participant|respondent|parent|teacher|family|person|interviewee|estudiante|"
    r"participante|familia)[ \t]*(?:#?\d{1,3}|(?-i:[A-Z]))",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"^[ \t]*[*_]{0,3}(?:(?:overall|common|key|main|my|general|emerging|final)[ \t]+)?"
    r"(?:themes?|summary|reflections?|takeaways?|insights?|next steps|conclusions?|patterns|"
    r"observations|overall)\b[^\n.?!]{0,30}$",
    re.IGNORECASE | re.MULTILINE,
)
_ASKED = re.compile(
    r"^[ \t]*(?:[-*•–—]|\d{1,3}[.)]|Q\d{0,2}[.:)])?[ \t]*[*_]{0,3}(?P<said>[^\n]*[?？؟])[*_]{0,3}[ \t]*$",
    re.MULTILINE,
)
_NO_PERSON = words_in(
    "advisory algebra art band biology block chemistry choir civics class classroom cohort "
    "day economics ela english french geography geometry german group gym health history "
    "homeroom interview latin math mathematics maths morning music pe period physics reading "
    "school science session spanish table team themes week writing"
)
_LONGEST_NAME = 3  # words


def heads_of_people(text: str, *, by_line: bool) -> dict[int, str]:
    r"""Return where lines begin that say on whom the notes below are, and the label.

    At least two people have such a line, after a blank one, and words below it. A line such
    as `Overall themes` ends the last person's: its label is empty.

    Parameters
    ----------
    text
        A file in which nobody is marked as speaking.
    by_line
        Whether each line is a paragraph, as in a word processor.

    Examples
    --------
    >>> notes = "Lena (9th grade)\n- The bus\n\nSam - 10th grade\n- Wifi\n"
    >>> heads_of_people(notes, by_line=False)
    {0: 'Lena (9th grade)', 28: 'Sam (10th grade)'}
    """
    heads = {
        match.start(): (match.end(), label)
        for match in _HEAD.finditer(text)
        if (by_line or after_gap(text, match.start())) and (label := _label(match))
    }
    places = [*heads.items(), (len(text), (len(text), ""))]
    have_words = all(
        text[end:at].strip() for (_, (end, _)), (at, _) in pairwise(places)
    )
    if not have_words or len({label for _, label in heads.values()}) < len("ab"):
        return {}
    return {at: label for at, (_, label) in heads.items()} | dict.fromkeys(
        _closings(text, min(heads)), ""
    )


def asked_of_each(text: str, heads: Mapping[int, str]) -> set[int]:
    """Return where lines begin that ask the same of several of these people."""
    places, asked = sorted(heads), defaultdict(set)
    lines = list(_ASKED.finditer(text)) if heads else []
    for match in lines:
        asked[_said(match)].add(bisect_right(places, match.start()))
    return {match.start() for match in lines if len(asked[_said(match)] - {0}) > 1}


def _said(match: re.Match[str]) -> str:
    return " ".join(match["said"].casefold().split())


def _closings(text: str, first: int) -> Iterator[int]:
    return (match.start() for match in _CLOSES.finditer(text, first))


def _label(match: re.Match[str]) -> str:
    name, what = match["name"].strip(" *_"), (match["what"] or "").strip(" *_")
    if _NUMBERED.fullmatch(name):
        return f"{name} ({what})" if what else name
    words = name.casefold().split()
    is_name = is_label(name) and len(words) <= _LONGEST_NAME
    if not is_name or not _NO_PERSON.isdisjoint(words) or not name[:1].isupper():
        return ""
    return f"{name} ({what})" if says_what_one_is(name, what) else ""
