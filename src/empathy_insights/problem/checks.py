"""Hold a statement against the rubric: what its words show, and what it stands on."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.corpus import how_many
from empathy_insights.problem.basis import TOP, Basis
from empathy_insights.problem.candidates import BLANK
from empathy_insights.problem.sentence import (
    ASK,
    FAIL,
    PASS,
    UNFILLED,
    WARN,
    Finding,
    sentence_findings,
)
from empathy_insights.problem.shipped import Rubric, load_rubric
from empathy_insights.problem.trace import (
    NOBODY,
    commitments_of,
    linked_themes,
    trace,
)
from empathy_insights.publishing import said_count
from empathy_insights.wording import plural

LEVERAGE = "leverage"
TRACEABLE = "traceable"
PERSISTENT = "persistent"
CHECKS = ["id", "criterion", "result", "reason", "words", "ask"]


def check_statement(
    wording: str, basis: Basis, traced: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Hold a statement against the 14 criteria of the rubric.

    A statement is never rejected and gets no score. `fail` is kept for a wrong form,
    words that blame, a strategy that was asked for and left empty, no theme that anybody
    raised, and no student heard; other words at most `warn`, which asks for a reason.
    `needs a person` asks for a judgement that no word list can make.

    Parameters
    ----------
    traced
        As `trace` returns it, where that was asked before.

    Returns
    -------
    pandas.DataFrame
        A row a criterion: `id`, `criterion`, `result` (pass / warn / fail / needs a
        person), `reason`, `words` (of the statement, that led to the result), `ask`
        (what a person is asked; empty where nobody needs to be).
    """
    rubric = load_rubric()
    traced = trace(wording, basis) if traced is None else traced
    findings = {
        **sentence_findings(wording, rubric),
        "strategy": _strategy(basis.strategy_link),
        LEVERAGE: _leverage(basis, rubric),
        TRACEABLE: _traceable(wording, traced, basis, rubric),
        "voice": _voice(basis),
        PERSISTENT: _persistent(basis, rubric),
    }
    return pd.DataFrame(
        [
            {
                "id": criterion.id,
                "criterion": criterion.name,
                "result": finding.result,
                "reason": finding.reason,
                "words": ", ".join(finding.words),
                "ask": criterion.ask
                if criterion.always_ask or finding.result != PASS
                else "",
            }
            for criterion in rubric.criteria.values()
            for finding in [findings[criterion.id]]
        ],
        columns=CHECKS,
        dtype="str",
    )


def _strategy(link: str | None) -> Finding:
    if link is None:
        return Finding(ASK, "no strategy is named that it belongs to")
    if not link.strip():
        return Finding(FAIL, "it is linked to no document and sentence of a strategy")
    return Finding(PASS, f"it is linked to {link.strip()!r}")


def _leverage(basis: Basis, rubric: Rubric) -> Finding:
    found = basis.of_themes(basis.picked)
    people = found["participant_id"].nunique()
    if not people:
        return Finding(
            FAIL, "no person who was heard raised a theme that it is built on"
        )
    if basis.is_estimate:
        return Finding(ASK, f"{_estimated(basis)}; read passages to be surer")
    limits = rubric.criteria[LEVERAGE].limits
    of = int(basis.themes["of"].max())
    roles = found.loc[found["role"] != "unknown", "role"].nunique()
    is_top = not set(basis.picked).isdisjoint(basis.ranked[:TOP])
    reason = f"{people} of {how_many(of, 'person', 'people')}, {roles} role{'s' * (roles != 1)}"
    if not is_top:
        reason += f", and no theme of the {TOP} that most people raised"
    is_wide = (
        100 * people >= limits["least_percent"] * of and roles >= limits["least_roles"]
    )
    return Finding(PASS if is_top and is_wide else WARN, reason)


def _estimated(basis: Basis) -> str:
    """Say how many people may have raised the leading theme."""
    rows = basis.themes.set_index("theme")
    return said_count(rows.loc[basis.picked[0]].to_dict(), of=int(rows["of"].max()))


def _traceable(
    wording: str, traced: pd.DataFrame, basis: Basis, rubric: Rubric
) -> Finding:
    if BLANK in wording:
        return Finding(ASK, UNFILLED)
    linked = linked_themes(traced, basis)
    left_out = [theme for theme in basis.ranked[:TOP] if theme not in linked]
    thin = [theme for theme in linked if _is_thin(theme, basis, rubric)]
    return traceable(
        traced,
        commitments_of(wording, basis),
        is_linked=bool(linked),
        left_out=basis.names(left_out),
        thin=basis.names(thin),
    )


def traceable(
    traced: pd.DataFrame,
    committed: pd.DataFrame,
    *,
    is_linked: bool,
    left_out: Sequence[str],
    thin: Sequence[str] = (),
) -> Finding:
    """Return what a statement holds that nobody raised, and what it leaves out.

    Parameters
    ----------
    traced, committed
        As `trace` and `commitments_of` return them.
    is_linked
        Whether any phrase leads to a theme that somebody raised.
    left_out, thin
        Names of themes: raised most and not in the statement; in it, and
        raised by too few.
    """
    if not is_linked:
        return Finding(FAIL, "no phrase of it leads to a theme that anybody raised")
    alone = tuple(traced.loc[traced["support"] == NOBODY, "phrase"])
    absent = committed.loc[~committed["in_statement"], "commitment"]
    gaps = {
        "in no theme that people raised": list(map(repr, alone)),
        "raised most and not in it": left_out,
        "committed to and not in it": list(absent),
        "raised by few people": thin,
    }
    said = [f"{what}: {', '.join(who)}" for what, who in gaps.items() if who]
    if said:
        return Finding(WARN, "; ".join(said), alone)
    return Finding(PASS, "every phrase leads to what people said")


def _is_thin(theme: str, basis: Basis, rubric: Rubric) -> bool:
    if basis.is_estimate:  # what is coded is a part of what was said
        return False
    limits = rubric.criteria[TRACEABLE].limits
    found = basis.of_themes([theme])
    return bool(
        found["participant_id"].nunique() < limits["least_people"]
        or found["document_id"].nunique() < limits["least_documents"]
    )


def _voice(basis: Basis) -> Finding:
    if not basis.roles_known:
        return Finding(ASK, "not everybody's role is known; say who is who")
    if "student" in basis.missing:
        return Finding(FAIL, "no student was heard")
    if basis.missing:
        return Finding(WARN, f"no voice of: {', '.join(map(plural, basis.missing))}")
    return Finding(PASS, "every expected group was heard")


def _persistent(basis: Basis, rubric: Rubric) -> Finding:
    if basis.is_estimate:
        return Finding(ASK, "not all has been read; look where else it was heard")
    found = basis.of_themes(basis.picked)
    least = rubric.criteria[PERSISTENT].limits["least"]
    places = {"rounds": "round", "sites": "site", "kinds of source": "kind"}
    several = [
        name for name, column in places.items() if found[column].nunique() >= least
    ]
    if several:
        return Finding(PASS, f"heard in several {' and '.join(several)}")
    if found[["round", "site"]].isna().all(axis=None):
        return Finding(ASK, "one kind of source, and no round or site is known")
    return Finding(WARN, "heard in one round, site and kind of source only")
