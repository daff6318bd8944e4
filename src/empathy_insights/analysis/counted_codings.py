"""The codings that count, beside the turns they stand in and the names of their themes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from empathy_insights.analysis.counting import Numbered, numbered
from empathy_insights.analysis.heard_in import heard_in, named_groups
from empathy_insights.analysis.located import counted, spoken, turn_of
from empathy_insights.analysis.theme_names import Level, theme_names
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.tables import CODINGS


@dataclass(frozen=True)
class CountedCodings:
    """Hold what counts of a study's codings.

    Parameters
    ----------
    found
        The codings that count, of the themes in `names`: `segment_id`, `theme`, `status`.
    turns, turn
        Participants' turns, and the row there that each coding stands in.
    names
        Theme -> its name: of the codebook, or what was raised.
    """

    found: pd.DataFrame
    turns: pd.DataFrame
    turn: np.ndarray
    names: Mapping[str, str]


def counted_codings(
    codings: pd.DataFrame,
    corpus: Corpus,
    *,
    codebook: Codebook | None = None,
    level: Level = "main",
) -> CountedCodings:
    """Find the codings that count and the turns they stand in.

    Raises
    ------
    TableError
        A coding belongs to another corpus or to a facilitator.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> codings = ei.code(ei.segment(corpus), ei.load_codebook("empathy_core"))
    >>> counted_codings(codings, corpus).names
    {'tech_support': 'Tech support'}
    """
    CODINGS.check(codings)
    turns = spoken(corpus)
    found = counted(codings[["segment_id", "theme", "coder", "status"]])
    at = turn_of(found, turns, corpus)
    names = theme_names(found["theme"].unique(), codebook, level)
    chosen = found["theme"].isin(names).to_numpy()
    return CountedCodings(found[chosen], turns, at[chosen], names)


def in_numbers(
    counted_ones: CountedCodings, corpus: Corpus, by: tuple[str, ...] = ()
) -> Numbered:
    """Give the codings and the people heard numbers, by group."""
    turns = named_groups(counted_ones.turns, by)
    return numbered(
        counted_ones.found,
        turns,
        counted_ones.turn,
        heard_in(turns, corpus, by),
        themes=list(counted_ones.names),
        columns=by,
    )
