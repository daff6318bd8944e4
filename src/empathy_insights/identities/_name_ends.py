"""Where a name that was found begins and ends, and what cannot be part of one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_insights.identities._name_forms import parts_of
from empathy_insights.identities._vocabulary import (
    HUMAN_VERBS,
    MONTHS,
    OFFICES,
    allowed_phrases,
    function_words,
    given_names,
    given_names_that_are_words,
    is_english_word,
    is_shouted_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import Confidence, NameSpan, Source, Word

PARTICLES = word_set("de la del da dos van von der al el bin ibn")
_NICKNAMES = word_set("Big Lil Lil' Little Young OG Baby DJ Umm Abu Pa Ma")
_SMALL_NICKNAMES = ("big", "lil", "baby")
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


def surname_end(tokens: Sequence[Word], at: int) -> int:
    """Return where a name that goes on after its first word stops."""
    if has_nickname(tokens, at) and tokens[at + 1].is_titled:
        return surname_end(tokens, at + 2)
    stop = at
    while at < len(tokens) and at - stop < 3:
        token = tokens[at]
        if tokens[at - 1].is_possessive or token.gap not in (" ", "-"):
            break
        if token.word in PARTICLES and stop < len(tokens):
            at += 1
            continue
        if _is_second_half(tokens, at) or _is_last_initial(tokens, at):
            return at + 1
        if not (_goes_on(tokens, at) or _is_of_words(tokens, at)):
            break
        at += 1
        stop = at
    return stop


# Surnames of Hmong and Vietnamese families, behind given names that may be words.
SURNAMES_AFTER_WORDS = word_set(
    "Bui Cha Chang Do Hang Her Khang Kue Le Lee Lo Lor Moua Ngo Nguyen Pham Phan Thao Thor To Tran Vang "
    "Vo Vu Vue Xiong Yang"
)


def _is_of_words(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the last word of `Tou Her`, and the second of `Mai See Xiong`."""
    token, after = tokens[at], tokens[at + 1] if at + 1 < len(tokens) else None
    if token.gap != " " or not token.is_titled or not tokens[at - 1].is_titled:
        return False
    if after is not None and after.gap == " " and after.word in SURNAMES_AFTER_WORDS:
        return is_no_name(token)
    return token.word in SURNAMES_AFTER_WORDS and token.low in function_words()


