"""Read escaped text as a reader sees it, and know where each character was written."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections.abc import Callable
from pathlib import PurePosixPath

_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});"
_BACKSLASH = r"\\u[0-9a-fA-F]{4}|\\[nrtbf\"\\/]"
_ESCAPES = {
    ".html": f"{_ENTITY}|{_BACKSLASH}", ".htm": f"{_ENTITY}|{_BACKSLASH}",
    ".svg": _ENTITY, ".xml": _ENTITY, ".md": _ENTITY,
    ".json": _BACKSLASH, ".jsonl": _BACKSLASH, ".ipynb": _BACKSLASH, ".js": _BACKSLASH,
}  # fmt: skip
_MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_MARKED_UP = (".html", ".htm", ".svg", ".xml")


def unescaped(text: str, place: str) -> tuple[str, Callable[[int], int]]:
    r"""Return the text without escapes, and what maps its offsets to the written text.

    Examples
    --------
    >>> text, written = unescaped(r'{"said": "\nMar\u00eda"}', "quotes.json")
    >>> text[11:16], written(11)
    ('María', 12)
    """
    pattern = _ESCAPES.get(PurePosixPath(place).suffix.lower())
    parts, at, length = [], 0, 0
    new, old = [0], [0]
    for match in re.finditer(pattern, text) if pattern else ():
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
        return html.unescape(escape)
    return str(json.loads(f'"{escape}"'))
