"""Apply a codebook to segments: the default coder, or the ones you name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.lexical import LexicalCoder
from empathy_insights.coding.semantic import SemanticCoder
from empathy_insights.coding.stance import find_stances
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder, StaticEmbedder


class Coder(Protocol):
    """Code segments by the themes of one codebook."""

    @property
    def name(self) -> str:
        """What the column `coder` says."""
        ...

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings; the segments stay as they are, their order does not matter."""
        ...


def code(
    segments: pd.DataFrame,
    book: Codebook,
    *,
    coders: Sequence[Coder] | None = None,
    embedder: Embedder | None = None,
) -> pd.DataFrame:
    """Code segments by the themes of a codebook; a segment may have several themes.

    By default a segment is coded (`auto`) where it holds a strong phrase of the theme.
    Weak phrases and closeness to the theme's examples only suggest it (`suggested`),
    for a person to accept or reject; suggestions are never counted.

    Parameters
    ----------
    coders
        Used instead of the default; their codings stand side by side.
    embedder
        What the default's semantic half compares texts with.

    Returns
    -------
    pandas.DataFrame
        A row a segment, theme and coder: `segment_id`, `theme`, `coder`, `status`,
        `score` (0 to 1), `method` (what led to it), `evidence_start`, `evidence_end`
        (code points into the document), `stance`, `codebook_sha256`.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I got locked out of my account."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> codings = code(segments, ei.load_codebook("empathy_core"))
    >>> codings.loc[codings["status"] == "auto", "theme"].tolist()
    ['tech_support', 'tech_support.troubleshooting']
    """
    SEGMENTS.check(segments)
    ordered = segments.sort_values("segment_id").reset_index(drop=True)
    if coders is None:
        found = _combined(ordered, book, embedder or StaticEmbedder())
    else:
        found = [coder(ordered) for coder in coders]
    codings = pd.concat(found, ignore_index=True) if found else CODINGS.frame([])
    stances = find_stances(ordered, book)
    codings = codings.assign(stance=codings["segment_id"].map(stances).astype("str"))
    codings = codings.sort_values(list(CODINGS.key)).reset_index(drop=True)
    return CODINGS.check(codings)


def _combined(
    segments: pd.DataFrame, book: Codebook, embedder: Embedder
) -> list[pd.DataFrame]:
    """Take the lexical codings, and suggest what only the semantic coder sees.

    Either kind is scored by its closeness to the theme, so that scores compare.
    """
    semantic = SemanticCoder(book, embedder)
    lexical = LexicalCoder(book)(segments)
    scored = lexical.assign(score=semantic.scores(segments, lexical))
    suggested = semantic(segments)
    pair = ["segment_id", "theme"]
    known = pd.MultiIndex.from_frame(lexical[pair])
    new = suggested[~pd.MultiIndex.from_frame(suggested[pair]).isin(known)]
    return [frame.assign(coder="codebook") for frame in (scored, new)]
