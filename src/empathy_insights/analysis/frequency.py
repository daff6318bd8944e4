"""The theme table: how many people raised each theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from empathy_insights.analysis.audit import Audit, read_audit
from empathy_insights.analysis.codings_in_place import (
    check_group,
    counted,
    spoken,
    turn_of,
    where,
)
from empathy_insights.analysis.corrected import AUDIT_COLUMNS, AUDIT_UNITS, audit_themes
from empathy_insights.analysis.counting import (
    Level,
    heard_in,
    margin,
    named_groups,
    numbered,
    only,
    theme_names,
)
from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.estimate.in_tables import People, people_told
from empathy_insights.analysis.frequency_rows import UNITS, Words, frequency_rows
from empathy_insights.analysis.table_facts import stated
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.corpus import Corpus
from empathy_insights.publishing import topic_name
from empathy_insights.tables import CODINGS, COUNTED, THEMES, check_themes
from empathy_insights.topics import Topics

Unit = Literal["people", "documents", "groups", "segments", "words"]


@public
def theme_frequency(
    codings: pd.DataFrame,
    corpus: Corpus,
    *,
    codebook: Codebook | None = None,
    by: str | Sequence[str] | None = None,
    margins: bool = False,
    unit: Unit = "people",
    level: Level = "main",
    audit: pd.DataFrame | None = None,
    segments: pd.DataFrame | None = None,
    estimate: Estimate | None = None,
) -> pd.DataFrame:
    """Count who raised each theme: people first, then documents, segments last.

    Where coders coded, `people` needs an `estimate`: it is then the middle of what
    people would count, from `low` to `high`. Without one, `people` counts the codings,
    which miss most of what people tell, and nothing says how sure it is. Where people
    have read every passage, it is their count.

    A person counts once for a theme, however often they return to it and in however
    many rounds they were heard. Voices that nobody could tell apart are no people: they
    count in `documents`, `groups` and `segments`. Rows are ranked by people, then by
    the number of roles and of documents - never by segments, unless `unit` asks for it.

    Parameters
    ----------
    codings
        Which segment got which theme, as `code` or `read_codings` returns it. Of several
        people's codings of a passage any counts; `analyze` asks for half of them.
    corpus
        Documents, people and turns, as `read_corpus` returns them.
    codebook
        Gives themes their names, and a row to every theme that nobody raised.
    by
        Columns of the participants (`role`, `grade`, …), documents (`round`, `site`,
        `kind`) or `question_id` to count by; `of` is then the people heard in that
        group, by question the people asked it. What has no group is `not known`.
    margins
        Add the rows `all` of each column of `by`. Segments of groups add up to those of
        `all`; so do people, unless somebody was heard in several groups (rounds,
        questions): they count in each, and once in `all`. `attrs["adds_up"]` says which.
    unit
        What `share`, `low`, `high`, `of`, `verbal` and the order of rows go by. A share of
        segments or words has no interval, since they are not independent.
    level
        `main` for themes, `sub` for sub-themes, `all` for both. What has a sub-theme has
        its theme, once. Of a sub-theme that coders coded it is only certain that from
        `low` (a person found it) to `high` (all who may have raised the theme) raised it.
    audit
        People's codings of a sample drawn by `audit_sample`, to correct the counts of a
        coder that misses themes or sees too many. The codings must be the coder's alone.
        `weight`, a column, says how many segments each stands for where chances to be
        drawn were unequal.
    segments
        All segments, coded or not; needed with `audit`, for `share_of_words`, and for a
        `unit` of segments or words.
    estimate
        What `estimate_counts` returns for these passages.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, then `theme`, `name`, `people` (who raised it), `low`,
        `high` (people: 95 % interval of the estimate; missing without one), `of` (people
        heard), `read` (passages that people have read for the theme), `state` (`first
        look`, `partly checked`, or `checked`: all that could change the count was read),
        `share` (of people, 0 to 1), `share_low`, `share_high` (95 % interval for people
        like those heard; only where checked, and where one is honest), `verbal` (the
        fixed scale: nobody, a few, some, many, most; empty where low and high differ),
        `documents`, `groups` (focus groups), `segments`, `human`, `accepted`, `auto`
        (of these segments, by whose coding), `suggested` (segments that wait for a
        person, in no other number), `share_of_words` (of all words of the group, 0 to 1;
        missing without `segments`), `roles`, `status` (whose codings were counted).

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
    ValueError
        The unit needs segments.

    See Also
    --------
    crosstab : Groups beside each other, with intervals of differences.
    plot : Draws the table.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> ei.theme_frequency(codings, corpus)[["theme", "people", "of"]]
              theme  people  of
    0  tech_support       1   2
    """
    columns = (by,) if isinstance(by, str) else tuple(by or ())
    check_group(corpus, columns)
    codings = CODINGS.completed(codings)
    check_themes(codings, codebook)
    turns = named_groups(spoken(corpus), columns)
    slim = codings[["segment_id", "theme", "coder", "status"]]
    found = counted(slim, statuses=(*COUNTED, "suggested"))
    at = turn_of(found, turns, corpus)
    judged = None if audit is None else read_audit(audit, segments, codings, corpus)
    raised = found.loc[found["status"] != "suggested", "theme"].unique()
    by_people = () if judged is None else judged.given["theme"]
    names = theme_names([*raised, *by_people], codebook, level)
    chosen = found["theme"].isin(names).to_numpy()
    if not chosen.all():
        found, at = found[chosen], at[chosen]
    places = heard_in(turns, corpus, columns)
    study = numbered(found, turns, at, places, themes=list(names), columns=columns)
    words = None if segments is None else Words.of(segments, turns, found, columns)
    is_sure = (found["status"] != "suggested").to_numpy()
    if estimate is not None:
        is_sure = is_sure & estimate.is_counted(found)
    tables = []
    for kept in _margins(columns) if margins else [columns]:
        part = margin(study, kept)
        sure = only(part, is_sure)
        people = people_told(sure, list(names), turns, codings, estimate)
        table = frequency_rows(part, names, people, unit=unit, words=words)
        tables.append(_audited(table, found, turns, at, judged, kept))
    table = pd.concat(tables, ignore_index=True)
    extra = () if judged is None else AUDIT_COLUMNS
    table = table[[*columns, *THEMES.columns, *extra]]
    checked = replace(THEMES, key=(*columns, "theme")).check(table)
    units = {**UNITS, **({} if judged is None else AUDIT_UNITS)}
    told = stated(
        checked, "themes", units, corpus=corpus, codings=codings, codebook=codebook,
        by=columns,
    )  # fmt: skip
    told.attrs |= {"unit": unit, "adds_up": adds_up(places, columns)}
    if estimate is not None and not columns and len(told):
        told.attrs["leads"] = _leads(told["theme"].iloc[0], people, list(names))
    return told


def _leads(first: str, people: People, themes: list[str]) -> float:
    """Return in which share of the draws most people raised a theme, ties among them."""
    place, counts = themes.index(first), people.draws[0]
    if not people.is_drawn[place]:
        return 0.0
    return float((counts[place] >= counts[people.is_drawn].max(axis=0)).mean())


def adds_up(places: pd.DataFrame, columns: Sequence[str]) -> dict[str, bool]:
    """Say of each column whether every person is in one of its groups only."""
    known = places.dropna(subset=["participant_id"])
    return {
        name: not known[["participant_id", name]]
        .drop_duplicates()["participant_id"]
        .duplicated()
        .any()
        for name in columns
    }


def _margins(columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return the columns that are kept in the table and in each of its margins."""
    sizes = range(len(columns), -1, -1)
    return [kept for n in sizes for kept in combinations(columns, n)]


