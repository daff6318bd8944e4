"""The same interview given twice: a copied file, a link, or one talk in two formats."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from zlib import crc32

import numpy as np
import numpy.typing as npt

from empathy_insights.errors import OptionError
from empathy_insights.labels import is_generic, label_key
from empathy_insights.readers.people.facilitators import find_facilitators
from empathy_insights.readers.transcript import Remark, Transcript, speakers
from empathy_insights.roles import is_nobody

Row = dict[str, object]
Read = tuple[str, Transcript]
Numbers = npt.NDArray[np.uint64]

# Scripts without spaces between words have a word a sign.
WORD = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]|\w+")
_COPY = re.compile(
    r"\bcopy\b|\bkopie\b|\bcopia\b|\bcopie\b|[ _-]?\(\d{1,2}\)$|[ _-]copy\d*$",
    re.IGNORECASE,
)
_RUN = 4
_FEWEST_EQUAL, _FEWEST_LIKE = 15, 60
# Of the words; where nothing says who asks, many may be asked the same.
_NEARLY_ALL, _NEARLY_ALL_UNASKED, _MOST = 0.85, 0.9, 0.7
# What so many files share is what was asked in all of them.
_MOST_SHARED = 20
# Turns whose words are held at once, and runs that stand for all those of a file.
_AT_ONCE, _SAMPLE = 1000, 256
_ODD = np.uint64(0x9E3779B97F4A7C15)
_NONE: Numbers = np.empty(0, dtype=np.uint64)
_BREAK = "_"  # stands between turns, and in no run
_BREAK_NUMBER = np.uint64(crc32(_BREAK.encode()))
_FEWEST_RUNS = 20


@dataclass(frozen=True)
class _Glance:
    """Hold what is kept of each file: all words would be many times their letters.

    Parameters
    ----------
    n_words, digest
        How many words are said, and the fingerprint of them all.
    sample
        The lowest numbers of its runs: files that share most runs share most of these.
    """

    n_words: int
    digest: str
    sample: Numbers

    @property
    def highest(self) -> np.uint64:
        """Return up to which number the sample has all."""
        is_all = len(self.sample) < _SAMPLE
        return np.uint64(2**64 - 1) if is_all else self.sample[-1]


@dataclass(frozen=True)
class _Said:
    """Hold what is said in a file, as words and as runs of words."""

    path: str
    transcript: Transcript

    @cached_property
    def glance(self) -> _Glance:
        """Return what finds the files that may be copies."""
        n_words, digest, sample = 0, hashlib.sha256(), _NONE
        for words, runs in _with_runs(self._words_of(())):
            n_words += len(words)
            digest.update("".join(f"{word} " for word in words).encode())
            low = runs if len(sample) < _SAMPLE else runs[runs < sample[-1]]
            sample = np.union1d(sample, low)[:_SAMPLE]
        return _Glance(n_words, digest.hexdigest(), sample)

    @cached_property
    def runs(self) -> Numbers:
        """Return every few words that follow one another."""
        return _all_runs(self._words_of(()))

    @cached_property
    def asking(self) -> frozenset[str]:
        """Return who asks."""
        return frozenset(find_facilitators(self.transcript.text, self.transcript.turns))

    @cached_property
    def answers(self) -> Numbers:
        """Return the runs of those who do not ask, within a turn unless these are short."""
        within = _all_runs(self._words_of(self.asking, between=f" {_BREAK} "))
        if len(within) >= _FEWEST_RUNS:
            return within
        return _all_runs(self._words_of(self.asking))

    @cached_property
    def voices(self) -> frozenset[str]:
        """Return the keys of those who are heard, none where nobody is named."""
        named = [s for s in speakers(self.transcript) if not is_nobody(s)]
        return frozenset(map(label_key, named))

    def _words_of(
        self, asking: Collection[str], between: str = " "
    ) -> Iterator[list[str]]:
        """Yield the words of all others, of some turns at a time."""
        text = self.transcript.text
        turns = [
            turn
            for turn in self.transcript.turns
            if not turn.is_prompt and turn.speaker not in asking
        ]
        for at in range(0, len(turns), _AT_ONCE):
            some = turns[at : at + _AT_ONCE]
            said = between.join([text[turn.start : turn.end] for turn in some])
            yield WORD.findall(said.casefold())

    @property
    def rank(self) -> tuple[bool, bool, bool, str]:
        """Return what puts a file before its copies: speakers, times, its name."""
        timed = any(turn.start_s is not None for turn in self.transcript.turns)
        is_copy = _COPY.search(PurePosixPath(self.path).stem) is not None
        return not self.voices, not timed, is_copy, self.path


def without_copies(read: Sequence[Read]) -> tuple[list[Read], list[Row]]:
    """Keep one file of each interview, and say which others were left out and why.

    Parameters
    ----------
    read
        Path and transcript of each file.
    """
    said = sorted((_Said(*one) for one in read), key=lambda one: one.rank)
    kept: list[_Said] = []
    first: dict[object, list[_Said]] = {}
    shared: dict[int, list[int]] = {}
    rows: list[Row] = []
    for one in said:
        found = _same(one, kept, first, shared)
        if found is not None:
            rows.append(
                left_out(one.path, found[0].path, f"the same interview {found[1]}")
            )
            continue
        for key in _keys(one):
            first.setdefault(key, []).append(one)
        for run in one.glance.sample.tolist():
            shared.setdefault(run, []).append(len(kept))
        kept.append(one)
    rows += _parts_of_others(kept, shared)
    left = {row["path"] for row in rows}
    return [one for one in read if one[0] not in left], rows


def _parts_of_others(
    kept: Sequence[_Said], shared: Mapping[int, list[int]]
) -> Iterator[Row]:
    """Yield files of which a longer one holds most: a draft, a cleaned text, excerpts.

    Only where it is known who asks: many are asked the same.
    """
    stay: set[str] = set()
    for one in sorted(kept, key=lambda said: (-said.glance.n_words, said.rank)):
        longer = (
            o for o in _likely(one, kept, shared) if o.path in stay and one.asking
        )
        whole = next((o for o in longer if _share(one, o) >= _MOST), None)
        if whole is None:
            stay.add(one.path)
        else:
            yield left_out(one.path, whole.path, "most of what is said in it")


def _same(
    one: _Said,
    kept: Sequence[_Said],
    first: dict[object, list[_Said]],
    shared: dict[int, list[int]],
) -> tuple[_Said, str] | None:
    """Return the file that says the same, and how that is known."""
    for key in _keys(one):
        for other in first.get(key, ()):
            if other.transcript.sha256 == one.transcript.sha256:
                return other, "byte for byte"
            if _may_be(one, other):
                return other, "word for word"
    for other in _likely(one, kept, shared):
        least = _NEARLY_ALL if one.asking else _NEARLY_ALL_UNASKED
        if min(_share(one, other), _share(other, one)) >= least:
            return other, "in nearly all words"
    return None


def _keys(one: _Said) -> Iterator[object]:
    """Yield what two files share only if they are the same: bytes, or all the words."""
    told = one.transcript
    name = _COPY.sub("", PurePosixPath(one.path).stem).strip(" _-").casefold()
    # The sheets of a workbook share its bytes, and short notes may be equal by chance.
    is_long = one.glance.n_words >= _FEWEST_EQUAL
    yield told.sha256, told.text, "" if is_long else name
    if is_long:
        yield told.kind == "survey", one.glance.digest


def _likely(
    one: _Said, kept: Sequence[_Said], shared: Mapping[int, list[int]]
) -> Iterator[_Said]:
    """Yield the few talks that share half of the runs that stand for both.

    The same people may be heard in them; of a short one nothing can be told.
    """
    if one.glance.n_words < _FEWEST_LIKE or one.transcript.kind == "survey":
        return
    counts = Counter[int]()
    sample = one.glance.sample
    for run in sample.tolist():
        files = shared.get(run, ())
        if len(files) <= _MOST_SHARED:
            counts.update(number for number in files if kept[number] is not one)
    for number, n in counts.most_common(3):
        other = kept[number]
        of_both = np.searchsorted(sample, other.glance.highest, side="right")
        is_talk = other.transcript.kind != "survey"
        if 2 * n > of_both and is_talk and _may_be(one, other):
            yield other


def _may_be(one: _Said, other: _Said) -> bool:
    """Return whether the same people may be heard, going by how the files call them.

    A copy may write a name in full or in a code, or mark nobody; a few words may well be
    said by two.
    """
    if one.voices == other.voices or not (one.voices and other.voices):
        return True
    fewer, more = sorted((one.voices, other.voices), key=len)
    names = [key for key in fewer if not is_generic(key)]
    parts = {part for key in more for part in key.split()}
    coded = all(map(is_generic, more))
    known = coded or all(parts.intersection(key.split()) for key in names)
    return known and one.glance.n_words >= _FEWEST_LIKE


def _share(one: _Said, other: _Said) -> float:
    """Return how much of a file another one holds: of its words, and of its answers.

    Those who ask say the same in many interviews, so the answers have their own say.
    """
    return min(
        float(np.isin(some, other.runs, assume_unique=True).mean()) if len(some) else 0
        for some in (one.runs, one.answers)
    )


def _all_runs(words: Iterable[list[str]]) -> Numbers:
    return np.unique(np.concatenate([_NONE, *(runs for _, runs in _with_runs(words))]))


def _with_runs(words: Iterable[list[str]]) -> Iterator[tuple[list[str], Numbers]]:
    """Yield words with a number for every few that end in them, the same in every run."""
    last = _NONE
    for some in words:
        said = np.fromiter(map(crc32, map(str.encode, some)), np.uint64, len(some))
        said = np.concatenate([last, said])
        last = said[1 - _RUN :]
        n = max(len(said) + 1 - _RUN, 0)
        runs = np.zeros(n, dtype=np.uint64)
        is_whole = np.ones(n, dtype=bool)
        for at in range(_RUN):
            part = said[at : at + n]
            is_whole &= part != _BREAK_NUMBER
            runs = (runs + part) * _ODD
            runs ^= runs >> np.uint64(32)
        yield some, runs[is_whole]


def left_out(path: str, kept: str, what: str) -> Row:
    """Say that a file was left out because another one holds what is in it."""
    return {
        "path": path,
        "problem": f"left out: {kept} holds {what}",
        "advice": "keep one file of each interview in the folder",
    }


# What the names of files say, by a pattern that the user gives.


FIELDS = ("site", "role", "date", "round", "participant")
_FIELD = re.compile(r"\{(\w*)\}")
_DATE = r"\d{4}[-_.]?\d{2}[-_.]?\d{2}|\d{4}"
_COMPACT = re.compile(r"(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})")

UNFITTING = Remark(
    "the name of the file does not fit name_pattern",
    "rename the file, or say in its front matter what the name should tell",
)


def check_pattern(pattern: str) -> None:
    """Refuse a pattern with no field, an unknown one, or one that occurs twice.

    Raises
    ------
    OptionError
        The pattern cannot be used.
    """
    fields = _FIELD.findall(pattern)
    strange = [name for name in fields if name not in FIELDS]
    if strange or not fields or len(set(fields)) < len(fields):
        found = repr(strange[0]) if strange else repr(pattern)
        raise OptionError(
            f"name_pattern cannot use {found}; write each of some of the fields "
            f"{', '.join(f'{{{name}}}' for name in FIELDS)} once"
        )


def facts_of_name(path: str, pattern: str) -> Mapping[str, str] | None:
    """Return what a path says, or None when it does not fit.

    A pattern without `/` is about the name of the file, one with it about its folders
    too.

    Examples
    --------
    >>> facts_of_name("r1/alder_parent_2026-03-01.txt", "{site}_{role}_{date}")
    {'site': 'alder', 'role': 'parent', 'date': '2026-03-01'}
    """
    named = PurePosixPath(path).with_suffix("")
    depth = pattern.count("/") + 1
    found = _compiled(pattern).fullmatch("/".join(named.parts[-depth:]))
    if found is None:
        return None
    facts = {name: value.strip() for name, value in found.groupdict().items()}
    if "date" in facts:
        facts["date"] = _COMPACT.sub(r"\1-\2-\3", facts["date"])
    return facts


@lru_cache(maxsize=8)
def _compiled(pattern: str) -> re.Pattern[str]:
    parts = _FIELD.split(pattern)
    written = [
        (f"(?P<{part}>{_DATE})" if part == "date" else f"(?P<{part}>[^/]+?)")
        if place % 2
        else re.escape(part)
        for place, part in enumerate(parts)
    ]
    return re.compile("".join(written), re.IGNORECASE)
