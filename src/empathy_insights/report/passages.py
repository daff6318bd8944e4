"""The passages behind the numbers of one run, as far as an audience may read them."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.codings_in_place import locators, spoken
from empathy_insights.report.doubted_quotes import doubts_in
from empathy_insights.report.transcripts import turn_numbers
from empathy_insights.roles import SOMEONE
from empathy_insights.tables import BY_PEOPLE

if TYPE_CHECKING:
    from empathy_insights.report.findings import Findings
    from empathy_insights.report.published import Published


_PLACES = ("role", "round", "site")


@dataclass(frozen=True)
class Passages:
    """Hold what can be opened behind a number.

    Parameters
    ----------
    texts
        A row a passage: `segment_id`, `passage` (what the audience may call it), `text`
        (missing where it is kept back), `who`, `known` (whether its speaker counts as a
        person), `place` and `question` (empty but for the team), `turn` (its number in
        the transcripts; for the team), and a column for each of the `facets`.
    codings
        A row a passage and theme: `segment_id`, `theme`, `first`, `last` (the evidence
        within the text), `why`, `stance` (empty but for the team).
    facets
        By what the audience may choose among passages.
    withheld
        Themes of which some passages are counted but kept back.
    told
        Columns -> the values that passages which can be read have there together.
    """

    texts: pd.DataFrame
    codings: pd.DataFrame
    facets: tuple[str, ...]
    withheld: frozenset[str]
    told: dict[tuple[str, ...], set[tuple[str, ...]]] = field(default_factory=dict)

    @cached_property
    def open(self) -> pd.DataFrame:
        """The codings of passages that can be read, with the passage."""
        readable = self.texts[self.texts["text"].notna()]
        return self.codings.merge(readable, on="segment_id", validate="many_to_one")

    def has(self, **wanted: str) -> bool:
        """Return whether any passage can be read: of a theme, or of all that was said."""
        names = tuple(wanted)
        if names not in self.told:
            readable = self.texts.dropna(subset=["text"])
            rows = self.open if "theme" in wanted else readable
            self.told[names] = set(zip(*(rows[name] for name in names), strict=True))
        return tuple(wanted.values()) in self.told[names]


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
    if not shown.opens_all:
        kept_back |= set(run.segments["segment_id"]) - _released(run)
    is_open = found["theme"].isin(shown.traced_themes) & ~found["segment_id"].isin(
        kept_back
    )
    withheld = frozenset(found.loc[~is_open, "theme"])
    if not shown.opens_all:
        found = found[is_open]
    texts = _texts(shown, found, kept_back)
    return Passages(
        texts=texts,
        codings=_codings(found, shown),
        facets=_facets(shown),
        withheld=withheld,
    )


def _released(run: Findings) -> set[str]:
    """Return the passages of which a person has released all that is shown of them.

    Where a word in one may be a name, that is to be decided first.
    """
    table = run.quotes_released
    if table is None:
        return set()
    released = set(table.loc[table["is_whole"], "segment_id"])
    return released - set(doubts_in(run)["segment_id"])


def _found(shown: Published) -> pd.DataFrame:
    run = shown.run
    found = run.found[run.found["theme"].isin(shown.themes["theme"])]
    placed = found.merge(
        run.segments[["segment_id", "start", "end"]], on="segment_id", how="inner"
    )
    # Neighbours in a document would be neighbours here.
    place = {name: n for n, name in enumerate(sorted(shown.passage_id.values()))}
    names = placed["segment_id"].map(shown.passage_id).map(place)
    return placed.iloc[names.argsort(kind="stable")].reset_index(drop=True)


def _facets(shown: Published) -> tuple[str, ...]:
    if not shown.opens_all:
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
            "why": _reasons(found),
            "stance": _stances(found) if shown.opens_all else "",
        }
    ).reset_index(drop=True)


_BY_WHOM = {
    "human": "a person sorted it here",
    "accepted": "a computer suggested it, and a person agreed",
}
_PHRASE = "phrase "


def _reasons(found: pd.DataFrame) -> pd.Series:
    """Say in words why each passage stands under its theme; the evidence is marked."""
    by_phrase = found["method"].str.startswith(_PHRASE) & found["evidence_end"].gt(0)
    by_computer = pd.Series("it sounds like what people say about it", found.index)
    by_computer = by_computer.mask(by_phrase, "because of the marked words")
    return found["status"].map(_BY_WHOM).fillna(by_computer).astype("str")


def _stances(found: pd.DataFrame) -> pd.Series:
    """Return what people judged; a coder's stances are wrong in three of ten."""
    return found["stance"].where(found["status"].isin(BY_PEOPLE), "").fillna("")


