"""Charts of the themes: how many raised each, alone and beside their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.table_facts import is_raised, is_shown, said_counts
from empathy_insights.arguments import public
from empathy_insights.publishing import FEW, NEARLY_ALL, is_estimate
from empathy_insights.report.charts.style import (
    HUE,
    LABEL_SIZE,
    NOTE_SIZE,
    PALE,
    QUIET,
    TEXT,
    bare,
    drawable,
    hatched_bars,
    headline,
    lines_of,
    new_axes,
    wrap,
)
from empathy_insights.report.render.docx import cards_by_theme
from empathy_insights.tables import FIRST_LOOK
from empathy_insights.wording import of_people, role_listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from empathy_insights.report.published import Published


# Charts of the theme tables; the table is the computed value, the chart only draws.


_MOST_THEMES = 10
_LIKELY = 0.9  # share of draws from which on it is said that a theme leads


@public
def plot_themes(
    themes: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw how many people raised each theme, the most at the top.

    Parameters
    ----------
    themes
        The table of `theme_frequency` or `topic_frequency`, not grouped; the ten first
        rows are drawn.
    title
        The finding; by default the table's first row as a sentence.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I forgot my password."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> plot_themes(ei.theme_frequency(codings, corpus)).get_yticklabels()[0].get_text()
    'Tech support'
    """
    shown = shown_themes(themes)
    ax = ax or new_axes(8.5, 1.6 + 0.52 * len(shown))
    places = np.arange(len(shown))
    counts = _measure(shown)
    _bars(ax, shown, counts, places)
    hatched_bars(ax, places, _hidden_ends(shown), height=0.62)
    _whiskers(ax, shown, places)
    _count_labels(ax, shown, counts, places)
    ax.set_yticks(places, [wrap(name, 30) for name in shown["name"]])
    ax.set_xlim(0, max(counts.max(initial=0), _of(shown)) * 1.02 or 1)
    ax.set_xticks([])
    ax.invert_yaxis()
    headline(bare(ax), title or themes_finding(themes), _reading_note(shown))
    return ax


