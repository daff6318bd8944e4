"""Word pages with real headings, a language, a footer and words for every picture."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from empathy_insights.report.office import date_properties, one_line

if TYPE_CHECKING:
    from docx.document import Document

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
