"""Who is in a study: its roster, its participants, its speaker labels and its schools."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.errors import TableError
from empathy_insights.files.table import PEOPLE, named_in, read_table, renamed
from empathy_insights.identities._file_names import names_in_path, people_in_paths
from empathy_insights.identities._label_names import called_by
from empathy_insights.identities._name_forms import Bearer, parts_of
from empathy_insights.identities._vocabulary import (
    OF_SCHOOLS,
    folded,
    word_set,
)
from empathy_insights.identities._word_spans import PSEUDONYM, Source
from empathy_insights.roles import is_interpreter, role_of

IDENTIFYING_COLUMNS = word_set(
    "name full_name fullname first_name last_name firstname lastname nickname "
    "nicknames preferred_name student_name email e_mail email_address mail phone "
    "phone_number telephone mobile cell address home_address street dob date_of_birth "
    "birthdate birthday ssn student_id "
    "ip ip_address ipaddress user_name username login device_id latitude longitude"
)
_OF_SOMEBODY = re.compile(
    r"(?:parent|guardian|mother|father|mom|dad|caregiver|family|student|child|teacher|"
    r"contact|emergency|legal|middle|maiden|given|sur)\w*?_?"
    r"(?:name|names|e?mail|e_mail|phone|telephone|mobile|cell|address|dob|birthdate)"
)
SCHOOL_COLUMNS = ("school", "school_name", "campus")


def column_key(column: object) -> str:
    """Return a column's name as `IDENTIFYING_COLUMNS` writes it."""
    return re.sub(r"[\s.-]+", "_", str(column).strip().lower())


def is_identifying(column: object) -> bool:
    """Return whether a column of participants holds nothing but who or where somebody is.

    Examples
    --------
    >>> is_identifying("Parent e-mail"), is_identifying("school_name")
    (True, False)
    """
    key = column_key(column)
    return key in IDENTIFYING_COLUMNS or _OF_SOMEBODY.fullmatch(key) is not None


def read_roster(roster: str | Path | pd.DataFrame | None) -> list[Bearer]:
    """Return a person a row, named by the roster.

    Raises
    ------
    TableError
        The file has no column `name`, or is no table.
    """
    if roster is None:
        return []
    table = read_table(roster, what="roster")
    heads = renamed(table.header, PEOPLE)
    if not {"name", "first_name", "last_name"} & set(heads):
        raise TableError(
            "the roster lacks a column 'name'; its columns may be name, nicknames, "
            "role, participant_id",
            path=None if isinstance(roster, pd.DataFrame) else roster,
        )
    cells = [dict(zip(heads, map(str.strip, row), strict=True)) for row in table.rows]
    named = [{**row, "name": named_in(row)} for row in cells]
    people = [_listed(row) for row in named if _may_be_listed(row["name"])]
    return sorted(people, key=lambda person: person.who)


def _listed(row: dict[str, str]) -> Bearer:
    names = [row["name"], *re.split(r"[;,/|]", row.get("nickname", ""))]
    kind = role_of(row.get("role", "")) or "person"
    own = row.get("participant_id", "")
    who = f"participant:{own}" if own else f"roster:{' '.join(parts_of(row['name']))}"
    return Bearer(
        who, kind, tuple(n.strip() for n in names if _may_be_listed(n)), "roster"
    )


def _may_be_listed(name: str) -> bool:
    """Leave out what stands for a name in a participants table: A, P1, 3."""
    return not re.search(r"\d|_", name) and any(
        len(part) > 1 for part in parts_of(name)
    )


def listed_in(corpus: Corpus) -> list[Bearer]:
    """Return those whom the participants table of a corpus names in full."""
    people = corpus.people
    named = people[people["name"].fillna("") != ""] if "name" in people else people
    columns = [c for c in ("participant_id", "name", "nickname", "role") if c in named]
    return read_roster(named[columns].drop_duplicates()) if len(named) else []


