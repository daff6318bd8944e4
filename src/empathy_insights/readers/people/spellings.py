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
# What accounts of a meeting are called: `Kim's iPad`, `iPhone de Kim`, `Pell, Gary`, `SPEAKER_02`.
_THINGS = r"ipad|iphone|mac(?:book)?|imac|galaxy|samsung|pixel|android|phone|laptop|computer|pc|tablet|chromebook"
_DEVICE = re.compile(
    rf"(?P<name>\w.*?)(?:['’]s? |(?: -)? (?=ipad|iphone|macbook))(?:{_THINGS})\b.*|"
    r"(?:ipad|iphone|celular|tel[eé]fono|tablet|laptop) de (?P<of>\w.*)",
    re.IGNORECASE,
)
_TURNED = re.compile(
    r"(?P<last>[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+)?), (?P<first>[^\W\d_a-z][\w'’-]+)"
)
_TO_NUMBER = re.compile(r"(?<=[^\W\d_])[\s_#-]*0*(?=\d)")
_PART_BESIDE = re.compile(r"(\S.*?) [-–—|] (\S.*)")
_PARENTS = re.compile(r"(?:parents?|guardian|caregiver|family)", re.IGNORECASE)


def merge_spellings(transcript: Transcript) -> Transcript:
    """Give each person the label used most, and say which labels were merged."""
    if transcript.kind == "survey":
        return transcript
    said = Counter(turn.speaker for turn in transcript.turns if turn.speaker)
    labels: dict[str, list[str]] = {}
    keys = frozenset(map(_key, said))
    there = who_was_there(transcript.text)
    initials, titled = initials_in(keys), _titled(said)
    longer, beside = _longer_names(transcript), _beside_parts(transcript, keys)
    for label in said:
        key = _listed_as(label, there) or _named_beside(label, keys)
        key = beside.get(label, key)
        key = titled.get(_name_and_place(label), initials.get(key, key))
        labels.setdefault(longer.get(key, key), []).append(label)
    several = {key: found for key, found in labels.items() if len(found) > 1}
    if not several:
        return transcript
    short = initials.keys() | longer.keys()
    short |= {label_key(label) for label in said if _plain(label) != label}
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
    return name if is_name and role_from_label(label) != "family" else _key(label)


def _plain(label: str) -> str:
    """Return a name as people say it, without a device and with the given name first.

    Examples
    --------
    >>> _plain("Kim's iPad"), _plain("Pell, Gary"), _plain("Ruiz, parent"), _plain("Ana's mom")
    ('Kim', 'Gary Pell', 'Ruiz, parent', "Ana's mom")
    """
    if found := _DEVICE.fullmatch(label.strip()):
        return found["name"] or found["of"]
    found = _TURNED.fullmatch(label.strip())
    if found is None or role_in(found["last"]) or role_in(found["first"]):
        return label
    return f"{found['first']} {found['last']}"


def _key(label: str) -> str:
    """Return the key of a label as people say it; `SPEAKER_02` is `Speaker 2`."""
    key = label_key(_plain(label))
    return _TO_NUMBER.sub("", key) if is_generic(label) else key


def _beside_parts(transcript: Transcript, keys: Container[str]) -> dict[str, str]:
    """Return the labels that say a part beside a name that is a label, too.

    `Parent - Devon` is `Devon`, unless one answers the other; `Mom - Devon` may be his
    mother, and of a parent and a teacher nobody knows which of them is `Devon`.
    """
    order = [turn.speaker or "" for turn in transcript.turns if not turn.is_prompt]
    told = {*pairwise(order), *pairwise(reversed(order))}
    adjacent = {(label, _key(other)) for label, other in told}
    found: dict[str, list[str]] = {}
    for label in dict.fromkeys(order):
        key = _name_beside(label)
        if key in keys and not is_generic(key) and (label, key) not in adjacent:
            found.setdefault(key, []).append(label)
    return {several[0]: key for key, several in found.items() if len(several) == 1}


def _name_beside(label: str) -> str:
    """Return the key of the name beside a part, which is no word for somebody's mother."""
    parts = _PART_BESIDE.fullmatch(label)
    if parts is None:
        return ""
    said = [part for part in parts.groups() if role_in(part)]
    names = [part for part in parts.groups() if not role_in(part)]
    if len(said) != 1 or (
        role_in(said[0]) == "family" and not _PARENTS.fullmatch(said[0])
    ):
        return ""
    return _key(names[0])


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
        _key(label): called(_plain(label))
        for label in filter(None, order)
        if is_name_alone(_plain(label))
    }
    whole = {
        key: said
        for key, said in names.items()
        if len(said.parts) > 1 and len(said.parts[-1]) > 1
    }
    keys = [_key(label or "") for label in order]
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
        if label != kept:
            people.pop(label, None)
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
