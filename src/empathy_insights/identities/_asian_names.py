"""Names that only their parts tell: Korean `Ji-ho` and `do-yun`, Hmong `See Vang`, Vietnamese `An Do`."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_insights.identities._evidence import is_third_person
from empathy_insights.identities._name_ends import (
    SURNAMES_AFTER_WORDS,
    person_found,
    surname_end,
)
from empathy_insights.identities._vocabulary import (
    HUMAN_VERBS,
    is_common_word,
    word_set,
)
from empathy_insights.identities._word_spans import NameSpan, Word

_SYLLABLES = word_set(
    "bin bo bum chae chan cheol chul da dam do dong eun gu gun gyu ha hae han hee hoon hui "
    "hun hwa hwan hye hyeok hyeon hyo hyuk hyun il in jae jeong ji jin jong joo joon ju jun "
    "jung ki kwan kyu kyung mi min moon myung na nam ho ra rae ram ri rim rin sang seo seok "
    "seon seong seul seung si so sol soo soon su suk sun sung tae wan won woo wook ye yeon "
    "yeong yong yoo yoon young yu yul yun"
)

_SURNAMES = word_set(
    "ahn an bae baek bang byun cha chang cho choi chung gil ha han heo hong huh hwang jang jeon "
    "jeong jin jo joo ju jung kang kim ko koo kwak kwon lee lim ma min moon na nam noh oh pak "
    "park ryu seo shim shin sim sohn son song suh um woo yang yi yoo yoon yu"
)


# Given names that hold sentences together elsewhere.
_WORDS = word_set("An Do Ha Long Say See Sky So Song Sue To True")
_OPENERS = word_set("Do Ha So To")  # `So Lee came late.`


def find_of_parts(tokens: Sequence[Word], at: int) -> tuple[int, NameSpan] | None:
    """Find a name that is one by its two parts alone."""
    return _find_korean(tokens, at) or _find_of_words(tokens, at)


def _find_of_words(tokens: Sequence[Word], at: int) -> tuple[int, NameSpan] | None:
    """Find a word with a capital before a surname of Hmong or Vietnamese families.

    At the head of a sentence only where it does something: not `See Vang about it.`
    """
    token = tokens[at]
    if token.word not in _WORDS or at + 1 >= len(tokens):
        return None
    surname = tokens[at + 1]
    if surname.gap != " " or surname.word not in SURNAMES_AFTER_WORDS:
        return None
    after = tokens[at + 2] if at + 2 < len(tokens) else None
    acts = after is not None and (
        after.low in HUMAN_VERBS | {"is", "was", "has"} or is_third_person(after.low)
    )
    if token.starts_sentence and (token.word in _OPENERS or not acts):
        return None
    stop = surname_end(tokens, at + 2)
    return stop, person_found(tokens, at, at, stop, "person", "pattern", "medium")


def _find_korean(tokens: Sequence[Word], at: int) -> tuple[int, NameSpan] | None:
    """Find two different syllables with a hyphen, with a surname before or after them.

    In small letters one of them must be no word of English: `do-yun`, not `do-in`.
    """
    token = tokens[at]
    is_after_surname = token.is_titled and token.low in _SURNAMES
    first = at + 1 if is_after_surname and _is_pair(tokens, at + 1, " ") else at
    if not _is_pair(tokens, first, tokens[first].gap):
        return None
    stop = surname_end(tokens, first + 2)
    return stop, person_found(tokens, at, at, stop, "person", "pattern", "medium")


def _is_pair(tokens: Sequence[Word], at: int, gap: str) -> bool:
    if at + 1 >= len(tokens) or tokens[at].low not in _SYLLABLES:
        return False
    one, two = tokens[at : at + 2]
    if two.gap != "-" or two.low not in _SYLLABLES or one.low == two.low:
        return False
    after = tokens[at + 2].gap if at + 2 < len(tokens) else ""
    if one.gap != gap or gap.endswith("-") or after.startswith("-"):
        return False
    return one.is_titled or not (is_common_word(one.low) and is_common_word(two.low))
