"""Words of a text, with what stands between them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain, count
from typing import Literal, NamedTuple, overload

from empathy_insights.identities._vocabulary import folded

# What a search finds in a text: a span, what it is, and how sure the search is.


Source = Literal["roster", "pattern", "speaker label", "ner", "kept"]
Confidence = Literal["high", "medium"]


class NameSpan(NamedTuple):
    """A span that identifies somebody, or, from source `kept`, that must stay.

    `who` is the key of one person or place, whatever the words were; `doubt` says why a
    person should look; a finding with `replace` false is only for the review list.
    """

    start: int
    end: int
    kind: str
    source: Source
    who: str
    confidence: Confidence = "high"
    doubt: str = ""
    replace: bool = True
    rank: int = 5


def settle(findings: Iterable[NameSpan]) -> list[NameSpan]:
    """Return findings that do not overlap: lower rank first, then the longer one."""
    findings = list(findings)
    if len(findings) < 2:
        return [finding for finding in findings if finding.end > finding.start]
    taken: list[tuple[int, int]] = []
    kept: list[NameSpan] = []
    order = sorted(
        findings, key=lambda f: (not f.replace, f.rank, f.start - f.end, f.start)
    )
    for finding in order:
        at = bisect_left(taken, (finding.start, finding.end))
        is_free = (at == 0 or taken[at - 1][1] <= finding.start) and (
            at == len(taken) or taken[at][0] >= finding.end
        )
        if is_free and finding.end > finding.start:
            taken.insert(at, (finding.start, finding.end))
            kept.append(finding)
    return sorted(kept)


# Readable names in square brackets, the same for the same person or place.


LABELS = {
    "student": "student", "family": "family member", "teacher": "teacher",
    "staff": "staff member", "school_leader": "school leader",
    "network_leader": "network leader", "community": "community member",
    "mixed": "participant", "unknown": "person", "interviewer": "interviewer",
    "person": "person", "adult": "adult", "school": "school", "team": "team",
    "street": "street", "place": "place", "organisation": "organisation",
}  # fmt: skip


def is_user_name(label: str) -> bool:
    """Return whether a name has a digit or a sign, so that no word is it.

    Examples
    --------
    >>> is_user_name("tgreene22"), is_user_name("Coach_Dre"), is_user_name("O'Neil-Diaz")
    (True, True, False)
    """
    return _OF_USERS.search(label) is not None


_OF_USERS = re.compile(r"[\d@_]")
PLACES = ("school", "team", "street", "place", "organisation")
PLAIN = (
    "e-mail", "phone", "address", "student id", "date of birth", "handle", "link",
    "social security number",
)  # fmt: skip
_KINDS = "|".join(sorted({*LABELS.values(), *PLAIN}, key=len, reverse=True))
PSEUDONYM = re.compile(rf"\[(?P<label>{_KINDS})(?: (?P<number>\d+))?\]")


def used_numbers(texts: Iterable[str]) -> dict[str, set[int]]:
    """Return the numbers that pseudonyms in the texts already have, by label.

    Examples
    --------
    >>> used_numbers(["[student 3] told [student 1] at [school 2]"])
    {'student': {1, 3}, 'school': {2}}
    """
    used: dict[str, set[int]] = defaultdict(set)
    for text in texts:
        for match in PSEUDONYM.finditer(text):
            if match["number"]:
                used[match["label"]].add(int(match["number"]))
    return dict(used)


def number(
    people: Iterable[tuple[str, str]],
    *,
    given: Mapping[str, str],
    used: Mapping[str, set[int]],
) -> dict[str, str]:
    """Name everybody, in the order given, with the numbers that are free.

    Parameters
    ----------
    people
        (key, kind) of each, as often as they occur.
    given
        Pseudonyms that stand already.
    used
        Numbers that are taken, by label.

    Examples
    --------
    >>> number([("a", "student"), ("b", "phone")], given={}, used={"student": {1}})
    {'a': '[student 2]', 'b': '[phone]'}
    """
    names = dict(given)
    counters: dict[str, Iterator[int]] = {}
    for who, kind in people:
        if who in names:
            continue
        if kind in PLAIN:
            names[who] = f"[{kind}]"
            continue
        label = LABELS.get(kind, "person")
        taken = used.get(label, set())
        if label not in counters:
            counters[label] = _free(taken)
        names[who] = f"[{label} {next(counters[label])}]"
    return names


def _free(taken: set[int]) -> Iterator[int]:
    return (n for n in count(1) if n not in taken)


_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]*)*"
_WORD = re.compile(rf"{PSEUDONYM.pattern}|(?P<word>{_LETTERS}(?:['’]{_LETTERS})*)")
# The same where there are neither pseudonyms nor marks that stand for themselves.
_PLAIN_WORD = re.compile(r"(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)")
_NOT_PLAIN = re.compile(r"[\[\u0300-\u036f]")
_SENTENCE_END = re.compile(r"[.!?:;\n\r\"“”>|*#•\t]|- |–|—|\A\Z")
_POSSESSIVE = ("'s", "'S")


class Word(NamedTuple):
    """A word: folded, without a possessive 's, and the characters before it.

    `low` is the word in lower case: names are compared by it. `is_titled` words are
    written as names are: a capital, then small letters.
    """

    word: str
    start: int
    end: int
    gap: str
    is_possessive: bool
    starts_sentence: bool
    low: str
    is_capitalised: bool
    is_titled: bool


def tokens_of(text: str) -> list[Word]:
    """Return the words of a text in their order."""
    tokens: list[Word] = []
    before = 0
    was_short = False
    for start, stop in _spans(text):
        token, was_short = _made(text, before, start, stop, after_short=was_short)
        tokens.append(token)
        before = stop
    return tokens


_NEAR = 256  # words


class Words(Sequence[Word]):
    """The words of a text, as `tokens_of` returns them, each made when it is asked for.

    Of a long text few are looked at: those that may stand for somebody, and what stands
    around them.
    """

    def __init__(self, text: str) -> None:
        """Find where the words stand."""
        self._text = text
        # Starts and stops in turn: of millions of words, pairs would fill the memory.
        self._places = array("q", chain.from_iterable(_spans(text)))
        self._latest: dict[int, Word] = {}  # a word is looked at from several sides

    @cached_property
    def lows(self) -> list[str]:
        """Every word in lower case."""
        return [form.low for form in self.forms()]

    def forms(self) -> Iterator[_Form]:
        """Yield what each word is by its letters alone."""
        text, places = self._text, iter(self._places)
        return (
            _read(text[start:stop]) for start, stop in zip(places, places, strict=True)
        )

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self._places) // 2

    @overload
    def __getitem__(self, at: int) -> Word: ...

    @overload
    def __getitem__(self, at: slice) -> list[Word]: ...

    def __getitem__(self, at: int | slice) -> Word | list[Word]:
        """Make a word, or some."""
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        if (found := self._latest.get(at)) is not None:
            return found
        start, stop = self._span(at)
        first, before = self._span(at - 1) if at % len(self) else (0, 0)
        was_short = _read(self._text[first:before]).is_short
        word, _ = _made(self._text, before, start, stop, after_short=was_short)
        if len(self._latest) >= _NEAR:
            self._latest.clear()
        self._latest[at] = word
        return word

    def _span(self, at: int) -> tuple[int, int]:
        place = 2 * at
        return self._places[place], self._places[place + 1]


def has_capitals(tokens: Sequence[Word]) -> bool:
    """Return whether somebody wrote the words with capitals, so that small ones tell."""
    forms = tokens.forms() if isinstance(tokens, Words) else tokens
    return any(form.is_titled for form in forms)


def places_of(tokens: Sequence[Word], lows: frozenset[str]) -> list[int]:
    """Return which of the words are among some, given in lower case."""
    if isinstance(tokens, Words):
        return [at for at, low in enumerate(tokens.lows) if low in lows]
    return [at for at, token in enumerate(tokens) if token.low in lows]


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand; a pseudonym is part of the gap between words."""
    if _NOT_PLAIN.search(text) is None:
        return (match.span() for match in _PLAIN_WORD.finditer(text))
    return (match.span() for match in _WORD.finditer(text) if match["word"] is not None)


