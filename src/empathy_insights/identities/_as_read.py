"""A text as a reader sees it, and what it says of its words."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from pathlib import PurePosixPath

from empathy_insights.identities._evidence import evidence_of
from empathy_insights.identities._listed import initials_in
from empathy_insights.identities._name_forms import joined_words
from empathy_insights.identities._patterns import Shields
from empathy_insights.identities._word_spans import NameSpan, Word, tokens_of
from empathy_insights.text_memory import of_each
from empathy_insights.workers import memory

# Read text as a reader sees it, and know where each character was written.


_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});"
_BACKSLASH = r"\\u[0-9a-fA-F]{4}|\\[nrtbf\"\\/]"
# Soft hyphens, joiners, marks of direction and the like; a hyphen where a line breaks.
_UNSEEN = (
    r"[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
    r"|(?<=[^\W\d_])[-\u2010][ \t]*\r?\n[ \t]*(?=[^\W\d_])"
)
_WITH_BACKSLASHES = frozenset((".html", ".htm", ".json", ".jsonl", ".ipynb", ".js"))
_BYTES = r"(?<=;base64,)[A-Za-z0-9+/=,]+"
_HASH = r"(?<![0-9A-Za-z])[0-9a-f]{64}(?![0-9A-Za-z])"
_ANYWHERE = re.compile(f"{_ENTITY}|{_UNSEEN}")
_IN_CODE = re.compile(f"{_ENTITY}|{_BACKSLASH}|{_UNSEEN}|{_BYTES}|{_HASH}")
_MARKUP = re.compile(
    r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.DOTALL | re.IGNORECASE
)
_CODE = re.compile(
    r"(?P<data><script type=\"application/json\"[^<>]*>.*?</script>)"  # what people said
    r"|(?P<program><(?:script|style)\b.*?</(?:script|style)>|<meta http-equiv[^<>]*>)"
    r"|</?[A-Za-z][^<>]*>",
    re.DOTALL,
)
_CALLED = re.compile(r"(?<=<)/?[a-z][a-z0-9]*\b|\b[a-z-]+(?==[\"'])")
_UNSEEN_SIGN = re.compile(_UNSEEN)
_PAGES = (".html", ".htm")
_MARKED_UP = (".html", ".htm", ".svg", ".xml")


def unescaped(text: str, place: str) -> tuple[str, Callable[[int], int]]:
    r"""Return the text as read, and what maps its offsets to the written text.

    Entities, escapes, invisible characters, bytes, hashes and the hyphens that break a line
    are gone; of a page so are its program and styles, and what tags and attributes are
    called: `aria-label` names nobody.

    Examples
    --------
    >>> text, written = unescaped(r'{"said": "\nMar\u00eda"}', "quotes.json")
    >>> text[11:16], written(11)
    ('María', 12)
    """
    suffix = PurePosixPath(place).suffix.lower()
    is_code = suffix in _WITH_BACKSLASHES
    if suffix in _PAGES:
        text = _CODE.sub(_values_of, text)
    pattern = _IN_CODE if is_code else _ANYWHERE
    if pattern.search(text) is None:
        return text, _unmoved
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


def _values_of(match: re.Match[str]) -> str:
    """Leave of a tag the values of its attributes, and of data all; offsets are kept."""
    code = match.group()
    if match["data"]:
        return code
    if match["program"]:
        return f"<{'=' * (len(code) - 2)}>"
    return _CALLED.sub(lambda called: "=" * len(called.group()), code)


def _unmoved(offset: int) -> int:
    return offset


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


@dataclass(frozen=True, repr=False, eq=False, slots=True)
class View:
    """A text without what nobody sees, and what no list is needed to find.

    `words` are all that may stand for a listed name: words, joined words, initials.
    `evidence` says of each word with a capital whether it is a person's or a thing's;
    `small` and `large` are words in small letters and names within sentences.
    """

    text: str
    written: Callable[[int], int]
    fixed: Sequence[NameSpan]
    words: Sequence[str]
    evidence: Mapping[str, int]
    small: Sequence[str]
    large: Sequence[str]

    @property
    def tokens(self) -> Sequence[Word]:
        """Its words: nine tenths of what was read, so that not all texts' are kept."""
        return _shelf().tokens_of(self.text)


