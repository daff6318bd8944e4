"""Values that describe people, each in one spelling: `F`, `f` and `F ` are one group."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from empathy_insights.labels import words_in
from empathy_insights.lexicon import says_no_answer

_NO_GROUPS = frozenset({"participant_id", "role"})
_SHORT = {
    "f": words_in("female femenino femenina"),
    "m": words_in("male masculino mujer man"),
    "h": words_in("hombre"),
    "y": words_in("yes"),
    "n": words_in("no"),
    "s": words_in("sí si"),
}
# Of ids that a program made, each capital counts: `R_1aB`.
_MADE_UP = re.compile(r"(?=\S*\d)(?=\S*[a-z])(?=\S*[A-Z])\S{6,}")


def with_one_spelling(rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Write values that differ only in capitals and spaces as most rows do, else the first.

    Examples
    --------
    >>> with_one_spelling([{"el": "Yes"}, {"el": "yes "}, {"el": "No"}])
    [{'el': 'Yes'}, {'el': 'Yes'}, {'el': 'No'}]
    """
    best = {
        (head, key): spelled.most_common(1)[0][0]
        for head, spellings in _spellings(rows).items()
        for key, spelled in spellings.items()
        if len(spelled) > 1
    }
    return [
        {head: best.get((head, _key(value)), value) for head, value in row.items()}
        for row in rows
    ]


def told_of_spellings(
    rows: Sequence[Mapping[str, object]], path_of: Mapping[str, str]
) -> Iterator[dict[str, object]]:
    """Say where several spellings became one value, and where two values may be one.

    Parameters
    ----------
    path_of
        Head -> where it stands.
    """
    for head, spellings in _spellings(rows).items():
        n = sum(len(spelled) > 1 for spelled in spellings.values())
        if n:
            are = "1 group is" if n == 1 else f"{n} groups are"
            yield {
                "path": path_of.get(head),
                "problem": f"{are} written in several ways under {head!r}, which differ only in "
                "capitals or spaces and count as one",
                "advice": "where they are two groups, give them two names",
            }
        for short, long in _shortened(spellings):
            yield {
                "path": path_of.get(head),
                "problem": f"under {head!r} stand {short!r} and {long!r}, which count as two groups",
                "advice": "if they are one, write it one way in all rows",
            }


def _spellings(
    rows: Sequence[Mapping[str, object]],
) -> dict[str, dict[str, Counter[str]]]:
    """Return head -> value without capitals and spaces -> how it is written, how often."""
    found: dict[str, dict[str, Counter[str]]] = {}
    for row in rows:
        for head, value in row.items():
            if head not in _NO_GROUPS and (key := _key(value)):
                spelled = found.setdefault(head, {}).setdefault(key, Counter())
                spelled[str(value).strip()] += 1
    return found


def _key(value: object) -> str:
    if not isinstance(value, str) or _MADE_UP.fullmatch(value.strip()):
        return ""
    if says_no_answer(value):
        return ""
    return " ".join(value.casefold().split())


def _shortened(
    spellings: Mapping[str, Counter[str]],
) -> Iterator[tuple[str, str]]:
    """Yield each letter, as it is written, that stands beside a word that it may be short for."""
    for letter, words in _SHORT.items():
        for word in spellings.keys() & words if letter in spellings else ():
            yield (
                spellings[letter].most_common(1)[0][0],
                spellings[word].most_common(1)[0][0],
            )
