"""Whose voice is heard, and whose is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd

from empathy_insights.analysis.population import read_population
from empathy_insights.analysis.same_values import as_called
from empathy_insights.analysis.table_facts import stated
from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, heard
from empathy_insights.tables import ROLES, Schema
from empathy_insights.text.segments import without_answer

# The rows of the voices table: people and words by one way to group people.


UNDER_HEARD = 0.8  # share heard / share of the population; ours, as is the word

_EXPECTED = ("student", "family", "teacher", "staff", "school_leader")
_UNKNOWN = "unknown"
_GROUPS = ("role", "priority_group")
_SHOWN = 6


def said_by(corpus: Corpus) -> pd.DataFrame:
    """Return the number of words of each person in each document.

    Returns
    -------
    pandas.DataFrame
        `document_id`, `participant_id`, `is_facilitator`, `words`.
    """
    turns = corpus.utterances[~without_answer(corpus)]
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
    there = population[population["group"] == group].rename(
        columns={"people": "population", "of": "population_of"}
    )
    people = _people_in(group, corpus, own)
    same = as_called(people["value"].dropna(), there["value"])
    people = people.assign(value=people["value"].replace(dict(same)))
    named = {*people["value"].dropna(), *there["value"]}
    values = pd.DataFrame({"value": _values(group, named)}, dtype="str")
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
    is_known = _is_known(group, people, corpus)
    return _read(_compared(rows, people), is_known=is_known)


def _people_in(group: str, corpus: Corpus, heard: pd.DataFrame) -> pd.DataFrame:
    """Return the value of each participant in a column, and whether they were heard."""
    people = corpus.participants
    return people[["participant_id"]].assign(
        value=people[group].astype("str"),
        is_heard=people["participant_id"].isin(heard["participant_id"]),
    )


def _values(group: str, named: set[str]) -> list[str]:
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
    """Add shares of people heard and of the population, each of the whole of it.

    The whole are all whose value is known; where the population holds more people than
    its rows name, those in no group too.
    """
    there = rows["population"]
    holds_others = bool((rows["population_of"] > there.sum()).any())
    is_in = rows["value"] != _UNKNOWN
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


def _is_known(group: str, people: pd.DataFrame, corpus: Corpus) -> bool:
    """Return whether anybody's group is known: of roles, everybody's who was heard."""
    if group == "role":
        return len(heard(corpus)) > 0 and without_role(corpus) == (0, 0)
    return bool(people["value"].notna().any())


def _read(rows: pd.DataFrame, *, is_known: bool) -> pd.DataFrame:
    nobody = (rows["people"] == 0) & (rows["population"] != 0)
    reading = np.select(
        [nobody & is_known, nobody, rows["representation"] < UNDER_HEARD],
        ["not heard", "not known", "under-heard"],
        "",
    )
    return rows.assign(reading=pd.Series(reading, dtype="str"))


VOICES = Schema(
    "voices",
    {
        "group": "text", "value": "text", "people": "whole", "of": "whole",
        "listed": "whole", "planned": "number", "population": "number",
        "population_of": "number", "share_heard": "number",
        "share_of_population": "number", "representation": "number", "reading": "text",
        "documents": "whole", "words": "whole", "share_of_words": "number",
        "most_words_of_one": "number",
    },
    key=("group", "value"),
    may_miss=frozenset({
        "planned", "population", "population_of", "share_heard", "share_of_population",
        "representation", "most_words_of_one",
    }),
)  # fmt: skip

_UNITS = {
    "people": "people heard",
    "of": "people heard whose group is known, or all where population_of holds others, too",
    "listed": "people in the list of participants",
    "planned": "people one meant to hear",
    "population": "people there are",
    "population_of": "people there are in all",
    "share_heard": "people / of",
    "share_of_population": "population / population_of",
    "representation": "share_heard / share_of_population",
    "reading": f"not heard: nobody; under-heard: representation below {UNDER_HEARD}",
    "documents": "documents in which such people speak",
    "words": "words of such people",
    "share_of_words": "words / all words but a facilitator's",
    "most_words_of_one": "share of these words that the one who says most has",
}


@public
def voices(corpus: Corpus, *, population: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count people, documents and words by role and by priority group.

    Rows with nobody stay: a role that a school usually asks, or a group that the list
    of participants or the population names, and that no transcript holds, is a voice
    that is missing.

    Parameters
    ----------
    corpus
        Documents, people and turns, as `read_corpus` returns them.
    population
        Whom one could or meant to hear: `group` (`role`, `priority_group`, or another
        column of the participants, which gets rows of its own), `value`, and `people`
        (so many there are) or `planned` (so many one meant to hear) or both. `of` says
        how many there are in all, for groups in which most people are not, such as
        priority groups; without it a group's rows are taken to be everybody. Compare
        like with like: who could not be heard belongs in no number.

    Returns
    -------
    pandas.DataFrame
        `group`, `value`, `people` (heard), `of` (people heard whose value is known; with a
        population that has an `of`, all but those of unknown role), `listed` (in the list of participants), `planned`, `population`,
        `population_of`, `share_heard` (people / of), `share_of_population`,
        `representation` (share heard / share of the population), `reading` (`not heard`,
        `under-heard` below 0.8, `not known` where the group of nobody is known or
        somebody's role is not, or empty), `documents`, `words`, `share_of_words` (0 to 1, of all words that are not
        a facilitator's), `most_words_of_one` (the largest share of the row's words that
        one person speaks).

        `attrs` also holds `facilitator_share_of_words` (of all words) and `caution`, which
        says of how many people heard the population does not name the value; a value is
        named where it says the same, as `7`, `7th` and `Grade 7` do.

    Raises
    ------
    TableError
        The population table cannot be used.

    See Also
    --------
    theme_frequency : What they raised.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"role": ["student"], "a": ["Too much homework."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", role="role")
    >>> ei.voices(corpus).head(2)[["value", "people", "words", "reading"]]
         value  people  words    reading
    0  student       1      3
    1   family       0      0  not heard
    """
    there = read_population(population, corpus)
    said = said_by(corpus)
    own = said[~said["is_facilitator"]]
    groups = dict.fromkeys([*_GROUPS, *there["group"].unique()])
    rows = [voices_by(group, corpus, own, there) for group in groups]
    total, everything = int(own["words"].sum()), int(said["words"].sum())
    table = pd.concat(rows, ignore_index=True)
    table = table.assign(share_of_words=table["words"] / max(total, 1))
    table = VOICES.check(table[list(VOICES.columns)])
    table = stated(table, "voices", _UNITS, corpus=corpus)
    share = (everything - total) / max(everything, 1)
    table.attrs["facilitator_share_of_words"] = share
    table.attrs["caution"] = _caution(table)
    return table


