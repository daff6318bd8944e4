"""Cues, as recorders write them, joined into the turns or passages they are part of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from empathy_insights.readers.endings import ends_sentence
from empathy_insights.readers.model import Piece, Remark
from empathy_insights.readers.notes import LONGEST

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
    return not ends_sentence(before.words) and cue.start_s - before.end_s < _PAUSE


def _piece(block: Sequence[Cue]) -> Piece:
    first, last = block[0], block[-1]
    words = " ".join([cue[0] for cue in block])
    return Piece(words, first.speaker, first.line, first.start_s, last.end_s)
