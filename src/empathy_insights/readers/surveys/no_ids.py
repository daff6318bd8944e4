"""Ids that are none: what somebody types who has no id, or won't say it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

_WORDS = re.compile(
    r"\W*(?:idk|dunno|(?:i\W+)?(?:do\W?n[o'’]?t|do not|didn['’]?t|did not|can(?:['’]?t|not))\W+(?:know|have|remember|want|recall|care)\b.*|"
    r"(?:i\W+)?forg[eo]t\b.*|(?:i\W+)?(?:have|has|got)\W+(?:no|none)\b.*|no\W+(?:id|idea|number|code|name|student\W+id|tengo)\b.*|"
    r"no\W+(?:lo\W+)?s[eé]|no\W+me\W+acuerdo|(?:i['’]?m\W+)?not\W+(?:sure|assigned|available|known)\b.*|"
    r"none|no|nope|nah|null|nan|ninguno|new|new student|secret|private|tb[ad]|x+|\?+)\W*",
    re.IGNORECASE,
)
_ASCENDING, _DESCENDING = "01234567890123456789", "98765432109876543210"
_FEWEST_IN_TURN, _FEWEST_ALIKE = 4, 4
_PERHAPS_ALIKE = 2


def no_ids(ids: Sequence[str]) -> set[str]:
    """Return what of the values of a column of ids is no id, as `999999`, `0`, `12345`, `idk`.

    A number between its neighbours is one: `1111` after 1110 and before 1112. Of `99` and
    `777`, which may be anybody's, it takes more rows than any other id has.

    Examples
    --------
    >>> sorted(no_ids(["880011", "880012", "12345", "000", "idk", "880012"]))
    ['000', '12345', 'idk']
    >>> no_ids(["1109", "1110", "1111", "1112"]), no_ids(["s1", "S2", "s1"])
    (set(), set())
    """
    times = Counter(filter(None, ids))
    typed = {one for one in times if _is_typed(one)}
    others = [n for one, n in times.items() if one not in typed]
    usual = max(others, default=1)
    return {
        one
        for one in typed
        if not _is_between(one, times) and (_is_surely(one) or times[one] > usual)
    }


def _is_typed(said: str) -> bool:
    """Return whether somebody may have typed this for want of an id."""
    if not said.isdecimal():
        return _WORDS.fullmatch(said) is not None
    alike = len(set(said)) == 1 and len(said) >= _PERHAPS_ALIKE
    return alike or set(said) == {"0"} or _in_turn(said)


def _is_surely(said: str) -> bool:
    if not said.isdecimal():
        return True
    return set(said) == {"0"} or len(said) >= _FEWEST_ALIKE


def _in_turn(said: str) -> bool:
    is_long = len(said) >= _FEWEST_IN_TURN
    return is_long and (said in _ASCENDING or said in _DESCENDING)


def _is_between(said: str, ids: Collection[str]) -> bool:
    """Return whether numbers beside this one are ids, too, so that ids are just counted."""
    if not said.isdecimal():
        return False
    beside = {
        n
        for n in (-2, -1, 1, 2)
        if str(int(said) + n) in ids or str(int(said) + n).zfill(len(said)) in ids
    }
    return any(two <= beside for two in ({-2, -1}, {-1, 1}, {1, 2}))
