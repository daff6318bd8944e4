"""Exports of survey programs that have more than one row of heads, brought to one.

Qualtrics writes codes, wordings and import ids; SurveyMonkey writes questions, and the
choices under them. Their columns about the recording (dates, addresses, progress) say
nothing about what anybody said and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from empathy_insights.errors import TranscriptError
from empathy_insights.files.table import Table, table_of
from empathy_insights.files.text_files import Row, Source, delimited_rows
from empathy_insights.files.workbook import Sheet, workbook_rows
from empathy_insights.labels import words_in
from empathy_insights.readers.surveys.bare_boards import with_board_heads
from empathy_insights.readers.transcript import Piece, Remark

IS_ID = re.compile(
    r"(?:.*[\W_])?(?:id|respondent|case|participant|code|name|person|pseudonym|student)"
    r"(?:[\W_]*(?:id|no|nr|number|name|code))?",
    re.IGNORECASE,
)
IS_SURE_ID = re.compile(
    r"(?:respondent|participant|case|person|student|subject|resp|r)[\W_]*(?:id|no|nr|number|code)|"
    r"id|respondent|case",
    re.IGNORECASE,
)
# Words beside `name` where it is that of whoever answers.
_OF_WHO_ANSWERS = words_in(
    "your my the a an his her their of or and if with in optional please enter write type print give tell us what is s "
    "first last full middle initial initials preferred given family sur legal nick pen user screen display login log "
    "account code made up fake chosen own usual real public student students child childs children kid pupil scholar "
    "learner youth camper athlete player client patient resident tenant employee volunteer applicant member members "
    "participant participants respondent respondents interviewee person persons people subject case author attendee "
    "speaker sender talker parent parents guardian guardians caregiver mother father mom dad adult self mentee "
    "names name number no nr id ids"
)
_NAMES_IN = re.compile(r"(?:.*[\W_])?names?(?:[\W_].*)?", re.IGNORECASE)
# What has a code or number of its own, many people the same.
_CODE_OF_MANY = re.compile(
    r"(?:.*[\W_])?(?:zip|post(?:al)?|area|room|homeroom|grade|class|course|section|campus|building|site|school|district|location|"
    r"org(?:anization)?|department|program|group|cohort|team|period|survey|form|batch|question|item|topic|state|county|country|"
    r"language|race|ethnicity|gender|role|bus|route|teacher|staff)[\W_]*code|"
    r"(?:.*[\W_])?(?:class|course|section|campus|building|site|location|org(?:anization)?|department|program|group|cohort|team|"
    r"survey|form|batch|question|item|topic|bus|route)[\W_]*id(?:[\W_]*(?:no|nr|number|code))?",
    re.IGNORECASE,
)
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
        "responsetype",
        "responseset",
        "externaldatareference",
        "recipientemailaddress",
        "locationaccuracy",
    ]
)
_ONLY_QUALTRICS = frozenset(
    ["responseid", "recordeddate", "distributionchannel", "userlanguage", "responseset"]
)
_STATUS = frozenset({"status", "responsetype", "distributionchannel"})
_PREVIEW = re.compile(
    r"(?:survey )?(?:preview|test)|.*vorschau|aperçu.*|vista previa.*|[129]|17|(?:imported )?spam|8|12",
    re.IGNORECASE,
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


def is_of_others(head: str) -> bool:
    """Return whether a head says of what, or of whom else, a name or code is.

    Examples
    --------
    >>> is_of_others("School Name"), is_of_others("Best friend's name"), is_of_others("Zip code")
    (True, True, True)
    >>> is_of_others("Student's name (optional)"), is_of_others("Participant code")
    (False, False)
    """
    said = re.sub(r"\([^()]*\)|['’]", "", head)
    if _CODE_OF_MANY.fullmatch(said.strip()):
        return True
    if not _NAMES_IN.fullmatch(said.strip()):
        return False
    words = re.findall(r"[^\W_]+", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", said).casefold())
    return any(word not in _OF_WHO_ANSWERS and not word.isdecimal() for word in words)


def one_head(rows: Numbered) -> tuple[list[tuple[int, Row]], tuple[Remark, ...]]:
    """Return the rows of a table with a single row of heads, and what was left out."""
    if len(rows) < len(["heads", "answers"]):
        return list(rows), ()
    codes, second = rows[0][1], rows[1][1]
    if _is_qualtrics(codes, rows[1:3]):
        return _of_qualtrics(codes, rows)
    if _is_surveymonkey(codes, second) and len(rows) > len(["heads", "heads"]):
        width = max(len(codes), len(second))
        asked = _carried(_padded(codes, width))
        heads = tuple(map(_joined, asked, _padded(second, width)))
        return _without(_OF_SURVEYMONKEY, _padded(codes, width), heads, rows, 2)
    return list(rows), ()


def _of_qualtrics(
    codes: Row, rows: Numbered
) -> tuple[list[tuple[int, Row]], tuple[Remark, ...]]:
    """Find the wordings among the rows of heads, and leave out who tried the survey."""
    asked = codes
    n_heads = 1
    for _, row in rows[1:3]:
        if _has_import_ids(row):
            n_heads += 1
        elif _are_wordings(codes, row):
            n_heads += 1
            asked = tuple(map(_worded, codes, _padded(row, len(codes))))
    places = [place for place, code in enumerate(codes) if _key(code) in _STATUS]
    kept = [
        (line, row)
        for line, row in rows[n_heads:]
        if not any(_PREVIEW.fullmatch(row[n].strip()) for n in places if n < len(row))
    ]
    tried = len(rows) - n_heads - len(kept)
    remark = Remark(
        f"answers that somebody gave in a preview, or that are marked as spam, were left out: {tried}",
        "change their status in the file if they are answers",
    )
    heads = [*rows[:n_heads], *kept]
    table, remarks = _without(_OF_QUALTRICS, codes, asked, heads, n_heads)
    return table, (*remarks, *([remark] if tried else []))


def _worded(code: str, said: str) -> str:
    return said.strip() or code


def _is_qualtrics(codes: Row, under: Numbered) -> bool:
    known = {_key(code) for code in codes} & _OF_QUALTRICS
    if any(_has_import_ids(row) for _, row in under):
        return True
    only = known & _ONLY_QUALTRICS
    worded = any(_are_wordings(codes, row) for _, row in under)
    return len(known) >= _FEWEST_OURS and (bool(only) or worded)


def _are_wordings(codes: Row, row: Row) -> bool:
    """Return whether a row says again what the columns of the program are called."""
    cells = _padded(row, len(codes))
    known = [n for n, code in enumerate(codes) if _key(code) in _OF_QUALTRICS]
    same = sum(_key(cells[n]) in _OF_QUALTRICS for n in known)
    return bool(known) and 2 * same > len(known)


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


def attribute_name(name: str) -> str:
    """Write a one-word head in lower case, as participants.csv has it."""
    return name.casefold() if len(name.split()) == 1 else name


# Tables of turns and answers: the one row of heads, and what stands outside it.


def read_csv_sheet(source: Source) -> Table:
    """Read delimited text.

    Raises
    ------
    TranscriptError
        The file is empty, is no text, or has a quotation mark that is never closed.
    """
    rows, remarks = delimited_rows(source)
    return _sheet(with_board_heads(source.path, rows), remarks)


def read_workbook(source: Source) -> list[tuple[str, Table]]:
    """Read every sheet of a workbook that holds anything, with its name, as it is shown.

    What somebody hid is told and not read.

    Raises
    ------
    TranscriptError
        The file is no workbook, or is empty.
    """
    found, lost = workbook_rows(source)
    filled = [sheet for sheet in found if any(any(row) for _, row in sheet.rows)]
    n_hidden = sum(sheet.is_hidden for sheet in filled)
    told = (*_of_hidden("sheet", n_hidden), *lost)
    shown = [sheet for sheet in filled if not sheet.is_hidden]
    sheets = [_as_shown(source.path, sheet, told) for sheet in shown]
    if not sheets:
        why = (
            "all its sheets are hidden; show them" if n_hidden else "the file is empty"
        )
        raise TranscriptError(why, path=source.path)
    return sheets


def _as_shown(
    path: Path, sheet: Sheet, remarks: tuple[Remark, ...]
) -> tuple[str, Table]:
    shown, n_rows, n_columns = sheet.as_shown()
    hidden = (*_of_hidden("row", n_rows), *_of_hidden("column", n_columns))
    rows = with_board_heads(path, shown.rows)
    return sheet.name, _sheet(rows, (*hidden, *remarks), shown.merged)


def _of_hidden(what: str, n: int) -> Iterator[Remark]:
    if n:
        yield Remark(
            f"hidden {what}s of the workbook were not read: {n}",
            f"show the {what}s and save the workbook, if people said what stands there",
        )


def _sheet(
    found: Sequence[tuple[int, Row]],
    remarks: tuple[Remark, ...],
    merged: frozenset[tuple[int, int]] = frozenset(),
) -> Table:
    filled = [(line, row) for line, row in found if any(map(str.strip, row))]
    rows, left_out = one_head(filled)
    table = table_of(rows, (*remarks, *left_out))
    return table if left_out else replace(table, merged=merged)


def odd_pieces(sheet: Table) -> Iterator[Piece]:
    """Yield the rows that have more cells than heads, as words in no turn."""
    for line, row in sheet.odd:
        words = " | ".join(cell for cell in row if cell.strip())
        yield Piece(words, line=line, outside="a row with more cells than heads is")
