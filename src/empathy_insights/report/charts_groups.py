"""A heat table: themes or topics by role, round or site, people n/N in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.counting import ALL
from empathy_insights.analysis.shown import is_raised, said_counts
from empathy_insights.problem.wording import counted_group, named_group
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
from empathy_insights.tables import ROLES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_ROWS = 10
_ENOUGH = 5  # people of a group, before its share is compared


def plot_by_group(
    counted: pd.DataFrame,
    *,
    by: str = "role",
    order: Sequence[str] | None = None,
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    r"""Draw who talks of what: people n/N in each cell, darker for a larger share.

    Parameters
    ----------
    counted
        The table of `theme_frequency` or `topic_frequency`, counted by one column.
    by
        That column: `role`, `round`, `site`, a group of one's own.
    order
        Names of themes or topics in the order to draw; by default those that most people
        of all groups raised come first.
    title
        The finding; by default where shares differ most.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> from empathy_insights.analysis.topic_frequency import topic_frequency
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["Late bus.", "My bus is late."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> topics = ei.fit_topics(ei.segment(corpus))
    >>> by_role = topic_frequency(topics, corpus, by="role")
    >>> plot_by_group(by_role).get_xticklabels()[0].get_text()
    'people of\nunknown role'
    """
    people, of = group_grid(counted, by, order)
    rows, columns = people.shape
    ax = ax or new_axes(max(8.0, 2.6 + 1.35 * columns), 1.9 + 0.46 * rows)
    share = (people / of).astype("float64").to_numpy()
    if rows:
        ax.imshow(np.nan_to_num(share), cmap=blues(), vmin=0, vmax=1, aspect="auto")
    _write_cells(ax, _cell_words(counted, by, people), share)
    ax.set_xticks(
        range(columns), [wrap(named_group(name), 12) for name in people.columns]
    )
    ax.set_yticks(range(rows), [wrap(name, 30) for name in people.index])
    ax.set_xticks(np.arange(-0.5, columns), minor=True)
    ax.set_yticks(np.arange(-0.5, rows), minor=True)
    ax.grid(which="minor", color="white", linewidth=3)
    bare(ax).tick_params(which="minor", length=0)
    head_table(
        ax,
        title or group_finding(counted, by),
        f"people who speak of it / people heard in the {by.replace('_', ' ')}",
    )
    return ax


def group_grid(
    counted: pd.DataFrame, by: str, order: Sequence[str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return people and people heard: a row a theme or topic, a column a group."""
    counted = counted[counted[by] != ALL]
    heard = counted.groupby(by)["of"].max().fillna(1)
    counted = counted[counted[by].isin(heard[heard > 0].index)]
    raised = counted[is_raised(counted)]
    totals = raised.assign(groups_=1).groupby("name")
    totals = totals[["people", "groups_"]].sum()
    ranked = totals.sort_values(["people", "groups_"], ascending=False, kind="stable")
    names = ranked.index if order is None else [n for n in order if n in ranked.index]
    names = names[:_MOST_ROWS]
    present = set(counted[by].dropna())
    roles = [role for role in ROLES if role in present]
    groups = [*roles, *sorted(present - set(roles), key=str)]
    people, of = (
        counted.pivot(index="name", columns=by, values=value)
        .reindex(index=names, columns=groups)
        .astype("Int64")
        for value in ("people", "of")
    )
    return people, of


def group_finding(counted: pd.DataFrame, by: str) -> str:
    """Say where shares differ most between two groups of five people and more.

    Examples
    --------
    >>> rows = [("bus", "Bus", "student", 9, 10), ("bus", "Bus", "teacher", 1, 8)]
    >>> table = pd.DataFrame(rows, columns=["theme", "name", "role", "people", "of"])
    >>> group_finding(table.assign(documents=1), "role")
    'Bus: 9 of 10 students, 1 of 8 teachers'
    """
    people, of = group_grid(counted, by)
    share = (people / of).where(of >= _ENOUGH).astype("float64")
    apart = share.max(axis=1) - share.min(axis=1)
    if not (apart > 0).any():
        return f"Who speaks of what, by {by.replace('_', ' ')}"
    name = apart.idxmax()
    most, least = share.loc[name].idxmax(), share.loc[name].idxmin()
    return f"{name}: " + ", ".join(
        counted_group(people.loc[name, group], of.loc[name, group], group, by)
        for group in (most, least)
    )


def alt_text_of_groups(
    counted: pd.DataFrame, by: str, *, order: Sequence[str] | None = None
) -> str:
    """Describe the heat table: every cell's number."""
    people, _ = group_grid(counted, by, order)
    words = _cell_words(counted, by, people)
    rows = "; ".join(
        f"{name}: "
        + ", ".join(f"{named_group(group)} {words.loc[name, group]}" for group in words)
        for name in words.index
    )
    return f"Table of people by {by.replace('_', ' ')}. {rows}."


def _cell_words(counted: pd.DataFrame, by: str, grid: pd.DataFrame) -> pd.DataFrame:
    """Return what each cell says: people of people heard, or what stands there."""
    words = counted.assign(said_=said_counts(counted)).pivot(
        index="name", columns=by, values="said_"
    )
    if "hidden" in counted:
        hidden = counted.pivot(index="name", columns=by, values="hidden")
        least = counted.attrs["least"]
        short = {"few people": f"<{least}", "small group": f"n<{least}"}
        words = words.mask(hidden != "", hidden.replace(short))
        words = words.replace(
            {"nearly everyone": "nearly all", "it would give another away": "hidden"}
        )
    return words.reindex(index=grid.index, columns=grid.columns)


def _write_cells(ax: Axes, words: pd.DataFrame, share: np.ndarray) -> None:
    """Write each cell's words; hatch the hidden ones, which are not nobody."""
    for (row, column), value in np.ndenumerate(share):
        if np.isnan(value):
            ax.add_patch(hatched_cell(row, column))
        ax.text(
            column, row, words.iloc[row, column].replace(" of ", "/"), ha="center", va="center",
            fontsize=LABEL_SIZE, color="white" if value > 0.55 else TEXT,
        )  # fmt: skip
