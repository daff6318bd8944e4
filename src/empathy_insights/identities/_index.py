"""An index over every form of every name of a study."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from empathy_insights.identities._name_forms import (
    Bearer,
    Joined,
    forms_of,
    join_names,
    parts_of,
)
from empathy_insights.identities._vocabulary import (
    allowed_phrases,
    function_words,
    given_names,
    is_common_word,
    is_spanish_word,
    names_that_are_words,
    word_set,
)
from empathy_insights.identities._word_spans import PLACES, NameSpan
from empathy_insights.lexicon import one_less


class Form(NamedTuple):
    """One way of writing somebody: the words after the first, who, and its nature."""

    rest: tuple[str, ...]
    who: str
    is_full: bool


@dataclass(frozen=True, repr=False)
class Index:
    """Look a word, in lower case, up among the forms of all names."""

    forms: dict[str, list[Form]]
    initials: dict[str, set[str]]
    people: dict[str, Bearer]
    words: frozenset[str] = frozenset()
    near: dict[str, set[str]] = field(default_factory=dict)
    drawn: dict[str, set[str]] = field(default_factory=dict)
    joined: Joined = field(default_factory=lambda: join_names([]))

    def is_word(self, name: str) -> bool:
        """Return whether a name is also a word, so that only its place can tell."""
        low = name.lower()
        return low in self.words or is_also_a_word(low)


@cache
def is_also_a_word(low: str) -> bool:
    """Return whether a name in lower case is a word that anybody may use.

    Examples
    --------
    >>> is_also_a_word("mark"), is_also_a_word("plumber"), is_also_a_word("amara")
    (True, True, False)
    """
    if (
        low in names_that_are_words()
        or low in function_words()
        or low.title() in allowed_phrases()
    ):
        return True
    return is_common_word(low) and low.title() not in given_names()


def is_short_of_a_word(low: str) -> bool:
    """Return whether up to three letters are a word of a dictionary, a chat or a school.

    Examples
    --------
    >>> is_short_of_a_word("sam"), is_short_of_a_word("idk"), is_short_of_a_word("xio")
    (True, True, False)
    """
    is_known = is_common_word(low) or is_spanish_word(low)
    return len(low) < 3 or is_known or low in _WRITTEN_SHORT


_WRITTEN_SHORT = word_set("abt alg btw ela gpa idc idk iep imo ngl pta rn smh tbh")


def build_index(people: Iterable[Bearer], *, words: frozenset[str]) -> Index:
    """Index every form of every name."""
    forms: dict[str, dict[Form, None]] = defaultdict(dict)
    initials: dict[str, set[str]] = defaultdict(set)
    known = {person.who: person for person in people}
    for person in known.values():
        for name in person.names:
            for form, is_full in forms_of(name, is_person=_is_person(person)):
                forms[form[0]][Form(form[1:], person.who, is_full)] = None
            letters = initials_of(name)
            if len(letters) in (2, 3) and _is_person(person):
                initials[letters].add(person.who)
    ordered = {
        first: sorted(options, key=lambda form: (-len(form.rest), form.who))
        for first, options in forms.items()
    }
    near = _neighbours(name for name in ordered if len(name) >= 5)
    drawn: dict[str, set[str]] = defaultdict(set)
    for name in ordered:
        if len(name) > 2:
            drawn[undrawn(name)].add(name)
    joined = join_names(person for person in known.values() if _is_person(person))
    return Index(ordered, dict(initials), known, words, near, dict(drawn), joined)


def initials_of(name: str) -> str:
    """Return the first letters of a name.

    Examples
    --------
    >>> initials_of("Amara Boone")
    'AB'
    """
    return "".join(part[0] for part in parts_of(name)).upper()


def _is_person(person: Bearer) -> bool:
    return person.kind not in PLACES


def _neighbours(names: Iterable[str]) -> dict[str, set[str]]:
    """Map every name with one letter left out to the name."""
    near: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for less in {name, *one_less(name)}:
            near[less].add(name)
    return dict(near)


def undrawn(word: str) -> str:
    """Return the word with every repeated letter written once.

    Examples
    --------
    >>> undrawn("ameeelia"), undrawn("anna")
    ('amelia', 'ana')
    """
    return re.sub(r"(\w)\1+", r"\1", word)


def is_one_apart(one: str, other: str) -> bool:
    """Return whether one letter added, dropped, changed or swapped makes the other.

    Examples
    --------
    >>> is_one_apart("Halverson", "Halvorson"), is_one_apart("Villaneuva", "Villanueva")
    (True, True)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) != len(other):
        short, long = sorted((one, other), key=len)
        return short in one_less(long)
    differ = [at for at in range(len(one)) if one[at] != other[at]]
    if len(differ) == 1:
        return True
    if len(differ) != 2 or differ[1] != differ[0] + 1:
        return False
    a, b = differ
    return one[a] == other[b] and one[b] == other[a]


