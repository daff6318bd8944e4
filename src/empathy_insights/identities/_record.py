"""What a round of replacements did: its log, its review list and its key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from empathy_insights.identities._findings import Finding
from empathy_insights.identities._names import Person
from empathy_insights.identities._rewrite import Edit, replaced, shifter
from empathy_insights.identities._search import Found, Piece

_LOG = ("document_id", "start", "end", "kind", "source", "replacement", "confidence")
_REVIEW = ("document_id", "start", "end", "kind", "why", "was_replaced")
KEY_COLUMNS = ("pseudonym", "form", "source")


@dataclass(frozen=True, repr=False)
class Plan:
    """Say what goes where, before anything is changed."""

    pieces: Sequence[Piece]
    found: Found
    named: Mapping[str, str]
    ids: Mapping[str, str]

    def edits(self) -> dict[str, list[Edit]]:
        """Return what to exchange in each document."""
        edits: dict[str, list[Edit]] = defaultdict(list)
        for piece, findings in zip(self.pieces, self.found.findings, strict=True):
            if piece.place:
                edits[piece.place] += _edits(findings, self.named, piece.offset)
        return edits

    def cells(self) -> dict[str, str]:
        """Return the new words of every cell outside the documents."""
        return {
            piece.text: replaced(piece.text, _edits(findings, self.named, 0))
            for piece, findings in zip(self.pieces, self.found.findings, strict=True)
            if not piece.place
        }

    def is_idle(self) -> bool:
        """Say whether nothing would change."""
        is_new = any(
            old != new for old, new in [*self.cells().items(), *self.ids.items()]
        )
        return not is_new and not any(self.edits().values())


def _edits(
    findings: Iterable[Finding], named: Mapping[str, str], offset: int
) -> list[Edit]:
    return [
        (f.start + offset, f.end + offset, named[f.who])
        for f in findings
        if f.replace and f.source != "kept"
    ]


def log_of(plan: Plan) -> pd.DataFrame:
    """Return a row a replacement, and a row an id or file name that changed."""
    rows = [
        (name, start, end, f.kind, f.source, plan.named[f.who], f.confidence)
        for name, start, end, f in _placed(plan)
        if f.replace
    ]
    renamed = [
        (new, pd.NA, pd.NA, "id or file name", "roster", new, "high")
        for old, new in sorted(plan.ids.items())
        if old != new
    ]
    return _frame([*rows, *renamed], _LOG)


def review_of(plan: Plan) -> pd.DataFrame:
    """Return what a person should look at, replaced or not."""
    rows = [
        (name, start, end, f.kind, f.doubt, f.replace)
        for name, start, end, f in _placed(plan)
        if f.doubt
    ]
    return _frame(rows, _REVIEW)


def _placed(plan: Plan) -> list[tuple[str, int, int, Finding]]:
    """Return findings with their document and their place in the new text."""
    shifts = {name: shifter(edits) for name, edits in plan.edits().items()}
    rows = []
    for piece, findings in zip(plan.pieces, plan.found.findings, strict=True):
        for finding in findings if piece.place else ():
            shift = shifts[piece.place]
            start, end = finding.start + piece.offset, finding.end + piece.offset
            if finding.source != "kept":
                name = plan.ids.get(piece.place, piece.place)
                rows.append((name, shift(start), shift(end), finding))
    return rows


def key_of(plan: Plan, people: Sequence[Person]) -> pd.DataFrame:
    """Return every form that stands behind a pseudonym, listed or replaced."""
    rows = {
        (plan.named[person.who], name, person.source)
        for person in people
        for name in person.names
        if person.who in plan.named
    }
    for piece, findings in zip(plan.pieces, plan.found.findings, strict=True):
        rows |= {
            (plan.named[f.who], piece.text[f.start : f.end].strip("[]"), f.source)
            for f in findings
            if f.replace and f.source != "kept"
        }
    return _frame(sorted(rows), KEY_COLUMNS)


def _frame(rows: Sequence[tuple[object, ...]], columns: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns)).astype(
        {c: "str" for c in columns if c not in ("start", "end", "was_replaced")}
    )
    whole = {c: "Int64" for c in ("start", "end") if c in columns}
    flag = {c: "bool" for c in ("was_replaced",) if c in columns}
    return frame.astype(whole | flag)


def shifted(table: pd.DataFrame, edits: Mapping[str, Sequence[Edit]]) -> pd.DataFrame:
    """Move the places of an earlier round to the text of a later one."""
    shifts = {name: shifter(some) for name, some in edits.items()}
    columns = {}
    for column in ("start", "end"):
        places = zip(table["document_id"], table[column], strict=True)
        moved = [
            shifts[name](int(at)) if name in shifts and pd.notna(at) else at
            for name, at in places
        ]
        columns[column] = pd.Series(moved, index=table.index, dtype="Int64")
    return table.assign(**columns)


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by document and place."""
    return table.sort_values(["document_id", "start", "end"], ignore_index=True)
