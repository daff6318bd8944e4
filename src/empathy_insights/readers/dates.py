"""When a talk was: the date in the name of its file or in the lines above it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from itertools import islice

_MONTHS = "jan ene|feb|mar|apr abr|may|jun|jul|aug ago|sep set|oct|nov|dec dic"  # English and Spanish, by their first letters
_MONTH = {
    spelled: n
    for n, month in enumerate(_MONTHS.split("|"), start=1)
    for spelled in month.split()
}
_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|"
    r"aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|"
    r"marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|"
    r"diciembre)\.?"
)
_DAY, _YEAR = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>(?:19|20)\d\d)"
_DATES = tuple(
    re.compile(rf"(?<![^\W_]){pattern}(?![^\W_])", re.IGNORECASE)
    for pattern in (
        r"(?P<year>(?:19|20)\d\d)(?P<sign>[-_./ ])(?P<m>\d{1,2})(?P=sign)(?P<day>\d{1,2})",
        rf"{_NAME}[ _-]*{_DAY}(?:,[ _]*|[ _-]+){_YEAR}",
        rf"{_DAY}[ _.-]*(?:de |of )?{_NAME}(?:,[ _]*|[ _-]+(?:de |del )?){_YEAR}",
        # Whether the day or the month comes first is told by what is no month.
        r"(?P<a>\d{1,2})(?P<sign>[-_./])(?P<b>\d{1,2})(?P=sign)(?P<y>(?:20)?\d\d)",
    )
)
# What programs write into names of files, as Zoom's `GMT20251007-151204`.
_COMPACT = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<m>[01]\d)(?P<day>[0-3]\d)(?!\d)"
)
_OF_ANOTHER = re.compile(
    r"\b(?:born|birth\w*|dob|due|printed|exported|downloaded|updated|revised|edited|"
    r"transcribed|version|deadline|copyright|consent|until|since|nacid[oa]|nacimiento)\b",
    re.IGNORECASE,
)
_KEYED = re.compile(
    r"^\W*(?:(?:interview |meeting |session )?date|recorded(?: on)?|fecha|when|conducted(?: on)?)\b",
    re.IGNORECASE,
)
_MOST_LINES, _MOST_WORDS, _LONGEST = 12, 14, 4000
_MONTHS_OF_A_YEAR, _SHORT_YEAR, _CENTURY = 12, 100, 2000


def date_in(said: str) -> str | None:
    """Return the one date in a few words, as ISO 8601 has it; None for none or several.

    A date by numbers alone counts where only one of them can be the month.

    Examples
    --------
    >>> date_in("Wed, Oct 8, 2025"), date_in("8 de octubre de 2025"), date_in("10/14/25")
    ('2025-10-08', '2025-10-08', '2025-10-14')
    >>> date_in("3/4/2025") is None, date_in("Oct 8") is None
    (True, True)
    """
    found = set(_dates(said))
    return found.pop() if len(found) == 1 else None


def date_in_name(path: str) -> str | None:
    """Return the date in a path, also without signs as programs write it.

    Examples
    --------
    >>> date_in_name("fall/GMT20251007-151204_Recording.vtt"), date_in_name("2025/a1")
    ('2025-10-07', None)
    """
    *folders, name = path.replace("+", " ").split("/")
    for part in (name, *reversed(folders)):
        compact = filter(None, map(_date, _COMPACT.finditer(part)))
        if told := next(_dates(part), None) or next(compact, None):
            return told
    return None


def date_above(head: str) -> str | None:
    r"""Return the date in the short lines above a talk: one called so, or the only one.

    Examples
    --------
    >>> date_above("Focus group\nOct 9 2025\nPrinted: Oct 20 2025")
    '2025-10-09'
    """
    lines = (line for line in head[:_LONGEST].split("\n") if line.strip())
    short = [
        line
        for line in islice(lines, _MOST_LINES)
        if len(line.split()) <= _MOST_WORDS and not _OF_ANOTHER.search(line)
    ]
    keyed = [told for line in short if _KEYED.search(line) and (told := date_in(line))]
    found = set(keyed[:1]) or {told for line in short if (told := date_in(line))}
    return found.pop() if len(found) == 1 else None


def _dates(said: str) -> Iterator[str]:
    for pattern in _DATES:
        yield from filter(None, map(_date, pattern.finditer(said)))


def _date(found: re.Match[str]) -> str | None:
    told = found.groupdict()
    if "a" in told:
        year, month, day = _by_numbers(int(told["a"]), int(told["b"]), int(told["y"]))
    else:
        named = (told.get("month") or "")[:3].casefold()
        month = int(told["m"]) if "m" in told else _MONTH.get(named, 0)
        year, day = int(told["year"]), int(told["day"])
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _by_numbers(a: int, b: int, year: int) -> tuple[int, int, int]:
    """Return year, month and day where two numbers tell which is which; else no month."""
    year = year + _CENTURY if year < _SHORT_YEAR else year
    if b > _MONTHS_OF_A_YEAR or a == b:
        return year, a, b
    return (year, b, a) if a > _MONTHS_OF_A_YEAR else (year, 0, 0)
