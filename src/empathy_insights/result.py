"""What one run found, for a person to look at, go on from and write down."""

from __future__ import annotations

import platform
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import metadata
from pathlib import Path

import pandas as pd

from empathy_insights.analysis.codings_in_place import located
from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.table_facts import in_told_order, today
from empathy_insights.analysis.voices import missing_voices
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.errors import EmpathyInsightsError, EmpathyInsightsWarning
from empathy_insights.files.results import OPEN
from empathy_insights.identities import Deidentified
from empathy_insights.problem.next_steps import NextSteps, next_steps
from empathy_insights.problem.shipped import Frameworks, frameworks_in
from empathy_insights.problem.statement import ProblemOfPractice
from empathy_insights.publishing import AudienceName
from empathy_insights.report.finding import finding
from empathy_insights.report.folder import write_results
from empathy_insights.report.published import published
from empathy_insights.stage_cache import StageCache
from empathy_insights.tables import Remember, as_html
from empathy_insights.text.embedders import Embedder
from empathy_insights.topics import Topics


@dataclass(frozen=True, repr=False)
class Analysis:
    """Hold everything that one run found.

    Parameters
    ----------
    corpus, codebook
        What was read, and what it was coded against.
    segments, codings
        The passages, and the themes given to them.
    themes, themes_by_role
        The theme table: people first, and the same by role.
    chances, estimate
        How likely each passage has each theme by the coder; and who raised what, as far
        as coders and readers tell. Give `estimate` to the functions that count people.
    decisions
        What people read, a row a passage, theme and reader; see `agreement`.
    topics
        What people talk about, found without the codebook.
    quotes, voices
        The words behind the themes, and who was heard.
    sensitive
        Segments that a person should see before anyone quotes them.
    problem
        The problem of practice; missing when no theme was found.
    deidentified
        What was done to identities, and the key; missing where they were allowed.
    manifest
        Versions, hashes, seeds and settings.
    ideas
        The team's own ideas, to be rated beside what people suggested.
    decided
        What people decided about strings that may identify somebody.
    quotes_released
        The passages that a person has released to others than the team; of all others
        their readers get no words.
    remembered
        Makes what is asked for later, or knows it of an earlier run.

    See Also
    --------
    analyze : Makes one, and has an example.
    """

    corpus: Corpus
    codebook: Codebook
    segments: pd.DataFrame
    codings: pd.DataFrame
    themes: pd.DataFrame
    themes_by_role: pd.DataFrame
    chances: pd.DataFrame
    estimate: Estimate
    decisions: pd.DataFrame
    topics: Topics
    quotes: pd.DataFrame
    voices: pd.DataFrame
    sensitive: pd.DataFrame
    problem: ProblemOfPractice | None
    deidentified: Deidentified | None
    manifest: Mapping[str, object]
    ideas: Sequence[str] = ()
    decided: pd.DataFrame | None = None
    quotes_released: pd.DataFrame | None = None
    remembered: Remember = field(default_factory=StageCache)

    def __repr__(self) -> str:
        return "\n".join(finding(published(self, "team")))

    def _repr_html_(self) -> str:
        raised = in_told_order(self.themes[self.themes["people"] > 0])
        rows = raised[["name", "people", "low", "high", "of", "read", "state"]]
        return as_html(repr(self), rows.astype({"low": "Int64", "high": "Int64"}))

    @cached_property
    def found(self) -> pd.DataFrame:
        """The codings that count, each with who spoke, where, and to what question."""
        return located(self.codings, self.corpus)

    @cached_property
    def voices_missing(self) -> tuple[str, ...]:
        """The roles and priority groups of whom nobody was heard."""
        return tuple(missing_voices(self.corpus))

    @cached_property
    def _frameworks(self) -> Frameworks:
        """What the shipped codebooks found, for however many audiences it is written."""
        return frameworks_in(self.segments, self.remembered)

    def next_steps(self, *, ideas: Sequence[str] | None = None) -> NextSteps:
        """Gather what the team needs to choose, try and measure a solution.

        Made when it is asked for; everything in it is the team's alone.

        Parameters
        ----------
        ideas
            The team's own, as rows of the decision matrix; those of the study when not
            given.

        Raises
        ------
        EmpathyInsightsError
            There is no problem of practice, since no theme was found.

        Examples
        --------
        >>> import pandas as pd
        >>> import empathy_insights as ei
        >>> said = ["We should pick our own topic. I wish we could."]
        >>> answers = pd.DataFrame({"who": ["ana"], "a": said})
        >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
        >>> steps = ei.analyze(corpus).next_steps()
        >>> steps.suggestions[["theme", "lever", "found_by"]]
                       theme     lever found_by
        0  student_ownership  students   coding
        """
        if self.problem is None:
            raise EmpathyInsightsError(
                "there is no problem of practice to go on from; pick a theme, or code "
                "with a codebook that fits what people talked about"
            )
        return next_steps(
            self.problem,
            self.codings,
            self.corpus,
            self.segments,
            self._frameworks,
            self.voices,
            sensitive=tuple(self.sensitive["segment_id"]),
            ideas=self.ideas if ideas is None else ideas,
            estimate=self.estimate,
        )

    @public
    def write(
        self,
        folder: str | Path,
        *,
        audience: AudienceName = "school",
        earlier: str | Path | None = None,
    ) -> Path:
        """Write report.html, tables, charts and data into a folder, and return it.

        Where the words still hold what may identify somebody, others get nothing yet:
        the team's report is in `team_only`, with `identities_open.csv` beside it, whose
        column `decision` a person fills in for the next run. Only the owner may open
        that folder. Files that people changed are kept beside the new ones.

        Parameters
        ----------
        audience
            Whom the report, tables, charts and the statement are for: `team` (nothing
            hidden), `school` (numbers of fewer than 5 people hidden) or `public` (of
            fewer than 10). Texts, codings and full tables go into `team_only` in any
            case: keep that folder to the team.
        earlier
            The results folder, or the manifest, of an earlier release of the study. If
            it counted other people or codings, the results say that what the two
            together tell is not guarded.

        Warns
        -----
        EmpathyInsightsWarning
            The audience's files are held back.

        Raises
        ------
        EmpathyInsightsError
            The folder cannot be written, or the earlier release is not there.
        """
        written = write_results(
            self, folder, audience=audience, decided=self.decided, earlier=earlier
        )
        if written.is_withheld:
            warnings.warn(
                f"nothing was written for the {audience}: {written.open_identities} "
                "strings may identify somebody; decide about them in "
                f"{written.report.parent / OPEN} and analyze again",
                EmpathyInsightsWarning,
                stacklevel=2,
            )
        return written.folder


