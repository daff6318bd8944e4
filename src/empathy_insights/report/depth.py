"""Whether enough was heard, and whether the codebook holds it: for the team."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from empathy_insights.analysis.crosswalk import crosswalk
from empathy_insights.analysis.saturation import saturation
from empathy_insights.errors import TableError
from empathy_insights.report.charts_saturation import (
    alt_text_of_saturation,
    plot_saturation,
)
from empathy_insights.report.pictures import svg

if TYPE_CHECKING:
    import pandas as pd

    from empathy_insights.analysis.crosswalk import Crosswalk
    from empathy_insights.report.published import Published

_MOST_ROWS = 12


class Saturation(NamedTuple):
    """What a curve says and cannot say, and its picture, unless it is flat at nothing."""

    finding: str
    report: str
    caution: str
    themes: str
    order: str
    svg: bytes | None
    alt: str


def saturation_part(shown: Published) -> Saturation | None:
    """Return the curve of sub-themes, what it says and what it cannot say."""
    if not shown.is_team:
        return None
    run = shown.run
    table = saturation(run.codings, run.corpus, codebook=run.codebook)
    main = saturation(run.codings, run.corpus, codebook=run.codebook, level="main")
    facts = table.attrs
    return Saturation(
        finding=facts["finding"],
        report=facts["report"],
        caution=facts["caution"],
        themes=main.attrs["caution"],
        order=facts["order"],
        svg=_svg(table) if table["known"].max() > 0 else None,
        alt=alt_text_of_saturation(table),
    )


def _svg(table: pd.DataFrame) -> bytes:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 5), layout="constrained")
    plot_saturation(table, ax=figure.subplots())
    return svg(figure)


def crosswalk_part(shown: Published) -> dict[str, object] | None:
    """Return topics that no theme explains and themes that split, in segments."""
    if not shown.is_team or not len(shown.run.topics.stability):
        return None
    try:
        laid = crosswalk(shown.run.codings, shown.run.topics)
    except TableError:
        return None
    names = {theme.id: theme.name for theme in shown.run.codebook}
    return {
        "rule": laid.rule,
        "unexplained": _unexplained(laid, names),
        "splits": [
            {**row, "theme": names[row["theme"]]}
            for row in laid.splits.head(_MOST_ROWS).to_dict("records")
        ],
    }


def _unexplained(laid: Crosswalk, names: dict[str, str]) -> list[dict[str, object]]:
    return [
        {**row, "nearest": names.get(row["nearest"], "none")}
        for row in laid.unexplained.head(_MOST_ROWS).to_dict("records")
    ]
