"""Search all texts of a study: listed people, patterns, discovered people, NER.

What needs one text alone is done part by part, by as many processes as there are; what
the texts say together is found here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from itertools import chain
from typing import Any, NamedTuple

from empathy_insights.identities._as_read import (
    View,
    forget_views,
    view_of,
    words_in,
)
from empathy_insights.identities._discover import find_people
from empathy_insights.identities._evidence import what_counts
from empathy_insights.identities._found_people import but_words, gathered
from empathy_insights.identities._index import Index, build_index, find_spelled
from empathy_insights.identities._listed import find_listed, telling_words
from empathy_insights.identities._name_forms import Bearer, parts_of
from empathy_insights.identities._ner import Model, find_entities
from empathy_insights.identities._patterns import (
    UP_TO,
    Literals,
    literals_in,
    literals_of,
)
from empathy_insights.identities._recogniser import Entity
from empathy_insights.identities._vocabulary import given_names
from empathy_insights.identities._word_spans import NameSpan, settle
from empathy_insights.progress import told_on_the_way
from empathy_insights.text_memory import wherever
from empathy_insights.workers import each, memory, parts_of_work


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


class _Loose(NamedTuple):
    """People found in a text whom no list names, and what the model said of it."""

    people: list[NameSpan]
    entities: list[Entity]


class _Found(NamedTuple):
    """What each piece says by itself, and the words of places and numbers in them."""

    labels: list[list[NameSpan]]
    listed: list[list[NameSpan]]
    loose: list[list[NameSpan]]
    settled: list[list[NameSpan]]
    literals: Literals


class _Change(NamedTuple):
    """Words that tell another thing than in the round before, by its number.

    `spoken_of` are rather a person's or a thing's now, `small` are now a word or a name.
    """

    spoken_of: frozenset[str]
    small: frozenset[str]
    since: int


@dataclass(repr=False)
class _Round:
    """How the words of a study are spoken of, and which of them are written small."""

    number: int = 0
    told: set[tuple[str, int]] = field(default_factory=set)
    small: frozenset[str] = frozenset()

    def carried_on(self, evidence: Counter[str], small: frozenset[str]) -> _Change:
        told = {
            (word, sign) for word, n in evidence.items() if (sign := what_counts(n))
        }
        spoken_of = frozenset(word for word, _ in told ^ self.told)
        change = _Change(spoken_of, small ^ self.small, self.number)
        self.number, self.told, self.small = self.number + 1, told, small
        return change


@dataclass(frozen=True, repr=False)
class Search:
    """Find every identifier in every piece; what was found in a text is kept.

    Parameters
    ----------
    people
        Who is listed.
    keep
        Words that stay.
    model
        What finds names by their context.
    """

    people: tuple[Bearer, ...]
    keep: tuple[str, ...]
    model: Model
    before: _Round = field(default_factory=_Round)

    def __call__(
        self, pieces: Sequence[TextPiece], nearby: Mapping[str, frozenset[str]]
    ) -> Searched:
        """Search the pieces; names found once are found everywhere."""
        parts = parts_by_length(pieces)
        signs = _summed(each(wherever(partial(_signs, self.keep)), parts))
        words = _written_small(signs) - _parts(self.people)
        index = replace(self._listed, words=words)
        change = self.before.carried_on(signs.evidence, words)
        known = index, nearby, signs.evidence, change
        alone = wherever(partial(_alone, self.keep, self.model, *known))
        found = list(each(alone, parts))
        settled = list(chain.from_iterable(some.settled for some in found))
        people, owner = gathered(settled, index)
        wide = build_index([*self.people, *people], words=words) if people else index
        found_only = build_index(people, words=words)
        literals = dict(chain.from_iterable(some.literals.items() for some in found))
        together = partial(
            _together, self.keep, wide, found_only, nearby, owner, literals
        )
        findings = each(together, list(zip(parts, found, strict=True)))
        return Searched(list(chain.from_iterable(findings)), wide.people)

    @cached_property
    def _listed(self) -> Index:
        """Who is listed: a roster of a whole district is put in order once."""
        return build_index(self.people, words=frozenset())


def parts_by_length(pieces: Sequence[TextPiece]) -> list[Sequence[TextPiece]]:
    """Return the pieces in parts of about one length, one for each process."""
    return parts_of_work(pieces, [len(piece.text) for piece in pieces])


# What is done with a part of the pieces, here or by another process.


class _Signs(NamedTuple):
    """What all texts together say of their words.

    `evidence` says of each word with a capital whether it is a person's or a thing's;
    `small` and `large` count words in small letters and names within sentences.
    """

    evidence: Counter[str]
    small: Counter[str]
    large: Counter[str]


def _signs(keep: tuple[str, ...], pieces: Sequence[TextPiece]) -> _Signs:
    forget_views(but=(piece.text for piece in pieces))
    told = told_on_the_way(pieces, len(pieces), words="{share:.0%} read for names")
    views = [view_of(piece.text, keep) for piece in told]
    evidence: Counter[str] = Counter()
    for view in views:
        evidence.update(view.evidence)
    small = Counter(chain.from_iterable(view.small for view in views))
    large = Counter(chain.from_iterable(view.large for view in views))
    return _Signs(evidence, small, large)


def _summed(parts: Iterable[_Signs]) -> _Signs:
    total = _Signs(Counter(), Counter(), Counter())
    for part in parts:
        for sums, counts in zip(total, part, strict=True):
            sums.update(counts)
    return total


def _alone(
    keep: tuple[str, ...],
    model: Model,
    index: Index,
    nearby: Mapping[str, frozenset[str]],
    evidence: Counter[str],
    change: _Change,
    pieces: Sequence[TextPiece],
) -> _Found:
    """Find whoever is listed, and people whom no list names."""
    known: dict[str, _Loose] = _of_last_round(_LOOSE, change)
    views = [view_of(piece.text, keep) for piece in pieces]
    read = {piece.text: view for piece, view in zip(pieces, views, strict=True)}
    # Again only where what tells them changed.
    changed = change.spoken_of | change.small
    new = {
        text: view
        for text, view in read.items()
        if text not in known or not changed.isdisjoint(view.words)
    }
    made = known | _loose(new, known, model, index, evidence)
    loose = [made[piece.text].people for piece in pieces]
    _keep(_LOOSE, change, {text: made[text] for text in read})
    labels = [_labels(piece, index) for piece in pieces]
    listed = _listed_again(pieces, views, index, nearby, change)
    settled = [
        settle([*view.fixed, *a, *b, *c])
        for view, a, b, c in zip(views, labels, listed, loose, strict=True)
    ]
    literals = literals_of(
        (view.text[finding.start : finding.end], finding)
        for view, some in zip(views, settled, strict=True)
        for finding in some
    )
    return _Found(labels, listed, loose, settled, literals)


def _loose(
    views: Mapping[str, View],
    known: Mapping[str, _Loose],
    model: Model,
    index: Index,
    evidence: Counter[str],
) -> dict[str, _Loose]:
    """Find people whom no list names; what the model said of a text is not asked again."""
    seen = {v.text: known[text].entities for text, v in views.items() if text in known}
    entities = find_entities(list(views.values()), model, index, seen=seen)
    found = {}
    for (text, view), named in zip(views.items(), entities, strict=True):
        told = find_people(view.tokens, index, evidence)
        people = [*told, *find_spelled(view.text, index), *named]
        found[text] = _Loose(people, seen.get(view.text, []))
    return found


def _together(
    keep: tuple[str, ...],
    index: Index,
    found_only: Index,
    nearby: Mapping[str, frozenset[str]],
    owner: Mapping[str, str],
    literals: Literals,
    told: tuple[Sequence[TextPiece], _Found],
) -> list[list[NameSpan]]:
    """Find again what was found once, where a word may stand for somebody found."""
    pieces, found = told
    views = [view_of(piece.text, keep) for piece in pieces]
    telling = telling_words(words_in(views), found_only, exact=False)
    listed = list(found.listed)
    again = [n for n, v in enumerate(views) if not telling.isdisjoint(v.words)]
    both = _listed([pieces[n] for n in again], [views[n] for n in again], index, nearby)
    for n, some in zip(again, both, strict=True):
        listed[n] = some
    literal = literals_in((view.text for view in views), literals)
    everything = zip(
        pieces, views, found.labels, listed, found.loose, literal, strict=True
    )
    return [
        [
            _as_written(finding, view, piece.text)
            for finding in settle(
                [*view.fixed, *a, *but_words(b, c), *(_owned(f, owner) for f in c), *d]
            )
        ]
        for piece, view, a, b, c, d in everything
    ]


def _parts(people: Iterable[Bearer]) -> set[str]:
    return {p.lower() for person in people for n in person.names for p in parts_of(n)}


def _labels(piece: TextPiece, index: Index) -> list[NameSpan]:
    """Find where a turn is announced: the last place before it that names its speaker."""
    found = []
    for label, who in piece.labels:
        both = label, label.partition(" (")[0]  # of `Dr. King, principal` the name
        said = "|".join(r"\s+".join(map(re.escape, one.split())) for one in both)
        places = re.finditer(rf"(?<!\w)(?:{said})(?!\w)", piece.text, re.IGNORECASE)
        for match in [*places][-1:]:
            kind = index.people[who].kind if who in index.people else "person"
            found.append(NameSpan(*match.span(), kind, "speaker label", who, rank=0))
    return found


def _listed_again(
    pieces: Sequence[TextPiece],
    views: Sequence[View],
    index: Index,
    nearby: Mapping[str, frozenset[str]],
    change: _Change,
) -> list[list[NameSpan]]:
    """Find whoever is listed; again only where what tells names from words changed."""
    before: dict[tuple[str, frozenset[str]], list[NameSpan]]
    before = _of_last_round(_LISTED, change)
    # The sets of the last round: of a survey's thousands, no two are compared by answer.
    same = {some: some for _, some in before}
    near = {place: same.get(some, some) for place, some in nearby.items()}
    keys = [(piece.text, near.get(piece.place, _NOBODY)) for piece in pieces]
    found = {
        key: before[key]
        for key, view in zip(keys, views, strict=True)
        if key in before and change.small.isdisjoint(view.words)
    }
    new = [n for n, key in enumerate(keys) if key not in found]
    some = _listed([pieces[n] for n in new], [views[n] for n in new], index, nearby)
    found.update(zip((keys[n] for n in new), some, strict=True))
    _keep(_LISTED, change, found)
    return [found[key] for key in keys]


_NOBODY: frozenset[str] = frozenset()
_LISTED = "who is listed, by text and who speaks nearby"
_LOOSE = "whom no list names, by text"


def _of_last_round(what: str, change: _Change) -> dict[Any, Any]:
    """Return what was found in the last round, unless this process missed it."""
    number, found = memory().get(what, (0, {}))
    return found if number == change.since else {}


def _keep(what: str, change: _Change, found: Mapping[Any, Any]) -> None:
    memory()[what] = change.since + 1, found


def _listed(
    pieces: Sequence[TextPiece],
    views: Sequence[View],
    index: Index,
    nearby: Mapping[str, frozenset[str]],
) -> list[list[NameSpan]]:
    telling = telling_words(words_in(views), index, exact=False)
    return [
        []
        if telling.isdisjoint(view.words)
        else list(
            find_listed(
                view.text,
                view.tokens,
                index,
                telling=telling,
                nearby=nearby.get(piece.place, _NOBODY),
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


def _written_small(signs: _Signs) -> frozenset[str]:
    """Return the words of the study that are rather written small than as a name."""
    return frozenset(
        word
        for word, n in signs.small.items()
        if n >= signs.large[word] and word.title() not in given_names()
    )


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
