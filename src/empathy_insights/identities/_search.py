"""Search all texts of a study: listed people, patterns, discovered people, NER."""

from __future__ import annotations

import html
import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePosixPath

from empathy_insights.identities._discover import find_people, is_worth_looking_for
from empathy_insights.identities._evidence import evidence_of
from empathy_insights.identities._index import Index, build_index, find_spelled
from empathy_insights.identities._listed import find_listed, initials_in, telling_words
from empathy_insights.identities._name_forms import Bearer, joined_words, parts_of
from empathy_insights.identities._ner import Model, find_entities
from empathy_insights.identities._patterns import (
    UP_TO,
    Shields,
    literals_in,
    literals_of,
)
from empathy_insights.identities._recogniser import Entity
from empathy_insights.identities._vocabulary import given_names
from empathy_insights.identities._word_spans import NameSpan, Word, settle, tokens_of

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


def view_of(text: str, shields: Shields) -> View:
    """Read a text."""
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


@dataclass(frozen=True, repr=False)
class TextPiece:
    """A stretch of text that no replacement may leave: a turn, or what is between.

    `labels` are the speakers that are announced in it: how they are called, and who.
    """

    place: str
    offset: int
    text: str
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, repr=False)
class Searched:
    """What was found, piece by piece, and everybody it may be."""

    findings: list[list[NameSpan]]
    people: dict[str, Bearer]


@dataclass(frozen=True, repr=False)
class Search:
    """Find every identifier in every piece; what was read of a text is kept.

    Parameters
    ----------
    people
        Who is listed.
    shields
        What stays.
    model
        What finds names by their context.
    """

    people: tuple[Bearer, ...]
    shields: Shields
    model: Model
    views: dict[str, View] = field(default_factory=dict)
    seen: dict[str, list[Entity]] = field(default_factory=dict)
    loose: dict[str, list[NameSpan]] = field(default_factory=dict)
    spoken_of: Counter[str] = field(default_factory=Counter)

    def __call__(
        self, pieces: Sequence[TextPiece], nearby: Mapping[str, frozenset[str]]
    ) -> Searched:
        """Search the pieces; names found once are found everywhere."""
        views = [self.view(piece.text) for piece in pieces]
        words = _written_small(views)
        index = build_index(self.people, words=words - _parts(self.people))
        loose = self._loose(views, index)
        labels = [_labels(piece, index) for piece in pieces]
        listed = _listed(pieces, views, index, nearby)
        survivors = [
            settle([*view.fixed, *a, *b, *c])
            for view, a, b, c in zip(views, labels, listed, loose, strict=True)
        ]
        found, owner = _gathered(survivors, index)
        wide = build_index([*self.people, *found], words=index.words)
        again = _listed(pieces, views, wide, nearby) if found else listed
        literals = literals_of(
            (view.text[finding.start : finding.end], finding)
            for view, some in zip(views, survivors, strict=True)
            for finding in some
        )
        literal = literals_in((view.text for view in views), literals)
        findings = [
            settle(
                [*view.fixed, *a, *b, *(_owned(finding, owner) for finding in c), *d]
            )
            for view, a, b, c, d in zip(
                views, labels, again, loose, literal, strict=True
            )
        ]
        return Searched(
            [
                [_as_written(finding, view, piece.text) for finding in some]
                for some, view, piece in zip(findings, views, pieces, strict=True)
            ],
            wide.people,
        )

    def view(self, text: str) -> View:
        """Return a text as it is read, which is done once."""
        if text not in self.views:
            self.views[text] = view_of(text, self.shields)
        return self.views[text]

    def _loose(self, views: Sequence[View], index: Index) -> list[list[NameSpan]]:
        """Find people whom no list names; again only where what tells them changed."""
        evidence: Counter[str] = Counter()
        for view in views:
            for word, signs in view.evidence.items():
                evidence[word] += signs
        now = evidence + Counter()
        changed = {w for w in {*now, *self.spoken_of} if now[w] != self.spoken_of[w]}
        self.spoken_of.clear()
        self.spoken_of.update(now)
        new = [v for v in dict.fromkeys(views) if self._is_stale(v, changed)]
        texts, tokens = [v.text for v in new], [v.tokens for v in new]
        entities = find_entities(texts, tokens, self.model, index, seen=self.seen)
        for view, named in zip(new, entities, strict=True):
            people = find_people(view.tokens, index, evidence)
            self.loose[view.text] = [*people, *find_spelled(view.text, index), *named]
        return [self.loose[view.text] for view in views]

    def _is_stale(self, view: View, changed: set[str]) -> bool:
        return view.text not in self.loose or not changed.isdisjoint(view.words)


