"""Places and numbers that were found once, looked for again letter by letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from empathy_insights.identities._findings import Finding
from empathy_insights.identities._pseudonyms import PLACES, PLAIN
from empathy_insights.identities._shields import any_of
from empathy_insights.identities._vocabulary import names_that_are_words

Literals = Mapping[str, tuple[str, str]]


def is_telling(form: str) -> bool:
    """Say whether a place or a number may be looked for wherever it stands."""
    is_one_word = form.isalpha() and form.lower() in names_that_are_words()
    return len(form) > 4 and not is_one_word


def literals_of(found: Iterable[tuple[str, Finding]]) -> Literals:
    """Return the words of found places and numbers -> their kind, and whose they are."""
    return {
        words: (finding.kind, finding.who)
        for words, finding in found
        if finding.replace
        and finding.kind in (*PLACES, *PLAIN)
        and finding.source != "kept"
        and is_telling(words)
    }


def find_literals(text: str, literals: Literals) -> Iterator[Finding]:
    """Find them in a text."""
    for match in any_of(tuple(literals)).finditer(text) if literals else ():
        kind, who = literals[match.group()]
        yield Finding(match.start(), match.end(), kind, "pattern", who, rank=2)
