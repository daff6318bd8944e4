"""Who read how much of a study, where readers agree, and what they should talk about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from empathy_insights.analysis.agreement import ALL_THEMES, agreement
from empathy_insights.analysis.codings_in_place import counted, locators
from empathy_insights.codebook import Codebook
from empathy_insights.coding.review.decisions import without_idle_nos
from empathy_insights.corpus import Corpus, utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import NO_THEME

_PASSAGE = ["segment_id", "coder"]
_VERDICTS = {
    "rely": "they hear the same",
    "tentative": "they mostly hear the same; talk about the rest",
    "do not report": "they hear different things; talk about it first",
}
_NONE_DIFFER = "nobody disagrees"
_TOO_FEW = "too few to tell; read more of the same passages"


class Reading(NamedTuple):
    """Say what one reader has read: their name, and how many passages."""

    reader: str
    passages: int


def who_read(decisions: pd.DataFrame) -> list[Reading]:
    """Return who read how many passages, who read most first.

    Examples
    --------
    >>> rows = {"segment_id": ["a", "b", "a"], "coder": ["kim", "kim", "ana"]}
    >>> [tuple(one) for one in who_read(pd.DataFrame(rows))]
    [('kim', 2), ('ana', 1)]
    """
    n = decisions.groupby("coder")["segment_id"].nunique()
    ordered = sorted(n.items(), key=lambda one: (-int(one[1]), str(one[0])))
    return [Reading(str(name), int(count)) for name, count in ordered]


def readers_apart(decisions: pd.DataFrame, codebook: Codebook) -> list[pd.DataFrame]:
    """Return a table a reader, of the main themes that all readers of a passage answered.

    Parameters
    ----------
    decisions
        As `Analysis.decisions` holds them.
    """
    mains = [theme.id for theme in codebook.main_themes]
    told = decisions["asked"].map(lambda said: said.split(";") if said else mains)
    shared = {
        name: frozenset(mains).intersection(*map(set, lists))
        for name, lists in told.groupby(decisions["segment_id"])
    }
    main = decisions["theme"].str.split(".").str[0]
    both = zip(decisions["segment_id"], main, strict=True)
    is_shared = np.array([theme in shared[name] for name, theme in both], dtype=bool)
    asked = {name: ";".join(sorted(themes)) for name, themes in shared.items()}
    rows = decisions.assign(
        theme=main.where(is_shared, NO_THEME),
        asked=decisions["segment_id"].map(asked).astype("str"),
    )
    rows = rows[rows["asked"] != ""].drop_duplicates([*_PASSAGE, "theme"])
    kept = without_idle_nos(rows)
    return [table for _, table in kept.groupby("coder", sort=True)]


def readers_agree(decisions: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Return how far the readers of a study agree, theme by theme, in plain words.

    Parameters
    ----------
    decisions
        As `Analysis.decisions` holds them.
    codebook
        The themes that they read for.

    Returns
    -------
    pandas.DataFrame
        A row a theme: `theme`, `name`, `n` (passages that two or more have read),
        `gave` (of these, in how many somebody gave it), `same` (the share of pairs of
        readings that agree), `kappa` (missing where nobody gave it), `verdict`. The last
        row compares whole passages; empty where no passage was read by two.
    """
    columns = ["theme", "name", "n", "gave", "same", "kappa", "verdict"]
    tables = readers_apart(decisions, codebook)
    try:
        found = agreement(*tables) if len(tables) > 1 else pd.DataFrame()
    except TableError:
        found = pd.DataFrame()
    if not len(found):
        return pd.DataFrame(columns=columns)
    names = {theme.id: theme.name for theme in codebook} | {ALL_THEMES: "All themes"}
    return found.assign(
        name=found["theme"].map(names),
        gave=found["n"] - found["neither"],
        same=found["percent"],
        verdict=[_verdict(row) for _, row in found.iterrows()],
    )[columns]


def _verdict(row: pd.Series) -> str:
    if row["note"] == _NONE_DIFFER:
        return _NONE_DIFFER
    if row["theme"] == ALL_THEMES:
        # Its alpha is of whole sets: beside those of the themes it would contradict them.
        return f"all the same in {row['percent']:.0%} of the passages"
    return _VERDICTS.get(row["reading"], _TOO_FEW)


def to_talk_about(
    decisions: pd.DataFrame, corpus: Corpus, codebook: Codebook
) -> pd.DataFrame:
    """Return the passages that readers heard differently, without their words.

    Returns
    -------
    pandas.DataFrame
        A row a passage, those that differ in most themes first: `segment_id`, `place`,
        `differ` (the names of the themes that not all gave), and a column for each
        reader: what they gave, `nothing` for none, empty where they have not read.
    """
    tables = readers_apart(decisions, codebook)
    names = {theme.id: theme.name for theme in codebook}
    answers = pd.concat([decisions[:0], *tables])
    gave = pd.concat([decisions[:0], *map(counted, tables)])
    given = gave.groupby(_PASSAGE)["theme"].agg(frozenset)
    read = answers[_PASSAGE].drop_duplicates()
    sets = pd.Series(
        [given.get((one, who), frozenset()) for one, who in read.to_numpy()],
        index=pd.MultiIndex.from_frame(read),
        dtype="object",
    )
    rows = [
        {"segment_id": one, "differ": _differ(list(told), names)}
        | {who: _gave(themes, names) for (_, who), themes in told.items()}
        for one, told in sets.groupby(level=0)
        if len(set(told)) > 1
    ]
    readers = sorted(read["coder"].unique())
    table = pd.DataFrame(rows, columns=["segment_id", "differ", *readers], dtype="str")
    places = locators(utterance_of(table["segment_id"]), corpus)
    order = table["differ"].str.count(",").to_frame().assign(one=table["segment_id"])
    order = order.sort_values(["differ", "one"], ascending=[False, True])
    table.insert(1, "place", places.to_numpy())
    return table.fillna("").loc[order.index].reset_index(drop=True)


def _differ(told: Sequence[frozenset[str]], names: dict[str, str]) -> str:
    some, every = frozenset().union(*told), told[0].intersection(*told)
    return ", ".join(sorted(names[one] for one in some - every))


def _gave(themes: frozenset[str], names: dict[str, str]) -> str:
    return ", ".join(sorted(names[one] for one in themes)) or "nothing"
