"""The rows of the theme table: what was counted, in words and numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd

from empathy_insights.analysis.counting import (
    ALL,
    NOT_KNOWN,
    Numbered,
    distinct,
    only,
    people_intervals,
    tally,
)
from empathy_insights.analysis.estimate.in_tables import UNITS as PEOPLE_UNITS
from empathy_insights.analysis.estimate.in_tables import People
from empathy_insights.analysis.intervals import LEAST_CLUSTERS, wilsons
from empathy_insights.tables import (
    CHECKED,
    COUNTED,
    ROLES,
    STATUSES,
    THEMES,
    by_number,
)

VERBAL_SCALE = ((0.75, "most"), (0.5, "many"), (0.25, "some"), (0.0, "a few"))
NOBODY = "nobody"

UNITS = {
    **PEOPLE_UNITS,
    "of": "people heard, or asked where counted by question; what `share` is a share of",
    "share": "share, 0 to 1, of what `of` counts",
    "share_low": "95 % interval of the share, lower end, for people like those heard; "
    "only where all was read, and missing where none is honest",
    "share_high": "95 % interval of the share, upper end",
    "verbal": "a few below 25 %, some 25-49 %, many 50-74 %, most from 75 %; empty where "
    "both ends of the estimate are not called the same",
    "documents": "documents in which the theme comes up",
    "groups": "focus groups in which the theme comes up",
    "segments": "passages with the theme",
    "human": "of these, coded by people",
    "accepted": "of these, suggested and accepted by people",
    "auto": "of these, coded automatically",
    "suggested": "passages that wait for a person; in no other number",
    "share_of_words": "share, 0 to 1, of the words that are not a facilitator's",
    "roles": "roles of the people who raised the theme",
    "status": "whose codings were counted",
}


def verbal(share: float) -> str:
    """Return the word of the fixed scale: a few, some, many, most (Becker 1958).

    Examples
    --------
    >>> [verbal(share) for share in (0, 0.1, 0.25, 0.6, 0.75)]
    ['nobody', 'a few', 'some', 'many', 'most']
    """
    if share <= 0:
        return NOBODY
    return next(word for least, word in VERBAL_SCALE if share >= least)


@dataclass(frozen=True)
class Words:
    """Hold how much was said: by coding, and in each group.

    Parameters
    ----------
    of_coding
        Words of each coding's segment.
    said
        The columns to group by, `words` and `segments` (1): a row a segment.
    """

    of_coding: np.ndarray
    said: pd.DataFrame

    @classmethod
    def of(
        cls,
        segments: pd.DataFrame,
        turns: pd.DataFrame,
        found: pd.DataFrame,
        columns: Sequence[str],
    ) -> Self:
        """Count the words of the segments that participants spoke."""
        said = segments[["segment_id", "utterance_id"]].assign(
            words=count_words(segments["text"]), segments=1
        )
        placed = said.merge(
            turns[["utterance_id", *columns]],
            on="utterance_id", how="inner", validate="many_to_one",
        )  # fmt: skip
        of_segment = placed.set_index("segment_id")["words"]
        of_coding = of_segment.reindex(found["segment_id"]).fillna(0).to_numpy()
        return cls(of_coding, placed[[*columns, "words", "segments"]])

    def in_groups(self, groups: pd.DataFrame, measure: str) -> np.ndarray:
        """Return `words` or `segments` of each group, margins too."""
        names = list(groups.columns)
        if not names:
            return np.array([self.said[measure].sum()])
        rest = [name for name in names if (groups[name] == ALL).all()]
        merged = self.said.assign(**dict.fromkeys(rest, ALL))
        sums = merged.groupby(names)[measure].sum()
        keys = pd.MultiIndex.from_frame(groups) if len(names) > 1 else groups[names[0]]
        return np.asarray(sums.reindex(keys, fill_value=0))


# What Python calls white space, in the words of Arrow's expressions.
_WORD = r"[^\s\pZ\x0b\x1c-\x1f\x85]+"


def count_words(texts: pd.Series) -> pd.Series:
    """Count words as they are written: what white space separates.

    Examples
    --------
    >>> count_words(pd.Series(["Too much homework.", ""])).tolist()
    [3, 0]
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    counts = pc.count_substring_regex(pa.array(texts, pa.large_string()), _WORD)
    return pd.Series(counts.to_numpy(), index=texts.index).astype("int64")


def frequency_rows(
    study: Numbered,
    names: Mapping[str, str],
    people: People,
    *,
    unit: str = "people",
    words: Words | None = None,
) -> pd.DataFrame:
    """Return the rows of the theme table for some groups, ranked within each.

    Parameters
    ----------
    study
        The codings, `suggested` ones among them.
    names
        Theme -> its name, in the order of `study`.
    people
        People by group and theme.
    """
    is_sure = study.status != STATUSES.index("suggested")
    sure = only(study, is_sure)
    share_of_words = _share_of_words(sure, is_sure, words)
    counts = {
        **_counts(study, sure), **people.columns(), "share_of_words": share_of_words,
    }  # fmt: skip
    of = _of(study, unit, words)[:, None]
    measure = counts["share_of_words" if unit == "words" else unit]
    with np.errstate(invalid="ignore", divide="ignore"):
        share = measure if unit == "words" else measure / of
    is_checked = people.state == CHECKED
    low, high = (
        np.where(is_checked, end, np.nan) for end in _intervals(sure, unit, measure, of)
    )
    columns = {
        **counts,
        "of": np.broadcast_to(of, study.shape),
        "share": share,
        "share_low": low,
        "share_high": high,
        "verbal": _words(people, share, of, unit),
    }
    long = pd.DataFrame({name: matrix.ravel() for name, matrix in columns.items()})
    long = long.assign(
        roles=_joined(sure.role, sure, ROLES, ", "),
        status=_joined(sure.status, sure, STATUSES, " + "),
        **_labels(study, names),
    )
    return _ranked(_typed(long), list(study.groups.columns), unit)


