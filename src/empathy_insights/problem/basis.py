"""What a statement stands on: the themes, who raised them, and what the team decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from empathy_insights.codebook import Codebook

TOP = 3


@dataclass(frozen=True, repr=False)
class Basis:
    """Hold everything that a wording is checked with and traced to.

    Parameters
    ----------
    themes
        The theme table, not grouped.
    found
        Located codings that count, as `locate` returns them.
    heard
        The participants who said something, as `heard` returns them.
    codebook
        Whose words lead from a phrase to a theme.
    picked
        The themes that the team builds on, the leading one first.
    ranked
        The themes that anybody raised, those of most people first.
    missing
        Roles and priority groups of whom nobody was heard.
    roles_known
        Whether anybody's role is known.
    commitments
        What the organisation has committed itself to, whoever raised it.
    strategy_link
        The document and sentence that the statement is part of; None when nobody has
        been asked for it.
    """

    themes: pd.DataFrame
    found: pd.DataFrame
    heard: pd.DataFrame
    codebook: Codebook
    picked: tuple[str, ...]
    ranked: tuple[str, ...]
    missing: tuple[str, ...]
    roles_known: bool
    commitments: tuple[str, ...] = ()
    strategy_link: str | None = None

    def of_themes(self, themes: Sequence[str]) -> pd.DataFrame:
        """Return the located codings of some themes."""
        return self.found[self.found["theme"].isin(themes)]

    def names(self, themes: Sequence[str]) -> list[str]:
        """Return what people call some themes."""
        named = self.themes.set_index("theme")["name"]
        return [str(named[theme]) for theme in themes]


def known(basis: Basis | None) -> Basis:
    """Return the basis, or raise where a problem was made for others to see."""
    if basis is None:
        raise ValueError(
            "this problem was made for others to see and has nobody's words behind it; "
            "ask the problem of the team's own analysis"
        )
    return basis
