"""What a notebook shows of the steps after a statement."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from empathy_insights.problem.next_steps import NextSteps


def as_html(steps: NextSteps) -> str:
    """Return asks, ideas, the pilot, the frameworks and the prompts, as HTML tables."""
    levers = steps.levers[steps.levers["theme"] == ""]
    heard = steps.routing[(steps.routing["people"] > 0) | steps.routing["linked"]]
    options = steps.decision_matrix.drop(
        columns=[name for name in steps.decision_matrix if name.endswith("_rating")]
    )
    parts = {
        "From a finding to an ask": steps.asks,
        "What people suggested, by lever": levers[
            ["lever", "people", "of", "passages"]
        ],
        "Options to rate (no score is made)": options,
        "Who would have to act": heard[["name", "system_name", "people", "linked"]],
        "A small pilot": steps.pilot,
        "Over rounds": steps.rounds[["name", "round", "people", "of", "in_both"]],
        "ISTE standards that people spoke of": steps.iste[
            ["place", "name", "people", "of"]
        ],
        "Mastery-learning roadmap": steps.roadmap[["place", "name", "people", "of"]],
        "Before you decide": steps.prompts[["about", "prompt", "look_at"]],
    }
    tables = "".join(
        f"<h4>{title}</h4>{_table(table)}" for title, table in parts.items()
    )
    return f"<h3>After the statement</h3>{tables}"


def _table(table: pd.DataFrame) -> str:
    if table.empty:
        return "<p>Nothing.</p>"
    head = "".join(
        f"<th>{escape(str(name).replace('_', ' '))}</th>" for name in table.columns
    )
    rows = "".join(
        f"<tr>{''.join(f'<td>{escape(_said(cell))}</td>' for cell in row)}</tr>"
        for row in table.astype(object).itertuples(index=False, name=None)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _said(cell: object) -> str:
    if pd.isna(cell):
        return ""
    return {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)
