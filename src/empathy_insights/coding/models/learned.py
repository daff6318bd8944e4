"""A coder that has learned from people's codings of the same study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.boundaries import Calibration
from empathy_insights.coding.models.by_codebook import CodebookCoder
from empathy_insights.coding.models.from_examples import Chances, telling
from empathy_insights.coding.models.pairs import PairModel, describe
from empathy_insights.coding.models.saved import load_parts, save_coder
from empathy_insights.coding.models.study_features import (
    Said,
    StudyFeatures,
    Views,
    said_in,
)
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder, embedder_of

_PAIR = ["segment_id", "theme"]
_AT_ONCE = 1000  # segments; their words and letters take much memory


@dataclass(frozen=True, repr=False, eq=False)
class LearnedCoder:
    """Code by what people coded; made by `fit_coder`.

    Themes with too few codings to learn from are coded by the codebook's phrases and
    suggested by its texts, and `scores` says so.

    Parameters
    ----------
    codebook
        The themes.
    features, views, pairs
        What is seen of a segment, how much it speaks for each theme, and what chance
        follows from that.
    calibrations
        How sure the coder is, and from where on it suggests and codes: by theme.
    scores
        How well each theme is found in the words of people it has not seen: `theme`,
        `positives`, `people`, `learned`, `precision`, `recall`, `f1`, `kappa`, `low`,
        `high` (95 % interval of F1, people resampled), `auto_precision`, `auto_share`,
        `note`.
    name
        What its codings say in the column `coder`.

    See Also
    --------
    fit_coder : Makes one, and has an example.
    """

    codebook: Codebook
    features: StudyFeatures
    views: Views
    pairs: PairModel
    calibrations: Mapping[str, Calibration]
    scores: pd.DataFrame
    name: str = "learned"

    def __repr__(self) -> str:
        learned = int(self.scores["learned"].sum())
        return f"LearnedCoder({learned} of {len(self.scores)} themes learned)"

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings: `auto` and `suggested` at the boundaries set in fitting."""
        SEGMENTS.check(segments)
        learned = self._learned(segments)
        found = pd.concat(
            [self._by_codebook(segments, learned), learned], ignore_index=True
        )
        found = found.drop_duplicates(_PAIR)
        return CODINGS.check(found.sort_values(list(CODINGS.key), ignore_index=True))

    def save(self, path: str | Path) -> Path:
        """Write the coder to one file (a zip of JSON, YAML and arrays; no pickle).

        It holds the study's words, though no passage: keep it as safe as the study.
        """
        return save_coder(self, Path(path))

    @classmethod
    def load(
        cls, path: str | Path, *, embedder: Embedder | str | Path | None = None
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
        parts = load_parts(Path(path), embedder_of(embedder))
        return cls(*parts)

    def probabilities(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return each theme's calibrated probability: a row a segment."""
        said = said_in(segments)
        starts = range(0, len(said.texts), _AT_ONCE)
        parts = [self._judge(said.part(n, n + _AT_ONCE)).whole for n in starts]
        themes = list(self.calibrations)
        none = np.zeros((0, len(themes)))
        return pd.DataFrame(np.concatenate([none, *parts]), columns=themes)

    def _judge(self, said: Said) -> Chances:
        """Return the chance of each theme, and how much each clause speaks for it."""
        seen = self.features(said)
        margins = self.views(seen)
        log_odds = self.pairs(describe(margins, seen))
        chances = [
            calibration(own)
            for calibration, own in zip(
                self.calibrations.values(), log_odds.T, strict=True
            )
        ]
        return Chances(
            np.column_stack(chances),
            seen.rows.meaning,
            telling(seen.clauses, margins.of_clauses, len(said.texts)),
        )

    def _by_codebook(
        self, segments: pd.DataFrame, learned: pd.DataFrame
    ) -> pd.DataFrame:
        """Code themes that had too few codings, and all sub-themes, by the codebook.

        A part of a theme that was learned is only suggested where the whole is not coded.
        """
        coder = CodebookCoder(self.codebook, self.features.text.embedder)
        codings = coder(segments).assign(coder=self.name)
        known = set(self.scores.loc[self.scores["learned"], "theme"])
        main = codings["theme"].str.split(".").str[0]
        # Whole themes are suggested by what was learned, few codings or many.
        counts = (codings["status"] == "auto") & ~codings["theme"].isin(known)
        codings, main = (
            part[counts | (codings["theme"] != main)] for part in (codings, main)
        )
        coded = learned.loc[learned["status"] == "auto", _PAIR]
        pairs = pd.MultiIndex.from_arrays([codings["segment_id"], main])
        is_open = main.isin(known) & ~pairs.isin(pd.MultiIndex.from_frame(coded))
        own = list(CODINGS.columns)
        return codings.assign(status=codings["status"].mask(is_open, "suggested"))[own]

    def _learned(self, segments: pd.DataFrame) -> pd.DataFrame:
        starts = range(0, len(segments), _AT_ONCE)
        parts = [self._coded(segments.iloc[n : n + _AT_ONCE]) for n in starts]
        return pd.concat([CODINGS.frame([]), *parts], ignore_index=True)

    def _coded(self, segments: pd.DataFrame) -> pd.DataFrame:
        judged = self._judge(said_in(segments))
        boundaries = [item.boundary for item in self.calibrations.values()]
        at, theme_at = np.nonzero(
            judged.whole >= [boundary.suggested for boundary in boundaries]
        )
        if not len(at):
            return CODINGS.frame([])
        scores = judged.whole[at, theme_at]
        is_auto = scores >= np.array([item.auto for item in boundaries])[theme_at]
        spans = judged.spans[at, theme_at]
        start = segments["start"].to_numpy()[at]
        frame = pd.DataFrame(
            {
                "segment_id": segments["segment_id"].to_numpy()[at],
                "theme": np.array(list(self.calibrations))[theme_at],
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
