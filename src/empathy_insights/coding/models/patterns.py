"""The pattern language of codebooks: phrases over word forms, with gaps.

A pattern is a row of elements: `word` or `a|b|c` is one token with that form, `~x` an
optional one, `_` any one, `..` a gap of up to three tokens. No match crosses the end of
a sentence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from empathy_insights.text.tokens import Token

_GAP = 3


class Element(NamedTuple):
    """One place of a pattern: the forms it takes (none: any) and how often it occurs."""

    forms: frozenset[str] | None
    least: int
    most: int


class Match(NamedTuple):
    """Where a pattern was found: its number in the index and its tokens."""

    pattern: int
    first: int
    last: int


@dataclass(frozen=True)
class PatternIndex:
    """Find many patterns in one pass over the tokens.

    A text is asked only for patterns whose rarest word it holds (rarest in the patterns:
    "not" begins hundreds of them); spaCy's Matcher tries every pattern at every token.

    Examples
    --------
    >>> from empathy_insights.text.tokens import tokenize
    >>> index = PatternIndex.of(["lock|kick .. out of", "not .. work"])
    >>> [tokens] = tokenize(["It locked me out of class and the link never worked."])
    >>> [(match.pattern, match.first, match.last) for match in index.find(tokens)]
    [(0, 1, 4), (1, 9, 10)]
    """

    patterns: tuple[tuple[Element, ...], ...]
    by_rarest: dict[str, tuple[int, ...]]
    needed: tuple[tuple[frozenset[str], ...], ...]

    @classmethod
    def of(cls, patterns: Sequence[str]) -> PatternIndex:
        """Compile patterns; matches name them by their place in the sequence."""
        return _index_of(tuple(patterns))

    def find(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """Yield every place where a pattern begins, with the shortest match there."""
        said = frozenset[str]().union(*(token.forms for token in tokens))
        # A pattern can only be where all the words that it needs are.
        possible = {
            number
            for form in self.by_rarest.keys() & said
            for number in self.by_rarest[form]
            if not any(map(said.isdisjoint, self.needed[number]))
        }
        firsts = _numbered(
            {n: self.patterns[n][0].forms or () for n in sorted(possible)}
        )
        for first, token in enumerate(tokens if firsts else ()):
            begun = firsts.keys() & token.forms
            for number in sorted({n for form in begun for n in firsts[form]}):
                last = _ends(tokens, first, self.patterns[number])
                if last is not None:
                    yield Match(number, first, last)


@lru_cache(maxsize=32)
def _index_of(patterns: tuple[str, ...]) -> PatternIndex:
    compiled = tuple(_compile(pattern) for pattern in patterns)
    needed = tuple(map(_needed, compiled))
    spread = Counter(form for words in needed for forms in words for form in forms)

    def written(forms: frozenset[str]) -> int:
        return sum(spread[form] for form in forms)

    rarest = [min(words, key=written, default=frozenset()) for words in needed]
    return PatternIndex(compiled, _numbered(dict(enumerate(rarest))), needed)


def _numbered(words: Mapping[int, Iterable[str]]) -> dict[str, tuple[int, ...]]:
    """Return the numbers of the words that have each form."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, forms in words.items():
        for form in forms:
            numbers[form].append(number)
    return {form: tuple(found) for form, found in numbers.items()}


def _compile(pattern: str) -> tuple[Element, ...]:
    return tuple(_element(element) for element in pattern.split())


def _needed(elements: Sequence[Element]) -> tuple[frozenset[str], ...]:
    """Return the forms of each word that a match must hold."""
    return tuple(
        element.forms
        for element in elements
        if element.forms is not None and element.least
    )


def _element(text: str) -> Element:
    if text == "..":
        return Element(None, 0, _GAP)
    if text == "_":
        return Element(None, 1, 1)
    least = 0 if text.startswith("~") else 1
    return Element(frozenset(text.removeprefix("~").split("|")), least, 1)


def _ends(
    tokens: Sequence[Token], first: int, elements: Sequence[Element]
) -> int | None:
    """Return the last token of the shortest match that begins at `first`."""
    sentence = tokens[first].sentence
    reached = {first}
    for element in elements:
        reached = set(_after(tokens, reached, element, sentence))
        if not reached:
            return None
    return min(reached) - 1


def _after(
    tokens: Sequence[Token], places: Iterable[int], element: Element, sentence: int
) -> Iterator[int]:
    for place in places:
        if element.least == 0:
            yield place
        for step in range(element.most):
            at = place + step
            if at >= len(tokens) or tokens[at].sentence != sentence:
                break
            if element.forms is not None and element.forms.isdisjoint(tokens[at].forms):
                break
            if step + 1 >= element.least:
                yield at + 1
