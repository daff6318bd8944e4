"""One talk in several files, `Maya part 1` and `part 2`; one person in several talks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import PurePosixPath

from empathy_insights.labels import base_key, is_full_name, is_generic
from empathy_insights.readers.people.full_names import Fit, called, fit, full_name
from empathy_insights.readers.people.unlisted import SHEET_ADVICE
from empathy_insights.roles import role_in

_STEM = r"(?P<stem>.*?[^\W\d_].*?)[\s_.,-]*[(\[]?(?<![^\W_])"
_PART = re.compile(
    rf"{_STEM}(?:(?:part|parte|partie|teil|pt)[\s_.-]*(?P<named>\d{{1,2}}|[ivx]{{1,4}}|[a-d]|one|two|three)"
    r"|(?P<of>\d{1,2})[\s_]*(?:of|de|von)[\s_]*\d{1,2}"
    r"|(?P<more>cont(?:inued|inuation|inuación|['’]?d)?))\.?[)\]]?",
    re.IGNORECASE,
)
_LANGUAGES = (
    "english|spanish|somali|arabic|vietnamese|chinese|mandarin|french|portuguese|russian|"
    "ukrainian|hmong|karen|swahili|tagalog|korean|kreyol|creole|inglés|ingles|español|espanol"
)
_TONGUE = re.compile(
    rf"{_STEM}(?P<tongue>(?:(?:in|en)[\s_]+)?(?:{_LANGUAGES})(?:[\s_]+(?:version|translation|original))?"
    r"|translation|translated|traducción|traduccion|traducido|traducida|original)[)\]]?",
    re.IGNORECASE,
)


def talks_of(paths: Iterable[str]) -> dict[str, str]:
    """Return the path of each file that is a part of a talk -> that of the first part.

    Examples
    --------
    >>> talks_of(["Maya part 1.docx", "Maya part 2.docx", "Jon part 1.docx"])
    {'Maya part 1.docx': 'Maya part 1.docx', 'Maya part 2.docx': 'Maya part 1.docx'}
    >>> talks_of(["Leo.txt", "Leo (cont.).txt"])["Leo (cont.).txt"]
    'Leo.txt'
    """
    return _together(paths, _PART)


def translations_of(paths: Iterable[str]) -> dict[str, str]:
    """Return the path of each file that may hold a talk in another language -> the first.

    Groups may have been heard in two languages as well: only names tell.

    Examples
    --------
    >>> translations_of(["Rosa (Spanish).docx", "Rosa (English translation).docx"])["Rosa (Spanish).docx"]
    'Rosa (English translation).docx'
    """
    return _together(paths, _TONGUE)


def _together(paths: Iterable[str], ending: re.Pattern[str]) -> dict[str, str]:
    talks: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    for path in sorted(paths):
        file = PurePosixPath(path)
        found = ending.fullmatch(file.stem)
        told = found.groupdict() if found else {"stem": file.stem}
        stem = str(told.pop("stem"))
        part = next((said.casefold() for said in told.values() if said), "")
        key = str(file.parent), re.sub(r"[\W_]+", " ", stem.casefold()).strip()
        talks[key].setdefault(part, []).append(path)
    return {
        path: min(parts.items())[1][0]
        for parts in talks.values()
        if len(parts) > 1
        for some in parts.values()
        for path in some
    }


# Who was heard again: `STU-15 fall.txt` and `STU-15 spring.txt`.

# Letters before a number that count groups, places, times or files, and schools of New York.
_OF_NOBODY = (
    "g|gp|gr|grp|group|grupo|fg|focus|grade|k|kg|c|class|cl|cohort|co|team|table|site|sch|school|ps|is|ms|hs|es|jhs|"
    "r|rd|rnd|round|wave|cycle|visit|i|iv|int|interview|intv|entrevista|q|question|w|wk|week|d|day|month|term|sem|"
    "sess|session|year|yr|sy|fy|ay|room|rm|bldg|period|per|block|bus|route|v|ver|rev|draft|copy|version|img|dsc|mvi|"
    "rec|vid|video|audio|zoom|gmt|track|file|doc|page|ch|unit|lesson|module|part|pt|no|nr|covid|title|"
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|fall|spring|winter|summer|autumn|event|meeting|mtg|call|"
    "note|notes|survey|form|set|batch|list|test|pilot|talk|conversation"
)
_PEOPLE = "student|participant|parent|teacher|staff|family|person|respondent|subject|interviewee|estudiante|familia"
_CODE = re.compile(
    rf"(?!(?i:{_OF_NOBODY})[-_ ]?\d)(?P<letters>[A-Z]{{1,5}}|[a-z]{{1,4}}(?! )|(?i:{_PEOPLE}))[-_ ]?"
    r"(?P<n>\d{1,4})(?P<rest>(?:[^\w]|_).*)?"
)
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_MORE_CODES = re.compile(r"^[\s_]*(?:&|\+|,|and\b|y\b|und\b)")
_A_TIME = re.compile(
    r"(?:fall|spring|autumn|winter|summer|round|wave|visit|cycle|time|pre|post|baseline|follow\W?up|sy|year|[rt]|"
    r"[\d\W_])+",
    re.IGNORECASE,
)
_SHOWN = 6


def heard_again(alone: Mapping[str, str]) -> dict[str, str]:
    """Return the path of each file whose one person another file has -> the first of them.

    Both names begin with the person's code, and no two names of people contradict it.

    Parameters
    ----------
    alone
        Path -> the label of the only one who is heard there.

    Examples
    --------
    >>> heard_again({"STU-15 fall.txt": "STU-15", "STU-15 spring.txt": "STU-15"})["STU-15 spring.txt"]
    'STU-15 fall.txt'
    >>> heard_again({"Group 15 a.txt": "P1", "Group 15 b.txt": "P1"})
    {}
    """
    found: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path in sorted(alone):
        if key := _coded(path, alone[path]):
            found[key].append(path)
    again: dict[str, str] = {}
    for paths in found.values():
        labels = [alone[path] for path in paths]
        names = {base_key(x) for x in labels if not (is_generic(x) or _is_code(x))}
        if len(paths) > 1 and len(names) < 2 and not any(map(is_full_name, labels)):
            again |= dict.fromkeys(paths, paths[0])
    return again


def _coded(path: str, label: str) -> tuple[str, ...]:
    """Return what a person's code, folder and kind are, nothing where the name has no code."""
    file = PurePosixPath(path)
    found = _CODE.fullmatch(file.stem)
    rest = (found["rest"] or "") if found else ""
    if not found or _A_YEAR.fullmatch(found["n"]) or _MORE_CODES.match(rest):
        return ()
    code = f"{found['letters']}{int(found['n'])}".casefold()
    is_sure = len(found["n"]) > 1 or _is_code(label) == code
    role = role_in(rest.replace("_", " ")) or ""
    folder = [part for part in file.parts[:-1] if not _A_TIME.fullmatch(part)]
    return ("/".join(folder), code, role.replace("student", "")) if is_sure else ()


