"""report.html: one file that opens offline, the finding first, the words behind it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.coverage import coverage
from empathy_insights.analysis.frequency_rows import VERBAL_SCALE
from empathy_insights.analysis.located import counted, locate
from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.analysis.voices import missing_voices
from empathy_insights.coding.by_codebook import CodebookCoder
from empathy_insights.problem.wording import (
    LEAST_FOR_PERCENT,
    insight,
    of_people,
    plural,
    role_listing,
    share_word,
)
from empathy_insights.report.charts import themes_finding
from empathy_insights.report.finding import finding
from empathy_insights.report.markdown import attribution, audience_note

if TYPE_CHECKING:
    from jinja2 import Template

    from empathy_insights.report.shape import Findings


def report_html(analysis: Findings, charts: Mapping[str, tuple[bytes, str]]) -> str:
    """Return the report as one self-contained HTML page.

    Parameters
    ----------
    charts
        `themes`, `themes_by_role` and `topics` -> the SVG and its alternative text.
    """
    return _template().render(
        title=themes_finding(analysis.themes),
        lines=finding(analysis),
        audience=audience_note(identities=analysis.deidentified is None),
        deidentified=analysis.deidentified,
        charts={name: (_data_uri(svg), alt) for name, (svg, alt) in charts.items()},
        cards=_cards(analysis),
        themes=_theme_rows(analysis),
        voices=_voices(analysis),
        missing=[plural(name) for name in missing_voices(analysis.corpus)],
        topics=_topics(analysis),
        problem=analysis.problem,
        evidence=_evidence(analysis),
        scale=", ".join(f"{word} from {least:.0%}" for least, word in VERBAL_SCALE),
        coverage=coverage(analysis.segments, analysis.codings, analysis.corpus),
        is_automatic=analysis.themes["status"].str.contains("auto").any(),
        measured=_measured(analysis),
        sensitive=len(analysis.sensitive),
        problems=analysis.corpus.problems.to_dict("records"),
        manifest=analysis.manifest,
        least_for_percent=LEAST_FOR_PERCENT,
    )


def _measured(analysis: Findings) -> str:
    """Return what the codebook says of its default coder, where that has coded."""
    is_default = (analysis.codings["coder"] == CodebookCoder.name).any()
    return str(analysis.codebook.extra.get("measured", "")) if is_default else ""


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
    environment.filters["attribution"] = attribution
    return environment.get_template("report.html.j2")


def _data_uri(svg: bytes) -> str:
    # As an image, the chart's own ids and styles cannot meet the page's.
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def _theme_rows(analysis: Findings) -> list[dict[str, object]]:
    return [
        {
            **{str(key): value for key, value in row.items()},
            "counted": of_people(row),
            "interval": _interval(row),
            "roles_said": role_listing(row["roles"]) or "-",
        }
        for _, row in analysis.themes.iterrows()
    ]


def _interval(row: pd.Series) -> str:
    if row["of"] < LEAST_FOR_PERCENT or pd.isna(row["low"]):
        return "-"
    return f"{row['low']:.0%}-{row['high']:.0%}"


def _cards(analysis: Findings) -> list[dict[str, object]]:
    found = locate(counted(analysis.codings), analysis.corpus)
    raised = analysis.themes[analysis.themes["segments"] > 0]
    return [
        _card(analysis, row, found[found["theme"] == row["theme"]])
        for _, row in raised.iterrows()
    ]


def _card(analysis: Findings, row: pd.Series, found: pd.DataFrame) -> dict[str, object]:
    theme = analysis.codebook[row["theme"]]
    quotes = analysis.quotes[analysis.quotes["theme"] == row["theme"]]
    shown = found[~found["segment_id"].isin(analysis.sensitive["segment_id"])]
    if theme.handle_with_care:
        shown = shown.head(0)
    people = people_by_stance(found)
    stances = people.sum()
    return {
        "theme": theme,
        "counted": of_people(row),
        "word": share_word(row) if row["of"] else "",
        "insight": insight(row, stances),
        "quotes": quotes[quotes["kind"] == "quote"].to_dict("records"),
        "dissent": quotes[quotes["kind"] == "dissent"].to_dict("records"),
        "passages": _passages(shown, analysis),
        "withheld": len(found) - len(shown),
        "segments": len(found),
    }


def _passages(found: pd.DataFrame, analysis: Findings) -> list[dict[str, object]]:
    """Return the words behind a count, the evidence apart, with where they stand."""
    texts = analysis.corpus.documents.set_index("document_id")["text"]
    turns = analysis.corpus.utterances.set_index("utterance_id")
    bounds = analysis.segments.set_index("segment_id")[["start", "end"]]
    passages = []
    for row in found.sort_values("segment_id").itertuples():
        text = texts[row.document_id]
        start, end = bounds.loc[row.segment_id]
        marked = pd.notna(row.evidence_start)
        first = int(row.evidence_start) if marked else end
        last = int(row.evidence_end) if marked else end
        passages.append(
            {
                "before": text[start:first],
                "evidence": text[first:last],
                "after": text[last:end],
                "who": attribution(row.role),
                "place": _place(row.document_id, turns.loc[row.utterance_id]),
                "segment_id": row.segment_id,
                "why": f"{row.status}: {row.method}",
            }
        )
    return passages


def _place(document_id: str, turn: pd.Series) -> str:
    place = f"{document_id}, turn {turn['position']}"
    if pd.isna(turn["start_s"]):
        return place
    minutes, seconds = divmod(int(turn["start_s"]), 60)
    return f"{place}, {minutes}:{seconds:02d}"


def _voices(analysis: Findings) -> list[dict[str, object]]:
    table = analysis.voices
    return [
        {
            **{str(k): v for k, v in row.items()},
            "share_said": f"{row['share_of_words']:.0%}",
        }
        for row in table.to_dict("records")
    ]


def _evidence(analysis: Findings) -> dict[str, list[dict[str, object]]]:
    if analysis.problem is None:
        return {"quote": [], "dissent": []}
    rows = analysis.problem.evidence
    return {
        kind: rows[rows["kind"] == kind].to_dict("records")
        for kind in ("quote", "dissent")
    }


def _topics(analysis: Findings) -> list[dict[str, object]]:
    table = analysis.topics.to_frame()
    hidden = set(analysis.sensitive["segment_id"])
    texts = dict(
        zip(analysis.segments["segment_id"], analysis.segments["text"], strict=True)
    )
    typical = analysis.topics.exemplars
    typical = typical[
        (typical["kind"] == "typical") & ~typical["segment_id"].isin(hidden)
    ].drop_duplicates("topic")
    steady = analysis.topics.stability.set_index("topic")["word"]
    said = dict(zip(typical["topic"], typical["segment_id"], strict=True))
    return [
        {
            **row,
            "typical": texts.get(said.get(row["topic"], ""), ""),
            "steady": steady[row["topic"]],
        }
        for row in table.to_dict("records")
    ]
