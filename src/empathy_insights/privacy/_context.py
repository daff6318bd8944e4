"""Tell a name that is also a word (Grace, Will, May) from the word, by its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from empathy_insights.privacy._tokens import Token
from empathy_insights.privacy._vocabulary import (
    AUXILIARIES,
    BEFORE_MONTH,
    DETERMINERS,
    HUMAN_VERBS,
    KIN,
    LOWER_TITLES,
    MONTHS,
    MOVES,
    NAMING,
    NOT_AFTER_NAME,
    STANDS_BARE,
    TITLES,
    function_words,
    surnames,
)

Reading = Literal["name", "word", "unsure"]


def reading(tokens: Sequence[Token], start: int, stop: int) -> Reading:
    """Say how the capitalised word at `start` is meant."""
    before = tokens[start - 1] if start else None
    after = tokens[stop] if stop < len(tokens) else None
    word = tokens[start]
    if before and _announces_name(before, word):
        return "name"
    if _is_other_thing(tokens, start, stop):
        return "word"
    if word.is_possessive:
        return "name"
    if word.starts_sentence:
        return _at_start(tokens, start, stop)
    if _continues(after):
        return "name" if after and after.word in surnames() else "unsure"
    if (
        before
        and before.is_capitalised
        and word.gap == " "
        and not before.starts_sentence
        and before.word != "I"
    ):
        return "unsure"
    return "name"


def _continues(after: Token | None) -> bool:
    """Say whether another capitalised word follows at once."""
    if after is None or after.gap != " ":
        return False
    return after.is_capitalised and after.word.lower() not in function_words()


def _announces_name(before: Token, word: Token) -> bool:
    if word.gap not in (" ", ". ", ", "):
        return False
    low = before.word.lower()
    if word.gap == ", ":
        return low in KIN
    return before.word in TITLES or low in LOWER_TITLES or low in NAMING or low in KIN


def _is_other_thing(tokens: Sequence[Token], start: int, stop: int) -> bool:
    word, low = tokens[start], tokens[start].word.lower()
    before = tokens[start - 1].word.lower() if start and word.gap == " " else ""
    follows = stop < len(tokens) and tokens[stop].gap == " " and not word.is_possessive
    after = tokens[stop].word if follows else ""
    if low in MONTHS and (before in BEFORE_MONTH or after in MONTHS):
        return True
    if before in DETERMINERS and before not in ("this", "that"):
        return True
    if before == "in" and not word.is_possessive and after not in HUMAN_VERBS:
        return True
    earlier = {token.word.lower() for token in tokens[max(0, start - 4) : start]}
    if before in ("to", "from") and earlier & MOVES:
        return True
    return after in NOT_AFTER_NAME and (word.starts_sentence or after in _THINGS)


_THINGS = frozenset(
    [
        "shoes",
        "shoe",
        "sneakers",
        "jersey",
        "jerseys",
        "period",
        "periods",
        "garden",
        "bush",
        "street",
        "avenue",
        "road",
        "school",
        "vacation",
        "break",
        "program",
        "camp",
    ]
)


def _at_start(tokens: Sequence[Token], start: int, stop: int) -> Reading:
    word, after = tokens[start], tokens[stop] if stop < len(tokens) else None
    if after is None:
        return "unsure"
    if after.gap.strip()[:1] in _AFTER_VOCATIVE:
        return "name"
    if after.gap == " " and (after.word in HUMAN_VERBS or after.word in surnames()):
        return "name"
    # A count noun without an article starts no sentence, so `Hunter was` is a person.
    is_bare = after.gap == " " and after.word in AUXILIARIES
    if is_bare and (
        word.word.lower() not in STANDS_BARE or _is_about_person(tokens, stop)
    ):
        return "name"
    return "unsure"


_AFTER_VOCATIVE = tuple(',?!:(+&-–—"”')
_ABOUT_PERSON = frozenset(("she", "he", "her", "him", "his", "hers")) | KIN


def _is_about_person(tokens: Sequence[Token], stop: int) -> bool:
    """Say whether the sentence goes on about a `she`, a `he` or somebody's sister."""
    for token in tokens[stop : stop + 10]:
        if token.starts_sentence:
            return False
        if token.word.lower() in _ABOUT_PERSON:
            return True
    return False
