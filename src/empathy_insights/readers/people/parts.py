"""One talk in several files: `Maya part 1` and `part 2`, `Rosa` and `Rosa (English)`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

_STEM = r"(?P<stem>.*?[^\W\d_].*?)[\s_.,-]*[(\[]?(?<![^\W_])"
_PART = re.compile(
    rf"{_STEM}(?:(?:part|parte|partie|teil)[\s_.-]*(?P<named>\d{{1,2}}|[ivx]{{1,4}}|[a-d]|one|two|three)"
    r"|(?P<of>\d{1,2})[\s_]*(?:of|de|von)[\s_]*\d{1,2}"
    r"|(?P<more>cont(?:inued|inuation|inuación|['’]?d)?))[)\]]?",
    re.IGNORECASE,
)
_LANGUAGES = (
    "english|spanish|somali|arabic|vietnamese|chinese|mandarin|french|portuguese|russian|"
    "ukrainian|hmong|karen|swahili|tagalog|korean|kreyol|creole|inglés|ingles|español|espanol"
)
_TONGUE = re.compile(
    rf"{_STEM}(?P<tongue>(?:(?:in|en)[\s_]+)?(?:{_LANGUAGES})(?:[\s_]+(?:version|translation|original))?"
    r"|translation|translated|traducción|traduccion|traducido|traducida|original)[)\]]?",
    re.IGNORECASE,
)


def talks_of(paths: Iterable[str]) -> dict[str, str]:
    """Return the path of each file that is a part of a talk -> that of the first part.

    Examples
    --------
    >>> talks_of(["Maya part 1.docx", "Maya part 2.docx", "Jon part 1.docx"])
    {'Maya part 1.docx': 'Maya part 1.docx', 'Maya part 2.docx': 'Maya part 1.docx'}
    """
    return _together(paths, _PART)


def translations_of(paths: Iterable[str]) -> dict[str, str]:
    """Return the path of each file that may hold a talk in another language -> the first.

    Groups may have been heard in two languages as well: only names tell.

    Examples
    --------
    >>> translations_of(["Rosa (Spanish).docx", "Rosa (English translation).docx"])["Rosa (Spanish).docx"]
    'Rosa (English translation).docx'
    """
    return _together(paths, _TONGUE)


def _together(paths: Iterable[str], ending: re.Pattern[str]) -> dict[str, str]:
    talks: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    for path in sorted(paths):
        file = PurePosixPath(path)
        found = ending.fullmatch(file.stem)
        told = found.groupdict() if found else {"stem": file.stem}
        stem = str(told.pop("stem"))
        part = next((said.casefold() for said in told.values() if said), "")
        key = str(file.parent), re.sub(r"[\W_]+", " ", stem.casefold()).strip()
        talks[key].setdefault(part, []).append(path)
    return {
        path: min(parts.items())[1][0]
        for parts in talks.values()
        if len(parts) > 1
        for some in parts.values()
        for path in some
    }
