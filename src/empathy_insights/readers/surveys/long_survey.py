"""Surveys of a row an answer, under heads that say person, question and answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from empathy_insights.corpus import how_many
from empathy_insights.errors import TranscriptError
from empathy_insights.files.table import Table, table_of
from empathy_insights.files.text_files import Row
from empathy_insights.lexicon import (
    ANSWER,
    PERSON,
    QUESTION,
    SPEAKER,
    WORDS,
    fold_head,
    place_of,
    says_no_answer,
)
from empathy_insights.readers.dialog.stamps import is_data
from empathy_insights.readers.surveys.respondents import names_people
from empathy_insights.readers.surveys.row_notes import are_roles, noted_columns
from empathy_insights.readers.surveys.survey_columns import OWN_WORDS, is_open
from empathy_insights.readers.surveys.survey_heads import (
    IS_SURE_ID,
    attribute_name,
    is_of_others,
    odd_pieces,
)
from empathy_insights.readers.transcript import (
    Piece,
    Remark,
    Source,
    Transcript,
    compose,
)

_FEW_WORDS, _SOME_WORDS = 2, 4
_FILLED, _TORN = 0.75, 0.1  # of the rows of people; of people with several rows
_IS_PERSON = re.compile(
    r"(?:.*[\W_])?(?:e-?mail(?:[\W_]*address)?|(?:response|submission|session)[\W_]*id|"
    r"(?:participant|person|student|pseudonym|respondent|user|name|code)"
    r"(?:[\W_]*(?:id|no|nr|number|name|code))?)"
    r"(?:\s*[^\w\s].*|\s+(?:of|or|and|if|optional|first|who)\b.*)?",  # no `Student Grade`
    re.IGNORECASE,
)

CLOSED = (
    f"no column of the table holds answers in people's own words; add ({OWN_WORDS}) to the head "
    "of one that does, leave the file out, or name its columns speaker and text if it holds turns"
)
_NOBODY_SAID = Remark(
    "no column says who gave an answer, so its words count by document and not by people",
    "add a column 'participant' with a name or number for each person",
)


@dataclass(frozen=True, slots=True)
class LongColumns:
    """Name the places of question and answer in a row."""

    question: int
    answer: int


def long_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]] = ()
) -> LongColumns | None:
    """Return where questions and answers are, or None where the heads do not say so.

    Where a column is of speakers and one of what they say, a question beside them is
    about the turn. Notes are answers where they are the only prose of the rows.

    Examples
    --------
    >>> long_columns(["Participant", "Question", "Answer"])
    LongColumns(question=1, answer=2)
    """
    heads = list(map(fold_head, header))
    asked, said = place_of(heads, QUESTION), place_of(heads, WORDS)
    answered = place_of(heads, ANSWER)
    is_talk = place_of(heads, SPEAKER) is not None and said is not None
    answered = said if answered is None else answered
    if is_talk:
        return None
    if asked is None or answered is None:
        noted = noted_columns(header, rows)
        return LongColumns(*noted) if noted else None
    return LongColumns(asked, answered)


def read_long(source: Source, sheet: Table, columns: LongColumns) -> Transcript:
    """Read a row an answer: who, to what question, and the answer.

    Raises
    ------
    TranscriptError
        No question was answered in people's own words.
    """
    by_place = list(zip(*sheet.rows, strict=True))
    asked, said = carried(by_place[columns.question]), list(by_place[columns.answer])
    place = person_column(sheet, columns)
    labels = by_round(asked) if place is None else called(by_place[place])
    used = (columns.question, columns.answer, place)
    further = {
        _fact(head, by_place[n]): list(map(str.strip, by_place[n]))
        for n, head in enumerate(sheet.header)
        if n not in used
    }
    people, torn = facts_of_people(further, labels), [*torn_facts(further, labels)]
    closed = closed_questions(asked, said)
    for question, label, answer in zip(asked, labels, said, strict=True):
        if question in closed and label and answer.strip():
            people[label].setdefault(attribute_name(question), answer.strip())
    kept = [n for n, question in enumerate(asked) if question not in closed]
    if not kept:
        raise TranscriptError(CLOSED, path=source.path)
    said, labels, asked = (
        [values[n] for n in kept] for values in (said, labels, asked)
    )
    lines = [sheet.lines[n] for n in kept]
    pieces = answer_pieces(said, labels, asked, lines)
    text, turns, remarks = compose([*pieces, *odd_pieces(sheet)])
    remarks = (*sheet.remarks, *remarks, *unread(further, people, labels), *torn)
    ids = "" if place is None else names_people([sheet.header[place]])
    return Transcript(
        source.path, "survey", text, turns, remarks, people=people, ids=ids
    )


def unread(
    further: Mapping[str, Sequence[str]],
    people: Mapping[str, Mapping[str, str]],
    labels: Sequence[str],
) -> Iterator[Remark]:
    """Say which columns describe nobody, and where nobody is named."""
    told = {head for facts in people.values() for head in facts}
    lost = [
        repr(head)
        for head, values in further.items()
        if any(values) and head not in told
    ]
    if lost:
        yield Remark(
            f"columns that tell answers apart, and not people, were not read: {len(lost)}",
            "put what describes people into the participants table",
        )
    if not any(labels):
        yield _NOBODY_SAID
    elif n := labels.count(""):
        yield Remark(
            f"nobody is named beside {how_many(n, 'answer')}, so what they say counts by "
            "document and not by people",
            "write beside each who gave it",
        )


def _fact(head: str, values: Sequence[str]) -> str:
    is_who = fold_head(head) in SPEAKER and are_roles(values)
    return "role" if is_who else attribute_name(head)


def person_column(sheet: Table, columns: LongColumns) -> int | None:
    """Return the column that a head says is of people, by its name or as an id.

    One of roles gives way to any other: there are several moms where two rows of `mom`
    answer the same.
    """
    heads = list(map(fold_head, sheet.header))
    named = [heads.index(name) for name in (*SPEAKER, *PERSON) if name in heads]
    ids = [
        n
        for n, head in enumerate(sheet.header)
        if not is_of_others(head)
        and (_IS_PERSON.fullmatch(head.strip()) or IS_SURE_ID.fullmatch(head.strip()))
    ]
    found = [n for n in (*named, *ids) if n not in (columns.question, columns.answer)]
    by_place = list(zip(*sheet.rows, strict=True))
    sure = [n for n in found if not are_roles(by_place[n])]
    if not found or found[0] in sure:
        return next(iter(found), None)
    if sure:
        return sure[0]
    answered = Counter(
        zip(
            called(by_place[found[0]]), carried(by_place[columns.question]), strict=True
        )
    )
    return found[0] if max(answered.values()) == 1 else None


def called(values: Sequence[str]) -> list[str]:
    """Return who each row is about; addresses are told apart and not repeated."""
    filled = carried(values)
    if not any("@" in value for value in filled):
        return filled
    numbers = {value: n for n, value in enumerate(dict.fromkeys(filled), start=1)}
    return [str(numbers[value]) if value else "" for value in filled]


def carried(values: Sequence[str]) -> list[str]:
    """Carry on what stands once above empty cells, as merged cells are saved."""
    filled: list[str] = []
    for value in values:
        filled.append(value.strip() or (filled[-1] if filled else ""))
    return filled


def by_round(asked: Sequence[str]) -> list[str]:
    """Return who answers by how often the questions have come round, if they do.

    Examples
    --------
    >>> by_round(["What helps?", "Who?", "What helps?", "Who?"])
    ['1', '1', '2', '2']
    """
    rounds: list[list[str]] = [[]]
    for question in asked:
        if question in rounds[-1]:
            rounds.append([])
        rounds[-1].append(question)
    if any(a != b for a, b in pairwise(rounds)):
        return [""] * len(asked)
    return [str(n) for n, round_ in enumerate(rounds, start=1) for _ in round_]


def answer_pieces(
    said: Sequence[str],
    labels: Sequence[str],
    asked: Sequence[str],
    lines: Sequence[int | None],
) -> Iterator[Piece]:
    """Yield each question, as context, and the answers to it."""
    rows: dict[str, list[int]] = {question: [] for question in asked}
    for row, question in enumerate(asked):
        rows[question].append(row)
    for n, (question, answered) in enumerate(rows.items(), start=1):
        question_id = f"q{n:02d}" if question else None
        first = lines[answered[0]]
        yield Piece(question, line=first, question_id=question_id, is_prompt=True)
        for row in answered:
            label = labels[row] or None
            who = None if says_no_answer(said[row]) else label
            yield Piece(said[row], who, lines[row], question_id=question_id)


def asked_pieces(
    rows: Sequence[Row], line: int, columns: LongColumns
) -> Iterator[Piece]:
    """Yield the questions and answers of a table in a document, from its first line.

    Somebody answers, or several do in turn where the questions come round again; what
    stands in further cells, such as notes of whoever asked, is kept outside the answers.
    """
    sheet = table_of(list(enumerate(rows, start=line)))
    place = person_column(sheet, columns)
    asked = carried([row[columns.question] for row in sheet.rows])
    rounds = by_round(asked)
    labels = (
        [f"Answer {n}".strip() if len(set(rounds)) > 1 else "Answer" for n in rounds]
        if place is None
        else called([row[place] for row in sheet.rows])
    )
    yield Piece(" | ".join(sheet.header), line=line, outside="the head of a table is")
    said = [row[columns.answer] for row in sheet.rows]
    for piece in answer_pieces(said, labels, asked, sheet.lines):
        yield replace(
            piece, question_id=None
        )  # numbered by their wording, as in a talk
    used = {columns.question, columns.answer, place}
    for row, number in zip(sheet.rows, sheet.lines, strict=True):
        further = [cell for n, cell in enumerate(row) if n not in used and cell.strip()]
        yield Piece(
            " | ".join(further), line=number, outside="a further cell of a table is"
        )
    yield from odd_pieces(sheet)


def facts_of_people(
    columns: Mapping[str, Sequence[str]],
    labels: Sequence[str],
    always: frozenset[str] = frozenset(),
) -> dict[str, dict[str, str]]:
    """Describe each person by the columns that say the same in all rows of a person.

    A cell that is empty says nothing, as long as few are. Where few people have several
    values (`torn_facts`), they have none; the others keep theirs.

    Parameters
    ----------
    columns
        Head -> a value a row.
    labels
        Who a row is about; empty where nobody knows.
    always
        Heads that describe people whatever stands under them: what is said first.
    """
    people: dict[str, dict[str, str]] = {label: {} for label in labels if label}
    for head, values in columns.items():
        told = _values_of_people(values, labels)
        if head not in always and not _describe(told, Counter(labels)):
            continue
        for label, said in told.items():
            if head in always or len(set(said)) == 1:
                people[label][head] = said[0]
    return people


def torn_facts(
    columns: Mapping[str, Sequence[str]],
    labels: Sequence[str],
    always: frozenset[str] = frozenset(),
) -> Iterator[Remark]:
    """Say of which columns that describe people somebody has several values."""
    for head, values in columns.items():
        told = _values_of_people(values, labels)
        n = sum(len(set(said)) > 1 for said in told.values())
        if n and (head in always or _describe(told, Counter(labels))):
            who = "1 person has" if n == 1 else f"{n} people have"
            counts = "the first counts" if head in always else "none counts"
            yield Remark(
                f"{who} several values under {head!r}, of which {counts}",
                "write the same in all rows of a person",
            )


def _values_of_people(
    values: Sequence[str], labels: Sequence[str]
) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for label, value in zip(labels, values, strict=True):
        if label and value:
            told.setdefault(label, []).append(value)
    return told


def _describe(told: Mapping[str, Sequence[str]], rows: Mapping[str, int]) -> bool:
    """Return whether values tell of people: nearly all rows have them, and they agree."""
    filled = sum(map(len, told.values()))
    several = [said for said in told.values() if len(said) > 1]
    torn = sum(len(set(said)) > 1 for said in several)
    return filled >= _FILLED * sum(
        rows[label] for label in told
    ) and torn <= _TORN * len(several)


def closed_questions(asked: Sequence[str], said: Sequence[str]) -> frozenset[str]:
    """Return the questions that were answered by numbers, dates or a choice of words."""
    closed = set()
    answers: dict[str, list[str]] = {question: [] for question in asked}
    for question, answer in zip(asked, said, strict=True):
        if answer.strip() and not is_data(answer):
            answers[question].append(answer.strip().casefold())
    for question, told in answers.items():
        if is_open(question, told):
            continue
        repeats = len(set(told)) < len(told)
        longest = max((len(answer.split()) for answer in told), default=0)
        if longest < _FEW_WORDS or (repeats and longest < _SOME_WORDS):
            closed.add(question)
    return frozenset(closed)
