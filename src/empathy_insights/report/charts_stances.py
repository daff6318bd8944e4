"""Stance bars: who spoke of a need, of a strength, or of both, theme by theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.report.style import (
    HUE,
    LABEL_SIZE,
    NOTE_SIZE,
    PALE,
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
_BOTH = "#D0D0D0"
_HEADS = {"need": "a need", "mixed": "both", "asset": "a strength"}
_LEAST_SHARE = 0.02  # of the chart, that a figure has room in
_GAP = 4  # points between a bar and its number


def plot_stances(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw people who spoke of a need to the left, of a strength to the right. For the team.

    People who spoke of both stand across the middle; a person is in one bar.

    Parameters
    ----------
    table
        The table of `theme_stances`; the ten first themes are drawn.
    title
        The finding; by default the theme of which most people spoke as a need.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> from empathy_insights.analysis.stances import theme_stances
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I forgot my password."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> themes = ei.theme_frequency(codings, corpus)
    >>> ax = plot_stances(theme_stances(themes, codings, corpus))
    >>> [text.get_text() for text in ax.texts[:3]]
    ['1', '', '0']
    """
    drawn = table.head(_MOST_THEMES)
    ax = ax or new_axes(10.5, 1.9 + 0.52 * max(2, len(drawn)))
    places = np.arange(len(drawn))
    need, both, asset = (drawn[name].to_numpy(float) for name in _HEADS)
    ax.barh(places, -need, left=-both / 2, height=0.62, color=HUE, edgecolor="white")
    ax.barh(places, both, left=-both / 2, height=0.62, color=_BOTH, edgecolor="white")
    ax.barh(places, asset, left=both / 2, height=0.62, color=PALE, edgecolor=HUE)
    _write_numbers(ax, drawn, places)
    _name_sides(ax, drawn)
    ax.set_yticks(places, [wrap(name, 36) for name in drawn["name"]])
    left, right = (need + both / 2).max(initial=1), (asset + both / 2).max(initial=1)
    ax.set_xlim(-1.25 * left, 1.35 * right)
    ax.set_xticks([])
    ax.set_ylim(max(len(drawn), 1) - 0.4, -1.1)
    headline(bare(ax), title or stances_finding(table), _note(table), width=52)
    return ax


def stances_finding(table: pd.DataFrame) -> str:
    """Say of which theme most people spoke as a need, as a sentence.

    Examples
    --------
    >>> row = {"name": "Bus", "need": 3, "mixed": 1, "asset": 0}
    >>> stances_finding(pd.DataFrame([row]))
    'Bus: 4 people spoke of a need, 1 of a strength'
    """
    needs = table["need"] + table["mixed"]
    if not needs.any():
        return "Nobody spoke of a need"
    row = table.loc[needs.idxmax()]
    asset = int(row["asset"] + row["mixed"])
    n = int(needs.max())
    who = f"{n} {'person' if n == 1 else 'people'}"
    return f"{row['name']}: {who} spoke of a need, {asset or 'nobody'} of a strength"


def alt_text_of_stances(table: pd.DataFrame) -> str:
    """Describe the stance bars: the finding, and every number that is drawn."""
    rows = "; ".join(
        f"{name}: need {need}, both {both}, strength {asset}, neither {neutral}"
        for name, need, both, asset, neutral in table.head(_MOST_THEMES)[
            ["name", *_HEADS, "neutral"]
        ].itertuples(index=False, name=None)
    )
    return f"Diverging bars of people. {stances_finding(table)}. {rows}."


def _note(table: pd.DataFrame) -> str:
    first = f"; the first {_MOST_THEMES} of {len(table)} themes"
    return f"people, each in one bar{first if len(table) > _MOST_THEMES else ''}"


def _write_numbers(ax: Axes, drawn: pd.DataFrame, places: np.ndarray) -> None:
    ends = drawn["mixed"] / 2 + drawn[["need", "asset"]].max(axis=1)
    widest = max(1.0, 2 * float(ends.max())) if len(drawn) else 1.0
    columns = [*_HEADS, "neutral"]
    rows = drawn[columns].itertuples(index=False, name=None)
    for place, (need, both, asset, neutral) in zip(places, rows, strict=True):
        is_inside = both / widest >= _LEAST_SHARE * len(str(both))
        beside = {"both": 0 if is_inside else both, "neither": neutral}
        more = "".join(f"   + {n} {what}" for what, n in beside.items() if n)
        for text, x, side, aligned in (
            (str(need), -need - both / 2, -_GAP, "right"),
            (str(both) if both and is_inside else "", 0, 0, "center"),
            (f"{asset}{more}", asset + both / 2, _GAP, "left"),
        ):
            ax.annotate(
                text, (x, place), xytext=(side, 0), textcoords="offset points",
                ha=aligned, va="center", fontsize=LABEL_SIZE, color=TEXT,
            )  # fmt: skip


def _name_sides(ax: Axes, drawn: pd.DataFrame) -> None:
    """Name the three bars above the first theme, the outer ones away from the middle."""
    if drawn.empty:
        return
    for name, x, aligned in (
        ("need", -14, "right"),
        ("mixed", 0, "center"),
        ("asset", 14, "left"),
    ):
        ax.annotate(
            _HEADS[name], (0, -0.7), xytext=(x * (name != "mixed") * 1.6, 0),
            textcoords="offset points", ha=aligned, va="center", fontsize=NOTE_SIZE,
            color=QUIET,
        )  # fmt: skip
