"""People of a study, and the forms that their names take."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from empathy_insights.identities._vocabulary import (
    TITLES,
    folded,
    is_english_word,
    word_set,
)
from empathy_insights.identities._word_spans import Source

_PART = re.compile(r"[^\W\d_][\u0300-\u036f\w]*(?:['’][^\W\d_]+)*")
_PARTICLES = word_set("de la del da dos van von der den al el bin ibn ben di le")
# But Ben, Van and Le are given names; `IT test` under a survey's "Your name" is none.
_NEVER_ALONE = word_set(
    "de del dos von der "
    "and he is it no not our she test that the there they this we what yes you"
)
_SUFFIXES = frozenset(("Jr", "Sr", "Ii", "Iii", "Iv", "Jr.", "Sr."))


@dataclass(frozen=True, repr=False)
class Bearer:
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


def parts_of(name: str) -> list[str]:
    """Return the words of a name, title and suffix left out, `Last, First` turned round.

    Examples
    --------
    >>> parts_of("Lopez-Garcia, Maria"), parts_of("Okonkwo, Adaeze M.")
    (['Maria', 'Lopez', 'Garcia'], ['Adaeze', 'M', 'Okonkwo'])
    """
    return list(_parts_of(name))


@lru_cache(maxsize=65536)
def _parts_of(name: str) -> tuple[str, ...]:
    last, _, first = name.partition(",")
    turned = f"{first} {last}" if _is_last_first(first) else name
    parts = [folded(part) for part in _PART.findall(re.sub(r"\([^)]*\)", " ", turned))]
    parts = [_cased(part) for part in parts if _cased(part) not in _SUFFIXES]
    while len(parts) > 1 and parts[0] in TITLES:
        parts = parts[1:]
    return tuple(parts)


def _is_last_first(first: str) -> bool:
    """Return whether what stands behind a comma is given names: `Adaeze`, `Adaeze M.`."""
    words = first.split()
    is_initial = len(words) == 2 and re.fullmatch(r"[^\W\d_]\.?", words[1])
    return len(words) == 1 or bool(is_initial)


def forms_of(name: str, *, is_person: bool) -> Iterator[tuple[tuple[str, ...], bool]]:
    parts = tuple(parts_of(name))
    if not parts:
        return
    low = tuple(part.lower() for part in parts)
    if not is_person:
        yield low, True
        return
    yield from _variants(low, is_full=len(low) > 1)
    if len(low) == 1:
        return
    n_first = _length_of_first(name, parts)
    first, last = low[:n_first], low[n_first:]
    yield (first[0], last[-1]), True
    yield (*last, *first), True
    for some in (first, last):
        if some[-1] in _NEVER_ALONE:  # of `de la Rosa` only the whole, and `Rosa`
            continue
        yield from _variants(some, is_full=False)
        for part in some:
            if len(part) >= 4 or (part in (first[0], last[-1]) and len(some) == 1):
                yield (part,), False


def _length_of_first(name: str, parts: tuple[str, ...]) -> int:
    """Return how many parts stand before the first space that no hyphen bridges."""
    _, _, first = name.partition(",")
    if _is_last_first(first):
        n_first = len(_PART.findall(first))
    else:
        chunks = [c for c in name.split() if folded(c).strip(".") not in TITLES]
        n_first = len(_PART.findall(chunks[0])) if chunks else 1
        if len(chunks) == 3 and chunks[1].lower() not in _PARTICLES:
            n_first += len(_PART.findall(chunks[1]))
    return min(max(n_first, 1), len(parts) - 1)


def _variants(
    parts: tuple[str, ...], *, is_full: bool
) -> Iterator[tuple[tuple[str, ...], bool]]:
    yield parts, is_full
    if len(parts) == 2 and not is_full:  # Soo-jin is also written Soojin
        yield (parts[0] + parts[1],), is_full


def _cased(part: str) -> str:
    if part in _PARTICLES:
        return part
    return (
        part.title() if (part.isupper() and len(part) > 2) or part.islower() else part
    )


# Find listed names that are written as one word: user names, mail names, file names.


_CHUNK = re.compile(
    r"(?<![\w@])(?:@?_*[^\W\d_]++(?:[\d_.+-]++[^\W\d_]++)++[\d_]*|_++\w++)"
)
_NO_LETTER = re.compile(r"[\W\d_]+")
_LEAST_FOR_PART_OF_A_WORD = 8


@dataclass(frozen=True, repr=False)
class Joined:
    """Look up names without what parts them, and long ones inside longer words."""

    whole: Mapping[str, frozenset[str]]
    long: frozenset[str]

    @cached_property
    def longest(self) -> int:
        """Letters of the longest: what a file holds as one word may have thousands."""
        return max(map(len, self.long), default=0)

    @cached_property
    def begins(self) -> frozenset[str]:
        """The first letters of the long ones: few words hold any of them."""
        return frozenset(form[:_LEAST_FOR_PART_OF_A_WORD] for form in self.long)


def join_names(people: Iterable[Bearer]) -> Joined:
    """Collect the ways in which people join a first and a last name, or an initial.

    Examples
    --------
    >>> sorted(join_names([Bearer("a", "student", ("Amara Boone",))]).whole)
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
    long = frozenset(form for form in full if len(form) >= _LEAST_FOR_PART_OF_A_WORD)
    return Joined({form: frozenset(who) for form, who in whole.items()}, long)


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
    if letters in names.whole:
        return names.whole[letters]
    size, least = len(letters), _LEAST_FOR_PART_OF_A_WORD
    for start in range(size - least + 1 if names.long else 0):
        if letters[start : start + least] not in names.begins:
            continue
        for end in range(start + least, min(size, start + names.longest) + 1):
            if letters[start:end] in names.long:
                return names.whole[letters[start:end]]
    return None


def find_joined(text: str, names: Joined) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Find words made of a whole name that signs or digits part."""
    known: dict[str, frozenset[str] | None] = {}
    for start, end, letters in joined_words(text) if names.whole else ():
        if letters not in known:
            known[letters] = people_in(letters, names)
        if people := known[letters]:
            yield start, end, people
