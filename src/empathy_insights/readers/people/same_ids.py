"""Surveys that tell their people apart by the same ids: who is in two is one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from empathy_insights.corpus import how_many
from empathy_insights.readers.people.clues import role_told
from empathy_insights.readers.people.id_forms import are_counted, holds_ids, id_key
from empathy_insights.readers.transcript import (
    OF_ONE_FILE,
    Document,
    Transcript,
    speakers,
    words,
)

Row = dict[str, object]
_MOSTLY = 0.5  # of the questions of the shorter survey


class _Survey(NamedTuple):
    """Hold what tells whether a survey has the people of another."""

    path: str
    file: Path
    table: str
    ids: str
    keys: set[str]
    are_counted: bool
    role: str
    asked: set[str]


def same_ids(documents: Sequence[Document]) -> dict[str, str]:
    """Return the path of each survey whose ids others have -> the first of these.

    Rounds of one file are always such. Files are, if their ids stand under the same head,
    they ask mostly the same of people in the same role, and nobody just counted the rows.
    """
    told = [_survey(one) for one in documents if one.transcript.ids]
    first = {one.path: one.path for one in told}
    for before, after in combinations(told, 2):
        old, new = first[after.path], first[before.path]
        if old != new and _are_same(before, after):
            first = {path: new if one == old else one for path, one in first.items()}
    shared = [one for path, one in first.items() if one != path]
    return {path: one for path, one in first.items() if one in shared}


def _survey(document: Document) -> _Survey:
    survey = document.transcript
    asked = (words(survey, turn) for turn in survey.turns if turn.is_prompt)
    return _Survey(
        document.path,
        survey.path,
        _table(document),
        survey.ids,
        _keys(survey),
        are_counted(survey),
        role_told(document.path, survey),
        {" ".join(said.casefold().split()) for said in asked},
    )


def _are_same(one: _Survey, other: _Survey) -> bool:
    if one.ids != other.ids:
        return False
    if one.ids == OF_ONE_FILE:
        return one.file == other.file and one.table == other.table
    return (
        bool(one.keys & other.keys)
        and not (one.are_counted or other.are_counted)
        and one.role == other.role
        and _ask_the_same(one.asked, other.asked)
    )


def _table(document: Document) -> str:
    """Return the path of what holds a round, or rows without one: the file, or its sheet."""
    told = document.transcript.facts.get("round", "").replace("/", "-")
    return document.path.removesuffix(f"/{told}")


def _keys(survey: Transcript) -> set[str]:
    return {id_key(label) for label in (*speakers(survey), *survey.people)}


def _ask_the_same(one: set[str], other: set[str]) -> bool:
    return len(one & other) >= _MOSTLY * min(len(one), len(other))


def told_of_same_ids(
    documents: Sequence[Document],
    first: Mapping[str, str],
    people: Mapping[tuple[str, str], str],
) -> Iterator[Row]:
    """Say which files share people by their ids, and which share the ids only.

    Parameters
    ----------
    people
        (document_id, label) -> participant_id.
    """
    yield from _told_apart(documents, people)
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


def _told_apart(
    documents: Sequence[Document], people: Mapping[tuple[str, str], str]
) -> Iterator[Row]:
    """Say of each survey how many of its ids are somebody else's in another."""
    surveys = [one for one in documents if holds_ids(one.transcript)]
    told: set[str] = set()
    for before, after in combinations(surveys, 2):
        ids = [before.transcript.ids, after.transcript.ids]
        if after.path in told or not all(ids) or ids[0] != ids[1] or OF_ONE_FILE in ids:
            continue
        one, other = (_who(document, people) for document in (before, after))
        n = sum(one[key] != other[key] for key in one.keys() & other.keys())
        if n and not (are_counted(before.transcript) or are_counted(after.transcript)):
            told.add(after.path)
            yield {
                "path": after.path,
                "problem": f"{'1 id stands' if n == 1 else f'{n} ids stand'} in {before.path}, too, "
                f"and {'counts as another person' if n == 1 else 'count as other people'}, "
                "since the two ask other things or others",
                "advice": "if they are the same people, pass a list of people with these ids "
                "as participants",
            }


def _who(document: Document, people: Mapping[tuple[str, str], str]) -> dict[str, str]:
    name = document.document_id
    return {
        id_key(label): people[name, label]
        for label in document.transcript.people
        if (name, label) in people
    }
