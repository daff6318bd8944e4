"""An audit: what people found in a sample, fitted to all segments it speaks for."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from empathy_insights.analysis.located import counted, spoken
from empathy_insights.analysis.people import people_heard
from empathy_insights.corpus import Corpus, utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, SEGMENTS


@dataclass(frozen=True)
class Audit:
    """Hold what an audit says, and all segments it speaks for.

    Parameters
    ----------
    units
        A row a segment: `segment_id`, `participant_id`, `cluster`, `audited`, `weight`,
        and the columns of its person and document.
    given
        The audited segments and themes that people gave them; a sub-theme is also a
        coding by its theme.
    of
        What was drawn: `segments` or `people`.
    has_empty
        Whether some audited segment is without a theme.
    """

    units: pd.DataFrame
    given: pd.DataFrame
    of: str
    has_empty: bool


def read_audit(
    audit: pd.DataFrame,
    segments: pd.DataFrame | None,
    codings: pd.DataFrame,
    corpus: Corpus,
) -> Audit:
    """Fit an audit to the segments and codings it is about.

    People were drawn where the audit says so in a column `drawn`, or where all segments
    of everybody in it were coded, but not all segments of the study; otherwise segments
    were drawn.

    Raises
    ------
    TableError
        The audit is empty or about other segments, or the codings to be checked hold
        people's codings of the audited segments.
    """
    if segments is None:
        raise TableError(
            "an audit speaks for all segments, coded or not; pass segments=, the table "
            "that was coded"
        )
    CODINGS.check(audit)
    _check_fit(audit, SEGMENTS.check(segments), codings)
    weight = pd.Series(1.0, index=audit.index)
    if "weight" in audit.columns:
        weight = audit["weight"].astype("float64")
    of_segment = weight.groupby(audit["segment_id"]).first()
    units = _units(segments, corpus)
    units = units.assign(
        audited=units["segment_id"].isin(audit["segment_id"]),
        weight=units["segment_id"].map(of_segment).fillna(1.0),
    )
    given = counted(audit)[["segment_id", "theme"]]
    main = given.assign(theme=given["theme"].str.split(".").str[0])
    given = pd.concat([given, main]).drop_duplicates(ignore_index=True)
    has_empty = (
        not units.loc[units["audited"], "segment_id"].isin(given["segment_id"]).all()
    )
    return Audit(units, given, _drawn(audit, units), has_empty)


def _check_fit(
    audit: pd.DataFrame, segments: pd.DataFrame, codings: pd.DataFrame
) -> None:
    if not len(audit):
        raise TableError("the audit is empty; have a sample of `audit_sample` coded")
    for name, table in (("audit", audit), ("codings", codings)):
        lost = table.loc[
            ~table["segment_id"].isin(segments["segment_id"]), "segment_id"
        ]
        if len(lost):
            raise TableError(
                f"{lost.nunique()} segments of the {name} are not among the segments, the "
                f"first is {lost.iloc[0]!r}; pass the segments that were coded and drawn "
                "from"
            )
    audited = codings["segment_id"].isin(audit["segment_id"])
    own = int((codings["status"].eq("human") & audited).sum())
    if own:
        raise TableError(
            f"{own} codings to be checked are people's own, of audited segments; pass the "
            "coder's codings alone, or the audit finds no mistake"
        )


def _units(segments: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Say of every segment who spoke, where, and in which cluster."""
    turns = spoken(corpus)
    heard = people_heard(turns).set_index("participant_id")["cluster"]
    units = pd.DataFrame(
        {
            "segment_id": segments["segment_id"].to_numpy(),
            "utterance_id": utterance_of(segments["segment_id"]).to_numpy(),
        }
    ).merge(turns, on="utterance_id", how="inner", validate="many_to_one")
    # Who cannot be told apart speaks with one voice, that of the document.
    of_person = units["participant_id"].map(heard)
    return units.assign(cluster=of_person.fillna(units["document_id"])).sort_values(
        "segment_id", ignore_index=True
    )


def _drawn(audit: pd.DataFrame, units: pd.DataFrame) -> str:
    if "drawn" in audit.columns:
        return "people" if (audit["drawn"] == "people").all() else "segments"
    of_person = units.groupby("participant_id")["audited"].agg(["any", "all", "size"])
    drawn = of_person[of_person["any"]]
    unknown = units.loc[units["participant_id"].isna(), "audited"].any()
    whole = bool(len(drawn)) and bool(drawn["all"].all()) and not unknown
    is_people = whole and not units["audited"].all() and bool((drawn["size"] > 1).any())
    return "people" if is_people else "segments"
