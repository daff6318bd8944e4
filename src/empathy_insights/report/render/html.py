"""report.html: one file that opens offline, the finding first, the words behind it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.problem.after_statement import INTRODUCTION
from empathy_insights.publishing import audience_of
from empathy_insights.report.charts.themes import themes_finding
from empathy_insights.report.finding import finding
from empathy_insights.report.methods import (
    agreement_said,
    checklists,
    coverage_said,
    measured,
    methods_paragraph,
    scale,
    state_said,
    status_rows,
)
from empathy_insights.report.passages import page_data, passages_of
from empathy_insights.report.render.html_numbers import (
    Number,
    crosswalk_part,
    number,
    role_table,
    saturation_part,
    sentence,
    theme_rows,
    topic_rows,
    voice_rows,
)
from empathy_insights.tables import FIRST_LOOK
from empathy_insights.wording import (
    insight,
    of_people,
    plural,
    share_word,
)

if TYPE_CHECKING:
    from jinja2 import Template

    from empathy_insights.problem.sections import Section
    from empathy_insights.report.passages import Passages
    from empathy_insights.report.published import Published
    from empathy_insights.report.render.html_numbers import Saturation


# The theme cards of the report: a count, what it means, and the words behind it.


MOST_LISTED = 20  # passages of a theme that are markup; all others are data


def cards(shown: Published, passages: Passages) -> list[dict[str, object]]:
    """Return a card for each theme that somebody raised, as far as it may be told."""
    run = shown.run
    rows = [row for _, row in shown.carded.iterrows()]
    names = [row["theme"] for row in rows]
    stances = people_by_stance(run.found).reindex(names, fill_value=0)
    n_found = run.found["theme"].value_counts().reindex(names, fill_value=0)
    return [
        _card(shown, row, stances.loc[theme], int(n_found[theme]), passages)
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
    said = insight(row, stances, least=least)
    about = of_people(row)
    return {
        "id": theme.id,
        "theme": theme,
        "counted": number(passages, about, theme.name, theme=theme.id),
        "word": share_word(row),
        "insight": sentence(passages, said, about, theme=theme.id, name=theme.name),
        "quotes": quotes[quotes["kind"] == "quote"].to_dict("records"),
        "dissent": quotes[quotes["kind"] == "dissent"].to_dict("records"),
        "quote_waits": shown.waits("quote", theme.id),
        "dissent_waits": shown.waits("dissent", theme.id),
        "is_dissent_told": not row.get("hidden") and n_found > 0,
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
            "place": f", {row.place}" if row.place else "",
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


class Picture(NamedTuple):
    """A chart inside the page; its size keeps the page from jumping while it opens."""

    source: str
    alt: str
    width: int
    height: int


def report_html(
    shown: Published,
    charts: Mapping[str, tuple[bytes, str]],
    after: Sequence[Section] = (),
) -> str:
    """Return the report as one self-contained HTML page.

    Parameters
    ----------
    shown
        The run as the audience may see it.
    charts
        `themes`, `themes_by_role` and `topics` -> the SVG and its alternative text.
    after
        What comes after the statement.
    """
    run = shown.run
    passages = passages_of(shown)
    return _template().render(
        **_frame(),
        title=themes_finding(shown.themes),
        lines=finding(shown),
        audience=shown.note,
        deidentified=run.deidentified,
        charts={name: _picture(svg, alt) for name, (svg, alt) in charts.items()},
        **_numbers(shown, passages),
        missing=[plural(name) for name in run.voices_missing],
        question="" if shown.problem is None else shown.problem.question,
        sections=shown.sections,
        after=after,
        introduction=INTRODUCTION,
        **_making(shown),
        sensitive=len(run.sensitive),
        problems=run.corpus.problems.to_dict("records"),
        manifest=run.manifest,
        source_line=shown.source_line,
        is_team=shown.is_team,
        state_said=state_said(shown),
        is_first_look=shown.run.estimate.state == FIRST_LOOK,
    )


def _numbers(shown: Published, passages: Passages) -> dict[str, object]:
    """Return every table of people, and the passages that its numbers open."""
    carded = cards(shown, passages)
    return {
        "cards": carded,
        "carded": {card["id"] for card in carded},
        "themes": theme_rows(shown, passages),
        "by_role": role_table(shown, passages),
        "voices": voice_rows(shown, passages),
        "topics": topic_rows(shown, passages),
        "insights": insights(shown, passages),
        "data": page_data(passages, shown) if len(passages.texts) else "",
    }


def _making(shown: Published) -> dict[str, object]:
    """Return how the run was made and how far it can be relied on."""
    run = shown.run
    saturated = saturation_part(shown)
    return {
        "scale": scale(),
        "coverage": coverage_said(shown),
        "is_automatic": run.codings["status"].isin(["auto", "suggested"]).any(),
        "measured": measured(run),
        "statuses": status_rows(run) if shown.tells_whole else [],
        "agreed": agreement_said(run),
        "methods": methods_paragraph(shown),
        "checklists": checklists(shown),
        "crosswalk": crosswalk_part(shown),
        "saturation": saturated,
        "curve": _curve(saturated),
    }


def _curve(saturated: Saturation | None) -> Picture | None:
    if saturated is None or saturated.svg is None:
        return None
    return _picture(saturated.svg, saturated.alt)


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("empathy_insights.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plural"] = plural
    return environment.get_template("report.html.j2")


@cache
def _frame() -> dict[str, str]:
    """Return styles and script, and the hashes by which alone a browser runs them."""
    folder = files("empathy_insights.report") / "templates"
    parts = {
        name: (folder / file).read_text(encoding="utf-8").strip()
        for name, file in (("styles", "report.css"), ("script", "report.js"))
    }
    return parts | {f"{name}_hash": _hash(text) for name, text in parts.items()}


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _picture(svg: bytes, alt: str) -> Picture:
    # As an image, the chart's own ids and styles cannot meet the page's.
    source = f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"
    size = _POINTS.search(svg)
    width, height = (float(part) for part in size.groups()) if size else (3.0, 2.0)
    return Picture(source, alt, round(width), round(height))
