"""What people decide about suggestions, and the codings that follow from it."""

from __future__ import annotations

import pandas as pd

from empathy_insights.coding.review_order import REVIEWABLE
from empathy_insights.tables import CODINGS, NO_THEME

DECISIONS = ["segment_id", "theme", "decision", "reviewed_at", "notes"]
_PAIR = ["segment_id", "theme"]
_ASKED = ["_decision", "_reviewed_at", "_notes"]
_RECODED = "recoded from "
_PEOPLE = {"reviewed_by": "str", "reviewed_at": "str", "notes": "str"}


def decide(
    codings: pd.DataFrame,
    decisions: pd.DataFrame,
    *,
    reviewer: str,
    codebook_sha256: str,
) -> pd.DataFrame:
    """Return the codings after a person's decisions; deciding twice is deciding once.

    Parameters
    ----------
    decisions
        A row a segment and theme: `decision` is `accepted`, `rejected`, or the theme
        that it should have been; then the coding is rejected, and a new one with status
        `human` says what the reviewer gave instead. `reviewed_at` says when, and
        `notes` what else there is to say; both may be missing.

    Returns
    -------
    pandas.DataFrame
        The codings, with `reviewed_by` and `reviewed_at`. What somebody else has decided
        already keeps that person's name.
    """
    codings = _with_people(codings).reset_index(drop=True)
    asked = decisions[DECISIONS].set_index(_PAIR)
    pairs = pd.MultiIndex.from_frame(codings[_PAIR])
    about = codings[pairs.isin(asked.index) & (codings["status"] != "human")]
    about = about.join(asked.add_prefix("_"), on=_PAIR)
    free = about["status"].isin(REVIEWABLE) | (about["reviewed_by"] == reviewer)
    reviewed = _reviewed(about[free], reviewer)
    gone = codings.index.isin(reviewed.index) | _withdrawn(codings, asked, reviewer)
    new = _recoded(about, reviewer, codebook_sha256)
    both = pd.concat([codings[~gone], reviewed, new], ignore_index=True)
    both = both.drop_duplicates(list(CODINGS.key))
    return CODINGS.check(both.sort_values(list(CODINGS.key), ignore_index=True))


def contradictions(
    codings: pd.DataFrame, decisions: pd.DataFrame, *, reviewer: str
) -> pd.DataFrame:
    """Return where a decision says the opposite of what a person says elsewhere.

    Returns
    -------
    pandas.DataFrame
        `segment_id`, `theme` and `asked` (the theme in whose row the decision stands),
        `is_there` (what the decision says), `person` and `other` (who, and what).
    """
    mine = _decided(decisions)
    theirs = _said(_with_people(codings))
    # A reviewer may change an earlier decision, but not say both in one sheet.
    others = theirs[theirs["person"] != reviewer]
    own = mine.assign(person=reviewer).drop(columns="asked")
    against = pd.concat([others, own], ignore_index=True).drop_duplicates()
    joined = mine.merge(
        against.rename(columns={"is_there": "other"}), on=_PAIR, validate="many_to_many"
    )
    return joined[joined["is_there"] != joined["other"]].reset_index(drop=True)


def _with_people(codings: pd.DataFrame) -> pd.DataFrame:
    absent = [name for name in _PEOPLE if name not in codings.columns]
    return codings.assign(**dict.fromkeys(absent)).astype(_PEOPLE)


def _reviewed(about: pd.DataFrame, reviewer: str) -> pd.DataFrame:
    is_accepted = about["_decision"] == "accepted"
    reviewed = about.assign(
        status=is_accepted.map({True: "accepted", False: "rejected"}),
        reviewed_by=reviewer,
        reviewed_at=about["_reviewed_at"],
        notes=about["_notes"].fillna(about["notes"]),
    )
    return reviewed.drop(columns=_ASKED).astype({"status": "str", **_PEOPLE})


def _withdrawn(codings: pd.DataFrame, asked: pd.DataFrame, reviewer: str) -> pd.Series:
    """Tell the reviewer's earlier recodings of what is decided again."""
    source = codings["method"].where(codings["method"].str.startswith(_RECODED), "")
    pairs = pd.MultiIndex.from_arrays(
        [codings["segment_id"], source.str.removeprefix(_RECODED)]
    )
    return pairs.isin(asked.index) & (codings["coder"] == reviewer)


def _recoded(about: pd.DataFrame, reviewer: str, codebook_sha256: str) -> pd.DataFrame:
    """Return a coding by the reviewer for each theme that was given instead."""
    source = about[~about["_decision"].isin(["accepted", "rejected"])]
    new = source.assign(
        theme=source["_decision"],
        coder=reviewer,
        status="human",
        score=float("nan"),
        method=_RECODED + source["theme"],
        evidence_start=float("nan"),
        evidence_end=float("nan"),
        stance=source["stance"].fillna("neutral"),
        codebook_sha256=codebook_sha256,
        reviewed_by=reviewer,
        reviewed_at=source["_reviewed_at"],
        notes=source["_notes"],
    ).drop(columns=_ASKED)
    texts = [name for name, kind in CODINGS.columns.items() if kind == "text"]
    return new.astype(dict.fromkeys(texts, "str") | _PEOPLE)


def _decided(decisions: pd.DataFrame) -> pd.DataFrame:
    """Return what decisions say of each segment and theme."""
    rows = decisions[[*_PAIR, "decision"]].assign(asked=decisions["theme"])
    own = rows.assign(is_there=rows["decision"] == "accepted")
    instead = rows[~rows["decision"].isin(["accepted", "rejected"])]
    given = instead.assign(theme=instead["decision"], is_there=True)
    return pd.concat([own, given], ignore_index=True).drop(columns="decision")


def _said(codings: pd.DataFrame) -> pd.DataFrame:
    """Return what people have said of each segment and theme, by hand or in review."""
    human = (codings["status"] == "human") & (codings["theme"] != NO_THEME)
    decided = codings["status"].isin(["accepted", "rejected"])
    known = codings[human | decided]
    person = known["reviewed_by"].fillna(known["coder"])
    is_there = known["status"] != "rejected"
    return known[_PAIR].assign(person=person, is_there=is_there)
