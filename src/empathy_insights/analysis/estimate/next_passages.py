"""Which passages to read next, and what reading them will do."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import locators, spoken
from empathy_insights.analysis.estimate.calibration import calibration
from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.estimate.posterior import draw, posterior
from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, how_many, utterance_of

FIRST_AT_RANDOM = 10  # passages that are read before any are chosen
_EACH = 5  # of those read later, each fifth is drawn at random
_CHOSEN, AT_RANDOM = "chosen", "at random"
WORDS_A_MINUTE, MINUTES_TO_DECIDE = 180, 0.6
_FUTURES, _FUTURE_DRAWS = 4, 64
_NEARLY = 0.999


class Counted(Protocol):
    """What passages are chosen from: an `Analysis`, or whatever holds the same."""

    @property
    def corpus(self) -> Corpus:
        """What was read."""
        ...

    @property
    def segments(self) -> pd.DataFrame:
        """The passages."""
        ...

    @property
    def estimate(self) -> Estimate:
        """Who raised what, as far as coders and readers tell."""
        ...


@public
def next_passages(
    analysis: Counted, *, n: int = 30, random_state: int = 0
) -> pd.DataFrame:
    """Return which passages to read next, so that the counts narrow most.

    The first ten of a study are drawn at random, and every fifth later, so that what the
    coder says can be checked. The others are those with the most themes that would decide
    about a person who is undecided: the sum over themes of the chance of the theme times
    q (1 - q), where q is the chance that the person raised it (as in uncertainty
    sampling, Lewis and Gale 1994). Reading a passage answers all themes at once.

    Parameters
    ----------
    analysis
        What `analyze` returns.
    n
        How many passages.
    random_state
        Seed of those drawn at random.

    Returns
    -------
    pandas.DataFrame
        A row a passage, in the order to read them: `order` (from 1), `segment_id`,
        `picked` (`chosen` or `at random`), `participant_id`, `role`, `place`, `text`.
        `attrs` holds `minutes` (how long it may take), `width` and `width_after` (how
        far the ends of the estimates are from their middle on average, as a share of
        the people heard: now, and as expected after reading) and `finding`, a sentence.

    See Also
    --------
    estimate_counts : What is narrowed.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> said = ["I forgot my password.", "The bus is late.", "Fine."]
    >>> answers = pd.DataFrame({"who": list("abc"), "a": said})
    >>> analysis = ei.analyze(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> ei.next_passages(analysis, n=2)[["order", "picked"]]
       order     picked
    0      1  at random
    1      2  at random
    """
    table = passages_to_read(analysis, n=n, random_state=random_state)
    rows = analysis.estimate.segment_ids.get_indexer(table["segment_id"])
    minutes = _minutes(table)
    now, later = width(analysis.estimate), _expected_width(analysis.estimate, rows)
    table.attrs = {
        "minutes": minutes,
        "width": now,
        "width_after": later,
        "finding": _finding(len(rows), minutes, now, later),
    }
    return table


def minutes_to_read(analysis: Counted, *, n: int = 30, random_state: int = 0) -> int:
    """Return how many minutes the passages of `next_passages` may take."""
    return _minutes(passages_to_read(analysis, n=n, random_state=random_state))


def _minutes(table: pd.DataFrame) -> int:
    words = table["text"].str.split().str.len().sum()
    minutes = round(words / WORDS_A_MINUTE + len(table) * MINUTES_TO_DECIDE)
    return max(1, minutes) if len(table) else 0


def passages_to_read(
    analysis: Counted, *, n: int, random_state: int = 0
) -> pd.DataFrame:
    """Return the rows of `next_passages`, however many, without what reading will do."""
    estimate, corpus = analysis.estimate, analysis.corpus
    turns = spoken(corpus).set_index("utterance_id")
    ids = pd.Series(estimate.segment_ids.astype("str"))
    of_segment = turns.reindex(utterance_of(ids))
    rows, chosen = reading_order(estimate, n, random_state=random_state)
    texts = analysis.segments.set_index("segment_id")["text"]
    told = of_segment.iloc[rows]
    return pd.DataFrame(
        {
            "order": np.arange(1, len(rows) + 1),
            "segment_id": ids.iloc[rows].to_numpy(),
            "picked": np.where(chosen, _CHOSEN, AT_RANDOM),
            "participant_id": told["participant_id"].to_numpy(),
            "role": told["role"].to_numpy(),
            "place": locators(told.index.to_series(), corpus).to_numpy(),
            "text": texts.reindex(ids.iloc[rows]).to_numpy(),
        }
    )


def _finding(n: int, minutes: int, now: float, later: float) -> str:
    if not n:
        return "Every passage was read; nothing would narrow the counts."
    return (
        f"Reading {how_many(n, 'passage')} takes about {how_many(minutes, 'minute')}; the counts are now "
        f"within ±{now:.0%} of the people heard on average, and should be within about "
        f"±{later:.0%} then."
    )


def width(estimate: Estimate) -> float:
    """Return half the width of the intervals, on average, as a share of the people."""
    person = estimate.person
    n_people = len(np.unique(person[person >= 0]))
    if not n_people:
        return 0.0
    drawn = estimate.drawn(np.zeros(len(person), dtype=np.int64), person, 1)
    return float((drawn.high - drawn.low).mean() / 2 / n_people)


def reading_order(
    estimate: Estimate, n: int, *, random_state: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows of passages to read, in order, and whether each was chosen.

    What unknown voices say changes no count of people, and is left out unless nobody is
    known.
    """
    person, counts = estimate.person, estimate.is_somebodys
    is_open = counts & ~estimate.asked.all(axis=1)
    mixed = np.random.default_rng(random_state).permutation(len(person))
    at_random = iter(mixed[is_open[mixed]])
    gains = _Gains(estimate, is_open)
    rows: list[int] = []
    chosen: list[bool] = []
    taken: set[int] = set()
    begun = int((estimate.asked.any(axis=1) & counts).sum())
    for place in range(begun, begun + min(n, int(is_open.sum()))):
        by_chance = place < FIRST_AT_RANDOM or place % _EACH == _EACH - 1
        row = (
            next(one for one in at_random if one not in taken)
            if by_chance
            else gains.largest()
        )
        gains.take(row)
        taken.add(row)
        rows.append(row)
        chosen.append(not by_chance)
    return np.array(rows, dtype=np.int64), np.array(chosen, dtype=bool)


class _Gains:
    """How much reading each passage may decide; what is taken says nothing more."""

    def __init__(self, estimate: Estimate, is_open: np.ndarray) -> None:
        person = estimate.person
        self._chance = np.where(
            estimate.asked, 0.0, np.minimum(estimate.chances, _NEARLY)
        )
        self._is_sure = estimate.said
        self._is_open = is_open.copy()
        self._person = person
        order = np.argsort(person, kind="stable")
        owner = person[order]
        self._first = np.searchsorted(owner, np.arange(person.max(initial=-1) + 1))
        self._last = np.searchsorted(
            owner, np.arange(person.max(initial=-1) + 1), side="right"
        )
        self._order = order
        self._gain = np.full(len(person), -1.0)
        for one in range(len(self._first)):
            self._weigh(one)
        unknown = (person < 0) & is_open
        self._gain[unknown] = self._chance[unknown].sum(axis=1)

    def _weigh(self, person: int) -> None:
        rows = self._order[self._first[person] : self._last[person]]
        chance = self._chance[rows]
        no = np.prod(1 - chance, axis=0) * ~self._is_sure[rows].any(axis=0)
        gain = (chance * (no * (1 - no))).sum(axis=1)
        self._gain[rows] = np.where(self._is_open[rows], gain, -1.0)

    def largest(self) -> int:
        return int(self._gain.argmax())

    def take(self, row: int) -> None:
        self._is_open[row] = False
        self._chance[row] = 0.0
        self._gain[row] = -1.0
        if self._person[row] >= 0:
            self._weigh(int(self._person[row]))


def _expected_width(estimate: Estimate, rows: np.ndarray) -> float:
    """Return the width to expect after reading: in some of the futures that were drawn."""
    if not len(rows):
        return width(estimate)
    bits = np.unpackbits(estimate.raised[rows], axis=-1, count=estimate.n_draws)
    asked, learned = estimate.asked.copy(), estimate.learned
    asked[rows] = True
    widths = []
    for future in range(min(_FUTURES, estimate.n_draws)):
        said = estimate.said.copy()
        said[rows] = np.where(estimate.asked[rows], said[rows], bits[:, :, future])
        after = posterior(
            learned.apart, learned.middle, asked, said, calibration(), learned.questions
        )
        random = np.random.default_rng(future)
        raised = draw(after, asked, said, _FUTURE_DRAWS, random)
        then = replace(
            estimate, asked=asked, said=said, learned=after, raised=raised,
            n_draws=_FUTURE_DRAWS,
        )  # fmt: skip
        widths.append(width(then))
    return float(np.mean(widths))
