"""What people said of the picked themes, and what they need, in sentences and counts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.problem.wording import (
    insight,
    need_of,
    people_of,
    plural,
    spoken_name,
)
from empathy_insights.tables import ROLES

_INSIGHT = ["theme", "name", "people", "of", "need", "asset", "mixed", "sentence"]
NEEDS = {
    "theme": "str", "role": "str", "people": "int64", "of": "int64", "statement": "str",
    "sentence": "str",
}  # fmt: skip


def insights(
    themes: pd.DataFrame, people: pd.DataFrame, picked: Sequence[str]
) -> pd.DataFrame:
    """Say of each picked theme how many people raised it, and in which stance."""
    rows = themes.set_index("theme", drop=False)
    counts = people.reindex(index=list(picked), fill_value=0)
    return pd.DataFrame(
        [
            {
                **{name: rows.loc[theme, name] for name in _INSIGHT[:4]},
                **counts.loc[theme, ["need", "asset", "mixed"]],
                "sentence": insight(rows.loc[theme], counts.loc[theme]),
            }
            for theme in picked
            if theme in rows.index
        ],
        columns=_INSIGHT,
    )


def needs(
    found: pd.DataFrame, heard: pd.DataFrame, book: Codebook, picked: Sequence[str]
) -> pd.DataFrame:
    """Word the need of each picked theme for each role that spoke of one."""
    needing = found[found["stance"].isin(["need", "mixed"])]
    counts = needing.groupby(["theme", "role"])["participant_id"].nunique()
    of = heard["role"].value_counts()
    rows = [
        _need(
            book[theme], role, int(counts.get((theme, role), 0)), int(of.get(role, 0))
        )
        for theme in picked
        if book[theme].need.verb_phrase
        for role in _roles(counts, theme) or ["student"]
    ]
    return pd.DataFrame(rows, columns=list(NEEDS)).astype(NEEDS)


def _roles(counts: pd.Series, theme: str) -> list[str]:
    return [role for role in ROLES if counts.get((theme, role), 0)]


def _need(theme: Theme, role: str, people: int, of: int) -> dict[str, object]:
    statement = need_statement(theme, role)
    who = f"{people} of {of} {plural(role)} we heard" if people else "Nobody we heard"
    about = f"spoke of something missing or hard in {spoken_name(theme.name)}."
    return {
        "theme": theme.id,
        "role": role,
        "people": people,
        "of": of,
        "statement": statement,
        "sentence": f"{statement} {who} {about}",
    }


def need_statement(theme: Theme, role: str, who: str = "") -> str:
    """Say what people of a role need, and why, as the codebook words it.

    Parameters
    ----------
    who
        What these people are called; the role's own word when not given.

    Examples
    --------
    >>> from empathy_insights.codebook import Need
    >>> bus = Theme("bus", "Bus", need=Need("be in time", barrier="buses come late"))
    >>> need_statement(bus, "student")
    'Our students need to be in time because buses come late.'
    """
    who = who or people_of(role)
    because = f" because {theme.need.barrier}" if theme.need.barrier else ""
    return f"{who[:1].upper()}{who[1:]} need to {need_of(theme, role)}{because}."
