"""Columns of a survey that hold what whoever listened noted, or how to reach somebody."""

from __future__ import annotations

import re
from dataclasses import replace

from empathy_insights.corpus import how_many
from empathy_insights.files.table import Table
from empathy_insights.readers.transcript import Remark

_WHO = (
    r"(?:interviewer|researcher|recorder|observer|facilitator|moderator|note ?-?taker|coder|transcriber|analyst|"
    r"entrevistador|entrevistadora|investigador|investigadora|observador|observadora)"
)
_NOTED = (
    r"(?:notes?|comments?|memos?|observations?|impressions?|remarks?|reflections?|notas?|comentarios?|observaciones|"
    r"impresiones|reflexi[oó]n(?:es)?)"
)
_NOBODYS = re.compile(
    rf"{_WHO}(?:['’]?s)?\W+{_NOTED}|{_NOTED}\W+(?:(?:by|of|from|del?|de la)\W+)?(?:the\W+|my\W+)?{_WHO}\W*|"
    r"(?:internal|coding) (?:notes?|comments?|memos?)|my (?:impressions?|observations?)|"
    r"(?:(?:home|mailing|street|postal|current)\W+)?address|emergency contacts?(?:\W+(?:name|phone|number|info\w*))?|"
    r"contact info(?:rmation)?|direcci[oó]n|contacto de emergencia",
    re.IGNORECASE,
)
_LEAST = 2  # columns: who, and an answer


def without_listeners(sheet: Table) -> Table:
    """Leave out columns that are nobody's answers, by their heads, where others are left."""
    kept = [
        n for n, head in enumerate(sheet.header) if not _NOBODYS.fullmatch(head.strip())
    ]
    gone = len(sheet.header) - len(kept)
    if not gone or len(kept) < _LEAST:
        return sheet
    rows = tuple(tuple(row[n] for n in kept) for row in sheet.rows)
    places = {n: place for place, n in enumerate(kept)}
    merged = {(line, places[n]) for line, n in sheet.merged if n in places}
    told = Remark(
        f"{how_many(gone, 'column')} of what whoever listened noted, or of how to reach somebody: "
        "not read",
        "if one holds people's answers, add (own words) to its head",
        1,
    )
    return replace(
        sheet,
        header=tuple(sheet.header[n] for n in kept),
        rows=rows,
        merged=frozenset(merged),
        remarks=(*sheet.remarks, told),
    )
