"""The semantic coder: closeness to a theme's definition, examples and near misses."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.tables import CODINGS, SEGMENTS
from empathy_insights.text.embedders import Embedder, StaticEmbedder
from empathy_insights.text.tokens import sentence_spans


class Reference(NamedTuple):
    """A text of the codebook that segments are compared with."""

    theme: str
    kind: str
    number: int
    text: str


@dataclass(frozen=True)
class SemanticCoder:
    """Suggest the themes whose definition and examples are closest to a segment.

    A segment's closeness to a theme is the mean of its cosine with the definition and
    with the theme's three closest examples; the theme is left out where one of its near
    misses is closer than every example. The `n_suggestions` closest themes at or above
    `floor` get status `suggested`: closeness alone over-codes, so it never counts.

    Parameters
    ----------
    codebook
        The themes to suggest; sub-themes lend their examples to their parents.
    embedder
        Turns texts into vectors of length 1.
    n_suggestions
        How many themes a segment may be suggested for.
    floor
        The least closeness, 0 to 1.

    Examples
    --------
    >>> from empathy_insights.codebook import Example
    >>> themes = (
    ...     Theme("bus", "Bus", examples=(Example("My bus comes late every day."),)),
    ...     Theme("food", "Food", examples=(Example("Lunch is cold and too short."),)),
    ... )
    >>> coder = SemanticCoder(Codebook("mine", "Mine", themes=themes))
    >>> coder.closeness(["The bus never shows up."]).round(1).to_dict("records")
    [{'bus': 0.5, 'food': 0.0}]
    """

    codebook: Codebook
    embedder: Embedder = field(default_factory=StaticEmbedder)
    n_suggestions: int = 3
    floor: float = 0.2
    name: str = "semantic"

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings of the segments: evidence is the closest sentence."""
        SEGMENTS.check(segments)
        vectors = self.embedder(segments["text"].tolist())
        closeness, vetoed = self._closeness(vectors), self._vetoed(vectors)
        allowed = np.where(vetoed, -1.0, closeness)
        ranked = np.argsort(-allowed, axis=1, kind="stable")[:, : self.n_suggestions]
        chosen = [
            (row, int(column))
            for row, columns in enumerate(ranked)
            for column in columns
            if allowed[row, column] >= self.floor
        ]
        return self._codings(segments, vectors, allowed, chosen)

    def scores(self, segments: pd.DataFrame, codings: pd.DataFrame) -> np.ndarray:
        """Return the closeness, 0 to 1, of each coding's segment to its theme.

        A sub-theme is scored by its parent's examples, which include its own.
        """
        coded = segments[segments["segment_id"].isin(codings["segment_id"])]
        close = self.closeness(coded["text"].tolist()).clip(0, 1).to_numpy()
        rows = pd.Index(coded["segment_id"]).get_indexer(codings["segment_id"])
        themes = codings["theme"].str.split(".").str[0]
        columns = pd.Index(self._themes).get_indexer(themes)
        return np.asarray(close[rows, columns])

    def closeness(self, texts: list[str]) -> pd.DataFrame:
        """Return how close each text is to each theme: a row a text, a column a theme."""
        return pd.DataFrame(
            self._closeness(self.embedder(texts)), columns=list(self._themes)
        )

    def _closeness(self, vectors: np.ndarray) -> np.ndarray:
        columns = []
        for theme in self._themes:
            means = self._cosines(vectors, theme, "definition")
            examples = np.sort(self._cosines(vectors, theme, "example"), axis=1)[:, -3:]
            parts = [part.mean(1) for part in (means, examples) if part.shape[1]]
            columns.append(np.mean(parts, axis=0) if parts else np.zeros(len(vectors)))
        return np.column_stack(columns) if columns else np.zeros((len(vectors), 0))

    def _vetoed(self, vectors: np.ndarray) -> np.ndarray:
        columns = []
        for theme in self._themes:
            examples = self._cosines(vectors, theme, "example").max(1, initial=-1)
            misses = self._cosines(vectors, theme, "near miss").max(1, initial=-1)
            columns.append(misses > examples)
        shape = (len(vectors), len(columns))
        return np.column_stack(columns) if columns else np.zeros(shape, dtype=bool)

    def _cosines(self, vectors: np.ndarray, theme: str, kind: str) -> np.ndarray:
        return np.asarray(vectors @ self._vectors[self._places[theme, kind]].T)

    def _codings(
        self,
        segments: pd.DataFrame,
        vectors: np.ndarray,
        scores: np.ndarray,
        chosen: list[tuple[int, int]],
    ) -> pd.DataFrame:
        if not chosen:
            return CODINGS.frame([])
        sha256 = self.codebook.sha256
        texts, starts = segments["text"].tolist(), segments["start"].tolist()
        ids = segments["segment_id"].tolist()
        references = [
            self._closest(vectors[row], self._themes[column]) for row, column in chosen
        ]
        evidence = self._closest_sentences(
            [texts[row] for row, _ in chosen], references
        )
        rows = [
            {
                "segment_id": ids[row],
                "theme": self._themes[column],
                "coder": self.name,
                "status": "suggested",
                "score": float(np.clip(scores[row, column], 0, 1)),
                "method": _naming(self._references[reference]),
                "evidence_start": starts[row] + start,
                "evidence_end": starts[row] + end,
                "stance": None,
                "codebook_sha256": sha256,
            }
            for (row, column), reference, (start, end) in zip(
                chosen, references, evidence, strict=True
            )
        ]
        return CODINGS.frame(rows)

    def _closest(self, vector: np.ndarray, theme: str) -> int:
        places = [
            *self._places[theme, "definition"],
            *self._places[theme, "example"],
        ]
        return places[int(np.argmax(self._vectors[places] @ vector))]

    def _closest_sentences(
        self, texts: list[str], references: list[int]
    ) -> list[tuple[int, int]]:
        """Return the sentence of each text that is closest to its reference."""
        spans = [
            sentence_spans(text, language=self.codebook.language) or [(0, len(text))]
            for text in texts
        ]
        sentences = [
            text[start:end]
            for text, of_text in zip(texts, spans, strict=True)
            for start, end in of_text
        ]
        owner = np.repeat(references, [len(of_text) for of_text in spans]).astype(int)
        alike = np.einsum("ij,ij->i", self.embedder(sentences), self._vectors[owner])
        edges = np.cumsum([len(of_text) for of_text in spans])[:-1]
        return [
            of_text[int(np.argmax(part))]
            for of_text, part in zip(spans, np.split(alike, edges), strict=True)
        ]

    @cached_property
    def _themes(self) -> tuple[str, ...]:
        return tuple(theme.id for theme in self.codebook.main_themes)

    @cached_property
    def _references(self) -> tuple[Reference, ...]:
        return tuple(
            reference
            for theme in self.codebook.main_themes
            for reference in _references(theme, self.codebook)
        )

    @cached_property
    def _vectors(self) -> np.ndarray:
        return self.embedder([reference.text for reference in self._references])

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[int]]:
        places: dict[tuple[str, str], list[int]] = {
            (theme, kind): []
            for theme in self._themes
            for kind in ("definition", "example", "near miss")
        }
        for place, reference in enumerate(self._references):
            places[reference.theme, reference.kind].append(place)
        return places


def _references(theme: Theme, book: Codebook) -> list[Reference]:
    family = (theme, *book.sub_themes(theme.id))
    meaning = ". ".join(part for part in (theme.name, theme.definition) if part)
    found = [Reference(theme.id, "definition", 1, meaning)]
    examples = [item.text for member in family for item in member.examples]
    misses = [item.text for member in family for item in member.near_misses]
    found += [Reference(theme.id, "example", n, t) for n, t in enumerate(examples, 1)]
    found += [Reference(theme.id, "near miss", n, t) for n, t in enumerate(misses, 1)]
    return found


def _naming(reference: Reference) -> str:
    if reference.kind == "definition":
        return "close to the definition"
    return f"close to {reference.kind} {reference.number}"
