"""The review page in a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from empathy_insights.arguments import public
from empathy_insights.coding.review.own_file import own_file
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.report.review_page import review_html

if TYPE_CHECKING:
    from empathy_insights.report.findings import Findings
    from empathy_insights.report.review_widget import Review


@public
def review(
    analysis: Findings,
    *,
    reader: str = "",
    path: str | Path | None = None,
    n: int = 300,
) -> Review:
    """Show the review page in a notebook, to read the passages that come next.

    It is the page that `analyze` leaves as `team_only/review.html`: the same passages in
    the same order, the same keys. `.decisions` is what was decided, at any time, for
    `analyze(decisions=[...])`; `.told` is the same as a file of decisions holds it.

    A notebook that is saved with its widgets holds the texts that were shown.

    Parameters
    ----------
    analysis
        What `analyze` returns.
    reader
        Who reads; the page asks when it is empty.
    path
        A folder in which every change is saved at once as `decisions-NAME.json`, or such
        a file. If the reader's file exists, the review goes on from it; another
        reader's file is never written over.
    n
        How many passages, at most.

    Raises
    ------
    TableError
        The file is another reader's, is about other themes, or cannot be read.
    EmpathyInsightsError
        The extra `review` is not installed, or there is no such folder.

    See Also
    --------
    next_passages : The passages and their order.
    review_sheet : Suggestions to decide about, as a sheet.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["The bus is late."]})
    >>> analysis = ei.analyze(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> widget = ei.review(analysis, reader="Kim")
    >>> len(widget.decisions)
    0
    """
    try:
        from empathy_insights.report.review_widget import Review
    except ModuleNotFoundError as error:
        raise EmpathyInsightsError(
            "reviewing in a notebook needs the review extra: "
            "pip install empathy-insights[review]"
        ) from error
    reader, book = reader.strip(), analysis.codebook
    own = None if path is None else own_file(Path(path), reader, book)
    reader = reader or (own.reader if own else "")
    return Review(review_html(analysis, n=n, is_in_notebook=True), book, reader, own)
