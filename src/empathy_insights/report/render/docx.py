"""What goes on the wall: notes to stick, and cards to print, two a page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.ahead import later
from empathy_insights.files.output import save_steady
from empathy_insights.problem.sections import NO_QUOTE, NOT_LOOKED, WAITS
from empathy_insights.report.charts.letters import text_height
from empathy_insights.report.export import one_line, quoted, write_csv
from empathy_insights.report.finding import headline_said
from empathy_insights.report.first_page import bar_of, state_of
from empathy_insights.report.render.word_page import (
    PAGE_HEIGHT,
    WIDTH,
    add_bars,
    add_quote,
    add_strip,
    add_text,
    add_writing_lines,
    new_document,
)
from empathy_insights.tables import CHECKED, FIRST_LOOK
from empathy_insights.wording import of_people

if TYPE_CHECKING:
    from docx.document import Document

    from empathy_insights.codebook import Theme
    from empathy_insights.report.first_page import Bar
    from empathy_insights.report.published import Published


_SIZES = (14.0, 12.0, 11.0)
_NAME_SIZE, _SMALL = 20.0, 10.0
_LINES = 2  # to write on
_LINES_HEIGHT, _BAR_HEIGHT = 0.7, 0.25  # inches
_BETWEEN = 0.55  # from one card to the next on a page
_HALF = (PAGE_HEIGHT - 1.3) / 2 - _BETWEEN / 2
NONE_TOLD = "No theme was raised by so many people that it can be shown."


class Card(NamedTuple):
    """One theme on half a page.

    Parameters
    ----------
    headline
        What people want, as a sentence; empty where that may not be claimed.
    dissent
        What was said to the contrary, or that nothing was; empty where that would tell
        of a hidden number.
    """

    name: str
    brief: str
    headline: str
    counted: str
    quotes: list[str]
    dissent: str


class State(NamedTuple):
    """How far people have read, in words, and whether something is left."""

    words: str
    is_open: bool


class Laid(NamedTuple):
    """A card as it is printed: its bar, the points of its words, and whether a page begins."""

    card: Card
    bar: Bar
    size: float
    begins_page: bool


def sticky_notes(shown: Published) -> pd.DataFrame:
    """Return the quotes as notes for a board.

    Returns
    -------
    pandas.DataFrame
        `text`, `theme` (its name), `role` (whose words, as far as the audience may
        know), `id` (of the passage).
    """
    rows, names = shown.quotes, _names(shown)
    return pd.DataFrame(
        {
            "text": rows["text"],
            "theme": rows["theme"].map(names),
            "role": rows["said_by"],
            "id": rows["quote_id"],
        }
    )


def cards_by_theme(shown: Published) -> dict[str, Card]:
    """Return a card for each theme that somebody raised; the public's, if enough did."""
    return {row["theme"]: card_of(shown, row) for _, row in shown.carded.iterrows()}


def card_of(shown: Published, row: pd.Series) -> Card:
    """Return the card of a row of the published theme table."""
    theme = shown.run.codebook[row["theme"]]
    rows = shown.quotes[shown.quotes["theme"] == theme.id]
    said: dict[str, list[str]] = {}
    for q in rows.itertuples():
        said.setdefault(q.kind, []).append(quoted(q.text, q.said_by, q.quote_id))
    words = said.get("quote", [])
    if theme.handle_with_care:
        words = ["Its passages are handled with care and not quoted."]
    elif not words and shown.waits("quote", theme.id):
        words = [WAITS]
    finding = headline_said(shown, row)
    return Card(
        name=row["name"],
        brief=one_line(theme.brief or theme.definition),
        headline=sentence(finding) if finding else "",
        counted=_counted(row),
        quotes=words,
        dissent=" ".join(said.get("dissent", [])) or _none_found(shown, row, theme),
    )


def sentence(text: str) -> str:
    """End a finding as a sentence ends.

    Examples
    --------
    >>> sentence("Students want a say"), sentence("What do we ask?")
    ('Students want a say.', 'What do we ask?')
    """
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def write_cards(shown: Published, folder: Path) -> None:
    """Write sticky_notes.csv and theme_cards.docx into a folder."""
    write_csv(sticky_notes(shown), folder / "sticky_notes.csv")
    state = State(state_of(shown)[0], shown.run.estimate.state != CHECKED)
    write = partial(
        _write,
        _laid_out(shown, state),
        state,
        folder / "theme_cards.docx",
        date=shown.themes.attrs["date"],
        footer=f"{shown.note} {shown.source_line}",
    )
    later(write)


