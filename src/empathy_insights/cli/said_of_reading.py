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
    from empathy_insights.readers.people.people_sheet import told_of_list, unread_files

    told = told_of_list(corpus)
    yield from told[:_MOST_OF_LIST]
    if (more := len(told) - _MOST_OF_LIST) > 0:
        yield f"The list of people has {more} more such lines."
    if unread := unread_files(corpus):
        names = ", ".join(unread[:_MOST_FILES])
        rest = len(unread) - _MOST_FILES
        are = "1 file was" if len(unread) == 1 else f"{len(unread)} files were"
        yield f"{are} not read: {names}{f' and {rest} more' if rest > 0 else ''}."
    if n := len(corpus.problems):
        remarks = "1 remark" if n == 1 else f"{n} remarks"
        yield f"{remarks} from reading: {tables / 'reading_problems.csv'}"


def of_open_names(n: int, listed: Path) -> Iterator[str]:
    """Say how many strings the team may still take out."""
    if n:
        are = "1 string" if n == 1 else f"{n} strings"
        yield (
            f"{are} in the team's files may be names: write hide or keep beside each in {listed}."
        )
