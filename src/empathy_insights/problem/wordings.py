"""The words of wordings: of a statement, and of what a codebook says of its themes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

import pandas as pd

from empathy_insights.tables import Frames, Remember
from empathy_insights.text.tokens import Token, tokenize

# A run asks for the same few texts as the one before, and what cuts them takes a second
# to load.

_STAGE = "wordings"


class _Words(NamedTuple):
    """Hold the words of a text, and the places among them of stop words."""

    tokens: list[Token]
    stops: set[int]


class _Wordings:
    """Hold what is known of an earlier run, and what is asked for in this one."""

    def __init__(self, kept: Frames | None) -> None:
        self.known: dict[str, _Words] = {}
        self.asked: dict[str, _Words] = {}
        for rows in (kept or {}).values():
            for text, is_stop, forms, *places in rows.itertuples(index=False):
                words = self.known.setdefault(text, _Words([], set()))
                if is_stop:
                    words.stops.add(len(words.tokens))
                words.tokens.append(Token(frozenset(forms), *places))

    @property
    def is_new(self) -> bool:
        """Return whether something was asked for that was not known."""
        return any(
            t not in self.known for t, words in self.asked.items() if words.tokens
        )

    def frames(self) -> Frames:
        """Return what was asked for, a row a word."""
        rows = [
            (text, at in words.stops, sorted(token.forms), *token[1:])
            for text, words in self.asked.items()
            for at, token in enumerate(words.tokens)
        ]
        columns = ["text", "is_stop", *Token._fields]
        return {"words": pd.DataFrame(rows, columns=columns)}


_in_use: ContextVar[_Wordings | None] = ContextVar("wordings_in_use", default=None)


@contextmanager
def wordings_remembered(remembered: Remember) -> Iterator[None]:
    """Know the words of wordings from an earlier run, and keep those of this one."""
    wordings = _Wordings(remembered.known(_STAGE, []))
    token = _in_use.set(wordings)
    try:
        yield
    finally:
        _in_use.reset(token)
    if wordings.is_new:
        remembered.keep(_STAGE, [], wordings.frames())


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


def _read(text: str) -> _Words:
    wordings = _in_use.get() or _Wordings(None)
    if text not in wordings.asked:
        wordings.asked[text] = wordings.known.get(text) or _words(text)
    return wordings.asked[text]


def _words(text: str) -> _Words:
    if not text:
        return _Words([], set())
    from spacy.lang.en.stop_words import STOP_WORDS

    [tokens] = tokenize([text])
    said = [text[token.start : token.end].lower() for token in tokens]
    return _Words(
        tokens,
        {
            at
            for at, word in enumerate(said)
            if word in STOP_WORDS or not any(map(str.isalnum, word))
        },
    )
