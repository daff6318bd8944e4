"""Read a theme table, the team's own or a published one, for people."""

from __future__ import annotations

import pandas as pd

from empathy_insights.publishing import FEW, NEARLY_ALL, audience_of


def is_raised(table: pd.DataFrame) -> pd.Series:
    """Say of each row whether somebody raised it, or may have where it is hidden.

    Where no speaker is marked in any file, a document counts.
    """
    raised = (table["people"].fillna(0) > 0) | _in_documents(table)
    if "hidden" not in table:
        return raised.astype(bool)
    return (raised | (table["hidden"] != "")).astype(bool)


def is_shown(table: pd.DataFrame) -> pd.Series:
    """Say of each row whether its number is shown."""
    if "hidden" not in table:
        return pd.Series(data=True, index=table.index)
    return table["hidden"] == ""


def surely_raised(themes: pd.DataFrame) -> pd.Series:
    """Return the themes whose label says that somebody raised them, though not how many."""
    audience = audience_of(str(themes.attrs.get("audience", "team")))
    labels = [NEARLY_ALL, *([FEW] if audience.shows_zero else [])]
    return themes.loc[themes["hidden"].isin(labels), "theme"]


def said_counts(table: pd.DataFrame) -> list[str]:
    """Say the count of each row: `7 of 12`, or what stands in its place.

    Examples
    --------
    >>> said_counts(pd.DataFrame({"people": [7], "of": [12]}))
    ['7 of 12']
    """
    if "shown" in table:
        return [str(text) for text in table["shown"]]
    pairs = table[["people", "of"]].itertuples(index=False, name=None)
    return [f"{people} of {of}" for people, of in pairs]


def _in_documents(table: pd.DataFrame) -> pd.Series:
    nobody = (table["of"].fillna(0) == 0) & ("documents" in table)
    documents = table.get("documents", pd.Series(0, index=table.index))
    return nobody & (documents.fillna(0) > 0)
