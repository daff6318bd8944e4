"""JSON that recorders and recognisers write: find the list of turns in it, and read it.

Whisper and WhisperX write `segments`, AssemblyAI and Deepgram `utterances` and `words`,
Otter `transcripts`; others write a list of speakers and contents. None of them is asked
for by name: the list is read whose entries hold words, with speakers if any list has
them, and in the largest pieces.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from empathy_insights.errors import TranscriptError
from empathy_insights.readers.cues import NO_SPEAKER, Cue, passages_of, turns_of
from empathy_insights.readers.decoding import decode
from empathy_insights.readers.model import Piece, Remark, Source, Transcript, compose

Entry = Mapping[str, object]

_WORDS = ("punctuated_word", "text", "content", "transcript", "utterance", "sentence",
          "statement", "words", "message", "word", "caption", "value")  # fmt: skip
_SPEAKER = ("speaker_name", "speaker", "speaker_label", "speakerName", "participant",
            "name", "speaker_id", "speakerId", "role", "channel_tag")  # fmt: skip
_START = ("start", "start_s", "start_time", "startTime", "begin", "timestamp", "offset",
          "start_offset", "ts", "from")  # fmt: skip
_END = ("end", "end_s", "end_time", "endTime", "stop", "end_offset", "to")
_KEY_OF_WORD = frozenset({"word", "punctuated_word"})
_DEEPEST = 12
_SLOWEST = 0.1
_OTTER = 16_000

SOUNDLESS = (
    "the JSON holds no list of spoken words; export the transcript with its text, "
    "or as .vtt or .docx"
)


@dataclass(frozen=True)
class Spoken:
    """Hold a list of a JSON file whose entries hold words."""

    entries: Sequence[Entry]
    words_key: str
    n_speakers: int
    n_words: int


def read_json(source: Source) -> Transcript:
    """Read the turns of a .json, whichever recorder wrote it.

    Raises
    ------
    TranscriptError
        The file is no JSON, or no list in it holds words.
    """
    text, remarks = decode(source)
    held = _parsed(text, source)
    lists = list(_spoken(held))
    if not lists:
        raise TranscriptError(SOUNDLESS, path=source.path)
    chosen = max(lists, key=_rank)
    cues = list(_cues(chosen, _names(held)))
    if any(cue.speaker for cue in cues):
        timed = any(_first(entry, _START) is not None for entry in chosen.entries)
        pieces = turns_of(cues) if timed else list(map(_alone, cues))
    else:
        pieces, remarks = passages_of(cues), (*remarks, NO_SPEAKER)
    written, turns, more = compose(pieces)
    unread = tuple(_unread(chosen, cues, held))
    return Transcript(source.path, "interview", written, turns, remarks + more + unread)


def _parsed(text: str, source: Source) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        lines = _by_line(text)
        if lines is None:
            raise TranscriptError(
                "the file is not JSON that can be opened; export it again",
                path=source.path,
                line=getattr(error, "lineno", None),
            ) from error
        return lines


def _by_line(text: str) -> list[object] | None:
    """Read a JSON object a line, as some services write it."""
    try:
        found = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError):
        return None
    return found if len(found) > 1 else None


def _spoken(held: object, depth: int = 0) -> Iterator[Spoken]:
    """Yield every list of entries with words, at any depth."""
    if depth > _DEEPEST:
        return
    if isinstance(held, dict):
        for inner in held.values():
            yield from _spoken(inner, depth + 1)
    elif isinstance(held, list) and held:
        found = _as_spoken([entry for entry in held if isinstance(entry, dict)])
        if found:
            yield found
        for inner in held:
            yield from _spoken(inner, depth + 1)


def _as_spoken(entries: Sequence[Entry]) -> Spoken | None:
    for key in _WORDS:
        said = [str(e[key]) for e in entries if isinstance(e.get(key), str)]
        if said and 2 * len(said) > len(entries):
            voiced = sum(_first(entry, _SPEAKER) not in (None, "") for entry in entries)
            n_words = sum(len(words.split()) for words in said)
            return Spoken(entries, key, voiced, n_words) if n_words else None
    return None


def _rank(spoken: Spoken) -> tuple[bool, bool, int]:
    """Prefer speakers, then whole pieces over single words, then most words."""
    voiced = 2 * spoken.n_speakers > len(spoken.entries)
    return voiced, spoken.words_key not in _KEY_OF_WORD, spoken.n_words


def _first(entry: Entry, keys: Sequence[str]) -> object:
    return next((entry[key] for key in keys if entry.get(key) is not None), None)


def _names(held: object) -> dict[str, str]:
    """Return what a list of speakers says each id is called."""
    listed = held.get("speakers") if isinstance(held, dict) else None
    return {
        str(_first(entry, ("id", "speaker_id", "speaker", "label"))): str(name)
        for entry in (listed if isinstance(listed, list) else [])
        if isinstance(entry, dict)
        and (name := _first(entry, ("name", "speaker_name", "display_name")))
    }


def _cues(spoken: Spoken, names: Mapping[str, str]) -> Iterator[Cue]:
    entries = spoken.entries
    scale = _scale(spoken)
    speaker: str | None = None
    for number, entry in enumerate(entries, start=1):
        words = entry.get(spoken.words_key)
        said = " ".join(str(words if isinstance(words, str) else "").split())
        speaker = _label(_first(entry, _SPEAKER), names) or speaker
        start = _number(_first(entry, _START)) / scale
        end = _number(_first(entry, _END)) / scale
        if said:
            yield Cue(said, number, start, max(start, end), speaker)


def _scale(spoken: Spoken) -> float:
    """Tell seconds from milliseconds: nobody speaks a word in ten seconds."""
    if any("start_offset" in entry for entry in spoken.entries):
        return _OTTER
    last = max(_number(_first(entry, _END)) for entry in spoken.entries)
    last = last or max(_number(_first(entry, _START)) for entry in spoken.entries)
    return 1000.0 if last and spoken.n_words / last < _SLOWEST else 1.0


def _number(value: object) -> float:
    try:
        number = float(str(value).removesuffix("s"))
    except ValueError:
        return 0.0
    return number if 0 <= number < float("inf") else 0.0


def _label(value: object, names: Mapping[str, str]) -> str | None:
    if isinstance(value, dict):
        value = _first(value, ("name", "label", "id"))
    said = "" if value is None or isinstance(value, bool) else str(value).strip()
    said = " ".join(names.get(said, said).split())
    if said.isdecimal() or (len(said) == 1 and said.isalpha()):
        return f"Speaker {said}"
    return said or None


def _alone(cue: Cue) -> Piece:
    return Piece(cue.words, cue.speaker, cue.line)


def _unread(spoken: Spoken, cues: Sequence[Cue], held: object) -> Iterator[Remark]:
    lost = len(spoken.entries) - len(cues)
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
