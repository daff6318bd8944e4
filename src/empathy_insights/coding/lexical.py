"""The lexical coder: the phrases of a codebook, found in what people said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.negation import names_negator, negated
from empathy_insights.coding.patterns import Match, PatternIndex
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.tokens import Token, tokenize

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
    A theme without any pattern is looked for by its name.

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
                "method": _method(hit),
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
        """Say whether a negation reaches a match; a pattern's own denies nothing more."""
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
            elif len({hit.phrase.pattern for hit in found}) > 1:
                yield theme, "suggested", 0.5, found[0]

    @cached_property
    def _phrases(self) -> tuple[Phrase, ...]:
        return tuple(
            Phrase(theme.id, strength, pattern)
            for theme in self.codebook
            for strength, patterns in _phrases_of(theme.name, vars(theme.patterns))
            for pattern in patterns
        ) + tuple(
            Phrase("", stance, cue)
            for stance, cues in self.codebook.stance_cues.items()
            for cue in cues
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


def _method(hit: Hit) -> str:
    return f"phrase {hit.phrase.pattern!r}" + (", negated" if hit.is_negated else "")


def _phrases_of(
    name: str, patterns: dict[str, tuple[str, ...]]
) -> list[tuple[str, tuple[str, ...]]]:
    if any(patterns.values()):
        return list(patterns.items())
    words = " ".join(word for word in name.lower().split() if word.isalpha())
    return [("strong", (words,))] if words else []


def _same_branch(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
