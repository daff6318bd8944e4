"""Turn texts into vectors, offline: the default embedder and the shape of any other."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from empathy_insights.errors import EmpathyInsightsError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer
    from wordllama.inference import WordLlamaInference


# A sentence-transformer that the user has, run by ONNX Runtime: slower, finer.


_BATCH = 32
_LONGEST = 256  # tokens; what all-MiniLM-L6-v2 was trained on


@dataclass(frozen=True)
class OnnxEmbedder:
    """Embed by a sentence-transformer in a folder: `model.onnx` and `tokenizer.json`.

    Most sentence-transformers are published in this form. Nothing is downloaded. Needs
    the extra `transformer`. Token vectors are averaged (Reimers & Gurevych 2019) and
    scaled to length 1.

    Parameters
    ----------
    folder
        Where the two files are; `onnx/model.onnx` is found too.

    Raises
    ------
    EmpathyInsightsError
        A file or the extra is missing.

    Examples
    --------
    >>> embedder = OnnxEmbedder(Path("models/all-MiniLM-L6-v2"))
    >>> embedder.name
    'onnx-all-MiniLM-L6-v2'
    """

    folder: Path

    @property
    def name(self) -> str:
        """What reports and manifests call the embedder."""
        return f"onnx-{Path(self.folder).name}"

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Return an (n, d) float32 array."""
        if not len(texts):
            return self(["."])[:0]
        # Texts of like length share a batch, so that little of it is padding.
        order = np.argsort([len(text) for text in texts], kind="stable")
        batches = [
            self._embed([texts[n] for n in order[start : start + _BATCH]])
            for start in range(0, len(order), _BATCH)
        ]
        vectors = np.empty((len(texts), batches[0].shape[1]), dtype=np.float32)
        vectors[order] = np.concatenate(batches)
        return vectors

    def _embed(self, texts: list[str]) -> np.ndarray:
        session = self._session
        encoded = self._tokenizer.encode_batch(texts)
        ids = np.array([item.ids for item in encoded], dtype=np.int64)
        mask = np.array([item.attention_mask for item in encoded], dtype=np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(ids),
        }
        wanted = {item.name for item in session.get_inputs()}
        tokens = session.run(
            None, {name: value for name, value in given.items() if name in wanted}
        )[0]
        weight = mask[:, :, None]
        mean = (tokens * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1)
        length = np.linalg.norm(mean, axis=1, keepdims=True)
        return np.asarray(mean / np.where(length > 0, length, 1), dtype=np.float32)

    @cached_property
    def _session(self) -> InferenceSession:
        path = self._file("model.onnx", "onnx/model.onnx")
        try:
            from onnxruntime import InferenceSession
        except ImportError as error:
            raise EmpathyInsightsError(
                "OnnxEmbedder needs ONNX Runtime; "
                "pip install 'empathy-insights[transformer]'"
            ) from error
        return InferenceSession(str(path), providers=["CPUExecutionProvider"])

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._file("tokenizer.json")))
        tokenizer.enable_truncation(_LONGEST)
        tokenizer.enable_padding()
        return tokenizer

    def _file(self, *names: str) -> Path:
        for name in names:
            if (path := Path(self.folder) / name).is_file():
                return path
        raise EmpathyInsightsError(
            f"there is no {names[0]}; give the folder of a sentence-transformer that "
            "holds model.onnx and tokenizer.json",
            path=self.folder,
        )


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


_DIMENSIONS = 256


class Embedder(Protocol):
    """Map n texts to n finite vectors, the same ones every time."""

    @property
    def name(self) -> str:
        """What reports and manifests call the embedder."""
        ...

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Return an (n, d) float32 array."""
        ...


def embedder_of(choice: Embedder | str | Path | None) -> Embedder:
    """Return the embedder chosen: the default, one's own, or a model in a folder.

    Parameters
    ----------
    choice
        Any embedder; or the folder of a sentence-transformer in ONNX form (see
        `empathy_insights.text.embedders`); the static default when None.

    Raises
    ------
    EmpathyInsightsError
        The folder holds no such model, or the extra `transformer` is not installed.

    Examples
    --------
    >>> embedder_of(None).name
    'wordllama-0.4.0-256'
    """
    if choice is None:
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
        if not len(texts):
            return np.zeros((0, _DIMENSIONS), dtype=np.float32)
        # Texts of like length share a batch, so that little of it is padding.
        order = np.argsort([len(text) for text in texts], kind="stable")
        vectors = np.empty((len(texts), _DIMENSIONS), dtype=np.float32)
        vectors[order] = _word_vectors().embed([texts[n] for n in order])
        vectors = np.nan_to_num(vectors)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


@cache
def _word_vectors() -> WordLlamaInference:
    with untouched_session():
        import wordllama

        # Without folder and flag it would look for newer weights on the network.
        return wordllama.WordLlama.load(
            dim=_DIMENSIONS,
            cache_dir=Path(wordllama.__file__).parent,
            disable_download=True,
        )
