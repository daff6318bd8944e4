"""Which segments stand behind every number of the theme tables."""

from __future__ import annotations

import pandas as pd

from empathy_insights.analysis.located import counted, locate
from empathy_insights.corpus import Corpus


def trace(codings: pd.DataFrame, corpus: Corpus) -> dict[str, object]:
    """Map every theme's numbers to the segments they were counted from.

    Returns
    -------
    dict
        theme -> `people` (participant -> segment ids; their number is the table's
        `people`), `unknown_voices` (segment ids that count for no person), `documents`
        (document -> segment ids), `roles` (role -> participants).
    """
    found = locate(counted(codings), corpus)
    return {str(theme): _theme(rows) for theme, rows in found.groupby("theme")}


def _theme(rows: pd.DataFrame) -> dict[str, object]:
    known = rows.dropna(subset=["participant_id"])
    return {
        "people": _lists(known, "participant_id", "segment_id"),
        "unknown_voices": sorted(
            rows.loc[rows["participant_id"].isna(), "segment_id"].unique()
        ),
        "documents": _lists(rows, "document_id", "segment_id"),
        "roles": _lists(known, "role", "participant_id"),
    }


def _lists(rows: pd.DataFrame, by: str, what: str) -> dict[str, list[str]]:
    return {
        str(key): sorted(part[what].unique())
        for key, part in rows.groupby(by, sort=True)
    }
