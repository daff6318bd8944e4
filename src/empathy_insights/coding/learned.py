"""A coder that has learned from people's codings of the same study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.features import Features
from empathy_insights.coding.lexical import LexicalCoder
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.tokens import sentence_spans

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


@dataclass(frozen=True)
class Boundary:
    """Where a theme's calibrated probability begins to suggest, and to code.

    Parameters
    ----------
    suggested
        At or above it a segment is suggested.
    auto
        At or above it a segment is coded; missing when no boundary is precise enough.
    """

    suggested: float
    auto: float


@dataclass(frozen=True, eq=False)
class ThemeModel:
    """One theme's linear model, its calibration (Platt 1999) and its boundary."""

    weights: np.ndarray
    intercept: float
    slope: float
    offset: float
    boundary: Boundary

    def probabilities(self, rows: csr_matrix) -> np.ndarray:
        """Return the calibrated probability of the theme for rows of features."""
        margins = np.asarray(rows @ self.weights).ravel() + self.intercept
        return np.asarray(1 / (1 + np.exp(-(self.slope * margins + self.offset))))


@dataclass(frozen=True, repr=False, eq=False)
class LearnedCoder:
    """Code by what people coded; made by `fit_coder`.

    Themes with too few codings to learn from are coded by the codebook's phrases, and
    `scores` says so.

    Parameters
    ----------
    codebook
        The themes.
    features, models
        What was learned, theme by theme.
    scores
        How well each theme is found in the words of people it has not seen: `theme`,
        `positives`, `people`, `learned`, `precision`, `recall`, `f1`, `kappa`, `low`,
        `high` (95 % interval of F1, people resampled), `auto_precision`, `auto_share`,
        `note`.
    """

    codebook: Codebook
    features: Features
    models: Mapping[str, ThemeModel]
    scores: pd.DataFrame
    name: str = "learned"

    def __repr__(self) -> str:
        themes = len(self.codebook.main_themes)
        return f"LearnedCoder({len(self.models)} of {themes} themes learned)"

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings: `auto` and `suggested` at the boundaries set in fitting."""
        SEGMENTS.check(segments)
        by_phrase = self._by_phrase(segments)
        learned = self._learned(segments)
        found = pd.concat([learned, by_phrase], ignore_index=True)
        return CODINGS.check(
            found.sort_values(list(CODINGS.key)).reset_index(drop=True)
        )

    def probabilities(self, texts: list[str]) -> pd.DataFrame:
        """Return each learned theme's calibrated probability: a row a text."""
        rows = self.features(texts)
        return pd.DataFrame(
            {theme: model.probabilities(rows) for theme, model in self.models.items()},
            index=range(len(texts)),
        )

    def _by_phrase(self, segments: pd.DataFrame) -> pd.DataFrame:
        codings = self._phrases(segments)
        own = codings["theme"].str.split(".").str[0].isin(list(self.models))
        return codings[~own].assign(coder=self.name)

    def _learned(self, segments: pd.DataFrame) -> pd.DataFrame:
        texts = segments["text"].tolist()
        if not texts or not self.models:
            return CODINGS.frame([])
        sha256 = self.codebook.sha256
        chances = self.probabilities(texts)
        rows = [
            {
                "segment_id": segments["segment_id"].iloc[n],
                "theme": theme,
                "coder": self.name,
                "status": status,
                "score": float(probability),
                "method": "learned from people's codings",
                "evidence_start": segments["start"].iloc[n] + start,
                "evidence_end": segments["start"].iloc[n] + end,
                "stance": None,
                "codebook_sha256": sha256,
            }
            for theme, model in self.models.items()
            for n, probability, status in _coded(chances[theme], model.boundary)
            for start, end in [self._telling_sentence(texts[n], model)]
        ]
        return CODINGS.frame(rows)

    def _telling_sentence(self, text: str, model: ThemeModel) -> tuple[int, int]:
        spans = sentence_spans(text, language=self.codebook.language)
        if len(spans) < 2:
            return 0, len(text)
        rows = self.features([text[start:end] for start, end in spans])
        return spans[int(np.argmax(model.probabilities(rows)))]

    @cached_property
    def _phrases(self) -> LexicalCoder:
        return LexicalCoder(self.codebook)


def _coded(chances: pd.Series, boundary: Boundary) -> list[tuple[int, float, str]]:
    """Return the place, probability and status of each text at or above a boundary."""
    values = chances.to_numpy()
    return [
        (int(n), values[n], "auto" if values[n] >= boundary.auto else "suggested")
        for n in np.flatnonzero(values >= boundary.suggested)
    ]
