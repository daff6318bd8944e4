"""What a search finds in a text: a span, what it is, and how sure the search is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from typing import Literal, NamedTuple

Source = Literal["roster", "pattern", "speaker label", "ner", "kept"]
Confidence = Literal["high", "medium"]


class Finding(NamedTuple):
    """A span that identifies somebody, or, from source `kept`, that must stay.

    `who` is the key of one person or place, whatever the words were; `doubt` says why a
    person should look; a finding with `replace` false is only for the review list.
    """

    start: int
    end: int
    kind: str
    source: Source
    who: str
    confidence: Confidence = "high"
    doubt: str = ""
    replace: bool = True
    rank: int = 5


def settle(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings that do not overlap: lower rank first, then the longer one."""
    taken: list[tuple[int, int]] = []
    kept: list[Finding] = []
    order = sorted(
        findings, key=lambda f: (not f.replace, f.rank, f.start - f.end, f.start)
    )
    for finding in order:
        at = bisect_left(taken, (finding.start, finding.end))
        is_free = (at == 0 or taken[at - 1][1] <= finding.start) and (
            at == len(taken) or taken[at][0] >= finding.end
        )
        if is_free and finding.end > finding.start:
            taken.insert(at, (finding.start, finding.end))
            kept.append(finding)
    return sorted(kept)
