"""What a notebook shows of a problem of practice."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from empathy_insights.problem.statement import ProblemOfPractice


def as_html(problem: ProblemOfPractice) -> str:
    """Return the question, why, other ways to ask it, and quotes, as HTML."""
    offered = "".join(
        f"<li>{escape(row.question)} <small>({escape(row.move)})</small></li>"
        for row in problem.candidates.itertuples()
    )
    heard = "".join(f"<li>{escape(text)}</li>" for text in problem.insights["sentence"])
    said = "".join(
        f"<li>“{escape(row.text)}” <small>{escape(str(row.role))}, {row.kind}</small></li>"
        for row in problem.evidence.itertuples()
    )
    return (
        f"<h3>{escape(problem.question)}</h3><p>Because:</p><ul>{heard}</ul>"
        f"{_consider(problem)}<p>Other ways to ask:</p><ol>{offered}</ol><p>In their words:</p><ul>{said}</ul>"
    )


def _consider(problem: ProblemOfPractice) -> str:
    """Name the themes that are suggested and not picked."""
    table = problem.suggested_picks
    rows = table[~table["picked"]].itertuples()
    listed = "".join(f"<li>{escape(row.name)}: {escape(row.why)}</li>" for row in rows)
    return f"<p>Consider too:</p><ul>{listed}</ul>" if listed else ""
