"""Surveys that tell their people apart by the same ids: who is in two is one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from empathy_insights.corpus import how_many
from empathy_insights.labels import label_key
from empathy_insights.readers.people.clues import role_told
from empathy_insights.readers.transcript import (
    OF_ONE_FILE,
    Document,
    Transcript,
    speakers,
    words,
)

Row = dict[str, object]
_MOSTLY = 0.5  # of the questions of the shorter survey


def same_ids(documents: Sequence[Document]) -> dict[str, str]:
    """Return the path of each survey whose ids others have -> the first of these.

    Rounds of one file are always such. Files are, if their ids stand under the same head,
    they ask mostly the same of people in the same role, and nobody just counted the rows.
    """
    first = {one.path: one.path for one in documents if one.transcript.ids}
    told = [one for one in documents if one.path in first]
    for before, after in combinations(told, 2):
        if _are_same(before, after):
            old, new = first[after.path], first[before.path]
            first = {path: new if one == old else one for path, one in first.items()}
    shared = [one for path, one in first.items() if one != path]
    return {path: one for path, one in first.items() if one in shared}


def _are_same(before: Document, after: Document) -> bool:
    one, other = before.transcript, after.transcript
    if one.ids != other.ids:
        return False
    if one.ids == OF_ONE_FILE:
        return one.path == other.path and _table(before) == _table(after)
    return (
        bool(_keys(one) & _keys(other))
        and not (_are_counted(one) or _are_counted(other))
        and role_told(before.path, one) == role_told(after.path, other)
        and _ask_the_same(one, other)
    )


def _table(document: Document) -> str:
    """Return the path of what holds a round: the file, or the sheet in it."""
    return document.path.rpartition("/")[0]


def _keys(survey: Transcript) -> set[str]:
    return {label_key(label) for label in (*speakers(survey), *survey.people)}


def _are_counted(survey: Transcript) -> bool:
    """Return whether ids are 1, 2, 3, …, as those of rows are."""
    numbers = [label for label in survey.people if label.isdecimal()]
    return {int(n) for n in numbers} >= {*range(1, len(survey.people) + 1)}


def _ask_the_same(one: Transcript, other: Transcript) -> bool:
    asked = [
        {
            " ".join(words(t, turn).casefold().split())
            for turn in t.turns
            if turn.is_prompt
        }
        for t in (one, other)
    ]
    return len(asked[0] & asked[1]) >= _MOSTLY * min(map(len, asked))


def told_of_same_ids(
    documents: Sequence[Document], first: Mapping[str, str]
) -> Iterator[Row]:
    """Say which files share people by their ids."""
    by_path = {one.path: one.transcript for one in documents}
    for path, one in sorted(first.items()):
        n = len(_keys(by_path[path]) & _keys(by_path[one]))
        if path != one and n and by_path[path].ids != OF_ONE_FILE:
            yield {
                "path": path,
                "problem": f"{how_many(n, 'id')} stand in {one}, too, and count as the same "
                f"{'person' if n == 1 else 'people'}",
                "advice": "if they are others, give each person an id that nobody else has",
            }
