"""A dot plot of groups: where shares of people differ most, theme by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.shown import said_counts
from empathy_insights.problem.wording import counted_group, named_group
from empathy_insights.report.style import (
    HUE,
    LABEL_SIZE,
    NOTE_SIZE,
    QUIET,
    TEXT,
    bare,
    headline,
    new_axes,
    wrap,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_THEMES = 10
_ENOUGH = 5  # people of a group, before its share is compared
_APART = 0.2  # shares whose names do not overlap
_MARKS = ("o", "s", "D", "^", "v", "P", "X")


def plot_crosstab(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the share of people of each group, the themes where groups differ most first.

    Groups of fewer than five people, and hidden numbers, are left out.

    Parameters
    ----------
    table
        The table of `crosstab`; ten themes are drawn.
    title
        The finding; by default the largest difference that the numbers bear out.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> roles = ["student"] * 6 + ["teacher"] * 5
    >>> answers = pd.DataFrame({"a": "Late bus.", "role": roles})
    >>> corpus = ei.corpus_from_frame(answers, text="a", role="role")
    >>> book = ei.Codebook("b", "B", themes=(ei.Theme("bus", "Late bus"),))
    >>> codings = ei.code(ei.segment(corpus), book)
    >>> ax = plot_crosstab(ei.crosstab(codings, corpus, "role", codebook=book))
    >>> ax.get_yticklabels()[0].get_text()
    'Late bus'
    """
    by = table.attrs["by"][0]
    shares = _shares(table, by)
    ax = ax or new_axes(9.5, 2.3 + 0.5 * len(shares))
    places = np.arange(len(shares))
    if len(shares):
        ax.hlines(places, shares.min(axis=1), shares.max(axis=1), color="#BDBDBD", lw=3)
    for n, (group, values) in enumerate(shares.items()):
        ax.plot(
            values, places, _MARKS[n % len(_MARKS)], markersize=11,
            color=HUE if n == 0 else TEXT, markerfacecolor=HUE if n == 0 else "white",
            markeredgewidth=1.8, label=_named(group, by), linestyle="",
        )  # fmt: skip
    ax.set_yticks(places, [wrap(name, 30) for name in shares.index])
    ax.set_xlim(-0.04, 1.04)
    ax.set_xticks([0, 0.5, 1], ["nobody", "half", "everybody"])
    ax.invert_yaxis()
    headline(bare(ax), title or crosstab_finding(table), _note(by), width=52)
    _name_groups(ax, shares, by)
    ax.tick_params(axis="x", labelsize=NOTE_SIZE, colors=QUIET)
    return ax


def crosstab_finding(table: pd.DataFrame) -> str:
    """Say the largest difference whose interval leaves nothing out, as a sentence."""
    by = table.attrs["by"][0]
    if table.empty:
        return f"Of nobody with a theme is the {by.replace('_', ' ')} known"
    read = table[table["reading"] != ""]
    if read.empty:
        return f"No difference by {by.replace('_', ' ')} that the numbers bear out"
    row = read.loc[read["difference"].astype("float64").abs().idxmax()]
    here = counted_group(int(row["people"]), int(row["of"]), row[by], by)
    return f"{row['name']}: {here}, {row['people_elsewhere']} of {row['of_elsewhere']} others"


def alt_text_of_crosstab(table: pd.DataFrame) -> str:
    """Describe the dot plot: the finding, and every group's number that is drawn."""
    by = table.attrs["by"][0]
    shares = _shares(table, by)
    said = table.assign(said_=said_counts(table)).pivot(
        index="name", columns=by, values="said_"
    )
    rows = "; ".join(
        f"{name}: "
        + ", ".join(f"{_named(g, by)} {said.loc[name, g]}" for g in shares.columns)
        for name in shares.index
    )
    return f"Dot plot by {by.replace('_', ' ')}. {crosstab_finding(table)}. {rows}."


def _shares(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the shares that are drawn: themes by groups, the most apart first."""
    enough = table[table["of"].fillna(0) >= _ENOUGH]
    shares = enough.pivot(index="name", columns=by, values="share").astype("float64")
    apart = (shares.max(axis=1) - shares.min(axis=1)).fillna(0)
    order = apart.sort_values(ascending=False, kind="stable").index
    return shares.loc[order].dropna(how="all").head(_MOST_THEMES)


def _named(group: object, by: str) -> str:
    """Return what a group is called: "students", "round 1", "north"."""
    name = named_group(str(group))
    return f"{by.replace('_', ' ')} {name}" if name.isdecimal() else name


def _name_groups(ax: Axes, shares: pd.DataFrame, by: str) -> None:
    """Name the dots of the first theme; where these are too near, below the chart."""
    if shares.empty:
        return
    first = shares.iloc[0].sort_values()
    if first.notna().all() and (first.diff().dropna() >= _APART).all():
        for group, share in first.items():
            ax.annotate(
                _named(group, by), (share, 0), xytext=(0, 10), textcoords="offset points",
                ha="center", fontsize=LABEL_SIZE, color=TEXT,
            )  # fmt: skip
        return
    ax.legend(
        loc="upper center", bbox_to_anchor=(0.5, -0.09), ncols=4, frameon=False,
        fontsize=LABEL_SIZE,
    )  # fmt: skip


def _note(by: str) -> str:
    return (
        f"share of the people heard of each {by.replace('_', ' ')} who raised the theme"
    )
