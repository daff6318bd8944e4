"""report.html: one file that opens offline, the finding first, the words behind it."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.problem.after_statement import INTRODUCTION
from empathy_insights.problem.next_steps import HEARD
from empathy_insights.problem.sections import NO_DISSENT, SectionLine
from empathy_insights.publishing import audience_of
from empathy_insights.report.finding import headline_said
from empathy_insights.report.first_page import (
    bar_of,
    first_page,
    small_study_said,
)
from empathy_insights.report.methods import (
    agreement_said,
    checklists,
    coverage_said,
    measured,
    methods_paragraph,
    readers_said,
    scale,
    state_said,
    status_rows,
)
from empathy_insights.report.passages import page_data
from empathy_insights.report.render.frame import inlined, template
from empathy_insights.report.render.html_numbers import (
    Number,
    crosswalk_part,
    number,
    role_table,
    saturation_part,
    sentence,
    theme_rows,
    told_part,
    topic_rows,
    voice_rows,
)
from empathy_insights.report.review_page import NAME as REVIEW_PAGE
from empathy_insights.report.transcripts import NAME as TRANSCRIPTS
from empathy_insights.tables import CHECKED, FIRST_LOOK
from empathy_insights.wording import heard, of_people, plural

if TYPE_CHECKING:
    from empathy_insights.problem.sections import Section
    from empathy_insights.report.passages import Passages
    from empathy_insights.report.published import Published
    from empathy_insights.report.render.html_numbers import Saturation


# The theme cards of the report: a count, what it means, and the words behind it.


_QUOTES = 2  # on a card
MOST_LISTED = 20  # passages of a theme that are markup; all others are data


def cards(shown: Published, passages: Passages) -> list[dict[str, object]]:
    """Return a card for each theme that somebody raised, as far as it may be told."""
    run = shown.run
    rows = [row for _, row in shown.carded.iterrows()]
    names = [row["theme"] for row in rows]
    n_found = run.found["theme"].value_counts().reindex(names, fill_value=0)
    return [
        _card(shown, row, shown.stances.loc[theme], int(n_found[theme]), passages)
        for theme, row in zip(names, rows, strict=True)
    ]


def _card(
    shown: Published,
    row: pd.Series,
    stances: pd.Series,
    n_found: int,
    passages: Passages,
) -> dict[str, object]:
    theme = shown.run.codebook[row["theme"]]
    quotes = shown.quotes[shown.quotes["theme"] == theme.id]
    least = audience_of(shown.audience).least
    behind = passages.open[passages.open["theme"] == theme.id].sort_values("passage")
    said = heard(row, stances, least=least)
    nobody = NO_DISSENT[shown.run.estimate.state]
    about = of_people(row)
    return {
        "theme": theme,
        "headline": headline_said(shown, row),
        "bar": bar_of(shown, row),
        "is_told": len(quotes) > 0 or not about.startswith("a hidden"),
        "heard": sentence(passages, said, about, theme=theme.id, name=theme.name),
        "quotes": quotes[quotes["kind"] == "quote"].head(_QUOTES).to_dict("records"),
        "dissent": quotes[quotes["kind"] == "dissent"].to_dict("records"),
        "quote_waits": shown.waits("quote", theme.id),
        "dissent_waits": shown.waits("dissent", theme.id),
        "no_dissent": "" if row.get("hidden") or not n_found else nobody,
        "passages": _listed(behind.head(MOST_LISTED)),
        "are_more": len(behind) > MOST_LISTED,
        "n_passages": len(behind),
        "withheld": n_found - len(behind) if shown.tells_whole else 0,
        "are_some_withheld": n_found > len(behind),
    }


def _listed(behind: pd.DataFrame) -> list[dict[str, object]]:
    return [
        {
            "before": row.text[: row.first],
            "evidence": row.text[row.first : row.last],
            "after": row.text[row.last :],
            "who": row.who,
            "place": row.place,
            "turn": row.turn,
            "id": row.passage,
            "why": row.why,
        }
        for row in behind.itertuples()
    ]


def insights(shown: Published, passages: Passages) -> list[list[Number]]:
    """Return the sentences that the problem of practice stands on, with their numbers."""
    if shown.problem is None:
        return []
    themes = shown.themes.set_index("theme", drop=False)
    return [
        sentence(
            passages,
            line.text,
            of_people(themes.loc[line.theme]),
            theme=line.theme,
            name=str(themes.loc[line.theme, "name"]),
        )
        for line in shown.sections["because"].lines
    ]


_POINTS = re.compile(rb'width="([\d.]+)pt" height="([\d.]+)pt"')
_MOST_COMPARED = 10


class Picture(NamedTuple):
    """A chart inside the page; its size keeps the page from jumping while it opens."""

    source: str
    alt: str
    width: int
    height: int


def report_html(
    shown: Published, after: Sequence[Section] = (), *, team_folder: str | None = None
) -> str:
    """Return the report as one self-contained HTML page.

    Parameters
    ----------
    shown
        The run as the audience may see it.
    after
        What comes after the statement.
    team_folder
        Where the team's own pages are, as seen from this one: where people go on
        reading, and where a passage was said. None where the page leads to neither.
    """
    run = shown.run
    passages = shown.passages
    beside = team_folder if shown.is_team else None
    transcripts = "" if beside is None else f"{beside}{TRANSCRIPTS}"
    goes_on = beside is not None and run.estimate.state != CHECKED
    is_public = shown.audience == "public"
    page = first_page(shown)
    carded = cards(shown, passages)
    return template("report.html.j2").render(
        **inlined("report.css", ["elements.js", "report.js"]),
        **_said_of(shown),
        review_page=f"{beside}{REVIEW_PAGE}" if goes_on else "",
        transcripts=transcripts,
        care=f"{transcripts}#care" if transcripts else "",
        page=page,
        small=small_study_said(shown),
        numbers={
            bar.theme: number(passages, bar.said, bar.name, theme=bar.theme)
            for bar in page.bars
        },
        cards=[card for card in carded if card["is_told"]],
        n_untold=sum(not card["is_told"] for card in carded) + shown.n_untold,
        compared=_compared(shown, passages),
        voices=voice_rows(shown, passages),
        insights=insights(shown, passages),
        data=page_data(passages, shown, transcripts=transcripts)
        if len(passages.texts)
        else "",
        missing=[plural(name) for name in run.voices_missing],
        question=page.question,
        sections=_to_read(shown),
        after=[] if is_public else [part for part in after if part.title != HEARD],
        is_public=is_public,
        introduction=INTRODUCTION,
    )


def _to_read(shown: Published) -> dict[str, Section]:
    """Return the sections of the page; what a team works with is not for the public."""
    told = dict(shown.sections)
    if shown.audience == "public":
        told.pop("asked", None)
        if ways := told.get("candidates"):
            lines = [SectionLine(line.text) for line in ways.lines]
            told["candidates"] = replace(ways, lines=lines)
    return told


def _compared(shown: Published, passages: Passages) -> dict[str, object]:
    """Return who said what, as far as anything may be told and people have read."""
    if shown.run.estimate.state == FIRST_LOOK:
        return {"groups": [], "rows": []}
    return told_part(role_table(shown, passages), most=_MOST_COMPARED)


def methods_html(shown: Published) -> str:
    """Return how a run was made, with every theme and topic in numbers, as a page.

    Parameters
    ----------
    shown
        The run as the audience may see it.
    """
    passages = shown.passages
    saturated = saturation_part(shown)
    run = shown.run
    items = checklists(shown)
    return template("methods.html.j2").render(
        **inlined("report.css", []),
        **_said_of(shown),
        themes=theme_rows(shown),
        by_role=role_table(shown, passages),
        topics=topic_rows(shown, passages),
        n_topics=len(shown.topics),
        checks=shown.sections.get("checks"),
        traced=shown.sections.get("traced"),
        scale=scale(),
        coverage=coverage_said(shown),
        is_automatic=run.codings["status"].isin(["auto", "suggested"]).any(),
        measured=measured(run),
        statuses=status_rows(run) if shown.tells_whole else [],
        readers=readers_said(shown),
        agreed=agreement_said(run),
        methods=methods_paragraph(shown),
        filled=[item for item in items if item.fact],
        blank=[item for item in items if not item.fact],
        crosswalk=crosswalk_part(shown),
        saturation=saturated,
        curve=_curve(saturated),
        problems=run.corpus.problems.to_dict("records"),
        manifest=run.manifest,
        source_line=shown.source_line,
    )


def _said_of(shown: Published) -> dict[str, object]:
    """Return what both pages say of the run: for whom it is, and how far it was read."""
    run = shown.run
    return {
        "audience": shown.note,
        "is_team": shown.is_team,
        "deidentified": run.deidentified,
        "sensitive": len(run.sensitive),
        "state_said": state_said(shown),
        "is_first_look": run.estimate.state == FIRST_LOOK,
        "is_estimate": run.estimate.state != CHECKED,
    }


def _curve(saturated: Saturation | None) -> Picture | None:
    if saturated is None or saturated.svg is None:
        return None
    return _picture(saturated.svg, saturated.alt)


def _picture(svg: bytes, alt: str) -> Picture:
    # As an image, the chart's own ids and styles cannot meet the page's.
    source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
    size = _POINTS.search(svg)
    width, height = (float(part) for part in size.groups()) if size else (3.0, 2.0)
    return Picture(source, alt, round(width), round(height))
