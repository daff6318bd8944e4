"""Word topics as candidates for themes, for people to take up or to turn down."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

from empathy_insights.codebook import Codebook, Example, Theme
from empathy_insights.tables import NO_THEME
from empathy_insights.topics import Topics


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
