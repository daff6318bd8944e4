"""Chances as log-odds, and back."""

from __future__ import annotations

import numpy as np


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
