"""What the list of each chart says: the same rows, findings and numbers, for posts and phones."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from empathy_insights.analysis.crosswalk import Crosswalk
from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.publishing import FEW, is_estimate
from empathy_insights.report.charts.coverage_strip import (
    coverage_finding,
    coverage_note,
)
from empathy_insights.report.charts.groups import (
    group_finding,
    group_grid,
    stances_finding,
)
from empathy_insights.report.charts.joint_display import joint_note
from empathy_insights.report.charts.listed import ListedBar, Listing, NamedBars
from empathy_insights.report.charts.matrices import (
    case_matrix_finding,
    cooccurrence_finding,
    crosstab_finding,
    crosstab_note,
    crosstab_shares,
    group_named,
    pairs_said,
)
from empathy_insights.report.charts.round_charts import round_shares, rounds_finding
from empathy_insights.report.charts.themes import (
    measured,
    shown_themes,
    theme_labels,
    themes_finding,
    themes_note,
)
from empathy_insights.report.charts.topic_charts import (
    crosswalk_finding,
    crosswalk_grid,
    crosswalk_unit,
    shown_topics,
    spelt_theme,
    topics_finding,
    topics_note,
)
from empathy_insights.report.charts.voice_charts import (
    expected_voices,
    voice_bars,
    voices_finding,
    voices_note,
)
from empathy_insights.topics import Topics
from empathy_insights.wording import named_group, spoken_column

_MOST = 10  # blocks
_MOST_TOGETHER = 3  # topics of a theme


def listing_of_groups(
    table: pd.DataFrame, *, by: str, order: Sequence[str] | None = None
) -> Listing:
    """List who talks of what, theme by theme."""
    people, _ = group_grid(table, by, order)
    blocks = _grouped(table, people.index, by, people.columns)
    note = f"people who speak of it, of those heard in the {spoken_column(by)}"
    return Listing(group_finding(table, by), note, blocks)


def _themes(table: pd.DataFrame) -> Listing:
    shown = shown_themes(table)
    lines = _counted(shown, theme_labels(shown))
    if not any(line.most for line in lines) and len(lines):
        # Where no speaker is known, documents stand for people.
        ends = measured(shown) / max(measured(shown).max(initial=0), 1)
        lines = [
            line._replace(sure=end, most=end)
            for line, end in zip(lines, ends, strict=True)
        ]
    note = themes_note(shown).partition("; line:")[0]
    return Listing(themes_finding(table), note, _blocks(shown["name"], lines))


def _joint(table: pd.DataFrame) -> Listing:
    drawn = table.head(_MOST)
    against = drawn["dissent"].map(
        lambda said: f"On the other hand: {said}" * bool(said)
    )
    words = zip(drawn["quote"], against, drawn["reading"], strict=True)
    lines = _counted(drawn, said_counts(drawn))
    blocks = [
        block._replace(words=said)
        for block, said in zip(_blocks(drawn["name"], lines), words, strict=True)
    ]
    note = re.sub("; line: [^;]*|; the first [^;]*", "", joint_note(drawn))
    return Listing(themes_finding(table), note, blocks)


def _elements(table: pd.DataFrame) -> Listing:
    lines = _counted(table, said_counts(table))
    note = coverage_note(table).replace("an empty box", "an empty bar")
    return Listing(coverage_finding(table), note, _blocks(table["name"], lines))


def _crosstab(table: pd.DataFrame) -> Listing:
    by = table.attrs["by"][0]
    shares = crosstab_shares(table, by)
    blocks = _grouped(table, shares.index, by, shares.columns)
    return Listing(crosstab_finding(table), crosstab_note(table), blocks)


def _rounds(table: pd.DataFrame) -> Listing:
    shares = round_shares(table)
    blocks = _grouped(table, shares.index, "round", shares.columns)
    return Listing(
        rounds_finding(table), "people heard in each round who raised the theme", blocks
    )


def _voices(table: pd.DataFrame) -> Listing:
    blocks = [
        NamedBars(name, [ListedBar("", said, sure / 100, most / 100, most > sure)])
        for name, said, sure, most in voice_bars(table)
    ]
    note = voices_note(table, expected_voices(table)).replace(
        "; grey: if each were heard by its size", ""
    )
    return Listing(voices_finding(table), note, blocks)


def _stances(table: pd.DataFrame) -> Listing:
    sides = {
        "need": "a need",
        "mixed": "both",
        "asset": "a strength",
        "neutral": "neither",
    }
    of = table[[*sides]].sum(axis=1)
    blocks = [
        NamedBars(row["name"], [
            ListedBar(said, str(row[side]), *[row[side] / max(all_, 1)] * 2)
            for side, said in sides.items() if row[side]
        ])
        for (_, row), all_ in zip(table.head(_MOST).iterrows(), of, strict=False)
    ]  # fmt: skip
    return Listing(stances_finding(table), "people, each in one bar", blocks)


def _together(table: pd.DataFrame) -> Listing:
    people = table["people"].astype("float64").fillna(0)
    order = people.sort_values(ascending=False, kind="stable").index[:_MOST]
    said = pd.Series(pairs_said(table), index=table.index, dtype="str")
    ends = {at: _numbers(row) for at, row in table.loc[order].iterrows()}
    longest = max([1.0, *(most for _, most in ends.values())])
    names = table["name"] + " and " + table["other_name"]
    blocks = [
        NamedBars(names[at], [ListedBar("", said[at], sure / longest, most / longest)])
        for at, (sure, most) in ends.items()
    ]
    note = "people with both; a full bar is the pair of most people"
    return Listing(cooccurrence_finding(table), note, blocks)


def _cases(table: pd.DataFrame) -> Listing:
    names: Mapping[str, str] = table.attrs["names"]
    counts = (table[[*names]] > 0).sum().sort_values(ascending=False, kind="stable")
    of = len(table)
    blocks = [
        NamedBars(
            names[str(theme)], [ListedBar("", f"{n} of {of}", *[n / max(of, 1)] * 2)]
        )
        for theme, n in counts.head(_MOST).items()
    ]
    note = "people who raised the theme; who they are stands in the wide grid"
    return Listing(case_matrix_finding(table), note, blocks)


def listing_of_topics(topics: Topics) -> Listing:
    """List how many people talk about each topic."""
    shown = shown_topics(topics)
    ends = shown["n"] / shown["of"].clip(lower=1)
    blocks = [
        NamedBars(name, [ListedBar("", label, end, end)])
        for name, label, end in zip(shown["named"], shown["label"], ends, strict=True)
    ]
    return Listing(topics_finding(topics), topics_note(topics), blocks)


def listing_of_crosswalk(walk: Crosswalk) -> Listing:
    """List the topics in which most people have each theme."""
    people, _ = crosswalk_grid(walk)
    most = max(people.to_numpy().max(initial=0), 1)
    blocks = [
        NamedBars(spelt_theme(theme), [
            ListedBar(str(topic), str(n), n / most, n / most)
            for topic, n in row.sort_values(ascending=False, kind="stable")
            .head(_MOST_TOGETHER).items() if n
        ])
        for theme, row in people.iterrows()
    ]  # fmt: skip
    note = f"{crosswalk_unit(walk)} with both, in the {_MOST_TOGETHER} topics of most"
    return Listing(crosswalk_finding(walk), note, blocks)


LISTINGS: Mapping[str, Callable[[pd.DataFrame], Listing]] = {
    "case_matrix": _cases, "cooccurrence": _together, "crosstab": _crosstab,
    "elements": _elements, "strip": _elements, "joint": _joint, "rounds": _rounds,
    "themes": _themes, "topics": _themes, "stances": _stances, "voices": _voices,
}  # fmt: skip


def _blocks(names: pd.Series, lines: Sequence[ListedBar]) -> list[NamedBars]:
    return [NamedBars(name, [line]) for name, line in zip(names, lines, strict=True)]


def _grouped(
    table: pd.DataFrame, names: pd.Index, by: str, groups: pd.Index
) -> list[NamedBars]:
    """Return a block a name, with a line a group, in an order."""
    rows = table[table["name"].isin(names) & table[by].isin(groups)]
    lines = dict(zip(
        zip(rows["name"], rows[by], strict=True),
        _counted(rows, said_counts(rows)),
        strict=True,
    ))  # fmt: skip
    named = group_named if by != "role_group" else lambda group, _: named_group(group)
    return [
        NamedBars(str(name), [
            lines[name, group]._replace(name=named(group, by))
            for group in groups if (name, group) in lines
        ])
        for name in names[:_MOST]
    ]  # fmt: skip


def _counted(table: pd.DataFrame, said: Sequence[str]) -> list[ListedBar]:
    heard = float(table.attrs.get("people") or 0)
    least = float(table.attrs.get("least") or 1)
    return [
        ListedBar("", text, *_ends(row, heard, least), bool(row.get("hidden")))
        for (_, row), text in zip(table.iterrows(), said, strict=True)
    ]


def _ends(row: pd.Series, heard: float, least: float) -> tuple[float, float]:
    """Return to where a row is sure, and to where it may reach, of those heard."""
    of = heard if pd.isna(row["of"]) else float(row["of"])
    if row.get("hidden"):
        told = re.match(r"up to (\d+) of (\d+)", str(row["shown"]))
        if told:
            return 0.0, int(told[1]) / int(told[2])
        few = row["hidden"] == FEW and of
        return 0.0, min(1.0, (least - 1) / of) if few else 0.0
    sure, most = _numbers(row)
    return (sure / of, most / of) if of else (0.0, 0.0)


def _numbers(row: pd.Series) -> tuple[float, float]:
    """Return how many people it surely and at most is; an end that is not told is 0."""
    ends = (row["low"], row["high"]) if is_estimate(row) else (row["people"],) * 2
    sure, most = (0.0 if pd.isna(end) else float(end) for end in ends)
    return sure, max(sure, most)