def people_of(corpus: Corpus, roster: Sequence[Bearer]) -> list[Bearer]:
    """Join the roster with the participants, facilitators and schools of a corpus."""
    turns = own_turns(corpus)
    labels = _labels(corpus, turns)
    listed = _called(labels, roster)
    joined: list[Bearer] = []
    used: set[str] = set()
    for own, role in _participants(corpus):
        names = labels.get(own, [])
        same = [p for p in roster if p.who == f"participant:{own}"]
        same += [listed[n] for n in names if n in listed and listed[n] not in same]
        used |= {person.who for person in same}
        kind = role if role != "unknown" else next((p.kind for p in same), role)
        source: Source = "roster" if same else "speaker label"
        every = [*names, *(name for person in same for name in person.names)]
        joined.append(
            Bearer(f"participant:{own}", kind, tuple(dict.fromkeys(every)), source)
        )
    asking, known = _facilitators(corpus, turns, roster)
    others = [person for person in roster if person.who not in used | known]
    people = [*joined, *asking, *others]
    return [
        *_also_in_paths(corpus, turns, people),
        *_in_columns(corpus),
        *_schools(corpus),
        *_voices(turns),
    ]


def _also_in_paths(
    corpus: Corpus, turns: pd.DataFrame, people: Sequence[Bearer]
) -> Iterator[Bearer]:
    """Yield the people with what their files' names call them, then others named there."""
    called = {person.who: person.names for person in people}
    heard: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    told = turns[["document_id", "speaker", "participant_id", "is_facilitator"]]
    for name, label, own, asks in told.drop_duplicates().itertuples(index=False):
        if asks and isinstance(label, str):
            who = facilitator_key(label)
        else:
            who = f"participant:{own}"
        if who in called:
            heard[name][who] = called[who]
    paths = {path: path for path in corpus.problems["path"].dropna()}
    paths |= dict(corpus.documents[["document_id", "path"]].itertuples(index=False))
    found = people_in_paths(paths, heard, called)
    for person in people:
        more = found.pop(person.who, ())
        yield replace(person, names=tuple(dict.fromkeys([*person.names, *more])))
    known = {tuple(parts_of(name)) for names in called.values() for name in names}
    for who, names in found.items():
        if tuple(parts_of(names[0])) not in known:
            yield Bearer(who, "person", tuple(dict.fromkeys(names)), "speaker label")


def _called(
    labels: Mapping[str, Sequence[str]], roster: Sequence[Bearer]
) -> dict[str, Bearer]:
    """Return whom of the roster a label means: one with these names, and one label so."""
    written = {label for some in labels.values() for label in some}
    found: dict[str, list[Bearer]] = {}
    for label in written:
        parts = parts_of(label)
        whole = [p for p in roster if parts_of(p.names[0]) == parts]
        found[label] = whole[-1:] or [
            p for p in roster if any(set(parts) <= set(parts_of(n)) for n in p.names)
        ]
    times = Counter(people[0].who for people in found.values() if len(people) == 1)
    return {
        label: people[0]
        for label, people in found.items()
        if len(people) == 1
        and (
            times[people[0].who] == 1 or parts_of(label) == parts_of(people[0].names[0])
        )
    }


def _participants(corpus: Corpus) -> list[tuple[str, str]]:
    table = corpus.participants.sort_values("participant_id")
    return list(zip(table["participant_id"], table["role"], strict=True))


# Of a survey the thousands of labels come back in every round.
_speaks_for_others = lru_cache(maxsize=65536)(is_interpreter)


def own_turns(corpus: Corpus) -> pd.DataFrame:
    """Return the turns; those of an interpreter are of nobody who is called so."""
    turns = corpus.utterances
    speaking = filter(_speaks_for_others, turns["speaker"].dropna().unique())
    speaks_for = turns["speaker"].isin([*speaking])
    own = turns["participant_id"].mask(speaks_for)
    return turns.assign(
        participant_id=own, is_facilitator=turns["is_facilitator"] & ~speaks_for
    )


def _labels(corpus: Corpus, turns: pd.DataFrame) -> dict[str, list[str]]:
    """Return the names that each participant goes by in the corpus."""
    called = turns.dropna(subset=["participant_id", "speaker"])
    pairs = called[["participant_id", "speaker"]].drop_duplicates()
    names: dict[str, set[str]] = defaultdict(set)
    for own, label in pairs.itertuples(index=False):
        names[own].add(label)
    for column in corpus.participants.columns:
        if column_key(column) in ("name", "full_name", "nickname", "preferred_name"):
            given = corpus.participants[["participant_id", column]].dropna()
            for own, label in given.itertuples(index=False):
                names[own].add(str(label))
    return {
        own: sorted({name for label in some for name in called_by(label)})
        for own, some in names.items()
    }


