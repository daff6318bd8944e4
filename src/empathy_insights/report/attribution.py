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
