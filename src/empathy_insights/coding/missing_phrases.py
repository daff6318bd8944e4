"""Phrases that a codebook lacks: from its own texts, and from what people said."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.references import references
from empathy_insights.coding.models.shipped_models import model_of
from empathy_insights.tables import SEGMENTS
from empathy_insights.text.embedders import Embedder, embedder_of

_QUOTED = re.compile(r"(?<!\w)[\"“‘']([^\"“”‘’']{2,40})[\"”’'](?!\w)")
_WORD = re.compile(r"[^\W\d_]{4,}")
_LIFT = 1.2  # of the probability, before a word is worth a look
_COLUMNS = ["theme", "phrase", "source", "segments", "lift", "example"]


@public
def suggest_phrases(
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    n_phrases: int = 5,
    min_segments: int = 3,
    embedder: Embedder | str | Path | None = None,
) -> pd.DataFrame:
    """List phrases that a theme may lack, for a person to say yes or no.

    Nothing is coded by them: a phrase that is right goes into the codebook, as `strong`
    where it nearly always means the theme, else as `weak`.

    Parameters
    ----------
    segments
        What people said; says how often each phrase occurs, and lends people's words.
    codebook
        The themes, as `load_codebook` returns them.
    n_phrases
        How many of people's words to list for a theme, those of the highest lift.
    min_segments
        People's words that occur in fewer segments are left out.
    embedder
        Turns texts into vectors; all-MiniLM-L6-v2 when not given, offline.

    Returns
    -------
    pandas.DataFrame
        `theme`, `phrase`, `source` (`name`; `quoted`: in quotation marks in the
        definition; `codebook`: in two or more texts of this theme and of no other;
        `people`: likelier where the model of the codebook sees the theme), `segments`
        (how many hold it), `lift` (the mean probability of the theme in these over that
        in all; missing when there are none), `example` (the id of the segment that
        sounds most like the theme). Phrases that the theme has are left out.

    See Also
    --------
    check_codebook : Holds a codebook against its own examples.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> said = pd.DataFrame({"who": ["ana", "bo"], "a": ["Thanks a lot!", "No bus."]})
    >>> segments = ei.segment(ei.corpus_from_frame(said, text="a", person="who"))
    >>> thanks = ei.Theme("thanks", "Gratitude", definition="Says 'thanks' or 'grateful'.")
    >>> book = ei.Codebook("b", "B", themes=(thanks, ei.Theme("bus", "Bus")))
    >>> ei.suggest_phrases(segments, book)[["theme", "phrase", "source", "segments"]]
        theme     phrase  source  segments
    0  thanks  gratitude    name         0
    1  thanks     thanks  quoted         1
    2  thanks   grateful  quoted         0
    3     bus        bus    name         1
    """
    SEGMENTS.check(segments)
    ordered = segments.sort_values("segment_id").reset_index(drop=True)
    texts = ordered["text"].str.lower()
    model = model_of(codebook, ordered["text"].tolist(), embedder_of(embedder))
    chances = None if model is None else model(ordered["text"].tolist()).whole
    rows = []
    themes = () if model is None else model.themes
    for theme in codebook.main_themes:
        own = None
        if chances is not None and theme.id in themes and len(ordered):
            own = chances[:, themes.index(theme.id)]
        found = dict(_of_codebook(theme.id, codebook))
        if own is not None:
            for phrase in _of_people(texts, own, min_segments)[:n_phrases]:
                found.setdefault(phrase, "people")
        known = _known(theme.id, codebook, list(found))
        rows += [
            _row(theme.id, phrase, source, ordered, own)
            for phrase, source in found.items()
            if phrase not in known
        ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _of_codebook(theme: str, codebook: Codebook) -> Iterator[tuple[str, str]]:
    yield codebook[theme].name.lower(), "name"
    for quoted in _QUOTED.findall(codebook[theme].definition):
        yield quoted.strip(" .,").lower(), "quoted"
    spread: defaultdict[str, Counter[str | None]] = defaultdict(Counter)
    for item in references(codebook):
        for word in set(_WORD.findall(item.text.lower())):
            spread[word][item.theme] += 1
    for word, owners in sorted(spread.items()):
        if set(owners) == {theme} and owners[theme] > 1:
            yield word, "codebook"


def _of_people(texts: pd.Series, chances: np.ndarray, least: int) -> list[str]:
    """Return words whose segments sound like the theme more than most do."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        for word in set(_WORD.findall(text)):
            holders[word].append(row)
    base = chances.mean()
    lifts = {
        word: chances[rows].mean() / base
        for word, rows in holders.items()
        if len(rows) >= least
    }
    return sorted(
        (word for word, lift in lifts.items() if lift >= _LIFT),
        key=lambda word: (-lifts[word], word),
    )


def _known(theme: str, codebook: Codebook, phrases: list[str]) -> set[str]:
    """Return the phrases in which the theme's own patterns are found already."""
    patterns = [
        vars(member.patterns)
        for member in (codebook[theme], *codebook.sub_themes(theme))
    ]
    if not any(any(own.values()) for own in patterns):
        return set()
    return {
        phrase
        for phrase, hits in zip(
            phrases, LexicalCoder(codebook).hits(phrases), strict=True
        )
        if any(hit.phrase.theme.split(".")[0] == theme for hit in hits)
    }


def _row(
    theme: str,
    phrase: str,
    source: str,
    segments: pd.DataFrame,
    chances: np.ndarray | None,
) -> dict[str, object]:
    said = segments["text"].str.lower().str.contains(rf"\b{re.escape(phrase)}\b")
    rows = np.flatnonzero(said.to_numpy(dtype=bool))
    row = {"theme": theme, "phrase": phrase, "source": source, "segments": len(rows)}
    if chances is None or not len(rows):
        return row | {"lift": np.nan, "example": None}
    best = rows[int(chances[rows].argmax())]
    lift = float(chances[rows].mean() / chances.mean())
    return row | {"lift": lift, "example": segments["segment_id"].iloc[best]}
