"""Theme cards and pages of Word."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from empathy_insights.files.output import save_steady
from empathy_insights.problem.sections import NOT_LOOKED, WAITS
from empathy_insights.report.charts.letters import text_height
from empathy_insights.report.export import date_properties, one_line, quoted, write_csv
from empathy_insights.tables import FIRST_LOOK
from empathy_insights.wording import of_people

if TYPE_CHECKING:
    from docx.document import Document

    from empathy_insights.codebook import Theme
    from empathy_insights.report.published import Published


# Word pages with real headings, a language, a footer and words for every picture.


FONT = "Arial"
PAGE_WIDTH, PAGE_HEIGHT = 8.5, 11.0  # inches: Letter
WIDTH = 6.97  # of the words, so that they fit on A4 too
MARGIN = (PAGE_WIDTH - WIDTH) / 2
FOOTER_SIZE = 9.0
_DARK = "222222"


def new_document(
    *, title: str, date: str, footer: str, size: float, headings: tuple[float, float]
) -> Document:
    """Return an empty document, its text and two levels of headings in points.

    Parameters
    ----------
    title, date
        For the file's properties; `date` as ISO 8601.
    footer
        Whom the page is for, and what it stands on.
    """
    import docx
    from docx.shared import Inches, Pt

    document = docx.Document()
    date_properties(document.core_properties, title=title, date=date)
    section = document.sections[0]
    section.page_width, section.page_height = Inches(PAGE_WIDTH), Inches(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Inches(MARGIN)
    section.top_margin, section.bottom_margin = Inches(0.5), Inches(0.8)
    section.header_distance = section.footer_distance = Inches(0.35)
    for name, points in {"Normal": size, "List Bullet": size}.items():
        _style(document, name, points, after=0.2 * size)
    _style(document, "Quote", size, after=0.3 * size)
    for name, points in zip(("Heading 1", "Heading 2"), headings, strict=True):
        _style(document, name, points, before=0.5 * points, after=0.2 * points)
    _style(document, "Footer", FOOTER_SIZE)
    section.footer.paragraphs[0].text = one_line(footer)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(0)
    return document


def add_bullets(page: Any, lines: list[str]) -> None:  # noqa: ANN401 - page or cell
    """Add a list, a line an item, to a document or a cell."""
    for line in lines:
        page.add_paragraph(one_line(line), style="List Bullet")


def add_picture(page: Any, png: bytes, alt: str, *, width: float) -> None:  # noqa: ANN401
    """Add a picture of a width in inches, with words for those who cannot see it.

    Parameters
    ----------
    page
        A paragraph.
    """
    from docx.shared import Inches

    inline = page.add_run().add_picture(io.BytesIO(png), width=Inches(width))
    inline._inline.docPr.set("descr", one_line(alt))


def add_writing_lines(document: Document, n: int) -> None:
    """Add empty lines to write on."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for _ in range(n):
        paragraph = document.add_paragraph()
        borders = OxmlElement("w:pBdr")
        # Equal neighbours share one border, unless there is one between them.
        for side in ("bottom", "between"):
            line = OxmlElement(f"w:{side}")
            for name, value in {"val": "single", "sz": "6", "color": "808080"}.items():
                line.set(qn(f"w:{name}"), value)
            borders.append(line)
        # Word wants the border before the spacing.
        paragraph._p.get_or_add_pPr().append(borders)
        paragraph.paragraph_format.space_before = Pt(14)


def _style(
    document: Document, name: str, size: float, *, before: float = 0, after: float = 0
) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style: Any = document.styles[name]
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor.from_string(_DARK)
    properties = style.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    # The template's theme fonts would win over the one that is named here.
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for language in properties.findall(qn("w:lang")):
        properties.remove(language)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    properties.append(language)
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.line_spacing = 1.0


# What goes on the wall: notes to stick, and a page a theme to print and write on.


_SIZES = (16.0, 14.0, 12.0, 11.0)
_NAME_SIZE, _HEAD_SIZE = 26.0, 14.0
_LINES = 5  # to write on
_FRAME = 2.9  # inches of a page for headings, writing lines and what is between
NONE_TOLD = "No theme was raised by so many people that it can be shown."


class Card(NamedTuple):
    """One theme on one page.

    Parameters
    ----------
    dissent
        What was said to the contrary, or that nothing was; empty where that would tell
        of a hidden number.
    """

    name: str
    brief: str
    counted: str
    quotes: list[str]
    dissent: str


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
    return Card(
        name=row["name"],
        brief=one_line(theme.brief or theme.definition),
        counted=_counted(row),
        quotes=words,
        dissent=" ".join(said.get("dissent", [])) or _none_found(shown, row, theme),
    )


def write_cards(shown: Published, folder: Path) -> None:
    """Write sticky_notes.csv and theme_cards.docx into a folder."""
    write_csv(sticky_notes(shown), folder / "sticky_notes.csv")
    document = _document(shown, list(cards_by_theme(shown).values()))
    save_steady(document.save, folder / "theme_cards.docx")


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
    n = int(row["segments"])
    # Of an estimate, coders may have found none at all.
    return f"None found among {n} passage{'s' * (n != 1)}." if n else ""


def _document(shown: Published, some: list[Card]) -> Document:
    document = new_document(
        title="Theme cards",
        date=shown.themes.attrs["date"],
        footer=f"{shown.note} {shown.source_line}",
        size=_SIZES[-1],
        headings=(_NAME_SIZE, _HEAD_SIZE),
    )
    for n, card in enumerate(some):
        _add(document, card, is_first=n == 0)
    if not some:
        document.add_heading(NONE_TOLD, 1)
    return document


def _add(document: Document, card: Card, *, is_first: bool) -> None:
    size = next((size for size in _SIZES if _fits(card, size)), _SIZES[-1])
    document.add_heading(
        one_line(card.name), 1
    ).paragraph_format.page_break_before = not is_first
    _paragraph(document, card.brief, size)
    _paragraph(document, card.counted, size, style="Strong")
    document.add_heading("In their words", 2)
    for words in card.quotes or ["No quote can be shown."]:
        _paragraph(document, words, size)
    if card.dissent:
        document.add_heading("On the other hand", 2)
        _paragraph(document, card.dissent, size)
    document.add_heading("What this means to us", 2)
    add_writing_lines(document, _LINES)


def _paragraph(
    document: Document, text: str, size: float, style: str | None = None
) -> None:
    from docx.shared import Pt

    if text:
        paragraph = document.add_paragraph()
        paragraph.add_run(one_line(text), style).font.size = Pt(size)
        paragraph.paragraph_format.space_after = Pt(0.5 * size)


def _fits(card: Card, size: float) -> bool:
    texts = [card.brief, card.counted, *card.quotes, card.dissent]
    height = sum(
        text_height(text, size=size, width=WIDTH) + 0.5 * size / 72 for text in texts
    )
    name = text_height(card.name, size=_NAME_SIZE, width=WIDTH)
    return height + name + _FRAME <= PAGE_HEIGHT - 2 * MARGIN
