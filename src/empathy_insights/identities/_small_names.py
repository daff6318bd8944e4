"""Find names in small letters, as captions and children write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from empathy_insights.identities._addressed import is_addressed
from empathy_insights.identities._evidence import THING
from empathy_insights.identities._listed import is_title
from empathy_insights.identities._name_ends import has_nickname, person_found
from empathy_insights.identities._near_misses import is_told_words
from empathy_insights.identities._shown import agrees
from empathy_insights.identities._small_surnames import surname_behind
from empathy_insights.identities._spanish import (
    SPANISH_BEFORE,
    is_spanish_name,
)
from empathy_insights.identities._strange_words import find_strange
from empathy_insights.identities._unknown_words import (
    is_chat,
    is_strange_in_small,
    is_unknown,
)
from empathy_insights.identities._vocabulary import (
    KIN,
    LETTER_NAMES,
    LOWER_TITLES,
    NAMING,
    NEVER_WORDS,
    allowed_in_small,
    allowed_phrases,
    folded,
    function_words,
    given_names,
    is_common_word,
    is_kin,
    is_spanish_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_names import (
    OWN,
    is_explained,
    is_in_my_row,
    is_initial,
    says_who,
)
from empathy_insights.identities._word_spans import NameSpan, Word


def named_small(
    tokens: Sequence[Word],
    at: int,
    evidence: Mapping[str, int],
    *,
    is_cased: bool,
    is_spanish: bool,
    is_foreign: bool,
) -> tuple[int, NameSpan] | None:
    """Find a name in small letters: a given name, or what is announced as a name."""
    token = tokens[at]
    if not token.word.islower() or len(token.word) < 2 or _is_known(token.low):
        return None
    before = _announcing(tokens, at)
    is_spanish = is_spanish or before in SPANISH_BEFORE
    if is_spanish and not _may_be_spanish(tokens, at, before):
        return None
    is_named = _is_named_so(tokens, at)
    is_announced = is_named or _is_announced(tokens, at, before)
    is_listed = is_named or _may_be_listed(token)
    if not (is_listed or is_announced):
        return None if is_cased or is_foreign else find_strange(tokens, at)
    is_doubtful = evidence[token.low] <= THING
    is_doubtful |= is_cased and not _is_surely_given(token.low)
    if is_listed:
        is_long = len(token.word) > 2 or token.low in LETTER_NAMES
        may_be = is_long and (is_announced or not is_doubtful)
    else:
        may_be = _is_new(token, before, is_cased=is_cased)
    if not may_be:
        return None
    stop = _end(tokens, at, is_spanish=is_spanish)
    found = person_found(tokens, at, at, stop, "person", "pattern", "medium")
    return stop, found._replace(doubt="a name in small letters")


@lru_cache(maxsize=65536)
def _is_surely_given(low: str) -> bool:
    """Return whether a word is a given name and nothing else, as brayden is."""
    return (
        len(low) > 3
        and low.title() in given_names()
        and is_unknown(low)
        and not is_chat(low)
    )


def _end(tokens: Sequence[Word], at: int, *, is_spanish: bool) -> int:
    """Return where a name in small letters stops: two more words, and an initial."""
    stop = at + 1
    if has_nickname(tokens, stop) and tokens[stop + 1].low.title() in surnames():
        return stop + 2
    while stop < len(tokens) and stop < at + 3:
        if not _goes_on(tokens[stop], is_spanish=is_spanish):
            break
        stop += 1
    if stop == at + 1:
        stop = surname_behind(tokens, stop)
    has_initial = stop < len(tokens) and is_initial(tokens[stop])
    return stop + has_initial


def _announcing(tokens: Sequence[Word], at: int) -> str:
    """Return the word that may announce a name: behind a comma only a relative does."""
    before = tokens[at - 1].low if at and tokens[at].gap in (" ", ". ", ", ") else ""
    return "" if tokens[at].gap == ", " and before not in KIN else before


def _may_be_spanish(tokens: Sequence[Word], at: int, before: str) -> bool:
    """Return whether a word is no word of Spanish, or is introduced as a name."""
    token = tokens[at]
    if not is_spanish_word(token.low):
        return True
    if before in _ALWAYS_BEFORE and tokens[at].gap == " ":  # `doña cuca`
        return token.low not in function_words() and len(token.word) > 2
    is_name = before in _KIN_WORDS | NAMING and is_spanish_name(token)
    return is_name and (token.low != "mia" or tokens[at - 2].low in OWN)


def _is_announced(tokens: Sequence[Word], at: int, before: str) -> bool:
    if before in _ANNOUNCES or before in _ALWAYS_BEFORE:
        return True
    if before in LOWER_TITLES and is_title(tokens, at - 1):
        return True
    is_known = tokens[at].low in allowed_in_small()
    signs = agrees, is_in_my_row, is_addressed
    return not is_known and any(tells(tokens, at) for tells in signs)


def _may_be_listed(token: Word) -> bool:
    is_given = token.word.title() in given_names()
    is_given |= token.low in NEVER_WORDS | LETTER_NAMES
    return is_given or _is_only_a_surname(token)


def _is_new(token: Word, before: str, *, is_cased: bool) -> bool:
    """Return whether a word that is announced may be a name that no list has."""
    if len(token.word) == 2:
        return before in KIN and is_unknown(token.low)
    return is_strange_in_small(token.low) if is_cased else not is_chat(token.low)


def _is_named_so(tokens: Sequence[Word], at: int) -> bool:
    """Recognise a name that no list has, said as one or before a colon: `rylynn: i do`.

    A thing's name is none, and no word of either language.
    """
    token = tokens[at]
    if is_explained(tokens, at):
        return True
    if len(token.word) < 4 or not (opens_turn(tokens, at) or _is_said(tokens, at)):
        return False
    return is_unknown(token.low)


def opens_turn(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a line begins with the word and a colon, and goes on in known words."""
    if at and not tokens[at].gap.endswith("\n"):
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and after.gap == ": " and is_told_words(tokens, at)