_MOST = 10_000_000  # characters, some two million words: half a gigabyte as tokens


@dataclass
class _Shelf:
    """Keep what was read, and the words of texts while there is room for them."""

    room: int = _MOST
    views: dict[tuple[str, tuple[str, ...]], View] = field(default_factory=dict)
    tokens: dict[str, Sequence[Word]] = field(default_factory=dict)

    def view_of(self, text: str, keep: tuple[str, ...]) -> View:
        found = self.views.get((text, keep))
        if found is None:
            found = self.views[text, keep] = _read(text, keep)
        return found

    def tokens_of(self, text: str) -> Sequence[Word]:
        found = self.tokens.get(text)
        if found is None:
            found = tokens_of(text.lower() if is_shouted(text) else text)
            if self.room >= len(text):
                self.room -= len(text)
                self.tokens[text] = found
        return found

    def forget(self, but: Iterable[str]) -> None:
        stay = set(but)
        self.views = {key: v for key, v in self.views.items() if key[0] in stay}
        plain = {view.text for view in self.views.values()}
        self.tokens = {text: t for text, t in self.tokens.items() if text in plain}
        self.room = _MOST - sum(map(len, self.tokens))


_SMALL_OR_ALONE = re.compile(r"[^\W\d_A-ZÀ-ÖØ-Þ]|^\W*\w*\W*$")


def is_shouted(text: str) -> bool:
    """Return whether words are in capitals throughout, so that these tell nothing of names.

    Examples
    --------
    >>> is_shouted("I SIT BY JAYLEN"), is_shouted("I sit by JAYLEN"), is_shouted("JAYLEN")
    (True, False, False)
    """
    return _SMALL_OR_ALONE.search(text) is None


def _shelf() -> _Shelf:
    remembered = memory()
    if _READ not in remembered:
        remembered[_READ] = _Shelf()
    shelf: _Shelf = remembered[_READ]
    return shelf


_READ = "texts as they were read"
_shields = lru_cache(maxsize=4)(Shields)


def view_of(text: str, keep: tuple[str, ...]) -> View:
    """Read a text in which these words are to stay, unless it was read already."""
    return _shelf().view_of(text, keep)


def words_in(views: Iterable[View]) -> frozenset[str]:
    """Return the words of many texts that may stand for somebody."""
    return frozenset(chain.from_iterable(view.words for view in views))


def forget_views(*, but: Iterable[str]) -> None:
    """Forget the texts that were read, but for some."""
    _shelf().forget(but)


def _read(text: str, keep: tuple[str, ...]) -> View:
    plain, written = unescaped(text, "")
    tokens = _shelf().tokens_of(plain)
    fixed, evidence = _told(plain, tokens, keep)
    inside = {at for f in fixed if f.source != "kept" for at in range(f.start, f.end)}
    small = [
        token.word
        for token in (() if is_shouted(plain) else tokens)
        if not token.is_capitalised
        and token.word.islower()
        and token.start not in inside
    ]
    large = [
        token.low for token in tokens if token.is_titled and not token.starts_sentence
    ]
    return View(plain, written, fixed, _words(plain, tokens), evidence, small, large)


def _told(
    plain: str, tokens: Sequence[Word], keep: tuple[str, ...]
) -> tuple[list[NameSpan], Mapping[str, int]]:
    """Return what stands for itself in a text, and what it says of its names."""
    [(fixed, evidence)] = of_each(
        ["signs", keep],
        [plain],
        lambda _: [(_shields(keep).base(plain), evidence_of(tokens))],
    )
    return [NameSpan(*span) for span in fixed], evidence


def _words(text: str, tokens: Sequence[Word]) -> tuple[str, ...]:
    joined = (letters for _, _, letters in joined_words(text))
    words = (*(token.low for token in tokens), *joined, *initials_in(text))
    return tuple(dict.fromkeys(words))
