"""Themes over rounds: how many people raised each, and what changed."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import spoken
from empathy_insights.analysis.counting import (
    CountedCodings,
    Level,
    counted_codings,
    distinct,
    in_numbers,
    people_intervals,
)
from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.estimate.drawn import ends
from empathy_insights.analysis.estimate.in_tables import UNITS as PEOPLE_UNITS
from empathy_insights.analysis.estimate.in_tables import People, people_told
from empathy_insights.analysis.frequency import adds_up
from empathy_insights.analysis.intervals import difference_interval
from empathy_insights.analysis.table_facts import stated
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.tables import CHECKED, CODINGS, Schema

ROUNDS = Schema(
    "rounds",
    {
        "theme": "text", "name": "text", "round": "text", "people": "whole",
        "low": "number", "high": "number", "of": "whole", "read": "whole",
        "state": "text", "share": "number", "share_low": "number",
        "share_high": "number", "change": "number", "change_low": "number",
        "change_high": "number", "in_both": "whole",
    },
    key=("theme", "round"),
    may_miss=frozenset({
        "low", "high", "share", "share_low", "share_high", "change", "change_low",
        "change_high", "in_both",
    }),
)  # fmt: skip

UNITS = {
    **PEOPLE_UNITS,
    "of": "people heard in the round",
    "share": "share, 0 to 1, of the people heard in the round",
    "share_low": "95 % interval of the share, lower end, for people like those heard; "
    "only where all was read, and missing where none is honest",
    "share_high": "95 % interval of the share, upper end",
    "change": "share minus the share in the round before, -1 to 1",
    "change_low": "95 % interval of the change, lower end: as far as coding goes, or for "
    "people like those heard where all was read; then missing where some were in both",
    "change_high": "95 % interval of the change, upper end",
    "in_both": "people heard in this round and in the one before",
}
_CAUTION = (
    "A change is one of who was asked as much as of what they think; see how many people "
    "were heard in both rounds."
)


@public
def theme_over_rounds(
    codings: pd.DataFrame,
    corpus: Corpus,
    *,
    codebook: Codebook | None = None,
    level: Level = "main",
    estimate: Estimate | None = None,
) -> pd.DataFrame:
    """Count who raised each theme in each round, and how far that is from the round before.

    Rounds go by the date of their first document; where one has no date, by the number
    in their name, then by their name. Documents without a round are left out.

    Parameters
    ----------
    codings
        Which segment got which theme, as `code` or `read_codings` returns it.
    corpus
        Documents, people and turns, as `read_corpus` returns them.
    codebook
        Gives themes their names, and rows to every theme that nobody raised.
    level
        `main` for themes, `sub` for sub-themes, `all` for both.
    estimate
        What `estimate_counts` returns for these passages; see `theme_frequency`.

    Returns
    -------
    pandas.DataFrame
        A row a theme and round, themes raised by most people first, then in the order of
        rounds: `theme`, `name`, `round`, `people`, `low`, `high`, `of` (people heard in
        the round), `read`, `state`, `share`, `share_low`, `share_high` (as in
        `theme_frequency`), `change` (of the share since the round before; missing in the
        first), `change_low`, `change_high` (95 % interval, of the same draws; where
        all was read, for people like those heard, and missing if somebody was heard in
        both rounds; missing without an estimate, unless all was read), `in_both`
        (people heard in this and the round before; missing in the first).
        `attrs["rounds"]` holds their order, `attrs["caution"]` how to read a change.

    Raises
    ------
    TableError
        A coding belongs to another corpus or to a facilitator.

    See Also
    --------
    crosstab : Any groups beside each other.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> from dataclasses import replace
    >>> corpus = replace(corpus, documents=corpus.documents.assign(round="1"))
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> ei.theme_over_rounds(codings, corpus)[["theme", "round", "people", "of", "change"]]
              theme round  people  of  change
    0  tech_support     1       1   2     NaN
    """
    codings = CODINGS.completed(codings)
    counts = counted_codings(
        codings, corpus, codebook=codebook, level=level, estimate=estimate
    )
    rounds = round_order(corpus)
    table = _in_order(_counted(counts, corpus, codings, estimate, rounds), rounds)
    table = table.assign(
        change=table.groupby("theme")["share"].diff(),
        in_both=table["round"].map(_heard_in_both(counts, rounds)).astype("Int64"),
    )[list(ROUNDS.columns)]
    told = stated(
        ROUNDS.check(table), "rounds", UNITS, corpus=corpus, codings=codings,
        codebook=codebook, by=["round"],
    )  # fmt: skip
    told.attrs |= {
        "rounds": rounds, "caution": _CAUTION,
        "adds_up": adds_up(counts.turns.dropna(subset=["round"]), ["round"]),
    }  # fmt: skip
    return told


def round_order(corpus: Corpus) -> list[str]:
    """Return the rounds that somebody spoke in, the first in time first.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["Late bus.", "Fine."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> round_order(corpus)
    []
    """
    turns = spoken(corpus).dropna(subset=["round"])
    rounds = turns.groupby("round", as_index=False)["date"].min()
    date = rounds["date"] if rounds["date"].notna().all() else ""
    number = rounds["round"].str.extract(r"(\d+)", expand=False).astype("float64")
    when = rounds["round"].map(_place_in_a_year).astype("int64")
    ordered = rounds.assign(date=date, number=number, when=when)
    by = ["date", "number", "when", "round"]
    return [str(name) for name in ordered.sort_values(by)["round"]]


def _place_in_a_year(name: str) -> int:
    """Return where a round such as `pre` or `spring` comes, in a school year if it has none.

    Examples
    --------
    >>> sorted(["spring", "post", "fall", "pre"], key=_place_in_a_year)
    ['fall', 'pre', 'spring', 'post']
    >>> sorted(["fall 2024", "spring 2024"], key=_place_in_a_year)
    ['spring 2024', 'fall 2024']
    """
    found = (n for n, words in enumerate(_IN_ORDER, start=1) if words.match(name))
    place = next(found, 0)
    is_early = place == 1 and _SEASON_AND_YEAR.match(name)
    return len(_IN_ORDER) + 1 if is_early else place


_IN_ORDER = [
    re.compile(words, re.IGNORECASE)
    for words in (
        r"(?:fall|autumn|oto[ñn]o|pre|baseline)\b",
        r"(?:winter|invierno|mid)",
        r"(?:spring|primavera|post|end)",
        r"(?:summer|verano|follow)",
    )
]
_SEASON_AND_YEAR = re.compile(r"[^\W\d_]+ \d{4}")


def _counted(
    counts: CountedCodings,
    corpus: Corpus,
    codings: pd.DataFrame,
    estimate: Estimate | None,
    rounds: list[str],
) -> pd.DataFrame:
    """Count people by theme and round, and how many raised the theme in any."""
    study = in_numbers(counts, corpus, ("round",))
    n_rounds, n_themes = study.shape
    people = people_told(study, list(counts.names), counts.turns, codings, estimate)
    of = distinct(study.of_place, study.heard, study.n_people, (n_rounds, 1))
    everyone = distinct(study.theme, study.person, study.n_people, (1, n_themes))
    limits = np.where(people.state == CHECKED, people_intervals(study), np.nan)
    names = study.groups["round"].to_numpy(object)
    order = [list(names).index(one) for one in rounds]
    both = _heard_in_both(counts, rounds)
    in_both = np.array([both.get(str(name), 0.0) for name in names])
    changes = np.where(
        _was_read(people, order),
        _of_people_like_those(people, of, limits, order, in_both),
        _changes(people, of, order),
    )
    return pd.DataFrame(
        {
            "theme": pd.array(list(counts.names) * n_rounds, dtype="str"),
            "name": pd.array(list(counts.names.values()) * n_rounds, dtype="str"),
            "round": np.repeat(names, n_themes),
            **{name: values.ravel() for name, values in people.columns().items()},
            "of": np.repeat(of, n_themes),
            "share_low": limits[0].ravel(),
            "share_high": limits[1].ravel(),
            "change_low": changes[0].ravel(),
            "change_high": changes[1].ravel(),
            "_everyone": np.tile(everyone[0], n_rounds),
        }
    )


def _changes(
    people: People, of: np.ndarray, order: list[int]
) -> tuple[np.ndarray, np.ndarray]:
    """Return both ends of each round's change since the one before, groups by themes."""
    low, high = np.full((2, *people.people.shape), np.nan)
    known = people.is_known
    for before, after in pairwise(order):
        shares = [people.draws[n] / max(int(of[n, 0]), 1) for n in (before, after)]
        both = known[before] & known[after]
        found = ends(shares[1] - shares[0])
        low[after], high[after] = (np.where(both, end, np.nan) for end in found)
    return low, high


def _was_read(people: People, order: list[int]) -> np.ndarray:
    """Return where all was read in a round and in the one before."""
    read = np.zeros(people.people.shape, dtype=bool)
    for before, after in pairwise(order):
        read[after] = (people.state[[before, after]] == CHECKED).all(axis=0)
    return read


def _of_people_like_those(
    people: People,
    of: np.ndarray,
    limits: np.ndarray,
    order: list[int],
    in_both: np.ndarray,
) -> np.ndarray:
    """Return both ends of each change for people like those heard, as `crosstab` does.

    They are missing where somebody was heard in both rounds: the two shares are then not
    of different people.
    """
    found = np.full((2, *people.people.shape), np.nan)
    shares = people.people / np.maximum(of, 1)
    for before, after in pairwise(order):
        if not in_both[after]:
            now, then = ((shares[n], *limits[:, n]) for n in (after, before))
            found[:, after] = difference_interval(now, then)
    return found


def _in_order(table: pd.DataFrame, rounds: list[str]) -> pd.DataFrame:
    place = pd.Index(rounds).get_indexer(pd.Index(table["round"]))
    heard = table["of"].where(table["of"] > 0)
    return (
        table.assign(share=(table["people"] / heard).astype("float64"), _place=place)
        .loc[place >= 0]
        .sort_values(["_everyone", "theme", "_place"], ascending=[False, True, True])
        .astype({"round": "str"})
        .reset_index(drop=True)
    )


def _heard_in_both(counts: CountedCodings, rounds: list[str]) -> dict[str, float]:
    """Return how many people of each round were heard in the one before, too."""
    turns = counts.turns.dropna(subset=["participant_id", "round"])
    pairs = turns[["participant_id", "round"]].drop_duplicates()
    place = pd.Index(rounds).get_indexer(pd.Index(pairs["round"]))
    people, _ = pd.factorize(pairs["participant_id"])
    later = np.isin(people * len(rounds) + place - 1, people * len(rounds) + place)
    both = np.bincount(place[later & (place > 0)], minlength=len(rounds))
    return {name: float(n) for name, n in list(zip(rounds, both, strict=True))[1:]}
