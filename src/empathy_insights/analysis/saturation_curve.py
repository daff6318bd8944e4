"""The curve of saturation: what each further document adds, in order and shuffled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from empathy_insights.analysis.estimate.drawn import ends, quantile
from empathy_insights.codebook import Codebook
from empathy_insights.tables import CHECKED, COUNTED, FIRST_LOOK

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

_MIDDLE_AND_BAND = (0.5, 0.025, 0.975)
_MOST_DRAWS = 0.9  # of an estimate, which must bear out that little is new


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


def raised_in(found: pd.DataFrame, documents: pd.Series) -> Flags:
    """Return which codes were raised in which document: documents by codes by one draw.

    Parameters
    ----------
    found
        `document_id` and `theme`, in any order, repeated or not; other documents are left
        out.
    """
    place = pd.Index(documents).get_indexer(pd.Index(found["document_id"]))
    code, codes = pd.factorize(found["theme"])
    raised = np.zeros((len(documents), len(codes), 1), dtype=bool)
    raised[place[place >= 0], code[place >= 0]] = True
    return raised


def curve(raised: Flags, heard: pd.DataFrame, rule: SaturationRule) -> pd.DataFrame:
    """Return a row a document: what it added, and what random orders had by then.

    Parameters
    ----------
    raised
        Documents by codes by draws; one draw where nothing is estimated.
    heard
        `document_id` and `kind`, in the order in which the documents were heard.

    Returns
    -------
    pandas.DataFrame
        The columns of `saturation`; `run_low` and `run_high` are the ends of what the
        run added.
    """
    known = _known(raised)
    in_run = (
        known - np.concatenate([np.zeros_like(known[: rule.run]), known])[: len(known)]
    )
    middle = quantile(known, 0.5)
    ratio = quantile(_ratio(in_run, known, rule), _MOST_DRAWS)
    run_low, run_high = ends(in_run)
    median, low, high = _in_random_orders(raised, rule)
    new = np.diff(middle, prepend=0)
    before = np.concatenate([np.zeros(rule.run, np.int64), middle])[: len(middle)]
    return heard.assign(
        documents=np.arange(1, len(heard) + 1), new=new, known=middle,
        new_in_run=middle - before, ratio=np.where(np.isinf(ratio), np.nan, ratio),
        reached=ratio <= rule.threshold, median=median, low=low, high=high,
        run_low=run_low, run_high=run_high,
    )  # fmt: skip


def _known(raised: Flags) -> Whole:
    """Return how many codes were raised by each document, in each draw."""
    so_far = np.logical_or.accumulate(raised, axis=0)
    return np.asarray(so_far.sum(axis=1, dtype=np.int64))


def _ratio(in_run: Whole, known: Whole, rule: SaturationRule) -> NDArray[np.float64]:
    """Return new codes of the run / codes of the base; infinite until both were heard."""
    ratio = np.full(known.shape, np.inf)
    from_here = rule.base + rule.run - 1
    if len(known) > from_here:
        base = known[rule.base - 1]
        some = base > 0
        ratio[from_here:, some] = in_run[from_here:, some] / base[some]
    return ratio


def _in_random_orders(raised: Flags, rule: SaturationRule) -> NDArray[np.float64]:
    """Return the median and the 2.5 and 97.5 % limits of the codes known by each place.

    One order at a time, each of another draw: all at once would take much memory.
    """
    generator = np.random.default_rng(rule.random_state)
    n, _, n_draws = raised.shape
    known = np.zeros((rule.n_shuffles, n), np.int64)
    for order in range(rule.n_shuffles):
        mixed = raised[generator.permutation(n), :, order % n_draws, np.newaxis]
        known[order] = _known(mixed)[:, 0]
    return np.asarray(np.quantile(known, _MIDDLE_AND_BAND, axis=0), dtype=np.float64)


# What a curve of saturation says, and what it cannot say, in words.


_CALLED = {"interview": "interview", "focus_group": "focus group"}
_BY_CONSTRUCTION = "a closed codebook saturates by construction"
_TOO_FEW = "too few to say more"
_UNREAD = "drawn from what the coder thinks likely"


def saturation_finding(
    curve: pd.DataFrame, rule: SaturationRule, state: str = CHECKED
) -> str:
    """Say in a sentence what the last run added, and whether that is little.

    Parameters
    ----------
    state
        Of an estimate, how far people have read.

    Examples
    --------
    >>> heard = pd.DataFrame({"kind": ["interview"] * 3, "documents": [1, 2, 3],
    ...                       "known": [4, 4, 5], "new_in_run": [4, 0, 1],
    ...                       "reached": [False, True, False]})
    >>> saturation_finding(heard, SaturationRule("sub-theme", base=1, run=1))
    'The last of 3 interviews added 1 new sub-theme; saturation ≤5 % at 1+1, but not at the end'
    """
    if curve.empty:
        return "No interview was heard, and answers to a survey have no order"
    heard = f"{len(curve)} {_kinds(curve['kind'])}"
    last = curve.iloc[-1]
    lasting = f"last of {heard}" if rule.run == 1 else f"last {rule.run} of {heard}"
    if state != CHECKED:
        return f"{state.capitalize()}: {_may_have(last, heard, f'the {lasting}', rule)}"
    if not last["known"]:
        return f"No {rule.what} was found in {heard}"
    if len(curve) <= rule.run:
        return f"{heard} raised {_some(int(last['known']), '', rule.what)}; {_TOO_FEW}"
    added = f"The {lasting} added {_some(int(last['new_in_run']), 'new ', rule.what)}"
    if rule.what == "theme":
        return f"{added}; {_BY_CONSTRUCTION}"
    return f"{added}; saturation {guest_report(curve, rule)}"


def _may_have(last: pd.Series, heard: str, lasting: str, rule: SaturationRule) -> str:
    """Say what an estimate bears out of the last run: both ends."""
    if last["documents"] <= rule.run:
        raised = _between(int(last["low"]), int(last["high"]), "", rule.what)
        return f"{heard} may have raised {raised}; {_TOO_FEW}"
    added = _between(int(last["run_low"]), int(last["run_high"]), "new ", rule.what)
    return f"{lasting} may have added {added}; {_BY_CONSTRUCTION}"


def guest_report(
    curve: pd.DataFrame, rule: SaturationRule, state: str = CHECKED
) -> str:
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
        return f"{limit} not {'' if state == CHECKED else 'known to be '}reached"
    at = f"{limit} at {enough.iloc[0] - rule.run}+{rule.run}"
    at = at if state == CHECKED else f"{at}, in nine of ten draws"
    return at if curve["reached"].iloc[-1] else f"{at}, but not at the end"


def in_each_group(said: dict[str, str]) -> str:
    """Join what is said of each group; of no groups, the sentence alone."""
    return "; ".join(
        f"{group}: {words}" if group else words for group, words in said.items()
    )


def caution(
    rule: SaturationRule,
    level: str,
    used: pd.DataFrame,
    codebook: Codebook | None,
    state: str = CHECKED,
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
        closed = f"nobody can add to its {_listed(rule.what, codebook)}themes"
        return f"{_state_said(state)}{_BY_CONSTRUCTION}: {closed}"
    if set(used["status"].unique()) & set(COUNTED[1:]):
        return (
            f"coded automatically: nobody can add to the {_listed(rule.what, codebook)}"
            f"{rule.what}s that the codebook lists"
        )
    return ""


def _state_said(state: str) -> str:
    if state == CHECKED:
        return ""
    if state == FIRST_LOOK:
        return f"{state}: nobody has read, and the curve is {_UNREAD}; "
    return f"{state}: what nobody has read is {_UNREAD}; "


def order_said(heard: pd.DataFrame) -> str:
    """Say in which order the documents stand."""
    undated = int(heard["date"].isna().sum())
    if undated == len(heard):
        return "by document_id, as no document has a date"
    rest = f"; {undated} without a date come last" if undated else ""
    return f"by date, then by document_id{rest}"


def _listed(what: str, codebook: Codebook | None) -> str:
    if codebook is None:
        return ""
    parts = [theme for theme in codebook if theme.parent is not None]
    whole = {theme.id for theme in codebook.main_themes}
    undivided = whole - {theme.parent for theme in parts}
    n = {"theme": len(whole), "code": len(parts) + len(undivided)}
    return f"{n.get(what, len(parts))} "


def _kinds(kinds: pd.Series) -> str:
    plural = "" if len(kinds) == 1 else "s"
    present = set(kinds)
    return " and ".join(
        f"{name}{plural}" for kind, name in _CALLED.items() if kind in present
    )


def _between(low: int, high: int, new: str, what: str) -> str:
    return _some(low, new, what) if low == high else f"{low} to {high} {new}{what}s"


def _some(n: int, new: str, what: str) -> str:
    return f"{n or 'no'} {new}{what}{'' if n == 1 else 's'}"