def _parts(people: Iterable[Bearer]) -> set[str]:
    return {p.lower() for person in people for n in person.names for p in parts_of(n)}


def _labels(piece: TextPiece, index: Index) -> list[NameSpan]:
    """Find where a turn is announced: the last place before it that names its speaker."""
    found = []
    for label, who in piece.labels:
        words = r"\s+".join(map(re.escape, label.split()))
        places = list(re.finditer(rf"(?<!\w){words}(?!\w)", piece.text, re.IGNORECASE))
        for match in places[-1:]:
            kind = index.people[who].kind if who in index.people else "person"
            start, end = match.span()
            found.append(NameSpan(start, end, kind, "speaker label", who, rank=0))
    return found


def _listed(
    pieces: Sequence[TextPiece],
    views: Sequence[View],
    index: Index,
    nearby: Mapping[str, frozenset[str]],
) -> list[list[NameSpan]]:
    nobody: frozenset[str] = frozenset()
    vocabulary = frozenset[str]().union(*(view.words for view in views))
    telling = telling_words(vocabulary, index, exact=False)
    return [
        []
        if telling.isdisjoint(view.words)
        else list(
            find_listed(
                view.text,
                view.tokens,
                index,
                telling=telling,
                nearby=nearby.get(piece.place, nobody),
            )
        )
        for piece, view in zip(pieces, views, strict=True)
    ]


# No name holds a digit, so a name ends within `Sunrise K-8`.
_GRADES = re.compile(rf"(?<=K){UP_TO}(?!\w)")


def _as_written(finding: NameSpan, view: View, text: str) -> NameSpan:
    start, end = view.written(finding.start), view.written(finding.end)
    if finding.kind == "school" and (grades := _GRADES.match(text, end)):
        end = grades.end()
    return _with_brackets(finding._replace(start=start, end=end), text)


def _written_small(views: Iterable[View]) -> frozenset[str]:
    """Return the words of the study that are rather written small than as a name."""
    views = list(views)
    small = Counter(chain.from_iterable(view.small for view in views))
    large = Counter(chain.from_iterable(view.large for view in views))
    return frozenset(
        word
        for word, n in small.items()
        if n >= large[word] and word.title() not in given_names()
    )


def _gathered(
    survivors: Iterable[Iterable[NameSpan]], index: Index
) -> tuple[list[Bearer], dict[str, str]]:
    """Join found names of one person, and return whom each found name belongs to."""
    kinds: dict[str, list[NameSpan]] = defaultdict(list)
    for finding in (f for some in survivors for f in some):
        if finding.replace and finding.who.startswith("found:"):
            kinds[finding.who].append(finding)
    owner = _owners(kinds)
    names: dict[str, list[str]] = defaultdict(list)
    for who in sorted(kinds):
        names[owner[who]].append(who.removeprefix("found:"))
    found = [
        _person(who, some, [f for one in some for f in kinds[f"found:{one}"]], index)
        for who, some in names.items()
        if who.startswith("found:")
    ]
    return found, owner


def _person(
    who: str, names: Sequence[str], findings: Sequence[NameSpan], index: Index
) -> Bearer:
    kinds = {finding.kind for finding in findings}
    kind = next((k for k in sorted(kinds) if k != "person"), "person")
    worth = tuple(n for n in names if is_worth_looking_for(n, index))
    return Bearer(who, kind, worth, findings[0].source)


def _owners(kinds: Mapping[str, object]) -> dict[str, str]:
    """Give a single name to the one full name that holds it."""
    ends: dict[str, set[str]] = defaultdict(set)
    for who in kinds:
        parts = parts_of(who.removeprefix("found:"))
        if len(parts) > 1:
            ends[parts[0]].add(who)
            ends[parts[-1]].add(who)
    owner = {}
    for who in kinds:
        name = who.removeprefix("found:")
        full = ends.get(name, set())
        owner[who] = next(iter(full)) if len(full) == 1 and " " not in name else who
    return owner


def _with_brackets(finding: NameSpan, text: str) -> NameSpan:
    """Take in brackets right around a name, so that a pseudonym has one pair."""
    around = (
        text[max(0, finding.start - 1) : finding.start]
        + text[finding.end : finding.end + 1]
    )
    if around != "[]" or finding.source == "kept" or not finding.replace:
        return finding
    return finding._replace(start=finding.start - 1, end=finding.end + 1)


def _owned(finding: NameSpan, owner: Mapping[str, str]) -> NameSpan:
    return finding._replace(who=owner.get(finding.who, finding.who))