def _names(shown: Published) -> dict[str, str]:
    return {theme.id: theme.name for theme in shown.run.codebook}


def _counted(row: pd.Series) -> str:
    if row.get("hidden") or row["of"]:
        return of_people(row)
    return f"in {row['documents']} documents; no speakers are marked"


def _none_found(shown: Published, row: pd.Series, theme: Theme) -> str:
    if shown.waits("dissent", theme.id):
        return WAITS
    if row.get("hidden") or theme.handle_with_care:
        return ""
    if shown.run.estimate.state == FIRST_LOOK:
        return NOT_LOOKED
    if pd.isna(row["segments"]):  # of so few that they are not told
        return "None found."
    n = int(row["segments"])
    # Of an estimate, coders may have found none at all.
    return f"None found among {n} passage{'s' * (n != 1)}." if n else ""


def _laid_out(shown: Published, state: State) -> list[Laid]:
    """Return the cards, each as large as half a page has room for, two a page."""
    laid: list[Laid] = []
    is_second = False
    for _, row in shown.carded.iterrows():
        card = card_of(shown, row)
        quotes, size = _that_fit(card, state)
        height = _height(card, quotes, state, size)
        fits = is_second and height <= _HALF
        own = card._replace(quotes=quotes)
        laid.append(Laid(own, bar_of(shown, row), size, begins_page=not fits))
        is_second = not fits and height <= _HALF
    return laid


def _write(
    cards: Sequence[Laid], state: State, path: Path, *, date: str, footer: str
) -> None:
    document = new_document(
        title="Theme cards",
        date=date,
        footer=footer,
        size=_SIZES[-1],
        headings=(_NAME_SIZE, _SIZES[0]),
    )
    for card in cards:
        _add(document, card, state)
    if not cards:
        document.add_heading(NONE_TOLD, 1)
    save_steady(document.save, path)


def _add(document: Document, laid: Laid, state: State) -> None:
    from docx.shared import Inches

    card, bar, size, begins_page = laid

    start = len(document.paragraphs)
    first = add_strip(document, state.words, _SMALL, is_open=state.is_open)
    first.paragraph_format.page_break_before = begins_page and start > 0
    first.paragraph_format.space_before = Inches(0 if begins_page else _BETWEEN)
    document.add_heading(one_line(card.name), 1)
    add_text(document, card.headline or card.brief, size)
    add_text(document, card.counted, size, is_bold=True)
    add_bars(document, [bar], f"{card.name}: {card.counted}", named=False)
    for words in card.quotes or [NO_QUOTE]:
        add = add_quote if words.startswith("“") else add_text
        add(document, words, size).paragraph_format.space_before = Inches(0.06)
    if card.dissent:
        add_text(document, card.dissent, size, head="On the other hand")
    add_text(document, "What this means to us:", _SMALL)
    add_writing_lines(document, _LINES)
    for paragraph in document.paragraphs[start:-1]:
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.keep_together = True


def _that_fit(card: Card, state: State) -> tuple[list[str], float]:
    """Return the most quotes that half a page has room for, as large as they can be."""
    shortest = sorted(card.quotes, key=len)
    for n in range(len(card.quotes), 0, -1):
        kept = [words for words in card.quotes if words in shortest[:n]]
        for size in _SIZES:
            if _height(card, kept, state, size) <= _HALF:
                return kept, size
    return shortest[:1], _SIZES[-1]


def _height(card: Card, quotes: Sequence[str], state: State, size: float) -> float:
    """Return how many inches a card takes, rather too many."""
    against = f"On the other hand: {card.dissent}" if card.dissent else ""
    texts = [card.headline or card.brief, card.counted, *quotes, against]
    said = [(text, size) for text in texts if text]
    small = [(state.words, _SMALL), ("What this means to us:", _SMALL)]
    height = sum(
        text_height(text, size=points, width=WIDTH) + 0.4 * points / 72
        for text, points in [*said, *small, (card.name, 1.1 * _NAME_SIZE)]
    )
    return height + _LINES_HEIGHT + _BAR_HEIGHT + 0.06 * len(quotes) + 0.2
