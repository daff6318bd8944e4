"""Captions as most programs write them, cut in one go.

An id, a line of times, a line of words and a blank line, over and over: then nothing
has to be decided cue by cue, which is what takes the time.
"""

from __future__ import annotations

import re
from itertools import repeat

from empathy_insights.readers.clocks import clocks
from empathy_insights.readers.cue_formats import STAMP
from empathy_insights.readers.cues import Cue

_HEAD = re.compile(r"(?:WEBVTT[ \t]*\n\n+)?")
_NUMBERED = re.compile(
    rf"^\d+\n({STAMP}) --> ({STAMP})\n(\S[^\n]*+)(?:\n\n|\n?\Z)",
    re.MULTILINE,
)
_BARE = re.compile(
    rf"^({STAMP}) --> ({STAMP})\n(\S[^\n]*+)(?:\n\n|\n?\Z)", re.MULTILINE
)
_ARROW = " --> "


def regular_cues(text: str) -> list[Cue]:
    """Return the cues of a file that is regular throughout, else nothing."""
    opened = _HEAD.match(text)
    at = opened.end() if opened else 0
    is_numbered = text[at : at + 1].isdecimal() and "\n" in text[at : at + 12]
    is_numbered = is_numbered and ":" not in text[at : text.find("\n", at)]
    pattern, n_lines = (_NUMBERED, 4) if is_numbered else (_BARE, 3)
    body = text[at:].rstrip()
    # What lies between two cues is lost by findall, so all the newlines are counted.
    n = text.count(_ARROW)
    if not n or body.count("\n") != n_lines * n - 2:
        return []
    found = pattern.findall(body)
    if len(found) != n:
        return []
    starts, ends, said = zip(*found, strict=True)
    first = text.count("\n", 0, at) + (2 if is_numbered else 1)
    lines = range(first, first + n_lines * n, n_lines)
    words = [words.rstrip() for words in said]
    rows = zip(words, lines, clocks(starts), clocks(ends), repeat(None), strict=False)
    return list(map(Cue._make, rows))
