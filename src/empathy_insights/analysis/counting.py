"""Count people, documents and segments by theme and group, all groups at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from empathy_insights.analysis.intervals import share_intervals
from empathy_insights.tables import ROLES, STATUSES

ALL = "all"

Whole = np.ndarray


@dataclass(frozen=True)
class Numbered:
    """Hold the codings and the people heard as numbers, which count fast.

    Parameters
    ----------
    groups
        A row a group, its columns those to group by; together they hold everyone.
    of_coding, of_place
        The group of each coding, and of each person heard in a document.
    theme, person, document, role, status, is_group
        Of each coding: numbers in the order of themes, people, documents, `ROLES` and
        `STATUSES`; -1 where nobody could tell who spoke. Whether it was said in a focus
        group.
    heard, place, in_group
        Person (-1: unknown), document, and whether it is a focus group: of each person
        heard in a document.
    n_themes, n_people, n_documents
        How many there are.
    """

    groups: pd.DataFrame
    of_coding: Whole
    of_place: Whole
    theme: Whole
    person: Whole
    document: Whole
    role: Whole
    status: Whole
    is_group: Whole
    heard: Whole
    place: Whole
    in_group: Whole
    n_themes: int
    n_people: int
    n_documents: int

    @property
    def cell(self) -> Whole:
        """The cell, group by theme, of each coding."""
        return np.asarray(self.of_coding * self.n_themes + self.theme)

    @property
    def shape(self) -> tuple[int, int]:
        """Groups and themes."""
        return len(self.groups), self.n_themes


def numbered(
    codings: pd.DataFrame,
    turns: pd.DataFrame,
    at: Whole,
    places: pd.DataFrame,
    *,
    themes: Sequence[str],
    columns: Sequence[str],
) -> Numbered:
    """Give every coding and place its numbers.

    Parameters
    ----------
    codings
        Codings of these themes: `theme`, `status`.
    turns, at
        Participants' turns, and the row there that each coding stands in.
    places
        The table of `heard_in`.
    """
    groups, of_turn, of_place = _groups(turns, places, list(columns))
    people = pd.Index(places["participant_id"].dropna().unique())
    documents = pd.Index(places["document_id"].unique())
    is_group = turns["kind"].to_numpy() == "focus_group"
    return Numbered(
        groups=groups,
        of_coding=of_turn[at],
        of_place=of_place,
        theme=_number(codings["theme"], pd.Index(list(themes))),
        person=_number(turns["participant_id"], people)[at],
        document=_number(turns["document_id"], documents)[at],
        role=_number(turns["role"], pd.Index(ROLES))[at],
        status=_number(codings["status"], pd.Index(STATUSES)),
        is_group=is_group[at],
        heard=_number(places["participant_id"], people),
        place=_number(places["document_id"], documents),
        in_group=places["kind"].to_numpy() == "focus_group",
        n_themes=len(themes),
        n_people=len(people),
        n_documents=len(documents),
    )


def margin(study: Numbered, kept: Sequence[str]) -> Numbered:
    """Put groups together that differ only in columns that are not kept."""
    rest = [name for name in study.groups.columns if name not in kept]
    merged = study.groups.assign(**dict.fromkeys(rest, ALL))
    groups = merged.drop_duplicates().reset_index(drop=True)
    names = list(groups.columns)
    if not names:
        return study
    at = pd.MultiIndex.from_frame(groups).get_indexer(pd.MultiIndex.from_frame(merged))
    return replace(
        study, groups=groups, of_coding=at[study.of_coding], of_place=at[study.of_place]
    )


def only(study: Numbered, chosen: Whole) -> Numbered:
    """Keep some of the codings."""
    own = ("of_coding", "theme", "person", "document", "role", "status", "is_group")
    return replace(study, **{name: getattr(study, name)[chosen] for name in own})


def distinct(cell: Whole, what: Whole, n_what: int, shape: tuple[int, int]) -> Whole:
    """Count different things in each cell; a thing of number -1 is none.

    Examples
    --------
    >>> distinct(np.array([0, 0, 1]), np.array([4, 4, -1]), 5, (1, 2)).tolist()
    [[1, 0]]
    """
    known = what >= 0
    pairs = pd.unique(cell[known] * max(n_what, 1) + what[known])
    return tally(pairs // max(n_what, 1), shape)


def tally(cell: Whole, shape: tuple[int, int]) -> Whole:
    """Count how often each cell occurs."""
    return np.bincount(cell, minlength=shape[0] * shape[1]).reshape(shape)


def clusters(study: Numbered) -> pd.DataFrame:
    """Return a row a person and group: `group`, `person`, `cluster` they spoke in.

    The cluster is the focus group, or the person where they were heard alone.
    """
    rows = pd.DataFrame(
        {"group": study.of_place, "person": study.heard, "document": study.place}
    ).assign(alone=~study.in_group)
    known = rows[rows["person"] >= 0].sort_values("alone", kind="stable")
    first = known.drop_duplicates(["group", "person"])
    own = study.n_documents + first["person"]
    return first.assign(cluster=own.where(first["alone"], first["document"]))


def people_intervals(study: Numbered) -> tuple[Whole, Whole]:
    """Return low and high of the share of people, groups by themes."""
    low, high = np.full((2, *study.shape), np.nan)
    people = clusters(study)
    for group, rows in people.groupby("group"):
        cluster, _ = pd.factorize(rows["cluster"])
        of_person = np.full(study.n_people, -1)
        of_person[rows["person"].to_numpy()] = cluster
        mine = (study.of_coding == group) & (study.person >= 0)
        raised = distinct_by_cluster(
            study.theme[mine], study.person[mine], of_person, study.n_themes
        )
        low[group], high[group] = share_intervals(raised, np.bincount(cluster))
    return low, high


def distinct_by_cluster(
    theme: Whole, person: Whole, cluster: Whole, n_themes: int
) -> Whole:
    """Count the people of each cluster who raised each theme: themes by clusters."""
    pairs = pd.unique(theme * len(cluster) + person)
    theme, person = np.divmod(pairs, max(len(cluster), 1))
    n_clusters = cluster.max(initial=-1) + 1
    cells = theme * n_clusters + cluster[person]
    return tally(cells, (n_themes, n_clusters))


def _groups(
    turns: pd.DataFrame, places: pd.DataFrame, columns: list[str]
) -> tuple[pd.DataFrame, Whole, Whole]:
    """Give a number to the groups that somebody spoke or was heard in."""
    if not columns:
        none = np.zeros(len(turns), dtype=np.int64)
        return pd.DataFrame(index=[0]), none, np.zeros(len(places), dtype=np.int64)
    names = [
        pd.Index(sorted({*turns[name].unique(), *places[name].unique()}))
        for name in columns
    ]
    sizes = tuple(len(index) for index in names)
    spoken, seen = (
        np.ravel_multi_index(
            [_number(table[name], index) for name, index in zip(columns, names, strict=True)],
            sizes,
        )
        for table in (turns, places)
    )  # fmt: skip
    present = np.unique(np.concatenate([spoken, seen]))
    parts = np.unravel_index(present, sizes)
    groups = pd.DataFrame(
        {
            name: index.take(part)
            for name, index, part in zip(columns, names, parts, strict=True)
        }
    )
    return groups, np.searchsorted(present, spoken), np.searchsorted(present, seen)


def _number(values: pd.Series, index: pd.Index) -> Whole:
    codes, unique = pd.factorize(values)
    at = np.append(index.get_indexer(pd.Index(unique)), -1)
    return np.asarray(at[codes])