def facilitator_key(label: str) -> str:
    """Return one key for a facilitator; all who are only called by a role are one."""
    return f"interviewer:{_first_name_of(label)}"


# Columns that say who else somebody has to do with: most often by a surname alone.
_SAYS_WHO = re.compile(
    r"(?:.*_)?(?:teacher|advis[eo]r|advisory|counsell?or|coach|mentor|homeroom|principal|"
    r"case_manager|caseworker|tutor)s?(?:_.*)?"
)


def _in_columns(corpus: Corpus) -> Iterator[Bearer]:
    """Yield whom a column about somebody's teacher and the like names."""
    people = corpus.participants
    for column in people.columns:
        if _SAYS_WHO.fullmatch(column_key(column)):
            for value in people[column].dropna().astype("str").unique():
                for one in names_in_path(value):
                    who = f"voice:{' '.join(parts_of(one.name))}"
                    yield Bearer(who, "adult", (one.name,), "roster")


def voice_key(label: str) -> str:
    """Return one key for somebody who has a name and is no participant."""
    return f"voice:{_first_name_of(label)}"


def _first_name_of(label: str) -> str:
    return " ".join(parts_of(next(iter(called_by(label)), "")))


def _facilitators(
    corpus: Corpus, turns: pd.DataFrame, roster: Sequence[Bearer]
) -> tuple[list[Bearer], set[str]]:
    """Return those who ask, by their labels, and who of the roster they are."""
    labels = sorted(turns.loc[turns["is_facilitator"], "speaker"].dropna().unique())
    listed = {person.who: person for person in roster}
    told = _told(corpus)
    names: dict[str, tuple[str, ...]] = {}
    known: set[str] = set()
    for label in labels:
        if PSEUDONYM.fullmatch(label):
            continue
        own = listed.get(f"participant:{told.get(label)}")
        more = own.names if own and own.who not in known else ()
        known |= {own.who} if own else set()
        said = called_by(label)
        who = facilitator_key(label)
        names[who] = tuple(dict.fromkeys([*names.get(who, ()), *said, *more]))
    people = [
        Bearer(who, "interviewer", some, "speaker label")
        for who, some in sorted(names.items())
    ]
    return people, known


def _told(corpus: Corpus) -> dict[str, str]:
    """Return label -> id of those whom the reader found in the participants table."""
    if not {"voice", "participant_id"} <= set(corpus.people.columns):
        return {}
    found = corpus.people[["voice", "participant_id"]].dropna()
    return {str(label): str(own) for label, own in found.itertuples(index=False) if own}


def _voices(turns: pd.DataFrame) -> Iterator[Bearer]:
    """Yield labels that are names and belong to no participant."""
    lost = turns.loc[
        ~turns["is_facilitator"] & turns["participant_id"].isna(), "speaker"
    ]
    for label in sorted(filter(called_by, lost.dropna().unique())):
        yield Bearer(voice_key(label), "person", called_by(label), "speaker label")


def school_key(name: str) -> str:
    """Return one key for a school, whether or not `School` is said.

    Examples
    --------
    >>> school_key("Alder Street High School") == school_key("Alder Street High")
    True
    """
    plain = " ".join(folded(name).split())
    return f"school:{re.sub(r'(?i) school$', '', plain)}"


def _schools(corpus: Corpus) -> Iterator[Bearer]:
    """Yield each school once, whether a table writes all of its name or half."""
    people = corpus.participants
    values = {
        value
        for column in people.columns
        if column_key(column) in SCHOOL_COLUMNS
        for value in people[column].dropna().astype("str").unique()
        if not PSEUDONYM.search(value) and re.search(r"[A-ZÀ-Þ]\w{2}", value)
    }
    by_stem: dict[str, list[str]] = defaultdict(list)
    for value in sorted(values):
        by_stem[OF_SCHOOLS.sub("", value) or value].append(value)
    for stem, some in sorted(by_stem.items()):
        whole = [value for value in some if value != stem]
        if len(whole) > 1:  # a high and a middle school of one name
            yield from (Bearer(school_key(v), "school", (v,), "roster") for v in whole)
        else:
            key = school_key((whole or some)[0])
            names = tuple(dict.fromkeys([*whole, stem]))
            yield Bearer(key, "school", names, "roster")
