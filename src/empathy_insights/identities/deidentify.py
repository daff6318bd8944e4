"""Replace everybody's identity in a corpus by a readable pseudonym."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus
from empathy_insights.identities._file_names import names_in_path
from empathy_insights.identities._known_people import (
    listed_in,
    people_of,
    read_roster,
    school_key,
)
from empathy_insights.identities._name_forms import Bearer, parts_of
from empathy_insights.identities._ner import choose_model
from empathy_insights.identities._pieces import pieces_of, rebuilt, speakers_by_document
from empathy_insights.identities._rewrite import (
    KEY_COLUMNS,
    RewritePlan,
    forms_in_ids,
    in_order,
    key_of,
    log_of,
    renamed_ids,
    review_of,
    shifted,
)
from empathy_insights.identities._search import (
    Search,
    Searched,
    TextPiece,
    parts_by_length,
)
from empathy_insights.identities._vocabulary import folded
from empathy_insights.identities._word_spans import PSEUDONYM, number, used_numbers
from empathy_insights.identities.leaks import (
    FILE_NAME,
    identities_of,
    is_no_name,
    open_in,
)
from empathy_insights.text_memory import wherever
from empathy_insights.workers import each, remembering, working_on


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


@public
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
    corpus
        Documents, people and turns, as `read_corpus` returns them.
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

    See Also
    --------
    write_key : Keeps who is behind which pseudonym.
    publish : Hides small numbers.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> from empathy_insights.tables import (
    ...     DOCUMENTS, PARTICIPANTS, PROBLEMS, UTTERANCES)
    >>> corpus = ei.Corpus(
    ...     documents=DOCUMENTS.frame([{"document_id": "a", "path": "a.txt",
    ...         "kind": "notes", "sha256": "", "text": "Ms. Tillery called 555-013-8842."}]),
    ...     participants=PARTICIPANTS.frame([]), utterances=UTTERANCES.frame([]),
    ...     problems=PROBLEMS.frame([]))
    >>> ei.deidentify(corpus, ner=None).corpus.documents["text"].item()
    '[adult 1] called [phone].'
    """
    model = choose_model(ner)
    given = read_roster(roster)
    listed = [*given, *listed_in(corpus)]
    kept = tuple(sorted(set(keep)))
    people = tuple(people_of(corpus, listed))
    planner = _Planner(Search(people, kept, model))
    settings = {
        "ner": model.description,
        "roster": f"{len(given)} people" if roster is not None else "none given",
        "keep": f"{len(kept)} phrases",
    }
    with working_on(None), remembering():
        done = _until_nothing_is_found(corpus, planner, settings)
    return replace(done, key=_with_files(done, corpus))


def _with_files(done: Deidentified, corpus: Corpus) -> pd.DataFrame:
    """Add which file is which to the key, the only place that says so."""
    paths = zip(done.corpus.documents["path"], corpus.documents["path"], strict=True)
    rows = [(new, old, FILE_NAME) for new, old in paths if new != old]
    files = pd.DataFrame(rows, columns=list(KEY_COLUMNS), dtype="str")
    return pd.concat([done.key, files], ignore_index=True)


@dataclass(frozen=True, repr=False)
class _Planner:
    """Plan one round of replacements, with what earlier rounds know."""

    search: Search

    def found(self, corpus: Corpus, named: Mapping[str, str]) -> RewritePlan:
        """Plan to replace whatever a search finds."""
        pieces = pieces_of(corpus)
        found = _places_joined(self.search(pieces, speakers_by_document(corpus)))
        names = _pseudonyms(corpus, self.search.people, found, named)
        people = found.people.values()
        return RewritePlan(pieces, found, names, _renaming(corpus, people, names))

    def left(
        self,
        corpus: Corpus,
        pieces: Sequence[TextPiece],
        named: Mapping[str, str],
        key: pd.DataFrame,
    ) -> RewritePlan:
        """Plan to replace what the leak check would still find."""
        identities = identities_of(key, (), self.search.keep)
        keep = self.search.keep
        parts = [[p.text for p in part] for part in parts_by_length(pieces)]
        left = each(wherever(partial(open_in, keep, identities)), parts)
        open_ones = list(chain.from_iterable(left))
        known = dict(named) | {own: own for own in named.values()}
        found = Searched(open_ones, {})
        names = _pseudonyms(corpus, (), found, known)
        people = identities.index.people.values()
        return RewritePlan(pieces, found, names, _renaming(corpus, people, known))


