"""The problem of practice: candidates, the evidence for them, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from empathy_insights.analysis.located import counted, locate
from empathy_insights.analysis.quotes import quotes
from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.analysis.voices import missing_voices, roles_are_known
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus, heard
from empathy_insights.problem.basis import Basis, known
from empathy_insights.problem.candidates import offered_candidates
from empathy_insights.problem.checks import check_statement
from empathy_insights.problem.needs import insights, needs
from empathy_insights.problem.notebook_view import as_html
from empathy_insights.problem.picking import (
    not_picked,
    picked_quotes,
    picked_themes,
    ranked_themes,
)
from empathy_insights.problem.standing import theme_standing
from empathy_insights.problem.traced import (
    NOBODY,
    commitments_of,
    linked_themes,
    segments_of,
    trace,
)
from empathy_insights.text.segments import segment


@dataclass(frozen=True, repr=False)
class ProblemOfPractice:
    """Hold one question, other ways to ask it, and everything it stands on.

    Parameters
    ----------
    question
        The team's wording, or the first candidate.
    picked
        The theme ids that it is built on, the leading one first.
    candidates
        `move`, `question`: ways into the problem for the team to choose from.
    insights
        `theme`, `name`, `people`, `of`, `need`, `asset`, `mixed` (people who spoke of
        either or both), `sentence`: a row a picked theme.
    needs
        `theme`, `people`, `roles`, `statement` (the need), `sentence` (and from whom it
        was heard).
    checks
        `id`, `criterion`, `result` (pass / warn / fail / needs a person), `reason`,
        `words` (that led to it), `ask` (what a person is asked): the rubric, as `check`
        gives it for any wording.
    traced
        `phrase`, `themes`, `people`, `segments`, `support`: what every content phrase of
        the question leads to; `segments_behind` gives the segments of one.
    commitments
        `commitment`, `in_statement`, `themes`, `people`, `segments`, `support`: what the
        organisation has committed itself to, in the question or not, raised or not.
    standing
        `theme`, `name`, `people`, `of`, `top`, `picked`, `in_statement`, `only_adults`,
        `equity_pick`: a row a raised theme.
    evidence
        Quotes for the picked themes, as `quotes` returns them.
    not_in_statement
        `theme`, `name`, `people`, `of`: raised by people, left out of the question.
    unsupported
        Phrases of the question that nobody who was heard raised.
    voices_missing
        Roles and priority groups of whom nobody was heard.
    basis
        What any wording is checked with; None in what others may see.
    """

    question: str
    picked: tuple[str, ...]
    candidates: pd.DataFrame
    insights: pd.DataFrame
    needs: pd.DataFrame
    checks: pd.DataFrame
    traced: pd.DataFrame
    commitments: pd.DataFrame
    standing: pd.DataFrame
    evidence: pd.DataFrame
    not_in_statement: pd.DataFrame
    unsupported: tuple[str, ...]
    voices_missing: tuple[str, ...]
    basis: Basis | None = None

    def __repr__(self) -> str:
        return f"ProblemOfPractice({self.question!r}, from {', '.join(self.picked)})"

    def _repr_html_(self) -> str:
        return as_html(self)

    def check(self, wording: str) -> pd.DataFrame:
        """Hold the team's own wording against the rubric, with the same evidence.

        Returns
        -------
        pandas.DataFrame
            `id`, `criterion`, `result` (pass / warn / fail / needs a person), `reason`,
            `words`, `ask`: a row a criterion, and no score.

        Raises
        ------
        ValueError
            The problem was made for others to see and has nobody's words behind it.

        Examples
        --------
        >>> import empathy_insights as ei
        >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
        >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
        >>> book = ei.load_codebook("empathy_core")
        >>> codings = ei.code(ei.segment(corpus), book)
        >>> themes = ei.theme_frequency(codings, corpus)
        >>> problem = problem_of_practice(themes, codings, corpus, book)
        >>> problem.check("How might we fix lazy kids?")[["id", "result", "words"]].loc[[9]]
                      id result words
        9  asset_framing   fail  lazy
        """
        return check_statement(wording, known(self.basis))

    def segments_behind(self, phrase: str) -> pd.DataFrame:
        """Return the counted codings of the themes that a phrase of the question leads to.

        Parameters
        ----------
        phrase
            One of `traced`.

        Returns
        -------
        pandas.DataFrame
            `segment_id`, `theme`, `participant_id`, `role`, `document_id`, `stance`,
            `status`.

        Raises
        ------
        ValueError
            The question has no such phrase, or the problem was made for others to see.

        Examples
        --------
        >>> import empathy_insights as ei
        >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
        >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
        >>> book = ei.load_codebook("empathy_core")
        >>> codings = ei.code(ei.segment(corpus), book)
        >>> themes = ei.theme_frequency(codings, corpus)
        >>> problem = problem_of_practice(themes, codings, corpus, book)
        >>> problem.segments_behind("independence")["theme"].tolist()
        ['student_ownership']
        """
        return segments_of(phrase, self.traced, known(self.basis))


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
    roles win ties, then the share of people who spoke of a need) and words candidates
    for them; `pick` and `wording` take their place.

    Parameters
    ----------
    themes
        The theme table of `theme_frequency`, not grouped.
    audience_phrase
        Whom the question serves; by default the role that raised the leading theme
        most, such as `our students`.
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
    offered = offered_candidates(
        basis, people, audience_phrase=audience_phrase, outcome=outcome
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
    return ProblemOfPractice(
        question=question,
        picked=basis.picked,
        candidates=offered,
        insights=insights(basis.themes, people, basis.picked),
        needs=needs(basis.found, basis.codebook, basis.picked),
        checks=check_statement(question, basis),
        traced=traced,
        commitments=commitments_of(question, basis),
        standing=theme_standing(basis, linked_themes(traced, basis)),
        evidence=picked_quotes(evidence, basis.picked),
        not_in_statement=not_picked(basis.themes, basis.picked),
        unsupported=tuple(traced.loc[traced["support"] == NOBODY, "phrase"]),
        voices_missing=basis.missing,
        basis=basis,
    )
