"""How people are called: a full name, and the many ways that a transcript shortens it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from empathy_insights.labels import base_key, is_generic, words_in
from empathy_insights.lexicon import one_less
from empathy_insights.readers.people.capitals_within import as_listed, kept
from empathy_insights.roles import role_in

_REMEMBERED = 8192
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "œ": "oe"}
)
_APOSTROPHES = re.compile(r"['’‘`´ʻ]")
_WORD = re.compile(r"[^\W\d_]+")
_PARENTHESES = re.compile(r"[(\[{<]([^()\[\]{}<>]*)[)\]}>]")
_QUOTED = re.compile(r"[\"“”«»]([^\"“”«»]+)[\"“”«»]")
_HUMPS = re.compile(r"(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])")
_TITLES = words_in(
    "mr mrs ms mx miss dr prof professor sir madam maam rev father sister brother "
    "principal vice assistant coach counselor counsellor director dean superintendent "
    "sr sra srta senor senora senorita don dona maestro maestra profe profesor profesora "
    "herr frau monsieur madame mme mlle m"
)
_ADULT = words_in(
    "mr mrs ms mx miss dr prof professor principal coach counselor counsellor director "
    "dean superintendent sr sra srta senor senora senorita don dona maestro maestra "
    "profe profesor profesora herr frau monsieur madame mme mlle"
)
_SUFFIXES = words_in("jr jnr snr ii iii iv phd edd med esq")
_PARTICLES = words_in("de del de la das dos da di du van von der den ter bin al el y e")
_ALIAS = re.compile(r"[;,/|]")
_BESIDE = re.compile(r"\||\s[-–—]\s|\s/\s")
# A video call shows whose device it is: `Kwame's iPhone`, `iPad de Kwame`.
_DEVICES = (
    r"(?:i-?(?:phone|pad|pod|mac)s?|galaxy|pixel|android|macbook|chromebook|laptop|computer|"
    r"(?:cell ?)?phone|tablet|desktop|surface|kindle|pc)"
)
_DEVICE = re.compile(
    rf"(?<=\w)(?:['’‘`´ʻ]s?)?[ _-]+(?:(?:apple|samsung|google|lenovo|hp|dell)[ ]+)?{_DEVICES}\b.*$"
    rf"|^{_DEVICES}\b[^\n]{{0,20}}?\b(?:de|of|von)[ ]+",
    re.IGNORECASE,
)
_CODE = re.compile(r"(?<![^\W_])[^\W\d_]{0,3}[-_]?\d+(?![^\W_])")
_PRONOUNS = words_in(
    "she her hers he him his they them theirs ze zir xe xem ella el elle"
)
_INITIALS = 3
_SHORTEST_JOINED = 5
_SHORTEST_TYPO = 5
_SHORTEST_PREFIX = 3


class Fit(IntEnum):
    """Say how much of a name stands in what somebody is called."""

    NONE = 0
    GUESS = 1  # a letter, a nickname's beginning, one letter off
    INITIALS = 2  # `JT`, `Ms. L.`
    MIDDLE = 3  # a middle name, or the first of two surnames, alone
    SURNAME = 4  # a surname alone
    FIRST = 5  # a first name or nickname alone
    TITLED = 6  # `Mr. Lindqvist`
    INITIAL = 7  # `Noor A`, `I. Castell`
    FULL = 8


@dataclass(frozen=True, slots=True)
class Called:
    """Hold the parts of a name as somebody wrote it.

    Parameters
    ----------
    parts
        Its words, without accents, titles and suffixes, in small letters.
    title
        A title before it, empty without one.
    aside
        What stands in parentheses: pronouns, a role, whose parent somebody is.
    is_capital
        Whether it is written in capital letters only, as initials are.
    """

    parts: tuple[str, ...]
    title: str = ""
    aside: str = ""
    is_capital: bool = False


@dataclass(frozen=True, slots=True)
class FullName:
    """Hold the name of a listed person.

    Parameters
    ----------
    given
        The first name.
    others
        Middle names and surnames, in their order.
    nicknames
        Whatever else the person is called.
    """

    given: str
    others: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()

    @property
    def surname(self) -> str:
        """Return the last word of the name, empty where there is only a first name."""
        return self.others[-1] if self.others else ""


@lru_cache(maxsize=_REMEMBERED)
def plain(text: str) -> str:
    """Return a text in small letters, without accents and apostrophes.

    Examples
    --------
    >>> plain("José O’Neill"), plain("Łukasz")
    ('jose oneill', 'lukasz')
    """
    taken_apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    bare = "".join(c for c in taken_apart if not unicodedata.combining(c))
    return bare.translate(_LETTERS)


def words_of_name(text: str) -> tuple[str, ...]:
    """Return the words of a name, a file name or a line, as they are compared.

    Examples
    --------
    >>> words_of_name("barros_lia-gr10"), words_of_name("TomaszWilk")
    (('barros', 'lia', 'gr'), ('tomasz', 'wilk'))
    """
    return tuple(_WORD.findall(plain(_HUMPS.sub(" ", _APOSTROPHES.sub("", text)))))


@lru_cache(maxsize=_REMEMBERED)
def called(label: str) -> Called:
    """Take what somebody is called apart.

    Examples
    --------
    >>> called("Barros, Lia (she/her)")
    Called(parts=('lia', 'barros'), title='', aside='she/her', is_capital=False)
    >>> called("Mr. Lindqvist").title, called("J.T.").parts
    ('mr', ('j', 't'))
    """
    aside = " ".join(_PARENTHESES.findall(label)).strip()
    label = _DEVICE.sub("", label)
    bare = _CODE.sub(" ", _name_among(_BESIDE.split(_PARENTHESES.sub(" ", label))))
    local, at, _ = bare.strip().partition("@")
    bare = base_key(local) if at else bare.strip().strip(":").strip()
    cut = bare.split(",")
    if len(cut) == len(["surname", "first"]) and cut[1].strip():
        surname_first = plain(cut[1].strip().rstrip(".")) not in _SUFFIXES
        bare = f"{cut[1]} {cut[0]}" if surname_first else cut[0]
    words = list(words_of_name(bare))
    title = ""
    while len(words) > 1 and words[0] in _TITLES:
        title = title or words[0]
        words = words[1:]
    kept = tuple(w for w in words if w not in _SUFFIXES | _PRONOUNS) or tuple(words)
    letters = [c for c in bare if c.isalpha()]
    is_capital = bool(letters) and all(c.isupper() for c in letters)
    return Called(kept, title, aside, is_capital)


def _name_among(parts: list[str]) -> str:
    """Return the first part that is no part in the talk, as in `Student - Imani`."""
    told = [part for part in parts if part.strip()]
    return next((p for p in told if not is_generic(p)), told[0] if told else "")


def is_adult_title(title: str) -> bool:
    """Return whether a title is one that pupils do not have."""
    return title in _ADULT


def full_name(name: str, nicknames: str = "") -> FullName:
    """Take the name in a list of people apart.

    Examples
    --------
    >>> full_name('Robert "Bobby" Vance Jr.')
    FullName(given='robert', others=('vance',), nicknames=('bobby',))
    >>> full_name("Castell, Imani", "Mani; Immy").nicknames
    ('mani', 'immy')
    """
    aliases = [*_QUOTED.findall(name), *_PARENTHESES.findall(name)]
    aliases += _ALIAS.split(nicknames)
    bare = _QUOTED.sub(" ", name)
    parts = called(bare).parts
    others = tuple(p for p in parts[1:] if p not in _PARTICLES) or parts[1:]
    given = parts[0] if parts else ""
    nick = (" ".join(words_of_name(alias)) for alias in aliases if _is_alias(alias))
    return FullName(given, others, tuple(dict.fromkeys(filter(None, nick))))


def _is_alias(said: str) -> bool:
    """Return whether this is a nickname, no role or pronouns beside a name."""
    words = set(words_of_name(said))
    return bool(words) and not words & _PRONOUNS and not role_in(said)


@lru_cache(maxsize=_REMEMBERED)
def fit(said: Called, name: FullName) -> Fit:
    """Return how well what somebody is called fits a full name.

    Examples
    --------
    >>> imani = full_name("Imani Rose Castell")
    >>> [fit(called(label), imani).name for label in (
    ...     "IMANI CASTELL", "Imani C.", "Ms. Castell", "imani", "IC", "Ima", "Per")]
    ['FULL', 'INITIAL', 'TITLED', 'FIRST', 'INITIALS', 'GUESS', 'NONE']
    """
    if not said.parts or not name.given:
        return Fit.NONE
    parts = as_listed(said.parts, name.given, name.others, _PARTICLES)
    if " ".join(parts) in name.nicknames:
        return Fit.FIRST
    if len(parts) == 1:
        return _fit_of_one(parts[0], said, name)
    if not name.others:
        return Fit.SURNAME if name.given in parts else Fit.NONE
    return _fit_of_several(parts, name)


def _fit_of_one(part: str, said: Called, name: FullName) -> Fit:
    if said.title and part in name.others:
        return Fit.TITLED
    if part == name.given or part in name.nicknames:
        return Fit.FIRST
    if part in name.others:
        return Fit.SURNAME if part == name.surname else Fit.MIDDLE
    if said.title and len(part) == 1:
        return Fit.INITIALS if part == name.surname[:1] else Fit.NONE
    joined = _joined(part, name)
    if joined:
        return joined
    if said.is_capital and part in _initials(name):
        return Fit.INITIALS
    return Fit.GUESS if _is_like(part, name) else Fit.NONE


def _joined(part: str, name: FullName) -> Fit:
    """Read names that are written as one word, as in user names."""
    if len(part) < _SHORTEST_JOINED or not name.surname:
        return Fit.NONE
    first = (name.given, *name.nicknames)
    if any(part in (one + name.surname, name.surname + one) for one in first):
        return Fit.FULL
    if len(name.others) > 1 and part == name.given + name.others[0]:
        return Fit.FIRST  # `Mailinh` for Mai-Linh
    short = {name.given[0] + name.surname, name.surname + name.given[0]}
    short |= {
        one + name.surname[0] for one in first if len(one) + 1 >= _SHORTEST_JOINED
    }
    return Fit.INITIAL if part in short else Fit.NONE


def _initials(name: FullName) -> frozenset[str]:
    letters = [name.given[0], *(part[0] for part in name.others)]
    if len(letters) == 1:
        return frozenset()
    return frozenset({"".join(letters), letters[0] + letters[-1]})


def _is_like(part: str, name: FullName) -> bool:
    known = (name.given, *name.nicknames)
    if len(part) == 1:
        return part == name.given[0]
    if len(part) >= _SHORTEST_PREFIX and any(
        one.startswith(part) or part.startswith(one) for one in known if len(one) > 2
    ):
        return True
    return any(_one_off(part, one) for one in (*known, *name.others))


def _one_off(a: str, b: str) -> bool:
    """Return whether one letter was changed, left out, added or swapped."""
    if min(len(a), len(b)) < _SHORTEST_TYPO or abs(len(a) - len(b)) > 1:
        return False
    at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), None)
    if at is None:
        return len(a) != len(b)
    tails = {(a[at + 1 :], b[at + 1 :]), (a[at:], b[at + 1 :]), (a[at + 1 :], b[at:])}
    swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
    return swapped or any(x == y for x, y in tails)


def _fit_of_several(parts: tuple[str, ...], name: FullName) -> Fit:
    if all(len(part) == 1 for part in parts):
        return Fit.INITIALS if "".join(parts) in _initials(name) else Fit.NONE
    orders = {parts, parts[1:] + parts[:1], parts[-1:] + parts[:-1]}
    return max((_fit_in_order(order, name) for order in orders), default=Fit.NONE)


def _fit_in_order(parts: tuple[str, ...], name: FullName) -> Fit:
    """Compare a first name and what follows; each word must stand in the name."""
    first, rest = parts[0], parts[1:]
    is_first = first == name.given or first in name.nicknames
    if not is_first and not (len(first) == 1 and first == name.given[0]):
        return Fit.NONE
    places = [[n for n, o in enumerate(name.others) if _stands_for(p, o)] for p in rest]
    held = [n for n in places if n]
    whole = [p for p in rest if p in name.others]
    if not held or (len(held) < len(rest) and name.surname not in rest):
        return Fit.NONE
    if not is_first:
        return Fit.INITIAL if whole else Fit.NONE
    return Fit.FULL if whole else Fit.INITIAL


def _stands_for(part: str, word: str) -> bool:
    return part == word or (len(part) == 1 and part == word[0])


# Where to look for a name among thousands: what `fit` and `named_in` compare has one of
# these in common with the name, or they find nothing of it.


def keys_of(name: FullName) -> frozenset[str]:
    """Return the words by which a name may be found, beginnings (`*`) and slips (`~`).

    Examples
    --------
    >>> sorted(key for key in keys_of(full_name("Imani Cole")) if "~" not in key)
    ['c', 'cole', 'colei', 'coleimani', 'i', 'ic', 'icole', 'ima*', 'imani', 'imanic', 'imanicole']
    """
    if not name.given:
        return frozenset()
    first = (name.given, *name.nicknames)
    joined = {name.given + "".join(name.others[:1])}
    for one in (*first, name.given[0]) if name.surname else ():
        joined |= {one + name.surname, name.surname + one, one + name.surname[0]}
    begun = (f"{one[:_SHORTEST_PREFIX]}*" for one in first if len(one) > 2)
    slips = (slip for word in (*first, *name.others) for slip in _slips(word))
    letters = (name.given[0], name.surname[:1])
    words = {*first, *name.others, *joined, *letters, *_initials(name)}
    return frozenset({*words, *begun, *slips})


def keys_in(said: Called) -> Iterator[str]:
    """Yield the keys of the names that somebody may be called by."""
    yield " ".join(kept(said.parts, _PARTICLES) or said.parts)
    for word in said.parts:
        yield word
        yield f"{word[:_SHORTEST_PREFIX]}*"
        yield from _slips(word)


def _slips(word: str) -> Iterator[str]:
    """Yield a word, and each that lacks a letter of it: those that are one off share one."""
    if len(word) >= _SHORTEST_TYPO:
        yield from (f"~{less}" for less in {word, *one_less(word)})


def named_in(words: tuple[str, ...], name: FullName) -> Fit:
    """Return how much of a name stands in the words of a file name or a line.

    Examples
    --------
    >>> imani = full_name("Imani Castell")
    >>> named_in(words_of_name("interview_castell_imani_gr9"), imani).name
    'FULL'
    >>> named_in(words_of_name("Interview w Imani 3-12"), imani).name
    'FIRST'
    """
    first = [n for n, w in enumerate(words) if w == name.given or w in name.nicknames]
    last = [n for n, w in enumerate(words) if w in name.others]
    near = any(abs(a - b) <= _INITIALS for a in first for b in last)
    if near and any(a != b for a in first for b in last):
        return Fit.FULL
    beside = {w for n in first for w in words[max(0, n - 1) : n + 2] if len(w) == 1}
    if name.surname and name.surname[0] in beside:
        return Fit.INITIAL
    before = {words[n - 1] for n in last if n}
    if name.given[:1] in before:
        return Fit.INITIAL
    if last and before & _ADULT:
        return Fit.TITLED
    if first:
        return Fit.FIRST
    if last:
        return Fit.SURNAME
    return max((_joined(word, name) for word in words), default=Fit.NONE)
