"""How many people spoke of a need, a strength, or both, by theme."""

from __future__ import annotations

import pandas as pd

_STANCES = ["need", "asset", "mixed", "neutral"]


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


def _of_person(stances: pd.Series) -> str:
    said = set(stances)
    if "mixed" in said or {"need", "asset"} <= said:
        return "mixed"
    return next((name for name in ("need", "asset") if name in said), "neutral")
