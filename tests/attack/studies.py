"""Random small studies: people of some roles, each raising some themes by chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.corpus import Corpus
from empathy_insights.tables import CODINGS, NO_THEME
from empathy_insights.text.segments import segment

WORDS = ("bus", "lunch", "paint", "sport", "music", "garden")
BOOK = Codebook(
    "attacked",
    "Attacked",
    themes=tuple(
        Theme(word, word.capitalize(), patterns=Patterns((word,))) for word in WORDS
    ),
)
_MOST = {"student": 16, "family": 12, "teacher": 9, "staff": 7, "unknown": 4}


def study(talk: Callable[..., Corpus], seed: int) -> Corpus:
    """Invent people, each with one document, who say a word for each theme they raise."""
    random = np.random.default_rng(seed)
    people = [
        (f"{role}{n}", role)
        for role, most in _MOST.items()
        for n in range(random.integers(0, most + 1))
    ] or [("student0", "student")]
    likely = {
        (role, word): random.beta(0.8, 1.2) for role in _MOST for word in WORDS
    }  # fmt: skip
    said = {
        who: " ".join(
            f"{word.capitalize()}."
            for word in WORDS
            if random.random() < likely[role, word]
        )
        or "Hm."
        for who, role in people
    }
    return talk(
        {who: [(who, words)] for who, words in said.items()}, roles=dict(people)
    )


def read_by_people(corpus: Corpus) -> pd.DataFrame:
    """Return codings of a person who has read every passage of an invented study."""
    segments = segment(corpus)
    return CODINGS.frame(
        {
            "segment_id": name, "theme": theme, "coder": "kim", "status": "human",
            "method": "read by a person", "stance": "neutral",
            "codebook_sha256": BOOK.sha256,
        }
        for name, text in segments[["segment_id", "text"]].itertuples(index=False)
        for theme in [w for w in WORDS if w in text.lower()] or [NO_THEME]
    )  # fmt: skip
