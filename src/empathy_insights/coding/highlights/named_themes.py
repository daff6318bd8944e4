"""Codes, as people call them, and the themes of a codebook that they are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache

from empathy_insights.codebook import Codebook
from empathy_insights.errors import OptionError
from empathy_insights.files.table import plain_word
from empathy_insights.tables import NO_THEME

_STEP = re.compile(r" *(?:>|\\+|/|::|: |(?<=\w)\.(?=\w)) *")
_BETWEEN = re.compile(r"[\n;|]+")

Named = Callable[[str], str | None]


def theme_finder(codebook: Codebook, themes: Mapping[str, str] | None = None) -> Named:
    r"""Return what says which theme a code is: None where that is not certain.

    A code is a theme by its id, its name, or its path: "Parent > Child", "Parent\Child",
    "Parent/Child", "Parent: Child". Folders above a theme do not matter.

    Parameters
    ----------
    themes
        What others call a theme -> its id or name here; an empty text leaves it out.

    Raises
    ------
    OptionError
        `themes` names a theme that the codebook does not have.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> book = ei.load_codebook("empathy_core")
    >>> named = theme_finder(book, {"Laptops": "tech_support"})
    >>> [named(code) for code in ("Tech > Laptops", "Student Ownership", "Cats")]
    ['tech_support', 'student_ownership', None]
    """
    names = _names(codebook)
    given = {plain_word(code): theme for code, theme in (themes or {}).items()}
    wrong = [
        one for one in given.values() if one and _one(names, plain_word(one)) is None
    ]
    if wrong:
        raise OptionError(
            f"themes: the codebook {codebook.id!r} has no theme {wrong[0]!r}; write its id"
        )

    @cache
    def find(code: str) -> str | None:
        for said in (plain_word(code), plain_word(_STEP.split(code.strip())[-1])):
            if said in given:
                return _one(names, plain_word(given[said])) if given[said] else ""
        return _one(names, plain_word(code)) or _by_path(code, names, codebook)

    return find


def _names(codebook: Codebook) -> dict[str, set[str]]:
    """Return the themes that each id and name may stand for."""
    found: dict[str, set[str]] = defaultdict(set)
    found[NO_THEME].add(NO_THEME)
    for theme in codebook:
        found[plain_word(theme.name)].add(theme.id)
    ids = {plain_word(theme.id): {theme.id} for theme in codebook}
    return {**found, **ids}


def _one(names: Mapping[str, set[str]], said: str) -> str | None:
    found = names.get(said, set())
    return next(iter(found)) if len(found) == 1 else None


def _by_path(
    code: str, names: Mapping[str, set[str]], codebook: Codebook
) -> str | None:
    """Return the theme at the end of a path, if all that stands above it fits."""
    steps = [plain_word(step) for step in _STEP.split(code.strip()) if step.strip()]
    if len(steps) < 2:
        return None
    *above, last = steps
    parents = {theme for step in above for theme in names.get(step, ())}
    if not parents:
        return _one(names, last)  # folders
    inside = {
        one
        for one in names.get(last, ())
        if one in codebook and codebook[one].parent in parents
    }
    return next(iter(inside)) if len(inside) == 1 else None


def codes_in(cell: str, find: Named) -> list[str]:
    """Return the codes that a cell names: between line breaks, semicolons, bars or commas.

    A comma is part of a name where the codebook has such a name.

    Examples
    --------
    >>> known = {"Bus": "bus", "Time, space": "time"}
    >>> codes_in("Bus; Time, space", known.get), codes_in("Cats, Bus", known.get)
    (['Bus', 'Time, space'], ['Cats', 'Bus'])
    """
    found = []
    for code in [cell] if find(cell) is not None else _BETWEEN.split(cell):
        parts = [part.strip() for part in code.split(",")]
        is_list = find(code.strip()) is None and any(
            find(part) is not None for part in parts
        )
        found += parts if is_list else [code.strip()]
    return [code for code in dict.fromkeys(found) if code]
