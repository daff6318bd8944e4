"""How much of what was said the coding covers."""

from __future__ import annotations

import pandas as pd

from empathy_insights.analysis.located import counted
from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, heard


@public
def coverage(
    segments: pd.DataFrame, codings: pd.DataFrame, corpus: Corpus
) -> pd.Series:
    """Count segments and people with and without a theme.

    Returns
    -------
    pandas.Series
        `segments`, `segments_coded`, `segments_suggested_only`, `people`,
        `people_coded`, `suggestions` (waiting for a person).
    """
    coded = set(counted(codings)["segment_id"])
    waiting = codings[codings["status"] == "suggested"]
    is_coded = segments["segment_id"].isin(coded)
    is_suggested = segments["segment_id"].isin(waiting["segment_id"]) & ~is_coded
    return pd.Series(
        {
            "segments": len(segments),
            "segments_coded": int(is_coded.sum()),
            "segments_suggested_only": int(is_suggested.sum()),
            "people": len(heard(corpus)),
            "people_coded": segments.loc[is_coded, "participant_id"].nunique(),
            "suggestions": len(waiting),
        }
    )
