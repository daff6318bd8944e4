"""Draw the segments that people code, so that many people are heard."""

from __future__ import annotations

import numpy as np
import pandas as pd

from empathy_insights.corpus import utterance_of


def draw_sample(
    segments: pd.DataFrame, size: int | float | None, *, random_state: int = 0
) -> pd.DataFrame:
    """Return a random share of the segments, in the order in which they were said.

    Nobody gives a second segment before everybody gave a first one, and in every such
    round the documents take turns.

    Parameters
    ----------
    size
        How many segments (a whole number), or which share of them (a fraction below 1);
        all when None.
    """
    ordered = segments.assign(_document=document_of(segments)).sort_values(
        ["_document", "start", "segment_id"], ignore_index=True
    )
    n = _count(size, len(ordered))
    order = np.random.default_rng(random_state).permutation(len(ordered))
    mixed = ordered.assign(_person=person_of(ordered)).iloc[order]
    mixed = mixed.assign(_round=mixed.groupby("_person").cumcount())
    mixed = mixed.assign(_turn=mixed.groupby(["_round", "_document"]).cumcount())
    drawn = mixed.sort_values(["_round", "_turn"], kind="stable").index[:n]
    return ordered.loc[np.sort(drawn)].drop(columns="_document").reset_index(drop=True)


def document_of(segments: pd.DataFrame) -> pd.Series:
    """Return the document of each segment, as it is said or as its id says."""
    if "document_id" in segments.columns:
        return segments["document_id"]
    return utterance_of(segments["segment_id"]).str.rsplit(":", n=1).str[0]


def person_of(segments: pd.DataFrame) -> pd.Series:
    """Return who said each segment; the unknown voices of a document are one."""
    documents = document_of(segments)
    if "participant_id" in segments.columns:
        return segments["participant_id"].astype("str").fillna(documents)
    return documents


def _count(size: int | float | None, n: int) -> int:
    if size is None:
        return n
    if isinstance(size, float) and not 0 < size < 1:
        raise ValueError("a share of the segments lies between 0 and 1")
    if size <= 0:
        raise ValueError("a sample has one segment or more")
    wanted = round(size * n) if isinstance(size, float) else size
    return min(max(wanted, 1), n)
