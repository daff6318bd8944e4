"""The look of the charts: one hue, greys, direct labels, readable at arm's length."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial
from typing import IO, TYPE_CHECKING, Any, Literal

from empathy_insights.ahead import later

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.patches import Rectangle


Shape = Literal["wide", "square", "narrow"]


@dataclass(frozen=True)
class Look:
    """How charts, cards and slides look: the colours of the page, sizes in points.

    Parameters
    ----------
    ground, text, quiet, line
        Of the page; `quiet` is for notes.
    hue, pale, track
        What is sure, what may be, and all that there is.
    care, caution
        The edge and the ground of what tells how far people have read.
    shares
        The scale of a heat table, from nobody to everybody.
    shape, width, height
        A width or a height of 0 inches is the chart's own.
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
    shares: tuple[str, ...]
    shape: Shape = "wide"
    width: float = 0.0
    height: float = 0.0
    title_size: float = 14.0
    label_size: float = 12.0
    note_size: float = 11.0


LIGHT = Look(
    ground="#FFFFFF", text="#222222", quiet="#595959", line="#D0D0D0", hue="#0072B2",
    pale="#9BC3DF", track="#EEF0F2", care="#B35C00", caution="#FFF4D6",
    shares=("#F4F8FB", "#9BC3DF", "#0072B2", "#00476E"),
)  # fmt: skip
DARK = Look(
    ground="#17191C", text="#ECECEC", quiet="#B5B5B5", line="#4A4F55", hue="#4DA3D9",
    pale="#2F6A8F", track="#2A2F35", care="#E0A040", caution="#3A2F14",
    shares=("#20262C", "#2F6A8F", "#4DA3D9", "#BDE0F7"),
)  # fmt: skip
_NAMES = 2.7  # inches of the names beside a heat table
BOLD = 1.16  # times as wide as plain letters
_SQUARE = {"shape": "square", "width": 7.2, "height": 7.2,
           "title_size": 18.0, "label_size": 14.0, "note_size": 12.0}  # fmt: skip
_NARROW = {"shape": "narrow", "width": 3.6,
           "title_size": 12.0, "label_size": 10.5, "note_size": 9.5}  # fmt: skip
_SHAPES: Mapping[Shape, Mapping[str, Any]] = {
    "wide": {}, "square": _SQUARE, "narrow": _NARROW
}  # fmt: skip
_LOOK: ContextVar[Look] = ContextVar("look", default=LIGHT)


def look() -> Look:
    """Return the look in which a chart is drawn now."""
    return _LOOK.get()


@contextmanager
def looking(shape: Shape = "wide", *, dark: bool = False) -> Iterator[Look]:
    """Draw in a shape, by day or by night.

    Raises
    ------
    ValueError
        There is no such shape.
    """
    import matplotlib as mpl

    if shape not in _SHAPES:
        raise ValueError(f"shape is {shape!r}; take {', '.join(map(repr, _SHAPES))}")
    now = replace(DARK if dark else LIGHT, **_SHAPES[shape])
    grounds: dict[Any, str] = {
        f"{what}.facecolor": now.ground for what in ("figure", "axes")
    }
    token = _LOOK.set(now)
    try:
        with mpl.rc_context(grounds if dark else {}), plain_words():
            yield now
    finally:
        _LOOK.reset(token)


@contextmanager
def plain_words() -> Iterator[None]:
    """Take a dollar in a name for a dollar: formulas in charts may fail to be drawn."""
    import matplotlib as mpl

    with mpl.rc_context({"text.parse_math": False}):
        yield


def set_by_the_user() -> str:
    """Return how the session draws: colours, fonts, whatever a user may set."""
    import matplotlib as mpl

    # To ask for the backend would choose one, and import pyplot.
    told = sorted(dict.items(mpl.rcParams))
    return repr([(name, value) for name, value in told if name != "backend"])


def draw_later(write: Callable[[], None]) -> None:
    """Let something be drawn by a process beside this one, where that draws as this one."""
    import matplotlib as mpl

    before = dict(dict.items(mpl.rcParamsOrig))
    ours = ("backend", "backend_fallback", "text.parse_math")
    if all(before[n] == v or n in ours for n, v in dict.items(mpl.rcParams)):
        later(write)
    else:  # what a user has set, no other process knows
        write()


def new_axes(width: float, height: float) -> Axes:
    """Return the only axes of a new figure, its size in inches unless the shape says it."""
    from matplotlib import pyplot as plt

    now = look()
    if now.width:
        width, height = now.width, now.height or 1.2 * now.width
    return plt.subplots(figsize=(width, height), layout="constrained")[1]


def blues() -> Colormap:
    """Return a scale from nearly white to dark, also in greyscale."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("share", look().shares)


def on_blue(share: float) -> str:
    """Return black or white, whichever can be read on a share's colour.

    Examples
    --------
    >>> on_blue(0.1), on_blue(0.9), on_blue(float("nan"))
    ('#000000', '#FFFFFF', '#222222')
    """
    if share != share:  # hidden, and so on the ground
        return look().text
    return max(("#000000", "#FFFFFF"), key=partial(contrast, blues()(share)))


def contrast(one: object, other: object) -> float:
    """Return how far two colours are apart as WCAG counts it: 1 the same, 21 the most.

    Examples
    --------
    >>> round(contrast("#000000", "white"))
    21
    """
    dark, light = sorted(map(_light_of, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def _light_of(color: Any) -> float:  # noqa: ANN401 - as matplotlib takes colours
    from matplotlib.colors import to_rgb

    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(color)
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def wrap(text: str, width: int) -> str:
    """Break a label into lines instead of turning it on its side."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=False)) or text


