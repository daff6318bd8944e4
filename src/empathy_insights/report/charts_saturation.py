"""The saturation curve, by which to judge whether enough was heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.problem.wording import plural
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

_BAND = "#DDDDDD"
_MOST_NUMBERS = 10  # of a curve that are read out


def plot_saturation(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the codes known after each document, and what random orders had by then.

    Parameters
    ----------
    table
        The table of `saturation`. Of a grouped one each group's curve is drawn, without
        its random orders.
    title
        The finding; by default the table's own, and of a grouped table only what it is.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> from empathy_insights.analysis.saturation import saturation
    >>> answers = pd.DataFrame({"a": ["The bus is late."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> plot_saturation(saturation(codings, corpus)).get_title(loc="left")
    'No interview was heard'
    """
    ax = ax or new_axes(8.5, 5)
    by = table.attrs["by"]
    if by:
        _draw_groups(ax, table, by[0])
    else:
        _draw_one(ax, table)
    _axes_of(bare(ax), table)
    headline(ax, title or _title(table), _reading_note(table))
    return ax


def alt_text_of_saturation(table: pd.DataFrame) -> str:
    """Describe the curve: the finding, its numbers, and what it cannot say."""
    facts = table.attrs
    shown = _read_out(table) if not facts["by"] else table.iloc[:0]
    numbers = "; ".join(
        f"{row.known} after {row.documents} ({row.median:g} in random orders)"
        for row in shown.itertuples()
    )
    parts = [f"Step chart. {facts['finding']}"]
    parts += [f"{_what(table).capitalize()} known: {numbers}"] if numbers else []
    parts += [f"Caution: {facts['caution']}"] if facts["caution"] else []
    return ". ".join(parts) + "."


def _what(table: pd.DataFrame) -> str:
    return f"{table.attrs['settings']['what']}s"


def _title(table: pd.DataFrame) -> str:
    facts = table.attrs
    if not facts["by"]:
        return str(facts["finding"])
    return (
        f"{_what(table).capitalize()} known after each interview, by {facts['by'][0]}"
    )


def _reading_note(table: pd.DataFrame) -> str:
    if table.attrs["by"]:
        return f"{_what(table)} that people of the group had raised by then"
    n = table.attrs["settings"]["n_shuffles"]
    return f"{_what(table)} raised so far; grey: {n} random orders, the middle and 95 %"


def _draw_one(ax: Axes, table: pd.DataFrame) -> None:
    at = table["documents"].to_numpy()
    ax.fill_between(at, table["low"], table["high"], color=_BAND, linewidth=0)
    ax.plot(at, table["median"], color=QUIET, linewidth=1.4, linestyle="--")
    _draw_heard(ax, table, HUE)
    if len(table) < 2:
        return
    last = table.iloc[-1]
    _label(ax, last, f"{last['known']} {_what(table)}", (8, 0), HUE, "left")
    apart = int((table["known"] - table["median"]).abs().to_numpy().argmax())
    row = table.iloc[apart]
    is_above = row["known"] >= row["median"]
    away = (-8, 10) if is_above else (10, -14)
    _label(ax, row, "in the order heard", away, HUE, "right" if is_above else "left")


def _draw_groups(ax: Axes, table: pd.DataFrame, by: str) -> None:
    longest = table.groupby(by)["documents"].max().idxmax() if len(table) else None
    for group, curve in table.groupby(by):
        color = HUE if group == longest else QUIET
        _draw_heard(ax, curve, color)
        last = curve.iloc[-1]
        text = f"{plural(str(group))}: {last['known']}"
        _label(ax, last, text, (8, 0), color, "left")


def _draw_heard(ax: Axes, curve: pd.DataFrame, color: str) -> None:
    ax.step(
        curve["documents"], curve["known"], where="post", color=color, linewidth=2.2
    )
    ax.plot(
        curve["documents"],
        curve["known"],
        "o",
        color=color,
        markersize=4,
        clip_on=False,
    )


def _label(
    ax: Axes, row: pd.Series, text: str, away: tuple[int, int], color: str, side: str
) -> None:
    from matplotlib.patheffects import withStroke

    ax.annotate(
        text, (row["documents"], row["known"]), xytext=away, textcoords="offset points",
        ha=side, va="center", fontsize=LABEL_SIZE, color=color,
        path_effects=[withStroke(linewidth=3, foreground="white")],
    )  # fmt: skip


def _axes_of(ax: Axes, table: pd.DataFrame) -> None:
    from matplotlib.ticker import MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1, nbins=5))
    ax.grid(axis="y", color="#EEEEEE")
    ax.set_axisbelow(True)
    ax.set_ylim(0, max(1, table["high"].max() if len(table) else 1) * 1.08)
    caution = table.attrs["caution"]
    below = f"\n\n{wrap('Careful: ' + caution, 96)}" if caution else ""
    ax.set_xlabel(
        f"interviews and focus groups heard{below}",
        loc="left", fontsize=NOTE_SIZE, color=TEXT,
    )  # fmt: skip


def _read_out(table: pd.DataFrame) -> pd.DataFrame:
    """Return some rows of a long curve, the first and the last among them."""
    n = len(table)
    return table.iloc[
        np.unique(np.linspace(0, n - 1, min(n, _MOST_NUMBERS)).round().astype(int))
    ]
