"""Look for identities in everything that is about to be written."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.corpus import how_many
from empathy_insights.identities._as_read import (
    unescaped,
    view_of,
    visible,
    words_in,
)
from empathy_insights.identities._contacts import find_contacts
from empathy_insights.identities._index import (
    Index,
    build_index,
    initials_of,
    is_also_a_word,
    is_spelled,
)
from empathy_insights.identities._known_people import read_roster
from empathy_insights.identities._label_names import is_name
from empathy_insights.identities._listed import find_listed, telling_words
from empathy_insights.identities._name_forms import Bearer, parts_of
from empathy_insights.identities._patterns import (
    Literals,
    Shields,
    find_literals,
    is_telling,
    literals_in,
)
from empathy_insights.identities._rewrite import forms_in_ids, names_in
from empathy_insights.identities._word_spans import (
    LABELS,
    PLACES,
    PLAIN,
    PSEUDONYM,
    NameSpan,
    Word,
    Words,
    is_user_name,
    settle,
)
from empathy_insights.workers import each, parts_of_work

if TYPE_CHECKING:
    from empathy_insights.identities.deidentify import Deidentified

__all__ = ["Identities", "check_leaks", "find_identities"]


# What may not be left anywhere, and where a text still holds it.
#
# De-identification replaces whatever this finds, and the leak check looks with the same
# eyes, so that what the check can find was replaced before.


_ID = re.compile(r"(?<![\w.-])[^\W_]+(?:[_-][^\W_]+)+(?!\w)")
_EDGE = frozenset("\n\r\t,;|\"'<>:[](){}=")


@dataclass(frozen=True, repr=False)
class Identities:
    """Hold what a leak check looks for, in a form that is quick to search.

    Made by `find_identities`; it names nobody when printed.
    """

    index: Index
    literals: Literals
    ids: Mapping[tuple[str, ...], str]
    shields: Shields

    def __repr__(self) -> str:
        return (
            f"Identities({how_many(len(self.index.people), 'person', 'people')}, "
            f"{len(self.literals)} places and numbers)"
        )


FILE_NAME = "file name"  # a row of the key that says which file is which


def identities_of(
    key: pd.DataFrame | None, people: Iterable[Bearer], keep: Sequence[str]
) -> Identities:
    """Collect the identities of a key and of more people."""
    named, literals = _from_key(key)
    everybody = [*named, *people]
    index = build_index(everybody, words=frozenset())
    ids = forms_in_ids({p.who: p.names for p in everybody}, is_word=is_no_name)
    return Identities(index, literals, ids, Shields(keep))


def _from_key(key: pd.DataFrame | None) -> tuple[list[Bearer], Literals]:
    names: dict[str, list[str]] = defaultdict(list)
    literals: dict[str, tuple[str, str]] = {}
    if key is None:
        return [], literals
    for pseudonym, form, source in key.itertuples(index=False):
        if source == FILE_NAME:
            continue
        label = PSEUDONYM.fullmatch(pseudonym)
        kind = label["label"] if label else ""
        is_person = kind not in PLACES and kind not in PLAIN
        if is_telling(form) and (not is_person or is_user_name(form)):
            literals[form] = kind, pseudonym
        if is_person and _is_telling(form, source):
            names[pseudonym].append(form)
    people = [
        Bearer(who, "person", tuple(some for some in forms if _is_name(some, forms)))
        for who, forms in sorted(names.items())
    ]
    return people, literals


def _is_name(form: str, forms: Sequence[str]) -> bool:
    """Tell a name of somebody from its initials, and from letters that spell it.

    `NO` in capitals may be Noah Ortiz; at the head of a sentence `No` is a word.
    """
    initials = {initials_of(other) for other in forms if other != form}
    return form not in initials and not is_spelled(form)


def _is_telling(form: str, source: str) -> bool:
    """Return whether a form may be looked for: a found word alone would be everywhere."""
    parts = parts_of(form)
    if all(len(part) < 2 for part in parts):
        return False
    return (
        source in ("roster", "speaker label")
        or len(parts) > 1
        or not is_no_name(parts[0].lower())
    )


def is_no_name(word: str) -> bool:
    """Return whether a word in small letters is rather a word than a name."""
    return is_also_a_word(word) or not is_name(word)


_SHORTEST = 2


def find_open(text: str, place: str, identities: Identities) -> Iterator[NameSpan]:
    """Find what identifies somebody in a text, as it is written there.

    `who` is the pseudonym of the key, where the key has one; `place` says by its ending
    which escapes and which markup to read.
    """
    plain, written = unescaped(text, place)
    seen = visible(plain, place)
    fixed = [*identities.shields.stay(seen), *find_contacts(seen)]
    tokens, index = Words(plain), identities.index
    telling = telling_words(set(tokens.lows), index, exact=True)
    names = _names(plain, tokens, telling, index)
    literals = find_literals(plain, identities.literals)
    for finding in _open(plain, names, fixed, literals, identities.ids):
        yield _as_written(finding, written)


def hide_identities(text: str, identities: Identities) -> str:
    """Return a text with a pseudonym, or the kind, in the place of each identity.

    Examples
    --------
    >>> identities = find_identities(roster=pd.DataFrame({"name": ["Amara Boone"]}))
    >>> hide_identities("Ask Amara (amara@example.org) again.", identities)
    'Ask [name] ([e-mail]) again.'
    """
    parts, at = [], 0
    for found in find_open(text, "", identities):
        label = found.who if PSEUDONYM.fullmatch(found.who) else f"[{_said(found)}]"
        parts += [text[at : found.start], label]
        at = found.end
    return "".join([*parts, text[at:]])


def open_in(
    keep: tuple[str, ...], identities: Identities, texts: Sequence[str]
) -> list[list[NameSpan]]:
    """Find the same in many texts; these words are to stay."""
    views = {text: view_of(text, keep) for text in texts}
    telling = telling_words(words_in(views.values()), identities.index, exact=True)
    found = {}
    literal = literals_in((v.text for v in views.values()), identities.literals)
    for (text, view), literals in zip(views.items(), literal, strict=True):
        is_told = not telling.isdisjoint(view.words)
        names = (
            _names(view.text, view.tokens, telling, identities.index) if is_told else ()
        )
        some = _open(view.text, names, view.fixed, literals, identities.ids)
        found[text] = [_as_written(finding, view.written) for finding in some]
    return [found[text] for text in texts]


def _as_written(finding: NameSpan, written: Callable[[int], int]) -> NameSpan:
    return finding._replace(start=written(finding.start), end=written(finding.end))


def _open(
    text: str,
    names: Iterable[NameSpan],
    fixed: Iterable[NameSpan],
    literals: Iterable[NameSpan],
    ids: Mapping[tuple[str, ...], str],
) -> Iterator[NameSpan]:
    found = [
        *(f for f in fixed if f.source == "kept" or _is_certain(f, text)),
        *names,
        *_ids(text, ids),
        *literals,
    ]
    return (finding for finding in settle(found) if finding.source != "kept")


def _names(
    text: str, tokens: Sequence[Word], telling: frozenset[str], index: Index
) -> Iterator[NameSpan]:
    nobody: frozenset[str] = frozenset()
    for finding in find_listed(
        text, tokens, index, telling=telling, nearby=nobody, exact=True
    ):
        if finding.end - finding.start < _SHORTEST:
            continue  # the letter of `Wren H` names nobody alone
        if finding.replace or _stands_alone(text, finding):
            yield finding._replace(replace=True)


def _stands_alone(text: str, finding: NameSpan) -> bool:
    """Return whether a name fills a cell, a value or a tag, where no context can tell."""
    if not text[finding.start].isupper() or text[finding.start : finding.end].isupper():
        return False
    before = text[max(0, finding.start - 1) : finding.start]
    after = text[finding.end : finding.end + 1]
    return (not before or before in _EDGE) and (not after or after in _EDGE)


def _ids(text: str, forms: Mapping[tuple[str, ...], str]) -> Iterator[NameSpan]:
    for match in _ID.finditer(text) if forms else ():
        if "_" not in match.group():
            continue
        for start, end, who in names_in(match.group(), forms):
            first = match.start()
            yield NameSpan(first + start, first + end, "person", "roster", who, rank=6)


def _is_certain(finding: NameSpan, text: str) -> bool:
    """Leave out what numbers in tables look like, and links of the report itself."""
    words = text[finding.start : finding.end]
    if finding.kind == "link" or finding.kind in (*PLACES, "address"):
        return False
    if finding.kind == "phone":
        return not words.isdigit() and sum(map(str.isdigit, words)) >= 10
    if finding.kind == "student id":
        before = text[max(0, finding.start - 30) : finding.start].lower()
        return (
            re.search(r"\b(?:id|student|badge|lunch|pin)\b[^\n]*$", before) is not None
        )
    return True


_LEAKS = ("place", "kind", "start", "end")
_QUICKER = 10  # times, than to take names out


def find_identities(
    deidentified: Deidentified | None = None,
    *,
    roster: str | Path | pd.DataFrame | None = None,
    keep: Sequence[str] = (),
) -> Identities:
    """Collect what must not be written: the key's identities and a roster's names.

    Parameters
    ----------
    deidentified
        Its key is read: names, places, numbers.
    roster
        More names, as for `deidentify`.
    keep
        The words that `deidentify` was told to keep.

    Examples
    --------
    >>> find_identities(roster=pd.DataFrame({"name": ["Amara Boone"]}))
    Identities(1 person, 0 places and numbers)
    """
    people = [replace(p, who=f"listed:{p.who}") for p in read_roster(roster)]
    key = None if deidentified is None else deidentified.key
    return identities_of(key, people, keep)


def check_leaks(texts: Mapping[str, str], identities: Identities) -> pd.DataFrame:
    """Return where texts that are about to be written hold an identity.

    Listed names count in any case, also joined, drawn out or with invisible characters; a
    name that is also a word counts only where it stands as a name. E-mail addresses,
    phones, handles, ids and dates of birth count by their form in the text that a reader
    sees; schools, streets, teams and links only if the key holds them.

    Parameters
    ----------
    texts
        Place, such as `report.html` or `tables/quotes.csv` -> what is to be written.
        The ending says which escapes to read: HTML, JSON or none.

    Returns
    -------
    pandas.DataFrame
        `place`, `kind`, `start`, `end`, a row a leak; never the words.

    Examples
    --------
    >>> identities = find_identities(roster=pd.DataFrame({"name": ["Amara Boone"]}))
    >>> check_leaks({"quotes.csv": "she told Amara,q01"}, identities)
            place  kind  start  end
    0  quotes.csv  name      9   14
    """
    places = sorted(texts.items())
    parts = parts_of_work(places, [len(text) // _QUICKER for _, text in places])
    rows = [*chain.from_iterable(each(partial(_leaks_in, identities), parts))]
    frame = pd.DataFrame(rows, columns=list(_LEAKS))
    return frame.astype(
        {"place": "str", "kind": "str", "start": "int64", "end": "int64"}
    )


def _leaks_in(
    identities: Identities, texts: Sequence[tuple[str, str]]
) -> list[tuple[str, str, int, int]]:
    return [
        (place, kind, start, end)
        for place, text in texts
        for kind, start, end in [
            *(("file name", -1, -1) for _ in names_in(place, identities.ids)),
            *((_said(f), f.start, f.end) for f in find_open(text, place, identities)),
        ]
    ]


def _said(finding: NameSpan) -> str:
    is_person = finding.kind in LABELS and finding.kind not in PLACES
    return "name" if is_person else finding.kind
