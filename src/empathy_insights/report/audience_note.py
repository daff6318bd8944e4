"""Whom results are for, in a sentence that stands on all of them."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.roles import SOMEONE, attribution

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


# Who is said to have said a quote: never fewer than enough people could be meant.


_LEAST_WIDTH = 6


@dataclass(frozen=True)
class Attributions:
    """Say whose words a passage is, for an audience.

    Parameters
    ----------
    group_of_role
        Role -> the role group that it is counted in.
    told
        Theme and group of which the number of people is shown: their words may be
        attributed. None where everything may.
    """

    group_of_role: Mapping[str, str]
    told: frozenset[tuple[str, str]] | None

    def __call__(self, theme: str, role: object) -> str:
        """Return how to attribute a passage on a theme by somebody of a role."""
        if self.told is None or not isinstance(role, str):
            return attribution(role)
        group = self.group_of_role.get(role, role)
        return attribution(group) if (theme, group) in self.told else SOMEONE


def said_by(found: pd.DataFrame, attribute: Attributions) -> pd.Series:
    """Return whose words each coded passage is: of a role only if all its themes may tell.

    A passage under two themes has one name. If it named a role under one of them, it
    would tell the role under the other.

    Parameters
    ----------
    found
        Located codings that count.

    Returns
    -------
    pandas.Series
        segment_id -> how to attribute it.
    """
    themes = found["theme"].str.split(".", n=1).str[0]
    who = [
        attribute(theme, role)
        for theme, role in zip(themes, found["role"], strict=True)
    ]
    named = found[["segment_id"]].assign(who=who)
    untold = named.loc[named["who"] == SOMEONE, "segment_id"]
    said = named.drop_duplicates("segment_id").set_index("segment_id")["who"]
    return said.mask(said.index.isin(untold), SOMEONE)


def passage_ids(segments: pd.DataFrame, documents: pd.DataFrame) -> pd.Series:
    """Name passages so that their names say nothing of the document or the speaker.

    The names are keyed hashes. The key is made of all texts of the study, so that another
    run gives the same names, and who does not hold the texts cannot try which passage
    has which name.

    Returns
    -------
    pandas.Series
        segment_id -> `q3fa91c`, in the order of the names.
    """
    key = _key_of(documents)
    ids = segments["segment_id"].to_numpy()
    hashes = [hmac.new(key, str(name).encode(), "sha256").hexdigest() for name in ids]
    width = _LEAST_WIDTH
    while len({name[:width] for name in hashes}) < len(set(ids)):
        width += 1
    names = [f"q{name[:width]}" for name in hashes]
    return pd.Series(names, index=ids, dtype="str").sort_values()


def fingerprint(
    segments: pd.DataFrame, codings: pd.DataFrame, documents: pd.DataFrame
) -> str:
    """Return what two releases share if they count the same, and nobody can invert."""
    counted = codings[["segment_id", "theme", "coder", "status"]]
    said = counted.sort_values([*counted]).to_csv(index=False)
    said += segments[["segment_id"]].sort_values("segment_id").to_csv(index=False)
    return hmac.new(_key_of(documents), said.encode(), "sha256").hexdigest()


def _key_of(documents: pd.DataFrame) -> bytes:
    """Return a key that only those have who hold every file, and every text as read."""
    rows = documents[["sha256", "text"]].sort_values(["sha256", "text"])
    key = hashlib.sha256()
    for told in rows.to_numpy().ravel():
        key.update(hashlib.sha256(str(told).encode()).digest())
    return key.digest()
