"""The default coder: the codebook's phrases, and what its own texts teach a model."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.lexical import LexicalCoder
from empathy_insights.coding.semantic import SemanticCoder
from empathy_insights.coding.stance import attach_attributes
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder, StaticEmbedder

_PAIR = ["segment_id", "theme"]


@dataclass(frozen=True)
class CodebookCoder:
    """Code by a codebook alone, without any label.

    A segment is coded (`auto`) where it holds a strong phrase of the theme or, for a
    theme that has no phrases, where a model of the codebook's own texts is surer than
    the point from which the target share of held-out examples was right. Two weak
    phrases, or a model that is fairly sure, only suggest the theme; so does a phrase in
    a segment that is nearer to one of the theme's near misses than to any example.

    Parameters
    ----------
    codebook
        The themes.
    embedder
        Places texts by meaning.
    target_precision
        The share of held-out examples that must be right where the model codes.

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
        """Return codings; each is scored by the model, so that scores compare."""
        SEGMENTS.check(segments)
        semantic = SemanticCoder(
            self.codebook,
            self.embedder,
            codes=_without_phrases(self.codebook),
            target_precision=self.target_precision,
        )
        texts = segments["text"].tolist()
        judged = semantic.judge(texts)
        phrases = LexicalCoder(self.codebook)
        reads = phrases.read(texts)
        lexical = phrases.codings(segments, reads)
        rows = pd.Index(segments["segment_id"]).get_indexer(lexical["segment_id"])
        main = lexical["theme"].str.split(".").str[0]
        # A phrase in words that are nearer to a near miss is for a person to judge.
        status = lexical["status"].mask(judged.is_barred(rows, main), "suggested")
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


def _without_phrases(book: Codebook) -> frozenset[str]:
    return frozenset(
        theme.id
        for theme in book.main_themes
        if not any(map(_has_phrases, (theme, *book.sub_themes(theme.id))))
    )


def _has_phrases(theme: Theme) -> bool:
    return any(vars(theme.patterns).values())
