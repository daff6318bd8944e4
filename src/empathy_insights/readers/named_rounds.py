"""Rounds that the names of files say: `S01_fall.txt` and `S01_spring.txt`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from empathy_insights.readers.transcript import Remark, Transcript, speakers

# Kinds of rounds, of which a study has one.
_KINDS = (
    r"fall|autumn|winter|spring|summer|otoño|otono|invierno|primavera|verano",
    r"pre|post|baseline|mid[\s_-]?(?:year|line|point)|end[\s_-]?(?:line|of[\s_-]year)|follow[\s_-]?up",
    r"(?:wave|cycle|ronda|ola|time)[\s_-]?\d{1,2}",
)
# `Spring Hill Elementary`, `post office`, `pre-K`, `fall festival`.
_NO_ROUND = (
    r"(?![\s_-]*(?:hills?|valley|river|creek|lake|brook|fields?|street|st|grove|garden|gardens|branch|park|"
    r"city|town|ridge|view|wood|woods|elementary|middle|high|school|academy|office|offices|card|"
    r"k|kinder\w*|school\w*|calc\w*|algebra|service|op|break|festival|concert|sports?|camp)\b)"
)
_FOUND = [
    re.compile(
        rf"(?<![^\W_])(?P<word>{words}){_NO_ROUND}(?:[\s_-]?(?P<year>20\d\d))?(?![^\W\d_]|\d)",
        re.IGNORECASE,
    )
    for words in _KINDS
]
_NEARLY_ALL, _MOST = 0.9, 12


def with_rounds(read: Mapping[str, Transcript]) -> dict[str, Transcript]:
    """Add the rounds that the names of nearly all files or their folders say, two at least.

    Parameters
    ----------
    read
        Path -> what was read there; what it says itself of its round is left.
    """
    for found in _FOUND:
        rounds = {path: _round_of(path, found) for path in read}
        told = Counter(filter(None, rounds.values()))
        is_of_all = told.total() >= _NEARLY_ALL * len(read)
        if is_of_all and 1 < len(told) <= _MOST and not _are_people(told, read):
            return _added(read, rounds, list(told))
    return dict(read)


def _round_of(path: str, found: re.Pattern[str]) -> str:
    """Return the round that a name says, else the innermost folder that is called so."""
    *folders, last = PurePosixPath(path).parts
    name = last if "." in last else f"{last}."
    told = next(iter(found.finditer(PurePosixPath(name).stem)), None)
    for folder in reversed(folders):
        in_file = found.search(PurePosixPath(folder).stem) if "." in folder else None
        told = told or in_file or found.fullmatch(folder)
    if told is None:
        return ""
    word = re.sub(r"[\s_-]+|(?<=[a-z])(?=\d)", " ", told["word"].casefold())
    return " ".join(filter(None, (word, told["year"])))


def _are_people(told: Mapping[str, int], read: Mapping[str, Transcript]) -> bool:
    """Return whether somebody is called like a round, as Autumn and Summer are."""
    labels = {
        label.casefold()
        for transcript in read.values()
        for label in speakers(transcript)
    }
    return not labels.isdisjoint(told)


def _added(
    read: Mapping[str, Transcript], rounds: Mapping[str, str], told: list[str]
) -> dict[str, Transcript]:
    remark = Remark(
        f"the names of the files say in which round they are: {', '.join(sorted(told))}",
        "if they do not, write round: and what it is at the head of each file",
    )
    with_facts = {
        path: replace(one, facts={"round": rounds[path]} | dict(one.facts))
        if rounds[path]
        else one
        for path, one in read.items()
    }
    first = next(iter(with_facts))
    noted = with_facts[first]
    with_facts[first] = replace(noted, remarks=(*noted.remarks, remark))
    return with_facts
