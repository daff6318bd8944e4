"""Cues, as recorders write them, joined into the turns or passages they are part of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from empathy_insights.labels import ends_sentence, seconds
from empathy_insights.readers.dialog.notes import LONGEST
from empathy_insights.readers.dialog.stamps import STAMP as TIMED
from empathy_insights.readers.dialog.stamps import times_of
from empathy_insights.readers.transcript import Piece, Remark

_PAUSE = 2.0

NO_SPEAKER = Remark(
    "no speaker is marked in the captions, so nobody in them can be counted as a person",
    "export the captions with names, or write 'Name: words' at each change of speaker",
)


# One stretch of words by one voice on the screen. A tuple and no dataclass, since an
# hour of talk has thousands and making them is most of the work of reading.
Cue = NamedTuple(  # noqa: UP014 - nothing here inherits
    "Cue",
    [
        ("words", str),
        ("line", int),
        ("start_s", float),
        ("end_s", float),
        ("speaker", str | None),
    ],
)


def turns_of(cues: Iterable[Cue]) -> list[Piece]:
    """Join neighbouring cues of one voice into a turn."""
    blocks: list[list[Cue]] = []
    speaker: str | None = None
    for cue in cues:
        if blocks and cue[-1] == speaker:
            blocks[-1].append(cue)
        else:
            blocks.append([cue])
            speaker = cue[-1]
    return [_piece(block) for block in blocks]


_ANOTHER = ">>"  # what captions for the deaf write where somebody else begins


def passages_of(cues: Iterable[Cue]) -> list[Piece]:
    """Join cues without a voice up to the end of a sentence or a pause."""
    blocks: list[list[Cue]] = []
    n_words = 0
    for cue in cues:
        n = len(cue.words.split())
        if blocks and _goes_on(blocks[-1][-1], cue) and n_words + n <= LONGEST:
            blocks[-1].append(cue)
            n_words += n
        else:
            blocks.append([cue])
            n_words = n
    return [_piece(block) for block in blocks]


def _goes_on(before: Cue, cue: Cue) -> bool:
    is_another = cue.words.startswith(_ANOTHER)
    is_pause = cue.start_s - before.end_s >= _PAUSE
    return not (is_another or is_pause or ends_sentence(before.words))


def _piece(block: Sequence[Cue]) -> Piece:
    first, last = block[0], block[-1]
    words = " ".join([cue[0] for cue in block]).removeprefix(_ANOTHER)
    return Piece(words, first.speaker, first.line, first.start_s, last.end_s)


# Captions in their several grammars, told apart by their first lines.
#
# SubViewer (.sbv), Advanced SubStation (.ass) and lyrics (.lrc) are turned into cues here
# and not by pysubs2, which knows no .lrc, drops the lines that cues stand on, and takes
# comments and styles along.


STAMP = r"(?:\d{1,4}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
ARROW = re.compile(rf"[ \t]*{STAMP}[ \t]*-->[ \t]*{STAMP}")
_SBV = re.compile(rf"^[ \t]*({STAMP}),({STAMP})[ \t]*$", re.MULTILINE)
_ASS_HEAD = re.compile(r"\s*\[(?:Script Info|V4\+? Styles|Events)\]", re.IGNORECASE)
_ASS_LINE = re.compile(r"^(Format|Dialogue|Comment):[ \t]*([^\n]*)$", re.MULTILINE)
_ASS_TAG = re.compile(r"\{\\[^}\n]*\}")
_ASS_FIELDS = "layer start end style name marginl marginr marginv effect text"
_LRC_TIME = r"\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\]"
_LRC = re.compile(rf"^((?:{_LRC_TIME})+)([^\n]*)$", re.MULTILINE)
_LRC_LINE = re.compile(rf"{_LRC_TIME}|\[(?:ar|ti|al|au|by|length|offset|re|ve|la):")
_LRC_WORD = re.compile(r"<\d{1,3}:\d{2}(?:[.:]\d{1,3})?>")
_COLONS = 2
_MINUTE = 60
_STAMPED = re.compile(rf"^[ \t]*{TIMED}[ \t]*(?:[-–|:][ \t]+)?(?=\S)", re.MULTILINE)
_ALONE = re.compile(rf"^[ \t]*{TIMED}[ \t]*\n(?=[^\n]*\S)", re.MULTILINE)
_FILLED = re.compile(r"^[^\n]*\S", re.MULTILINE)
_NEARLY_ALL, _LINES_TO_A_TIME = 0.9, 3
_FEWEST = 3


def cue_format(head: str) -> str:
    """Name the grammar of captions by the head of a file, or return nothing."""
    head = head.removeprefix("\ufeff").replace("\r", "\n")
    if head.startswith("WEBVTT"):
        return "vtt"
    lines = [line for line in head.lstrip()[:400].split("\n") if line.strip()][:2]
    if any(ARROW.match(line) for line in lines):
        return "srt" if "," in lines[-1] else "vtt"
    if lines and _SBV.match(lines[0]):
        return "sbv"
    if _ASS_HEAD.match(head):
        return "ass"
    lyrics = [line for line in lines if _LRC_LINE.match(line)]
    return "lrc" if lines and len(lyrics) == len(lines) and _is_lyrics(head) else ""


def _is_lyrics(head: str) -> bool:
    """Return whether these are `[00:12.34]words`, and no turns that begin with a time.

    In `[00:12:34]` the last part is hundredths only if it ever is too large for seconds.
    """
    times = re.findall(_LRC_TIME, head)
    colons = [time for time in times if time.count(":") == _COLONS]
    if len(colons) + sum("." in time for time in times) < max(len(times), 1):
        return False
    return not colons or any(int(time[-3:-1]) >= _MINUTE for time in colons)


def sbv_cues(text: str) -> tuple[list[Cue], list[Piece]]:
    """Read `0:00:01.000,0:00:03.000` and the lines under it."""
    times = list(_SBV.finditer(text))
    ends = [*(found.start() for found in times[1:]), len(text)]
    cues, line, at = [], 1, 0
    for found, end in zip(times, ends, strict=True):
        line += text.count("\n", at, found.start())
        at = found.start()
        said = _tidy(text[found.end() : end])
        cues.append(Cue(said, line, seconds(found[1]), seconds(found[2]), None))
    before = text[: times[0].start()] if times else text
    return cues, [Piece(before, line=1, outside="text before the captions is")]


def _tidy(body: str) -> str:
    return "\n".join(line.strip() for line in body.split("\n") if line.strip())


def ass_cues(text: str) -> tuple[list[Cue], list[Piece]]:
    """Read the dialogue of a script; its field `Name` says who speaks."""
    fields = _ASS_FIELDS.split()
    cues, aside = [], []
    for line, kind, rest in _ass_lines(text):
        if kind == "Format":
            fields = [name.strip().casefold() for name in rest.split(",")]
            continue
        cells = rest.split(",", len(fields) - 1)
        row = dict(zip(fields, cells, strict=False))
        said = _ASS_TAG.sub("", row.get("text", "")).replace(r"\h", " ")
        name = row.get("name", row.get("actor", "")).strip()
        # Without a name, each line on the screen may begin with one.
        said = _tidy(re.sub(r"\\[Nn]", " " if name else "\n", said))
        start, end = _time(row.get("start", "")), _time(row.get("end", ""))
        if kind == "Comment" or len(cells) < len(fields):
            aside.append(Piece(said or rest, line=line, outside="a comment is"))
        else:
            cues.append(Cue(said, line, start, end, name or None))
    return sorted(cues, key=lambda cue: cue.start_s), aside


def _ass_lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield the lines of the events; a style has a line `Format:` of its own."""
    events = re.search(r"^\[Events\]", text, re.MULTILINE | re.IGNORECASE)
    at = events.end() if events else 0
    line = 1 + text.count("\n", 0, at)
    for found in _ASS_LINE.finditer(text, at):
        line += text.count("\n", at, found.start())
        at = found.start()
        yield line, found[1], found[2]


