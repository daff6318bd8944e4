"""What a report needs to know of one run; `Analysis` has it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pandas as pd

    from empathy_insights.codebook import Codebook
    from empathy_insights.corpus import Corpus
    from empathy_insights.identities import Deidentified
    from empathy_insights.problem.build import ProblemOfPractice
    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.topics import Topics


class Findings(Protocol):
    """The tables of one run, as `empathy_insights.Analysis` describes them."""

    @property
    def corpus(self) -> Corpus: ...
    @property
    def codebook(self) -> Codebook: ...
    @property
    def segments(self) -> pd.DataFrame: ...
    @property
    def codings(self) -> pd.DataFrame: ...
    @property
    def themes(self) -> pd.DataFrame: ...
    @property
    def themes_by_role(self) -> pd.DataFrame: ...
    @property
    def topics(self) -> Topics: ...
    @property
    def quotes(self) -> pd.DataFrame: ...
    @property
    def quotes_released(self) -> pd.DataFrame | None: ...
    @property
    def voices(self) -> pd.DataFrame: ...
    @property
    def sensitive(self) -> pd.DataFrame: ...
    @property
    def problem(self) -> ProblemOfPractice | None: ...
    @property
    def deidentified(self) -> Deidentified | None: ...
    @property
    def manifest(self) -> Mapping[str, object]: ...
    def next_steps(self) -> NextSteps: ...
