"""How sure a coder would be of segments of people that it has not seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from empathy_insights.coding.boundaries import Boundary, fit_boundary
from empathy_insights.coding.odds import chances_of

_OWN = 20  # positives from which a theme has a calibration of its own
_ASTRAY = 1.0  # log-odds between the best cut of few positives and the expected one
_TRUSTED = 10  # positives at which a theme's own cut weighs as much as that of all


@dataclass(frozen=True)
class Calibration:
    """Turns log-odds into probabilities (Platt 1999), and these into a status."""

    slope: float
    offset: float
    boundary: Boundary

    def __call__(self, log_odds: np.ndarray) -> np.ndarray:
        """Return the calibrated probability of each."""
        return chances_of(self.slope * log_odds + self.offset)


def calibrate(
    log_odds: np.ndarray, truth: np.ndarray, *, target_precision: float
) -> list[Calibration]:
    """Calibrate each theme; those with fewer than 20 positives share one calibration.

    A theme suggests from a point between its own and the one that is best for all themes
    together, nearer its own the more positives it has (10 weigh as much as all). Its own
    is where F1 was best, but stays near where the chances promise the best F1: that does
    not follow single positives. Where to code is each theme's own.

    Parameters
    ----------
    log_odds, truth
        Held out: a row a segment, a column a theme.
    """
    pooled = log_odds.ravel(), truth.ravel()
    shared = _platt(*pooled)
    cut = fit_boundary(*pooled, target_precision=target_precision).suggested
    found = []
    for own_odds, given in zip(log_odds.T, truth.T, strict=True):
        slope, offset = _platt(own_odds, given) if given.sum() >= _OWN else shared
        if slope <= 0:
            # People differ so that surer was wronger: to turn the order round would
            # code all that speaks least for the theme.
            slope, offset = shared
        own = fit_boundary(own_odds, given, target_precision=target_precision)
        trust = given.sum() / (given.sum() + _TRUSTED)
        expected = _expected_best(own_odds)
        best = np.clip(own.suggested, expected - _ASTRAY, expected + _ASTRAY)
        from_odds = trust * best + (1 - trust) * cut
        suggested, auto = chances_of(slope * np.array([from_odds, own.auto]) + offset)
        boundary = Boundary(float(suggested), float(max(auto, suggested)))
        found.append(Calibration(slope, offset, boundary))
    return found


def _expected_best(log_odds: np.ndarray) -> float:
    """Return the log-odds from which on the F1 that chances promise is best."""
    if not len(log_odds):
        return 0.0
    ordered = np.sort(log_odds)[::-1]
    chances = chances_of(ordered)
    n = np.arange(1, len(chances) + 1)
    f1 = 2 * np.cumsum(chances) / (n + chances.sum())
    return float(ordered[int(np.argmax(f1))])


def _platt(log_odds: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    from sklearn.linear_model import LogisticRegression

    if truth.all() or not truth.any():
        return 1.0, 0.0
    model = LogisticRegression(C=1e3).fit(log_odds[:, None], truth)
    return float(model.coef_[0, 0]), float(model.intercept_[0])


@dataclass(frozen=True, eq=False)
class Judged:
    """What the coder would have said: a row a segment, a column a theme."""

    found: np.ndarray
    auto: np.ndarray


def judge(
    log_odds: np.ndarray,
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
            log_odds[~own], truth[~own], target_precision=target_precision
        )
        for n, calibration in enumerate(others):
            chance = calibration(log_odds[own, n])
            found[own, n] = chance >= calibration.boundary.suggested
            auto[own, n] = chance >= calibration.boundary.auto
    return Judged(found, auto)
