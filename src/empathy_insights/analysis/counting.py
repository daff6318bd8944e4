"""Count people, documents and segments by theme and group, all groups at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import counted, spoken, turn_of
from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.intervals import share_intervals
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.tables import COUNTED, ROLES, STATUSES, check_themes

ALL = "all"

Whole = np.ndarray


@dataclass(frozen=True)
class Numbered:
    """Hold the codings and the people heard as numbers, which count fast.

    Parameters
    ----------
    groups
        A row a group, its columns those to group by; together they hold everyone.
    of_coding, of_place, of_turn
        The group of each coding, of each person heard in a document, and of each turn.
    theme, person, document, role, status, is_group
        Of each coding: numbers in the order of themes, people, documents, `ROLES` and
        `STATUSES`; -1 where nobody could tell who spoke. Whether it was said in a focus
        group.
    speaker
        The person of each turn, -1 where nobody could tell.
    heard, place, in_group
        Person (-1: unknown), document, and whether it is a focus group: of each person
        heard in a document.
    n_themes, n_people, n_documents
        How many there are.
    """

    groups: pd.DataFrame
    of_coding: Whole
    of_place: Whole
    of_turn: Whole
    theme: Whole
    person: Whole
    document: Whole
    role: Whole
    status: Whole
    is_group: Whole
    speaker: Whole
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
    speaker = _number(turns["participant_id"], people)
    return Numbered(
        groups=groups,
        of_coding=of_turn[at],
        of_place=of_place,
        of_turn=of_turn,
        theme=_number(codings["theme"], pd.Index(list(themes))),
        person=speaker[at],
        document=_number(turns["document_id"], documents)[at],
        role=_number(turns["role"], pd.Index(ROLES))[at],
        status=_number(codings["status"], pd.Index(STATUSES)),
        is_group=is_group[at],
        speaker=speaker,
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
        study,
        groups=groups,
        of_coding=at[study.of_coding],
        of_place=at[study.of_place],
        of_turn=at[study.of_turn],
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


# Who was heard where: the denominators of every table, by group.


NOT_KNOWN = "not known"
_QUESTION = "question_id"


def heard_in(
    turns: pd.DataFrame, corpus: Corpus, columns: tuple[str, ...]
) -> pd.DataFrame:
    """Return who was heard in which document, with the columns to group by.

    By `question_id`, everyone heard in a document in which the question was asked was
    asked it, whether they answered or not.

    Parameters
    ----------
    turns
        Participants' turns, as `spoken` returns them, their groups named.

    Returns
    -------
    pandas.DataFrame
        `participant_id` (missing: a voice that nobody could tell apart), `document_id`,
        `kind`, and `columns`.
    """
    own = [name for name in columns if name != _QUESTION]
    kept = list(dict.fromkeys(["participant_id", "document_id", "kind", *own]))
    places = turns[kept].drop_duplicates()
    if _QUESTION in columns:
        asked = corpus.utterances[["document_id", _QUESTION]].dropna()
        beside = turns.loc[turns[_QUESTION] == NOT_KNOWN, [*kept, _QUESTION]]
        places = pd.concat(
            [places.merge(asked.drop_duplicates(), on="document_id"), beside]
        ).drop_duplicates()
    return places.reset_index(drop=True)


def named_groups(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Say `not known` where a group is missing, so that no row is lost."""
    return table.assign(
        **{name: table[name].astype("str").fillna(NOT_KNOWN) for name in columns}
    )


# Which themes a table counts, and what people call them.


Level = Literal["main", "sub", "all"]


def theme_names(
    raised: Iterable[str], codebook: Codebook | None, level: Level
) -> dict[str, str]:
    """Return theme -> its name: of the codebook, or of what was raised, by name.

    Examples
    --------
    >>> theme_names(["bus_ride", "bus_ride.late"], None, "main")
    {'bus_ride': 'Bus ride'}
    """
    if codebook is None:
        names = {
            name: name.replace("_", " ").capitalize() for name in sorted(set(raised))
        }
    else:
        names = {theme.id: theme.name for theme in codebook}
    return {
        theme: name
        for theme, name in names.items()
        if level == "all" or ("." in theme) == (level == "sub")
    }


# The codings that count, beside the turns they stand in and the names of their themes.


@dataclass(frozen=True)
class CountedCodings:
    """Hold what counts of a study's codings.

    Parameters
    ----------
    found
        The codings that count, of the themes in `names`: `segment_id`, `theme`, `status`.
    turns, turn
        Participants' turns, and the row there that each coding stands in.
    names
        Theme -> its name: of the codebook, or what was raised.
    """

    found: pd.DataFrame
    turns: pd.DataFrame
    turn: np.ndarray
    names: Mapping[str, str]


def counted_codings(
    codings: pd.DataFrame,
    corpus: Corpus,
    *,
    codebook: Codebook | None = None,
    level: Level = "main",
    estimate: Estimate | None = None,
) -> CountedCodings:
    """Find the codings that count and the turns they stand in.

    Parameters
    ----------
    codings
        With all their columns, as `CODINGS.completed` returns them.
    estimate
        Its passages and main themes take the place of codings of main themes; a
        sub-theme counts where its theme does.

    Raises
    ------
    TableError
        A coding belongs to another corpus or to a facilitator.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> counted_codings(codings, corpus).names
    {'tech_support': 'Tech support'}
    """
    check_themes(codings, codebook)
    turns = spoken(corpus)
    found = counted(codings[["segment_id", "theme", "coder", "status"]])
    if estimate is not None:
        own = found[~found["theme"].isin(estimate.themes)]
        estimated = estimate.pairs.assign(coder="estimate", status=COUNTED[-1])
        found = pd.concat([own, estimated], ignore_index=True)
    names = theme_names(found["theme"].unique(), codebook, level)
    if estimate is not None:
        found = found[estimate.is_counted(found)]
    at = turn_of(found, turns, corpus)
    chosen = found["theme"].isin(names).to_numpy()
    return CountedCodings(found[chosen], turns, at[chosen], names)


def in_numbers(
    counted_ones: CountedCodings, corpus: Corpus, by: tuple[str, ...] = ()
) -> Numbered:
    """Give the codings and the people heard numbers, by group."""
    turns = named_groups(counted_ones.turns, by)
    return numbered(
        counted_ones.found,
        turns,
        counted_ones.turn,
        heard_in(turns, corpus, by),
        themes=list(counted_ones.names),
        columns=by,
    )
