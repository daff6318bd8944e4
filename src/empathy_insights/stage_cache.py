"""What a stage made of the same input before: kept in the study's folder, owner only."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import lru_cache, partial
from importlib import metadata
from pathlib import Path
from typing import Any, TypeVar

import pandas as pd

from empathy_insights.ahead import Ahead
from empathy_insights.corpus import Corpus
from empathy_insights.errors import TopicsError
from empathy_insights.files.latest import delete, keep_latest
from empathy_insights.files.results import beside_results, decision_files, sha256_of
from empathy_insights.identities import Deidentified
from empathy_insights.tables import Frames
from empathy_insights.text.embedders import Embedder
from empathy_insights.text_memory import NAME, TextMemory, wherever
from empathy_insights.topics import Topics, is_engine_loaded
from empathy_insights.workers import is_one_ready

T = TypeVar("T")
FOLDER = ".empathy_insights"
_FACTS, _READ, _LOG = "facts.json", "read.json", "log"
_LIBRARIES = (
    "matplotlib", "numpy", "onnxruntime", "pandas", "pillow", "scikit-learn", "spacy", "simplemma",
    "tokenizers", "wordllama",
)  # fmt: skip


@dataclass(frozen=True)
class StageCache:
    """Keep what stages made of their input, each under a fingerprint of all that went in.

    Parameters
    ----------
    folder
        Where; None keeps nothing.
    """

    folder: Path | None = None
    begun: dict[str, Ahead[Any]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __reduce__(self) -> tuple[type[StageCache], tuple[Path | None]]:
        """Leave behind what is being made."""
        return (StageCache, (self.folder,))

    @property
    def texts(self) -> TextMemory | None:
        """What was made of each text of the study."""
        if self.folder is None:
            return None
        return TextMemory(self.folder / NAME, fingerprint("texts"))

    @property
    def answers(self) -> Path | None:
        """Where the answers of a language model are kept."""
        return None if self.folder is None else self.folder / "language_model"

    def forget_who_left(self, root: Path, files: Sequence[str]) -> None:
        """Delete all that is kept where a file that was read before is there no more.

        Whoever takes an interview out of a study takes its words out of what is kept.

        Parameters
        ----------
        root, files
            The study, and what `told_files` says of it.
        """
        if self.folder is None:
            return
        beside = root.parent if root.is_file() else root
        now = dict(line.rpartition(" ")[::2] for line in files[1:])
        listed = self.folder / _READ
        with suppress(OSError, ValueError):  # a full or locked disk costs no run
            before = json.loads(listed.read_text(encoding="utf-8"))
            there = {*now.values()}
            if any(
                mark not in there and not (beside / name).exists()
                for name, mark in before.items()
            ):
                _emptied(self.folder)
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True, mode=0o700)
            listed.write_text(json.dumps(now), encoding="utf-8")

    def has(self, stage: str) -> bool:
        """Return whether anything is kept of a stage."""
        return self.folder is not None and (self.folder / stage).is_dir()

    def __call__(
        self, stage: str, inputs: Sequence[object], make: Callable[[], Frames]
    ) -> Frames:
        """Return the frames that a stage makes, from the disk where they are there."""
        key = self._key(stage, inputs)
        place = self._place(stage, key)
        found: Frames | None = _load(place)
        if found is not None:
            return found
        made = self._made(key, make)
        self._keep(made, place)
        return made

    def _made(self, key: str, make: Callable[[], T], *, is_ready: bool = True) -> T:
        """Return what a process beside this one makes, or make it.

        It is made here if that one has not begun, and all that it takes is loaded here.
        """
        begun: Ahead[T] | None = self.begun.pop(key, None)
        if begun is None:
            return make()
        if is_ready:
            begun.take_back()
        return begun.result()

    def begin(
        self, stage: str, inputs: Sequence[object], make: Callable[[], object]
    ) -> None:
        """Let a process beside this one make what will be asked for, if there is one; once."""
        if not is_one_ready():
            return
        key = fingerprint(stage, *inputs)
        if key in self.begun:
            return
        place = self._place(stage, key)
        if place is None or not any(place.parent.glob(f"{key}*")):
            self.begun[key] = Ahead(wherever(make))

    def known(self, stage: str, inputs: Sequence[object]) -> Frames | None:
        """Return the frames that are on the disk, if any are."""
        return _load(self._place(stage, self._key(stage, inputs)))

    def keep(self, stage: str, inputs: Sequence[object], frames: Frames) -> None:
        """Keep frames in the place of those that are on the disk."""
        self._keep(frames, self._place(stage, self._key(stage, inputs)))

    def _key(self, stage: str, inputs: Sequence[object]) -> str:
        """Return the fingerprint, where something may be known by it."""
        is_asked = self.folder is not None or self.begun
        return fingerprint(stage, *inputs) if is_asked else ""

    def _place(self, stage: str, key: str) -> Path | None:
        return None if self.folder is None else self.folder / stage / key

    def _keep(self, made: Frames, place: Path | None) -> None:
        # Results may be written long after: a study that is gone by then stays away.
        if place is not None and place.parents[2].is_dir():
            _save(made, place)

    def topics(
        self,
        stage: str,
        inputs: Sequence[object],
        make: Callable[[], Topics],
        embedder: Embedder,
    ) -> Topics:
        """Return the topics that were found in the same passages before, or find them."""
        key = self._key(stage, inputs)
        made_here = partial(self._made, key, make, is_ready=is_engine_loaded())
        if self.folder is None:
            return made_here()
        place = self.folder / stage / f"{key}.npz"
        with suppress(TopicsError):
            return Topics.load(place, embedder=embedder)
        made = made_here()
        with suppress(OSError):  # a full or locked disk costs time, not the run
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            place.parent.mkdir(exist_ok=True, mode=0o700)
            draft = Path(tempfile.mkdtemp(dir=place.parent, prefix=".new-"))
            made.save(draft / place.name).rename(place)
            draft.rmdir()
            keep_latest(place.parent)
        return made


def cache_beside(data: object) -> StageCache:
    """Return the cache of a study: a hidden folder in that of its interviews."""
    if not isinstance(data, str | Path):
        return StageCache(None)
    path = Path(data)
    folder = path if path.is_dir() else path.parent
    return StageCache(folder / FOLDER if os.access(folder, os.W_OK) else None)


def log_of(data: object) -> Path | None:
    """Return the folder in which each run's log is kept; it goes with the cache."""
    folder = cache_beside(data).folder
    return None if folder is None else folder / _LOG


