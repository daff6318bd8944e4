"""What the passages that people have read say about the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from empathy_insights.analysis.estimate.calibration import ChanceFit
from empathy_insights.coding.models.regression import chances_of

_STEPS = 30
_CLOSE = 1e-6
_GLOBAL = 3  # shifts that all themes of a study share
_NO_THEMES, _LEAST_SPREAD = 1e-9, 0.1


@dataclass(frozen=True, eq=False)
class Posterior:
    """How far the chances of a study's passages are off, and how sure that is.

    Parameters
    ----------
    apart, middle
        Log-odds of the passages, as `ChanceFit.centred` returns them.
    full
        Of each passage, in standard deviations: how many themes the coder expects there.
    mean, covariance
        Of what is not known: the study's shift, the logarithm of the worth of a unit,
        what a full passage takes from each of its themes, and each theme's shift; a
        normal distribution (Laplace's approximation).
    """

    apart: np.ndarray
    middle: np.ndarray
    full: np.ndarray
    mean: np.ndarray
    covariance: np.ndarray

    def odds(self, at: np.ndarray) -> np.ndarray:
        """Return the log-odds of the passages and themes with these shifts."""
        odds: np.ndarray = np.exp(at[1]) * self.apart
        odds += self.middle + at[0] + at[_GLOBAL:]
        odds += (at[2] * self.full)[:, np.newaxis]
        return odds

    def chances(self, shifts: np.ndarray | None = None) -> np.ndarray:
        """Return the chance that a person would give each passage each theme.

        Parameters
        ----------
        shifts
            A draw of `draws`; the mean when not given.
        """
        return chances_of(self.odds(self.mean if shifts is None else shifts))

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
    fitted: ChanceFit,
) -> Posterior:
    """Learn from the passages that people have read.

    Newton's steps to the most likely shifts, whose curvature says how sure they are.

    Parameters
    ----------
    apart, middle
        Log-odds of the passages, as `ChanceFit.centred` returns them.
    known
        Whether a person was asked about the theme in the passage: passages by themes.
    said
        Whether they gave it.
    """
    n_themes = apart.shape[1]
    full = _full(chances_of(middle + apart))
    ours = [fitted.of_study, fitted.of_worth, fitted.of_full]
    precision = 1 / np.array([*ours, *np.full(n_themes, fitted.of_theme)])
    rows = np.flatnonzero(known.any(axis=1))
    asked, given = known[rows], said[rows]
    at = np.zeros(len(precision))
    curvature = np.diag(precision)
    for _ in range(_STEPS if len(rows) else 0):
        read = Posterior(apart[rows], middle, full[rows], at, curvature)
        slope, curvature = _derivatives(read, asked, given)
        curvature += np.diag(precision)
        step = np.linalg.solve(curvature, slope - precision * at)
        at = at + np.clip(step, -1, 1)
        if np.abs(step).max() < _CLOSE:
            break
    return Posterior(apart, middle, full, at, np.linalg.inv(curvature))


def _full(chances: np.ndarray) -> np.ndarray:
    """Return how many themes are expected in each passage: its logarithm, standardised."""
    n = np.log(chances.sum(axis=1) + _NO_THEMES)
    apart: np.ndarray = n - n.mean() if len(n) else n
    return apart / max(float(apart.std()) if len(n) else 0.0, _LEAST_SPREAD)


def _derivatives(
    read: Posterior, asked: np.ndarray, given: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return slope and negative curvature of the log-likelihood, at its mean."""
    chance = read.chances()
    off = asked * (given - chance)
    weight = asked * chance * (1 - chance)
    moved = np.exp(read.mean[1]) * read.apart
    each = np.broadcast_to(read.full[:, np.newaxis], moved.shape)
    ours = np.stack([np.ones_like(moved), moved, each])
    slope = np.concatenate([(ours * off).sum(axis=(1, 2)), off.sum(axis=0)])
    of_theme = (ours * weight).sum(axis=1)
    curvature = np.diag(np.concatenate([np.zeros(_GLOBAL), weight.sum(axis=0)]))
    curvature[:_GLOBAL, :_GLOBAL] = np.einsum("ist,jst,st->ij", ours, ours, weight)
    curvature[:_GLOBAL, _GLOBAL:] = of_theme
    curvature[_GLOBAL:, :_GLOBAL] = of_theme.T
    return slope, curvature


def draw(
    learned: Posterior,
    asked: np.ndarray,
    said: np.ndarray,
    n_draws: int,
    random: np.random.Generator,
) -> np.ndarray:
    """Draw which passages have which theme: passages by themes by bits, eight a byte."""
    shifts = learned.draws(n_draws, random).astype(np.float32)
    names = ("apart", "middle", "full")
    slim = replace(
        learned, **{name: getattr(learned, name).astype(np.float32) for name in names}
    )
    packed = np.zeros((*asked.shape, -(-n_draws // 8)), dtype=np.uint8)
    eight = np.zeros((8, *asked.shape), dtype=bool)
    for first in range(0, n_draws, 8):
        some = shifts[first : first + 8]
        eight[len(some) :] = False
        for n, shift in enumerate(some):
            odds = slim.odds(shift)
            # A draw is a yes where u < 1 / (1 + exp(-odds)).
            drawn = random.random(odds.shape, dtype=np.float32)
            np.less(drawn * (1 + np.exp(-odds)), 1, out=eight[n])
        packed[:, :, first // 8] = np.packbits(eight, axis=0)[0]
    packed[asked & ~said] = 0
    packed[asked & said] = 255
    return packed