# Names that somebody spells: `J-A-M`, `D as in dog, e, s`, `double L`.


_HOW = r"(?: (?:as in|like in|for|like|de|como) [^\W\d_]+)?"
_LETTER = rf"(?:(?:capital|double|doble|and|then|y) )*\b[^\W\d_]\b(?!['’.]\w){_HOW}"
_PART = r"(?:-|,? |\. |, and | - )"
_SPELLED = re.compile(
    rf"(?<![\w'’.-]){_LETTER}(?:{_PART}{_LETTER})+(?![\w'’]|-\w)", re.IGNORECASE
)
_SAYS_HOW = re.compile(r"(?<= )(?:as in|like in|for|como|de) [^\W\d_]+", re.IGNORECASE)
_FILLING = re.compile(r"\b(?:capital|and|then|y)\b", re.IGNORECASE)
_DOUBLE = re.compile(r"\b(?:double|doble) ([^\W\d_])\b", re.IGNORECASE)
_CUE = re.compile(r"spel\w*|write it|deletre\w*|se escribe|letters?", re.IGNORECASE)
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_CODES = frozenset(
    ["iep", "stem", "steam", "usa", "naacp", "aids", "fafsa", "gpa", "ell", "esl", "dna",
     "nyc", "atm", "tv", "pe", "ap", "ok", "faq", "rip", "lgbt", "lgbtq", "nba", "nfl"]
)  # fmt: skip


def find_spelled(text: str, index: Index) -> Iterator[NameSpan]:
    """Find letters that spell a listed name, or a name that nobody listed."""
    for match in _SPELLED.finditer(text):
        letters = letters_of(match.group())
        sure = _is_spelling(match, letters, text)
        people = {form.who for form in index.forms.get(letters, ()) if not form.rest}
        if not people and not sure:
            continue
        who = people.pop() if len(people) == 1 else f"found:{letters.title()}"
        person = index.people.get(who)
        yield NameSpan(
            match.start(), match.end(), person.kind if person else "person", "pattern",
            who, "medium", "letters that spell a name", rank=2,
        )  # fmt: skip


def is_spelled(form: str) -> bool:
    """Return whether a form is letters that spell a name, as in `D as in dog, e, s`."""
    return _SPELLED.fullmatch(form) is not None


def letters_of(spelled: str) -> str:
    """Return what letters spell, in small letters.

    Examples
    --------
    >>> letters_of("D as in dog, e, double s, a"), letters_of("M-I-A")
    ('dessa', 'mia')
    """
    plain = _FILLING.sub(" ", _SAYS_HOW.sub("", spelled))
    doubled = _DOUBLE.sub(r"\1 \1", plain)
    return "".join(re.findall(r"\b[^\W\d_]\b", doubled)).lower()


def _is_spelling(match: re.Match[str], letters: str, text: str) -> bool:
    if len(letters) < 3 or letters in _CODES or letters.upper() in allowed_phrases():
        return False
    if letters in _ALPHABET or set(letters) <= set("abcdfs") or len(set(letters)) == 1:
        return False
    marks = re.findall(r"\b[^\W\d_]\b", match.group())
    if any(map(str.islower, marks)) and any(map(str.isupper, marks[1:])):
        return False
    near = text[max(0, match.start() - 40) : match.end() + 40].lower()
    has_cue = _SAYS_HOW.search(match.group()) or _CUE.search(near)
    return (
        bool(has_cue) or len(letters) > 3 or letters in re.findall(r"[^\W\d_]+", near)
    )
