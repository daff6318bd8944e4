"""Who is in a study: its roster, its participants, its speaker labels and its schools."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.errors import TableError
from empathy_insights.files.table import PEOPLE, named_in, read_table, renamed
from empathy_insights.identities._name_forms import Bearer, parts_of
from empathy_insights.identities._unknown_words import is_unknown
from empathy_insights.identities._vocabulary import (
    OF_SCHOOLS,
    OFFICES,
    folded,
    function_words,
    given_names,
    given_names_that_are_words,
    is_common_word,
    is_kin,
    surnames,
    word_set,
)
from empathy_insights.identities._word_spans import PSEUDONYM, Source, is_user_name
from empathy_insights.lexicon import is_part
from empathy_insights.roles import role_of

_GENERIC = word_set(
    "student parent guardian family teacher staff leader speaker unknown "
    "interviewer interviewee facilitator moderator participant respondent person "
    "anonymous multiple all group host guest voice boy girl male female child adult "
    "caregiver mother father mom dad principal counselor coach nurse aide "
    "researcher observer note notes taker narrator transcriber recorder question "
    "answer resp int fac mod mamá mama mami mum papá papa papi madre padre abuela "
    "abuelo tía tío maestra maestro alumna alumno estudiante entrevistadora "
    "entrevistador grandmother grandfather aunt uncle sister brother class "
    "classroom round session interview team group panel staff"
)
IDENTIFYING_COLUMNS = word_set(
    "name full_name fullname first_name last_name firstname lastname nickname "
    "nicknames preferred_name student_name email e_mail email_address mail phone "
    "phone_number telephone mobile cell address home_address street dob "
    "date_of_birth birthdate birthday ssn student_id"
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


@lru_cache(maxsize=65536)
def is_name(label: str) -> bool:
    """Return whether a speaker label is a name and not a role, a letter or a number.

    Examples
    --------
    >>> is_name("Amara Boone"), is_name("P1"), is_name("Interviewer"), is_name("[student 3]")
    (True, False, False, False)
    >>> is_name("tgreene22"), is_name("Coach_Dre"), is_name("Student_3")
    (True, True, False)
    """
    called = label.partition(" (")[0]  # `Amara Boone (9th grade)` has a name
    if PSEUDONYM.search(label):
        return False
    if is_user_name(called):
        return bool(_names_within(called)) or _OF_TITLE.match(called) is not None
    parts = [part.lower() for part in parts_of(label)]
    return (
        0 < len(parts) <= 5
        and any(len(part) > 1 for part in parts)
        and not any(part in _GENERIC for part in parts)
        and not _is_office(label)
        and not all(_is_function_word(part) for part in parts)
    )


def _is_office(label: str) -> bool:
    """Return whether words say what somebody is or does: `Board Chair`, not `Nick Driver`."""
    *before, last = [part.lower() for part in parts_of(label) if len(part) > 1]
    says_one = last in OFFICES or is_kin(last) or role_of(last) is not None
    if not says_one or _TITLED.match(label):
        return False
    return not _may_name(last) and not any(
        _may_name(part) or not is_common_word(part) for part in before
    )


_TITLED = re.compile(r"(?:M[rs]s?|Mx|Miss|Dr)\b")


def _may_name(part: str) -> bool:
    name = part.title()
    named = given_names(), given_names_that_are_words(), surnames()
    return any(name in some for some in named)


_OF_TITLE = re.compile(
    r"(?:[Mm]rs?|[Mm]s|[Dd]r)[._]+[^\W\d_]++(?!\d)"
)  # `mrs.h_room12`
_LETTERS = re.compile(r"[^\W\d_]{3,}")


def _names_within(label: str) -> tuple[str, ...]:
    """Return the names in a user name: `Coach_Dre` has Dre, `Grade_5` and `FG1_S04` none.

    A name is a known one, or letters that no dictionary has. Three of these may be a
    code where digits follow (`stu12`), and beside a part in the talk they are one unless
    they have a name's capital (`preK_teacher_1`).
    """
    if " " in label or is_part(label):
        return ()
    runs = _LETTERS.findall(folded(label))
    has_part = any(_is_part(run.lower()) for run in runs)
    least = 4 if re.search(r"\d", label) else 3
    return tuple(
        run.title()
        for run in runs
        if not _is_part(run.lower())
        and (
            _is_known_name(run.title())
            or (
                len(run) >= least
                and (run.istitle() or not has_part)
                and not (run.isupper() and len(run) < _LEAST_FOR_CAPITALS)
                and _VOWEL.search(run.lower()) is not None
                and is_unknown(run.lower())
            )
        )
    )


_VOWEL = re.compile(r"[aeiouy]")
_LEAST_FOR_CAPITALS = 6  # `ESOL_2` and `AVID_1` are programs
_SHORT_PARTS = word_set(
    "admin elem elev fac fam fem int part pre prek resp sec stu stud"
)


def _is_part(low: str) -> bool:
    """Return whether a word says a part in the talk, in full or cut short."""
    return (
        low in _GENERIC
        or low in _SHORT_PARTS
        or is_part(low)
        or role_of(low) is not None
    )


def _is_known_name(name: str) -> bool:
    is_surname = name in surnames() and not is_common_word(name.lower())
    return is_surname or name in given_names()


def _called_by(label: str) -> tuple[str, ...]:
    """Return the names that a label says: itself, and what names a user name holds."""
    within = _names_within(label) if is_user_name(label) else ()
    return (label, *within) if is_name(label) else ()


def _is_function_word(part: str) -> bool:
    return part in function_words() and part.title() not in given_names_that_are_words()


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
    labels = _labels(corpus)
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
    asking, known = _facilitators(corpus, roster)
    others = [person for person in roster if person.who not in used | known]
    return [
        *joined,
        *asking,
        *others,
        *_schools(corpus),
        *_voices(corpus),
    ]


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


def _labels(corpus: Corpus) -> dict[str, list[str]]:
    """Return the names that each participant goes by in the corpus."""
    turns = corpus.utterances.dropna(subset=["participant_id", "speaker"])
    pairs = turns[["participant_id", "speaker"]].drop_duplicates()
    names: dict[str, set[str]] = defaultdict(set)
    for own, label in pairs.itertuples(index=False):
        names[own].add(label)
    for column in corpus.participants.columns:
        if column_key(column) in ("name", "full_name", "nickname", "preferred_name"):
            given = corpus.participants[["participant_id", column]].dropna()
            for own, label in given.itertuples(index=False):
                names[own].add(str(label))
    return {
        own: sorted({name for label in some for name in _called_by(label)})
        for own, some in names.items()
    }


def facilitator_key(label: str) -> str:
    """Return one key for a facilitator; all who are only called by a role are one."""
    return f"interviewer:{' '.join(parts_of(label)) if is_name(label) else ''}"


def _facilitators(
    corpus: Corpus, roster: Sequence[Bearer]
) -> tuple[list[Bearer], set[str]]:
    """Return those who ask, by their labels, and who of the roster they are."""
    turns = corpus.utterances
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
        said = _called_by(label)
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


def _voices(corpus: Corpus) -> Iterator[Bearer]:
    """Yield labels that are names and belong to no participant."""
    turns = corpus.utterances
    lost = turns.loc[
        ~turns["is_facilitator"] & turns["participant_id"].isna(), "speaker"
    ]
    for label in sorted(filter(is_name, lost.dropna().unique())):
        yield Bearer(
            f"voice:{' '.join(parts_of(label))}",
            "person",
            _called_by(label),
            "speaker label",
        )


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
