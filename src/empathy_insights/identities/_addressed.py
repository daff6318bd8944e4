"""People in small letters who are spoken to or quoted: `come on markell`, `like jahlil said`."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_insights.identities._unknown_words import (
    is_misspelt,
    is_near_a_name,
    is_strange_in_small,
)
from empathy_insights.identities._vocabulary import GREETINGS, word_set
from empathy_insights.identities._word_spans import Word


def is_addressed(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word that no dictionary has stands where somebody is spoken to.

    `thanks, delmonte,`, `good point shaniya.` and `like jahlil said`, not `come on man`.
    """
    token = tokens[at]
    if not at or not token.word.isascii() or not is_strange_in_small(token.low):
        return False  # `so, cuéntenme, …` is another language
    if not (_is_called(tokens, at) or _is_quoted(tokens, at)):
        return False
    return not is_misspelt(token.low) or is_near_a_name(token.low)


def _is_called(tokens: Sequence[Word], at: int) -> bool:
    gap, before = tokens[at].gap, tokens[at - 1].low
    if at + 1 < len(tokens) and not tokens[at + 1].gap.startswith(_ENDS):
        return False
    if gap == ", ":
        return before in _HELLO or (at > 1 and (tokens[at - 2].low, before) in _CALLS)
    if gap != " ":
        return False
    return before in _HEY or (at > 1 and (tokens[at - 2].low, before) in _CALLS)


def _is_quoted(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `like jahlil said` and `as jahlil was saying`."""
    following = [token.low for token in tokens[at + 1 : at + 3] if token.gap == " "]
    is_led = tokens[at - 1].low in ("like", "as") and tokens[at].gap == " "
    says = following[:1] in (["said"], ["says"], ["mentioned"])
    return is_led and (says or following == ["was", "saying"])


_ENDS = (".", ",", "?", "!", ";", "\n", " -", " –", " —")
_HELLO = (GREETINGS - {"so", "well"}) | word_set(
    "thx ty gracias oye hola please nah yup nope"
)
_HEY = word_set("hey hi hello thanks thx hola oye gracias bye")
_PRAISE = ("point", "job", "one", "question", "idea", "try", "call", "work", "luck")
_CALLS = frozenset(
    (how, what) for how in ("good", "great", "nice") for what in _PRAISE
) | frozenset(
    [
        ("come", "on"), ("shut", "up"), ("stop", "it"), ("go", "ahead"), ("hurry", "up"),
        ("hold", "on"), ("chill", "out"), ("agree", "with"), ("thank", "you"),
        ("miss", "you"), ("love", "you"), ("bless", "you"), ("same", "with"),
    ]
)  # fmt: skip
