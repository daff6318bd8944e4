"""Which themes come up together: in a passage, an answer, a person, a document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd
from scipy import sparse

from empathy_insights.analysis.counting import (
    CountedCodings,
    counted_codings,
    in_numbers,
)
from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.estimate.drawn import ends
from empathy_insights.analysis.estimate.in_tables import UNITS as PEOPLE_UNITS
from empathy_insights.analysis.estimate.in_tables import People, people_told
from empathy_insights.analysis.table_facts import stated
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.tables import CHECKED, CODINGS, STATES, Schema

Within = Literal["segment", "answer", "person", "document"]

COOCCURRENCE = Schema(
    "cooccurrence",
    {
        "theme": "text", "name": "text", "other": "text", "other_name": "text",
        "people": "whole", "low": "number", "high": "number", "state": "text",
        "together": "whole", "either": "whole",
        "jaccard": "number", "lift": "number", "of": "whole",
    },
    key=("theme", "other"),
    may_miss=frozenset({"low", "high", "lift", "of"}),
)  # fmt: skip

_CALLED = {
    "segment": "passages", "answer": "answers", "person": "people", "document": "documents",
}  # fmt: skip
_COLUMN = {
    "segment": "segment_id", "answer": "utterance_id", "person": "participant_id",
    "document": "document_id",
}  # fmt: skip


@public
def cooccurrence(
    codings: pd.DataFrame,
    corpus: Corpus,
    *,
    within: Within = "person",
    codebook: Codebook | None = None,
    level: Literal["main", "sub"] = "main",
    segments: pd.DataFrame | None = None,
    estimate: Estimate | None = None,
) -> pd.DataFrame:
    """Count where two themes come up together, each pair once.

    What unknown voices say counts in passages, answers and documents, never in people.

    Parameters
    ----------
    codings
        Which segment got which theme, as `code` or `read_codings` returns it.
    corpus
        Documents, people and turns, as `read_corpus` returns them.
    within
        What both themes must be in: one passage, one answer (what somebody says before
        another speaks), one person's words, or one document.
    codebook
        Gives themes their names.
    level
        `main` for themes, `sub` for sub-themes.
    segments
        All segments, coded or not; needed for `of` and `lift` within a segment.
    estimate
        What `estimate_counts` returns for these passages; see `theme_frequency`.

    Returns
    -------
    pandas.DataFrame
        A row a pair of themes that were raised, also where they never meet, most people
        first: `theme`, `name`, `other`, `other_name`, `people` (with both in one unit;
        within documents, who raised one of the two where both come up), `low`, `high`
        (people: 95 % interval of the estimate within people; else missing unless all
        was read), `state` (of the theme of the two that fewer have read), `together` (units
        with both), `either` (units with one or both), `jaccard` (together / either),
        `lift` (together over what is expected if themes were independent), `of` (units
        that people spoke in all). `attrs["within"]` names the units.

    Raises
    ------
    TableError
        A coding belongs to another corpus or to a facilitator.
    ValueError
        There is no such unit.

    See Also
    --------
    crosstab : Themes by groups of people.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> said = ["The bus is late, and cold lunch.", "Cold lunch.", "Late bus.", "Fine."]
    >>> answers = pd.DataFrame({"who": list("abcd"), "a": said})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> from empathy_insights.tables import CODINGS
    >>> names = ei.segment(corpus)["segment_id"]
    >>> hand = {"segment_id": names[[0, 0, 1, 2]], "theme": ["bus", "lunch", "lunch", "bus"]}
    >>> given = {"coder": "kim", "status": "human", "method": "", "codebook_sha256": ""}
    >>> codings = CODINGS.frame(pd.DataFrame(hand).assign(**given).to_dict("records"))
    >>> table = ei.cooccurrence(codings, corpus)
    >>> table[["theme", "other", "together", "either", "lift", "of"]]
      theme  other  together  either  lift  of
    0   bus  lunch         1       3   1.0   4
    """
    codings = CODINGS.completed(codings)
    counts = counted_codings(
        codings, corpus, codebook=codebook, level=level, estimate=estimate
    )
    raised = sorted(counts.found["theme"].unique())
    table = _pairs(counts, raised, within).assign(
        name=lambda pairs: pairs["theme"].map(counts.names),
        other_name=lambda pairs: pairs["other"].map(counts.names),
    )
    study = in_numbers(counts, corpus)
    told = people_told(study, list(counts.names), counts.turns, codings, estimate)
    table = table.assign(**_ends_of_pairs(table, counts, told, estimate, within))
    table = _ranked(_with_expected(table, _units_spoken(counts, segments, within)))
    said = stated(
        table, "cooccurrence", _units(within), corpus=corpus, codings=codings,
        codebook=codebook,
    )  # fmt: skip
    said.attrs["within"] = within
    return said


def _ends_of_pairs(
    table: pd.DataFrame,
    counts: CountedCodings,
    told: People,
    estimate: Estimate | None,
    within: Within,
) -> dict[str, object]:
    """Return both ends of the people with both themes, and the state of each pair."""
    names = pd.Index(list(counts.names))
    first, second = (names.get_indexer(table[name]) for name in ("theme", "other"))
    place = np.array([STATES.index(one) for one in told.state[0]], dtype=np.int64)
    state = np.minimum(place[first], place[second])
    sure = np.where(state == STATES.index(CHECKED), table["people"], np.nan)
    low, high = sure, sure.copy()
    if estimate is not None and within == "person":
        is_open = np.isnan(sure)
        low = np.where(is_open, 0.0, sure)
        most = np.minimum(told.high[0][first], told.high[0][second])
        low, high = _drawn_pairs(table, estimate, low, np.where(is_open, most, sure))
    return {"low": low, "high": high, "state": np.array(STATES, object)[state]}


def _drawn_pairs(
    table: pd.DataFrame, estimate: Estimate, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends by the draws, and those that are given of pairs that have none."""
    low, high = low.copy(), high.copy()
    columns = [estimate.of(table[name].tolist()) for name in ("theme", "other")]
    person = estimate.person
    raised = estimate.by_unit(person, person.max(initial=-1) + 1)
    for n, (one, other) in enumerate(zip(*columns, strict=True)):
        if one >= 0 and other >= 0:
            both = estimate.unpacked(raised[:, one] & raised[:, other]).sum(axis=0)
            least, most = ends(both.astype(np.int64))
            people = table["people"].iloc[n]
            low[n], high[n] = min(least, people), max(most, people)
    return low, high


