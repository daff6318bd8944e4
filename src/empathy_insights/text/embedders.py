"""Turn texts into vectors, offline: the default embedder and the shape of any other."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from empathy_insights.text.onnx_embedder import ContextualEmbedder, OnnxEmbedder

if TYPE_CHECKING:
    from wordllama.inference import WordLlamaInference


# Keep what libraries do to the user's session, on import or while they run, in here.


@contextmanager
def untouched_session() -> Iterator[None]:
    """Put warning filters and the root logger back as they were.

    BERTopic silences all of the user's warnings when it is imported, WordLlama turns on
    the root logger, and HTTP clients and spaCy set filters of their own.
    """
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    with warnings.catch_warnings():
        try:
            yield
        finally:
            root.handlers[:] = handlers
            root.setLevel(level)


STATIC = "static"
_DIMENSIONS = 256
_AT_ONCE = 4096  # texts


class Embedder(Protocol):
    """Map n texts to n finite vectors, the same ones every time."""

    @property
    def name(self) -> str:
        """What reports and manifests call the embedder."""
        ...

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Return an (n, d) float32 array."""
        ...


@runtime_checkable
class EmbedderInContext(Embedder, Protocol):
    """An embedder that hears a stretch of a text within what stands around it."""

    def with_stretches(
        self, texts: Sequence[str], stretches: Sequence[Sequence[tuple[int, int]]]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return a row a text, and a row a stretch (start, end) of the texts."""
        ...


def embed_stretches(
    embedder: Embedder,
    texts: Sequence[str],
    stretches: Sequence[Sequence[tuple[int, int]]],
    *,
    in_context: bool,
) -> tuple[np.ndarray, np.ndarray]:
    """Return a row a text and a row a stretch.

    Parameters
    ----------
    in_context
        A stretch is heard within its text, where the embedder can: it takes no time, and
        stretches of one text are more alike. By itself, where false.

    Examples
    --------
    >>> said, late = ["the late bus"], [[(4, 8)]]
    >>> [bus], [late] = embed_stretches(StaticEmbedder(), said, late, in_context=True)
    >>> bool((late == StaticEmbedder()(["late"])[0]).all())
    True
    """
    if in_context and isinstance(embedder, EmbedderInContext):
        return embedder.with_stretches(texts, stretches)
    cut = [
        text[start:end]
        for text, some in zip(texts, stretches, strict=True)
        for start, end in some
    ]
    # A text of one stretch is its stretch, and short answers repeat each other.
    places = {text: n for n, text in enumerate(dict.fromkeys([*texts, *cut]))}
    rows = embedder(list(places))
    # Each part by itself: who keeps the texts' rows does not hold those of stretches.
    of_texts, of_cut = (rows[[places[text] for text in some]] for some in (texts, cut))
    return of_texts, of_cut


def embedder_of(choice: Embedder | str | Path | None) -> Embedder:
    """Return the embedder chosen: the default, one's own, or a model in a folder.

    Parameters
    ----------
    choice
        Any embedder; `"static"` for static word vectors, thousands of texts a second;
        or the folder of a sentence-transformer in ONNX form (see `OnnxEmbedder`). A
        contextual model, all-MiniLM-L6-v2, when None.

    Raises
    ------
    EmpathyInsightsError
        The folder holds no such model.

    Examples
    --------
    >>> embedder_of(None).name, embedder_of("static").name
    ('all-MiniLM-L6-v2-int8', 'wordllama-0.4.0-256')
    """
    if choice is None:
        return ContextualEmbedder()
    if choice == STATIC:
        return StaticEmbedder()
    if isinstance(choice, str | Path):
        return OnnxEmbedder(Path(choice))
    return choice


@dataclass(frozen=True)
class StaticEmbedder:
    """Average WordLlama's static word vectors (256 dimensions, weights in its wheel).

    Rows have length 1, so that a dot product is the cosine; a text without any known
    word is a row of zeros.

    Examples
    --------
    >>> StaticEmbedder()(["the Wi-Fi is slow", "our internet drops"]).shape
    (2, 256)
    """

    name: str = "wordllama-0.4.0-256"

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Return an (n, 256) float32 array."""
        vectors = np.zeros((len(texts), _DIMENSIONS), dtype=np.float32)
        for start in range(0, len(texts), _AT_ONCE):
            part = texts[start : start + _AT_ONCE]
            vectors[start : start + len(part)] = _summed(part)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _summed(texts: Sequence[str]) -> np.ndarray:
    """Return the sum of each text's word vectors; WordLlama pads texts to one length."""
    from scipy import sparse

    known = _word_vectors()
    cut = known.tokenizer.encode_batch(list(texts), add_special_tokens=False)
    words = [text.ids for text in cut]
    ends = np.cumsum([0, *map(len, words)])
    word = np.fromiter(chain.from_iterable(words), dtype=np.int64, count=ends[-1])
    ones = np.ones(len(word), dtype=np.float32)
    said = sparse.csr_matrix(
        (ones, word, ends), shape=(len(words), len(known.embedding))
    )
    return np.asarray(said @ known.embedding)


@cache
def _word_vectors() -> WordLlamaInference:
    with untouched_session():
        import wordllama

        # Without folder and flag it would look for newer weights on the network.
        known = wordllama.WordLlama.load(
            dim=_DIMENSIONS,
            cache_dir=Path(wordllama.__file__).parent,
            disable_download=True,
        )
    known.tokenizer.no_padding()
    return known
