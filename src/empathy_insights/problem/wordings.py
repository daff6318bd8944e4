"""The words of wordings: of a statement, and of what a codebook says of its themes."""

from __future__ import annotations

import json
from functools import lru_cache

from empathy_insights.text.tokens import Token, tokenize
from empathy_insights.text_memory import made_once


@lru_cache(maxsize=4096)
def words_of(text: str) -> list[Token]:
    """Return the words of one text, in the forms under which they may be looked up."""
    if not text:  # to cut it takes a second to load
        return []
    [tokens] = tokenize([text])
    return tokens


@lru_cache(maxsize=4096)
def stops_in(text: str) -> set[int]:
    """Return which words of a text say nothing alone: spaCy's stop words, and signs.

    Examples
    --------
    >>> sorted(stops_in("How might we get there?"))
    [0, 1, 2, 3, 4, 5]
    """
    said = [text[token.start : token.end].lower() for token in words_of(text)]
    stop_words = frozenset(json.loads(made_once(["stop words"], _stop_words)))
    return {
        at
        for at, word in enumerate(said)
        if word in stop_words or not any(map(str.isalnum, word))
    }


def _stop_words() -> bytes:
    from spacy.lang.en.stop_words import STOP_WORDS

    return json.dumps(sorted(STOP_WORDS)).encode()
