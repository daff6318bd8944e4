"""Tables that hold no answers: lists of people, and of things, tasks and amounts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from empathy_insights.files.table import PEOPLE, renamed
from empathy_insights.labels import ASKS
from empathy_insights.readers.surveys.survey_columns import OWN_WORDS, asks_for_words

PEOPLE_LISTED = (
    "this looks like a list of people, not like answers; call it participants.csv, or pass "
    "it as participants"
)
NAMES_LISTED = (
    "this looks like a list of names, not like answers; keep it outside this folder and "
    "pass it with --roster: then these names are taken out of what others say"
)
ITEMS = (
    "this looks like a list of things, tasks or amounts, not like answers; leave the file "
    f"out, or write ({OWN_WORDS}) into the head of a column of answers"
)
_OF_ITEMS = re.compile(
    r"amounts?|costs?|(?:unit |total )?prices?|(?:sub)?totals?|budget(?:ed)?|spent|balance|vendors?|"
    r"suppliers?|quantity|qty|invoices?|(?:po|account|invoice|asset|serial|item)(?: (?:number|no|tag|code))|"
    r"(?:budget )?line(?: item)?|items?|sku|encumbered|fund(?:ing)?(?: source)?|tasks?|to-?do|owner|assigned(?: to)?|"
    r"assignee|due(?: date)?|deadline|action items?|(?:date )?completed|monto|precio|proveedor|cantidad",
    re.IGNORECASE,
)
_WHO_DOES = re.compile(
    r"who(?: (?:is|s) responsible| follows? up| will .*| does (?:it|what|this))?|owner|lead|"
    r"(?:person |staff )?responsible(?: person| party)?|point person|assigned(?: to)?|assignee",
    re.IGNORECASE,
)
_BY_WHEN = re.compile(
    r"by when|when by|due(?: date| by)?|deadline|target date", re.IGNORECASE
)
_TO_DO = re.compile(
    r"what|tasks?|actions?(?: items?| steps?)?|(?:next )?steps?|to ?do", re.IGNORECASE
)
_FEWEST = 2


def lists_items(header: Sequence[str]) -> bool:
    """Return whether heads are those of a budget, an inventory or a list of tasks.

    Examples
    --------
    >>> lists_items(["Line", "Description", "Vendor", "Amount", "Notes"])
    True
    >>> lists_items(["Item", "Amount", "What would you change?"])
    False
    >>> lists_items(["What needs to happen", "Who", "By when"])
    True
    """
    heads = [re.sub(r"[\W_]+", " ", head).strip() for head in header]
    if _lists_tasks(heads):
        return True
    if any(map(_asks, header)):
        return False
    return sum(_OF_ITEMS.fullmatch(head) is not None for head in heads) >= _FEWEST


def _lists_tasks(heads: Sequence[str]) -> bool:
    """Return whether heads say who is to do something, and when."""
    by_when = any(map(_BY_WHEN.fullmatch, heads))
    what = any(map(_TO_DO.fullmatch, heads)) and "when" in map(str.casefold, heads)
    who = any(map(_WHO_DOES.fullmatch, heads))
    is_said = any(OWN_WORDS in head.casefold() for head in heads)
    return who and (by_when or what) and not is_said


def what_else(header: Sequence[str]) -> str:
    """Say what a table without answers is, and what to do with it, or nothing."""
    known = set(renamed(header, PEOPLE))
    if known.isdisjoint({"name", "first_name"}) or any(map(_asks, header)):
        return ""
    return PEOPLE_LISTED if "role" in known else NAMES_LISTED


def _asks(head: str) -> bool:
    return (
        asks_for_words(head)
        or ASKS.search(head) is not None
        or OWN_WORDS in head.casefold()
    )
