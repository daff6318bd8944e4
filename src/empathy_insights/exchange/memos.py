"""What people noted while they coded, without the names that are known in a study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.identities import Identities, find_identities, hide_identities

if TYPE_CHECKING:
    from empathy_insights.identities import Deidentified


class Coded(Protocol):
    """What is written: an `Analysis`, or whatever holds the same."""

    @property
    def corpus(self) -> Corpus:
        """Who said what."""
        ...

    @property
    def codebook(self) -> Codebook:
        """The themes."""
        ...

    @property
    def segments(self) -> pd.DataFrame:
        """The passages."""
        ...

    @property
    def codings(self) -> pd.DataFrame:
        """The themes given to them."""
        ...

    @property
    def decisions(self) -> pd.DataFrame:
        """What each reader chose, as `codings`."""
        ...

    @property
    def deidentified(self) -> Deidentified | None:
        """What was done to identities; nothing where they were allowed."""
        ...

    @property
    def manifest(self) -> Mapping[str, object]:
        """What it was made with, and on which day."""
        ...


@dataclass(frozen=True)
class _NamedNobody:
    """Hold a study whose memos name nobody."""

    corpus: Corpus
    codebook: Codebook
    segments: pd.DataFrame
    codings: pd.DataFrame
    decisions: pd.DataFrame
    deidentified: Deidentified
    manifest: Mapping[str, object]


def named_nobody(analysis: Coded, clean: Deidentified) -> Coded:
    """Return a study whose memos hold pseudonyms for the names that its key knows."""
    known = find_identities(clean)
    documents = _without_names(analysis.corpus.documents, "memo", known)
    return _NamedNobody(
        replace(analysis.corpus, documents=documents),
        analysis.codebook,
        analysis.segments,
        _without_names(analysis.codings, "notes", known),
        _without_names(analysis.decisions, "notes", known),
        clean,
        analysis.manifest,
    )


def _without_names(table: pd.DataFrame, column: str, known: Identities) -> pd.DataFrame:
    if column not in table:
        return table
    memos = table[column].map(lambda memo: _hidden(memo, known), na_action="ignore")
    return table.assign(**{column: memos.astype(table[column].dtype)})


def _hidden(memo: str, known: Identities) -> str:
    return hide_identities(memo, known) if memo else memo
