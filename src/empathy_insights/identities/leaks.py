"""Look for identities in everything that is about to be written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.identities._identities import (
    Identities,
    find_open,
    identities_of,
)
from empathy_insights.identities._people import read_roster
from empathy_insights.identities._pseudonyms import LABELS, PLACES
from empathy_insights.identities._rewrite import names_in, replaced
from empathy_insights.identities.deidentify import Deidentified

__all__ = [
    "Identities",
    "check_leaks",
    "find_identities",
    "identities_open",
    "refuse_leaks",
]
_LEAKS = ("place", "kind", "start", "end")


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
    rows = [
        (place, kind, start, end)
        for place, text in sorted(texts.items())
        for kind, start, end in [
            *(("file name", -1, -1) for _ in names_in(place, identities.ids)),
            *_leaks(text, place, identities),
        ]
    ]
    frame = pd.DataFrame(rows, columns=list(_LEAKS))
    return frame.astype(
        {"place": "str", "kind": "str", "start": "int64", "end": "int64"}
    )


def identities_open(texts: Mapping[str, str], identities: Identities) -> pd.DataFrame:
    """Return the identities that texts still hold, with the words: a private list.

    It is for the study's owner, who decides by it what goes into the roster or stays;
    keep it apart like the key.

    Parameters
    ----------
    texts
        Place -> text, as for `check_leaks`.

    Returns
    -------
    pandas.DataFrame
        `string`, `place`, `why`, each once.

    Examples
    --------
    >>> identities = find_identities(roster=pd.DataFrame({"name": ["Amara Boone"]}))
    >>> identities_open({"quotes.csv": "she told amara,q01"}, identities)
      string       place   why
    0  amara  quotes.csv  name
    """
    rows = {
        (text[start:end], place, kind)
        for place, text in texts.items()
        for kind, start, end in _leaks(text, place, identities)
    } | {
        (place[start:end], place, "file name")
        for place in texts
        for start, end, _ in names_in(place, identities.ids)
    }
    return pd.DataFrame(sorted(rows), columns=["string", "place", "why"], dtype="str")


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
    text: str, place: str, identities: Identities
) -> Iterator[tuple[str, int, int]]:
    for finding in find_open(text, place, identities):
        is_person = finding.kind in LABELS and finding.kind not in PLACES
        yield "name" if is_person else finding.kind, finding.start, finding.end
