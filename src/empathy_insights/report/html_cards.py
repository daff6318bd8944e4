"""The theme cards of the report: a count, what it means, and the words behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.located import counted, locate
from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.problem.wording import insight, of_people, share_word
from empathy_insights.publishing import audience_of
from empathy_insights.report.numbers import Number, number, sentence

if TYPE_CHECKING:
    from empathy_insights.report.passages import Passages
    from empathy_insights.report.published import Published

MOST_LISTED = 20  # passages of a theme that are markup; all others are data


def cards(shown: Published, passages: Passages) -> list[dict[str, object]]:
    """Return a card for each theme that somebody raised, as far as it may be told."""
    run = shown.run
    found = locate(counted(run.codings), run.corpus)
    by_theme = dict(list(found.groupby("theme")))
    return [
        _card(shown, row, by_theme.get(row["theme"], found.head(0)), passages)
        for _, row in shown.carded.iterrows()
    ]


def _card(
    shown: Published, row: pd.Series, found: pd.DataFrame, passages: Passages
) -> dict[str, object]:
    theme = shown.run.codebook[row["theme"]]
    quotes = shown.quotes[shown.quotes["theme"] == theme.id]
    stances = people_by_stance(found).sum()
    least = audience_of(shown.audience).least
    behind = passages.open[passages.open["theme"] == theme.id].sort_values("passage")
    said = insight(row, stances, least=least)
    about = of_people(row)
    return {
        "id": theme.id,
        "theme": theme,
        "counted": number(passages, about, theme.name, theme=theme.id),
        "word": share_word(row),
        "insight": sentence(passages, said, about, theme=theme.id, name=theme.name),
        "quotes": quotes[quotes["kind"] == "quote"].to_dict("records"),
        "dissent": quotes[quotes["kind"] == "dissent"].to_dict("records"),
        "quote_waits": shown.waits("quote", theme.id),
        "dissent_waits": shown.waits("dissent", theme.id),
        "is_dissent_told": not row.get("hidden"),
        "passages": _listed(behind.head(MOST_LISTED)),
        "are_more": len(behind) > MOST_LISTED,
        "n_passages": len(behind),
        "withheld": len(found) - len(behind) if shown.is_team else 0,
        "are_some_withheld": len(found) > len(behind),
    }


def _listed(behind: pd.DataFrame) -> list[dict[str, object]]:
    return [
        {
            "before": row.text[: row.first],
            "evidence": row.text[row.first : row.last],
            "after": row.text[row.last :],
            "who": row.who,
            "place": f", {row.place}" if row.place else "",
            "id": row.passage,
            "why": row.why,
        }
        for row in behind.itertuples()
    ]


def insights(shown: Published, passages: Passages) -> list[list[Number]]:
    """Return the sentences that the problem of practice stands on, with their numbers."""
    if shown.problem is None:
        return []
    themes = shown.themes.set_index("theme", drop=False)
    return [
        sentence(
            passages,
            row["sentence"],
            of_people(themes.loc[row["theme"]]),
            theme=row["theme"],
            name=row["name"],
        )
        for row in shown.problem.insights.to_dict("records")
    ]
