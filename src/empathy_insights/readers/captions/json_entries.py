"""Every list of spoken words in a recorder's JSON, wherever and however deep it stands.

Entries are gathered by the path of keys that leads to them, so that the words of many
results are one talk. What stands around an entry holds for it, unless it says otherwise:
a monologue's speaker for its sentences, a result's times for its alternative.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from empathy_insights.labels import is_generic, is_label
from empathy_insights.lexicon import fold
from empathy_insights.readers.captions.json_values import (
    Entry,
    Moment,
    channel_in,
    end_in,
    is_word_key,
    odd_words_key,
    own_speaker,
    speaker_in,
    start_in,
    words_key,
)

Path = tuple[str, ...]

_BEST_FIRST = frozenset({"alternatives", "n best", "nbest"})
_FINAL = frozenset({"is final", "final"})
_DEEPEST = 14
_HALF = 0.5
_A_WORD = 1.3
_SAME = 0.9
_OF_ALL = 0.3
_WORD = re.compile(r"\w+")
_TIMED_WORD = 3


@dataclass(frozen=True, slots=True)
class FoundWords:
    """Hold one stretch of words, as it stands in the file.

    Parameters
    ----------
    words
        What is said; empty in an entry that says nothing.
    speaker
        Who it says is speaking, None if it does not.
    block
        Which list it stands in.
    odd_key
        Under which key its list holds words, where that is no usual one.
    is_final
        False where a recogniser says that it will say this again.
    """

    words: str
    entry: Entry
    speaker: object | None = None
    channel: object | None = None
    start: Moment | None = None
    end: Moment | None = None
    block: int = 0
    is_final: bool | None = None
    odd_key: str | None = None


@dataclass(frozen=True)
class Spoken:
    """Hold all entries that one path of keys leads to."""

    path: Path
    found: tuple[FoundWords, ...]
    is_word: bool

    @property
    def n_words(self) -> int:
        """Count the words said."""
        return sum(len(one.words.split()) for one in self.found)

    @property
    def is_voiced(self) -> bool:
        """Return whether most entries say who speaks."""
        return sum(_speaks(one) for one in self.found) > _HALF * len(self.found)

    @property
    def is_timed(self) -> bool:
        """Return whether most entries say when."""
        timed = sum(one.start is not None for one in self.found)
        return timed > _HALF * len(self.found)


@dataclass
class _Tree:
    """Gather entries by their paths while walking through the file."""

    paths: dict[Path, list[FoundWords]] = field(default_factory=dict)
    spans: list[FoundWords] = field(default_factory=list)
    blocks: Iterator[int] = field(default_factory=count)


def spoken_lists(held: object) -> tuple[list[Spoken], tuple[FoundWords, ...]]:
    """Return every list of spoken words, and the spans that only say who speaks when."""
    tree = _Tree()
    _walk(held, (), FoundWords("", {}), tree)
    lists = [
        _without_repeats(_final(Spoken(path, tuple(found), _is_word(path, found))))
        for path, found in tree.paths.items()
        if 2 * sum(bool(one.words) for one in found) > len(found)
    ]
    return [one for one in lists if one.n_words and _is_talk(one)], tuple(tree.spans)


def best_of(lists: Sequence[Spoken]) -> Spoken:
    """Prefer speakers, then times, then whole pieces over single words, then most words."""
    most = max(one.n_words for one in lists)
    large = [one for one in lists if one.n_words >= _OF_ALL * most]
    return max(
        large,
        key=lambda one: (one.is_voiced, one.is_timed, not one.is_word, one.n_words),
    )


def _speaks(one: FoundWords) -> bool:
    return one.speaker not in (None, "") or one.channel is not None


def _walk(
    held: object, path: Path, around: FoundWords, tree: _Tree, depth: int = 0
) -> None:
    if depth > _DEEPEST:
        return
    if isinstance(held, dict):
        _walk_entry(held, path, around, tree, depth)
    elif isinstance(held, list):
        block = next(tree.blocks)
        of_channels = bool(path) and fold(path[-1]) in ("channels", "tracks")
        entries = list(map(_as_entry, held))
        odd_key = odd_words_key(entries)
        for number, entry in enumerate(entries):
            inside = replace(around, block=block, odd_key=odd_key)
            if of_channels:
                inside = replace(inside, channel=number)
            _walk(entry, (*path, "[]"), inside, tree, depth + 1)


def _walk_entry(
    entry: Entry, path: Path, around: FoundWords, tree: _Tree, depth: int
) -> None:
    in_list = "[]" in path
    key = words_key(entry) or (around.odd_key if around.odd_key in entry else None)
    own = _own(entry, around)
    if in_list and key:
        words = entry[key]
        speaker = speaker_in(entry)
        said = replace(
            own,
            words=str(words),
            entry=entry,
            speaker=own.speaker if speaker is None else speaker,
        )
        tree.paths.setdefault((*path, key), []).append(said)
    elif in_list and own.start and own.end:
        label = entry.get("label")
        is_voice = isinstance(label, str) and is_generic(label)
        speaker = label if own.speaker is None and is_voice else own.speaker
        if speaker is not None:
            tree.spans.append(replace(own, speaker=speaker))
    if in_list and not key and path[-1] == "[]":
        _count_silent(path, entry, tree)
    for name, inner in entry.items():
        best = isinstance(inner, list) and fold(name) in _BEST_FIRST
        if isinstance(inner, dict | list):
            _walk(inner[:1] if best else inner, (*path, name), own, tree, depth + 1)


def _count_silent(path: Path, entry: Entry, tree: _Tree) -> None:
    """Note an entry without words, where others of its list have some."""
    for known in tree.paths:
        if known[:-1] == path:
            tree.paths[known].append(FoundWords("", entry))


def _own(entry: Entry, around: FoundWords) -> FoundWords:
    """Return what holds for an entry: its own, or what stands around it."""
    speaker, channel = own_speaker(entry), channel_in(entry)
    start = start_in(entry)
    end = end_in(entry, start)
    final = next((entry[key] for key in entry if fold(key) in _FINAL), None)
    if entry.get("IsPartial") is not None:
        final = not entry["IsPartial"]
    return FoundWords(
        "",
        entry,
        around.speaker if speaker is None else speaker,
        around.channel if channel is None else channel,
        start or around.start,
        end or (None if start else around.end),
        around.block,
        final if isinstance(final, bool) else around.is_final,
    )


def _as_entry(item: object) -> object:
    """Read `["So", 0.1, 0.4]`, `["Ana", "So."]` and `{"Ana": "So."}` as entries."""
    if isinstance(item, list) and item and isinstance(item[0], str):
        rest = item[1:]
        if len(item) == _TIMED_WORD and all(isinstance(n, int | float) for n in rest):
            has_letter = any(c.isalpha() for c in item[0])
            return (
                {"word": item[0], "start": rest[0], "end": rest[1]}
                if has_letter
                else item
            )
        if len(rest) == 1 and isinstance(rest[0], str) and is_label(item[0]):
            return {"speaker": item[0], "said": rest[0]}
    if isinstance(item, dict) and len(item) == 1:
        [(key, value)] = item.items()
        if isinstance(value, str) and words_key(item) is None and is_label(key):
            return {"speaker": key, "said": value}
    return item


def _is_word(path: Path, found: Sequence[FoundWords]) -> bool:
    said = [one.words for one in found if one.words.strip()]
    n_words = sum(len(words.split()) for words in said)
    return is_word_key(path[-1]) or (
        len(said) > _TIMED_WORD and n_words <= _A_WORD * len(said)
    )


def _is_talk(spoken: Spoken) -> bool:
    """Return whether pairs of names and texts are a talk: there, voices come back."""
    if spoken.path[-1] != "said":
        return True
    voices = Counter(str(one.speaker) for one in spoken.found)
    return len(voices) < len(spoken.found)


def _final(spoken: Spoken) -> Spoken:
    """Leave out what a recogniser only guessed before it said it for good."""
    if not any(one.is_final for one in spoken.found):
        return spoken
    kept = tuple(one for one in spoken.found if one.is_final is not False)
    return replace(spoken, found=kept)


def _without_repeats(spoken: Spoken) -> Spoken:
    """Keep the last list where it says again all that the lists before it said."""
    blocks = list(dict.fromkeys(one.block for one in spoken.found))
    if len(blocks) < len(["first", "last"]):
        return spoken
    *before, last = [[one for one in spoken.found if one.block == n] for n in blocks]
    starts_over = _first_start(last) <= min(map(_first_start, before))
    if not starts_over or any(map(_speaks, before[0])) > any(map(_speaks, last)):
        return spoken
    all_said = _bag(last)
    for block in before:
        said = _bag(block)
        if (said & all_said).total() < _SAME * said.total():
            return spoken
    return replace(spoken, found=tuple(last))


def _first_start(found: Sequence[FoundWords]) -> float:
    return next((one.start.at for one in found if one.start), float("inf"))


def _bag(found: Sequence[FoundWords]) -> Counter[str]:
    return Counter(w for one in found for w in _WORD.findall(one.words.casefold()))
