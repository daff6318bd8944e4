"""What the passages that people have read say about the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from empathy_insights.analysis.estimate.calibration import ChanceFit
from empathy_insights.analysis.estimate.questions import Questions, no_questions
from empathy_insights.coding.models.regression import chances_of
from empathy_insights.workers import one_thread

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
        what a full passage takes from each of its themes, each theme's shift, and that
        of each theme in the answers to each question; a normal distribution (Laplace's
        approximation).
    questions
        What each passage answers.
    """

    apart: np.ndarray
    middle: np.ndarray
    full: np.ndarray
    mean: np.ndarray
    covariance: np.ndarray
    questions: Questions

    def odds(self, at: np.ndarray) -> np.ndarray:
        """Return the log-odds of the passages and themes with these shifts."""
        n_themes = self.apart.shape[1]
        odds: np.ndarray = np.exp(at[1]) * self.apart
        odds += self.middle + at[0] + at[_GLOBAL : _GLOBAL + n_themes]
        odds += (at[2] * self.full)[:, np.newaxis]
        if self.questions.n:
            of_question = at[_GLOBAL + n_themes :].reshape(-1, n_themes)
            none = np.zeros_like(of_question[:1])
            odds += np.concatenate([of_question, none])[self.questions.of]
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
        with one_thread():  # the same bytes on any number of cores
            return random.multivariate_normal(
                self.mean, self.covariance, size=n, method="cholesky"
            )


def posterior(
    apart: np.ndarray,
    middle: np.ndarray,
    known: np.ndarray,
    said: np.ndarray,
    fitted: ChanceFit,
    questions: Questions | None = None,
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
    questions
        What each passage answers, where it is known.
    """
    questions = questions or no_questions(*apart.shape)
    n_themes = apart.shape[1]
    full = _full(chances_of(middle + apart))
    ours = [fitted.of_study, fitted.of_worth, fitted.of_full]
    themes = np.full(n_themes, fitted.of_theme)
    of_questions = np.full(questions.n * n_themes, fitted.of_question)
    precision = 1 / np.concatenate([ours, themes, of_questions])
    rows = np.flatnonzero(known.any(axis=1))
    at, spread = np.zeros(len(precision)), np.diag(1 / precision)
    if len(rows):
        some = questions.at(rows)
        read = Posterior(apart[rows], middle, full[rows], at, spread, some)
        at, spread = _likeliest(read, known[rows], said[rows], precision)
    return Posterior(apart, middle, full, at, spread, questions)


def _likeliest(
    read: Posterior, asked: np.ndarray, given: np.ndarray, precision: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the likeliest shifts by the passages read, and how they are spread."""
    at = np.zeros(len(precision))
    with one_thread():
        for _ in range(_STEPS):
            slope, curvature = _derivatives(replace(read, mean=at), asked, given)
            curvature += np.diag(precision)
            step = np.linalg.solve(curvature, slope - precision * at)
            at = at + np.clip(step, -1, 1)
            if np.abs(step).max() < _CLOSE:
                break
        return at, np.linalg.inv(curvature)


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
    pool = partial(_pooled, questions=read.questions)
    slope = np.concatenate([(ours * off).sum(axis=(1, 2)), pool(off)])
    of_theme = np.stack([pool(one * weight) for one in ours])
    pooled = pool(weight)
    curvature = np.diag(np.concatenate([np.zeros(_GLOBAL), pooled]))
    curvature[:_GLOBAL, :_GLOBAL] = np.einsum("ist,jst,st->ij", ours, ours, weight)
    curvature[:_GLOBAL, _GLOBAL:] = of_theme
    curvature[_GLOBAL:, :_GLOBAL] = of_theme.T
    # An answer to a question shifts with its theme, and with the theme in that question.
    n_themes = weight.shape[1]
    one = _GLOBAL + np.arange(n_themes, len(pooled))
    theme = _GLOBAL + np.arange(len(one)) % n_themes
    curvature[theme, one] = curvature[one, theme] = pooled[n_themes:]
    return slope, curvature


def _pooled(values: np.ndarray, questions: Questions) -> np.ndarray:
    """Return the sum of each theme, then of each theme in the answers to each question."""
    whole = values.sum(axis=0)
    if not questions.n:
        return np.asarray(whole)
    by_question = np.zeros((questions.n + 1, len(whole)))
    np.add.at(by_question, questions.of, values)
    return np.concatenate([whole, by_question[:-1].ravel()])


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
