"""The quotes of one run as an audience may read them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.table_facts import is_shown, surely_raised
from empathy_insights.publishing import AudienceName
from empathy_insights.report.doubted_quotes import without_doubted
from empathy_insights.tables import CHECKED

if TYPE_CHECKING:
    from empathy_insights.report.findings import Findings

_PERSONAL = [
    "participant_id", "document_id", "segment_id", "locator", "start", "end", "role",
    "released_by",
]  # fmt: skip


def quotes_for(
    run: Findings,
    themes: pd.DataFrame,
    said: pd.Series,
    names: pd.Series,
    audience: AudienceName,
) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """Return the quotes that may be shown, telling nobody's name, and which wait.

    Those in which a word may be a name wait until that is decided.
    """
    rows = run.quotes if audience == "team" else without_doubted(run)
    safe = rows.assign(
        quote_id=rows["segment_id"].map(names).astype("str"),
        said_by=rows["segment_id"].map(said).astype("str"),
    )
    kept = ["theme", "kind", "rank", "quote_id", "said_by", "stance", "status", "text"]
    waits = rows["released_by"].isna()
    if audience == "team":
        return safe[[*kept, *_PERSONAL]].reset_index(drop=True), _kinds(rows[waits])
    is_told = rows["theme"].isin(themes.loc[is_shown(themes), "theme"])
    # Each quote is by another person: several would tell that there are as many.
    is_first = (rows["kind"] == "quote") & (rows["rank"] == 1)
    is_estimate = run.estimate.state != CHECKED
    sure = surely_raised(themes, is_estimate=is_estimate)
    is_first &= rows["theme"].isin(sure)
    told = safe.loc[(is_told | is_first) & ~waits, kept]
    # Equals are ranked by where they stand in the files.
    order = told.assign(theme=told["theme"].map(_place_of(themes["theme"])))
    order = order.sort_values(
        ["theme", "kind", "quote_id"], ascending=[True, False, True]
    )
    told = told.loc[order.index].reset_index(drop=True)
    quoted = told.assign(rank=told.groupby(["theme", "kind"]).cumcount() + 1)
    return quoted, _kinds(rows[waits & (is_told | is_first)])


def _kinds(rows: pd.DataFrame) -> list[tuple[str, str]]:
    return list(rows[["theme", "kind"]].itertuples(index=False, name=None))


def _place_of(themes: pd.Series) -> dict[str, int]:
    return {theme: n for n, theme in enumerate(themes)}
