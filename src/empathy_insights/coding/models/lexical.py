"""The lexical coder: the phrases of a codebook, found in what people said."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.models.clauses import names_negator, negated
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.tokens import Token, pattern_of, telling_words, tokenize

# The pattern language of codebooks: phrases over word forms, with gaps.
#
# A pattern is a row of elements: `word` or `a|b|c` is one token with that form, `~x` an
# optional one, `_` any one, `..` a gap of up to three tokens. No match crosses the end of
# a sentence.


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


# "I don't love it" is a need; "I shouldn't have to" is no strength.
_NEGATED = {"asset": "need", "need": "", "suggestion": "suggestion"}


class Phrase(NamedTuple):
    """A pattern of a theme and its strength: `strong`, `weak` or `exclude`.

    A cue of a stance has no theme, and the stance as its strength.
    """

    theme: str
    strength: str
    pattern: str


class Hit(NamedTuple):
    """A phrase found at code points of a segment's text; negated as "no internet" is.

    A theme says what is talked about, so that a negated phrase is still its theme.
    """

    phrase: Phrase
    start: int
    end: int
    is_negated: bool = False


class Read(NamedTuple):
    """What was found in a text: phrases of themes, and whose cues (`need`, `asset` …).

    A negated cue of a strength counts for a need; a negated cue of a need for nothing.
    """

    hits: list[Hit]
    cues: frozenset[str]


@dataclass(frozen=True)
class LexicalCoder:
    """Code by the phrases of a codebook.

    One strong phrase gives a coding with status `auto`; two different weak phrases give
    one with status `suggested`, which is never counted. A phrase that overlaps one of
    the theme's `exclude` phrases is dropped. What a sub-theme gets, its parent gets.
    A theme without any pattern is looked for by the words of its name and description
    (`own_words`), which only suggest: two of them, or a name of a single word.

    Parameters
    ----------
    codebook
        The themes to apply.

    Examples
    --------
    >>> from empathy_insights.codebook import Patterns, Theme
    >>> theme = Theme("help", "Tech help", patterns=Patterns(strong=("lock .. out",)))
    >>> coder = LexicalCoder(Codebook("mine", "Mine", themes=(theme,)))
    >>> [(hit.start, hit.end) for hit in coder.hits(["I got locked right out."])[0]]
    [(6, 22)]
    """

    codebook: Codebook
    name: str = "lexical"

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings of the segments: evidence is the first phrase that decided."""
        SEGMENTS.check(segments)
        return self.codings(segments, self.read(segments["text"].tolist()))

    def codings(self, segments: pd.DataFrame, reads: Sequence[Read]) -> pd.DataFrame:
        """Turn what was read in the segments into codings."""
        sha256 = self.codebook.sha256
        rows = [
            {
                "segment_id": segment,
                "theme": theme,
                "coder": self.name,
                "status": status,
                "score": score,
                "method": self._method(hit),
                "evidence_start": offset + hit.start,
                "evidence_end": offset + hit.end,
                "stance": None,
                "codebook_sha256": sha256,
            }
            for segment, offset, read in zip(
                segments["segment_id"], segments["start"], reads, strict=True
            )
            for theme, status, score, hit in self._decide(read.hits)
        ]
        return CODINGS.frame(rows)

    def hits(self, texts: Sequence[str]) -> list[list[Hit]]:
        """Return the phrases found in each text, without the excluded ones."""
        return [read.hits for read in self.read(texts)]

    def read(self, texts: Sequence[str]) -> list[Read]:
        """Return the phrases of themes and the cues of stances found in each text."""
        reads = []
        for tokens in tokenize(texts, language=self.codebook.language):
            matches = list(self._index.find(tokens))
            if not matches:
                reads.append(Read([], frozenset()))
                continue
            reached = negated(tokens, language=self.codebook.language)
            found = [
                (self._phrases[match.pattern], match, self._is_denied(match, reached))
                for match in matches
            ]
            cues = frozenset(
                _NEGATED.get(phrase.strength, "") if is_denied else phrase.strength
                for phrase, _, is_denied in found
                if not phrase.theme
            )
            reads.append(Read(self._kept(tokens, found), cues - {""}))
        return reads

    def _is_denied(self, match: Match, reached: np.ndarray) -> bool:
        """Return whether a negation reaches a match; a pattern's own denies nothing more."""
        return (
            bool(reached[match.first : match.last + 1].any())
            and not self._has_negator[match.pattern]
        )

    def _kept(
        self, tokens: list[Token], found: list[tuple[Phrase, Match, bool]]
    ) -> list[Hit]:
        barred = [
            (phrase.theme, match.first, match.last)
            for phrase, match, _ in found
            if phrase.strength == "exclude"
        ]
        return [
            Hit(phrase, tokens[match.first].start, tokens[match.last].end, is_denied)
            for phrase, match, is_denied in found
            if phrase.theme
            and phrase.strength != "exclude"
            and not any(
                _same_branch(theme, phrase.theme)
                and first <= match.last
                and match.first <= last
                for theme, first, last in barred
            )
        ]

    def _decide(self, hits: list[Hit]) -> Iterator[tuple[str, str, float, Hit]]:
        by_theme: dict[str, list[Hit]] = {}
        for hit in hits:
            for theme in self._branch[hit.phrase.theme]:
                by_theme.setdefault(theme, []).append(hit)
        for theme, found in by_theme.items():
            strong = [hit for hit in found if hit.phrase.strength == "strong"]
            if strong:
                yield theme, "auto", 1.0, strong[0]
            elif len({hit.phrase.pattern for hit in found}) > 1 or any(
                hit.phrase in self.whole_names for hit in found
            ):
                yield theme, "suggested", 0.5, found[0]

    def _method(self, hit: Hit) -> str:
        is_own = not self.codebook[hit.phrase.theme].has_phrases
        named = "word of its name or description" if is_own else "phrase"
        return f"{named} {hit.phrase.pattern!r}" + ", negated" * hit.is_negated

    @cached_property
    def _phrases(self) -> tuple[Phrase, ...]:
        return tuple(
            Phrase(theme.id, strength, pattern)
            for theme in self.codebook
            for strength, patterns in self._patterns_of(theme)
            for pattern in patterns
        ) + tuple(
            Phrase("", stance, cue)
            for stance, cues in self.codebook.stance_cues.items()
            for cue in cues
        )

    def _patterns_of(self, theme: Theme) -> list[tuple[str, tuple[str, ...]]]:
        if theme.has_phrases:
            return list(vars(theme.patterns).items())
        return [("weak", own_words(theme, self.codebook))]

    @cached_property
    def whole_names(self) -> frozenset[Phrase]:
        """The names of one word that stand in for phrases: they need no second word."""
        return frozenset(
            Phrase(theme.id, "weak", own_words(theme, self.codebook)[0])
            for theme in self.codebook
            if not theme.has_phrases
            and len(telling_words(theme.name, language=self.codebook.language)) == 1
        )

    @cached_property
    def _index(self) -> PatternIndex:
        return PatternIndex.of([phrase.pattern for phrase in self._phrases])

    @cached_property
    def _has_negator(self) -> tuple[bool, ...]:
        return tuple(names_negator(phrase.pattern) for phrase in self._phrases)

    @cached_property
    def _branch(self) -> dict[str, tuple[str, ...]]:
        return {
            theme.id: (theme.id,) if theme.parent is None else (theme.id, theme.parent)
            for theme in self.codebook
        }


def own_words(theme: Theme, codebook: Codebook) -> tuple[str, ...]:
    """Return patterns of the words of a theme's name, and of its description.

    They stand in where a codebook has no phrases. A word of the description that another
    theme's name or description has, too, tells nothing.

    Examples
    --------
    >>> bus = Theme("bus", "The bus", definition="Waiting for the driver at school.")
    >>> food = Theme("food", "Food", definition="Lunch at school.")
    >>> own_words(bus, Codebook("b", "B", themes=(bus, food)))
    ('bus', 'waiting|wait', 'driver')
    """
    said = partial(telling_words, language=codebook.language)
    elsewhere = {
        word
        for other in codebook
        if not _same_branch(other.id, theme.id)
        for word in said(f"{other.name} {other.definition}")
    }
    rare = [word for word in said(theme.definition) if word not in elsewhere]
    words = dict.fromkeys([*said(theme.name), *rare])
    patterns = (pattern_of(word, language=codebook.language) for word in words)
    return tuple(dict.fromkeys(filter(None, patterns)))


def _same_branch(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
