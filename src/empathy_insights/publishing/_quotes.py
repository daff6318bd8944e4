"""Quotes for an audience: nothing beside the words tells whose they are."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from empathy_insights.publishing._audiences import Audience, Label
from empathy_insights.publishing._cells import EVERYONE, Key
from empathy_insights.roles import SOMEONE

_OF_QUOTES = ["theme", "kind", "rank", "attribution", "stance", "status", "text"]


def published_quotes(
    table: pd.DataFrame, labels: Mapping[Key, Label], audience: Audience
) -> pd.DataFrame:
    """Return quotes without places and persons, and roles only where enough share them.

    A theme of which the number of people is hidden keeps its first quote if its label
    says that somebody raised it: each quote is by another person, so that several would
    tell how many there are.
    A quote that no person has released is kept back.
    """
    label_of = {theme: labels.get(Key(theme, EVERYONE)) for theme in table["theme"]}
    told = [theme for theme, label in label_of.items() if label is None]
    raised = [
        theme
        for theme, label in label_of.items()
        if label is not None and not label.is_mute and label.low > 0
    ]
    is_first = (table["kind"] == "quote") & (table["rank"] == 1)
    is_first &= table["theme"].isin(raised)
    is_released = table["released_by"].notna()
    rows = table[(table["theme"].isin(told) | is_first) & is_released]
    heard: Mapping[str, int] = table.attrs["heard_by_role"]
    may_tell = [
        audience.shows_zero and _is_shared(theme, role, heard, labels, audience)
        for theme, role in rows[["theme", "role"]].itertuples(index=False, name=None)
    ]
    # Under one theme its words would tell the role under another.
    untold = rows.loc[~np.array(may_tell, dtype=bool), "segment_id"]
    is_told = ~rows["segment_id"].isin(untold)
    named = rows["attribution"].where(is_told, SOMEONE).astype("str")
    kept = rows.assign(attribution=named)[_OF_QUOTES].reset_index(drop=True)
    kept.attrs = dict(table.attrs)
    return kept


def _is_shared(
    theme: str,
    role: object,
    heard: Mapping[str, int],
    labels: Mapping[Key, Label],
    audience: Audience,
) -> bool:
    """Return whether enough people of a role were heard, and its number may be told."""
    if not isinstance(role, str):
        return True
    key = Key(theme, frozenset({("role", role)}))
    return heard.get(role, 0) >= audience.least and key not in labels
