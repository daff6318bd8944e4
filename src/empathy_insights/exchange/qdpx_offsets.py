"""Where a selection stands: programs count line ends, marks and letters differently.

NVivo and MAXQDA on Windows count a line end as two characters, ATLAS.ti as one; some
count a byte order mark, some two for a letter beyond the first 65,536 of Unicode, and
some name the last character in place of the one behind it. The name of a selection
often is its words, so the way of counting in which most names fit is the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

_MARK = "\ufeff"
_LINE_END = re.compile(r"\r\n|\r|\n")
_TRIED = 200  # names tell enough
_TELLING = 15  # letters of a name that are words and no title
_CUT = re.compile(r"\s*(?:…|\.\.\.)$")
OUTSIDE, ELSEWHERE = "it ends outside the text", "its place does not fit its words"


@dataclass(frozen=True)
class SelectedText:
    r"""Hold a text as we keep it, and where its selections stand.

    Parameters
    ----------
    text
        The text, with `\n` at the ends of lines and without a mark.
    spans
        Start and end of each selection in it, in code points.
    wrong
        Why a selection fits nowhere; empty where it does.
    is_sure
        Whether there was one way to count only, or names said which is right.
    """

    text: str
    spans: list[tuple[int, int]]
    wrong: list[str]
    is_sure: bool


def find_selections(
    raw: str, spans: Sequence[tuple[int, int]], names: Sequence[str]
) -> SelectedText:
    r"""Find the selections of a text in the way of counting that fits their names.

    Examples
    --------
    >>> found = find_selections("Bus\r\nlate", [(5, 9)], ["late"])
    >>> found.spans, found.text[4:8]
    ([(4, 8)], 'late')
    """
    text = _LINE_END.sub("\n", raw.removeprefix(_MARK))
    given = np.array(spans, dtype=np.int64).reshape(-1, 2)
    named = [n for n, name in enumerate(names) if name.strip()][:_TRIED]
    ways = list(_ways(raw, text))
    tried = [
        sum(
            _fits(names[n], text, *_placed(given[n : n + 1], edges, more)[0])
            for n in named
        )
        for edges, more in ways
    ]
    best = int(np.argmax(tried))
    found = _placed(given, *ways[best])
    places = [(int(start), int(end)) for start, end in found]
    wrong = list(_wrong(text, places, names))
    exclusive = [edges for edges, more in ways if not more]
    is_sure = len(exclusive) == 1 or not len(given) or tried[best] > 0
    return SelectedText(text, places, wrong, is_sure)


def _ways(raw: str, text: str) -> Iterator[tuple[np.ndarray, int]]:
    """Yield where each character begins by each way to count, and what ends lack."""
    letters = np.frombuffer(text.encode("utf-32-le", "replace"), dtype="<u4")
    is_end, is_wide = letters == ord("\n"), letters > 0xFFFF
    ends = np.ones(len(letters), dtype=np.int64)
    written = np.array([len(one[0]) for one in _LINE_END.finditer(raw)], dtype=np.int64)
    ends[is_end] = written
    lines = (ends, np.ones_like(ends), np.where(is_end, 2, 1))
    marks = (0, 1) if raw.startswith(_MARK) else (0,)
    seen: set[bytes] = set()
    for more, mark, wide, widths in product((0, 1), marks, (1, 2), lines):
        edges = np.concatenate([[0], np.cumsum(np.where(is_wide, wide, widths))]) + mark
        if (key := edges.tobytes() + bytes([more])) not in seen:
            seen.add(key)
            yield edges, more


def _placed(given: np.ndarray, edges: np.ndarray, more: int) -> np.ndarray:
    """Return spans in code points; what lies outside has an end of -1."""
    asked = given + np.array([0, more])
    found: np.ndarray = np.searchsorted(edges, asked)
    is_out = (asked[:, 1] > edges[-1]) | (asked[:, 0] < 0) | (asked[:, 1] < asked[:, 0])
    found[is_out] = (0, -1)
    return found


def _fits(name: str, text: str, start: int, end: int) -> int:
    """Return how well a name is the words of a selection, or their beginning.

    1 if a space more stands before or behind them: one character beside is no fit, where
    another way to count gives the words themselves, which is 2.
    """
    core = _plain(_CUT.sub("", name))
    words = text[start:end] if end >= 0 else ""
    said = _plain(words)
    is_cut = bool(_CUT.search(name)) or len(core) >= _TELLING
    if not core or not (said == core or (is_cut and said.startswith(core))):
        return 0
    return 2 if words == words.strip() or name != name.strip() else 1


def _plain(text: str) -> str:
    return " ".join(text.split())


def _wrong(
    text: str, places: Sequence[tuple[int, int]], names: Sequence[str]
) -> Iterator[str]:
    """Yield why each selection fits nowhere, or nothing."""
    plain, asked = "", 0
    for (start, end), name in zip(places, names, strict=True):
        core = _plain(_CUT.sub("", name))
        if end < 0:
            yield OUTSIDE
        elif len(core) < _TELLING or asked >= _TRIED or _fits(name, text, start, end):
            yield ""
        else:
            plain, asked = plain or _plain(text), asked + 1
            # A name that is nowhere in the text is a title, and says nothing.
            yield ELSEWHERE if core in plain else ""
