"""Which passages people have read, and which themes they were asked about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from empathy_insights.tables import BY_PEOPLE, NO_THEME

_SAYS_YES = ("human", "accepted")
_RECODED = "recoded from "  # a theme given in a review, where nothing else was asked


def answers(
    codings: pd.DataFrame, segment_ids: pd.Index, themes: tuple[str, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Return what people said of each passage: whether they were asked, and said yes.

    Who codes a passage by hand reads it whole: what is not given is a no. Who accepts or
    rejects a suggestion answers for its theme alone. Where codings have a column
    `asked` (ids separated by `;`), only these themes were asked: a theme that the
    codebook got later is not asked, never a no. A no of one person outweighs a yes in
    the same passage, as everywhere in the tables.

    Parameters
    ----------
    codings
        Codings, of people and of coders.
    segment_ids
        The passages, in order.
    themes
        Main themes; sub-themes count for theirs.

    Returns
    -------
    tuple of numpy.ndarray
        Asked, and said yes: passages by themes.
    """
    asked = np.zeros((len(segment_ids), len(themes)), dtype=bool)
    said = np.zeros_like(asked)
    refused = np.zeros_like(asked)
    mine = codings[codings["status"].isin(BY_PEOPLE)]
    row = segment_ids.get_indexer(pd.Index(mine["segment_id"]))
    main = mine["theme"].str.split(".").str[0]
    column = pd.Index(themes).get_indexer(pd.Index(main))
    is_here = row >= 0
    _ask_whole(asked, mine, row, is_here, themes)
    is_theme = is_here & (column >= 0)
    is_part = mine["theme"].str.contains(".", regex=False).to_numpy()
    is_yes = mine["status"].isin(_SAYS_YES).to_numpy()
    # Who says no to a part has not said no to its theme.
    tells = is_theme & (is_yes | ~is_part)
    asked[row[tells], column[tells]] = True
    yes, no = tells & is_yes, tells & ~is_yes
    said[row[yes], column[yes]] = True
    refused[row[no], column[no]] = True
    return asked, said & ~refused


def _ask_whole(
    asked: np.ndarray,
    mine: pd.DataFrame,
    row: np.ndarray,
    is_here: np.ndarray,
    themes: tuple[str, ...],
) -> None:
    """Mark what was asked of passages that somebody has read whole."""
    whole = (mine["theme"] == NO_THEME) | (
        (mine["status"] == "human") & ~mine["method"].str.startswith(_RECODED)
    )
    told = mine["asked"].fillna("") if "asked" in mine else pd.Series("", mine.index)
    is_whole = whole.to_numpy() & is_here
    asked[row[is_whole & (told == "").to_numpy()]] = True
    part = is_whole & (told != "").to_numpy()
    names = pd.Index(themes)
    for list_, at in zip(told[part], row[part], strict=True):
        columns = names.get_indexer(pd.Index(list_.split(";")))
        asked[at, columns[columns >= 0]] = True