def _emptied(folder: Path) -> None:
    """Delete all in a cache but the logs, which hold nobody's words, and one is written."""
    for one in folder.iterdir():
        if one.name != _LOG:
            delete(one)


def clean_cache(data: str | Path) -> bool:
    """Delete what is kept of a study, and return whether there was anything."""
    folder = cache_beside(data).folder
    if folder is None or not folder.is_dir():
        return False
    shutil.rmtree(folder)
    return True


def fingerprint(*inputs: object) -> str:
    """Return a hash of everything that a stage's result depends on, our code included."""
    told = hashlib.sha256(_code().encode())
    for one in inputs:
        told.update(b"\0")
        for part in _parts(one):
            told.update(part)
    return told.hexdigest()[:32]


def files_in(data: str | Path) -> list[str]:
    """Return what `told_files` does, of a study without its results and caches."""
    root = Path(data)
    return told_files(root, paths_in(root))


def told_files(root: Path, paths: Sequence[Path]) -> list[str]:
    """Return the folder's name, which may tell a role, and name and SHA-256 of each file."""
    beside = root.parent if root.is_file() else root
    hashed = (f"{p.relative_to(beside).as_posix()} {_sha256(p)}" for p in paths)
    return [beside.resolve().name, *hashed]


def paths_in(root: Path) -> list[Path]:
    """Return the files of a study, its results and caches left out."""
    if root.is_file():
        return [root]
    decided = set(decision_files(root))  # they are read anew each time
    files = [path for path in beside_results(root)[0] if path not in decided]
    return [path for path in files if not _is_hidden(path, root)]


def _is_hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _sha256(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return "cannot be opened"


_ROWS = 5_000  # of a table at once, which would fill the memory as one text


def _parts(one: object) -> Iterator[bytes]:
    """Yield what tells a value from another, a part at a time."""
    if isinstance(one, pd.DataFrame):
        for at in range(0, max(len(one), 1), _ROWS):
            rows = one.iloc[at : at + _ROWS]
            yield str(rows.to_csv(index=False, header=at == 0)).encode()
    elif isinstance(one, Path) and one.is_file():
        yield _sha256(one).encode()
    else:
        yield repr(one).encode()


_TELLING = frozenset((".py", ".txt", ".yaml", ".csv", ".npz"))


@lru_cache(maxsize=1)
def _code() -> str:
    """Return a hash of this package and the versions of what it stands on, Python too."""
    root = Path(__file__).parent
    told = hashlib.sha256()
    # Lists of names and models, too: what a newer one finds, an older one kept as missed.
    for path in sorted(root.rglob("*.*")):
        if path.suffix in _TELLING:
            told.update(path.read_bytes())
    versions = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
    return f"{told.hexdigest()} {versions} {platform.python_version()}"


def _load(place: Path | None) -> dict[str, pd.DataFrame] | None:
    if place is None:
        return None
    try:
        names = json.loads((place / _FACTS).read_text(encoding="utf-8"))["frames"]
        return {name: pd.read_parquet(place / f"{name}.parquet") for name in names}
    except (OSError, ValueError, KeyError):
        return None


def _save(frames: Frames, place: Path) -> None:
    """Write frames beside their place first; a place that is there is whole."""
    # A full or locked disk costs time, not the run; so does another run that was first.
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place.parent.parent.chmod(0o700)
        with tempfile.TemporaryDirectory(
            dir=place.parent, prefix=".new-", ignore_cleanup_errors=True
        ) as beside:
            draft = Path(beside, "new")
            draft.mkdir()
            for name, frame in frames.items():
                frame.to_parquet(draft / f"{name}.parquet", index=False)
            text = json.dumps({"frames": list(frames)})
            (draft / _FACTS).write_text(text, encoding="utf-8")
            if place.exists():
                place.rename(Path(beside, "old"))
            draft.rename(place)
        keep_latest(place.parent)


def frames_of_corpus(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """Return the tables of a corpus by name."""
    return {item.name: getattr(corpus, item.name) for item in fields(corpus)}


def corpus_of_frames(frames: Frames) -> Corpus:
    """Return the corpus that some tables are of."""
    return Corpus(**{item.name: frames[item.name] for item in fields(Corpus)})


def frames_of_deidentified(clean: Deidentified) -> dict[str, pd.DataFrame]:
    """Return all that a de-identification made, as tables."""
    settings = pd.DataFrame(
        clean.settings.items(), columns=["name", "value"], dtype="str"
    )
    return {
        **frames_of_corpus(clean.corpus),
        "log": clean.log, "review": clean.review, "key": clean.key, "settings": settings,
    }  # fmt: skip


def deidentified_of_frames(frames: Frames) -> Deidentified:
    """Return the de-identification that some tables are of."""
    return Deidentified(
        corpus_of_frames(frames), frames["log"], frames["review"], frames["key"],
        dict(frames["settings"].itertuples(index=False)),
    )  # fmt: skip
