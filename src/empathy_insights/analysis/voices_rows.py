"""The rows of the voices table: people and words by one way to group people."""

from __future__ import annotations

import numpy as np
import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.tables import ROLES

UNDER_HEARD = 0.8  # share heard / share of the population; ours, as is the word

_EXPECTED = ("student", "family", "teacher", "staff", "school_leader")
_UNKNOWN = "unknown"


def said_by(corpus: Corpus) -> pd.DataFrame:
    """Return the number of words of each person in each document.

    Returns
    -------
    pandas.DataFrame
        `document_id`, `participant_id`, `is_facilitator`, `words`.
    """
    turns = corpus.utterances
    words = np.fromiter(map(len, map(str.split, turns["text"])), np.int64, len(turns))
    who = ["document_id", "participant_id", "is_facilitator"]
    return (
        turns[who]
        .assign(words=words)
        .groupby(who, dropna=False, as_index=False)["words"]
        .sum()
    )


def voices_by(
    group: str, corpus: Corpus, own: pd.DataFrame, population: pd.DataFrame
) -> pd.DataFrame:
    """Count people, documents and words by one column of the participants.

    Parameters
    ----------
    own
        What `said_by` returns, without facilitators.
    population
        What `read_population` returns.

    Returns
    -------
    pandas.DataFrame
        The columns of `voices`, but for `share_of_words`.
    """
    people = corpus.participants[["participant_id"]].assign(
        value=corpus.participants[group].astype("str"),
        is_heard=corpus.participants["participant_id"].isin(own["participant_id"]),
    )
    there = population[population["group"] == group].rename(
        columns={"people": "population", "of": "population_of"}
    )
    values = pd.DataFrame({"value": _values(group, people, there)}, dtype="str")
    rows = (
        values.assign(group=group)
        .merge(_people(people), on="value", how="left", validate="one_to_one")
        .merge(_words(own, people), on="value", how="left", validate="one_to_one")
        .merge(
            there.drop(columns="group"), on="value", how="left", validate="one_to_one"
        )
        .astype({"group": "str"})
    )
    whole = ["people", "listed", "documents", "words"]
    rows = rows.assign(**rows[whole].fillna(0).astype("int64"))
    return _read(_compared(rows, people), is_known=_is_known(group, people))


def _values(group: str, people: pd.DataFrame, there: pd.DataFrame) -> list[str]:
    named = set(people["value"].dropna()) | set(there["value"])
    if group != "role":
        return sorted(named)
    return [role for role in ROLES if role in named or role in _EXPECTED]


def _people(people: pd.DataFrame) -> pd.DataFrame:
    counts = people.groupby("value")["is_heard"].agg(["sum", "size"])
    return counts.set_axis(["people", "listed"], axis=1).reset_index()


def _words(own: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    turns = own.merge(
        people[["participant_id", "value"]], on="participant_id", validate="many_to_one"
    )
    totals = turns.groupby("value").agg(
        documents=("document_id", "nunique"), words=("words", "sum")
    )
    most = (
        turns.groupby(["value", "participant_id"])["words"].sum().groupby("value").max()
    )
    spoken = totals["words"].where(totals["words"] > 0)
    return totals.assign(most_words_of_one=most / spoken).reset_index()


def _compared(rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """Add shares of people heard and of the population, both of the same whole.

    Where the population holds more people than its rows name, those heard who are in no
    group belong to the whole too; otherwise only those whom its rows name.
    """
    there = rows["population"]
    holds_others = bool((rows["population_of"] > there.sum()).any())
    is_in = rows["value"] != _UNKNOWN
    if there.notna().any() and not holds_others:
        is_in = there.notna()
    belongs = people["value"].isin(rows.loc[is_in, "value"])
    if holds_others:
        belongs = people["value"] != _UNKNOWN
    of = int((people["is_heard"] & belongs).sum())
    share = rows["people"] / (of or np.nan)
    there_of = rows["population_of"].where(there > 0)
    return rows.assign(
        of=np.where(is_in, of, 0),
        share_heard=share.where(is_in),
        population_of=rows["population_of"].where(there.notna()),
        share_of_population=there / rows["population_of"],
        # One division, so that four fifths are 0.8 and not a hair less.
        representation=rows["people"] * there_of / (there * (of or np.nan)),
    )


def _is_known(group: str, people: pd.DataFrame) -> bool:
    """Say whether anybody's group is known: of roles, anybody's who was heard."""
    if group == "role":
        people = people[people["is_heard"] & (people["value"] != _UNKNOWN)]
    return bool(people["value"].notna().any())


def _read(rows: pd.DataFrame, *, is_known: bool) -> pd.DataFrame:
    nobody = (rows["people"] == 0) & (rows["population"] != 0)
    reading = np.select(
        [nobody & is_known, nobody, rows["representation"] < UNDER_HEARD],
        ["not heard", "not known", "under-heard"],
        "",
    )
    return rows.assign(reading=pd.Series(reading, dtype="str"))
