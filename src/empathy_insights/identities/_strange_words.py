"""Words that no dictionary has, where no capital could tell a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_insights.identities._name_ends import person_found
from empathy_insights.identities._unknown_words import (
    SHORT_CHAT,
    is_misspelt,
    is_strange_in_small,
    is_unknown,
)
from empathy_insights.identities._vocabulary import (
    DETERMINERS,
    KIN,
    is_shouted_word,
    word_set,
)
from empathy_insights.identities._word_names import (
    DOES,
    is_apposed,
    is_beside_me,
    is_in_my_row,
    is_surname,
)
from empathy_insights.identities._word_spans import Confidence, NameSpan, Word


def is_foreign(tokens: Sequence[Word]) -> bool:
    """Return whether so many words are no dictionary's that they are another language's."""
    n_strange = sum(is_strange_in_small(token.low) for token in tokens)
    return n_strange > 2 and n_strange * 5 > len(tokens) * 2


def find_strange(tokens: Sequence[Word], at: int) -> tuple[int, NameSpan] | None:
    """Find a word that no dictionary has, where no capital could tell a name.

    Who writes or hears no capitals writes words; what is none is rather somebody or
    somewhere. A letter off a word it may be that word, unless it stands as people do.
    """
    token = tokens[at]
    has_surname = at + 1 < len(tokens) and is_surname(tokens[at + 1])
    if has_surname and _may_be_given(token.low):
        is_sure = True
    elif not is_strange_in_small(token.low) or _is_of_things(tokens, at):
        return None
    else:
        is_sure = not is_misspelt(token.low) or _stands_as_people_do(tokens, at)
    stop = at + 1 + has_surname
    found = person_found(tokens, at, at, stop, "person", "pattern", "medium")
    doubt = "a word in small letters that no dictionary has"
    return stop, found._replace(doubt=doubt, replace=is_sure)


def strange_in_capitals(
    tokens: Sequence[Word], at: int
) -> tuple[Confidence, str, bool] | None:
    """Return how sure a word is a name that no dictionary has, and all around are shouted.

    `TREVONTAE BICKERSTAFF GOT SUSPENDED` amid other sentences, not `NAACP` amid small ones.
    """
    low = tokens[at].low
    around = [*tokens[max(0, at - 2) : at], *tokens[at + 1 : at + 3]]
    are_loud = any(is_shouted_word(token.word) for token in around)
    if len(low) < _LEAST_IN_CAPITALS or not are_loud or not is_strange_in_small(low):
        return None
    is_sure = not (is_misspelt(low) or _is_of_things(tokens, at))
    is_sure &= _stands_as_people_do(tokens, at)
    return "medium", "a word in capitals that no dictionary has", is_sure


_LEAST_IN_CAPITALS = 5


def _may_be_given(low: str) -> bool:
    """Return whether three letters before a surname are a name: `xin li`, not `idk ramos`."""
    has_vowels = _VOWEL.search(low) is not None
    return len(low) == 3 and has_vowels and low not in SHORT_CHAT and is_unknown(low)


_VOWEL = re.compile(r"[aeiouy]")


def _is_of_things(tokens: Sequence[Word], at: int) -> bool:
    before = tokens[at - 1].low if at and tokens[at].gap == " " else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    gap = after.gap if after is not None else ""
    opens = tokens[at].gap[-1:]  # `notes.xlsx`
    is_in_a_name = gap == "." or gap[:1] in (*"@_/=",) or opens in (*"._@/#=",)
    stem = tokens[at].low.removesuffix("s")
    is_many = stem != tokens[at].low and any(token.low == stem for token in tokens)
    return before in _BEFORE_THINGS or is_in_a_name or is_many


def _stands_as_people_do(tokens: Sequence[Word], at: int) -> bool:
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    follows = after.low if after and after.gap == " " else ""
    acts = follows in DOES or (follows == "and" and _is_ones(tokens[at + 2 : at + 3]))
    if token.is_possessive or acts or is_beside_me(tokens, at):
        return True
    if is_apposed(tokens, at) or is_in_my_row(tokens, at):
        return True
    near = [after] if after is not None and after.gap in (" ", ", ") else []
    near += [tokens[at - 1]] if at and token.gap in (" ", ", ") else []
    return any(
        is_strange_in_small(one.low) and not is_misspelt(one.low) for one in near
    )


def _is_ones(following: Sequence[Word]) -> bool:
    """Recognise the rest of `keke and mom` and `keke and i`."""
    return any(one.low in KIN or one.low in _ME for one in following)


_ME = word_set("i me him her them us my his")
_BEFORE_THINGS = DETERMINERS | word_set("use used uses using on via my your")