def shown_themes(themes: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that the theme chart draws: raised by somebody, ten at most."""
    return themes[is_raised(themes)].head(_MOST_THEMES).reset_index(drop=True)


def themes_finding(themes: pd.DataFrame) -> str:
    """Say the first row of a theme table as a sentence.

    Examples
    --------
    >>> row = {"name": "Digital access", "people": 12, "of": 24, "segments": 40,
    ...        "documents": 9}
    >>> themes_finding(pd.DataFrame([row]))
    'Digital access was raised by 12 of 24 people, more than any other theme'
    """
    what, raised_by = _words_of(themes)
    raised = themes[is_raised(themes)]
    if raised.empty:
        return (
            "No topic was found"
            if what == "topic"
            else "No theme of the codebook was found"
        )
    if themes.attrs.get("people", 1) is None:
        return "Too few people were heard to show numbers outside the team"
    first = raised.iloc[0]
    if "shown" in raised and first["hidden"] == NEARLY_ALL:
        return (
            f"{first['name']} was {raised_by} nearly everyone, {first['shown']} people"
        )
    shown = raised[is_shown(raised)]
    if shown.empty:
        return (
            f"Every {what} was {raised_by} too few people for their number to be shown"
        )
    return _first_said(shown, themes)


def _first_said(shown: pd.DataFrame, themes: pd.DataFrame) -> str:
    """Say the first of the rows whose number is shown."""
    what, raised_by = _words_of(themes)
    top = shown.iloc[0]
    if not top["of"]:
        return f"{top['name']} comes up in {top['documents']} documents, more than any other {what}"
    if is_estimate(top):
        return _estimated(top, raised_by, themes)
    tied = shown[shown["people"] == top["people"]]
    if len(tied) > 1:
        names = " and ".join(tied["name"].head(2))
        return f"{names} were {raised_by} {top['people']} of {top['of']} people each"
    said = f"{top['name']} was {raised_by} {top['people']} of {top['of']} people"
    if "hidden" in themes and themes["hidden"].str.startswith("it would").any():
        return f"{said}, the most that can be shown"
    return f"{said}, more than any other {what}"


def _estimated(top: pd.Series, raised_by: str, themes: pd.DataFrame) -> str:
    """Say the first row of an estimate: nothing that its draws do not bear out."""
    who = of_people(top)
    if top["state"] == FIRST_LOOK:
        return (
            f"First look: {top['name']} may have been {raised_by} {who}; nobody has "
            "read the passages yet"
        )
    said = f"{top['name']} was {raised_by} {who}"
    odds = themes.attrs.get("leads")
    if odds is None or odds < _LIKELY:
        return said
    return f"{said}, more than any other theme ({odds:.0%} sure)"


def alt_text_of_themes(themes: pd.DataFrame) -> str:
    """Describe the theme chart: the finding, then every bar's number."""
    shown = shown_themes(themes)
    bars = "; ".join(
        f"{row.name_} {label}"
        for row, label in zip(
            shown.rename(columns={"name": "name_"}).itertuples(),
            _labels(shown),
            strict=True,
        )
    )
    return f"Bar chart. {themes_finding(themes)}. {bars}."


def _words_of(table: pd.DataFrame) -> tuple[str, str]:
    """Return what the rows of a table are called, and what people did with them."""
    if table.attrs.get("table") == "topics":
        return "topic", "talked about by"
    return "theme", "raised by"


def _of(shown: pd.DataFrame) -> int:
    heard = shown.attrs.get("people") or shown["of"].max() if len(shown) else 0
    return 0 if pd.isna(heard) else int(heard)


def _measure(shown: pd.DataFrame) -> np.ndarray:
    """People; where no speaker is marked in any file, documents."""
    counts = shown["people"] if _of(shown) else shown["documents"]
    return np.asarray(counts.fillna(0), dtype=float)


def _labels(shown: pd.DataFrame) -> list[str]:
    if not _of(shown):
        return [f"{n} documents" for n in shown["documents"]]
    return said_counts(shown)


def _hidden_ends(shown: pd.DataFrame) -> np.ndarray:
    """Return the most that each hidden number can be, as far as it says; 0 elsewhere."""
    if "hidden" not in shown:
        return np.zeros(len(shown))
    ends = {FEW: shown.attrs["least"] - 1, NEARLY_ALL: _of(shown)}
    return np.asarray(shown["hidden"].map(ends).fillna(0), dtype=float)


def _reading_note(shown: pd.DataFrame) -> str:
    what, raised_by = _words_of(shown)
    if not _of(shown):
        return f"documents in which the {what} comes up; no speakers are marked"
    who = f"people who {raised_by.removesuffix(' by')} the {what}"
    if shown.apply(is_estimate, axis="columns").any():
        return f"{who}: surely (dark), and perhaps (light), as far as people have read"
    if shown["share_low"].notna().any():
        return f"{who}; line: 95 % interval, if others are like them"
    return who


def _bars(
    ax: Axes, shown: pd.DataFrame, counts: np.ndarray, places: np.ndarray
) -> None:
    """Draw people: dark as far as it is sure, light as far as it may be."""
    guessed = shown.apply(is_estimate, axis="columns").to_numpy(dtype=bool)
    low = shown.get("low", pd.Series(0.0, shown.index)).fillna(0).to_numpy(float)
    high = shown.get("high", pd.Series(0.0, shown.index)).fillna(0).to_numpy(float)
    ax.barh(places, np.where(guessed, high, 0), color=PALE, height=0.62)
    ax.barh(places, np.where(guessed, low, counts), color=HUE, height=0.62)


def _whiskers(ax: Axes, shown: pd.DataFrame, places: np.ndarray) -> None:
    of = shown["of"].fillna(0).to_numpy(dtype=float)
    has = shown["share_low"].notna().to_numpy() & (of > 0)
    of = of[has]
    low, high = (
        shown[name].to_numpy()[has] * of for name in ("share_low", "share_high")
    )
    # White beneath, so that the line can be seen inside the bar too.
    ax.hlines(places[has], low, high, color="white", linewidth=4)
    ax.hlines(places[has], low, high, color=TEXT, linewidth=1.4)


def _count_labels(
    ax: Axes, shown: pd.DataFrame, counts: np.ndarray, places: np.ndarray
) -> None:
    ends = np.fmax(
        counts, (shown["share_high"] * shown["of"]).fillna(0).to_numpy(float)
    )
    if "high" in shown:
        ends = np.fmax(ends, shown["high"].fillna(0).to_numpy(float))
    ends = np.fmax(ends, _hidden_ends(shown))
    for place, end, label in zip(places, ends, _labels(shown), strict=True):
        ax.annotate(
            label, (end, place), xytext=(6, 0), textcoords="offset points",
            va="center", fontsize=LABEL_SIZE, color=TEXT,
        )  # fmt: skip


# The joint display: what numbers and words say together, a row a theme.


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
        ax.text(left, 0.12, _HEADS[name], fontsize=NOTE_SIZE, color=QUIET, va="center")
    top = _HEAD
    for (_, row), count in zip(drawn.iterrows(), said_counts(drawn), strict=True):
        ax.hlines(top, 0, _WIDE, color="#D0D0D0", linewidth=0.8)
        _draw_row(ax, row, count, top, most_hidden=_most_hidden(table))
        top += _row_height(row)
    ax.set_xlim(0, _WIDE)
    ax.set_ylim(top, 0)
    ax.set_axis_off()
    headline(ax, title or themes_finding(table), _note(table), width=100)
    return ax


def joint_size(table: pd.DataFrame) -> tuple[float, float]:
    """Return the inches that the chart of a table takes."""
    rows = [_row_height(row) for _, row in table.head(_MOST_JOINT).iterrows()]
    return _WIDE + 0.3, _HEAD + sum(rows) + 1.2


def alt_text_of_joint(table: pd.DataFrame) -> str:
    """Describe the joint display: the finding, and every row that is drawn."""
    drawn = table.head(_MOST_JOINT)
    rows = " ".join(
        f"{row['name']}: {count}; {row['reading']}. {row['quote']}"
        + (f" On the other hand: {row['dissent']}" if row["dissent"] else "")
        for (_, row), count in zip(drawn.iterrows(), said_counts(drawn), strict=True)
    )
    return f"Table of numbers and words. {themes_finding(table)}. {rows}"


def _most_hidden(table: pd.DataFrame) -> float:
    """Return the largest share of all that a number hidden as small can be."""
    heard = int(table.attrs.get("people") or 1)
    return min(1.0, (int(table.attrs.get("least", 1)) - 1) / heard)


def _texts(values: list[str]) -> pd.Series:
    return pd.Series(values, dtype="str")


def _reading(row: pd.Series) -> str:
    roles = role_listing(row.get("roles"))
    who = f"heard from {roles}" if roles else ""
    return "; ".join(part for part in (row["verbal"], who) if part)


def _note(table: pd.DataFrame) -> str:
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
    size = _BOLD * LABEL_SIZE if name == "name" else NOTE_SIZE
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
                fontsize=LABEL_SIZE if is_name else NOTE_SIZE, parse_math=False,
                fontweight="bold" if is_name else "normal", color=TEXT, linespacing=1.2,
            )  # fmt: skip


