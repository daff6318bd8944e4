"""report.html: one file that opens offline, the finding first, the words behind it."""

from __future__ import annotations

import base64
from collections.abc import Hashable, Mapping
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.coverage import coverage
from empathy_insights.analysis.frequency_rows import VERBAL_SCALE
from empathy_insights.analysis.located import counted, locate
from empathy_insights.analysis.locator import locators
from empathy_insights.analysis.shown import is_raised, is_shown, said_counts
from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.analysis.voices import missing_voices
from empathy_insights.coding.by_codebook import CodebookCoder
from empathy_insights.privacy import audience_of
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
from empathy_insights.report.markdown import audience_note

if TYPE_CHECKING:
    from jinja2 import Template

    from empathy_insights.problem.build import ProblemOfPractice
    from empathy_insights.report.published import Published
    from empathy_insights.report.shape import Findings


def report_html(shown: Published, charts: Mapping[str, tuple[bytes, str]]) -> str:
    """Return the report as one self-contained HTML page.

    Parameters
    ----------
    shown
        The run as the audience may see it.
    charts
        `themes`, `themes_by_role` and `topics` -> the SVG and its alternative text.
    """
    run = shown.run
    return _template().render(
        title=themes_finding(shown.themes),
        lines=finding(shown),
        audience=audience_note(shown.audience, identities=run.deidentified is None),
        deidentified=run.deidentified,
        charts={name: (_data_uri(svg), alt) for name, (svg, alt) in charts.items()},
        cards=(cards := _cards(shown)),
        carded={card["id"] for card in cards},
        themes=_theme_rows(shown),
        voices=_voices(shown),
        missing=[plural(name) for name in missing_voices(run.corpus)],
        topics=_topics(shown),
        problem=shown.problem,
        left_out=[] if shown.problem is None else _left_out(shown.problem),
        evidence=_evidence(shown),
        scale=", ".join(f"{word} from {least:.0%}" for least, word in VERBAL_SCALE),
        coverage=_coverage(shown),
        is_automatic=run.themes["status"].str.contains("auto").any(),
        measured=_measured(run),
        sensitive=len(run.sensitive),
        problems=run.corpus.problems.to_dict("records"),
        manifest=run.manifest,
        source_line=shown.source_line,
        is_team=shown.is_team,
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
    return environment.get_template("report.html.j2")


def _data_uri(svg: bytes) -> str:
    # As an image, the chart's own ids and styles cannot meet the page's.
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def _theme_rows(shown: Published) -> list[dict[str, object]]:
    table = shown.themes.astype(object)
    rows = table.where(table.notna(), None).to_dict("records")
    return [
        {
            **{str(key): value for key, value in row.items()},
            "hidden": row.get("hidden", ""),
            "count": count,
            "raised": bool(raised),
            "interval": _interval(row),
            "roles_said": role_listing(row["roles"]) or "-",
        }
        for row, count, raised in zip(
            rows, said_counts(shown.themes), is_raised(shown.themes), strict=True
        )
    ]


def _interval(row: Mapping[Hashable, object]) -> str:
    of, low, high = row["of"], row["low"], row["high"]
    if of is None or low is None or int(str(of)) < LEAST_FOR_PERCENT:
        return "-"
    return f"{low:.0%}-{high:.0%}"


def _cards(shown: Published) -> list[dict[str, object]]:
    run = shown.run
    found = locate(counted(run.codings), run.corpus)
    raised = shown.themes[is_raised(shown.themes)]
    if shown.audience == "public":
        raised = raised[is_shown(raised)]
    return [
        _card(shown, row, found[found["theme"] == row["theme"]])
        for _, row in raised.iterrows()
    ]


def _card(shown: Published, row: pd.Series, found: pd.DataFrame) -> dict[str, object]:
    run = shown.run
    theme = run.codebook[row["theme"]]
    quotes = shown.quotes[shown.quotes["theme"] == row["theme"]]
    open_ones = found[~found["segment_id"].isin(run.sensitive["segment_id"])]
    is_open = shown.audience != "public" and not row.get("hidden")
    if theme.handle_with_care or not is_open:
        open_ones = open_ones.head(0)
    stances = people_by_stance(found).sum()
    return {
        "id": theme.id,
        "theme": theme,
        "counted": of_people(row),
        "word": share_word(row),
        "insight": insight(row, stances, least=audience_of(shown.audience).least),
        "quotes": quotes[quotes["kind"] == "quote"].to_dict("records"),
        "dissent": quotes[quotes["kind"] == "dissent"].to_dict("records"),
        "is_dissent_told": not row.get("hidden"),
        "passages": _passages(open_ones, shown),
        "withheld": len(found) - len(open_ones) if shown.is_team else 0,
        "are_some_withheld": len(found) > len(open_ones),
        "segments": len(found),
    }


def _passages(found: pd.DataFrame, shown: Published) -> list[dict[str, object]]:
    """Return the words behind a count, the evidence apart, with where they stand."""
    run = shown.run
    texts = run.corpus.documents.set_index("document_id")["text"]
    places = locators(found["utterance_id"], run.corpus)
    bounds = run.segments.set_index("segment_id")[["start", "end"]]
    names = found["segment_id"].map(shown.passage_id)
    named = found.assign(name_=names, place_=places)
    passages = []
    for row in named.sort_values("name_").itertuples():
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
                "who": shown.attribute(row.theme, row.role),
                "place": f", {row.place_}" if shown.is_team else "",
                "id": row.name_,
                "why": f"{row.status}: {row.method}",
            }
        )
    return passages


