"""Which themes a problem of practice is built on: the team's, or those of most people."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.errors import CodebookError
from empathy_insights.problem.basis import TOP

MOST = "raised by most people"
_N_QUOTES = 2


def ranked_themes(themes: pd.DataFrame, people: pd.DataFrame) -> tuple[str, ...]:
    """Order the raised themes by people, then roles, then the share that need it."""
    raised = themes[themes["segments"] > 0]
    if raised.empty:
        return ()
    need = people[["need", "mixed"]].sum(axis=1)
    order = raised.assign(
        _roles=raised["roles"].str.count(","),
        _need=(raised["theme"].map(need) / raised["people"]).fillna(0),
    ).sort_values(
        ["people", "_roles", "_need", "documents", "theme"],
        ascending=[False, False, False, False, True],
    )
    return tuple(order["theme"])


def picked_themes(
    ranked: Sequence[str], book: Codebook, pick: Sequence[str] | None
) -> tuple[str, ...]:
    """Return the themes that the team picked, or the three that most people raised."""
    if pick is not None:
        strange = [theme for theme in pick if theme not in book]
        if strange or not pick:
            what = (
                f"there is no theme {strange[0]!r}" if strange else "no theme is picked"
            )
            choices = ", ".join(theme.id for theme in book.main_themes)
            raise CodebookError(f"{what}; choose from {choices}")
        return tuple(pick)
    if not ranked:
        raise CodebookError(
            "nobody raised a theme of the codebook; review the suggested codings, or "
            "code with a codebook that fits what people talked about"
        )
    return tuple(ranked[:TOP])


def suggested_picks(standing: pd.DataFrame) -> pd.DataFrame:
    """Return the themes that a team may want to build on, and why each is suggested.

    Returns
    -------
    pandas.DataFrame
        `theme`, `name`, `people`, `of`, `picked`, `why`: the three themes that most
        people raised, then those that are strong in a priority group.
    """
    is_equity = standing["equity_pick"] != ""
    groups = "equity pick: raised much more often by " + standing["equity_pick"]
    why = groups.where(~standing["top"], f"{MOST}; " + groups).where(is_equity, MOST)
    rows = standing.assign(why=why)[standing["top"] | is_equity]
    ordered = rows.sort_values("top", ascending=False, kind="stable")
    return ordered[["theme", "name", "people", "of", "picked", "why"]].reset_index(
        drop=True
    )


def not_picked(themes: pd.DataFrame, picked: Sequence[str]) -> pd.DataFrame:
    """Return the raised themes that a problem is not built on."""
    left = themes[~themes["theme"].isin(picked) & (themes["people"] > 0)]
    return left[["theme", "name", "people", "of"]].reset_index(drop=True)


def picked_quotes(quoted: pd.DataFrame, picked: Sequence[str]) -> pd.DataFrame:
    """Take two quotes and one that disagrees for each picked theme, in its order."""
    kept = quoted[quoted["theme"].isin(picked) & (quoted["rank"] <= _N_QUOTES)]
    order = kept["theme"].map({theme: n for n, theme in enumerate(picked)})
    return kept.iloc[order.argsort(kind="stable")].reset_index(drop=True)
