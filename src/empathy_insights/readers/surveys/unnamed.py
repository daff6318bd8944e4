"""Rows in which nobody is named: somebody of their own, with a number that nobody has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from empathy_insights.labels import is_unknown
from empathy_insights.lexicon import says_no_answer


def names_in(columns: Sequence[Sequence[str]]) -> list[str]:
    """Return the name in each row, empty where there is none or it is nobody's."""
    joined = [" ".join(" ".join(cells).split()) for cells in zip(*columns, strict=True)]
    return ["" if is_nobody(name) else name for name in joined]


def told_apart(names: Sequence[str]) -> list[str]:
    """Return who each row is of: whoever is named, and somebody of their own where nobody is.

    Examples
    --------
    >>> told_apart(["s1", "", "anonymous", "s1"])
    ['s1', '2', '3', 's1']
    """
    return list(numbers(names_in([names])))


def is_nobody(name: str) -> bool:
    """Return whether what stands for a name says that there is none."""
    return is_unknown(name) or says_no_answer(name)


def numbers(names: Sequence[str]) -> Iterator[str]:
    """Give whoever has no name the number of the row, or one that nobody has."""
    taken = set(names)
    further = iter(range(len(names) + 1, 2 * len(names) + 1))
    for number, name in enumerate(names, start=1):
        own = str(number)
        while not name and own in taken:
            own = str(next(further))
        yield name or own
