"""Whom results are for, in a sentence that stands on all of them."""

from __future__ import annotations

import json
from pathlib import Path

from empathy_insights.errors import EmpathyInsightsError

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


def earlier_note(earlier: str | Path, study: str) -> str:
    """Say what two releases may tell together; nothing where they count the same.

    Parameters
    ----------
    earlier
        The results folder, or the manifest, of the earlier release.
    study
        By what this release would be known in its manifest.

    Raises
    ------
    EmpathyInsightsError
        There is no manifest of a release.
    """
    path = Path(earlier)
    path = path / "manifest.json" if path.is_dir() else path
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        date, audience = str(told["date"]), str(told["audience"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise EmpathyInsightsError(
            f"{path}: this is no manifest of an earlier release; name its results folder"
        ) from error
    if told.get("study") == study:
        return ""
    return (
        f"The release of {date} for the {audience} counted other people or codings: what "
        "the two together tell about those who were added or left out is not guarded."
    )