def _audited(
    table: pd.DataFrame,
    found: pd.DataFrame,
    turns: pd.DataFrame,
    at: np.ndarray,
    judged: Audit | None,
    kept: Sequence[str],
) -> pd.DataFrame:
    """Put the audit of a group's segments beside its counts."""
    if judged is None:
        return table
    located = turns[list(kept)].take(at).set_axis(found.index).join(found)
    sure = located[located["status"] != "suggested"]
    units = named_groups(judged.units, tuple(kept))
    groups = table.groupby(list(kept), sort=False) if kept else [((), table)]
    parts = [
        rows.join(
            audit_themes(rows["theme"], where(sure, of), judged, where(units, of))
        )
        for key, rows in groups
        for of in [dict(zip(kept, key, strict=True))]
    ]
    return pd.concat(parts)


# How many people talk about each topic, by role, round or any other group.


def topic_frequency(
    topics: Topics, corpus: Corpus, *, by: str | Sequence[str] | None = None
) -> pd.DataFrame:
    """Count who talks about each topic as `theme_frequency` counts who raises a theme.

    A person counts once for a topic. Segments in no topic count for none.

    Parameters
    ----------
    by
        Columns of the participants or documents to count by, as in `theme_frequency`.

    Returns
    -------
    pandas.DataFrame
        The columns of `by`, then `topic` (its number), `name`, `people`, `of`, `share`,
        `low`, `high`, `verbal`, `documents`, `groups`, `segments`, `share_of_words`,
        `roles`.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["Late bus.", "My bus is late."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> topics = ei.fit_topics(ei.segment(corpus))
    >>> topic_frequency(topics, corpus)[["topic", "name", "people", "of"]]
       topic        name  people  of
    0      0  bus · late       2   2
    """
    names = topics.stability.set_index("topic")["name"]
    themes = tuple(Theme(f"topic_{topic}", name) for topic, name in names.items())
    inside = topics.assignments[topics.assignments["topic"] >= 0]
    codings = CODINGS.frame(
        {
            "segment_id": segment_id,
            "theme": f"topic_{topic}",
            "coder": "topics",
            "status": "human",  # where a segment is, is no guess
            "method": "in the topic",
            "codebook_sha256": "",
        }
        for segment_id, topic in inside[["segment_id", "topic"]].itertuples(index=False)
    )
    book = Codebook("topics", "Topics", themes=themes)
    counted = theme_frequency(codings, corpus, codebook=book, by=by)
    numbers = counted["theme"].str.removeprefix("topic_").astype("int64")
    table = (
        counted.assign(theme=numbers)
        .rename(columns={"theme": "topic"})
        .drop(
            columns=[
                "status",
                "human",
                "accepted",
                "auto",
                "suggested",
                "low",
                "high",
                "read",
                "state",
            ]
        )
    )
    table.attrs = {
        **counted.attrs,
        "table": "topics",
        "coding_status": "by topic",
        "words": _naming(topics),
    }
    return table


def _naming(topics: Topics) -> dict[int, list[tuple[str, int]]]:
    """Return the words of topics that are called by them, and how many said each."""
    names = topics.stability.set_index("topic")["name"]
    said = {
        topic: list(rows[["term", "people"]].itertuples(index=False, name=None))
        for topic, rows in topics.terms.groupby("topic")
    }
    return {
        topic: words
        for topic, words in said.items()
        if topic_name([word for word, _ in words], topic) == names[topic]
    }
