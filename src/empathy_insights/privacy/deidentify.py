"""Replace everybody's identity in a corpus by a readable pseudonym."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.privacy._names import Person
from empathy_insights.privacy._ner import Entity, Model, choose_model
from empathy_insights.privacy._people import people_of, read_roster, school_key
from empathy_insights.privacy._pseudonyms import PSEUDONYM, number, used_numbers
from empathy_insights.privacy._record import (
    KEY_COLUMNS,
    Plan,
    in_order,
    key_of,
    log_of,
    review_of,
    shifted,
)
from empathy_insights.privacy._rewrite import renamed_ids
from empathy_insights.privacy._search import Found, search
from empathy_insights.privacy._study import pieces_of, rebuilt, speakers_by_document
from empathy_insights.privacy._vocabulary import function_words, names_that_are_words


@dataclass(frozen=True, repr=False)
class Deidentified:
    """Hold a corpus without identities, and what was done to it.

    Parameters
    ----------
    corpus
        The corpus, its offsets true in the new texts.
    log
        A row a replacement: `document_id`, `start`, `end` in the new text, `kind`,
        `source` (roster, speaker label, pattern, ner), `replacement`, `confidence`
        (high, medium). A renamed id or file name has no `start` and `end`.
    review
        What a person should look at: `document_id`, `start`, `end`, `kind`, `why`,
        `was_replaced`.
    key
        `pseudonym`, `form`, `source`: every form of every identity. It re-identifies
        people: keep it apart, with `write_key`.
    settings
        What was used, in plain words.
    """

    corpus: Corpus
    log: pd.DataFrame
    review: pd.DataFrame
    key: pd.DataFrame
    settings: Mapping[str, str]

    def __repr__(self) -> str:
        return (
            f"Deidentified({len(self.log)} replacements, {len(self.review)} to review, "
            f"NER: {self.settings['ner']})"
        )


def deidentify(
    corpus: Corpus,
    *,
    roster: str | Path | pd.DataFrame | None = None,
    keep: Iterable[str] = (),
    ner: str | None = "auto",
) -> Deidentified:
    """Replace names, places and numbers that identify somebody by pseudonyms.

    Listed names come first: the roster, the participants and the speaker labels, in
    every form, also one letter off. Then e-mail addresses, phones, ids, dates of birth,
    links, schools, teams and streets by their form; then people with a title, people who
    are introduced, given names, and names that an installed NER model finds.

    Parameters
    ----------
    roster
        A table or .csv/.xlsx file with a column `name`, and perhaps `nicknames`
        (separated by `;`), `role`, `participant_id`.
    keep
        Words to leave as they are, as written.
    ner
        `auto` uses a spaCy model if one is installed and `settings` says which; None
        uses none; a name asks for exactly that model.

    Raises
    ------
    TableError
        The roster has no column `name`.
    EmpathyInsightsError
        The NER model asked for is not installed.

    Examples
    --------
    >>> from empathy_insights.tables import (
    ...     DOCUMENTS, PARTICIPANTS, PROBLEMS, UTTERANCES)
    >>> corpus = Corpus(
    ...     documents=DOCUMENTS.frame([{"document_id": "a", "path": "a.txt",
    ...         "kind": "notes", "sha256": "", "text": "Ms. Tillery called 555-013-8842."}]),
    ...     participants=PARTICIPANTS.frame([]), utterances=UTTERANCES.frame([]),
    ...     problems=PROBLEMS.frame([]))
    >>> deidentify(corpus, ner=None).corpus.documents["text"].item()
    '[adult 1] called [phone].'
    """
    model = choose_model(ner)
    listed = read_roster(roster)
    kept = tuple(sorted(set(keep)))
    search_once = _Search(tuple(people_of(corpus, listed)), kept, model)
    settings = {
        "ner": model.description,
        "roster": f"{len(listed)} people" if roster is not None else "none given",
        "keep": f"{len(kept)} phrases",
    }
    return _until_nothing_is_found(corpus, search_once, settings)


@dataclass(frozen=True, repr=False)
class _Search:
    """Plan one round of replacements, with what earlier rounds know."""

    people: tuple[Person, ...]
    keep: tuple[str, ...]
    model: Model
    seen: dict[str, list[Entity]] = field(default_factory=dict)

    def __call__(self, corpus: Corpus, named: Mapping[str, str]) -> Plan:
        pieces = pieces_of(corpus)
        found = search(
            pieces, self.people, keep=self.keep, nearby=speakers_by_document(corpus),
            model=self.model, seen=self.seen,
        )  # fmt: skip
        found = _places_joined(found)
        names = _pseudonyms(corpus, self.people, found, named)
        return Plan(pieces, found, names, _renaming(corpus, self.people, names))


def _until_nothing_is_found(
    corpus: Corpus, search_once: _Search, settings: Mapping[str, str]
) -> Deidentified:
    """Search again what was replaced: a name may stand out only once another is gone."""
    plan = search_once(corpus, {})
    clean = rebuilt(corpus, plan.edits(), plan.cells(), plan.ids, plan.named)
    log, review, key = log_of(plan), review_of(plan), key_of(plan, search_once.people)
    for _ in range(_ROUNDS):
        plan = search_once(clean, plan.named)
        edits = plan.edits()
        if not any(edits.values()) and all(
            old == new for old, new in plan.cells().items()
        ):
            break
        clean = rebuilt(clean, edits, plan.cells(), plan.ids, plan.named)
        log = in_order(pd.concat([shifted(log, edits), log_of(plan)]))
        doubts = shifted(review[review["was_replaced"]], edits)
        review = in_order(pd.concat([doubts, review_of(plan)]))
        key = (
            pd.concat([key, key_of(plan, ())])
            .drop_duplicates()
            .sort_values(list(KEY_COLUMNS))
        )
    return Deidentified(clean, log, review, key.reset_index(drop=True), settings)


_ROUNDS = 8


def _places_joined(found: Found) -> Found:
    """Give one key to a school, with or without the word School."""
    findings = [
        [
            f._replace(who=school_key(f.who.partition(":")[2]))
            if f.kind == "school"
            else f
            for f in some
        ]
        for some in found.findings
    ]
    return Found(findings, found.people)


def _pseudonyms(
    corpus: Corpus,
    people: Sequence[Person],
    found: Found,
    named: Mapping[str, str],
) -> dict[str, str]:
    """Give participants numbers by their id, everybody else as they come up."""
    turns = corpus.utterances.dropna(subset=["participant_id", "speaker"])
    labels = turns[["participant_id", "speaker"]].drop_duplicates()
    given = dict(named) | {
        f"participant:{own}": label
        for own, label in sorted(labels.itertuples(index=False))
        if PSEUDONYM.fullmatch(label)
    }
    first = [(p.who, p.kind) for p in people if p.who.startswith(_SPEAKERS)]
    then = [
        (f.who, f.kind)
        for some in found.findings
        for f in some
        if f.replace and f.source != "kept"
    ]
    last = [(p.who, p.kind) for p in people]
    texts = [*corpus.documents["text"], *corpus.utterances["speaker"].dropna()]
    return number([*first, *then, *last], given=given, used=used_numbers(texts))


_SPEAKERS = ("participant:", "interviewer:", "voice:")


def _renaming(
    corpus: Corpus, people: Sequence[Person], named: Mapping[str, str]
) -> dict[str, str]:
    names: dict[str, list[str]] = defaultdict(list)
    for person in people:
        if person.who in named and person.kind != "school":
            names[named[person.who]] += person.names
    documents, participants = corpus.documents, corpus.participants
    ids = {*documents["document_id"], *participants["participant_id"]}
    new = renamed_ids(ids, names, is_word=_is_word)
    paths = {*documents["path"], *corpus.problems["path"]}
    return renamed_ids(paths, names, is_word=_is_word) | new


def _is_word(word: str) -> bool:
    return word in names_that_are_words() or word in function_words()
