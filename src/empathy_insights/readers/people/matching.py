"""Who a voice is: on all that a person would look at, and nobody where that is not enough."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from empathy_insights.labels import is_generic, label_key, words_in
from empathy_insights.readers.people.clues import (
    Clues,
    Named,
    PlaceWords,
    clues_of,
    named_by,
    place_agrees,
    place_words,
    rounds_agree,
)
from empathy_insights.readers.people.full_names import (
    Called,
    Fit,
    called,
    fit,
    is_adult_title,
    keys_in,
    keys_of,
)
from empathy_insights.readers.people.id_forms import by_form, holds_ids, id_form
from empathy_insights.readers.people.roster import Person, Roster, find_person
from empathy_insights.readers.transcript import Transcript, speakers
from empathy_insights.roles import role_from_label

BY_NAME = {
    Fit.FULL: "the full name",
    Fit.INITIAL: "a name and an initial that only one person has",
    Fit.TITLED: "a surname that only one person has",
    Fit.FIRST: "a first name that only one person has",
    Fit.SURNAME: "a surname that only one person has",
    Fit.MIDDLE: "a name that only one person has",
    Fit.INITIALS: "initials that only one person has",
}
BY_TABLE = "the table says so"
BY_CONTEXT = "only one person of this name fits the file"
BY_DOCUMENT = "the only one whom the table gives this file"
_STRONG = (Fit.FULL, Fit.INITIAL, Fit.TITLED)
# Names that compete with each other: a first name with a surname that is the same word.
_RANKS = (
    (Fit.FULL,), (Fit.INITIAL, Fit.TITLED), (Fit.FIRST, Fit.SURNAME), (Fit.MIDDLE,),
    (Fit.INITIALS,),
)  # fmt: skip
_TWO = 2
_CODES = words_in(
    "int mod fac sp st stu tr iv pa pt par mc res resp obs nt tch adm vo hs ms es q a "
    "i p s t m f r"
)


@dataclass(frozen=True, slots=True)
class VoiceMatch:
    """Hold who a voice is, or who it might be.

    Parameters
    ----------
    person
        None where nobody fits for certain.
    why
        What the match, or the doubt, stands on.
    might_be
        Those who fit, where it is not certain who of them it is.
    fit
        How much of the name the voice has.
    """

    person: Person | None = None
    why: str = ""
    might_be: tuple[Person, ...] = ()
    fit: Fit = Fit.NONE


NO_MATCH = VoiceMatch()


@dataclass(frozen=True)
class Scene:
    """Hold a document, what it is called in tables, and what it tells of people."""

    document_id: str
    names: frozenset[str]
    transcript: Transcript
    clues: Clues


@dataclass(frozen=True)
class Matcher:
    """Match voices with the people of a table."""

    roster: Roster
    places: PlaceWords = field(default_factory=dict)

    @cached_property
    def _by_id(self) -> Mapping[str, Person]:
        people = reversed(self.roster.people)  # of two with one id, the first counts
        return {person.participant_id.casefold(): person for person in people}

    @cached_property
    def _by_form(self) -> Mapping[str, str]:
        return by_form(self._by_id)

    def _of_id(self, scene: Scene, label: str) -> Person | None:
        key = label_key(label)
        if key not in self._by_id and holds_ids(scene.transcript):
            key = self._by_form.get(id_form(label), key)
        return self._by_id.get(key)

    @cached_property
    def _by_key(self) -> Mapping[str, list[int]]:
        places = defaultdict[str, list[int]](list)
        for n, person in enumerate(self.roster.people):
            for key in keys_of(person.name) if person.name else ():
                places[key].append(n)
        return places

    @cached_property
    def _of_places(self) -> frozenset[str]:
        return frozenset().union(*self.places.values())

    def _near(self, keys: Iterable[str]) -> Iterator[Person]:
        """Yield who may be meant: a whole school is not tried for each voice and file."""
        at = {n for key in keys for n in self._by_key.get(key, ())}
        return (self.roster.people[n] for n in sorted(at))

    def by_name(self, scene: Scene, label: str) -> VoiceMatch:
        """Return who a label is, going by the table and by names."""
        listed = find_person(self.roster, label, scene.names)
        if listed:
            return VoiceMatch(listed, BY_TABLE, fit=Fit.FULL)
        by_id = self._of_id(scene, label)
        if by_id is not None:
            return VoiceMatch(by_id, BY_TABLE, fit=Fit.FULL)
        return self._best(scene, label, _said(scene.transcript, label))

    def _best(self, scene: Scene, label: str, said: Sequence[Called]) -> VoiceMatch:
        keys = (key for one in said for key in keys_in(one))
        fits = [
            (max(fit(one, p.name) for one in said), p)
            for p in self._near(keys)
            if p.name is not None
        ]
        fits = [(grade, person) for grade, person in fits if grade]
        for rank in _RANKS:
            found = _unique(p for grade, p in fits if grade in rank)
            if found and not (rank == (Fit.INITIALS,) and label_key(label) in _CODES):
                grade = max(grade for grade, _ in fits if grade in rank)
                return self._settled(scene, label, found, grade)
        guesses = _unique(person for _, person in fits)
        return (
            VoiceMatch(None, "a name that is like it", guesses, Fit.GUESS)
            if guesses
            else NO_MATCH
        )

    def _settled(
        self, scene: Scene, label: str, found: tuple[Person, ...], grade: Fit
    ) -> VoiceMatch:
        if len(found) == 1 and grade == Fit.FULL:
            return VoiceMatch(found[0], BY_NAME[grade], fit=grade)
        in_role = [p for p in found if _role_agrees(label, scene, p)]
        fitting = [p for p in in_role if self.may_be(scene, label, p)]
        if len(in_role) == len(fitting) == 1:
            return VoiceMatch(fitting[0], BY_NAME[grade], fit=grade)
        told = [p for p in fitting if place_agrees(p, scene.clues, self.places)]
        named = [
            one.person for one in named_by(scene.clues, fitting) if one.fit in _STRONG
        ]
        here = [p for p in fitting if p.documents & scene.names]
        then = [p for p in fitting if rounds_agree(p, scene.clues)]
        for some in (here, named, told, then):
            if len(some) == 1:
                return VoiceMatch(some[0], BY_CONTEXT, fit=grade)
        why = "several people fit" if len(found) > 1 else "the file speaks against it"
        return VoiceMatch(None, why, found, grade)

    def may_be(self, scene: Scene, label: str, person: Person) -> bool:
        """Return whether nothing in a file speaks against a person."""
        if person.documents and not person.documents & scene.names:
            return False
        elsewhere = place_agrees(person, scene.clues, self.places) is False
        return _role_agrees(label, scene, person) and not elsewhere

    def by_document(self, scene: Scene, label: str, match: VoiceMatch) -> VoiceMatch:
        """Return who the only participant of a document is, going by all it tells."""
        given = (p for p in self.roster.people if p.documents & scene.names)
        here = _unique(p for p in given if p.takes_part and not p.voice)
        if len(here) == 1 and (is_generic(label) or not label):
            return VoiceMatch(here[0], BY_DOCUMENT, fit=match.fit)
        near = (p for p in self._near(scene.clues.words) if p.takes_part)
        named = [
            one
            for one in named_by(scene.clues, near, self._of_places)
            if self.may_be(scene, label, one.person)
        ]
        if match.person is not None:
            return _confirmed(match, named)
        might_be = {p.participant_id for p in match.might_be}
        if might_be:
            named = [one for one in named if one.person.participant_id in might_be]
        best = _best_named(named)
        if len(best) == 1 and (might_be or is_generic(label) or not label):
            return VoiceMatch(best[0].person, best[0].why, fit=best[0].fit)
        others = match.might_be or tuple(one.person for one in best)
        return VoiceMatch(
            None, match.why or "several people are named", others, match.fit
        )


def matcher_of(roster: Roster) -> Matcher:
    """Return a matcher for the people of a table."""
    return Matcher(roster, place_words(roster.people))


def scene_of(
    document_id: str, names: frozenset[str], path: str, transcript: Transcript
) -> Scene:
    """Return a document with what it tells of people."""
    return Scene(document_id, names, transcript, clues_of(path, transcript))


def without_rivals(
    matches: Mapping[str, VoiceMatch], transcript: Transcript
) -> dict[str, VoiceMatch]:
    """Leave one person to one voice of a document: the one that has most of the name.

    In a survey somebody may answer twice, under a full name. A first name alone, beside
    one voice of the full name, is how people go on writing somebody whom they named, if
    neither ever answers the other.
    """
    is_survey = transcript.kind == "survey"
    kept = dict(matches)
    by_person: dict[str, list[str]] = {}
    for label, match in matches.items():
        if match.person is not None:
            by_person.setdefault(match.person.participant_id, []).append(label)
    for labels in by_person.values():
        keys = {label_key(label) for label in labels}
        best = max(matches[label].fit for label in labels)
        first = {label_key(x) for x in labels if matches[x].fit == best}
        for label in labels:
            person = matches[label].person
            is_again = is_survey and matches[label].fit == Fit.FULL
            is_least = matches[label].fit < best or len(first) > 1
            is_again |= len(first) == 1 and _goes_on(label, matches, labels, transcript)
            if len(keys) > 1 and is_least and not is_again:
                might_be = (person,) if person else ()
                why = "another voice of the file has the same name"
                kept[label] = VoiceMatch(None, why, might_be, matches[label].fit)
    return kept


def _goes_on(
    label: str,
    matches: Mapping[str, VoiceMatch],
    labels: Sequence[str],
    transcript: Transcript,
) -> bool:
    """Return whether a first name alone is of whoever has the full name in a document."""
    whole = {one for one in labels if matches[one].fit == Fit.FULL}
    if not whole or matches[label].fit != Fit.FIRST or called(label).title:
        return False
    order = [turn.speaker for turn in transcript.turns if not turn.is_prompt]
    beside = {*pairwise(order), *pairwise(reversed(order))}
    return not any((label, one) in beside for one in whole)


def _confirmed(match: VoiceMatch, named: Sequence[Named]) -> VoiceMatch:
    """Doubt a first name where the file is named after somebody else."""
    strong = [one.person for one in named if one.fit == Fit.FULL]
    same = {p.participant_id for p in strong}
    person = match.person
    is_sure = match.why == BY_TABLE or match.fit in _STRONG
    if person is None or is_sure or not strong or person.participant_id in same:
        return match
    why = "the file is named after somebody else"
    return VoiceMatch(None, why, (person, *strong), match.fit)


def _best_named(named: Sequence[Named]) -> list[Named]:
    strong = [one for one in named if one.fit in _STRONG]
    if strong:
        full = [one for one in strong if one.fit == Fit.FULL]
        return full or strong
    return [one for one in named if one.fit in (Fit.FIRST, Fit.SURNAME)]


def _said(transcript: Transcript, label: str) -> list[Called]:
    """Return all that a voice is called: its label, or what a part's label explains."""
    own = called(label)
    is_short = len("".join(own.parts)) == _TWO  # `Jo`, `J.T.`
    told = [own] if is_short or not is_generic(label) else []
    if own.aside and (is_generic(label) or not told):
        told.append(called(own.aside))
    return [one for one in [*told, *_written_names(transcript, label)] if one.parts]


