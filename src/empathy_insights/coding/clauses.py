"""Cut a text into short runs of clauses: people change the subject at a comma."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

_STRETCH = re.compile(r"[^.,;:!?…。！？\n]*[.,;:!?…。！？\n]*\s*")
_FEWEST_WORDS = 4


class Clauses(NamedTuple):
    """Clauses of texts: whose they are (`owner`), and where in the owner's text."""

    texts: list[str]
    owner: np.ndarray
    spans: list[tuple[int, int]]


def cut_clauses(texts: Sequence[str]) -> Clauses:
    """Cut at punctuation, into runs of at least four words where there are as many.

    Examples
    --------
    >>> cut_clauses(["The staff were kind, but I waited for two hours. Twice."]).texts
    ['The staff were kind,', 'but I waited for two hours.', 'Twice.']
    >>> cut_clauses(["Kind, fast, clean, and seen at once. I was glad of it."]).texts
    ['Kind, fast, clean, and seen at once.', 'I was glad of it.']
    """
    spans = [_spans(text) for text in texts]
    owner = np.repeat(np.arange(len(texts)), [len(found) for found in spans])
    flat = [span for found in spans for span in found]
    said = [
        text[start:end]
        for text, found in zip(texts, spans, strict=True)
        for start, end in found
    ]
    return Clauses(said, owner, flat)


def _spans(text: str) -> list[tuple[int, int]]:
    found = []
    begin = 0
    for match in _STRETCH.finditer(text):
        clause = text[begin : match.end()]
        if len(clause.split()) >= _FEWEST_WORDS:
            found.append(_stripped(text, begin, match.end()))
            begin = match.end()
    if text[begin:].strip():
        found.append(_stripped(text, begin, len(text)))
    return found


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    said = text[start:end]
    return start + len(said) - len(said.lstrip()), start + len(said.rstrip())
