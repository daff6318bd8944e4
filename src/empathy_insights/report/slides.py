"""insights.pptx: the finding, who said it, who is missing, and what a team decides."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.frequency_rows import VERBAL_SCALE
from empathy_insights.analysis.shown import is_raised, is_shown
from empathy_insights.report.cards import card_of
from empathy_insights.report.charts import (
    alt_text_of_themes,
    plot_themes,
    themes_finding,
)
from empathy_insights.report.charts_groups import (
    alt_text_of_groups,
    group_finding,
    plot_by_group,
)
from empathy_insights.report.charts_voices import (
    alt_text_of_voices,
    plot_voices,
    voices_finding,
)
from empathy_insights.report.finding import finding
from empathy_insights.report.slide_pages import Drawing, Slide, write_deck
from empathy_insights.report.statement_docx import asked
from empathy_insights.report.style import wrap

if TYPE_CHECKING:
    from empathy_insights.problem.build import ProblemOfPractice
    from empathy_insights.report.published import Published

_ROWS_HEIGHT = 3.3  # inches of a chart for its rows, at the size it is drawn
_LINE = 0.21  # inches of a line of a name
_MOST_ROWS = 8


def write_slides(shown: Published, folder: Path) -> None:
    """Write insights.pptx into a folder."""
    write_deck(
        slides_of(shown),
        folder / "insights.pptx",
        foot=shown.source_line,
        notes=f"{shown.note} {shown.source_line}. {shown.run.manifest['made_with']}",
        date=shown.themes.attrs["date"],
    )


def slides_of(shown: Published) -> list[Slide]:
    """Return what the slides say, before they are set."""
    problem = shown.problem
    slides = [
        _opening(shown),
        *_ranked(shown.themes),
        *_by_role(shown),
        _voices(shown.voices),
    ]
    if problem is not None:
        rows = shown.themes.set_index("theme", drop=False)
        slides += [_theme(shown, rows.loc[theme]) for theme in problem.picked]
        slides += [_question(problem), _next(problem)]
    return [*slides, _made(shown)]


def _opening(shown: Published) -> Slide:
    heard, most, then, caution, _ = finding(shown)
    return Slide(most, [heard, then, caution, shown.note])


def _ranked(themes: pd.DataFrame) -> list[Slide]:
    raised = themes[is_raised(themes)]
    if not (is_shown(raised) & (raised["of"].fillna(0) > 0)).any():
        return []
    drawn = raised.head(_rows(raised["name"])).reset_index(drop=True)
    drawing = Drawing(partial(plot_themes, drawn), alt_text_of_themes(drawn))
    return [Slide(themes_finding(themes), _drawn(drawn, raised, "themes"), drawing)]


def _by_role(shown: Published) -> list[Slide]:
    table, by = shown.by_role, shown.group_column
    if not (is_raised(table) & is_shown(table)).any():
        return []
    raised = table[is_raised(table)]
    names = [name for name in shown.themes["name"] if name in set(raised["name"])]
    order = names[: _rows(pd.Series(names))]
    drawing = Drawing(
        partial(plot_by_group, table, by=by, order=order),
        alt_text_of_groups(table, by, order=order),
    )
    body = _drawn(pd.DataFrame(order), pd.DataFrame(names), "themes_by_role")
    return [Slide(group_finding(table, by), body, drawing)]


def _voices(voices: pd.DataFrame) -> Slide:
    # Those who are missing first, where not all rows have room.
    ranked = voices.assign(said_=voices["reading"] == "").sort_values(
        "said_", kind="stable"
    )
    kept = ranked.index[: _rows(voices["value"])].sort_values()
    drawn = voices.loc[kept]
    drawing = Drawing(partial(plot_voices, drawn), alt_text_of_voices(drawn))
    return Slide(voices_finding(voices), _drawn(drawn, voices, "voices"), drawing)


def _theme(shown: Published, row: pd.Series) -> Slide:
    card = card_of(shown, row)
    dissent = [f"On the other hand: {card.dissent}"] if card.dissent else []
    return Slide(
        f"{card.name}: {card.counted}",
        [card.brief, *(card.quotes or ["No quote can be shown."]), *dissent],
    )


def _question(problem: ProblemOfPractice) -> Slide:
    others = [
        text for text in problem.candidates["question"] if text != problem.question
    ]
    body = [f"Or: {text}" for text in others]
    return Slide(problem.question, body or ["No other wording is offered."])


def _next(problem: ProblemOfPractice) -> Slide:
    questions = asked(problem)
    n = len(questions)
    title = (
        f"Before the team decides: {n} question{'s' * (n != 1)} for a person to answer"
    )
    unsupported = ", ".join(problem.unsupported)
    alone = [f"Raised by nobody we heard, and in the question: {unsupported}."]
    return Slide(
        title,
        [
            *questions,
            *(alone if unsupported else []),
            "Read the quotes that speak against it, and choose 1 to 3 themes together.",
        ],
    )


def _made(shown: Published) -> Slide:
    scale = ", ".join(f"{word} from {least:.0%}" for least, word in VERBAL_SCALE)
    return Slide(
        "How this was made, and what it cannot say",
        [
            f"{shown.source_line}.",
            "A person counts once for a theme, however often they return to it.",
            "Intervals are a caution about people who were not heard, no forecast.",
            f"Words for shares: {scale}.",
            shown.note,
            str(shown.run.manifest["made_with"]),
        ],
    )


def _rows(names: pd.Series) -> int:
    """Return how many rows of a chart have room on a slide, by the longest name."""
    lines = max((wrap(str(name), 30).count("\n") + 1 for name in names), default=1)
    return min(_MOST_ROWS, max(1, int(_ROWS_HEIGHT / (lines * _LINE))))


def _drawn(drawn: pd.DataFrame, of: pd.DataFrame, table: str) -> list[str]:
    """Say which rows are drawn where not all are."""
    if len(drawn) == len(of):
        return []
    return [f"{len(drawn)} of {len(of)} rows are drawn; all are in tables/{table}.csv."]
