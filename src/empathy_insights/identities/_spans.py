"""Where a name that was found begins and ends, and what cannot be part of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_insights.identities._findings import Confidence, Finding, Source
from empathy_insights.identities._names import parts_of
from empathy_insights.identities._tokens import Token
from empathy_insights.identities._vocabulary import (
    HUMAN_VERBS,
    MONTHS,
    OFFICES,
    allowed_phrases,
    function_words,
    given_names_that_are_words,
    word_set,
)

_PARTICLES = word_set("de la del da dos van von der al el bin ibn")
_NICKNAMES = word_set("Big Lil Lil' Little Young OG Baby DJ Umm Abu Pa Ma")
_CONTRACTED = word_set(
    "that it he she we you they there here what who where how why when this i let's "
    "everybody everyone somebody someone one would could should"
)
_BODIES = word_set(
    "Council University College Club Org Organization Organisation Foundation Institute "
    "Committee Party Association Company Inc Ltd LLC Museum Hospital Church Library "
    "Department Ministry Agency Group Network Alliance Board Society Trust Service "
    "Services Union Bank Center Centre"
)
# Capitals inside a word (GitHub, GBMs) unless after a prefix of names (McKay, DeShawn,
# LaToya), and letters drawn out (Mmmm).
_NO_NAME = re.compile(
    r"^(?!(?:Mc|Mac|Fitz|Van|Sha|[BDJKLMNRT][aeiouy]|An|[OD]['’])[A-Z][a-z]+$)\w+[A-Z]\w*[a-z]"
    r"|([a-z])\1\1"
)


def surname_end(tokens: Sequence[Token], at: int) -> int:
    """Return where a name that goes on after its first word stops."""
    stop = at
    while at < len(tokens) and at - stop < 3:
        token = tokens[at]
        if tokens[at - 1].is_possessive or token.gap not in (" ", "-"):
            break
        if token.word in _PARTICLES and stop < len(tokens):
            at += 1
            continue
        if not token.is_capitalised or is_no_name(token) or _is_function_word(token):
            break
        at += 1
        stop = at
    return stop


def _is_function_word(token: Token) -> bool:
    return token.word.lower() in function_words() or token.word in HUMAN_VERBS


def is_no_name(token: Token) -> bool:
    low = token.word.lower()
    if token.word in given_names_that_are_words():
        return False
    return (
        token.word in allowed_phrases()
        or low in function_words()
        or low.partition("'")[0] in _CONTRACTED
        or low in OFFICES
        or _NO_NAME.search(token.word) is not None
        or (low in MONTHS and low not in ("april", "may", "june", "august", "mar"))
    )


def person_found(
    tokens: Sequence[Token], start: int, name: int, stop: int, kind: str,
    source: Source, sure: Confidence,
) -> Finding:  # fmt: skip
    """Return a finding; who it is is the name in its usual case, without a title."""
    if stop - name > 1 and tokens[stop - 1].word in _BODIES:
        kind = "organisation"
    words = " ".join(parts_of(" ".join(token.word for token in tokens[name:stop])))
    if start == name and is_nickname(tokens, start):
        start -= 1
    who = f"{kind}:{words}" if kind == "organisation" else f"found:{words}"
    return Finding(
        tokens[start].start, tokens[stop - 1].end, kind, source, who, sure,
        rank=5 if stop - start > 1 else 7,
    )  # fmt: skip


def is_nickname(tokens: Sequence[Token], at: int) -> bool:
    """Say whether `Big` or `Lil` before a name belongs to it."""
    return at > 0 and tokens[at].gap == " " and tokens[at - 1].word in _NICKNAMES
