"""Search all texts of a study: listed people, patterns, discovered people, NER."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from empathy_insights.privacy._discover import find_people, is_worth_looking_for
from empathy_insights.privacy._findings import Finding, settle
from empathy_insights.privacy._listed import find_listed
from empathy_insights.privacy._names import Index, Person, build_index, parts_of
from empathy_insights.privacy._ner import Entity, Model, find_entities
from empathy_insights.privacy._patterns import find_contacts, find_places
from empathy_insights.privacy._pseudonyms import PSEUDONYM
from empathy_insights.privacy._tokens import Token, tokens_of
from empathy_insights.privacy._vocabulary import allowed_phrases, given_names


@dataclass(frozen=True, repr=False)
class Piece:
    """A stretch of text that no replacement may leave: a turn, or what is between."""

    place: str
    offset: int
    text: str


@dataclass(frozen=True, repr=False)
class Found:
    """What was found, piece by piece, and everybody it may be."""

    findings: list[list[Finding]]
    people: dict[str, Person]


def search(
    pieces: Sequence[Piece],
    people: Iterable[Person],
    *,
    keep: Iterable[str],
    nearby: Mapping[str, frozenset[str]],
    model: Model,
    seen: dict[str, list[Entity]],
) -> Found:
    """Find every identifier in every piece; names found once are found everywhere."""
    people = list(people)
    tokens = [tokens_of(piece.text) for piece in pieces]
    words = _written_small(tokens)
    index = build_index(people, words=words)
    shields = Shields(keep)
    fixed = [shields.base(piece.text) for piece in pieces]
    texts = [piece.text for piece in pieces]
    entities = find_entities(texts, tokens, model, index, seen=seen)
    loose = [
        [*find_people(some, index), *named]
        for some, named in zip(tokens, entities, strict=True)
    ]
    listed = _listed(pieces, tokens, index, nearby)
    survivors = [
        settle([*a, *b, *c]) for a, b, c in zip(fixed, listed, loose, strict=True)
    ]
    found, owner = _gathered(survivors, index)
    wide = build_index([*people, *found], words=words)
    again = _listed(pieces, tokens, wide, nearby)
    findings = [
        settle([*a, *b, *(_owned(finding, owner) for finding in c)])
        for a, b, c in zip(fixed, again, loose, strict=True)
    ]
    findings = [
        [_with_brackets(finding, text) for finding in some]
        for some, text in zip(findings, texts, strict=True)
    ]
    return Found(findings, wide.people)


def _listed(
    pieces: Sequence[Piece],
    tokens: Sequence[Sequence[Token]],
    index: Index,
    nearby: Mapping[str, frozenset[str]],
) -> list[list[Finding]]:
    nobody: frozenset[str] = frozenset()
    return [
        list(
            find_listed(piece.text, some, index, nearby=nearby.get(piece.place, nobody))
        )
        for piece, some in zip(pieces, tokens, strict=True)
    ]


@dataclass(frozen=True, init=False, repr=False)
class Shields:
    """Find what must stay: pseudonyms, allowed phrases, and what the user keeps."""

    kept: re.Pattern[str]
    allowed: re.Pattern[str]

    def __init__(self, keep: Iterable[str] = ()) -> None:
        phrases = [phrase for phrase in allowed_phrases() if not phrase.isalpha()]
        object.__setattr__(self, "kept", _any_of(keep))
        object.__setattr__(self, "allowed", _any_of(phrases))

    def base(self, text: str) -> list[Finding]:
        """Return shields, contacts and places of a text."""
        return [
            *_stay(PSEUDONYM, text, rank=0),
            *_stay(self.kept, text, rank=0),
            *_stay(self.allowed, text, rank=3),
            *find_contacts(text),
            *find_places(text),
        ]


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    some = sorted((re.escape(phrase) for phrase in phrases), key=lambda p: (-len(p), p))
    return re.compile(rf"(?<!\w)(?:{'|'.join(some)})(?!\w)" if some else r"(?!)")


def _stay(pattern: re.Pattern[str], text: str, *, rank: int) -> Iterator[Finding]:
    for match in pattern.finditer(text):
        yield Finding(match.start(), match.end(), "kept", "kept", "", rank=rank)


def _written_small(tokens: Iterable[Iterable[Token]]) -> frozenset[str]:
    """Return the words of the study that somebody writes in lower case."""
    small = {token.word for some in tokens for token in some if token.word.islower()}
    return frozenset(word for word in small if word.title() not in given_names())


def _gathered(
    survivors: Iterable[Iterable[Finding]], index: Index
) -> tuple[list[Person], dict[str, str]]:
    """Join found names of one person, and return whom each found name belongs to."""
    kinds: dict[str, list[Finding]] = defaultdict(list)
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
    who: str, names: Sequence[str], findings: Sequence[Finding], index: Index
) -> Person:
    kinds = {finding.kind for finding in findings}
    kind = next((k for k in sorted(kinds) if k != "person"), "person")
    worth = tuple(n for n in names if is_worth_looking_for(n, index))
    return Person(who, kind, worth, findings[0].source)


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


def _with_brackets(finding: Finding, text: str) -> Finding:
    """Take in brackets right around a name, so that a pseudonym has one pair."""
    around = (
        text[max(0, finding.start - 1) : finding.start]
        + text[finding.end : finding.end + 1]
    )
    if around != "[]" or finding.source == "kept" or not finding.replace:
        return finding
    return finding._replace(start=finding.start - 1, end=finding.end + 1)


def _owned(finding: Finding, owner: Mapping[str, str]) -> Finding:
    return finding._replace(who=owner.get(finding.who, finding.who))
