"""Voices that are called by a table, a room or a device: `Table 3`, `Chromebook 17`."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from empathy_insights.labels import label_key
from empathy_insights.readers.dialog.conventions import FILLED, mark_at
from empathy_insights.readers.dialog.notations import Mark

_MANY = r"(?:kids|students|boys|girls|children|teachers|parents|moms|dads|families|class|team)"
_NUMBER = r"#?(?:\d{1,3}[A-Za-z]?|[A-Z]\b)"
_COUNTED = (
    r"(?:table|room|rm\.?|class|classroom|grade|gr\.?|group|team|pod|station|bus|row|desk|period|"
    r"chromebook|ipad|tablet|laptop|computer|device|phone|mic|(?:reading|conference|breakout|zoom) room)"
)
_ALONE = (
    r"(?:the )?(?:cafeteria|lunch ?room|library|(?:library )?media center|gym|auditorium|"
    r"(?:front|main|nurse(?:['’]s)?|school) office|bus garage|playground|i-?pad|chromebook|laptop|"
    r"zoom(?: (?:user|room|guest))?|conference room|reading room)"
)
_PLACE = re.compile(
    rf"^[ \t]*\**(?P<head>(?:(?i:{_COUNTED})[ ]?{_NUMBER}(?:[ ](?i:{_MANY}))?|(?i:{_ALONE})))\**:\**[ \t]+(?=\S)",
    re.MULTILINE,
)


def place_marks(
    text: str, marks: Sequence[Mark], special: Collection[int]
) -> list[Mark]:
    r"""Return the marks of places and devices, where every other line says who speaks.

    `Table 3: 12 chairs` in notes is nobody's; between the turns of a talk a line each it is a
    voice, as who speaks there is called nothing else.

    Parameters
    ----------
    text
        The whole file.
    marks
        The marks that are known.
    special
        Where lines begin that nobody says.

    Examples
    --------
    >>> place_marks("Table 3: loud\nbring chairs\n", [], ())
    []
    """
    known = {mark.at for mark in marks}
    first = min(known, default=0)  # above it stands a title: `Bus 12: a talk`
    found = [
        mark_at(match, "colon", text)
        for match in _PLACE.finditer(text)
        if match.start() > first
        and match.start() not in known
        and match.start() not in special
    ]
    comes_back = len({label_key(mark.label) for mark in marks}) < len(marks)
    if not (found and comes_back and len(known) >= len(found) and "?" in text):
        return []
    told = known.union((mark.at for mark in found), special)
    lines = (line.start() for line in FILLED.finditer(text))
    return found if all(at in told for at in lines) else []
