"""Read text as a reader sees it, and know where each character was written."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections.abc import Callable
from pathlib import PurePosixPath

_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});"
_BACKSLASH = r"\\u[0-9a-fA-F]{4}|\\[nrtbf\"\\/]"
# Soft hyphens, joiners, marks of direction and the like; a hyphen where a line breaks.
_UNSEEN = (
    r"[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
    r"|(?<=[^\W\d_])[-\u2010][ \t]*\r?\n[ \t]*(?=[^\W\d_])"
)
_WITH_BACKSLASHES = frozenset((".html", ".htm", ".json", ".jsonl", ".ipynb", ".js"))
_ANYWHERE = re.compile(f"{_ENTITY}|{_UNSEEN}")
_IN_CODE = re.compile(f"{_ENTITY}|{_BACKSLASH}|{_UNSEEN}")
_MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_UNSEEN_SIGN = re.compile(_UNSEEN)
_MARKED_UP = (".html", ".htm", ".svg", ".xml")


def unescaped(text: str, place: str) -> tuple[str, Callable[[int], int]]:
    r"""Return the text as read, and what maps its offsets to the written text.

    Entities, escapes, invisible characters and the hyphens that break a line are gone.

    Examples
    --------
    >>> text, written = unescaped(r'{"said": "\nMar\u00eda"}', "quotes.json")
    >>> text[11:16], written(11)
    ('María', 12)
    """
    is_code = PurePosixPath(place).suffix.lower() in _WITH_BACKSLASHES
    pattern = _IN_CODE if is_code else _ANYWHERE
    parts, at, length = [], 0, 0
    new, old = [0], [0]
    for match in pattern.finditer(text):
        character = _character(match.group())
        parts += [text[at : match.start()], character]
        length += match.start() - at + len(character)
        at = match.end()
        new.append(length)
        old.append(at)
    parts.append(text[at:])

    def written(offset: int) -> int:
        last = bisect_right(new, offset) - 1
        return old[last] + offset - new[last]

    return "".join(parts), written


def visible(text: str, place: str) -> str:
    """Return the text with markup and scripts blanked out, every offset kept."""
    if PurePosixPath(place).suffix.lower() not in _MARKED_UP:
        return text
    return _MARKUP.sub(lambda match: " " * len(match.group()), text)


def _character(escape: str) -> str:
    if escape.startswith("&"):
        return _UNSEEN_SIGN.sub("", html.unescape(escape))
    if not escape.startswith("\\"):
        return ""
    return str(json.loads(f'"{escape}"'))
