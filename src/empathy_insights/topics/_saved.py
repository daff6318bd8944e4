"""Topics as a file: numbers and JSON in a zip archive, nothing that runs when read."""

from __future__ import annotations

import json
import warnings
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from empathy_insights.errors import EmpathyInsightsWarning, TopicsError
from empathy_insights.text.embedders import Embedder
from empathy_insights.topics._result import (
    ASSIGNMENTS,
    EXEMPLARS,
    STABILITY,
    TERMS,
    Topics,
)
from empathy_insights.topics._space import Space

FORMAT = 1
"""Goes up when a file cannot be read as before."""

_TABLES = {
    "assignments": ASSIGNMENTS,
    "terms": TERMS,
    "exemplars": EXEMPLARS,
    "stability": STABILITY,
}


def write_topics(topics: Topics, path: Path) -> Path:
    """Write topics to a file of numpy's .npz kind."""
    about = {
        "format": FORMAT,
        "version": _version(),
        "embedder": topics.embedder.name,
        "space": topics.space.rules(),
        "settings": dict(topics.settings),
        "tables": {name: _columns(getattr(topics, name)) for name in _TABLES},
    }
    text = json.dumps(about, ensure_ascii=True, allow_nan=False)
    # Given a name, numpy would add an ending of its own.
    with path.open("wb") as file:
        np.savez_compressed(
            file, allow_pickle=False, about=np.array(text),
            centroids=topics.space.centroids,
        )  # fmt: skip
    return path


def read_topics(path: Path, embedder: Embedder) -> Topics:
    """Read what `write_topics` wrote, and check that it can be used as it was."""
    about, centroids = _opened(path)
    _check(about, embedder, path)
    try:
        tables = {name: _frame(name, about["tables"][name]) for name in _TABLES}
        space = Space(centroids=centroids, **about["space"])
        return Topics(
            **tables, settings=about["settings"], embedder=embedder, space=space
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _damaged(path) from error


def _opened(path: Path) -> tuple[dict[str, Any], np.ndarray]:
    if not path.is_file():
        raise TopicsError("there is no such file; give one of `Topics.save`", path=path)
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
            about = json.loads(str(held["about"]))
            return dict(about), np.asarray(held["centroids"], dtype=np.float64)
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError,
            IndexError, zipfile.BadZipFile) as error:  # fmt: skip
        raise _damaged(path) from error


def _damaged(path: Path) -> TopicsError:
    return TopicsError(
        "the file holds no topics, or is damaged; fit the topics again and save them",
        path=path,
    )


def _check(about: Mapping[str, object], embedder: Embedder, path: Path) -> None:
    saved_by = about.get("version", "an unknown version")
    if about.get("format") != FORMAT:
        raise TopicsError(
            f"the topics were saved by empathy-insights {saved_by} in a format that "
            f"{_version()} does not read; fit them again, or use that version",
            path=path,
        )
    if about.get("embedder") != embedder.name:
        raise TopicsError(
            f"the topics were made with the embedder {about.get('embedder')!r}, not "
            f"{embedder.name!r}; give that one as `embedder`",
            path=path,
        )
    if saved_by != _version():
        warnings.warn(
            f"{path.name}: the topics were saved by empathy-insights {saved_by}; "
            f"{_version()} may place further answers differently",
            EmpathyInsightsWarning,
            stacklevel=4,
        )


def _columns(frame: pd.DataFrame) -> dict[str, list[object]]:
    """Return plain values, with nothing (null) where one is missing."""
    plain = frame.astype(object).where(frame.notna(), None)
    return {str(name): plain[name].tolist() for name in plain.columns}


def _frame(name: str, columns: Mapping[str, list[object]]) -> pd.DataFrame:
    return _TABLES[name].frame(pd.DataFrame(columns).to_dict("records"))


def _version() -> str:
    return metadata.version("empathy-insights")
