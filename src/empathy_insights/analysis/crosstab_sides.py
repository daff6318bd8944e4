"""The people of each group, and those of no such group, as two sides to compare."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from empathy_insights.analysis.comparison import Side
from empathy_insights.analysis.counted_codings import CountedCodings
from empathy_insights.analysis.counting import (
    Numbered,
    clusters,
    distinct_by_cluster,
    margin,
)
from empathy_insights.analysis.intervals import effective_people, share_intervals

_UNKNOWN_ROLE = "unknown"


def known_groups(counts: CountedCodings, by: str) -> tuple[CountedCodings, int]:
    """Keep what people said whose group is known; return how many people are left out."""
    known = counts.turns["participant_id"].notna() & counts.turns[by].notna()
    if by == "role":
        known &= counts.turns["role"] != _UNKNOWN_ROLE
    kept = known.to_numpy()
    people = counts.turns["participant_id"]
    left_out = set(people[~kept].dropna().unique()) - set(people[kept].unique())
    chosen = kept[counts.turn]
    at = (np.cumsum(kept) - 1)[counts.turn[chosen]]
    turns = counts.turns[kept].reset_index(drop=True)
    compared = replace(counts, found=counts.found[chosen], turns=turns, turn=at)
    return compared, len(left_out)


def sides(study: Numbered) -> tuple[Side, Side, bool]:
    """Return the people of each group and those elsewhere, groups by themes in one row.

    Returns
    -------
    tuple
        Both sides, and whether people were heard in one focus group.
    """
    pairs = _pairs(study)
    people = clusters(study)
    everyone = _clusters_by_person(clusters(margin(study, ())), study.n_people)
    here, there = [], []
    for group in range(len(study.groups)):
        members = people[people["group"] == group]
        own = _clusters_by_person(members, study.n_people)
        here.append(_side(pairs[pairs["group"] == group], own, study.n_themes))
        others = np.where(own >= 0, -1, everyone)
        there.append(_side(pairs, others, study.n_themes))
    seated = np.bincount(everyone[everyone >= 0])
    return _joined(here), _joined(there), bool((seated > 1).any())


def _pairs(study: Numbered) -> pd.DataFrame:
    """Return who raised what in which group, each once."""
    pair = study.of_coding * study.n_themes + study.theme
    pairs = pd.unique(pair * max(study.n_people, 1) + study.person)
    cell, person = np.divmod(pairs, max(study.n_people, 1))
    group, theme = np.divmod(cell, max(study.n_themes, 1))
    return pd.DataFrame({"group": group, "theme": theme, "person": person})


def _clusters_by_person(people: pd.DataFrame, n_people: int) -> np.ndarray:
    """Return the cluster of each person, -1 where they are not among these people."""
    cluster = np.full(n_people, -1)
    cluster[people["person"].to_numpy()] = people["cluster"].to_numpy()
    return cluster


def _side(pairs: pd.DataFrame, cluster: np.ndarray, n_themes: int) -> Side:
    inside = cluster >= 0
    number, names = pd.factorize(cluster[inside])
    of_person = np.full(len(cluster), -1)
    of_person[inside] = number
    own = pairs[inside[pairs["person"]]]
    raised = distinct_by_cluster(
        own["theme"].to_numpy(), own["person"].to_numpy(), of_person, n_themes
    )
    raised = raised.reshape(n_themes, len(names))
    sizes = np.bincount(number, minlength=len(names))
    of = np.full(n_themes, sizes.sum())
    low, high = share_intervals(raised, sizes)
    return Side(raised.sum(axis=1), of, low, high, effective_people(raised, sizes))


def _joined(parts: list[Side]) -> Side:
    columns = zip(*parts, strict=True) if parts else ([], [], [], [], [])
    joined = [np.concatenate([*column, np.empty(0)]) for column in columns]
    return Side(*joined)