def _is_said(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `my name is rylynn` and `se llama rylynn`."""
    if at < 2 or tokens[at].gap != " ":
        return False
    before, earlier = tokens[at - 1].low, tokens[at - 2].low
    if earlier == "nombre":
        return before in ("es", "era") and tokens[max(0, at - 3)].low in OWN
    if earlier in ("se", "me"):
        return before in ("llama", "llamo", "llamaba")
    return says_who(tokens, at) and _is_of_somebody(tokens, at)


def _is_of_somebody(tokens: Sequence[Word], at: int) -> bool:
    """Return whether whose name it is, or who is called so, is a person."""
    if tokens[at - 1].low in _CALLED:
        return True
    name = at - 1 if tokens[at - 1].low == "name" else at - 2
    whose = tokens[max(0, name - 1)]
    return whose.low in OWN or is_kin(whose.low)


_ALWAYS_BEFORE = word_set("dona don")  # folded
_CALLED = word_set("him her me")


def _is_only_a_surname(token: Word) -> bool:
    """Return whether a word in small letters is a surname, and no word: `from hernandez`."""
    name = token.word.title()
    if len(name) <= 4 or name not in surnames() or is_spanish_word(token.low):
        return False
    is_known = f"{token.low}s" in allowed_in_small()  # `we ate at mcdonald's`
    return not (is_known or name in allowed_phrases())


_ANNOUNCES = KIN | NAMING | word_set("told asked thanks thank hi hey")


@lru_cache(maxsize=65536)
def is_plain(word: str) -> bool:
    """Return whether a word in small letters neither is a name nor announces one."""
    return word.islower() and word not in LOWER_TITLES and _is_known(word)


def _is_known(low: str) -> bool:
    is_word = is_common_word(low) and low not in NEVER_WORDS
    return is_word or low in function_words() or low in _KIN_WORDS


_KIN_WORDS = KIN | LOWER_TITLES | frozenset(map(folded, LOWER_TITLES))


def _goes_on(token: Word, *, is_spanish: bool) -> bool:
    if token.gap != " " or not token.word.islower() or _is_known(token.low):
        return False
    return not (is_spanish and is_spanish_word(token.low)) or is_spanish_name(token)
