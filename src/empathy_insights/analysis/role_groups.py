"""Roles put together, so that few people of a role need not be hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from empathy_insights.corpus import Corpus, heard
from empathy_insights.publishing._merges import ROLE_MERGES

ROLE_GROUP = "role_group"


def role_groups(corpus: Corpus, *, least: int = 5) -> dict[str, tuple[str, ...]]:
    """Return role groups and their roles: put together where one has too few people.

    Families go with the community, teachers with staff and leaders; students stay
    apart. A group can still be too small.

    Parameters
    ----------
    least
        How many people a role needs to stand alone.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> import pandas as pd
    >>> roles = ["teacher"] * 4 + ["staff", "student"]
    >>> answers = pd.DataFrame({"role": roles, "a": "Hm."})
    >>> corpus = ei.corpus_from_frame(answers, text="a", role="role")
    >>> role_groups(corpus)
    {'student': ('student',), 'teachers, staff and leaders': ('teacher', 'staff')}
    """
    counts = heard(corpus)["role"].value_counts()
    groups: dict[str, tuple[str, ...]] = {}
    for name, merged in ROLE_MERGES.items():
        present = tuple(role for role in merged if role in counts)
        if len(present) > 1 and min(counts[list(present)]) < least:
            groups[name] = present
    together = {role for roles in groups.values() for role in roles}
    alone = {role: (role,) for role in sorted(counts.index) if role not in together}
    return {**alone, **groups}


def with_role_groups(corpus: Corpus, groups: Mapping[str, tuple[str, ...]]) -> Corpus:
    """Return the corpus whose participants have a `role_group` to count by."""
    of_role = {role: name for name, roles in groups.items() for role in roles}
    people = corpus.participants
    named = people["role"].map(of_role).fillna(people["role"])
    return replace(
        corpus, participants=people.assign(**{ROLE_GROUP: named.astype("str")})
    )
