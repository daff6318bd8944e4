"""JSON that recorders and recognisers write: find the list of turns in it, and read it.

No recorder is asked for by name: of all lists of words, the one is read that says who
speaks, and when, and in the largest pieces. Where only another list says who speaks when
(AWS, Watson, pyannote), each word goes to the voice of its time.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from empathy_insights.errors import TranscriptError
from empathy_insights.files.decoding import decode
from empathy_insights.readers.cues import NO_SPEAKER, Cue, passages_of, turns_of
from empathy_insights.readers.json_cues import cues_of, with_voices
from empathy_insights.readers.json_entries import Found, Spoken, best_of, spoken_lists
from empathy_insights.readers.json_values import names_in
from empathy_insights.readers.model import Piece, Remark, Source, Transcript, compose

_DEEPEST = 12

SOUNDLESS = (
    "the JSON holds no list of spoken words; export the transcript with its text, "
    "or as .vtt or .docx"
)


def read_json(source: Source) -> Transcript:
    """Read the turns of a .json, whichever recorder wrote it.

    Raises
    ------
    TranscriptError
        The file is no JSON, or no list in it holds words.
    """
    text, remarks = decode(source)
    held = _parsed(text, source)
    lists, spans = spoken_lists(held)
    if not lists:
        raise TranscriptError(SOUNDLESS, path=source.path)
    chosen = _voiced(lists, spans)
    cues = cues_of(chosen, dict(names_in(held)))
    if any(cue.speaker for cue in cues):
        together = chosen.is_timed or chosen.is_word
        pieces = turns_of(cues) if together else list(map(_alone, cues))
        remarks = (*remarks, *_unvoiced(pieces))
    else:
        pieces, remarks = passages_of(cues), (*remarks, NO_SPEAKER)
    written, turns, more = compose(pieces)
    unread = tuple(_unread(chosen, cues, held))
    return Transcript(source.path, "interview", written, turns, remarks + more + unread)


def _parsed(text: str, source: Source) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = _one_by_one(text)
        if lines is None:
            raise TranscriptError(
                "the file is not JSON that can be opened; export it again",
                path=source.path,
                line=getattr(error, "lineno", None),
            ) from error
        return lines


def _one_by_one(text: str) -> list[object] | None:
    """Read JSON objects one after another, as some services write them."""
    decoder, found, at = json.JSONDecoder(), list[object](), 0
    try:
        while at < len(text):
            held, at = decoder.raw_decode(text, at)
            found.append(held)
            at += len(text[at:]) - len(text[at:].lstrip())
    except (ValueError, RecursionError):
        return None
    return found if len(found) > 1 else None


def _voiced(lists: Sequence[Spoken], spans: Sequence[Found]) -> Spoken:
    """Choose the list to read; spans give voices to the smallest pieces with times."""
    best = best_of(lists)
    timed = [one for one in lists if one.is_timed and 2 * one.n_words >= best.n_words]
    if best.is_voiced or not spans or not timed:
        return best
    return with_voices(max(timed, key=lambda one: len(one.found)), spans)


def _alone(cue: Cue) -> Piece:
    return Piece(cue.words, cue.speaker, cue.line)


def _unvoiced(pieces: Sequence[Piece]) -> Iterator[Remark]:
    n = sum(piece.speaker is None for piece in pieces)
    if n:
        yield Remark(
            f"turns of a recording that names its speakers, but not theirs: {n}",
            "they count as nobody's; write who speaks there, if it matters",
        )


def _unread(spoken: Spoken, cues: Sequence[Cue], held: object) -> Iterator[Remark]:
    lost = sum(not one.words for one in spoken.found)
    if lost:
        yield Remark(
            f"entries of the JSON without words: {lost}",
            "look at the file if words are missing",
        )
    said = {words for cue in cues for words in cue.words.split()}
    # The same words often stand there whole, by segment and by word.
    other = sum(
        not set(words.split()) <= said
        for words, _ in groupby(_texts(held))
        if len(words.split()) > len(["a", "name", "only"])
    )
    if other:
        yield Remark(
            f"texts of the JSON that are no turns were not read: {other}",
            "save them as a text file if somebody says them",
        )


def _texts(held: object, depth: int = 0) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif depth <= _DEEPEST and isinstance(held, dict | list):
        for inner in held.values() if isinstance(held, dict) else held:
            yield from _texts(inner, depth + 1)
