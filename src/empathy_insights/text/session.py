"""Keep what libraries do to the user's session, on import or while they run, in here."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


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
