"""Surnames in small letters behind a given name, also those that are words: `tiana price said`."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_insights.identities._name_ends import PARTICLES, SURNAMES_AFTER_WORDS
from empathy_insights.identities._unknown_words import is_unknown
from empathy_insights.identities._vocabulary import (
    HUMAN_VERBS,
    MONTHS,
    function_words,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import Word

_SHORTEST, _MOST_PARTICLES = 3, 2
# What stands behind a whole name, and behind no thing that somebody has.
_AFTER = word_set(
    "and or but at in from with about on to for by is was has had does did doesn't didn't isn't wasn't hasn't "
    "said says told asked who that because when while if so can can't could will would won't came come comes went "
    "goes got gets gave gives sat sits helps helped works worked lives lived moved left wants wanted likes liked "
    "needs needed knows knew thinks thought feels felt keeps kept too also either never always still just only "
    "y o con en de que dijo dice es era fue tiene"
)
# Surnames that people hardly have, beside what they do, have or are.
_RATHER_WORDS = MONTHS | word_set(
    "come cook case cash chance close day dear drew early first flood friend friends good grant hope just last late "
    "like little lot love low mark may might mine more must my near need next no over own pace part pay play post "
    "rest right say see self short sick still talk true try very walk wait way well west will win wish work school "
    "house home mom dad lunch bus class math art music phone room team week year one two three four five six ten"
)


def surname_behind(tokens: Sequence[Word], at: int) -> int:
    """Return where a surname that is a word, or of several, stops; `at` where there is none.

    Parameters
    ----------
    at
        The first word behind a given name.
    """
    stop = at
    while (
        stop < len(tokens)
        and stop - at < _MOST_PARTICLES
        and _is_particle(tokens, stop)
    ):
        stop += 1
    if stop >= len(tokens) or tokens[stop].gap != " ":
        return at
    token = tokens[stop]
    if stop > at:
        return _with_second(tokens, stop + 1) if _may_be_one(token) else at
    if _is_hmong(tokens, at):
        return at + 2
    is_one = _may_be_one(token) and token.low not in _RATHER_WORDS
    return _with_second(tokens, at + 1) if is_one and _ends_there(tokens, at) else at


def _is_particle(tokens: Sequence[Word], at: int) -> bool:
    return tokens[at].low in PARTICLES and tokens[at].gap == " "


def _may_be_one(token: Word) -> bool:
    is_long = len(token.word) >= _SHORTEST and token.low not in function_words()
    return is_long and token.low.title() in surnames()


def _is_hmong(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the last two of `mai see xiong`."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.gap != " " or not is_unknown(after.low):
        return False
    return after.low.title() in SURNAMES_AFTER_WORDS and len(after.low) >= _SHORTEST


def _ends_there(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a sentence goes on behind a word as behind a whole name, or ends."""
    if at + 1 >= len(tokens) or tokens[at].is_possessive:
        return True
    after = tokens[at + 1]
    return after.gap != " " or after.low in _AFTER or after.low in HUMAN_VERBS


def _with_second(tokens: Sequence[Word], stop: int) -> int:
    """Take the second half of `cruz-mendez` along."""
    is_joined = stop < len(tokens) and tokens[stop].gap == "-"
    return stop + 1 if is_joined and len(tokens[stop].word) >= _SHORTEST else stop