def _is_code(label: str) -> str:
    """Return a label that is a code without its signs, nothing for another."""
    found = _CODE.fullmatch(label.strip())
    return f"{found['letters']}{int(found['n'])}".casefold() if found else ""


def told_of_again(again: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """Say once which files hold the same person, by their first ones."""
    firsts = sorted(set(again.values()))
    if firsts:
        more = f" and {len(firsts) - _SHOWN} more" if len(firsts) > _SHOWN else ""
        people = (
            "1 person counts" if len(firsts) == 1 else f"{len(firsts)} people count"
        )
        yield {
            "path": firsts[0],
            "problem": f"{people} once, whose code stands at the head of several files' names: "
            f"{', '.join(PurePosixPath(first).stem for first in firsts[:_SHOWN])}{more}",
            "advice": "if they are different people, give them different codes, or say who they "
            "are in the list of people",
        }


def called_alike(heard: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, object]]:
    """Say in which two files several people are called alike and count as others.

    One meeting is recorded, typed and exported in several ways: `jamal w` of a caption
    may be `Jamal Whitfield` of a document.

    Parameters
    ----------
    heard
        Path -> label of each who is heard there -> who that is.
    """
    alike: dict[tuple[str, str], set[str]] = defaultdict(set)
    for first, found in _by_first_name(heard).items():
        for (path, one), (later, other) in combinations(found[:_MOST_ALIKE], 2):
            is_apart = path != later and heard[path][one] != heard[later][other]
            if is_apart and _may_be_one(one, other):
                alike[path, later].add(first)
    for (path, later), firsts in sorted(alike.items()):
        fewer = min(len(heard[path]), len(heard[later]))
        if len(firsts) >= _FEWEST_ALIKE and 2 * len(firsts) >= fewer:
            yield {
                "path": later,
                "problem": f"{len(firsts)} people are called much like people of {path}, and "
                "count as others",
                "advice": f"if the files hold one meeting, {SHEET_ADVICE}",
            }


_FEWEST_ALIKE, _MOST_ALIKE = 3, 20


def _by_first_name(
    heard: Mapping[str, Mapping[str, str]],
) -> dict[str, list[tuple[str, str]]]:
    named: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path in sorted(heard):
        for label in heard[path]:
            if not is_generic(label) and (parts := called(label).parts):
                named[parts[0]].append((path, label))
    return named


def _may_be_one(one: str, other: str) -> bool:
    """Return whether a label is a full name that the other is, or shortens."""
    pairs = ((one, other), (other, one))
    return any(
        is_full_name(full) and fit(called(short), full_name(full)) > Fit.GUESS
        for short, full in pairs
    )
