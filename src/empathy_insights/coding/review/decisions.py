"""What people decide on a review, and in what order passages come to them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from empathy_insights.corpus import documents_of
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, COUNTED, NO_THEME, SEGMENTS

# Draw the segments that people code, so that many people are heard.


def draw_sample(
    segments: pd.DataFrame, size: int | float | None, *, random_state: int = 0
) -> pd.DataFrame:
    """Return a random share of the segments, in the order in which they were said.

    Nobody gives a second segment before everybody gave a first one, and in every such
    round the documents take turns.

    Parameters
    ----------
    size
        How many segments (a whole number), or which share of them (a fraction below 1);
        all when None, then in the order of a column `order` where there is one.
    """
    if size is None and "order" in segments:
        return segments.sort_values("order", ignore_index=True)
    ordered = segments.assign(_document=document_of(segments)).sort_values(
        ["_document", "start", "segment_id"], ignore_index=True
    )
    n = _count(size, len(ordered))
    order = np.random.default_rng(random_state).permutation(len(ordered))
    mixed = ordered.assign(_person=person_of(ordered)).iloc[order]
    mixed = mixed.assign(_round=mixed.groupby("_person").cumcount())
    mixed = mixed.assign(_turn=mixed.groupby(["_round", "_document"]).cumcount())
    drawn = mixed.sort_values(["_round", "_turn"], kind="stable").index[:n]
    return ordered.loc[np.sort(drawn)].drop(columns="_document").reset_index(drop=True)


def document_of(segments: pd.DataFrame) -> pd.Series:
    """Return the document of each segment, as it is said or as its id says."""
    if "document_id" in segments.columns:
        return segments["document_id"]
    return documents_of(segments["segment_id"])


def person_of(segments: pd.DataFrame) -> pd.Series:
    """Return who said each segment; the unknown voices of a document are one."""
    documents = document_of(segments)
    if "participant_id" in segments.columns:
        return segments["participant_id"].astype("str").fillna(documents)
    return documents


def _count(size: int | float | None, n: int) -> int:
    if size is None:
        return n
    if isinstance(size, float) and not 0 < size < 1:
        raise ValueError("a share of the segments lies between 0 and 1")
    if size <= 0:
        raise ValueError("a sample has one segment or more")
    wanted = round(size * n) if isinstance(size, float) else size
    return min(max(wanted, 1), n)


# Which suggestions to review first: where a person's answer tells most.


REVIEWABLE = ("suggested", "auto")
_PLACE = ["segment_id", "theme"]


def most_useful_first(
    codings: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    statuses: Sequence[str] = ("suggested",),
    n: int | None = None,
    random_state: int = 0,
) -> pd.DataFrame:
    """Return what waits for a person, a row a segment and theme, the most useful first.

    Themes take turns, the rare ones before the frequent ones. Within a theme everybody
    is read once before anybody is read twice, and what is nearly counted (or, if
    automatic, nearly not counted) comes first. Sub-themes of what is counted already
    change no count of a theme and come last. Where a person has decided already, nothing
    waits. Segments with a column `order`, as `next_passages` gives it, come in that order.

    Returns
    -------
    pandas.DataFrame
        Rows of `codings` with the columns of their segments.

    Raises
    ------
    TableError
        A coding points to no segment.
    """
    _check(codings, segments, statuses)
    waiting = _waiting(codings, statuses)
    own = [name for name in codings.columns if name != "segment_id"]
    context = segments.drop(columns=own, errors="ignore")
    rows = waiting.merge(context, on="segment_id", how="left", validate="many_to_one")
    # Among equals chance decides, in the same way in every run.
    order = np.random.default_rng(random_state).permutation(len(rows))
    rows = rows.assign(_doubt=_doubt(rows), _person=person_of(rows)).iloc[order]
    rows = rows.sort_values("_doubt", ascending=False, kind="stable")
    rows = rows.assign(_round=rows.groupby(["theme", "_person"]).cumcount())
    rows = rows.sort_values("_round", kind="stable")
    rows = rows.assign(
        _turn=rows.groupby("theme").cumcount(),
        _size=rows.groupby("theme")["theme"].transform("size"),
    )
    rows = rows.assign(_detail=_is_detail(rows, codings))
    rows = rows.sort_values(["_detail", "_turn", "_size", "theme"], kind="stable")
    if "order" in rows:
        rows = rows.sort_values("order", kind="stable", na_position="last")
    helpers = [name for name in rows.columns if name.startswith("_")]
    return rows.drop(columns=helpers).head(n).reset_index(drop=True)


def _check(
    codings: pd.DataFrame, segments: pd.DataFrame, statuses: Sequence[str]
) -> None:
    codings = CODINGS.completed(codings)
    SEGMENTS.check(segments)
    if not set(statuses) <= set(REVIEWABLE):
        raise ValueError(f"statuses that can be reviewed are {', '.join(REVIEWABLE)}")
    lost = codings.loc[
        ~codings["segment_id"].isin(segments["segment_id"]), "segment_id"
    ]
    if len(lost):
        raise TableError(
            f"{len(lost)} codings point to segments that do not exist; give the segments "
            "that were coded"
        )


def _waiting(codings: pd.DataFrame, statuses: Sequence[str]) -> pd.DataFrame:
    """Return one coding for each segment and theme that nobody has decided on."""
    decided = codings.loc[~codings["status"].isin(REVIEWABLE), _PLACE]
    known = pd.MultiIndex.from_frame(codings[_PLACE]).isin(
        pd.MultiIndex.from_frame(decided)
    )
    waiting = codings[codings["status"].isin(statuses) & ~known]
    ranked = waiting.sort_values(
        [*_PLACE, "score", "coder"], ascending=[True, True, False, True]
    )
    return ranked.drop_duplicates(_PLACE).reset_index(drop=True)


def _is_detail(rows: pd.DataFrame, codings: pd.DataFrame) -> np.ndarray:
    """Return for each row whether its theme is a part of one that is counted there."""
    counted = codings.loc[codings["status"].isin(COUNTED), _PLACE]
    is_part = rows["theme"].str.contains(".", regex=False)
    main = rows["theme"].str.split(".").str[0]
    pairs = pd.MultiIndex.from_arrays([rows["segment_id"], main])
    return np.asarray(is_part & pairs.isin(pd.MultiIndex.from_frame(counted)))


def _doubt(rows: pd.DataFrame) -> pd.Series:
    """Return how near a score is to the other side: suggestions lie below, counts above."""
    score = rows["score"].fillna(0.0)
    return score.where(rows["status"] == "suggested", 1 - score)


# What people decide about suggestions, and the codings that follow from it.


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
    """Return which rows are the reviewer's earlier recodings of what is decided again."""
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


def without_idle_nos(decisions: pd.DataFrame) -> pd.DataFrame:
    """Leave out the `no_theme` of a reader who gave a theme in the same passage.

    Examples
    --------
    >>> rows = {"segment_id": list("aab"), "coder": "kim", "theme": ["no_theme", "bus", "no_theme"]}
    >>> without_idle_nos(pd.DataFrame(rows))["theme"].tolist()
    ['bus', 'no_theme']
    """
    is_bare = decisions["theme"] == NO_THEME
    says = (
        (~is_bare)
        .groupby([decisions["segment_id"], decisions["coder"]])
        .transform("any")
    )
    return decisions[~(is_bare & says)]
