"""The curve of saturation: what each further document adds, in order and shuffled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from empathy_insights.codebook import Codebook
from empathy_insights.tables import COUNTED

Whole = NDArray[np.int64]

_MIDDLE_AND_BAND = (0.5, 0.025, 0.975)


@dataclass(frozen=True)
class SaturationRule:
    """Hold what is counted, and when it counts as enough.

    Parameters
    ----------
    what
        What a code is called: `theme`, `sub-theme`, `topic`.
    base, run
        Documents whose codes are the denominator; documents of a run.
    threshold
        New codes of a run / codes of the base, at or below which little is new.

    Raises
    ------
    ValueError
        A number is below 1, or the threshold is not a share.
    """

    what: str
    base: int = 4
    run: int = 2
    threshold: float = 0.05
    n_shuffles: int = 200
    random_state: int = 0

    def __post_init__(self) -> None:
        for name in ("base", "run", "n_shuffles"):
            if getattr(self, name) < 1:
                raise ValueError(
                    f"{name!r} must be 1 or more, not {getattr(self, name)}"
                )
        if not 0 <= self.threshold < 1:
            raise ValueError(
                "'threshold' must be a share from 0 to 1, such as 0.05, "
                f"not {self.threshold}"
            )


def curve(
    raised: pd.DataFrame, heard: pd.DataFrame, rule: SaturationRule
) -> pd.DataFrame:
    """Return a row a document: what it added, and what random orders had by then.

    Parameters
    ----------
    raised
        `document_id` and `theme`, in any order, repeated or not; other documents are left
        out.
    heard
        `document_id` and `kind`, in the order in which the documents were heard.
    """
    n = len(heard)
    places, starts = _places(raised, heard["document_id"])
    new = np.bincount(_first(places, starts), minlength=n).astype(np.int64)
    known = np.cumsum(new)
    in_run = known - np.concatenate([np.zeros(min(rule.run, n), np.int64), known])[:n]
    ratio = _ratio(in_run, known, rule)
    median, low, high = _in_random_orders(places, starts, n, rule)
    return heard.assign(
        documents=np.arange(1, n + 1), new=new, known=known, new_in_run=in_run,
        ratio=ratio, reached=ratio <= rule.threshold, median=median, low=low, high=high,
    )  # fmt: skip


def _places(raised: pd.DataFrame, documents: pd.Series) -> tuple[Whole, Whole]:
    """Return the places of each code's documents, code by code, and where each starts."""
    code = pd.factorize(raised["theme"])[0].astype(np.int64)
    said_in, names = pd.factorize(raised["document_id"])
    place = pd.Index(documents).get_indexer(names)[said_in]
    n, known = max(len(documents), 1), place >= 0
    code, place = np.divmod(np.unique(code[known] * n + place[known]), n)
    return place, np.flatnonzero(np.diff(code, prepend=-1)).astype(np.int64)


def _first(places: Whole, starts: Whole) -> Whole:
    """Return the place of the first document with each code."""
    if not len(starts):
        return np.zeros(0, np.int64)
    return np.asarray(np.minimum.reduceat(places, starts), dtype=np.int64)


def _ratio(in_run: Whole, known: Whole, rule: SaturationRule) -> NDArray[np.float64]:
    """Return new codes of the run / codes of the base; missing until both were heard."""
    ratio = np.full(len(known), np.nan)
    from_here = rule.base + rule.run - 1
    if len(known) > from_here and known[rule.base - 1]:
        ratio[from_here:] = in_run[from_here:] / known[rule.base - 1]
    return ratio


def _in_random_orders(
    places: Whole, starts: Whole, n: int, rule: SaturationRule
) -> NDArray[np.float64]:
    """Return the median and the 2.5 and 97.5 % limits of the codes known by each place.

    One order at a time: all at once would hold documents x codes x orders numbers.
    """
    generator = np.random.default_rng(rule.random_state)
    new = np.zeros((rule.n_shuffles, n), np.int32)
    for order in range(rule.n_shuffles):
        first = _first(generator.permutation(n)[places], starts)
        new[order] = np.bincount(first, minlength=n)
    known = np.cumsum(new, axis=1, dtype=np.int32)
    return np.asarray(np.quantile(known, _MIDDLE_AND_BAND, axis=0), dtype=np.float64)


# What a curve of saturation says, and what it cannot say, in words.


