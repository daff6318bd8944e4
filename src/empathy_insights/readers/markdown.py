r"""What Markdown writes and nobody says: pictures, stars within a line, `\-` for a dash.

Google Docs, and most programs that write notes, can save as Markdown. Lines stay lines,
and the stars that set a speaker or a question apart stay: they are read as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SUFFIXES = frozenset({".md", ".markdown"})
_RULES = ("escape", "emphasis", "strikethrough", "image")
_SIGNS = re.compile(r"[\\*_~]|!\[")
# `[image1]: <data:image/png;base64,…>`: where a picture or a link is, said below the text.
_DEFINED = re.compile(
    r"^[ ]{0,3}\[(?P<label>[^\]\n]+)\]:[ \t]*<?(?:data:|https?:|mailto:|#)[^\n]*$",
    re.MULTILINE,
)
_DATA = re.compile(r"(?<=!\[)[^\[\]\n]*\]\(data:[^()\s]*\)")
_ANCHOR = re.compile(r"^(#{1,6}[ \t][^\n]*?)[ \t]*\{#[^{}\n]*\}[ \t]*$", re.MULTILINE)
_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\[ \t]*$", re.MULTILINE)  # `\` ends a line
# A table: heads, a rule of dashes, and rows between bars.
_TABLE = re.compile(
    r"^[ \t]*\|(?P<heads>[^\n]*)\n[ \t]*\|(?=[^\n-]{0,9}-)[ \t:|-]+\n(?P<rows>(?:[ \t]*\|[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)
_BAR = re.compile(r"[ \t]*(?<!\\)\|[ \t]*")
_LETTER = re.compile(r"[^\W\d_]")
_PAIRS = ("strong", "em", "s")


def as_said(text: str) -> str:
    r"""Return Markdown as it is read, line for line.

    Examples
    --------
    >>> as_said("**Ana:** I like it \\- *mostly*. ![][image1]\n[image1]: <data:image/png,>")
    '**Ana:** I like it - mostly. \n'
    """
    places = {
        match["label"]: {"href": "#", "title": ""} for match in _DEFINED.finditer(text)
    }
    text = _DATA.sub("](#)", _DEFINED.sub("", text))
    text = _TABLE.sub(_as_columns, _BREAK.sub(r"\1", _ANCHOR.sub(r"\1", text)))
    if _SIGNS.search(text) is None:
        return text
    parser, known = _parser(places)
    return "\n".join(
        "".join(_words(parser.parseInline(line, known)[0].children or ()))
        if _SIGNS.search(line)
        else line
        for line in text.split("\n")
    )


def _as_columns(table: re.Match[str]) -> str:
    """Return the rows of a table with tabs between their cells, below its heads as a title."""
    rows = [
        _BAR.sub("\t", row.strip().strip("|").strip())
        for row in table["rows"].split("\n")
    ]
    heads = table["heads"].strip("| ")
    return "\n".join([f"# {heads}" if heads else "", "", *rows])


def _parser(places: dict[str, dict[str, str]]) -> tuple[MarkdownIt, dict[str, Any]]:
    """Return what reads a line, and where the pictures and links of the file are."""
    from markdown_it import MarkdownIt
    from markdown_it.common.utils import normalizeReference

    named = {normalizeReference(label): place for label, place in places.items()}
    return MarkdownIt("zero").enable(_RULES), {"references": named}


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the words of a line, with the stars around what it begins with."""
    kept = 0  # how deep in stars that stay
    has_begun = False
    for token in tokens:
        name, _, side = token.type.rpartition("_")
        if name in _PAIRS:
            stays = not has_begun if side == "open" else kept > 0
            kept += (1 if side == "open" else -1) if stays else 0
            yield token.markup.replace("_", "*") if stays else ""
        elif token.type == "text":
            has_begun = has_begun or _LETTER.search(token.content) is not None
            yield token.content
