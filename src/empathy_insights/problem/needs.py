"""What people said of the picked themes, and what they need, in sentences and counts."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.problem.wording import counted_role, insight, listing, plural
from empathy_insights.tables import ROLES

_INSIGHT = ["theme", "name", "people", "of", "need", "asset", "mixed", "sentence"]
_NEED = ["theme", "people", "roles", "statement", "sentence"]


def audience_of(found: pd.DataFrame, theme: str) -> str:
    """Return the role that raised a theme most, students first, as `our students`."""
    raised = found[found["theme"] == theme].drop_duplicates("participant_id")
    counts = raised["role"].value_counts()
    named = counts.drop(labels=["unknown", "mixed"], errors="ignore")
    top = (
        "student"
        if named.empty or named.get("student") == named.max()
        else named.idxmax()
    )
    return f"our {plural(str(top))}"


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


def needs(found: pd.DataFrame, book: Codebook, picked: Sequence[str]) -> pd.DataFrame:
    """Word the need of each picked theme, where the codebook does."""
    needing = found[found["stance"].isin(["need", "mixed"])]
    rows = [
        _need(
            needing[needing["theme"] == theme], book[theme], audience_of(found, theme)
        )
        for theme in picked
        if book[theme].need.verb_phrase
    ]
    return pd.DataFrame(rows, columns=_NEED)


def _need(needing: pd.DataFrame, theme: Theme, whose: str) -> dict[str, object]:
    """Word the need as the codebook does, and say from how many people it was heard."""
    counts = needing.groupby("role")["participant_id"].nunique()
    heard = [counted_role(role, int(counts[role])) for role in ROLES if role in counts]
    because = f" because {theme.need.barrier}" if theme.need.barrier else ""
    statement = f"{whose.capitalize()} need to {theme.need.verb_phrase}{because}."
    return {
        "theme": theme.id,
        "people": needing["participant_id"].nunique(),
        "roles": ", ".join(role for role in ROLES if role in counts),
        "statement": statement,
        "sentence": f"{statement} A need was heard from {listing(heard) or 'nobody'}.",
    }
