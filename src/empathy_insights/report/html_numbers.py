"""The tables of people in the report: a row a theme, a group or a topic."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.shown import is_raised, is_shown, said_counts
from empathy_insights.problem.wording import (
    LEAST_FOR_PERCENT,
    named_group,
    plural,
    role_listing,
)
from empathy_insights.report.numbers import Number, number

if TYPE_CHECKING:
    from empathy_insights.report.passages import Passages
    from empathy_insights.report.published import Published


def theme_rows(shown: Published, passages: Passages) -> list[dict[str, object]]:
    """Return the rows of the theme table."""
    table = shown.themes.astype(object)
    rows = table.where(table.notna(), None).to_dict("records")
    return [
        {
            **{str(key): value for key, value in row.items()},
            "hidden": row.get("hidden", ""),
            "count": number(passages, count, str(row["name"]), theme=str(row["theme"])),
            "raised": bool(raised),
            "interval": _interval(row),
            "roles_said": role_listing(row["roles"]) or "-",
        }
        for row, count, raised in zip(
            rows, said_counts(shown.themes), is_raised(shown.themes), strict=True
        )
    ]


def _interval(row: Mapping[Hashable, object]) -> str:
    of, low, high = row["of"], row["low"], row["high"]
    if of is None or low is None or int(str(of)) < LEAST_FOR_PERCENT:
        return "-"
    return f"{low:.0%}-{high:.0%}"


def role_table(shown: Published, passages: Passages) -> dict[str, object]:
    """Return themes by role: `groups`, and `rows` of cells in the order of the themes."""
    table, column = shown.by_role, shown.group_column
    raised = shown.themes.loc[is_raised(shown.themes), ["theme", "name"]]
    counts = table.assign(count_=said_counts(table), told_=is_shown(table))
    cells = {(row["theme"], row[column]): row for row in counts.to_dict("records")}
    groups = [
        group
        for group in table[column].unique()
        if any((theme, group) in cells for theme in raised["theme"])
        and group != "not known"
    ]
    return {
        "groups": [named_group(group) for group in groups],
        "rows": [
            {
                "name": name,
                "cells": [
                    _cell(cells.get((theme, group)), group, name, shown, passages)
                    for group in groups
                ],
            }
            for theme, name in raised.itertuples(index=False)
        ],
    }


def _cell(
    row: Mapping[Hashable, object] | None,
    group: str,
    name: str,
    shown: Published,
    passages: Passages,
) -> dict[str, object]:
    if row is None:
        return {"kind": "", "number": Number("-")}
    text, theme = str(row["count_"]), str(row["theme"])
    if not row["told_"]:
        return {"kind": "hidden", "number": Number(text)}
    role = group if shown.is_team else shown.attribute(theme, group)
    title = f"{name}, {named_group(group)}"
    opened = number(passages, text, title, theme=theme, role=role)
    return {"kind": "" if row["people"] else "zero", "number": opened}


def voice_rows(shown: Published, passages: Passages) -> list[dict[str, object]]:
    """Return who was heard, by role and by the groups that the study counts."""
    table = shown.voices
    counts = table["shown"] if "shown" in table else table["people"].astype("str")
    words = table.get("share_of_words", pd.Series(None, index=table.index, dtype=float))
    columns = table[["group", "value"]].to_dict("records")
    return [
        {
            **{str(key): value for key, value in row.items()},
            "people": _heard(passages, count, row) if shown.is_team else Number(count),
            "share_said": "-" if pd.isna(share) else f"{share:.0%}",
            "kind": "" if told else "hidden",
        }
        for row, count, share, told in zip(
            columns, counts, words, is_shown(table), strict=True
        )
    ]


def _heard(passages: Passages, count: str, row: Mapping[Hashable, object]) -> Number:
    group, value = str(row["group"]), str(row["value"])
    return number(passages, count, f"Heard, {plural(value)}", **{group: value})


def topic_rows(shown: Published, passages: Passages) -> list[dict[str, object]]:
    """Return the topics, each with a typical passage where one may be read."""
    run, table = shown.run, shown.topics
    readable = passages.texts.dropna(subset=["text"])
    texts = dict(zip(readable["segment_id"], readable["text"], strict=True))
    typical = run.topics.exemplars
    typical = typical[
        (typical["kind"] == "typical") & typical["segment_id"].isin(texts)
    ].drop_duplicates("topic")
    steady = run.topics.stability.set_index("topic")["word"]
    said = dict(zip(typical["topic"], typical["segment_id"], strict=True))
    return [
        {
            "name": name,
            "count": number(passages, count, name, topic=str(topic))
            if shown.is_team
            else Number(count),
            "kind": "" if told else "hidden",
            "typical": texts.get(said.get(topic, ""), "") if told else "",
            "steady": steady[topic],
        }
        for name, topic, count, told in zip(
            table["name"],
            table["topic"],
            said_counts(table),
            is_shown(table),
            strict=True,
        )
    ]
