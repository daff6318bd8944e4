"""A number of people in the report, and what opens the passages behind it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from empathy_insights.report.passages import Passages

_OF_STANCE = {
    "need": re.compile(r"\d+(?= spoke of something missing)"),
    "asset": re.compile(r"\d+(?= (?:spoke )?of something that helps)"),
}


class Number(NamedTuple):
    """A text, and which passages it opens; `show` is empty where none may be read."""

    text: str
    show: str = ""
    title: str = ""
    href: str = "#words"


def number(
    passages: Passages, text: str, title: str, *, stance: str = "", **wanted: str
) -> Number:
    """Return a number that opens the passages it counts, if any can be read.

    Parameters
    ----------
    title
        What the number counts, for the head of the passages.
    stance
        `need` or `asset`: only passages that speak of one, alone or beside the other.
    wanted
        `theme`, or a facet of the passages -> its value.
    """
    if not passages.has(**wanted):
        return Number(text)
    filters = wanted | ({"stance": stance} if stance else {})
    href = f"#theme-{wanted['theme']}" if "theme" in wanted else "#words"
    return Number(text, json.dumps(filters), f"{title}: {text}", href)


def sentence(
    passages: Passages, text: str, counted: str, *, theme: str, name: str
) -> list[Number]:
    """Split a sentence about a theme at its numbers of people.

    Parameters
    ----------
    counted
        How the sentence says the people who raised the theme.
    """
    spans: list[tuple[int, int, str]] = []
    if counted and counted in text:
        at = text.index(counted)
        spans.append((at, at + len(counted), ""))
    if passages.codings["stance"].any():
        spans += [
            (*match.span(), stance)
            for stance, pattern in _OF_STANCE.items()
            for match in pattern.finditer(text)
        ]
    parts, end = [], 0
    for start, stop, stance in sorted(spans):
        parts.append(Number(text[end:start]))
        title = {"": name, "need": f"{name}, a need", "asset": f"{name}, a strength"}
        said = text[start:stop]
        parts.append(number(passages, said, title[stance], stance=stance, theme=theme))
        end = stop
    return [*parts, Number(text[end:])]
