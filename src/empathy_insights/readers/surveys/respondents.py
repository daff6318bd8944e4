"""Who answered a survey: the column that tells respondents apart, and what it leaves open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from empathy_insights.files.table import PEOPLE, is_unnamed, renamed
from empathy_insights.labels import (
    is_full_name,
    is_label,
    is_perhaps_a_label,
)
from empathy_insights.lexicon import (
    ASKED,
    PERHAPS_ASKED,
    SPEAKER,
    fold_head,
)
from empathy_insights.readers.surveys.no_ids import no_ids
from empathy_insights.readers.surveys.row_notes import are_roles
from empathy_insights.readers.surveys.rows_told import (
    MERGED,
    ONE,
    ONE_MAIL,
    OTHERS,
    SEVERAL,
    told_again,
    told_of_no_ids,
)
from empathy_insights.readers.surveys.same_names import (
    apart_by_mail,
    are_of_several,
    in_full,
    rows_again,
)
from empathy_insights.readers.surveys.survey_columns import (
    asks_for_words,
    role_column,
)
from empathy_insights.readers.surveys.survey_heads import (
    IS_ID,
    IS_SURE_ID,
    is_of_others,
)
from empathy_insights.readers.surveys.unnamed import is_nobody, names_in, numbers
from empathy_insights.readers.transcript import Remark

_IS_NAME = re.compile(
    r"(?:(?:please )?(?:enter |write )?(?:your |my )?(?:(?:full|first|first (?:and|&) last|student['’]?s?|"
    r"respondent|participant|preferred|display)\s+)*names?|what(?:['’]s| is) your (?:full )?name|"
    r"name of student|(?:tu |su )?nombres?(?: completo| y apellidos?)?)"
    r"(?:\W+(?:optional|opcional|if you (?:like|want|wish)|first|full)\b.*)?\W*",
    re.IGNORECASE,
)
_IS_WHO = re.compile(
    r"participant|respondent|interviewee|pseudonym|person", re.IGNORECASE
)
_OF_A_PERSON = re.compile(
    r"(?:participant|student|person|respondent|subject|teacher|pupil|learner|resp|r)"
    r"[\W_]*(?:id|no|nr|number|code)|pseudonym|participant",
    re.IGNORECASE,
)
_SPEAKS = frozenset((*SPEAKER, *ASKED))
_LONGEST_ID = 40
_MOST_OF_ONE = 3  # rows that one person sends


@dataclass(frozen=True, slots=True)
class Respondents:
    """Hold who answered.

    Parameters
    ----------
    columns
        The columns that say it, none where rows are only numbered.
    labels
        Who each row is of.
    remarks
        What was decided about names that come back.
    by_id
        Whether an id tells people apart, of which some come back and others don't.
    """

    columns: tuple[str, ...]
    labels: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()
    by_id: bool = False


def respondents_of(
    columns: Mapping[str, Sequence[str]],
    lines: Sequence[int],
    merged: Callable[[str], Container[int]] = lambda _: (),
) -> Respondents:
    """Say who each row is of: whom a column names, else somebody unnamed.

    A full name or an id that comes back is one person; a first name may be several
    people's, unless everybody's comes back. A name in merged cells is one person's.

    Parameters
    ----------
    merged
        Head -> the rows whose cell is one with the cell above.
    """
    heads = respondent_columns(columns)
    if not heads:
        return _by_mail(columns, lines)
    names = names_in([columns[head] for head in heads])
    goes_on = merged(heads[0])
    below = [row for row in range(len(names)) if row in goes_on]
    none = no_ids(names)
    without = [row for row, name in enumerate(names) if name in none]
    names = [
        "" if row in below or name in none else name for row, name in enumerate(names)
    ]
    is_sure = _is_sure(heads[0])
    others: dict[str, list[int]] = {}
    if not is_sure:
        mails = _mails(columns) or [""] * len(names)
        names, others = apart_by_mail(names, mails)
        names = in_full(names, mails)
    again = rows_again(names)
    back = bool(again) and set(Counter(filter(None, names)).values()).isdisjoint({1})
    firsts = {
        key: rows
        for key, rows in again.items()
        if not (is_sure or is_full_name(key) or re.search(r"\d", key))
    }
    back = back and not are_of_several(firsts, columns)
    shared = {} if back else firsts
    one = {key: rows for key, rows in again.items() if key not in shared}
    _tell_apart(names, one, shared)
    for row in below:
        names[row] = names[row - 1]
    remarks = [
        *([MERGED] if below else []),
        *told_of_no_ids(without, lines),
        *told_again(others, lines, OTHERS),
    ]
    if not (is_sure or back):
        remarks += [*told_again(one, lines, ONE), *told_again(shared, lines, SEVERAL)]
    by_id = is_sure and not back
    return Respondents(heads, tuple(numbers(names)), tuple(remarks), by_id)


def _tell_apart(
    names: list[str],
    one: Mapping[str, Sequence[int]],
    shared: Mapping[str, Sequence[int]],
) -> None:
    """Write one person's name in one way, and a number behind that of several."""
    for rows in shared.values():
        for n, row in enumerate(rows[1:], start=2):
            names[row] = f"{names[row]} {n}"
    for rows in one.values():
        for row in rows:
            names[row] = names[rows[0]]


