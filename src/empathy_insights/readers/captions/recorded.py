"""JSON that recorders and recognisers write: find the list of turns in it, and read it.

No recorder is asked for by name: of all lists of words, the one is read that says who
speaks, and when, and in the largest pieces. Where only another list says who speaks when
(AWS, Watson, pyannote), each word goes to the voice of its time.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from empathy_insights.errors import TranscriptError
from empathy_insights.files.text_files import decode
from empathy_insights.readers.captions.caption_files import voiced
from empathy_insights.readers.captions.cues import (
    NO_SPEAKER,
    Cue,
    passages_of,
    turns_of,
)
from empathy_insights.readers.captions.json_entries import (
    FoundWords,
    Spoken,
    best_of,
    spoken_lists,
)
from empathy_insights.readers.captions.json_values import (
    Entry,
    end_in,
    name_of,
    names_in,
    speaker_in,
    start_in,
    words_key,
)
from empathy_insights.readers.transcript import (
    Piece,
    Remark,
    Source,
    Transcript,
    compose,
)

# From entries of JSON to cues: words joined as they are written, voices, and seconds.


_SLOWEST = 0.1
# Azure counts in ten millionths of a second.
_TICKS, _IN_TICKS = 1e7, 1e-6
_OTTER = 16_000.0
_EPOCH, _BRIEF = 1e8, 0.01
_APART = 0.25
_CLOSING = re.compile(r"[,.?!:;%)\]…’”»。？！、，]+")

Unit = Callable[[FoundWords], tuple[float, float]]


def cues_of(spoken: Spoken, names: Mapping[str, str]) -> list[Cue]:
    """Return a cue for each entry, or for each word where entries are words.

    Parameters
    ----------
    spoken
        The list of entries.
    names
        What each id of a speaker is called.
    """
    unit = _unit(spoken)
    channels = {str(one.channel) for one in spoken.found if one.channel is not None}
    found = _in_order(spoken)
    if spoken.is_word:
        return list(_words(found, unit, names, len(channels)))
    return [
        Cue(
            " ".join(part.words.split()),
            number,
            *unit(part),
            _label(_voice(part, len(channels)), names),
        )
        for number, one in enumerate(found, start=1)
        for part in _parts(one)
        if part.words.strip()
    ]


def with_voices(spoken: Spoken, spans: Sequence[FoundWords]) -> Spoken:
    """Give each stretch of words the voice of the span that its middle is in."""
    ordered = sorted(spans, key=_start)
    starts = list(map(_start, ordered))
    found = []
    for one in spoken.found:
        middle = (_start(one) + (one.end.at if one.end else _start(one))) / 2
        place = max(bisect_right(starts, middle) - 1, 0)
        speaker = ordered[place].speaker if one.start else None
        found.append(replace(one, speaker=speaker))
    return replace(spoken, found=tuple(found))


def _start(one: FoundWords) -> float:
    return one.start.at if one.start else 0.0


def _in_order(spoken: Spoken) -> Sequence[FoundWords]:
    """Put channels that were written one after the other side by side."""
    found = spoken.found
    starts = [one.start.at for one in found if one.start]
    fall = max((a - b for a, b in pairwise(starts)), default=0.0)
    if not starts or fall <= _APART * (max(starts) - min(starts)):
        return found
    blocks = {one.block for one in found}
    voices = {str(one.speaker) for one in found}
    together = {(one.block, str(one.speaker)) for one in found}
    # A list a voice is a track each; several talks in a file have many voices a list.
    are_tracks = len(blocks) == len(voices) == len(together)
    if not are_tracks and any(one.channel is None for one in found):
        return found
    at, timed = 0.0, []
    for one in found:
        at = one.start.at if one.start else at
        timed.append((at, one))
    return [one for _, one in sorted(timed, key=lambda each: each[0])]


def _voice(one: FoundWords, n_channels: int) -> object | None:
    """Return who speaks; a channel is a voice only beside other channels."""
    if one.speaker is not None:
        return one.speaker
    return one.channel if n_channels > 1 else None


def _parts(one: FoundWords) -> Iterator[FoundWords]:
    """Cut a stretch in which the words say that several people speak."""
    words = _inner_words(one.entry)
    voices = _filled([speaker_in(word) for word in words])
    said = one.words.split()
    tokens = [str(word[words_key(word) or ""]) for word in words]
    fits = len(said) == len(tokens) or said == " ".join(tokens).split()
    if len({str(voice) for voice in voices}) < len(["one", "other"]) or not fits:
        alone = voices[0] if voices and one.speaker is None else one.speaker
        yield replace(one, speaker=alone)
        return
    counts = (
        [len(token.split()) for token in tokens] if len(said) != len(tokens) else None
    )
    at = 0
    for _, run in groupby(range(len(words)), key=lambda place: str(voices[place])):
        places = list(run)
        n = sum(counts[place] for place in places) if counts else len(places)
        first, last = words[places[0]], words[places[-1]]
        yield replace(
            one,
            words=" ".join(said[at : at + n]),
            speaker=voices[places[0]],
            start=start_in(first) or one.start,
            end=end_in(last, start_in(last)) or one.end,
        )
        at += n


def _inner_words(entry: Entry) -> list[Entry]:
    """Return the entries of single words within an entry, if it has such a list."""
    for inner in entry.values():
        if isinstance(inner, list) and len(inner) > 1:
            words: list[Entry] = [
                one for one in inner if isinstance(one, dict) and words_key(one)
            ]
            if len(words) == len(inner):
                return words
    return []


def _filled(voices: Sequence[object | None]) -> list[object]:
    """Let words without a voice go on with the one before, or begin the next one."""
    known = [voice for voice in voices if voice is not None]
    if not known:
        return []
    filled = []
    latest = known[0]
    for voice in voices:
        latest = latest if voice is None else voice
        filled.append(latest)
    return filled


def _words(
    found: Sequence[FoundWords], unit: Unit, names: Mapping[str, str], n_channels: int
) -> Iterator[Cue]:
    """Join what stands without a space between: punctuation, parts of words."""
    is_spaced = any(one.words != one.words.strip() for one in found)
    label: str | None = None
    cue: Cue | None = None
    ended = True
    for number, one in enumerate(found, start=1):
        said = one.words.strip()
        is_next = cue is not None and one.block != found[cue.line - 1].block
        opens = ended or is_next or one.words[:1].isspace() or not said
        glued = not opens if is_spaced else _CLOSING.fullmatch(said) is not None
        if cue is not None and glued:
            cue = cue._replace(words=cue.words + said)
        elif said:
            if cue is not None:
                yield cue
            label = _label(_voice(one, n_channels), names) or label
            cue = Cue(said, number, *unit(one), label)
        ended = one.words[-1:].isspace() or not said
    if cue is not None:
        yield cue


def _unit(spoken: Spoken) -> Unit:
    """Return what makes seconds of times: nobody takes ten of them for a word."""
    moments = [time for one in spoken.found for time in (one.start, one.end) if time]
    base = min((time.at for time in moments), default=0.0)
    last = max((time.at for time in moments), default=0.0)
    # Dates are seconds since 1970, to which a talk adds next to nothing.
    base = base if base > _EPOCH and last - base < _BRIEF * base else 0.0
    last -= base
    scale = 1.0 if any(time.is_sure for time in moments) else _scale(spoken, last)

    def unit(one: FoundWords) -> tuple[float, float]:
        start = max(_start(one) - base, 0.0) / scale if one.start else 0.0
        end = (one.end.at - base) / scale if one.end else start
        return round(start, 3), round(max(start, end), 3)

    return unit


def _scale(spoken: Spoken, last: float) -> float:
    if any("start_offset" in one.entry for one in spoken.found):
        return _OTTER
    rate = spoken.n_words / last if last else 1.0
    if rate < _IN_TICKS:
        return _TICKS
    return 1000.0 if rate < _SLOWEST else 1.0


def _label(value: object, names: Mapping[str, str]) -> str | None:
    value = name_of(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    said = "" if value is None or isinstance(value, bool) else str(value).strip()
    said = " ".join(names.get(said, said).split())
    if said.isdecimal() or (len(said) == 1 and said.isalpha()):
        return f"Speaker {said}"
    return said or None


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
    if not chosen.is_word and not any(cue.speaker for cue in cues):
        cues = voiced(cues, source.names)  # `Name: words`, typed in by hand
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


def _voiced(lists: Sequence[Spoken], spans: Sequence[FoundWords]) -> Spoken:
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
            "they count for no person; write who speaks there, if it matters",
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
