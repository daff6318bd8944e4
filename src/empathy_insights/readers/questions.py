"""What was asked: the facilitator's latest question is that of the answers after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count, groupby
from operator import itemgetter

from empathy_insights.readers.asked import is_numbered, without_number
from empathy_insights.readers.endings import ASKING

Row = dict[str, object]

_QUESTION = re.compile(rf"[^.!?…。！？؟\n]*?{ASKING}")
_NO_LETTER = re.compile(r"[\W_]+")
SURVEY, HEADING, GUIDE = (
    "a question of the survey",
    "a heading",
    "a question of the guide",
)


def number_questions(rows: Sequence[Row]) -> list[Row]:
    """Give answers the id of their question, the same for the same wording.

    Survey columns keep the ids that they have, unless an earlier document took one for
    another wording; the others are numbered by first appearance in the order of rows.

    Parameters
    ----------
    rows
        Rows of the utterances table, in the order of documents and positions.
    """
    ids: dict[str, str] = {}
    asked = [row for row in rows if row["question_id"] and row["is_facilitator"]]
    for row in asked:
        _take(ids, _fold(str(row["text"])), str(row["question_id"]))
    numbered: list[Row] = []
    for _, document in groupby(rows, itemgetter("document_id")):
        numbered += _of_document(list(document), ids)
    return numbered


def _of_document(rows: Sequence[Row], ids: dict[str, str]) -> Iterator[Row]:
    now: str | None = None
    # An answer of a survey stands under its question, whatever the id was.
    in_survey = any(row["question_id"] for row in rows)
    for row in rows:
        if in_survey and not row["is_facilitator"]:
            yield row | {"question_id": now or row["question_id"]}
            continue
        if not row["is_facilitator"]:
            yield row | {"question_id": now}
            continue
        wording = _wording(row, in_survey=in_survey, is_open=now is not None)
        if wording:
            now = _take(ids, wording, "")
        elif row["facilitator_why"] == HEADING:
            now = None
        yield row | {"question_id": now if wording else None}


def _wording(row: Row, *, in_survey: bool, is_open: bool) -> str:
    """Return the question that a facilitator's turn asks, reduced to its letters.

    A single word, such as `Why?`, asks on about the question that is open.
    """
    text = without_number(str(row["text"]))
    if in_survey:
        return _fold(text) if row["question_id"] else ""
    found = [_fold(said) for said in _QUESTION.findall(text)]
    whole = [said for said in found if " " in said or (said and not said.isascii())]
    if whole:
        return whole[-1]
    if row["facilitator_why"] == GUIDE:
        return _fold(text)
    return "" if is_open else next(filter(None, reversed(found)), "")


def why_context(words: str, question_id: str | None, kind: str) -> str:
    """Return what context is that nobody said: a question or a heading."""
    if question_id:
        return SURVEY
    return GUIDE if kind != "notes" or is_numbered(words) else HEADING


def _fold(text: str) -> str:
    return _NO_LETTER.sub(" ", text.casefold()).strip() or text.strip()


def _take(ids: dict[str, str], wording: str, wanted: str) -> str:
    """Return the id of a wording: the wanted one if it is free, else the next.

    Ids that are taken stand in the same table after a sign that no wording begins with.
    """
    if wording not in ids:
        free = (f"q{n:02d}" for n in count(len(ids) // 2 + 1))
        is_free = wanted and f"={wanted}" not in ids
        chosen = wanted if is_free else next(q for q in free if f"={q}" not in ids)
        ids |= {wording: chosen, f"={chosen}": chosen}
    return ids[wording]