def _caution(voices: pd.DataFrame) -> str:
    """Say of whom the population does not know; without it their shares have no other side."""
    told = []
    for group, rows in voices.groupby("group", sort=False):
        is_named = rows["population"].notna()
        is_whole = bool((rows["population_of"] > rows["population"].sum()).any())
        others = rows[~is_named & (rows["people"] > 0) & (rows["value"] != _UNKNOWN)]
        if is_named.any() and not is_whole and len(others):
            n, values = int(others["people"].sum()), ", ".join(others["value"][:_SHOWN])
            who = (
                "1 person heard has a value"
                if n == 1
                else f"{n} people heard have values"
            )
            told.append(
                f"{who} under {group!r} that the population does "
                f"not name ({values}{' …' * (len(others) > _SHOWN)}): they are "
                "compared with nobody, and lower the shares of the others; name them there"
            )
    return "; ".join(told)


def missing_voices(corpus: Corpus) -> list[str]:
    """Return the roles and priority groups of whom nobody was heard.

    While somebody's role is not known, none can be said to be missing.
    """
    missing, own = [], heard(corpus)
    for group in _GROUPS:
        people = _people_in(group, corpus, own)
        if _is_known(group, people, corpus):
            were_heard = set(people.loc[people["is_heard"], "value"])
            named = set(people["value"].dropna())
            missing += [v for v in _values(group, named) if v not in were_heard]
    return missing


def without_role(corpus: Corpus) -> tuple[int, int]:
    """Return how many people heard have no known role, and how many files say no name.

    Somebody spoke in a file in which all words are nobody's, such as notes.
    """
    turns = corpus.utterances
    own = turns[~turns["is_facilitator"]]
    is_said = own["participant_id"].notna().groupby(own["document_id"]).any()
    return int((heard(corpus)["role"] == _UNKNOWN).sum()), int((~is_said).sum())


def roles_are_known(corpus: Corpus) -> bool:
    """Return whether it is known which roles are missing.

    It is where everybody's role is known, and where somebody of each role was heard.
    """
    own = heard(corpus)
    sought = {*_EXPECTED, *corpus.participants["role"]} - {_UNKNOWN}
    is_whole = sought <= set(own["role"])
    return is_whole or (len(own) > 0 and without_role(corpus) == (0, 0))