def _pairs(counts: CountedCodings, themes: list[str], within: Within) -> pd.DataFrame:
    """Count each pair of themes, in the order of their names."""
    theme = pd.Index(themes).get_indexer(pd.Index(counts.found["theme"]))
    unit = pd.factorize(_unit_of(counts, within))[0]
    person = pd.factorize(counts.turns["participant_id"])[0][counts.turn]
    units = _indicator(unit, theme, len(themes))
    both = (units.T @ units).toarray().astype(np.int64)
    if within == "document":
        people = _people_beside(unit, theme, person, units)
    elif within == "person":
        people = both
    else:
        people = _people_of_one_voice(unit, theme, person, len(themes))
    single = np.diag(both)
    # Within people, a theme may have been raised by unknown voices alone.
    first, second = np.triu_indices(len(themes), k=1)
    raised = (single[first] > 0) & (single[second] > 0)
    first, second = first[raised], second[raised]
    names = np.array(themes, dtype=object)
    return pd.DataFrame(
        {
            "theme": names[first],
            "other": names[second],
            "people": people[first, second],
            "together": both[first, second],
            "either": single[first] + single[second] - both[first, second],
            "chance": single[first].astype(np.float64) * single[second],
        }
    )


def _unit_of(counts: CountedCodings, within: Within) -> pd.Series:
    if within == "segment":
        return counts.found["segment_id"]
    return counts.turns[_COLUMN[within]].take(counts.turn)