def _texts(shown: Published, found: pd.DataFrame, kept_back: set[str]) -> pd.DataFrame:
    run = shown.run
    rows = run.segments[["segment_id", "utterance_id", "participant_id", "text"]]
    if not shown.opens_all:
        rows = rows[rows["segment_id"].isin(found["segment_id"])]
    rows = rows.assign(
        passage=rows["segment_id"].map(shown.passage_id),
        text=rows["text"].mask(rows["segment_id"].isin(kept_back)),
        known=rows["participant_id"].notna(),
    )
    told = _for_team(rows, shown) if shown.opens_all else _for_others(rows, shown)
    kept = [
        "segment_id",
        "passage",
        "text",
        "who",
        "known",
        "place",
        "question",
        "turn",
    ]
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
        turn=joined["utterance_id"].map(turn_numbers(run.corpus)),
        topic=joined["segment_id"].map(topics).astype("Int64").astype("str"),
    )


def _for_others(rows: pd.DataFrame, shown: Published) -> pd.DataFrame:
    said = rows["segment_id"].map(shown.said_by)
    role = said.mask(said == SOMEONE)
    return rows.assign(who=said, place="", question="", turn=-1, role=role)


# The passages as data inside the page, safe beside its markup.


# What could end the element or turn the direction of what stands beside it.
_UNSAFE = re.compile("[<>&\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def page_data(passages: Passages, shown: Published, *, transcripts: str = "") -> str:
    """Return the passages as JSON that can stand in a script element as it is.

    Repeated texts are written once. A missing text is a passage that is kept back.

    Parameters
    ----------
    transcripts
        Where the page of the transcripts is; empty where passages don't lead there.
    """
    texts, codings = passages.texts, passages.codings
    numbers = {name: n for n, name in enumerate(texts["segment_id"])}
    themes = shown.themes[shown.themes["theme"].isin(codings["theme"])]
    of_theme = {name: n for n, name in enumerate(themes["theme"])}
    columns = [texts["who"], texts["question"], codings["why"], codings["stance"]]
    shared = {text: n for n, text in enumerate(dict.fromkeys(chain(*columns)))}
    facets = {name: _values(texts[name]) for name in passages.facets}
    told = texts if shown.opens_all else texts[:0]
    stances = codings["stance"] if shown.opens_all else ()
    data = {
        "team": shown.opens_all,
        "transcripts": transcripts,
        "themes": [
            {"id": theme, "name": name, "withheld": theme in passages.withheld}
            for theme, name in themes[["theme", "name"]].itertuples(index=False)
        ],
        "facets": facets,
        "shared": list(shared),
        "passages": {
            "id": texts["passage"].tolist(),
            "text": [None if pd.isna(text) else text for text in texts["text"]],
            "who": [shared[text] for text in texts["who"]],
            "known": told["known"].astype(int).tolist(),
            "place": told["place"].tolist(),
            "turn": told["turn"].tolist(),
            "question": [shared[text] for text in told["question"]],
            **{name: _places(texts[name], values) for name, values in facets.items()},
        },
        "codings": {
            "passage": [numbers[name] for name in codings["segment_id"]],
            "theme": [of_theme[name] for name in codings["theme"]],
            "first": codings["first"].tolist(),
            "last": codings["last"].tolist(),
            "why": [shared[text] for text in codings["why"]],
            "stance": [shared[text] for text in stances],
        },
    }
    return in_script(data)


def in_script(data: object) -> str:
    r"""Return JSON in which no character means anything to HTML.

    Letters of other alphabets stay as they are, so that a search for names finds them.

    Examples
    --------
    >>> in_script("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _values(column: pd.Series) -> list[str]:
    return sorted(str(value) for value in column.dropna().unique())


def _places(column: pd.Series, values: list[str]) -> list[int]:
    place = {value: n for n, value in enumerate(values)}
    return [-1 if pd.isna(value) else place[str(value)] for value in column]


# Which segments stand behind every number of the theme tables.


def trace(found: pd.DataFrame) -> dict[str, object]:
    """Map every theme's numbers to the segments they were counted from.

    Parameters
    ----------
    found
        The codings that count, in their places.

    Returns
    -------
    dict
        theme -> `people` (participant -> segment ids; where people have read all, their
        number is the table's `people`), `unknown_voices` (segment ids that count for no person), `documents`
        (document -> segment ids), `roles` (role -> participants).
    """
    known = found.dropna(subset=["participant_id"])
    people = _lists(known, "participant_id", "segment_id")
    documents = _lists(found, "document_id", "segment_id")
    roles = _lists(known, "role", "participant_id")
    unknown = found[found["participant_id"].isna()].groupby("theme")["segment_id"]
    voices = unknown.agg(lambda ids: sorted(set(ids))).to_dict()
    return {
        theme: {
            "people": people.get(theme, {}),
            "unknown_voices": voices.get(theme, []),
            "documents": documents[theme],
            "roles": roles.get(theme, {}),
        }
        for theme in sorted(documents)
    }


def _lists(rows: pd.DataFrame, by: str, what: str) -> dict[str, dict[str, list[str]]]:
    """Map each theme to the values of one column -> those of another beside them."""
    lists: dict[str, dict[str, list[str]]] = {}
    told = rows[["theme", by, what]].dropna().drop_duplicates()
    for theme, key, value in sorted(told.itertuples(index=False, name=None)):
        lists.setdefault(theme, {}).setdefault(str(key), []).append(value)
    return lists
