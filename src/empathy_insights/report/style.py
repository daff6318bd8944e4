"""The look of the charts: one hue, greys, direct labels, readable at arm's length."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.patches import Rectangle

HUE = "#0072B2"  # 5.2:1 on white
PALE = "#9BC3DF"
TEXT = "#222222"
QUIET = "#595959"  # 7.0:1 on white
TITLE_SIZE, LABEL_SIZE, NOTE_SIZE = 14, 12, 11


@contextmanager
def plain_words() -> Iterator[None]:
    """Take a dollar in a name for a dollar: formulas in charts may fail to be drawn."""
    import matplotlib as mpl

    with mpl.rc_context({"text.parse_math": False}):
        yield


def new_axes(width: float, height: float) -> Axes:
    """Return the only axes of a new figure, its size in inches."""
    from matplotlib import pyplot as plt

    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def blues() -> Colormap:
    """Return a scale from nearly white to dark, also in greyscale."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("share", ["#F4F8FB", PALE, HUE, "#00476E"])


def wrap(text: str, width: int) -> str:
    """Break a label into lines instead of turning it on its side."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False)) or text


def bare(ax: Axes) -> Axes:
    """Take away the frame and ticks that say nothing."""
    for side in ("top", "right", "bottom", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(length=0, colors=TEXT, labelsize=LABEL_SIZE)
    return ax


def hatched_bars(
    ax: Axes, places: np.ndarray, ends: np.ndarray, *, height: float
) -> None:
    """Draw what hidden numbers may be, so that they look different from nobody."""
    some = ends > 0
    ax.barh(
        places[some], ends[some], height=height,
        color="white", edgecolor=QUIET, hatch="////", linewidth=0.8,
    )  # fmt: skip


def hatched_cell(row: int, column: int) -> Rectangle:
    """Return the cover of a cell of a heat table whose number is hidden."""
    from matplotlib.patches import Rectangle

    return Rectangle(
        (column - 0.5, row - 0.5), 1, 1,
        facecolor="white", edgecolor="#D0D0D0", hatch="///", linewidth=0,
    )  # fmt: skip


def headline(ax: Axes, title: str, note: str, *, width: int = 62) -> None:
    """Set the finding above the chart and its reading note below the finding."""
    lines = wrap(title, width)
    ax.set_title(
        lines, loc="left", fontsize=TITLE_SIZE, fontweight="bold", color=TEXT, pad=30
    )
    # In points, since a share of a tall chart would run into the finding.
    ax.annotate(
        note, (0, 1), xycoords="axes fraction", xytext=(0, 7),
        textcoords="offset points", fontsize=NOTE_SIZE, color=QUIET, va="bottom",
    )  # fmt: skip


def head_table(ax: Axes, title: str, note: str) -> None:
    """Set the finding above a heat table's column heads, and its note below the table."""
    ax.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False)
    ax.set_title(
        wrap(title, 60) + "\n",
        loc="left", fontsize=TITLE_SIZE, fontweight="bold", color=TEXT, pad=26,
    )  # fmt: skip
    ax.text(
        0, -0.02, note, transform=ax.transAxes, fontsize=NOTE_SIZE, color=QUIET, va="top",
    )  # fmt: skip