_CALLED = {"interview": "interview", "focus_group": "focus group"}
_BY_CONSTRUCTION = "a closed codebook saturates by construction"


def saturation_finding(curve: pd.DataFrame, rule: SaturationRule) -> str:
    """Say in a sentence what the last run added, and whether that is little.

    Examples
    --------
    >>> heard = pd.DataFrame({"kind": ["interview"] * 3, "documents": [1, 2, 3],
    ...                       "known": [4, 4, 5], "new_in_run": [4, 0, 1],
    ...                       "reached": [False, True, False]})
    >>> saturation_finding(heard, SaturationRule("sub-theme", base=1, run=1))
    'The last of 3 interviews added 1 new sub-theme; saturation ≤5 % at 1+1, but not at the end'
    """
    if curve.empty:
        return "No interview was heard"
    heard = f"{len(curve)} {_kinds(curve['kind'])}"
    last = curve.iloc[-1]
    if not last["known"]:
        return f"No {rule.what} was found in {heard}"
    if len(curve) <= rule.run:
        return f"{heard} raised {_some(int(last['known']), '', rule.what)}; too few to say more"
    lasting = "The last" if rule.run == 1 else f"The last {rule.run}"
    added = _some(int(last["new_in_run"]), "new ", rule.what)
    if rule.what == "theme":
        return f"{lasting} of {heard} added {added}; {_BY_CONSTRUCTION}"
    return f"{lasting} of {heard} added {added}; saturation {guest_report(curve, rule)}"


def guest_report(curve: pd.DataFrame, rule: SaturationRule) -> str:
    """Report saturation as Guest, Namey & Chen (2020) do: threshold, base and run.

    `6+2`: enough at the sixth document, as the two after it add little.

    Examples
    --------
    >>> heard = pd.DataFrame({"documents": [6, 7, 8], "reached": [False, False, True]})
    >>> guest_report(heard, SaturationRule("topic", base=1))
    '≤5 % at 6+2'
    """
    limit = f"≤{100 * rule.threshold:g} %" if rule.threshold else "0 %"
    least = rule.base + rule.run
    if len(curve) < least and "known" in curve:
        return f"{limit} not reached: {len(curve)} of the {least} documents it takes"
    enough = curve.loc[curve["reached"], "documents"]
    if enough.empty:
        return f"{limit} not reached"
    at = f"{limit} at {enough.iloc[0] - rule.run}+{rule.run}"
    return at if curve["reached"].iloc[-1] else f"{at}, but not at the end"


def in_each_group(said: dict[str, str]) -> str:
    """Join what is said of each group; of no groups, the sentence alone."""
    return "; ".join(
        f"{group}: {words}" if group else words for group, words in said.items()
    )


def caution(
    rule: SaturationRule, level: str, used: pd.DataFrame, codebook: Codebook | None
) -> str:
    """Say why a flat curve of such codes may mean little; empty where it may mean much.

    Parameters
    ----------
    used
        The codings that were counted, of this level.
    """
    if rule.what == "topic":
        return (
            "topics were found in all documents at once, of several answers each: "
            "what one person alone says adds none"
        )
    if level == "main":
        return f"{_BY_CONSTRUCTION}: nobody can add to its {_listed(level, codebook)}themes"
    if set(used["status"].unique()) & set(COUNTED[1:]):
        return (
            f"coded automatically: nobody can add to the {_listed(level, codebook)}"
            "sub-themes that the codebook lists"
        )
    return ""


def order_said(heard: pd.DataFrame) -> str:
    """Say in which order the documents stand."""
    undated = int(heard["date"].isna().sum())
    if undated == len(heard):
        return "by document_id, as no document has a date"
    rest = f"; {undated} without a date come last" if undated else ""
    return f"by date, then by document_id{rest}"


def _listed(level: str, codebook: Codebook | None) -> str:
    if codebook is None:
        return ""
    of_level = [t for t in codebook if (t.parent is not None) == (level == "sub")]
    return f"{len(of_level)} "


def _kinds(kinds: pd.Series) -> str:
    plural = "" if len(kinds) == 1 else "s"
    present = set(kinds)
    return " and ".join(
        f"{name}{plural}" for kind, name in _CALLED.items() if kind in present
    )


def _some(n: int, new: str, what: str) -> str:
    return f"{n or 'no'} {new}{what}{'' if n == 1 else 's'}"
