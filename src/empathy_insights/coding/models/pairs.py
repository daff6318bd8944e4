"""From what the views say to a chance: one logistic regression over all pairs of a text and a theme.

It learns, from margins of people held out, how far to trust each view, that themes of
one text compete, and how common each theme is. Themes share what it learns, so that it
is worth having after fifty codings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from empathy_insights.coding.models.study_features import Margins, Seen

_STRENGTH = 0.03  # inverse of regularisation
_CROSSED = 0.3  # products of two signs are many: they must not outweigh the signs
_EXTREME = 4.0  # spreads from the mean; products of more would rule


@dataclass(frozen=True, eq=False)
class PairModel:
    """Turn the description of a text and a theme into the log-odds of the theme.

    Parameters
    ----------
    centre, spread
        Of each sign, where the model was fitted.
    weights
        Of the signs, then of their products.
    by_theme
        What each theme adds.
    """

    centre: np.ndarray
    spread: np.ndarray
    weights: np.ndarray
    by_theme: np.ndarray

    def __call__(self, pairs: np.ndarray) -> np.ndarray:
        """Return log-odds: a row a text, a column a theme."""
        n, n_themes, _ = pairs.shape
        crossed = _crossed(pairs, self.centre, self.spread)
        shared = (crossed @ self.weights).reshape(n, n_themes)
        return np.asarray(shared + self.by_theme)


def describe(margins: Margins, seen: Seen) -> np.ndarray:
    """Return eight signs of each text and theme.

    They are the margins of the text, of its most telling clause, of its words and of its
    letters; how far the theme leads the next, or lags behind the first; how much speaks
    for other themes; what the codebook says; and how long the text is.
    """
    clause = np.full(margins.whole.shape, -np.inf)
    np.maximum.at(clause, seen.clauses.owner, margins.of_clauses)
    clause = np.where(np.isinf(clause), margins.whole, clause)
    both = (margins.whole + clause) / 2
    others = both.sum(axis=1, keepdims=True) - both
    length = np.broadcast_to(np.log1p(seen.n_words)[:, None], both.shape)
    signs = [margins.whole, clause, margins.words, margins.letters]
    signs += [both - _rival(both), others, seen.say, length]
    return np.stack(signs, axis=-1)


def fit_pairs(pairs: np.ndarray, truth: np.ndarray) -> PairModel:
    """Fit the model to held-out descriptions: a row a text, a column a theme.

    Where `truth` is missing, nobody was asked, and nothing is learned.
    """
    from sklearn.linear_model import LogisticRegression

    n, n_themes, n_signs = pairs.shape
    n_crossed = n_signs + n_signs * (n_signs + 1) // 2
    told = truth.ravel()
    is_told = ~np.isnan(told)
    told = told[is_told].astype(bool)
    if told.all() or not told.any():
        # A fold may leave one kind only, which says nothing about the other.
        nothing = np.zeros(n_crossed), np.zeros(n_themes)
        return PairModel(np.zeros(n_signs), np.ones(n_signs), *nothing)
    flat = pairs.reshape(-1, n_signs)
    centre, spread = flat.mean(axis=0), flat.std(axis=0)
    spread = np.where(spread > 0, spread, 1)
    theme = np.tile(np.eye(n_themes), (n, 1))
    rows = np.hstack([_crossed(pairs, centre, spread), theme])
    model = LogisticRegression(C=_STRENGTH, solver="newton-cholesky")
    model.fit(rows[is_told], told)
    weights = model.coef_[0]
    by_theme = weights[n_crossed:] + model.intercept_[0]
    return PairModel(centre, spread, weights[:n_crossed], by_theme)


def held_out_log_odds(
    pairs: np.ndarray, truth: np.ndarray, fold: np.ndarray
) -> np.ndarray:
    """Return what a model that has not seen a fold says of it."""
    log_odds = np.zeros(truth.shape)
    for one in np.unique(fold):
        own = fold == one
        log_odds[own] = fit_pairs(pairs[~own], truth[~own])(pairs[own])
    return log_odds


def _rival(margins: np.ndarray) -> np.ndarray:
    """Return the margin of the best other theme of each text."""
    if margins.shape[1] < 2:
        return np.zeros(margins.shape)
    ordered = np.sort(margins, axis=1)
    first, second = ordered[:, -1:], ordered[:, -2:-1]
    return np.where(margins >= first, second, first)


def _crossed(pairs: np.ndarray, centre: np.ndarray, spread: np.ndarray) -> np.ndarray:
    """Return the signs of each pair on one scale, and their products."""
    signs = (pairs.reshape(-1, len(centre)) - centre) / spread
    signs = np.clip(signs, -_EXTREME, _EXTREME)
    one, other = np.triu_indices(len(centre))
    return np.hstack([signs, _CROSSED * signs[:, one] * signs[:, other]])
