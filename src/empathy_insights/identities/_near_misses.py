"""Tell names of an index that are written otherwise: a letter off, drawn out, in a tag."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_insights.identities._index import Index, is_one_apart, undrawn
from empathy_insights.identities._readings import is_label, reading
from empathy_insights.identities._vocabulary import (
    allowed_phrases,
    function_words,
    given_names,
    is_common_word,
    is_english_word,
    is_spanish_word,
    names_that_are_words,
)
from empathy_insights.identities._word_spans import Word
from empathy_insights.lexicon import one_less


def may_be_near(low: str, index: Index, *, exact: bool) -> bool:
    """Return whether a word in lower case may be a name that is written otherwise."""
    is_near = bool(_drawn_out(low, index) or _without_s(low, index))
    is_near |= called_out(low, index) != ""
    return is_near or (not exact and len(low) > 3 and bool(_close_names(low, index)))


def near_names(
    tokens: Sequence[Word], at: int, index: Index, *, exact: bool
) -> tuple[set[str], str]:
    """Return the names that a word is meant for, and what is in doubt.

    With `exact`, letters drawn out and a possessive s without its apostrophe count, but
    no misspellings.
    """
    token = tokens[at]
    if token.word.islower() and (names := _without_s(token.low, index)):
        return names, "a listed name and an s"
    if len(token.word) < 4 or _announces_another(tokens, at):
        return set(), ""
    names = _drawn_out(token.low, index) if _may_be_long(token) else set()
    if not names and not exact:
        names = _close_names(token.low, index)
    if _may_be_long(token) and names and _may_be_name(tokens, at, index):
        return names, "one letter from a listed name"
    is_small = token.word.islower() and len(token.low) > 4 and not exact
    names = _listed_only(names, token.low, index) if is_small else set()
    is_name = bool(names) and _is_no_word(token.low) and is_told_words(tokens, at)
    return (names, "one letter from a listed name") if is_name else (set(), "")


def _announces_another(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a name announces a turn of its own: Jaden speaks beside Jayden."""
    return tokens[at].is_titled and is_label(tokens, at, at + 1)


def _may_be_long(token: Word) -> bool:
    return token.is_titled or len(token.word) > 5


def _without_s(low: str, index: Index) -> set[str]:
    """Return the listed name to which an s was added: `kaiyahs mom`."""
    name = low[:-1]
    if len(low) < 4 or not low.endswith("s") or name not in index.forms:
        return set()
    is_one = any(not form.rest for form in index.forms[name])
    is_word = low in index.forms or index.is_word(name) or not _is_no_word(low)
    return {name} if is_one and not is_word else set()


def _listed_only(names: set[str], low: str, index: Index) -> set[str]:
    """Return the names of which no text is the only witness.

    A given name with another letter in it is another name: `mario` is not Maria.
    """
    is_given = low.title() in given_names()
    return {
        name
        for name in names
        if len(name) > 4
        and not (is_given and len(name) == len(low))
        and any(not form.who.startswith("found:") for form in index.forms[name])
    }


def is_told_words(tokens: Sequence[Word], at: int) -> bool:
    """Return whether the words around are known, so that an unknown one tells.

    In another language any word may be a letter off a name.
    """
    around = [*tokens[max(0, at - 6) : at], *tokens[at + 1 : at + 7]]
    small = [token.low for token in around if token.word.islower()]
    return sum(map(_is_no_word, small)) * 4 <= len(small)


def _is_no_word(low: str) -> bool:
    """Return whether nobody writes the word in small letters but as a name."""
    return not (
        low in function_words()
        or is_common_word(low)
        or is_spanish_word(low)
        or low.title() in allowed_phrases()
    )


def _close_names(low: str, index: Index) -> set[str]:
    """Return the listed names that differ in one letter."""
    if low in index.forms:
        return set()
    return {
        name
        for less in {low, *one_less(low)}
        for name in index.near.get(less, ())
        if is_one_apart(low, name)
    }


_OPENS_TAG = re.compile(
    r"(?:free|justicefor|rip|prayfor|prayersfor|longlive|happybirthday|wemiss|welove|team)"
    r"(?P<name>[^\W\d_]{3,}?)(?:strong|forever)?"
)


def called_out(low: str, index: Index) -> str:
    """Return the listed name in `#FreeEfosa` and `#TeamEfosaForever`."""
    match = _OPENS_TAG.fullmatch(low)
    name = match["name"] if match else ""
    is_one = any(not form.rest for form in index.forms.get(name, ()))
    return name if is_one and not index.is_word(name) else ""


def _drawn_out(low: str, index: Index) -> set[str]:
    """Return the listed names of which one letter is held, as in Aaaana."""
    is_held = low not in index.forms and _DRAWN.search(low)
    return index.drawn.get(undrawn(low), set()) if is_held else set()


_DRAWN = re.compile(r"(\w)\1\1")


def _may_be_name(tokens: Sequence[Word], at: int, index: Index) -> bool:
    token = tokens[at]
    if (
        token.low in function_words()
        or token.low in index.words
        or token.word in allowed_phrases()
    ):
        return False
    if token.word in given_names() or not is_english_word(token.low):
        return token.is_titled or not is_spanish_word(token.low)
    return (
        token.is_titled
        and token.low in names_that_are_words()
        and reading(tokens, at, at + 1) == "name"
    )
