"""The key that re-identifies people, kept apart from all results."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.errors import EmpathyInsightsError

_EXISTS = (
    "a file is there already, and the key overwrites none; name a new file for the key"
)


@public
def write_key(
    key: pd.DataFrame, path: str | Path, *, results: str | Path | None = None
) -> Path:
    """Write the key as CSV that only its owner can read, outside the results folder.

    Parameters
    ----------
    key
        `Deidentified.key`.
    path
        Where; a file that is there already is refused.
    results
        The folder that will be shared; the key may not lie in it.

    Raises
    ------
    EmpathyInsightsError
        The path lies inside the results folder, a file is there already, or none can be
        written.

    See Also
    --------
    deidentify : Makes the key.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> key = pd.DataFrame({"pseudonym": ["[student 1]"], "form": ["Amara Boone"]})
    >>> with TemporaryDirectory() as folder:
    ...     oct(ei.write_key(key, Path(folder, "key.csv")).stat().st_mode & 0o777)
    '0o600'
    """
    check_key_place(path, results=results)
    safe = key.assign(**{name: key[name].map(_no_formula) for name in key.columns})
    target = Path(path).resolve()
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise EmpathyInsightsError(_EXISTS, path=path) from error
    except OSError as error:
        raise EmpathyInsightsError(
            "the key cannot be written there", path=path
        ) from error
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        safe.to_csv(file, index=False)
    return target


def check_key_place(path: str | Path, *, results: str | Path | None = None) -> None:
    """Refuse a place for the key in the results folder, or where a file is.

    Raises
    ------
    EmpathyInsightsError
        The key may not go there.
    """
    target = Path(path)
    if results is not None and target.resolve().is_relative_to(Path(results).resolve()):
        raise EmpathyInsightsError(
            "the key re-identifies people and may not lie in the results folder; "
            "choose a path outside it",
            path=path,
        )
    if target.exists() or target.is_symlink():
        raise EmpathyInsightsError(_EXISTS, path=path)


def _no_formula(cell: object) -> object:
    """Put an apostrophe before what a spreadsheet would run: a handle, a number's +."""
    is_formula = isinstance(cell, str) and cell.startswith(
        ("=", "+", "-", "@", "\t", "\r")
    )
    return f"'{cell}" if is_formula else cell
