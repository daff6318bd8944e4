"""Review suggestions in a notebook, with the keyboard."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.review.decisions import most_useful_first
from empathy_insights.errors import EmpathyInsightsError, TableError
from empathy_insights.tables import CODINGS

if TYPE_CHECKING:
    from empathy_insights.coding.review.widget import Review


@public
def review(
    codings: pd.DataFrame,
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    reviewer: str = "reviewer",
    path: str | Path | None = None,
    statuses: Sequence[str] = ("suggested",),
    n: int | None = 200,
    random_state: int = 0,
) -> Review:
    """Show suggestions one by one in a notebook, to accept, reject or recode.

    Keys: `a` accepts, `r` rejects, a digit gives another theme, `u` takes the last
    decision back, the arrows move without deciding. The most useful suggestions come
    first. `.codings` is the codings table at any time.

    A notebook that is saved with its widgets holds the texts that were shown.

    Parameters
    ----------
    codings
        Which segment got which theme, as `code` or `read_codings` returns it.
    segments
        What people said, as `segment` returns it. With the column `order` of
        `next_passages`, suggestions come in that order.
    codebook
        The themes, as `load_codebook` returns them.
    reviewer
        Who decides.
    path
        A .parquet file to which every decision is saved at once. If it exists, the
        review goes on from it.
    statuses
        What to review: `suggested`, `auto`, or both.
    n
        How many suggestions; all when None.
    random_state
        Seed of the order among equals.

    Raises
    ------
    TableError
        A coding points to no segment, or the file holds a review of other codings.
    EmpathyInsightsError
        The extra `review` is not installed, or the file cannot be written.

    See Also
    --------
    review_sheet : The same as a sheet.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["The ticket to fix it took a week."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> book = ei.load_codebook("empathy_core")
    >>> widget = review(ei.code(segments, book), segments, book, reviewer="kim")
    >>> widget.codings["reviewed_by"].count()
    np.int64(0)
    """
    try:
        from empathy_insights.coding.review.widget import Review, cards_of
    except ModuleNotFoundError as error:
        raise EmpathyInsightsError(
            "reviewing in a notebook needs the review extra: "
            "pip install empathy-insights[review]"
        ) from error
    path = None if path is None else Path(path)
    start = codings if path is None else _resumed(codings, path)
    rows = most_useful_first(
        start, segments, statuses=statuses, n=n, random_state=random_state
    )
    return Review(start, rows, codebook, cards_of(rows, codebook), reviewer, path)


def save(codings: pd.DataFrame, path: Path) -> None:
    """Write codings so that a crash leaves the last file or the new one, never half.

    Raises
    ------
    OSError
        The file cannot be written.
    """
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as file:
            codings.to_parquet(file, index=False)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def _resumed(codings: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Return what an earlier review left in the file, or the codings of a new one."""
    codings = CODINGS.completed(codings)
    if path.suffix != ".parquet" or not path.parent.is_dir():
        raise EmpathyInsightsError(
            "a review is saved to a .parquet file in a folder that exists", path=path
        )
    if not path.exists():
        return codings
    try:
        saved = CODINGS.check(pd.read_parquet(path))
    except (OSError, ValueError, TableError) as error:
        raise TableError(
            "the file holds no codings; choose another", path=path
        ) from error
    keys = pd.MultiIndex.from_frame(codings[list(CODINGS.key)])
    if not keys.isin(pd.MultiIndex.from_frame(saved[list(CODINGS.key)])).all():
        raise TableError(
            "the file holds a review of other codings; choose another file", path=path
        )
    return saved
