"""Values that say the same of people in two tables: `7`, `7th` and `Grade 7`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_WORDS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]
_GRADE = re.compile(
    rf"(?:grade|gr\.?|grado)? ?(?:0?(\d{{1,2}})(?:\.0)?(?:st|nd|rd|th|º|°)?|({'|'.join(_WORDS)}))"
    r"(?:[ -]?(?:graders?|grades?|grado))?",
)
_KINDER = re.compile(r"(?:grade )?(?:k|kg|kinder|kindergarten)(?: grade)?")


def value_key(value: str) -> str:
    """Reduce a value to what it says, in small letters and with a grade as its number.

    Examples
    --------
    >>> [value_key(one) for one in ("7", "7th", "Grade 07", "seventh grade", "Two or  More")]
    ['7', '7', '7', '7', 'two or more']
    """
    said = " ".join(value.casefold().split())
    if _KINDER.fullmatch(said):
        return "k"
    found = _GRADE.fullmatch(said)
    if found is None:
        return said
    return found[1] or str(_WORDS.index(found[2]) + 1)


def as_called(values: Iterable[str], names: Iterable[str]) -> Mapping[str, str]:
    """Return value -> what another table calls it, where that is certain.

    A value that the other table has, too, is left as it is, and so is one that the other
    table calls by two names.

    Examples
    --------
    >>> as_called(["7th", "8", "Grade 7", "9"], ["7", "8"])
    {'7th': '7', 'Grade 7': '7'}
    """
    said: dict[str, list[str]] = {}
    known = dict.fromkeys(names)
    for name in known:
        said.setdefault(value_key(name), []).append(name)
    found = {value: said.get(value_key(value), []) for value in dict.fromkeys(values)}
    return {
        value: named[0]
        for value, named in found.items()
        if value not in known and len(named) == 1
    }
