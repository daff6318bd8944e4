"""What a document tells about who is in it: its name, its folders, its head."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePosixPath

from empathy_insights.labels import is_full_name, words_in
from empathy_insights.readers.people.full_names import (
    Fit,
    FullName,
    full_name,
    named_in,
    plain,
    words_of_name,
)
from empathy_insights.readers.people.grades import is_of_a_grader
from empathy_insights.readers.people.roster import Person
from empathy_insights.readers.transcript import Transcript
from empathy_insights.roles import role_from_path, role_in_title, role_of

IN_PATH = "the name of the file says so"
ABOVE = "the lines above the first turn say so"
IN_NOTES = "the notes say who was interviewed"

_PLACE_HEADS = re.compile(
    r"(?:school|site|campus|building|location|district|program|programme|team|house)"
    r"(?:[ _]name)?"
)
_PLACE_IN_HEAD = re.compile(r"school|site|campus|building", re.IGNORECASE)
_PLACE_WORDS = words_in(
    "school schools high middle elementary primary secondary academy charter hs ms es "
    "prep preparatory campus college center centre institute the of and for at st san "
    "north south east west new"
)
# Words in names of files that are also first names or surnames.
_NO_NAMES = words_in(
    "april may june august jan mar summer autumn dean page booker grant teacher student "
    "parent family interview final copy draft notes note group focus round audio video "
    "transcript recording young long short early day will mark"
)
_CUES = words_in(
    "interview interviewed interviewee interviewing talk talked spoke speak speaking chat "
    "chatted conversation conversed met meeting sat call called phone phoned participant "
    "respondent informant student teacher parent guest name named visit visited heard "
    "listened entrevista conversacion"
)
# What makes a name of the word before it: `Washington Middle`, `Hill St`.
_PLACE_BEHIND = words_in(
    "school schools high middle elementary primary secondary academy charter hs ms es prep "
    "preparatory campus college university center centre institute park street st avenue ave road "
    "rd library district county hall church hospital heights building"
)
# And of the word behind it: `Mount Jordan`, `Escuela Benito`.
_PLACE_BEFORE = words_in(
    "san santa santo saint st mount mt fort ft port lake camp escuela primaria secundaria colegio "
    "liceo instituto barrio colonia calle"
)
# Surnames by which places are called: `Pine Hill`, `Oak Park`.
_LANDS = words_in(
    "hill hills park parks lake lakes wood woods brook brooks river rivers field fields forest "
    "ridge grove glen dale valley spring springs stone bay beach heath lane marsh meadow meadows "
    "mountain ford bridge crest view point pond rock oaks pines church banks prairie canyon shore"
)
# Behind these a surname stands alone: `Interview with Castell`.
_BEFORE_NAMES = words_in(
    "with w con of on to from by for and y the th st nd rd grade gr grader mom mum dad mother father "
    "grandma grandmother grandpa grandfather aunt uncle abuela mama papa"
)
_SHORT_LINE, _WINDOW = 14, 7
_HEAD_LINES, _TITLE_LINES, _HEAD_LENGTH = 25, 2, 4000
_ROUND = re.compile(
    r"(?<![^\W_])(?:r|rd|round|wave|cycle|visit)[ _-]?(\d)(?![^\W_])", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Clues:
    """Hold what a document tells about who is in it.

    Parameters
    ----------
    path, folder, stem
        The words of the whole path, of the folder, and of the name of the file.
    head
        The words of each line that may say whom the document is about.
    round, role
        What the path or the head says, empty where they say nothing.
    """

    path: frozenset[str]
    folder: tuple[str, ...]
    stem: tuple[str, ...]
    head: tuple[tuple[str, ...], ...]
    round: str
    role: str
    why_head: str

    @property
    def words(self) -> frozenset[str]:
        """All words in which a name may stand."""
        return frozenset(chain(self.folder, self.stem, *self.head))


@dataclass(frozen=True, slots=True)
class Named:
    """Hold a person whom a document names, how well, and where."""

    person: Person
    fit: Fit
    why: str


def clues_of(path: str, transcript: Transcript) -> Clues:
    """Gather what the path and the head of a document tell."""
    file = PurePosixPath(path)
    facts = transcript.facts
    rounds = facts.get("round") or round_of(path) or ""
    is_notes = all(turn.speaker is None for turn in transcript.turns)
    return Clues(
        frozenset(words_of_name(f"{file.with_suffix('')} {facts.get('site', '')}")),
        words_of_name(file.parent.name),
        words_of_name(f"{file.stem} {facts.get('participant', '')}"),
        tuple(_windows(_opening(transcript, is_notes=is_notes), is_notes=is_notes)),
        "".join(re.findall(r"\d", rounds)),
        role_told(path, transcript),
        IN_NOTES if is_notes else ABOVE,
    )


def role_told(path: str, transcript: Transcript) -> str:
    """Return the role of whoever speaks in a document, by its head or its name, if any."""
    lines = () if transcript.kind == "survey" else _opening(transcript, is_notes=False)
    titled = (role_in_title(line) for line in lines)
    titles = [PurePosixPath(path).stem.replace("_", " "), *lines[:_TITLE_LINES]]
    graders = (
        "student"
        for line in titles
        if len(line.split()) <= _SHORT_LINE and is_of_a_grader(line)
    )
    return (
        role_of(transcript.facts.get("role", ""))
        or role_from_path(f"{transcript.facts.get('folder', '')}/{path}")
        or next(filter(None, titled), "")
        or next(graders, "")
    )


def is_of_a_class(path: str, transcript: Transcript) -> bool:
    """Return whether the name or the head of a file says that it is a class that talks."""
    lines = _opening(transcript, is_notes=False)[:_TITLE_LINES]
    titles = [line for line in lines if len(line.split()) <= _SHORT_LINE]
    return any(map(_OF_A_CLASS.search, [PurePosixPath(path).stem, *titles]))


_OF_A_CLASS = re.compile(
    r"(?<![^\W_])(?:(?:period|block|homeroom|advisory)[ _-]?#?\d|\d(?:st|nd|rd|th)[ _](?:period|block)|"
    r"class[ _](?:discussion|talk|meeting|circle))(?![^\W_])",
    re.IGNORECASE,
)


def with_facts(clues: Clues, told: Mapping[str, str]) -> Clues:
    """Add the places in what a form says of a person."""
    places = " ".join(v for h, v in told.items() if _PLACE_IN_HEAD.search(h))
    return replace(clues, path=clues.path | set(words_of_name(places)))


def who_was_there(head: str) -> list[FullName]:
    r"""Return the full names in a list of who was there, none where it has no two.

    Examples
    --------
    >>> [name.given for name in who_was_there("Present: Teresa Ruiz, Otis Greer (cook)\n")]
    ['teresa', 'otis']
    """
    parts = listed_there(head)
    names = [full_name(part) for part in parts if is_full_name(part)]
    return names if len(names) > 1 else []


def listed_there(head: str) -> list[str]:
    r"""Return whom a list of who was there names, as it does.

    Examples
    --------
    >>> listed_there("Present: DW, Mrs. Okeke (late) and JB\n")
    ['DW', 'Mrs. Okeke', 'JB']
    """
    found = _THERE.search(head[:_HEAD_LENGTH])
    parts = _BETWEEN.split(_ASIDE.sub(" ", found["names"])) if found else []
    return [part.strip() for part in parts if part.strip()]


_THERE = re.compile(
    r"^\W*(?:present|attendees|attending|in attendance|participants?|speakers|"
    r"interviewees|presentes|participantes|participan|asistentes|alumn[oa]s)[*_ \t]*:[*_ \t]*(?P<names>[^\n]+)",
    re.IGNORECASE | re.MULTILINE,
)
_BETWEEN = re.compile(r"[,;&]|\band\b|\by\b")
_ASIDE = re.compile(r"\([^()]*\)")


def round_of(path: str) -> str | None:
    """Return the round that a path names, as in `Round 1/ana.txt` or `r2_ana.txt`.

    Examples
    --------
    >>> round_of("Round 1/ana.txt"), round_of("ana.txt")
    ('1', None)
    """
    found = _ROUND.search(str(PurePosixPath(path).with_suffix("")))
    return found[1] if found else None


def _opening(transcript: Transcript, *, is_notes: bool) -> list[str]:
    """Return the lines above the first turn, or the first lines of notes."""
    spoken = [turn for turn in transcript.turns if not turn.is_prompt]
    end = _HEAD_LENGTH if is_notes or not spoken else spoken[0].start
    lines = transcript.text[: min(end, _HEAD_LENGTH)].split("\n")
    said = [line.strip() for line in lines if line.strip()]
    return said[:_HEAD_LINES]


def _windows(lines: Sequence[str], *, is_notes: bool) -> Iterator[tuple[str, ...]]:
    """Yield the words of each short line of a head, else those after `talked to`."""
    for number, line in enumerate(lines):
        words = words_of_name(line)
        is_title = number < _TITLE_LINES or not is_notes
        if is_title and len(words) <= _SHORT_LINE:
            yield words
            continue
        for at, word in enumerate(words):
            if word in _CUES and number < _HEAD_LINES:
                yield words[at + 1 : at + 1 + _WINDOW]


def named_by(
    clues: Clues, people: Iterable[Person], places: Container[str] = ()
) -> list[Named]:
    """Return the people whom the name of a document or its head names, best first.

    Parameters
    ----------
    places
        Words of the schools of the table: alone they name a school, and nobody.
    """
    found: dict[str, Named] = {}
    for person in people:
        if person.name is None:
            continue
        name = person.name
        in_folder = named_in(clues.folder, name)
        in_path = max(
            _named(clues.stem, name, places, lands=_LANDS),
            in_folder if in_folder == Fit.FULL else Fit.NONE,
        )
        heads = (_named(words, name, places) for words in clues.head)
        in_head = max(heads, default=Fit.NONE)
        best = max(in_path, in_head)
        if best > Fit.NONE:
            why = IN_PATH if in_path >= in_head else clues.why_head
            found.setdefault(person.participant_id, Named(person, best, why))
    return sorted(found.values(), key=lambda one: -one.fit)


def _named(
    words: tuple[str, ...],
    name: FullName,
    places: Container[str],
    lands: Container[str] | None = None,
) -> Fit:
    """Return how well words name somebody; a word of a school or a place names nobody.

    Parameters
    ----------
    lands
        Surnames that may be a place's behind any word; all, where it is not given.
    """
    found = named_in(words, name)
    alone = {
        Fit.FIRST: (name.given, *name.nicknames),
        Fit.SURNAME: name.others,
    }
    at = [n for n, w in enumerate(words) if w in alone.get(found, ())]
    if at and all(
        words[n] in _NO_NAMES
        or len(words[n]) < len("abc")
        or words[n] in places
        or _is_of_a_place(words, n, is_last=found == Fit.SURNAME, lands=lands)
        for n in at
    ):
        return Fit.NONE
    return found


def _is_of_a_place(
    words: tuple[str, ...], at: int, *, is_last: bool, lands: Container[str] | None
) -> bool:
    """Return whether the words beside a name make it a school's, or somebody else's."""
    before = words[at - 1] if at else ""
    behind = words[at + 1] if at + 1 < len(words) else ""
    if behind in _PLACE_BEHIND or before in _PLACE_BEFORE:
        return True
    is_alone = not before or before in _BEFORE_NAMES | _CUES | _NO_NAMES
    return is_last and not is_alone and (lands is None or words[at] in lands)


PlaceWords = Mapping[tuple[str, str], frozenset[str]]


def place_words(people: Sequence[Person]) -> PlaceWords:
    """Return (head, value) of each school in the table -> the words that tell it."""
    return {
        (head, value): frozenset(words_of_name(value)) - _PLACE_WORDS
        for person in people
        for head, value in person.facts.items()
        if _PLACE_HEADS.fullmatch(plain(head).strip())
    }


def place_agrees(person: Person, clues: Clues, places: PlaceWords) -> bool | None:
    """Return whether a document names a person's school, or another; None for neither."""
    verdict = None
    for head, value in person.facts.items():
        if (head, value) not in places:
            continue
        told = {
            other
            for (other_head, other), words in places.items()
            if other_head == head and words & clues.path
        }
        if told:
            verdict = value in told
    return verdict


def rounds_agree(person: Person, clues: Clues) -> bool:
    """Return whether a document is of a round that the table gives a person, if any."""
    said = next(
        (v for h, v in person.facts.items() if plain(h) in ("round", "wave")), ""
    )
    digits = re.findall(r"\d", said)
    return not digits or not clues.round or bool(set(digits) & set(clues.round))
