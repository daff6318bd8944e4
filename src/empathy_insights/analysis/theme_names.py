"""Which themes a table counts, and what people call them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from empathy_insights.codebook import Codebook

Level = Literal["main", "sub", "all"]


def theme_names(
    raised: Iterable[str], codebook: Codebook | None, level: Level
) -> dict[str, str]:
    """Return theme -> its name: of the codebook, or of what was raised, by name.

    Examples
    --------
    >>> theme_names(["bus_ride", "bus_ride.late"], None, "main")
    {'bus_ride': 'Bus ride'}
    """
    if codebook is None:
        names = {
            name: name.replace("_", " ").capitalize() for name in sorted(set(raised))
        }
    else:
        names = {theme.id: theme.name for theme in codebook}
    return {
        theme: name
        for theme, name in names.items()
        if level == "all" or ("." in theme) == (level == "sub")
    }
