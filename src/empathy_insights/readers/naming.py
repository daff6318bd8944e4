"""What the names of files say, by a pattern that the user gives."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath

from empathy_insights.errors import OptionError
from empathy_insights.readers.model import Remark

FIELDS = ("site", "role", "date", "round", "participant")
_FIELD = re.compile(r"\{(\w*)\}")
_DATE = r"\d{4}[-_.]?\d{2}[-_.]?\d{2}|\d{4}"
_COMPACT = re.compile(r"(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})")

UNFITTING = Remark(
    "the name of the file does not fit name_pattern",
    "rename the file, or say in its front matter what the name should tell",
)


def check_pattern(pattern: str) -> None:
    """Refuse a pattern with no field, an unknown one, or one that occurs twice.

    Raises
    ------
    OptionError
        The pattern cannot be used.
    """
    fields = _FIELD.findall(pattern)
    strange = [name for name in fields if name not in FIELDS]
    if strange or not fields or len(set(fields)) < len(fields):
        found = repr(strange[0]) if strange else repr(pattern)
        raise OptionError(
            f"name_pattern cannot use {found}; write each of some of the fields "
            f"{', '.join(f'{{{name}}}' for name in FIELDS)} once"
        )


def facts_of_name(path: str, pattern: str) -> Mapping[str, str] | None:
    """Return what a path says, or None when it does not fit.

    A pattern without `/` is about the name of the file, one with it about its folders
    too.

    Examples
    --------
    >>> facts_of_name("r1/alder_parent_2026-03-01.txt", "{site}_{role}_{date}")
    {'site': 'alder', 'role': 'parent', 'date': '2026-03-01'}
    """
    named = PurePosixPath(path).with_suffix("")
    depth = pattern.count("/") + 1
    found = _compiled(pattern).fullmatch("/".join(named.parts[-depth:]))
    if found is None:
        return None
    facts = {name: value.strip() for name, value in found.groupdict().items()}
    if "date" in facts:
        facts["date"] = _COMPACT.sub(r"\1-\2-\3", facts["date"])
    return facts


@lru_cache(maxsize=8)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = _FIELD.split(pattern)
    written = [
        (f"(?P<{part}>{_DATE})" if part == "date" else f"(?P<{part}>[^/]+?)")
        if place % 2
        else re.escape(part)
        for place, part in enumerate(parts)
    ]
    return re.compile("".join(written), re.IGNORECASE)
