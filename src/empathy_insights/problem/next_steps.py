"""What comes after the statement: ideas, who would act, a small pilot, and questions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields

import pandas as pd

from empathy_insights.analysis.rounds import theme_over_rounds
from empathy_insights.analysis.stated import stated
from empathy_insights.corpus import Corpus
from empathy_insights.problem.asks import asks
from empathy_insights.problem.basis import known
from empathy_insights.problem.decision import decision_matrix
from empathy_insights.problem.levers import count_levers, suggestions
from empathy_insights.problem.pilot import pilot_sheet
from empathy_insights.problem.prompts import reflection_prompts
from empathy_insights.problem.routing import routing
from empathy_insights.problem.shipped import ISTE, ROADMAP, read_frameworks
from empathy_insights.problem.statement import ProblemOfPractice
from empathy_insights.problem.steps_view import as_html
from empathy_insights.problem.strips import CAUTION, coverage_strip

UNITS = {
    "people": "people, each once",
    "of": "people heard",
    "passages": "passages of text",
    "status": "who coded it; auto: nobody has looked",
    "linked": "whether the codebook of systems names the theme there",
}


@dataclass(frozen=True, repr=False)
class NextSteps:
    """Hold what a team works on after the statement; all of it is the team's alone.

    Parameters
    ----------
    asks
        `theme`, `name`, `finding`, `meaning`, `who_can_act`, `ask`: a row a picked theme;
        what it means and what is asked of whom are blanks for people.
    suggestions
        `theme`, `lever`, `segment_id`, `participant_id`, `role`, `document_id`,
        `found_by`, `status`, `text`: what people suggested, `unsorted` kept.
    levers
        `theme`, `name`, `lever`, `people`, `of`, `passages`: who suggested what kind of
        thing, nobody kept; the rows without a theme are of all suggestions.
    decision_matrix
        An option a row, evidence and an empty rating for each criterion; no total.
    pilot
        `theme`, `name`, `baseline`, `ask_students`, `counts_as`, `smallest_version`,
        `who_runs_it`, `ask_again_on`: a row a picked theme, the plan a blank.
    rounds
        The picked themes by round, as `theme_over_rounds` counts them.
    iste, roadmap
        `place`, `theme`, `name`, `people`, `of`, `segments`, `status`, `is_priority`: who
        spoke of each part of a framework, nobody kept.
    routing
        `kind`, `id`, `name`, `system`, `system_name`, `people`, `passages`, `linked`: who
        would have to act on a theme or a lever.
    prompts
        `about`, `prompt`, `look_at`, `answer`: what the team asks itself.
    voices
        Who was heard, to read beside the prompts.
    """

    asks: pd.DataFrame
    suggestions: pd.DataFrame
    levers: pd.DataFrame
    decision_matrix: pd.DataFrame
    pilot: pd.DataFrame
    rounds: pd.DataFrame
    iste: pd.DataFrame
    roadmap: pd.DataFrame
    routing: pd.DataFrame
    prompts: pd.DataFrame
    voices: pd.DataFrame

    def __repr__(self) -> str:
        people = self.suggestions["participant_id"].nunique()
        n = self.suggestions["segment_id"].nunique()
        return (
            f"NextSteps({n} suggestions by {people} people, "
            f"{len(self.decision_matrix)} options to rate)"
        )

    def _repr_html_(self) -> str:
        return as_html(self)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return every table by its name."""
        return {part.name: getattr(self, part.name) for part in fields(self)}


def next_steps(
    problem: ProblemOfPractice,
    codings: pd.DataFrame,
    corpus: Corpus,
    segments: pd.DataFrame,
    voices: pd.DataFrame,
    *,
    sensitive: Collection[str] = (),
    options: Sequence[str] = (),
) -> NextSteps:
    """Gather what a team needs to choose, try and measure a solution.

    The levers, systems and frameworks are found by the English phrases of shipped
    codebooks alone, have status `auto`, and miss what is said in other words.

    Parameters
    ----------
    sensitive
        Segments whose text a person reads first.
    options
        The team's own ideas for the decision matrix.

    Raises
    ------
    ValueError
        The problem was made for others to see.
    """
    basis = known(problem.basis)
    book = basis.codebook
    frameworks = read_frameworks(segments)
    suggested = suggestions(
        segments, codings, corpus, book, frameworks, sensitive=sensitive
    )
    rounds = theme_over_rounds(codings, corpus, codebook=book)
    is_picked = rounds["theme"].isin(basis.picked)
    counted = {
        "suggestions": suggested,
        "levers": count_levers(suggested, basis.themes, basis.picked),
        "decision_matrix": decision_matrix(basis, suggested, options),
        "pilot": pilot_sheet(book, basis.themes, basis.picked),
        "routing": routing(basis.found, suggested, frameworks, book, basis.picked),
    }
    for name, table in counted.items():
        counted[name] = stated(table, name, UNITS, corpus=corpus, codings=codings)
        counted[name].attrs["caution"] = CAUTION
    return NextSteps(
        asks=asks(problem.insights, book),
        **counted,
        rounds=rounds[is_picked].reset_index(drop=True),
        iste=coverage_strip(ISTE, frameworks, corpus),
        roadmap=coverage_strip(ROADMAP, frameworks, corpus),
        prompts=reflection_prompts(),
        voices=voices,
    )
