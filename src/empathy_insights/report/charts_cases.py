"""A grid of persons by themes, for the team: who said what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.problem.wording import plural
from empathy_insights.report.style import (
    HUE,
    NOTE_SIZE,
    QUIET,
    bare,
    head_table,
    new_axes,
    wrap,
)
from empathy_insights.tables import ROLES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_PEOPLE = 60
_MOST_THEMES = 12


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
    >>> plot_case_matrix(ei.case_matrix(codings, corpus)).get_title(loc="left").strip()
    '1 of 2 people raised a theme, the median person 0 or 1'
    """
    people, cells = _drawn(table)
    ax = ax or new_axes(max(8.0, 3.2 + 1.25 * cells.shape[1]), 2.4 + 0.24 * len(people))
    rows, columns = np.nonzero(cells.to_numpy() > 0)
    ax.scatter(columns, rows, marker="s", s=90, color=HUE)
    names = table.attrs["names"]
    ax.set_xticks(range(cells.shape[1]), [wrap(names[name], 11) for name in cells])
    ax.set_yticks(range(len(people)), people["participant_id"])
    ax.set_xlim(-0.6, max(cells.shape[1] - 0.4, 0.6))
    ax.set_ylim(max(len(people) - 0.4, 0.6), -0.6)
    head_table(bare(ax), title or case_matrix_finding(table), _note(table))
    ax.tick_params(axis="y", labelsize=NOTE_SIZE, colors=QUIET)
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
        f"{int((raised > 0).sum())} of {len(table)} people raised a theme, the median "
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
    return rows[["participant_id", "role"]], rows[list(counts.index[:_MOST_THEMES])]


def _note(table: pd.DataFrame) -> str:
    more = [
        f"{n} more {what}"
        for n, what in (
            (len(table) - _MOST_PEOPLE, "people"),
            (len(table.attrs["names"]) - _MOST_THEMES, "themes"),
        )
        if n > 0
    ]
    rest = f"; not drawn: {' and '.join(more)}" if more else ""
    return f"for the team only: a row a person{rest}"


def _separate_roles(ax: Axes, people: pd.DataFrame) -> None:
    role = people["role"]
    for row in np.flatnonzero((role != role.shift()).to_numpy())[1:]:
        ax.axhline(row - 0.5, color="#BDBDBD", linewidth=1)
