"""insights.pptx: the finding, who said it, who is missing, and what a team decides."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from empathy_insights.analysis.table_facts import is_raised, is_shown
from empathy_insights.corpus import counted
from empathy_insights.files.output import save_steady
from empathy_insights.report.charts.groups import (
    alt_text_of_groups,
    group_finding,
    plot_by_group,
)
from empathy_insights.report.charts.style import (
    NOTE_SIZE,
    picture,
    split_at,
    text_height,
    wrap,
)
from empathy_insights.report.charts.themes import (
    alt_text_of_themes,
    plot_themes,
    themes_finding,
)
from empathy_insights.report.charts.voice_charts import (
    alt_text_of_voices,
    plot_voices,
    voices_finding,
)
from empathy_insights.report.export import date_properties, one_line
from empathy_insights.report.first_page import first_page
from empathy_insights.report.render.docx import card_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pptx.presentation import Presentation
    from pptx.slide import Slide as PowerPointSlide

    from empathy_insights.problem.sections import Line, Section
    from empathy_insights.report.published import Published


# Slides that a team can edit: each text in its box, a picture with words for it.


SMALLEST = 14.0  # points, on any slide
SCALE = SMALLEST / NOTE_SIZE  # of a chart's letters
_WIDTH, _HEIGHT = 13.333, 7.5
_EDGE, _TOP = 0.5, 0.35
BODY_WIDTH = _WIDTH - 2 * _EDGE
_BULLET = 0.4  # inches before the words of a list
_INSET = 0.05
_BODY_SIZES = (20.0, 18.0, 16.0)
_TITLE_SIZES = (30.0, 24.0)
_TITLE_LINES = 2  # at the larger size
_GAP = 6.0  # points between paragraphs
_FOOT = 0.5
_TEXT_LAYOUT, _PICTURE_LAYOUT = 1, 5


class Drawing(NamedTuple):
    """A chart that is drawn to the room a slide has, and words for it."""

    draw: Callable[..., Axes]
    alt: str


class Slide(NamedTuple):
    """What one slide says: the finding as its title, a text, or a chart and a line."""

    title: str
    body: Sequence[str]
    drawing: Drawing | None = None


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


def body_height(title: str) -> float:
    """Return the room in inches below a title."""
    return _HEIGHT - _FOOT - _below(title) - 0.15


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


def _pages(slide: Slide) -> list[Slide]:
    """Return a slide, or several where its text has no room on one."""
    if slide.drawing is not None:
        return [slide]
    room = body_height(slide.title)
    if _text_room(slide.body, _BODY_SIZES[-1]) <= room:
        return [slide]
    size = _BODY_SIZES[-1]
    room = body_height(_numbered(slide.title, 88, 88))
    most = max(1, int(room * 72 / (size * 1.2)) - 1)
    width = BODY_WIDTH - _BULLET
    parts = [
        part
        for text in slide.body
        for part in split_at(one_line(text), most, size=size, width=width)
    ]
    pages: list[list[str]] = [[]]
    for part in parts:
        if pages[-1] and _text_room([*pages[-1], part], size) > room:
            pages.append([])
        pages[-1].append(part)
    return [slide._replace(body=some, title=_numbered(slide.title, n, len(pages)))
            for n, some in enumerate(pages, 1)]  # fmt: skip


def _numbered(title: str, n: int, of: int) -> str:
    return title if of == 1 else f"{title} ({n} of {of})"


def _size(body: Sequence[str], room: float) -> float:
    fits = (size for size in _BODY_SIZES if _text_room(body, size) <= room)
    return next(fits, _BODY_SIZES[-1])


def _text_room(body: Sequence[str], size: float) -> float:
    width = BODY_WIDTH - _BULLET - 2 * _INSET
    return 2 * _INSET + sum(
        text_height(one_line(text), size=size, width=width) + _GAP / 72 for text in body
    )


def _title_size(title: str) -> float:
    large, small = _TITLE_SIZES
    most = _TITLE_LINES * large * 1.2 / 72 + 0.01
    return large if _title_height(title, large) - 2 * _INSET <= most else small


def _title_height(title: str, size: float) -> float:
    width = BODY_WIDTH - 2 * _INSET
    return text_height(one_line(title), size=size, width=width) * 1.05 + 2 * _INSET


def _below(title: str) -> float:
    return _TOP + _title_height(title, _title_size(title)) + 0.15


def _add(deck: Presentation, page: Slide, foot: str, notes: str) -> None:
    layout = _TEXT_LAYOUT if page.drawing is None else _PICTURE_LAYOUT
    slide = deck.slides.add_slide(deck.slide_layouts[layout])
    size = _title_size(page.title)
    _place(slide.shapes.title, _TOP, _title_height(page.title, size))
    _write(slide.shapes.title, [page.title], size, bold=True)
    top, room = _below(page.title), body_height(page.title)
    if page.drawing is None:
        body = slide.placeholders[1]
        _place(body, top, room)
        _write(body, page.body, _size(page.body, room))
    else:
        _add_drawing(slide, page.drawing, page.body, top, room)
    _add_text(slide, [foot], _HEIGHT - _FOOT, _FOOT - 0.1)
    slide.notes_slide.notes_text_frame.text = one_line(notes)


def _add_drawing(
    slide: PowerPointSlide,
    drawing: Drawing,
    body: Sequence[str],
    top: float,
    room: float,
) -> None:
    from pptx.util import Inches

    below = _text_room(body, SMALLEST) if body else 0.0
    height = room - below
    png = picture(drawing.draw, width=BODY_WIDTH, height=height, scale=SCALE)
    shape = slide.shapes.add_picture(
        io.BytesIO(png), Inches(_EDGE), Inches(top), Inches(BODY_WIDTH), Inches(height)
    )
    shape._element._nvXxPr.cNvPr.set("descr", one_line(drawing.alt))
    if body:
        _add_text(slide, body, top + height, below)


def _add_text(
    slide: PowerPointSlide, lines: Sequence[str], top: float, height: float
) -> None:
    from pptx.util import Inches

    box = slide.shapes.add_textbox(
        *map(Inches, (_EDGE, top, BODY_WIDTH, height)),
    )
    _write(box, lines, SMALLEST)


def _place(shape: Any, top: float, height: float) -> None:  # noqa: ANN401
    from pptx.util import Inches

    sides = map(Inches, (_EDGE, top, BODY_WIDTH, height))
    shape.left, shape.top, shape.width, shape.height = sides


def _write(
    shape: Any,  # noqa: ANN401 - a placeholder or a box
    lines: Sequence[str],
    size: float,
    *,
    bold: bool = False,
) -> None:
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Inches, Pt

    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.TOP
    for side in ("left", "right", "top", "bottom"):
        setattr(frame, f"margin_{side}", Inches(_INSET))
    for n, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        paragraph.alignment, paragraph.line_spacing = PP_ALIGN.LEFT, 1.0
        paragraph.space_before = Pt(0)
        paragraph.space_after = Pt(_GAP if len(lines) > 1 else 0)
        run = paragraph.add_run()
        run.text = one_line(line)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.name = "Arial"
        run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK


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
        slides += [_question(problem.question, shown.sections), _next(shown.sections)]
    return [*slides, _made(shown)]


def _opening(shown: Published) -> Slide:
    page = first_page(shown)
    said = f"“{page.quote['text']}” ({page.quote['said_by']})" if page.quote else ""
    state = f"{page.state} {page.state_more}"
    told = [state, page.lead, page.heard, said, page.missing, shown.note]
    return Slide(page.title, list(filter(None, told)))


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


def _question(question: str, told: Mapping[str, Section]) -> Slide:
    others = [line.text for line in _lines(told, "candidates") if line.text != question]
    body = [f"Or: {text}" for text in others] or ["No other wording is offered."]
    before = [*_lines(told, "blank"), *_lines(told, "state")]
    return Slide(question, [*map(str, before), *body])


def _lines(told: Mapping[str, Section], key: str) -> Sequence[Line]:
    return told[key].lines if key in told else ()


def _next(told: Mapping[str, Section]) -> Slide:
    questions = [str(line) for line in _lines(told, "asked")]
    asks = f"{counted(len(questions), 'question')} for a person to answer"
    unsupported = ", ".join(map(str, _lines(told, "unsupported")))
    alone = [f"Raised by nobody we heard, and in the question: {unsupported}."]
    return Slide(
        f"Before the team decides: {asks}",
        [
            *questions,
            *(alone if unsupported else []),
            "Read the quotes that speak against it, and choose 1 to 3 themes together.",
        ],
    )


def _made(shown: Published) -> Slide:
    return Slide(
        "How this was made, and what it cannot say",
        [
            f"{shown.source_line}.",
            "A person counts once for a theme, however often they return to it.",
            "Intervals are a caution about people who were not heard, no forecast.",
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
    said = f"{len(drawn)} of {len(of)} rows are drawn; all are in tables/{table}.csv."
    return [] if len(drawn) == len(of) else [said]
