"""Pages of Word in the look of the report: headings, a strip, bars, quotes, lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from empathy_insights.report.charts.style import LIGHT
from empathy_insights.report.export import date_properties, one_line

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from empathy_insights.report.first_page import Bar

_WRITTEN_ON = "#808080"
FONT = "Arial"
PAGE_WIDTH, PAGE_HEIGHT = 8.5, 11.0  # inches: Letter
WIDTH = 6.97  # of the words, so that they fit on A4 too
MARGIN = (PAGE_WIDTH - WIDTH) / 2
FOOTER_SIZE = 9.0


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


def add_writing_lines(document: Document, n: int) -> None:
    """Add empty lines to write on."""
    from docx.shared import Pt

    line = (_WRITTEN_ON, 6)
    for _ in range(n):
        # Equal neighbours share one border, unless there is one between them.
        paragraph = frame(document.add_paragraph(), {"bottom": line, "between": line})
        paragraph.paragraph_format.space_before = Pt(14)


def _style(
    document: Document, name: str, size: float, *, before: float = 0, after: float = 0
) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style: Any = document.styles[name]
    style.font.name, style.font.size = FONT, Pt(size)
    style.font.color.rgb = RGBColor.from_string(LIGHT.text[1:])
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


def add_text(
    document: Document,
    text: str,
    size: float,
    *,
    style: str = "Normal",
    head: str = "",
    is_bold: bool = False,
) -> Paragraph:
    """Add a paragraph, in points; `head` stands bold before it."""
    from docx.shared import Pt

    paragraph = document.add_paragraph(style=style)
    parts = [(f"{head}: ", True), (one_line(text), is_bold)][not head :]
    for said, bold in parts:
        run = paragraph.add_run(said)
        run.bold, run.font.size = bold or None, Pt(size)
    paragraph.paragraph_format.space_after = Pt(0.4 * size)
    return paragraph


def frame(
    paragraph: Paragraph, sides: Mapping[str, tuple[str, int]], *, ground: str = ""
) -> Paragraph:
    """Put lines beside a paragraph, a colour and eighths of a point a side, and a ground."""
    form = paragraph._p.get_or_add_pPr()
    borders = _element("w:pBdr")
    for side, (color, width) in sides.items():
        line = {"val": "single", "sz": str(width), "space": "6", "color": color[1:]}
        borders.append(_element(f"w:{side}", line))
    after = ("w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    form.insert_element_before(borders, "w:shd", *after)
    if ground:
        shade = {"val": "clear", "color": "auto", "fill": ground[1:]}
        form.insert_element_before(_element("w:shd", shade), *after)
    return paragraph


def add_strip(
    document: Document, text: str, size: float, *, is_open: bool
) -> Paragraph:
    """Say how far people have read, as the page says it; `is_open`: not all of it."""
    edge = LIGHT.care if is_open else LIGHT.hue
    ground = LIGHT.caution if is_open else LIGHT.track
    return frame(add_text(document, text, size), {"left": (edge, 36)}, ground=ground)


def add_quote(document: Document, text: str, size: float) -> Paragraph:
    """Add the words of one person, beside a line."""
    return frame(add_text(document, text, size), {"left": (LIGHT.hue, 18)})


def add_bars(
    document: Document, rows: Sequence[Bar], alt: str, *, named: bool = True
) -> None:
    """Add a bar a row: solid as far as it is sure, striped as far as it may be.

    The cells of a table are the bars, so that they print sharply and can be edited.

    Parameters
    ----------
    named
        Whether each bar stands between its name and its number.
    """
    from docx.oxml.ns import qn

    names, bars = _BESIDE if named else (0.0, WIDTH)
    parts = [_segments(row, bars) for row in rows]
    ends = {names, names + bars, WIDTH} | {
        names + end for row in parts for end, *_ in row
    }
    edges = sorted({0.0, *ends})
    grid = [round(right - left, 3) for left, right in pairwise(edges)]
    table: Any = document.add_table(len(rows), len(grid))
    table.autofit = False
    for column, wide in zip(table.columns, grid, strict=True):
        column.width = _inches(wide)
    table._tbl.tblPr.append(_element("w:tblDescription", {"val": one_line(alt)}))
    between = _element("w:tblBorders")
    between.append(_element("w:insideH", _GROUND_LINE))
    table._tbl.tblPr.find(qn("w:tblLayout")).addprevious(between)
    for line, row, segments in zip(table.rows, rows, parts, strict=True):
        for cell, wide in zip(line.cells, grid, strict=True):
            cell.width = _inches(wide)
        for left, right, form in _cells(row, segments, names, bars, named=named):
            first, last = edges.index(left), edges.index(right) - 1
            _fill(line.cells[first].merge(line.cells[last]), form)


_BESIDE = (2.1, 3.0)  # inches of a name, and of a bar
_GROUND_LINE = {"val": "single", "sz": "24", "color": LIGHT.ground[1:]}
_FLAT = 7.0  # points of the letters in a bar, where there are none
_SIZE = 9.0


def _segments(row: Bar, wide: float) -> list[tuple[float, dict[str, str]]]:
    """Return to where each part of a bar reaches in inches, and how it is filled."""
    sure, most = (
        round(wide * min(end, 100.0) / 100, 2) for end in (row.sure, row.most)
    )
    fills = (
        (sure, {"val": "clear", "color": "auto", "fill": LIGHT.hue[1:]}),
        (most, {"val": "diagStripe", "color": LIGHT.hue[1:], "fill": LIGHT.ground[1:]}),
        (wide, {"val": "clear", "color": "auto", "fill": LIGHT.track[1:]}),
    )
    reached, kept = 0.0, []
    for end, fill in fills:
        if end - reached > 0.02:
            kept.append((end, fill))
            reached = end
    return kept


def _cells(
    row: Bar,
    segments: Sequence[tuple[float, dict[str, str]]],
    names: float,
    bars: float,
    *,
    named: bool,
) -> list[tuple[float, float, str | dict[str, str]]]:
    """Return the cells of a row: from where, to where, and its words or its fill."""
    starts = [0.0, *(end for end, _ in segments)]
    cells: list[tuple[float, float, str | dict[str, str]]] = [
        (names + start, names + end, fill)
        for start, (end, fill) in zip(starts, segments, strict=False)
    ]
    if named:
        return [(0.0, names, row.name), *cells, (names + bars, WIDTH, row.said)]
    return cells


def _fill(cell: Any, form: str | dict[str, str]) -> None:  # noqa: ANN401
    from docx.shared import Pt

    [paragraph, *_] = cell.paragraphs
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.paragraph_format.keep_with_next = True
    if isinstance(form, str):
        paragraph.add_run(one_line(form)).font.size = Pt(_SIZE)
    else:
        paragraph.add_run().font.size = Pt(_FLAT)
        cell._tc.get_or_add_tcPr().append(_element("w:shd", form))


def _inches(number: float) -> Any:  # noqa: ANN401 - a length of the library
    from docx.shared import Inches

    return Inches(number)


def _element(name: str, values: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(name)
    for key, value in (values or {}).items():
        element.set(qn(f"w:{key}"), value)
    return element
