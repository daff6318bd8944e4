"""What must stay as it is: pseudonyms, allowed phrases, and what the user keeps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from empathy_insights.identities._cued import find_cued
from empathy_insights.identities._findings import Finding
from empathy_insights.identities._patterns import (
    find_contacts,
    find_places,
    find_small_schools,
)
from empathy_insights.identities._pseudonyms import PSEUDONYM
from empathy_insights.identities._spoken import find_spoken
from empathy_insights.identities._vocabulary import allowed_phrases

_CAPITAL = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]")


@dataclass(frozen=True, init=False, repr=False)
class Shields:
    """Find what must stay: pseudonyms, allowed phrases, and what the user keeps."""

    kept: re.Pattern[str]
    allowed: re.Pattern[str]

    def __init__(self, keep: Iterable[str] = ()) -> None:
        phrases = [phrase for phrase in allowed_phrases() if not phrase.isalpha()]
        object.__setattr__(self, "kept", any_of(tuple(keep)))
        object.__setattr__(self, "allowed", any_of(tuple(sorted(phrases))))

    def stay(self, text: str) -> list[Finding]:
        """Return what must stay in a text."""
        return [
            *_stay(PSEUDONYM, text, rank=0),
            *_stay(self.kept, text, rank=0),
            *_stay(self.allowed, text, rank=3),
        ]

    def base(self, text: str) -> list[Finding]:
        """Return shields, contacts and places of a text, written or said."""
        return [
            *self.stay(text),
            *find_contacts(text),
            *find_places(text),
            *(() if _CAPITAL.search(text) else find_small_schools(text)),
            *find_spoken(text),
            *find_cued(text),
        ]


@lru_cache(maxsize=8)
def any_of(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of the phrases as whole words, the longest first."""
    some = sorted((re.escape(phrase) for phrase in phrases), key=lambda p: (-len(p), p))
    return re.compile(rf"(?<!\w)(?:{'|'.join(some)})(?!\w)" if some else r"(?!)")


def _stay(pattern: re.Pattern[str], text: str, *, rank: int) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        yield Finding(match.start(), match.end(), "kept", "kept", "", rank=rank)
