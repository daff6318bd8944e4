"""Surveys: a row a respondent, a column a question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from empathy_insights.errors import TranscriptError
from empathy_insights.files.table import Table
from empathy_insights.labels import ASKS
from empathy_insights.lexicon import (
    ANSWER,
    NOTED,
    WORDS,
    fold_head,
    says_no_answer,
)
from empathy_insights.readers.captions.cues import NO_SPEAKER, passages_of
from empathy_insights.readers.dialog.notes import NO_SPEAKER as UNNAMED
from empathy_insights.readers.surveys.exports import without_repeated_rows
from empathy_insights.readers.surveys.grids import (
    Grid,
    grid_columns,
    grid_pieces,
    perhaps_a_grid,
    without_people,
)
from empathy_insights.readers.surveys.listeners import without_listeners
from empathy_insights.readers.surveys.long_survey import (
    CLOSED,
    long_columns,
    read_long,
)
from empathy_insights.readers.surveys.no_answers import (
    ITEMS,
    lists_items,
    what_else,
)
from empathy_insights.readers.surveys.posts import post_columns, read_posts
from empathy_insights.readers.surveys.refusals import (
    without_refusals,
    without_refusing_people,
)
from empathy_insights.readers.surveys.respondents import (
    names_people,
    respondent_columns,
    respondents_of,
    says_who,
)
from empathy_insights.readers.surveys.rounds import in_rounds
from empathy_insights.readers.surveys.row_notes import in_translation
from empathy_insights.readers.surveys.rows_told import differing, twice
from empathy_insights.readers.surveys.survey_columns import (
    asks_for_words,
    is_open,
    is_perhaps_open,
    open_at_best,
    other_of,
    role_column,
    taken_for_facts,
    taken_for_words,
)
from empathy_insights.readers.surveys.survey_heads import (
    attribute_name,
    odd_pieces,
    read_csv_sheet,
    read_workbook,
)
from empathy_insights.readers.surveys.tries import told_of_tries, without_tries
from empathy_insights.readers.surveys.turn_table import (
    TimedColumns,
    further_columns,
    is_turn_table,
    row_pieces,
    timed_columns,
    timed_cues,
    turn_columns,
)
from empathy_insights.readers.transcript import (
    Piece,
    Remark,
    Source,
    Transcript,
    compose,
)
from empathy_insights.roles import role_in, role_of

_SAID = frozenset((*WORDS, *ANSWER, *NOTED))
_NOTES = re.compile(r"(?:field ?)?notes?|observations?", re.IGNORECASE)


def read_csv(source: Source) -> Transcript:
    """Read a .csv: turns if it has a column of speakers, else a survey."""
    return _read(source, read_csv_sheet(source))


def read_excel(source: Source) -> Transcript:
    """Read the first sheet of a .xlsx that holds turns or answers.

    Raises
    ------
    TranscriptError
        No sheet does.
    """
    found = [read for _, read, _ in _each_sheet(source)]
    read = next((t for t in found if isinstance(t, Transcript)), found[0])
    if isinstance(read, TranscriptError):
        raise read
    if len(found) == 1:
        return read
    remark = Remark(
        f"only the first of {len(found)} sheets was read",
        "use read_corpus, which reads every sheet that holds turns or answers",
    )
    return replace(read, remarks=(remark, *read.remarks))


def read_csv_parts(source: Source) -> list[tuple[str, Transcript]]:
    """Read a .csv, each round of a survey by itself, with the name of the round."""
    sheet = read_csv_sheet(source)
    return in_rounds("", _read(source, sheet), sheet)


def read_sheets(source: Source) -> list[tuple[str, Transcript | TranscriptError]]:
    """Read every sheet, with its name while several hold something, and every round.

    Raises
    ------
    TranscriptError
        The file is no workbook, or is empty.
    """
    read = _each_sheet(source)
    several = sum(isinstance(t, Transcript) for _, t, _ in read) > 1
    found: list[tuple[str, Transcript | TranscriptError]] = []
    for name, told, sheet in read:
        if isinstance(told, Transcript):
            found += in_rounds(name if several else "", told, sheet)
        else:
            found.append(("", told))
    return found


def _each_sheet(
    source: Source,
) -> list[tuple[str, Transcript | TranscriptError, Table]]:
    sheets = read_workbook(source)
    pooled, of = _pooled([sheet for _, sheet in sheets]), len(sheets)
    return [
        (name, _attempted(source, sheet, pooled, n, of), sheet)
        for n, (name, sheet) in enumerate(sheets, 1)
    ]


def _pooled(sheets: Sequence[Table]) -> dict[str, list[str]]:
    """Return all that stands under each head: a column is the same on every sheet."""
    pooled: dict[str, list[str]] = {}
    for sheet in sheets:
        for place, head in enumerate(sheet.header):
            pooled.setdefault(head, []).extend(row[place] for row in sheet.rows)
    return pooled


def _attempted(
    source: Source,
    sheet: Table,
    pooled: Mapping[str, Sequence[str]],
    number: int,
    of: int,
) -> Transcript | TranscriptError:
    try:
        return _read(source, sheet, pooled)
    except TranscriptError as error:
        if of == 1:
            return error
        return TranscriptError(
            f"sheet {number} of {of}: {error.message}", path=error.path
        )


def _read(
    source: Source, sheet: Table, pooled: Mapping[str, Sequence[str]] | None = None
) -> Transcript:
    if not sheet.rows:
        raise TranscriptError("the table has no rows under its heads", path=source.path)
    sheet = in_translation(without_refusals(source, sheet))
    posts = post_columns(sheet.header)
    if posts is not None:
        return read_posts(source, sheet, posts)
    timed = timed_columns(sheet.header)
    if timed is not None:
        return _timed(source, sheet, timed)
    if source.path.suffix.casefold() == ".tsv" and _is_numbered(sheet):
        return _sentences(source, sheet)
    long = long_columns(sheet.header, sheet.rows)
    if long is not None:
        return read_long(source, without_refusing_people(source, sheet, long), long)
    grid = grid_columns(sheet.header, sheet.rows)
    if grid is not None:
        return _grid(source, sheet, grid)
    columns = turn_columns(sheet.header)
    if columns is None or not is_turn_table(sheet.header, sheet.rows):
        return read_answers(source, sheet, pooled=pooled)
    sheet = sheet.with_merged([sheet.header[columns.speaker]])
    pieces = [*row_pieces(sheet.rows, columns, sheet.lines), *odd_pieces(sheet)]
    text, turns, remarks = compose(pieces)
    remarks = (*sheet.remarks, *remarks, *further_columns(sheet.header, columns))
    # Under `Student`, students speak.
    role = role_of(sheet.header[columns.speaker])
    facts = {"role": role} if role else {}
    return Transcript(source.path, "interview", text, turns, remarks, facts=facts)


def _grid(source: Source, sheet: Table, grid: Grid) -> Transcript:
    """Read a table of questions with a column for each person."""
    pieces = grid_pieces(sheet.header, sheet.rows, sheet.lines, grid)
    text, turns, remarks = compose([*pieces, *odd_pieces(sheet)])
    remarks = (*sheet.remarks, *remarks, *without_people(grid))
    return Transcript(source.path, "interview", text, turns, remarks)


def _timed(source: Source, sheet: Table, columns: TimedColumns) -> Transcript:
    """Read times and words without speakers, as Whisper writes them."""
    cues = timed_cues(sheet.rows, columns, sheet.lines)
    text, turns, remarks = compose([*passages_of(cues), *odd_pieces(sheet)])
    remarks = (*sheet.remarks, *remarks, NO_SPEAKER)
    return Transcript(source.path, "interview", text, turns, remarks)


def _is_numbered(sheet: Table) -> bool:
    """Return whether rows are `id<TAB>sentence` without heads: the first is one like the others."""
    first = [sheet.header[0], *(row[0] for row in sheet.rows)]
    return len(sheet.header) == len(["id", "sentence"]) and all(
        cell.strip().isdecimal() for cell in first
    )


def _sentences(source: Source, sheet: Table) -> Transcript:
    rows = [
        (1, sheet.header[1]),
        *zip(sheet.lines, (r[1] for r in sheet.rows), strict=True),
    ]
    said = [Piece(words, line=line) for line, words in rows]
    text, turns, remarks = compose([*said, *odd_pieces(sheet)])
    remarks = (*sheet.remarks, *remarks, NO_SPEAKER)
    return Transcript(source.path, "interview", text, turns, remarks)


def is_survey(header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Return whether a table in a text has a row a person, and asks them in its heads."""
    if len(set(header)) < len(header) or {len(row) for row in rows} != {len(header)}:
        return False
    by_column = dict(zip(header, zip(*rows, strict=True), strict=True))
    is_asked = any(
        is_open(head, answers)
        for head, answers in by_column.items()
        if ASKS.search(head)
        or asks_for_words(head)
        or (len(header) == len(["who", "answer"]) and fold_head(head) in _SAID)
    )
    return len(rows) > 1 and is_asked and says_who(by_column)


