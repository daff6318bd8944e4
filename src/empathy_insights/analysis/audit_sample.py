"""Draw at random what a person will code to check a coder."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from empathy_insights.analysis.located import counted
from empathy_insights.arguments import public
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, SEGMENTS

Unit = Literal["segments", "people"]


@public
def audit_sample(
    segments: pd.DataFrame,
    codings: pd.DataFrame,
    *,
    n: int = 100,
    unit: Unit = "segments",
    random_state: int = 0,
) -> pd.DataFrame:
    """Draw a random sample of segments, coded or not, to be coded by a person.

    Every unit has the same chance. The sample is spread over what the coder found and
    over people (every k-th of a random order, sorted by whether the coder found a theme
    and by person), so that it has coded and uncoded segments in proportion. A sample
    drawn for one coder serves for every other, and for the next codebook. Have it coded
    without sight of the coder's themes, then pass the person's codings to
    `theme_frequency(..., audit=)`.

    Parameters
    ----------
    codings
        What the coder found, to spread the sample.
    n
        How many segments, or people; all when there are fewer.
    unit
        `segments`, to correct shares of segments; `people` for all segments of the
        people drawn, to correct shares of people. Voices that nobody could tell apart
        are no people and are not drawn.

    Returns
    -------
    pandas.DataFrame
        The segments drawn, by id, with their columns and `drawn` (`segments` or
        `people`) and `weight` (how many segments, or people, of the study each drawn one
        stands for: the same for all).

    Raises
    ------
    TableError
        People are to be drawn and the segments do not say who spoke.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> codings = ei.code(segments, ei.load_codebook("empathy_core"))
    >>> audit_sample(segments, codings, n=1)[["text", "drawn", "weight"]]
        text     drawn  weight
    0  Fine.  segments     2.0
    """
    SEGMENTS.check(segments)
    if n < 1:
        raise ValueError(f"n is {n}; draw at least one")
    ordered = segments.sort_values("segment_id").reset_index(drop=True)
    found = counted(CODINGS.check(codings)).groupby("segment_id")["theme"].size()
    ordered = ordered.assign(_found=ordered["segment_id"].map(found).fillna(0))
    random = np.random.default_rng(random_state)
    frame = _people(ordered) if unit == "people" else _segments(ordered, random)
    drawn = _spread(frame, n, random)
    key = "participant_id" if unit == "people" else "segment_id"
    return (
        ordered[ordered[key].isin(drawn)]
        .drop(columns="_found")
        .assign(drawn=unit, weight=len(frame) / max(len(drawn), 1))
        .reset_index(drop=True)
    )


def _segments(ordered: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Return a row a segment: its id, and the order in which the sample is spread."""
    document = ordered["utterance_id"].str.rsplit(":", n=1).str[0]
    person = document
    if "participant_id" in ordered.columns:
        person = ordered["participant_id"].fillna(document)
    codes, people = pd.factorize(person)
    return pd.DataFrame(
        {
            "id": ordered["segment_id"],
            "first": ordered["_found"] > 0,
            "then": random.permutation(len(people))[codes],
        }
    )


def _people(ordered: pd.DataFrame) -> pd.DataFrame:
    if "participant_id" not in ordered.columns:
        raise TableError(
            "the segments have no column 'participant_id', so that no people can be "
            "drawn; use the table of `segment`, or draw segments"
        )
    found = ordered.groupby("participant_id")["_found"].sum()
    return pd.DataFrame({"id": found.index, "first": found.to_numpy(), "then": 0})


def _spread(frame: pd.DataFrame, n: int, random: np.random.Generator) -> pd.Series:
    """Draw every k-th of the ordered units from a random start: equal chances."""
    by_chance = random.random(len(frame))
    order = np.lexsort((by_chance, frame["then"], frame["first"]))
    n = min(n, len(frame))
    step = len(frame) / max(n, 1)
    # The last may be rounded up to one past the end.
    at = np.floor(random.random() * step + step * np.arange(n)).astype(int)
    return frame["id"].iloc[order[np.minimum(at, len(frame) - 1)]]
