"""Surveys of a row an answer, under heads that say person, question and answer."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, slug
from empathy_insights.errors import TableError, TranscriptError
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
from empathy_insights.readers.assemble import assemble
from empathy_insights.readers.dialog.stamps import is_data
from empathy_insights.readers.people.facilitators import LISTED
from empathy_insights.readers.people.roster import Roster
from empathy_insights.readers.surveys.survey_columns import is_open
from empathy_insights.readers.surveys.survey_heads import (
    IS_SURE_ID,
    attribute_name,
    odd_pieces,
)
from empathy_insights.readers.transcript import (
    Document,
    Piece,
    Remark,
    Source,
    Transcript,
    compose,
)
from empathy_insights.roles import is_facilitator

_FEW_WORDS, _SOME_WORDS = 2, 4
_IS_PERSON = re.compile(
    r"(?:.*[\W_])?(?:e-?mail(?:[\W_]*address)?|(?:response|submission|session)[\W_]*id|"
    r"(?:participant|person|student|pseudonym|respondent|user|name|code)"
    r"(?:[\W_]*(?:id|no|nr|number|name|code))?)(?:\W.*)?",
    re.IGNORECASE,
)

CLOSED = (
    "no column of the table holds answers in people's own words; leave the "
    "file out, or name its columns speaker and text if it holds turns"
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


def long_columns(header: Sequence[str]) -> LongColumns | None:
    """Return where questions and answers are, or None where the heads do not say so.

    Where a column is of speakers and one of what they say, a question beside them is
    about the turn.

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
    if asked is None or answered is None or is_talk:
        return None
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
    place = person_column(sheet)
    labels = by_round(asked) if place is None else called(by_place[place])
    used = (columns.question, columns.answer, place)
    further = {
        attribute_name(head): list(map(str.strip, by_place[n]))
        for n, head in enumerate(sheet.header)
        if n not in used
    }
    people = facts_of_people(further, labels)
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
    remarks = (*sheet.remarks, *remarks, *_unread(further, people, labels))
    return Transcript(source.path, "survey", text, turns, remarks, people=people)


def _unread(
    further: Mapping[str, Sequence[str]],
    people: Mapping[str, Mapping[str, str]],
    labels: Sequence[str],
) -> Iterator[Remark]:
    told = {head for facts in people.values() for head in facts}
    lost = sum(any(values) and head not in told for head, values in further.items())
    if lost:
        yield Remark(
            f"columns that tell answers apart, and not people, were not read: {lost}",
            "put what describes people into the participants table",
        )
    if not all(labels):
        yield _NOBODY_SAID


def person_column(sheet: Table) -> int | None:
    """Return the column that a head says is of people, by its name or as an id."""
    heads = list(map(fold_head, sheet.header))
    place = place_of(heads, (*SPEAKER, *PERSON))
    if place is not None:
        return place
    ids = [
        n
        for n, head in enumerate(sheet.header)
        if _IS_PERSON.fullmatch(head.strip()) or IS_SURE_ID.fullmatch(head.strip())
    ]
    return ids[0] if ids else None


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
    place = person_column(sheet)
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
    """Describe each person by the columns that never differ within a person.

    Parameters
    ----------
    columns
        Head -> a value a row.
    labels
        Who a row is about; empty where nobody knows.
    always
        Heads that describe people whatever stands under them.
    """
    people: dict[str, dict[str, str]] = {label: {} for label in labels if label}
    for head, values in columns.items():
        cells = set(zip(labels, values, strict=True))
        differs = len(cells) > len({label for label, _ in cells})
        for label, value in zip(labels, values, strict=True):
            if label and value and (head in always or not differs):
                people[label].setdefault(head, value)
    return people


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


# Answers that are already in pandas, a row an answer, to a corpus.


@public
def corpus_from_frame(
    frame: pd.DataFrame,
    *,
    text: str,
    person: str | None = None,
    question: str | None = None,
    role: str | None = None,
    name: str = "survey",
) -> Corpus:
    """Build a corpus from answers in a table, a row an answer.

    Parameters
    ----------
    frame
        The answers. A column that is constant for each person describes the person.
    text
        The column with the words.
    person
        The column that tells people apart; each row is a person when it is None.
    question
        The column with the questions.
    role
        The column with the people's roles.
    name
        What to call the document.

    Raises
    ------
    TableError
        A named column is absent, or there is no answer.

    See Also
    --------
    read_corpus : Read files.

    Examples
    --------
    >>> answers = pd.DataFrame({"who": ["s1", "s2"], "grade": ["9", "10"],
    ...                         "said": ["My friends help.", "Nothing does."]})
    >>> corpus = corpus_from_frame(answers, text="said", person="who")
    >>> corpus.participants
      participant_id     role priority_group grade
    0     survey:p01  unknown            NaN     9
    1     survey:p02  unknown            NaN    10
    """
    columns = [c for c in (text, person, question, role) if c is not None]
    absent = [repr(c) for c in columns if c not in frame.columns]
    if absent:
        found = ", ".join(map(str, frame.columns))
        raise TableError(
            f"the answers lack {', '.join(absent)}; the columns are: {found}"
        )
    said = _texts(frame[text])
    if not any(said):
        raise TableError(f"the column {text!r} holds no answer")
    labels = _texts(frame[person]) if person else _numbers(len(frame))
    asked = _texts(frame[question]) if question else [""] * len(frame)
    people = _people(
        frame.drop(columns=[c for c in columns if c != role]), role, labels
    )
    written, turns, remarks = compose(
        answer_pieces(said, labels, asked, [None] * len(said))
    )
    transcript = Transcript(
        Path(name),
        "survey",
        written,
        turns,
        remarks,
        _facilitators(people),
        people,
        hashlib.sha256(written.encode()).hexdigest(),
    )
    return Corpus(**assemble([Document(slug(name), name, transcript)], Roster()))


def _texts(values: pd.Series) -> list[str]:
    return ["" if pd.isna(value) else str(value).strip() for value in values]


def _numbers(n: int) -> list[str]:
    return [str(number) for number in range(1, n + 1)]


def _people(
    frame: pd.DataFrame, role: str | None, labels: Sequence[str]
) -> dict[str, dict[str, str]]:
    columns = {
        "role" if column == role else attribute_name(str(column)): _texts(frame[column])
        for column in frame.columns
    }
    return facts_of_people(columns, labels, always=frozenset({"role"} if role else ()))


def _facilitators(people: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {
        label: LISTED
        for label, facts in people.items()
        if is_facilitator(facts.get("role", ""))
    }
