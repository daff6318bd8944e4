"""The lexical coder: the phrases of a codebook, found in what people said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.models.clauses import names_negator, negated
from empathy_insights.coding.models.patterns import Match, PatternIndex
from empathy_insights.in_parts import made_in_parts
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.tokens import Token, pattern_of, telling_words, tokenize
from empathy_insights.text_memory import of_each

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
        phrases = self._phrases
        find = _Finder(phrases, self.codebook.language)
        found = partial(made_in_parts, find)
        told = of_each(["phrases", self.codebook.sha256], texts, found)
        return [
            Read([Hit(phrases[n], *hit) for n, *hit in hits], frozenset(cues))
            for hits, cues in told
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
    def _branch(self) -> dict[str, tuple[str, ...]]:
        return {
            theme.id: (theme.id,) if theme.parent is None else (theme.id, theme.parent)
            for theme in self.codebook
        }


@dataclass(frozen=True)
class _Finder:
    """Find phrases and cues in texts: what a process must know for it, and no more."""

    phrases: tuple[Phrase, ...]
    language: str

    def __call__(
        self, texts: Sequence[str]
    ) -> Iterator[tuple[list[list[int]], list[str]]]:
        """Yield hits, each by its phrase's number, and cues, text by text."""
        for tokens in tokenize(texts, language=self.language):
            matches = list(self._index.find(tokens))
            if not matches:
                yield [], []
                continue
            reached = negated(tokens, language=self.language)
            found = [(match, self._is_denied(match, reached)) for match in matches]
            cues = {
                _NEGATED.get(stance, "") if is_denied else stance
                for stance, is_denied in self._stances(found)
            }
            yield self._kept(tokens, found), sorted(cues - {""})

    def _stances(self, found: list[tuple[Match, bool]]) -> Iterator[tuple[str, bool]]:
        """Yield the stance of each cue: "no problem" is none of "no" and "problem"."""
        cues = [one for one in found if not self.phrases[one[0].pattern].theme]
        for match, is_denied in cues:
            if not any(_is_within(match, other) for other, _ in cues):
                yield self.phrases[match.pattern].strength, is_denied

    def _is_denied(self, match: Match, reached: np.ndarray) -> bool:
        """Return whether a negation reaches a match; a pattern's own denies nothing more."""
        return (
            bool(reached[match.first : match.last + 1].any())
            and not self._has_negator[match.pattern]
        )

    def _kept(
        self, tokens: list[Token], found: list[tuple[Match, bool]]
    ) -> list[list[int]]:
        phrases = [self.phrases[match.pattern] for match, _ in found]
        barred = [
            (phrase.theme, match.first, match.last)
            for phrase, (match, _) in zip(phrases, found, strict=True)
            if phrase.strength == "exclude"
        ]
        return [
            [
                match.pattern,
                tokens[match.first].start,
                tokens[match.last].end,
                is_denied,
            ]
            for phrase, (match, is_denied) in zip(phrases, found, strict=True)
            if phrase.theme
            and phrase.strength != "exclude"
            and not any(
                _same_branch(theme, phrase.theme)
                and first <= match.last
                and match.first <= last
                for theme, first, last in barred
            )
        ]

    @cached_property
    def _index(self) -> PatternIndex:
        return PatternIndex.of([phrase.pattern for phrase in self.phrases])

    @cached_property
    def _has_negator(self) -> tuple[bool, ...]:
        return tuple(names_negator(phrase.pattern) for phrase in self.phrases)


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


def _is_within(match: Match, other: Match) -> bool:
    """Return whether a match is a part of a longer one."""
    is_longer = other.last - other.first > match.last - match.first
    return is_longer and other.first <= match.first and match.last <= other.last


def _same_branch(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
