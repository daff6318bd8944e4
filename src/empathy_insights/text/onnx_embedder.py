"""A sentence-transformer that the user has, run by ONNX Runtime: slower, finer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from empathy_insights.errors import EmpathyInsightsError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

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
