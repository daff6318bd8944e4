"""What a segment sounds like, judged by a model of the codebook's own texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.models.boundaries import (
    Boundaries,
    boundaries_by_stories,
    stand_out,
)
from empathy_insights.coding.models.features import count_spread
from empathy_insights.coding.models.from_examples import (
    Chances,
    Taught,
    judged_by,
    no_chances,
    teach,
)
from empathy_insights.coding.models.lexical import LexicalCoder, Read
from empathy_insights.coding.models.references import Reference, references
from empathy_insights.coding.models.shipped_models import story_model
from empathy_insights.coding.models.story_model import phrases_found
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder
from empathy_insights.text.onnx_embedder import ContextualEmbedder

# Themes for what no other theme explains: "Other", "Off topic", "N/A".


_REST = re.compile(
    r"(?:others?|misc(?:ellaneous)?|n/?a|none(?: of (?:the above|these|them))?|"
    r"off[- ]?topic|irrelevant|unrelated|(?:not |un)(?:codable|codeable|assigned|clear)|"
    r"not applicable|residual|rest)"
    r"(?: (?:comments?|responses?|answers?|themes?|topics?))?",
    re.IGNORECASE,
)


def is_residual(theme: Theme) -> bool:
    """Return whether a theme is named for the rest.

    Examples
    --------
    >>> [is_residual(Theme("x", name)) for name in ("Other comments", "Other people")]
    [True, False]
    """
    return _REST.fullmatch(theme.name.strip()) is not None


# The semantic coder: what a segment sounds like, judged by the codebook's own texts.


_NEAR = 0.4  # cosine from which a near miss says something
_UNSURE = ", which tells too little to code"
_LEAN, _EXAMPLES_HALVE_IT = 0.5, 8  # examples a theme


@dataclass(frozen=True, eq=False)
class Judged:
    """What the model said of some texts, and where it suggests and codes.

    `boundaries` finds them when it is asked: models must be fitted without some of the
    examples. `likely` says where it suggests; while it is missing, where a theme stands
    out, with what else speaks for it (`hints`, in log-odds).
    """

    themes: tuple[str, ...]
    chances: Chances
    barred: np.ndarray
    boundaries: Callable[[], Boundaries]
    likely: np.ndarray | None = None
    hints: np.ndarray | float = 0.0

    def is_barred(self, rows: np.ndarray, themes: pd.Series) -> np.ndarray:
        """Say, by the text's row, whether a near miss speaks against each theme."""
        columns = pd.Index(self.themes).get_indexer(themes)
        if not self.themes:
            return np.zeros(len(rows), dtype=bool)
        return np.asarray((columns >= 0) & self.barred[rows, columns])

    def scores(self, rows: np.ndarray, themes: pd.Series) -> np.ndarray:
        """Return the probability, by the text's row, of each main theme named."""
        columns = pd.Index(self.themes).get_indexer(themes)
        if not self.themes:
            return np.zeros(len(rows))
        return np.where(columns >= 0, self.chances.whole[rows, columns], 0.0)


