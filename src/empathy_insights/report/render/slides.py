"""insights.pptx: the finding, who said it, who is missing, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.table_facts import is_raised, is_shown
from empathy_insights.corpus import how_many
from empathy_insights.problem.sections import NO_QUOTE
from empathy_insights.report.charts.groups import (
    alt_text_of_groups,
    group_finding,
    plot_by_group,
)
from empathy_insights.report.charts.style import draw_later
from empathy_insights.report.charts.themes import alt_text_of_themes, themes_finding
from empathy_insights.report.charts.voice_charts import alt_text_of_voices, voice_bars
from empathy_insights.report.first_page import Bar, bar_of, first_page, fit_to_open_with
from empathy_insights.report.render.deck import Bars, Drawing, Slide, write_deck
from empathy_insights.report.render.docx import card_of, sentence
from empathy_insights.tables import CHECKED

if TYPE_CHECKING:
    from empathy_insights.problem.sections import Section
    from empathy_insights.report.first_page import FirstPage
    from empathy_insights.report.published import Published

_MOST_ROWS, _MOST_NAMED = 7, 5  # rows of voices, and of themes by role
_LONG = "What was said is too long for a slide; theme_cards.docx has it."


def write_slides(shown: Published, folder: Path) -> None:
    """Write insights.pptx into a folder."""
    write = partial(
        write_deck,
        slides_of(shown),
        folder / "insights.pptx",
        foot=shown.source_line,
        notes=f"{shown.note} {shown.source_line}. {shown.run.manifest['made_with']}",
        date=shown.themes.attrs["date"],
    )
    draw_later(write)


def slides_of(shown: Published) -> list[Slide]:
    """Return what the slides say, before they are set."""
    page = first_page(shown)
    state = "" if shown.run.estimate.state == CHECKED else page.state
    slides = [_opening(shown, page, state)]
    slides += [
        slide._replace(state=state)
        for slide in (
            *_ranked(shown, page), *_by_role(shown), _voices(shown, page),
            *_themes(shown), *_question(shown),
        )
    ]  # fmt: skip
    return [*slides, *_asked(shown.sections), _next(shown, page)]


def _opening(shown: Published, page: FirstPage, state: str) -> Slide:
    told = page.state_more if state else f"{page.state} {page.state_more}"
    body = filter(None, [told, page.lead, page.heard, shown.note])
    return Slide(sentence(page.title), list(body), state)


def _ranked(shown: Published, page: FirstPage) -> list[Slide]:
    themes = shown.themes
    if not page.bars:
        return []
    drawn = themes[themes["theme"].isin([bar.theme for bar in page.bars])]
    alt = alt_text_of_themes(drawn)
    n, of = len(drawn), int(is_raised(themes).sum())
    rest = f" {n} of {of} themes are drawn; all are in tables/themes.csv."
    return [
        Slide(
            sentence(themes_finding(themes)),
            [page.reading_bars],
            chart=Bars(page.bars, alt),
            notes=f"{alt}{rest if n < of else ''}",
        )
    ]


def _by_role(shown: Published) -> list[Slide]:
    """Draw who speaks of what: themes of which some number is told."""
    table, by = shown.by_role, shown.group_column
    told = set(table.loc[is_raised(table) & is_shown(table), "name"])
    if not told:
        return []
    order = [name for name in shown.themes["name"] if name in told][:_MOST_NAMED]
    alt = alt_text_of_groups(table, by, order=order)
    draw = partial(plot_by_group, table, by=by, order=order)
    return [
        Slide(
            sentence(group_finding(table, by)),
            chart=Drawing(draw, alt),
            notes=f"{alt} All are in tables/themes_by_role.csv.",
        )
    ]


def _voices(shown: Published, page: FirstPage) -> Slide:
    table = shown.voices
    # Those who are missing first, where not all rows have room.
    ranked = table["reading"].eq("").sort_values(kind="stable").index[:_MOST_ROWS]
    drawn = table.loc[ranked.sort_values()]
    rows = [Bar("", *row) for row in voice_bars(drawn)]
    alt = alt_text_of_voices(drawn)
    return Slide(
        page.missing, [page.heard], chart=Bars(rows, alt) if rows else None, notes=alt
    )


def _themes(shown: Published) -> list[Slide]:
    if shown.problem is None:
        return []
    rows = shown.themes.set_index("theme", drop=False)
    insights = {line.theme: line.text for line in shown.sections["because"].lines}
    return [
        _theme(shown, rows.loc[theme], insights.get(theme, ""))
        for theme in shown.problem.picked
    ]


def _theme(shown: Published, row: pd.Series, insight: str) -> Slide:
    """Say one theme as its card does: the finding, the number, the words, the limits."""
    card, theme = card_of(shown, row), shown.run.codebook[row["theme"]]
    title = card.headline or insight or f"{card.name}: {card.counted}"
    quotes = shown.quotes[shown.quotes["theme"] == theme.id]
    said, against = (
        fit_to_open_with(quotes[quotes["kind"] == kind])
        for kind in ("quote", "dissent")
    )
    dissent = f"“{against['text']}” - {against['said_by']}" if against else card.dissent
    # Where it is not quoted, the card says why.
    instead = [] if said else [_instead(card.quotes)]
    return Slide(
        sentence(title),
        [*instead, *([f"On the other hand: {dissent}"] if dissent else [])],
        chart=Bars([bar_of(shown, row)], f"Bar chart. {card.name}: {card.counted}."),
        quote=f"“{said['text']}”" if said else "",
        said_by=str(said["said_by"]) if said else "",
        has_heads=True,
        notes=f"{card.name}: {card.counted}. {card.brief}",
    )


def _instead(quotes: Sequence[str]) -> str:
    if not quotes:
        return NO_QUOTE
    return _LONG if quotes[0].startswith("“") else quotes[0]


def _question(shown: Published) -> list[Slide]:
    if shown.problem is None:
        return []
    told = shown.sections
    others = [f"Or: {text}" for text in _lines(told, "candidates", bare=True)]
    before = [*_lines(told, "blank"), *_lines(told, "state")]
    body = [*before, *(others or ["No other wording is offered."])]
    return [Slide(shown.problem.question, body, has_heads=True)]


def _lines(told: Mapping[str, Section], key: str, *, bare: bool = False) -> list[str]:
    lines = told[key].lines if key in told else ()
    return [line.text if bare else str(line) for line in lines]


def _asked(told: Mapping[str, Section]) -> list[Slide]:
    questions = _lines(told, "asked")
    if not questions:
        return []
    unsupported = ", ".join(_lines(told, "unsupported"))
    alone = [f"In the question, but in no theme that people raised: {unsupported}."]
    title = f"Before the team decides, people answer {how_many(len(questions), 'question')}."
    return [Slide(title, [*questions, *(alone if unsupported else [])], has_heads=True)]


def _next(shown: Published, page: FirstPage) -> Slide:
    choose = "Read the quotes that speak against it, and choose 1 to 3 themes together."
    return Slide(
        page.following,
        [
            *([choose] if shown.problem is not None else []),
            "A person counts once for a theme, however often they return to it.",
            "A range is a caution about what has not been read or heard, no forecast.",
            "methods.html says how this was made.",
        ],
    )
