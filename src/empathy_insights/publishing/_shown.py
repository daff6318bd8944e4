"""A table with its hidden numbers taken out and said in words."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from empathy_insights.publishing._audiences import NEARLY_ALL, Audience, Label
from empathy_insights.publishing._cells import Cell, Key, cells, is_rest
from empathy_insights.publishing._merges import suggested_merges

# Told in grouped tables, these would give away how many people a hidden cell holds.
_MENTIONS = (
    "documents", "groups", "segments", "human", "accepted", "auto", "suggested",
    "share_of_words", "together", "either", "listed", "in_both", "log_odds",
    "log_odds_z", "words", "most_words_of_one",
)  # fmt: skip
_KEPT = {"voices": ("share_of_words",)}
_FACTS = (
    "table", "by", "units", "coding_status", "codebook", "date", "adds_up", "caution",
    "facilitator_share_of_words",
)  # fmt: skip
_SAID = ("verbal", "reading", "status", "test_note")
# A role that is not named would be known to have raised nothing.
_NEVER = ("roles",)
_LAST = 2  # the place of what nobody raised, in the order of the team
_OF_ALL = ["of", "share_heard", "representation"]


def shown_table(
    table: pd.DataFrame, labels: Mapping[Key, Label], audience: Audience
) -> pd.DataFrame:
    """Return the table with `shown` and `hidden`, and without what they hide."""
    rows = _row_labels(cells(table), labels)
    hidden = pd.Series([row in rows for row in range(len(table))], index=table.index)
    told = [name for name in _MENTIONS if name in table and _is_told(name, table)]
    kept = table.drop(columns=[*told, *_NEVER], errors="ignore")
    numbers = kept.select_dtypes("number").columns.drop("topic", errors="ignore")
    whole = [name for name in numbers if pd.api.types.is_integer_dtype(kept[name])]
    kept = kept.astype(dict.fromkeys(whole, "Int64"))
    kept = kept.assign(
        **{name: kept[name].mask(hidden) for name in numbers},
        **{name: kept[name].mask(hidden, "") for name in _SAID if name in kept},
        shown=[
            rows[row].text if row in rows else _count(table, row)
            for row in range(len(table))
        ],
        hidden=[rows[row].why if row in rows else "" for row in range(len(table))],
    )
    kept = _without_wholes(_without_changes(kept))
    return _told(_ordered(kept, table), table, audience)


def told_only(table: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Return a table that holds no numbers of people, for an audience."""
    published = _told(
        table.drop(columns="document_id", errors="ignore"), table, audience
    )
    published.attrs = {**table.attrs, **published.attrs}
    published.attrs.pop("heard_by_role", None)
    return published


def _row_labels(found: list[Cell], labels: Mapping[Key, Label]) -> dict[int, Label]:
    """Return the label of each row of which something is hidden.

    A row's own number comes first. Where only that of all others is hidden, its label
    would read as the row's.
    """
    rows: dict[int, Label] = {}
    for cell in found:
        label = labels.get(cell.key) or labels.get(cell.of)
        if label is not None and cell.row not in rows:
            rows[cell.row] = label.muted if is_rest(cell.key) else label
    return rows


def _is_told(name: str, table: pd.DataFrame) -> bool:
    """Say whether a column would tell what is hidden beside it."""
    kind = table.attrs["table"]
    is_plain = kind == "themes" and not table.attrs["by"]
    if is_plain:
        return name == "groups"
    return name not in _KEPT.get(kind, ())


def _count(table: pd.DataFrame, row: int) -> str:
    people = int(table["people"].iloc[row])
    if table.attrs["table"] == "voices":
        return str(people)
    # Pairs are counted of passages or answers; people are always of people heard.
    is_pair = table.attrs["table"] == "cooccurrence"
    of = int(table.attrs["people"] if is_pair else table["of"].iloc[row])
    return f"{people} of {of}" if of else "nobody heard"


def _without_wholes(kept: pd.DataFrame) -> pd.DataFrame:
    """Take away of how many people groups are where one is hidden: the rest would tell."""
    if "group" not in kept:
        return kept
    partly = (kept["hidden"] != "").groupby(kept["group"]).transform("any")
    names = [name for name in _OF_ALL if name in kept]
    return kept.assign(**{name: kept[name].mask(partly) for name in names})


def _without_changes(kept: pd.DataFrame) -> pd.DataFrame:
    """Take changes between rounds away from themes of which a round is hidden."""
    if "change" not in kept:
        return kept
    partly = (kept["hidden"] != "").groupby(kept["theme"]).transform("any")
    return kept.assign(change=kept["change"].mask(partly))


def _ordered(kept: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Put hidden rows where their place in the ranking tells nothing."""
    if table.attrs["table"] not in {"themes", "topics", "cooccurrence"}:
        return kept
    by = list(table.attrs["by"])
    group = kept.groupby(by, sort=False).ngroup() if by else 0
    rank = kept["hidden"].map({NEARLY_ALL: -1}).fillna(1)
    rank = rank.where(kept["hidden"] != "", 0).where(
        (kept["hidden"] != "") | (table["people"] > 0), _LAST
    )
    # The team's order goes on by roles and documents, which would tell of hidden ones.
    fewer = -kept["people"].astype("float64").fillna(0)
    names = [name for name in ("name", "theme", "other", "topic") if name in kept]
    named = kept[names].astype("str").where(rank < _LAST, "")
    order = named.assign(_group=group, _rank=rank, _fewer=fewer)
    order = order[["_group", "_rank", "_fewer", *names]]
    return kept.loc[order.sort_values(list(order), kind="stable").index].reset_index(
        drop=True
    )


def _told(kept: pd.DataFrame, table: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Say whom the table is for, and keep of its `attrs` what gives nothing away."""
    facts = {name: table.attrs[name] for name in _FACTS if name in table.attrs}
    people = int(table.attrs.get("people", 0))
    label = audience.of_count(people)
    published = kept.copy(deep=False)
    by_role = table.attrs.get("heard_by_role", {})
    merges = (
        suggested_merges(by_role, audience.least) if facts.get("by") == ["role"] else []
    )
    published.attrs = {
        **facts,
        "suggestions": merges,
        "audience": audience.name,
        "people": people if label is None else None,
        "n": f"{people if label is None else label.text} people heard",
        "least": audience.least,
        "hidden": int((kept["hidden"] != "").sum()) if "hidden" in kept else 0,
    }
    return published
