"""Who raised a theme in one group, beside everyone else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import check_group
from empathy_insights.analysis.counting import (
    CountedCodings,
    Level,
    Numbered,
    clusters,
    counted_codings,
    distinct,
    distinct_by_cluster,
    heard_in,
    in_numbers,
    margin,
)
from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.estimate.drawn import ends
from empathy_insights.analysis.estimate.in_tables import UNITS as PEOPLE_UNITS
from empathy_insights.analysis.estimate.in_tables import People, people_told, placed
from empathy_insights.analysis.frequency import adds_up
from empathy_insights.analysis.intervals import (
    LEAST_PEOPLE,
    Side,
    differences,
    effective_people,
    exact_tests,
    odds_ratios,
    share_intervals,
    shrunken_log_odds,
    too_few,
)
from empathy_insights.analysis.table_facts import stated
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.tables import CHECKED, CODINGS, FIRST_LOOK, Schema, by_number

# The people of each group, and those of no such group, as two sides to compare.


def known_groups(counts: CountedCodings, by: str) -> tuple[CountedCodings, int]:
    """Keep what people said whose group is known; return how many people are left out."""
    known = counts.turns["participant_id"].notna() & counts.turns[by].notna()
    if by == "role":
        known &= counts.turns["role"] != "unknown"
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


CROSSTAB = Schema(
    "crosstab",
    {
        "theme": "text", "name": "text", "people": "whole", "low": "number",
        "high": "number", "of": "whole", "read": "whole", "state": "text", "counted": "text",
        "share": "number", "people_elsewhere": "whole", "of_elsewhere": "whole",
        "difference": "number", "difference_low": "number", "difference_high": "number",
        "odds_ratio": "number", "odds_ratio_low": "number", "odds_ratio_high": "number",
        "log_odds": "number", "log_odds_z": "number", "reading": "text",
        "p": "number", "q": "number", "test_note": "text",
    },
    key=("theme",),
    may_miss=frozenset({
        "low", "high", "share", "difference", "difference_low", "difference_high", "odds_ratio",
        "odds_ratio_low", "odds_ratio_high", "log_odds", "log_odds_z", "p", "q",
    }),
)  # fmt: skip

UNITS = {
    **PEOPLE_UNITS,
    "of": "people of the group heard",
    "counted": "what people is: counted by people who read, estimated, or as a coder coded",
    "share": "share, 0 to 1, of the group",
    "people_elsewhere": "people who are not in the group and raised the theme",
    "of_elsewhere": "people heard who are not in the group; their group is known",
    "difference": "share of the group minus share elsewhere, -1 to 1",
    "difference_low": "95 % interval of the difference, lower end: of the estimate, or "
    "(Newcombe) for people like those heard where all was read",
    "difference_high": "95 % interval of the difference, upper end",
    "odds_ratio": "odds in the group over odds elsewhere, 0.5 added to all four cells",
    "odds_ratio_low": "95 % interval of the odds ratio, lower end",
    "odds_ratio_high": "95 % interval of the odds ratio, upper end",
    "log_odds": "log of the odds ratio, drawn towards 0 where few people spoke",
    "log_odds_z": "log_odds over its standard error",
    "reading": (
        "over- or under-expressed where the interval of the difference leaves 0 out "
        "(of an estimate: and somebody has read), and "
        f"{LEAST_PEOPLE} people or more are on both sides"
    ),
    "p": "Fisher's exact test, two-sided; exploratory",
    "q": "p after Benjamini-Hochberg over all cells tested",
    "test_note": "why a cell was not tested",
}
_CAUTION = (
    "Exploratory: people were chosen, not drawn, and about one interval in twenty leaves 0 "
    "out by chance alone. Ask what one person more or less would change."
)
_AS_CODED = "as coded"
_RAW = (
    "People are those that a coder found; it misses many, and estimate= counts them. "
)
_IN_GROUPS = "not tested: people heard in focus groups are not independent"


@public
def crosstab(
    codings: pd.DataFrame,
    corpus: Corpus,
    *,
    by: str,
    codebook: Codebook | None = None,
    level: Level = "main",
    test: bool = False,
    estimate: Estimate | None = None,
) -> pd.DataFrame:
    """Lay the people of each group who raised a theme beside those of all others.

    Elsewhere are the people who are not in this group. A person heard in two rounds is
    in both, and elsewhere in neither. People whose group is not known (missing, or the
    role `unknown`) may be of any group: they are in no row, and `attrs["not_known"]`
    says how many they are. What unknown voices say counts nowhere.

    Parameters
    ----------
    codings
        Which segment got which theme, as `code` or `read_codings` returns it.
    corpus
        Documents, people and turns, as `read_corpus` returns them.
    by
        A column of the participants (`role`, `grade`, …), of the documents (`round`,
        `site`, `kind`), or `question_id`.
    codebook
        Gives themes their names, and rows to every theme that nobody raised.
    level
        `main` for themes, `sub` for sub-themes, `all` for both.
    test
        Fill `p` and `q`. Not tested are groups of fewer than five people, or with fewer
        than five elsewhere; themes that would be raised, or not raised, by fewer than one
        person of either side by chance; and studies with people heard in one focus group.
    estimate
        That of `estimate_counts` or `Analysis.estimate`: people count as in `theme_frequency`.

    Returns
    -------
    pandas.DataFrame
        A row a theme and group, themes raised by most people first: `theme`, `name`, the
        column `by`, `people`, `low`, `high`, `of`, `read`, `state` (as in
        `theme_frequency`), `counted` (what `people` is: `by people` who read all of it,
        `estimated`, or `as coded`, which misses much), `share`, `people_elsewhere`,
        `of_elsewhere`, `difference` (of the shares), `difference_low`, `difference_high`
        (95 % interval: of the estimate's draws while passages wait to be read; then
        Newcombe's of two Wilson intervals; with focus groups these are those of
        `share_intervals`, and missing below 8 clusters on either side), `odds_ratio`,
        `odds_ratio_low`, `odds_ratio_high` (0.5 added to each cell, always), `log_odds`
        (log-odds ratio with five people added to both sides who raise the theme as all
        do), `log_odds_z`, `reading` (`over-expressed`, `under-expressed`, or empty where
        the numbers do not bear it out: the interval of the difference holds 0, or fewer
        than five people are on one side), `p`, `q` and `test_note` (missing and empty
        unless `test`). `attrs` holds `caution`, `adds_up`, `not_known`.

    Raises
    ------
    TableError
        A coding belongs to another corpus or to a facilitator, or there is no such column.

    See Also
    --------
    theme_frequency : Takes `by` too, without comparing the groups.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> said = ["Late bus."] * 8 + ["Fine."] * 2 + ["Late bus."] + ["Fine."] * 5
    >>> roles = ["student"] * 10 + ["teacher"] * 6
    >>> answers = pd.DataFrame({"a": said, "role": roles, "who": list("abcdefghijklmnop")})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who", role="role")
    >>> from empathy_insights.codebook import Patterns
    >>> bus = ei.Theme("bus", "Late bus", patterns=Patterns(("late bus",)))
    >>> codings = ei.code(ei.segment(corpus), ei.Codebook("b", "B", themes=(bus,)))
    >>> found = ei.crosstab(codings, corpus, by="role").round(2)
    >>> found[["role", "people", "of", "difference", "reading"]]
          role  people  of  difference          reading
    0  student       8  10        0.63   over-expressed
    1  teacher       1   6       -0.63  under-expressed
    """
    codings = CODINGS.completed(codings)
    check_group(corpus, (by,), table=CROSSTAB)
    counts = counted_codings(
        codings, corpus, codebook=codebook, level=level, estimate=estimate
    )
    counts, not_known = known_groups(counts, by)
    study = in_numbers(counts, corpus, (by,))
    here, there, in_groups = sides(study)
    told = people_told(study, list(counts.names), counts.turns, codings, estimate)
    numbers = {
        **_compared(here, there),
        **_tested(here, there, in_groups=in_groups, test=test),
        **{name: values.ravel() for name, values in told.columns().items()},
    }
    guessed = _AS_CODED if estimate is None else "estimated"
    numbers["counted"] = np.where(numbers["state"] == CHECKED, "by people", guessed)
    if estimate is not None:
        elsewhere = _elsewhere(study, list(counts.names), counts.turns, estimate)
        numbers |= _by_draws(numbers, here, there, told, elsewhere)
    table = _ranked(_labels(study, counts.names, by).assign(**numbers), by)
    told = stated(
        replace(CROSSTAB, key=("theme", by)).check(table), "crosstab", UNITS,
        corpus=corpus, codings=codings, codebook=codebook, by=[by],
    )  # fmt: skip
    raw = _RAW * bool((table["counted"] == _AS_CODED).any())
    told.attrs |= {"caution": _CAUTION + raw, "not_known": not_known}
    told.attrs["adds_up"] = adds_up(heard_in(counts.turns, corpus, (by,)), [by])
    return told


def _compared(here: Side, there: Side) -> dict[str, np.ndarray]:
    difference, low, high = differences(here, there)
    odds_ratio, odds_low, odds_high = odds_ratios(here, there)
    log_odds, z = shrunken_log_odds(here, there)
    enough = ~too_few(here, there)
    reading = np.select(
        [enough & (low > 0), enough & (high < 0)],
        ["over-expressed", "under-expressed"],
        "",
    )
    return {
        "people": here.people,
        "of": here.of,
        "share": here.share,
        "people_elsewhere": there.people,
        "of_elsewhere": there.of,
        "difference": difference,
        "difference_low": low,
        "difference_high": high,
        "odds_ratio": odds_ratio,
        "odds_ratio_low": odds_low,
        "odds_ratio_high": odds_high,
        "log_odds": log_odds,
        "log_odds_z": z,
        "reading": reading,
    }


def _elsewhere(
    study: Numbered, themes: list[str], turns: pd.DataFrame, estimate: Estimate
) -> np.ndarray:
    """Return draws of the people who are in no such group and raised each theme."""
    group, person = placed(study, turns, estimate)
    column = estimate.of([theme.split(".")[0] for theme in themes])
    drawn = []
    for one in range(len(study.groups)):
        members = study.heard[study.of_place == one]
        others = np.where(np.isin(person, members) | (group < 0), -1, person)
        drawn.append(estimate.drawn(np.zeros_like(group), others, 1).counts[0][column])
    return np.array(drawn).reshape(*study.shape, estimate.n_draws)


def _by_draws(
    numbers: Mapping[str, Any],
    here: Side,
    there: Side,
    told: People,
    elsewhere: np.ndarray,
) -> dict[str, np.ndarray]:
    """Return differences of the draws, and what they bear out, where passages wait."""
    of, of_others = (
        np.maximum(side.of, 1).reshape(told.people.shape)[..., np.newaxis]
        for side in (here, there)
    )
    low, high = (
        np.where(told.is_known, end, np.nan).ravel()
        for end in ends(told.draws / of - elsewhere / of_others)
    )
    is_open = told.state.ravel() != CHECKED
    enough = ~too_few(here, there) & (told.state.ravel() != FIRST_LOOK)
    reading = np.select(
        [enough & (low > 0), enough & (high < 0)],
        ["over-expressed", "under-expressed"],
        "",
    )
    return {
        "difference_low": np.where(is_open, low, numbers["difference_low"]),
        "difference_high": np.where(is_open, high, numbers["difference_high"]),
        "reading": np.where(is_open, reading, numbers["reading"]),
    }


def _tested(
    here: Side, there: Side, *, in_groups: bool, test: bool
) -> dict[str, object]:
    nothing = np.full(len(here.people), np.nan)
    if not test:
        return {"p": nothing, "q": nothing, "test_note": ""}
    if in_groups:
        return {"p": nothing, "q": nothing, "test_note": _IN_GROUPS}
    p, q, notes = exact_tests(here, there)
    return {"p": p, "q": q, "test_note": notes}


def _labels(study: Numbered, names: Mapping[str, str], by: str) -> pd.DataFrame:
    """Return theme, name and group of each row, and how many people raised the theme."""
    n_groups = len(study.groups)
    everyone = distinct(study.theme, study.person, study.n_people, (1, study.n_themes))
    return pd.DataFrame(
        {
            "theme": list(names) * n_groups,
            "name": list(names.values()) * n_groups,
            by: np.repeat(study.groups[by].to_numpy(object), study.n_themes),
            "_everyone": np.tile(everyone[0], n_groups),
        }
    )


def _ranked(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Order themes by people, then groups by name, and give columns their types."""
    dtypes = {"text": "str", "whole": "int64", "number": "float64"}
    types = {name: dtypes[kind] for name, kind in CROSSTAB.columns.items()}
    rest = [name for name in types if name not in {"theme", "name"}]
    return (
        table.assign(_by=table[by].map(by_number))
        .sort_values(["_everyone", "theme", "_by"], ascending=[False, True, True])
        .drop(columns=["_everyone", "_by"])
        .astype({**types, by: "str"})
        .reset_index(drop=True)[["theme", "name", by, *rest]]
    )
