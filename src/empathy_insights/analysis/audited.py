"""Put beside each theme what an audit by people says about the coder that counted it."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from empathy_insights.analysis.audit import Audit
from empathy_insights.analysis.corrected import corrected_share
from empathy_insights.analysis.intervals import LEAST_CLUSTERS
from empathy_insights.tables import NO_THEME

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
