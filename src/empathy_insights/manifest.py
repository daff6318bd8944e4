"""What a result was made with: versions, hashes, seeds and settings."""

from __future__ import annotations

import platform
from importlib import metadata

from empathy_insights.analysis.stated import today
from empathy_insights.codebook import Codebook
from empathy_insights.corpus import Corpus
from empathy_insights.text.embedders import Embedder
from empathy_insights.topics import Topics

_LIBRARIES = ("bertopic", "numpy", "pandas", "scikit-learn", "spacy", "simplemma")


def manifest_of(
    corpus: Corpus,
    book: Codebook,
    embedder: Embedder,
    topics: Topics,
    random_state: int,
) -> dict[str, object]:
    """Return everything that another person needs to make the same results."""
    version = metadata.version("empathy-insights")
    date = today()
    documents = corpus.documents[["document_id", "path", "kind", "sha256"]]
    return {
        "made_with": (
            f"empathy_insights {version}, {date}; codebook {book.id} {book.version} "
            f"({book.sha256[:12]}); embedder {embedder.name}; random_state {random_state}."
        ),
        "version": version,
        "date": date,
        "python": platform.python_version(),
        "libraries": {name: metadata.version(name) for name in _LIBRARIES},
        "random_state": random_state,
        "embedder": embedder.name,
        "codebook": {
            name: getattr(book, name) for name in ("id", "name", "version", "sha256")
        },
        "topics": {name: _plain(value) for name, value in topics.settings.items()},
        "documents": documents.to_dict("records"),
    }


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
