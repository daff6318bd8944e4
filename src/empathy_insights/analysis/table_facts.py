"""What every table says of itself, and how one is read: the team's own or a published one."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus, documents_heard, heard, how_many
from empathy_insights.publishing import (
    FEW,
    NEARLY_ALL,
    audience_of,
    is_estimate,
    said_count,
)
from empathy_insights.tables import (
    BY_PEOPLE,
    CHECKED,
    COUNTED,
    FIRST_LOOK,
    NO_THEME,
    PARTLY_CHECKED,
)

# What every table says of itself: units, N, coding status, audience, codebook, date.


TEAM = "team"
_BY_CODERS = ("auto", "suggested")


def stated(
    table: pd.DataFrame,
    name: str,
    units: Mapping[str, str],
    *,
    corpus: Corpus,
    codings: pd.DataFrame | None = None,
    codebook: Codebook | None = None,
    by: Sequence[str] = (),
) -> pd.DataFrame:
    """Return the table with what it must be read with in its `attrs`.

    Parameters
    ----------
    name
        What the table is called, in files too; `publish` and `plot` go by it.
    units
        Column -> what its values are, in words.
    codings
        Those that were counted.

    Returns
    -------
    pandas.DataFrame
        The same rows. `attrs` holds `table`, `by`, `units`, `n` (who was heard, in
        words), `people` (how many), `heard_by_role`, `coding_status`, `state` (how far people
        have read), `audience` (`team`: nothing is
        hidden), `codebook`, `date`.
    """
    by_role = heard(corpus)["role"].value_counts().sort_index()
    people = int(by_role.sum())
    documents = documents_heard(corpus)
    facts = {
        "table": name,
        "by": list(by),
        "units": dict(units),
        "n": f"{how_many(people, 'person', 'people')} heard in {how_many(documents, 'document')}",
        "people": people,
        "heard_by_role": {role: int(n) for role, n in by_role.items()},
        "coding_status": _status(codings),
        "state": read_state(table) if "state" in table else state_of(codings),
        "audience": TEAM,
        "codebook": _codebook(codings, codebook),
        "date": today(),
    }
    stated_table = table.copy(deep=False)
    stated_table.attrs = facts
    return stated_table


def today() -> str:
    """Return the date of now in UTC, as every result carries it."""
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def _status(codings: pd.DataFrame | None) -> str:
    if codings is None:
        return "no codings"
    present = set(codings["status"].unique())
    return " + ".join(status for status in COUNTED if status in present) or "none"


def _codebook(codings: pd.DataFrame | None, codebook: Codebook | None) -> str:
    if codebook is not None:
        return f"{codebook.id} {codebook.version} ({codebook.sha256[:12]})"
    if codings is None:
        return "none"
    hashes = sorted(name[:12] for name in codings["codebook_sha256"].unique() if name)
    return ", ".join(hashes) or "not known"


def state_of(codings: pd.DataFrame | None) -> str:
    """Return how far people have read, as far as codings tell: all, some, or nothing.

    Examples
    --------
    >>> state_of(pd.DataFrame({"status": ["human", "auto"], "theme": ["bus", "bus"]}))
    'partly checked'
    """
    if codings is None:
        return CHECKED
    by_coders = codings["status"].isin(_BY_CODERS) & (codings["theme"] != NO_THEME)
    if not codings["status"].isin(BY_PEOPLE).any():
        return FIRST_LOOK
    return PARTLY_CHECKED if by_coders.any() else CHECKED


def read_state(table: pd.DataFrame) -> str:
    """Return how far people have read what a table counts, all rows together.

    A table that says nothing of it is `checked`.

    Examples
    --------
    >>> read_state(pd.DataFrame({"state": ["checked", "partly checked"]}))
    'partly checked'
    """
    if "state" not in table or not len(table):
        return CHECKED
    found = set(table["state"])
    return str(found.pop()) if len(found) == 1 else PARTLY_CHECKED


# Read a theme table, the team's own or a published one, for people.


def is_raised(table: pd.DataFrame) -> pd.Series:
    """Return for each row whether somebody raised it, or may have where it is hidden.

    Where no speaker is marked in any file, a document counts.
    """
    raised = (table["people"].fillna(0) > 0) | _in_documents(table)
    if "hidden" not in table:
        return raised.astype(bool)
    return (raised | (table["hidden"] != "")).astype(bool)


def may_be_raised(table: pd.DataFrame) -> pd.Series:
    """Return for each row whether somebody raised it, or was coded and may have.

    The middle of an estimate can be nobody where a coder found a passage.

    Examples
    --------
    >>> table = pd.DataFrame({"people": [0, 0], "of": 3, "high": [1, 1], "segments": [1, 0]})
    >>> may_be_raised(table).tolist()
    [True, False]
    >>> may_be_raised(table.assign(segments=[None, 0])).tolist()
    [True, False]
    """
    if "high" not in table:
        return is_raised(table)
    # For others than the team a few passages are a missing number.
    is_coded = (table["high"].fillna(0) > 0) & (table["segments"].fillna(1) > 0)
    return (is_raised(table) | is_coded).astype(bool)


def is_shown(table: pd.DataFrame) -> pd.Series:
    """Return for each row whether its number is shown."""
    if "hidden" not in table:
        return pd.Series(data=True, index=table.index)
    return table["hidden"] == ""


def is_told(table: pd.DataFrame) -> pd.Series:
    """Return for each row whether its number is shown, or that nearly everyone raised it."""
    if "hidden" not in table:
        return is_shown(table)
    return table["hidden"].isin(["", NEARLY_ALL])


def surely_raised(themes: pd.DataFrame, *, is_estimate: bool) -> pd.Series:
    """Return the themes whose label says that somebody raised them, though not how many.

    Few people of an estimate may be none.
    """
    audience = audience_of(str(themes.attrs.get("audience", "team")))
    is_few_some = audience.shows_zero and not is_estimate
    labels = [NEARLY_ALL, *([FEW] if is_few_some else [])]
    return themes.loc[themes["hidden"].isin(labels), "theme"]


def said_counts(table: pd.DataFrame) -> list[str]:
    """Say the count of each row: `7 of 12`, or what stands in its place.

    Examples
    --------
    >>> said_counts(pd.DataFrame({"people": [7], "of": [12]}))
    ['7 of 12']
    """
    if "shown" in table:
        return [str(text) for text in table["shown"]]
    rows = table.to_dict("records")
    return [
        said_count({str(name): value for name, value in row.items()}, of=int(row["of"]))
        if row["of"]
        else f"{row['people']} of {row['of']}"
        for row in rows
    ]


# What is told of a row, and where it belongs among others: the first that fits.
_PLACES = (
    (r"(?:perhaps nearly all|at least|\d+ or more)\b", 0),
    (r"about (?P<most>\d+) of", 1),
    (r"(?P<least>\d+) to (?P<most>\d+) of", 1),
    (r"(?P<most>\d+) of", 1),
    (r"up to (?P<most>\d+) of(?P<least>)", 1),
    (r"fewer than (?P<most>\d+)\b", 2),
    (r"", 3),
)


def in_told_order(table: pd.DataFrame) -> pd.DataFrame:
    """Order the rows of an estimate by what is told of each, the most first.

    A range stands by the middle between its ends, then by its lower one: 7 to 11 before
    0 to 17. Of what is told as `about 12` the 12 counts, and hidden numbers follow. A table
    without an estimate stays as it is.

    Examples
    --------
    >>> rows = {"people": [9, 8], "low": [0, 7], "high": [17, 11], "of": 41}
    >>> table = pd.DataFrame(rows).assign(state="first look")
    >>> said_counts(in_told_order(table))
    ['7 to 11 of 41', '0 to 17 of 41']
    """
    rows = table.to_dict("records")
    if not any(is_estimate({str(n): v for n, v in row.items()}) for row in rows):
        return table
    said = pd.Series(said_counts(table), index=table.index)
    some_middle = said.str.startswith("about ").any()
    keys = pd.DataFrame(map(_place, said), index=table.index)
    # Below a middle that is told, the end of a range would pass for more.
    keys[0] = keys[0].mask(~is_shown(table) & (keys[0] == 1) & some_middle, 2)
    ordered = table.loc[keys.sort_values([0, 1, 2], kind="stable").index]
    ordered = ordered.reset_index(drop=True)
    ordered.attrs = dict(table.attrs)
    return ordered


def _place(said: str) -> tuple[int, int, int]:
    """Return by what a row is ordered, as far as its words tell."""
    for pattern, place in _PLACES:
        if found := re.match(pattern, said):
            told = found.groupdict()
            most = int(told.get("most", 0))
            least = int(told.get("least", most) or 0)
            return place, -(least + most), -least
    return 3, 0, 0


def _in_documents(table: pd.DataFrame) -> pd.Series:
    nobody = (table["of"].fillna(0) == 0) & ("documents" in table)
    documents = table.get("documents", pd.Series(0, index=table.index))
    return nobody & (documents.fillna(0) > 0)
