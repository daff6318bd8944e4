"""WebVTT and SubRip, and the rarer grammars of captions: cues to turns.

The two grammars are read here and not by pysubs2: it takes the ids of cues that are no
numbers (Teams, YouTube) and NOTE blocks for words, and drops a line that is a number
and the last of its cue, such as the answer to "How old are you?".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from empathy_insights.errors import TranscriptError
from empathy_insights.files.decoding import decode
from empathy_insights.readers.clocks import clocks
from empathy_insights.readers.cue_formats import (
    STAMP,
    ass_cues,
    cue_format,
    lrc_cues,
    sbv_cues,
)
from empathy_insights.readers.cues import NO_SPEAKER, Cue, passages_of, turns_of
from empathy_insights.readers.model import Piece, Source, Transcript, compose
from empathy_insights.readers.regular import regular_cues
from empathy_insights.readers.voices import unrolled, voiced

_TIMES = re.compile(rf"^[ \t]*({STAMP})[ \t]*-->[ \t]*({STAMP})[^\n]*$", re.MULTILINE)
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)\b")
# Webex writes who speaks behind the number of a cue.
_NAMED = re.compile(
    r'^(\d+) "([^"\n<>]+)" \(\d+\)[ \t]*\n([^\n]*-->[^\n]*)\n', re.MULTILINE
)
_HEAD = 4096


def read_captions(source: Source) -> Transcript:
    """Read captions; neighbouring cues of one voice are one turn.

    Raises
    ------
    TranscriptError
        The file has no cue.
    """
    text, remarks = decode(source)
    cues, comments = _CUES.get(cue_format(text[:_HEAD]), arrow_cues)(text)
    cues = [cue for cue in cues if cue.words]
    if not cues:
        raise TranscriptError(
            "no caption with a time such as 00:01.000 --> 00:02.000 was found; "
            "export the captions again",
            path=source.path,
        )
    spoken = voiced(unrolled(cues), source.names)
    if any(cue.speaker for cue in spoken):
        turns = turns_of(spoken)
    else:
        turns, remarks = passages_of(spoken), (*remarks, NO_SPEAKER)
    written, found, more = compose([*turns, *comments])
    return Transcript(source.path, "interview", written, found, remarks + more)


def arrow_cues(text: str) -> tuple[list[Cue], list[Piece]]:
    """Split at the lines with times; ids stand before them, comments between them."""
    text = _NAMED.sub(r"\1\n\3\n<v \2>", text)
    regular = regular_cues(text)
    if regular:
        return regular, []
    head, *cut = _TIMES.split(text)
    if not cut:
        return [], []
    before, ids = _without_id(head.split("\n")[:-1], "1")
    comments = list(_aside(enumerate(before, start=1)))
    cues: list[Cue] = []
    line = head.count("\n") + 1
    bodies = cut[2::3]
    last = len(bodies) - 1
    for n, (start, end, body) in enumerate(
        zip(clocks(cut[0::3]), clocks(cut[1::3]), bodies, strict=True)
    ):
        said, blank, rest = body[1:].partition("\n\n")
        # Mostly words, a blank line, and the id of the next cue.
        if n == last or not blank or "\n" in rest[:-1] or "\n" in said:
            due = str(n + 2) if ids == "1" else ""
            said, aside = _said(body[1:], due, is_last=n == last)
            comments += _aside((line + 1 + k, words) for k, words in aside)
        cues.append(Cue(said.strip(), line, start, end, None))
        line += body.count("\n")
    return cues, comments


def _said(body: str, due: str, *, is_last: bool) -> tuple[str, list[tuple[int, str]]]:
    lines = body.split("\n")
    if not is_last:
        lines, _ = _without_id(lines[:-1], due)
    said, aside = _split_body(lines)
    return "\n".join(said), aside


def _aside(lines: Iterable[tuple[int, str]]) -> Iterator[Piece]:
    for number, line in lines:
        words = line.removeprefix("WEBVTT").strip(" \t-")
        yield Piece(words, line=number, outside="a comment is")


def _without_id(lines: Sequence[str], expected: str) -> tuple[list[str], str]:
    """Take off the id of the next cue: a line after a blank one, or the number due."""
    *rest, last = lines or [""]
    alone = not rest or not rest[-1].strip()
    if last.strip() and (alone or last.strip() == expected):
        return rest, last.strip()
    return list(lines), ""


def _split_body(body: Sequence[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """Part what is said from comments, which begin after a blank line."""
    said: list[str] = []
    aside: list[tuple[int, str]] = []
    is_comment = False
    for k, line in enumerate(body):
        if k and not body[k - 1].strip():
            is_comment = bool(_COMMENT.match(line))
        if line.strip() and is_comment:
            aside.append((k, line))
        elif line.strip():
            said.append(line.strip())
    return said, aside


_CUES = {"sbv": sbv_cues, "ass": ass_cues, "lrc": lrc_cues}
