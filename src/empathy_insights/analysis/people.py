"""Whom the study has heard, and who spoke together."""

from __future__ import annotations

import pandas as pd


def people_heard(turns: pd.DataFrame) -> pd.DataFrame:
    """Return a row a person: `participant_id` and the `cluster` they spoke in.

    The cluster is the focus group, or the person where they were heard alone.
    """
    known = turns.dropna(subset=["participant_id"])
    people = known.drop_duplicates("participant_id")[["participant_id"]]
    groups = (
        known[known["kind"] == "focus_group"]
        .drop_duplicates("participant_id")
        .set_index("participant_id")["document_id"]
    )
    of_group = people["participant_id"].map(groups).astype("str")
    cluster = of_group.fillna(people["participant_id"])
    return people.assign(cluster=cluster).reset_index(drop=True)
