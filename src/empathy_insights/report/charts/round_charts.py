"""Charts of what changes: from round to round, and with every further document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.report.charts.style import (
    bare,
    headline,
    look,
    new_axes,
    room_of,
    wrap,
)
from empathy_insights.wording import plural

if TYPE_CHECKING:
    from matplotlib.axes import Axes


# Slopes of themes over rounds: the share of people who raised each.


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
    shares = round_shares(table)
    ax = ax or new_axes(9.5, max(4.2, 2.0 + 0.42 * len(shares)))
    told = _most_changed(table)
    for name, values in shares.iterrows():
        is_told = name == told
        ax.plot(
            range(len(values)), values, color=look().hue if is_told else look().quiet,
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
    ax.tick_params(axis="y", colors=look().quiet)
    return ax


def rounds_finding(table: pd.DataFrame) -> str:
    """Say the largest change from one round to the next, as a sentence."""
    name = _most_changed(table)
    if name is None:
        return "No change from round to round that can be shown"
    rows = table[table["name"] == name].reset_index(drop=True)
    at = int(rows["change"].astype("float64").abs().idxmax())
    before, now = rows.iloc[at - 1], rows.iloc[at]
    said = said_counts(rows)
    return (
        f"{name}: {said[at - 1]} people in round {before['round']}, {said[at]} in round "
        f"{now['round']}"
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
    if "change_low" in table:
        # What an estimate's draws do not bear out is no change.
        low, high = (
            table[f"change_{end}"].astype("float64") for end in ("low", "high")
        )
        change = change.mask((low <= 0) & (high >= 0) & (low < high))
    return None if change.isna().all() else str(table.loc[change.idxmax(), "name"])


def round_shares(table: pd.DataFrame) -> pd.DataFrame:
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
        ax.plot(
            [last + 0.02, last + 0.1], [end, place], color=look().line, linewidth=0.9
        )
        ax.annotate(
            f"{name} {said[str(name)]}",
            (last + 0.12, place), fontsize=look().label_size, va="center",
            color=look().hue if is_told else look().text, fontweight="bold" if is_told else "normal",
        )  # fmt: skip


def _spread(ends: np.ndarray, line: float) -> np.ndarray:
    """Move labels, lowest first, as little as lets each have a line of its own."""
    from scipy.optimize import isotonic_regression

    if not len(ends):
        return ends
    steps = line * np.arange(len(ends))
    places = np.asarray(isotonic_regression(ends - steps).x + steps)
    return np.asarray(np.clip(places, steps, 1.02 - steps[::-1]))


# The saturation curve, by which to judge whether enough was heard.


_MOST_NUMBERS = 10  # of a curve that are read out


def plot_saturation(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    r"""Draw the codes known after each document, and what random orders had by then.

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
    'No interview was heard, and answers to a survey have\nno order'
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
        f"{row.low:g} to {row.high:g} after {row.documents}"
        if _is_drawn(table)
        else f"{row.known} after {row.documents} ({row.median:g} in random orders)"
        for row in shown.itertuples()
    )
    parts = [f"Step chart. {facts['finding']}"]
    parts += [f"{_what(table).capitalize()} known: {numbers}"] if numbers else []
    parts += [f"Caution: {facts['caution']}"] if facts["caution"] else []
    return ". ".join(parts) + "."


def _what(table: pd.DataFrame) -> str:
    return f"{table.attrs['settings']['what']}s"


def _is_drawn(table: pd.DataFrame) -> bool:
    """Return whether it is not known what was raised in all: orders all end alike."""
    return bool(len(table) and table["low"].iloc[-1] < table["high"].iloc[-1])


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
    if _is_drawn(table):
        return (
            f"{_what(table)} that may have been raised so far; grey: {n} draws in random "
            "orders, the middle and 95 %"
        )
    return f"{_what(table)} raised so far; grey: {n} random orders, the middle and 95 %"


def _draw_one(ax: Axes, table: pd.DataFrame) -> None:
    at = table["documents"].to_numpy()
    ax.fill_between(at, table["low"], table["high"], color=look().line, linewidth=0)
    ax.plot(at, table["median"], color=look().quiet, linewidth=1.4, linestyle="--")
    _draw_heard(ax, table, look().hue)
    if len(table) < 2:
        return
    last = table.iloc[-1]
    known = (
        f"{last['low']:g} to {last['high']:g}" if _is_drawn(table) else last["known"]
    )
    _label_end(ax, last, f"{known} {_what(table)}", look().hue)
    apart = int((table["known"] - table["median"]).abs().to_numpy().argmax())
    row = table.iloc[apart]
    is_above = row["known"] >= row["median"]
    away = (-8, 10) if is_above else (10, -14)
    _label(
        ax, row, "in the order heard", away, look().hue, "right" if is_above else "left"
    )


def _draw_groups(ax: Axes, table: pd.DataFrame, by: str) -> None:
    longest = table.groupby(by)["documents"].max().idxmax() if len(table) else None
    for group, curve in table.groupby(by):
        color = look().hue if group == longest else look().quiet
        _draw_heard(ax, curve, color)
        last = curve.iloc[-1]
        text = f"{plural(str(group))}: {last['known']}"
        _label_end(ax, last, text, color)


def _label_end(ax: Axes, row: pd.Series, text: str, color: str) -> None:
    """Name a line beside its end; above it, where the shape has no room beside it."""
    if look().width:
        _label(ax, row, text, (4, 11), color, "right")
    else:
        _label(ax, row, text, (8, 0), color, "left")


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
        ha=side, va="center", fontsize=look().label_size, color=color,
        path_effects=[withStroke(linewidth=3, foreground=look().ground)],
    )  # fmt: skip


def _axes_of(ax: Axes, table: pd.DataFrame) -> None:
    from matplotlib.ticker import MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1, nbins=5))
    ax.grid(axis="y", color=look().track)
    ax.set_axisbelow(True)
    ax.set_ylim(0, max(1, table["high"].max() if len(table) else 1) * 1.08)
    caution = table.attrs["caution"]
    careful = wrap(f"Careful: {caution}", room_of(look().note_size, 96))
    below = f"\n\n{careful}" if caution else ""
    ax.set_xlabel(
        f"interviews and focus groups heard{below}",
        loc="left", fontsize=look().note_size, color=look().text,
    )  # fmt: skip


def _read_out(table: pd.DataFrame) -> pd.DataFrame:
    """Return some rows of a long curve, the first and the last among them."""
    n = len(table)
    return table.iloc[
        np.unique(np.linspace(0, n - 1, min(n, _MOST_NUMBERS)).round().astype(int))
    ]
