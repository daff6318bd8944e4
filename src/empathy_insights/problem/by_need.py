"""Which themes to build on: those that most people found missing or hard."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.analysis.judged_stances import (
    judged_stances,
    need_shares,
    praised,
)
from empathy_insights.analysis.table_facts import read_state
from empathy_insights.publishing import FEW, NEARLY_ALL
from empathy_insights.tables import CHECKED

_HARDLY_ANY = 0.1  # of all that was judged


def by_need(
    ranked: Sequence[str], themes: pd.DataFrame, found: pd.DataFrame
) -> tuple[str, ...]:
    """Order themes by how many people spoke of something missing or hard, where judged.

    Themes of which more people spoke as a strength stand for no need and stay out; where
    hardly anything was spoken of as one, they alone are left. Where people have judged no
    stances, all stay as ranked.

    Parameters
    ----------
    ranked
        Themes, those that most people raised first.
    """
    judged, state = judged_stances(found), read_state(themes)
    if judged.empty:
        return tuple(ranked)
    praise = praised(found, state)
    if judged["need"].sum() < _HARDLY_ANY * judged.to_numpy().sum():
        return tuple(theme for theme in ranked if theme in praise)
    needs = judged["need"]
    if state != CHECKED:
        whole = needs.sum() / judged.to_numpy().sum()  # of what nobody has read yet
        shares = need_shares(judged, state).reindex(themes["theme"], fill_value=whole)
        needs = themes.set_index("theme")["people"] * shares
    borne_out = needs.reindex([theme for theme in ranked if theme not in praise])
    order = borne_out.fillna(0).sort_values(ascending=False, kind="stable")
    return tuple(map(str, order.index))


def stances_to_tell(
    people: pd.DataFrame, themes: pd.DataFrame, picked: Sequence[str]
) -> pd.DataFrame:
    """Return who spoke of needs and strengths, and nobody where that gives a number away.

    A statement tells that most people spoke of its first theme as a need. Where the number
    of that one is hidden for another's sake, the needs of those behind it would tell how
    many they were at least.

    Parameters
    ----------
    people
        A row a theme (index), a column a stance.
    themes
        The theme table as its readers see it.
    picked
        The themes that the statement is built on, in order.

    Examples
    --------
    >>> people = pd.DataFrame({"need": [9, 7]}, index=["bus", "food"])
    >>> themes = pd.DataFrame({"theme": ["bus", "food"], "hidden": ["another", ""]})
    >>> stances_to_tell(people, themes, ["bus", "food"])["need"].tolist()
    [9, 0]
    """
    if "hidden" not in themes:
        return people
    is_open = themes["hidden"].isin(["", NEARLY_ALL, FEW])
    hidden = set(themes.loc[~is_open, "theme"])
    at = next((n for n, theme in enumerate(picked) if theme in hidden), None)
    if at is None:
        return people
    return people.mul(people.index.isin(picked[: at + 1]), axis="index")
