"""How far a share of the people heard may be off, as a caution."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

LEAST_CLUSTERS = 8
_Z95 = 1.959963984540054


def wilson(successes: float, n: float) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927).

    Examples
    --------
    >>> tuple(round(limit, 2) for limit in wilson(8, 10))
    (0.49, 0.94)
    """
    if n <= 0:
        return math.nan, math.nan
    share, z2 = successes / n, _Z95**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z95 / (1 + z2 / n) * math.sqrt(share * (1 - share) / n + z2 / (4 * n**2))
    return max(0.0, middle - half), min(1.0, middle + half)


def wilsons(successes: np.ndarray, n: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return Wilson's intervals of many shares at once; none where n is 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        share, z2 = successes / n, _Z95**2
        middle = (share + z2 / (2 * n)) / (1 + z2 / n)
        half = _Z95 / (1 + z2 / n) * np.sqrt(share * (1 - share) / n + z2 / (4 * n**2))
    return np.maximum(0, middle - half), np.minimum(1, middle + half)


def share_interval(raised: pd.Series, cluster: pd.Series) -> tuple[float, float]:
    """Return the 95 % interval of the share of people who raised a theme.

    People interviewed alone are independent: Wilson's interval. People of one focus
    group are not: the number of people is divided by the design effect of the clusters
    (never below 1), as Korn and Graubard (1998) do for surveys. Below 8 clusters no
    interval is honest, and none is given.

    Parameters
    ----------
    raised
        A row a person: whether they raised the theme.
    cluster
        The focus group they spoke in, or the person alone.

    Returns
    -------
    tuple of float
        Low and high, 0 to 1; both missing when no interval can be given.
    """
    n = len(raised)
    sizes = cluster.value_counts()
    if n == 0:
        return math.nan, math.nan
    if (sizes > 1).any():
        if len(sizes) < LEAST_CLUSTERS:
            return math.nan, math.nan
        n_effective = n / _design_effect(raised, cluster)
    else:
        n_effective = n
    return wilson(float(raised.mean()) * n_effective, n_effective)


def share_intervals(
    raised: np.ndarray, sizes: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the 95 % intervals of several themes' shares at once.

    Parameters
    ----------
    raised
        Themes by clusters: the people of the cluster who raised the theme.
    sizes
        People of each cluster.
    """
    cluster = pd.Series(np.repeat(np.arange(len(sizes)), sizes))
    within = np.arange(len(cluster)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    limits = [
        share_interval(pd.Series(within < row[cluster]), cluster) for row in raised
    ]
    low, high = np.array(limits, dtype=np.float64).reshape(-1, 2).T
    return low, high


def _design_effect(raised: pd.Series, cluster: pd.Series) -> float:
    share, n = float(raised.mean()), len(raised)
    of_cluster = raised.astype("float64").groupby(cluster.to_numpy())
    sizes = of_cluster.size().to_numpy()
    if share in {0.0, 1.0}:
        # No spread to measure: take members of a group as one voice, the worst case.
        return float(np.sum(sizes**2) / n)
    residuals = of_cluster.sum().to_numpy() - share * sizes
    clusters = len(sizes)
    variance = clusters / (clusters - 1) * np.sum(residuals**2) / n**2
    return max(1.0, float(variance / (share * (1 - share) / n)))
