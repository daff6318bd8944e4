"""Whether a study speaks of a capitalised word as of a person or as of a thing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

from empathy_insights.identities._vocabulary import (
    AUXILIARIES,
    BEFORE_MONTH,
    CALLED_THINGS,
    DEEDS,
    DETERMINERS,
    FAMILY_TITLES,
    GREETINGS,
    HUMAN_VERBS,
    KIN,
    LOWER_TITLES,
    MONTHS,
    MOVES,
    NAMING,
    NOT_AFTER_NAME,
    OF_MANY,
    STANDS_BARE,
    TITLES,
    function_words,
    given_names,
    given_names_that_are_words,
    is_common_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import Word

_BEFORE_THING = (DETERMINERS - {"that"}) | word_set(
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
_SLIGHT = word_set("and who read reads runs ran works got gets went sells")
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
    return 1 if before.low in KIN | NAMING | _BEFORE_PERSON | _SLIGHT else -1


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
    is_thing = before in _BEFORE_THING and not is_persons
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
    signs += after is not None and _is_called_on(token, after)
    signs += token.word in surnames() and not is_common_word(token.low)
    return signs + _has_company(tokens, at) + _is_followed(tokens, at)


def _is_called_on(token: Word, after: Word) -> bool:
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


# Tell a name that is also a word (Grace, Will, May) from the word, by its place.


Reading = Literal["name", "word", "unsure"]


def meaning(
    tokens: Sequence[Word], start: int, stop: int, *, is_cased: bool,
    is_titled: bool = False,
) -> Reading | Literal["alone"]:  # fmt: skip
    """Return how a word that is also a name is meant, in whatever case it is written.

    `is_titled` says that its capitals are those of a name: `HEAVEN` where she is so listed.
    `alone` is a sentence of one word with a capital: rather a name than not.
    """
    token = tokens[start]
    if is_label(tokens, start, stop):
        return "name"
    before = tokens[start - 1].low if start else ""
    if not (token.is_titled or (is_titled and before not in _BEFORE_THING)):
        return _small_reading(tokens, start, stop, is_cased=is_cased)
    found = reading(tokens, start, stop)
    is_end = stop == len(tokens) or tokens[stop].starts_sentence
    return "alone" if found == "unsure" and token.starts_sentence and is_end else found


def is_label(tokens: Sequence[Word], start: int, stop: int) -> bool:
    """Return whether the word opens a line and a colon follows it."""
    opens = start == 0 or "\n" in tokens[start].gap
    return opens and stop < len(tokens) and tokens[stop].gap.lstrip().startswith(":")


def _small_reading(
    tokens: Sequence[Word], start: int, stop: int, *, is_cased: bool
) -> Reading:
    """Read a word in small letters, or in capitals only: a name needs a sign of it."""
    word, low = tokens[start], tokens[start].low
    before = tokens[start - 1] if start and not word.starts_sentence else None
    after = tokens[stop] if stop < len(tokens) else None
    is_plain = low in function_words() or low in MONTHS
    if before and _announces_name(before, word):
        return "unsure" if is_plain and before.low in KIN else "name"
    is_spoken_to = _is_spoken_to(tokens, start, stop)
    follows = after.low if after and after.gap == " " else ""
    if is_plain:  # no helping verb stands before `comes`
        is_subject = low in MODALS and follows in _AFTER_NO_MODAL
        return "name" if is_subject else "unsure" if is_spoken_to else "word"
    if is_spoken_to:
        return "name"
    if before and before.low in _BEFORE_WORD:
        return "word"
    if follows in DETERMINERS and not word.is_possessive:
        return "word"
    if word.is_possessive or follows in DEEDS:
        return "name"
    return "word" if is_cased else "unsure"


def _is_spoken_to(tokens: Sequence[Word], start: int, stop: int) -> bool:
    """Recognise `hi destiny`, `thank you destiny.` and `destiny, can you …`."""
    word, after = tokens[start], tokens[stop] if stop < len(tokens) else None
    if word.starts_sentence:
        return after is not None and _is_called_on(word, after)
    before = [token.low for token in tokens[max(0, start - 2) : start]]
    if before == ["thank", "you"]:
        return word.gap in (" ", ", ") and (after is None or after.gap != " ")
    return before[-1:] != [] and before[-1] in _SPEAKS_TO


_BEFORE_WORD = DETERMINERS | word_set(
    "to i you we they he she it my your his her our their of very more most for not "
    "don't doesn't didn't can could should would will must may might"
)
MODALS = frozenset(("will", "may"))
_AFTER_NO_MODAL = frozenset(
    verb for verb in HUMAN_VERBS if verb.endswith("s") and verb != "always"
) | word_set("comes makes takes needs has does is was went said told knew left")
_SPEAKS_TO = word_set("asked ask told tell hi hey thanks dear met")


def reading(tokens: Sequence[Word], start: int, stop: int) -> Reading:
    """Return how the capitalised word at `start` is meant."""
    before = tokens[start - 1] if start else None
    after = tokens[stop] if stop < len(tokens) else None
    word = tokens[start]
    if before and _announces_name(before, word):
        return "name"
    if _is_other_thing(tokens, start, stop):
        return "word"
    if word.is_possessive:
        return "name"
    if word.starts_sentence:
        return _at_start(tokens, start, stop)
    if _continues(after):
        return "name" if after and after.word in surnames() else "unsure"
    if (
        before
        and before.is_capitalised
        and word.gap == " "
        and not before.starts_sentence
        and before.word != "I"
    ):
        return "unsure"
    return "name"


def _continues(after: Word | None) -> bool:
    """Return whether another capitalised word follows at once."""
    if after is None or after.gap != " ":
        return False
    return after.is_capitalised and after.word.lower() not in function_words()


def _announces_name(before: Word, word: Word) -> bool:
    if word.gap not in (" ", ". ", ", "):
        return False
    low = before.word.lower()
    if word.gap == ", ":
        return low in KIN
    return before.word in TITLES or low in LOWER_TITLES or low in NAMING or low in KIN


def _is_other_thing(tokens: Sequence[Word], start: int, stop: int) -> bool:
    word, low = tokens[start], tokens[start].word.lower()
    before = tokens[start - 1].word.lower() if start and word.gap == " " else ""
    follows = stop < len(tokens) and tokens[stop].gap == " " and not word.is_possessive
    after = tokens[stop].word if follows else ""
    if low in MONTHS and (before in BEFORE_MONTH or after in MONTHS):
        return True
    if before in DETERMINERS and before not in ("this", "that"):
        return True
    if before == "in" and not word.is_possessive and after not in HUMAN_VERBS:
        return True
    earlier = {token.word.lower() for token in tokens[max(0, start - 4) : start]}
    if before in ("to", "from") and earlier & MOVES:
        return True
    return after in NOT_AFTER_NAME and (word.starts_sentence or after in _THINGS)


_THINGS = word_set(
    "shoes shoe sneakers jersey jerseys period periods garden bush street avenue "
    "road school vacation break program camp"
)


def _at_start(tokens: Sequence[Word], start: int, stop: int) -> Reading:
    word, after = tokens[start], tokens[stop] if stop < len(tokens) else None
    if after is None:
        return "unsure"
    if after.gap.strip()[:1] in _AFTER_VOCATIVE:
        return "name"
    if after.gap == " " and (after.word in HUMAN_VERBS or after.word in surnames()):
        return "name"
    # A count noun without an article starts no sentence, so `Hunter was` is a person.
    is_bare = after.gap == " " and after.word in AUXILIARIES
    if is_bare and (
        word.word.lower() not in STANDS_BARE or _is_about_person(tokens, stop)
    ):
        return "name"
    return "unsure"


_AFTER_VOCATIVE = tuple(',?!:(+&-–—"”')
_ABOUT_PERSON = frozenset(("she", "he", "her", "him", "his", "hers")) | KIN


def _is_about_person(tokens: Sequence[Word], stop: int) -> bool:
    """Return whether the sentence goes on about a `she`, a `he` or somebody's sister."""
    for token in tokens[stop : stop + 10]:
        if token.starts_sentence:
            return False
        if token.word.lower() in _ABOUT_PERSON:
            return True
    return False
