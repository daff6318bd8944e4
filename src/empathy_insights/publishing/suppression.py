"""Hide small cells before a table leaves the team."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.corpus import how_many
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.publishing._audiences import (
    NEARLY_ALL,
    Audience,
    AudienceName,
    Label,
    audience_of,
    up_to,
)
from empathy_insights.publishing._cells import (
    EVERYONE,
    Cell,
    Key,
    can_be_published,
    cells,
    is_rest,
    nested_groups,
)
from empathy_insights.publishing._hidden import hidden_labels
from empathy_insights.publishing._quotes import published_quotes
from empathy_insights.publishing._said import said_count, said_instead
from empathy_insights.publishing._topic_names import with_safe_names
from empathy_insights.roles import suggested_merges
from empathy_insights.tables import CHECKED

# A table with its hidden numbers taken out and said in words.


# Told in grouped tables, these would give away how many people a hidden cell holds.
_MENTIONS = (
    "read", "documents", "groups", "segments", "human", "accepted", "auto", "suggested",
    "share_of_words", "together", "either", "listed", "in_both", "log_odds",
    "log_odds_z", "words", "most_words_of_one",
)  # fmt: skip
_KEPT = {"voices": ("share_of_words",)}
_FACTS = (
    "table", "by", "units", "coding_status", "state", "codebook", "date", "adds_up", "caution",
    "facilitator_share_of_words",
)  # fmt: skip
_PLACES = ("documents", "segments")
_BY_STATUS = ("human", "accepted", "auto", "suggested")
_SHARES = ("jaccard", "lift")
_SAID = ("verbal", "reading", "status", "test_note")
# A role that is not named would be known to have raised nothing.
_NEVER = ("roles",)
_ENDS = ("low", "high")
_LAST = 2  # the place of what nobody raised, in the order of the team
_OF_ALL = ["of", "share_heard", "representation"]


def shown_table(
    table: pd.DataFrame,
    labels: Mapping[Key, Label],
    audience: Audience,
    told: Collection[Key],
) -> pd.DataFrame:
    """Return the table with `shown` and `hidden`, and without what they hide.

    Parameters
    ----------
    told
        The numbers of people that the readers see.
    """
    # Where rows share a name, their labels would meet.
    table = table.set_axis(range(len(table)), axis=0)
    rows = _row_labels(cells(table), labels)
    hidden = pd.Series([row in rows for row in range(len(table))], index=table.index)
    telling = [name for name in _MENTIONS if name in table and _is_told(name, table)]
    kept = table.drop(columns=[*telling, *_NEVER], errors="ignore")
    if table.attrs["table"] == "cooccurrence":
        kept = _without_shares(kept, told)
    numbers = kept.select_dtypes("number").columns.drop("topic", errors="ignore")
    whole = [name for name in numbers if pd.api.types.is_integer_dtype(kept[name])]
    kept = kept.astype(dict.fromkeys(whole, "Int64"))
    kept = kept.assign(
        **{name: kept[name].mask(hidden) for name in numbers},
        **{name: kept[name].mask(hidden, "") for name in _SAID if name in kept},
        shown=[
            _count(table, row, rows.get(row), audience) for row in range(len(table))
        ],
        hidden=[rows[row].why if row in rows else "" for row in range(len(table))],
    )
    if "low" in kept:
        # An end below the number told would tell of fewer people.
        ends = {name: kept[name].mask(kept[name] < audience.least) for name in _ENDS}
        is_open = kept["state"] != CHECKED
        kept = kept.assign(
            **{name: kept[name].where(~is_open, end) for name, end in ends.items()}
        )
    if table.attrs["table"] == "themes":
        kept = _without_few_places(kept, audience)
    if table.attrs["table"] == "topics":
        kept = with_safe_names(kept, table, audience)
    kept = _without_wholes(_without_changes(kept))
    return _told(_ordered(kept, table), table, audience)


def told_only(table: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Return a table that holds no numbers of people, for an audience."""
    published = _told(table, table, audience)
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
    """Return whether a column would tell what is hidden beside it."""
    kind = table.attrs["table"]
    is_plain = kind == "themes" and not table.attrs["by"]
    if is_plain:
        return name == "groups"
    return name not in _KEPT.get(kind, ())


