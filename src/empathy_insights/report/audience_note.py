"""Whom results are for, in a sentence that stands on all of them."""

from __future__ import annotations

_AUDIENCE = {
    "team": "For the team only: small groups are shown and quotes are not yet released. "
    "Do not forward.",
    "school": "For the school: numbers of fewer than 5 people, and what would give them "
    "away, are hidden.",
    "public": "For the public: numbers of fewer than 10 people, and what would give them "
    "away, are hidden.",
}


def audience_note(audience: str, *, identities: bool) -> str:
    """Say whom the results are for, and whether people can be recognised by name."""
    warning = (
        "NAMES AND OTHER IDENTITIES HAVE NOT BEEN TAKEN OUT. " if identities else ""
    )
    return warning + _AUDIENCE[audience]
