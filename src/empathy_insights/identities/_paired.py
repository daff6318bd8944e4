"""People who are written down as a pair: `Ana/Brexlyn`, `Ana & Brexlyn`, `+Brexlyn`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_insights.identities._unknown_words import is_unknown
from empathy_insights.identities._vocabulary import (
    HUMAN_VERBS,
    TITLES,
    allowed_phrases,
    given_names,
    is_common_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import Word

_JOINT = re.compile(r" ?[/&+] ?")


def is_paired(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word stands in a pair with somebody, or both do as people do.

    `Ana/Brexlyn`, `me + Brexlyn` and `Brexlyn & Jaxtyn got a tutor`, not `Zoom & Kahoot`.
    """
    first, stop = _row(tokens, at)
    if stop - first < 2:
        return False
    others = [n for n in range(first, stop) if n != at]
    if any(_is_sure(tokens, n) for n in others):
        return True
    are_new = all(tokens[n].is_titled and is_unknown(tokens[n].low) for n in others)
    return are_new and _do_as_people(tokens, first, stop)


def _row(tokens: Sequence[Word], at: int) -> tuple[int, int]:
    """Return where the words that signs join begin and stop."""
    first, stop = at, at + 1
    while first and _JOINT.fullmatch(tokens[first].gap):
        first -= 1
    while stop < len(tokens) and _JOINT.fullmatch(tokens[stop].gap):
        stop += 1
    return first, stop


def _is_sure(tokens: Sequence[Word], at: int) -> bool:
    token = tokens[at]
    if token.low in ("me", "i"):
        return True
    if not token.is_titled or token.word in allowed_phrases():
        return False
    is_titled = at > 0 and tokens[at - 1].word in TITLES
    is_name = token.word in given_names() or token.word in surnames()
    return is_titled or (is_name and not is_common_word(token.low))


def _do_as_people(tokens: Sequence[Word], first: int, stop: int) -> bool:
    """Return whether the pair does what people do, or somebody sits with it or told it."""
    after = tokens[stop] if stop < len(tokens) else None
    if after is not None and after.gap == " " and after.low in _DO:
        return True
    before = [token.low for token in tokens[max(0, first - 2) : first]]
    if tokens[first].gap != " ":
        return False
    is_with = before[-1:] == ["with"] and not _COMPANY.isdisjoint(before)
    return is_with or (before[-1:] != [] and before[-1] in _TOLD)


_DO = (
    HUMAN_VERBS - word_set("and works runs ran goes went sounds feels works shows")
) | (word_set("just both always sit fight copy argue laugh talk cheat bully don't"))
_TOLD = word_set("told tell tells ask asked asks between besides alongside met thank")
_COMPANY = word_set(
    "sit sits sat hang hung eat ate walk walked fight fought talk talked paired partnered "
    "friends argued lunch"
)
