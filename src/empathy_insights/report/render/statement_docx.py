"""The problem of practice as one Word page that a team can edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from empathy_insights.files.output import save_steady
from empathy_insights.report.charts.letters import text_height
from empathy_insights.report.charts.style import LIGHT
from empathy_insights.report.charts.themes import alt_text_of_themes
from empathy_insights.report.export import one_line, quoted
from empathy_insights.report.first_page import top_bars
from empathy_insights.report.render.word_page import (
    FOOTER_SIZE,
    PAGE_HEIGHT,
    WIDTH,
    add_bars,
    add_quote,
    add_strip,
    frame,
    new_document,
)

if TYPE_CHECKING:
    from docx.document import Document

    from empathy_insights.problem.sections import Quote, Section, SectionLine
    from empathy_insights.report.published import Published


_SIZES = (10.5, 10.0, 9.5, 9.0)
_QUESTION_SIZE, _HEAD_SIZE = 16.0, 11.0
_BAR_HEIGHT = 0.24  # inches
_INDENT = 0.25  # inches of a list
_MOST_QUOTES = 3
_POINTS = 72
_ROOM = PAGE_HEIGHT - 1.3  # between the margins
_ON_THE_PAGE = (
    "quote", "dissent", "left_out", "unsupported", "commitments", "missing", "asked",
)  # fmt: skip
_QUESTION, _HEAD, _ITEM, _TEXT = "Heading 1", "Heading 2", "List Bullet", "Normal"
_QUOTE, _STRIP = "Quote", "Strip"
_SIDES = ("top", "left", "bottom", "right")


class Block(NamedTuple):
    """A paragraph: its style and its words."""

    style: str
    text: str


def statement_blocks(told: Mapping[str, Section]) -> list[Block]:
    """Return what the page says of a statement, after the question and its reasons."""
    there = [key for key in _ON_THE_PAGE if key in told]
    return [block for key in there for block in _blocks(told[key], key)]


def _open(told: Mapping[str, Section]) -> list[Block]:
    """Say on a line each what is blank, and how far people have read, if not all."""
    sections = [told[key] for key in ("blank", "state") if key in told]
    return [
        Block(_STRIP, f"{section.title}: {' '.join(map(str, section.lines))}")
        for section in sections
    ]


def _blocks(section: Section, key: str) -> list[Block]:
    if section.quotes:
        quotes = [Block(_QUOTE, text) for text in _shortest(section.quotes)]
        return [Block(_HEAD, section.title), *quotes]
    said = [str(line) for line in section.lines]
    if key == "left_out":
        said = ["; ".join(_by_count(section.lines))]
    elif section.runs_on:
        said = [", ".join(said)]
    elif said:
        return [Block(_HEAD, section.title), *(Block(_ITEM, text) for text in said)]
    return [Block(_HEAD, section.title), Block(_TEXT, "".join(said) or section.nothing)]


def write_statement(shown: Published, folder: Path) -> None:
    """Write problem_of_practice.docx into a folder, where there is a problem."""
    problem = shown.problem
    if problem is None:
        return
    rest = statement_blocks(shown.sections)
    reasons = _blocks(shown.sections["because"], "because")
    before = [*_open(shown.sections), Block(_QUESTION, problem.question), *reasons]
    bars, footer = top_bars(shown), f"{shown.note} {shown.source_line}"
    size = _largest([*before, *rest], len(bars), footer)
    document = new_document(
        title=problem.question, date=shown.themes.attrs["date"], footer=footer,
        size=size, headings=(_QUESTION_SIZE, _HEAD_SIZE),
    )  # fmt: skip
    for block in before:
        _add(document, block, size)
    if bars:
        drawn = shown.themes["theme"].isin([bar.theme for bar in bars])
        add_bars(document, bars, alt_text_of_themes(shown.themes[drawn]))
    for block in rest:
        _add(document, block, size)
    save_steady(document.save, folder / "problem_of_practice.docx")


def _add(document: Document, block: Block, size: float) -> None:
    if block.style == _STRIP:
        add_strip(document, block.text, size, is_open=True)
    elif block.style == _QUOTE:
        add_quote(document, block.text, size)
    else:
        paragraph = document.add_paragraph(one_line(block.text), style=block.style)
        if block.style == _QUESTION:
            frame(paragraph, dict.fromkeys(_SIDES, (LIGHT.hue, 12)))


def page_height(blocks: list[Block], size: float, bars: int = 0) -> float:
    """Return how many inches a page takes with its bars, rather too many."""
    return bars * _BAR_HEIGHT + sum(_height(block, size) for block in blocks)


def _largest(blocks: list[Block], bars: int, footer: str) -> float:
    foot = text_height(footer, size=FOOTER_SIZE, width=WIDTH)
    # The margin has room for one line of it.
    room = _ROOM - max(0.0, foot - 2 * FOOTER_SIZE / _POINTS)
    fits = (size for size in _SIZES if page_height(blocks, size, bars) <= room)
    return next(fits, _SIZES[-1])


def _height(block: Block, size: float) -> float:
    points = {_QUESTION: _QUESTION_SIZE, _HEAD: _HEAD_SIZE}.get(block.style, size)
    around = {_QUESTION: 1.2, _HEAD: 0.7, _QUOTE: 0.5, _STRIP: 0.5}.get(
        block.style, 0.2
    )
    width = WIDTH - _INDENT if block.style == _ITEM else WIDTH
    text = text_height(one_line(block.text), size=points, width=width)
    return text + around * points / _POINTS


def _shortest(quotes: Sequence[Quote]) -> list[str]:
    """Return the shortest quote of each theme: short ones are left whole on a page."""
    ranked = sorted(quotes, key=lambda quote: (quote.theme, len(quote.text)))
    of_theme = {quote.theme: quote for quote in reversed(ranked)}
    chosen = {quote.text: quote for quote in of_theme.values()}
    return [
        quoted(quote.text, quote.said_by, quote.quote_id)
        for quote in sorted(chosen.values(), key=quotes.index)[:_MOST_QUOTES]
    ]


def _by_count(lines: Sequence[SectionLine]) -> list[str]:
    """Say themes by their number of people: `8 of 41: art, bus`, `7 of 41: food`."""
    names: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        names[line.aside].append(line.text)
    # Sorted, since the order of hidden themes would say which of them more people raised.
    return [f"{count}: {', '.join(sorted(some))}" for count, some in names.items()]
