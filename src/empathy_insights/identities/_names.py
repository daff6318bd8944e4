"""People of a study, and the forms that their names take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from empathy_insights.identities._findings import Source
from empathy_insights.identities._vocabulary import TITLES, folded, word_set

_PART = re.compile(r"[^\W\d_][\u0300-\u036f\w]*(?:['’][^\W\d_]+)*")
_PARTICLES = word_set("de la del da dos van von der den al el bin ibn ben di le")
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
        yield from _variants(some, is_full=False)
        for part in some:
            if len(part) >= 4 or (part in (first[0], last[-1]) and len(some) == 1):
                yield (part,), False


def _length_of_first(name: str, parts: tuple[str, ...]) -> int:
    """Return how many parts stand before the first space that no hyphen bridges."""
    _, comma, first = name.partition(",")
    if comma and len(first.split()) == 1:
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
