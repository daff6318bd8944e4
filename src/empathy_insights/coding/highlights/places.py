"""Words of a highlight, found in what people said: in one place, or not at all."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

import pandas as pd

from empathy_insights.coding.highlights.exported import Highlight
from empathy_insights.coding.review.decisions import document_of
from empathy_insights.files.table import plain_word

# How alike a highlight and a place are is 2 m / (a + b), as for passages that are found
# again: names may have been taken out, or words corrected, since it was highlighted.
_ALIKE, _ALIKE_IF_SHORT, _SHORT = 0.75, 0.85, 8  # words
_MOST = _ALIKE / (2 - _ALIKE)  # of the words are in a place that is alike
_CLEAR_OF_THE_NEXT = 0.1
_FEW_WORDS = 4  # "Yes, I do" is said in every interview
_AROUND = 30  # words
_TOUCHED = 3  # words of a passage; one or two are a slip of the mouse
_LABEL = re.compile(r"^[\W\d]*[^:\n]{1,40}: +")
_NUMBERED = re.compile(r"^(?:[dD] ?)?\d+ ?: ?")
_SUFFIX = re.compile(r"\.\w{1,5}$")

Span = tuple[int, int]
Place = tuple[str, Span]
Words = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """Say where a highlight is: passages with code points; or, without any, why not."""

    passages: tuple[tuple[str, int, int], ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class _Document:
    """Hold the words that participants say in a document, in their order."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    passages: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """The words, each between two blanks."""
        return f" {' '.join(self.words)} "

    @cached_property
    def begins(self) -> list[int]:
        """Where each word begins in `text`, and where it ends."""
        at = [1]
        for word in self.words:
            at.append(at[-1] + len(word) + 1)
        return at

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Which words are said."""
        return frozenset(self.words)

    @cached_property
    def length(self) -> Counter[str]:
        """How many words each passage has."""
        return Counter(self.passages)

    @cached_property
    def matcher(self) -> SequenceMatcher[str]:
        """A matcher that knows these words."""
        return SequenceMatcher(None, (), self.words, autojunk=False)

    def places(self, said: Sequence[str]) -> list[Span]:
        """Return every place, from which word to which, where just these words are said."""
        wanted, found = f" {' '.join(said)} ", []
        at = self.text.find(wanted)
        while said and at >= 0:
            first = bisect_left(self.begins, at + 1)
            found.append((first, first + len(said)))
            at = self.text.find(wanted, at + 1)
        return found


