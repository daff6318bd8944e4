"""What every table says of itself: units, N, coding status, audience, codebook, date."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus, heard
from empathy_insights.tables import COUNTED

TEAM = "team"


def stated(
    table: pd.DataFrame,
    name: str,
    units: Mapping[str, str],
    *,
    corpus: Corpus,
    codings: pd.DataFrame | None = None,
    codebook: Codebook | None = None,
    by: Sequence[str] = (),
) -> pd.DataFrame:
    """Return the table with what it must be read with in its `attrs`.

    Parameters
    ----------
    name
        What the table is called, in files too; `publish` and `plot` go by it.
    units
        Column -> what its values are, in words.
    codings
        Those that were counted.

    Returns
    -------
    pandas.DataFrame
        The same rows. `attrs` holds `table`, `by`, `units`, `n` (who was heard, in
        words), `people` (how many), `heard_by_role`, `coding_status`, `audience` (`team`: nothing is
        hidden), `codebook`, `date`.
    """
    by_role = heard(corpus)["role"].value_counts().sort_index()
    people = int(by_role.sum())
    documents = len(corpus.documents)
    facts = {
        "table": name,
        "by": list(by),
        "units": dict(units),
        "n": f"{people} people heard in {documents} documents",
        "people": people,
        "heard_by_role": {role: int(n) for role, n in by_role.items()},
        "coding_status": _status(codings),
        "audience": TEAM,
        "codebook": _codebook(codings, codebook),
        "date": today(),
    }
    stated_table = table.copy(deep=False)
    stated_table.attrs = facts
    return stated_table


def today() -> str:
    """Return the date of now in UTC, as every result carries it."""
    return datetime.datetime.now(tz=datetime.UTC).date().isoformat()


def _status(codings: pd.DataFrame | None) -> str:
    if codings is None:
        return "no codings"
    present = set(codings["status"].unique())
    return " + ".join(status for status in COUNTED if status in present) or "none"


def _codebook(codings: pd.DataFrame | None, codebook: Codebook | None) -> str:
    if codebook is not None:
        return f"{codebook.id} {codebook.version} ({codebook.sha256[:12]})"
    if codings is None:
        return "none"
    hashes = sorted(name[:12] for name in codings["codebook_sha256"].unique() if name)
    return ", ".join(hashes) or "not known"