def has_nickname(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the nickname of `Ann “Teeny” Polk`, with its quotation marks."""
    if at + 1 >= len(tokens) or tokens[at - 1].is_possessive:
        return False
    return tokens[at].gap in _OPENS and tokens[at + 1].gap in _CLOSES


_OPENS = (' "', " “", " ‘", " '", " («", ' ("', " (“")
_CLOSES = ('" ', "” ", "’ ", "' ", "») ", '") ', "”) ")


def _is_second_half(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the rest of `Ha-eun` and `Seung-min`, not of `Ana-style`."""
    token, first = tokens[at], tokens[at - 1]
    if token.gap != "-" or not token.word.islower() or not first.is_titled:
        return False
    is_short = 1 < len(token.low) < 6 and token.low not in function_words()
    return is_short and (
        not is_english_word(token.low)
        or (
            not (is_english_word(first.low) and first.word not in given_names())
            and len(token.low) < 4
        )
    )


def _is_last_initial(tokens: Sequence[Word], at: int) -> bool:
    """Recognise the letter of `Paxton W.` and `Anika P, `, not of `Ana I think`."""
    token, first = tokens[at], tokens[at - 1]
    if token.gap != " " or len(token.word) != 1 or not token.word.isalpha():
        return False
    after = tokens[at + 1].gap if at + 1 < len(tokens) else "."
    is_closed = after[:1] in tuple(".,;:!?)’'") and token.low != "i"
    is_closed &= token.word.isupper() or after[:1] == "."
    return first.is_titled and len(first.word) > 1 and is_closed


def _goes_on(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word with a capital goes on with the name before it."""
    token = tokens[at]
    if not token.is_capitalised or _goes_on_otherwise(token):
        return False
    return not is_no_name(token) or _is_own_surname(tokens, at)


def _goes_on_otherwise(token: Word) -> bool:
    """Return whether a word belongs to the sentence and no name: `LATAVIA SITS BY ME`."""
    is_said = token.low in function_words() or token.word in HUMAN_VERBS
    return is_said or is_shouted_word(token.word)


def _is_own_surname(tokens: Sequence[Word], at: int) -> bool:
    """Recognise a surname that is also a people's, a place's or a product's: `Tom French`.

    Not `Ana Friday`, `Ana March 5`, `Ana's French class` and `Ana Black History Month`.
    """
    token = tokens[at]
    if token.word not in surnames() or token.low in MONTHS | DAYS:
        return False
    if token.gap != " " or tokens[at - 1].word not in given_names():
        return False
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    is_taught = after in ("is", "was") and token.word in _TAUGHT
    return not (is_taught or names_a_thing(tokens, at))


def names_a_thing(tokens: Sequence[Word], at: int) -> bool:
    """Return whether a word belongs to what follows it: `English class`, `Black History`."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.gap != " " or tokens[at].is_possessive:
        return False
    is_titled = after.is_titled and after.low not in function_words()
    return is_titled or after.low in OF_SUBJECT


DAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_TAUGHT = word_set("English French Spanish German Irish Welsh")
OF_SUBJECT = word_set(
    "class classes lesson lessons teacher teachers homework test tests quiz exam exams period "
    "department room rooms book books essay essays paper papers project projects grade grades "
    "club speaker speakers student students kid kids people families parents girl girls boy "
    "boys community church food music version translation language football soccer"
)


def is_a_people(tokens: Sequence[Word], at: int) -> bool:
    """Recognise `Karen families`, `we speak Karen` and `Karen and Somali`, a people of Burma."""
    if tokens[at].word not in _PEOPLES or tokens[at].is_possessive:
        return False
    low = [token.low for token in tokens[max(0, at - 2) : at + 3]]
    before, after = low[: min(at, 2)], low[min(at, 2) + 1 :]
    beside = {*before[:1], *after[1:2]} & _LANGUAGES
    is_joined = {"and", "or"} & {*before[-1:], *after[:1]}
    return bool(
        ({*after[:1]} & (OF_SUBJECT | {"family"}))
        or ({*before[-1:]} & _SPEAKING)
        or (beside and is_joined)
    )


_PEOPLES = word_set("Karen Chin Lao")
_SPEAKING = word_set("speak speaks speaking spoke")
_LANGUAGES = word_set(
    "amharic arabic burmese english french hmong khmer nepali oromo rohingya somali spanish "
    "swahili thai vietnamese"
)


def is_no_name(token: Word) -> bool:
    low = token.word.lower()
    if token.word in given_names_that_are_words():
        return False
    return (
        token.word in allowed_phrases()
        or low in OFFICES
        or is_never_name(token)
        or (low in MONTHS and low not in ("april", "may", "june", "august", "mar"))
    )


def is_never_name(token: Word) -> bool:
    """Return whether a word holds sentences together, or has capitals as no name has."""
    low = token.word.lower()
    return (
        low in function_words()
        or low.partition("'")[0] in _CONTRACTED
        or _NO_NAME.search(token.word) is not None
    )


def person_found(
    tokens: Sequence[Word], start: int, name: int, stop: int, kind: str,
    source: Source, sure: Confidence,
) -> NameSpan:  # fmt: skip
    """Return a finding; who it is is the name in its usual case, without a title."""
    if stop - name > 1 and tokens[stop - 1].word in _BODIES:
        kind = "organisation"
    words = " ".join(parts_of(" ".join(token.word for token in tokens[name:stop])))
    if start == name and is_nickname(tokens, start):
        start -= 1
    who = f"{kind}:{words}" if kind == "organisation" else f"found:{words}"
    return NameSpan(
        tokens[start].start, tokens[stop - 1].end, kind, source, who, sure,
        rank=5 if stop - start > 1 else 7,
    )  # fmt: skip


def is_nickname(tokens: Sequence[Word], at: int) -> bool:
    """Return whether `Big` or `Lil` before a name belongs to it."""
    if not at or tokens[at].gap != " ":
        return False
    before = tokens[at - 1].word
    is_small = tokens[at].word.islower() and before in _SMALL_NICKNAMES
    return before in _NICKNAMES or is_small
