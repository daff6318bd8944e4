"""Where the team's own words hold a name: there `hide` changes nothing, people do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.codebook import Theme
from empathy_insights.codebook_yaml import SHIPPED

if TYPE_CHECKING:
    from empathy_insights.report.findings import Findings


def with_places(left: pd.DataFrame, run: Findings) -> pd.DataFrame:
    """Say beside each string that is left where the team itself wrote it, if it did."""
    where = {string: in_team_words(run, string) for string in left["string"].unique()}
    said = pd.Series(
        [where[string] for string in left["string"]], index=left.index, dtype="str"
    )
    more = "; it stands in " + said + ": change it there, hide cannot"
    return left.assign(
        why=left["why"].astype("str") + more.where(said != "", ""), by_team=said != ""
    )


def in_team_words(run: Findings, string: str) -> str:
    """Say in which of the team's own texts a string stands; empty where in none.

    Returns
    -------
    str
        A field of study.yaml, or of a theme of the codebook.
    """
    wanted = re.compile(rf"(?<!\w){re.escape(string)}(?!\w)", re.IGNORECASE)
    return next((place for place, text in _texts(run) if wanted.search(text)), "")


def _texts(run: Findings) -> Iterator[tuple[str, str]]:
    yield from (("study.yaml, under ideas", idea) for idea in run.ideas)
    basis = None if run.problem is None else run.problem.basis
    if basis is not None:
        yield from (("study.yaml, under commitments", one) for one in basis.commitments)
        yield "study.yaml, under strategy_link", basis.strategy_link or ""
    # The words of a shipped codebook are nobody's; what is left beside them is no theirs.
    themes = () if run.codebook.id in SHIPPED else run.codebook
    for theme in themes:
        for name, text in _of_theme(theme):
            yield f"the codebook, {name} of the theme {theme.name}", text
    if run.problem is not None:
        yield _OF_QUESTION, run.problem.question
        for _, row in run.problem.candidates.astype("str").iterrows():
            yield _OF_QUESTION, " ".join(row)


_OF_QUESTION = "study.yaml, under audience_phrase, outcome or wording"


def _of_theme(theme: Theme) -> Iterator[tuple[str, str]]:
    yield "the name", f"{theme.id.replace('_', ' ')} | {theme.name}"
    for name in ("headline", "brief", "definition"):
        yield f"the {name}", getattr(theme, name)
    yield "use when", " | ".join(theme.use_when)
    yield "not when", " | ".join(edge.text for edge in theme.not_when)
    yield "the words", " | ".join(map(str, vars(theme.patterns).values()))
    yield "the need", " | ".join(map(str, vars(theme.need).values()))
    yield "an example", " | ".join(one.text for one in theme.examples)
    misses = (f"{one.text} | {one.why}" for one in theme.near_misses)
    yield "a near miss", " | ".join(misses)