def _time(stamp: str) -> float:
    return seconds(stamp.strip()) if re.fullmatch(STAMP, stamp.strip()) else 0.0


def lrc_cues(text: str) -> tuple[list[Cue], list[Piece]]:
    """Read `[00:12.34]words`; a line ends where the next one begins."""
    starts: list[tuple[float, int, str]] = []
    line, at = 1, 0
    for found in _LRC.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        said = _LRC_WORD.sub("", found[2]).strip()
        starts += [
            (_lyric_time(time), line, said) for time in re.findall(_LRC_TIME, found[1])
        ]
    starts.sort(key=lambda cue: cue[0])
    ends = [start for start, _, _ in starts[1:]]
    cues = [
        Cue(said, line, start, end, None)
        for (start, line, said), end in zip(starts, [*ends, starts[-1][0]], strict=True)
    ] if starts else []  # fmt: skip
    rest = _LRC.sub("", text)
    aside = [Piece(part, line=1, outside="a comment is") for part in rest.split("\n")]
    return cues, aside


def _lyric_time(time: str) -> float:
    minutes, rest = time.strip("[]").split(":", 1)
    return seconds(f"{minutes}:{rest.replace(':', '.')}")


def line_cues(text: str) -> tuple[list[Cue], list[Piece]]:
    """Read a recording without voices of which nearly every line begins with a time.

    Or a time stands alone above each line or two, as YouTube shows what is said.

    Returns
    -------
    The stretches of words, and what stands before the first; nothing for other texts.
    """
    n_lines = sum(1 for _ in _FILLED.finditer(text))
    stamps = list(_STAMPED.finditer(text))
    n_words = len(text.split()) if stamps else 0
    if len(stamps) < _NEARLY_ALL * n_lines:
        stamps = list(_ALONE.finditer(text))
        n_words = len(text.split()) - sum(len(stamp[0].split()) for stamp in stamps)
    times = [times_of(stamp) for stamp in stamps]
    starts = [start or 0.0 for start, _ in times]
    is_timed = len(stamps) >= _FEWEST and len(stamps) * _LINES_TO_A_TIME >= n_lines
    if not is_timed or starts != sorted(starts) or n_words < _FEWEST * len(stamps):
        return [], []
    ends = [*(stamp.start() for stamp in stamps[1:]), len(text)]
    cues = [
        Cue(
            " ".join(text[stamp.end() : end].split()),
            text.count("\n", 0, stamp.start()) + 1,
            start,
            start if until is None else until,
            None,
        )
        for stamp, end, start, (_, until) in zip(
            stamps, ends, starts, times, strict=True
        )
    ]
    before = Piece(
        text[: stamps[0].start()], line=1, outside="text before the times is"
    )
    return _until_next(cues), [before]


def _until_next(cues: Sequence[Cue]) -> list[Cue]:
    """Let words without an end go on to the next ones."""
    lasting = [
        cue._replace(end_s=after.start_s) if cue.end_s <= cue.start_s else cue
        for cue, after in pairwise(cues)
    ]
    return [*lasting, cues[-1]]
