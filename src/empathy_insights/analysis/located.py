"""Say of every coding who spoke, where, and to what question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from empathy_insights.corpus import Corpus, utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, COUNTED, NO_THEME

_OF_DOCUMENT = ["document_id", "kind", "date", "round", "site"]
_OF_UTTERANCE = ["utterance_id", "document_id", "participant_id", "question_id"]


def locate(codings: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Join codings with their utterance, document and participant.

    Returns
    -------
    pandas.DataFrame
        The codings, with `utterance_id`, `document_id`, `kind`, `date`, `round`,
        `site`, `participant_id`, `question_id`, `role` and all other columns of the
        participants.

    Raises
    ------
    TableError
        A coding points to no utterance of the corpus, or to a facilitator's.
    """
    CODINGS.check(codings)
    utterances = utterance_of(codings["segment_id"])
    _check_coded(utterances, corpus)
    return (
        codings[list(CODINGS.columns)]
        .assign(utterance_id=utterances)
        .merge(spoken(corpus), on="utterance_id", how="left", validate="many_to_one")
    )


def spoken(corpus: Corpus) -> pd.DataFrame:
    """Return participants' utterances with the columns of their document and person."""
    turns = corpus.utterances
    people = corpus.participants.drop(
        columns=[*_OF_DOCUMENT, *_OF_UTTERANCE[:1]], errors="ignore"
    )
    return (
        turns.loc[~turns["is_facilitator"], _OF_UTTERANCE]
        .merge(
            corpus.documents[_OF_DOCUMENT],
            on="document_id",
            how="left",
            validate="many_to_one",
        )
        .merge(people, on="participant_id", how="left", validate="many_to_one")
    )


def counted(
    codings: pd.DataFrame, *, statuses: Sequence[str] = COUNTED
) -> pd.DataFrame:
    """Keep the codings that count: by people, accepted, or automatic; never suggested.

    Where a person rejected a theme for a segment, no coder's coding of it counts. A
    segment counts once for a theme, however many coders gave it; what has a sub-theme
    has its theme, unless a person said no.
    """
    pair = ["segment_id", "theme"]
    rejected = codings.loc[codings["status"] == "rejected", pair]
    kept = codings[codings["status"].isin(statuses) & (codings["theme"] != NO_THEME)]
    parts = kept[kept["theme"].str.contains(".", regex=False)]
    whole = parts.assign(theme=parts["theme"].str.split(".").str[0])
    kept = pd.concat([kept, whole], ignore_index=True)
    barred = pd.MultiIndex.from_frame(kept[pair]).isin(
        pd.MultiIndex.from_frame(rejected)
    )
    order = kept["status"].map({name: n for n, name in enumerate(statuses)})
    return (
        kept[~barred]
        .assign(_order=order[~barred])
        .sort_values([*pair, "_order", "coder"])
        .drop_duplicates(pair)
        .drop(columns="_order")
        .reset_index(drop=True)
    )


def group_columns(corpus: Corpus) -> list[str]:
    """Return the columns by which people can be grouped."""
    own = [name for name in corpus.participants.columns if name != "participant_id"]
    return [*own, *_OF_DOCUMENT, "question_id"]


def check_group(corpus: Corpus, by: tuple[str, ...]) -> None:
    """Raise when a column to group by does not exist."""
    known = group_columns(corpus)
    for name in by:
        if name not in known:
            raise TableError(
                f"there is no column {name!r} to group by; choose from "
                f"{', '.join(dict.fromkeys(known))}"
            )


def where(frame: pd.DataFrame, group: Mapping[str, object]) -> pd.DataFrame:
    """Return the rows of one group: column -> its value."""
    for name, value in group.items():
        frame = frame[frame[name] == value]
    return frame


def _check_coded(utterances: pd.Series, corpus: Corpus) -> None:
    turns = corpus.utterances
    lost = utterances[~utterances.isin(turns["utterance_id"])]
    if len(lost):
        raise TableError(
            f"{len(lost)} codings belong to utterances that this corpus does not have, "
            f"the first to {lost.iloc[0]!r}; code the segments of this corpus"
        )
    asked = turns.loc[turns["is_facilitator"], "utterance_id"]
    context = utterances[utterances.isin(asked)]
    if len(context):
        raise TableError(
            f"{len(context)} codings belong to a facilitator's words, the first to "
            f"{context.iloc[0]!r}; these are context and are never coded"
        )
