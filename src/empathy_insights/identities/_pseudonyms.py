"""Readable names in square brackets, the same for the same person or place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count

LABELS = {
    "student": "student", "family": "family member", "teacher": "teacher",
    "staff": "staff member", "school_leader": "school leader",
    "network_leader": "network leader", "community": "community member",
    "mixed": "participant", "unknown": "person", "interviewer": "interviewer",
    "person": "person", "adult": "adult", "school": "school", "team": "team",
    "street": "street", "place": "place", "organisation": "organisation",
}  # fmt: skip
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
