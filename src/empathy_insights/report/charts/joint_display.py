"""The joint display: what numbers and words say together, a row a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.publishing import FEW, is_estimate
from empathy_insights.report.charts.letters import drawable, lines_of
from empathy_insights.report.charts.style import (
    headline,
    look,
    new_axes,
)
from empathy_insights.report.charts.themes import hidden_ends, themes_finding
from empathy_insights.report.render.docx import cards_by_theme
from empathy_insights.tables import FIRST_LOOK
from empathy_insights.wording import role_listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from empathy_insights.report.published import Published

_MOST_JOINT = 8
_WIDE = 15.0  # inches
_COLUMNS = {"name": (0.0, 2.1), "people": (2.25, 2.3), "quote": (4.75, 4.5),
            "dissent": (9.45, 3.6), "reading": (13.25, 1.7)}  # fmt: skip
_HEADS = {"name": "theme", "people": "people", "quote": "in their words",
          "dissent": "on the other hand", "reading": "reading"}  # fmt: skip
_LINE = 0.19  # inches
_PAD, _HEAD = 0.14, 0.3
_BAR = 0.24
_BOLD = 1.15  # times as wide as plain letters
_LEAST_HIGH = 0.85  # of a row: a bar and its number


def joint_table(shown: Published) -> pd.DataFrame:
    """Put the count, the words and the reading of each theme beside each other.

    Returns
    -------
    pandas.DataFrame
        `theme`, `name`, `people`, `low`, `high`, `of`, `state`, `share_low`,
        `share_high` (as published, with `shown` and
        `hidden` where anything may be hidden), `quote` (the shortest), `dissent` (or
        that none was found; empty where that would tell of a hidden number), `reading`
        (the word for the share, and whose voices).
    """
    found = cards_by_theme(shown)
    rows = shown.themes[shown.themes["theme"].isin(found)].reset_index(drop=True)
    kept = [
        "theme", "name", "people", "low", "high", "of", "state", "share_low",
        "share_high", "shown", "hidden",
    ]  # fmt: skip
    some = [found[theme] for theme in rows["theme"]]
    table = rows[[name for name in kept if name in rows]].assign(
        quote=_texts([min(card.quotes, key=len, default="") for card in some]),
        dissent=_texts([card.dissent for card in some]),
        reading=_texts([_reading(row) for _, row in rows.iterrows()]),
    )
    table.attrs = {**shown.themes.attrs, "table": "joint"}
    return table


def plot_joint(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a row a theme: people with their interval, a quote, a dissent, the reading.

    Parameters
    ----------
    table
        The table of `joint_table`; the eight first themes are drawn.
    title
        The finding; by default the theme that most people raised.

    Examples
    --------
    >>> row = {"theme": "bus", "name": "Bus", "people": 2, "of": 3,
    ...        "share_low": 0.2, "share_high": 0.9, "quote": "Late.", "dissent": "", "reading": "many",
    ...        "segments": 2, "documents": 1}
    >>> [text.get_text() for text in plot_joint(pd.DataFrame([row])).texts[5:]]
    ['Bus', '2 of 3', 'Late.', 'many', 'people; line: 95 % interval, if others are like them']
    """
    drawn = table.head(_MOST_JOINT)
    ax = ax or new_axes(*joint_size(table))
    for name, (left, _) in _COLUMNS.items():
        ax.text(
            left,
            0.12,
            _HEADS[name],
            fontsize=look().note_size,
            color=look().quiet,
            va="center",
        )
    top = _HEAD
    most_hidden = _most_hidden(drawn)
    for n, count in enumerate(said_counts(drawn)):
        row = drawn.iloc[n]
        ax.hlines(top, 0, _WIDE, color=look().line, linewidth=0.8)
        _draw_row(ax, row, count, top, most_hidden=most_hidden[n])
        top += _row_height(row)
    ax.set_xlim(0, _WIDE)
    ax.set_ylim(top, 0)
    ax.set_axis_off()
    headline(ax, title or themes_finding(table), joint_note(table), width=100)
    return ax


def joint_size(table: pd.DataFrame) -> tuple[float, float]:
    """Return the inches that the chart of a table takes."""
    rows = [_row_height(row) for _, row in table.head(_MOST_JOINT).iterrows()]
    return _WIDE + 0.3, _HEAD + sum(rows) + 1.2


