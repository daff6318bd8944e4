"""Sentences about what was read, and what in it waits for a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from empathy_insights.corpus import Corpus

_MOST_OF_LIST, _MOST_FILES = 3, 3


def of_reading(corpus: Corpus, tables: Path) -> Iterator[str]:
    """Say what is amiss in the list of people, which files were not read, and how many remarks there are.

    The list decides who counts as what; a file that cannot be opened holds words that
    nobody counts.
    """
    from empathy_insights.corpus import how_many
    from empathy_insights.readers.people.people_sheet import told_of_list, unread_files

    told = told_of_list(corpus)
    yield from told[:_MOST_OF_LIST]
    if (more := len(told) - _MOST_OF_LIST) > 0:
        yield f"The list of people has {more} more such lines."
    if unread := unread_files(corpus):
        names = ", ".join(unread[:_MOST_FILES])
        rest = len(unread) - _MOST_FILES
        were = "was" if len(unread) == 1 else "were"
        yield f"{how_many(len(unread), 'file')} {were} not read: {names}{f' and {rest} more' if rest > 0 else ''}."
    if n := len(corpus.problems):
        yield f"{how_many(n, 'remark')} from reading: {tables / 'reading_problems.csv'}"


def of_open_names(n: int, listed: Path) -> Iterator[str]:
    """Say how many strings the team may still take out."""
    from empathy_insights.corpus import how_many

    if n:
        yield (
            f"{how_many(n, 'string')} in the team's files may be names: write hide or "
            f"keep beside each in {listed}."
        )