@dataclass(frozen=True)
class SemanticCoder:
    """Code by a model that has learned the codebook's own texts, theme against theme.

    Names, definitions, examples and near misses (for the theme they belong to) are the
    labelled texts of a logistic regression over words, letters, meaning and form; a
    near miss of no theme bars its theme where it is close, and closer than every
    example. What sounds like a theme is `suggested`; it is coded (`auto`) only where held-out examples
    of the codebook kept `target_precision`, and only for themes in `codes`.

    Parameters
    ----------
    codebook
        The themes; sub-themes lend their texts to their parents.
    embedder
        Turns texts into vectors of length 1.
    codes
        The themes that may be coded; the others are only suggested.
    target_precision
        The share of held-out examples that must be right at and above `auto`.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> from empathy_insights.codebook import Example, Theme
    >>> themes = (
    ...     Theme("bus", "Bus", examples=(Example("My bus comes late every day."),)),
    ...     Theme("food", "Food", examples=(Example("Lunch is cold and too short."),)),
    ... )
    >>> coder = SemanticCoder(Codebook("mine", "Mine", themes=themes))
    >>> coder.chances(["The buses never come on time."]).round(1)
       bus  food
    0  0.7   0.3
    """

    codebook: Codebook
    embedder: Embedder = field(default_factory=ContextualEmbedder)
    codes: frozenset[str] = frozenset()
    target_precision: float = 0.8
    name: str = "semantic"

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings of the segments: evidence is the most telling clause."""
        SEGMENTS.check(segments)
        return self.codings(segments, self.judge(segments["text"].tolist()))

    def chances(self, texts: list[str]) -> pd.DataFrame:
        """Return how likely each text is to be about each theme: a column a theme."""
        judged = self.judge(texts)
        return pd.DataFrame(
            judged.chances.whole, index=range(len(texts)), columns=list(judged.themes)
        )

    def judge(self, texts: list[str], reads: Sequence[Read] | None = None) -> Judged:
        """Fit the model for these texts and let it judge them.

        What was read of the codebook's phrases in them is read now when not given.
        """
        if self.codebook.is_taught and texts:
            if reads is None:
                reads = LexicalCoder(self.codebook).read(texts)
            return self._by_stories(texts, reads)
        [judged] = judge_together([self], texts)
        return judged

    def judged(self, taught: Taught, chances: Chances) -> Judged:
        """Return what a model that the codebook's texts taught said of some texts."""
        barred = self._barred(chances, taught.themes)
        boundaries = partial(taught.boundaries, self.target_precision)
        return Judged(taught.themes, chances, barred, boundaries)

    def _by_stories(self, texts: list[str], reads: Sequence[Read]) -> Judged:
        """Let the model of the codebook's stories judge texts, with its phrases."""
        known = story_model(self.codebook, self.embedder)
        chances = known.model(texts)
        themes = known.model.themes
        whole = known.chances(chances.whole, phrases_found(reads, themes))
        boundaries = boundaries_by_stories(len(themes), self.target_precision)
        return Judged(
            themes,
            replace(chances, whole=whole),
            np.zeros(whole.shape, dtype=bool),
            lambda: boundaries,
            likely=whole >= boundaries.suggested,
        )

    def codings(self, segments: pd.DataFrame, judged: Judged) -> pd.DataFrame:
        """Turn what was judged of the segments into codings."""
        chances = judged.chances
        boundaries = judged.boundaries()
        at, theme_at = np.nonzero(self.suggested(judged))
        if not len(at):
            return CODINGS.frame([])
        spans = chances.spans[at, theme_at]
        themes = np.array(judged.themes)[theme_at]
        scores = chances.whole[at, theme_at]
        auto = boundaries.auto[theme_at]
        may_code = np.isin(themes, list(self.codes))
        start = segments["start"].to_numpy()[at]
        frame = pd.DataFrame(
            {
                "segment_id": segments["segment_id"].to_numpy()[at],
                "theme": themes,
                "coder": self.name,
                "status": np.where(may_code & (scores >= auto), "auto", "suggested"),
                "score": scores,
                "method": self._methods(chances.meaning[at], themes)
                + np.where(may_code & np.isnan(auto), _UNSURE, ""),
                "evidence_start": (start + spans[:, 0]).astype(float),
                "evidence_end": (start + spans[:, 1]).astype(float),
                "stance": pd.Series([None] * len(at), dtype="str"),
                "codebook_sha256": self.codebook.sha256,
            }
        )
        return CODINGS.check(frame)

    def suggested(self, judged: Judged) -> np.ndarray:
        """Return where each theme is suggested, or coded: a row a text."""
        whole = judged.chances.whole
        if not whole.size:
            return whole > 0
        found = judged.likely
        if found is None:
            usual = judged.boundaries().suggested
            found = stand_out(whole, usual, lean=self._lean, hints=judged.hints)
        found = found & ~judged.barred
        is_rest = np.array([is_residual(self.codebook[id_]) for id_ in judged.themes])
        unexplained = ~found[:, ~is_rest].any(axis=1, keepdims=True)
        return np.asarray(found | (is_rest & unexplained))

    def _methods(self, vectors: np.ndarray, themes: np.ndarray) -> np.ndarray:
        """Name the text of the theme that each vector is closest to."""
        if self.codebook.is_taught:
            return np.full(len(themes), "sounds like its stories", dtype=object)
        methods = np.empty(len(themes), dtype=object)
        for theme in np.unique(themes):
            own = [n for n, item in enumerate(self._known) if item.theme == theme]
            rows = np.flatnonzero(themes == theme)
            closest = (vectors[rows] @ self._vectors[own].T).argmax(axis=1)
            names = [_naming(self._known[n]) for n in own]
            methods[rows] = [names[n] for n in closest]
        return methods

    def _barred(self, chances: Chances, themes: tuple[str, ...]) -> np.ndarray:
        """Return where a near miss of no theme is close, and closer than every example."""
        vectors = chances.meaning
        columns = []
        for theme in themes:
            misses = self._of(theme, "near miss", belongs_to=None)
            examples = self._of(theme, "example", belongs_to=theme)
            nearest = (vectors @ self._vectors[examples].T).max(axis=1, initial=-1)
            miss = (vectors @ self._vectors[misses].T).max(axis=1, initial=-1)
            columns.append((miss > nearest) & (miss >= _NEAR))
        return np.column_stack(columns)

    def _of(self, owner: str, kind: str, *, belongs_to: str | None) -> list[int]:
        return [
            n
            for n, item in enumerate(self._known)
            if (item.owner, item.kind, item.theme) == (owner, kind, belongs_to)
        ]

    @property
    def _lean(self) -> float:
        """How far to mistrust the model's means: the fewer examples, the further."""
        n = sum(item.kind == "example" for item in self._known)
        each = n / max(len(self.codebook.main_themes), 1)
        return _LEAN * _EXAMPLES_HALVE_IT / (_EXAMPLES_HALVE_IT + each)

    @cached_property
    def _known(self) -> list[Reference]:
        return references(self.codebook)

    @cached_property
    def _vectors(self) -> np.ndarray:
        return self.embedder([item.text for item in self._known])


def judge_together(
    coders: Sequence[SemanticCoder], texts: list[str]
) -> Iterator[Judged]:
    """Yield what each coder says of the same texts; what all see alike is made once.

    Codebooks with twenty examples a theme judge by `SemanticCoder.judge`, one by one.
    """
    studied = count_spread(texts)
    taught = [
        teach(coder.codebook, studied, coder.embedder) if texts else None
        for coder in coders
    ]
    said = judged_by([one.model() for one in taught if one is not None], texts)
    for coder, one in zip(coders, taught, strict=True):
        if one is None:
            none = no_chances(len(texts))
            unbounded = partial(Boundaries, 1.0, np.zeros(0))
            yield Judged((), none, none.whole > 0, unbounded)
        else:
            yield coder.judged(one, next(said))


def _naming(item: Reference) -> str:
    if item.kind in ("name", "definition"):
        return f"close to the {item.kind}"
    if item.kind == "near miss":
        return f"close to near miss {item.number} of {item.owner}"
    return f"close to example {item.number}"
