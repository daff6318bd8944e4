"""What people write above the columns of their tables, and what we call it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

PEOPLE: Mapping[str, str] = MappingProxyType({
    "participant_id": "participantid id person_id respondent_id subject_id "
    "participant_code code pid",
    "name": "full_name fullname participant_name student_name display_name "
    "preferred_full_name names interviewee participant person who nombre nom",
    "first_name": "firstname given_name given first forename student_first_name "
    "preferred_first_name",
    "last_name": "lastname surname family_name last student_last_name",
    "nickname": "nicknames preferred_name goes_by also_called alias known_as",
    "role": "roles participant_role position stakeholder stakeholder_group",
    "document": "documents file files file_name filename transcript recording",
    "voice": "speaker label speaker_label",
    "priority_group": "priority",
})  # fmt: skip
"""The columns of a table of people, each with other words for it."""


def renamed(header: Sequence[str], synonyms: Mapping[str, str]) -> tuple[str, ...]:
    """Call columns by our words, each word once; a column of no such word stays.

    Parameters
    ----------
    synonyms
        Our word -> other words for it, the likelier ones first.

    Examples
    --------
    >>> renamed(["Student Name", "ROLE", "grade"], PEOPLE)
    ('name', 'role', 'grade')
    """
    said = list(map(_plain, header))
    heads = list(header)
    for ours, others in synonyms.items():
        found = [word for word in (ours, *others.split()) if word in said]
        if found and ours not in header:
            heads[said.index(found[0])] = ours
    return tuple(heads)


def named_in(row: Mapping[str, str]) -> str:
    """Return the whole name in a row of people, also where it stands in two columns."""
    apart = f"{row.get('first_name', '')} {row.get('last_name', '')}".strip()
    return row.get("name") or apart


def _plain(head: str) -> str:
    apart = unicodedata.normalize("NFKD", head.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "_", bare).strip("_")
