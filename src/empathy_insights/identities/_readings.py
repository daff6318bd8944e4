"""How a word that is also a name (Grace, Will, May) is meant, by its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from empathy_insights.identities._evidence import BEFORE_THING, is_called_on
from empathy_insights.identities._spanish import speaks_spanish
from empathy_insights.identities._vocabulary import (
    AUXILIARIES,
    BEFORE_MONTH,
    DEEDS,
    DETERMINERS,
    HUMAN_VERBS,
    KIN,
    LOWER_TITLES,
    MONTHS,
    MOVES,
    NAMING,
    NOT_AFTER_NAME,
    STANDS_BARE,
    TITLES,
    function_words,
    is_deed,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import Word

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
    if not (token.is_titled or (is_titled and before not in BEFORE_THING)):
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
        return after is not None and is_called_on(word, after)
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
    if _is_gone_to(tokens, start):
        return "name" if _is_asked(tokens, stop) else "unsure"
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
        return not _is_to_somebody(tokens, start, before)
    if before == "in" and not word.is_possessive and after not in HUMAN_VERBS:
        return True
    return after in NOT_AFTER_NAME and (word.starts_sentence or after in _THINGS)


def _is_to_somebody(tokens: Sequence[Word], start: int, before: str) -> bool:
    """Recognise the `a` of Spanish before whom something happens to: `a Ángel le quitaron`."""
    return before == "a" and speaks_spanish(tokens[max(0, start - 8) : start + 8])


_THINGS = word_set(
    "bank card food shoes shoe sneakers jersey jerseys period periods garden bush street avenue "
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
    if after.gap == " " and _is_as_people_are(tokens, stop):
        return "name"
    # A count noun without an article starts no sentence, so `Hunter was` is a person.
    is_bare = after.gap == " " and after.word in AUXILIARIES
    may_stand_bare = word.low in STANDS_BARE or is_deed(word.low)
    if is_bare and (not may_stand_bare or _is_about_person(tokens, stop)):
        return "name"
    return "unsure"


_AFTER_VOCATIVE = tuple(',?!:(+&-–—"”')
_ABOUT_PERSON = frozenset(("she", "he", "her", "him", "his", "hers")) | KIN


def _is_gone_to(tokens: Sequence[Word], start: int) -> bool:
    """Recognise `go to Joy` and `came from Austin`: somebody, or a place."""
    earlier = [token.low for token in tokens[max(0, start - 4) : start]]
    is_to = earlier[-1:] in (["to"], ["from"]) and tokens[start].gap == " "
    return is_to and not MOVES.isdisjoint(earlier)


def _is_asked(tokens: Sequence[Word], stop: int) -> bool:
    """Recognise the rest of `I go to Joy for help`."""
    following = [token.low for token in tokens[stop : stop + 3]]
    return following[:1] == ["for"] and not _HELP.isdisjoint(following)


def _is_as_people_are(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `… is mean to me`, `… was out sick`, `… has my charger`, `… owes me`."""
    verb = tokens[at].low
    following = [token.low for token in tokens[at + 1 : at + 4] if token.gap == " "]
    if verb in ("has", "had"):
        return following[:1] in (["my"], ["our"])
    told = [low for low in following if low not in _ADVERBS]
    is_told = verb in _BEING and told[:1] != [] and told[0] in _STATES
    return is_told or verb in _OWES


_HELP = frozenset(("help", "advice", "support", "answers", "homework", "comfort"))
_OWES = word_set("owes owed bullies bullied copied steals lends lent cheats cheated")
_BEING = word_set("is was isn't wasn't isnt wasnt gets got")
_ADVERBS = word_set("really so very too always kinda super just not never out being")
_STATES = word_set(
    "absent bullied crying expelled jealous mad mean rude sick suspended tardy"
)


def _is_about_person(tokens: Sequence[Word], stop: int) -> bool:
    """Return whether the sentence goes on about a `she`, a `he` or somebody's sister."""
    for token in tokens[stop : stop + 10]:
        if token.starts_sentence:
            return False
        if token.word.lower() in _ABOUT_PERSON:
            return True
    return False
