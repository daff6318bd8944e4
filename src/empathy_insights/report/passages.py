"""The passages behind the numbers of one run, as far as an audience may read them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.located import counted, locate, spoken
from empathy_insights.analysis.locator import locators
from empathy_insights.analysis.shown import is_shown
from empathy_insights.publishing._merges import SOMEONE

if TYPE_CHECKING:
    from empathy_insights.report.published import Published
    from empathy_insights.report.shape import Findings

_PLACES = ("role", "round", "site")


@dataclass(frozen=True)
class Passages:
    """Hold what can be opened behind a number.

    Parameters
    ----------
    texts
        A row a passage: `segment_id`, `passage` (what the audience may call it), `text`
        (missing where it is kept back), `who`, `known` (whether its speaker counts as a
        person), `place` and `question` (empty but for the team), and a column for each
        of the `facets`.
    codings
        A row a passage and theme: `segment_id`, `theme`, `first`, `last` (the evidence
        within the text), `why`, `stance` (empty but for the team).
    facets
        By what the audience may choose among passages.
    withheld
        Themes of which some passages are counted but kept back.
    """

    texts: pd.DataFrame
    codings: pd.DataFrame
    facets: tuple[str, ...]
    withheld: frozenset[str]

    @cached_property
    def open(self) -> pd.DataFrame:
        """The codings of passages that can be read, with the passage."""
        readable = self.texts[self.texts["text"].notna()]
        return self.codings.merge(readable, on="segment_id", validate="many_to_one")

    def has(self, **wanted: str) -> bool:
        """Say whether any passage can be read: of a theme, or of all that was said."""
        rows = self.open if "theme" in wanted else self.texts.dropna(subset=["text"])
        for name, value in wanted.items():
            rows = rows[rows[name] == value]
        return len(rows) > 0


def passages_of(shown: Published) -> Passages:
    """Return the passages that the audience may read behind each number.

    The team gets everything that was said, without the words of what a person must
    release first; a school gets those that a person has released, of themes whose number
    it may know; the public gets none.
    """
    run = shown.run
    found = _found(shown)
    careful = {theme.id for theme in run.codebook if theme.handle_with_care}
    kept_back = set(run.sensitive["segment_id"])
    kept_back |= set(found.loc[found["theme"].isin(careful), "segment_id"])
    if not shown.is_team:
        kept_back |= set(run.segments["segment_id"]) - _released(run)
    is_open = found["theme"].isin(_open_themes(shown)) & ~found["segment_id"].isin(
        kept_back
    )
    withheld = frozenset(found.loc[~is_open, "theme"])
    if not shown.is_team:
        found = found[is_open]
    texts = _texts(shown, found, kept_back)
    return Passages(
        texts=texts,
        codings=_codings(found, shown),
        facets=_facets(shown),
        withheld=withheld,
    )


def _released(run: Findings) -> set[str]:
    """Return the passages of which a person has released all that is shown of them."""
    table = run.quotes_released
    return set() if table is None else set(table.loc[table["is_whole"], "segment_id"])


def _found(shown: Published) -> pd.DataFrame:
    run = shown.run
    found = locate(counted(run.codings), run.corpus)
    found = found[found["theme"].isin(shown.themes["theme"])]
    placed = found.merge(
        run.segments[["segment_id", "start", "end"]], on="segment_id", how="inner"
    )
    # Neighbours in a document would be neighbours here.
    place = {name: n for n, name in enumerate(sorted(shown.passage_id.values()))}
    names = placed["segment_id"].map(shown.passage_id).map(place)
    return placed.iloc[names.argsort(kind="stable")].reset_index(drop=True)


def _open_themes(shown: Published) -> set[str]:
    if shown.audience == "public":
        return set()
    return set(shown.themes.loc[is_shown(shown.themes), "theme"])


def _facets(shown: Published) -> tuple[str, ...]:
    if not shown.is_team:
        return ("role",)
    return tuple(dict.fromkeys([*_PLACES, *shown.voices["group"], "topic"]))


def _codings(found: pd.DataFrame, shown: Published) -> pd.DataFrame:
    length = found["end"] - found["start"]
    first = (found["evidence_start"] - found["start"]).fillna(length).astype("int64")
    last = (found["evidence_end"] - found["start"]).fillna(length).astype("int64")
    return pd.DataFrame(
        {
            "segment_id": found["segment_id"],
            "theme": found["theme"],
            "first": first,
            "last": last,
            "why": found["status"] + ": " + found["method"],
            "stance": found["stance"].fillna("") if shown.is_team else "",
        }
    ).reset_index(drop=True)


def _texts(shown: Published, found: pd.DataFrame, kept_back: set[str]) -> pd.DataFrame:
    run = shown.run
    rows = run.segments[["segment_id", "utterance_id", "participant_id", "text"]]
    if not shown.is_team:
        rows = rows[rows["segment_id"].isin(found["segment_id"])]
    rows = rows.assign(
        passage=rows["segment_id"].map(shown.passage_id),
        text=rows["text"].mask(rows["segment_id"].isin(kept_back)),
        known=rows["participant_id"].notna(),
    )
    told = _for_team(rows, shown) if shown.is_team else _for_others(rows, shown)
    kept = ["segment_id", "passage", "text", "who", "known", "place", "question"]
    kept += _facets(shown)
    # The names say nothing of the order, so neither do the rows.
    return told[kept].sort_values("passage").reset_index(drop=True)


def _for_team(rows: pd.DataFrame, shown: Published) -> pd.DataFrame:
    run = shown.run
    turns = spoken(run.corpus).drop(columns="participant_id")
    kept = ["utterance_id", *_PLACES, *_facets(shown)]
    columns = [name for name in dict.fromkeys(kept) if name in turns]
    topics = run.topics.assignments.set_index("segment_id")["topic"]
    joined = rows.merge(
        turns[columns], on="utterance_id", how="left", validate="many_to_one"
    )
    asked = run.segments.set_index("segment_id")["question"]
    return joined.assign(
        who=[shown.attribute("", role) for role in joined["role"]],
        place=locators(joined["utterance_id"], run.corpus),
        question=joined["segment_id"].map(asked).fillna(""),
        topic=joined["segment_id"].map(topics).astype("Int64").astype("str"),
    )


def _for_others(rows: pd.DataFrame, shown: Published) -> pd.DataFrame:
    said = rows["segment_id"].map(shown.said_by)
    return rows.assign(who=said, place="", question="", role=said.mask(said == SOMEONE))
