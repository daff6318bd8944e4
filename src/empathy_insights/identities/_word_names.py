"""Find names in small letters that are also words: `my cousin destiny`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import takewhile

from empathy_insights.identities._name_ends import person_found
from empathy_insights.identities._readings import MODALS, is_label
from empathy_insights.identities._spanish import NO_SPANISH_NAME, SPANISH_BEFORE
from empathy_insights.identities._unknown_words import is_strange_in_small
from empathy_insights.identities._vocabulary import (
    DEEDS,
    DETERMINERS,
    KIN,
    MONTHS,
    NEVER_WORDS,
    SPEAKING_VERBS,
    function_words,
    given_names,
    given_names_that_are_words,
    is_common_word,
    is_kin,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import NameSpan, Word


def word_named(
    tokens: Sequence[Word], at: int, *, is_elsewhere: Callable[[], bool]
) -> tuple[int, NameSpan] | None:
    if not is_word_named(tokens, at, is_elsewhere=is_elsewhere):
        return None
    stop = at + 1
    if stop < len(tokens) and _has_surname(tokens[at], tokens[stop]):
        stop += 1
    found = person_found(tokens, at, at, stop, "person", "pattern", "medium")
    return stop, found._replace(doubt="a name in small letters that is also a word")


def is_word_named(
    tokens: Sequence[Word], at: int, *, is_elsewhere: Callable[[], bool]
) -> bool:
    """Recognise a name in small letters that is also a word: `my cousin destiny`.

    `is_elsewhere` says whether the text is in another language than English and Spanish.
    """
    token = tokens[at]
    if not token.word.islower():
        return False
    if len(token.word) < 3:
        return is_explained(tokens, at) or _is_called_by_letter(tokens, at)
    before = tokens[at - 1] if at and token.gap == " " else None
    if before is not None and before.low == "named" and _is_of_people(tokens, at - 1):
        return token.low not in function_words()
    if _is_rather_a_word(token.low) or _announces_ones(tokens, at):
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    follows = after.low if after and after.gap.startswith(" ") else ""
    is_loose = token.low in _NO_NAME_ALONE
    if is_label(tokens, at, at + 1):
        return not is_loose
    if _is_beside_a_name(tokens, at, is_elsewhere) or _opens_clause(
        before, token, follows
    ):
        return True
    return before is not None and _is_told(tokens, at, before, follows)


def _announces_ones(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the relative in `mi niño yahir`, whose name follows."""
    is_ones = at > 0 and tokens[at - 1].low in OWN and tokens[at].gap == " "
    return is_ones and tokens[at].low in SPANISH_BEFORE


