"""Names that respondents write: one person's in several forms, and one of several people."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from empathy_insights.labels import base_key, is_full_name, words_in
from empathy_insights.readers.people.full_names import (
    FullName,
    full_name,
    words_of_name,
)
from empathy_insights.readers.people.spellings import is_name_alone

_GENERATIONS = words_in("jr jnr sr snr ii iii iv")


def rows_again(
    names: Sequence[str], key: Callable[[str], str] = base_key
) -> dict[str, list[int]]:
    """Return the rows of each name that stands in several."""
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        if name:
            rows.setdefault(key(name), []).append(row)
    return {same: found for same, found in rows.items() if len(found) > 1}


def apart_by_mail(
    names: Sequence[str], mails: Sequence[str]
) -> tuple[list[str], dict[str, list[int]]]:
    """Write a number behind full names with several mail addresses, and say in which rows.

    Examples
    --------
    >>> apart_by_mail(["Ana Paz", "Ana Paz", "Ana Paz"], ["a@x.org", "b@x.org", "a@x.org"])
    (['Ana Paz', 'Ana Paz 2', 'Ana Paz'], {'ana paz': [0, 1, 2]})
    """
    numbered, told = list(names), {}
    for key, rows in rows_again(names).items():
        given = [mails[row].strip().casefold() for row in rows]
        places = list(dict.fromkeys(filter(None, given)))
        if len(places) < len(["one", "another"]) or not is_full_name(key):
            continue
        told[key] = rows
        for row, mail in zip(rows, given, strict=True):
            number = places.index(mail) + 1 if mail else len(places) + 1
            numbered[row] = names[row] if number == 1 else f"{names[row]} {number}"
    return numbered, told


def in_full(names: Sequence[str], mails: Sequence[str]) -> list[str]:
    """Write each name as the longest that it shortens, where only one is longer.

    `Ana Paz` and `Ana Paz G.` are `Ana Paz Gil`, unless there is an Ana Paz Mora, too, or
    they gave other mail addresses. A first name alone may be anybody's.

    Examples
    --------
    >>> in_full(["Ana Paz Gil", "ana paz", "Ana Paz G.", "Ana"], [""] * 4)
    ['Ana Paz Gil', 'Ana Paz Gil', 'Ana Paz Gil', 'Ana']
    """
    full = [name for name in names if is_full_name(name) and is_name_alone(name)]
    written = {base_key(name): name for name in reversed(full)}
    whole = {key: _name(name) for key, name in written.items()}
    sent: dict[str, set[str]] = {key: set() for key in whole}
    for name, mail in zip(names, mails, strict=True):
        if mail.strip() and base_key(name) in sent:
            sent[base_key(name)].add(mail.strip().casefold())
    alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for key, one in whole.items():  # of thousands, few share the first two words
        alike.setdefault((one.given, one.others[:1]), []).append(key)
    longer = {
        key: [other for other in several if _shortens(whole[key], whole[other])]
        for several in alike.values()
        for key in several
    }
    longest = {
        key: written[found[0]]
        for key, several in longer.items()
        if len(found := [one for one in several if not longer[one]]) == 1
        and _may_be_one(sent[key], sent[found[0]])
    }
    return [longest.get(base_key(name), name) for name in names]


def _name(said: str) -> FullName:
    """Take a name apart; who is called Jr. is another one, and told by it."""
    name = full_name(said)
    generation = tuple(w for w in words_of_name(said)[-1:] if w in _GENERATIONS)
    return FullName(name.given, (*name.others, *generation))


def _shortens(name: FullName, other: FullName) -> bool:
    """Return whether a name is another one with fewer words, or letters for some of them."""
    if name.given != other.given or not name.others or name.others == other.others:
        return False
    first = name.others[0]  # a letter may be anybody's
    if (
        len(name.others) > len(other.others)
        or first != other.others[0]
        or first == first[0]
    ):
        return False
    pairs = zip(name.others, other.others, strict=False)
    are_same = all(a == b or (len(a) == 1 and a == b[0]) for a, b in pairs)
    return are_same and other.others[-1] not in _GENERATIONS


def _may_be_one(mails: set[str], others: set[str]) -> bool:
    return not (mails and others) or not mails.isdisjoint(others)


_STAYS = re.compile(
    r"(?:(?:your|my|student['’]?s?|name of (?:your |the )?|what(?:(?:['’]?s| is) your)?|which|home|attending)[\W_]*)*"
    r"(?:school|campus|building|gender|race|ethnicity|race ?/ ?ethnicity|date of birth|birthday|dob)"
    r"(?:[\W_]*(?:name|site|do you (?:go to|attend)|are you (?:at|in)))?\W*",
    re.IGNORECASE,
)


def are_of_several(
    again: Mapping[str, Sequence[int]], columns: Mapping[str, Sequence[str]]
) -> bool:
    """Return whether most first names that come back stand beside other schools or the like.

    Somebody may answer in several rounds, so only what stays as it is counts.

    Examples
    --------
    >>> are_of_several({"jose": [0, 1]}, {"School": ["Oak", "Elm"]})
    True
    >>> are_of_several({"jose": [0, 1]}, {"Wave": ["1", "2"], "Grade": ["7", "8"]})
    False
    """
    facts = [values for head, values in columns.items() if _STAYS.fullmatch(head)]
    n = sum(
        any(len(_told(values, rows)) > 1 for values in facts) for rows in again.values()
    )
    return 2 * n > len(again)


def _told(values: Sequence[str], rows: Sequence[int]) -> set[str]:
    return {" ".join(values[row].casefold().split()) for row in rows} - {""}
