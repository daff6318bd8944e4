"""Where a probability begins to suggest a theme, and where it begins to code it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from empathy_insights.coding.odds import log_odds

_LEAST_CODED = 5  # codings above a boundary before its precision is believed
_USUAL_WEIGHS = 50  # texts
_CERTAIN = 1e-6


@dataclass(frozen=True)
class Boundary:
    """Where a theme's probability begins to suggest, and to code.

    Parameters
    ----------
    suggested
        At or above it a segment is suggested.
    auto
        At or above it a segment is coded; missing when no boundary is precise enough.
    """

    suggested: float
    auto: float


def fit_boundary(
    probabilities: np.ndarray,
    truth: np.ndarray,
    *,
    target_precision: float,
    least_coded: int = _LEAST_CODED,
) -> Boundary:
    """Suggest from the best F1 on; code from where the target precision is kept.

    Parameters
    ----------
    probabilities, truth
        Of cases that were held out: what was predicted, and what is so.
    least_coded
        A boundary with fewer cases above it is not believed.

    Examples
    --------
    >>> chance = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.2])
    >>> so = np.array([True, True, True, True, False, True])
    >>> fit_boundary(chance, so, target_precision=0.9, least_coded=4)
    Boundary(suggested=0.2, auto=0.55)
    """
    if not truth.any():
        return Boundary(1.0, np.nan)
    order = np.argsort(-probabilities, kind="stable")
    chance = probabilities[order]
    right = np.cumsum(truth[order])
    n = np.arange(1, len(order) + 1)
    # Equal probabilities stand or fall together.
    is_edge = np.append(chance[1:] < chance[:-1], True)
    f1 = np.where(is_edge, 2 * right / (n + truth.sum()), -1)
    precise = np.flatnonzero(
        is_edge & (right / n >= target_precision) & (n >= least_coded)
    )
    suggested = _midway(chance, int(np.argmax(f1)))
    if not len(precise):
        return Boundary(suggested, np.nan)
    return Boundary(suggested, max(suggested, _midway(chance, int(precise[-1]))))


def _midway(chance: np.ndarray, last: int) -> float:
    """Return the middle between the last that is taken and the first that is not.

    What is next to a held-out case is more like it than like the next one below.
    """
    return float(chance[last : last + 2].mean())


def stand_out(chances: np.ndarray, usual: float, *, lean: float) -> np.ndarray:
    """Say where a theme stands out in a study: as often, in all, as there are texts.

    What a model of few texts says of a theme is too high or too low throughout, so each
    theme's log-odds are first taken from its own mean in the study, in part (`lean`).
    One boundary then serves all themes. A study of few texts says little about what is
    usual in it: there, the usual boundary counts for more (50 texts weigh as much as
    it).

    Parameters
    ----------
    chances
        Probabilities: a row a text, a column a theme.
    usual
        The boundary where nothing is known of the study.
    lean
        How much of its mean each theme is taken from: 0 to 1.

    Examples
    --------
    >>> chances = np.array([[0.6, 0.1], [0.5, 0.1], [0.7, 0.3], [0.5, 0.2]] * 50)
    >>> stand_out(chances, 0.5, lean=0.8)[:4]
    array([[ True, False],
           [False, False],
           [ True,  True],
           [False, False]])
    """
    n_texts, n_themes = chances.shape
    trust = n_texts / (n_texts + _USUAL_WEIGHS)
    odds = log_odds(chances, certain=_CERTAIN)
    middle = trust * lean * odds.mean(axis=0)
    own = np.quantile(odds - middle, 1 - 1 / n_themes)
    cut = trust * own + (1 - trust) * (
        log_odds(usual, certain=_CERTAIN) - middle.mean()
    )
    return np.asarray(odds - middle >= cut)
