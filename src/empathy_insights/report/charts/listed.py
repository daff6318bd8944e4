"""A chart as a list, for posts and phones: a name, its bar and its number, row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from empathy_insights.report.charts.letters import (
    drawable,
    lines_of,
    text_height,
    text_width,
)
from empathy_insights.report.charts.style import BOLD, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


_EDGE = 0.14  # inches around a list
_TALLEST = 16.0  # on a phone, about two screens
_AFTER_TITLE, _AFTER_BLOCK, _AFTER_LINE = 0.17, 0.16, 0.07
_BAR = 0.17
_ROOMY = 6.0  # inches, from which a name, a bar and a number have room in a row
_NUMBERS = 0.62  # of the width, that a number may take beside a name


class ListedBar(NamedTuple):
    """One bar and its number.

    Parameters
    ----------
    said
        The number in words.
    sure, most
        To where the bar is solid, and to where it may reach: 0 to 1.
    is_hidden
        Whether the number is not told.
    """

    name: str
    said: str
    sure: float = 0.0
    most: float = 0.0
    is_hidden: bool = False


class NamedBars(NamedTuple):
    """A name with its lines, and what was said about it."""

    name: str
    lines: Sequence[ListedBar]
    words: Sequence[str] = ()


class Listing(NamedTuple):
    """All that a list says: the finding, how to read it, and its blocks."""

    finding: str
    note: str
    blocks: Sequence[NamedBars]


class PlacedWords(NamedTuple):
    """A text at a place, in inches from the top left."""

    left: float
    top: float
    text: str
    size: float
    is_bold: bool = False


class PlacedBar(NamedTuple):
    """A bar at a place, in inches from the top left, and how long a whole one is."""

    top: float
    line: ListedBar
    left: float = 0.0
    width: float = 0.0


def plot_list(
    listing: Listing,
    *,
    title: str | None = None,
    ax: Axes | None = None,
    figure: Callable[..., Figure] | None = None,
) -> Axes:
    """Draw a list: as high as its rows, or as many rows as the shape has room for.

    Parameters
    ----------
    figure
        Makes a figure of a size; by default pyplot, which keeps it in the session.
    """
    now = look()
    width = now.width - 2 * _EDGE if ax is None else ax.bbox.width / ax.figure.dpi
    said = lines_of(title or listing.finding, size=now.title_size * BOLD, width=width)
    head = len(said) * now.title_size * 1.25 / 72 + _AFTER_TITLE
    room = (now.height or _TALLEST) - head - 2 * _EDGE
    placed, high = _laid(listing, width, room)
    ax = ax or _new_axes(head, high, figure)
    ax.set_xlim(0, width)
    ax.set_ylim(max(high, ax.bbox.height / ax.figure.dpi), 0)
    ax.set_axis_off()
    ax.set_title(
        "\n".join(said), loc="left", fontsize=now.title_size, fontweight="bold",
        color=now.text, pad=72 * _AFTER_TITLE, linespacing=1.2,
    )  # fmt: skip
    for one in placed:
        if isinstance(one, PlacedBar):
            _draw_bar(ax, one)
        else:
            _write(ax, one, is_note=one is placed[-1])
    return ax


def _new_axes(head: float, high: float, make: Callable[..., Figure] | None) -> Axes:
    now = look()
    height = now.height or head + high + 2 * _EDGE
    if make is None:
        from matplotlib import pyplot as plt

        make = plt.figure
    figure = make(figsize=(now.width, height))
    inside = height - head - 2 * _EDGE
    across = 1 - 2 * _EDGE / now.width
    return figure.add_axes((_EDGE / now.width, _EDGE / height, across, inside / height))


def _laid(
    listing: Listing, width: float, room: float
) -> tuple[list[PlacedWords | PlacedBar], float]:
    """Return what stands where, and how high it is: the rows that have room."""
    for some in range(len(listing.blocks), 0, -1):
        placed, high = _set(listing, some, width)
        if high <= room:
            return placed, high
    return _set(listing, min(1, len(listing.blocks)), width)


def _set(
    listing: Listing, some: int, width: float
) -> tuple[list[PlacedWords | PlacedBar], float]:
    placed: list[PlacedWords | PlacedBar] = []
    top = 0.0
    for block in listing.blocks[:some]:
        for one, high in _pieces(block, width):
            placed.append(one._replace(top=top + one.top))
            top += high
        top += _AFTER_BLOCK
    n = len(listing.blocks)
    rest = f"; the first {some} of {n}" if some < n else ""
    note = "\n".join(
        lines_of(f"{listing.note}{rest}", size=look().note_size, width=width)
    )
    placed.append(PlacedWords(0.0, top, note, look().note_size))
    return placed, top + _height(note, look().note_size, width)


def _pieces(
    block: NamedBars, width: float
) -> Iterator[tuple[PlacedWords | PlacedBar, float]]:
    """Return what a block is made of, each with how far it moves what follows."""
    label, note = look().label_size, look().note_size
    is_one = len(block.lines) == 1 and not block.lines[0].name
    if not is_one:
        yield from _text(block.name, label, width, is_bold=True)
    for line in block.lines:
        if not is_one and width > _ROOMY:
            yield from _in_a_row(line, width)
            continue
        name, bold = (block.name, True) if is_one else (line.name, False)
        yield from _named(name, line.said, width, is_bold=bold)
        yield PlacedBar(0.0, line, 0.0, width), _BAR + _AFTER_LINE
    texts = (_text(drawable(words), note, width) for words in block.words if words)
    for one, high in chain.from_iterable(texts):
        yield one, high + _AFTER_LINE


def _in_a_row(
    line: ListedBar, width: float
) -> Iterator[tuple[PlacedWords | PlacedBar, float]]:
    """Return a name, its bar and its number beside each other."""
    size, left = look().note_size, 0.32 * width
    name = "\n".join(lines_of(line.name, size=size, width=left - 0.1))
    long = 0.36 * width
    said = "\n".join(lines_of(line.said, size=size, width=width - left - long - 0.1))
    yield PlacedWords(0.0, 0.0, name, size), 0.0
    yield PlacedWords(left + long + 0.1, 0.0, said, size), 0.0
    yield (
        PlacedBar(0.01, line, left, long),
        max(_height(name, size, width), _height(said, size, width)) + 0.03,
    )


def _named(
    name: str, said: str, width: float, *, is_bold: bool
) -> Iterator[tuple[PlacedWords | PlacedBar, float]]:
    """Return a name with its number on the right, or below it where there is no room."""
    size = look().label_size if is_bold else look().note_size
    number = look().note_size
    taken = min(text_width(said, size=number), _NUMBERS * width)
    beside = width - taken - 0.1
    wide = size * (BOLD if is_bold else 1)
    has_room = taken < _NUMBERS * width and (
        len(lines_of(name, size=wide, width=beside))
        == len(lines_of(name, size=wide, width=width))
    )
    if has_room:
        yield PlacedWords(width - taken, _lowered(size, number), said, number), 0.0
        yield from _text(name, size, beside, is_bold=is_bold)
    else:
        yield from _text(name, size, width, is_bold=is_bold)
        yield from _text(said, number, width)


def _lowered(size: float, number: float) -> float:
    """Return how far the smaller letters go down to stand on the line of the larger."""
    return max(0.0, (size - number) / 72)


def _text(
    text: str, size: float, width: float, *, is_bold: bool = False
) -> Iterator[tuple[PlacedWords, float]]:
    wide = size * (BOLD if is_bold else 1)
    said = "\n".join(lines_of(text, size=wide, width=width))
    yield PlacedWords(0.0, 0.0, said, size, is_bold), _height(said, size, width)


def _height(text: str, size: float, width: float) -> float:
    return text_height(text, size=size, width=2 * width) + 0.03


def _write(ax: Axes, one: PlacedWords, *, is_note: bool) -> None:
    ax.text(
        one.left, one.top, one.text, fontsize=one.size, va="top", linespacing=1.2,
        fontweight="bold" if one.is_bold else "normal", parse_math=False,
        color=look().quiet if is_note else look().text,
    )  # fmt: skip


def _draw_bar(ax: Axes, one: PlacedBar) -> None:
    now, line = look(), one.line
    draw = partial(ax.barh, left=one.left, height=_BAR)
    width = one.width
    middle = one.top + _BAR / 2
    draw(middle, width, color=now.track)
    if line.is_hidden and line.most:
        draw(
            middle, width * line.most, color=now.ground, edgecolor=now.quiet,
            hatch="////", linewidth=0.8,
        )  # fmt: skip
    elif line.most > line.sure:
        draw(middle, width * line.most, color=now.pale)
    draw(middle, width * line.sure, color=now.hue)