def read_answers(
    source: Source,
    sheet: Table,
    beside: Iterable[Piece] = (),
    *,
    pooled: Mapping[str, Sequence[str]] | None = None,
) -> Transcript:
    """Read a table of answers, a row a person, and what stands beside it in a text.

    Parameters
    ----------
    pooled
        What stands under each head in all tables that are decided about together.
    """
    sheet = without_listeners(without_repeated_rows(sheet))
    by_column: dict[str, Sequence[str]] = dict(
        zip(sheet.header, zip(*sheet.rows, strict=True), strict=True)
    )
    all_said = {**by_column, **(pooled or {})}
    noted = [name for name in sheet.header if _NOTES.fullmatch(name.strip())]
    is_short = len(sheet.header) <= len(["time", "note"])
    if len(noted) == 1 and is_short and not respondent_columns(by_column):
        return _notes(source, sheet, by_column[noted[0]])
    if lists_items(sheet.header):
        raise TranscriptError(ITEMS, path=source.path)
    if sheet.merged:
        are_words = {name for name in sheet.header if is_open(name, all_said[name])}
        facts = {*sheet.header} - are_words | {*respondent_columns(by_column)}
        sheet = sheet.with_merged(facts)
        by_column = dict(zip(sheet.header, zip(*sheet.rows, strict=True), strict=True))
    respondents = respondents_of(by_column, sheet.lines, sheet.below)
    labels = respondents.labels
    roles = role_column(by_column)
    others = other_of(roles, sheet.header)
    asked = {
        name: all_said[name]
        for name, answers in by_column.items()
        if name not in (*respondents.columns, roles, others)
        and any(map(str.strip, answers))
    }
    surely = [name for name, answers in asked.items() if is_open(name, answers)]
    questions = surely or open_at_best(asked)
    if not questions:
        raise TranscriptError(what_else(sheet.header) or CLOSED, path=source.path)
    by_column, tries = without_tries(
        by_column, questions, respondents.columns, len(labels)
    )
    told = {*questions, *respondents.columns}
    closed = [name for name in sheet.header if name not in told]
    pieces = [
        *survey_pieces(by_column, questions, labels, sheet.lines),
        *odd_pieces(sheet),
        *beside,
    ]
    text, turns, remarks = compose(pieces)
    heard = [label for n, label in enumerate(labels) if n not in tries]
    people = _people(by_column, closed, labels)
    people = {label: told for label, told in people.items() if label in heard}
    for column in filter(None, (roles, others)):
        for label, said in zip(labels, by_column[column], strict=True):
            if label in people and role_in(said):
                people[label].setdefault("role", said.strip())
    doubtful = (
        taken_for_facts(name)
        for name in closed
        if name != roles and is_perhaps_open(name, all_said[name])
    )
    taken = () if surely else map(taken_for_words, questions)
    again = twice(by_column, questions, labels, sheet.lines)
    differ = differing(by_column, closed, labels, sheet.lines, by_id=respondents.by_id)
    tried = told_of_tries(tries, sheet.lines)
    grid = () if respondents.columns else perhaps_a_grid(by_column, questions)
    doubts = (*respondents.remarks, *again, *differ, *tried, *doubtful, *taken, *grid)
    remarks = (*sheet.remarks, *remarks, *doubts)
    ids, path = names_people(respondents.columns), source.path
    return Transcript(path, "survey", text, turns, remarks, people=people, ids=ids)