def _count(
    table: pd.DataFrame, row: int, label: Label | None, audience: Audience
) -> str:
    told = {str(name): value for name, value in table.iloc[row].items()}
    kind = table.attrs["table"]
    if kind == "voices":
        return str(told["people"]) if label is None else label.text
    # Pairs are counted of passages or answers; people are always of people heard.
    is_pair = kind == "cooccurrence"
    of = int(table.attrs["people"] if is_pair else str(told["of"]))
    if label is not None:
        return said_instead(label, told, of=of, least=audience.least)
    return said_count(told, of=of, least=audience.least)


def _without_wholes(kept: pd.DataFrame) -> pd.DataFrame:
    """Take away of how many people groups are where one is hidden: the rest would tell."""
    if "group" not in kept:
        return kept
    partly = (kept["hidden"] != "").groupby(kept["group"]).transform("any")
    names = [name for name in _OF_ALL if name in kept]
    return kept.assign(**{name: kept[name].mask(partly) for name in names})


def _without_few_places(kept: pd.DataFrame, audience: Audience) -> pd.DataFrame:
    """Take away of how few documents or passages somebody spoke: they may be as few people.

    Passages by their status are missing all together, since they add up. Where nobody is
    known as a speaker, documents are all that is counted.
    """
    is_few = {
        name: kept[name].between(1, audience.least - 1) & (kept["of"] != 0)
        for name in (*_PLACES, *_BY_STATUS)
        if name in kept
    }
    by_status = [name for name in _BY_STATUS if name in kept]
    of_any = [is_few[name] for name in ("segments", *by_status) if name in is_few]
    if of_any:
        is_few |= dict.fromkeys(by_status, pd.concat(of_any, axis=1).any(axis=1))
    return kept.assign(**{name: kept[name].mask(few) for name, few in is_few.items()})


def _without_shares(kept: pd.DataFrame, told: Collection[Key]) -> pd.DataFrame:
    """Take the shares of pairs away whose themes' totals readers do not see.

    `jaccard` and `lift` are made of the totals, which could be solved for from both.
    """
    pairs = kept[["theme", "other"]].itertuples(index=False, name=None)
    is_told = pd.Series(
        [all(Key(theme, EVERYONE) in told for theme in pair) for pair in pairs],
        index=kept.index,
        dtype="bool",
    )
    return kept.assign(**{name: kept[name].where(is_told) for name in _SHARES})


def _without_changes(kept: pd.DataFrame) -> pd.DataFrame:
    """Take changes between rounds away from themes of which a round is hidden."""
    if "change" not in kept:
        return kept
    partly = (kept["hidden"] != "").groupby(kept["theme"]).transform("any")
    names = ("change", "change_low", "change_high")
    return kept.assign(**{name: kept[name].mask(partly) for name in names})


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
    """Return whom the table is for, and keep of its `attrs` what gives nothing away."""
    facts = {name: table.attrs[name] for name in _FACTS if name in table.attrs}
    if facts.get("table") == "voices":  # it says how many people are in which rows
        facts.pop("caution", None)
    people = int(table.attrs.get("people", 0))
    label = audience.of_count(people)
    published = kept.copy(deep=False)
    by_role = table.attrs.get("heard_by_role", {})
    merges = (
        suggested_merges(by_role, audience.least) if facts.get("by") == ["role"] else []
    )
    people_said = (
        how_many(people, "person", "people")
        if label is None
        else f"{label.text} people"
    )
    published.attrs = {
        **facts,
        "suggestions": merges,
        "audience": audience.name,
        "people": people if label is None else None,
        "n": f"{people_said} heard",
        "least": audience.least,
        "hidden": int((kept["hidden"] != "").sum()) if "hidden" in kept else 0,
    }
    return published


_STAYS = {
    "case_matrix": "a case matrix has a row a person and stays with the team",
    "saturation": "a saturation has a row an interview and stays with the team",
}
_QUOTES = "quotes"