@dataclass(frozen=True)
class Places:
    """Know where every word of a study is."""

    documents: Mapping[str, _Document]

    @classmethod
    def of(cls, segments: pd.DataFrame) -> Places:
        """Index the passages of a study."""
        home = document_of(segments)
        rows = segments.sort_values("start", kind="stable").groupby(home)
        return cls({str(name): _document(inside) for name, inside in rows})

    def find_all(self, highlights: Sequence[Highlight]) -> list[Found]:
        """Return where each is: the same words highlighted as often as said, in order."""
        alike: dict[tuple[str, str, Words], list[int]] = defaultdict(list)
        for n, one in enumerate(highlights):
            alike[one.coder, one.document, words_of(one.words)].append(n)
        found = [self.find(one) for one in highlights]
        for rows in alike.values():
            if len(rows) == 1 or any(found[n].passages for n in rows):
                continue
            exact = self._exact(highlights[rows[0]])
            if len(exact) == len(rows):
                for n, place in zip(rows, exact, strict=True):
                    found[n] = Found(tuple(self._passages([place])))
        return found

    def may_be(self, one: Highlight) -> set[str]:
        """Return the passages in which a highlight may be that has no place."""
        if exact := self._exact(one):
            return {passage for passage, _, _ in self._passages(exact)}
        homes = [self.documents[name] for name in self._homes(one.document)]
        return {passage for home in homes for passage in home.passages}

    def _exact(self, one: Highlight) -> list[Place]:
        said = words_of(one.words)
        return [
            (name, at)
            for name in self._homes(one.document)
            for at in self.documents[name].places(said)
        ]

    def find(self, one: Highlight) -> Found:
        """Return where a highlight is, if that is certain; names no words of it."""
        said = words_of(one.words)
        if not said:
            return Found(problem="it holds no words")
        homes = self._homes(one.document)
        if len(homes) > 1 and len(said) < _FEW_WORDS:
            return Found(
                problem="it has too few words to be found without its document"
            )
        exact = self._exact(one)
        if len(exact) > 1:
            exact = self._decided(exact, one)
        if len(exact) > 1:
            n = len(exact)
            return Found(
                problem=f"its words are said {n} times, and nothing says which is meant"
            )
        found = exact or self._by_lines(one.words, homes) or self._nearly(said, homes)
        if not found:
            where = "this document" if len(homes) == 1 else "the study"
            return Found(problem=f"no participant says its words in {where}")
        return Found(tuple(self._passages(found)))

    def holds(self, said: str) -> bool:
        """Return whether somebody says just these words, four or more."""
        words = words_of(said)
        return len(words) >= _FEW_WORDS and any(
            one.places(words) for one in self.documents.values()
        )

    def _homes(self, document: str) -> list[str]:
        """Return the document of this name; all where none has it."""
        name = re.split(r"[\\/>]", document.strip())[-1].strip() if document else ""
        said = {
            plain_word(_SUFFIX.sub("", one)) for one in (name, _NUMBERED.sub("", name))
        } | {plain_word(name)}
        said -= {""}
        whole = [one for one in self.documents if plain_word(one) in said]
        ends = tuple(f"_{one}" for one in said)
        inside = [one for one in self.documents if plain_word(one).endswith(ends)]
        for found in (whole, inside if ends else []):
            if len(found) == 1:
                return found
        return list(self.documents)

    def _decided(self, places: list[Place], one: Highlight) -> list[Place]:
        """Keep the place that begins where the file says, or that has the same around it."""
        begins = [
            (name, at) for name, at in places if self._start(name, at) == one.start
        ]
        if len(begins) == 1:
            return begins
        around = words_of(one.before)[-_AROUND:], words_of(one.after)[:_AROUND]
        if not any(around):
            return places
        ranked = sorted(
            ((self._alike_around(name, at, around), (name, at)) for name, at in places),
            key=lambda told: -told[0],
        )
        (best, place), (second, _) = ranked[:2]
        return [place] if best - second >= _CLEAR_OF_THE_NEXT else places

    def _start(self, name: str, at: Span) -> int:
        return self.documents[name].spans[at[0]][0]

    def _alike_around(self, name: str, at: Span, around: tuple[Words, Words]) -> float:
        words = self.documents[name].words
        here = words[max(0, at[0] - _AROUND) : at[0]], words[at[1] : at[1] + _AROUND]
        return sum(
            SequenceMatcher(None, one, other, autojunk=False).ratio()
            for one, other in zip(around, here, strict=True)
        )

    def _by_lines(self, text: str, homes: Sequence[str]) -> list[Place]:
        """Find a highlight over several turns by its lines; who asks is not among them."""
        lines = [words_of(_LABEL.sub("", line)) for line in text.split("\n")]
        told = [line for line in lines if len(line) >= _FEW_WORDS]
        fits = []
        for name in homes:
            places = [self.documents[name].places(line) for line in told]
            once = [found[0] for found in places if len(found) == 1]
            n_words = sum(last - first for first, last in once)
            if once and 2 * n_words >= sum(map(len, lines)) and once == sorted(once):
                fits.append([(name, at) for at in once])
        return fits[0] if len(fits) == 1 else []

    def _nearly(self, said: Words, homes: Sequence[str]) -> list[Place]:
        """Find words that were corrected since, if one place alone is much like them."""
        if len(said) < _FEW_WORDS:
            return []
        near = sorted(
            (
                (alike, (name, at))
                for name in homes
                if _MOST * len(said)
                <= sum(map(self.documents[name].vocabulary.__contains__, said))
                for alike, at in _near(said, self.documents[name])
            ),
            key=lambda told: -told[0],
        )
        least = _ALIKE if len(said) >= _SHORT else _ALIKE_IF_SHORT
        if not near or near[0][0] < least:
            return []
        is_clear = len(near) == 1 or near[0][0] - near[1][0] >= _CLEAR_OF_THE_NEXT
        return [near[0][1]] if is_clear else []

    def _passages(self, places: Iterable[Place]) -> Iterator[tuple[str, int, int]]:
        """Yield each passage that a highlight is in, with the part of it."""
        for name, (first, last) in places:
            home = self.documents[name]
            inside = Counter(home.passages[first:last])
            for passage, n in inside.items():
                is_all = n == home.length[passage] or 2 * n >= last - first
                if n >= _TOUCHED or is_all:
                    rows = [
                        n for n in range(first, last) if home.passages[n] == passage
                    ]
                    yield passage, home.spans[rows[0]][0], home.spans[rows[-1]][1]


def words_of(text: str) -> Words:
    """Return the words of a text, without case.

    Examples
    --------
    >>> words_of("It's LATE.")
    ('it', 's', 'late')
    """
    return tuple(re.findall(r"\w+", text.casefold()))


def _document(rows: pd.DataFrame) -> _Document:
    found = [
        (match[0].casefold(), (start + match.start(), start + match.end()), name)
        for name, start, text in rows[["segment_id", "start", "text"]].itertuples(
            index=False
        )
        for match in re.finditer(r"\w+", text)
    ]
    words, spans, passages = zip(*found, strict=True) if found else ((), (), ())
    return _Document(words, spans, passages)


def _near(said: Words, document: _Document) -> Iterator[tuple[float, Span]]:
    """Yield the place most like a highlight, and the next ones before and after it."""
    best = _nearest(said, document, 0, len(document.words))
    if best is None:
        return
    yield best
    _, (first, last) = best
    for low, high in ((0, first), (last, len(document.words))):
        if other := _nearest(said, document, low, high):
            yield other


def _nearest(
    said: Words, document: _Document, low: int, high: int
) -> tuple[float, Span] | None:
    """Return the place around the longest run of the same words, and how alike it is."""
    document.matcher.set_seq1(said)
    run = document.matcher.find_longest_match(0, len(said), low, high)
    if not run.size:
        return None
    begin, n = run.b - run.a, len(said)
    more = max(_FEW_WORDS, n // 3)
    low, high = max(low, begin - more), min(high, begin + n + more)
    window = document.words[low:high]
    blocks = SequenceMatcher(None, said, window, autojunk=False).get_matching_blocks()[
        :-1
    ]
    return max(
        (
            2
            * sum(block.size for block in part)
            / (n + part[-1].b + part[-1].size - part[0].b),
            (low + part[0].b, low + part[-1].b + part[-1].size),
        )
        for i in range(len(blocks))
        for j in range(i, len(blocks))
        if (part := blocks[i : j + 1])
    )
