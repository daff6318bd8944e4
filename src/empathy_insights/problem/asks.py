"""From a finding to an ask: what it means, who can act, and what we ask of them."""

from __future__ import annotations

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.problem.levers import lever_names
from empathy_insights.problem.routing import systems_linked
from empathy_insights.problem.wording import spoken_name

_COLUMNS = ["theme", "name", "finding", "meaning", "who_can_act", "ask"]


def asks(insights: pd.DataFrame, book: Codebook) -> pd.DataFrame:
    """Begin the way from each finding to an ask.

    Parameters
    ----------
    insights
        Of a problem of practice, the team's own or a published one.

    Returns
    -------
    pandas.DataFrame
        A row a picked theme: `theme`, `name`, `finding` (what was heard, in people),
        `meaning` (blank for a person), `who_can_act` (the systems that the codebook of
        systems links to the theme, and its usual levers; blank for none), `ask` (blank).
    """
    rows = [
        {
            "theme": row.theme,
            "name": row.name,
            "finding": row.sentence,
            "who_can_act": _who(str(row.theme), book),
        }
        for row in insights[["theme", "name", "sentence"]].itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=_COLUMNS, dtype="str").fillna("")


def _who(theme: str, book: Codebook) -> str:
    """Say what the codebooks hold of it; nothing of what people said."""
    systems = systems_linked(theme, book)
    names = lever_names()
    levers = [spoken_name(names[n]) for n in book[theme].default_levers if n in names]
    parts = [", ".join(systems), f"usual levers: {', '.join(levers)}" if levers else ""]
    return "; ".join(part for part in parts if part)
