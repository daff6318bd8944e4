"""Whether somebody is introduced: `my brother Zeke`, `his name is Tucker`, `my kids Ana, Bo, Cy`."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_insights.identities._listed import NO_INITIALS, is_short_word
from empathy_insights.identities._vocabulary import (
    CALLED_THINGS,
    GREETINGS,
    KIN,
    NAMING,
    PETS,
    is_kin,
    word_set,
)
from empathy_insights.identities._word_names import OWN, says_who
from empathy_insights.identities._word_spans import Word


def is_introduced(tokens: Sequence[Word], at: int) -> bool:
    """Return whether the words before one say that it is somebody's name."""
    if at == 0 or not _may_be_introduced(tokens, at):
        return False
    before, gap = tokens[at - 1], tokens[at].gap
    low = before.word.lower()
    if _is_in_a_row(tokens, at):
        return True
    if gap in (" ", ", ") and _is_ones_own(low) and not before.is_possessive:
        return gap == " " or not before.starts_sentence
    if gap == " " and low in NAMING:
        return at < 2 or tokens[at - 2].low not in CALLED_THINGS
    if gap == " " and (says_who(tokens, at) or _is_given_as_name(tokens, at)):
        return True
    follows = tokens[at + 1].gap if at + 1 < len(tokens) else "."
    return gap == ", " and low in GREETINGS and follows[:1] in (".", ",", "?", "!")


def _may_be_introduced(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word is no short one in capitals, but for letters like TJ."""
    word = tokens[at].word
    if not word.isupper() or len(word) > 3:
        return True
    if len(word) != 2 or word in NO_INITIALS | _CODES or is_short_word(word):
        return False
    return not tokens[at - 1].word.isupper()


# Two letters that stand for a thing or a job, beside those that are nobody's initials.
_CODES = word_set(
    "ED LD HD OG GM GP MD PB FB IG YT BF GF BB OC WW RV MR DR GE NP AB BC TT DA PI VA SO"
)


def _is_given_as_name(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `He has a kid. Name Tucker.`, not `a brand name Zorbix.`."""
    earlier = tokens[at - 2].low if at > 1 else ""
    is_bare = tokens[at - 1].starts_sentence or is_kin(earlier) or earlier in OWN
    follows = tokens[at + 1].gap if at + 1 < len(tokens) else "."
    is_whole = follows != " " and tokens[at].is_titled
    return tokens[at - 1].low == "name" and is_bare and is_whole


def _is_ones_own(low: str) -> bool:
    """Return whether a word is somebody's relative or pet, or several."""
    return is_kin(low) or low in PETS or low.removesuffix("s") in PETS


def _is_in_a_row(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the last of `my two boys, Zeke and Wislin` and `my kids Ana, Bo, Cy`."""
    for n in range(at - 1, max(-1, at - 9), -1):
        token, after = tokens[n], tokens[n + 1]
        if after.gap not in (" ", ", "):
            return False
        if _is_ones_own(token.low):
            return token.low not in KIN and n < at - 1  # several, and not the first
        if not (token.is_titled or token.low in ("and", "y", "e")):
            return False
    return False