def _indicator(rows: np.ndarray, columns: np.ndarray, width: int) -> sparse.csr_array:
    """Return 1 where a row has a column; what has no number is left out."""
    known = rows >= 0
    cells = pd.unique(rows[known] * max(width, 1) + columns[known])
    at = np.divmod(cells, max(width, 1))
    shape = (int(rows.max(initial=-1)) + 1, width)
    return sparse.csr_array((np.ones(len(cells), dtype=np.float32), at), shape=shape)


def _people_of_one_voice(
    unit: np.ndarray, theme: np.ndarray, person: np.ndarray, width: int
) -> np.ndarray:
    """Count people with both themes in one unit, where one person speaks in each."""
    cells, first_at = np.unique(unit * width + theme, return_index=True)
    of_unit, of_theme = np.divmod(cells, max(width, 1))
    last = np.searchsorted(of_unit, of_unit, side="right")
    later = last - np.arange(len(cells)) - 1
    first = np.repeat(np.arange(len(cells)), later)
    step = np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later)
    pair = of_theme[first] * width + of_theme[first + step + 1]
    who = person[first_at][first]
    known = who >= 0
    n_people = int(person.max(initial=0)) + 1
    met = pd.unique(pair[known] * n_people + who[known]) // n_people
    return np.bincount(met, minlength=width * width).reshape(width, width)


def _people_beside(
    unit: np.ndarray, theme: np.ndarray, person: np.ndarray, units: sparse.csr_array
) -> np.ndarray:
    """Count people who raised one of two themes in a unit that has both."""
    known = person >= 0
    voice, names = pd.factorize(
        unit[known] * (person.max(initial=0) + 1) + person[known]
    )
    unit_of, person_of = np.divmod(np.asarray(names), person.max(initial=0) + 1)
    own = _indicator(voice, theme[known], units.shape[1])
    beside = units[unit_of]
    to_people = _indicator(person_of, np.arange(len(names)), len(names))
    counts = np.zeros((units.shape[1], units.shape[1]), dtype=np.int64)
    for column in range(units.shape[1]):
        raised, there = own[:, [column]], beside[:, [column]]
        met = to_people @ (beside.multiply(raised) + own.multiply(there))
        counts[column] = np.bincount(met.tocsr().indices, minlength=units.shape[1])
    return counts


def _units_spoken(
    counts: CountedCodings, segments: pd.DataFrame | None, within: Within
) -> int | None:
    if within != "segment":
        return int(counts.turns[_COLUMN[within]].nunique())
    if segments is None:
        return None
    return int(segments["utterance_id"].isin(counts.turns["utterance_id"]).sum())


def _with_expected(table: pd.DataFrame, of: int | None) -> pd.DataFrame:
    known = np.nan if of is None else float(of)
    return table.assign(
        jaccard=table["together"] / table["either"],
        lift=table["together"] * known / table["chance"],
        of=pd.array([of] * len(table), dtype="Int64"),
    )


def _ranked(table: pd.DataFrame) -> pd.DataFrame:
    dtypes = {"text": "str", "whole": "int64", "number": "float64"}
    types = {name: dtypes[kind] for name, kind in COOCCURRENCE.columns.items()}
    return COOCCURRENCE.check(
        table.sort_values(
            ["people", "together", "theme", "other"],
            ascending=[False, False, True, True],
        )[list(COOCCURRENCE.columns)]
        .astype({**types, "of": "Int64"})
        .reset_index(drop=True)
    )


def _units(within: Within) -> Mapping[str, str]:
    called = _CALLED[within]
    who = "who raised one of the two in a document with both"
    return {
        "people": f"people {who if within == 'document' else f'with both{_in(within)}'}",
        **{name: PEOPLE_UNITS[name] for name in ("low", "high", "state")},
        "together": f"{called} with both themes",
        "either": f"{called} with one of the themes or both",
        "jaccard": "together / either, 0 to 1",
        "lift": f"{called} with both over those expected if themes were independent",
        "of": f"{called} that people spoke in all; missing where segments= was not given",
    }


def _in(within: Within) -> str:
    return "" if within == "person" else f" in one {within}"