def _is_called_by_letter(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `call me t`."""
    return at > 0 and is_initial(tokens[at]) and says_who(tokens, at)


def _is_beside_a_name(
    tokens: Sequence[Word], at: int, is_elsewhere: Callable[[], bool]
) -> bool:
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if token.low in MODALS or token.low in NO_SPANISH_NAME:
        return False
    has_surname = after is not None and _has_surname(token, after)
    if has_surname and not is_elsewhere():
        return True
    if is_in_my_row(tokens, at):
        return True
    is_ones = token.low not in _NO_NAME_ALONE and is_apposed(tokens, at)
    is_ones |= is_explained(tokens, at)
    is_ones |= _is_between_commas(tokens, at)
    return is_ones or _has_named_company(tokens, at)


def _opens_clause(before: Word | None, token: Word, follows: str) -> bool:
    """Recognise `legend kept kicking` and `and navy says`."""
    if token.low in _NO_NAME_ALONE or (before and before.low not in _OPENS_CLAUSE):
        return False
    may_do = before is not None and token.low not in NO_SPANISH_NAME
    return follows in _SAYS or (follows in _DOES_MORE and may_do)


def _is_told(tokens: Sequence[Word], at: int, before: Word, follows: str) -> bool:
    """Return whether what stands before tells a name: `call her hope`, `hey destiny`."""
    is_loose = tokens[at].low in _NO_NAME_ALONE
    if says_who(tokens, at) or before.low == "named":
        return not is_loose or not follows or follows in _GOES_ON
    if before.low in _HELLO:
        return not follows
    if _is_relative(tokens, at):
        return _is_ones_name(tokens, at, follows)
    if is_loose:
        return False
    is_bare = before.low not in DETERMINERS | OWN
    return (is_bare and follows in _SAYS) or is_beside_me(tokens, at)


@lru_cache(maxsize=65536)
def _is_rather_a_word(low: str) -> bool:
    """Return whether a word is no given name, or one that holds sentences together."""
    name = low.title()
    is_given = name in given_names() or name in given_names_that_are_words()
    return not is_given or low in function_words() - MONTHS - {"will"}


def _is_of_people(tokens: Sequence[Word], at: int) -> bool:
    """Return whether somebody is spoken of right before: `a kid named`, `my dog named` not."""
    near = tokens[max(0, at - 2) : at]
    return any(t.low in KIN or t.low in ("someone", "somebody", "one") for t in near)


def _has_named_company(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a name that is no word stands beside it: `lev and grace`."""
    token = tokens[at]
    before = tokens[max(0, at - 2) : at][::-1] if token.gap in (" ", ", ") else []
    after = tokens[at + 1 : at + 3]
    if before and token.gap == ", " and _is_sure(before[0]):
        return True
    if after and after[0].gap == ", " and _is_sure(after[0]):
        return True
    return any(
        len(row) == 2 and row[0].low in ("and", "or", "y") and _is_sure(row[1])
        for row in (before, after)
    )


def _is_sure(token: Word) -> bool:
    low = token.low
    is_given = low.title() in given_names() and not is_common_word(low)
    return token.word.islower() and (
        is_given or low in NEVER_WORDS or is_strange_in_small(low)
    )


def _has_surname(token: Word, after: Word) -> bool:
    """Recognise `madison h` and `blaze mcintyre`."""
    if is_initial(after):
        return token.low not in _NO_NAME_ALONE
    is_one = after.gap == " " and after.word.islower() and not token.is_possessive
    is_loose = token.low in _NO_NAME_ALONE  # `she drew lebron`
    return is_one and (
        is_surname(after) or (not is_loose and is_strange_in_small(after.low))
    )


def is_surname(token: Word) -> bool:
    """Return whether a word in small letters right behind another is a surname and no word."""
    is_known = token.low.title() in surnames() and not is_common_word(token.low)
    is_known &= token.low not in OWN  # `brayan su hermano`
    return is_known and token.gap == " " and token.word.islower()


def is_initial(token: Word) -> bool:
    """Recognise the letter of `madison h and I`."""
    is_one = token.gap == " " and len(token.word) == 1 and token.word.islower()
    return is_one and token.low not in "aiounwyrx"


def _is_relative(tokens: Sequence[Word], at: int) -> bool:
    """Return whether the word before is somebody's relative or friend: `my little cousin`."""
    before = tokens[at - 1]
    whose = tokens[max(0, at - 4) : at - 1]
    return (
        is_kin(before.low)
        and not before.is_possessive
        and any(token.low in OWN or token.is_possessive for token in whose)
    )


def _is_ones_name(tokens: Sequence[Word], at: int, follows: str) -> bool:
    """Return whether a word behind a relative is the relative's name.

    No noun stands there, and no verb that could be a name but by itself: `my sister
    faith helps`, `my dad hope we come`.
    """
    before, low = tokens[at - 1].low, tokens[at].low
    if before in SPANISH_BEFORE and low in NO_SPANISH_NAME:
        return False
    is_of_things = before in _SAID_OF_THINGS
    is_loose = low in _NO_NAME_ALONE
    if is_loose or is_of_things:
        acts = tokens[at].is_possessive or follows in _ACTS
        return acts and not (is_loose and is_of_things)
    return True


def is_beside_me(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `me and destiny`."""
    row = tokens[max(0, at - 2) : at]
    return len(row) == 2 and row[1].low == "and" and row[0].low in ("me", "him", "her")


def is_explained(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `li is the family name`, not `trouble is my middle name`."""
    low, following = tokens[at].low, [token.low for token in tokens[at + 1 : at + 5]]
    if len(following) < 4 or following[0] not in ("is", "was"):
        return False
    _, whose, which, name = following
    is_of_a_name = name == "name" and which in _NAMES and whose in OWN | {"the"}
    is_name = low.title() in surnames() or low.title() in given_names()
    return is_of_a_name and (is_name or _may_be_a_name(low))


_NAMES = word_set("family last first given middle maiden")


def is_apposed(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `manny our custodian` and `angel, my big brother`."""
    following = tokens[at + 1 : at + 4]
    if not following or following[0].gap not in (" ", ", "):
        return False
    near = takewhile(lambda one: one.gap == " ", following[1:])
    return following[0].low in OWN and any(is_kin(one.low) for one in near)


def _is_between_commas(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `her brother, angel, …`."""
    if at < 2 or tokens[at].gap != ", " or not is_kin(tokens[at - 1].low):
        return False
    whose = {token.low for token in tokens[max(0, at - 3) : at - 1]}
    after = tokens[at + 1].gap[:1] if at + 1 < len(tokens) else "."
    return after in tuple(",.;?!") and not OWN.isdisjoint(whose)


def is_in_my_row(tokens: Sequence[Word], at: int) -> bool:
    """Recognise each of `me jax kylo and paris`, not `give me soup and bread`."""
    first = next(
        (n for n in range(at - 1, max(-1, at - 5), -1) if tokens[n].low == "me"), at
    )
    last = next(
        (n for n in range(at + 1, min(len(tokens), at + 5)) if tokens[n].low == "and"),
        at,
    )
    if first == at or (last == at and tokens[at - 1].low != "and"):
        return False
    before = tokens[first - 1] if first and not tokens[first].starts_sentence else None
    if before is not None and before.low not in _BEFORE_ROW:
        return False
    row = [one for one in tokens[first + 1 : max(last, at + 1)] if one.low != "and"]
    return len(row) > 1 and all(
        one.gap in (" ", ", ") and _may_be_a_name(one.low) for one in row
    )


def _may_be_a_name(low: str) -> bool:
    is_word = is_common_word(low) and low not in NEVER_WORDS
    return not (is_word or low in function_words())


_BEFORE_ROW = word_set("its it's so like just and was then")
_OPENS_CLAUSE = word_set(
    "and but so because cause cuz then when if that like while until um uh yeah since or "
    "after before once till til where who"
)
_DEEDS = DEEDS - {"never", "always"}
_DOES_MORE = _DEEDS | word_set("did goes kept keeps comes came went needs")
DOES = _DOES_MORE | word_set("is was has had does")
_HELLO = word_set("hi hey hello dear bye")
_SAYS = SPEAKING_VERBS - {"got", "helped", "uses"}  # faith helped me
_GOES_ON = word_set("and but so i i'm im")
OWN = word_set("my his her their our your mi mis su sus tu tus nuestra nuestro")
_ACTS = _DEEDS | word_set(
    "is was isn't wasn't has had hasn't does did doesn't didn't needs needed made "
    "she he she's he's shes hes"
)
# `My student art show`, `our teacher page`: a part in a school has things of its own.
_SAID_OF_THINGS = word_set(
    "aide baby boy counselor custodian driver friends girl guy intern interpreter janitor "
    "kid lady librarian man para paraprofessional partner secretary student teacher "
    "teammate tutor woman"
)
# Verbs, months and things of somebody's that are also given names.
_NO_NAME_ALONE = MONTHS | word_set(
    "abide ace art bill bob bud buck cash chance chase chin chuck comfort conn dawn dream "
    "drew dung echo evert fares favor favour foster frank grant hank harry honor hope hung "
    "jack josh journey lance lien mark marvel mats miles nick page pan par pat peanut "
    "pierce praise prayer promise prosper ray reign rich ridge river rob rocky rod roger "
    "rose sage side sky slim sparkle spring star stormy sue summer sun sung sunny treasure "
    "triumph van wade ward will willow winter wonder young autumn"
)


def says_who(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `name is X`, `name's X`, `call her X`."""
    before = tokens[at - 1]
    earlier = tokens[at - 2].word.lower() if at > 1 else ""
    if before.word.lower() == "name" and before.is_possessive:
        return True
    return (earlier, before.word.lower()) in _WAYS or _is_called(tokens, at)


def _is_called(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `that boy they call slim`, not `what they call recess`."""
    before = [token.low for token in tokens[max(0, at - 5) : at]]
    if len(before) < 3 or before[-1] not in ("call", "calls"):
        return False
    return before[-2] in _ALL and any(map(is_kin, before[-4:-2]))


_ALL = word_set("they we everybody everyone people i kids")


_WAYS = frozenset(
    [("name", "is"), ("name", "was")]
    + [
        (verb, whom)
        for verb in ("call", "calls", "called")
        for whom in ("him", "her", "me", "them")
    ]
)
