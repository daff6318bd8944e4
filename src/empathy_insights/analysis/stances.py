"""How many people spoke of a need, a strength, or both, by theme."""

from __future__ import annotations

import pandas as pd

from empathy_insights.analysis.codings_in_place import located
from empathy_insights.analysis.table_facts import TEAM
from empathy_insights.corpus import Corpus

_STANCES = ["need", "asset", "mixed", "neutral"]
_DRAWN = ["need", "mixed", "asset", "neutral"]


def people_by_stance(found: pd.DataFrame) -> pd.DataFrame:
    """Count people by theme and stance; who spoke of a need and a strength is `mixed`.

    Parameters
    ----------
    found
        Located codings that count.

    Returns
    -------
    pandas.DataFrame
        A row a theme (index), the columns `need`, `asset`, `mixed`, `neutral`: people,
        each in one column.
    """
    known = found.dropna(subset=["participant_id"])
    persons = known.groupby(["theme", "participant_id"])["stance"].agg(_of_person)
    counts = persons.groupby("theme").value_counts().unstack(fill_value=0)
    return counts.reindex(columns=_STANCES, fill_value=0)


def in_need(stances: pd.DataFrame) -> pd.Series:
    """Return how many people told of something missing or hard, of a strength too or not."""
    return stances[["need", "mixed"]].sum(axis="columns")


def theme_stances(
    themes: pd.DataFrame, codings: pd.DataFrame, corpus: Corpus
) -> pd.DataFrame:
    """Count people by stance for each theme that somebody raised, for the team.

    Parameters
    ----------
    themes
        The team's table of `theme_frequency`, not grouped; its order is kept.

    Returns
    -------
    pandas.DataFrame
        `theme`, `name`, `people` (with a coding of the theme), `of`, then `need`, `mixed`, `asset`, `neutral`: people,
        each in one of the four.

    Raises
    ------
    ValueError
        The table is a published one: stances would tell what it hides.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I forgot my password."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> themes = ei.theme_frequency(codings, corpus)
    >>> theme_stances(themes, codings, corpus)[["theme", "people", "need", "neutral"]]
              theme  people  need  neutral
    0  tech_support       1     1        0
    """
    if themes.attrs.get("audience") != TEAM:
        raise ValueError(
            "how many people spoke of a need or a strength is for the team; give the "
            "team's own table"
        )
    return stances_of(themes, located(codings, corpus))


def stances_of(themes: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """Return what `theme_stances` does, of the codings that count in their places."""
    stances = people_by_stance(found)
    raised = themes.loc[themes["people"] > 0, ["theme", "name", "people", "of"]]
    counts = stances.reindex(raised["theme"], fill_value=0)[_DRAWN].reset_index(
        drop=True
    )
    table = pd.concat([raised.reset_index(drop=True), counts], axis="columns")
    # Stances are known of codings only; an estimate counts people that have none yet.
    table = table.assign(people=counts.sum(axis="columns"))
    table = table[table["people"] > 0].reset_index(drop=True)
    units = {"need": "people who spoke of something missing or hard, of no strength",
             "mixed": "people who spoke of both",
             "asset": "people who spoke of something that helps, of no need",
             "neutral": "people who spoke of neither"}  # fmt: skip
    table.attrs = {**themes.attrs, "table": "stances", "units": units}
    return table


def _of_person(stances: pd.Series) -> str:
    said = set(stances)
    if "mixed" in said or {"need", "asset"} <= said:
        return "mixed"
    return next((name for name in ("need", "asset") if name in said), "neutral")
