"""The words of wordings: of a statement, and of what a codebook says of its themes."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from empathy_insights.text.tokens import Token, tokenize
from empathy_insights.text_memory import of_each

# A run asks for the same few texts as the one before, and what cuts them takes a second
# to load.


class _Words(NamedTuple):
    """Hold the words of a text, and the places among them of stop words."""

    tokens: list[Token]
    stops: set[int]


def words_of(text: str) -> list[Token]:
    """Return the words of one text, in the forms under which they may be looked up."""
    return _read(text).tokens


def stops_in(text: str) -> set[int]:
    """Return which words of a text say nothing alone: spaCy's stop words, and signs.

    Examples
    --------
    >>> sorted(stops_in("How might we get there?"))
    [0, 1, 2, 3, 4, 5]
    """
    return _read(text).stops


@lru_cache(maxsize=4096)
def _read(text: str) -> _Words:
    if not text:
        return _Words([], set())
    [(words, stops)] = of_each(["wording"], [text], lambda _: [_told(text)])
    tokens = [Token(frozenset(forms), *place) for forms, *place in words]
    return _Words(tokens, set(stops))


def _told(text: str) -> tuple[list[tuple[list[str], int, int, int]], list[int]]:
    from spacy.lang.en.stop_words import STOP_WORDS

    [tokens] = tokenize([text])
    said = [text[token.start : token.end].lower() for token in tokens]
    words = [(sorted(t.forms), t.start, t.end, t.sentence) for t in tokens]
    return words, [
        at
        for at, word in enumerate(said)
        if word in STOP_WORDS or not any(map(str.isalnum, word))
    ]
