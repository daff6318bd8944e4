"""Empathy maps: what somebody says, thinks, does and feels, in four quadrants."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = (
    r"(?:(?:what )?(?:do(?:es)? )?(?:they|s?he|the (?:student|user|person|parent|teacher)) )?"
    r"(?P<{}>says?|said|thinks?|does|do|feels?|hears?|sees?|dice|piensa|hace|siente|oye|ve)"
    r"(?:(?:,? (?:and|&|y) | ?[/&+] ?)(?:says?|thinks?|does|do|feels?|hears?|sees?|dice|piensa|hace|siente))?"
)
QUADRANT = re.compile(
    rf"^[ \t]*(?:#{{1,6}}[ \t]+)?[*_]{{0,3}}{_WORD.format('alone')}[*_]{{0,3}}[ \t]*[:?]?[*_]{{0,3}}[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
# `Says: The bus is late.`
INLINE = (
    r"[*_]{0,3}(?:says|thinks|does|feels|hears|sees)[*_]{0,3}:[*_]{0,3}[ \t]+(?=\S)"
)
_INLINE = re.compile(
    r"^[ \t]*(?:[-*•][ \t]+)?[*_]{0,3}(?P<word>says|thinks|does|feels|hears|sees)[*_]{0,3}:",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST = 3  # of four quadrants


def quadrant_lines(text: str) -> set[int]:
    r"""Return where lines begin that are heads of quadrants and nothing else, in a map.

    Examples
    --------
    >>> sorted(quadrant_lines("SAYS\nIt is late.\nTHINKS\nWhy me?\nFEELS\nTired.\n"))
    [0, 17, 32]
    >>> quadrant_lines("Says\nIt is late.\n")
    set()
    """
    found = list(QUADRANT.finditer(text))
    words = {_kind(match["alone"]) for match in found}
    return {match.start() for match in found} if len(words) >= _FEWEST else set()


def is_map(text: str) -> bool:
    r"""Return whether a text is an empathy map, with heads of quadrants or words before a colon.

    Examples
    --------
    >>> is_map("Says: It is late.\nThinks: Why me?\nFeels: Tired.\n"), is_map("Ana: It is late.")
    (True, False)
    """
    words = {_kind(match["word"]) for match in _INLINE.finditer(text)}
    return len(words) >= _FEWEST or bool(quadrant_lines(text))


def map_lines(rows: Sequence[Sequence[str]]) -> list[str]:
    r"""Return the lines of a map that was drawn as a table, cell by cell; none of another table.

    Examples
    --------
    >>> map_lines([("Says\nIt is late.", "Thinks\nWhy me?"), ("Does\nWalks.", "Feels\nTired.")])
    ['Says', 'It is late.', 'Thinks', 'Why me?', 'Does', 'Walks.', 'Feels', 'Tired.']
    >>> map_lines([("Says", "Thinks", "Feels"), ("It is late.", "Why me?", "Tired.")])
    ['Says', 'It is late.', 'Thinks', 'Why me?', 'Feels', 'Tired.']
    """
    by_cell = [cell for row in rows for cell in row if cell.strip()]
    by_column = [
        "\n".join(cell for cell in column if cell.strip())
        for column in zip(*rows, strict=False)
    ]
    for cells in (by_cell, by_column):
        heads = [cell.strip().partition("\n")[0] for cell in cells]
        found = [match for head in heads if (match := QUADRANT.fullmatch(head))]
        words = {_kind(match["alone"]) for match in found}
        are_filled = all("\n" in cell.strip() for cell in cells)
        if len(words) >= _FEWEST and len(found) == len(cells) and are_filled:
            return [line for cell in cells for line in cell.strip().split("\n")]
    return []


def _kind(word: str) -> str:
    return word.casefold().rstrip("s").replace("said", "say").replace("doe", "do")
