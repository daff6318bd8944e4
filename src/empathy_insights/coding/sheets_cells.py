"""What one cell of a sheet holds: words that are no formula, answers, names of themes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from empathy_insights.codebook import STORY, Codebook, Theme
from empathy_insights.files.signs import for_file

ANSWERS: Mapping[str, str] = {
    "yes": "neutral",
    "need": "need",
    "asset": "asset",
    "mixed": "mixed",
}
"""What stands in a theme's cell -> the stance that it gives."""

_LONGEST = 32_000  # a cell of a spreadsheet holds 32,767
_BRACKETED = re.compile(r"\[([^\[\]]+)\]\s*$")


def shown(text: object) -> str:
    """Return words as a cell can hold them; missing words are none."""
    if not isinstance(text, str):
        return ""
    text = for_file(text)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " …"


def fold(cell: str) -> str:
    """Reduce a cell to what its answer means: case and blanks do not matter.

    Examples
    --------
    >>> fold("  Nothing   APPLIES ")
    'nothing applies'
    """
    return " ".join(cell.split()).casefold()


def folded(text: pd.Series) -> pd.Series:
    """Reduce texts to their words, to see whether two are the same."""
    return text.map(shown).astype("str").str.split().str.join(" ")


def label(theme: Theme) -> str:
    """Return what a sheet calls a theme: its name for people, its id for the reader.

    Examples
    --------
    >>> label(Theme("bus", "The bus"))
    'The bus [bus]'
    """
    return f"{theme.name} [{theme.id}]"


def bracketed(head: str) -> str | None:
    """Return the id at the end of a label, if there is one.

    Examples
    --------
    >>> bracketed("The bus [bus]"), bracketed("my thoughts")
    ('bus', None)
    """
    found = _BRACKETED.search(head)
    return found[1].strip() if found else None


def theme_names(themes: Iterable[Theme]) -> dict[str, str]:
    """Map every way to write a theme, folded, to its id; a shared name tells nothing."""
    themes = list(themes)
    names = [fold(theme.name) for theme in themes]
    found = {
        name: theme.id
        for name, theme in zip(names, themes, strict=True)
        if names.count(name) == 1
    }
    found |= {fold(label(theme)): theme.id for theme in themes}
    return found | {fold(theme.id): theme.id for theme in themes}


def codebook_rows(book: Codebook) -> list[dict[str, str]]:
    """Return the main themes as a team reads them, a row a theme."""
    return [
        {
            "theme": label(theme),
            "definition": theme.definition or theme.brief,
            "use when": _listed(theme.use_when),
            "not when": _listed(
                f"{item.text} → {item.use}" if item.use else item.text
                for item in theme.not_when
            ),
            "examples": _listed(
                item.text for item in theme.examples if item.form != STORY
            ),
            "near misses": _listed(
                " → ".join(part for part in (item.text, item.theme, item.why) if part)
                for item in theme.near_misses
            ),
            "parts": ", ".join(sub.name for sub in book.sub_themes(theme.id)),
        }
        for theme in book.main_themes
    ]


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"• {item}" for item in items)
