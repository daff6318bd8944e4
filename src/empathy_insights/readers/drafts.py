"""Short drafts and copies: files whose few answers another file holds as well."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from empathy_insights.labels import label_key
from empathy_insights.readers.copies import WORD, Read, Row, left_out
from empathy_insights.readers.people.facilitators import find_facilitators
from empathy_insights.readers.transcript import Transcript, Turn, speakers
from empathy_insights.roles import is_nobody

Words = tuple[str, ...]

# Words of a short file, and letters of a word; of longer ones their runs of words tell.
_LONGEST, _LETTERS = 600, 12
_FEWEST, _FEWEST_BY_NAME = 15, 6  # words of answers
_VERSIONS = 5  # `student (1)` to `student (12)` are people
_ALL, _NEARLY_ALL, _SOME = 0.97, 0.85, 0.3
# A mark of a copy or a version, before or behind what both files are called.
_COPY_OF = r"(?:copy of|kopie von|copia de|copie de)\s+"
_COPY = r"[\s_-]+cop(?:y|ia|ie)(?:[\s_-]*\d{1,2})?|[\s_-]*\(\d{1,2}\)"
_VERSION = r"[\s_-]+v(?:er(?:sion|\.)?)?[\s_.]?\d{1,2}"
_STATE = (
    r"[\s_-]+\(?(?:draft|final|edited|edits|clean(?:ed)?|corrected|revised|old|new|backup|"
    r"partial|unfinished|in progress|wip|autosaved|recovered)\)?"
)
_MARK = re.compile(
    rf"^{_COPY_OF}|(?:{_COPY}|{_VERSION}|{_STATE})$|^(?:draft|final)[\s_-]+",
    re.IGNORECASE,
)
_PLAINLY = re.compile(rf"^{_COPY_OF}|(?:{_COPY}|{_VERSION})$", re.IGNORECASE)
_ENDS_IN_A_QUESTION = re.compile(r"\?\W*$")


def own_name(path: str) -> str:
    """Return what a file is called without the marks of a copy, a version or a draft.

    Examples
    --------
    >>> own_name("a/Copy of Ansel gr3.txt"), own_name("Ansel gr3 v2 (1).docx")
    ('ansel gr3', 'ansel gr3')
    """
    name, before = PurePosixPath(path).stem.strip(), ""
    while name and name != before:
        before, name = name, _MARK.sub("", name).strip()
    return (name or before).casefold()


@dataclass(frozen=True)
class _File:
    """Hold what is compared of a file; of a long one its words are cut anew, not kept."""

    path: str
    transcript: Transcript

    @property
    def turns(self) -> Iterator[tuple[Turn, Words]]:
        text = self.transcript.text
        for turn in self.transcript.turns:
            said = text[turn.start : turn.end]
            if words := tuple(WORD.findall(said.casefold())):
                yield turn, words

    @cached_property
    def all_words(self) -> frozenset[Words]:
        return frozenset(words for _, words in self.turns)

    @cached_property
    def n_words(self) -> int:
        return sum(len(words) for _, words in self.turns)

    @property
    def is_short(self) -> bool:
        is_small = len(self.transcript.text) <= _LONGEST * _LETTERS
        return is_small and self.n_words <= _LONGEST and bool(self.answers)

    @cached_property
    def answers(self) -> list[Words]:
        """Return what is said by others than those who ask, and asks nothing."""
        text = self.transcript.text
        asking = find_facilitators(text, self.transcript.turns)
        return [
            words
            for turn, words in self.turns
            if not turn.is_prompt
            and turn.speaker not in asking
            and not _ENDS_IN_A_QUESTION.search(text[turn.start : turn.end])
        ]

    @cached_property
    def voices(self) -> frozenset[str]:
        named = (s for s in speakers(self.transcript) if not is_nobody(s))
        return frozenset(map(label_key, named))

    def share_in(self, other: _File) -> float:
        """Return how much of its answers another file holds; the last may be cut short."""
        n_all = sum(map(len, self.answers))
        whole = sum(len(said) for said in self.answers if said in other.all_words)
        last = self.answers[-1] if self.answers else ()
        if last not in other.all_words and any(
            said[: len(last)] == last for said in other.all_words
        ):
            whole += len(last)
        return whole / n_all if n_all else 0.0


def without_drafts(read: Sequence[Read]) -> tuple[list[Read], list[Row], list[Row]]:
    """Leave out short files whose answers a longer one holds, and say of which copies not.

    Returns
    -------
    tuple
        The files that stay; a row for each that was left out; and a row for each that is
        called a copy, shares answers with the other, and was read as well.
    """
    files = [_File(*one) for one in read if one[1].kind != "survey"]
    named = defaultdict[str, list[_File]](list)
    for file in files:
        named[own_name(file.path)].append(file)
    for name in [name for name, some in named.items() if len(some) > _VERSIONS]:
        del named[name]
    short = [file for file in files if file.is_short]
    longest = {max(file.answers, key=len) for file in short}
    holding = defaultdict[Words, list[_File]](list)
    for file in files if longest else ():
        for words in {words for _, words in file.turns if words in longest}:
            holding[words].append(file)
    left: dict[str, Row] = {}
    for file in sorted(short, key=lambda one: (one.n_words, one.path)):
        whole = next(_holding(file, named, holding, left), None)
        if whole is not None:
            left[file.path] = left_out(file.path, whole.path, "all that is said in it")
    told = [*_copies_that_stay(files, named, left)]
    return [one for one in read if one[0] not in left], [*left.values()], told


def _holding(
    file: _File,
    named: Mapping[str, list[_File]],
    holding: Mapping[Words, list[_File]],
    left: Mapping[str, Row],
) -> Iterator[_File]:
    """Yield the files that hold the answers of one and more, the same people's."""
    alike = named[own_name(file.path)]
    n_words = sum(map(len, file.answers))
    others = {
        other.path: other for other in (*alike, *holding[max(file.answers, key=len)])
    }
    for other in others.values():
        is_named = other in alike and _stem(other.path) != _stem(file.path)
        fewest, least = (_FEWEST_BY_NAME, _NEARLY_ALL) if is_named else (_FEWEST, _ALL)
        if (
            other is not file
            and other.path not in left
            and n_words >= fewest
            and (other.n_words, other.path) > (file.n_words, file.path)
            and file.voices <= other.voices
            and bool(file.voices) | is_named
            and file.share_in(other) >= least
        ):
            yield other


def _stem(path: str) -> str:
    return PurePosixPath(path).stem.casefold()


def _copies_that_stay(
    files: Sequence[_File], named: Mapping[str, list[_File]], left: Mapping[str, Row]
) -> Iterator[Row]:
    """Say which files are called a copy of another that holds some of the same answers."""
    for file in files:
        if file.path in left or not _PLAINLY.search(PurePosixPath(file.path).stem):
            continue
        for other in named[own_name(file.path)]:
            is_other = _stem(other.path) != _stem(file.path)
            if is_other and other.path not in left and file.share_in(other) >= _SOME:
                yield {
                    "path": file.path,
                    "problem": f"by its name a copy of {other.path}, with some of the same "
                    "answers; both were read, and their people count twice",
                    "advice": "keep one file of each interview in the folder",
                }
                break
