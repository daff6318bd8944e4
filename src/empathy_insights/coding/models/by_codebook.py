"""The default coder: the codebook's phrases, and what its own texts teach a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from empathy_insights.codebook import TAUGHT, Codebook
from empathy_insights.coding.models.boundaries import codes_from
from empathy_insights.coding.models.lexical import LexicalCoder, Read
from empathy_insights.coding.models.regression import (
    apart_by,
    beside_others,
    chances_of,
)
from empathy_insights.coding.models.semantic import Judged, SemanticCoder, is_residual
from empathy_insights.coding.models.stance import attach_attributes
from empathy_insights.coding.models.story_model import phrases_found
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder
from empathy_insights.text.onnx_embedder import ContextualEmbedder

_PAIR = ["segment_id", "theme"]
_UNTOLD = 0.05  # chance of a theme that has no text to learn from
# A model of a few texts a theme puts all passages in one place: a unit of its log-odds is
# worth 2 to 3 where people coded (nhs_fft, sight, pdpilot_interviews). Of passages with a
# strong phrase, 65 to 71 % had the theme there.
_NARROW, _STRONG, _NAMED = 2.5, 0.7, 0.5
# What two words of a theme's name or description add to its log-odds, times how rare they
# are there (inverse document frequency, Spärck Jones 1972).
_OWN_WORDS = 0.2


@dataclass(frozen=True)
class CodebookCoder:
    """Code by a codebook alone, without any label.

    Where the codebook has twenty examples a theme, a model of its texts says how likely
    a segment is to be about each theme, whatever other themes it has; a phrase of the
    theme raises the chance. A segment is coded (`auto`) where the chance is at least
    the target, and suggested from .15 on, or where a phrase was found.

    Where it has fewer, a strong phrase codes. So does the model, for a theme that has
    no phrases, where it is surer than the point from which the target share of held-out
    examples was right. Two weak phrases, or a model that is fairly sure, only suggest
    the theme. A theme without phrases is also suggested by a name of one word; two words
    of its name or description only add to what the model says.

    There, a segment that is nearer to one of the theme's near misses than to any
    example is for a person: a phrase only suggests the theme. Themes that a team added
    to a codebook of stories are judged by themselves in this way.

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
    embedder: Embedder = field(default_factory=ContextualEmbedder)
    target_precision: float = 0.8
    name: str = "codebook"

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings; each is scored by its chance, so that scores compare."""
        return self.codings_and_chances(segments)[0]

    def probabilities(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return each main theme's chance: a row a segment."""
        if self._parts:
            return self._of_parts([one.probabilities(segments) for one in self._parts])
        return self._chances(*self._judge(segments))

    def codings_and_chances(
        self, segments: pd.DataFrame
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return what the coder codes, and `probabilities`, judged once."""
        if self._parts:
            told = [one.codings_and_chances(segments) for one in self._parts]
            codings = pd.concat([found for found, _ in told]).sort_values(_PAIR)
            codings = codings.assign(codebook_sha256=self.codebook.sha256)
            chances = self._of_parts([one for _, one in told])
            return CODINGS.check(codings.reset_index(drop=True)), chances
        judged, reads = self._judge(segments)
        lexical = self._lexical.codings(segments, reads)
        if judged.themes and not self.codebook.is_taught:
            judged, lexical = self._with_own_words(segments, judged, reads, lexical)
        rows, main = _places(segments, lexical)
        barred = judged.is_barred(rows, main)
        if self.codebook.is_taught:
            barred |= judged.scores(rows, main) < codes_from(self.target_precision)
        # A phrase in words that are nearer to a near miss is for a person to judge.
        status = lexical["status"].mask(barred, "suggested")
        scored = lexical.assign(score=judged.scores(rows, main), status=status)
        found = pd.concat(
            [scored, self._semantic.codings(segments, judged)], ignore_index=True
        )
        # The surer status of the two stands ("auto" sorts first); of equals, the phrase.
        found = found.sort_values("status", kind="stable").drop_duplicates(_PAIR)
        found = found.assign(coder=self.name).sort_values(_PAIR, ignore_index=True)
        language = self.codebook.language
        codings = attach_attributes(found, segments, reads, language=language)
        return CODINGS.check(codings), self._chances(judged, reads)

    def _with_own_words(
        self,
        segments: pd.DataFrame,
        judged: Judged,
        reads: Sequence[Read],
        lexical: pd.DataFrame,
    ) -> tuple[Judged, pd.DataFrame]:
        """Let words of a theme's name and description speak with the model, not beside it.

        Two of them raise the theme's odds, and suggest it only where it then stands out;
        the whole name suggests it by itself.
        """
        words = self._own_words(reads, judged.themes)
        rarity = np.log(len(reads) / (1 + (words > 0).sum(axis=0)))
        hints = _OWN_WORDS * np.maximum(rarity, 0) * (words > 1)
        bounds = judged.boundaries()
        judged = replace(judged, hints=hints, boundaries=lambda: bounds)
        likely = self._semantic.suggested(judged)
        rows, main = _places(segments, lexical)
        column = pd.Index(judged.themes).get_indexer(main)
        own = words[rows, column]
        drops = (column >= 0) & (own > 0) & np.isfinite(own) & ~likely[rows, column]
        return replace(judged, likely=likely), lexical[~drops]

    def _own_words(self, reads: Sequence[Read], themes: Sequence[str]) -> np.ndarray:
        """Return how many words of each theme's own a text has; infinite with its name."""
        names = self._lexical.whole_names
        by_words = _without_phrases(self.codebook)
        place = {theme: n for n, theme in enumerate(themes) if theme in by_words}
        words = np.zeros((len(reads), len(themes)))
        for row, read in enumerate(reads):
            for phrase in {hit.phrase for hit in read.hits}:
                column = place.get(phrase.theme.split(".")[0])
                if column is not None:
                    words[row, column] += np.inf if phrase in names else 1
        return words

    def _judge(self, segments: pd.DataFrame) -> tuple[Judged, list[Read]]:
        SEGMENTS.check(segments)
        texts = segments["text"].tolist()
        reads = self._lexical.read(texts)
        return self._semantic.judge(texts, reads), reads

    @cached_property
    def _parts(self) -> list[CodebookCoder]:
        """The coders of a codebook's parts, where it has more than one."""
        parts = parts_of(self.codebook)
        return [replace(self, codebook=one) for one in parts] if parts[1:] else []

    def _of_parts(self, chances: Sequence[pd.DataFrame]) -> pd.DataFrame:
        themes = [theme.id for theme in self.codebook.main_themes]
        return pd.concat(chances, axis="columns")[themes]

    @cached_property
    def _lexical(self) -> LexicalCoder:
        return LexicalCoder(self.codebook)

    @cached_property
    def _semantic(self) -> SemanticCoder:
        is_taught = self.codebook.is_taught
        return SemanticCoder(
            self.codebook,
            self.embedder,
            codes=_ids(self.codebook) if is_taught else _without_phrases(self.codebook),
            target_precision=self.target_precision,
        )

    def _chances(self, judged: Judged, reads: Sequence[Read]) -> pd.DataFrame:
        """Return the chance of every main theme, by the model and by phrases."""
        themes = [theme.id for theme in self.codebook.main_themes]
        chances = np.full((len(reads), len(themes)), _UNTOLD)
        column = pd.Index(judged.themes).get_indexer(pd.Index(themes))
        is_judged = column >= 0
        heard = judged.chances.whole
        if not self.codebook.is_taught:
            heard = beside_others(heard)
        chances[:, is_judged] = heard[:, column[is_judged]]
        if not self.codebook.is_taught:
            strong, weak = np.moveaxis(phrases_found(reads, themes), -1, 0)
            odds = apart_by(_NARROW, chances) + weak
            named = np.isinf(self._own_words(reads, themes))
            surely = np.maximum(strong * _STRONG, named * _NAMED)
            chances = np.maximum(chances_of(odds), surely)
        return pd.DataFrame(chances, columns=themes)


def parts_of(codebook: Codebook) -> tuple[Codebook, ...]:
    """Return a codebook in the parts that are judged alike.

    Stories teach some themes of a codebook, and those that a team added have a few
    examples: beside thousands of stories these would teach nothing.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> core = ei.load_codebook("empathy_core")
    >>> added = replace(core, themes=(*core.themes, ei.Theme("lunch", "Lunch")))
    >>> [len(part.main_themes) for part in parts_of(added)]
    [20, 1]
    """
    if not codebook.is_taught:
        return (codebook,)
    n_examples: Counter[str] = Counter()
    for theme in codebook:
        n_examples[theme.id.split(".")[0]] += len(theme.examples)
    few = {
        theme.id
        for theme in codebook.main_themes
        if n_examples[theme.id] < TAUGHT and not is_residual(theme)
    }
    if not few:
        return (codebook,)
    told, added = (
        tuple(one for one in codebook if (one.id.split(".")[0] in few) is is_added)
        for is_added in (False, True)
    )
    # What belongs to no theme was written beside the stories.
    own = replace(codebook, themes=added, no_theme=())
    return replace(codebook, themes=told), own


def _places(
    segments: pd.DataFrame, codings: pd.DataFrame
) -> tuple[np.ndarray, pd.Series]:
    """Return the row of each coding's segment, and its main theme."""
    rows = pd.Index(segments["segment_id"]).get_indexer(codings["segment_id"])
    return rows, codings["theme"].str.split(".").str[0]


def _ids(codebook: Codebook) -> frozenset[str]:
    return frozenset(theme.id for theme in codebook.main_themes)


def _without_phrases(codebook: Codebook) -> frozenset[str]:
    return frozenset(
        theme.id
        for theme in codebook.main_themes
        if not any(one.has_phrases for one in (theme, *codebook.sub_themes(theme.id)))
    )
