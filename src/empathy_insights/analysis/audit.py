"""An audit: what people found in a sample, fitted to all segments it speaks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import counted, spoken
from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, documents_of, utterance_of
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, SEGMENTS

# Draw at random what a person will code to check a coder.


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
    segments
        What people said, as `segment` returns it.
    codings
        What the coder found, to spread the sample.
    n
        How many segments, or people; all when there are fewer.
    unit
        `segments`, to correct shares of segments; `people` for all segments of the
        people drawn, to correct shares of people. Voices that nobody could tell apart
        are no people and are not drawn.
    random_state
        Seed of everything random.

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

    See Also
    --------
    theme_frequency : Takes what people found in the sample as `audit`.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> codings = ei.code(segments, ei.load_codebook("empathy_core"))
    >>> ei.audit_sample(segments, codings, n=1)[["text", "drawn", "weight"]]
        text     drawn  weight
    0  Fine.  segments     2.0
    """
    SEGMENTS.check(segments)
    ordered = segments.sort_values("segment_id").reset_index(drop=True)
    found = counted(CODINGS.completed(codings)).groupby("segment_id")["theme"].size()
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
    document = documents_of(ordered["utterance_id"])
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


# Whom the study has heard, and who spoke together.


def people_heard(turns: pd.DataFrame) -> pd.DataFrame:
    """Return a row a person: `participant_id` and the `cluster` they spoke in.

    The cluster is the focus group, or the person where they were heard alone.
    """
    known = turns.dropna(subset=["participant_id"])
    people = known.drop_duplicates("participant_id")[["participant_id"]]
    groups = (
        known[known["kind"] == "focus_group"]
        .drop_duplicates("participant_id")
        .set_index("participant_id")["document_id"]
    )
    of_group = people["participant_id"].map(groups).astype("str")
    cluster = of_group.fillna(people["participant_id"])
    return people.assign(cluster=cluster).reset_index(drop=True)


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
    audit = CODINGS.completed(audit)
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
                f"{lost.nunique()} segments of the {name} are not among the segments; pass "
                "the segments that were coded and drawn from"
            )
    audited = codings["segment_id"].isin(audit["segment_id"])
    own = int((codings["status"].eq("human") & audited).sum())
    if own:
        raise TableError(
            f"{own} codings to be checked are people's own, of audited segments; pass the "
            "coder's codings alone, or the audit finds no mistake"
        )


def _units(segments: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return for every segment who spoke, where, and in which cluster."""
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
