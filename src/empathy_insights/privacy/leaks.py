"""Look for identities in everything that is about to be written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.privacy._escapes import unescaped, visible
from empathy_insights.privacy._findings import Finding, settle
from empathy_insights.privacy._listed import find_listed
from empathy_insights.privacy._names import Index, Person, build_index, parts_of
from empathy_insights.privacy._patterns import find_contacts
from empathy_insights.privacy._people import is_name, read_roster
from empathy_insights.privacy._pseudonyms import LABELS, PLAIN, PSEUDONYM
from empathy_insights.privacy._rewrite import forms_in_ids, names_in, replaced
from empathy_insights.privacy._search import Shields
from empathy_insights.privacy._tokens import tokens_of
from empathy_insights.privacy._vocabulary import function_words, names_that_are_words
from empathy_insights.privacy.deidentify import Deidentified

_PLACES = ("school", "team", "street")
_LEAKS = ("place", "kind", "start", "end")
_ID = re.compile(r"(?<![\w.-])[^\W_]+(?:[_-][^\W_]+)+(?!\w)")
_EDGE = frozenset("\n\r\t,;|\"'<>:[](){}=")


@dataclass(frozen=True, repr=False)
class Identities:
    """Hold what a leak check looks for, in a form that is quick to search.

    Made by `find_identities`; it names nobody when printed.
    """

    index: Index
    literals: Mapping[str, str]
    ids: Mapping[tuple[str, ...], str]
    shields: Shields

    def __repr__(self) -> str:
        return (
            f"Identities({len(self.index.people)} people, {len(self.literals)} places "
            "and numbers)"
        )


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
    Identities(1 people, 0 places and numbers)
    """
    people, literals = _from_key(deidentified)
    people += [replace(p, who=f"listed:{p.who}") for p in read_roster(roster)]
    index = build_index(people, words=frozenset())
    ids = forms_in_ids({p.who: p.names for p in people}, is_word=_is_word)
    return Identities(index, literals, ids, Shields(keep))


def _from_key(deidentified: Deidentified | None) -> tuple[list[Person], dict[str, str]]:
    names: dict[str, list[str]] = defaultdict(list)
    literals: dict[str, str] = {}
    if deidentified is None:
        return [], literals
    for pseudonym, form, source in deidentified.key.itertuples(index=False):
        label = PSEUDONYM.fullmatch(pseudonym)
        kind = label["label"] if label else ""
        if kind in _PLACES or kind in PLAIN:
            if len(form) > 4 and not (
                form.isalpha() and form.lower() in names_that_are_words()
            ):
                literals[form] = kind
        elif _is_telling(form, source):
            names[pseudonym].append(form)
    people = [Person(who, "person", tuple(some)) for who, some in sorted(names.items())]
    return people, literals


def _is_telling(form: str, source: str) -> bool:
    """Say whether a form may be looked for: a found word alone would be everywhere."""
    parts = parts_of(form)
    if all(len(part) < 2 for part in parts):
        return False
    return (
        source in ("roster", "speaker label")
        or len(parts) > 1
        or not _is_word(parts[0].lower())
    )


def _is_word(word: str) -> bool:
    return (
        word in names_that_are_words() or word in function_words() or not is_name(word)
    )


