"""Which themes a table of codes answers: one that it cannot know of is open, never a no."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import cache

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.sheets.filled import fold, theme_names
from empathy_insights.tables import rows_of

_ALIKE = 0.75  # two words of which one is misspelt

Codes = Collection[str]


def with_asked(
    rows: pd.DataFrame,
    codebook: Codebook,
    strange: Mapping[str, Codes],
    unclear: Mapping[tuple[str, str], Codes],
) -> pd.DataFrame:
    """Say in `asked` what each passage answers, where that is not every theme.

    Parameters
    ----------
    rows
        What was understood: `segment_id`, `coder`, `theme`, and perhaps `asked`. A row
        that answers nothing is left out.
    strange
        Coder -> the codes of theirs that are no theme of the codebook.
    unclear
        Passage and coder -> those of them that are there, and that nobody renames.
    """
    mains = [theme.id for theme in codebook.main_themes]
    nearest = nearest_theme(codebook)
    named: dict[str, set[str]] = defaultdict(set)
    here: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, coder, theme in rows_of(rows, ["segment_id", "coder", "theme"]):
        named[coder].add(_main(theme))
        here[one, coder].add(_main(theme))
    asked = {
        coder: _asked_of(mains, themes, set(map(nearest, strange.get(coder, ()))))
        for coder, themes in named.items()
    }

    def answered(one: str, coder: str, own: str) -> Sequence[str]:
        given = own.split(";") if own else asked[coder]
        meant = set(map(nearest, unclear.get((one, coder), ())))
        return [it for it in given if it in here[one, coder] or it not in meant]

    told = rows.assign(asked=rows["asked"].fillna("") if "asked" in rows else "")
    found = [answered(*row) for row in rows_of(told, ["segment_id", "coder", "asked"])]
    if all(len(one) == len(mains) for one in found):
        return rows
    words = ["" if len(one) == len(mains) else ";".join(one) for one in found]
    answers = pd.Series(words, index=rows.index, dtype="str")
    return rows.assign(asked=answers)[list(map(bool, found))]


def _asked_of(mains: Sequence[str], named: Codes, meant: Codes) -> list[str]:
    """Return the main themes that somebody thought of who named these.

    A code that is nearly the name of a theme is misspelt (`meant`). Of any other, the
    codebook was another one, and what it had is what they named.
    """
    if "" in meant:
        return [theme for theme in mains if theme in named]
    return [theme for theme in mains if theme in named or theme not in meant]


def nearest_theme(codebook: Codebook) -> Callable[[str], str]:
    """Return what says which main theme a misspelt code is; nothing where it is like none."""
    names = theme_names(codebook)

    def nearest(code: str) -> str:
        near = get_close_matches(fold(code), names, n=1, cutoff=_ALIKE)
        return _main(names[near[0]]) if near else ""

    return cache(nearest)


def never_asked(rows: pd.DataFrame, codebook: Codebook) -> int:
    """Return how many main themes are open in all that a table says."""
    if "asked" not in rows or (rows["asked"] == "").any():
        return 0
    told = {theme for one in rows["asked"] for theme in one.split(";")}
    return sum(theme.id not in told for theme in codebook.main_themes)


def _main(theme: str) -> str:
    return theme.split(".", maxsplit=1)[0]
