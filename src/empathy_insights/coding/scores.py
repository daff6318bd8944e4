"""How well each theme was found in the words of people held out."""

from __future__ import annotations

import numpy as np
import pandas as pd


def score_theme(
    truth: np.ndarray,
    found: np.ndarray,
    auto: np.ndarray,
    person: np.ndarray,
    *,
    n_resamples: int,
    random: np.random.Generator,
) -> dict[str, float]:
    """Return precision, recall, F1 with its interval, kappa, and how precise `auto` is.

    The 95 % interval of F1 resamples people, whose segments are not independent.
    """
    cells = _cells(truth, found, person)
    share = np.full(len(cells), 1 / len(cells))
    drawn = random.multinomial(len(cells), share, size=n_resamples) @ cells
    low, high = np.nanquantile(_f1(drawn), [0.025, 0.975])
    total = cells.sum(axis=0)
    right, wrong, missed, _ = total
    return {
        "precision": right / max(right + wrong, 1),
        "recall": right / max(right + missed, 1),
        "f1": float(_f1(total[None])[0]),
        "kappa": _kappa(*total),
        "low": float(low),
        "high": float(high),
        "auto_precision": precision(truth, auto),
        "auto_share": float(auto.mean()),
    }


def precision(truth: np.ndarray, found: np.ndarray) -> float:
    """Return the share of what was found that is right; missing if nothing was."""
    return float(truth[found].mean()) if found.any() else np.nan


def _kappa(right: float, wrong: float, missed: float, neither: float) -> float:
    n = right + wrong + missed + neither
    expected = (
        (right + wrong) * (right + missed) + (missed + neither) * (wrong + neither)
    ) / n**2
    return float(((right + neither) / n - expected) / max(1 - expected, 1e-12))


def _cells(truth: np.ndarray, found: np.ndarray, person: np.ndarray) -> np.ndarray:
    """Count right, wrong, missed and rightly left, a row a person."""
    cell = np.select([truth & found, found, truth], [0, 1, 2], 3)
    counts = pd.crosstab(person, cell).reindex(columns=range(4), fill_value=0)
    return np.asarray(counts, dtype=np.float64)


def _f1(cells: np.ndarray) -> np.ndarray:
    right, wrong, missed = cells[:, 0], cells[:, 1], cells[:, 2]
    return np.asarray(2 * right / np.maximum(2 * right + wrong + missed, 1))
