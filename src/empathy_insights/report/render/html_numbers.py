"""The tables of people in the report: a row a theme, a group or a topic."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Hashable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from empathy_insights.analysis.codings_in_place import counted
from empathy_insights.analysis.saturation import saturation
from empathy_insights.analysis.table_facts import (
    is_raised,
    is_shown,
    said_counts,
    state_of,
)
from empathy_insights.report.charts.round_charts import (
    alt_text_of_saturation,
    plot_saturation,
)
from empathy_insights.report.charts.style import drawn, svg
from empathy_insights.tables import CHECKED, plain
from empathy_insights.wording import (
    named_group,
    plural,
    role_listing,
)

if TYPE_CHECKING:
    import pandas as pd

    from empathy_insights.report.passages import Passages
    from empathy_insights.report.published import Published


# A number of people in the report, and what opens the passages behind it.


_OF_STANCE = {
    "need": re.compile(r"\d+(?= spoke of something missing)"),
    "asset": re.compile(r"\d+(?= (?:spoke )?of something that helps)"),
}


class Number(NamedTuple):
    """A text, and which passages it opens; `show` is empty where none may be read."""

    text: str
    show: str = ""
    title: str = ""
    href: str = "#words"


def number(
    passages: Passages, text: str, title: str, *, stance: str = "", **wanted: str
) -> Number:
    """Return a number that opens the passages it counts, if any can be read.

    Parameters
    ----------
    title
        What the number counts, for the head of the passages.
    stance
        `need` or `asset`: only passages that speak of one, alone or beside the other.
    wanted
        `theme`, or a facet of the passages -> its value.
    """
    if not passages.has(**wanted):
        return Number(text)
    filters = wanted | ({"stance": stance} if stance else {})
    href = f"#theme-{wanted['theme']}" if "theme" in wanted else "#words"
    said = text[:1].lower() + text[1:]
    return Number(text, json.dumps(filters), f"{title}: {said}", href)


def sentence(
    passages: Passages, text: str, counted: str, *, theme: str, name: str
) -> list[Number]:
    """Split a sentence about a theme at its numbers of people.

    Parameters
    ----------
    counted
        How the sentence says the people who raised the theme.
    """
    spans: list[tuple[int, int, str]] = []
    # A sentence that begins with it begins with a capital.
    at = text.lower().find(counted.lower()) if counted else -1
    if at >= 0:
        spans.append((at, at + len(counted), ""))
    if passages.codings["stance"].any():
        spans += [
            (*match.span(), stance)
            for stance, pattern in _OF_STANCE.items()
            for match in pattern.finditer(text)
        ]
    parts, end = [], 0
    for start, stop, stance in sorted(spans):
        parts.append(Number(text[end:start]))
        title = {"": name, "need": f"{name}, a need", "asset": f"{name}, a strength"}
        said = text[start:stop]
        parts.append(number(passages, said, title[stance], stance=stance, theme=theme))
        end = stop
    return [*parts, Number(text[end:])]


def theme_rows(shown: Published) -> list[dict[str, object]]:
    """Return the rows of the theme table."""
    rows = plain(shown.themes).to_dict("records")
    return [
        {
            **{str(key): value for key, value in row.items()},
            "hidden": row.get("hidden", ""),
            "count": count,
            "read_said": str(row["read"]) if row.get("read") else "-",
            "roles_said": role_listing(row["roles"]) or "-",
        }
        for row, count in zip(rows, said_counts(shown.themes), strict=True)
    ]


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


def told_part(table: Mapping[str, Any], *, most: int) -> dict[str, object]:
    """Return the rows and columns of `role_table` in which any number is told.

    Parameters
    ----------
    most
        How many rows to keep.
    """
    is_told = [
        [
            cell["kind"] != "hidden" and cell["number"].text != "-"
            for cell in row["cells"]
        ]
        for row in table["rows"]
    ]
    columns = [
        n for n in range(len(table["groups"])) if any(line[n] for line in is_told)
    ]
    rows = [row for row, line in zip(table["rows"], is_told, strict=True) if any(line)]
    kept = [{**row, "cells": [row["cells"][n] for n in columns]} for row in rows[:most]]
    return {
        "groups": [table["groups"][n] for n in columns],
        "rows": kept,
        "some_hidden": any(
            cell["kind"] == "hidden" for row in kept for cell in row["cells"]
        ),
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
    role = group if shown.opens_all else shown.attribute(theme, group)
    title = f"{name}, {named_group(group)}"
    opened = number(passages, text, title, theme=theme, role=role)
    return {"kind": "" if row["people"] else "zero", "number": opened}


def voice_rows(shown: Published, passages: Passages) -> list[dict[str, object]]:
    """Return who was heard, by role and by the groups that the study counts.

    Where roles are not known, a 0 would say that nobody of one was heard.
    """
    table = shown.voices
    counts = table["shown"] if "shown" in table else table["people"].astype("str")
    words = table.get("share_of_words", pd.Series(None, index=table.index, dtype=float))
    is_open = (table["people"] == 0).fillna(value=False) & (table["reading"] == _OPEN)
    counts, words = counts.mask(is_open, _OPEN), words.mask(is_open)
    columns = table[["group", "value"]].to_dict("records")
    return [
        {
            **{str(key): value for key, value in row.items()},
            "people": _heard(passages, count, row)
            if shown.opens_all
            else Number(count),
            "share_said": "-" if pd.isna(share) else f"{share:.0%}",
            "kind": "" if told else "hidden",
        }
        for row, count, share, told in zip(
            columns, counts, words, is_shown(table), strict=True
        )
    ]


_OPEN = "not known"


def _heard(passages: Passages, count: str, row: Mapping[Hashable, object]) -> Number:
    group, value = str(row["group"]), str(row["value"])
    return number(passages, count, f"Heard, {plural(value)}", **{group: value})


_LONGEST_NAME = 140  # characters


def topic_rows(shown: Published, passages: Passages) -> list[dict[str, object]]:
    """Return the topics that hold when they are fitted again, by a typical answer.

    Where that answer may not be read, its topic is called by its words.
    """
    run = shown.run
    table = shown.topics[shown.topics["topic"].isin(_steady(shown))]
    readable = passages.texts.dropna(subset=["text"])
    texts = dict(zip(readable["segment_id"], readable["text"], strict=True))
    typical = run.topics.exemplars
    typical = typical[
        (typical["kind"] == "typical") & typical["segment_id"].isin(texts)
    ].drop_duplicates("topic")
    said = dict(zip(typical["topic"], typical["segment_id"], strict=True))
    rows = zip(
        table["name"], table["topic"], said_counts(table), is_shown(table), strict=True
    )
    return [
        {
            "name": _answer(texts.get(said.get(topic, ""), "") if told else "") or name,
            "words": name,
            "count": count,
            "kind": "" if told else "hidden",
        }
        for name, topic, count, told in rows
    ]


def _steady(shown: Published) -> set[int]:
    """Return the topics that hold when they are fitted again."""
    found = shown.run.topics.stability
    return set(found.loc[found["word"] == "steady", "topic"])


def _answer(text: str) -> str:
    """Return an answer as a name between quotation marks; of a long one, its beginning."""
    short = textwrap.shorten(text, _LONGEST_NAME, placeholder=" …")
    return f"“{short}”" if short else ""


# Whether enough was heard, and whether the codebook holds it: for the team.


_MOST_ROWS = 12


class Saturation(NamedTuple):
    """What a curve says and cannot say, and its picture, unless it is flat at nothing."""

    finding: str
    report: str
    caution: str
    order: str
    svg: bytes | None
    alt: str


def saturation_part(shown: Published) -> Saturation | None:
    """Return the curve of sub-themes, if people gave them all, or else of themes."""
    if not shown.tells_whole:
        return None
    run = shown.run
    is_main = not _are_parts_of_people(run.codings)
    table = saturation(
        run.codings, run.corpus, codebook=run.codebook,
        level="main" if is_main else "sub", estimate=run.estimate,
    )  # fmt: skip
    facts = table.attrs
    return Saturation(
        finding=facts["finding"],
        report=facts["report"],
        caution=facts["caution"],
        order=facts["order"],
        svg=_svg(table) if table["high"].max() > 0 else None,
        alt=alt_text_of_saturation(table),
    )


def _are_parts_of_people(codings: pd.DataFrame) -> bool:
    """Return whether there are sub-themes, and no coder's: who codes misses some."""
    given = counted(codings)
    parts = given[given["theme"].str.contains(".", regex=False)]
    return bool(len(parts)) and state_of(parts) == CHECKED


def _svg(table: pd.DataFrame) -> bytes:
    return svg(drawn(partial(plot_saturation, table), width=9, height=5))


def crosswalk_part(shown: Published) -> dict[str, object] | None:
    """Return steady topics that no theme explains, and themes that split, in passages."""
    steady = _steady(shown)
    laid = shown.walk
    if not shown.tells_whole or not steady or laid is None:
        return None
    names = {theme.id: theme.name for theme in shown.run.codebook}
    alone, splits = (
        table[table["topic"].isin(steady)].head(_MOST_ROWS).to_dict("records")
        for table in (laid.unexplained, laid.splits)
    )
    return {
        "rule": laid.rule,
        "unexplained": [
            {**row, "nearest": names.get(row["nearest"], "none")} for row in alone
        ],
        "splits": [{**row, "theme": names[row["theme"]]} for row in splits],
    }
