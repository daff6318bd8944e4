"""Whose voice is heard, and whose is missing."""

from __future__ import annotations

import pandas as pd

from empathy_insights.corpus import Corpus, heard
from empathy_insights.tables import ROLES

_EXPECTED = ("student", "family", "teacher", "staff", "school_leader")


def voices(corpus: Corpus) -> pd.DataFrame:
    """Count people, documents and words by role and by priority group.

    Rows with nobody stay: a role that a school usually asks, or a group that the list
    of participants names, and that no transcript holds, is a voice that is missing.

    Returns
    -------
    pandas.DataFrame
        `group` (`role` / `priority_group`), `value`, `people` (heard), `listed` (in the
        list of participants), `documents`, `words`, `share_of_words` (0 to 1, of all
        words that are not a facilitator's).

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"role": ["student"], "a": ["Too much homework."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", role="role")
    >>> voices(corpus).head(2)[["value", "people", "words"]]
         value  people  words
    0  student       1      3
    1   family       0      0
    """
    turns = _turns(corpus)
    people = corpus.participants
    is_heard = people["participant_id"].isin(heard(corpus)["participant_id"])
    roles = [role for role in ROLES if role in _EXPECTED or role in set(people["role"])]
    groups = sorted(people["priority_group"].dropna().unique())
    rows = [_row("role", role, people, is_heard, turns) for role in roles]
    rows += [_row("priority_group", name, people, is_heard, turns) for name in groups]
    return pd.DataFrame(rows)


def missing_voices(corpus: Corpus) -> list[str]:
    """Return the roles and priority groups of whom nobody was heard.

    Where no role is known, none can be said to be missing.
    """
    table = voices(corpus)
    if not roles_are_known(corpus):
        table = table[table["group"] != "role"]
    return [str(value) for value in table.loc[table["people"] == 0, "value"]]


def roles_are_known(corpus: Corpus) -> bool:
    """Say whether the role of anybody who was heard is known."""
    return bool((heard(corpus)["role"] != "unknown").any())


def _turns(corpus: Corpus) -> pd.DataFrame:
    turns = corpus.utterances
    spoken = turns[~turns["is_facilitator"]]
    people = corpus.participants[["participant_id", "role", "priority_group"]]
    return spoken.assign(words=spoken["text"].str.split().str.len()).merge(
        people, on="participant_id", how="left", validate="many_to_one"
    )


def _row(
    group: str,
    value: str,
    people: pd.DataFrame,
    is_heard: pd.Series,
    turns: pd.DataFrame,
) -> dict[str, object]:
    listed = people[group] == value
    own = turns[turns[group] == value]
    total = int(turns["words"].sum())
    return {
        "group": group,
        "value": value,
        "people": int((listed & is_heard).sum()),
        "listed": int(listed.sum()),
        "documents": own["document_id"].nunique(),
        "words": int(own["words"].sum()),
        "share_of_words": own["words"].sum() / total if total else 0.0,
    }
