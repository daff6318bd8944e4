"""Roles that can be put together, so that small ones need not be hidden."""

from __future__ import annotations

from collections.abc import Mapping

SOMEONE = "a person we heard"
ROLE_MERGES = {
    "families and community": ("family", "community"),
    "teachers, staff and leaders": (
        "teacher", "staff", "school_leader", "network_leader",
    ),
}  # fmt: skip


def suggested_merges(heard_by_role: Mapping[str, int], least: int) -> list[str]:
    """Say which roles could be shown together where one alone has too few people.

    Examples
    --------
    >>> suggested_merges({"student": 9, "teacher": 4, "staff": 2}, 5)
    ['count teachers, staff and leaders together: 6 people']
    """
    said = []
    for name, roles in ROLE_MERGES.items():
        counts = [heard_by_role[role] for role in roles if heard_by_role.get(role)]
        if len(counts) > 1 and min(counts) < least <= sum(counts):
            said.append(f"count {name} together: {sum(counts)} people")
    return said
