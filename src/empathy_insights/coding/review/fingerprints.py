"""Passages found again by a mark of their words, after ids moved or words were corrected."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import numpy as np
import pandas as pd

from empathy_insights.corpus import document_in

# How alike two passages are is 2 m / (a + b): of a and b words, m are the same in the
# same order. Passages of interviews that have nothing in common share a third of their
# words at most, by "I", "the" and "and"; half of their words may be names of people.
_ALIKE_IN_PLACE = 0.6  # the id is the same
_ALIKE = 0.7
_SHORT, _ALIKE_IF_SHORT = 8, 0.85  # words
_CLEAR_OF_THE_NEXT = 0.1
_FEW_WORDS = 4  # "Yes, I do" is said in every interview
_MOST, _NEARLY_ALL = 0.8, 0.9  # of the words, where passages were cut or joined
_HASHES = 251


def fingerprint(text: str) -> str:
    """Return a mark of a passage: a byte a word, too little to read it.

    Examples
    --------
    >>> fingerprint("The bus is late."), fingerprint("the BUS is - late")
    ('04NJqQ==', '04NJqQ==')
    """
    words = re.findall(r"\w+", text.casefold())
    marks = bytes(zlib.crc32(word.encode()) % _HASHES for word in words)
    return base64.b64encode(marks).decode("ascii")


def find_again(marks: Mapping[str, str], segments: pd.DataFrame) -> dict[str, str]:
    """Say where passages are now, as far as that is certain.

    Parameters
    ----------
    marks
        Id of a passage, as it was -> its fingerprint; an empty one trusts the id.
    segments
        The passages as they are now.

    Returns
    -------
    dict
        Earlier id -> id now. Missing are passages that are gone, that have become other
        words, or that may be several.

    Examples
    --------
    >>> texts = ["Well.", "The bus is never on time."]
    >>> now = pd.DataFrame({"segment_id": ["d:0001.01", "d:0002.01"], "text": texts})
    >>> find_again({"d:0001.01": fingerprint("The bus is never on time")}, now)
    {'d:0001.01': 'd:0002.01'}
    """
    study = _Passages.of(segments)
    words = {one: _words(mark) for one, mark in marks.items()}
    found = {
        one: one
        for one, said in words.items()
        if one in study.row and (not said or study.said(one) == said)
    }
    rest = {one: said for one, said in words.items() if said and one not in found}
    if not rest:
        return found
    found |= _by_words(rest, study)
    for step in (_between_neighbours, _nearly):
        homes = _homes(found)
        now = {
            one: step(
                one, said, study, found, homes.get(document_in(one), document_in(one))
            )
            for one, said in rest.items()
            if one not in found
        }
        found |= {one: place for one, place in now.items() if place is not None}
    return found | _grown(words, found, study)


def find_same(
    marks: Mapping[str, str],
    found: Mapping[str, str],
    judged: Mapping[str, Hashable],
    segments: pd.DataFrame,
) -> dict[str, str]:
    """Say where passages are whose words others have, too, and of which the same was decided.

    Twenty people answer `no`: where some of these rows are gone, nobody can say which, and
    it makes no difference. Where there are more than before, one is new.

    Parameters
    ----------
    marks, found
        As `find_again` takes and returns them.
    judged
        Id of a passage, as it was -> what was decided about it.
    segments
        The passages as they are now.

    Returns
    -------
    dict
        Earlier id -> id now, of those that are not in `found`.

    Examples
    --------
    >>> now = pd.DataFrame({"segment_id": ["d:0001.01", "d:0002.01"], "text": ["No", "No"]})
    >>> marks = {f"d:000{n}.01": fingerprint("No") for n in (3, 4, 5)}
    >>> find_same(marks, {}, dict.fromkeys(marks, "nothing"), now)
    {'d:0003.01': 'd:0001.01', 'd:0004.01': 'd:0002.01'}
    """
    study, homes, taken = _Passages.of(segments), _homes(found), set(found.values())
    groups: dict[tuple[str, bytes], list[str]] = defaultdict(list)
    for one, mark in sorted(marks.items()):
        if mark:
            groups[document_in(one), _words(mark)].append(one)
    again: dict[str, str] = {}
    for (name, said), ids in groups.items():
        lost = [one for one in ids if one not in found]
        if lost and len({judged[one] for one in ids}) == 1:
            home = homes.get(name, name)
            free = [
                now
                for now in study.by_words.get(said, [])
                if document_in(now) == home and now not in taken
            ]
            if len(free) <= len(lost):  # some may have gone; none is new
                again |= dict(zip(lost, free, strict=False))
    return again


def find_parts(
    marks: Mapping[str, str], found: Mapping[str, str], segments: pd.DataFrame
) -> dict[str, list[str]]:
    """Say which passages together are an earlier one that was cut in two or more since.

    Parameters
    ----------
    marks
        Id of a passage, as it was -> its fingerprint.
    found
        What `find_again` found of all passages of the same file.
    segments
        The passages as they are now.

    Returns
    -------
    dict
        Earlier id -> ids now, of those whose words are nearly all there.

    Examples
    --------
    >>> texts = ["The bus is never on time.", "Lunch is cold when I sit down."]
    >>> now = pd.DataFrame({"segment_id": ["d:0001.01", "d:0001.02"], "text": texts})
    >>> find_parts({"d:0001.01": fingerprint(" ".join(texts))}, {}, now)
    {'d:0001.01': ['d:0001.01', 'd:0001.02']}
    """
    parts: dict[str, list[str]] = {}
    if not marks:
        return parts
    study, homes, taken = _Passages.of(segments), _homes(found), set(found.values())
    for one, mark in marks.items():
        said = _words(mark)
        home = homes.get(document_in(one), document_in(one))
        inside = [
            now
            for now, words in study.inside(home)
            if now not in taken and _is_within(words, said)
        ]
        n_words = sum(len(study.words[study.row[now]]) for now in inside)
        if said and _MOST * len(said) <= n_words <= len(said) / _MOST:
            parts[one] = inside
    return parts


@dataclass(frozen=True)
class _Passages:
    """Hold the passages as they are now: their ids, words and documents."""

    ids: tuple[str, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, segments: pd.DataFrame) -> _Passages:
        """Take the passages of a study; their words are marked when they are asked for."""
        return cls(tuple(segments["segment_id"].astype("str")), tuple(segments["text"]))

    def said(self, one: str) -> bytes:
        """Return the words of one passage."""
        return _words(fingerprint(self.texts[self.row[one]]))

    @cached_property
    def words(self) -> tuple[bytes, ...]:
        """The words of each passage."""
        return tuple(_words(fingerprint(text)) for text in self.texts)

    @cached_property
    def row(self) -> dict[str, int]:
        """Where each id stands."""
        return {one: n for n, one in enumerate(self.ids)}

    @cached_property
    def by_words(self) -> dict[bytes, list[str]]:
        """The ids of the passages that say the same."""
        found: dict[bytes, list[str]] = defaultdict(list)
        for one, said in zip(self.ids, self.words, strict=True):
            found[said].append(one)
        return found

    @cached_property
    def counts(self) -> np.ndarray:
        """How often each hash occurs in each passage."""
        return np.array([_counts(one) for one in self.words], dtype=np.int16).reshape(
            -1, _HASHES
        )

    @cached_property
    def rows_of(self) -> dict[str, np.ndarray]:
        """The rows of the passages of each document."""
        codes, names = pd.factorize(np.array([document_in(one) for one in self.ids]))
        return {str(name): np.nonzero(codes == n)[0] for n, name in enumerate(names)}

    def inside(self, document: str) -> list[tuple[str, bytes]]:
        """Return id and words of each passage of a document."""
        rows = self.rows_of.get(document, ())
        return [(self.ids[row], self.words[row]) for row in rows]

    def alike(
        self, said: bytes, taken: Collection[str], document: str | None = None
    ) -> dict[str, float]:
        """Return how alike passages are, of those that may be alike enough."""
        rows = np.arange(len(self.ids))
        if document is not None:
            rows = self.rows_of.get(document, rows[:0])
        counts = self.counts[rows]
        shared = np.minimum(counts, _counts(said)).sum(axis=1)
        total = counts.sum(axis=1) + len(said)
        near = rows[2 * shared >= _ALIKE_IN_PLACE * total]
        return {
            self.ids[row]: _alike(said, self.words[row])
            for row in near
            if self.ids[row] not in taken
        }


def _by_words(rest: Mapping[str, bytes], study: _Passages) -> dict[str, str]:
    """Return the passages whose words are said in one place alone."""
    places = {one: study.by_words.get(said, []) for one, said in rest.items()}
    return {
        one: places[one][0]
        for one, said in rest.items()
        if len(places[one]) == 1
        and (len(said) >= _FEW_WORDS or document_in(places[one][0]) == document_in(one))
    }


def _homes(found: Mapping[str, str]) -> dict[str, str]:
    """Return for each document what most of its passages are in now."""
    moves: dict[str, Counter[str]] = defaultdict(Counter)
    for before, now in found.items():
        moves[document_in(before)][document_in(now)] += 1
    return {name: to.most_common(1)[0][0] for name, to in moves.items()}


def _between_neighbours(
    one: str, said: bytes, study: _Passages, found: Mapping[str, str], home: str
) -> str | None:
    """Return the one place of these words between the passages before and after."""
    anchors = {
        before: now
        for before, now in found.items()
        if document_in(before) == document_in(one) and document_in(now) == home
    }
    first = max((now for k, now in anchors.items() if k < one), default="")
    last = min((now for k, now in anchors.items() if k > one), default=None)
    fits = [
        now
        for now in study.by_words.get(said, [])
        if document_in(now) == home and first < now and (last is None or now < last)
    ]
    return fits[0] if len(fits) == 1 else None


def _nearly(
    one: str, said: bytes, study: _Passages, found: Mapping[str, str], home: str
) -> str | None:
    """Return the passage that is most like it, if it is so alone: in its place first."""
    taken = set(found.values())
    near = _best(study.alike(said, taken, home), said, one)
    return near or _best(study.alike(said, taken), said, one)


def _alike(one: bytes, other: bytes) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _grown(
    words: Mapping[str, bytes], found: Mapping[str, str], study: _Passages
) -> dict[str, str]:
    """Return passages that are one with their neighbours now, most of whom were read."""
    homes = _homes(found)
    inside: dict[str, list[str]] = {}
    for one, said in words.items():
        home = homes.get(document_in(one), document_in(one))
        if said and one not in found:
            inside[one] = [
                now for now, whole in study.inside(home) if _is_within(said, whole)
            ]
    grown = {one: places[0] for one, places in inside.items() if len(places) == 1}
    covered: Counter[str] = Counter()
    for one, now in {**found, **grown}.items():
        covered[now] += len(words[one])
    whole = {now: len(study.words[study.row[now]]) for now in grown.values()}
    return {
        one: now for one, now in grown.items() if covered[now] >= _MOST * whole[now]
    }


def _is_within(part: bytes, whole: bytes) -> bool:
    """Return whether nearly all words of a part are in a passage, in their order."""
    if not _FEW_WORDS <= len(part) <= len(whole):
        return False
    blocks = SequenceMatcher(None, part, whole, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) >= _NEARLY_ALL * len(part)


def _best(alike: Mapping[str, float], said: bytes, one: str) -> str | None:
    if not alike:
        return None
    ranked = sorted(alike, key=lambda now: (-alike[now], now))
    best, share = ranked[0], alike[ranked[0]]
    if best == one and share >= _ALIKE_IN_PLACE:
        return best
    is_clear = len(ranked) == 1 or share - alike[ranked[1]] >= _CLEAR_OF_THE_NEXT
    least = _ALIKE if len(said) >= _SHORT else _ALIKE_IF_SHORT
    return best if is_clear and share >= least else None


def _words(mark: str) -> bytes:
    try:
        return base64.b64decode(mark, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _counts(said: bytes) -> np.ndarray:
    hashes = np.frombuffer(said, dtype=np.uint8)
    return np.bincount(hashes[hashes < _HASHES], minlength=_HASHES)
