"""The theme table: how many people raised each theme."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd

from empathy_insights.analysis.intervals import share_interval
from empathy_insights.analysis.located import check_group, counted, locate, spoken
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.tables import COUNTED, ROLES, THEMES

VERBAL_SCALE = ((0.75, "most"), (0.5, "many"), (0.25, "some"), (0.0, "a few"))


def theme_frequency(
    codings: pd.DataFrame,
    corpus: Corpus,
    *,
    codebook: Codebook | None = None,
    by: str | Sequence[str] | None = None,
    level: Literal["main", "sub"] = "main",
) -> pd.DataFrame:
    """Count who raised each theme: people first, then documents, segments last.

    A person counts once for a theme, however often they return to it and in however
    many rounds they were heard. Voices that nobody could tell apart are no people: they
    count in `documents`, `groups` and `segments`. Rows are ranked by people, then by
    the number of roles and of documents - never by segments.

    Parameters
    ----------
    codebook
        Gives themes their names, and a row to every theme that nobody raised.
    by
        Columns of the participants (`role`, `grade`, …) or documents (`round`, `site`,
        `kind`) to count by; `of` is then the people heard in that group.
    level
        `main` for themes, `sub` for sub-themes.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, then `theme`, `name`, `people` (who raised it), `of`
        (people heard), `share` (0 to 1), `low`, `high` (95 % interval, missing where
        none is honest), `documents`, `groups` (focus groups), `segments`, `roles`,
        `status` (whose codings were counted).

    Raises
    ------
    TableError
        A coding belongs to another corpus or to a facilitator, or a column to group by
        does not exist.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> theme_frequency(codings, corpus)[["theme", "people", "of"]]
              theme  people  of
    0  tech_support       1   2
    """
    columns = (by,) if isinstance(by, str) else tuple(by or ())
    check_group(corpus, columns)
    found = locate(counted(codings), corpus)
    found = found[found["theme"].str.contains(".", regex=False) == (level == "sub")]
    turns = spoken(corpus)
    names = _names(found, codebook, level)
    tables = [
        _count(part_found, part, names).assign(**dict(zip(columns, key, strict=True)))
        for key, part_found, part in _groups(found, turns, columns)
    ]
    none = THEMES.frame([]).assign(**dict.fromkeys(columns, pd.Series(dtype="str")))
    table = pd.concat(tables, ignore_index=True) if tables else none
    schema = replace(THEMES, key=(*columns, "theme"))
    return schema.check(table[[*columns, *THEMES.columns]])


def verbal(share: float) -> str:
    """Return the word of the fixed scale: a few, some, many, most (Becker 1958).

    Examples
    --------
    >>> [verbal(share) for share in (0.1, 0.25, 0.6, 0.75)]
    ['a few', 'some', 'many', 'most']
    """
    return next(word for least, word in VERBAL_SCALE if share >= least)


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


def _names(
    found: pd.DataFrame, codebook: Codebook | None, level: str
) -> dict[str, str]:
    if codebook is None:
        themes = sorted(found["theme"].unique())
        return {name: name.replace("_", " ").capitalize() for name in themes}
    return {
        theme.id: theme.name
        for theme in codebook
        if (theme.parent is not None) == (level == "sub")
    }


def _groups(
    found: pd.DataFrame, turns: pd.DataFrame, columns: tuple[str, ...]
) -> list[tuple[tuple[object, ...], pd.DataFrame, pd.DataFrame]]:
    if not columns:
        return [((), found, turns)]
    keys = turns[list(columns)].drop_duplicates().dropna().sort_values(list(columns))
    return [
        (key, _where(found, columns, key), _where(turns, columns, key))
        for key in keys.itertuples(index=False, name=None)
    ]


def _where(
    frame: pd.DataFrame, columns: tuple[str, ...], key: tuple[object, ...]
) -> pd.DataFrame:
    for name, value in zip(columns, key, strict=True):
        frame = frame[frame[name] == value]
    return frame


def _count(
    found: pd.DataFrame, turns: pd.DataFrame, names: dict[str, str]
) -> pd.DataFrame:
    heard = people_heard(turns)
    rows = [
        _row(found[found["theme"] == theme], heard, theme, name)
        for theme, name in names.items()
    ]
    table = THEMES.frame(rows)
    return (
        table.assign(
            _roles=table["roles"].str.count(",").where(table["people"] > 0, -1)
        )
        .sort_values(
            ["people", "_roles", "documents", "theme"],
            ascending=[False, False, False, True],
        )
        .drop(columns="_roles")
        .reset_index(drop=True)
    )


def _row(
    found: pd.DataFrame, heard: pd.DataFrame, theme: str, name: str
) -> dict[str, object]:
    people = set(found["participant_id"].dropna())
    raised = heard["participant_id"].isin(people)
    low, high = share_interval(raised, heard["cluster"])
    in_groups = found[found["kind"] == "focus_group"]
    return {
        "theme": theme,
        "name": name,
        "people": len(people),
        "of": len(heard),
        "share": len(people) / len(heard) if len(heard) else math.nan,
        "low": low,
        "high": high,
        "documents": found["document_id"].nunique(),
        "groups": in_groups["document_id"].nunique(),
        "segments": found["segment_id"].nunique(),
        "roles": _joined(found["role"].dropna(), ROLES, ", "),
        "status": _joined(found["status"], COUNTED, " + "),
    }


def _joined(values: pd.Series, order: tuple[str, ...], separator: str) -> str:
    present = set(values)
    return separator.join(value for value in order if value in present)
