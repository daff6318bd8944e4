"""Words of a text, with what stands between them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from empathy_insights.identities._pseudonyms import PSEUDONYM
from empathy_insights.identities._vocabulary import folded

_LETTER = r"[^\W\d_][\u0300-\u036f]*"
_WORD = re.compile(
    rf"{PSEUDONYM.pattern}|(?P<word>(?:{_LETTER})+(?:['’](?:{_LETTER})+)*)"
)
_SENTENCE_END = re.compile(r"[.!?:;\n\r\"“”>|*#•\t]|- |–|—|\A\Z")
_POSSESSIVE = ("'s", "'S")


class Token(NamedTuple):
    """A word: folded, without a possessive 's, and the characters before it.

    `low` is the word in lower case: names are compared by it.
    """

    word: str
    start: int
    end: int
    gap: str
    is_possessive: bool
    starts_sentence: bool
    low: str

    @property
    def is_capitalised(self) -> bool:
        """Say whether the word starts with a capital."""
        return self.word[:1].isupper()

    @property
    def is_titled(self) -> bool:
        """Say whether the word is written as names are: a capital, then small letters."""
        return self.word[:1].isupper() and any(map(str.islower, self.word[1:]))


def tokens_of(text: str) -> list[Token]:
    """Return the words of a text in their order."""
    tokens: list[Token] = []
    before = 0
    was_short = False
    for match in _WORD.finditer(text):
        if match["word"] is None:  # a pseudonym is part of the gap between words
            continue
        word, low, is_possessive = _read(match["word"])
        end = match.end() - 2 if is_possessive else match.end()
        gap = text[before : match.start()]
        starts = not tokens or _starts_sentence(gap, after_abbreviation=was_short)
        tokens.append(Token(word, match.start(), end, gap, is_possessive, starts, low))
        before = match.end()
        was_short = len(word) == 1 or word in _ABBREVIATIONS
    return tokens


@lru_cache(maxsize=65536)
def _read(written: str) -> tuple[str, str, bool]:
    """Return a word without accents and possessive 's, in small letters, and whether."""
    word = folded(written)
    is_possessive = word.endswith(_POSSESSIVE)
    word = word[:-2] if is_possessive else word
    return word, word.lower(), is_possessive


def _starts_sentence(gap: str, *, after_abbreviation: bool) -> bool:
    if gap in (" ", ", ", "-", " ("):
        return False
    if after_abbreviation and gap in (". ", "."):
        return False
    return _SENTENCE_END.search(gap) is not None


_ABBREVIATIONS = frozenset(
    ("Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Sra", "Sr", "Srta", "Fr", "Jr", "St", "Ave",
     "Rev", "Mt", "Ft", "Mme")
)  # fmt: skip