def _written_names(transcript: Transcript, label: str) -> Iterator[Called]:
    """Yield the names that somebody wrote into a form, and those in mail addresses."""
    apart: dict[str, str] = {}
    for head, value in transcript.people.get(label, {}).items():
        asked = _NAME_HEAD.search(head)
        if asked is None or _NOT_OWN.search(head) or not value.strip():
            continue
        if asked["part"]:
            apart[asked["part"].casefold()[0]] = value.strip()
        else:
            yield called(value)
    if apart:
        yield called(
            f"{apart.get('f', apart.get('g', ''))} {apart.get('l', apart.get('s', ''))}"
        )


_NAME_HEAD = re.compile(
    r"\b(?:(?P<part>first|given|last|sur)[ _-]?name|(?:full[ _-]?)?name|nombre|e-?mail|"
    r"user[ _-]?name)\b(?![ _-]of\b)", re.IGNORECASE,
)  # fmt: skip
_NOT_OWN = re.compile(
    r"school|teacher|course|class|program|file|mentor|friend|advis|counsel|principal",
    re.IGNORECASE,
)


def _role_agrees(label: str, scene: Scene, person: Person) -> bool:
    if person.role in ("", "unknown", "mixed"):
        return True
    said = role_from_label(label)
    if said:
        return _side(said) == _side(person.role)
    if is_adult_title(called(label).title):
        return person.role != "student"
    is_pair = len(speakers(scene.transcript)) <= len(["asks", "answers"])
    told = scene.clues.role if is_pair else ""
    return not told or _side(told) == _side(person.role)


def _side(role: str) -> str:
    return role if role in ("student", "family", "community") else "school"


def _unique(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple({p.participant_id: p for p in people}.values())


def voices_in(transcript: Transcript) -> Iterator[str]:
    """Yield the labels of a document, each once, by first appearance."""
    yield from dict.fromkeys([*speakers(transcript), *transcript.people])
