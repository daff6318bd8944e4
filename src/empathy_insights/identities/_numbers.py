"""Numbers as people say them, in English and Spanish: `five five five, forty-two`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_DIGITS = tuple(
    "zero oh one two three four five six seven eight nine cero uno una dos tres cuatro "  # noqa: SIM905
    "cinco seis siete ocho nueve o".split()
)
_TEENS = tuple(
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen diez "  # noqa: SIM905
    "once doce trece catorce quince dieciséis dieciseis diecisiete dieciocho diecinueve "
    "veinte veintiuno veintidós veintidos veintitrés veintitres veinticuatro veinticinco "
    "veintiséis veintiseis veintisiete veintiocho veintinueve".split()
)
_TENS = tuple(
    "twenty thirty forty fourty fifty sixty seventy eighty ninety treinta cuarenta "  # noqa: SIM905
    "cincuenta sesenta setenta ochenta noventa".split()
)


SPOKEN_NUMBERS = frozenset((*_DIGITS, *_TEENS, *_TENS, "double", "triple"))


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted(words, key=lambda word: (-len(word), word)))


_DIGIT = rf"(?:{_any(_DIGITS)})"
_TEN = rf"(?:{_any(_TENS)})(?:[ -](?:y )?(?:{_any(_DIGITS[1:])}))?"
_HUNDRED = rf"{_DIGIT} hundred(?: and)?|(?:double|triple) {_DIGIT}"
NUMBER = rf"\b(?:{_HUNDRED}|{_TEN}|{_any(_TEENS)}|{_DIGIT}|\d{{1,4}})\b"
BETWEEN = r"(?:[ ,.–—-]{1,3}|,? (?:and|then|dash|hyphen|y|luego|guion|guión|uh|um),? )"
_ONE = re.compile(NUMBER, re.IGNORECASE)


def has_words(run: str) -> bool:
    """Say whether a run of numbers is said in words, not written in digits."""
    return any(not match.group().isdigit() for match in _ONE.finditer(run))


def n_digits(run: str) -> int:
    """Count the digits that a run of numbers stands for.

    Examples
    --------
    >>> n_digits("five five five, forty-two twelve"), n_digits("double oh 7, doce")
    (7, 5)
    """
    return sum(_width(match.group().lower()) for match in _ONE.finditer(run))


def _width(number: str) -> int:
    if number.isdigit():
        return len(number)
    first = number.split(maxsplit=1)[0]
    if first == "triple" or " hundred" in number:
        return 3
    return 1 if number in _DIGITS else 2


def is_counting(run: str) -> bool:
    """Say whether somebody counts: one, two, three; ten, twenty, thirty.

    Examples
    --------
    >>> is_counting("one two three four five six seven"), is_counting("two one five nine")
    (True, False)
    """
    places = [_place(match.group().lower()) for match in _ONE.finditer(run)]
    steps = {b - a for a, b in pairwise(places)}
    return len(steps) == 1 and 0 not in steps


def _place(number: str) -> int:
    if number.isdigit():
        return int(number)
    english = _DIGITS[:11]
    spanish = [word for word in _DIGITS[11:] if word != "una"]
    for words, start in ((english, -1), (_TENS, 100), (_TEENS, 200)):
        if number in words:
            return max(words.index(number) + start, 0)
    return spanish.index(number) + 50 if number in spanish else 999
