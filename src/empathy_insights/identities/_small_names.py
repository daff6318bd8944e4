"""Find names in small letters, as captions and children write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from empathy_insights.identities._evidence import THING, is_label
from empathy_insights.identities._listed import is_title
from empathy_insights.identities._near_misses import is_told_words
from empathy_insights.identities._spanish import (
    NO_SPANISH_NAME,
    SPANISH_BEFORE,
    is_spanish_name,
)
from empathy_insights.identities._titled import person_found
from empathy_insights.identities._vocabulary import (
    DETERMINERS,
    HUMAN_VERBS,
    KIN,
    LOWER_TITLES,
    MONTHS,
    NAMING,
    NEVER_WORDS,
    SPEAKING_VERBS,
    allowed_in_small,
    allowed_phrases,
    folded,
    function_words,
    given_names,
    given_names_that_are_words,
    is_common_word,
    is_misspelt,
    is_spanish_word,
    is_unknown,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import NameSpan, Word


def named_small(
    tokens: Sequence[Word],
    at: int,
    evidence: Mapping[str, int],
    *,
    is_cased: bool,
    is_spanish: bool,
) -> tuple[int, NameSpan] | None:
    """Find a name in small letters: a given name, or what is announced as a name."""
    token = tokens[at]
    if not token.word.islower() or len(token.word) < 3 or _is_known(token.low):
        return None
    before = tokens[at - 1].low if at and token.gap in (" ", ". ") else ""
    is_spanish = is_spanish or before in SPANISH_BEFORE
    if is_spanish and is_spanish_word(token.low):
        is_name = before in _KIN_WORDS | NAMING and is_spanish_name(token)
        if not is_name or (token.low == "mia" and tokens[at - 2].low not in _OWN):
            return None
    is_announced = before in KIN | NAMING | _BEFORE_SMALL or (
        before in LOWER_TITLES and is_title(tokens, at - 1)
    )
    is_named = _is_named_so(tokens, at)
    is_announced |= is_named
    is_given = token.word.title() in given_names() or token.low in NEVER_WORDS
    is_listed = is_given or is_named or _is_only_a_surname(token)
    if not is_listed and (is_cased or not is_announced):
        return None if is_cased else _strange(tokens, at)
    if not is_announced and (is_cased or evidence[token.low] <= THING):
        return None
    stop = at + 1
    while stop < len(tokens) and stop < at + 3:
        if not _goes_on(tokens[stop], is_spanish=is_spanish):
            break
        stop += 1
    if stop < len(tokens) and _is_initial(tokens[stop]):
        stop += 1
    found = person_found(tokens, at, at, stop, "person", "pattern", "medium")
    return stop, found._replace(doubt="a name in small letters")


def _strange(tokens: Sequence[Word], at: int) -> tuple[int, NameSpan] | None:
    """Find a word that no dictionary has, where no capital could tell a name.

    Who writes or hears no capitals writes words; what is none is rather somebody or
    somewhere. A letter off a word it may be that word, unless it stands as people do.
    """
    token = tokens[at]
    if not _is_strange(token.low) or _is_of_things(tokens, at):
        return None
    is_sure = not is_misspelt(token.low) or _stands_as_people_do(tokens, at)
    found = person_found(tokens, at, at, at + 1, "person", "pattern", "medium")
    doubt = "a word in small letters that no dictionary has"
    return at + 1, found._replace(doubt=doubt, replace=is_sure)


@lru_cache(maxsize=65536)
def _is_strange(low: str) -> bool:
    if len(low) < 4 or low in _CHAT or low.endswith(_SHORTENED):
        return False
    return low.replace("'", "").isalpha() and is_unknown(low)


def _is_of_things(tokens: Sequence[Word], at: int) -> bool:
    before = tokens[at - 1].low if at and tokens[at].gap == " " else ""
    return before in _BEFORE_THINGS


def _stands_as_people_do(tokens: Sequence[Word], at: int) -> bool:
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    follows = after.low if after and after.gap == " " else ""
    return token.is_possessive or follows in HUMAN_VERBS or _is_beside_me(tokens, at)


_SHORTENED = ("'s", "'d", "'ll", "'ve", "'re", "'m", "n't", "in'")
_BEFORE_THINGS = DETERMINERS | word_set("use used uses using on via my your")
_CHAT = word_set(
    "abt ahaha bday bestie bffs convo deets fave favs frfr gonna haha hahaha hahah heyy hmmm "
    "homie idek idgaf imma kinda lmao lmfao lolz mkay nvmd omfg ppls prob probs prolly rofl "
    "smth sorta sumn tbh thnx tmrw tryna ughh whatevs wanna wassup welp yall yeahh yess yooo"
)


def _is_named_so(tokens: Sequence[Word], at: int) -> bool:
    """Recognise a name that no list has, said as one or before a colon: `rylynn: i do`.

    A thing's name is none, and no word of either language.
    """
    token = tokens[at]
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
        return before in ("es", "era") and tokens[max(0, at - 3)].low in _OWN
    if earlier in ("se", "me"):
        return before in ("llama", "llamo", "llamaba")
    return says_who(tokens, at) and _is_of_somebody(tokens, at)


def _is_of_somebody(tokens: Sequence[Word], at: int) -> bool:
    """Return whether whose name it is, or who is called so, is a person."""
    if tokens[at - 1].low in _CALLED:
        return True
    name = at - 1 if tokens[at - 1].low == "name" else at - 2
    whose = tokens[max(0, name - 1)]
    return whose.low in _OWN or whose.low in KIN or whose.low.removesuffix("s") in KIN


_CALLED = word_set("him her me")


def _is_only_a_surname(token: Word) -> bool:
    """Return whether a word in small letters is a surname, and no word: `from hernandez`."""
    name = token.word.title()
    if len(name) <= 4 or name not in surnames() or is_spanish_word(token.low):
        return False
    is_known = f"{token.low}s" in allowed_in_small()  # `we ate at mcdonald's`
    return not (is_known or name in allowed_phrases())


def word_named(tokens: Sequence[Word], at: int) -> tuple[int, NameSpan] | None:
    if not is_word_named(tokens, at):
        return None
    stop = at + 1
    if stop < len(tokens) and _is_initial(tokens[stop]):
        stop += 1
    found = person_found(tokens, at, at, stop, "person", "pattern", "medium")
    return stop, found._replace(doubt="a name in small letters that is also a word")


def is_word_named(tokens: Sequence[Word], at: int) -> bool:
    """Recognise a name in small letters that is also a word: `my cousin destiny`."""
    token = tokens[at]
    if not token.word.islower() or len(token.word) < 3:
        return False
    before = tokens[at - 1] if at and token.gap == " " else None
    if before is not None and before.low == "named" and _is_of_people(tokens, at - 1):
        return token.low not in function_words()
    if _is_rather_a_word(token.low) or token.low in NO_SPANISH_NAME:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    follows = after.low if after and after.gap.startswith(" ") else ""
    is_loose = token.low in _NO_NAME_ALONE
    if is_label(tokens, at, at + 1):
        return not is_loose
    if token.low not in _MODALS and _has_named_company(tokens, at):
        return True
    if after is not None and _is_initial(after) and not is_loose:
        return True
    if before is None or before.low in _OPENS_CLAUSE:
        does = follows in _SAYS or (follows in _DOES and before is not None)
        return does and not is_loose
    if says_who(tokens, at) or before.low == "named":
        return not is_loose or not follows or follows in _GOES_ON
    if before.low in _HELLO:
        return not follows
    if _is_relative(tokens, at):
        return _is_ones_name(tokens, at, follows)
    if is_loose:
        return False
    is_bare = before.low not in DETERMINERS | _OWN
    return (is_bare and follows in _SAYS) or _is_beside_me(tokens, at)


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
    return token.word.islower() and (is_given or low in NEVER_WORDS or _is_strange(low))


def _is_initial(token: Word) -> bool:
    """Recognise the letter of `madison h and I`."""
    is_one = token.gap == " " and len(token.word) == 1 and token.word.islower()
    return is_one and token.low not in "aiounwyrx"


def _is_relative(tokens: Sequence[Word], at: int) -> bool:
    """Return whether the word before is somebody's relative or friend: `my little cousin`."""
    before = tokens[at - 1]
    is_kin = before.low in KIN or before.low.removesuffix("s") in KIN
    whose = tokens[max(0, at - 4) : at - 1]
    return (
        is_kin
        and not before.is_possessive
        and any(token.low in _OWN or token.is_possessive for token in whose)
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


def _is_beside_me(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `me and destiny`."""
    row = tokens[max(0, at - 2) : at]
    return len(row) == 2 and row[1].low == "and" and row[0].low in ("me", "him", "her")


_MODALS = frozenset(("will", "may"))
_OPENS_CLAUSE = word_set(
    "and but so because cause cuz then when if that like while until um uh yeah since and "
    "or after before once"
)
_DOES = (HUMAN_VERBS - {"and", "who", "never", "always"}) | word_set(
    "did goes does has had was is kept keeps comes came went needs"
)
_HELLO = word_set("hi hey hello dear bye")
_SAYS = SPEAKING_VERBS - {"got", "helped", "uses"}  # faith helped me
_GOES_ON = word_set("and but so i i'm im")
_OWN = word_set("my his her their our your mi mis su sus tu tus nuestra nuestro")
_ACTS = (HUMAN_VERBS - {"always", "and", "never", "who"}) | word_set(
    "is was isn't wasn't has had hasn't does did doesn't didn't needs needed made"
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
_BEFORE_SMALL = word_set("told asked thanks thank hi hey")


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


def says_who(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `name is X`, `name's X`, `call her X`."""
    before = tokens[at - 1]
    earlier = tokens[at - 2].word.lower() if at > 1 else ""
    if before.word.lower() == "name" and before.is_possessive:
        return True
    return (earlier, before.word.lower()) in _WAYS


_WAYS = frozenset(
    [("name", "is"), ("name", "was")]
    + [
        (verb, whom)
        for verb in ("call", "calls", "called")
        for whom in ("him", "her", "me", "them")
    ]
)
