"""A share that a coder found, put right by what people found in a random sample."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from empathy_insights.analysis.intervals import LEAST_CLUSTERS, wilson

_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Corrected:
    """Hold a corrected share, 0 to 1.

    Parameters
    ----------
    share
        The estimate.
    low, high
        Its 95 % interval; missing below 8 audited clusters.
    trust
        How much of the coder's share was used, 0 (people's codings alone) to 1: the
        lambda of prediction-powered inference.
    """

    share: float
    low: float
    high: float
    trust: float


def corrected_share(
    machine: np.ndarray,
    human: np.ndarray,
    audited: np.ndarray,
    cluster: np.ndarray,
    weight: np.ndarray | None = None,
) -> Corrected:
    """Correct a coder's share by a random sample that people have coded too.

    Prediction-powered inference for a mean (Angelopoulos et al. 2023): the coder's
    share of everything, times lambda, plus the mean of person - lambda x coder over the
    audited. It is right on average whatever the coder does. Lambda is the slope of the
    person's verdict on the coder's (as in PPI++: Angelopoulos, Duchi and Zrnic 2023),
    shares of few cases drawn towards the middle; with a yes-no verdict this comes to
    the double sampling estimator of Tenenbein (1970).

    The interval is for people like those heard. Its variance adds up the influence of
    whole clusters, since a person returns to a theme; audited segments are among all
    segments, and their share in both terms is counted once. It is turned into a number
    of independent segments for Wilson's interval (Korn and Graubard 1998), which stays
    within 0 and 1, with Student's t on the effective number of audited clusters (Kish)
    less one. One more miss than was seen is always added to the variance: an audit
    without an error does not prove that there is none.

    Parameters
    ----------
    machine
        Whether the coder gave the theme, a value a unit.
    human
        Whether people gave it; read only where `audited`.
    audited
        Whether people have read the unit: a random sample of the units.
    cluster
        The cluster of each unit, as whole numbers from 0.
    weight
        How many units each stands for, where chances to be drawn were unequal.

    Examples
    --------
    >>> machine = np.tile([True, False, False, False], 50)
    >>> human = np.tile([True, True, False, False], 50)
    >>> audited = np.arange(200) < 100
    >>> found = corrected_share(machine, human, audited, np.arange(200))
    >>> round(found.share, 2), round(found.low, 2), round(found.high, 2)
    (0.5, 0.41, 0.59)
    """
    if not audited.any():
        return Corrected(math.nan, math.nan, math.nan, math.nan)
    said, found = human[audited].astype(np.float64), machine.astype(np.float64)
    drawn = np.ones(len(said)) if weight is None else weight[audited]
    drawn = drawn / drawn.sum()
    trust = _trust(said, found[audited], drawn)
    error = said - trust * found[audited]
    share = float(np.clip(trust * found.mean() + drawn @ error, 0, 1))
    influence = np.bincount(cluster, trust * (found - found.mean()) / len(found))
    influence += np.bincount(
        cluster[audited], drawn * (error - drawn @ error), minlength=len(influence)
    )
    clusters = len(np.unique(cluster))
    of_cluster = np.bincount(cluster[audited], drawn)
    if (of_cluster > 0).sum() < LEAST_CLUSTERS:
        return Corrected(share, math.nan, math.nan, trust)
    variance = clusters / (clusters - 1) * float(influence @ influence)
    variance += float(drawn.max()) ** 2
    n_units = 1 / float(drawn @ drawn)
    n_clusters = 1 / float(of_cluster @ of_cluster)
    low, high = _interval(share, variance, n_units, n_clusters)
    return Corrected(share, low, high, trust)


def _trust(said: np.ndarray, found: np.ndarray, drawn: np.ndarray) -> float:
    """Return the slope of the person's verdict on the coder's, from 0 to 1.

    Lambda may be any number that does not depend much on chance, so that shares of few
    cases are drawn to the middle: one yes and one no more where the coder found the
    theme, half of each where it did not.
    """
    n = len(said)
    positive, right = n * drawn @ found, n * drawn @ (found * said)
    missed = n * drawn @ ((1 - found) * said)
    slope = (right + 1) / (positive + 2) - (missed + 0.5) / (n - positive + 1)
    return float(np.clip(slope, 0, 1))


def _interval(
    share: float, variance: float, n_units: float, n_clusters: float
) -> tuple[float, float]:
    from scipy.stats import t

    # Below one case the variance of a share would be nothing, and so the interval.
    spread = float(np.clip(share, 1 / n_units, 1 - 1 / n_units))
    quantile = float(t.ppf(0.975, max(n_clusters - 1, 1)))
    n_effective = spread * (1 - spread) / variance * (_Z95 / quantile) ** 2
    low, high = wilson(share * n_effective, n_effective)
    # Rounding may leave a bound of an extreme share just on its wrong side.
    return min(low, share), max(high, share)
