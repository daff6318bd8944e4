"""Bring answers into one order, and set aside repeats and answers without content."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from empathy_insights.corpus import documents_of
from empathy_insights.tables import SEGMENTS
from empathy_insights.text.onnx_embedder import NOTES

FILLERS = frozenset(
    [
        "ah",
        "aha",
        "ahem",
        "alright",
        "er",
        "erm",
        "gosh",
        "hm",
        "hmm",
        "huh",
        "like",
        "mhm",
        "mm",
        "mmm",
        "oh",
        "ok",
        "okay",
        "so",
        "uh",
        "uhh",
        "uhm",
        "um",
        "umm",
        "well",
        "wow",
        "ya",
        "yea",
        "yeah",
        "yep",
        "yup",
    ]
)
"""Sounds and words that carry no content when nothing else is said."""

NO_ANSWERS = frozenset(
    {
        "", "a", "all good", "cant say", "cant think of anything", "didnt answer",
        "did not answer", "do not know", "dont care", "dont have any", "dont have one",
        "dont know", "dont remember", "dunno", "i cannot think of anything", "i cant say",
        "i cant think of anything", "i cant think of any", "i did not answer",
        "i do not know", "i dont care", "i dont have any", "i dont have one",
        "i dont know", "i dont really know", "i dont remember", "i dunno",
        "i forget", "i forgot", "i guess", "i have no idea", "i have nothing",
        "i mean", "i really dont know", "i think", "idk", "im good", "im not sure",
        "im not too sure", "im unsure", "is it", "it depends", "just", "kind of",
        "kinda", "maybe", "n a", "na", "nah", "never mind", "nil", "no", "no answer",
        "no comment", "no comments", "no idea", "no response", "no thank you",
        "no thanks", "none", "none really", "nope", "not applicable", "not really",
        "not sure", "nothing", "nothing comes to mind", "nothing else",
        "nothing much", "nothing really", "pass", "prefer not to answer",
        "prefer not to say", "probably", "right", "skip", "sort of", "sure", "thanks",
        "thank you", "thats it", "thats all", "unknown", "unsure", "you know", "yes",
    }
)  # fmt: skip
"""Whole answers that say nothing, without case, punctuation and fillers."""


@dataclass(frozen=True)
class Answers:
    """Hold answers in canonical order.

    Parameters
    ----------
    rows
        A row a segment, ordered by folded text, then id: `segment_id`, `text`,
        `document_id`, `participant_id`, and `distinct`, the position of its folded
        text in `texts` (-1: it says nothing).
    texts
        The different folded texts that say something, sorted.
    """

    rows: pd.DataFrame
    texts: tuple[str, ...]

    @property
    def n_contentless(self) -> int:
        """How many segments say nothing."""
        return int((self.rows["distinct"] < 0).sum())

    @property
    def n_duplicates(self) -> int:
        """How many segments repeat another one."""
        return len(self.rows) - self.n_contentless - len(self.texts)


def arrange(segments: pd.DataFrame) -> Answers:
    """Sort segments by what they say, and find repeats and empty answers.

    Raises
    ------
    TableError
        The table is not a segments table.
    """
    SEGMENTS.check(segments)
    folded = segments["text"].map(fold)
    rows = pd.DataFrame(
        {
            "segment_id": segments["segment_id"],
            "text": segments["text"],
            "document_id": _documents(segments),
            "participant_id": _participants(segments),
            "folded": folded,
        }
    ).sort_values(["folded", "segment_id"], ignore_index=True)
    texts = sorted(text for text in rows["folded"].unique() if has_content(text))
    place = {text: position for position, text in enumerate(texts)}
    distinct = np.array(
        [place.get(text, -1) for text in rows["folded"]], dtype=np.int64
    )
    return Answers(rows.drop(columns="folded").assign(distinct=distinct), tuple(texts))


def fold(text: str) -> str:
    """Return a text without differences of case, spacing and Unicode form.

    Notes in brackets, such as pseudonyms and cues, are nobody's words.

    Examples
    --------
    >>> fold("  [student 3]'s  Wi-Fi is SLOW (LAUGHTER) ")
    "'s wi-fi is slow"
    """
    said = NOTES.sub(" ", unicodedata.normalize("NFKC", text))
    return " ".join(said.casefold().split())


def has_content(folded: str) -> bool:
    """Return whether a folded answer says something.

    Examples
    --------
    >>> [has_content(text) for text in ("um, i don't know", "n/a", "lunch", "...")]
    [False, False, True, False]
    """
    if len(folded) > 60:  # no answer in the list is longer, whatever it is padded with
        return True
    words = _words(re.sub("['’`]", "", folded))
    meant = [word for word in words if word not in FILLERS]
    return " ".join(meant) not in NO_ANSWERS and len(set(meant) & _EMPTY) < len(
        set(meant)
    )


_EMPTY = frozenset(["na", "nah", "no", "none", "nope", "nothing", "yes"])


def _words(text: str) -> list[str]:
    """Split at spaces and punctuation; emoji and other symbols are words."""
    blank = (" " if unicodedata.category(mark)[0] in "PZC" else mark for mark in text)
    return "".join(blank).split()


def _documents(segments: pd.DataFrame) -> pd.Series:
    if "document_id" in segments.columns or not len(segments):
        return pd.Series(segments.get("document_id", segments["utterance_id"]))
    return documents_of(segments["utterance_id"])


def _participants(segments: pd.DataFrame) -> pd.Series:
    if "participant_id" in segments.columns:
        return pd.Series(segments["participant_id"])
    return pd.Series(None, index=segments.index, dtype="str")


# Where topics are, and the rule that puts an answer into one, or into none.


@dataclass(frozen=True)
class Placed:
    """Say where vectors are.

    Parameters
    ----------
    topic
        The topic of each, -1 for none.
    strength
        The cosine with the topic's centroid, 0..1.
    reassigned
        Whether it belongs to none by itself, and went to the nearest.
    """

    topic: np.ndarray
    strength: np.ndarray
    reassigned: np.ndarray

    @property
    def own(self) -> np.ndarray:
        """The topic of each, -1 also for those that were reassigned."""
        return np.where(self.reassigned, -1, self.topic)


@dataclass(frozen=True, eq=False)
class Space:
    """Place vectors by the topic whose direction they share.

    Parameters
    ----------
    centroids
        A row a topic, of length 1.
    floor
        With a strength below it a vector belongs to no topic by itself.
    reassign_floor
        With a strength of this or more it then goes to the nearest; none: never.
    """

    centroids: np.ndarray
    floor: float
    reassign_floor: float | None = None

    def place(self, vectors: np.ndarray) -> Placed:
        """Return the nearest topic of each vector, -1 where it is too far."""
        nearest, strength = self._nearest(vectors)
        own = np.where(strength >= self.floor, nearest, -1)
        return self._reassigned(own, nearest, strength, strength)

    def measure(self, vectors: np.ndarray, labels: np.ndarray) -> Placed:
        """Keep given topics where they are strong enough."""
        if not len(self.centroids):
            return self.place(vectors)
        cosines = np.einsum("ij,ij->i", unit(vectors), self.centroids[labels])
        strength = np.where(labels >= 0, np.clip(cosines, 0, 1), 0.0).round(6)
        own = np.where(strength >= self.floor, labels, -1)
        return self._reassigned(own, *self._nearest(vectors), strength)

    def rules(self) -> dict[str, float | None]:
        """Return all but the centroids."""
        return {"floor": self.floor, "reassign_floor": self.reassign_floor}

    def only(self, topics: np.ndarray) -> Space:
        """Return the space of some topics, in this order."""
        return replace(self, centroids=self.centroids[topics])

    def _nearest(self, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        if not len(vectors) or not len(self.centroids):
            return np.full(len(vectors), -1), np.zeros(len(vectors))
        cosines = unit(vectors) @ self.centroids.T
        nearest = cosines.argmax(axis=1)
        strength = cosines[np.arange(len(nearest)), nearest]
        return nearest, np.clip(strength, 0, 1).round(6)

    def _reassigned(
        self,
        own: np.ndarray,
        nearest: np.ndarray,
        near: np.ndarray,
        strength: np.ndarray,
    ) -> Placed:
        if self.reassign_floor is None:
            return Placed(own, strength, np.zeros(len(own), dtype=bool))
        moved = (own < 0) & (nearest >= 0) & (near >= self.reassign_floor)
        return Placed(
            np.where(moved, nearest, own), np.where(moved, near, strength), moved
        )


def unit(vectors: np.ndarray) -> np.ndarray:
    """Return vectors of length 1; (nearly) zero ones become zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(
        np.where(lengths > 1e-6, vectors / np.maximum(lengths, 1e-6), 0),
        dtype=np.float64,
    )
