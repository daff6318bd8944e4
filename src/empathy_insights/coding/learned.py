"""A coder that has learned from people's codings of the same study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.clauses import cut_clauses
from empathy_insights.coding.held_out import ThemeModel
from empathy_insights.coding.lexical import LexicalCoder
from empathy_insights.coding.model import Chances
from empathy_insights.coding.saved import load_parts, save_coder
from empathy_insights.coding.study_features import StudyFeatures, questions_of
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder, StaticEmbedder


@dataclass(frozen=True, repr=False, eq=False)
class LearnedCoder:
    """Code by what people coded; made by `fit_coder`.

    Themes with too few codings to learn from are coded by the codebook's phrases and
    suggested by its texts, and `scores` says so.

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
    features: StudyFeatures
    models: Mapping[str, ThemeModel]
    scores: pd.DataFrame
    name: str = "learned"

    def __repr__(self) -> str:
        learned = int(self.scores["learned"].sum())
        return f"LearnedCoder({learned} of {len(self.scores)} themes learned)"

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings: `auto` and `suggested` at the boundaries set in fitting."""
        SEGMENTS.check(segments)
        found = pd.concat(
            [self._by_phrase(segments), self._learned(segments)], ignore_index=True
        )
        found = found.drop_duplicates(["segment_id", "theme"])
        return CODINGS.check(found.sort_values(list(CODINGS.key), ignore_index=True))

    def save(self, path: str | Path) -> Path:
        """Write the coder to one file (a zip of JSON, YAML and arrays; no pickle).

        It holds the study's words, though no passage: keep it as safe as the study.
        """
        return save_coder(self, Path(path))

    @classmethod
    def load(
        cls, path: str | Path, *, embedder: Embedder | None = None
    ) -> LearnedCoder:
        """Read a coder that `save` wrote.

        Parameters
        ----------
        embedder
            The one that the coder was fitted with, if it was not the default.

        Raises
        ------
        TableError
            The file is no coder, is of another format, or the embedder is another.
        """
        parts = load_parts(Path(path), embedder or StaticEmbedder())
        return cls(*parts)

    def probabilities(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return each learned theme's calibrated probability: a row a segment."""
        return self._chances(segments["text"].tolist(), questions_of(segments))

    def _chances(self, texts: list[str], questions: list[str]) -> pd.DataFrame:
        rows = self.features(texts, questions)
        return pd.DataFrame(
            {theme: model.probabilities(rows) for theme, model in self.models.items()},
            index=range(len(texts)),
        )

    def _by_phrase(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Code themes that had too few codings, and all sub-themes, by their phrases."""
        codings = LexicalCoder(self.codebook)(segments)
        learned = self.scores.loc[self.scores["learned"], "theme"]
        kept = codings[~codings["theme"].isin(learned)]
        return kept.assign(coder=self.name)

    def _learned(self, segments: pd.DataFrame) -> pd.DataFrame:
        if segments.empty:
            return CODINGS.frame([])
        chances = self.probabilities(segments).to_numpy()
        boundaries = [model.calibration.boundary for model in self.models.values()]
        at, theme_at = np.nonzero(
            chances >= [boundary.suggested for boundary in boundaries]
        )
        if not len(at):
            return CODINGS.frame([])
        scores = chances[at, theme_at]
        is_auto = scores >= np.array([item.auto for item in boundaries])[theme_at]
        spans = self._telling(segments, at, theme_at)
        start = segments["start"].to_numpy()[at]
        frame = pd.DataFrame(
            {
                "segment_id": segments["segment_id"].to_numpy()[at],
                "theme": np.array(list(self.models))[theme_at],
                "coder": self.name,
                "status": np.where(is_auto, "auto", "suggested"),
                "score": scores,
                "method": "learned from people's codings",
                "evidence_start": (start + spans[:, 0]).astype(float),
                "evidence_end": (start + spans[:, 1]).astype(float),
                "stance": pd.Series([None] * len(at), dtype="str"),
                "codebook_sha256": self.codebook.sha256,
            }
        )
        return CODINGS.check(frame)

    def _telling(
        self, segments: pd.DataFrame, at: np.ndarray, theme_at: np.ndarray
    ) -> np.ndarray:
        """Return where, in each text, the clause stands that says most for its theme."""
        rows, row_of = np.unique(at, return_inverse=True)
        texts = segments["text"].to_numpy()[rows].tolist()
        questions = np.array(questions_of(segments), dtype=object)[rows]
        clauses = cut_clauses(texts)
        asked = questions[clauses.owner].tolist()
        chances = self._chances(clauses.texts, asked).to_numpy()
        judged = Chances(chances[:0], chances[:0], clauses, chances)
        return judged.telling(row_of, theme_at)
