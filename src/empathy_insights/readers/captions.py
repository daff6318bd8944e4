"""WebVTT and SubRip: cues to turns.

The two grammars are read here and not by pysubs2: it takes the ids of cues that are no
numbers (Teams, YouTube) and NOTE blocks for words, and drops a line that is a number
and the last of its cue, such as the answer to "How old are you?".
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from empathy_insights.errors import TranscriptError
from empathy_insights.readers.cue_formats import (
    STAMP,
    ass_cues,
    cue_format,
    lrc_cues,
    sbv_cues,
)
from empathy_insights.readers.cues import NO_SPEAKER, Cue, passages_of, turns_of
from empathy_insights.readers.decoding import decode
from empathy_insights.readers.labels import label_key, seconds, words_in
from empathy_insights.readers.marks import find_marks, real_marks
from empathy_insights.readers.model import Piece, Source, Transcript, compose
from empathy_insights.readers.notations import mark_of

_TIMES = re.compile(rf"^[ \t]*({STAMP})[ \t]*-->[ \t]*({STAMP})[^\n]*$", re.MULTILINE)
_TAG = re.compile(
    rf"</?(?:i|b|u|s|c|lang|ruby|rt|rp|font)(?:[.\s][^<>\n]*)?>|</v>|<{STAMP}>|\{{\\an?\d\}}"
)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>\n]+)>")
_LABEL = re.compile(r"(?:[-–]\s*)?([^:\n]{1,63}):\s+(?=\S)")
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)\b")
_OPENERS = words_in(
    "a and as at because but for he how i if in is it like my of on one or our she so "
    "that the then there they this to was we what when which who why with you your"
)
_MOST_WORDS = 6
_NEARLY_ALL = 0.95
_ROLL_UP = 0.3
_FEWEST_TO_ROLL = 3
_FLASH = 0.05


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
    voiced = _voiced(_unrolled(cues), source.names)
    if any(cue.speaker for cue in voiced):
        turns = turns_of(voiced)
    else:
        turns, remarks = passages_of(voiced), (*remarks, NO_SPEAKER)
    written, found, more = compose([*turns, *comments])
    return Transcript(source.path, "interview", written, found, remarks + more)


def arrow_cues(text: str) -> tuple[list[Cue], list[Piece]]:
    """Split at the lines with times; ids stand before them, comments between them."""
    times = list(_TIMES.finditer(text))
    if not times:
        return [], []
    head, ids = _without_id(text[: times[0].start()].split("\n")[:-1], "1")
    comments = list(_aside(enumerate(head, start=1)))
    cues: list[Cue] = []
    line, at = 1, 0
    for n, found in enumerate(times, start=1):
        line += text.count("\n", at, found.start())
        at = found.start()
        body = text[found.end() + 1 : _start(times, n, text)].split("\n")
        if n < len(times):
            body, _ = _without_id(body[:-1], str(n + 1) if ids == "1" else "")
        said, aside = _split_body(body)
        cues.append(Cue("\n".join(said), line, seconds(found[1]), seconds(found[2])))
        comments += _aside((line + 1 + k, words) for k, words in aside)
    return cues, comments


def _start(times: Sequence[re.Match[str]], n: int, text: str) -> int:
    return times[n].start() if n < len(times) else len(text)


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


def _unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """Undo captions that roll up, where each cue repeats the last line of the one before."""
    repeats = [_repeats(before, cue) for before, cue in pairwise(cues)]
    if sum(repeats) < _ROLL_UP * len(cues) or len(cues) < _FEWEST_TO_ROLL:
        return list(cues)
    rolled = [cues[0]]
    for cue, repeat in zip(cues[1:], repeats, strict=True):
        rest = cue.words.split("\n")[1:] if repeat else [cue.words]
        rolled.append(replace(cue, words="\n".join(rest)))
    return [cue for cue in rolled if cue.words]


def _repeats(before: Cue, cue: Cue) -> bool:
    """Tell whether a cue opens with what is still on the screen.

    A cue of one line is only taken for that when it flashes up between two others:
    people do say the same thing twice.
    """
    first, _, rest = cue.words.partition("\n")
    is_rolling = bool(rest) or cue.end_s - cue.start_s < _FLASH
    last = before.words.rsplit("\n", 1)[-1]
    # Recognisers write the time of each word into the line while it is new.
    return bool(first) and is_rolling and _clean(last) == _clean(first)


def _voiced(cues: Sequence[Cue], names: frozenset[str]) -> list[Cue]:
    """Give each cue its speaker: a voice tag, or a label that the file makes plausible."""
    parts = [part for cue in cues for part in _by_voice_tag(cue)]
    accepted = _labels([part for part in parts if not part.speaker], names)
    voiced: list[Cue] = []
    for part in parts:
        voiced += [part] if part.speaker else _by_label(part, accepted)
    return list(_carried_on(voiced))


def _by_voice_tag(cue: Cue) -> Iterator[Cue]:
    marked = _VOICE.split(cue.words)
    if marked[0].strip():
        yield replace(cue, words=_clean(marked[0]))
    for name, said in zip(marked[1::2], marked[2::2], strict=True):
        yield replace(cue, words=_clean(said), speaker=html.unescape(name).strip())


def _clean(words: str) -> str:
    return html.unescape(_TAG.sub("", words)).strip()


def _labels(cues: Sequence[Cue], names: frozenset[str]) -> frozenset[str]:
    """Return the labels in use, as keys.

    Where nearly every cue has one (Zoom), whatever stands before the colon is a name,
    also `sam | the host`; elsewhere a label has to be plausible, as in running text.
    """
    found = [_label_of(cue.words) for cue in cues]
    labelled = [label for label in found if label]
    sure: set[str] = set()
    if labelled and len(labelled) >= _NEARLY_ALL * len(found):
        sure = {label_key(label) for label in labelled if not _opens_clause(label)}
    text = "\n".join(cue.words for cue in cues)
    kept, _ = real_marks(find_marks(text), text, names)
    return frozenset(sure.union(label_key(mark.label) for mark in kept))


def _opens_clause(label: str) -> bool:
    first, *others = label.split()
    return bool(others) and first in _OPENERS


def _label_of(words: str) -> str:
    found = _LABEL.match(words)
    if found is None or len(found[1].split()) > _MOST_WORDS:
        return ""
    return found[1].strip()


def _by_label(cue: Cue, accepted: frozenset[str]) -> Iterator[Cue]:
    speaker: str | None = None
    said: list[str] = []
    for line in cue.words.split("\n"):
        label, at = _mark(line, accepted)
        if label:
            yield from _joined(cue, said, speaker)
            speaker, said, line = label, [], line[at:]  # noqa: PLW2901 - the mark is off
        said.append(line)
    yield from _joined(cue, said, speaker)


def _mark(line: str, accepted: frozenset[str]) -> tuple[str, int]:
    found = _LABEL.match(line)
    if found and label_key(found[1]) in accepted:
        return found[1].strip(), found.end()
    mark = mark_of(line)
    if mark is not None and label_key(mark.label) in accepted:
        return mark.label, mark.words_at
    return "", 0


def _joined(cue: Cue, said: Sequence[str], speaker: str | None) -> Iterator[Cue]:
    words = " ".join(line.strip() for line in said if line.strip())
    if words:
        yield replace(cue, words=words, speaker=speaker)


def _carried_on(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Let a cue without a label go on with the speaker before it."""
    speaker = None
    for cue in cues:
        speaker = cue.speaker or speaker
        yield replace(cue, speaker=speaker)


_HEAD = 4096
_CUES = {"sbv": sbv_cues, "ass": ass_cues, "lrc": lrc_cues}