def _by_mail(columns: Mapping[str, Sequence[str]], lines: Sequence[int]) -> Respondents:
    """Give each row a number, those of one mail address the same, unless it sent many.

    Whoever types in what others wrote on paper has sent it all.
    """
    labels = [*numbers([""] * len(lines))]
    mails = rows_again([mail.strip() for mail in _mails(columns)], key=str.casefold)
    again = {mail: rows for mail, rows in mails.items() if len(rows) <= _MOST_OF_ONE}
    for rows in again.values():
        for row in rows:
            labels[row] = labels[rows[0]]
    return Respondents((), tuple(labels), tuple(told_again(again, lines, ONE_MAIL)))


def _mails(columns: Mapping[str, Sequence[str]]) -> Sequence[str]:
    """Return the column of mail addresses, if there is one."""
    for values in columns.values():
        filled = [value.strip() for value in values if value.strip()]
        if filled and all(map(_MAIL.fullmatch, filled)):
            return values
    return ()


_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def respondent_columns(columns: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the columns that tell respondents apart, by their heads and values.

    Under a head such as `respondent_id` or `Name` a value may repeat or be missing;
    under another one that may be an id it may repeat if all do.

    Examples
    --------
    >>> respondent_columns({"Name": ["Ana", "", "Ana"], "What helps?": ["a", "b", "c"]})
    ('Name',)
    """
    apart = _first_and_last(columns)
    perhaps: list[str] = []
    for n, (name, values) in enumerate(columns.items()):
        filled = [value.strip() for value in values if value.strip()]
        known = [value for value in filled if not is_nobody(value)]
        if not known or "@" in filled[0] or len(name) > _LONGEST_ID:
            continue
        if name in apart:
            return apart
        before = list(columns)[:n]
        if _are_names(name, known, before) or (
            # else a name for everybody: Anonymous
            2 * len(known) >= len(values) and _is_id(name, known, before)
        ):
            return (name,)
        if len(filled) == len(values) and _may_be_id(name, filled, before):
            perhaps.append(name)
    return tuple(perhaps[:1])


def says_who(columns: Mapping[str, Sequence[str]]) -> bool:
    """Return whether a column says who answered, or at least what each is."""
    return bool(respondent_columns(columns)) or role_column(columns) is not None


def _are_names(head: str, known: Sequence[str], before: Sequence[str]) -> bool:
    """Return whether names stand below a head that says so, or down the side without one."""
    are_beside = is_unnamed(head) and not before and len(set(known)) == len(known)
    named = _IS_NAME.fullmatch(head.strip()) is not None
    return named or (are_beside and all(map(is_label, known)))


def _is_id(head: str, known: Sequence[str], before: Sequence[str]) -> bool:
    """Return whether a head says who answered; behind what is to be done, who is to do it."""
    if fold_head(head) not in _SPEAKS:
        return _is_sure(head) and not are_roles(known)
    are_ratings = all(map(str.isdecimal, known)) and len(set(known)) < len(known)
    if are_ratings or are_roles(known) or any(map(asks_for_words, before)):
        return False
    return _are_people(known)


def _may_be_id(head: str, filled: Sequence[str], before: Sequence[str]) -> bool:
    """Return whether a head may say who answered, and its values tell people apart."""
    times = set(Counter(filled).values())
    if is_of_others(head) or are_roles(filled):
        return False
    if IS_ID.fullmatch(head):
        return times == {1} or 1 not in times
    return (
        not before
        and times == {1}
        and fold_head(head) in PERHAPS_ASKED
        and _are_people(filled)
    )


def _are_people(values: Sequence[str]) -> bool:
    n = sum(is_label(value) or is_perhaps_a_label(value) for value in values)
    return 2 * n >= len(values)


def _first_and_last(columns: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return the columns of first and last names, where there are both."""
    heads = dict(zip(renamed(list(columns), PEOPLE), columns, strict=True))
    found = [heads[head] for head in ("first_name", "last_name") if head in heads]
    return tuple(found) if len(found) > 1 else ()


def names_people(heads: Sequence[str]) -> str:
    """Return what a column is called that has people's ids, empty where it may count rows.

    Examples
    --------
    >>> names_people(["Participant_ID"]), names_people(["ID"]), names_people(["Name"])
    ('participant id', '', '')
    """
    head = heads[0].strip() if len(heads) == 1 else ""
    return fold_head(head) if _OF_A_PERSON.fullmatch(head) else ""


def _is_sure(head: str) -> bool:
    said = head.strip()
    is_sure = IS_SURE_ID.fullmatch(said) or _IS_WHO.fullmatch(said)
    return bool(is_sure) or fold_head(head) in _SPEAKS
