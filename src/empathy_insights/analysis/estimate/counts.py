"""Which people may have raised which theme, drawn many times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from empathy_insights.analysis.codings_in_place import spoken, turn_of
from empathy_insights.analysis.estimate.calibration import ChanceFit, calibration
from empathy_insights.analysis.estimate.drawn import (
    Drawn,
    count_in,
    people_in,
    quantile,
)
from empathy_insights.analysis.estimate.passages_read import answers
from empathy_insights.analysis.estimate.posterior import Posterior, draw, posterior
from empathy_insights.analysis.estimate.questions import (
    Questions,
    questions_of,
)
from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, how_many
from empathy_insights.errors import TableError
from empathy_insights.tables import CHECKED, CODINGS, FIRST_LOOK, PARTLY_CHECKED
from empathy_insights.text.segments import find_context

N_DRAWS = 256
_ADD_UP, _WHOLE = ("role", "round", "site"), 1e6
_DRAWS_WHERE_LARGE, _LARGE = 64, 4_000_000  # passages times themes


@dataclass(frozen=True, eq=False)
class Estimate:
    """Which people raised which theme, as far as coders and readers tell.

    Every table that counts people takes it, so that all come from the same draws.

    Parameters
    ----------
    segment_ids, themes
        Passages and main themes that were judged.
    asked, said, learned
        What people who read say of each passage and theme, and what that says of all.
    raised
        Whether the passage has the theme, in each draw: passages by themes by bits.
    middle
        Whether it has, as `people` counts: of each theme the draw nearest to the middle,
        over everybody and by role, round and site, so that tables add up.
    person
        Who says each passage, as numbers; below 0 nobody knows.
    n_draws
        How many draws there are.
    version
        Of the calibration.

    See Also
    --------
    estimate_counts : Makes one, and has an example.
    """

    segment_ids: pd.Index
    themes: tuple[str, ...]
    asked: np.ndarray
    said: np.ndarray
    learned: Posterior
    raised: np.ndarray
    middle: np.ndarray
    person: np.ndarray
    n_draws: int
    version: str

    def __repr__(self) -> str:
        n, themes = len(self.segment_ids), how_many(len(self.themes), "theme")
        read = f"{how_many(n, 'passage')}, {self.n_read} read by people"
        return f"Estimate({read}; {themes}; {self.state})"

    @property
    def is_somebodys(self) -> np.ndarray:
        """Which passages are of a person, or all of them where nobody is known.

        Others, such as notes, change no count of people, and nobody is asked to read them.
        """
        known = self.person >= 0
        return known if known.any() else np.ones_like(known)

    @property
    def n_passages(self) -> int:
        """How many passages there are to read."""
        return int(self.is_somebodys.sum())

    @property
    def n_read(self) -> int:
        """How many of these people have read."""
        return int(self.asked[self.is_somebodys].any(axis=1).sum())

    @property
    def n_unsigned(self) -> int:
        """How many passages nobody has read since nobody knows whose they are."""
        return int((~self.is_somebodys & ~self.asked.any(axis=1)).sum())

    @property
    def state(self) -> str:
        """The state of the study: `checked` where every passage of somebody was read."""
        if not self.n_read:
            return FIRST_LOOK
        return CHECKED if self.asked[self.is_somebodys].all() else PARTLY_CHECKED

    @cached_property
    def chances(self) -> np.ndarray:
        """The chance that the passage has the theme; 0 or 1 where a person has read."""
        return np.where(self.asked, self.said, self.learned.chances())

    def drawn(self, group: np.ndarray, person: np.ndarray, n_groups: int) -> Drawn:
        """Count people by group.

        Parameters
        ----------
        group, person
            Of each passage, in the order of `segment_ids`: numbers; people below 0 are
            not counted, and passages of groups below 0 neither.
        n_groups
            How many groups there are.
        """
        n_themes = len(self.themes)
        counts = np.zeros((n_groups, n_themes, self.n_draws), dtype=np.int32)
        middle, undecided, read = np.zeros((3, n_groups, n_themes), dtype=np.int64)
        inside = np.flatnonzero(group >= 0)
        np.add.at(read, group[inside], self.asked[inside])
        for at, starts, owner in people_in(group, person):
            by_person = np.bitwise_or.reduceat(self.raised[at], starts, axis=0)
            raised = np.logical_or.reduceat(self.said[at], starts, axis=0)
            is_open = np.logical_or.reduceat(~self.asked[at], starts, axis=0)
            count_in(undecided, owner, is_open & ~raised)
            count_in(middle, owner, np.logical_or.reduceat(self.middle[at], starts))
            count_in(counts, owner, self.unpacked(by_person))
        return Drawn(middle, counts, read, undecided)

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """The passages with each theme as `people` counts them: `segment_id`, `theme`."""
        row, column = np.nonzero(self.middle)
        return pd.DataFrame(
            {
                "segment_id": pd.array(self.segment_ids.take(row), dtype="str"),
                "theme": pd.array(np.array(self.themes)[column], dtype="str"),
            }
        )

    def by_unit(self, unit: np.ndarray, n_units: int) -> np.ndarray:
        """Return what people raised, or documents, in each draw: units by themes by bits.

        Parameters
        ----------
        unit
            Of each passage: a number; those below 0 are left out.
        """
        raised = np.zeros((n_units, *self.raised.shape[1:]), dtype=np.uint8)
        for at, starts, _ in people_in(np.zeros_like(unit), unit):
            bits = np.bitwise_or.reduceat(self.raised[at], starts, axis=0)
            raised[unit[at[starts]]] = bits
        return raised

    def of(self, themes: list[str]) -> np.ndarray:
        """Return the column of each theme, -1 where it was not judged."""
        return np.asarray(pd.Index(self.themes).get_indexer(pd.Index(themes)))

    def is_counted(self, codings: pd.DataFrame) -> np.ndarray:
        """Return for each coding of a sub-theme whether its theme is counted in its passage.

        Other codings, and those of themes that were not judged, count.
        """
        row = self.segment_ids.get_indexer(pd.Index(codings["segment_id"]))
        column = self.of(codings["theme"].str.split(".").str[0].tolist())
        is_part = codings["theme"].str.contains(".", regex=False).to_numpy()
        counts: np.ndarray = (
            self.middle[row, column] | ~is_part | (column < 0) | (row < 0)
        )
        return counts

    def unpacked(self, bits: np.ndarray) -> np.ndarray:
        """Return draws, a byte each, from the bits of `raised`."""
        return np.unpackbits(bits, axis=-1, count=self.n_draws)


@public
def estimate_counts(
    chances: pd.DataFrame,
    codings: pd.DataFrame,
    corpus: Corpus,
    *,
    asked: pd.DataFrame | None = None,
    n_draws: int | None = None,
    random_state: int = 0,
) -> Estimate:
    """Return which people may have raised which theme, with how much doubt.

    A coder's chances say how likely a person would give a passage a theme. How far they
    are off in this study, and for each theme, is not known, and is drawn from what was
    off in coded sets; passages that people have read are known, and say more about it.
    Answers to one question, asked of three people or more, share what they are about, and
    a question may name it. A person raised a theme unless none of their passages has it.
    Logistic regression with random intercepts, Laplace's approximation; see
    docs/methods.md.

    Parameters
    ----------
    chances
        A row a passage: `segment_id`, and a column for each main theme (0 to 1), as
        `theme_chances` returns it.
    codings
        Those of people say what was read; those of coders tell nothing more.
    corpus
        Says who spoke, and what was asked.
    asked
        How likely each question names each theme: `question`, and a column a theme, as
        `theme_chances` says of answers.
    n_draws
        How often counts are drawn: 256 when not given, 64 in very large studies.
    random_state
        Seed of the draws.

    Raises
    ------
    TableError
        There is no column `segment_id`, a passage comes twice or is not of the corpus,
        or a chance is missing or not between 0 and 1. `asked` lacks a theme.

    See Also
    --------
    theme_frequency : Counts people by it.
    next_passages : Which passages to read to narrow it.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana", "ben"], "a": ["I forgot my password.", "Fine."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> segments, book = ei.segment(corpus), ei.load_codebook("empathy_core")
    >>> codings = ei.code(segments, book)
    >>> ei.estimate_counts(ei.theme_chances(segments, book), codings, corpus)
    Estimate(2 passages, 0 read by people; 20 themes; first look)
    """
    codings = CODINGS.completed(codings)
    segment_ids = _checked(chances)
    turns = spoken(corpus)
    at = turn_of(pd.DataFrame({"segment_id": segment_ids}), turns, corpus)
    person, *groups = (
        pd.factorize(turns[name])[0][at] for name in ("participant_id", *_ADD_UP)
    )
    heard = find_context(corpus)["question"]
    n_words = corpus.utterances.set_index("utterance_id")["text"].str.count(r"\S+")
    of_turn = turns["utterance_id"].iloc[at]
    themes = tuple(name for name in chances.columns if name != "segment_id")
    return estimate_of(
        chances, codings, person, groups,
        questions=questions_of(
            heard.reindex(of_turn), n_words.reindex(of_turn).to_numpy(), person, themes,
            asked,
        ),
        n_draws=n_draws, random_state=random_state,
    )  # fmt: skip


def estimate_of(
    chances: pd.DataFrame,
    codings: pd.DataFrame,
    person: np.ndarray,
    groups: Sequence[np.ndarray] = (),
    *,
    questions: Questions | None = None,
    n_draws: int | None = None,
    random_state: int = 0,
    fitted: ChanceFit | None = None,
) -> Estimate:
    """Estimate as `estimate_counts` does, of passages whose speakers are numbers.

    Parameters
    ----------
    person, groups
        Who says each passage, by id, and of which groups they are: numbers, below 0
        where nobody knows.
    questions
        What each passage answers, by id; nothing is known of it when not given.
    fitted
        The calibration that ships when not given.
    """
    fitted = fitted or calibration()
    ordered = chances.sort_values("segment_id")
    segment_ids = pd.Index(ordered["segment_id"])
    said_by_coder = ordered.drop(columns="segment_id")
    themes = tuple(map(str, said_by_coder.columns))
    matrix = said_by_coder.to_numpy(dtype=np.float64)
    asked, said = answers(codings, segment_ids, themes)
    centred = fitted.centred(matrix, questions)
    learned = posterior(*centred, asked, said, fitted, questions)
    n = n_draws or (_DRAWS_WHERE_LARGE if matrix.size > _LARGE else N_DRAWS)
    raised = draw(learned, asked, said, n, np.random.default_rng(random_state))
    everybody = np.zeros(len(person), dtype=np.int64)
    middle = _middle(raised, person, [everybody, *groups], n)
    return Estimate(
        segment_ids, themes, asked, said, learned, raised, middle, person, n,
        fitted.version,
    )  # fmt: skip


def _middle(
    raised: np.ndarray, person: np.ndarray, groups: list[np.ndarray], n_draws: int
) -> np.ndarray:
    """Return for each theme the draw that is nearest to the middle of all draws.

    The number of all people comes first, those of groups after that.
    """
    n_themes = raised.shape[1]
    far = np.zeros((n_themes, n_draws))
    for n, group in enumerate(groups):
        counts = np.zeros((group.max(initial=0) + 1, n_themes, n_draws), dtype=np.int32)
        for at, starts, owner in people_in(group, person):
            bits = np.bitwise_or.reduceat(raised[at], starts, axis=0)
            count_in(counts, owner, np.unpackbits(bits, axis=-1, count=n_draws))
        off = counts - quantile(counts, 0.5)[..., np.newaxis]
        far += (off**2).sum(axis=0) * (_WHOLE if n == 0 else 1)
    best = far.argmin(axis=1)
    bits = np.take_along_axis(raised, (best // 8)[np.newaxis, :, np.newaxis], axis=2)
    return np.asarray(bits[:, :, 0] >> (7 - best % 8).astype(np.uint8) & 1, dtype=bool)


def _checked(chances: pd.DataFrame) -> pd.Index:
    """Return the ids of the passages in order, or raise `TableError`."""
    if "segment_id" not in chances:
        raise TableError("the table of chances lacks the column 'segment_id'")
    ids = chances["segment_id"].sort_values()
    matrix = chances.drop(columns="segment_id").to_numpy(dtype=np.float64)
    if ids.duplicated().any():
        raise TableError("the table of chances has a passage twice")
    if not ((matrix >= 0) & (matrix <= 1)).all():
        raise TableError("chances must lie between 0 and 1, and none may be missing")
    return pd.Index(ids)
