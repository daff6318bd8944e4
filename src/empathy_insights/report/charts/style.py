"""The look of the charts: one hue, greys, direct labels, readable at arm's length."""

from __future__ import annotations

import io
import textwrap
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle
    from PIL.ImageFont import FreeTypeFont


@dataclass(frozen=True)
class Look:
    """The colours of charts, cards and slides, which are those of the page.

    Parameters
    ----------
    ground, text, quiet, line
        Of the page; `quiet` is for notes.
    hue, pale, track
        What is sure, what may be, and all that there is.
    care, caution
        The edge and the ground of what tells how far people have read.
    """

    ground: str
    text: str
    quiet: str
    line: str
    hue: str
    pale: str
    track: str
    care: str
    caution: str


LIGHT = Look(
    ground="#FFFFFF", text="#222222", quiet="#595959", line="#D0D0D0", hue="#0072B2",
    pale="#9BC3DF", track="#EEF0F2", care="#B35C00", caution="#FFF4D6",
)  # fmt: skip

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


# How much room words take on a page, so that nothing runs out of its box.


_POINTS = 72  # an inch
_DRAWN = 100  # points, at which a letter is measured
_NO_FORM = "□"
_SPACING = 1.2  # lines of a text, from one to the next, in its size


def line_count(text: str, *, size: float, width: float) -> int:
    """Return how many lines a text takes, a few too many rather than too few.

    Measured in DejaVu Sans, which is wider than the fonts that offices have.

    Parameters
    ----------
    size
        Of the letters, in points.
    width
        Of a line, in inches.

    Examples
    --------
    >>> line_count("How might we?", size=18, width=6)
    1
    >>> line_count("How might we? " * 10, size=18, width=6)
    4
    """
    return len(lines_of(text, size=size, width=width))


def lines_of(text: str, *, size: float, width: float) -> list[str]:
    """Return the lines that a text is broken into, its own and those it has no room for.

    Examples
    --------
    >>> lines_of("one two three", size=18, width=1.2)
    ['one two', 'three']
    """
    lines = text.splitlines() or [""]
    return [one for line in lines for one in _wrapped(line, size, width)]


def text_height(text: str, *, size: float, width: float) -> float:
    """Return the height of a text in inches.

    Examples
    --------
    >>> round(text_height("How might we?", size=18, width=6), 2)
    0.3
    """
    return line_count(text, size=size, width=width) * size * _SPACING / _POINTS


def split_at(text: str, lines: int, *, size: float, width: float) -> list[str]:
    """Split a text between words into parts of at most so many lines; none is lost.

    Examples
    --------
    >>> split_at("one two three four", 1, size=18, width=1.2)
    ['one two', 'three', 'four']
    """
    wrapped = [one for line in text.splitlines() for one in _wrapped(line, size, width)]
    return [
        " ".join(wrapped[first : first + lines])
        for first in range(0, len(wrapped), lines)
    ]


def drawable(text: str) -> str:
    r"""Return a text with □ for each letter that charts have no form for.

    Examples
    --------
    >>> drawable("Fine \N{SLIGHTLY SMILING FACE}, très bien")
    'Fine □, très bien'
    """
    return "".join(letter if _has_form(letter) else _NO_FORM for letter in text)


@cache
def _has_form(letter: str) -> bool:
    from matplotlib import font_manager

    font = font_manager.get_font(font_manager.findfont("DejaVu Sans"))
    return letter.isspace() or bool(font.get_char_index(ord(letter)))


def _wrapped(line: str, size: float, width: float) -> list[str]:
    room = width * _POINTS / size * _DRAWN
    lines, used = [""], 0.0
    for word in _words(line, room):
        wide = _width(word)
        gap = _width(" ") if lines[-1] else 0.0
        if lines[-1] and used + gap + wide > room:
            lines.append(word)
            used = wide
        else:
            lines[-1] += " " * bool(lines[-1]) + word
            used += gap + wide
    return lines


def _words(line: str, room: float) -> list[str]:
    """Return the words, those that are wider than a line in pieces, as offices do."""
    most = max(1, int(room // _DRAWN))
    return [
        piece
        for word in line.split()
        for piece in (textwrap.wrap(word, most) if _width(word) > room else [word])
    ]


def _width(text: str) -> float:
    return sum(map(_letter, text))


@cache
def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return float(_DRAWN)
    return float(_font().getlength(letter))


@cache
def _font() -> FreeTypeFont:
    from matplotlib import font_manager
    from PIL import ImageFont

    return ImageFont.truetype(font_manager.findfont("DejaVu Sans"), _DRAWN)


# Charts as pictures: in pages and slides, whose own heading says the finding, and alone.


def drawn(draw: Callable[..., Axes], *, width: float, height: float) -> Figure:
    """Draw into a new figure for files, its size in inches, without pyplot.

    Pyplot would keep the figure in the user's session.
    """
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    class Laid(Figure):
        def draw(self, renderer: RendererBase) -> None:
            # Saving draws twice, first only for the layout, which needs no drawing.
            engine = self.get_layout_engine()
            if isinstance(engine, ConstrainedLayoutEngine):
                engine.execute(self)
            else:
                super().draw(renderer)

    figure = Laid(figsize=(width, height), layout="constrained")
    draw(ax=figure.subplots())
    return figure


def picture(
    draw: Callable[..., Axes], *, width: float, height: float, scale: float = 1
) -> bytes:
    """Return a chart as PNG, without its title.

    Parameters
    ----------
    draw
        Draws into `ax`.
    width, height
        In inches, where it is shown.
    scale
        How much larger its letters are there than in `charts/`.
    """
    figure = drawn(draw, width=width / scale, height=height / scale)
    figure.axes[0].set_title("", loc="left")
    written = io.BytesIO()
    figure.savefig(written, format="png", dpi=200, metadata={"Software": None})
    return written.getvalue()


def svg(figure: Figure) -> bytes:
    """Return a figure as SVG, with the same bytes in every run."""
    import matplotlib as mpl

    written = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "empathy_insights"}):
        figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()
