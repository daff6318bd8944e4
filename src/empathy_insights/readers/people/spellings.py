"""One person, one label: spellings that differ in case, times, roles or length are merged."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from empathy_insights.labels import is_generic, label_key, said_within
from empathy_insights.readers.people.clues import who_was_there
from empathy_insights.readers.people.full_names import (
    Called,
    Fit,
    FullName,
    called,
    fit,
)
from empathy_insights.readers.transcript import Remark, Transcript
from empathy_insights.roles import role_from_label, role_in

# Letters for parts in a talk: interviewer, moderator; answer, respondent, student, teacher.
_ASKING, _PARTS = frozenset("fimq"), frozenset("abcdehklnoprstvw")
# `Kim's husband`, `Kim and Jo`, `Kim from 3B`; small letters alone may be a whole name.
_IS_OF_ANOTHER = re.compile(
    r"['’]s?\s|[&,/+|]|(?i:\b(?:and|y|et|und|of|with)\b)|[A-Z].*\s(?!(?:de|del|la|las|los|da|dos|van|von|"
    r"der|bin|al|el)\s)[a-z]{2}"
)
_BESIDE = re.compile(r"\w[^()]*\(([^()]+)\)$")


def merge_spellings(transcript: Transcript) -> Transcript:
    """Give each person the label used most, and say which labels were merged."""
    said = Counter(turn.speaker for turn in transcript.turns if turn.speaker)
    labels: dict[str, list[str]] = {}
    keys = frozenset(map(label_key, said))
    there = who_was_there(transcript.text)
    initials, titled = initials_in(keys), _titled(said)
    longer = _longer_names(transcript)
    for label in said:
        key = _listed_as(label, there) or _named_beside(label, keys)
        key = titled.get(_name_and_place(label), initials.get(key, key))
        labels.setdefault(longer.get(key, key), []).append(label)
    several = {key: found for key, found in labels.items() if len(found) > 1}
    if transcript.kind == "survey" or not several:
        return transcript
    short = initials.keys() | longer.keys()
    one = {
        label: max(
            found, key=lambda label: (label_key(label) not in short, said[label])
        )
        for found in several.values()
        for label in found
    }
    turns = tuple(
        replace(turn, speaker=one.get(turn.speaker or "", turn.speaker))
        for turn in transcript.turns
    )
    return replace(
        transcript,
        turns=turns,
        people=_roles(transcript, one),
        remarks=(*transcript.remarks, *_merged(transcript, several)),
    )


def initials_in(keys: Collection[str]) -> dict[str, str]:
    """Return the keys of labels that are initials of others: `G` beside Graciela.

    Each letter fits one name, and one at least is no part that people shorten to a letter.

    Examples
    --------
    >>> initials_in(["g", "graciela", "renee"]), initials_in(["i", "imani"])
    ({'g': 'graciela'}, {})
    """
    names = [key for key in keys if len(key) > 1]
    letters = [key for key in keys if len(key) == 1 and key.isalpha()]
    fitting = {
        letter: [name for name in names if name.startswith(letter)]
        for letter in letters
    }
    is_clear = all(
        len(found) == 1 and not is_generic(found[0]) for found in fitting.values()
    )
    if not is_clear or _ASKING & fitting.keys() or fitting.keys() <= _PARTS:
        return {}
    return {letter: found[0] for letter, found in fitting.items()}


def _listed_as(label: str, there: Sequence[FullName]) -> str:
    """Return the one of those who were there whom a label shortens: `Ms. Ruiz`, `T. Ruiz`."""
    fitting = [name for name in there if fit(called(label), name) >= Fit.SURNAME]
    if len(fitting) != 1 or is_generic(label):
        return ""
    return " ".join((fitting[0].given, *fitting[0].others))


def _titled(labels: Iterable[str]) -> dict[tuple[str, str], str]:
    """Return who has a title and a place: `Stavros (school)` is `Ms. Stavros (school)`.

    `Grace` beside `Ms. Grace` may be a child.
    """
    return {
        _name_and_place(label): label_key(label)
        for label in labels
        if called(label).title and said_within(label)
    }


def _name_and_place(label: str) -> tuple[str, str]:
    return " ".join(called(label).parts), said_within(label).casefold()


def _named_beside(label: str, keys: Container[str]) -> str:
    """Return the key of a label, or of the name beside it that is another label.

    `Vol. (Peg)` is `Peg` where both speak; `Mom (Ana)` may well be Ana's mother.
    """
    within = _BESIDE.search(label)
    name = label_key(within[1]) if within else ""
    is_name = name in keys and not is_generic(name) and not role_in(name)
    return name if is_name and role_from_label(label) != "family" else label_key(label)


def _longer_names(transcript: Transcript) -> dict[str, str]:
    """Return the keys of labels that shorten the one longer label of a file that fits.

    `Kim T.` is `Kim Tran`, and `Kim` is either, unless one answers the other: who talks
    to a Kim is another one. Where each turn has its time a program wrote the labels, as
    of the accounts of a chat, and it does not vary them.
    """
    if all(turn.start_s is not None for turn in transcript.turns):
        return {}
    order = [turn.speaker for turn in transcript.turns if not turn.is_prompt]
    names = {
        label_key(label): called(label)
        for label in filter(None, order)
        if is_name_alone(label)
    }
    whole = {
        key: said
        for key, said in names.items()
        if len(said.parts) > 1 and len(said.parts[-1]) > 1
    }
    keys = [label_key(label or "") for label in order]
    beside = {*pairwise(keys), *pairwise(reversed(keys))}
    longer = {
        key: fitting[0]
        for key, said in names.items()
        if len(said.parts) > 1 and key not in whole
        if len(fitting := _fitting(said, whole)) == 1
    }
    apart = {key: said for key, said in names.items() if len(said.parts) > 1}
    apart = {key: said for key, said in apart.items() if key not in longer}
    for key, said in names.items():
        fitting = _fitting(said, apart) if len(said.parts) == 1 else []
        is_one = len(fitting) == 1 and apart[fitting[0]].parts[0] == said.parts[0]
        if is_one and (key, fitting[0]) not in beside:
            longer[key] = fitting[0]
    return longer


def is_name_alone(label: str) -> bool:
    """Return whether a label is a name without a title, a role, or whose it is.

    Examples
    --------
    >>> [is_name_alone(one) for one in ("Rosa de la Cruz", "Kim's husband", "Ms. Kim", "S1")]
    [True, False, False, False]
    """
    told = is_generic(label) or role_in(label) or said_within(label)
    return not (told or called(label).title or _IS_OF_ANOTHER.search(label))


def _fitting(said: Called, names: Mapping[str, Called]) -> list[str]:
    """Return the keys of the names that somebody's may be short for, as first or last."""
    return [
        key
        for key, one in names.items()
        if said.parts != one.parts
        if fit(said, FullName(one.parts[0], one.parts[1:])) >= Fit.SURNAME
    ]


def _roles(
    transcript: Transcript, one: Mapping[str, str]
) -> dict[str, Mapping[str, str]]:
    """Keep the role that only some spelling of a label tells."""
    people = dict(transcript.people)
    for label, kept in one.items():
        facts = transcript.people.get(label, {})
        role = role_from_label(label)
        told = {"role": role} if role else {}
        if facts or told:
            people[kept] = told | dict(facts) | dict(people.get(kept, {}))
    return people


def _merged(
    transcript: Transcript, several: Mapping[str, list[str]]
) -> Iterator[Remark]:
    first: dict[str, int | None] = {}
    for turn in transcript.turns:
        first.setdefault(turn.speaker or "", turn.line)
    for found in several.values():
        yield Remark(
            f"a speaker is written in {len(found)} ways and was taken for one person",
            "if they are different people, give them different names in the file",
            first[found[1]],
        )
