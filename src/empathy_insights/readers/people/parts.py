"""One talk in several files: `Maya part 1`, `Maya part 2`, `Maya continued`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

_PART = re.compile(
    r"(?P<stem>.*[^\W\d_].*?)[\s_.,-]*[(\[]?(?<![^\W_])(?:"
    r"(?:part|parte|partie|teil)[\s_.-]*(?P<named>\d{1,2}|[ivx]{1,4}|[a-d]|one|two|three)"
    r"|(?P<of>\d{1,2})[\s_]*(?:of|de|von)[\s_]*\d{1,2}"
    r"|(?P<more>cont(?:inued|inuation|inuación|['’]?d)?))[)\]]?",
    re.IGNORECASE,
)


def talks_of(paths: Iterable[str]) -> dict[str, str]:
    """Return the path of each file that is a part of a talk -> that of the first part.

    Examples
    --------
    >>> talks_of(["Maya part 1.docx", "Maya part 2.docx", "Jon part 1.docx"])
    {'Maya part 1.docx': 'Maya part 1.docx', 'Maya part 2.docx': 'Maya part 1.docx'}
    """
    talks: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(dict)
    for path in sorted(paths):
        file = PurePosixPath(path)
        found = _PART.fullmatch(file.stem)
        stem, part = (found["stem"], _part(found)) if found else (file.stem, "")
        key = str(file.parent), re.sub(r"[\W_]+", " ", stem.casefold()).strip()
        talks[key].setdefault(part, []).append(path)
    return {
        path: min(parts.items())[1][0]
        for parts in talks.values()
        if len(parts) > 1
        for some in parts.values()
        for path in some
    }


def _part(found: re.Match[str]) -> str:
    return str(found["named"] or found["of"] or "more").casefold()
