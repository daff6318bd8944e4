"""A triangle of pairs: which themes come up together, and how many people have both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.report.style import (
    LABEL_SIZE,
    TEXT,
    bare,
    blues,
    hatched_cell,
    head_table,
    new_axes,
    wrap,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_THEMES = 10


def plot_cooccurrence(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    r"""Draw people with both themes in each cell, darker where more of either have both.

    Parameters
    ----------
    table
        The table of `cooccurrence`; the ten themes of most pairs are drawn.
    title
        The finding; by default the pair of most people.

    Examples
    --------
    >>> rows = {"theme": ["bus"], "name": ["Bus"], "other": ["food"], "other_name": ["Food"],
    ...         "people": [4], "jaccard": [0.5]}
    >>> plot_cooccurrence(pd.DataFrame(rows)).get_title(loc="left").strip()
    'Bus and food come together most: 4 people have both'
    """
    people, jaccard, words = _grids(table)
    size = len(people)
    ax = ax or new_axes(max(8.0, 3.4 + 1.25 * size), 2.8 + 0.52 * size)
    if size:
        ax.imshow(np.nan_to_num(jaccard), cmap=blues(), vmin=0, vmax=1, aspect="auto")
    cells = np.argwhere(np.tri(size, dtype=bool)).tolist()
    for row, column in cells:
        if words[row][column] and np.isnan(people[row, column]):
            ax.add_patch(hatched_cell(row, column))
        ax.text(
            column, row, words[row][column], ha="center", va="center",
            fontsize=LABEL_SIZE, color="white" if jaccard[row, column] > 0.55 else TEXT,
        )  # fmt: skip
    names = _names(table)
    ax.set_xticks(range(size), [wrap(name, 11) for name in names[:-1]])
    ax.set_yticks(range(size), [wrap(name, 28) for name in names[1:]])
    head_table(
        bare(ax),
        title or cooccurrence_finding(table),
        "people with both; the darker, the more of those with either have both",
    )
    return ax


def cooccurrence_finding(table: pd.DataFrame) -> str:
    """Say the pair that most people have, as a sentence."""
    shown = table[table["people"].fillna(0) > 0]
    if shown.empty:
        return "No two themes come together that can be shown"
    row = shown.loc[shown["people"].astype("float64").idxmax()]
    return (
        f"{row['name']} and {str(row['other_name']).lower()} come together most: "
        f"{row['people']} people have both"
    )


def alt_text_of_cooccurrence(table: pd.DataFrame) -> str:
    """Describe the triangle: the finding, and every pair that somebody has."""
    names = _names(table)
    drawn = table[table["name"].isin(names) & table["other_name"].isin(names)]
    pairs = "; ".join(
        f"{name} and {other}: {said}"
        for name, other, said in zip(
            drawn["name"], drawn["other_name"], _said(drawn), strict=True
        )
        if said != "0"
    )
    return f"Table of pairs of themes. {cooccurrence_finding(table)}. {pairs}."


def _said(table: pd.DataFrame) -> list[str]:
    if "shown" in table:
        few = table["hidden"].where(table["hidden"] == "", table["shown"])
        counts = table["shown"].str.split(" of ").str[0]
        return [str(text) for text in counts.where(few == "", table["shown"])]
    return [str(n) for n in table["people"]]


def _names(table: pd.DataFrame) -> list[str]:
    """Return the themes that are drawn: those with whom most people have a pair."""
    people = table["people"].astype("float64").fillna(0)
    both = pd.concat(
        [people.groupby(table["name"]).sum(), people.groupby(table["other_name"]).sum()]
    )
    order = both.groupby(level=0).sum().sort_values(ascending=False, kind="stable")
    return [str(name) for name in order.index[:_MOST_THEMES]]


def _grids(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, list[list[str]]]:
    """Return people, Jaccard and words of each cell; the rows lack the first theme."""
    names = _names(table)
    size = max(len(names) - 1, 0)
    people, jaccard = np.full((2, size, size), np.nan)
    words = [[""] * size for _ in range(size)]
    place = {name: n for n, name in enumerate(names)}
    columns = ["name", "other_name", "people", "jaccard"]
    rows = table[columns].itertuples(index=False, name=None)
    for (name, other, n, share), said in zip(rows, _said(table), strict=True):
        if name not in place or other not in place:
            continue
        column, row = sorted((place[name], place[other]))
        people[row - 1, column] = np.nan if pd.isna(n) else n
        jaccard[row - 1, column] = np.nan if pd.isna(share) else share
        words[row - 1][column] = said.replace("fewer than ", "<").split(" of ")[0]
    return people, jaccard, words
