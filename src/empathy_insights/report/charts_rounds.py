"""Slopes of themes over rounds: the share of people who raised each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.shown import said_counts
from empathy_insights.report.style import (
    HUE,
    LABEL_SIZE,
    QUIET,
    TEXT,
    bare,
    headline,
    new_axes,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_THEMES = 8
_LINE = 0.33  # inches that a label needs


def plot_rounds(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the share of people who raised each theme in each round.

    The theme that changed most is coloured. Themes of which a round is hidden are left
    out.

    Parameters
    ----------
    table
        The table of `theme_over_rounds`; eight themes are drawn.
    title
        The finding; by default the largest change.

    Examples
    --------
    >>> rows = {"theme": "bus", "name": "Bus", "round": ["1", "2"], "people": [8, 4],
    ...         "of": [10, 10], "share": [0.8, 0.4], "change": [float("nan"), -0.4]}
    >>> plot_rounds(pd.DataFrame(rows)).get_title(loc="left")
    'Bus: 8 of 10 people in round 1, 4 of 10 in round 2'
    """
    shares = _shares(table)
    ax = ax or new_axes(9.5, max(4.2, 2.0 + 0.42 * len(shares)))
    told = _most_changed(table)
    for name, values in shares.iterrows():
        is_told = name == told
        ax.plot(
            range(len(values)), values, color=HUE if is_told else "#8C8C8C",
            linewidth=3 if is_told else 1.6, marker="o", markersize=6,
        )  # fmt: skip
    last = table[table["round"] == list(shares.columns)[-1]] if len(shares) else table
    said = dict(zip(last["name"], said_counts(last), strict=True))
    _label_ends(ax, shares, said, told)
    rounds = list(shares.columns)
    ax.set_xticks(range(len(rounds)), [f"round {name}" for name in rounds])
    ax.set_xlim(-0.25, max(len(rounds) - 1, 0.5) * 1.0 + 0.9)
    ax.set_ylim(-0.03, 1.03)
    ax.set_yticks([0, 0.5, 1], ["nobody", "half", "everybody"])
    note = "share of the people heard in each round who raised the theme"
    headline(bare(ax), title or rounds_finding(table), note)
    ax.tick_params(axis="y", colors=QUIET)
    return ax


def rounds_finding(table: pd.DataFrame) -> str:
    """Say the largest change from one round to the next, as a sentence."""
    name = _most_changed(table)
    if name is None:
        return "No change from round to round that can be shown"
    rows = table[table["name"] == name].reset_index(drop=True)
    at = int(rows["change"].astype("float64").abs().idxmax())
    before, now = rows.iloc[at - 1], rows.iloc[at]
    return (
        f"{name}: {before['people']} of {before['of']} people in round {before['round']}, "
        f"{now['people']} of {now['of']} in round {now['round']}"
    )


def alt_text_of_rounds(table: pd.DataFrame) -> str:
    """Describe the slopes: the finding, and every theme's numbers."""
    said = table.assign(said_=said_counts(table))
    rows = "; ".join(
        f"{name}: "
        + ", ".join(
            f"{text} in round {round_}"
            for text, round_ in zip(part["said_"], part["round"], strict=True)
        )
        for name, part in said.groupby("name", sort=False)
    )
    return f"Lines over rounds. {rounds_finding(table)}. {rows}."


def _most_changed(table: pd.DataFrame) -> str | None:
    change = table["change"].astype("float64").abs()
    return None if change.isna().all() else str(table.loc[change.idxmax(), "name"])


def _shares(table: pd.DataFrame) -> pd.DataFrame:
    """Return themes by rounds, the first themes of the table, whole ones only."""
    rounds = list(dict.fromkeys(table["round"]))
    names = list(dict.fromkeys(table["name"]))
    shares = table.pivot(index="name", columns="round", values="share")
    shares = shares.reindex(index=names, columns=rounds).astype("float64").dropna()
    kept = shares.head(_MOST_THEMES)
    told = _most_changed(table)
    if told in shares.index and told not in kept.index:
        kept = pd.concat([kept.head(_MOST_THEMES - 1), shares.loc[[told]]])
    return kept


def _label_ends(
    ax: Axes, shares: pd.DataFrame, said: Mapping[str, str], told: str | None
) -> None:
    """Write each name at the end of its line, moved so that no two overlap."""
    ends = shares.max(axis=1) if shares.empty else shares.iloc[:, -1].sort_values()
    line = _LINE / (0.8 * ax.figure.bbox.height / ax.figure.dpi)
    places = _spread(ends.to_numpy(), line)
    last = shares.shape[1] - 1
    for name, end, place in zip(ends.index, ends, places, strict=True):
        is_told = name == told
        ax.plot([last + 0.02, last + 0.1], [end, place], color="#BDBDBD", linewidth=0.9)
        ax.annotate(
            f"{name} {said[str(name)]}",
            (last + 0.12, place), fontsize=LABEL_SIZE, va="center",
            color=HUE if is_told else TEXT, fontweight="bold" if is_told else "normal",
        )  # fmt: skip


def _spread(ends: np.ndarray, line: float) -> np.ndarray:
    """Move labels, lowest first, as little as lets each have a line of its own."""
    from scipy.optimize import isotonic_regression

    if not len(ends):
        return ends
    steps = line * np.arange(len(ends))
    places = np.asarray(isotonic_regression(ends - steps).x + steps)
    return np.asarray(np.clip(places, steps, 1.02 - steps[::-1]))
