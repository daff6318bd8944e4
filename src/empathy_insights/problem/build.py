"""The problem of practice: candidates, the evidence for them, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from empathy_insights.analysis.located import counted, locate
from empathy_insights.analysis.quotes import quotes
from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.analysis.voices import missing_voices, roles_are_known
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.corpus import Corpus
from empathy_insights.errors import CodebookError
from empathy_insights.problem.candidates import candidates
from empathy_insights.problem.checks import check_statement, unsupported_words
from empathy_insights.problem.wording import counted_role, insight, listing, plural
from empathy_insights.tables import ROLES
from empathy_insights.text.segments import segment

_INSIGHT = ["theme", "name", "people", "of", "need", "asset", "mixed", "sentence"]
_NEED = ["theme", "people", "roles", "statement", "sentence"]
_N_PICKS = 3
_N_QUOTES = 2


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
        `criterion`, `result`, `reason`.
    evidence
        Quotes for the picked themes, as `quotes` returns them.
    not_in_statement
        `theme`, `name`, `people`, `of`: raised by people, left out of the question.
    unsupported
        Words of the question that come from no picked theme.
    voices_missing
        Roles and priority groups of whom nobody was heard.
    """

    question: str
    picked: tuple[str, ...]
    candidates: pd.DataFrame
    insights: pd.DataFrame
    needs: pd.DataFrame
    checks: pd.DataFrame
    evidence: pd.DataFrame
    not_in_statement: pd.DataFrame
    unsupported: tuple[str, ...]
    voices_missing: tuple[str, ...]

    def __repr__(self) -> str:
        return f"ProblemOfPractice({self.question!r}, from {', '.join(self.picked)})"

    def _repr_html_(self) -> str:
        return _as_html(self)


def problem_of_practice(
    themes: pd.DataFrame,
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook,
    *,
    audience_phrase: str | None = None,
    outcome: str | None = None,
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
    picked = _picked(themes, people, codebook, pick)
    chosen = [codebook[theme] for theme in picked]
    audience = audience_phrase or _audience(found, picked[0])
    has_assets = bool(people[["asset", "mixed"]].sum(axis=1).get(picked[0]))
    offered = candidates(
        chosen, audience_phrase=audience, outcome=outcome, has_assets=has_assets
    )
    question = wording or str(offered["question"].iloc[0])
    missing = missing_voices(corpus)
    if evidence is None:
        evidence = quotes(codings, corpus, segment(corpus), codebook=codebook)
    return ProblemOfPractice(
        question=question,
        picked=picked,
        candidates=offered,
        insights=_insights(themes, people, picked),
        needs=_needs(found, codebook, picked),
        checks=check_statement(
            question, themes, picked, missing, roles_known=roles_are_known(corpus)
        ),
        evidence=_evidence(evidence, picked),
        not_in_statement=_left_out(themes, picked),
        unsupported=tuple(unsupported_words(question, chosen, codebook)),
        voices_missing=tuple(missing),
    )


def _evidence(quoted: pd.DataFrame, picked: Sequence[str]) -> pd.DataFrame:
    """Take two quotes and one that disagrees for each picked theme, in its order."""
    kept = quoted[quoted["theme"].isin(picked) & (quoted["rank"] <= _N_QUOTES)]
    order = kept["theme"].map({theme: n for n, theme in enumerate(picked)})
    return kept.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _picked(
    themes: pd.DataFrame,
    people: pd.DataFrame,
    book: Codebook,
    pick: Sequence[str] | None,
) -> tuple[str, ...]:
    if pick is not None:
        strange = [theme for theme in pick if theme not in book]
        if strange or not pick:
            what = (
                f"there is no theme {strange[0]!r}" if strange else "no theme is picked"
            )
            choices = ", ".join(theme.id for theme in book.main_themes)
            raise CodebookError(f"{what}; choose from {choices}")
        return tuple(pick)
    raised = themes[themes["segments"] > 0]
    if raised.empty:
        raise CodebookError(
            "nobody raised a theme of the codebook; review the suggested codings, or "
            "code with a codebook that fits what people talked about"
        )
    need = people[["need", "mixed"]].sum(axis=1)
    ranked = raised.assign(
        _roles=raised["roles"].str.count(","),
        _need=(raised["theme"].map(need) / raised["people"]).fillna(0),
    ).sort_values(
        ["people", "_roles", "_need", "documents", "theme"],
        ascending=[False, False, False, False, True],
    )
    return tuple(ranked["theme"].head(_N_PICKS))


def _audience(found: pd.DataFrame, theme: str) -> str:
    raised = found[found["theme"] == theme].drop_duplicates("participant_id")
    counts = raised["role"].value_counts()
    named = counts.drop(labels=["unknown", "mixed"], errors="ignore")
    top = (
        "student"
        if named.empty or named.get("student") == named.max()
        else named.idxmax()
    )
    return f"our {plural(str(top))}"


def _insights(
    themes: pd.DataFrame, people: pd.DataFrame, picked: Sequence[str]
) -> pd.DataFrame:
    rows = themes.set_index("theme", drop=False)
    counts = people.reindex(index=list(picked), fill_value=0)
    return pd.DataFrame(
        [
            {
                **{name: rows.loc[theme, name] for name in _INSIGHT[:4]},
                **counts.loc[theme, ["need", "asset", "mixed"]],
                "sentence": insight(rows.loc[theme], counts.loc[theme]),
            }
            for theme in picked
            if theme in rows.index
        ],
        columns=_INSIGHT,
    )


def _needs(found: pd.DataFrame, book: Codebook, picked: Sequence[str]) -> pd.DataFrame:
    needing = found[found["stance"].isin(["need", "mixed"])]
    rows = [
        _need(needing[needing["theme"] == theme], book[theme], _audience(found, theme))
        for theme in picked
        if book[theme].need.verb_phrase
    ]
    return pd.DataFrame(rows, columns=_NEED)


def _need(needing: pd.DataFrame, theme: Theme, whose: str) -> dict[str, object]:
    """Word the need as the codebook does, and say from how many people it was heard."""
    counts = needing.groupby("role")["participant_id"].nunique()
    heard = [counted_role(role, int(counts[role])) for role in ROLES if role in counts]
    because = f" because {theme.need.barrier}" if theme.need.barrier else ""
    statement = f"{whose.capitalize()} need to {theme.need.verb_phrase}{because}."
    return {
        "theme": theme.id,
        "people": needing["participant_id"].nunique(),
        "roles": ", ".join(role for role in ROLES if role in counts),
        "statement": statement,
        "sentence": f"{statement} A need was heard from {listing(heard) or 'nobody'}.",
    }


def _left_out(themes: pd.DataFrame, picked: Sequence[str]) -> pd.DataFrame:
    left = themes[~themes["theme"].isin(picked) & (themes["people"] > 0)]
    return left[["theme", "name", "people", "of"]].reset_index(drop=True)


def _as_html(problem: ProblemOfPractice) -> str:
    from html import escape

    offered = "".join(
        f"<li>{escape(row.question)} <small>({escape(row.move)})</small></li>"
        for row in problem.candidates.itertuples()
    )
    heard = "".join(f"<li>{escape(text)}</li>" for text in problem.insights["sentence"])
    said = "".join(
        f"<li>“{escape(row.text)}” <small>{escape(str(row.role))}, {row.kind}</small></li>"
        for row in problem.evidence.itertuples()
    )
    return (
        f"<h3>{escape(problem.question)}</h3><p>Because:</p><ul>{heard}</ul>"
        f"<p>Other ways to ask:</p><ol>{offered}</ol><p>In their words:</p><ul>{said}</ul>"
    )
