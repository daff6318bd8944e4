"""Lay themes, which a team defined, beside topics, which the words fall into."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from empathy_insights.analysis.codings_in_place import counted
from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook, Example, Theme
from empathy_insights.codebook_yaml import yaml_of
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, COUNTED, NO_THEME, STATUSES, Schema
from empathy_insights.topics import Topics

# Word topics as candidates for themes, for people to take up or to turn down.


def candidate_themes(
    chosen: pd.DataFrame, topics: Topics, *, taken: Iterable[str]
) -> Codebook:
    """Return a codebook with a theme for each chosen topic.

    Parameters
    ----------
    chosen
        `topic`, `name`, `people`, `segments` of the topics.
    taken
        Theme ids that are in use already.
    """
    ids = {NO_THEME, *taken}
    themes: list[Theme] = []
    for row in chosen.to_dict("records"):
        theme = _theme(row, topics, ids)
        ids.add(theme.id)
        themes.append(theme)
    return Codebook(
        id="candidates",
        name="Candidates for themes, found in topics that no theme explains; judge each",
        themes=tuple(themes),
    )


def _theme(row: dict[str, object], topics: Topics, taken: set[str]) -> Theme:
    topic = int(str(row["topic"]))
    terms = topics.terms.loc[topics.terms["topic"] == topic, "term"].tolist()
    return Theme(
        id=_free(_slug(terms) or f"topic_{topic}", taken),
        name=" ".join(str(row["name"]).split()),
        brief=(
            f"Candidate from topic {topic}: {row['people']} people, "
            f"{row['segments']} segments. Its terms: {', '.join(terms)}."
        ),
        priority="could",
        examples=tuple(Example(text) for text in _two_voices(topics.exemplars, topic)),
    )


def _slug(terms: list[str]) -> str:
    words = re.findall(r"\w+", " ".join(terms[:2]))
    return "_".join(dict.fromkeys(words))


def _free(name: str, taken: set[str]) -> str:
    """Return the name itself, or with the first number that makes it new."""
    numbered = (f"{name}_{n}" for n in range(2, len(taken) + 3))
    return name if name not in taken else next(n for n in numbered if n not in taken)


def _two_voices(exemplars: pd.DataFrame, topic: int) -> list[str]:
    """Return the words of two people; of two segments, where nobody is known."""
    read = exemplars[exemplars["topic"] == topic].sort_values("rank")
    known = read[read["participant_id"].notna()].drop_duplicates("participant_id")
    chosen = known if len(known) > 1 else read
    words = [text.strip() for text in chosen["text"].head(2)]
    return [text for text in words if text]


CROSSWALK = Schema(
    "crosswalk",
    {
        "theme": "text", "topic": "whole", "name": "text", "people": "whole",
        "segments": "whole", "expected": "number", "lift": "number",
        "of_theme": "whole", "of_topic": "whole",
    },
    key=("theme", "topic"),
)  # fmt: skip

_TOGETHER = 0.5  # of a topic's segments, from which several themes explain it
_COUNTABLE = tuple(status for status in STATUSES if status != "rejected")


@dataclass(frozen=True, repr=False, eq=False)
class Crosswalk:
    """Hold what themes and topics have in common, and what only one of them sees.

    Parameters
    ----------
    table
        A row a theme and topic, also where they never meet: `theme`, `topic`, `name`
        (of the topic), `people` and `segments` with both, `expected` (segments, if
        themes and topics were independent), `lift` (segments over expected), `of_theme`
        and `of_topic` (segments of each; those in no topic count in `of_theme`).
    unexplained
        Topics that no theme explains: `topic`, `name`, `people`, `segments`, `coded`
        (segments with any theme), `nearest` (the theme that comes closest), `share` (of
        the topic's segments with it), `word` (how firmly the topic stands).
    splits
        Themes that split: a row a part, with `theme`, `topic`, `name`, `people`,
        `segments`, `share` (of the theme's segments that are in a topic).
    candidates
        A codebook of the unexplained topics, each with the words of two people.
    rule
        What "explains" and "splits" mean here.
    """

    table: pd.DataFrame
    unexplained: pd.DataFrame
    splits: pd.DataFrame
    candidates: Codebook
    rule: str

    def stub(self) -> str:
        """Return the candidates as YAML for a team to judge; `load_codebook` reads it."""
        return f"# {self.candidates.name}\n{yaml_of(self.candidates)}"

    def __repr__(self) -> str:
        themes, topics = (self.table[name].nunique() for name in ("theme", "topic"))
        return (
            f"Crosswalk({themes} themes x {topics} topics: {len(self.unexplained)} topics "
            f"that no theme explains, {self.splits['theme'].nunique()} themes that split)"
        )

    def _repr_html_(self) -> str:
        met = self.table[self.table["segments"] > 0]
        top = met.sort_values(
            ["people", "lift", "theme", "topic"], ascending=[False, False, True, True]
        )
        parts = (
            ("Topics that no theme explains", self.unexplained),
            ("Themes that split", self.splits),
            (f"Most people in both ({min(len(top), 10)} of {len(top)})", top.head(10)),
        )
        tables = "".join(
            f"<h4>{title}</h4>{frame.round(2).to_html(index=False)}"
            for title, frame in parts
        )
        return f"<p>{escape(repr(self))}. {escape(self.rule)}</p>{tables}"


@public
def crosswalk(
    codings: pd.DataFrame,
    topics: Topics,
    *,
    share: float = 0.25,
    statuses: Sequence[str] = COUNTED,
    estimate: Estimate | None = None,
) -> Crosswalk:
    """Count which themes meet which topics, and find what the codebook may lack.

    Sub-themes count as their theme. A segment without a coding counts as one without a
    theme, so give the topics of the segments that were coded. A topic that one person
    alone talks about is no candidate, and no part of a split.

    Parameters
    ----------
    codings
        The codings; those with one of the `statuses` count, except where a person
        rejected the theme.
    topics
        The topics of the same segments.
    share
        A theme explains a topic when it is on at least this share of the topic's
        segments, and no rarer there than elsewhere; several explain it when together
        they are on half of them. A theme splits when two or more topics each hold at
        least this share of its segments, and more than they would by chance.
    statuses
        Codings of which status count.
    estimate
        What `estimate_counts` returns for these passages: main themes are then counted
        as in the other tables (`Estimate.pairs`), whatever the status of their codings.

    Raises
    ------
    TableError
        The codings are not usable, or none belongs to a segment of the topics.
    ValueError
        `share` is not between 0 and 1, or a status cannot count.

    See Also
    --------
    fit_topics : Finds the topics.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> said = ["I forgot my password.", "The password failed.", "The bus is late.",
    ...         "A late bus again.", "My password is locked."]
    >>> answers = pd.DataFrame({"who": list("abcde"), "a": said})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> codings = ei.code(segments, ei.load_codebook("empathy_core"))
    >>> ei.crosswalk(codings, ei.fit_topics(segments, n_topics=2)).unexplained[["name", "people"]]
             name  people
    0  bus · late       2
    """
    _check_options(share, statuses)
    coded = _of_themes(CODINGS.completed(codings), topics, statuses, estimate)
    table = _table(coded, topics)
    unexplained = _unexplained(table, coded, topics, share)
    return Crosswalk(
        table=table,
        unexplained=unexplained,
        splits=_splits(table, topics, share),
        candidates=candidate_themes(unexplained, topics, taken=set(codings["theme"])),
        rule=(
            f"A theme explains a topic when it is on {share:.0%} or more of its segments "
            "and no rarer there than elsewhere, several when together they are on half; a "
            f"theme splits when two or more topics each hold {share:.0%} or more of its "
            "segments, no fewer than by chance. One person is too few for both."
        ),
    )


def _check_options(share: float, statuses: Sequence[str]) -> None:
    if not 0 < share <= 1:
        raise ValueError(f"share must be above 0 and at most 1, not {share!r}")
    strange = [status for status in statuses if status not in _COUNTABLE]
    if strange:
        raise ValueError(
            f"{strange[0]!r} cannot count; choose from {', '.join(_COUNTABLE)}"
        )


def _of_themes(
    codings: pd.DataFrame,
    topics: Topics,
    statuses: Sequence[str],
    estimate: Estimate | None,
) -> pd.DataFrame:
    """Return a row a segment and theme, with the segment's topic and person."""
    if estimate is None:
        kept = counted(codings, statuses=statuses)[["segment_id", "theme"]]
    else:
        kept = estimate.pairs
    main = kept.assign(theme=kept["theme"].str.split(".").str[0]).drop_duplicates()
    coded = main.merge(
        topics.assignments, on="segment_id", how="inner", validate="many_to_one"
    )
    if len(main) and not len(coded):
        raise TableError(
            "none of the codings belongs to a segment of these topics; give codings and "
            "topics of the same segments"
        )
    return coded


def _table(coded: pd.DataFrame, topics: Topics) -> pd.DataFrame:
    names = topics.stability.set_index("topic")["name"]
    of_theme = coded.groupby("theme").size()
    of_topic = topics.assignments.groupby("topic").size().reindex(names.index)
    pairs = pd.MultiIndex.from_product(
        [of_theme.index, names.index], names=["theme", "topic"]
    )
    both = coded.groupby(["theme", "topic"]).agg(
        people=("participant_id", "nunique"), segments=("segment_id", "size")
    )
    table = both.reindex(pairs, fill_value=0).reset_index()
    # Of no coding the themes are texts, and so is what is looked up by them.
    table = table.assign(
        name=table["topic"].map(names),
        of_theme=table["theme"].map(of_theme).astype("int64"),
        of_topic=table["topic"].map(of_topic).astype("int64"),
    )
    expected = table["of_theme"] * table["of_topic"] / max(len(topics.assignments), 1)
    table = table.assign(expected=expected, lift=table["segments"] / expected)
    return CROSSWALK.frame(table[list(CROSSWALK.columns)].to_dict("records"))


def _unexplained(
    table: pd.DataFrame, coded: pd.DataFrame, topics: Topics, share: float
) -> pd.DataFrame:
    explains = (table["segments"] >= share * table["of_topic"]) & _is_common(table)
    with_theme = coded.groupby("topic")["segment_id"].nunique()
    of_all = topics.stability.assign(
        coded=[with_theme.get(topic, 0) for topic in topics.stability["topic"]]
    )
    left = of_all[
        (_voices(of_all, topics) > 1)
        & (of_all["coded"] < _TOGETHER * of_all["segments"])
        & ~of_all["topic"].isin(table.loc[explains, "topic"])
    ]
    closest = table[table["segments"] > 0].sort_values(
        ["segments", "theme"], ascending=[False, True]
    )
    closest = closest.drop_duplicates("topic").set_index("topic")
    held = left["topic"].map(closest["segments"]).fillna(0)
    themes = closest["theme"].to_dict()
    return left.assign(
        nearest=[themes.get(topic, "") for topic in left["topic"]],
        share=(held / left["segments"]).astype("float64"),
    )[
        ["topic", "name", "people", "segments", "coded", "nearest", "share", "word"]
    ].reset_index(drop=True)


def _splits(table: pd.DataFrame, topics: Topics, share: float) -> pd.DataFrame:
    in_topics = table.groupby("theme")["segments"].transform("sum")
    parts = table.assign(share=table["segments"] / in_topics.clip(lower=1))
    parts = parts[
        (parts["share"] >= share) & _is_common(parts) & (_voices(parts, topics) > 1)
    ]
    split = parts[parts.groupby("theme")["topic"].transform("size") > 1]
    return split.sort_values(
        ["theme", "segments", "topic"], ascending=[True, False, True]
    )[["theme", "topic", "name", "people", "segments", "share"]].reset_index(drop=True)


def _is_common(table: pd.DataFrame) -> pd.Series:
    """Return where theme and topic meet at least as often as by chance."""
    return (table["segments"] > 0) & (table["lift"] >= 1 - 1e-9)


def _voices(counts: pd.DataFrame, topics: Topics) -> pd.Series:
    """Return people; where no speaker is known at all, segments."""
    known = bool(topics.assignments["participant_id"].notna().any())
    return counts["people"] if known else counts["segments"]
