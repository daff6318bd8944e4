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
_OWN = 20  # positives from which a theme has a calibration and boundary of its own


@dataclass(frozen=True)
class Calibration:
    """Turns margins into probabilities (Platt 1999), and these into a status."""

    slope: float
    offset: float
    boundary: Boundary

    def __call__(self, margins: np.ndarray) -> np.ndarray:
        """Return the calibrated probability of each margin."""
        return np.asarray(1 / (1 + np.exp(-(self.slope * margins + self.offset))))


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

    Parameters
    ----------
    margins, truth
        Held out: a row a segment, a column a theme.
    """
    shared = _calibration(margins.ravel(), truth.ravel(), target_precision)
    return [
        _calibration(margins[:, n], truth[:, n], target_precision)
        if truth[:, n].sum() >= _OWN
        else shared
        for n in range(truth.shape[1])
    ]


def _calibration(
    margins: np.ndarray, truth: np.ndarray, target_precision: float
) -> Calibration:
    slope, offset = _platt(margins, truth)
    plain = Calibration(slope, offset, Boundary(1.0, np.nan))
    boundary = fit_boundary(plain(margins), truth, target_precision=target_precision)
    return Calibration(slope, offset, boundary)


def _platt(margins: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    if truth.all() or not truth.any():
        return 1.0, 0.0
    model = LogisticRegression(C=1e3).fit(margins[:, None], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


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
