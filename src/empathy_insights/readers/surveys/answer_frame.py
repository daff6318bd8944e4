"""Answers that are already in pandas, a row an answer."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, slug
from empathy_insights.errors import TableError
from empathy_insights.readers.assemble import assemble
from empathy_insights.readers.people.facilitators import LISTED
from empathy_insights.readers.people.roster import Roster
from empathy_insights.readers.surveys.long_survey import (
    answer_pieces,
    facts_of_people,
    torn_facts,
)
from empathy_insights.readers.surveys.survey_heads import attribute_name
from empathy_insights.readers.transcript import Document, Transcript, compose
from empathy_insights.roles import is_facilitator


@public
def corpus_from_frame(
    frame: pd.DataFrame,
    *,
    text: str,
    person: str | None = None,
    question: str | None = None,
    role: str | None = None,
    name: str = "survey",
) -> Corpus:
    """Build a corpus from answers in a table, a row an answer.

    Parameters
    ----------
    frame
        The answers. A column that says the same in all rows of each person describes
        the person, also where few cells are empty. Where few people have several values,
        or several roles, the problems say so.
    text
        The column with the words.
    person
        The column that tells people apart; each row is a person when it is None.
    question
        The column with the questions.
    role
        The column with the people's roles.
    name
        What to call the document.

    Raises
    ------
    TableError
        A named column is absent, two have one name, or there is no answer.

    See Also
    --------
    read_corpus : Read files.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["s1", "s2"], "grade": ["9", "10"],
    ...                         "said": ["My friends help.", "Nothing does."]})
    >>> corpus = ei.corpus_from_frame(answers, text="said", person="who")
    >>> corpus.participants
      participant_id     role priority_group grade
    0     survey:p01  unknown            NaN     9
    1     survey:p02  unknown            NaN    10
    """
    columns = [c for c in (text, person, question, role) if c is not None]
    absent = [repr(c) for c in columns if c not in frame.columns]
    if absent:
        found = ", ".join(map(str, frame.columns))
        raise TableError(
            f"the answers lack {', '.join(absent)}; the columns are: {found}"
        )
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise TableError(f"two columns are called {twice!r}; give each its own name")
    said = _texts(frame[text])
    if not any(said):
        raise TableError(f"the column {text!r} holds no answer")
    labels = _texts(frame[person]) if person else _numbers(len(frame))
    asked = _texts(frame[question]) if question else [""] * len(frame)
    facts = _facts(frame.drop(columns=[c for c in columns if c != role]), role)
    always = frozenset({"role"} if role else ())
    people = facts_of_people(facts, labels, always)
    written, turns, remarks = compose(
        answer_pieces(said, labels, asked, [None] * len(said))
    )
    transcript = Transcript(
        Path(name),
        "survey",
        written,
        turns,
        (*remarks, *torn_facts(facts, labels, always)),
        _facilitators(people),
        people,
        hashlib.sha256(written.encode()).hexdigest(),
    )
    return Corpus(**assemble([Document(slug(name), name, transcript)], Roster()))


def _texts(values: pd.Series) -> list[str]:
    return ["" if pd.isna(value) else str(value).strip() for value in values]


def _numbers(n: int) -> list[str]:
    return [str(number) for number in range(1, n + 1)]


def _facts(frame: pd.DataFrame, role: str | None) -> dict[str, list[str]]:
    return {
        "role" if column == role else attribute_name(str(column)): _texts(frame[column])
        for column in frame.columns
    }


def _facilitators(people: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {
        label: LISTED
        for label, facts in people.items()
        if is_facilitator(facts.get("role", ""))
    }
