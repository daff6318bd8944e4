"""Who was heard where: the denominators of every table, by group."""

from __future__ import annotations

import pandas as pd

from empathy_insights.corpus import Corpus

NOT_KNOWN = "not known"
_QUESTION = "question_id"


def heard_in(
    turns: pd.DataFrame, corpus: Corpus, columns: tuple[str, ...]
) -> pd.DataFrame:
    """Return who was heard in which document, with the columns to group by.

    By `question_id`, everyone heard in a document in which the question was asked was
    asked it, whether they answered or not.

    Parameters
    ----------
    turns
        Participants' turns, as `spoken` returns them, their groups named.

    Returns
    -------
    pandas.DataFrame
        `participant_id` (missing: a voice that nobody could tell apart), `document_id`,
        `kind`, and `columns`.
    """
    own = [name for name in columns if name != _QUESTION]
    kept = list(dict.fromkeys(["participant_id", "document_id", "kind", *own]))
    places = turns[kept].drop_duplicates()
    if _QUESTION in columns:
        asked = corpus.utterances[["document_id", _QUESTION]].dropna()
        beside = turns.loc[turns[_QUESTION] == NOT_KNOWN, [*kept, _QUESTION]]
        places = pd.concat(
            [places.merge(asked.drop_duplicates(), on="document_id"), beside]
        ).drop_duplicates()
    return places.reset_index(drop=True)


def named_groups(table: pd.DataFrame, columns: tuple[str, ...]) -> pd.DataFrame:
    """Say `not known` where a group is missing, so that no row is lost."""
    return table.assign(
        **{name: table[name].astype("str").fillna(NOT_KNOWN) for name in columns}
    )
