"""Why a segment was coded: the words that speak for a theme, and against it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.language_model.model_coder import LanguageModel
from empathy_insights.coding.models.by_codebook import parts_of
from empathy_insights.coding.models.learned import LearnedCoder
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.references import Reference, references
from empathy_insights.coding.models.regression import log_odds
from empathy_insights.coding.models.shipped_models import model_of
from empathy_insights.coding.models.study_features import said_in
from empathy_insights.errors import TableError
from empathy_insights.text.embedders import Embedder, StaticEmbedder, embedder_of

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_COLUMNS = ["kind", "text", "weight", "start", "end"]
_CERTAIN = 1e-4
_N_EXAMPLES = 2
_LOOKED_AT = 120

Chance = Callable[[list[str]], np.ndarray]


@public
def explain(
    coding: Mapping[str, object] | pd.Series,
    segments: pd.DataFrame,
    codebook: Codebook,
    *,
    coder: LearnedCoder | LanguageModel | None = None,
    embedder: Embedder | str | Path | None = None,
    n_words: int = 5,
) -> pd.DataFrame:
    """Return why a segment has, or does not have, a theme.

    A word's weight is how much the log-odds of the theme fall when the word is left out
    of the segment (Robnik-Šikonja & Kononenko 2008): above 0 it speaks for the theme,
    below 0 against it.

    Parameters
    ----------
    coding
        A row of codings; only `segment_id` and `theme` are read, so that a pair without
        any coding can be asked about too.
    segments
        The segments that were coded, all of them: how rare a word is depends on them.
    codebook
        The themes, as `load_codebook` returns them.
    coder
        The learned coder or the language model that coded; the codebook's own model
        when not given. A language model is not asked about every word: it shows what it
        quoted.
    embedder
        The one that coded, if it was not the default.
    n_words
        How many words to show.

    Returns
    -------
    pandas.DataFrame
        `kind` (`phrase`, `negated phrase`, `word`, `quotation`, `example`, `near miss`, `definition`,
        `name` or `chance`), `text`, `weight` (phrase, quotation: 1; word: log-odds; texts of the codebook:
        cosine; chance: the theme's probability by this passage's words alone; `score` of a coding
        also hears phrases and passages of like meaning), `start`, `end` (code points into the
        document; missing for texts of the codebook). A person's own coding needs no
        explanation but gets one: what a machine would have gone by.

    Raises
    ------
    TableError
        The segment or the theme does not exist.

    See Also
    --------
    code : Makes the codings.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> said = pd.DataFrame({"who": ["ana"], "a": ["I got locked out of my account."]})
    >>> segments = ei.segment(ei.corpus_from_frame(said, text="a", person="who"))
    >>> book = ei.load_codebook("empathy_core")
    >>> coding = {"segment_id": segments["segment_id"][0], "theme": "tech_support"}
    >>> why = ei.explain(coding, segments, book, n_words=1, embedder="static")
    >>> why.loc[why["kind"].isin(["phrase", "word"]), ["kind", "text"]]
         kind           text
    1  phrase  locked out of
    2    word         locked
    """
    row = _segment(segments, str(coding["segment_id"]))
    theme = _theme(codebook, str(coding["theme"]))
    embedder = embedder_of(embedder)
    if isinstance(coder, LanguageModel):
        coder = coder.by(codebook)
    chance = (
        _chance_by_model(segments, codebook, theme, embedder)
        if coder is None
        else _chance_by_coder(coder, theme, row)
    )
    rows = [
        *_overall(chance, row, theme),
        *_phrases(row, codebook, str(coding["theme"])),
        *(
            _quoted(coder, row, theme)
            if isinstance(coder, LanguageModel)
            else _words(chance, row, n_words)
        ),
        *_nearest(row, codebook, theme, embedder),
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _segment(segments: pd.DataFrame, segment_id: str) -> pd.Series:
    found = segments[segments["segment_id"] == segment_id]
    if found.empty:
        raise TableError(
            f"there is no segment {segment_id!r}; give all that were coded"
        )
    return found.iloc[0]


def _theme(codebook: Codebook, theme: str) -> str:
    if theme not in codebook:
        raise TableError(f"the codebook has no theme {theme!r}")
    return theme.partition(".")[0]


def _chance_by_model(
    segments: pd.DataFrame, codebook: Codebook, theme: str, embedder: Embedder
) -> Chance:
    [part] = [part for part in parts_of(codebook) if theme in part]
    model = model_of(part, segments["text"].tolist(), embedder)
    if model is None or theme not in model.themes:
        return lambda texts: np.full(len(texts), np.nan)
    column = model.themes.index(theme)
    return lambda texts: model(texts, smoothed=False).whole[:, column]


def _chance_by_coder(
    coder: LearnedCoder | LanguageModel, theme: str, row: pd.Series
) -> Chance:
    _, asked, last = said_in(row.to_frame().T)

    def chance(texts: list[str]) -> np.ndarray:
        said = {
            "text": texts,
            "question": asked * len(texts),
            "before": last * len(texts),
        }
        return np.asarray(coder.probabilities(pd.DataFrame(said))[theme])

    return chance


def _overall(chance: Chance, row: pd.Series, theme: str) -> list[tuple[object, ...]]:
    value = float(chance([row["text"]])[0])
    start = int(row["start"])
    return [("chance", theme, value, start, start + len(row["text"]))]


def _phrases(
    row: pd.Series, codebook: Codebook, theme: str
) -> list[tuple[object, ...]]:
    [hits] = LexicalCoder(codebook).hits([row["text"]])
    return [
        (
            "negated phrase" if hit.is_negated else "phrase",
            row["text"][hit.start : hit.end],
            1.0,
            row["start"] + hit.start,
            row["start"] + hit.end,
        )
        for hit in hits
        if f"{hit.phrase.theme}.".startswith(f"{theme}.")
    ]


def _words(chance: Chance, row: pd.Series, n_words: int) -> list[tuple[object, ...]]:
    text = row["text"]
    words = [match.span() for match in _WORD.finditer(text)]
    without = [text[:start] + text[end:] for start, end in words]
    if not words or np.isnan(chance([text])[0]):
        return []
    odds = log_odds(chance([text, *without]), certain=_CERTAIN)
    weights = odds[0] - odds[1:]
    order = np.argsort(-np.abs(weights), kind="stable")[:n_words]
    return [
        (
            "word",
            text[slice(*words[n])],
            float(weights[n]),
            row["start"] + words[n][0],
            row["start"] + words[n][1],
        )
        for n in order
    ]


def _quoted(
    coder: LanguageModel, row: pd.Series, theme: str
) -> list[tuple[object, ...]]:
    """Return the words by which a language model shows the theme."""
    [answer] = coder.answers(row.to_frame().T)
    start = int(row["start"])
    return [
        (
            "quotation",
            row["text"][one.start : one.end],
            1.0,
            start + one.start,
            start + one.end,
        )
        for one in answer.quotations
        if one.theme == theme
    ]


def _nearest(
    row: pd.Series, codebook: Codebook, theme: str, embedder: Embedder
) -> list[tuple[object, ...]]:
    """Return the texts in the theme's entry that are closest to the segment."""
    own = [item for item in references(codebook) if item.owner == theme]
    if len(own) > _LOOKED_AT:  # stories: look at those that may be closest
        own, _ = _closest(row["text"], own, StaticEmbedder(), _LOOKED_AT)
    near, alike = _closest(row["text"], own, embedder, _N_EXAMPLES)
    return [
        (item.kind, item.text, cosine, np.nan, np.nan)
        for item, cosine in zip(near, alike, strict=True)
    ]


def _closest(
    text: str, items: list[Reference], embedder: Embedder, n: int
) -> tuple[list[Reference], list[float]]:
    """Return the n items that are closest to a text, and their cosines."""
    vectors = embedder([text, *(item.text for item in items)])
    alike = vectors[1:] @ vectors[0]
    order = np.argsort(-alike, kind="stable")[:n]
    return [items[place] for place in order], alike[order].tolist()
