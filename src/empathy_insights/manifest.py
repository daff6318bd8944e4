"""What a result was made with: versions, hashes, seeds and settings."""

from __future__ import annotations

import datetime
import platform
from importlib import metadata

import pandas as pd

from empathy_insights.analysis.located import counted
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus, heard
from empathy_insights.text.embedders import Embedder
from empathy_insights.topics import Topics


def manifest_of(
    corpus: Corpus,
    codings: pd.DataFrame,
    book: Codebook,
    embedder: Embedder,
    topics: Topics,
    random_state: int,
) -> dict[str, object]:
    """Return everything that another person needs to make the same results."""
    version = metadata.version("empathy-insights")
    today = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    n = len(heard(corpus))
    status = ", ".join(sorted(counted(codings)["status"].unique())) or "none"
    made_with = (
        f"empathy_insights {version}, {today}; codebook {book.id} {book.version} "
        f"({book.sha256[:12]}); embedder {embedder.name}; random_state {random_state}."
    )
    return {
        "made_with": made_with,
        "source_line": (
            f"{n} people, {len(corpus.documents)} documents; codings: {status}; for the "
            f"team; {today}"
        ),
        "version": version,
        "date": today,
        "python": platform.python_version(),
        "libraries": {
            name: metadata.version(name)
            for name in (
                "bertopic",
                "numpy",
                "pandas",
                "scikit-learn",
                "spacy",
                "simplemma",
            )
        },
        "random_state": random_state,
        "embedder": embedder.name,
        "codebook": {
            "id": book.id,
            "name": book.name,
            "version": book.version,
            "sha256": book.sha256,
        },
        "topics": {name: _plain(value) for name, value in topics.settings.items()},
        "documents": corpus.documents[
            ["document_id", "path", "kind", "sha256"]
        ].to_dict("records"),
    }


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
