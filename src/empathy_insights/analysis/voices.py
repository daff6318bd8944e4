"""Whose voice is heard, and whose is missing."""

from __future__ import annotations

import pandas as pd

from empathy_insights.analysis.population import read_population
from empathy_insights.analysis.stated import stated
from empathy_insights.analysis.voices_rows import UNDER_HEARD, said_by, voices_by
from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, heard
from empathy_insights.tables import Schema

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
    "of": "people heard whose group is known, or who are counted in population_of",
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
        `group`, `value`, `people` (heard), `of` (people heard whose value is known; with
        a population, whose value it counts; with its `of`, all but those of unknown
        role), `listed` (in the list of participants), `planned`, `population`,
        `population_of`, `share_heard` (people / of), `share_of_population`,
        `representation` (share heard / share of the population), `reading` (`not heard`,
        `under-heard` below 0.8, `not known` where the group of nobody is known, or
        empty), `documents`, `words`, `share_of_words` (0 to 1, of all words that are not
        a facilitator's), `most_words_of_one` (the largest share of the row's words that
        one person speaks).

        `attrs` also holds `facilitator_share_of_words` (of all words).

    Raises
    ------
    TableError
        The population table cannot be used.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"role": ["student"], "a": ["Too much homework."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", role="role")
    >>> voices(corpus).head(2)[["value", "people", "words", "reading"]]
         value  people  words    reading
    0  student       1      3
    1   family       0      0  not heard
    """
    there = read_population(population, corpus)
    said = said_by(corpus)
    own = said[~said["is_facilitator"]]
    groups = dict.fromkeys(["role", "priority_group", *there["group"].unique()])
    rows = [voices_by(group, corpus, own, there) for group in groups]
    total, everything = int(own["words"].sum()), int(said["words"].sum())
    table = pd.concat(rows, ignore_index=True)
    table = table.assign(share_of_words=table["words"] / max(total, 1))
    table = VOICES.check(table[list(VOICES.columns)])
    table = stated(table, "voices", _UNITS, corpus=corpus)
    share = (everything - total) / max(everything, 1)
    table.attrs["facilitator_share_of_words"] = share
    return table


def missing_voices(corpus: Corpus) -> list[str]:
    """Return the roles and priority groups of whom nobody was heard.

    Where no role is known, none can be said to be missing.
    """
    table = voices(corpus)
    missing = table.loc[table["reading"] == "not heard", "value"]
    return [str(value) for value in missing]


def roles_are_known(corpus: Corpus) -> bool:
    """Say whether the role of anybody who was heard is known."""
    return bool((heard(corpus)["role"] != "unknown").any())
