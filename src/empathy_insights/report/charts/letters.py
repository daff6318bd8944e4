"""How much room words take on a page, so that nothing runs out of its box."""

from __future__ import annotations

import textwrap
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

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


def text_width(text: str, *, size: float) -> float:
    """Return the inches of a text on one line.

    Examples
    --------
    >>> round(text_width("How might we?", size=18), 1)
    1.9
    """
    return _width(text) * size / _POINTS / _DRAWN


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
