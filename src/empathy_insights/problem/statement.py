"""The result: one question, other ways to ask it, and everything it stands on."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from empathy_insights.problem.basis import Basis
from empathy_insights.problem.checks import check_statement
from empathy_insights.problem.sections import as_html
from empathy_insights.problem.trace import segments_of


@dataclass(frozen=True, repr=False)
class Statement:
    """Hold one question, other ways to ask it, and all that may be told of what it stands on.

    Parameters
    ----------
    question
        The team's wording, or the first candidate.
    picked
        The theme ids that it is built on, the leading one first.
    praised
        Those of them of which more people spoke as something that helps.
    candidates
        `move`, `question`: ways into the problem for the team to choose from.
    insights
        `theme`, `name`, `people`, `of`, `need`, `asset`, `mixed` (people who spoke of
        either or both), `sentence`: a row a picked theme.
    needs
        `theme`, `role`, `people`, `of`, `statement` (the need), `sentence` (and how many of
        the role were heard to speak of it): a row a picked theme and role. What others
        may see has no counts, and only roles whose number of the theme is told.
    points_of_view
        `theme`, `met`, `said`, `struck`, `game_changing`, `sentence`: the beginning of a
        point of view; what struck the team is a blank for a person.
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
    suggested_picks
        `theme`, `name`, `people`, `of`, `picked`, `why`: what most people raised, what most
        spoke of as missing or hard, and what is strong in a priority group. A suggestion:
        the team's `pick` decides.
    evidence
        Quotes for the picked themes, as `quotes` returns them.
    not_in_statement
        `theme`, `name`, `people`, `low`, `high`, `of`, `state`: raised by people, left out
        of the question.
    unsupported
        Phrases of the question that lead to no theme that people raised.
    voices_missing
        Roles and priority groups of whom nobody was heard.
    roles_known
        Whether it is known which roles are missing; else none is said to be.
    state
        How far people have read what it is built on: `first look` (the question is a
        candidate to check first), `partly checked` or `checked`.
    """

    question: str
    picked: tuple[str, ...]
    praised: tuple[str, ...]
    candidates: pd.DataFrame
    insights: pd.DataFrame
    needs: pd.DataFrame
    points_of_view: pd.DataFrame
    checks: pd.DataFrame
    traced: pd.DataFrame
    commitments: pd.DataFrame
    standing: pd.DataFrame
    suggested_picks: pd.DataFrame
    evidence: pd.DataFrame
    not_in_statement: pd.DataFrame
    unsupported: tuple[str, ...]
    voices_missing: tuple[str, ...]
    roles_known: bool
    state: str

    def __repr__(self) -> str:
        return (
            f"{type(self).__name__}({self.question!r}, from {', '.join(self.picked)})"
        )

    def _repr_html_(self) -> str:
        return as_html(self)


@dataclass(frozen=True, repr=False)
class ProblemOfPractice(Statement):
    """Hold a statement with everything it stands on: the team's own.

    Parameters
    ----------
    basis
        What any wording is checked with.

    See Also
    --------
    problem_of_practice : Makes one, and has an example.
    """

    basis: Basis

    def check(self, wording: str) -> pd.DataFrame:
        """Hold the team's own wording against the rubric, with the same evidence.

        Returns
        -------
        pandas.DataFrame
            `id`, `criterion`, `result` (pass / warn / fail / needs a person), `reason`,
            `words`, `ask`: a row a criterion, and no score.

        Examples
        --------
        >>> import pandas as pd
        >>> import empathy_insights as ei
        >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
        >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
        >>> book = ei.load_codebook("empathy_core")
        >>> codings = ei.code(ei.segment(corpus), book)
        >>> themes = ei.theme_frequency(codings, corpus)
        >>> problem = ei.problem_of_practice(themes, codings, corpus, book)
        >>> problem.check("How might we fix lazy kids?")[["id", "result", "words"]].loc[[9]]
                      id result words
        9  asset_framing   fail  lazy
        """
        return check_statement(wording, self.basis)

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
            The question has no such phrase.

        Examples
        --------
        >>> import pandas as pd
        >>> import empathy_insights as ei
        >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
        >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
        >>> book = ei.load_codebook("empathy_core")
        >>> codings = ei.code(ei.segment(corpus), book)
        >>> themes = ei.theme_frequency(codings, corpus)
        >>> problem = ei.problem_of_practice(themes, codings, corpus, book)
        >>> problem.segments_behind("independence")["theme"].tolist()
        ['student_ownership']
        """
        return segments_of(phrase, self.traced, self.basis)
