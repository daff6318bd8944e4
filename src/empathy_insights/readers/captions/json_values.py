"""What the values of recorders' JSON say: who speaks, what is said, and when.

Keys are told by the words in them (`speakerTag`, `speaker_label`), since every recorder
has its own; values by their form (`"1.2s"`, `"PT1.2S"`, `[0.0, 1.2]`, `{"seconds": 1}`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from empathy_insights.labels import TIME, seconds
from empathy_insights.lexicon import END, PERSON, SPEAKER, START, WORDS, fold

Entry = Mapping[str, object]

_WORD_KEYS = ("punctuated word", "punct", "word")
_WORDS_KEYS = tuple(dict.fromkeys(
    (*_WORD_KEYS[:2], "text", "content", "transcript", "display", "display text",
     *WORDS, "word", "utf8", "raw text", "phrase", "value")
))  # fmt: skip
_SPEAKER_KEYS = tuple(dict.fromkeys(
    ("speaker name", "speaker display name", *(key for key in SPEAKER if key != "speakers"),
     *PERSON, "from", "display name", "speaker tag", "users")
))  # fmt: skip
_NO_SPEAKER = re.compile(
    r"\b(?:speakers|confidence|count|change|changed|next|score|index|embedding|turn)\b"
)
_CHANNELS = ("channel tag", "channel label", "channel", "channel id", "channel index")
_START_KEYS = tuple(dict.fromkeys((*START, "ts", "from", "start offset", "t start ms")))
_END_KEYS = tuple(dict.fromkeys((*END, "until", "to", "end ts", "end offset")))
_NO_TIME = re.compile(r"\b(?:index|char|of turn|page|line)\b")
_DURATION = re.compile(r"(?:\bd )?\bduration\b|\blength\b")
_PAIRS = (
    "timestamp",
    "timestamps",
    "time",
    "times",
    "offsets",
    "span",
    "interval",
    "segment",
)
_UNITS = (
    (re.compile(r"\b(?:ms|millis|milliseconds)\b"), 0.001),
    (re.compile(r"\bticks\b"), 1e-7),
    (re.compile(r"\b(?:s|sec|secs|seconds)\b"), 1.0),
)
_ISO = re.compile(r"P(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)")
_CLOCK = re.compile(TIME)
_LOOSE = re.compile(r"\d+(?::\d+)+(?:\.\d+)?")
_IN_SECONDS = re.compile(r"(\d+(?:\.\d+)?)\s?s")
_LEAST = 2


class Moment(NamedTuple):
    """Hold a time, and whether it is known to be in seconds."""

    at: float
    is_sure: bool


def words_key(entry: Entry) -> str | None:
    """Return the key under which an entry holds what is said, if it has one.

    Examples
    --------
    >>> words_key({"id": "x1", "dialogue": "So."}), words_key({"id": "x1"})
    ('dialogue', None)
    """
    keys = {fold(key): key for key, value in entry.items() if isinstance(value, str)}
    return next((keys[name] for name in _WORDS_KEYS if name in keys), None)


def odd_words_key(entries: Sequence[object]) -> str | None:
    """Return the key with most words, where entries say who or when but not how they name words."""
    counts = Counter[str]()
    for entry in entries:
        if not isinstance(entry, dict) or words_key(entry) is not None:
            return None
        if speaker_in(entry) is not None or start_in(entry) is not None:
            counts.update(
                {
                    key: len(value.split())
                    for key, value in entry.items()
                    if isinstance(value, str) and not _is_taken(fold(key))
                }
            )
    [(key, n)] = counts.most_common(1) or [("", 0)]
    return key if n > _LEAST * len(entries) else None


def _is_taken(key: str) -> bool:
    return "speaker" in key or key in (*_SPEAKER_KEYS, *_START_KEYS, *_END_KEYS, "id")


def is_word_key(key: str) -> bool:
    """Return whether a key holds single words."""
    return fold(key) in _WORD_KEYS


def speaker_in(entry: Entry) -> object | None:
    """Return who an entry says is speaking."""
    keys = {fold(key): key for key in entry}
    named = [key for key in keys if "speaker" in key and not _NO_SPEAKER.search(key)]
    for name in (*_SPEAKER_KEYS, *sorted(named)):
        value = entry[keys[name]] if name in keys else None
        # `from` is as often a time.
        if name == "from" and moment(value) is not None:
            continue
        if _can_speak(value) and not _NO_SPEAKER.search(name):
            return value
    return None


def own_speaker(entry: Entry) -> object | None:
    """Return a speaker that holds for all within an entry: only a key that says so."""
    keys = {fold(key): key for key in entry}
    said = {
        keys[key]: entry[keys[key]]
        for key in keys
        if "speaker" in key or key == "participant" or key in SPEAKER
    }
    return speaker_in(said)


def channel_in(entry: Entry) -> object | None:
    """Return the channel that an entry was recorded on."""
    keys = {fold(key): entry[key] for key in entry}
    found = next((keys[key] for key in _CHANNELS if key in keys), None)
    of_list = next(iter(found), None) if isinstance(found, list) else found
    return of_list if isinstance(of_list, str | int) else None


def _can_speak(value: object) -> bool:
    if isinstance(value, dict | list):
        return name_of(value) is not None
    if isinstance(value, str):
        return bool(value.strip())
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0


def name_of(value: object) -> object | None:
    """Return the name in an entry about a person, or its id."""
    if isinstance(value, list) and len(value) == 1:
        return name_of(value[0])
    if not isinstance(value, dict):
        return None if isinstance(value, list) else value
    names = {
        fold(str(key)): inner for key, inner in value.items() if inner not in (None, "")
    }
    said = [names.get(key) for key in (*_NAMES, "label", "id")]
    return next((name for name in said if isinstance(name, str | int)), None)


def start_in(entry: Entry) -> Moment | None:
    """Return when an entry begins, in the unit of the file unless that is known."""
    return (
        _pair(entry, 0) or _at(entry, _START_KEYS, "start") or _at(entry, (), "begin")
    )


def end_in(entry: Entry, start: Moment | None) -> Moment | None:
    """Return when an entry ends, also where the file says how long it lasts."""
    end = _pair(entry, 1) or _at(entry, _END_KEYS, "end")
    if end is not None or start is None:
        return end
    lasting = _at(
        entry, [fold(k) for k in entry if _DURATION.search(fold(k))], "duration"
    )
    return Moment(start.at + lasting.at, start.is_sure) if lasting else None


def _at(entry: Entry, keys: Sequence[str], opening: str) -> Moment | None:
    folded = {fold(key): key for key in entry}
    opened = [key for key in folded if opening in key.split()]
    for key in (*keys, *opened):
        if key in folded and not _NO_TIME.search(key):
            found = moment(entry[folded[key]])
            if found is not None:
                return _in_unit(found, key)
    return None


def _in_unit(found: Moment, key: str) -> Moment:
    if found.is_sure:
        return found
    scale = next((scale for unit, scale in _UNITS if unit.search(key)), None)
    return Moment(found.at * scale, is_sure=True) if scale else found


def _pair(entry: Entry, place: int) -> Moment | None:
    """Read `"timestamp": [0.0, 4.5]` and `"offsets": {"from": 0, "to": 4500}`."""
    for key, value in entry.items():
        if fold(key) not in _PAIRS:
            continue
        if isinstance(value, list) and len(value) > 1:
            return moment(value[place])
        if isinstance(value, dict):
            return _at(value, (_START_KEYS, _END_KEYS)[place], ("start", "end")[place])
    return None


def moment(value: object) -> Moment | None:
    """Read a time in any of the forms that recorders write.

    Examples
    --------
    >>> moment("PT1M2.5S"), moment("00:01:02.5"), moment(62.5)
    (Moment(at=62.5, is_sure=True), Moment(at=62.5, is_sure=True), Moment(at=62.5, is_sure=False))
    """
    if isinstance(value, dict):
        return _of_parts(value)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    number = _number(value)
    if number is not None:
        return Moment(number, is_sure=False) if number < float("inf") else None
    return _written(str(value).strip())


def _number(value: str | float) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if number >= 0 else None


def _of_parts(value: Entry) -> Moment | None:
    """Read `{"seconds": "1", "nanos": 500000000}` and `{"relative": 1.5}`."""
    parts = {fold(str(key)): inner for key, inner in value.items()}
    whole = moment(parts.get("seconds", parts.get("relative")))
    nanos = moment(parts.get("nanos", 0))
    if whole is None and "nanos" not in parts:
        return None
    return Moment(
        (whole.at if whole else 0.0) + (nanos.at if nanos else 0.0) * 1e-9,
        is_sure=True,
    )


def _written(said: str) -> Moment | None:
    if lasting := _IN_SECONDS.fullmatch(said):
        return Moment(float(lasting[1]), is_sure=True)
    if (iso := _ISO.fullmatch(said)) and any(iso.groups()):
        hours, minutes, rest = (float(part or 0) for part in iso.groups())
        return Moment(hours * 3600 + minutes * 60 + rest, is_sure=True)
    if _CLOCK.fullmatch(said) or _LOOSE.fullmatch(said):
        return Moment(seconds(said), is_sure=True)
    try:
        return Moment(datetime.fromisoformat(said).timestamp(), is_sure=True)
    except (ValueError, OverflowError):
        return None


def names_in(held: object, depth: int = 0) -> Iterator[tuple[str, str]]:
    """Yield what lists of people say each id is called.

    Examples
    --------
    >>> dict(names_in({"parties": [{"speakerId": 7, "name": "Ana"}]}))
    {'7': 'Ana'}
    """
    if depth > _DEEPEST or not isinstance(held, dict | list):
        return
    inner = held.values() if isinstance(held, dict) else held
    for key, value in held.items() if isinstance(held, dict) else ():
        if fold(str(key)) in _PEOPLE:
            yield from _named(value)
    for value in inner:
        yield from names_in(value, depth + 1)


_DEEPEST = 12
_PEOPLE = frozenset(
    {"speakers", "participants", "parties", "users", "members", "attendees", "people",
     "speaker names", "speaker map"}
)  # fmt: skip
_IDS = ("speaker id", "id", "speaker", "label", "user id", "tag")
_NAMES = ("name", "speaker name", "display name", "full name", "username", "user name")


def _named(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            name = name_of(inner)
            if isinstance(name, str):
                yield str(key), name
        return
    for person in value if isinstance(value, list) else ():
        if not isinstance(person, dict):
            continue
        facts = {
            fold(str(key)): inner for key, inner in person.items() if inner is not None
        }
        ids = [facts[key] for key in _IDS if isinstance(facts.get(key), str | int)]
        name = next((facts[key] for key in _NAMES if facts.get(key)), None)
        if ids and isinstance(name, str):
            yield from ((str(each), name) for each in ids)
