"""Find a family by its surname: `the Kims`, `the Okonkwo boys`."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_insights.identities._index import Index, is_also_a_word
from empathy_insights.identities._name_ends import (
    PARTICLES,
    is_no_name,
    person_found,
    surname_end,
)
from empathy_insights.identities._unknown_words import is_unknown
from empathy_insights.identities._vocabulary import (
    allowed_phrases,
    is_common_word,
    is_english_word,
    is_kin,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import NameSpan, Word


def find_family(
    tokens: Sequence[Word], at: int, index: Index
) -> tuple[int, NameSpan] | None:
    """Find a family by its surname: `the Kims`, not `the Bakers`; or by one that is listed.

    One that no list has, or that is a word, lives or has a home: `the Okafors live by us`.
    """
    is_name = tokens[at].is_titled or _is_small_surname(tokens[at])
    if not (at and is_name and tokens[at].gap in (" ", ". ")):
        return None
    first = _with_particles(tokens, at)
    if not first or tokens[first - 1].low != "the":
        return None
    stop, one = at + 1, ""
    if _are_siblings(tokens, at):
        stop = surname_end(tokens, at + 1)
    else:
        one = _one_of_many(tokens, first, at, index)
        if not one or tokens[at].word.islower():
            return None
    found = person_found(tokens, first, at, stop, "person", "pattern", "medium")
    return stop, found._replace(
        who=f"found:{one}" if one else found.who, doubt="a family"
    )


def _is_small_surname(token: Word) -> bool:
    """Return whether a word in small letters is a surname: `the petrov twins`."""
    return token.word.islower() and len(token.low) > 3 and is_unknown(token.low)


def _with_particles(tokens: Sequence[Word], at: int) -> int:
    """Return where a surname begins: `van der Bergens`, `de la Cruzada`, `St. Clairs`."""
    first = at
    if at > 1 and tokens[at - 1].word in ("St", "Saint"):
        return at - 1
    while first > 1 and first > at - 3 and tokens[first].gap == " ":
        if tokens[first - 1].low not in _PARTICLES:
            break
        first -= 1
    return first if tokens[first].gap == " " else 0


def _one_of_many(tokens: Sequence[Word], first: int, at: int, index: Index) -> str:
    """Return the surname of `the Kims`; nothing where the many are no family."""
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if not token.low.endswith("s") or (after and after.is_titled and after.gap == " "):
        return ""
    shorter = token.word[:-2] if token.word[:-2].endswith(_HISSES) else ""
    is_listed = token.word[:-1].lower() in index.forms  # `the Ezes` are no Ez
    one = shorter if shorter and not is_listed else token.word[:-1]
    is_word = any(map(is_also_a_word, (token.low, one.lower())))
    is_word |= is_common_word(one.lower())
    is_known = _is_surname(one) or one.lower() in index.forms
    if first < at:  # `the St. Patricks parade` is no family's
        is_known |= tokens[first].word.islower() and (
            at - first > 1 or not is_english_word(one.lower())
        )
        is_word = tokens[first].word in ("St", "Saint") and not is_listed
    if is_known and not is_word:
        return one
    are_neighbours = first > 1 and is_kin(tokens[first - 2].low)
    is_home = are_neighbours or _is_at_home(tokens, at)
    return one if is_home and _may_be_surname(one) else ""


def _is_surname(one: str) -> bool:
    return one in surnames() or one.replace("'", "").capitalize() in surnames()


_HISSES = ("s", "z", "x", "ch", "sh")
_PARTICLES = PARTICLES | word_set("den le du di st")


def _are_siblings(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `the Okonkwo boys` and `the Quiñones-Ahmed sisters`."""
    stop = surname_end(tokens, at + 1)
    after = tokens[stop] if stop < len(tokens) else None
    if tokens[at].is_possessive or after is None:
        return False
    is_many = after.gap == " " and after.low in _SIBLINGS
    return is_many and not is_no_name(tokens[at]) and _may_be_surname(tokens[at].word)


_SIBLINGS = word_set(
    "boys brothers cousins family girls kids place sisters siblings twins household"
)


def _is_at_home(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `the …s' house` and `the …s live across the street`, not `lived in caves`."""
    following = tokens[at + 1 : at + 5]
    if not following or tokens[at].is_possessive:
        return False
    after = following[0]
    if after.gap in ("' ", "’ "):
        return after.low in _AT_HOME
    is_near = any(token.low in _NEAR_US for token in following[1:])
    if [token.low for token in following[:2]] == ["next", "door"]:
        return True
    return after.gap == " " and after.low in _LIVING and is_near


def _may_be_surname(one: str) -> bool:
    """Return whether a word is a surname, or no word at all and no known thing."""
    if {one, f"{one}s"} & allowed_phrases():
        return False
    return one in surnames() or not is_english_word(one)


_AT_HOME = word_set(
    "apartment backyard baby car dad daughter daughters dog driveway family garage home "
    "house kid kids mom porch son sons trailer yard"
)
_LIVING = word_set("live lived invite invited moved")
_NEAR_US = word_set(
    "block corner door downstairs hall here me stairs street upstairs us"
)
