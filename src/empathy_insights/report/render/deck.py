"""A deck that a team can edit: sentences as titles, native bars, one quote, no bullets."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from empathy_insights.files.output import save_steady
from empathy_insights.report.charts.letters import split_at, text_height
from empathy_insights.report.charts.style import (
    LIGHT,
    picture,
)
from empathy_insights.report.export import date_properties, one_line
from empathy_insights.report.render.native_bars import FONT, add_bars, qn, rgb

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pptx.presentation import Presentation
    from pptx.slide import Slide as PowerPointSlide
    from pptx.util import Length

    from empathy_insights.report.first_page import Bar

SMALLEST = 14.0  # points, on any slide
SCALE = SMALLEST / LIGHT.note_size  # of a chart's letters
_WIDTH, _HEIGHT = 13.333, 7.5
_EDGE, _TOP = 0.6, 0.35
BODY_WIDTH = _WIDTH - 2 * _EDGE
_INSET, _GAP = 0.05, 0.15
_STATE_HEIGHT, _FOOT = 0.42, 0.5
_TITLE_SIZES, _BODY_SIZES = (36.0, 32.0, 28.0, 24.0), (24.0, 20.0, 18.0, 16.0)
_QUOTE_SIZES = (32.0, 28.0, 24.0, 20.0)
_TITLE_LINES = 2  # at the larger sizes
_INDENT = 0.3  # of a quote
_BETWEEN = 8.0  # points between paragraphs
_ROW = 0.85  # inches of a bar at most, with the space around it
_LEAST_ROW = 0.42
_PICTURE_HEIGHT = 3.2  # at least
_TEXT_LAYOUT, _CHART_LAYOUT = 1, 5


class Bars(NamedTuple):
    """Bars that PowerPoint draws and edits, and words for them; percent of all heard."""

    rows: Sequence[Bar]
    alt: str


class Drawing(NamedTuple):
    """A chart that is drawn to the room a slide has, and words for it."""

    draw: Callable[..., Axes]
    alt: str


class Slide(NamedTuple):
    """What one slide says.

    Parameters
    ----------
    title
        The finding, as a sentence.
    body
        Paragraphs.
    has_heads
        Whether what stands before a paragraph's colon is set bold.
    state
        How far people have read, where its numbers depend on that.
    quote, said_by
        The words of one person.
    notes
        For the speaker.
    """

    title: str
    body: Sequence[str] = ()
    state: str = ""
    chart: Bars | Drawing | None = None
    quote: str = ""
    said_by: str = ""
    has_heads: bool = False
    notes: str = ""


def write_deck(
    slides: Sequence[Slide], path: Path, *, foot: str, notes: str, date: str
) -> None:
    """Write slides; a text that has no room on one goes on on the next.

    Parameters
    ----------
    foot
        A line below every slide.
    notes
        What every slide's notes say.
    date
        For the file's properties, as ISO 8601.
    """
    import pptx
    from pptx.util import Inches

    deck = pptx.Presentation()
    _widen(deck, _WIDTH / (deck.slide_width or 1) * Inches(1))
    date_properties(deck.core_properties, title=slides[0].title, date=date)
    for slide in slides:
        for page in _pages(slide):
            _add(deck, page, foot, notes)
    save_steady(deck.save, path)


def _widen(deck: Presentation, factor: float) -> None:
    """Make a deck as wide as screens are, with what its layouts hold."""
    from pptx.util import Inches

    deck.slide_width, deck.slide_height = Inches(_WIDTH), Inches(_HEIGHT)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.shapes:
            shape.left, shape.width = (
                int(shape.left * factor),
                int(shape.width * factor),
            )


# How much room everything takes; what has none goes on on another slide.


def _pages(slide: Slide) -> list[Slide]:
    if _spare(slide, -1) >= 0:
        return [slide]
    said = [f"{slide.quote} - {slide.said_by}"] if slide.quote else []
    rest = slide._replace(chart=None, quote="", said_by="")
    first = [slide._replace(quote="", body=[])] if slide.chart else []
    pages = [
        *first, *(rest._replace(body=part) for part in _parts(rest, [*said, *slide.body]))
    ]  # fmt: skip
    return [
        page._replace(title=_numbered(slide.title, n, len(pages)))
        for n, page in enumerate(pages, 1)
    ]


def _parts(slide: Slide, texts: Sequence[str]) -> list[list[str]]:
    """Split texts into what has room on a slide each."""
    size = _BODY_SIZES[-1]
    room = _HEIGHT - _FOOT - _below_title(_numbered(slide.title, 88, 88), slide.state)
    most = max(1, int(room * 72 / (size * 1.2)) - 1)
    width = BODY_WIDTH - 2 * _INSET
    pages: list[list[str]] = [[]]
    for text in texts:
        for part in split_at(one_line(text), most, size=size, width=width):
            if pages[-1] and _body_height([*pages[-1], part], size) > room - _GAP:
                pages.append([])
            pages[-1].append(part)
    return pages


def _numbered(title: str, n: int, of: int) -> str:
    return title if of == 1 else f"{title} ({n} of {of})"


def _spare(slide: Slide, step: int) -> float:
    """Return the room in inches that is left, letters and bars of a step of their sizes."""
    chart = _chart_height(slide.chart, step) + _GAP * bool(slide.chart)
    below = _below_title(slide.title, slide.state)
    taken = _quote_height(slide, _QUOTE_SIZES[step])
    taken += _body_height(slide.body, _BODY_SIZES[step])
    return _HEIGHT - _FOOT - below - chart - taken - _GAP


def _chart_height(chart: Bars | Drawing | None, step: int) -> float:
    """Return the least height that a chart has in inches, at a step of sizes."""
    if isinstance(chart, Bars):
        return (_LEAST_ROW if step else _ROW) * len(chart.rows)
    return _PICTURE_HEIGHT if chart else 0.0


def _step(slide: Slide) -> int:
    """Return the largest step of sizes that has room."""
    steps = range(len(_BODY_SIZES))
    return next((step for step in steps if _spare(slide, step) >= 0), steps[-1])


def _body_height(texts: Sequence[str], size: float) -> float:
    width = BODY_WIDTH - 2 * _INSET
    heights = [text_height(one_line(text), size=size, width=width) for text in texts]
    return sum(heights) + len(heights) * _BETWEEN / 72 + 2 * _INSET * bool(heights)


def _quote_height(slide: Slide, size: float) -> float:
    if not slide.quote:
        return 0.0
    width = BODY_WIDTH - _INDENT - 2 * _INSET
    words = text_height(one_line(slide.quote), size=size, width=width)
    by = text_height(one_line(slide.said_by), size=SMALLEST, width=width)
    return words + by + 2 * _BETWEEN / 72 + 2 * _INSET + _GAP


def _title_size(title: str) -> float:
    for size in _TITLE_SIZES:
        if _title_height(title, size) <= _TITLE_LINES * size * 1.26 / 72 + 2 * _INSET:
            return size
    return _TITLE_SIZES[-1]


def _title_height(title: str, size: float) -> float:
    width = BODY_WIDTH - 2 * _INSET
    return text_height(one_line(title), size=size, width=width) * 1.05 + 2 * _INSET


def _below_title(title: str, state: str) -> float:
    above = _STATE_HEIGHT + _GAP if state else 0.0
    return _TOP + above + _title_height(title, _title_size(title)) + _GAP


# What stands on a slide.


def _add(deck: Presentation, page: Slide, foot: str, notes: str) -> None:
    layout = _TEXT_LAYOUT if page.body else _CHART_LAYOUT
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    size, step = _title_size(page.title), _step(page)
    height, top = _title_height(page.title, size), _TOP
    if page.state:
        _add_state(slide, page.state)
        top += _STATE_HEIGHT + _GAP
    _place(slide.shapes.title, top, height)
    _write(slide.shapes.title, [page.title], size, is_bold=True)
    top += height + _GAP
    if page.chart:
        top = _add_chart(slide, page, top, step)
    if page.quote:
        top = _add_quote(slide, page, top, _QUOTE_SIZES[step])
    if page.body:
        body = slide.placeholders[1]
        _place(body, top, _HEIGHT - _FOOT - top)
        _write(body, page.body, _BODY_SIZES[step], has_heads=page.has_heads)
    _add_text(slide, [foot], _HEIGHT - _FOOT, _FOOT - 0.1, color=LIGHT.quiet)
    told = filter(None, map(one_line, (page.notes, notes)))
    slide.notes_slide.notes_text_frame.text = "\n".join(told)


def _add_state(slide: PowerPointSlide, state: str) -> None:
    _block(slide, _TOP, _STATE_HEIGHT, LIGHT.care, width=0.08)
    strip = _add_text(slide, [state], _TOP, _STATE_HEIGHT, indent=0.08)
    _fill(strip, LIGHT.caution)


def _add_chart(slide: PowerPointSlide, page: Slide, top: float, step: int) -> float:
    """Add a chart, as large as there is room, and return where it ends."""
    chart = page.chart
    height = _chart_height(chart, step) + max(0.0, _spare(page, step))
    if isinstance(chart, Bars):
        height = min(height, _ROW * len(chart.rows))
        shape: Any = add_bars(slide.shapes, chart.rows, _box(top, height))
    elif chart:
        png = picture(chart.draw, width=BODY_WIDTH, height=height, scale=SCALE)
        shape = slide.shapes.add_picture(io.BytesIO(png), *_box(top, height))
    if chart:
        shape._element.xpath("./*/p:cNvPr")[0].set("descr", one_line(chart.alt))
    return top + height + _GAP


def _add_quote(slide: PowerPointSlide, page: Slide, top: float, size: float) -> float:
    """Add the words of one person beside a line, and return where they end."""
    from pptx.enum.text import MSO_ANCHOR

    height = _quote_height(page, size) - _GAP
    _block(slide, top, height, LIGHT.hue, width=0.06)
    words = _add_text(slide, [page.quote], top, height, indent=_INDENT, size=size)
    words.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    by = words.text_frame.add_paragraph()
    _add_run(by, page.said_by, SMALLEST, color=LIGHT.quiet)
    _space(by, 0)
    return top + height + _GAP


def _block(
    slide: PowerPointSlide, top: float, height: float, color: str, *, width: float
) -> None:
    from pptx.enum.shapes import MSO_SHAPE

    block = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_box(top, height, width=width))
    block._element.xpath("./*/p:cNvPr")[0].set("descr", "")
    block.shadow.inherit = False
    block.line.fill.background()
    _fill(block, color)


def _fill(shape: Any, color: str) -> None:  # noqa: ANN401
    shape.fill.solid()
    shape.fill.fore_color.rgb = rgb(color)


def _add_text(
    slide: PowerPointSlide,
    lines: Sequence[str],
    top: float,
    height: float,
    *,
    indent: float = 0.0,
    size: float = SMALLEST,
    color: str = LIGHT.text,
) -> Any:  # noqa: ANN401
    box = slide.shapes.add_textbox(
        *_box(top, height, left=_EDGE + indent, width=BODY_WIDTH - indent)
    )
    _write(box, lines, size, color=color)
    return box


def _box(
    top: float, height: float, *, left: float = _EDGE, width: float = BODY_WIDTH
) -> tuple[Length, Length, Length, Length]:
    from pptx.util import Inches

    return Inches(left), Inches(top), Inches(width), Inches(height)


def _place(shape: Any, top: float, height: float) -> None:  # noqa: ANN401
    shape.left, shape.top, shape.width, shape.height = _box(top, height)


def _write(
    shape: Any,  # noqa: ANN401 - a placeholder or a box
    lines: Sequence[str],
    size: float,
    *,
    is_bold: bool = False,
    has_heads: bool = False,
    color: str = LIGHT.text,
) -> None:
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
    from pptx.util import Inches

    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for side in ("left", "right", "top", "bottom"):
        setattr(frame, f"margin_{side}", Inches(_INSET))
    for n, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        head, colon, rest = line.partition(": ") if has_heads else ("", "", line)
        if colon and "." not in head:
            _add_run(paragraph, f"{head}:", size, color=color, is_bold=True)
            rest = f" {rest}"
        else:
            rest = line
        _add_run(paragraph, rest, size, color=color, is_bold=is_bold)
        _space(paragraph, 0 if len(lines) == 1 else _BETWEEN)


def _add_run(
    paragraph: Any,  # noqa: ANN401
    words: str,
    size: float,
    *,
    color: str,
    is_bold: bool = False,
) -> None:
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = " " * words.startswith(" ") + one_line(words)
    run.font.size, run.font.bold, run.font.name = Pt(size), is_bold, FONT
    run.font.color.rgb = rgb(color)
    run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK


def _space(paragraph: Any, after: float) -> None:  # noqa: ANN401
    """Set a paragraph from the edge, as plain words: the template would add a bullet."""
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment, paragraph.line_spacing = PP_ALIGN.LEFT, 1.0
    paragraph.space_before, paragraph.space_after = Pt(0), Pt(after)
    form = paragraph._p.get_or_add_pPr()
    form.set("marL", "0")
    form.set("indent", "0")
    form.insert_element_before(
        form.makeelement(qn("a:buNone"), {}), "a:tabLst", "a:defRPr", "a:extLst"
    )
