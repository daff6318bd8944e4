"""The people of a school or district, beside whom those heard are held."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from empathy_insights.analysis.codings_in_place import counted
from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, heard
from empathy_insights.errors import TableError
from empathy_insights.files.table import read_table, renamed
from empathy_insights.tables import CODINGS, ROLES

_NUMBERS = ("people", "of", "planned")
_HEADS = {
    "group": "group_by grouping column variable attribute characteristic dimension",
    "value": "values category subgroup group_value level",
    "people": "n count number headcount enrollment enrolment population",
    "of": "out_of total total_people",
    "planned": "planned_people plan target goal intended",
}


def load_population(
    population: str | Path | pd.DataFrame | None,
) -> pd.DataFrame | None:
    """Return the table of a file, or the table itself.

    Raises
    ------
    TableError
        The file is absent, empty or no table.
    """
    if population is None or isinstance(population, pd.DataFrame):
        return population
    return (
        read_table(population, what="file of the population").frame().replace("", None)
    )


def read_population(population: pd.DataFrame | None, corpus: Corpus) -> pd.DataFrame:
    """Check a table of the population, and return it with all its columns.

    Parameters
    ----------
    population
        `group` (a column of the participants), `value`, and `people` (so many there
        are) or `planned` (so many one meant to hear) or both; `of` (how many there are
        in all, with those in no such group). None for nobody.

    Returns
    -------
    pandas.DataFrame
        `group`, `value`, `people`, `of` (the sum of the group's people where it was not
        given), `planned`; numbers may be missing.

    Raises
    ------
    TableError
        A column is missing or strange, a number is no number of people, or a row comes
        twice.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"a": ["The bus is late."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a")
    >>> school = pd.DataFrame({"group": "role", "value": ["student", "teacher"],
    ...                        "people": [800, 50]})
    >>> read_population(school, corpus)[["value", "people", "of"]]
         value  people     of
    0  student   800.0  850.0
    1  teacher    50.0  850.0
    """
    if population is None:
        population = pd.DataFrame(columns=["group", "value", "people"])
    heads = renamed([*map(str, population)], _HEADS)
    population = population.set_axis(heads, axis="columns")
    _check_columns(population, corpus)
    read = population.reindex(columns=["group", "value", *_NUMBERS]).reset_index(
        drop=True
    )
    read = read.assign(
        group=read["group"].astype("str"),
        value=read["value"].astype("str"),
        **{name: _numbers(read[name], name) for name in _NUMBERS},
    )
    _check_rows(read)
    sums = read.groupby("group")["people"].transform("sum", min_count=1)
    return read.assign(of=read["of"].fillna(sums))


def _check_columns(population: pd.DataFrame, corpus: Corpus) -> None:
    needed = [name for name in ("group", "value") if name not in population]
    if needed or not {"people", "planned"} & set(population):
        raise TableError(
            "the population table needs the columns 'group', 'value' and 'people' or "
            f"'planned'; its columns are: {', '.join(map(str, population)) or 'none'}"
        )
    groups = [str(group) for group in population["group"].unique()]
    known = [name for name in corpus.participants if name != "participant_id"]
    strange = [group for group in groups if group not in known]
    if strange:
        raise TableError(
            f"the population table names the group {strange[0]!r}, which is no column of "
            f"the participants; choose from {', '.join(known)}"
        )


def _numbers(values: pd.Series, name: str) -> pd.Series:
    numbers = pd.to_numeric(values, errors="coerce").astype("float64")
    wrong = (numbers.isna() & values.notna()) | (numbers < 0)
    if wrong.any():
        raise TableError(
            f"{name!r} of the population table holds {str(values[wrong].iloc[0])!r}, which is "
            "no number of people"
        )
    return numbers


def _check_rows(read: pd.DataFrame) -> None:
    if read["value"].isna().any():
        raise TableError(
            "the population table has a row without a 'value'; say with 'of' how many "
            "people there are in all"
        )
    repeated = read[read.duplicated(["group", "value"])]
    if len(repeated):
        group, value = repeated[["group", "value"]].iloc[0]
        raise TableError(f"the population table has {group} {value!r} twice")
    strange = set(read.loc[read["group"] == "role", "value"]) - set(ROLES)
    if strange:
        raise TableError(
            f"the population table names the role {min(strange)!r}; choose from "
            f"{', '.join(ROLES)}"
        )
    _check_totals(read)


def _check_totals(read: pd.DataFrame) -> None:
    of = read.groupby("group")["of"].agg(["nunique", "max"])
    people = read.groupby("group")["people"].max()
    mixed = of.index[of["nunique"] > 1]
    if len(mixed):
        raise TableError(
            f"'of' of the population table must be one number for all of {mixed[0]!r}"
        )
    small = of.index[of["max"] < people]
    if len(small):
        raise TableError(
            f"the population table has more people of a {small[0]} than 'of' all"
        )


# How much of what was said the coding covers.


@public
def coverage(
    segments: pd.DataFrame, codings: pd.DataFrame, corpus: Corpus
) -> pd.Series:
    """Count segments and people with and without a theme.

    Parameters
    ----------
    segments
        What people said, as `segment` returns it.
    codings
        Which segment got which theme, as `code` or `read_codings` returns it.
    corpus
        Documents, people and turns, as `read_corpus` returns them.

    Returns
    -------
    pandas.Series
        `segments`, `segments_coded`, `segments_suggested_only`, `people`,
        `people_coded`, `suggestions` (waiting for a person).

    See Also
    --------
    theme_frequency : How many people raised each theme.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> said = ["I want to pick my own topic.", "Hm, fine."]
    >>> answers = pd.DataFrame({"who": ["ana", "bo"], "a": said})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> segments, book = ei.segment(corpus), ei.load_codebook("empathy_core")
    >>> codings = ei.code(segments, book)
    >>> ei.coverage(segments, codings, corpus)[["people", "people_coded"]].tolist()
    [2, 1]
    """
    codings = CODINGS.completed(codings)
    coded = set(counted(codings)["segment_id"])
    waiting = codings[codings["status"] == "suggested"]
    is_coded = segments["segment_id"].isin(coded)
    is_suggested = segments["segment_id"].isin(waiting["segment_id"]) & ~is_coded
    return pd.Series(
        {
            "segments": len(segments),
            "segments_coded": int(is_coded.sum()),
            "segments_suggested_only": int(is_suggested.sum()),
            "people": len(heard(corpus)),
            "people_coded": segments.loc[is_coded, "participant_id"].nunique(),
            "suggestions": len(waiting),
        }
    )
