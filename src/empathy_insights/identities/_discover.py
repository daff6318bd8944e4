"""Find people whom no list names: by title, by how they are introduced, by given name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from empathy_insights.identities._evidence import (
    AFTER_SUBJECT,
    MOSTLY_THING,
    PERSON,
    THING,
    evidence_at,
    is_label,
    is_third_person,
    reading,
    speaks_spanish,
)
from empathy_insights.identities._index import Index
from empathy_insights.identities._titled import (
    find_initialled,
    find_titled,
    is_nickname,
    is_no_name,
    person_found,
    surname_end,
)
from empathy_insights.identities._vocabulary import (
    AUXILIARIES,
    CALLED_THINGS,
    DETERMINERS,
    GREETINGS,
    HUMAN_VERBS,
    KIN,
    LOWER_TITLES,
    MONTHS,
    NAMING,
    NEVER_WORDS,
    NOT_SOMEBODY,
    OFFICES,
    PLACE_BEFORE,
    SPEAKING_VERBS,
    allowed_phrases,
    folded,
    function_words,
    given_names,
    given_names_that_are_words,
    is_common_word,
    is_english_word,
    is_shouted_word,
    is_spanish_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import (
    Confidence,
    NameSpan,
    Word,
    has_capitals,
)


def find_people(
    tokens: Sequence[Word], index: Index, evidence: Mapping[str, int]
) -> Iterator[NameSpan]:
    """Find titled people, introduced people and given names, each with its surname.

    `who` is `found:` and the name, without its title; `evidence` says how the study
    speaks of each word with a capital.
    """
    at = 0
    is_cased, is_spanish = has_capitals(tokens), speaks_spanish(tokens)
    while at < len(tokens):
        if _is_plain(tokens[at].word) and not _is_word_named(tokens, at):
            at += 1
            continue
        found = (
            find_titled(tokens, at, index)
            or find_initialled(tokens, at)
            or _named(tokens, at, index, evidence, is_spanish=is_spanish)
            or _named_small(tokens, at, evidence, is_cased=is_cased)
            or _word_named(tokens, at)
        )
        if found is None:
            at += 1
            continue
        stop, finding = found
        yield finding
        at = stop


def _named(
    tokens: Sequence[Word],
    at: int,
    index: Index,
    evidence: Mapping[str, int],
    *,
    is_spanish: bool,
) -> tuple[int, NameSpan] | None:
    token = tokens[at]
    if not token.is_capitalised or len(token.word) < 2:
        return None
    if is_no_name(token):
        return None
    if is_spanish and is_spanish_word(token.low) and not _is_introduced(tokens, at):
        return None
    before = tokens[at - 1] if at else None
    if before and token.gap == " " and before.word in PLACE_BEFORE:
        return None
    sure = _how_sure(tokens, at, index, evidence[token.low])
    if sure is None:
        return None
    confidence, doubt, replace = sure
    stop = surname_end(tokens, at + 1)
    found = person_found(tokens, at, at, stop, "person", "pattern", confidence)
    return stop, found._replace(doubt=doubt, replace=replace)


def _how_sure(
    tokens: Sequence[Word], at: int, index: Index, evidence: int
) -> tuple[Confidence, str, bool] | None:
    token = tokens[at]
    if is_shouted_word(token.word):
        return None
    is_word = index.is_word(token.word)
    if _is_introduced(tokens, at) and not (is_word and token.starts_sentence):
        doubt = "introduced as a name; also a word" if is_word else ""
        is_sure = not is_word or tokens[at].gap == " " or _is_name_word(token)
        return ("medium" if is_word else "high"), doubt, is_sure
    if is_word:
        return _word_as_name(tokens, at)
    if token.word in given_names() or (
        token.word.title() in given_names() and len(token.word) > 3
    ):
        return "medium", *_as_spoken_of(evidence, least=MOSTLY_THING + 1)
    if token.word.isupper() or not token.word[-1].islower():
        return None
    if _repeats(tokens, at):
        return "medium", "a syllable said twice", True
    if not is_english_word(token.word) and _is_like_a_name(tokens, at):
        return "medium", *_as_spoken_of(evidence, least=PERSON)
    return None


def _as_spoken_of(evidence: int, *, least: int) -> tuple[str, bool]:
    """Return a doubt, and whether the study speaks of the word as of a person."""
    if evidence < least:
        return "a capitalised word, a name or a thing", False
    return ("a capitalised word that no dictionary knows" if least > 0 else ""), True


def _repeats(tokens: Sequence[Word], at: int) -> bool:
    """Recognise Ki-Ki and Man-Man."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is not None and after.gap == "-" and after.word == tokens[at].word


def _is_name_word(token: Word) -> bool:
    return token.word in given_names_that_are_words()


def _named_small(
    tokens: Sequence[Word],
    at: int,
    evidence: Mapping[str, int],
    *,
    is_cased: bool,
) -> tuple[int, NameSpan] | None:
    """Find a name in small letters: a given name, or what is announced as a name."""
    token = tokens[at]
    if not token.word.islower() or len(token.word) < 3 or _is_known(token.low):
        return None
    before = tokens[at - 1].low if at and token.gap in (" ", ". ") else ""
    is_announced = before in KIN | NAMING | LOWER_TITLES | _BEFORE_SMALL
    is_given = token.word.title() in given_names() or token.low in NEVER_WORDS
    if not (is_given or _is_only_a_surname(token)) and (is_cased or not is_announced):
        return None
    if not is_announced and (is_cased or evidence[token.low] <= THING):
        return None
    stop = at + 1
    while stop < len(tokens) and stop < at + 3 and _goes_on(tokens[stop]):
        stop += 1
    found = person_found(tokens, at, at, stop, "person", "pattern", "medium")
    return stop, found._replace(doubt="a name in small letters")