# What a result was made with: versions, hashes, seeds and settings.


_LIBRARIES = ("numpy", "pandas", "scikit-learn", "spacy", "simplemma")


def manifest_of(
    corpus: Corpus,
    codebook: Codebook,
    embedder: Embedder,
    topics: Topics,
    estimate: Estimate,
    random_state: int,
) -> dict[str, object]:
    """Return everything that another person needs to make the same results."""
    version = metadata.version("empathy-insights")
    date = today()
    documents = corpus.documents[["document_id", "path", "kind", "sha256"]]
    return {
        "made_with": (
            f"empathy_insights {version}, {date}; codebook {codebook.id} {codebook.version} "
            f"({codebook.sha256[:12]}); embedder {embedder.name}; random_state {random_state}."
        ),
        "version": version,
        "date": date,
        "python": platform.python_version(),
        "libraries": {"bertopic": topics.settings["bertopic"]}
        | {name: metadata.version(name) for name in _LIBRARIES},
        "random_state": random_state,
        "embedder": embedder.name,
        "counts": {
            "state": estimate.state,
            "read": estimate.n_read,
            "calibration": estimate.version,
            "draws": estimate.n_draws,
        },
        "codebook": {
            name: getattr(codebook, name)
            for name in ("id", "name", "version", "sha256")
        },
        "topics": {name: _plain(value) for name, value in topics.settings.items()},
        "documents": documents.to_dict("records"),
    }


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
