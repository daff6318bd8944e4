"""The default coder: the codebook's phrases, and what its own texts teach a model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.held_out_examples import Boundaries
from empathy_insights.coding.lexical import LexicalCoder
from empathy_insights.coding.odds import chances_of, log_odds
from empathy_insights.coding.semantic import Judged, SemanticCoder
from empathy_insights.coding.stance import attach_attributes
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder, StaticEmbedder

_PAIR = ["segment_id", "theme"]
# What a phrase adds to the log odds that the model gives a theme; a regression on 961
# turns that were held out of the examples of empathy_core gave 2.6 and 1.3.
_ADDED = {"auto": 2.5, "suggested": 1.25}
# The model is too sure by as much: it hears the most telling of several clauses.
_TAKEN = 0.7
_SUGGESTED = 0.1
_CERTAIN = 1e-6


@dataclass(frozen=True)
class CodebookCoder:
    """Code by a codebook alone, without any label.

    Where the codebook has twenty examples a theme, a model of its texts says how likely
    a segment is to be about each theme; a strong phrase raises these odds twelvefold,
    two weak ones three and a half times. A segment is coded (`auto`) from the chance on
    that lets the target share of codings be right, and suggested from a tenth on, or
    where a phrase was found.

    Where it has fewer, a strong phrase codes. So does the model, for a theme that has
    no phrases, where it is surer than the point from which the target share of held-out
    examples was right. Two weak phrases, or a model that is fairly sure, only suggest
    the theme.

    In either, a segment that is nearer to one of the theme's near misses than to any
    example is for a person: a phrase only suggests the theme there.

    Parameters
    ----------
    codebook
        The themes.
    embedder
        Places texts by meaning.
    target_precision
        The share of codings that is to be right where the model has a say.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> said = pd.DataFrame({"who": ["ana"], "a": ["I got locked out of my account."]})
    >>> segments = ei.segment(ei.corpus_from_frame(said, text="a", person="who"))
    >>> coder = CodebookCoder(ei.load_codebook("empathy_core"))
    >>> coder(segments).query("status == 'auto'")["method"].tolist()[0]
    "phrase 'lock|kick .. out of'"
    """

    codebook: Codebook
    embedder: Embedder = field(default_factory=StaticEmbedder)
    target_precision: float = 0.8
    name: str = "codebook"

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings; each is scored by its chance, so that scores compare."""
        SEGMENTS.check(segments)
        is_taught = self.codebook.is_taught
        semantic = SemanticCoder(
            self.codebook,
            self.embedder,
            codes=_ids(self.codebook) if is_taught else _without_phrases(self.codebook),
            target_precision=self.target_precision,
        )
        texts = segments["text"].tolist()
        judged = semantic.judge(texts)
        phrases = LexicalCoder(self.codebook)
        reads = phrases.read(texts)
        lexical = phrases.codings(segments, reads)
        rows = pd.Index(segments["segment_id"]).get_indexer(lexical["segment_id"])
        main = lexical["theme"].str.split(".").str[0]
        barred = judged.is_barred(rows, main)
        if is_taught:
            found = lexical.assign(row=rows)[lexical["theme"] == main]
            judged = _raised(judged, found, self.target_precision)
            barred |= judged.scores(rows, main) < _surest(self.target_precision)
        # A phrase in words that are nearer to a near miss is for a person to judge.
        status = lexical["status"].mask(barred, "suggested")
        scored = lexical.assign(score=judged.scores(rows, main), status=status)
        found = pd.concat(
            [scored, semantic.codings(segments, judged)], ignore_index=True
        )
        # The surer status of the two stands ("auto" sorts first); of equals, the phrase.
        found = found.sort_values("status", kind="stable").drop_duplicates(_PAIR)
        found = found.assign(coder=self.name).sort_values(_PAIR, ignore_index=True)
        language = self.codebook.language
        return CODINGS.check(
            attach_attributes(found, segments, reads, language=language)
        )


def _raised(judged: Judged, found: pd.DataFrame, target: float) -> Judged:
    """Let the phrases found, a row each, raise the odds that the model gave."""
    odds = log_odds(judged.chances.whole, certain=_CERTAIN) - _TAKEN
    columns = pd.Index(judged.themes).get_indexer(found["theme"])
    odds[found["row"], columns] += found["status"].map(_ADDED).to_numpy(dtype=float)
    whole = chances_of(odds)
    boundaries = Boundaries(_SUGGESTED, np.full(len(judged.themes), _surest(target)))
    return replace(
        judged,
        chances=replace(judged.chances, whole=whole),
        boundaries=lambda: boundaries,
        likely=whole >= boundaries.suggested,
    )


def _surest(target: float) -> float:
    """Return where to code: chances from it up to one are right halfway between."""
    return max(2 * target - 1, 0)


def _ids(book: Codebook) -> frozenset[str]:
    return frozenset(theme.id for theme in book.main_themes)


def _without_phrases(book: Codebook) -> frozenset[str]:
    return frozenset(
        theme.id
        for theme in book.main_themes
        if not any(map(_has_phrases, (theme, *book.sub_themes(theme.id))))
    )


def _has_phrases(theme: Theme) -> bool:
    return any(vars(theme.patterns).values())
