"""How much a text speaks for each theme, in three views: all of it, its words, its letters.

Ridge regression in place of logistic: in three studies it ranked themes better, and all
themes are solved for at once in the space of the coded texts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from empathy_insights.coding.study_features import Rows, Seen

# A view of words alone errs elsewhere than one of letters alone. Penalties are smaller
# where a row has fewer blocks, for its length is smaller.
VIEWS: Mapping[str, tuple[tuple[str, ...], float]] = {
    "whole": (Rows._fields, 2.0),
    "words": (("words",), 0.3),
    "letters": (("letters",), 0.3),
}


@dataclass(frozen=True, eq=False)
class Weights:
    """A linear model of every theme: a column a theme in each block."""

    blocks: Mapping[str, np.ndarray]
    bias: np.ndarray

    def __call__(self, rows: Rows) -> np.ndarray:
        """Return margins: a row a text, a column a theme."""
        margins = np.tile(self.bias, (rows.meaning.shape[0], 1))
        for name, weights in self.blocks.items():
            margins += getattr(rows, name) @ weights
        return margins


@dataclass(frozen=True, eq=False)
class Margins:
    """What each view says of texts, and the whole view of their clauses."""

    whole: np.ndarray
    words: np.ndarray
    letters: np.ndarray
    of_clauses: np.ndarray


@dataclass(frozen=True, eq=False)
class Views:
    """The three views of a coder."""

    whole: Weights
    words: Weights
    letters: Weights

    def __call__(self, seen: Seen) -> Margins:
        """Return the margins of texts and of their clauses."""
        rows = seen.rows
        return Margins(
            self.whole(rows),
            self.words(rows),
            self.letters(rows),
            self.whole(seen.of_clauses),
        )


def fit_views(
    rows: list[Rows], labels: np.ndarray, fold: np.ndarray
) -> tuple[Views, dict[int, Views]]:
    """Fit the views to all rows, and to all but each fold.

    Parameters
    ----------
    rows
        Stacked: people's segments, then the codebook's own texts.
    labels
        Whether a theme was given: a row a row, a column a theme.
    fold
        The fold of each row; -1 for rows that every fold learns from.
    """
    from scipy import sparse

    stacked = Rows(
        *(
            np.vstack(blocks)
            if isinstance(blocks[0], np.ndarray)
            else sparse.vstack(blocks, format="csr")
            for blocks in zip(*rows, strict=True)
        )
    )
    folds = [int(one) for one in np.unique(fold) if one >= 0]
    fits = {view: _fit(stacked, labels, fold, [None, *folds], view) for view in VIEWS}
    by_fold = {one: Views(**{view: fits[view][one] for view in VIEWS}) for one in folds}
    return Views(**{view: fits[view][None] for view in VIEWS}), by_fold


def _fit(
    rows: Rows,
    labels: np.ndarray,
    fold: np.ndarray,
    left_out: list[int | None],
    view: str,
) -> dict[int | None, Weights]:
    """Solve one view, with each fold left out in turn."""
    blocks = {name: getattr(rows, name) for name in VIEWS[view][0]}
    alike = np.ones((len(fold), len(fold)))  # for the bias
    for block in blocks.values():
        alike += _products(block)
    return {
        one: _solved(blocks, alike, labels, _but(fold, one), VIEWS[view][1])
        for one in left_out
    }


def _but(fold: np.ndarray, one: int | None) -> np.ndarray:
    return np.flatnonzero(fold != one) if one is not None else np.arange(len(fold))


def _products(block: np.ndarray) -> np.ndarray:
    products = block @ block.T
    return products if isinstance(products, np.ndarray) else products.toarray()


def _solved(
    blocks: Mapping[str, np.ndarray],
    alike: np.ndarray,
    labels: np.ndarray,
    learned: np.ndarray,
    penalty: float,
) -> Weights:
    from scipy.linalg import solve

    system = alike[np.ix_(learned, learned)]
    system[np.diag_indices_from(system)] += penalty
    shares = solve(
        system, labels[learned].astype(float), assume_a="pos", overwrite_a=True
    )
    return Weights(
        {name: block[learned].T @ shares for name, block in blocks.items()},
        shares.sum(axis=0),
    )
