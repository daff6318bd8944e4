"""Guide topics by a codebook, as BERTopic's guided topic modelling does.

An answer that is closer to a theme than to the average answer moves a quarter of the way
towards the theme before answers are grouped. Nothing is forced: a theme that nobody
talks about gets no topic, and what no theme covers still finds its own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.text.embedders import Embedder
from empathy_insights.topics._answers import fold
from empathy_insights.topics._clusters import centroids_of
from empathy_insights.topics._space import unit

PULL = 0.25
"""How far an answer moves; BERTopic's own share."""


@dataclass(frozen=True)
class Guided:
    """Hold vectors to group.

    Parameters
    ----------
    vectors
        A row a text.
    note
        Whom the seeds moved; nothing without a codebook.
    """

    vectors: np.ndarray
    note: str | None = None


def guide(vectors: np.ndarray, book: Codebook | None, embedder: Embedder) -> Guided:
    """Move vectors towards the theme that they are closest to, if they are close."""
    if book is None:
        return Guided(vectors)
    seeds = _seeds(book, embedder)
    if not len(vectors) or not len(seeds):
        return Guided(vectors, f"{_called(book)}: no text to be guided, or to guide by")
    average = unit(vectors.mean(axis=0, keepdims=True))
    closest = (vectors @ np.vstack([seeds, average]).T).argmax(axis=1)
    moved = closest < len(seeds)
    target = seeds[np.where(moved, closest, 0)]
    guided = np.where(moved[:, None], (1 - PULL) * vectors + PULL * target, vectors)
    themes = len(np.unique(closest[moved]))
    return Guided(
        unit(guided),
        f"{_called(book)}: {int(moved.sum())} of {len(vectors)} answers drawn to "
        f"{themes} of {len(seeds)} themes",
    )


def _called(book: Codebook) -> str:
    return f"{book.id} {book.version}"


def _seeds(book: Codebook, embedder: Embedder) -> np.ndarray:
    """Return the direction of each theme: its texts and its sub-themes', together."""
    pairs = [
        (number, text)
        for number, theme in enumerate(book.main_themes)
        for member in (theme, *book.sub_themes(theme.id))
        for text in _texts(member)
    ]
    if not pairs:
        return np.zeros((0, 0))
    numbers, texts = zip(*pairs, strict=True)
    told = unit(np.nan_to_num(np.asarray(embedder(list(texts)), dtype=np.float64)))
    return centroids_of(told, np.array(numbers))


def _texts(theme: Theme) -> list[str]:
    told = (theme.name, theme.brief, theme.definition)
    shown = tuple(example.text for example in theme.examples)
    return [folded for text in (*told, *shown) if (folded := fold(text))]
