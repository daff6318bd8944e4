"""The corpus: who said what, in which document, at which characters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pandas as pd

from empathy_insights.errors import TableError
from empathy_insights.tables import (
    DOCUMENTS,
    KINDS,
    PARTICIPANTS,
    PROBLEMS,
    READING,
    ROLES,
    UTTERANCES,
    as_html,
    rows_of,
)


def _no_reading() -> pd.DataFrame:
    return READING.frame([])


def _nobody() -> pd.DataFrame:
    return pd.DataFrame({"participant_id": [], "name": [], "role": []}, dtype="str")


@dataclass(frozen=True, repr=False)
class Corpus:
    """Hold documents, participants and utterances that fit together.

    Integrity is checked once, on construction: keys are unique, every utterance points
    to a document and (when its speaker is known) to a participant, and
    ``documents.text[start:end]`` is the utterance's text, in code points.

    Parameters
    ----------
    documents
        A row a file: `document_id`, `path`, `kind`, `date`, `round`, `site`,
        `language`, `sha256`, `text`.
    participants
        A row a person: `participant_id`, `role`, `priority_group`, and any group
        column (grade, school, …). Facilitators are not participants.
    utterances
        A row a turn: `utterance_id`, `document_id`, `position`, `speaker`,
        `participant_id`, `is_facilitator`, `question_id`, `start_s`, `end_s` (seconds),
        `start`, `end` (code points into the document), `text`.
    problems
        What the readers could not place: `path`, `line`, `problem`, `advice`, and
        `document_id`, `start`, `end` where the words stand in a document.
    reading
        The reading report, a row a file, without names: `path`, `document_id` (missing
        where it was not read), `format`, `kind`, `turns`, `speakers`, `facilitator`
        (how many) and `facilitator_why`, `with_times` (share of turns), `words`,
        `words_in_turns` and `words_kept` (shares of words that are in a turn, and in a
        turn or among the words of which `problems` says where they stand), `language`,
        `problems` (how many). Empty for a corpus that was not read from files.
    people
        Who was taken for whom, with names and first words, as `people_sheet` writes it;
        `deidentify` takes the names out everywhere and empties this table.

    Raises
    ------
    TableError
        The tables do not fit together.

    See Also
    --------
    read_corpus : Makes one of a folder of interviews.
    corpus_from_frame : Makes one of a table.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "bo"], "a": ["Late bus.", "No Wi-Fi."]})
    >>> ei.corpus_from_frame(answers, text="a", person="who")
    Corpus(1 document, 2 people heard, 2 turns of theirs, 0 problems)
    """

    documents: pd.DataFrame
    participants: pd.DataFrame
    utterances: pd.DataFrame
    problems: pd.DataFrame
    reading: pd.DataFrame = field(default_factory=_no_reading)
    people: pd.DataFrame = field(default_factory=_nobody)

    def __post_init__(self) -> None:
        DOCUMENTS.check(self.documents)
        PARTICIPANTS.check(self.participants)
        UTTERANCES.check(self.utterances)
        PROBLEMS.check(self.problems)
        READING.check(self.reading)
        _check_values(self.documents, "kind", KINDS)
        _check_values(self.participants, "role", ROLES)
        _check_points_to(self.utterances, self.documents, "document_id")
        _check_points_to(self.utterances, self.participants, "participant_id")
        _check_offsets(self.utterances, self.documents)

    def __repr__(self) -> str:
        turns = self.utterances
        return (
            f"Corpus({how_many(len(self.documents), 'document')}, "
            f"{how_many(len(heard(self)), 'person', 'people')} heard, "
            f"{how_many(int((~turns['is_facilitator']).sum()), 'turn')} of theirs, "
            f"{how_many(len(self.problems), 'problem')})"
        )

    def _repr_html_(self) -> str:
        people = heard(self).groupby("role").size().rename("people").reset_index()
        return as_html(repr(self), people)


def heard(corpus: Corpus) -> pd.DataFrame:
    """Return the participants who say something in some document.

    A person listed in participants.csv who is in no transcript is not among them; a
    voice that nobody could tell apart is no person.
    """
    turns = corpus.utterances
    speaking = turns.loc[~turns["is_facilitator"], "participant_id"].dropna().unique()
    people = corpus.participants
    return people[people["participant_id"].isin(speaking)].reset_index(drop=True)


def documents_heard(corpus: Corpus) -> int:
    """Return in how many documents somebody who counts is heard; all, where nobody does."""
    turns = corpus.utterances
    named = turns[~turns["is_facilitator"] & turns["participant_id"].notna()]
    return named["document_id"].nunique() or len(corpus.documents)


def utterance_id(document_id: str, position: int) -> str:
    """Name a turn by its document and its ordinal, the same in every run.

    Examples
    --------
    >>> utterance_id("maria_09", 14)
    'maria_09:0014'
    """
    return f"{document_id}:{position:04d}"


def segment_id(utterance: str, ordinal: int) -> str:
    """Name a segment by its utterance and its ordinal.

    Examples
    --------
    >>> segment_id("maria_09:0014", 1)
    'maria_09:0014.01'
    """
    return f"{utterance}.{ordinal:02d}"


def utterance_of(segment_ids: pd.Series) -> pd.Series:
    """Return the utterance that each segment belongs to, read off its id.

    Examples
    --------
    >>> utterance_of(pd.Series(["maria_09:0014.01"])).tolist()
    ['maria_09:0014']
    """
    return segment_ids.str.replace(r"\.[^.]*$", "", regex=True)


def document_in(one: str) -> str:
    """Return the document of an utterance or segment, read off its id.

    Examples
    --------
    >>> document_in("maria_09:0014.01")
    'maria_09'
    """
    return one.rsplit(":", 1)[0]


def documents_of(ids: pd.Series) -> pd.Series:
    """Return the document of each utterance or segment, read off its id.

    Examples
    --------
    >>> documents_of(pd.Series(["maria_09:0014.01", "maria_09:0014"])).tolist()
    ['maria_09', 'maria_09']
    """
    return ids.str.rsplit(":", n=1).str[0]


def slug(text: str) -> str:
    """Reduce a name to letters, digits, `-` and `_`, as ids hold them.

    Examples
    --------
    >>> slug("Round 1/Maria (09)")
    'Round_1_Maria_09'
    """
    return re.sub(r"[^\w-]+", "_", text).strip("_") or "document"


def _check_values(frame: pd.DataFrame, column: str, choices: tuple[str, ...]) -> None:
    strange = sorted(set(frame[column]) - set(choices))
    if strange:
        raise TableError(
            f"{column!r} holds {strange[0]!r}; choose from {', '.join(choices)}"
        )


def _check_points_to(frame: pd.DataFrame, target: pd.DataFrame, column: str) -> None:
    known = frame[column].dropna()
    lost = known[~known.isin(target[column])]
    if len(lost):
        raise TableError(
            f"{len(lost)} utterances point to a {column} that does not exist"
        )


def _check_offsets(utterances: pd.DataFrame, documents: pd.DataFrame) -> None:
    texts = dict(zip(documents["document_id"], documents["text"], strict=True))
    columns = ["utterance_id", "document_id", "start", "end", "text"]
    for name, document, start, end, text in rows_of(utterances, columns):
        if texts[document][start:end] != text:
            raise TableError(
                f"utterance {name!r} is not the text at {start}:{end} of its document"
            )


def how_many(n: int, one: str, many: str = "") -> str:
    """Say how many there are of a thing.

    Examples
    --------
    >>> how_many(1, "minute"), how_many(2, "minute"), how_many(2, "person", "people")
    ('1 minute', '2 minutes', '2 people')
    """
    return f"{n} {one}" if n == 1 else f"{n} {many or f'{one}s'}"
