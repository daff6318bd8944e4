"""A text as a reader sees it, and what it says of its words, read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from empathy_insights.identities._escapes import unescaped
from empathy_insights.identities._evidence import evidence_of
from empathy_insights.identities._findings import Finding
from empathy_insights.identities._joined import joined_words
from empathy_insights.identities._listed import initials_in
from empathy_insights.identities._shields import Shields
from empathy_insights.identities._tokens import Token, tokens_of


@dataclass(frozen=True, repr=False, eq=False)
class View:
    """A text without what nobody sees, its words, and what no list is needed to find.

    `words` are all that may stand for a listed name: words, joined words, initials.
    `evidence` says of each word with a capital whether it is a person's or a thing's;
    `small` and `large` count words in small letters and names within sentences.
    """

    text: str
    written: Callable[[int], int]
    tokens: Sequence[Token]
    fixed: Sequence[Finding]
    words: frozenset[str]
    evidence: Mapping[str, int]
    small: Mapping[str, int]
    large: Mapping[str, int]


def view_of(text: str, shields: Shields) -> View:
    """Read a text."""
    plain, written = unescaped(text, "")
    tokens = tokens_of(plain)
    fixed = shields.base(plain)
    inside = {at for f in fixed if f.source != "kept" for at in range(f.start, f.end)}
    small = Counter(
        token.word
        for token in tokens
        if token.word.islower() and token.start not in inside
    )
    large = Counter(
        token.low for token in tokens if token.is_titled and not token.starts_sentence
    )
    return View(
        plain, written, tokens, fixed,
        _words(plain, tokens), evidence_of(tokens), small, large,
    )  # fmt: skip


def _words(text: str, tokens: Sequence[Token]) -> frozenset[str]:
    joined = {letters for _, _, letters in joined_words(text)}
    return frozenset((*(token.low for token in tokens), *joined, *initials_in(text)))
