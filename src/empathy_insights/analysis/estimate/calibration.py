"""What a coder's chances are worth, learned from texts that people coded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np

from empathy_insights.analysis.estimate.questions import Questions
from empathy_insights.coding.models.regression import chances_of, log_odds, middles

_SURE = 1e-4  # chances nearer to 0 or 1 say no more than this
_PRIOR = 10  # passages that a study counts as having beside its own
_PRIOR_SPREAD = 0.5  # of log-odds, in a study of which nothing is known
_RARE = 0.1  # what a theme is given of passages where nothing is known, at the most


@dataclass(frozen=True)
class ChanceFit:
    """Say what a coder's chances are worth where nobody has read a passage.

    Coders differ in how far apart they put passages and in how often they find a theme.
    Log-odds are therefore taken as distances from the theme's mean in the study, and
    how far they spread says what they are worth: a coder that knows little puts all
    passages in one place.

    Parameters
    ----------
    version
        Which fit this is; stands in the manifest.
    worth, spread
        A coder whose log-odds spread by s is worth `worth * (1 - exp(-s / spread))`
        log-odds for a standard deviation.
    level, slope
        The log-odds of a theme's share of passages are `level + slope *` those of its
        mean chance.
    of_theme, of_study, of_worth
        Variances: how far a theme and a study are off in log-odds, and the worth in logs.
    of_full
        Variance of what a passage's themes lose in log-odds for each standard deviation
        of how many the coder expects there; set by hand.
    answered, named, of_question
        What questions add in log-odds, set by hand on interviews with guides: a
        log-odds that all answers to one question lie above the middle, a log-odds that
        the question's own words put a theme above one chance in ten; and the variance of
        how far answers to one question are off in a theme.
    """

    version: str
    worth: float
    spread: float
    level: float
    slope: float
    of_theme: float
    of_study: float
    of_worth: float
    of_full: float = 0.1
    answered: float = 1.0
    named: float = 0.6
    of_question: float = 0.5

    def centred(
        self, chances: np.ndarray, questions: Questions | None = None
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the log-odds that a person would give each theme, in two parts.

        Parameters
        ----------
        chances
            What a coder says: a row a passage, a column a theme.
        questions
            What each passage answers, where it is known.

        Returns
        -------
        tuple of numpy.ndarray
            How each passage differs from the theme's middle, and that middle: such that
            the mean of all passages is the share of passages that the theme should have.
        """
        n, n_themes = chances.shape
        none = min(1 / (n_themes + 1), _RARE)
        odds = log_odds(chances, certain=_SURE)
        middle = (odds.sum(axis=0) + _PRIOR * log_odds(none, certain=0)) / (n + _PRIOR)
        apart = odds - middle
        squares = (apart**2).sum() + _PRIOR * n_themes * _PRIOR_SPREAD**2
        spread = float(np.sqrt(squares / ((n + _PRIOR) * max(n_themes, 1))))
        worth = self.worth * (1 - np.exp(-spread / self.spread)) / max(spread, _SURE)
        apart *= worth
        if questions is not None and not questions.say_nothing:
            lift = questions.lift(apart, answered=self.answered, named=self.named)
            apart += lift
            chances = chances_of(odds + lift)
        mean = (chances.sum(axis=0) + _PRIOR * none) / (n + _PRIOR)
        share = chances_of(self.level + self.slope * log_odds(mean, certain=_SURE))
        return apart, middles(apart, share)


@lru_cache(maxsize=1)
def calibration() -> ChanceFit:
    """Return the calibration that ships.

    Fitted by benchmarks/fit_counts.py on coded sets with open licences, which the file
    names.
    """
    found = files("empathy_insights.analysis.estimate").joinpath("calibration.json")
    told = json.loads(found.read_text(encoding="utf-8"))
    return ChanceFit(version=told["version"], **told["fitted"])
