"""Answers that are already in pandas, a row an answer."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, slug
from empathy_insights.errors import TableError
from empathy_insights.files.table import Table, cells_of
from empathy_insights.readers.assemble import assemble
from empathy_insights.readers.consent import consent_said, is_about_consent
from empathy_insights.readers.people.facilitators import LISTED
from empathy_insights.readers.people.roster import Roster
from empathy_insights.readers.surveys.long_survey import (
    answer_pieces,
    facts_of_people,
    torn_facts,
    unread,
)
from empathy_insights.readers.surveys.refusals import (
    without_refusals,
    without_refusing_labels,
)
from empathy_insights.readers.surveys.rounds import (
    is_of_rounds,
    round_name,
    several_rounds,
)
from empathy_insights.readers.surveys.survey_heads import attribute_name
from empathy_insights.readers.surveys.unnamed import told_apart
from empathy_insights.readers.transcript import (
    OF_ONE_FILE,
    Document,
    Remark,
    Source,
    Transcript,
    compose,
)
from empathy_insights.roles import is_facilitator

_FIRST_LINE = 2  # as where a table is saved below its heads


@public
def corpus_from_frame(
    frame: pd.DataFrame,
    *,
    text: str,
    person: str | None = None,
    question: str | None = None,
    role: str | None = None,
    round: str | None = None,  # noqa: A002  # what the column of documents is called
    name: str = "survey",
) -> Corpus:
    """Build a corpus from answers in a table, a row an answer.

    Parameters
    ----------
    frame
        The answers. Rows of people who say no under a head about consent are left out,
        as `read_corpus` leaves them out. A column that says the same in all rows of each
        person describes the person, also where few cells are empty. Where people have several values, or
        several roles, or nobody is named, the problems say so.
    text
        The column with the words.
    person
        The column that tells people apart; each row is a person when it is None. A row
        without a name, or of `anonymous`, is somebody unnamed of their own; where such
        rows answer several questions, they are nobody's, and the problems say so.
    question
        The column with the questions.
    role
        The column with the people's roles.
    round
        The column that says in which round an answer was given; each round is a document.
        Else a column `round` or `wave` is, where somebody answered in several.
    name
        What to call the document; `survey` where it is empty.

    Raises
    ------
    TableError
        A named column is absent or is named twice, two have one name, or there is no answer.
    TranscriptError
        Everybody says no to the use of their answers.

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
    name = name.strip() or "survey"
    columns = [c for c in (text, person, question, role, round) if c is not None]
    _check(frame, columns)
    said = _texts(frame[text])
    asked = _texts(frame[question]) if question else [""] * len(frame)
    labels = _labels(_texts(frame[person]) if person else asked[:0], asked)
    agreeing = _agreeing(name, frame.drop(columns=columns), labels, asked, said)
    rows = [line - _FIRST_LINE for line in agreeing.lines]
    frame = frame.iloc[rows]
    said, labels, asked = ([one[n] for n in rows] for one in (said, labels, asked))
    if not any(said):
        raise TableError(f"the column {text!r} holds no answer")
    answers = list(zip(said, labels, asked, strict=True))
    of_consent = [head for head in frame.columns if _says_consent(frame, head)]
    further = frame.drop(columns={*columns, *of_consent})
    told = round or _round_column(further, labels)
    when = list(map(round_name, _texts(frame[told]))) if told else [""] * len(frame)
    further = further.drop(columns=[told] if told else [], errors="ignore")
    facts = _facts(further.assign(**{role: frame[role]} if role else {}), role)
    always = frozenset({"role"} if role else ())
    people = facts_of_people(facts, labels, always)
    in_round: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for one, answer in zip(when, answers, strict=True):
        in_round[one].append(answer)
    ids = OF_ONE_FILE if told else ""
    documents = [
        _document(name, one, own, people, ids) for one, own in in_round.items()
    ]
    remarks = (
        *agreeing.remarks,
        *unread(facts, people, labels),
        *torn_facts(facts, labels, always),
    )
    documents[0] = _with_remarks(documents[0], remarks)
    return Corpus(**assemble(documents, Roster()))


def _agreeing(
    name: str,
    beside: pd.DataFrame,
    labels: Sequence[str],
    asked: Sequence[str],
    said: Sequence[str],
) -> Table:
    """Return the rows of those who don't say no to the use of their answers, and what is told."""
    columns = [labels, asked, said, *(_texts(beside[head]) for head in beside.columns)]
    rows = tuple(zip(*columns, strict=True))
    heads = ("", "", "", *map(str, beside.columns))
    lines = tuple(range(_FIRST_LINE, _FIRST_LINE + len(rows)))
    source = Source(Path(name), b"")
    sheet = without_refusals(source, Table(heads, rows, lines), labels)
    labels, asked, said = (list(one) for one in [*zip(*sheet.rows, strict=True)][:3])
    return without_refusing_labels(source, sheet, labels, asked, said)


def _says_consent(frame: pd.DataFrame, head: Hashable) -> bool:
    """Return whether a column tells of consent: `Status` may also be that of a boarder."""
    name = str(head)
    return is_about_consent(name) and any(
        consent_said(name, cell) for cell in _texts(frame[head])
    )


def _check(frame: pd.DataFrame, columns: Sequence[str]) -> None:
    absent = [repr(c) for c in columns if c not in frame.columns]
    if absent:
        found = ", ".join(map(str, frame.columns))
        raise TableError(
            f"the answers lack {', '.join(absent)}; the columns are: {found}"
        )
    if len({*columns}) < len(columns):
        raise TableError("one column is named for two things; name another for one")
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise TableError(f"two columns are called {twice!r}; give each its own name")


def _round_column(frame: pd.DataFrame, labels: Sequence[str]) -> str | None:
    """Return the one column that says in which round of several somebody answered."""
    heads = [head for head in frame.columns if is_of_rounds(str(head))]
    is_told = len(heads) == 1 and several_rounds(_texts(frame[heads[0]]), labels)
    return heads[0] if is_told else None


def _document(
    name: str,
    round_: str,
    answers: Sequence[tuple[str, str, str]],
    people: Mapping[str, Mapping[str, str]],
    ids: str,
) -> Document:
    """Return what was answered in one round, or in all where there are none."""
    said, labels, asked = map(list, zip(*answers, strict=True))
    text, turns, remarks = compose(
        answer_pieces(said, labels, asked, [None] * len(said))
    )
    heard = {label: people[label] for label in dict.fromkeys(labels) if label in people}
    transcript = Transcript(
        Path(name),
        "survey",
        text,
        turns,
        remarks,
        _facilitators(heard),
        heard,
        hashlib.sha256(text.encode()).hexdigest(),
        facts={"round": round_} if round_ else {},
        ids=ids,
    )
    called = f"{name}/{round_.replace('/', '-')}" if round_ else name
    return Document(slug(called), called, transcript)


def _with_remarks(document: Document, remarks: Iterable[Remark]) -> Document:
    told = document.transcript
    return replace(
        document, transcript=replace(told, remarks=(*told.remarks, *remarks))
    )


def _texts(values: pd.Series) -> list[str]:
    return list(map(str.strip, cells_of(values)))


def _labels(named: Sequence[str], asked: Sequence[str]) -> list[str]:
    """Return who each row is of; nobody where who is not named may have several rows."""
    labels = told_apart(named or [""] * len(asked))
    unnamed = [n for n, label in enumerate(labels) if named and label != named[n]]
    if len({asked[n] for n in unnamed}) > 1:
        for n in unnamed:
            labels[n] = ""
    return labels


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