def _is_only_a_surname(token: Word) -> bool:
    """Return whether a word in small letters is a surname, and no word: `from hernandez`."""
    name = token.word.title()
    is_surname = len(name) > 4 and name in surnames()
    return is_surname and not (is_spanish_word(token.low) or name in allowed_phrases())


def _word_named(tokens: Sequence[Word], at: int) -> tuple[int, NameSpan] | None:
    if not _is_word_named(tokens, at):
        return None
    found = person_found(tokens, at, at, at + 1, "person", "pattern", "medium")
    return at + 1, found._replace(doubt="a name in small letters that is also a word")


def _is_word_named(tokens: Sequence[Word], at: int) -> bool:
    """Recognise a name in small letters that is also a word: `my cousin destiny`."""
    token = tokens[at]
    if not token.word.islower() or len(token.word) < 3 or _is_rather_a_word(token.low):
        return False
    before = tokens[at - 1] if at and token.gap == " " else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    follows = after.low if after and after.gap.startswith(" ") else ""
    is_loose = token.low in _NO_NAME_ALONE
    if is_label(tokens, at, at + 1):
        return not is_loose
    if before is None:
        return follows in _SAYS and not is_loose
    if _says_who(tokens, at) or before.low == "named":
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
    is_of_things = tokens[at - 1].low in _SAID_OF_THINGS
    is_loose = tokens[at].low in _NO_NAME_ALONE
    if is_loose or is_of_things:
        acts = tokens[at].is_possessive or follows in _ACTS
        return acts and not (is_loose and is_of_things)
    return True


def _is_beside_me(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `me and destiny`."""
    row = tokens[max(0, at - 2) : at]
    return len(row) == 2 and row[1].low == "and" and row[0].low in ("me", "him", "her")


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
def _is_plain(word: str) -> bool:
    """Return whether a word in small letters neither is a name nor announces one."""
    return word.islower() and word not in LOWER_TITLES and _is_known(word)


def _is_known(low: str) -> bool:
    is_word = is_common_word(low) and low not in NEVER_WORDS
    return is_word or low in function_words() or low in _KIN_WORDS


_KIN_WORDS = KIN | LOWER_TITLES | frozenset(map(folded, LOWER_TITLES))


def _goes_on(token: Word) -> bool:
    return token.gap == " " and token.word.islower() and not _is_known(token.low)


def _word_as_name(
    tokens: Sequence[Word], at: int
) -> tuple[Confidence, str, bool] | None:
    token = tokens[at]
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if _is_name_word(token):
        if evidence_at(tokens, at) < (1 if token.low in MONTHS else 0):
            return None
        found = "name" if is_nickname(tokens, at) else reading(tokens, at, at + 1)
        if found == "unsure" and not _may_act(token, after):
            return None
        if found != "word":
            is_sure = found == "name" and token.word not in allowed_phrases()
            return "medium", "a name that is also a word", is_sure
        return None
    if token.word in allowed_phrases():
        return None
    is_name = _repeats(tokens, at)
    if token.is_titled and token.starts_sentence and after is not None:
        is_name |= _speaks(tokens, at, after) or _is_apposed(tokens, at)
    return ("medium", "a name that is also a word", True) if is_name else None


def _may_act(token: Word, after: Word | None) -> bool:
    """Return whether a name at the head of a sentence may be its subject."""
    if after is None or after.gap != " " or not token.starts_sentence:
        return False
    is_verb = after.low in HUMAN_VERBS | AUXILIARIES | {"is", "was", "will"}
    return is_verb or (token.low not in function_words() and is_third_person(after.low))


def _speaks(tokens: Sequence[Word], at: int, after: Word) -> bool:
    """Return whether a bare noun does what only people do: `Miracle said`."""
    low = tokens[at].low
    is_one = not low.endswith("s") and low not in NOT_SOMEBODY and low not in OFFICES
    return after.gap == " " and after.low in SPEAKING_VERBS and is_one


def _is_apposed(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `Baker, the math teacher, …` and `Baker, my sister, …`."""
    following = tokens[at + 1 : at + 5]
    if len(following) < 2 or following[0].gap != ", ":
        return False
    is_bound = following[0].low in ("the", "my", "our", "his", "her", "their", "that's")
    return is_bound and any(t.low in KIN | {"principal"} for t in following[1:])


def _is_like_a_name(tokens: Sequence[Word], at: int) -> bool:
    token = tokens[at]
    if not token.starts_sentence:
        return True
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or token.is_possessive:
        return token.is_possessive
    if after.gap != " ":
        return after.gap in (", ", "? ") or (after.gap == "-" and after.is_titled)
    is_verb = after.low in HUMAN_VERBS | AUXILIARIES | AFTER_SUBJECT
    return is_verb or after.is_capitalised or is_third_person(after.low)


def _is_introduced(tokens: Sequence[Word], at: int) -> bool:
    if at == 0 or (tokens[at].word.isupper() and len(tokens[at].word) < 4):
        return False
    before, gap = tokens[at - 1], tokens[at].gap
    low = before.word.lower()
    if gap in (" ", ", ") and low in KIN and not before.is_possessive:
        return gap == " " or not before.starts_sentence
    if gap == " " and low in NAMING:
        return at < 2 or tokens[at - 2].low not in CALLED_THINGS
    if gap == " " and _says_who(tokens, at):
        return True
    follows = tokens[at + 1].gap if at + 1 < len(tokens) else "."
    return gap == ", " and low in GREETINGS and follows[:1] in (".", ",", "?", "!")


def _says_who(tokens: Sequence[Word], at: int) -> bool:
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