def _voices(shown: Published) -> list[dict[str, object]]:
    table = shown.voices
    counts = table["shown"] if "shown" in table else table["people"].astype("str")
    words = table.get("share_of_words", pd.Series(None, index=table.index, dtype=float))
    columns = table[["group", "value"]].to_dict("records")
    return [
        {
            **{str(key): value for key, value in row.items()},
            "people": count,
            "share_said": "-" if pd.isna(share) else f"{share:.0%}",
        }
        for row, count, share in zip(columns, counts, words, strict=True)
    ]


def _coverage(shown: Published) -> dict[str, object]:
    """Return how much is coded; of people only where their number may be told."""
    run = shown.run
    counts = coverage(run.segments, run.codings, run.corpus).to_dict()
    label = audience_of(shown.audience).of_cell(
        int(counts["people_coded"]), int(counts["people"])
    )
    people = f"{counts['people_coded']} of {counts['people']}"
    return {**counts, "people_said": people if label is None else label.text}


def _left_out(problem: ProblemOfPractice) -> list[str]:
    rows = problem.not_in_statement
    pairs = zip(rows["name"], said_counts(rows), strict=True)
    return [f"{name} ({count})" for name, count in pairs]


def _evidence(shown: Published) -> dict[str, list[dict[str, object]]]:
    if shown.problem is None:
        return {"quote": [], "dissent": []}
    rows = shown.problem.evidence
    return {
        kind: rows[rows["kind"] == kind].to_dict("records")
        for kind in ("quote", "dissent")
    }


def _topics(shown: Published) -> list[dict[str, object]]:
    run, table = shown.run, shown.topics
    hidden = set(run.sensitive["segment_id"])
    texts = dict(zip(run.segments["segment_id"], run.segments["text"], strict=True))
    typical = run.topics.exemplars
    typical = typical[
        (typical["kind"] == "typical") & ~typical["segment_id"].isin(hidden)
    ].drop_duplicates("topic")
    steady = run.topics.stability.set_index("topic")["word"]
    said = dict(zip(typical["topic"], typical["segment_id"], strict=True))
    return [
        {
            "name": name,
            "count": count,
            "typical": texts.get(said.get(topic, ""), ""),
            "steady": steady[topic],
        }
        for name, topic, count in zip(
            table["name"], table["topic"], said_counts(table), strict=True
        )
    ]