def _made(
    text: str, before: int, start: int, stop: int, *, after_short: bool
) -> tuple[Word, bool]:
    """Return the word at a place, and whether a full stop after it ends no sentence."""
    word, low, is_possessive, is_capitalised, is_titled, is_short = _read(
        text[start:stop]
    )
    gap = text[before:start]
    starts = not before or _starts_sentence(gap, after_abbreviation=after_short)
    end = stop - 2 if is_possessive else stop
    made = Word(
        word, start, end, gap, is_possessive, starts, low, is_capitalised, is_titled
    )
    return made, is_short


class _Form(NamedTuple):
    """What a word is by its letters alone.

    `is_short` are those whose full stop ends no sentence: that after `so do I` does.
    """

    word: str
    low: str
    is_possessive: bool
    is_capitalised: bool
    is_titled: bool
    is_short: bool


@lru_cache(maxsize=65536)
def _read(written: str) -> _Form:
    """Return a word without accents and possessive 's, in small letters, and its form."""
    word = folded(written)
    is_possessive = word.endswith(_POSSESSIVE)
    word = word[:-2] if is_possessive else word
    is_capitalised = word[:1].isupper()
    is_titled = is_capitalised and any(map(str.islower, word[1:]))
    is_short = (len(word) == 1 and word != "I") or word in _ABBREVIATIONS
    low = word.lower()
    return _Form(word, low, is_possessive, is_capitalised, is_titled, is_short)


@lru_cache(maxsize=4096)
def _starts_sentence(gap: str, *, after_abbreviation: bool) -> bool:
    if gap in (" ", ", ", "-", " ("):
        return False
    if after_abbreviation and gap in (". ", "."):
        return False
    return _SENTENCE_END.search(gap) is not None


_ABBREVIATIONS = frozenset(
    ("Mr", "Mrs", "Ms", "Mx", "Dr", "Prof", "Sra", "Sr", "Srta", "Fr", "Jr", "St", "Ave",
     "Rev", "Mt", "Ft", "Mme", "Sgt", "Lt", "Capt", "Cpl", "Ofc", "Supt")
)  # fmt: skip
