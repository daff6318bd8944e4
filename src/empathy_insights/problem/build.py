"""The problem of practice: candidates, the evidence for them, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.analysis.located import counted, locate
from empathy_insights.analysis.quotes import quotes
from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.analysis.voices import missing_voices, roles_are_known
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus, heard
from empathy_insights.problem.basis import Basis
from empathy_insights.problem.candidates import candidates
from empathy_insights.problem.checks import check_statement
from empathy_insights.problem.needs import insights, needs
from empathy_insights.problem.picking import (
    not_picked,
    picked_quotes,
    picked_themes,
    ranked_themes,
    suggested_picks,
)
from empathy_insights.problem.points_of_view import points_of_view
from empathy_insights.problem.standing import theme_standing
from empathy_insights.problem.statement import ProblemOfPractice
from empathy_insights.problem.traced import (
    NOBODY,
    commitments_of,
    linked_themes,
    trace,
)
from empathy_insights.text.segments import segment

__all__ = ["ProblemOfPractice", "problem_of_practice"]


@public
def problem_of_practice(
    themes: pd.DataFrame,
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook,
    *,
    audience_phrase: str | None = None,
    outcome: str | None = None,
    commitments: Sequence[str] = (),
    strategy_link: str | None = None,
    pick: Sequence[str] | None = None,
    wording: str | None = None,
    evidence: pd.DataFrame | None = None,
) -> ProblemOfPractice:
    """Build how-might-we questions from the themes that most people raised.

    The team chooses: the function proposes the three themes raised by most people (more
    roles win ties, then the share of people who spoke of a need), flags beside them those
    that a priority group raised much more often than all others (`suggested_picks`), and
    words candidates; `pick` and `wording` take their place.

    Parameters
    ----------
    themes
        The theme table of `theme_frequency`, not grouped.
    audience_phrase
        Whom the question serves; `our students` by default, since a need is worded for
        them and another role's name would tell who raised the theme.
    outcome
        Completes "so that they can …"; by default the leading theme's need.
    commitments
        What the organisation has committed itself to, such as `anti-racism`: kept apart
        from what people raised, and listed when the question does not say it.
    strategy_link
        The document and the sentence of the strategy that the question belongs to; an
        empty text says that there is none, and fails that check.
    pick
        Theme ids to build on, the leading one first.
    wording
        The team's own question.
    evidence
        Quotes to show, when they were chosen before.

    Raises
    ------
    CodebookError
        A picked theme is not in the codebook, or nobody raised any theme.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> book = ei.load_codebook("empathy_core")
    >>> codings = ei.code(ei.segment(corpus), book)
    >>> themes = ei.theme_frequency(codings, corpus)
    >>> problem_of_practice(themes, codings, corpus, book).picked
    ('student_ownership',)
    """
    found = locate(counted(codings), corpus)
    people = people_by_stance(found)
    ranked = ranked_themes(themes, people)
    basis = Basis(
        themes=themes,
        found=found,
        heard=heard(corpus),
        codebook=codebook,
        picked=picked_themes(ranked, codebook, pick),
        ranked=ranked,
        missing=tuple(missing_voices(corpus)),
        roles_known=roles_are_known(corpus),
        commitments=tuple(commitments),
        strategy_link=strategy_link,
    )
    lead_assets = people[["asset", "mixed"]].sum(axis=1).get(basis.picked[0])
    offered = candidates(
        [codebook[theme] for theme in basis.picked],
        audience_phrase=audience_phrase or "our students",
        outcome=outcome,
        has_assets=bool(lead_assets),
    )
    if evidence is None:
        evidence = quotes(codings, corpus, segment(corpus), codebook=codebook)
    question = wording or str(offered["question"].iloc[0])
    return _problem(question, basis, offered, people, evidence)


def _problem(
    question: str,
    basis: Basis,
    offered: pd.DataFrame,
    people: pd.DataFrame,
    evidence: pd.DataFrame,
) -> ProblemOfPractice:
    traced = trace(question, basis)
    standing = theme_standing(basis, linked_themes(traced, basis))
    return ProblemOfPractice(
        question=question,
        picked=basis.picked,
        candidates=offered,
        insights=insights(basis.themes, people, basis.picked),
        points_of_view=points_of_view(
            basis.codebook, basis.themes, evidence, basis.picked
        ),
        needs=needs(basis.found, basis.heard, basis.codebook, basis.picked),
        checks=check_statement(question, basis),
        traced=traced,
        commitments=commitments_of(question, basis),
        standing=standing,
        suggested_picks=suggested_picks(standing),
        evidence=picked_quotes(evidence, basis.picked),
        not_in_statement=not_picked(basis.themes, basis.picked),
        unsupported=tuple(traced.loc[traced["support"] == NOBODY, "phrase"]),
        voices_missing=basis.missing,
        basis=basis,
    )
