"""Who said it, in words that could mean many people."""

from __future__ import annotations

from empathy_insights.publishing._merges import ROLE_MERGES, SOMEONE

__all__ = ["K_ANONYMOUS", "SOMEONE", "attribution"]

K_ANONYMOUS = 5  # people who share an attribution, at least
_MERGED = ("a family or community member", "a teacher, staff member or leader")
_SAID = {
    "family": "a family member",
    "unknown": "role unknown",
    **dict(zip(ROLE_MERGES, _MERGED, strict=True)),
}


def attribution(role: object) -> str:
    """Say who is quoted by role alone, so that no combination points to one child.

    Examples
    --------
    >>> attribution("school_leader"), attribution("family"), attribution(None)
    ('school leader', 'a family member', 'a voice nobody could tell apart')
    """
    if not isinstance(role, str):
        return "a voice nobody could tell apart"
    return _SAID.get(role, role.replace("_", " "))
