"""What the passages that people have read say about the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from empathy_insights.analysis.estimate.calibration import Calibration
from empathy_insights.coding.models.regression import chances_of

_STEPS = 30
_CLOSE = 1e-6


@dataclass(frozen=True, eq=False)
class Posterior:
    """How far the chances of a study's passages are off, and how sure that is.

    Parameters
    ----------
    apart, middle
        Log-odds of the passages, as `Calibration.centred` returns them.
    mean, covariance
        Of what is not known: the study's shift, the logarithm of the worth of a unit,
        and each theme's shift; a normal distribution (Laplace's approximation).
    """

    apart: np.ndarray
    middle: np.ndarray
    mean: np.ndarray
    covariance: np.ndarray

    def chances(self, shifts: np.ndarray | None = None) -> np.ndarray:
        """Return the chance that a person would give each passage each theme.

        Parameters
        ----------
        shifts
            A draw of `draws`; the mean when not given.
        """
        at = self.mean if shifts is None else shifts
        return chances_of(self.middle + at[0] + at[2:] + np.exp(at[1]) * self.apart)

    def draws(self, n: int, random: np.random.Generator) -> np.ndarray:
        """Draw what is not known: a row a draw."""
        return random.multivariate_normal(
            self.mean, self.covariance, size=n, method="cholesky"
        )


def posterior(
    apart: np.ndarray,
    middle: np.ndarray,
    known: np.ndarray,
    said: np.ndarray,
    fitted: Calibration,
) -> Posterior:
    """Learn from the passages that people have read.

    Newton's steps to the most likely shifts, whose curvature says how sure they are.

    Parameters
    ----------
    apart, middle
        Log-odds of the passages, as `Calibration.centred` returns them.
    known
        Whether a person was asked about the theme in the passage: passages by themes.
    said
        Whether they gave it.
    """
    n_themes = apart.shape[1]
    precision = np.concatenate(
        [
            [1 / fitted.of_study, 1 / fitted.of_worth],
            np.full(n_themes, 1 / fitted.of_theme),
        ]
    )
    rows = np.flatnonzero(known.any(axis=1))
    apart_read, asked, given = apart[rows], known[rows], said[rows]
    at = np.zeros(n_themes + 2)
    curvature = np.diag(precision)
    for _ in range(_STEPS if len(rows) else 0):
        slope, curvature = _derivatives(apart_read, middle, asked, given, at)
        curvature += np.diag(precision)
        step = np.linalg.solve(curvature, slope - precision * at)
        at = at + np.clip(step, -1, 1)
        if np.abs(step).max() < _CLOSE:
            break
    return Posterior(apart, middle, at, np.linalg.inv(curvature))


def _derivatives(
    apart: np.ndarray,
    middle: np.ndarray,
    asked: np.ndarray,
    given: np.ndarray,
    at: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return slope and negative curvature of the log-likelihood."""
    moved = np.exp(at[1]) * apart
    chance = chances_of(middle + at[0] + at[2:] + moved)
    off = asked * (given - chance)
    weight = asked * chance * (1 - chance)
    of_theme, of_worth = weight.sum(axis=0), (weight * moved).sum(axis=0)
    slope = np.concatenate([[off.sum(), (off * moved).sum()], off.sum(axis=0)])
    curvature = np.diag(np.concatenate([[0.0, 0.0], of_theme]))
    curvature[0, 0], curvature[1, 1] = of_theme.sum(), (weight * moved**2).sum()
    curvature[0, 1] = curvature[1, 0] = of_worth.sum()
    curvature[0, 2:] = curvature[2:, 0] = of_theme
    curvature[1, 2:] = curvature[2:, 1] = of_worth
    return slope, curvature
