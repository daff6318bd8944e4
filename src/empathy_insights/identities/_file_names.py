"""People by name in the names of files and folders, whom their talk may call by half of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import PurePosixPath

from empathy_insights.identities._label_names import (
    is_known_name,
    is_part_in_talk,
)
from empathy_insights.identities._name_forms import parts_of
from empathy_insights.identities._unknown_words import is_unknown
from empathy_insights.identities._vocabulary import (
    LOWER_TITLES,
    MONTHS,
    folded,
    given_names_that_are_words,
    is_common_word,
    names_that_are_words,
    surnames,
    word_set,
)

_LETTERS = r"(?:[^\W\d_][\u0300-\u036f]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:['’](?!s\b){_LETTERS})?")
_JOINS = re.compile(r"[ _.,'’]{1,2}|-")
_SHORTEST, _SHORTEST_SMALL = 3, 4  # letters of a name by itself
_OF_PLACES = word_set(
    "academy campus charter city class county department dept district elem elementary "
    "es high hs isd library middle ms park primary school schools st street usd"
)
_BEFORE_PLACES = word_set("at from in near of")


@dataclass(frozen=True, slots=True)
class NameInPath:
    """Hold a name as a path writes it, and whether it can be nothing else."""

    name: str
    is_sure: bool


@lru_cache(maxsize=65536)
def names_in_path(path: str) -> tuple[NameInPath, ...]:
    """Return the names of people in a path, each as far as it goes on.

    Examples
    --------
    >>> [one.name for one in names_in_path("Fall/Maya_Okonkwo_2024-03-01.docx")]
    ['Maya Okonkwo']
    >>> names_in_path("r1_alder_student_01.txt"), names_in_path("Lincoln HS survey.csv")
    ((), ())
    """
    parts = PurePosixPath(path)
    return tuple(
        found for part in (*parts.parent.parts, parts.stem) for found in _names_in(part)
    )


def _names_in(part: str) -> Iterator[NameInPath]:
    words = [one for one in _WORD.finditer(part) if not _is_counted(part, one)]
    kinds = [_kind(word[0]) for word in words]
    for at, (before, word) in enumerate(pairwise(words), start=1):
        is_titled = before[0].lower() in LOWER_TITLES and not before[0].isupper()
        if is_titled and word[0][:1].isupper() and _are_joined(part, words, at):
            kinds[at] = "sure"
    _mark_surnames(part, words, kinds)
    _mark_rows(part, words, kinds)
    taken = 0
    for at, kind in enumerate(kinds):
        is_place = at > 0 and words[at - 1][0].lower() in _BEFORE_PLACES
        if at < taken or is_place or kind not in ("sure", "maybe"):
            continue
        first, last = _run(part, words, kinds, at)
        taken = last + 1
        run = [word[0] for word in words[first : last + 1]]
        after = words[last + 1][0].lower() if last + 1 < len(words) else ""
        if after not in _OF_PLACES and any(len(word) > 1 for word in run):
            yield NameInPath(" ".join(run), "sure" in kinds[first : last + 1])


def _mark_surnames(part: str, words: Sequence[re.Match[str]], kinds: list[str]) -> None:
    """Take a word with a capital that ends a name as a surname: `Otis_Brindle.txt`."""
    if len(words) != 2 or kinds[0] not in ("sure", "maybe") or kinds[1]:
        return
    word, low = words[1][0], folded(words[1][0]).lower()
    is_written_as_name = word[:1].isupper() and not word.isupper()
    is_other = low in _OF_FILES or low in _OF_PLACES or is_part_in_talk(low)
    if is_written_as_name and not is_other and _are_joined(part, words, 1):
        kinds[1] = "with"


# What else stands behind a name in that of a file.
_OF_FILES = MONTHS | word_set(
    "advisory afternoon again algebra anonymized anonymous answers art audio auto autumn band biology "
    "call captions chat chemistry chorus civics class clean cleaned combined complete consent conversation "
    "copy corrected day debrief deidentified discussion doc document draft drama edit edited ela empathy "
    "english export fall family father feedback field file final first focus followup form french full "
    "geometry german grade grades group gym half health history homeroom initial interview interviews "
    "journal kindergarten last later latin link listening log lunch math maths memo merged mom morning "
    "mother music name new note notes numbers observation old open original otter part party pdf period "
    "physics pilot post practice pre private prompts question questions raw read reading record recorder "
    "recording redacted reflection response responses retake review revised round rough routine save saved "
    "science scan script second session shadow short sophomore freshman junior senior spanish spring "
    "staff story student study summary summer survey talk tape teacher team text third time timestamps "
    "transcribed transcript transcription translated translation typed unedited update updated verbatim "
    "version video visit voice walk walkthrough whisper winter word writing written year zoom"
)


def _mark_rows(part: str, words: Sequence[re.Match[str]], kinds: list[str]) -> None:
    """Take a word that may be a name as one beside another: `Tad & Pearl`, `Ivy_Rose`."""
    for at, (before, word) in enumerate(pairwise(words)):
        after, other = at + 1, word
        between = part[before.end() : word.start()].strip()
        if word[0].lower() in _AND and after + 1 < len(words):
            after, other = after + 1, words[after + 1]
            between = "&"
        both = kinds[at], kinds[after]
        may_be = all(map(_is_given_word, (before[0], other[0])))
        in_a_row = between in _IN_A_ROW and "" not in both
        is_one = in_a_row and bool({"sure", "maybe"} & {*both})
        if is_one or (may_be and (in_a_row or between in ("_", ""))):
            kinds[at] = kinds[after] = "sure"


def _is_counted(part: str, word: re.Match[str]) -> bool:
    """Recognise the letters of `1st`."""
    return word.start() > 0 and part[word.start() - 1].isdecimal()


def _is_given_word(word: str) -> bool:
    name = folded(word)
    return name in given_names_that_are_words() and name.lower() not in _SEASONS


_AND = word_set("and y n und et")
_IN_A_ROW = ("&", "+", ",", "/")
_SEASONS = MONTHS | word_set("spring summer autumn winter")


def _run(
    part: str, words: Sequence[re.Match[str]], kinds: Sequence[str], at: int
) -> tuple[int, int]:
    """Return the first and the last word of a name: also words that may go on with one."""
    first = last = at
    while first and kinds[first - 1] and _are_joined(part, words, first):
        first -= 1
    while (
        last + 1 < len(words) and kinds[last + 1] and _are_joined(part, words, last + 1)
    ):
        last += 1
    return first, last


def _are_joined(part: str, words: Sequence[re.Match[str]], at: int) -> bool:
    between = part[words[at - 1].end() : words[at].start()]
    return _JOINS.fullmatch(between) is not None


def _kind(word: str) -> str:
    """Return whether a word is a name, may be one, goes on with one, or is none."""
    word = folded(word)
    low = word.lower()
    if is_part_in_talk(low) or low in _OF_PLACES or low in LOWER_TITLES:
        return ""
    if _is_initialled(low):
        return "sure"
    is_small = word.islower()
    if len(word) > 1 and is_known_name(word.title()):
        return "with" if is_small and len(word) < _SHORTEST_SMALL else "sure"
    is_written_as_name = word[:1].isupper() and not word.isupper()
    if len(word) >= _SHORTEST and is_unknown(low):
        goes_on = is_small and len(word) >= _SHORTEST_SMALL
        return "maybe" if is_written_as_name else "with" if goes_on else ""
    is_also_word = (
        low in names_that_are_words()
        or low in given_names_that_are_words()
        or word.title() in surnames()
    )
    is_initial = len(word) == 1 and word.isupper()
    return "with" if is_initial or (is_also_word and not is_small) else ""


def _is_initialled(low: str) -> bool:
    """Recognise an initial before a surname, as accounts are called: `tnguyen`, `jsmith`."""
    surname = low[1:]
    if len(surname) < _SHORTEST_GLUED or surname.title() not in surnames():
        return False
    is_one = surname in _OFTEN or not is_common_word(surname)
    return is_one and is_unknown(low)


_SHORTEST_GLUED = 5  # letters of a surname behind an initial
_OFTEN = word_set(
    "baker brown carter clark cooper fisher green harris lewis martin miller parker smith taylor "
    "turner walker white woods wright young"
)


def people_in_paths(
    paths: Mapping[str, str],
    heard: Mapping[str, Mapping[str, Sequence[str]]],
    listed: Mapping[str, Sequence[str]],
) -> dict[str, list[str]]:
    """Return who is named in the paths -> the names there; people of no talk by their name.

    Parameters
    ----------
    paths
        Document -> its path.
    heard
        Document -> key of each person who speaks in it -> how they are called there.
    listed
        Key of each person who is known -> how they are called.
    """
    by_part: dict[str, set[str]] = defaultdict(set)
    for who, some in listed.items():
        for part in {part for name in some for part in parts_of(name)}:
            by_part[part].add(who)
    found: dict[str, list[str]] = defaultdict(list)
    for document, path in sorted(paths.items()):
        names, there = names_in_path(path), heard.get(document, {})
        for one in names:
            parts = parts_of(one.name)
            whole = set[str].intersection(*(by_part.get(part, set()) for part in parts))
            who = _called(one.name, there) or "".join(whole if len(whole) == 1 else ())
            who = who or _alone(there, names)
            if who or one.is_sure:
                found[who or f"file:{' '.join(parts)}"].append(one.name)
    return dict(found)


def _called(name: str, there: Mapping[str, Sequence[str]]) -> str:
    """Return who of a talk has a part of this name."""
    parts = set(parts_of(name))
    own = [
        k for k, labels in there.items() if any(parts & {*parts_of(x)} for x in labels)
    ]
    return own[0] if len(own) == 1 else ""


def _alone(there: Mapping[str, Sequence[str]], names: Sequence[NameInPath]) -> str:
    """Return the one participant of a talk, who has no name in it."""
    taking = [who for who in there if who.startswith("participant:")]
    is_one = len(taking) == 1 and len(names) == 1 and not there[taking[0]]
    return taking[0] if is_one else ""
