"""A survey whose table holds several rounds: who answered twice is heard in each."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from empathy_insights.files.table import Table
from empathy_insights.readers.transcript import (
    OF_ONE_FILE,
    Piece,
    Transcript,
    Turn,
    compose,
    words,
)

_ROUND = re.compile(
    r"(?:(?:survey|interview|data)[\W_]*)?(?:round|wave|time[\W_]?point|cycle|administration|window|"
    r"(?:(?:school|academic|fiscal)[\W_]*)?year|sy|semester|trimester|quarter|term|season|"
    r"ciclo(?:[\W_]*escolar)?|semestre|a[ñn]o(?:[\W_]*escolar)?)"
    r"(?:[\W_]*(?:no|nr|number|name|id))?",
    re.IGNORECASE,
)
_ADDED = re.compile(r"(?<=\d)(?<!\.\d)\.0$|(?<=\d) 00:00:00$")
_MOST, _LONGEST = 24, 40  # rounds; letters of a name of one


def is_of_rounds(head: str) -> bool:
    """Return whether a head says when in a study an answer was given.

    Examples
    --------
    >>> is_of_rounds("Survey Wave"), is_of_rounds("Which round was best?")
    (True, False)
    """
    return _ROUND.fullmatch(head.strip()) is not None


def round_name(cell: str) -> str:
    """Return what a round is called, without what pandas adds to numbers and days.

    Examples
    --------
    >>> round_name("2023.0"), round_name("2023-10-01 00:00:00"), round_name("Fall  2.5")
    ('2023', '2023-10-01', 'Fall 2.5')
    """
    return _ADDED.sub("", " ".join(cell.split()))


def several_rounds(rounds: Sequence[str], labels: Sequence[str]) -> list[str]:
    """Return the rounds, by first appearance, if somebody is heard in two; else none."""
    told: dict[str, set[str]] = defaultdict(set)
    for label, one in zip(labels, rounds, strict=True):
        told[label].add(one)
    told.pop("", None)
    names = list(dict.fromkeys(rounds))
    is_short = len(names) <= _MOST and all(len(name) <= _LONGEST for name in names)
    comes_again = any(len(found - {""}) > 1 for found in told.values())
    return names if is_short and comes_again else []


def in_rounds(
    name: str, survey: Transcript, sheet: Table
) -> list[tuple[str, Transcript]]:
    """Return what was answered in each round with its name, or all where nobody is in two.

    A round is a document of its own, since tables by round go by documents. What stands
    outside the answers, and who gave none, is the first one's.

    Parameters
    ----------
    name
        What the table is called, if it is one of several.
    """
    heads = [n for n, head in enumerate(sheet.header) if is_of_rounds(head)]
    if survey.kind != "survey" or len(heads) != 1:
        return [(name, survey)]
    by_line = {
        line: round_name(row[heads[0]])
        for line, row in zip(sheet.lines, sheet.rows, strict=True)
    }
    said = [turn for turn in survey.turns if turn.speaker and turn.line in by_line]
    rounds = [by_line[turn.line or 0] for turn in said]
    names = several_rounds(rounds, [turn.speaker or "" for turn in said])
    told = sheet.header[heads[0]].casefold()
    return [
        (
            "/".join(filter(None, (name, one.replace("/", "-")))),
            _of_round(survey, one, by_line, told, is_first=n == 0),
        )
        for n, one in enumerate(names)
    ] or [(name, survey)]


def _of_round(
    survey: Transcript,
    name: str,
    by_line: Mapping[int, str],
    head: str,
    *,
    is_first: bool,
) -> Transcript:
    everybody = {turn.speaker for turn in survey.turns}
    kept = [
        turn
        for turn in survey.turns
        if turn.is_prompt or by_line.get(turn.line or 0, name) == name
    ]
    asked = {turn.question_id for turn in kept if not turn.is_prompt}
    kept = [turn for turn in kept if turn.question_id in asked]
    placed = [r for r in survey.remarks if is_first and r.start is not None]
    beside = [
        Piece(
            survey.text[r.start : r.end],
            line=r.line,
            outside=r.problem.split(" not part")[0],
        )
        for r in placed
    ]
    text, turns, more = compose([*map(partial(_piece, survey), kept), *beside])
    heard = {turn.speaker for turn in turns}
    people = {
        label: {said: fact for said, fact in facts.items() if said.casefold() != head}
        for label, facts in survey.people.items()
        if label in heard or (is_first and label not in everybody)
    }
    remarks = [r for r in survey.remarks if is_first and r.start is None]
    return replace(
        survey,
        text=text,
        turns=turns,
        remarks=(*remarks, *more),
        people=people,
        facts=dict(survey.facts) | ({"round": name} if name else {}),
        ids=OF_ONE_FILE,
    )


def _piece(survey: Transcript, turn: Turn) -> Piece:
    return Piece(
        words(survey, turn),
        turn.speaker,
        turn.line,
        question_id=turn.question_id,
        is_prompt=turn.is_prompt,
    )
