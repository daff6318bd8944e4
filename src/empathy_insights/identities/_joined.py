"""Find listed names that are written as one word: user names, mail names, file names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from empathy_insights.identities._names import Person, parts_of
from empathy_insights.identities._vocabulary import folded, is_english_word

_CHUNK = re.compile(
    r"(?<![\w@])@?_*[^\W\d_]++(?:[\d_.+-]++[^\W\d_]++)++[\d_]*|(?<![\w@])_++\w++"
)
_NO_LETTER = re.compile(r"[\W\d_]+")
_LEAST_FOR_PART_OF_A_WORD = 8


@dataclass(frozen=True, repr=False)
class Joined:
    """Look up names without what parts them, and find them inside longer words."""

    whole: Mapping[str, frozenset[str]]
    inside: re.Pattern[str]


def join_names(people: Iterable[Person]) -> Joined:
    """Collect the ways in which people join a first and a last name, or an initial.

    Examples
    --------
    >>> sorted(join_names([Person("a", "student", ("Amara Boone",))]).whole)
    ['aboone', 'amara', 'amarab', 'amaraboone', 'bamara', 'boone', 'boonea', 'booneamara']
    """
    whole: dict[str, set[str]] = defaultdict(set)
    full: set[str] = set()
    for person in people:
        for name in person.names:
            parts = parts_of(name)
            full |= set(_joined(parts))
            for form in (*_joined(parts), *filter(_is_telling, parts)):
                whole[_NO_LETTER.sub("", form.lower())].add(person.who)
    long = sorted(form for form in full if len(form) >= _LEAST_FOR_PART_OF_A_WORD)
    inside = re.compile("|".join(map(re.escape, long)) if long else r"(?!)")
    return Joined({form: frozenset(who) for form, who in whole.items()}, inside)


def _joined(parts: list[str]) -> Iterator[str]:
    if len(parts) < 2:
        return
    low = [_NO_LETTER.sub("", part.lower()) for part in parts]
    first, last, every = low[0], low[-1], "".join(low)
    if len(first) < 2 or len(last) < 2:
        return
    pairs = (first + last, last + first, every)
    initials = (first[0] + last, last + first[0], first + last[0], last[0] + first)
    for form in (*pairs, *initials):
        if len(form) > 4 and not is_english_word(form):
            yield form


def _is_telling(part: str) -> bool:
    return len(part) > 4 and not is_english_word(part)


def joined_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield words that signs or digits part, with their letters alone."""
    for match in _CHUNK.finditer(text):
        yield match.start(), match.end(), _letters(match.group())


@lru_cache(maxsize=65536)
def _letters(word: str) -> str:
    return _NO_LETTER.sub("", folded(word).lower())


def people_in(letters: str, names: Joined) -> frozenset[str] | None:
    """Return whose whole name the letters are, or hold."""
    people = names.whole.get(letters)
    if people is None and len(letters) >= _LEAST_FOR_PART_OF_A_WORD:
        part = names.inside.search(letters)
        people = names.whole[part.group()] if part else None
    return people


def find_joined(text: str, names: Joined) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Find words made of a whole name that signs or digits part."""
    for start, end, letters in joined_words(text) if names.whole else ():
        people = people_in(letters, names)
        if people:
            yield start, end, people
