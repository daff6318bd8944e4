"""The strip of a framework's elements: which came up, and which did not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.table_facts import is_raised, is_shown, said_counts
from empathy_insights.codebook import Codebook
from empathy_insights.report.charts.letters import lines_of
from empathy_insights.report.charts.style import (
    blues,
    headline,
    look,
    new_axes,
    on_blue,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle


_WIDE, _GAP, _PAD = 12.0, 0.12, 0.12  # inches
_LINE = 0.2  # of a name
_IN_A_ROW = 7
_IN_ROWS = 5
_MOST_NAMED = 3  # in the title


def element_table(themes: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Put a theme table into the order of a framework's codebook, a row an element.

    Parameters
    ----------
    themes
        The table of `theme_frequency` with this codebook, not grouped: the team's own, or
        a published one.

    Returns
    -------
    pandas.DataFrame
        The rows of `themes`, in the order of the codebook.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["We coded a robot."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> book = ei.load_codebook("iste_students")
    >>> codings = ei.code(ei.segment(corpus), book)
    >>> table = ei.theme_frequency(codings, corpus, codebook=book)
    >>> len(element_table(table, book))
    7
    """
    order = {theme.id: place for place, theme in enumerate(codebook)}
    known = themes[themes["theme"].isin(order)]
    sorted_ = known.sort_values("theme", key=lambda ids: ids.map(order))
    table = sorted_.reset_index(drop=True)
    table.attrs = {**themes.attrs, "table": "elements"}
    return table


def plot_coverage_strip(
    table: pd.DataFrame, *, title: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw a box an element with its number of people; the box of nobody is empty.

    Parameters
    ----------
    table
        The table of `element_table`, or a framework of `Analysis.next_steps()`.
    title
        The finding; by default which elements were found with nobody.

    Examples
    --------
    >>> rows = {"theme": ["a", "b"], "name": ["A", "B"], "people": [2, 0], "of": [3, 3]}
    >>> ax = plot_coverage_strip(pd.DataFrame(rows))
    >>> [text.get_text() for text in ax.texts[:4]]
    ['2 of 3', 'A', '0 of 3', 'B']
    """
    names, across, wide, high = _layout(table)
    ax = ax or new_axes(*strip_size(table))
    for n, (name, count, face) in enumerate(
        zip(names, said_counts(table), _faces(table), strict=True)
    ):
        left, top = n % across * (wide + _GAP), n // across * (high + _GAP)
        _draw_box(ax, (left, top, wide, high), name, count, face)
    ax.set_xlim(-0.05, _WIDE + 0.05)
    ax.set_ylim(max(_down(table), 0.1), -0.05)
    ax.set_axis_off()
    headline(ax, title or coverage_finding(table), coverage_note(table), width=88)
    return ax


def strip_size(table: pd.DataFrame) -> tuple[float, float]:
    """Return the inches that the chart of a table takes."""
    return _WIDE + 0.3, _down(table) + 1.2


def coverage_finding(table: pd.DataFrame) -> str:
    """Say which elements were found with nobody, as a sentence.

    Examples
    --------
    >>> rows = {"name": ["A", "B", "C"], "people": [2, 0, 1], "of": [3, 3, 3]}
    >>> coverage_finding(pd.DataFrame(rows))
    '2 of 3 elements came up; not found: B'
    """
    if table.empty:
        return "The framework has no element"
    missing = list(table.loc[~is_raised(table), "name"])
    hidden = int((~is_shown(table)).sum())
    named = "; ".join([*missing[:_MOST_NAMED], *_rest(missing)])
    told = f"; not found: {named}" if missing else ""
    up = len(table) - len(missing) - hidden
    if hidden:
        return f"{up} of {len(table)} elements can be shown with their number{told}"
    if not missing:
        return f"All {len(table)} elements came up"
    return f"{up} of {len(table)} elements came up{told}"


def alt_text_of_coverage_strip(table: pd.DataFrame) -> str:
    """Describe the strip: the finding, and what each box says."""
    pairs = zip(table["name"], said_counts(table), strict=True)
    boxes = "; ".join(f"{name} {count}" for name, count in pairs)
    caution = str(table.attrs.get("caution", ""))
    return f"A box an element. {coverage_finding(table)}. {boxes}. {caution}".rstrip()


def _layout(table: pd.DataFrame) -> tuple[list[str], int, float, float]:
    """Return the names in lines, how many boxes stand in a row, and a box's size."""
    across = max(1, len(table) if len(table) <= _IN_A_ROW else _IN_ROWS)
    wide = (_WIDE - _GAP * (across - 1)) / across
    names = [
        "\n".join(lines_of(str(name), size=look().note_size, width=wide - 2 * _PAD))
        for name in table["name"]
    ]
    most = max((name.count("\n") + 1 for name in names), default=1)
    return names, across, wide, 0.55 + _LINE * most


def _down(table: pd.DataFrame) -> float:
    _, across, _, high = _layout(table)
    return -(-len(table) // across) * (high + _GAP)


def _rest(missing: list[str]) -> list[str]:
    more = len(missing) - _MOST_NAMED
    return [f"and {more} more"] if more > 0 else []


def coverage_note(table: pd.DataFrame) -> str:
    """Say how to read the strip."""
    hatched = "; hatched: the number is not shown" if not is_shown(table).all() else ""
    how = "; found by phrases alone" if "caution" in table.attrs else ""
    said = "people who spoke of each element; an empty box: nobody did"
    return f"{said}{hatched}{how}"


def _faces(table: pd.DataFrame) -> list[float | None]:
    """Return how full each box is, 0 to 1; None where that is hidden."""
    share = (table["people"] / table["of"]).astype("float64").fillna(0)
    return [
        value if told else None
        for value, told in zip(share, is_shown(table), strict=True)
    ]


def _draw_box(
    ax: Axes,
    place: tuple[float, float, float, float],
    name: str,
    count: str,
    share: float | None,
) -> None:
    left, top, wide, high = place
    ax.add_patch(_box(place, share))
    color = look().text if share is None else on_blue(_full(share))
    behind = (
        {"facecolor": look().ground, "edgecolor": "none", "pad": 2}
        if share is None
        else None
    )
    said = "\n".join(lines_of(count, size=look().label_size, width=wide - 2 * _PAD))
    ax.text(
        left + _PAD, top + _PAD, said, fontsize=look().label_size, fontweight="bold", va="top",
        color=color, bbox=behind,
    )  # fmt: skip
    ax.text(
        left + _PAD, top + high - _PAD, name, fontsize=look().note_size, va="bottom",
        color=color, bbox=behind, parse_math=False,
    )  # fmt: skip


def _full(share: float) -> float:
    """Return a share as its box is filled: somebody is never taken for nobody."""
    return float(np.clip(share, 0.12, 1)) if share else 0.0


def _box(place: tuple[float, float, float, float], share: float | None) -> Rectangle:
    from matplotlib.patches import Rectangle

    left, top, wide, high = place
    face = blues()(_full(share)) if share else look().ground
    return Rectangle(
        (left, top), wide, high, facecolor=face, edgecolor=look().quiet, linewidth=1.2,
        hatch="///" if share is None else None,
    )  # fmt: skip
