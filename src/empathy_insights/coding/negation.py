"""What a negation reaches: the words after one like "not", "no" or "without"."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from empathy_insights.text.tokens import Token

_REACH = 4  # words ahead, as often as not the whole of what is denied
_NEGATORS = frozenset(
    {
        "not",
        "never",
        "no",
        "nobody",
        "nothing",
        "nowhere",
        "without",
        "hardly",
        "barely",
    }
    | {"scarcely", "none", "neither", "nor"}
)
_ENDS = frozenset(
    {"but", "because", "although", "though", "except", "however", "yet", "still"}
    | {"until", "unless", ".", ",", ";", ":", "?", "!", "…"}
)
# Negators that deny nothing: "not only", "no doubt"; "why not" asks for it.
_PSEUDO = frozenset({"only", "just", "doubt", "wonder", "matter", "necessarily"})
_ASKING = frozenset({"why", "if", "or"})


def negated(tokens: Sequence[Token], *, language: str = "en") -> np.ndarray:
    """Say of each word whether a negation before it reaches it.

    After NegEx (Chapman et al. 2001): a negator reaches the four words after it, in the
    same sentence, up to a comma or a word that turns ("but", "because", "though" …).
    "not only", "no doubt" and the like deny nothing. In a language other than English
    nothing is reached.

    Examples
    --------
    >>> from empathy_insights.text.tokens import tokenize
    >>> text = "I don't like it, but it works."
    >>> [tokens] = tokenize([text])
    >>> reached = negated(tokens)
    >>> [text[token.start : token.end] for token, is_reached in zip(tokens, reached) if is_reached]
    ['like', 'it']
    """
    reached = np.zeros(len(tokens), dtype=bool)
    if language != "en":
        return reached
    for place, token in enumerate(tokens):
        if not _NEGATORS.isdisjoint(token.forms) and _denies(tokens, place):
            for ahead in range(place + 1, min(place + 1 + _REACH, len(tokens))):
                if _stops(tokens[place], tokens[ahead]):
                    break
                reached[ahead] = True
    return reached


def names_negator(pattern: str) -> bool:
    """Say whether a pattern of a codebook holds a word that denies.

    Examples
    --------
    >>> names_negator("not .. work"), names_negator("nothing|all new"), names_negator("no")
    (True, True, True)
    >>> names_negator("note")
    False
    """
    words = pattern.replace("~", "").replace("|", " ").split()
    return not _NEGATORS.isdisjoint(words)


def _denies(tokens: Sequence[Token], place: int) -> bool:
    """Tell a negator that denies from one that does not."""
    after = tokens[place + 1].forms if place + 1 < len(tokens) else frozenset[str]()
    before = tokens[place - 1].forms if place else frozenset[str]()
    return _PSEUDO.isdisjoint(after) and _ASKING.isdisjoint(before)


def _stops(negator: Token, token: Token) -> bool:
    return token.sentence != negator.sentence or not _ENDS.isdisjoint(token.forms)
