"""Rows of people who said no: left out before anything of them is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from empathy_insights.corpus import how_many
from empathy_insights.errors import TranscriptError
from empathy_insights.files.table import Table
from empathy_insights.readers.consent import (
    all_said,
    consent_said,
    is_about_consent,
    is_about_less,
    may_be_consent,
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

Said = Mapping[int, Sequence[str]]
"""Place of a column -> what each row says there."""
_SHOWN = 6
_ALL_REFUSE = "everybody in the table says no"


def without_refusals(source: Source, sheet: Table, labels: Sequence[str] = ()) -> Table:
    """Leave out rows of a no to taking part, or to the use of what somebody says.

    Parameters
    ----------
    labels
        Who each row is of, where that is known: a no in one row is one in all of them.

    Raises
    ------
    TranscriptError
        Everybody says so.
    """
    said = _said(sheet)
    asked = [place for place, told in said.items() if any(told) and OTHER not in told]
    of_consent = [place for place in asked if is_about_consent(sheet.header[place])]
    out, unclear = (
        rows | _rows_of({labels[n] for n in rows} if labels else (), labels)
        for rows in (_rows_saying(what, said, of_consent) for what in (NO, OPEN))
    )
    odd = [one for one in sheet.odd if not _agrees_not_beside(sheet, asked, one[1])]
    kept = replace(sheet, odd=tuple(odd))
    return _without(source, kept, said, asked, out, unclear)


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
    asked, place = carried(by_place[columns.question]), person_column(sheet, columns)
    labels = by_round(asked) if place is None else called(by_place[place])
    return without_refusing_labels(
        source, sheet, labels, asked, by_place[columns.answer]
    )


def without_refusing_labels(
    source: Source,
    sheet: Table,
    labels: Sequence[str],
    asked: Sequence[str],
    answers: Sequence[str],
) -> Table:
    """Leave out all rows of whoever says no to a question about consent.

    Parameters
    ----------
    labels, asked, answers
        Who each row is of, what was asked, and the answer.

    Raises
    ------
    TranscriptError
        Everybody says so.
    """
    told = _said_in_rows(asked, answers)
    out, unclear = (
        _rows_of({labels[n] for n, one in told.items() if one == what}, labels)
        for what in (NO, OPEN)
    )
    return _without(source, sheet, _said(sheet), [], out, unclear)


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
    said: Said,
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
    remarks = _told(sheet, said, asked, sorted(out), sorted({*unclear} - {*out}))
    return replace(
        sheet,
        rows=tuple(sheet.rows[n] for n in kept),
        lines=tuple(sheet.lines[n] for n in kept),
        remarks=(*sheet.remarks, *remarks),
    )


def _said(sheet: Table) -> Said:
    """Return what each row says in the columns about consent, or about less."""
    return {
        place: all_said(head, [row[place] for row in sheet.rows])
        for place, head in enumerate(sheet.header)
        if is_about_consent(head) or is_about_less(head)
    }


def _rows_saying(what: str, said: Said, places: Sequence[int]) -> set[int]:
    return {n for place in places for n, one in enumerate(said[place]) if one == what}


def _agrees_not_beside(
    sheet: Table, asked: Sequence[int], cells: Sequence[str]
) -> bool:
    return any(
        is_about_consent(sheet.header[n])
        and consent_said(sheet.header[n], cells[n]) in (NO, OPEN)
        for n in asked
    )


def _told(
    sheet: Table,
    said: Said,
    asked: Sequence[int],
    out: Sequence[int],
    unclear: Sequence[int],
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
    of_consent = [place for place in said if is_about_consent(sheet.header[place])]
    for place in of_consent:
        if OTHER not in said[place]:
            continue
        yield Remark(
            f"what stands under '{sheet.header[place]}' is mostly neither yes nor no: nobody is left out by it",
            "if it says who consents, write yes or no there",
        )
    for place, head in enumerate(sheet.header):
        if may_be_consent(head, [row[place] for row in sheet.rows]):
            yield Remark(
                f"what stands under '{head}' may be permission, and nobody is left out by it",
                "if it is, call that column Consent, with yes or no in it",
            )
    left = _rows_saying(NO, said, [n for n in asked if n not in of_consent])
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