def _until_nothing_is_found(
    corpus: Corpus, planner: _Planner, settings: Mapping[str, str]
) -> Deidentified:
    """Search again what was replaced: a name may stand out only once another is gone."""
    plan = planner.found(corpus, {})
    done = Deidentified(
        rebuilt(corpus, plan.edits, plan.cells, plan.ids, plan.named),
        log_of(plan),
        review_of(plan),
        key_of(plan, planner.search.people),
        settings,
    )
    for _ in range(_ROUNDS):
        named = plan.named
        del plan  # it holds all texts, and as much is about to be found again
        plan = planner.found(done.corpus, named)
        if plan.is_idle():
            plan = planner.left(done.corpus, plan.pieces, plan.named, done.key)
        if plan.is_idle():
            break
        done = _carried_on(done, plan)
    return done


def _carried_on(done: Deidentified, plan: RewritePlan) -> Deidentified:
    """Apply another round, and add what it did to what is known."""
    edits = plan.edits
    doubts = shifted(done.review[done.review["was_replaced"]], edits)
    log = _renamed(shifted(done.log, edits), plan)
    key = pd.concat([done.key, key_of(plan, ())]).drop_duplicates()
    return Deidentified(
        rebuilt(done.corpus, edits, plan.cells, plan.ids, plan.named),
        in_order(pd.concat([log, log_of(plan)])),
        in_order(pd.concat([_renamed(doubts, plan), review_of(plan)])),
        key.sort_values(list(KEY_COLUMNS), ignore_index=True),
        done.settings,
    )


def _renamed(table: pd.DataFrame, plan: RewritePlan) -> pd.DataFrame:
    """Call documents by the names that a later round gave them."""
    names = table["document_id"].map(lambda name: plan.ids.get(name, name))
    return table.assign(document_id=names.astype("str"))


_ROUNDS = 8


def _places_joined(found: Searched) -> Searched:
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
    return Searched(findings, found.people)


def _pseudonyms(
    corpus: Corpus,
    people: Sequence[Bearer],
    found: Searched,
    named: Mapping[str, str],
) -> dict[str, str]:
    """Give participants numbers by their id, everybody else as they come up."""
    turns = corpus.utterances.dropna(subset=["participant_id", "speaker"])
    called = turns[["participant_id", "speaker"]].drop_duplicates()
    given = dict(named) | {
        f"participant:{own}": label
        for own, label in sorted(called.itertuples(index=False))
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
    labels = corpus.utterances["speaker"].dropna().unique()
    texts = [*corpus.documents["text"].tolist(), *labels]
    return number([*first, *then, *last], given=given, used=used_numbers(texts))


_SHORTEST_OWN = 2  # letters of a name in the name of a file in which its person speaks
_SPEAKERS = ("participant:", "interviewer:", "voice:")


def _renaming(
    corpus: Corpus, people: Iterable[Bearer], named: Mapping[str, str]
) -> dict[str, str]:
    """Replace names in ids and paths; one that is also a word where it must be a name.

    It must be where it is all of a participant's id, or names a file of that person.
    """
    known = {person.who: person for person in people if person.who in named}
    forms = _forms(known.values(), named, is_word=is_no_name)
    every = _forms(known.values(), named, is_word=str.isdigit)
    documents, participants = corpus.documents, corpus.participants["participant_id"]
    called = {tuple(parts_of(n)): who for who, p in known.items() for n in p.names}
    meant = {one: {f"participant:{one}"} for one in participants}
    here = speakers_by_document(corpus)
    for name, path in documents[["document_id", "path"]].itertuples(index=False):
        named_so = (tuple(parts_of(one.name)) for one in names_in_path(path))
        there = {called[parts] for parts in named_so if parts in called}
        meant[name] = meant[path] = there | set(here.get(name, ()))
    own = {
        one: _forms(
            [known[who] for who in sorted(known.keys() & some)],
            named,
            is_word=str.isdigit,
            shortest=_SHORTEST_OWN,
        )
        for one, some in meant.items()
    }
    # An id that a file's begins holds the names of all who are in the name of that file.
    own |= {
        one: own[name]
        for one in participants
        if f"participant:{one}" in meant.get(name := one.rpartition(":")[0], ())
    }
    own |= {one: every for one in participants if (folded(one).lower(),) in every}
    ids = {*documents["document_id"], *participants}
    paths = {*documents["path"], *corpus.problems["path"]}
    return renamed_ids(paths, forms, own) | renamed_ids(ids, forms, own)


def _forms(
    people: Iterable[Bearer],
    named: Mapping[str, str],
    *,
    is_word: Callable[[str], bool],
    shortest: int = 3,
) -> dict[tuple[str, ...], str]:
    """Return how ids and file names write somebody -> what to put there."""
    names: dict[str, list[str]] = defaultdict(list)
    for person in people:
        names[named[person.who]] += person.names
    forms = forms_in_ids(names, is_word=is_word, shortest=shortest)
    return {form: re.sub(r"[^\w]+", "_", own).strip("_") for form, own in forms.items()}