def alt_text_of_joint(table: pd.DataFrame) -> str:
    """Describe the joint display: the finding, and every row that is drawn."""
    drawn = table.head(_MOST_JOINT)
    rows = " ".join(
        f"{row['name']}: {'; '.join(filter(None, (count, row['reading'])))}. {row['quote']}"
        + (f" On the other hand: {row['dissent']}" if row["dissent"] else "")
        for (_, row), count in zip(drawn.iterrows(), said_counts(drawn), strict=True)
    )
    return f"Table of numbers and words. {themes_finding(table)}. {rows}"


def _most_hidden(table: pd.DataFrame) -> list[float]:
    """Return the largest share of all that each hidden number can be."""
    heard = int(table.attrs.get("people") or 1)
    return [min(1.0, most / heard) for most in hidden_ends(table)]


def _texts(values: list[str]) -> pd.Series:
    return pd.Series(values, dtype="str")


def _reading(row: pd.Series) -> str:
    roles = role_listing(row.get("roles"))
    perhaps = "perhaps " if row.get("state") == FIRST_LOOK else ""
    who = f"{perhaps}heard from {roles}" if roles else ""
    return "; ".join(part for part in (row["verbal"], who) if part)


def joint_note(table: pd.DataFrame) -> str:
    """Say how to read the joint display, and what of it is not drawn."""
    n = len(table)
    first = f"; the first {_MOST_JOINT} of {n} themes" if n > _MOST_JOINT else ""
    drawn = "".join(table.head(_MOST_JOINT)[["name", "quote", "dissent"]].sum())
    lost = "; □: a sign that charts cannot draw" if drawable(drawn) != drawn else ""
    guessed = table.apply(is_estimate, axis="columns").any()
    what = (
        "dark: surely, light: perhaps"
        if guessed
        else ("line: 95 % interval, if others are like them")
    )
    return f"people; {what}{first}{lost}"


def _row_height(row: pd.Series) -> float:
    lines = max(
        len(_lines(row, name)) for name in ("name", "quote", "dissent", "reading")
    )
    return max(_LEAST_HIGH, lines * _LINE + 2 * _PAD)


def _lines(row: pd.Series, name: str) -> list[str]:
    size = _BOLD * look().label_size if name == "name" else look().note_size
    return lines_of(drawable(str(row[name])), size=size, width=_COLUMNS[name][1])


def _draw_row(
    ax: Axes, row: pd.Series, count: str, top: float, *, most_hidden: float
) -> None:
    for name, (left, _) in _COLUMNS.items():
        if name == "people":
            _draw_people(ax, row, count, top + _PAD, most_hidden)
        elif row[name]:
            is_name = name == "name"
            ax.text(
                left, top + _PAD, "\n".join(_lines(row, name)), va="top",
                fontsize=look().label_size if is_name else look().note_size, parse_math=False,
                fontweight="bold" if is_name else "normal", color=look().text, linespacing=1.2,
            )  # fmt: skip


def _draw_people(
    ax: Axes, row: pd.Series, count: str, top: float, most_hidden: float
) -> None:
    left, wide = _COLUMNS["people"]
    middle = top + _BAR / 2
    of = row["of"] if pd.notna(row["of"]) else 0
    if of and is_estimate(row):
        for end, color in (("high", look().pale), ("low", look().hue)):
            ax.barh(middle, wide * row[end] / of, left=left, height=_BAR, color=color)
    elif of:
        ax.barh(
            middle, wide * row["people"] / of, left=left, height=_BAR, color=look().hue
        )
    elif row.get("hidden") == FEW:
        ax.barh(
            middle, wide * most_hidden, left=left, height=_BAR, color=look().ground, edgecolor=look().quiet, hatch="////", linewidth=0.8,
        )  # fmt: skip
    if of and pd.notna(row["share_low"]):
        low, high = (left + wide * row[name] for name in ("share_low", "share_high"))
        ax.hlines(middle, low, high, color=look().ground, linewidth=4)
        ax.hlines(middle, low, high, color=look().text, linewidth=1.4)
    ax.text(
        left, top + _BAR + 0.06, "\n".join(lines_of(count, size=look().note_size, width=wide)),
        fontsize=look().note_size, color=look().text, va="top",
    )  # fmt: skip
