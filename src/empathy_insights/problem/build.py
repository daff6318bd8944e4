"""The problem of practice: candidates, the evidence for them, and what is missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from empathy_insights.analysis.codings_in_place import located
from empathy_insights.analysis.judged_stances import praised
from empathy_insights.analysis.quotes import quotes
from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.analysis.table_facts import read_state
from empathy_insights.analysis.voices import missing_voices, roles_are_known
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.corpus import Corpus, heard
from empathy_insights.problem.basis import (
    TOP,
    Basis,
    insights,
    needs,
    not_picked,
    picked_quotes,
    picked_themes,
    ranked_themes,
    suggested_picks,
)
from empathy_insights.problem.by_need import by_need
from empathy_insights.problem.candidates import candidates
from empathy_insights.problem.checks import check_statement
from empathy_insights.problem.shipped import load_rubric
from empathy_insights.problem.statement import ProblemOfPractice
from empathy_insights.problem.trace import (
    NOBODY,
    commitments_of,
    linked_themes,
    trace,
)
from empathy_insights.tables import CODINGS, FIRST_LOOK
from empathy_insights.text.segments import segment
from empathy_insights.wording import (
    of_people,
    own_need,
    people_of_roles,
    spoken_name,
)

# Points of view: whom we met, what struck us, and what would change the game.


BLANK = "____ [a person fills this in]"
_COLUMNS = ["theme", "met", "said", "struck", "game_changing", "sentence"]


def points_of_view(
    codebook: Codebook,
    themes: pd.DataFrame,
    evidence: pd.DataFrame,
    picked: Sequence[str],
    *,
    praised: Collection[str] = (),
    adults: Sequence[str] = (),
) -> pd.DataFrame:
    """Begin a point of view for each picked theme, and leave the surprise to a person.

    Parameters
    ----------
    themes, evidence
        The team's own, or published ones: no other number or quote is told.
    praised
        Themes of which more people spoke as something that helps.
    adults
        The roles heard, where no student was.

    Returns
    -------
    pandas.DataFrame
        A row a picked theme: `theme`, `met`, `said` (a quote, or empty), `struck` (always
        blank), `game_changing` (blank where the codebook words no need), `sentence` (all
        of it).
    """
    rows = themes.set_index("theme", drop=False)
    quotes = evidence[evidence["kind"] == "quote"].drop_duplicates("theme")
    said = quotes.set_index("theme")["text"]
    table = [
        _point_of_view(
            codebook[theme],
            rows.loc[theme],
            str(said.get(theme, "")),
            is_praise=theme in praised,
            roles=adults or ("student",),
        )
        for theme in picked
        if theme in rows.index
    ]
    return pd.DataFrame(table, columns=_COLUMNS, dtype="str")


def _point_of_view(
    theme: Theme, row: pd.Series, said: str, *, is_praise: bool, roles: Sequence[str]
) -> dict[str, str]:
    need, whom = own_need(theme, roles), people_of_roles(roles)
    goal = theme.need.goal_noun if roles != ("student",) else ""
    name = spoken_name(theme.name)
    is_untold = str(row.get("shown", "")).startswith("hidden")
    met = f"We met {'people' if is_untold else of_people(row)} who raised {name}."
    if row.get("state") == FIRST_LOOK and not row.get("hidden"):
        met = f"We may have met people who raised {name}: {of_people(row)}."
    change = f"{whom} had {goal}" if goal else BLANK
    if need:
        change = f"{whom} could {need}"
    if is_praise:
        change = f"what helps some of {whom} reached all of them"
    parts = {
        "met": met,
        "said": said,
        "struck": f"We were struck that {BLANK}.",
        "game_changing": f"It would be game-changing if {change}.",
    }
    quoted = f"One said: “{' '.join(said.split())}”" if said else ""
    told = [met, quoted, parts["struck"], parts["game_changing"]]
    return {
        "theme": theme.id,
        **parts,
        "sentence": " ".join(part for part in told if part),
    }


# Where each raised theme stands: how many raised it, and whether the statement says it.


_NOT_ADULTS = ("student", "mixed", "unknown")
_STANDING = {
    "theme": "str", "name": "str", "people": "int64", "of": "int64", "top": "bool",
    "picked": "bool", "in_statement": "bool", "only_adults": "bool",
    "equity_pick": "str",
}  # fmt: skip


def theme_standing(basis: Basis, linked: Sequence[str]) -> pd.DataFrame:
    """Return for each theme that anybody raised whether the statement takes it up.

    Parameters
    ----------
    linked
        The themes that the statement's phrases lead to, as `linked_themes` returns them.

    Returns
    -------
    pandas.DataFrame
        A row a raised theme, those of most people first: `theme`, `name`, `people`,
        `of`, `top` (among the three that most people raised), `picked`, `in_statement`
        (a phrase of the wording leads to it), `only_adults` (everybody who raised it is
        of an adult role), `equity_pick` (the priority groups in which it is strong: at
        least three people raised it, at 1.25 times the rate among all others or more;
        empty for none).
    """
    rows = basis.themes.set_index("theme", drop=False)
    # Who else raised it is not known before all is read.
    adults = () if basis.is_estimate else _raised_by_adults_only(basis.found)
    strong = strong_in(basis)
    table = pd.DataFrame(
        [
            {
                **{name: rows.loc[theme, name] for name in list(_STANDING)[:4]},
                "top": place < TOP,
                "picked": theme in basis.picked,
                "in_statement": theme in linked,
                "only_adults": theme in adults,
                "equity_pick": ", ".join(strong.get(theme, ())),
            }
            for place, theme in enumerate(basis.ranked)
        ],
        columns=list(_STANDING),
    )
    return table.astype(_STANDING)


def strong_in(basis: Basis) -> dict[str, list[str]]:
    """Return the priority groups in which a theme is strong, by theme."""
    if basis.is_estimate:
        return {}  # an estimate of small groups says too little
    limits = load_rubric().criteria["leverage"].limits
    group_of = basis.heard.set_index("participant_id")["priority_group"]
    heard = group_of.value_counts()
    raised = basis.found[["theme", "participant_id"]].dropna().drop_duplicates()
    groups = raised["participant_id"].map(group_of)
    counts = pd.crosstab(raised["theme"], groups)
    people = raised["theme"].value_counts()
    strong: dict[str, list[str]] = {}
    for group in counts.columns:
        others = len(group_of) - heard[group]
        rate = counts[group] / heard[group]
        rest = (people.reindex(counts.index) - counts[group]) / max(others, 1)
        is_strong = (
            (others > 0)
            & (counts[group] >= limits["equity_people"])
            & (100 * rate >= limits["equity_percent"] * rest)
        )
        for theme in counts.index[is_strong]:
            strong.setdefault(str(theme), []).append(str(group))
    return strong


def _raised_by_adults_only(found: pd.DataFrame) -> frozenset[str]:
    # A voice without a role may be a student's.
    maybe_student = found["role"].isna() | found["role"].isin(_NOT_ADULTS)
    is_open = maybe_student.groupby(found["theme"]).any()
    return frozenset(is_open.index[~is_open])


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
    """Build how-might-we questions from the themes that most people found hard.

    The team chooses. Where people have judged what is a need and what a strength, the
    function proposes the three themes that most people spoke of as missing or hard, and
    none of which more spoke as something that helps; where hardly anybody spoke of a need
    it asks how to keep what people praise. Before that, it proposes the three raised by
    most people (of an estimate, what the table tells first wins ties; then more roles do,
    and the share of people who spoke of a need). It flags beside them those that a priority
    group raised much more often than all others (`suggested_picks`), and words candidates;
    `pick` and `wording` take their place.

    Parameters
    ----------
    themes
        The theme table of `theme_frequency`, not grouped.
    codings
        Which segment got which theme, as `code` or `read_codings` returns it.
    corpus
        Documents, people and turns, as `read_corpus` returns them.
    codebook
        The themes, as `load_codebook` returns them.
    audience_phrase
        Whom the question serves; by default `our students`, since a need is worded for
        them and another role's name would tell who raised the theme. Where no student was
        heard, the adults who were.
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

    See Also
    --------
    theme_frequency : Counts the themes that it is built on.
    analyze : Does all of it in one call.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> book = ei.load_codebook("empathy_core")
    >>> codings = ei.code(ei.segment(corpus), book)
    >>> themes = ei.theme_frequency(codings, corpus)
    >>> ei.problem_of_practice(themes, codings, corpus, book).picked
    ('student_ownership',)
    """
    codings = CODINGS.completed(codings)
    found = located(codings, corpus)
    people = people_by_stance(found)
    ranked = ranked_themes(themes, people)
    needed = by_need(ranked, themes, found)
    basis = Basis(
        themes=themes,
        found=found,
        heard=heard(corpus),
        codebook=codebook,
        picked=picked_themes(needed, codebook, pick),
        ranked=ranked,
        needed=needed,
        praised=praised(found, read_state(themes)),
        missing=tuple(missing_voices(corpus)),
        roles_known=roles_are_known(corpus),
        commitments=tuple(commitments),
        strategy_link=strategy_link,
    )
    lead_assets = people[["asset", "mixed"]].sum(axis=1).get(basis.picked[0])
    offered = candidates(
        [codebook[theme] for theme in basis.picked],
        audience_phrase=audience_phrase or basis.whom,
        outcome=outcome,
        has_assets=bool(lead_assets),
        is_praise=basis.picked[0] in basis.praised,
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
    is_judged = basis.needed != basis.ranked
    needed = {*basis.needed[:TOP]} - basis.praised if is_judged else set()
    return ProblemOfPractice(
        question=question,
        picked=basis.picked,
        praised=tuple(theme for theme in basis.picked if theme in basis.praised),
        candidates=offered,
        insights=insights(basis.themes, people, basis.picked),
        points_of_view=points_of_view(
            basis.codebook,
            basis.themes,
            evidence,
            basis.picked,
            praised=basis.praised,
            adults=basis.adults,
        ),
        needs=needs(
            basis.found,
            basis.heard,
            basis.codebook,
            [theme for theme in basis.picked if theme not in basis.praised],
            state=read_state(basis.themes),
            adults=basis.adults,
        ),
        checks=check_statement(question, basis, traced),
        traced=traced,
        commitments=commitments_of(question, basis),
        standing=standing,
        suggested_picks=suggested_picks(
            standing, read_state(basis.themes), needed=needed
        ),
        evidence=picked_quotes(evidence, basis.picked),
        not_in_statement=not_picked(basis.themes, basis.picked),
        unsupported=tuple(traced.loc[traced["support"] == NOBODY, "phrase"]),
        voices_missing=basis.missing,
        roles_known=basis.roles_known,
        state=read_state(basis.themes),
        basis=basis,
    )
