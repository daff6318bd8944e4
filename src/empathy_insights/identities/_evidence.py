"""Whether a study speaks of a capitalised word as of a person or as of a thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from empathy_insights.identities._unknown_words import is_chat
from empathy_insights.identities._vocabulary import (
    AUXILIARIES,
    CALLED_THINGS,
    DETERMINERS,
    FAMILY_TITLES,
    GREETINGS,
    HUMAN_VERBS,
    KIN,
    LOWER_TITLES,
    MONTHS,
    NAMING,
    OF_MANY,
    TITLES,
    function_words,
    given_names,
    given_names_that_are_words,
    is_common_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import Word

BEFORE_THING = (DETERMINERS - {"that"}) | word_set(
    "our my your their its in on via into through onto within using use used uses install "
    "installed installing playing play plays version built mobile user super "
    "across inside north south east west"
)
_AFTER_THING = word_set(
    "app apps api apis server servers website site sites page version versions framework "
    "frameworks library client clients update updates release releases fork game games "
    "console account store stores university council county area region process project "
    "projects program programs platform network team teams data code phones products "
    "points block blocks measures slots spec specs team's community conference festival "
    "test tests testing issue issues universe company inc language"
)
_DOMAINS = word_set("com org net io js dev co ai uk")
_BEFORE_PERSON = word_set(
    "with told tell tells ask asked asks thank met between me besides hired hire "
    "interviewed hosted alongside"
)
_OF_WHAT_KIND = word_set("lil lill little big poor old crazy young new sweet dear")
_IN_CHAT = word_set("bc cuz cus cos coz n nd tho lol ik idk w")
# Deeds done to somebody, beside those in -ed: `she saw brayden`.
_TO_SOMEBODY = word_set(
    "beat blame blames block bother brings bring bully bullies call calls calling catch caught chase choose chose "
    "copy copies date dating dm drive drives excluding feel fight fights fighting find follow follows fought found "
    "gave get gets give gives got hate hates hating hear heard help helps helping hit hits hitting hold hug hugs hurt hurts invite "
    "invites join keep kept kick kicks kicking kno know knows left let lets like likes lost love loves made makes make meet meets "
    "miss misses missing move moves mute need needs nominate pick picks picking put puts push pushes pushing picture remember "
    "report reports saw see sees seeing send sends sent sit sitting sub take takes taking text texts texting took touch touches "
    "trust trusts visit visits want wants watch watches watching write wrote"
)
_SLIGHT = word_set("and who read reads runs ran works got gets went sells")
_BEFORE_SMALL_NAME = (
    KIN | NAMING | _BEFORE_PERSON | _SLIGHT | _OF_WHAT_KIND | _IN_CHAT | _TO_SOMEBODY
)
_PRONOUNS = word_set("he she him her his hers he's she's himself herself")
_OBJECTS = word_set("me them us i yo")
_OWNED = word_set(
    "locker house room idea class car desk turn phone seat notebook website group family hair birthday "
    "backpack grade grades name mama house laptop voice project essay job wife husband"
)
AFTER_SUBJECT = word_set(
    "be been only never always really ain't don't too gonna finna and already even fell made had did didn't can't won't wasn't"
)
_CALLING = word_set("right you can could please what do thanks thank go come stop are")
_LEADS_ON = word_set(
    "so then and but like because cause cuz when that if now think thinks say says bet guess"
)
_DIGIT = re.compile(r" \d")


def evidence_of(tokens: Sequence[Word]) -> Mapping[str, int]:
    """Return, for each word with a capital, signs of a person less signs of a thing."""
    score: Counter[str] = Counter()
    for at, token in enumerate(tokens):
        if token.is_capitalised:
            score[token.low] += evidence_at(tokens, at)
        elif token.word.title() in given_names() and not is_common_word(token.low):
            score[token.low] += _of_small_name(tokens, at)
    return score


MOSTLY_THING, THING, PERSON = -3, -1, 1


def what_counts(evidence: int) -> int:
    """Return what is ever asked of evidence: more signs than these tell nothing more.

    Examples
    --------
    >>> what_counts(40), what_counts(-9)
    (1, -3)
    """
    return max(MOSTLY_THING, min(evidence, PERSON))


def _of_small_name(tokens: Sequence[Word], at: int) -> int:
    """Read a given name in small letters: after a noun it is rather part of a thing."""
    before = tokens[at - 1] if at and tokens[at].gap == " " else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    is_agent = after is not None and after.low in HUMAN_VERBS - _SLIGHT
    if before is None or is_agent or before.low in function_words() | LOWER_TITLES:
        return 1
    if before.low in _BEFORE_SMALL_NAME or is_chat(before.low):
        return 1
    return 1 if before.low.endswith("ed") and is_third_person(before.low) else -1


def evidence_at(tokens: Sequence[Word], at: int) -> int:
    """Return the signs at one place alone."""
    return _of_person(tokens, at) - _of_thing(tokens, at)


def _of_thing(tokens: Sequence[Word], at: int) -> int:
    token = tokens[at]
    before = tokens[at - 1].low if at and token.gap == " " else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if before in NAMING and at > 1 and tokens[at - 2].low in CALLED_THINGS:
        return 4
    is_persons = token.is_possessive or _is_family(token, after)
    is_thing = before in BEFORE_THING and not is_persons
    if after is not None and not token.is_possessive:
        is_thing |= after.gap == " " and after.low in _AFTER_THING
        is_thing |= after.gap == "." and after.low in _DOMAINS
        is_thing |= _DIGIT.match(after.gap) is not None
    return int(is_thing)


def _of_person(tokens: Sequence[Word], at: int) -> int:
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    signs = 0
    if before is not None and token.gap in (" ", ". ", ", "):
        signs += 2 * _announces(before, token, after)
        signs += before.low in _LEADS_ON and _is_subject(after)
        signs += before.low == "the" and _is_family(token, after)
    if after is not None and after.gap == "-" and after.is_titled:
        after = tokens[at + 2] if at + 2 < len(tokens) else None
    if after is not None and after.gap in (" ", "'s ", "’s "):
        signs += _acts(token, after)
    signs += after is not None and is_called_on(token, after)
    signs += token.word in surnames() and not is_common_word(token.low)
    return signs + _has_company(tokens, at) + _is_followed(tokens, at)


def is_called_on(token: Word, after: Word) -> bool:
    """Recognise `Ana, can you …` and `Ana: absent`."""
    if after.gap.startswith(":"):
        return True
    return token.starts_sentence and after.gap == ", " and after.low in _CALLING


def _acts(token: Word, after: Word) -> bool:
    """Return whether what follows is what people do, have, or are called besides."""
    if token.is_possessive:
        return token.starts_sentence or after.low in KIN | FAMILY_TITLES | _OWNED
    if after.is_titled:
        return after.word in surnames() or not is_common_word(after.low)
    if after.low == "who" or after.low in HUMAN_VERBS - _SLIGHT:
        return True
    return token.starts_sentence and (
        after.low in AFTER_SUBJECT or is_third_person(after.low)
    )


def _is_subject(after: Word | None) -> bool:
    follows = after.low if after and after.gap == " " else ""
    return follows in HUMAN_VERBS | AUXILIARIES


def _is_family(token: Word, after: Word | None) -> bool:
    """Recognise the many of one name in `the …s' house`, not in `the …s' game`."""
    if after is None or token.is_possessive or after.low in OF_MANY:
        return False
    return token.low.endswith("s") and after.gap.startswith(("'", "’"))


def is_third_person(low: str) -> bool:
    """Return whether a word may be a verb of which somebody is the subject."""
    return len(low) > 3 and low.endswith(("s", "ed")) and is_common_word(low)


def _announces(before: Word, token: Word, after: Word | None) -> bool:
    if token.gap == ", ":
        ends = after is None or after.gap[:1] in tuple(".,?!")
        return (before.low in GREETINGS and ends) or before.low in KIN
    is_title = before.word in TITLES or before.low in LOWER_TITLES
    if token.gap == ". ":
        return is_title
    return is_title or before.low in KIN | NAMING | _BEFORE_PERSON


def _has_company(tokens: Sequence[Word], at: int) -> bool:
    """Return whether the word stands in a row with a given name, or with `me` or `her`."""
    token = tokens[at]
    before, after = tokens[max(0, at - 2) : at], tokens[at + 1 : at + 3]
    if before and token.gap == ", " and before[-1].word in given_names():
        return True
    if after and after[0].gap == ", " and after[0].word in given_names():
        return True
    rows = (before[::-1], after)
    return any(
        len(row) == 2
        and row[0].low in ("and", "y")
        and (row[1].low in _PRONOUNS | _OBJECTS or _is_given(row[1]))
        for row in rows
    )


def _is_given(token: Word) -> bool:
    name = token.word.title()
    is_word = name in given_names_that_are_words() and token.low not in MONTHS
    return is_word or name in given_names()


def _is_followed(tokens: Sequence[Word], at: int) -> bool:
    """Return whether the sentence goes on about a `she` or a `he`, or the next one opens so."""
    for token in tokens[at + 1 : at + 7]:
        if token.low in _PRONOUNS and (
            not token.starts_sentence or token is tokens[at + 1]
        ):
            return True
        if token.starts_sentence:
            return False
    return False
