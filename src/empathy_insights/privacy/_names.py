"""People of a study, the forms that their names take, and an index over the forms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from empathy_insights.privacy._findings import Source
from empathy_insights.privacy._vocabulary import (
    TITLES,
    allowed_phrases,
    folded,
    function_words,
    names_that_are_words,
)

_PART = re.compile(r"[^\W\d_][\u0300-\u036f\w]*(?:['’][^\W\d_]+)*")
_PARTICLES = frozenset(
    [
        "de",
        "la",
        "del",
        "da",
        "dos",
        "van",
        "von",
        "der",
        "den",
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "di",
        "le",
    ]
)
_SUFFIXES = frozenset(("Jr", "Sr", "Ii", "Iii", "Iv", "Jr.", "Sr."))


@dataclass(frozen=True, repr=False)
class Person:
    """Hold one person, school, team or street of the study.

    Parameters
    ----------
    who
        The key of this person within the run.
    kind
        What the pseudonym says: `student`, `person`, `school`, …
    names
        Full names, nicknames and names found in the text.
    source
        Where the first of the names was found.
    """

    who: str
    kind: str
    names: tuple[str, ...]
    source: Source = "roster"


class Form(NamedTuple):
    """One way of writing somebody: the words after the first, who, and its nature."""

    rest: tuple[str, ...]
    who: str
    is_full: bool


@dataclass(frozen=True, repr=False)
class Index:
    """Look a word up among the forms of all names."""

    forms: dict[str, list[Form]]
    initials: dict[str, set[str]]
    people: dict[str, Person]
    words: frozenset[str] = frozenset()
    near: dict[str, set[str]] = field(default_factory=dict)

    def is_word(self, name: str) -> bool:
        """Say whether a name is also a word, so that only its place can tell."""
        low = name.lower()
        return (
            low in names_that_are_words()
            or low in function_words()
            or low in self.words
            or name in allowed_phrases()
        )


def parts_of(name: str) -> list[str]:
    """Return the words of a name, title and suffix left out, `Last, First` turned round.

    Examples
    --------
    >>> parts_of("Lopez-Garcia, Maria")
    ['Maria', 'Lopez', 'Garcia']
    """
    last, comma, first = name.partition(",")
    turned = f"{first} {last}" if comma and len(first.split()) == 1 else name
    parts = [folded(part) for part in _PART.findall(re.sub(r"\([^)]*\)", " ", turned))]
    parts = [_cased(part) for part in parts if _cased(part) not in _SUFFIXES]
    while len(parts) > 1 and parts[0] in TITLES:
        parts = parts[1:]
    return parts


def build_index(people: Iterable[Person], *, words: frozenset[str]) -> Index:
    """Index every form of every name."""
    forms: dict[str, dict[Form, None]] = defaultdict(dict)
    initials: dict[str, set[str]] = defaultdict(set)
    known = {person.who: person for person in people}
    for person in known.values():
        for name in person.names:
            for form, is_full in _forms(name, is_person=_is_person(person)):
                forms[form[0]][Form(form[1:], person.who, is_full)] = None
            letters = "".join(part[0] for part in parts_of(name)).upper()
            if len(letters) in (2, 3) and _is_person(person):
                initials[letters].add(person.who)
    ordered = {
        first: sorted(options, key=lambda form: (-len(form.rest), form.who))
        for first, options in forms.items()
    }
    near = _neighbours(name for name in ordered if len(name) >= 5)
    return Index(ordered, dict(initials), known, words, near)


def _is_person(person: Person) -> bool:
    return person.kind not in ("school", "team", "street")


def _forms(name: str, *, is_person: bool) -> Iterator[tuple[tuple[str, ...], bool]]:
    parts = tuple(parts_of(name))
    if not parts:
        return
    if not is_person:
        yield parts, True
        return
    yield from _variants(parts, is_full=len(parts) > 1)
    if len(parts) == 1:
        return
    first, last = _first_and_last(name, parts)
    yield from _variants((*first, *last), is_full=True)
    yield from _variants((first[0], last[-1]), is_full=True)
    yield from _variants((*last, *first), is_full=True)
    for some in (first, last):
        yield from _variants(some, is_full=False)
        for part in some:
            if len(part) >= 4 or (part in (first[0], last[-1]) and len(some) == 1):
                yield from _variants((part,), is_full=False)


def _first_and_last(
    name: str, parts: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split a name where its first space that no hyphen bridges stands."""
    _, comma, first = name.partition(",")
    if comma and len(first.split()) == 1:
        n_first = len(_PART.findall(first))
    else:
        chunks = [c for c in name.split() if folded(c).strip(".") not in TITLES]
        n_first = len(_PART.findall(chunks[0])) if chunks else 1
        if len(chunks) == 3 and chunks[1].lower() not in _PARTICLES:
            n_first += len(_PART.findall(chunks[1]))
    n_first = min(max(n_first, 1), len(parts) - 1)
    return parts[:n_first], parts[n_first:]


def _variants(
    parts: tuple[str, ...], *, is_full: bool
) -> Iterator[tuple[tuple[str, ...], bool]]:
    yield parts, is_full
    shouted = tuple(part.upper() for part in parts)
    if is_full or len(parts[0]) >= 4:
        yield shouted, is_full
    if len(parts) == 2:  # Soo-jin is also written Soojin, and Soo-Jin
        yield (parts[0], parts[1].title()), is_full
        yield (parts[0], parts[1].lower()), is_full
        if not is_full:
            yield (parts[0] + parts[1].lower(),), is_full


def _cased(part: str) -> str:
    if part in _PARTICLES:
        return part
    return (
        part.title() if (part.isupper() and len(part) > 2) or part.islower() else part
    )


def _neighbours(names: Iterable[str]) -> dict[str, set[str]]:
    """Map every name with one letter left out to the name."""
    near: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for less in {name, *one_less(name)}:
            near[less].add(name)
    return dict(near)


def one_less(word: str) -> set[str]:
    """Return the word with each of its letters left out once.

    Examples
    --------
    >>> sorted(one_less("abc"))
    ['ab', 'ac', 'bc']
    """
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


def is_one_apart(one: str, other: str) -> bool:
    """Say whether one letter added, dropped, changed or swapped makes the other.

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