def check_leaks(texts: Mapping[str, str], identities: Identities) -> pd.DataFrame:
    """Return where texts that are about to be written hold an identity.

    Listed names count as whole words in their case, in ids and file names in any case; a
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
    literals = _literals(identities.literals)
    rows = [
        (place, kind, start, end)
        for place, text in sorted(texts.items())
        for kind, start, end in [
            *(("file name", -1, -1) for _ in names_in(place, identities.ids)),
            *_leaks(text, place, identities, literals),
        ]
    ]
    frame = pd.DataFrame(rows, columns=list(_LEAKS))
    return frame.astype(
        {"place": "str", "kind": "str", "start": "int64", "end": "int64"}
    )


def refuse_leaks(texts: Mapping[str, str], identities: Identities) -> None:
    """Raise if a text that is about to be written holds an identity.

    Raises
    ------
    EmpathyInsightsError
        Names the places and the kinds, never the words.

    Examples
    --------
    >>> identities = find_identities(roster=pd.DataFrame({"name": ["Amara Boone"]}))
    >>> refuse_leaks({"report.html": "<p>Nobody is named</p>"}, identities)
    """
    leaks = check_leaks(texts, identities)
    if leaks.empty:
        return
    told = []
    for place, rows in leaks.groupby("place", sort=True):
        kinds = Counter(rows["kind"])
        counted = ", ".join(f"{n} x {kind}" for kind, n in sorted(kinds.items()))
        told.append(f"{_nameless(str(place), identities)} ({counted})")
    raise EmpathyInsightsError(
        f"nothing was written, because identities stand in {'; '.join(told)}; "
        "run deidentify() with a roster that lists these people, or allow identities"
    )


def _nameless(place: str, identities: Identities) -> str:
    edits = [(start, end, "…") for start, end, _ in names_in(place, identities.ids)]
    return replaced(place, edits)


def _leaks(
    text: str, place: str, identities: Identities, literals: re.Pattern[str]
) -> Iterator[tuple[str, int, int]]:
    plain, written = unescaped(text, place)
    seen = visible(plain, place)
    found = [
        *(f for f in identities.shields.base(seen) if f.source == "kept"),
        *(f for f in find_contacts(seen) if _is_certain(f, plain)),
        *_names(plain, identities.index),
        *_ids(plain, identities.ids),
        *(
            Finding(
                m.start(),
                m.end(),
                identities.literals[m.group()],
                "pattern",
                "",
                rank=2,
            )
            for m in literals.finditer(plain)
        ),
    ]
    for finding in settle(found):
        if finding.source != "kept":
            kind = (
                finding.kind
                if finding.kind not in LABELS or finding.kind in _PLACES
                else "name"
            )
            yield kind, written(finding.start), written(finding.end)


def _names(text: str, index: Index) -> Iterator[Finding]:
    nobody: frozenset[str] = frozenset()
    for finding in find_listed(text, tokens_of(text), index, nearby=nobody, exact=True):
        if finding.replace or _stands_alone(text, finding):
            yield finding._replace(replace=True)


def _stands_alone(text: str, finding: Finding) -> bool:
    """Say whether a name fills a cell, a value or a tag, where no context can tell."""
    before = text[max(0, finding.start - 1) : finding.start]
    after = text[finding.end : finding.end + 1]
    return (not before or before in _EDGE) and (not after or after in _EDGE)


def _ids(text: str, forms: Mapping[tuple[str, ...], str]) -> Iterator[Finding]:
    if not forms:
        return
    for match in _ID.finditer(text):
        for start, end, who in (
            names_in(match.group(), forms) if "_" in match.group() else ()
        ):
            first = match.start()
            yield Finding(first + start, first + end, "name", "roster", who, rank=6)


def _is_certain(finding: Finding, text: str) -> bool:
    """Leave out what numbers in tables look like, and links of the report itself."""
    words = text[finding.start : finding.end]
    if finding.kind == "link":
        return False
    if finding.kind == "phone":
        return not words.isdigit() and sum(map(str.isdigit, words)) >= 10
    if finding.kind == "student id":
        before = text[max(0, finding.start - 30) : finding.start].lower()
        return (
            re.search(r"\b(?:id|student|badge|lunch|pin)\b[^\n]*$", before) is not None
        )
    return True


def _literals(literals: Mapping[str, str]) -> re.Pattern[str]:
    some = sorted(
        (re.escape(form) for form in literals), key=lambda form: (-len(form), form)
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(some)})(?!\w)" if some else r"(?!)")
