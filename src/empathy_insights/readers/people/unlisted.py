"""Who a list of people does not have, who might be on it, and who of it was not heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from empathy_insights.labels import label_key
from empathy_insights.readers.people.roster import Person, Roster
from empathy_insights.readers.transcript import names_of

if TYPE_CHECKING:
    from empathy_insights.readers.people.participants import Row, Voice

_NAMED = 6
SHEET_ADVICE = (
    "run `empathy-insights people FOLDER --out people.xlsx`, say there who they are, "
    "and pass it as participants"
)


def told_of_unlisted(found: Sequence[Voice], roster: Roster) -> Iterator[Row]:
    """Say once how many voices nobody in the table fits, and which rows are still empty."""
    if not roster.people:
        return
    lost = {
        (v.document.document_id, v.ordinal): v
        for v in found
        if v.person is None and not v.match.might_be and not _is_nameless(v, roster)
    }
    empty = [voice for voice in lost.values() if _left_open(voice, roster)]
    apart = [voice for voice in lost.values() if not _left_open(voice, roster)]
    if apart:
        are = "1 voice is" if len(apart) == 1 else f"{len(apart)} voices are"
        yield {
            "path": roster.called,
            "problem": f"{are} not in {roster.called}: {_places(apart, roster)}",
            "advice": SHEET_ADVICE,
        }
    if empty:
        are = "1 row says" if len(empty) == 1 else f"{len(empty)} rows say"
        yield {
            "path": roster.called,
            "problem": f"{are} nothing of who speaks: {_places(empty, roster)}",
            "advice": "fill in role and name there, or leave it where nobody knows",
        }


def _places(voices: Sequence[Voice], roster: Roster) -> str:
    return _some([_place(voice, roster) for voice in voices])


def _place(voice: Voice, roster: Roster) -> str:
    """Say where a voice stands: in the people sheet, else in its file."""
    if line := _left_open(voice, roster):
        return f"line {line}"
    return f"speaker {voice.ordinal} of {voice.document.document_id}"


def _left_open(voice: Voice, roster: Roster) -> int | None:
    """Return the line of a people sheet in which nobody said who a voice is."""
    sheet = sorted({name.casefold() for name in names_of(voice.document)})
    lines = (roster.left_open.get((n, label_key(voice.label))) for n in sheet)
    return next(filter(None, lines), None)


def _is_nameless(voice: Voice, roster: Roster) -> bool:
    """Return whether no list need hold a respondent of a form, who gave no name.

    Of a code, such as `R_2x81`, somebody with a sheet of people has left the row as it is.
    """
    if voice.document.transcript.kind != "survey":
        return False
    is_code = any(map(str.isdecimal, voice.label))
    return voice.label.isdecimal() or (is_code and bool(_left_open(voice, roster)))


def told_of_uncertain(found: Sequence[Voice], roster: Roster) -> Iterator[Row]:
    """Say once which voices might be somebody of the table, and who."""
    doubtful = {
        (v.document.document_id, v.ordinal): v
        for v in found
        if v.person is None and v.match.might_be
    }
    if doubtful:
        might = (
            "1 voice might be"
            if len(doubtful) == 1
            else f"{len(doubtful)} voices might be"
        )
        told = [
            f"{_place(v, roster)} ({' or '.join(_ids_of(v.match.might_be))}: {v.match.why})"
            for v in doubtful.values()
        ]
        yield {
            "path": roster.called,
            "problem": f"{might} somebody of the table and counts apart: {_some(told)}",
            "advice": SHEET_ADVICE,
        }


def told_of_unheard(found: Sequence[Voice], roster: Roster) -> Iterator[Row]:
    """Say once how many of the table are in no document, and who."""
    heard = {voice.person.participant_id for voice in found if voice.person}
    people = {p.participant_id: p for p in roster.people if p.takes_part}
    silent = [name for name in people if name not in heard | roster.left_out]
    if silent:
        are = "1 person is" if len(silent) == 1 else f"{len(silent)} people are"
        yield {
            "path": roster.called,
            "line": people[silent[0]].line if len(silent) == 1 else None,
            "problem": f"{are} in no document, of {len(people)} listed: {_some(silent)}",
            "advice": SHEET_ADVICE,
        }


def _ids_of(people: Sequence[Person]) -> list[str]:
    return [person.participant_id for person in people[:_NAMED]]


def _some(told: Sequence[str]) -> str:
    """List the first few, and say how many more there are."""
    more = f" and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    return ", ".join(told[:_NAMED]) + more
