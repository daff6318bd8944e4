"""Schools, streets and other places in small letters, as children and captions write them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from empathy_insights.identities._contacts import written_as
from empathy_insights.identities._name_ends import DAYS
from empathy_insights.identities._unknown_words import is_misspelt, is_unknown
from empathy_insights.identities._vocabulary import (
    NO_PLACE_NAME,
    OF_SCHOOLS,
    SCHOOL_NAMES,
    allowed_in_small,
    function_words,
    given_names,
    is_common_word,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import NameSpan

_SMALL_SCHOOL = re.compile(
    r"\b(?P<cue>at|to|into|from|in|is|go|attend|attends|a|en|escuela) "
    r"(?P<value>(?:[^\W\dA-Z_]{3,} ){1,3}"
    r"(?:elementary|elem|(?:middle|primary|high) school)|(?:[^\W\dA-Z_]{3,} ){1,2}academy"
    r"|(?:[^\W\dA-Z_]{3,} ){1,2}(?:high|middle))\b"
)
_OF_SMALL_SCHOOL = ("elem", "academy", "high", "middle", "primary")
_GO_TO = re.compile(
    r"\b(?:go|goes|went|transferred) to (?P<value>[^\W\dA-Z_]{6,})(?![\w'’]|\.\w)"
)
_SMALL_STREET = re.compile(
    r"\b(?:on|at|off|near|by|down) (?P<value>(?:[^\W_]{2,} ){1,3}(?:st|ave|rd|blvd|ln|"
    r"(?P<whole>street|avenue|road|boulevard|lane)))\b(?!')"
)
# What somebody goes to, and what only places and bodies are called at the end.
_NAMED_SCHOOL = re.compile(
    r"\b(?:at|attends?|(?:go|goes|went|going|transferred|moved|bused|switched) to|"
    r"(?:came|come|comes|transferred|are|is|was|kids?|friends?|girls?|boys?|team) from) "
    rf"(?P<value>{'|'.join(sorted(SCHOOL_NAMES))})(?!['’\w-]| (?:and|ave|st|street|house))",
    re.IGNORECASE,
)
_SMALL_NAMED = re.compile(
    r"\b(?:at|in|near|past|behind|by|to|from|around|called|over|through|outside) (?:the )?"
    r"(?P<value>(?:[^\W\d_][\w'.&-]* ){1,3}(?:acres|apartments|baptist|bayou|bluffs?|canyon|"
    r"chapel|collegiate|crest|crossing|estates|falls|ferry|flats|fork|gap|gardens|glen|grove|"
    r"gurdwara|harbor|heights|hills|holiness|hollow|junction|knob|landing|lick|lutheran|manor|"
    r"masjid|meadows|mesa|methodist|mills|ministries|notch|oaks|pines|prairie|ridge|shelter|"
    r"shores|siding|springs|tabernacle|terrace|towers|valley|villas|vista|zion))\b(?!')"
)
_SMALL_HILL = re.compile(
    r"\b(?:at|from) (?!(?:the|a|an|this|that|my|our|some|any|every) )"
    r"(?P<value>[^\W\d_]{3,} (?:bend|brook|creek|hill))\b(?!['’])"
)
_SMALL_SHOP = re.compile(
    r"\b(?:at|from|of|to|by|near|the) (?P<value>(?:golden|grand|happy|imperial|jade|lucky|royal|"
    r"silver) (?!hour|old|new|big)[^\W\d_]{3,}) (?:restaurant|buffet|diner|bakery|cafe|salon|nails|"
    r"motel|inn|market|grill|laundromat)\b"
)
_ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,3}(?:st|nd|rd|th))"
_SMALL_CORNER = re.compile(
    rf"\b(?P<cue>on|at|off|near|by|corner of|is) (?P<value>{_ORDINAL} (?:and|&) [^\W\d_]{{3,}}|"
    rf"[^\W\d_]{{3,}} (?:and|&) {_ORDINAL})\b(?! (?:grade|graders|period|hour|block)\b)"
)
_SMALL_SAINT = re.compile(
    r"\b(?P<value>(?:saint|st\.?|mount|mt\.?|fort|lake|masjid|notre) [^\W\d_]{3,}(?:['’]s)?)"
)
_SMALL_WAYS = (_SMALL_NAMED, _SMALL_HILL, _SMALL_SAINT)
_OPENS_CAPITAL = re.compile(r"[A-ZÀ-Þ][a-zà-ÿ]")


def find_small_places(text: str) -> Iterator[NameSpan]:
    """Find schools and streets in small letters: `at ash creek elementary`.

    In a text with capitals only schools count, and only by a name: `at lincoln high`.
    """
    is_cased = _OPENS_CAPITAL.search(text) is not None
    text = text if is_cased else _small(text)
    if any(word in text for word in _OF_SMALL_SCHOOL):
        yield from _small_places("school", _SMALL_SCHOOL, text, is_cased=is_cased)
    yield from _corners(text, is_cased=is_cased)
    if not is_cased:
        yield from _small_places("street", _SMALL_STREET, text, is_cased=False)
        yield from _places_gone_to(text)
        yield from _named_places(text)
    for match in _NAMED_SCHOOL.finditer(text):
        if not is_cased or match["value"][0].isupper():
            found = written_as("school", *match.span("value"), text, rank=6)
            yield found._replace(doubt="a school by its short name")


def _named_places(text: str) -> Iterator[NameSpan]:
    """Find what ends or begins as places are called: `past clover gap`, `mount nebo`."""
    for match in _SMALL_SHOP.finditer(text):
        yield written_as(
            "organisation", *match.span("value"), text, rank=3, sure="medium"
        )
    for match in chain.from_iterable(way.finditer(text) for way in _SMALL_WAYS):
        words = match["value"].split()
        while len(words) > 1 and words[0] in function_words() | _NO_STREET:
            words = words[1:]
        is_known = match["value"] in allowed_in_small() or words[-1] in function_words()
        if len(words) > 1 and not is_known:
            end = match.end("value")
            start = end - len(" ".join(words))
            found = written_as("place", start, end, text, rank=3, sure="medium")
            yield found._replace(doubt="a place in small letters")


def _corners(text: str, *, is_cased: bool) -> Iterator[NameSpan]:
    """Find `by fourth and elmhurst`; in a text with capitals by a word that is none, or a cue."""
    if " and " not in text and " & " not in text:
        return
    no_street = _NO_CORNER | function_words() - {"and", *_ORDINALS}
    for match in _SMALL_CORNER.finditer(text):
        first, _, second = match["value"].lower().split()
        name = second if first in _ORDINALS or first[0].isdigit() else first
        near = text[max(0, match.start() - 40) : match.start("value")]
        is_cued = _BESIDE_CORNER.search(near) is not None
        is_new = len(name) > 3 and (not is_cased or is_unknown(name))
        is_one = is_cued or (is_new and match["cue"] != "is")
        if is_one and name not in _ORDINALS and not {first, second} & no_street:
            yield written_as(
                "street", *match.span("value"), text, rank=3, sure="medium"
            )


_BESIDE_CORNER = re.compile(
    r"\b(?:live[sd]?|living|stay(?:s|ed)?|stops?|corner|house|store|apartment|block|church|"
    r"lights?|bodega|park)\b[^.?!]*$"
)


def _small_places(
    kind: str, pattern: re.Pattern[str], text: str, *, is_cased: bool
) -> Iterator[NameSpan]:
    for match in pattern.finditer(text):
        words = match["value"].split()
        is_known = match["value"] in allowed_in_small()  # `on khan academy`
        if is_known or not _is_small_place(match, words, is_cased=is_cased):
            continue
        while words and words[0] in function_words() | NO_PLACE_NAME - {"main"}:
            words = words[1:]
        if len(words) > 1:
            end = match.start("value") + len(match["value"].rstrip())
            start = end - len(" ".join(words))
            found = written_as(kind, start, end, text, rank=2, sure="medium")
            yield found._replace(doubt=f"a {kind} in small letters")


def _is_small_place(
    match: re.Match[str], words: Sequence[str], *, is_cased: bool
) -> bool:
    """Tell `on maple street` from `on a busy street`, `at lincoln high` from `at all time high`."""
    parts = match.groupdict()
    if parts.get("whole"):
        return words[0] not in function_words() and words[-2] not in _NO_STREET
    is_bare = words[-1] in ("high", "middle")
    if is_bare or is_cased:
        name = words[: -2 if words[-1] == "school" else -1]
        is_cued = parts.get("cue") in ("at", "to", "into", "from", "attend", "attends")
        return all(_is_name(word) or (is_cued and _is_new(word)) for word in name)
    return parts.get("cue") not in ("a", "en", "escuela")


def _is_new(low: str) -> bool:
    return len(low) > 3 and is_unknown(low)


def _is_name(low: str) -> bool:
    name = low.title()
    return name in given_names() or name in surnames() or name in _SIDES


def _places_gone_to(text: str) -> Iterator[NameSpan]:
    """Find where somebody goes, if no dictionary has it: `we go to eastview`.

    What is a letter off a word may be that word, and is left for a person to look at.
    """
    for match in _GO_TO.finditer(text):
        word = match["value"]
        if is_unknown(word):
            found = written_as(
                "place", *match.span("value"), text, rank=3, sure="medium"
            )
            yield found._replace(
                doubt="a place in small letters", replace=not is_misspelt(word)
            )


_ORDINALS = word_set("first second third fourth fifth sixth seventh eighth ninth tenth")
_NO_CORNER = DAYS | word_set("grade graders period hour place one ten lunch last then")
_NO_STREET = word_set(
    "dirt gravel back side busy dark long same other next wrong right bike bus fast slow "
    "country one two dead closed open"
)
_SIDES = word_set("East West North South Eastside Westside Northside Southside Central")


def _small(text: str) -> str:
    """Return a text in small letters, where that moves none of them."""
    small = text.lower()
    return small if len(small) == len(text) else text


def other_forms(school: str) -> Iterator[str]:
    """Yield how a school is called for short, and written in small letters.

    A word stands for it alone where no other thing is called so: `Northside`, not `Hope`.

    Examples
    --------
    >>> list(other_forms("Eastview High School"))
    ['Eastview', 'eastview high school', 'eastview high', 'eastview']
    """
    stem = OF_SCHOOLS.sub("", school)
    if stem != school and _stands_alone(stem):
        yield stem
    named = [word for word in stem.lower().split() if _is_name(word) or _is_new(word)]
    if named and stem != school:
        yield school.lower()
        yield school.lower().removesuffix(" school")
    if named == [stem.lower()] and _is_new(named[0]) and not _is_name(named[0]):
        yield stem.lower()


def _stands_alone(stem: str) -> bool:
    low = stem.lower()
    if " " in stem or low in SCHOOL_NAMES:
        return not {*low.split()} <= NO_PLACE_NAME
    return _is_new(low) or (stem in surnames() and not is_common_word(low))
