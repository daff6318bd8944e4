"""What people judged of each theme: that something is missing or hard, or that it helps."""

from __future__ import annotations

import pandas as pd

from empathy_insights.analysis.stances import in_need, people_by_stance
from empathy_insights.tables import BY_PEOPLE, CHECKED

_LEAST_JUDGED = 0.5  # of all that people coded; a mark without a stance judges nothing
_PRIOR = 3  # people: so much weighs the whole study while a part of it has been read


def judged_stances(found: pd.DataFrame) -> pd.DataFrame:
    """Count by theme who spoke of a need and who of a strength alone, as people judged it.

    Parameters
    ----------
    found
        Codings that count, with their `theme`, `participant_id`, `stance` and `status`.

    Returns
    -------
    pandas.DataFrame
        A row a theme (index), `need` (of something missing or hard, perhaps of a strength
        too) and `praise` (of a strength, of no need). No row where people did not judge
        most of what they coded.
    """
    people = people_by_stance(found[found["status"].isin(BY_PEOPLE)])
    told = pd.DataFrame({"need": in_need(people), "praise": people["asset"]})
    is_judged = told.to_numpy().sum() >= _LEAST_JUDGED * people.to_numpy().sum()
    return told[told.sum(axis="columns") > 0] if is_judged else told.iloc[:0]


def need_shares(judged: pd.DataFrame, state: str) -> pd.Series:
    """Return the share of those in need among who judged a theme, by theme.

    Parameters
    ----------
    judged
        As `judged_stances` returns it.
    state
        How far people have read: before all is read, the share of a few leans on that of
        the whole study.

    Examples
    --------
    >>> judged = pd.DataFrame({"need": [0, 7], "praise": [1, 0]}, index=["bus", "food"])
    >>> need_shares(judged, "partly checked").round(2).to_dict()
    {'bus': 0.66, 'food': 0.96}
    """
    both = judged.sum(axis="columns")
    if state == CHECKED:
        return judged["need"] / both
    whole = judged["need"].sum() / max(both.sum(), 1)
    return (judged["need"] + _PRIOR * whole) / (both + _PRIOR)


def praised(found: pd.DataFrame, state: str) -> frozenset[str]:
    """Return the themes of which more people spoke as a strength than as a need."""
    shares = need_shares(judged_stances(found), state)
    return frozenset(map(str, shares.index[shares < 1 / 2]))
