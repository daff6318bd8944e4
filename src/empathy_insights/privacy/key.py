"""Keep the key that re-identifies people apart from all results."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.errors import EmpathyInsightsError


@public
def write_key(
    key: pd.DataFrame, path: str | Path, *, results: str | Path | None = None
) -> Path:
    """Write the key as CSV that only its owner can read, outside the results folder.

    Parameters
    ----------
    key
        `Deidentified.key`.
    results
        The folder that will be shared; the key may not lie in it.

    Raises
    ------
    EmpathyInsightsError
        The path lies inside the results folder, or cannot be written.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> key = pd.DataFrame({"pseudonym": ["[student 1]"], "form": ["Amara Boone"]})
    >>> with TemporaryDirectory() as folder:
    ...     oct(write_key(key, Path(folder, "key.csv")).stat().st_mode & 0o777)
    '0o600'
    """
    target = Path(path).resolve()
    if results is not None and target.is_relative_to(Path(results).resolve()):
        raise EmpathyInsightsError(
            "the key re-identifies people and may not lie in the results folder; "
            "choose a path outside it",
            path=path,
        )
    safe = key.assign(**{name: key[name].map(_no_formula) for name in key.columns})
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT, 0o600)
    except OSError as error:
        raise EmpathyInsightsError(
            "the key cannot be written there", path=path
        ) from error
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        target.chmod(0o600)
        file.truncate()
        safe.to_csv(file, index=False)
    return target


def _no_formula(cell: object) -> object:
    """Put an apostrophe before what a spreadsheet would run: a handle, a number's +."""
    is_formula = isinstance(cell, str) and cell.startswith(
        ("=", "+", "-", "@", "\t", "\r")
    )
    return f"'{cell}" if is_formula else cell
