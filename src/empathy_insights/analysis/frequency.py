"""The theme table: how many people raised each theme."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import pandas as pd

from empathy_insights.analysis.audit import Audit, read_audit
from empathy_insights.analysis.audited import AUDIT_COLUMNS, AUDIT_UNITS, audit_themes
from empathy_insights.analysis.intervals import share_interval
from empathy_insights.analysis.located import (
    check_group,
    counted,
    locate,
    spoken,
    where,
)
from empathy_insights.analysis.people import people_heard
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
    audit: pd.DataFrame | None = None,
    segments: pd.DataFrame | None = None,
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
    audit
        People's codings of a sample drawn by `audit_sample`, to correct the counts of a
        coder that misses themes or sees too many. The codings must be the coder's alone.
        `weight`, a column, says how many segments each stands for where chances to be
        drawn were unequal.
    segments
        All segments, coded or not; needed with `audit`.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, then `theme`, `name`, `people` (who raised it), `of`
        (people heard), `share` (0 to 1), `low`, `high` (95 % interval, missing where
        none is honest), `documents`, `groups` (focus groups), `segments`, `roles`,
        `status` (whose codings were counted).

        With `audit` also `share_of_segments` (with the theme by the coder), `corrected`
        (what the share would be had people coded everything), `corrected_low`,
        `corrected_high` (its 95 % interval, for people like those heard),
        `corrected_of` (`segments` or `people`: a share of which, after what was drawn),
        `audited` (how many of them), `precision` and `recall` of the coder on audited
        segments, `precision_of` and `recall_of` (of how many), `audit_note` (what the
        audit is too small for, and what to do). `attrs["units"]` says the same. Compare
        `corrected` with `share_of_segments` when segments were drawn, with `share` when
        people were. How it is estimated: `analysis.corrected`.

    Raises
    ------
    TableError
        A coding belongs to another corpus or to a facilitator, a column to group by does
        not exist, or the audit does not fit the segments and codings.

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
    found = found[_is_of(found["theme"], level)]
    judged = None if audit is None else read_audit(audit, segments, codings, corpus)
    turns = spoken(corpus)
    names = _names(found, judged, codebook, level)
    tables = [
        _beside(_count(part_found, part, names), part_found, judged, of_group)
        for of_group, part_found, part in _groups(found, turns, columns)
    ]
    extra = () if judged is None else AUDIT_COLUMNS
    empty = dict.fromkeys((*columns, *extra), pd.Series(dtype="str"))
    none = THEMES.frame([]).assign(**empty)
    table = pd.concat(tables, ignore_index=True) if tables else none
    table = table[[*columns, *THEMES.columns, *extra]]
    table.attrs = {} if judged is None else {"units": dict(AUDIT_UNITS)}
    return replace(THEMES, key=(*columns, "theme")).check(table)


def verbal(share: float) -> str:
    """Return the word of the fixed scale: a few, some, many, most (Becker 1958).

    Examples
    --------
    >>> [verbal(share) for share in (0.1, 0.25, 0.6, 0.75)]
    ['a few', 'some', 'many', 'most']
    """
    return next(word for least, word in VERBAL_SCALE if share >= least)


def _is_of(themes: pd.Series, level: str) -> pd.Series:
    return themes.str.contains(".", regex=False) == (level == "sub")


def _names(
    found: pd.DataFrame, judged: Audit | None, codebook: Codebook | None, level: str
) -> dict[str, str]:
    if codebook is None:
        themes = found["theme"]
        if judged is not None:
            by_people = judged.given["theme"]
            themes = pd.concat([themes, by_people[_is_of(by_people, level)]])
        return {
            name: name.replace("_", " ").capitalize() for name in sorted(set(themes))
        }
    return {
        theme.id: theme.name
        for theme in codebook
        if (theme.parent is not None) == (level == "sub")
    }


def _groups(
    found: pd.DataFrame, turns: pd.DataFrame, columns: tuple[str, ...]
) -> list[tuple[dict[str, object], pd.DataFrame, pd.DataFrame]]:
    if not columns:
        return [({}, found, turns)]
    keys = turns[list(columns)].drop_duplicates().dropna().sort_values(list(columns))
    groups = [
        dict(zip(columns, key, strict=True))
        for key in keys.itertuples(index=False, name=None)
    ]
    return [(group, where(found, group), where(turns, group)) for group in groups]


def _beside(
    table: pd.DataFrame,
    found: pd.DataFrame,
    judged: Audit | None,
    of_group: dict[str, object],
) -> pd.DataFrame:
    """Name the group, and put the audit of its segments beside the counts."""
    if judged is not None:
        units = where(judged.units, of_group)
        table = table.join(audit_themes(table["theme"], found, judged, units))
    return table.assign(**of_group)


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
