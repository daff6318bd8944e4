"""Rows of people who said no: left out before anything of them is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from empathy_insights.corpus import how_many
from empathy_insights.errors import TranscriptError
from empathy_insights.files.table import Table
from empathy_insights.readers.consent import (
    all_said,
    consent_said,
    is_about_consent,
    is_about_less,
)
from empathy_insights.readers.consent_answers import NO, OPEN, OTHER
from empathy_insights.readers.surveys.long_survey import (
    LongColumns,
    by_round,
    called,
    carried,
    person_column,
)
from empathy_insights.readers.transcript import Remark, Source

_SHOWN = 6
_ALL_REFUSE = "everybody in the table says no"


def without_refusals(source: Source, sheet: Table) -> Table:
    """Leave out rows of a no to taking part, or to the use of what somebody says.

    Raises
    ------
    TranscriptError
        Everybody says so.
    """
    asked = list(_asked(sheet))
    out = {n for place in asked for n in _saying(sheet, place, NO)}
    unclear = {n for place in asked for n in _saying(sheet, place, OPEN)}
    odd = [one for one in sheet.odd if not _agrees_not_beside(sheet, asked, one[1])]
    return _without(source, replace(sheet, odd=tuple(odd)), asked, out, unclear)


def without_refusing_people(
    source: Source, sheet: Table, columns: LongColumns
) -> Table:
    """Leave out all rows of whoever says no to a question about consent, a row an answer.

    Raises
    ------
    TranscriptError
        Everybody says so.
    """
    by_place = list(zip(*sheet.rows, strict=True))
    asked, place = carried(by_place[columns.question]), person_column(sheet)
    labels = by_round(asked) if place is None else called(by_place[place])
    said = _said_in_rows(asked, by_place[columns.answer])
    out, unclear = (
        _rows_of({labels[n] for n, one in said.items() if one == what}, labels)
        for what in (NO, OPEN)
    )
    return _without(source, sheet, [], out, unclear)


def _said_in_rows(asked: Sequence[str], answers: Sequence[str]) -> dict[int, str]:
    """Return what the rows say that answer a question about consent."""
    found: dict[int, str] = {}
    for question in dict.fromkeys(filter(is_about_consent, asked)):
        rows = [n for n, one in enumerate(asked) if one == question]
        told = all_said(question, [answers[n] for n in rows])
        found |= zip(rows, told, strict=True)
    return found


def _rows_of(people: Collection[str], labels: Sequence[str]) -> set[int]:
    return {n for n, label in enumerate(labels) if label and label in people}


def _without(
    source: Source,
    sheet: Table,
    asked: Sequence[int],
    out: Collection[int],
    unclear: Collection[int],
) -> Table:
    kept = [n for n in range(len(sheet.rows)) if n not in out and n not in unclear]
    if not kept:
        says = "nobody in the table says a clear yes" if unclear else _ALL_REFUSE
        raise TranscriptError(
            f"{says} to the use of their answers; if that is wrong, correct what stands "
            "there about consent",
            path=source.path,
        )
    remarks = _told(sheet, asked, sorted(out), sorted({*unclear} - {*out}))
    return replace(
        sheet,
        rows=tuple(sheet.rows[n] for n in kept),
        lines=tuple(sheet.lines[n] for n in kept),
        remarks=(*sheet.remarks, *remarks),
    )


def _asked(sheet: Table) -> Iterator[int]:
    """Yield the places of the columns about consent in which people say yes or no."""
    for place, head in enumerate(sheet.header):
        if not (is_about_consent(head) or is_about_less(head)):
            continue
        said = all_said(head, [row[place] for row in sheet.rows])
        if any(said) and OTHER not in said:
            yield place


def _not_understood(sheet: Table) -> Iterator[str]:
    for place, head in enumerate(sheet.header):
        said = all_said(head, [row[place] for row in sheet.rows])
        if is_about_consent(head) and OTHER in said:
            yield head


def _saying(sheet: Table, place: int, what: str, *, less: bool = False) -> list[int]:
    """Return the rows that say so to all, or only to less."""
    head = sheet.header[place]
    if is_about_consent(head) == less:
        return []
    said = all_said(head, [row[place] for row in sheet.rows])
    return [n for n, one in enumerate(said) if one == what]


def _agrees_not_beside(
    sheet: Table, asked: Sequence[int], cells: Sequence[str]
) -> bool:
    return any(
        is_about_consent(sheet.header[n])
        and consent_said(sheet.header[n], cells[n]) in (NO, OPEN)
        for n in asked
    )


def _told(
    sheet: Table, asked: Sequence[int], out: Sequence[int], unclear: Sequence[int]
) -> Iterator[Remark]:
    if out:
        yield Remark(
            f"{how_many(len(out), 'row')} left out, of people who say no to the use of their "
            f"answers ({_lines(sheet, out)}){_unsaid(sheet, asked)}",
            "if that is wrong, correct what stands there about consent",
            sheet.lines[out[0]],
        )
    if unclear:
        yield Remark(
            f"{how_many(len(unclear), 'row')} left out, since what stands about consent is "
            f"neither yes nor no ({_lines(sheet, unclear)})",
            "write yes or no there; where nothing stands, answers are read",
            sheet.lines[unclear[0]],
        )
    for head in _not_understood(sheet):
        yield Remark(
            f"what stands under '{head}' is mostly neither yes nor no: nobody is left out by it",
            "if it says who consents, write yes or no there",
        )
    left = {n for place in asked for n in _saying(sheet, place, NO, less=True)}
    if rows := sorted(left - {*out, *unclear}):
        yield Remark(
            f"{how_many(len(rows), 'row')} of people who say no to being quoted, named or "
            f"recorded ({_lines(sheet, rows)}): their answers count all the same",
            "release no quote of theirs; take their rows out if nothing may be used",
            sheet.lines[rows[0]],
        )


def _unsaid(sheet: Table, asked: Sequence[int]) -> str:
    """Say how many rows have no answer about consent, and were read."""
    places = [n for n in asked if is_about_consent(sheet.header[n])]
    n = bool(places) and sum(
        not any(row[place].strip() for place in places) for row in sheet.rows
    )
    return f"; {n} without an answer to it read all the same" if n else ""


def _lines(sheet: Table, rows: Sequence[int]) -> str:
    told = ", ".join(str(sheet.lines[n]) for n in rows[:_SHOWN])
    more = f" and {len(rows) - _SHOWN} more" if len(rows) > _SHOWN else ""
    return f"line{'s' * (len(rows) > 1)} {told}{more}"
