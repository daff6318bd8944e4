"""Exports of survey programs that have more than one row of heads, brought to one.

Qualtrics writes codes, wordings and import ids; SurveyMonkey writes questions, and the
choices under them. Their columns about the recording (dates, addresses, progress) say
nothing about what anybody said and are left out.
"""

from __future__ import annotations

from collections.abc import Sequence

from empathy_insights.readers.model import Remark

Row = tuple[str, ...]
Numbered = Sequence[tuple[int, Row]]

_OF_QUALTRICS = frozenset(
    [
        "startdate",
        "enddate",
        "status",
        "ipaddress",
        "progress",
        "finished",
        "recordeddate",
        "responseid",
        "recipientlastname",
        "recipientfirstname",
        "recipientemail",
        "externalreference",
        "locationlatitude",
        "locationlongitude",
        "distributionchannel",
        "userlanguage",
        "duration(inseconds)",
    ]
)
_OF_SURVEYMONKEY = frozenset(
    [
        "respondentid",
        "collectorid",
        "startdate",
        "enddate",
        "datecreated",
        "datemodified",
        "ipaddress",
        "emailaddress",
        "firstname",
        "lastname",
        "customdata1",
        "customdata",
    ]
)
_RESPONDENT = frozenset({"responseid", "respondentid"})
_UNDER = frozenset({"response", "open-ended response", "other (please specify)"})
_IMPORT = '"ImportId"'
_FEWEST_OURS = 3


def one_head(rows: Numbered) -> tuple[list[tuple[int, Row]], tuple[Remark, ...]]:
    """Return the rows of a table with a single row of heads, and what was left out."""
    if len(rows) < len(["heads", "heads", "answers"]):
        return list(rows), ()
    codes, second = rows[0][1], rows[1][1]
    if _is_qualtrics(codes, rows[1:3]):
        n_heads = 3 if _has_import_ids(rows[2][1]) else 2
        heads = tuple(
            said.strip() or code
            for code, said in zip(codes, _padded(second, len(codes)), strict=True)
        )
        return _without(_OF_QUALTRICS, codes, heads, rows, n_heads)
    if _is_surveymonkey(codes, second):
        width = max(len(codes), len(second))
        asked = _carried(_padded(codes, width))
        heads = tuple(map(_joined, asked, _padded(second, width)))
        return _without(_OF_SURVEYMONKEY, _padded(codes, width), heads, rows, 2)
    return list(rows), ()


def _is_qualtrics(codes: Row, under: Numbered) -> bool:
    known = sum(_key(code) in _OF_QUALTRICS for code in codes)
    if any(_has_import_ids(row) for _, row in under):
        return True
    same = sum(_key(a) == _key(b) for a, b in zip(codes, under[0][1], strict=False))
    return known >= _FEWEST_OURS and same >= _FEWEST_OURS


def _has_import_ids(row: Row) -> bool:
    return 2 * sum(_IMPORT in cell for cell in row) > len(row)


def _is_surveymonkey(heads: Row, under: Row) -> bool:
    known = [
        place for place, head in enumerate(heads) if _key(head) in _OF_SURVEYMONKEY
    ]
    filled = {cell.strip().casefold() for cell in under}
    cells = _padded(under, len(heads))
    unfilled = all(not cells[place].strip() for place in known)
    return len(known) >= _FEWEST_OURS and unfilled and bool(filled & _UNDER)


def _without(
    ours: frozenset[str], codes: Row, heads: Row, rows: Numbered, n_heads: int
) -> tuple[list[tuple[int, Row]], tuple[Remark, ...]]:
    kept = [
        place
        for place, code in enumerate(codes)
        if _key(code) not in ours or _key(code) in _RESPONDENT
    ]
    named = [
        "Respondent ID" if _key(codes[place]) in _RESPONDENT else heads[place]
        for place in kept
    ]
    width = len(codes)
    cut = [
        (line, (*(_padded(row, width)[place] for place in kept), *row[width:]))
        for line, row in rows[n_heads:]
    ]
    remark = Remark(
        f"columns of the survey program about the recording were left out: "
        f"{width - len(kept)}",
        "put what describes people into the participants table",
    )
    return [(rows[0][0], tuple(named)), *cut], (remark,)


def _carried(heads: Row) -> list[str]:
    """Carry a question on over the columns of its choices."""
    carried: list[str] = []
    for head in heads:
        carried.append(head.strip() or (carried[-1] if carried else ""))
    return carried


def _joined(asked: str, under: str) -> str:
    said = under.strip()
    plain = not said or said.casefold() in ("response", "open-ended response")
    return asked if plain else f"{asked}: {said}"


def _padded(row: Row, width: int) -> Row:
    return (*row, *[""] * (width - len(row)))


def _key(head: str) -> str:
    return "".join(head.casefold().split())
