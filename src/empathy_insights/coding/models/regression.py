"""Regressions over more columns than rows, chances as log-odds, and what was fitted as a file."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from empathy_insights.workers import one_thread

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix


_STRENGTH = 5.0  # inverse of regularisation
_LEAST = 1e-6  # of a row's length, so that two equal texts are still two
_NEVER = -50.0  # intercept of a theme that no row has
_AT_ONCE = 5000  # rows


def narrowed(rows: csr_matrix) -> np.ndarray:
    """Return rows in as many columns as there are rows: the Cholesky factor of their Gram.

    A codebook has hundreds of texts and its study thousands of words; a ridge penalty
    gives the same model in either space.
    """
    # Columns of meaning are full, and slow as sparse ones; those of words are not.
    is_full = 2 * rows.getnnz(axis=0) > rows.shape[0]
    full, spare = rows[:, is_full].toarray(), rows[:, ~is_full]
    gram = full @ full.T + (spare @ spare.T).toarray()
    gram[np.diag_indices_from(gram)] += _LEAST * np.trace(gram) / len(gram)
    return np.linalg.cholesky(gram)


def widened(rows: csr_matrix, factor: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return weights of the rows' own columns that say what the narrow ones say."""
    from scipy.linalg import solve_triangular

    return np.asarray(rows.T @ solve_triangular(factor, weights, lower=True, trans="T"))


def regression(
    rows: np.ndarray, labels: np.ndarray, n_themes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return weights (a column a theme) and intercepts; every theme weighs the same."""
    from sklearn.linear_model import LogisticRegression

    weights, intercepts = np.zeros((rows.shape[1], n_themes)), np.zeros(n_themes)
    if len(np.unique(labels)) < 2:
        return weights, intercepts
    model = LogisticRegression(
        C=_STRENGTH, class_weight="balanced", max_iter=500, tol=1e-3
    )
    with one_thread(), warnings.catch_warnings():
        # Themes with a text or two each are no sign of a quantity, as scikit-learn fears.
        warnings.filterwarnings("ignore", "The number of unique classes", UserWarning)
        model.fit(rows, labels)
    classes = model.classes_
    coefficients, constants = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        coefficients = np.vstack([-coefficients, coefficients]) / 2
        constants = np.array([-constants[0], constants[0]]) / 2
    intercepts += _NEVER
    weights[:, classes] = coefficients.T
    intercepts[classes] = constants
    return weights, intercepts


def ridge(rows: np.ndarray, values: np.ndarray, *, strength: float) -> np.ndarray:
    """Return what a ridge regression on rows (Hoerl, Kennard 1970) says of them again.

    As scikit-learn's `Ridge`, which copies all rows three times.

    Parameters
    ----------
    rows, values
        A row a text; values have a column a theme.
    strength
        The penalty.

    Examples
    --------
    >>> rows = np.array([[0.0], [1.0], [2.0]], dtype=np.float32)
    >>> ridge(rows, np.array([[1.0], [3.0], [5.0]]), strength=2.0).ravel().tolist()
    [2.0, 3.0, 4.0]
    """
    from scipy.linalg import solve

    parts = [slice(n, n + _AT_ONCE) for n in range(0, len(rows), _AT_ONCE)]
    middle = rows.mean(axis=0, dtype=np.float64)
    usual = values.mean(axis=0)
    gram = strength * np.eye(rows.shape[1])
    said = np.zeros((rows.shape[1], values.shape[1]))
    for part in parts:
        apart = rows[part] - middle  # in double precision
        gram += apart.T @ apart
        said += apart.T @ (values[part] - usual)
    weights = solve(gram, said, assume_a="pos")
    told = [(rows[part] - middle) @ weights for part in parts]
    return np.asarray(np.concatenate(told) + usual)


def softmax(margins: np.ndarray) -> np.ndarray:
    """Return probabilities that sum to 1 in each row."""
    from scipy.special import softmax as of_rows

    return np.asarray(of_rows(margins, axis=1))


_USUAL_THEMES, _ENOUGH, _FADES = 14, 10, 4


def beside_others(chances: np.ndarray) -> np.ndarray:
    """Return chances where few themes stand for all that people talk about.

    Two themes share every text between them, also those that are about neither. Where
    there are fewer than ten, a text is let be about others, too, up to fourteen in all,
    each as likely as the themes are in the (geometric) mean; of seven and more, ever
    fewer of these.

    Examples
    --------
    >>> beside_others(np.array([[0.5, 0.5], [0.9, 0.1]])).round(2)
    array([[0.07, 0.07],
           [0.2 , 0.02]])
    """
    n_themes = chances.shape[1]
    share = np.clip((_ENOUGH - n_themes) / _FADES, 0, 1)
    n_others = (_USUAL_THEMES - n_themes) * share
    if not chances.size or not n_others:
        return chances
    usual = np.exp(np.log(np.maximum(chances, _LEAST)).mean(axis=1, keepdims=True))
    every = chances.sum(axis=1, keepdims=True) + n_others * usual
    return np.asarray(chances / np.maximum(every, 1))


# Chances as log-odds, and back.


def log_odds(chances: np.ndarray | float, *, certain: float) -> np.ndarray:
    """Return log-odds; chances nearer to 0 or 1 than `certain` count as that near.

    Examples
    --------
    >>> log_odds(np.array([0.0, 0.5, 1.0]), certain=0.01).round(1).tolist()
    [-4.6, 0.0, 4.6]
    """
    sure = np.clip(chances, certain, 1 - certain)
    return np.asarray(np.log(sure / (1 - sure)))


def chances_of(odds: np.ndarray | float) -> np.ndarray:
    """Return the chances that log-odds stand for.

    Examples
    --------
    >>> chances_of(np.array([-1.0, 0.0])).round(2).tolist()
    [0.27, 0.5]
    """
    return np.asarray(1 / (1 + np.exp(-np.asarray(odds))))


_STEPS = 60


def middles(apart: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return the log-odds of each column at which its mean chance is its share.

    Parameters
    ----------
    apart
        How far each row lies from the middle of its column, in log-odds.
    share
        The mean chance that each column should have, between 0 and 1.

    Examples
    --------
    >>> middles(np.array([[-3.0], [0.0], [3.0]]), np.array([0.5])).round(2).tolist()
    [0.0]
    """
    middle = log_odds(share, certain=1e-6)
    for _ in range(_STEPS if len(apart) else 0):
        chance = chances_of(middle + apart)
        rise = np.maximum((chance * (1 - chance)).mean(axis=0), 1e-9)
        middle = middle + np.clip((share - chance.mean(axis=0)) / rise, -1, 1)
    return middle


def apart_by(factor: float, chances: np.ndarray) -> np.ndarray:
    """Return log-odds so many times as far apart; the mean chance of a column stays.

    Examples
    --------
    >>> chances_of(apart_by(2, np.array([[0.2], [0.8]]))).round(2).tolist()
    [[0.06], [0.94]]
    """
    odds = log_odds(chances, certain=1e-6)
    if not len(odds):
        return odds
    apart = factor * (odds - odds.mean(axis=0))
    return np.asarray(apart + middles(apart, chances.mean(axis=0)))


# What was fitted, as a file.


def packed(arrays: Mapping[str, np.ndarray]) -> bytes:
    """Return arrays as one .npz file, the same bytes every time."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            np.save(content, array)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), content.getvalue())
    return made.getvalue()
