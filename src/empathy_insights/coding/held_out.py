"""How sure a coder would be of segments of people that it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from empathy_insights.coding.boundaries import Boundary, fit_boundary

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

_STRENGTH = 2.0  # inverse of regularisation
_OWN = 20  # positives from which a theme has a calibration of its own


@dataclass(frozen=True)
class Calibration:
    """Turns margins into probabilities (Platt 1999), and these into a status."""

    slope: float
    offset: float
    boundary: Boundary

    def __call__(self, margins: np.ndarray) -> np.ndarray:
        """Return the calibrated probability of each margin."""
        return _sigmoid(self.slope * margins + self.offset)


@dataclass(frozen=True, eq=False)
class ThemeModel:
    """One theme's linear model and its calibration."""

    weights: np.ndarray
    intercept: float
    calibration: Calibration

    def probabilities(self, rows: csr_matrix) -> np.ndarray:
        """Return the calibrated probability of the theme for rows of features."""
        margins = np.asarray(rows @ self.weights).ravel() + self.intercept
        return self.calibration(margins)


def fit_margins(rows: csr_matrix, labels: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit one theme's logistic regression; return its weights and intercept."""
    from sklearn.linear_model import LogisticRegression

    if labels.all() or not labels.any():
        # A fold may leave one kind only, which says nothing about the other.
        return np.zeros(rows.shape[1]), 0.0
    model = LogisticRegression(
        C=_STRENGTH, class_weight="balanced", solver="liblinear", random_state=0
    ).fit(rows, labels)
    return np.asarray(model.coef_[0]), float(model.intercept_[0])


def held_out_margins(
    rows: csr_matrix, labels: np.ndarray, fold: np.ndarray, always: csr_matrix
) -> np.ndarray:
    """Return the margins of rows whose fold was not learned from.

    Parameters
    ----------
    rows, fold
        Segments and their folds.
    labels
        Whether the theme was given: of the rows, then of `always`.
    always
        Rows that every fold learns from: the codebook's own texts.
    """
    from scipy import sparse

    n = len(fold)
    margins = np.zeros(n)
    for one in np.unique(fold):
        seen = np.flatnonzero(fold != one)
        weights, intercept = fit_margins(
            sparse.vstack([rows[seen], always], format="csr"),
            np.concatenate([labels[:n][seen], labels[n:]]),
        )
        margins[fold == one] = rows[fold == one] @ weights + intercept
    return margins


def calibrate(
    margins: np.ndarray, truth: np.ndarray, *, target_precision: float
) -> list[Calibration]:
    """Calibrate each theme; those with fewer than 20 positives share one calibration.

    A theme suggests from a margin between the one that is best for it and the one that
    is best for all themes together, nearer its own the more positives it has (20 weigh
    as much as all): a cut of its own alone follows few positives too closely. Where to
    code is each theme's own.

    Parameters
    ----------
    margins, truth
        Held out: a row a segment, a column a theme.
    """
    pooled = margins.ravel(), truth.ravel()
    shared = _platt(*pooled)
    cut = fit_boundary(*pooled, target_precision=target_precision).suggested
    found = []
    for theme_margins, given in zip(margins.T, truth.T, strict=True):
        slope, offset = _platt(theme_margins, given) if given.sum() >= _OWN else shared
        own = fit_boundary(theme_margins, given, target_precision=target_precision)
        trust = given.sum() / (given.sum() + _OWN)
        from_margin = trust * own.suggested + (1 - trust) * cut
        suggested, auto = _sigmoid(slope * np.array([from_margin, own.auto]) + offset)
        boundary = Boundary(float(suggested), float(max(auto, suggested)))
        found.append(Calibration(slope, offset, boundary))
    return found


def _platt(margins: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    if truth.all() or not truth.any():
        return 1.0, 0.0
    model = LogisticRegression(C=1e3).fit(margins[:, None], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


def _sigmoid(values: np.ndarray | float) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-np.asarray(values))))


@dataclass(frozen=True, eq=False)
class Judged:
    """What the coder would have said: a row a segment, a column a theme."""

    found: np.ndarray
    auto: np.ndarray


def judge(
    margins: np.ndarray,
    truth: np.ndarray,
    fold: np.ndarray,
    *,
    target_precision: float,
) -> Judged:
    """Judge each fold by calibrations and boundaries that come from the others."""
    found, auto = np.zeros(truth.shape, dtype=bool), np.zeros(truth.shape, dtype=bool)
    for one in np.unique(fold):
        own = fold == one
        others: Sequence[Calibration] = calibrate(
            margins[~own], truth[~own], target_precision=target_precision
        )
        for n, calibration in enumerate(others):
            chance = calibration(margins[own, n])
            found[own, n] = chance >= calibration.boundary.suggested
            auto[own, n] = chance >= calibration.boundary.auto
    return Judged(found, auto)
