"""Points of view: whom we met, what struck us, and what would change the game."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.problem.wording import need_of, of_people, spoken_name

BLANK = "____ [a person fills this in]"
_COLUMNS = ["theme", "met", "said", "struck", "game_changing", "sentence"]


def points_of_view(
    book: Codebook, themes: pd.DataFrame, evidence: pd.DataFrame, picked: Sequence[str]
) -> pd.DataFrame:
    """Begin a point of view for each picked theme, and leave the surprise to a person.

    Parameters
    ----------
    themes, evidence
        The team's own, or published ones: no other number or quote is told.

    Returns
    -------
    pandas.DataFrame
        A row a picked theme: `theme`, `met`, `said` (a quote, or empty), `struck` (always
        blank), `game_changing` (blank where the codebook words no need), `sentence` (all
        of it).
    """
    rows = themes.set_index("theme", drop=False)
    quotes = evidence[evidence["kind"] == "quote"].drop_duplicates("theme")
    said = quotes.set_index("theme")["text"]
    table = [
        _point_of_view(book[theme], rows.loc[theme], str(said.get(theme, "")))
        for theme in picked
        if theme in rows.index
    ]
    return pd.DataFrame(table, columns=_COLUMNS, dtype="str")


def _point_of_view(theme: Theme, row: pd.Series, said: str) -> dict[str, str]:
    need = need_of(theme, "student")
    met = f"We met {of_people(row)} who raised {spoken_name(theme.name)}."
    change = f"our students could {need}" if need else BLANK
    parts = {
        "met": met,
        "said": said,
        "struck": f"We were struck that {BLANK}.",
        "game_changing": f"It would be game-changing if {change}.",
    }
    quoted = f"One said: “{' '.join(said.split())}”" if said else ""
    told = [met, quoted, parts["struck"], parts["game_changing"]]
    return {
        "theme": theme.id,
        **parts,
        "sentence": " ".join(part for part in told if part),
    }