def _notes(source: Source, sheet: Table, said: Sequence[str]) -> Transcript:
    """Read what somebody noted, a row a note: nobody's answer by name."""
    pieces = [
        Piece(note, line=line) for note, line in zip(said, sheet.lines, strict=True)
    ]
    text, turns, remarks = compose([*pieces, *odd_pieces(sheet)])
    remarks = (*sheet.remarks, *remarks, UNNAMED)
    return Transcript(source.path, "notes", text, turns, remarks)


def survey_pieces(
    columns: Mapping[str, Sequence[str]],
    questions: Sequence[str],
    labels: Sequence[str],
    lines: Sequence[int | None],
) -> Iterator[Piece]:
    """Yield each question, as context, and the answers to it."""
    for n, question in enumerate(questions, start=1):
        question_id = f"q{n:02d}"
        yield Piece(question, line=1, question_id=question_id, is_prompt=True)
        for answer, label, line in zip(columns[question], labels, lines, strict=True):
            who = None if says_no_answer(answer) else label
            yield Piece(answer, who, line, question_id=question_id)


def _people(
    columns: Mapping[str, Sequence[str]], closed: Sequence[str], labels: Sequence[str]
) -> dict[str, dict[str, str]]:
    names = {name: attribute_name(name) for name in closed}
    people: dict[str, dict[str, str]] = {label: {} for label in labels}
    for row, label in enumerate(labels):
        for name in closed:
            if value := columns[name][row].strip():
                people[label].setdefault(names[name], value)
    return people
