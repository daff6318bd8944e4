"""Say of every coding who spoke, where, and to what question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from empathy_insights.corpus import Corpus, utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import (
    CODINGS,
    COUNTED,
    NO_THEME,
    TAKEN,
    THEMES,
    Schema,
)

# Say of every coding who spoke, where, and to what question.


_OF_DOCUMENT = ["document_id", "kind", "date", "round", "site"]
_OF_PLACES = [*_OF_DOCUMENT, "question_id"]
_OF_PERSON = " of the person"
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
    codings = CODINGS.completed(codings)
    turns = spoken(corpus)
    places = turns.take(turn_of(codings, turns, corpus)).set_axis(codings.index)
    return pd.concat([codings[list(CODINGS.columns)], places], axis="columns")


def located(codings: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the codings that count, as `counted` keeps them, each in its place."""
    return locate(counted(codings), corpus)


def turn_of(codings: pd.DataFrame, turns: pd.DataFrame, corpus: Corpus) -> np.ndarray:
    """Return the row of `turns`, as `spoken` returns them, that each coding stands in.

    Raises
    ------
    TableError
        A coding points to no utterance of the corpus, or to a facilitator's.
    """
    # A segment has several codings, so its id is read and looked up once.
    segment, ids = pd.factorize(codings["segment_id"])
    utterances = utterance_of(pd.Series(ids, dtype="str"))
    at = pd.Index(turns["utterance_id"]).get_indexer(pd.Index(utterances))
    if (at < 0).any():
        _refuse(utterances[at < 0], corpus)
    return np.asarray(at[segment])


def spoken(corpus: Corpus) -> pd.DataFrame:
    """Return participants' utterances with the columns of their document and person."""
    turns = corpus.utterances
    located = (
        turns.loc[~turns["is_facilitator"], _OF_UTTERANCE]
        .merge(
            corpus.documents[_OF_DOCUMENT],
            on="document_id",
            how="left",
            validate="many_to_one",
        )
        .merge(
            group_facts(corpus),
            on="participant_id",
            how="left",
            validate="many_to_one",
            suffixes=("", _OF_PERSON),
        )
    )
    return _with_facts_of_people(located)


def group_facts(corpus: Corpus) -> pd.DataFrame:
    """Return the participants without columns that other tables have too."""
    return corpus.participants.drop(columns=[*TAKEN], errors="ignore")


def _with_facts_of_people(located: pd.DataFrame) -> pd.DataFrame:
    """Take a person's round or site where the document says none."""
    twice = [name for name in _OF_DOCUMENT if f"{name}{_OF_PERSON}" in located]
    own = [f"{name}{_OF_PERSON}" for name in twice]
    filled = {
        name: located[name].fillna(located[of_person])
        for name, of_person in zip(twice, own, strict=True)
    }
    return located.assign(**filled).drop(columns=own)


def counted(
    codings: pd.DataFrame, *, statuses: Sequence[str] = COUNTED
) -> pd.DataFrame:
    """Keep the codings that count: by people, accepted, or automatic; never suggested.

    Where a person rejected a theme for a segment, no coder's coding of it counts. A
    segment counts once for a theme, however many coders gave it; what has a sub-theme
    has its theme, unless a person said no.
    """
    rows = np.flatnonzero(
        codings["status"].isin(statuses) & (codings["theme"] != NO_THEME)
    )
    segment, theme, names = _pairs(codings)
    parent = _parents(names)
    parts = rows[parent[theme[rows]] >= 0]
    row = np.concatenate([rows, parts])
    of_theme = np.concatenate([theme[rows], parent[theme[parts]]])
    pair = segment[row] * len(names) + of_theme
    rejected = np.flatnonzero(codings["status"] == "rejected")
    if len(rejected):
        allowed = ~np.isin(pair, segment[rejected] * len(names) + theme[rejected])
        row, of_theme, pair = row[allowed], of_theme[allowed], pair[allowed]
    # The surest status of a pair first, then the first coder by name.
    status, present = pd.factorize(codings["status"])
    rank = pd.Index(statuses).get_indexer(present)[status]
    coder = pd.factorize(codings["coder"], sort=True)[0]
    rank = rank * (coder.max(initial=0) + 1) + coder
    order = np.lexsort((rank[row], pair))
    first = order[np.diff(pair[order], prepend=-1) != 0]
    themes = pd.array(names.take(of_theme[first]), dtype="str")
    return codings.take(row[first]).assign(theme=themes).reset_index(drop=True)


def _pairs(codings: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, pd.Index]:
    """Give segments and themes numbers in the order of their names; parents are named too."""
    segment, ids = pd.factorize(codings["segment_id"])
    if not (ids := pd.Index(ids)).is_monotonic_increasing:
        place = np.empty(len(ids), dtype=np.int64)
        place[ids.argsort()] = np.arange(len(ids))
        segment = place[segment]
    present = codings["theme"].unique()
    parents = {str(name).split(".")[0] for name in present}
    names = pd.Index(sorted({*present, *parents}), dtype="str")
    theme, ids = pd.factorize(codings["theme"])
    return segment, names.get_indexer(pd.Index(ids))[theme], names


def _parents(names: pd.Index) -> np.ndarray:
    """Return the number of each name's parent, -1 where it is a theme itself."""
    is_part = names.str.contains(".", regex=False)
    return np.where(is_part, names.get_indexer(names.str.split(".").str[0]), -1)


def group_columns(corpus: Corpus) -> list[str]:
    """Return the columns by which people can be grouped."""
    own = [name for name in group_facts(corpus) if name != "participant_id"]
    return [*own, *_OF_PLACES]


def check_group(corpus: Corpus, by: tuple[str, ...], *, table: Schema = THEMES) -> None:
    """Raise when a column to group by does not exist, or the table has one of that name."""
    known = group_columns(corpus)
    for name in by:
        is_taken = name in TAKEN or name in table.columns
        if is_taken and name in corpus.participants and name not in _OF_PLACES:
            raise TableError(
                f"the table has a column {name!r} of its own; call that of the "
                f"participants 'their_{name}' to group by it"
            )
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


def _refuse(utterances: pd.Series, corpus: Corpus) -> None:
    turns = corpus.utterances
    lost = utterances[~utterances.isin(turns["utterance_id"])]
    if len(lost):
        raise TableError(
            f"codings of {len(lost)} segments belong to utterances that this corpus does "
            f"not have; code the segments of this corpus"
        )
    raise TableError(
        f"codings of {len(utterances)} segments belong to a facilitator's words, the "
        f"first to {utterances.iloc[0]!r}; these are context and are never coded"
    )


# Where words stand, for a person who wants to open the file there.


def locators(utterance_ids: pd.Series, corpus: Corpus) -> pd.Series:
    """Return `document, turn 14, 3:05` for each utterance; no time where there is none.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"a": ["Late bus."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a")
    >>> locators(corpus.utterances["utterance_id"], corpus).tolist()
    ['survey, turn 1']
    """
    turns = corpus.utterances.set_index("utterance_id").loc[utterance_ids]
    pairs = turns[["document_id", "position", "start_s"]].itertuples(index=False)
    said = [
        f"{document}, turn {position}{_time(seconds)}"
        for document, position, seconds in pairs
    ]
    return pd.Series(said, index=utterance_ids.index, dtype="str")


def _time(seconds: float) -> str:
    if pd.isna(seconds):
        return ""
    minutes, rest = divmod(int(seconds), 60)
    return f", {minutes}:{rest:02d}"
