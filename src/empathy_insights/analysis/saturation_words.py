"""What a curve of saturation says, and what it cannot say, in words."""

from __future__ import annotations

import pandas as pd

from empathy_insights.analysis.saturation_curve import Rule
from empathy_insights.codebook import Codebook
from empathy_insights.tables import COUNTED

_CALLED = {"interview": "interview", "focus_group": "focus group"}
_BY_CONSTRUCTION = "a closed codebook saturates by construction"


def saturation_finding(curve: pd.DataFrame, rule: Rule) -> str:
    """Say in a sentence what the last run added, and whether that is little.

    Examples
    --------
    >>> heard = pd.DataFrame({"kind": ["interview"] * 3, "documents": [1, 2, 3],
    ...                       "known": [4, 4, 5], "new_in_run": [4, 0, 1],
    ...                       "reached": [False, True, False]})
    >>> saturation_finding(heard, Rule("sub-theme", base=1, run=1))
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


def guest_report(curve: pd.DataFrame, rule: Rule) -> str:
    """Report saturation as Guest, Namey & Chen (2020) do: threshold, base and run.

    `6+2`: enough at the sixth document, as the two after it add little.

    Examples
    --------
    >>> heard = pd.DataFrame({"documents": [6, 7, 8], "reached": [False, False, True]})
    >>> guest_report(heard, Rule("topic", base=1))
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
    rule: Rule, level: str, used: pd.DataFrame, codebook: Codebook | None
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
