"""Charts of tables with two sides: by group, themes together, people by themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.corpus import how_many
from empathy_insights.publishing import is_estimate
from empathy_insights.report.charts.style import (
    bare,
    blues,
    hatched_cell,
    head_table,
    headline,
    look,
    new_axes,
    on_blue,
    wrap,
)
from empathy_insights.tables import ROLES, by_number
from empathy_insights.wording import counted_group, named_group, plural, spoken_column

if TYPE_CHECKING:
    from matplotlib.axes import Axes


# A dot plot of groups: where shares of people differ most, theme by theme.


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
    >>> ax = plot_crosstab(ei.crosstab(codings, corpus, by="role", codebook=book))
    >>> ax.get_yticklabels()[0].get_text()
    'Late bus'
    """
    by = table.attrs["by"][0]
    shares = crosstab_shares(table, by)
    ax = ax or new_axes(9.5, 2.3 + 0.5 * len(shares))
    places = np.arange(len(shares))
    if len(shares):
        ax.hlines(
            places, shares.min(axis=1), shares.max(axis=1), color=look().line, lw=3
        )
    is_crowded = shares.shape[1] > len(_MARKS)
    mark = _mark_highest if is_crowded else _mark_groups
    mark(ax, shares, by)
    ax.set_yticks(places, [wrap(name, 30) for name in shares.index])
    ax.set_xlim(-0.04, 1.04)
    ax.set_xticks([0, 0.5, 1], ["nobody", "half", "everybody"])
    ax.invert_yaxis()
    headline(bare(ax), title or crosstab_finding(table), crosstab_note(table))
    if not is_crowded:
        _name_groups(ax, shares, by)
    ax.tick_params(axis="x", labelsize=look().note_size, colors=look().quiet)
    return ax


def _mark_groups(ax: Axes, shares: pd.DataFrame, by: str) -> None:
    for n, (group, values) in enumerate(shares.items()):
        ax.plot(
            values, range(len(shares)), _MARKS[n], markersize=11,
            color=look().hue if n == 0 else look().text,
            markerfacecolor=look().hue if n == 0 else look().ground,
            markeredgewidth=1.8, label=group_named(group, by), linestyle="",
        )  # fmt: skip


def _mark_highest(ax: Axes, shares: pd.DataFrame, by: str) -> None:
    """Mark each group with the same dot where there are too many, and name the highest."""
    for place, (_, values) in enumerate(shares.iterrows()):
        ax.plot(values, [place] * len(values), "o", markersize=6, color=look().quiet)
        ax.plot(values.max(), place, "o", markersize=10, color=look().hue)
        ax.annotate(
            group_named(values.idxmax(), by), (values.max(), place), xytext=(9, 0),
            textcoords="offset points", va="center", fontsize=look().label_size,
            color=look().text,
        )  # fmt: skip


def crosstab_finding(table: pd.DataFrame) -> str:
    """Say the largest difference whose interval leaves nothing out, as a sentence."""
    by = table.attrs["by"][0]
    if table.empty:
        return f"The {spoken_column(by)} of those with a theme is not known"
    read = table[table["reading"] != ""]
    if read.empty:
        return f"No difference by {spoken_column(by)} that the numbers bear out"
    row = read.loc[read["difference"].astype("float64").abs().idxmax()]
    here = counted_group(int(row["people"]), int(row["of"]), row[by], by)
    if is_estimate(row):
        here = f"about {here}"
    return f"{row['name']}: {here}, {row['people_elsewhere']} of {row['of_elsewhere']} others"


def alt_text_of_crosstab(table: pd.DataFrame) -> str:
    """Describe the dot plot: the finding, and every group's number that is drawn."""
    by = table.attrs["by"][0]
    shares = crosstab_shares(table, by)
    said = table.assign(said_=said_counts(table)).pivot(
        index="name", columns=by, values="said_"
    )
    rows = "; ".join(
        f"{name}: "
        + ", ".join(f"{group_named(g, by)} {said.loc[name, g]}" for g in shares.columns)
        for name in shares.index
    )
    return f"Dot plot by {spoken_column(by)}. {crosstab_finding(table)}. {rows}."