def _words(people: People, share: np.ndarray, of: np.ndarray, unit: str) -> np.ndarray:
    """Say each share in words; nothing where the two ends of it are called otherwise."""
    say = np.frompyfunc(lambda value: "" if np.isnan(value) else verbal(value), 1, 1)
    if unit != "people":
        return np.asarray(say(share))
    with np.errstate(invalid="ignore", divide="ignore"):
        low, high = (say(end / of) for end in (people.low, people.high))
    return np.asarray(np.where(low == high, low, ""))


def _labels(study: Numbered, names: Mapping[str, str]) -> dict[str, np.ndarray]:
    """Return theme, name and group of each row, groups by themes."""
    n_groups, n_themes = study.shape
    groups = study.groups.take(np.repeat(np.arange(n_groups), n_themes))
    texts = {"theme": list(names), "name": list(names.values())}
    return {
        **{name: np.tile(np.array(text, object), n_groups) for name, text in texts.items()},
        **{name: groups[name].to_numpy() for name in groups.columns},
    }  # fmt: skip


def _counts(study: Numbered, sure: Numbered) -> dict[str, np.ndarray]:
    cell, document, shape = sure.cell, sure.document, study.shape
    in_group = sure.is_group
    n_cells = shape[0] * shape[1]
    of_each = tally(
        study.status * n_cells + study.cell, (len(STATUSES) * shape[0], shape[1])
    )
    of_each = of_each.reshape(len(STATUSES), *shape)
    by_status = {
        name: of_each[STATUSES.index(name)] for name in (*COUNTED, "suggested")
    }
    return {
        "documents": distinct(cell, document, study.n_documents, shape),
        "groups": distinct(
            cell[in_group], document[in_group], study.n_documents, shape
        ),
        "segments": tally(cell, shape),
        **by_status,
    }


def _share_of_words(
    sure: Numbered, is_sure: np.ndarray, words: Words | None
) -> np.ndarray:
    if words is None:
        return np.full(sure.shape, np.nan)
    n_cells = sure.shape[0] * sure.shape[1]
    said = np.bincount(sure.cell, weights=words.of_coding[is_sure], minlength=n_cells)
    total = words.in_groups(sure.groups, "words")[:, None]
    return np.where(total > 0, said.reshape(sure.shape) / np.maximum(total, 1), np.nan)


def _of(study: Numbered, unit: str, words: Words | None) -> np.ndarray:
    n_groups = (len(study.groups), 1)
    if unit in {"segments", "words"}:
        if words is None:
            raise ValueError(f"a share of {unit} needs segments=, all of them")
        return words.in_groups(study.groups, unit)
    if unit == "people":
        return distinct(study.of_place, study.heard, study.n_people, n_groups)[:, 0]
    of_groups = np.where(study.in_group, study.place, -1)
    place = of_groups if unit == "groups" else study.place
    return distinct(study.of_place, place, study.n_documents, n_groups)[:, 0]


def _intervals(
    sure: Numbered, unit: str, measure: np.ndarray, of: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    if unit == "people":
        return people_intervals(sure)
    low, high = np.full((2, *sure.shape), np.nan)
    if unit in {"documents", "groups"}:
        enough = of[:, 0] >= (LEAST_CLUSTERS if unit == "groups" else 1)
        low[enough], high[enough] = wilsons(measure[enough], of[enough])
    return low, high


def _joined(
    number: np.ndarray, sure: Numbered, order: Sequence[str], separator: str
) -> list[str]:
    """Say which values occur in each cell, in their order."""
    known = number >= 0
    present = pd.unique(sure.cell[known] * len(order) + number[known])
    bits = np.zeros(sure.shape[0] * sure.shape[1], dtype=np.int64)
    np.bitwise_or.at(bits, present // len(order), 1 << (present % len(order)))
    said = {
        mask: separator.join(
            name for place, name in enumerate(order) if mask >> place & 1
        )
        for mask in np.unique(bits).tolist()
    }
    return [said[mask] for mask in bits.tolist()]


def _typed(long: pd.DataFrame) -> pd.DataFrame:
    dtypes = {"text": "str", "whole": "int64", "number": "float64"}
    return long.astype(
        {name: dtypes[kind] for name, kind in THEMES.columns.items() if name in long}
    )


def _ranked(long: pd.DataFrame, columns: list[str], unit: str) -> pd.DataFrame:
    """Order groups by name, what is not known and margins last, and themes by rank."""
    n_roles = long["roles"].str.count(",").where(long["people"] > 0, -1)
    measure = "share_of_words" if unit == "words" else unit
    ends = {NOT_KNOWN: 1, ALL: 2}
    places = {
        f"_{name}_{what}": values
        for name in columns
        for what, values in (
            ("end", long[name].map(ends).fillna(0)), ("name", long[name].map(by_number)),
        )
    }  # fmt: skip
    # Beside the table, since a group may be called as a key to sort by.
    keys = pd.DataFrame({
        **places, "_measure": -long[measure], "_people": -long["people"],
        "_roles": -n_roles, "_documents": -long["documents"], "theme": long["theme"],
    })  # fmt: skip
    order = keys.sort_values([*keys]).index
    return long.loc[order].reset_index(drop=True)
