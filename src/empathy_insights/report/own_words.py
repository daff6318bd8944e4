"""What results say whoever was heard: sentences of shipped codebooks and of the pages.

A student called English is not meant by "Language services for learning English".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from empathy_insights.codebook import STORY, Theme
from empathy_insights.codebook_file import load_codebook
from empathy_insights.codebook_yaml import SHIPPED

_TEMPLATES = Path(__file__).parent / "templates"
_NOT_SAID = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|<[^<>]*>|\n", re.DOTALL)
_LEAST = 2  # words, since a name alone may be somebody's


def is_own(text: str, start: int, end: int) -> bool:
    """Return whether these characters stand in a sentence that we wrote, not people.

    Examples
    --------
    >>> text = "High expectations and rigor, said High."
    >>> is_own(text, 0, 4), is_own(text, 34, 38)
    (True, False)
    """
    return 0 <= start < end and any(
        start >= at and text.startswith(phrase, start - at)
        for phrase, at in _phrases_with(text[start:end])
    )


@cache
def _phrases_with(words: str) -> list[tuple[str, int]]:
    """Return the phrases that hold some words, and where."""
    return [
        (phrase, match.start())
        for phrase in _phrases()
        for match in re.finditer(re.escape(words), phrase)
    ]


@cache
def _phrases() -> frozenset[str]:
    books = [load_codebook(name) for name in SHIPPED]
    said = [one for book in books for theme in book.themes for one in _of(theme)]
    pages = [page.read_text("utf-8") for page in _TEMPLATES.rglob("*.j2")]
    said += [one.strip() for page in pages for one in _NOT_SAID.split(page)]
    return frozenset(one for one in said if len(one.split()) >= _LEAST)


def _of(theme: Theme) -> Iterator[str]:
    yield from (theme.name, theme.brief, theme.definition, *theme.use_when)
    yield from (edge.text for edge in theme.not_when)
    yield from (text for miss in theme.near_misses for text in (miss.text, miss.why))
    yield from (one.text for one in theme.examples if one.form != STORY)
