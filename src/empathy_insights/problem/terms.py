"""Which terms of a rubric stand in a wording, and where."""

from __future__ import annotations

from collections.abc import Sequence

from empathy_insights.coding.patterns import PatternIndex
from empathy_insights.text.tokens import Token, tokenize


def words_of(text: str) -> list[Token]:
    """Return the words of one text, in the forms under which they may be looked up."""
    [tokens] = tokenize([text])
    return tokens


def term_spans(tokens: Sequence[Token], terms: Sequence[str]) -> list[tuple[int, int]]:
    """Return the first and last word of every term found, without those inside another.

    Examples
    --------
    >>> term_spans(words_of("Our high school students"), ["school", "high school"])
    [(1, 2)]
    """
    spans = sorted(
        {(match.first, match.last) for match in PatternIndex.of(terms).find(tokens)},
        key=lambda span: (span[0], -span[1]),
    )
    outer: list[tuple[int, int]] = []
    for first, last in spans:
        if not outer or last > outer[-1][1]:
            outer.append((first, last))
    return outer


def found_terms(text: str, terms: Sequence[str]) -> list[str]:
    """Return the words of a text that the terms match, as they stand there, each once.

    Examples
    --------
    >>> found_terms("Apps and more apps by buying them", ["app", "by buying"])
    ['Apps', 'by buying']
    """
    tokens = words_of(text)
    said: dict[str, str] = {}
    for first, last in term_spans(tokens, terms):
        words = text[tokens[first].start : tokens[last].end]
        said.setdefault(words.lower(), words)
    return list(said.values())