def _draw_people(
    ax: Axes, row: pd.Series, count: str, top: float, most_hidden: float
) -> None:
    left, wide = _COLUMNS["people"]
    middle = top + _BAR / 2
    of = row["of"] if pd.notna(row["of"]) else 0
    if of and is_estimate(row):
        for end, color in (("high", PALE), ("low", HUE)):
            ax.barh(middle, wide * row[end] / of, left=left, height=_BAR, color=color)
    elif of:
        ax.barh(middle, wide * row["people"] / of, left=left, height=_BAR, color=HUE)
    elif row.get("hidden") == FEW:
        ax.barh(
            middle, wide * most_hidden, left=left, height=_BAR, color="white", edgecolor=QUIET, hatch="////", linewidth=0.8,
        )  # fmt: skip
    if of and pd.notna(row["share_low"]):
        low, high = (left + wide * row[name] for name in ("share_low", "share_high"))
        ax.hlines(middle, low, high, color="white", linewidth=4)
        ax.hlines(middle, low, high, color=TEXT, linewidth=1.4)
    ax.text(
        left, top + _BAR + 0.06, "\n".join(lines_of(count, size=NOTE_SIZE, width=wide)),
        fontsize=NOTE_SIZE, color=TEXT, va="top",
    )  # fmt: skip
