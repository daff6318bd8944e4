"""A survey that was exported twice: who answered before the first counts once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from empathy_insights.corpus import how_many
from empathy_insights.files.table import Table
from empathy_insights.labels import is_full_name
from empathy_insights.readers.copies import Read, Row
from empathy_insights.readers.people.id_forms import id_key
from empathy_insights.readers.transcript import Remark, Transcript

Answers = frozenset[tuple[str, str]]
_Who = tuple[str, str]
"""Path of a survey, and who in it."""

_FEWEST_WORDS = 8  # of one person, which nobody else would write by chance
_FEWEST = 3  # people
_NEARLY_ALL = 0.9


def without_earlier_exports(
    read: Sequence[Read],
) -> tuple[list[Read], list[Row], list[Row]]:
    """Keep the export that holds most people, and say which others were left out.

    Returns
    -------
    tuple
        What stays, why others do not, and which of those that stay share people.
    """
    surveys = {path: told for path, told in read if told.kind == "survey"}
    sent = {path: _sent(told) for path, told in surveys.items()}
    holders: dict[tuple[str, str], set[_Who]] = defaultdict(set)
    left: list[Row] = []
    shared: list[Row] = []
    for path in sorted(sent, key=lambda one: _least_first(sent[one], one)):
        found = {who: _holding(told, holders) for who, told in sent[path].items()}
        counts = Counter(o for there in found.values() for o in {o for o, _ in there})
        other, n = max(counts.items(), key=lambda both: both[1], default=("", 0))
        if n >= max(_FEWEST, _NEARLY_ALL * len(sent[path])):
            left.append(_left_out(path, other))
            continue
        if n >= _FEWEST:
            same = {who: {w for o, w in found[who] if o == other} for who in found}
            ids = surveys[path].ids if surveys[path].ids == surveys[other].ids else ""
            are_known = all(_is_known(who, w, ids) for who, w in same.items() if w)
            shared.append(_shared(path, other, n, are_known=are_known))
        for who, answers in sent[path].items():
            for one in answers:
                holders[one].add((path, who))
    gone = {row["path"] for row in left}
    return [one for one in read if one[0] not in gone], left, shared


def _least_first(sent: Mapping[str, Answers], path: str) -> tuple[int, int, str]:
    """Sort by how many people and how many answers of theirs a survey holds, the most first."""
    return -len(sent), -sum(map(len, sent.values())), path


def _holding(
    answers: Answers, holders: Mapping[tuple[str, str], set[_Who]]
) -> set[_Who]:
    """Return who gave all of somebody's answers, and perhaps others, in which survey."""
    return set.intersection(
        *sorted((holders.get(one, set()) for one in answers), key=len)
    )


def _is_known(who: str, others: Collection[str], ids: str) -> bool:
    """Return whether somebody counts once, being called the same by an id or a full name."""
    is_told = bool(ids) or is_full_name(who)
    return is_told and id_key(who) in set(map(id_key, others))


def without_repeated_rows(sheet: Table) -> Table:
    """Leave out rows that stand in a table twice, to the second at which they were sent."""
    seen: set[tuple[str, ...]] = set()
    kept: list[int] = []
    for n, row in enumerate(sheet.rows):
        if row in seen and any(_SECOND.search(cell) for cell in row):
            continue
        seen.add(row)
        kept.append(n)
    n_left = len(sheet.rows) - len(kept)
    if not n_left:
        return sheet
    remark = Remark(
        f"{how_many(n_left, 'row')} of the table stood there before, sent at the same second, "
        "and counted once",
        "look whether exports were put together, and take out what is double",
    )
    return replace(
        sheet,
        rows=tuple(sheet.rows[n] for n in kept),
        lines=tuple(sheet.lines[n] for n in kept),
        remarks=(*sheet.remarks, remark),
    )


_SECOND = re.compile(r"\d[-/.]\d{1,2}[-/.]\d{1,4}\D{1,3}\d{1,2}:\d\d:\d\d")


def _sent(survey: Transcript) -> dict[str, Answers]:
    """Return what each person answered to each question, where it is long enough to tell."""
    asked: dict[str | None, str] = {}
    said: dict[str | None, set[tuple[str, str]]] = defaultdict(set)
    for turn in survey.turns:
        words = " ".join(survey.text[turn.start : turn.end].split())
        if turn.is_prompt:
            asked[turn.question_id] = words
        else:
            said[turn.speaker].add((asked.get(turn.question_id, ""), words))
    return {
        who: frozenset(answers)
        for who, answers in said.items()
        if who is not None
        and sum(len(words.split()) for _, words in answers) >= _FEWEST_WORDS
    }


def _left_out(path: str, other: str) -> Row:
    return {
        "path": path,
        "problem": f"left out: {other} holds the same people's answers, word for word",
        "advice": "keep the last export of each survey in the folder",
    }


def _shared(path: str, other: str, n: int, *, are_known: bool) -> Row:
    counted = "their answers count" if are_known else "count"
    return {
        "path": path,
        "problem": f"{how_many(n, 'person', 'people')} answered word for word the same in "
        f"{other}, and {counted} twice",
        "advice": "keep one export of each survey, or take their rows out of one",
    }
