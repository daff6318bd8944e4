"""What was asked: the facilitator's latest question is that of the answers after it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
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


@dataclass(frozen=True)
class _Asked:
    """Hold the ids of all questions, by a fingerprint of their wording."""

    ids: dict[bytes, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)


def number_questions(rows: Iterable[Row], answered: Iterable[Row]) -> Iterator[Row]:
    """Give answers the id of their question, the same for the same wording.

    Survey columns keep the ids that they have, unless an earlier document took one for
    another wording; the others are numbered by first appearance in the order of rows.

    Parameters
    ----------
    rows
        Rows of the utterances table, in the order of documents and positions.
    answered
        Those of them that have the id of a question of a survey.
    """
    asked, surveys = _Asked(), set()
    for row in answered:
        surveys.add(row["document_id"])
        if row["is_facilitator"]:
            _take(asked, _fold(str(row["text"])), str(row["question_id"]))
    for name, document in groupby(rows, itemgetter("document_id")):
        yield from _of_document(document, asked, in_survey=name in surveys)


def _of_document(
    rows: Iterable[Row], asked: _Asked, *, in_survey: bool
) -> Iterator[Row]:
    now: str | None = None
    for row in rows:
        # An answer of a survey stands under its question, whatever the id was.
        if in_survey and not row["is_facilitator"]:
            yield row | {"question_id": now or row["question_id"]}
            continue
        if not row["is_facilitator"]:
            yield row | {"question_id": now}
            continue
        wording = _wording(row, in_survey=in_survey, is_open=now is not None)
        if wording:
            now = _take(asked, wording, "")
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


def _take(asked: _Asked, wording: str, wanted: str) -> str:
    """Return the id of a wording: the wanted one if it is free, else the next."""
    known = blake2b(wording.encode(errors="surrogatepass"), digest_size=16).digest()
    if known not in asked.ids:
        free = (f"q{n:02d}" for n in count(len(asked.ids) + 1))
        is_free = wanted and wanted not in asked.taken
        chosen = wanted if is_free else next(q for q in free if q not in asked.taken)
        asked.ids[known] = chosen
        asked.taken.add(chosen)
    return asked.ids[known]