def bare(ax: Axes) -> Axes:
    """Take away the frame and ticks that say nothing."""
    for side in ("top", "right", "bottom", "left"):
        ax.spines[side].set_visible(False)
    ax.tick_params(length=0, colors=look().text, labelsize=look().label_size)
    return ax


def hatched_bars(
    ax: Axes, places: np.ndarray, ends: np.ndarray, *, height: float
) -> None:
    """Draw what hidden numbers may be, so that they look different from nobody."""
    some = ends > 0
    ax.barh(
        places[some], ends[some], height=height,
        color=look().ground, edgecolor=look().quiet, hatch="////", linewidth=0.8,
    )  # fmt: skip


def hatched_cell(row: int, column: int) -> Rectangle:
    """Return the cover of a cell of a heat table whose number is hidden."""
    from matplotlib.patches import Rectangle

    return Rectangle(
        (column - 0.5, row - 0.5), 1, 1,
        facecolor=look().ground, edgecolor="#D0D0D0", hatch="///", linewidth=0,
    )  # fmt: skip


def headline(ax: Axes, title: str, note: str, *, width: int = 52) -> None:
    """Set the finding above the chart and its reading note below the finding.

    Parameters
    ----------
    width
        How many letters of the title a line has, where the chart is wide.
    """
    now = look()
    lines = wrap(title, room_of(now.title_size * BOLD, width))
    said = wrap(note, room_of(now.note_size, round(1.4 * width)))
    ax.set_title(
        lines, loc="left", fontsize=now.title_size, fontweight="bold", color=now.text,
        pad=14 + 1.3 * now.note_size * (said.count("\n") + 1),
    )  # fmt: skip
    # In points, since a share of a tall chart would run into the finding.
    ax.annotate(
        said, (0, 1), xycoords="axes fraction", xytext=(0, 7),
        textcoords="offset points", fontsize=now.note_size, color=now.quiet, va="bottom",
    )  # fmt: skip


def room_of(size: float, letters: int) -> int:
    """Return how many letters of a size a line has: so many, or what a shape has room for."""
    now = look()
    return int((now.width - 0.6) * 72 / (0.6 * size)) if now.width else letters


def head_table(ax: Axes, title: str, note: str) -> None:
    """Set the finding above a heat table's column heads, and its note below the table."""
    beside = ax.figure.bbox.width / ax.figure.dpi - _NAMES
    letters = max(30, int(beside * 72 / (0.66 * look().title_size)))
    ax.tick_params(top=True, labeltop=True, bottom=False, labelbottom=False)
    ax.set_title(
        wrap(title, letters) + "\n",
        loc="left", fontsize=look().title_size, fontweight="bold", color=look().text, pad=26,
    )  # fmt: skip
    ax.text(
        0, -0.02, note, transform=ax.transAxes, fontsize=look().note_size, color=look().quiet, va="top",
    )  # fmt: skip


# Charts as pictures: in pages and slides, whose own heading says the finding, and alone.


def drawn(draw: Callable[..., Axes], *, width: float, height: float) -> Figure:
    """Draw into a new figure for files, its size in inches, without pyplot.

    Pyplot would keep the figure in the user's session.
    """
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    class Laid(Figure):
        is_laid = False

        def draw(self, renderer: RendererBase) -> None:
            # Each saving draws twice, first only for the layout, which needs no drawing,
            # and a second file has the layout of the first.
            engine = self.get_layout_engine()
            if not isinstance(engine, ConstrainedLayoutEngine):
                super().draw(renderer)
            elif not self.is_laid:
                leave_out_missing(self)
                engine.execute(self)
                self.is_laid = True

    figure = Laid(figsize=(width, height), layout="constrained")
    draw(ax=figure.subplots())
    return figure


def leave_out_missing(drawn: Figure | Axes) -> None:
    """Leave out of what is written what the font lacks: an emoji would be an empty box."""
    from matplotlib.figure import FigureBase
    from matplotlib.text import Text
    from matplotlib.ticker import FixedLocator

    for text in drawn.findobj(Text):
        text.set_text(_drawable(text.get_text(), text.get_fontproperties()))
    font = Text().get_fontproperties()
    axes = drawn.axes if isinstance(drawn, FigureBase) else [drawn]
    for axis in (axis for ax in axes for axis in (ax.xaxis, ax.yaxis)):
        if not isinstance(axis.get_major_locator(), FixedLocator):
            continue
        labels = [label.get_text() for label in axis.get_ticklabels()]
        if (left := [_drawable(label, font) for label in labels]) != labels:
            axis.set_ticklabels(left)


def _drawable(said: str, properties: FontProperties) -> str:
    from matplotlib.font_manager import findfont, get_font

    if said.isascii():
        return said
    font = get_font(findfont(properties))
    kept = [sign for sign in said if sign.isspace() or font.get_char_index(ord(sign))]
    if len(kept) == len(said):
        return said
    return re.sub(r" +(?=[:,.;]|\n| )", "", "".join(kept)).strip(" ·")


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
    save_png(figure, written)
    return written.getvalue()


def save_png(figure: Figure, file: Path | IO[bytes], *, dpi: float = 200) -> None:
    """Save a figure as PNG: packed for speed, a fifth larger than it could be."""
    packed = {"compress_level": 3}
    figure.savefig(
        file, format="png", dpi=dpi, metadata={"Software": None}, pil_kwargs=packed
    )


def svg(figure: Figure) -> bytes:
    """Return a figure as SVG, with the same bytes in every run."""
    import matplotlib as mpl

    written = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "empathy_insights"}):
        figure.savefig(written, format="svg", metadata={"Date": None})
    return written.getvalue()
