"""Look for identities in everything that is about to be written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from empathy_insights.identities._identities import (
    Identities,
    find_open,
    identities_of,
)
from empathy_insights.identities._people import read_roster
from empathy_insights.identities._pseudonyms import LABELS, PLACES
from empathy_insights.identities._rewrite import names_in
from empathy_insights.identities.deidentify import Deidentified

__all__ = [
    "Identities",
    "check_leaks",
    "find_identities",
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


def _leaks(
    text: str, place: str, identities: Identities
) -> Iterator[tuple[str, int, int]]:
    for finding in find_open(text, place, identities):
        is_person = finding.kind in LABELS and finding.kind not in PLACES
        yield "name" if is_person else finding.kind, finding.start, finding.end