def crosstab_shares(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the shares that are drawn: themes by groups, the most apart first."""
    enough = table[table["of"].fillna(0) >= _ENOUGH]
    shares = enough.pivot(index="name", columns=by, values="share").astype("float64")
    apart = (shares.max(axis=1) - shares.min(axis=1)).fillna(0)
    order = apart.sort_values(ascending=False, kind="stable").index
    groups = sorted(shares.columns, key=by_number)
    return shares.loc[order, groups].dropna(how="all").head(_MOST_THEMES)


def group_named(group: object, by: str) -> str:
    """Return what a group is called: "students", "round 1", "north"."""
    name = named_group(str(group))
    return f"{spoken_column(by)} {name}" if name.isdecimal() else name


def _name_groups(ax: Axes, shares: pd.DataFrame, by: str) -> None:
    """Name the dots of the first theme; where these are too near, below the chart."""
    if shares.empty:
        return
    first = shares.iloc[0].sort_values()
    if first.notna().all() and (first.diff().dropna() >= _APART).all():
        for group, share in first.items():
            ax.annotate(
                group_named(group, by), (share, 0), xytext=(0, 10), textcoords="offset points",
                ha="center", fontsize=look().label_size, color=look().text,
            )  # fmt: skip
        return
    ax.legend(
        loc="upper center", bbox_to_anchor=(0.5, -0.09), ncols=3, frameon=False,
        fontsize=look().label_size, labelcolor=look().text,
    )  # fmt: skip


def crosstab_note(table: pd.DataFrame) -> str:
    """Say how to read the comparison of groups, and how many are too small for it."""
    by = table.attrs["by"][0]
    is_few = table["of"].between(1, _ENOUGH - 1).fillna(value=False)
    few = table.loc[is_few, by].nunique()
    left = f"; {how_many(few, 'group')} of fewer than {_ENOUGH} left out" if few else ""
    return f"share of the people heard of each {spoken_column(by)} who raised the theme{left}"


# A triangle of pairs: which themes come up together, and how many people have both.


_MOST_TOGETHER = 10


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
    >>> print(plot_cooccurrence(pd.DataFrame(rows)).get_title(loc="left").strip())
    Bus and food come together most: 4 people
    have both
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
            fontsize=look().label_size, color=on_blue(jaccard[row, column]),
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
        f"{how_many(int(row['people']), 'person has', 'people have')} both"
    )


def alt_text_of_cooccurrence(table: pd.DataFrame) -> str:
    """Describe the triangle: the finding, and every pair that somebody has."""
    names = _names(table)
    drawn = table[table["name"].isin(names) & table["other_name"].isin(names)]
    pairs = "; ".join(
        f"{name} and {other}: {said}"
        for name, other, said in zip(
            drawn["name"], drawn["other_name"], pairs_said(drawn), strict=True
        )
        if said != "0"
    )
    return f"Table of pairs of themes. {cooccurrence_finding(table)}. {pairs}."


def pairs_said(table: pd.DataFrame) -> list[str]:
    """Say how many people have both themes of each pair, or what stands there."""
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
    return [str(name) for name in order.index[:_MOST_TOGETHER]]


def _grids(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, list[list[str]]]:
    """Return people, Jaccard and words of each cell; the rows lack the first theme."""
    names = _names(table)
    size = max(len(names) - 1, 0)
    people, jaccard = np.full((2, size, size), np.nan)
    words = [[""] * size for _ in range(size)]
    place = {name: n for n, name in enumerate(names)}
    columns = ["name", "other_name", "people", "jaccard"]
    rows = table[columns].itertuples(index=False, name=None)
    for (name, other, n, share), said in zip(rows, pairs_said(table), strict=True):
        if name not in place or other not in place:
            continue
        column, row = sorted((place[name], place[other]))
        people[row - 1, column] = np.nan if pd.isna(n) else n
        jaccard[row - 1, column] = np.nan if pd.isna(share) else share
        words[row - 1][column] = said.replace("fewer than ", "<").split(" of ")[0]
    return people, jaccard, words


# A grid of persons by themes, for the team: who said what.


_MOST_PEOPLE = 60
_MOST_OF_CASES = 12


def plot_case_matrix(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a square where a person raised a theme; people stand by role. For the team.

    Parameters
    ----------
    table
        The table of `case_matrix`; sixty people and the twelve themes of most are drawn.
    title
        The finding; by default how many people raised how many themes.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> ax = plot_case_matrix(ei.case_matrix(codings, corpus))
    >>> print(ax.get_title(loc="left").strip())
    1 of 2 people raised a theme, the median
    person 0 or 1
    """
    people, cells = _drawn(table)
    ax = ax or new_axes(max(8.0, 3.2 + 1.25 * cells.shape[1]), 2.4 + 0.24 * len(people))
    rows, columns = np.nonzero(cells.to_numpy() > 0)
    ax.scatter(columns, rows, marker="s", s=90, color=look().hue)
    names = table.attrs["names"]
    ax.set_xticks(range(cells.shape[1]), [wrap(names[name], 11) for name in cells])
    ax.set_yticks(range(len(people)), people["participant_id"])
    ax.set_xlim(-0.6, max(cells.shape[1] - 0.4, 0.6))
    ax.set_ylim(max(len(people) - 0.4, 0.6), -0.6)
    head_table(bare(ax), title or case_matrix_finding(table), _cases_note(table))
    ax.tick_params(axis="y", labelsize=look().note_size, colors=look().quiet)
    _separate_roles(ax, people)
    return ax


def case_matrix_finding(table: pd.DataFrame) -> str:
    """Say how many people raised a theme, and how many the median person did."""
    raised = (table[list(table.attrs["names"])] > 0).sum(axis=1)
    low, high = (
        (int(np.floor(raised.median())), int(np.ceil(raised.median())))
        if len(raised)
        else (0, 0)
    )
    middle = f"{low}" if low == high else f"{low} or {high}"
    return (
        f"{int((raised > 0).sum())} of {how_many(len(table), 'person', 'people')} raised a theme, the median "
        f"person {middle}"
    )


def alt_text_of_case_matrix(table: pd.DataFrame) -> str:
    """Describe the grid by role: how many people, and what they raised."""
    names = table.attrs["names"]
    parts = [
        f"{len(rows)} {plural(str(role))}: "
        + ", ".join(
            f"{text} {int((rows[theme] > 0).sum())}" for theme, text in names.items()
        )
        for role, rows in table.groupby("role")
    ]
    return (
        f"Grid of people by themes. {case_matrix_finding(table)}. {'; '.join(parts)}."
    )


def _drawn(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    order = table["role"].map({role: n for n, role in enumerate(ROLES)})
    rows = table.assign(_order=order).sort_values(["_order", "participant_id"])
    rows = rows.head(_MOST_PEOPLE).reset_index(drop=True)
    themes = list(table.attrs["names"])
    counts = (table[themes] > 0).sum().sort_values(ascending=False, kind="stable")
    return rows[["participant_id", "role"]], rows[list(counts.index[:_MOST_OF_CASES])]


def _cases_note(table: pd.DataFrame) -> str:
    more = [
        f"{n} more {what}"
        for n, what in (
            (len(table) - _MOST_PEOPLE, "people"),
            (len(table.attrs["names"]) - _MOST_OF_CASES, "themes"),
        )
        if n > 0
    ]
    rest = f"; not drawn: {' and '.join(more)}" if more else ""
    return f"for the team only: a row a person{rest}"


def _separate_roles(ax: Axes, people: pd.DataFrame) -> None:
    role = people["role"]
    for row in np.flatnonzero((role != role.shift()).to_numpy())[1:]:
        ax.axhline(row - 0.5, color=look().line, linewidth=1)
