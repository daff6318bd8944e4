"""The codebook's own texts: what a theme is called, means, and sounds like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.tables import NO_THEME

_SENTENCE = re.compile(r"(?<=[.;:])\s+|\n")
_FEWEST_WORDS = 3


class Reference(NamedTuple):
    """A text of the codebook and the theme that it belongs to.

    `theme` is missing for a text that belongs to no theme; `owner` is the theme in
    whose entry the text stands, or `no_theme`.
    """

    theme: str | None
    kind: str
    number: int
    text: str
    owner: str


def references(codebook: Codebook) -> list[Reference]:
    """Return names, definitions (whole and by sentence), examples and near misses.

    Sub-themes lend theirs to their parents; a text that a theme says twice counts once.

    Examples
    --------
    >>> book = Codebook("b", "B", themes=(Theme("bus", "Bus", definition="Bus"),))
    >>> [(item.kind, item.text) for item in references(book)]
    [('name', 'Bus')]
    """
    found: dict[tuple[str | None, str], Reference] = {}
    for theme in codebook.main_themes:
        for member in (theme, *codebook.sub_themes(theme.id)):
            for item in _of_theme(member, theme.id, codebook):
                found.setdefault((item.theme, item.text.lower()), item)
    for n, told in enumerate(codebook.no_theme, 1):
        item = Reference(None, "no theme", n, told.text, NO_THEME)
        found.setdefault((None, item.text.lower()), item)
    return list(found.values())


def _of_theme(member: Theme, owner: str, codebook: Codebook) -> Iterator[Reference]:
    parts = _SENTENCE.split(member.definition)
    meaning = [("name", member.name), ("definition", member.definition)]
    meaning += [("definition", part) for part in parts if _says_something(part)]
    for kind, text in meaning:
        if text.strip():
            yield Reference(owner, kind, 1, text.strip(), owner)
    for n, example in enumerate(member.examples, 1):
        if example.text.strip():
            yield Reference(owner, "example", n, example.text, owner)
    for n, miss in enumerate(member.near_misses, 1):
        theme = _main(miss.theme)  # which may be gone, or never was in the codebook
        belongs_to = theme if theme in codebook else None
        yield Reference(belongs_to, "near miss", n, miss.text, owner)


def _says_something(part: str) -> bool:
    """Return whether this is a sentence, and not the rest of one: "etc.", "NB:", "gender)."."""
    return len(part.split()) >= _FEWEST_WORDS


def _main(theme: str | None) -> str | None:
    return theme.split(".")[0] if theme else None
