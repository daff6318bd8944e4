"""Capitalised words that what is said beside them shows to be somebody, or somebody's pet."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_insights.identities._name_ends import surname_end
from empathy_insights.identities._paired import is_paired
from empathy_insights.identities._vocabulary import (
    AUXILIARIES,
    HUMAN_VERBS,
    KIN,
    MONTHS,
    NOT_SOMEBODY,
    OFFICES,
    PETS,
    SPEAKING_VERBS,
    function_words,
    given_names,
    is_common_word,
    is_deed,
    is_english_word,
    is_kin,
    is_listed_name,
    is_spanish_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import Word


def is_shown(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word is a pet's name, or one of people who do as only they do.

    `Chukwuma is seven`, `let Osas go first`, `so did Osas`, `Osas. Eighth grade.`,
    `Burgess, 5th period` and `Biscuit the therapy dog`.
    """
    if _is_pet(tokens, at):
        return True
    if tokens[at].low in MONTHS or not _may_be_somebody(tokens[at]):
        return False
    return any(shows(tokens, at) for shows in _SIGNS)


def _may_be_somebody(token: Word) -> bool:
    if not token.is_titled:
        return False
    return is_listed_name(token.word) or not is_english_word(token.low)


def _has_an_age(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `Osas is seven.`, `Osas is 7 and …` and `Osas is in third grade`."""
    following = tokens[at + 1 : at + 6]
    if len(following) < 2 or following[0].gap != " ":
        return False
    verb, told, *more = following
    if verb.low not in _IS or tokens[at].is_possessive:
        return False
    if told.low == "in" and more:
        is_first = more[0].low in _ORDINALS or _DIGITS.search(more[0].gap) is not None
        return more[0].low in _YEARS or (is_first and _is_grade(more[1:]))
    if _DIGITS.search(told.gap):
        return told.gap.rstrip()[-1:] in ".,!?" or told.low in _AFTER_AGE
    return told.low in _AGES and _ends(more, _AFTER_AGE)


def _is_grade(following: Sequence[Word]) -> bool:
    return any(token.low in ("grade", "gr") for token in following[:2])


def _ends(following: Sequence[Word], more: frozenset[str]) -> bool:
    """Return whether what was said ends, or goes on with one of some words."""
    after = following[0] if following else None
    return after is None or after.gap != " " or after.low in more


def _is_let(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `let Osas go first`."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if not at or after is None or tokens[at].gap != " " or after.gap != " ":
        return False
    acts = after.word.islower() and not after.low.endswith("s")
    is_verb = is_common_word(after.low) and after.low not in function_words() - _DOES
    return tokens[at - 1].low in ("let", "lets", "letting") and acts and is_verb


def agrees(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `so did Osas.` and `neither does Osas, and …`."""
    before = [token.low for token in tokens[max(0, at - 2) : at]]
    is_same = len(before) == 2 and before[0] in _ALSO and before[1] in _DID
    return is_same and _ends(tokens[at + 1 :][:1], _AND)


def _says_own_name(tokens: Sequence[Word], at: int) -> bool:
    """Recognise who opens with a name and a grade: `Osas. Eighth.`, `Ann Lee, 8th grade`."""
    is_other = is_spanish_word(tokens[at].low) and tokens[at].word not in given_names()
    stop = surname_end(tokens, 1)
    if (
        at
        or is_other
        or stop >= len(tokens)
        or tokens[stop].gap[:2] not in (". ", ", ")
    ):
        return False
    grade, more = tokens[stop], tokens[stop + 1 : stop + 2]
    is_first = grade.low in _ORDINALS or _NTH.search(grade.gap + grade.low) is not None
    return is_first and (_is_grade(more) or not more or more[0].gap[:1] in ".!?")


def _teaches(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `Burgess 5th period` and `Burgess, third hour`."""
    following = tokens[at + 1 : at + 3]
    name = tokens[at].word
    if len(following) < 2 or name not in surnames() or name in _LESSONS:
        return False
    nth, hour = following
    is_nth = _NTH.search(nth.gap + nth.low) is not None
    is_nth |= nth.low in _ORDINALS and nth.gap in (" ", ", ")
    return is_nth and hour.low in _HOURS


def _is_of_a_grade(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `Lindqvist in third grade told me`."""
    following = tokens[at + 1 : at + 5]
    if len(following) < 4 or any(token.gap != " " for token in following[1:]):
        return False
    side, nth, grade, verb = following
    is_nth = nth.low in _ORDINALS and side.low in ("in", "from")
    return is_nth and grade.low == "grade" and verb.low in HUMAN_VERBS


def _is_pet(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `Biscuit the therapy dog is` and `to Waffles, our cat.`.

    What opens a sentence may be a verb: `Walk the school dog.`
    """
    token, following = tokens[at], tokens[at + 1 : at + 5]
    if not token.is_titled or token.is_possessive or not following:
        return False
    n = next((n for n, one in enumerate(following) if one.low in PETS), 0)
    is_close = n and all(one.gap == " " for one in following[1 : n + 1])
    if not is_close or following[0].low not in _WHOSE:
        return False
    after = tokens[at + n + 2 : at + n + 3]
    if following[0].gap == " " and following[0].low == "the":
        acts = bool(after) and after[0].gap == " " and after[0].low in _ACTS
        return acts if token.starts_sentence else True
    is_closed = not after or after[0].gap[:1] in tuple(".,;!?)")
    return following[0].gap == ", " and is_closed and not token.starts_sentence


def _has_a_condition(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `Precilla has a 504 plan`, `Ikaika gets seizures` and `Thaddeusz is autistic`."""
    verb, *following = tokens[at + 1 : at + 7] or [tokens[at]]
    if verb.gap != " " or tokens[at].is_possessive:
        return False
    told = [one for one in following if not one.starts_sentence]
    if verb.low in ("is", "was"):
        return any(one.low in _AILING for one in told[:2])
    if verb.low not in _HAS:
        return False
    n = next((n for n, one in enumerate(told[:5]) if _is_condition(one)), -1)
    after = told[n + 1].low if -1 < n < len(told) - 1 else ""
    return n >= 0 and after not in _PROVIDED


def _is_condition(token: Word) -> bool:
    is_plan = token.low == "plan" and token.gap.strip() == "504"
    return is_plan or token.low in _CONDITIONS


_HAS = word_set("has had gets got takes needs wears")
_CONDITIONS = word_set(
    "iep seizure seizures asthma epilepsy autism adhd diabetes insulin inhaler epipen wheelchair "
    "anxiety depression dyslexia allergy allergies medication meds cancer leukemia lupus eczema "
    "migraines ptsd ocd palsy crutches concussion"
)
_AILING = word_set(
    "autistic epileptic diabetic dyslexic asthmatic deaf pregnant undocumented suicidal homeless"
)
_PROVIDED = word_set(
    "app awareness center class classes clinic coverage feature features form forms law laws "
    "program programs research resources services support tool tools training unit"
)


def speaks(tokens: Sequence[Word], at: int, after: Word) -> bool:
    """Return whether a bare noun does what only people do: `Miracle said`, `Tee got a ride`."""
    token, verb = tokens[at], after.low
    is_done = is_deed(token.low) and token.word not in surnames()
    if token.low.endswith("s") or token.low in NOT_SOMEBODY | OFFICES or is_done:
        return False
    following = [one.low for one in tokens[at + 2 : at + 4]]
    gets = verb == "got" and following[:1] != [] and following[0] in _WHAT_PEOPLE_GET
    gets &= following[1:] not in (["lot"], ["little"], ["bit"])
    does = gets or verb in SPEAKING_VERBS - _DONE_BY_THINGS
    return after.gap == " " and does


# `Practice helped me`, `Lunch got cold`, `Homework eats my Sundays`, `Writing asks a lot`.
_DONE_BY_THINGS = word_set("asks eats got helped helps told uses wants")
_WHAT_PEOPLE_GET = word_set(
    "a an caught detention expelled her him his hurt in kicked mad me my sick suspended"
)


def is_described(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `Baker, the math teacher, …` and `Baker, my sister, …`."""
    following = tokens[at + 1 : at + 5]
    if len(following) < 2 or following[0].gap != ", ":
        return False
    is_bound = following[0].low in ("the", "my", "our", "his", "her", "their", "that's")
    return is_bound and any(t.low in KIN | {"principal"} for t in following[1:])


def _is_set_off(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `my teacher last year - Hendricks - let us pick` and `her aide (Ilse)`."""
    stop = surname_end(tokens, at + 1)
    follows = tokens[stop].gap if stop < len(tokens) else "."
    is_apart = (tokens[at].gap.strip(), follows.strip()[:1]) in _SETS_OFF
    return is_apart and any(is_kin(one.low) for one in tokens[max(0, at - 4) : at])


_SETS_OFF = frozenset([(sign, sign) for sign in "-–—"] + [("(", ")")])
_SIGNS = (
    _has_an_age, _is_let, agrees, _says_own_name, _teaches, _is_of_a_grade, is_paired,
    _has_a_condition, _is_set_off,
)  # fmt: skip
_DIGITS = re.compile(r"^ \d{1,2}(?!\d)")
_NTH = re.compile(r"^(?:[.,])? \d{1,2}(?:st|nd|rd|th)$")
_IS = word_set("is was turned turns")
_AGES = word_set(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen"
)
_AFTER_AGE = word_set("and now years year but so going almost months")
_ORDINALS = word_set(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
)
_YEARS = word_set("kindergarten preschool prek college daycare")
_HOURS = word_set("hr hrs hour period per pd block")
_LESSONS = word_set("Law Reading English French Speech Weights Bible")
_ALSO = word_set("so neither nor")
_DID = word_set("did does do was is has had would will can could")
_AND = word_set("and but too")
_DOES = word_set(
    "ask be come do get give go have help keep know look make need put say see show start "
    "take talk tell think try use want work write"
)
_WHOSE = word_set("the our my his her their a")
_ACTS = HUMAN_VERBS | AUXILIARIES | word_set("comes is was has lies sits")
