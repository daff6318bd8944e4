"""Which suggestions to review first: where a person's answer tells most."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from empathy_insights.coding.sheets_sample import person_of
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, COUNTED, SEGMENTS

REVIEWABLE = ("suggested", "auto")
_PAIR = ["segment_id", "theme"]


def most_useful_first(
    codings: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    statuses: Sequence[str] = ("suggested",),
    n: int | None = None,
    random_state: int = 0,
) -> pd.DataFrame:
    """Return what waits for a person, a row a segment and theme, the most useful first.

    Themes take turns, the rare ones before the frequent ones. Within a theme everybody
    is read once before anybody is read twice, and what is nearly counted (or, if
    automatic, nearly not counted) comes first. Sub-themes of what is counted already
    change no count of a theme and come last. Where a person has decided already, nothing
    waits.

    Returns
    -------
    pandas.DataFrame
        Rows of `codings` with the columns of their segments.

    Raises
    ------
    TableError
        A coding points to no segment.
    """
    _check(codings, segments, statuses)
    waiting = _waiting(codings, statuses)
    own = [name for name in codings.columns if name != "segment_id"]
    context = segments.drop(columns=own, errors="ignore")
    rows = waiting.merge(context, on="segment_id", how="left", validate="many_to_one")
    # Among equals chance decides, in the same way in every run.
    order = np.random.default_rng(random_state).permutation(len(rows))
    rows = rows.assign(_doubt=_doubt(rows), _person=person_of(rows)).iloc[order]
    rows = rows.sort_values("_doubt", ascending=False, kind="stable")
    rows = rows.assign(_round=rows.groupby(["theme", "_person"]).cumcount())
    rows = rows.sort_values("_round", kind="stable")
    rows = rows.assign(
        _turn=rows.groupby("theme").cumcount(),
        _size=rows.groupby("theme")["theme"].transform("size"),
    )
    rows = rows.assign(_detail=_is_detail(rows, codings))
    rows = rows.sort_values(["_detail", "_turn", "_size", "theme"], kind="stable")
    helpers = [name for name in rows.columns if name.startswith("_")]
    return rows.drop(columns=helpers).head(n).reset_index(drop=True)


def _check(
    codings: pd.DataFrame, segments: pd.DataFrame, statuses: Sequence[str]
) -> None:
    CODINGS.check(codings)
    SEGMENTS.check(segments)
    if not set(statuses) <= set(REVIEWABLE):
        raise ValueError(f"statuses that can be reviewed are {', '.join(REVIEWABLE)}")
    lost = codings.loc[
        ~codings["segment_id"].isin(segments["segment_id"]), "segment_id"
    ]
    if len(lost):
        raise TableError(
            f"{len(lost)} codings point to segments that do not exist, the first to "
            f"{lost.iloc[0]!r}; give the segments that were coded"
        )


def _waiting(codings: pd.DataFrame, statuses: Sequence[str]) -> pd.DataFrame:
    """Return one coding for each segment and theme that nobody has decided on."""
    decided = codings.loc[~codings["status"].isin(REVIEWABLE), _PAIR]
    known = pd.MultiIndex.from_frame(codings[_PAIR]).isin(
        pd.MultiIndex.from_frame(decided)
    )
    waiting = codings[codings["status"].isin(statuses) & ~known]
    ranked = waiting.sort_values(
        [*_PAIR, "score", "coder"], ascending=[True, True, False, True]
    )
    return ranked.drop_duplicates(_PAIR).reset_index(drop=True)


def _is_detail(rows: pd.DataFrame, codings: pd.DataFrame) -> np.ndarray:
    """Say of each row whether its theme is a part of one that is counted there."""
    counted = codings.loc[codings["status"].isin(COUNTED), _PAIR]
    is_part = rows["theme"].str.contains(".", regex=False)
    main = rows["theme"].str.split(".").str[0]
    pairs = pd.MultiIndex.from_arrays([rows["segment_id"], main])
    return np.asarray(is_part & pairs.isin(pd.MultiIndex.from_frame(counted)))


def _doubt(rows: pd.DataFrame) -> pd.Series:
    """Return how near a score is to the other side: suggestions lie below, counts above."""
    score = rows["score"].fillna(0.0)
    return score.where(rows["status"] == "suggested", 1 - score)
