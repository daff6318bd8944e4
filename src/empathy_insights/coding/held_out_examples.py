"""Where a codebook's model begins to suggest and to code: by examples held out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from empathy_insights.coding.boundaries import fit_boundary
from empathy_insights.coding.references import Reference
from empathy_insights.coding.regression import regression, softmax

_N_FOLDS = 5
_MOST_DEALS, _JUDGED = 4, 250  # one deal of few examples leaves much to chance
_FEWEST_EXAMPLES = 4  # a theme, on average, before held-out examples set the boundary
_USUAL = 0.14  # else: what was the best boundary in three studies out of four
_LIFT = (1.25, 2.5)  # … but at least, and at most, so many times chance
_SAID = ("example", "near miss", "no theme")  # as people talk
_LEAST_CODED = 20  # held-out examples above `auto`


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Where a model of a codebook begins to suggest and to code.

    Parameters
    ----------
    suggested
        What is usual where nothing is known of the study: one for all themes.
    auto
        A boundary a theme; missing where none is precise enough.
    """

    suggested: float
    auto: np.ndarray


def boundaries_by_examples(
    rows: np.ndarray,
    labels: np.ndarray,
    known: Sequence[Reference],
    n_themes: int,
    *,
    target_precision: float,
) -> Boundaries:
    """Hold examples and near misses out, a fifth at a time, and judge the model by them.

    A theme is coded from where the target precision was kept both for all themes
    together and for itself. With fewer than four examples a theme, a usual boundary of
    .14 suggests (kept between 1.25 and 2.5 times chance), and nothing is coded.
    """
    is_example = np.array([item.kind in _SAID for item in known])
    if is_example.sum() < _FEWEST_EXAMPLES * n_themes:
        low, high = (lift / n_themes for lift in _LIFT)
        return Boundaries(float(np.clip(_USUAL, low, high)), np.full(n_themes, np.nan))
    n_deals = min(_MOST_DEALS, -(-_JUDGED // int(is_example.sum())))
    held_out = np.concatenate(
        [_held_out(rows, labels, is_example, n_themes, n) for n in range(n_deals)]
    )
    given = labels[is_example, None] == np.arange(n_themes)
    truth = np.tile(given, (n_deals, 1))
    together = fit_boundary(
        held_out.ravel(),
        truth.ravel(),
        target_precision=target_precision,
        least_coded=_LEAST_CODED * n_deals,
    )
    own = [
        fit_boundary(chances, given, target_precision=target_precision).auto
        for chances, given in zip(held_out.T, truth.T, strict=True)
    ]
    # The higher of the two; missing where either is.
    return Boundaries(together.suggested, np.maximum(together.auto, own))


def _held_out(
    rows: np.ndarray,
    labels: np.ndarray,
    is_example: np.ndarray,
    n_themes: int,
    deal: int,
) -> np.ndarray:
    """Return each example's probabilities by what was learned without its fold."""
    fold = np.where(is_example, _dealt(labels, deal), _N_FOLDS)
    n_classes = max(n_themes, int(labels.max()) + 1)  # a last one for no theme
    chances = np.zeros((len(labels), n_classes))
    for n in range(_N_FOLDS):
        weights, intercepts = regression(rows[fold != n], labels[fold != n], n_classes)
        chances[fold == n] = softmax(rows[fold == n] @ weights + intercepts)
    return np.asarray(chances[is_example, :n_themes])


def _dealt(labels: np.ndarray, deal: int) -> np.ndarray:
    """Deal each theme's texts to the folds, shuffled by the number of the deal."""
    random = np.random.default_rng(deal)
    fold = np.zeros(len(labels), dtype=int)
    for label in np.unique(labels):
        own = np.flatnonzero(labels == label)
        fold[random.permutation(own)] = (label + np.arange(len(own))) % _N_FOLDS
    return fold
