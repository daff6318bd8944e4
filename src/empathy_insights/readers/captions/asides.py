"""Captions that nobody says: what a recorder noted, what is heard beside a talk."""

from __future__ import annotations

import re
from collections.abc import Iterable

from empathy_insights.readers.captions.cues import Cue
from empathy_insights.readers.dialog.program_lines import aside_lines, notice_lines
from empathy_insights.readers.transcript import Piece

_TAG = re.compile(r"</?[a-z][^>\n]*>", re.IGNORECASE)
_EVENT = re.compile(
    r"[\[(](?:(?:the )?(?:recording|recorder|audio|video|tape|camera|grabaci[oó]n)\b[^\])]*|"
    r"cross-?talk|laughter|applause|music|silence|(?:background )?noise|risas|aplausos|m[uú]sica|silencio|"
    r"(?:long )?pause)[.!]?[\])]|"
    r"recording (?:has )?(?:been )?(?:stopped|paused|started|resumed|ended)\.?",
    re.IGNORECASE,
)


def without_asides(
    cues: Iterable[Cue], comments: Iterable[Piece]
) -> tuple[list[Cue], list[Piece]]:
    """Part the cues that somebody says from those that are wholly a note or an event.

    `(laughs)` stays in its turn, and so does a cue in brackets that says I.
    """
    said, aside = [], list(comments)
    for cue in cues:
        words = " ".join(_TAG.sub(" ", cue.words).split())
        if _EVENT.fullmatch(words) or aside_lines(words) or notice_lines(words):
            outside = "what whoever listened noted is"
            aside.append(Piece(words, line=cue.line, outside=outside))
        elif cue.words:
            said.append(cue)
    return said, aside
