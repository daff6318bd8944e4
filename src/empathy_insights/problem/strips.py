"""How much of a published framework people spoke of: a row a part, nobody kept."""

from __future__ import annotations

import pandas as pd

from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.corpus import Corpus
from empathy_insights.problem.shipped import Frameworks, shipped

CAUTION = (
    "Found by the phrases of a codebook alone: that nobody spoke of a part in its words is "
    "not that nobody cares for it."
)


def coverage_strip(name: str, frameworks: Frameworks, corpus: Corpus) -> pd.DataFrame:
    """Count who spoke of each part of a shipped framework, in the framework's order.

    Parameters
    ----------
    name
        A shipped codebook, such as `iste_students` or `mastery_learning_roadmap`.
    frameworks
        What `read_frameworks` found in the segments.

    Returns
    -------
    pandas.DataFrame
        A row a part: `place` (its step, or its place), `theme`, `name`, `people`, `of`,
        `segments`, `status` (`auto`: coded by phrases), `is_priority` (where the
        framework was narrowed to some parts).
    """
    book = shipped(name)
    table = theme_frequency(frameworks.codings[name], corpus, codebook=book)
    rows = table.set_index("theme")[["name", "people", "of", "segments"]]
    parts = book.main_themes
    strip = rows.loc[[part.id for part in parts]].reset_index()
    strip.insert(
        0, "place", [part.extra.get("step", n) for n, part in enumerate(parts, 1)]
    )
    strip = strip.astype({"place": "int64"}).assign(
        status="auto",
        is_priority=[bool(part.extra.get("pilot_priority")) for part in parts],
    )
    strip.attrs |= {**table.attrs, "table": "strip", "caution": CAUTION}
    return strip
