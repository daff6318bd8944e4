"""The problem of practice as Markdown: the question and everything it stands on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from empathy_insights.problem.after_statement import INTRODUCTION
from empathy_insights.problem.sections import Section


def problem_markdown(
    question: str,
    told: Mapping[str, Section],
    *,
    how: str,
    note: str,
    after: Sequence[Section] = (),
) -> str:
    """Return problem_of_practice.md.

    Parameters
    ----------
    told
        The sections of the statement.
    how
        One sentence on the data and the coding, such as the report's last line.
    note
        Whom the results are for.
    after
        What comes after the statement.
    """
    later = [_set(section, "", "###") for section in after]
    blocks = [
        f"# {inert(question)}",
        f"*{note}*",
        *(_set(section, key) for key, section in told.items() if key != "asked"),
        *(["## After the statement", INTRODUCTION, *later] if later else []),
        "---",
        inert(how),
    ]
    return "\n\n".join(blocks) + "\n"


def _set(section: Section, key: str, level: str = "##") -> str:
    lines = [inert(str(line)) for line in section.lines]
    blocks = [
        f"{level} {inert(section.title)}",
        ", ".join(lines) if section.runs_on else bullets(lines),
        bullets(
            f"“{inert(q.text)}” - {inert(q.said_by)} ({inert(q.theme)}) [{q.quote_id}]"
            for q in section.quotes
        ),
        _checks(section) if key == "checks" else _table(section),
        inert(section.notes),
    ]
    said = [block for block in blocks if block]
    return "\n\n".join(said if said[1:] else [*said, section.nothing])


def _checks(section: Section) -> str:
    return bullets(
        f"{criterion}: **{result}** - {reason}{ask and f'. {ask}'}"
        for criterion, result, reason, ask in (map(inert, row) for row in section.rows)
    )


def _table(section: Section) -> str:
    head = [inert(name) for name in section.head]
    lines = [head, ["---"] * len(head)] if head else []
    lines += [[inert(cell) for cell in row] for row in section.rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def inert(text: str) -> str:
    """Keep a quote on one line and its signs from being read as Markdown or HTML."""
    escaped = re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
    return escaped.replace("\\<", "&lt;").replace("\\>", "&gt;")


def bullets(lines: Iterable[str]) -> str:
    """Return lines as a list."""
    return "\n".join(f"- {line}" for line in lines)
