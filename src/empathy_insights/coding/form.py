"""The form of what is said: a question, an address, a laugh, another language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SIGNS = (
    re.compile(r"\?"),
    re.compile(r"!"),
    re.compile(r"@\w"),
    re.compile(r"\d"),
    re.compile(r"\d:\d\d"),
    re.compile(
        r"\b(?:lol|lmao|rofl|(?:ha){2,})\b|[😂🤣😁😆😄😅]|[:;]-?[)D]", re.IGNORECASE
    ),
)
_FEW_WORDS = 3


def form_columns(texts: Sequence[str], *, language: str = "en") -> np.ndarray:
    """Return 0 or 1 for eight signs: a row a text.

    The signs are a question mark, an exclamation mark, an `@name`, a digit, a time, a
    laugh, three words or fewer, and mostly words that are not in the codebook's
    language.

    Examples
    --------
    >>> form_columns(["Why? At 10:30!", "Muchas gracias por este video."]).astype(int)
    array([[1, 1, 0, 1, 1, 0, 1, 0],
           [0, 0, 0, 0, 0, 0, 0, 1]])
    """
    return np.array([_signs(text, language) for text in texts], dtype=float).reshape(
        len(texts), len(_SIGNS) + 2
    )


def _signs(text: str, language: str) -> list[bool]:
    words = _WORD.findall(text.lower())
    known = sum(_is_known(word, language) for word in words)
    return [
        *(bool(sign.search(text)) for sign in _SIGNS),
        len(words) <= _FEW_WORDS,
        2 * known < len(words),
    ]


@cache
def _is_known(word: str, language: str) -> bool:
    """Say whether a dictionary of the language has the word; without one, it has."""
    from simplemma import is_known

    try:
        return bool(is_known(word, lang=language))
    except ValueError:
        return True
