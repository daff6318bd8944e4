"""How many people, in words: counted, estimated, or not told."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from empathy_insights.publishing._audiences import FEW, NEARLY_ALL, Label
from empathy_insights.tables import CHECKED, FIRST_LOOK


def said_count(row: Mapping[str, object], *, of: int, least: int = 0) -> str:
    """Say the people of a row: `7 of 12`, or what an estimate lets one say.

    Parameters
    ----------
    row
        `people`; an estimate has `low`, `high` and `state` too.
    of
        How many people were heard.
    least
        Ends below this number are not told.

    Examples
    --------
    >>> row = {"people": 21, "low": 11, "high": 32, "state": "first look"}
    >>> said_count(row, of=41), said_count(row, of=41, least=15)
    ('11 to 32 of 41', 'up to 32 of 41')
    >>> said_count({**row, "state": "partly checked"}, of=41)
    'about 21 of 41 (11 to 32)'
    """
    if not of:
        return "nobody heard"
    people = int(float(str(row["people"])))
    if not is_estimate(row):
        return f"{people} of {of}"
    low, high = (int(float(str(row[name]))) for name in ("low", "high"))
    if high < least:
        return f"fewer than {least} of {of}"
    ends = f"up to {high}" if low < least else f"{low} to {high}"
    ends = f"{low}" if low == high and low >= least else ends
    if row["state"] == FIRST_LOOK or low == high >= least:
        return f"{ends} of {of}"
    return f"about {people} of {of} ({ends})"


def said_instead(
    label: Label, row: Mapping[str, object], *, of: int, least: int
) -> str:
    """Say what stands in the place of a hidden number.

    A label says in what range a count lies. Of an estimate that is not known; its own
    ends say what may be said, the lower one no more than a count's label would.
    """
    if not is_estimate(row) or label.why not in {FEW, NEARLY_ALL}:
        return label.text
    low, high = (int(float(str(row[name]))) for name in ("low", "high"))
    if label.why == FEW:
        return label.text if high < least else f"up to {high} of {of}"
    low = min(low, label.low)
    return f"{low} or more of {of}" if low >= least else f"perhaps nearly all of {of}"


def is_estimate(row: Mapping[str, object]) -> bool:
    """Return whether the people of a row were estimated, and not all is read.

    One end may be missing, where it may not be told.
    """
    ends = (row.get(name) for name in ("low", "high"))
    is_known = any(end is not None and not pd.isna(end) for end in ends)
    return is_known and row.get("state") != CHECKED
