"""The problem of practice as one Word page that a team can edit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.analysis.table_facts import is_shown, said_counts
from empathy_insights.files.output import save_steady
from empathy_insights.problem.published import UNTOLD
from empathy_insights.problem.sentence import ASK, FAIL
from empathy_insights.report.charts.style import picture, text_height
from empathy_insights.report.charts.themes import alt_text_of_themes, plot_themes
from empathy_insights.report.export import one_line, quoted
from empathy_insights.report.render.docx import (
    FOOTER_SIZE,
    PAGE_HEIGHT,
    WAITS,
    WIDTH,
    add_picture,
    new_document,
)
from empathy_insights.wording import commitments_said, missing_said

if TYPE_CHECKING:
    from docx.document import Document

    from empathy_insights.problem.statement import Statement
    from empathy_insights.report.published import Published


_SIZES = (10.5, 10.0, 9.5, 9.0)
_QUESTION_SIZE, _HEAD_SIZE = 15.0, 11.0
_DRAWN = 5  # themes
_PICTURE_HEIGHT = 1.65
_INDENT = 0.25  # inches of a list
_MOST_QUOTES = 3
_POINTS = 72
_ROOM = PAGE_HEIGHT - 1.3  # between the margins
_UNTOLD = {"hidden": "number not shown"}
_QUESTION, _HEAD, _ITEM, _TEXT = "Heading 1", "Heading 2", "List Bullet", "Normal"


class Block(NamedTuple):
    """A paragraph: its style and its words."""

    style: str
    text: str


def statement_blocks(
    problem: Statement, *, hides: bool, waiting: Collection[str] = ()
) -> list[Block]:
    """Return what the page says, after the question and its reasons.

    Parameters
    ----------
    hides
        Whether the number of a theme that it is built on is hidden: that nobody
        disagreed would then tell something of it.
    waiting
        Kinds of quotes that wait for a person to release them.
    """
    evidence = problem.evidence
    nobody = "None that can be shown." if hides else "None found in the coded passages."
    nobody = WAITS if "dissent" in waiting else nobody
    none = WAITS if "quote" in waiting else "None can be shown."
    return [
        *_list("In their words", _shortest(evidence, "quote"), none),
        *_list("On the other hand", _shortest(evidence, "dissent"), nobody),
        Block(_HEAD, "Raised, but not in the statement"),
        Block(_TEXT, _by_count(problem.not_in_statement) or "Nothing."),
        Block(_HEAD, "In the statement, but raised by nobody we heard"),
        Block(_TEXT, _alone(problem)),
        *_list("Commitments", commitments_said(problem.commitments)),
        Block(_HEAD, "Voices missing"),
        Block(_TEXT, missing_said(problem.voices_missing)),
        *_list("For a person to judge", asked(problem)),
    ]


def write_statement(shown: Published, folder: Path) -> None:
    """Write problem_of_practice.docx into a folder, where there is a problem."""
    problem = shown.problem
    if problem is None:
        return
    themes = shown.themes.head(_DRAWN)
    picked = shown.themes[shown.themes["theme"].isin(problem.picked)]
    rest = statement_blocks(
        problem, hides=not is_shown(picked).all(), waiting=shown.kinds_waiting
    )
    reasons = _list("Because", list(problem.insights["sentence"]))
    before = [Block(_QUESTION, problem.question), *reasons]
    footer = _footer(shown)
    size = _largest([*before, *rest], footer)
    document = new_document(
        title=problem.question, date=shown.themes.attrs["date"], footer=footer,
        size=size, headings=(_QUESTION_SIZE, _HEAD_SIZE),
    )  # fmt: skip
    for block in before:
        document.add_paragraph(one_line(block.text), style=block.style)
    if is_shown(themes).any():
        _add_chart(document, themes)
    for block in rest:
        document.add_paragraph(one_line(block.text), style=block.style)
    save_steady(document.save, folder / "problem_of_practice.docx")


def _add_chart(document: Document, themes: pd.DataFrame) -> None:
    from docx.shared import Pt

    drawn = picture(
        partial(plot_themes, themes),
        width=WIDTH, height=_PICTURE_HEIGHT, scale=0.78,
    )  # fmt: skip
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    add_picture(paragraph, drawn, alt_text_of_themes(themes), width=WIDTH)


def page_height(blocks: list[Block], size: float) -> float:
    """Return how many inches a page takes with its picture, rather too many."""
    return _PICTURE_HEIGHT + sum(_height(block, size) for block in blocks)


def _largest(blocks: list[Block], footer: str) -> float:
    foot = text_height(footer, size=FOOTER_SIZE, width=WIDTH)
    # The margin has room for one line of it.
    room = _ROOM - max(0.0, foot - 2 * FOOTER_SIZE / _POINTS)
    fits = (size for size in _SIZES if page_height(blocks, size) <= room)
    return next(fits, _SIZES[-1])


def _height(block: Block, size: float) -> float:
    points = {_QUESTION: _QUESTION_SIZE, _HEAD: _HEAD_SIZE}.get(block.style, size)
    around = {_QUESTION: 0.2, _HEAD: 0.7, _ITEM: 0.2, _TEXT: 0.2}[block.style]
    width = WIDTH - _INDENT if block.style == _ITEM else WIDTH
    text = text_height(one_line(block.text), size=points, width=width)
    return text + around * points / _POINTS


def _footer(shown: Published) -> str:
    return f"{shown.note} {shown.source_line}"


def _list(head: str, lines: list[str], otherwise: str = "") -> list[Block]:
    if not lines and not otherwise:
        return []
    items = [Block(_ITEM, line) for line in lines]
    return [Block(_HEAD, head), *(items or [Block(_TEXT, otherwise)])]


def _shortest(evidence: pd.DataFrame, kind: str) -> list[str]:
    """Return the shortest quote of each theme: short ones are left whole on a page."""
    rows = evidence[evidence["kind"] == kind]
    ranked = rows.assign(length_=rows["text"].str.len()).sort_values(
        ["theme", "length_"], kind="stable"
    )
    chosen = ranked.drop_duplicates("theme").drop_duplicates("text").sort_index()
    return [
        quoted(row.text, row.said_by, row.quote_id)
        for row in chosen.head(_MOST_QUOTES).itertuples()
    ]


def _by_count(themes: pd.DataFrame) -> str:
    """Say themes by their number of people: `8 of 41: art, bus; 7 of 41: food`."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, count in zip(themes["name"], said_counts(themes), strict=True):
        names[_UNTOLD.get(count, count)].append(name)
    # Sorted, since the order of hidden themes would say which of them more people raised.
    return "; ".join(
        f"{count}: {', '.join(sorted(some))}" for count, some in names.items()
    )


def _alone(problem: Statement) -> str:
    is_untold = (problem.traced["support"] == UNTOLD).any()
    nothing = "Nothing that may be told." if is_untold else "Nothing."
    return ", ".join(problem.unsupported) or nothing


def asked(problem: Statement) -> list[str]:
    """Return what a person is asked of each check that no word list can make, or why."""
    checks = problem.checks[problem.checks["result"].isin([ASK, FAIL])]
    return [_asked(row) for _, row in checks.iterrows()]


def _asked(check: pd.Series) -> str:
    if check["result"] == FAIL:
        return f"{check['criterion']} (fail: {check['reason']}): {check['ask']}"
    return f"{check['criterion']}: {check['ask'] or check['reason']}"
