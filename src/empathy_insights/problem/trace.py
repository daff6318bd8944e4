"""From each phrase of a wording to the themes it shares words with, and to what was said."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.problem.basis import Basis
from empathy_insights.problem.phrases import (
    StatementPhrase,
    content_phrases,
    content_words,
    telling_forms,
)
from empathy_insights.problem.shipped import Rubric, load_rubric
from empathy_insights.tables import BY_PEOPLE

PEOPLE = "raised by people"
FOUND = "found by the computer, not yet read by a person"
COMMITMENT = "a commitment of the organisation"
CONSTRAINT = "a chosen constraint"
WHOM = "whom it serves"
NOBODY = "in no theme that people raised"
UNTOLD = "whether people raised it stays hidden"

_TRACED = {
    "phrase": "str", "themes": "str", "people": "int64", "segments": "int64",
    "support": "str",
}  # fmt: skip
_COMMITTED = {
    "commitment": "str", "in_statement": "bool", "themes": "str", "people": "int64",
    "segments": "int64", "support": "str",
}  # fmt: skip
_SEGMENTS = [
    "segment_id", "theme", "participant_id", "role", "document_id", "stance", "status",
]  # fmt: skip


def trace(wording: str, basis: Basis) -> pd.DataFrame:
    """Lead every content phrase of a wording to themes, and count who raised these.

    Returns
    -------
    pandas.DataFrame
        A row a phrase, in the order of the wording: `phrase`, `themes` (ids of the main
        themes that share a word with it), `people` and `segments` (that raised any of
        them; codings that count), `support`: `whom it serves`, `a chosen constraint`
        (it reads like a solution, whoever raised it), `raised by people`, `found by the
        computer, not yet read by a person`, `a commitment of the organisation`, or
        `in no theme that people raised`.
    """
    rubric = load_rubric()
    committed = frozenset[str]().union(
        *(_forms(words, rubric) for words in basis.commitments)
    )
    rows = {
        phrase.text.lower(): {
            "phrase": phrase.text,
            **_raised(phrase.themes, basis),
            "support": _support(phrase, basis, committed),
        }
        for phrase in reversed(content_phrases(wording, basis.codebook, rubric))
    }
    return pd.DataFrame(reversed(rows.values()), columns=list(_TRACED)).astype(_TRACED)


def linked_themes(traced: pd.DataFrame, basis: Basis) -> tuple[str, ...]:
    """Return the raised themes that a wording's phrases lead to, those of most people first.

    Parameters
    ----------
    traced
        As `trace` returns it. Whom a statement serves leads to no theme.
    """
    claims = traced[traced["support"] != WHOM]
    named = {theme for themes in claims["themes"] for theme in themes.split(", ")}
    return tuple(theme for theme in basis.ranked if theme in named)


def commitments_of(wording: str, basis: Basis) -> pd.DataFrame:
    """Hold the organisation's commitments against a wording and against what people said.

    Returns
    -------
    pandas.DataFrame
        A row a commitment: `commitment`, `in_statement` (whether the wording has a word
        of it), `themes`, `people`, `segments` (as `trace` counts them), `support`:
        as of a phrase, or `a commitment of the organisation` and of nobody else.
    """
    rubric = load_rubric()
    said = _forms(wording, rubric)
    rows = []
    for commitment in basis.commitments:
        phrases = content_phrases(commitment, basis.codebook, rubric)
        themes = tuple(dict.fromkeys(name for part in phrases for name in part.themes))
        raised = _raised(themes, basis)
        rows.append(
            {
                "commitment": commitment,
                "in_statement": bool(said & _forms(commitment, rubric)),
                **raised,
                "support": _found(themes, basis) or COMMITMENT,
            }
        )
    return pd.DataFrame(rows, columns=list(_COMMITTED)).astype(_COMMITTED)


def segments_of(phrase: str, traced: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """Return the counted codings that stand behind one phrase.

    Returns
    -------
    pandas.DataFrame
        `segment_id`, `theme`, `participant_id` (missing when the voice is unknown),
        `role`, `document_id`, `stance`, `status`.

    Raises
    ------
    ValueError
        The wording has no such phrase.
    """
    rows = traced[traced["phrase"].str.lower() == phrase.strip().lower()]
    if rows.empty:
        choices = ", ".join(repr(text) for text in traced["phrase"]) or "none"
        raise ValueError(
            f"the wording has no phrase {phrase!r}; its phrases: {choices}"
        )
    found = basis.of_themes(rows["themes"].iloc[0].split(", "))
    ordered = found.sort_values(["segment_id", "theme"], kind="stable")
    return ordered[_SEGMENTS].reset_index(drop=True)


def _support(phrase: StatementPhrase, basis: Basis, committed: frozenset[str]) -> str:
    if phrase.is_audience:
        return WHOM
    if phrase.is_solution:
        return CONSTRAINT
    otherwise = COMMITMENT if phrase.forms & committed else NOBODY
    return _found(phrase.themes, basis) or otherwise


def _found(themes: Sequence[str], basis: Basis) -> str:
    """Say whether people raised one of some themes, as far as it was read; empty for no."""
    found = basis.of_themes(themes)
    if found.empty:
        return ""
    is_read = not basis.is_estimate or found["status"].isin(BY_PEOPLE).any()
    return PEOPLE if is_read else FOUND


def _raised(themes: Sequence[str], basis: Basis) -> dict[str, object]:
    found = basis.of_themes(themes)
    return {
        "themes": ", ".join(themes),
        "people": found["participant_id"].nunique(),
        "segments": found["segment_id"].nunique(),
    }


def _forms(text: str, rubric: Rubric) -> frozenset[str]:
    return telling_forms(content_words(text), rubric)
