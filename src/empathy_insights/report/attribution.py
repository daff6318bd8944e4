"""Who is said to have said a quote: never fewer than enough people could be meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from empathy_insights.analysis.attribution import SOMEONE, attribution


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
    """Say whose words each coded passage is: of a role only if all its themes may tell.

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


def passage_ids(segments: pd.DataFrame, *, random_state: int = 0) -> pd.Series:
    """Name passages so that their names say nothing of the document or the speaker.

    Returns
    -------
    pandas.Series
        segment_id -> `q0117`; numbers are drawn at random, or neighbours would have
        neighbouring ones.
    """
    ids = segments["segment_id"].sort_values().to_numpy()
    numbers = np.random.default_rng(random_state).permutation(len(ids)) + 1
    width = max(4, len(str(len(ids))))
    names = [f"q{number:0{width}d}" for number in numbers]
    return pd.Series(names, index=ids, dtype="str")
