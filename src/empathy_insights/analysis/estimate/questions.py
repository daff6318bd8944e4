"""What was asked: answers to one question share its themes, and a question may name some."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from empathy_insights.coding.models.regression import log_odds
from empathy_insights.errors import TableError

_OF_PEOPLE = 3  # who must have been asked the same
_AT_MOST = 600  # questions times themes; those that most people were asked
# Chances: from which on a question names a theme; nearer to 0 or 1 say no more.
_NAMES, _SURE = 0.1, 1e-3
_ADDED = 1.0  # answers of no theme that each question counts as having beside its own
# From so many words on an answer is about what was asked; "Yeah." may be about nothing.
_WORDS = 12
_ASKS = re.compile(r"[^.!?…。！？]+[?？]")
_NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True, eq=False)
class Questions:
    """Hold which question each passage answers.

    Parameters
    ----------
    of
        The number of a question that several people were asked, below 0 where it is none.
    asked
        The row of `named`, below 0 where nobody asked.
    named
        How far a question's own words put each theme above one chance in ten, in
        log-odds: questions by themes.
    n
        How many questions several people were asked.
    share
        How much of what a question adds each passage gets, 0 to 1: short ones get less.
    """

    of: np.ndarray
    asked: np.ndarray
    named: np.ndarray
    n: int
    share: np.ndarray

    @property
    def say_nothing(self) -> bool:
        """Whether no question was asked of several people, and none names a theme."""
        return not self.n and not self.named.any()

    def at(self, rows: np.ndarray) -> Questions:
        """Return the same of some passages; questions keep their numbers."""
        of, asked, share = self.of[rows], self.asked[rows], self.share[rows]
        return replace(self, of=of, asked=asked, share=share)

    def lift(self, apart: np.ndarray, *, answered: float, named: float) -> np.ndarray:
        """Return what questions add to the log-odds of their answers.

        Parameters
        ----------
        apart
            How far each passage lies from the theme's middle, in log-odds: passages by
            themes.
        answered, named
            What a log-odds of all answers to a question adds, and of its own words.
        """
        # A last row of zeros is for passages of no question, whose number is -1.
        shared = np.zeros((self.n + 1, apart.shape[1]))
        np.add.at(shared, self.of, apart)
        n_answers = np.bincount(self.of[self.of >= 0], minlength=self.n)
        shared[:-1] *= answered / (n_answers + _ADDED)[:, np.newaxis]
        shared[-1] = 0
        own = np.concatenate([named * self.named, np.zeros_like(shared[:1])])
        lift = (shared[self.of] + own[self.asked]) * self.share[:, np.newaxis]
        return np.asarray(lift)


def no_questions(n_passages: int, n_themes: int) -> Questions:
    """Return that nothing is known of what was asked."""
    none = np.full(n_passages, -1)
    return Questions(none, none, np.zeros((0, n_themes)), 0, np.ones(n_passages))


def questions_of(
    asked: pd.Series,
    n_words: np.ndarray,
    person: np.ndarray,
    themes: tuple[str, ...],
    chances: pd.DataFrame | None = None,
) -> Questions:
    """Return what each passage answers.

    Two people were asked the same where the last question of what they heard has the
    same words. A question of all passages tells them not apart, and counts as none.

    Parameters
    ----------
    asked
        What was asked before each passage; may be missing.
    n_words
        Of the turn that each passage is of.
    person
        Who says it: numbers, below 0 where nobody knows.
    themes
        The themes that were judged.
    chances
        How likely each `question` names each theme: a row a question.

    Examples
    --------
    >>> asked = pd.Series(["How's lunch?", "Hi, Ana. How's lunch?", "How's lunch?", None])
    >>> person, n_words = np.array([0, 1, 2, 2]), np.array([8, 1, 5, 9])
    >>> questions_of(asked, n_words, person, ("lunch",)).of.tolist()
    [0, 0, 0, -1]
    """
    texts, number = np.unique(asked.fillna("").to_numpy(str), return_inverse=True)
    named = np.zeros((0, len(themes)))
    keys = np.array([_asked_last(text) for text in texts], dtype=str)[number]
    asked_at = np.full(len(number), -1)
    if chances is not None:
        named = _named(chances, themes)
        rows = pd.Index(chances["question"]).get_indexer(pd.Index(texts))
        asked_at = rows[number]
    of = _shared(keys, person, max(_AT_MOST // max(len(themes), 1), 1))
    share = np.minimum(np.log1p(n_words) / np.log1p(_WORDS), 1)
    return Questions(of, asked_at, named, int(of.max(initial=-1)) + 1, share)


def _asked_last(text: str) -> str:
    """Return the words of the last question in a text, or of the text if it asks none."""
    asking = _ASKS.findall(text) or [text]
    return _NO_WORD.sub(" ", asking[-1].casefold()).strip()


def _shared(keys: np.ndarray, person: np.ndarray, at_most: int) -> np.ndarray:
    """Return the number of each key that several people have, -1 of others."""
    one = pd.DataFrame({"key": keys, "person": person})
    people = one[(one["key"] != "") & (one["person"] >= 0)].groupby("key")["person"]
    n_people = people.nunique().sort_values(ascending=False, kind="stable")
    shared = n_people[n_people >= _OF_PEOPLE].index[:at_most]
    of = pd.Index(sorted(shared), dtype="str").get_indexer(pd.Index(keys))
    return np.asarray(of if (of != of[:1]).any() else np.full(len(of), -1))


def _named(chances: pd.DataFrame, themes: tuple[str, ...]) -> np.ndarray:
    """Return how far each question names each theme, or raise `TableError`."""
    missing = [name for name in ("question", *themes) if name not in chances]
    if missing:
        raise TableError(f"the chances of questions lack the column {missing[0]!r}")
    odds = log_odds(chances[list(themes)].to_numpy(dtype=np.float64), certain=_SURE)
    return np.asarray(np.maximum(odds - log_odds(_NAMES, certain=_SURE), 0))
