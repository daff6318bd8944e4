"""Ids of digits as programs write them: `09001`, `9001` and `9001.0` are one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from empathy_insights.labels import label_key
from empathy_insights.readers.transcript import Transcript

_DIGITS = re.compile(r"\s*(\d+)(?:\.0+)?\s*")


def id_form(label: str) -> str:
    """Reduce an id of digits to what programs leave of it; empty for another label.

    A spreadsheet takes zeros off its front, and pandas writes `.0` behind it.

    Examples
    --------
    >>> id_form("09001"), id_form("9001.0"), id_form("S9001")
    ('9001', '9001', '')
    """
    found = _DIGITS.fullmatch(label)
    return found[1].lstrip("0") if found else ""


def id_key(label: str) -> str:
    """Return what makes an id the same in two files, whichever program wrote them."""
    return id_form(label) or label_key(label)


def by_form(ids: Iterable[str]) -> dict[str, str]:
    """Return the only id of each form: where `07` and `7` both stand, they are two."""
    found = defaultdict[str, set[str]](set)
    for one in ids:
        found[id_form(one)].add(one)
    return {form: owns.pop() for form, owns in found.items() if form and len(owns) == 1}


def holds_ids(survey: Transcript) -> bool:
    """Return whether a survey tells people apart by ids, and not just by their rows."""
    return survey.kind == "survey" and bool(survey.ids or not are_counted(survey))


def are_counted(survey: Transcript) -> bool:
    """Return whether ids are 1, 2, 3, …, as those of rows are."""
    numbers = [label for label in survey.people if label.isdecimal()]
    return {int(n) for n in numbers} >= {*range(1, len(survey.people) + 1)}