@public
def publish(
    table: pd.DataFrame,
    audience: AudienceName = "school",
    *,
    beside: Sequence[pd.DataFrame] = (),
) -> pd.DataFrame:
    """Return a table as an audience may see it: small cells hidden, extremes masked.

    For `school`, counts of 1 to 4 people and results of groups of fewer than 5 are
    hidden; for `public`, of fewer than 10, and nobody is not told from a few. Where
    nearly everyone in a group said something, only "at least" is said (after the ladder
    of NCES 2011-603). Further cells are hidden where one of these could be solved for
    from margins, from the rest of the table, or from the tables `beside` it. The public
    does not see what is hidden from a school, so that the two can be read side by side.
    For `team` nothing is hidden.

    Parameters
    ----------
    table
        As a function of this library returned it: its `attrs` say what it holds.
    audience
        `team`, `school` or `public`.
    beside
        The other tables that the same people will see. Publish each table of a run with
        all others beside it; the order does not matter.

    Returns
    -------
    pandas.DataFrame
        The rows of the table, those that are hidden after those that are shown.
        `shown` says the count in words (`7 of 12`, `fewer than 5 of 12`), `hidden` why
        it is not shown (`few people`, `small group`, `nearly everyone`, `it would give
        another away`; empty where it is). Numbers of a hidden row are missing. Who
        raised a theme (`roles`) is left out, and from grouped tables columns of mentions
        and of other people's counts, where they would tell what is hidden. A topic is
        called by words that enough people said, or `topic 3`. Of quotes only theme, stance,
        words and a safe attribution are left. `attrs["audience"]` names the audience;
        `attrs["suggestions"]` says which roles could be shown if they were counted together.

    Raises
    ------
    EmpathyInsightsError
        There is no such audience, the table has a row a person or interview, or it is not
        known what it holds.

    See Also
    --------
    deidentify : Takes identities out of the words.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": list("abcdef"), "a": ["Late bus."] + ["Hm."] * 5})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> from empathy_insights.codebook import Patterns
    >>> bus = ei.Theme("bus", "Late bus", patterns=Patterns(("late bus",)))
    >>> book = ei.Codebook("b", "B", themes=(bus,))
    >>> table = ei.theme_frequency(ei.code(ei.segment(corpus), book), corpus, codebook=book)
    >>> ei.publish(table, "school")[["theme", "shown", "hidden"]]
      theme              shown      hidden
    0   bus  fewer than 5 of 6  few people
    """
    return publish_together([table, *beside], audience)[0]


def publish_together(
    tables: Sequence[pd.DataFrame],
    audience: AudienceName,
    *,
    ranked: Sequence[tuple[str, str]] = (),
) -> list[pd.DataFrame]:
    """Publish all tables of a run, as `publish` does each with the others beside it.

    Parameters
    ----------
    ranked
        Two themes each, of which readers know otherwise that at least as many people
        raised the first: a statement is built on the themes of most people.

    Raises
    ------
    EmpathyInsightsError
        As `publish`.
    """
    rules = audience_of(audience)
    if rules.least == 0:
        return list(tables)
    for one in tables:
        _check(one, audience)
    run = [one for one in tables if can_be_published(one)]
    numbers = [cell for one in run for cell in cells(one)]
    nested = [nest for one in run for nest in nested_groups(one)]
    labels: Mapping[Key, Label] = {}
    for each in up_to(rules):
        labels = hidden_labels(numbers, each, nested, before=labels, ranked=ranked)
    told = {cell.key for cell in numbers} - {*labels}
    return [_published(one, labels, rules, told) for one in tables]


def _published(
    table: pd.DataFrame,
    labels: Mapping[Key, Label],
    rules: Audience,
    told: Collection[Key],
) -> pd.DataFrame:
    if table.attrs["table"] == _QUOTES:
        return told_only(published_quotes(table, labels, rules), rules)
    return shown_table(table, labels, rules, told)


def _check(table: pd.DataFrame, audience: str) -> None:
    name = table.attrs.get("table")
    if name in _STAYS:
        raise EmpathyInsightsError(
            f"{_STAYS[name]}; for {audience} publish a table of counts"
        )
    if table.attrs.get("audience", "team") != "team":
        raise EmpathyInsightsError(
            f"this table is published already, for {table.attrs['audience']}; publish "
            "the team's own"
        )
    if not can_be_published(table) and name != _QUOTES:
        raise EmpathyInsightsError(
            "this table does not say what it counts; publish it as the function that "
            "made it returned it"
        )
    if table.attrs.get("unit", "people") != "people":
        raise EmpathyInsightsError(
            f"this table counts {table.attrs['unit']}; publish one that counts people"
        )
