"""A survey that was exported twice: who answered before the first counts once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from empathy_insights.corpus import how_many
from empathy_insights.files.table import Table
from empathy_insights.readers.copies import Read, Row
from empathy_insights.readers.transcript import Remark, Transcript

Answers = frozenset[tuple[str, str]]

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
    sent = {path: _sent(told) for path, told in read if told.kind == "survey"}
    holders: dict[Answers, list[str]] = defaultdict(list)
    left: list[Row] = []
    shared: list[Row] = []
    for path in sorted(sent, key=lambda one: (-len(sent[one]), one)):
        counts = Counter(other for one in sent[path] for other in holders[one])
        other, n = max(counts.items(), key=lambda both: both[1], default=("", 0))
        if n >= max(_FEWEST, _NEARLY_ALL * len(sent[path])):
            left.append(_left_out(path, other))
            continue
        if n >= _FEWEST:
            shared.append(_shared(path, other, n))
        for one in sent[path]:
            holders[one].append(path)
    gone = {row["path"] for row in left}
    return [one for one in read if one[0] not in gone], left, shared


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


def _sent(survey: Transcript) -> set[Answers]:
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
        frozenset(answers)
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


def _shared(path: str, other: str, n: int) -> Row:
    return {
        "path": path,
        "problem": f"{how_many(n, 'person', 'people')} answered word for word the same in "
        f"{other}, and count twice",
        "advice": "keep one export of each survey, or take their rows out of one",
    }
