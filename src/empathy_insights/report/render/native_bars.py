"""Bars that PowerPoint draws, and a team edits: names, bars as on the page, numbers."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from empathy_insights.files.output import save_workbook
from empathy_insights.report.charts.style import LIGHT
from empathy_insights.report.export import one_line

if TYPE_CHECKING:
    from pptx.chart.chart import Chart
    from pptx.dml.color import RGBColor
    from pptx.shapes.shapetree import SlideShapes
    from pptx.util import Length

    from empathy_insights.report.first_page import Bar

FONT = "Arial"
_SIZE = 16.0
_LETTERS = 28  # of a name on a line
_NAMES, _BARS = 0.28, 0.44  # of a chart's width; the rest is for the numbers
_ROOM = 100 * (1 - _NAMES - _BARS) / _BARS  # for a number, in percent of a bar
_SERIES = ("at least", "perhaps", "the others", "room for the number")
_BIGGEST_GAP = 55  # percent of a bar


def add_bars(
    shapes: SlideShapes,
    rows: Sequence[Bar],
    box: tuple[Length, Length, Length, Length],
) -> Any:  # noqa: ANN401 - the frame of a chart
    """Add a bar a row: solid as far as it is sure, striped as far as it may be.

    The sheet behind it holds what is drawn and nothing else: percent of those heard.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    data: Any = CategoryChartData(number_format="0.0")  # type: ignore[no-untyped-call] # no types there
    data.categories = [_in_lines(row.name) for row in rows]
    for name, values in zip(_SERIES, zip(*map(_parts, rows), strict=True), strict=True):
        data.add_series(name, values)
    frame: Any = shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *box, data)
    chart = frame.chart
    sheet = _sheet(rows)
    chart.part.chart_workbook.update_from_xlsx_blob(sheet)
    _set_axes(chart)
    _set_series(chart, rows)
    return frame


def rgb(color: str) -> RGBColor:
    """Return a colour as offices take it."""
    from pptx.dml.color import RGBColor

    return RGBColor(*bytes.fromhex(color[1:]))  # type: ignore[no-untyped-call] # no types there


def qn(name: str) -> str:
    """Return the name of an element of an office file with its namespace."""
    from pptx.oxml.ns import qn as full

    return str(full(name))


def _in_lines(name: str) -> str:
    """Break a name between words alone: where a name is searched for, it stays whole."""
    lines = textwrap.wrap(
        one_line(name), _LETTERS, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines)


def _parts(row: Bar) -> tuple[float, float, float, float]:
    sure, most = min(row.sure, 100.0), min(row.most, 100.0)
    return sure, round(most - sure, 1), round(100 - most, 1), _ROOM


def _sheet(rows: Sequence[Bar]) -> bytes:
    """Return the workbook behind the bars: texts stay texts, and no time is told."""
    from openpyxl import Workbook

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "Sheet1"
    sheet.append(["", *_SERIES])
    for n, row in enumerate(rows, 2):
        sheet.append(["", *_parts(row)])
        # Set as text, so that a name cannot be a formula.
        cell = sheet.cell(n, 1)
        cell.value, cell.data_type = one_line(row.name), "s"
    written = io.BytesIO()
    save_workbook(book, written)
    return written.getvalue()


def _set_axes(chart: Chart) -> None:
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    chart.has_legend = chart.has_title = False
    chart.font.name, chart.font.size = FONT, Pt(_SIZE)
    chart.font.color.rgb = rgb(LIGHT.text)
    names, values = chart.category_axis, chart.value_axis
    names.reverse_order, names.tick_labels.font.bold = True, True
    names.tick_labels.font.size = Pt(_SIZE)
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.fill.background()
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    values.minimum_scale, values.maximum_scale = 0, 100 + _ROOM
    values.visible = values.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = _BIGGEST_GAP, 100
    _lay_out(chart)


def _lay_out(chart: Chart) -> None:
    """Give the names a fixed part of the width, so that they break into lines."""
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    layout = area.makeelement(qn("c:layout"), {})
    manual = layout.makeelement(qn("c:manualLayout"), {})
    layout.append(manual)
    sides = {"x": _NAMES, "y": 0.0, "w": 1 - _NAMES, "h": 1.0}
    modes = {"layoutTarget": "inner", "xMode": "edge", "yMode": "edge"}
    for name, value in {**modes, **sides}.items():
        manual.append(manual.makeelement(qn(f"c:{name}"), {"val": str(value)}))
    area.insert(0, layout)


def _set_series(chart: Chart, rows: Sequence[Bar]) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.enum.dml import MSO_PATTERN

    sure, perhaps, others, numbers = chart.plots[0].series
    for series, color in ((sure, LIGHT.hue), (others, LIGHT.track)):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = rgb(color)
    fill = perhaps.format.fill
    fill.patterned()
    fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
    fill.fore_color.rgb, fill.back_color.rgb = rgb(LIGHT.pale), rgb(LIGHT.ground)
    perhaps.format.line.color.rgb = rgb(LIGHT.hue)
    numbers.format.fill.background()
    for point, row in enumerate(rows):
        if row.most <= row.sure:  # no stripes, and so no edge of them
            perhaps.points[point].format.line.fill.background()
        label = numbers.points[point].data_label
        label.position = XL_LABEL_POSITION.INSIDE_BASE
        label.text_frame.text = one_line(row.said)
        label.text_frame.word_wrap = False
