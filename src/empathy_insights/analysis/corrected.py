"""A share that a coder found, put right by what people found in a random sample."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from empathy_insights.analysis.audit import Audit
from empathy_insights.analysis.intervals import LEAST_CLUSTERS, wilson
from empathy_insights.tables import NO_THEME

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


# Put beside each theme what an audit by people says about the coder that counted it.


AUDIT_COLUMNS = (
    "share_of_segments", "corrected", "corrected_low", "corrected_high",
    "corrected_of", "audited", "precision", "precision_of", "recall", "recall_of",
    "audit_note",
)  # fmt: skip
AUDIT_UNITS = {
    "share_of_segments": "share of segments coded, 0 to 1, as the coder found it",
    "corrected": "share of what `corrected_of` says, 0 to 1",
    "corrected_low": "95 % interval of `corrected`",
    "corrected_high": "95 % interval of `corrected`",
    "audited": "how many of `corrected_of` people have coded",
    "precision": "share of the coder's audited segments that people confirm",
    "precision_of": "audited segments with the theme by the coder",
    "recall": "share of people's audited segments that the coder found",
    "recall_of": "audited segments with the theme by people",
}
LEAST_AUDITED = {"segments": 50, "people": 20}
_FEW = 5


def audit_themes(
    themes: pd.Series, found: pd.DataFrame, audit: Audit, units: pd.DataFrame
) -> pd.DataFrame:
    """Return the audit's columns, a row a theme, over some of the audit's units.

    Parameters
    ----------
    found
        The coder's codings.
    """
    rows = [
        _audit(theme, found.loc[found["theme"] == theme, "segment_id"], audit, units)
        for theme in themes
    ]
    return pd.DataFrame(rows, columns=AUDIT_COLUMNS, index=themes.index)


def _audit(
    theme: str, found: pd.Series, audit: Audit, units: pd.DataFrame
) -> dict[str, object]:
    given = audit.given.loc[audit.given["theme"] == theme, "segment_id"]
    judged = units.assign(
        machine=units["segment_id"].isin(found), human=units["segment_id"].isin(given)
    )
    rows = _people(judged) if audit.of == "people" else judged
    cluster, _ = pd.factorize(rows["cluster"])
    audited = rows["audited"].to_numpy()
    share = corrected_share(
        rows["machine"].to_numpy(),
        rows["human"].to_numpy(),
        audited,
        cluster,
        rows["weight"].to_numpy(),
    )
    read = judged[judged["audited"]]
    precision, precision_of = _confirmed(read, "machine", "human")
    recall, recall_of = _confirmed(read, "human", "machine")
    return {
        "share_of_segments": judged["machine"].mean() if len(judged) else math.nan,
        "corrected": share.share,
        "corrected_low": share.low,
        "corrected_high": share.high,
        "corrected_of": audit.of,
        "audited": int(audited.sum()),
        "precision": precision,
        "precision_of": precision_of,
        "recall": recall,
        "recall_of": recall_of,
        "audit_note": _note(audit, audited, cluster, int(rows["human"][audited].sum())),
    }


def _people(judged: pd.DataFrame) -> pd.DataFrame:
    """Return a row a person: whether coder and people gave them the theme anywhere."""
    return (
        judged.dropna(subset=["participant_id"])
        .groupby("participant_id", as_index=False)
        .agg(
            machine=("machine", "any"),
            human=("human", "any"),
            # Who was read in part is not known to be silent about the theme.
            audited=("audited", "all"),
            cluster=("cluster", "first"),
            weight=("weight", "max"),
        )
    )


def _confirmed(read: pd.DataFrame, by: str, also: str) -> tuple[float, int]:
    """Return the weighted share of segments with the theme by one that the other has."""
    own = read[read[by]]
    if not len(own):
        return math.nan, 0
    return float(np.average(own[also], weights=own["weight"])), len(own)


def _note(audit: Audit, audited: np.ndarray, cluster: np.ndarray, n_found: int) -> str:
    """Say what the audit is too small for, and what to do."""
    n, least = int(audited.sum()), LEAST_AUDITED[audit.of]
    if not audit.has_empty:
        return (
            "every audited segment has a theme: were empty ones left out? they need a "
            f"row with the theme {NO_THEME}"
        )
    clusters = len(np.unique(cluster[audited]))
    if clusters < LEAST_CLUSTERS:
        return (
            f"audited are {n} {audit.of} of {clusters} people or groups: no interval "
            f"below {LEAST_CLUSTERS}; draw a larger sample"
        )
    if n < min(least, len(audited)):
        more = min(least, len(audited)) - n
        return f"only {n} {audit.of} audited: draw {more} more"
    if n_found < _FEW:
        return (
            f"people found it in {n_found} of the audited {audit.of}: a rough estimate"
        )
    return ""
