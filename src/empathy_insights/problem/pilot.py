"""The pilot sheet: where a theme stands now, what to ask again, and blanks for a plan."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.problem.wording import need_of, of_people, spoken_name

_COLUMNS = [
    "theme", "name", "baseline", "ask_students", "counts_as", "smallest_version",
    "who_runs_it", "ask_again_on",
]  # fmt: skip


def pilot_sheet(
    book: Codebook, themes: pd.DataFrame, picked: Sequence[str]
) -> pd.DataFrame:
    """Begin the plan of a small pilot for each picked theme.

    Parameters
    ----------
    themes
        The team's theme table, or a published one: no other number is told.

    Returns
    -------
    pandas.DataFrame
        `theme`, `name` (which theme should move), `baseline` (people of people in what was
        heard so far), `ask_students` (to ask before and after, in the same words),
        `counts_as` (what the codebook counts as the theme), and blanks for people:
        `smallest_version`, `who_runs_it`, `ask_again_on`.
    """
    rows = themes.set_index("theme", drop=False)
    sheet = [
        {
            "theme": theme,
            "name": rows.loc[theme, "name"],
            "baseline": f"{of_people(rows.loc[theme])} raised it",
            "ask_students": _questions(book[theme]),
            "counts_as": book[theme].brief or book[theme].definition,
        }
        for theme in picked
        if theme in rows.index
    ]
    return pd.DataFrame(sheet, columns=_COLUMNS, dtype="str").fillna("")


def _questions(theme: Theme) -> str:
    need = need_of(theme, "student")
    if not need:
        return f"Tell us about {spoken_name(theme.name)} lately. What has changed, if anything?"
    return (
        f"Tell us about the last time that you saw students here {need}. What made it "
        "possible? And a time when they could not?"
    )
