"""A text as a reader sees it, and what it says of its words."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import PurePosixPath

from empathy_insights.identities._evidence import evidence_of
from empathy_insights.identities._listed import initials_in
from empathy_insights.identities._name_forms import joined_words
from empathy_insights.identities._patterns import Shields
from empathy_insights.identities._word_spans import NameSpan, Word, tokens_of

# Read text as a reader sees it, and know where each character was written.


_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});"
_BACKSLASH = r"\\u[0-9a-fA-F]{4}|\\[nrtbf\"\\/]"
# Soft hyphens, joiners, marks of direction and the like; a hyphen where a line breaks.
_UNSEEN = (
    r"[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
    r"|(?<=[^\W\d_])[-\u2010][ \t]*\r?\n[ \t]*(?=[^\W\d_])"
)
_WITH_BACKSLASHES = frozenset((".html", ".htm", ".json", ".jsonl", ".ipynb", ".js"))
_PICTURE = r"(?<=;base64,)[A-Za-z0-9+/]+"
_ANYWHERE = re.compile(f"{_ENTITY}|{_UNSEEN}")
_IN_CODE = re.compile(f"{_ENTITY}|{_BACKSLASH}|{_UNSEEN}|{_PICTURE}")
_MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_UNSEEN_SIGN = re.compile(_UNSEEN)
_MARKED_UP = (".html", ".htm", ".svg", ".xml")


def unescaped(text: str, place: str) -> tuple[str, Callable[[int], int]]:
    r"""Return the text as read, and what maps its offsets to the written text.

    Entities, escapes, invisible characters, the bytes of pictures and the hyphens that
    break a line are gone.

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


# A text as a reader sees it, and what it says of its words, read once.


@dataclass(frozen=True, repr=False, eq=False)
class View:
    """A text without what nobody sees, its words, and what no list is needed to find.

    `words` are all that may stand for a listed name: words, joined words, initials.
    `evidence` says of each word with a capital whether it is a person's or a thing's;
    `small` and `large` are words in small letters and names within sentences.
    """

    text: str
    written: Callable[[int], int]
    tokens: Sequence[Word]
    fixed: Sequence[NameSpan]
    words: frozenset[str]
    evidence: Mapping[str, int]
    small: Sequence[str]
    large: Sequence[str]


_MOST = 10_000_000  # characters, some two million words: half a gigabyte once read


@dataclass
class _Shelf:
    """Keep what was read, while there is room for it."""

    room: int = _MOST
    views: dict[tuple[str, tuple[str, ...]], View] = field(default_factory=dict)

    def put(self, text: str, keep: tuple[str, ...]) -> View:
        view = _read(text, _shields(keep))
        if self.room >= len(text):
            self.room -= len(text)
            self.views[text, keep] = view
        return view


_shelf = _Shelf()
_shields = lru_cache(maxsize=4)(Shields)


def view_of(text: str, keep: tuple[str, ...]) -> View:
    """Read a text in which these words are to stay, unless it was read already."""
    return _shelf.views.get((text, keep)) or _shelf.put(text, keep)


def forget_views() -> None:
    """Forget the texts that were read."""
    _shelf.views.clear()
    _shelf.room = _MOST


def _read(text: str, shields: Shields) -> View:
    plain, written = unescaped(text, "")
    tokens = tokens_of(plain)
    fixed = shields.base(plain)
    inside = {at for f in fixed if f.source != "kept" for at in range(f.start, f.end)}
    small = [
        token.word
        for token in tokens
        if not token.is_capitalised
        and token.word.islower()
        and token.start not in inside
    ]
    large = [
        token.low for token in tokens if token.is_titled and not token.starts_sentence
    ]
    return View(
        plain, written, tokens, fixed,
        _words(plain, tokens), evidence_of(tokens), small, large,
    )  # fmt: skip


def _words(text: str, tokens: Sequence[Word]) -> frozenset[str]:
    joined = {letters for _, _, letters in joined_words(text)}
    return frozenset((*(token.low for token in tokens), *joined, *initials_in(text)))
