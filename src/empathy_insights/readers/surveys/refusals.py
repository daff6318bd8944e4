"""Rows of people who said no: left out before anything of them is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from empathy_insights.corpus import how_many
from empathy_insights.errors import TranscriptError
from empathy_insights.files.table import Table
from empathy_insights.readers.consent import (
    is_about_consent,
    is_about_less,
    is_yes_or_no,
    refuses,
)
from empathy_insights.readers.surveys.long_survey import (
    LongColumns,
    by_round,
    called,
    carried,
    person_column,
)
from empathy_insights.readers.transcript import Remark, Source

_MOSTLY = 0.5
_SHOWN = 6


def without_refusals(source: Source, sheet: Table) -> Table:
    """Leave out rows of a no to taking part, or to the use of what somebody says.

    Raises
    ------
    TranscriptError
        Everybody says so.
    """
    asked = list(_asked(sheet))
    out = {n for place in asked for n in _refusing(sheet, place)}
    odd = [one for one in sheet.odd if not _refuses_beside(sheet, asked, one[1])]
    return _without(source, replace(sheet, odd=tuple(odd)), asked, out)


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
    refusing = {
        label
        for label, question, said in zip(
            labels, asked, by_place[columns.answer], strict=True
        )
        if label and is_about_consent(question) and refuses(question, said)
    }
    out = {n for n, label in enumerate(labels) if label in refusing}
    return _without(source, sheet, [], out)


def _without(
    source: Source, sheet: Table, asked: Sequence[int], out: Collection[int]
) -> Table:
    kept = [n for n in range(len(sheet.rows)) if n not in out]
    if not kept:
        raise TranscriptError(
            "everybody in the table says no to the use of their answers; if that is wrong, "
            "correct what stands there about consent",
            path=source.path,
        )
    return replace(
        sheet,
        rows=tuple(sheet.rows[n] for n in kept),
        lines=tuple(sheet.lines[n] for n in kept),
        remarks=(*sheet.remarks, *_told(sheet, asked, sorted(out))),
    )


def _asked(sheet: Table) -> Iterator[int]:
    """Yield the places of the columns about consent in which people say yes or no."""
    for place, head in enumerate(sheet.header):
        said = [row[place] for row in sheet.rows if row[place].strip()]
        n_clear = sum(map(is_yes_or_no, said))
        is_asked = is_about_consent(head) or is_about_less(head)
        if is_asked and said and n_clear > _MOSTLY * len(said):
            yield place


def _refusing(sheet: Table, place: int, *, less: bool = False) -> list[int]:
    """Return the rows that say no to all, or only to less."""
    head = sheet.header[place]
    if is_about_consent(head) == less:
        return []
    return [n for n, row in enumerate(sheet.rows) if refuses(head, row[place])]


def _refuses_beside(sheet: Table, asked: Sequence[int], cells: Sequence[str]) -> bool:
    return any(
        is_about_consent(sheet.header[n]) and refuses(sheet.header[n], cells[n])
        for n in asked
    )


def _told(sheet: Table, asked: Sequence[int], out: Sequence[int]) -> Iterator[Remark]:
    if out:
        yield Remark(
            f"{how_many(len(out), 'row')} left out, of people who say no to the use of their "
            f"answers ({_lines(sheet, out)}){_unsaid(sheet, asked)}",
            "if that is wrong, correct what stands there about consent",
            sheet.lines[out[0]],
        )
    left = {n for place in asked for n in _refusing(sheet, place, less=True)}
    if rows := sorted(left - set(out)):
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
