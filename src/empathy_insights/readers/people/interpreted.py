"""Whose words an interpreter says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from empathy_insights.lexicon import dictionary_of
from empathy_insights.readers.language import DICTIONARIES, language_of
from empathy_insights.readers.transcript import Document, Transcript, Turn, words

_WORD = re.compile(r"[^\W\d_]+")
_MOSTLY = 0.7  # of its words are in a language's dictionary: half of them are by chance
_ASKS = "(asks)"
PASSED_ON = "an interpreter passes it on"
"""Why a turn is context, as what a facilitator says."""


def spoken_through(
    transcript: Transcript, interpreters: Collection[str], heard: Collection[str]
) -> dict[int, str]:
    """Return the places of turns by interpreters -> the label of whose words these are.

    They are in the language of whoever asks, and somebody spoke right before; or only one
    person is heard, and whoever asks spoke before and goes on behind. What is said in
    between, or in another language, was passed on: it is nobody's (an empty label). An
    answer of one of several is in no place.

    Parameters
    ----------
    transcript
        With its facilitators.
    interpreters, heard
        Labels of those who speak for others, and of those who take part.

    Examples
    --------
    >>> from pathlib import Path
    >>> said = ("Ana", "Sí."), ("Interpreter", "She says yes."), ("Int", "Why?")
    >>> turns, at, text = [], 0, " ".join(words for _, words in said)
    >>> for label, words in said:
    ...     turns.append(Turn(label, at, at + len(words)))
    ...     at += len(words) + 1
    >>> talk = Transcript(Path("a"), "interview", text, tuple(turns),
    ...                   facilitators={"Int": "the label says so"})
    >>> spoken_through(talk, ["Interpreter"], ["Ana"])
    {2: 'Ana'}
    """
    if not interpreters or not heard:
        return {}
    turns = transcript.turns
    voices = [_voice(turn, transcript.facilitators, heard) for turn in turns]
    asked = " ".join(_said(transcript, voices, _ASKS))
    language = language_of(asked) or "en"
    before = _nearest(turns, voices, interpreters)
    after = _nearest(turns[::-1], voices[::-1], interpreters)[::-1]
    alone = next(iter(heard)) if len(heard) == 1 else ""
    found = {}
    for place, turn in enumerate(turns):
        if turn.speaker not in interpreters:
            continue
        who, is_answer = before[place], after[place] in (_ASKS, "")
        if not _is_in(language, words(transcript, turn)):
            found[place + 1] = ""
        elif who != _ASKS and who:
            found[place + 1] = who
        elif who == _ASKS and (alone or not is_answer):
            found[place + 1] = alone if is_answer else ""
    return found


def _voice(turn: Turn, asks: Mapping[str, str], heard: Collection[str]) -> str:
    label = turn.speaker or ""
    if turn.is_prompt or label in asks:
        return _ASKS
    return label if label in heard else ""


def _said(transcript: Transcript, voices: Iterable[str], voice: str) -> Iterable[str]:
    for turn, one in zip(transcript.turns, voices, strict=True):
        if one == voice:
            yield words(transcript, turn)


def _nearest(
    turns: Sequence[Turn], voices: Sequence[str], interpreters: Collection[str]
) -> list[str]:
    """Return who spoke last before each turn, whatever interpreters said since."""
    found, last = [], ""
    for turn, voice in zip(turns, voices, strict=True):
        found.append(last)
        last = last if turn.speaker in interpreters else voice
    return found


def _is_in(language: str, said: str) -> bool:
    """Return whether a turn, which may be short, is in a language."""
    if language not in DICTIONARIES:
        return language_of(said) in (None, language)
    spoken = _WORD.findall(said.casefold())
    known = sum(word in dictionary_of(language) for word in spoken)
    return known >= _MOSTLY * len(spoken)


def told_of_interpreted(
    documents: Iterable[Document], through: Mapping[tuple[str, int], str]
) -> Iterator[dict[str, object]]:
    """Say how many turns of interpreters count as the words of others."""
    turns = Counter(name for (name, _), who in through.items() if who)
    for document in documents:
        if n := turns[document.document_id]:
            are = (
                "1 turn of an interpreter counts"
                if n == 1
                else f"{n} turns of an interpreter count"
            )
            yield {
                "path": document.path,
                "problem": f"{are} as words of the person they speak for",
                "advice": "give the interpreter the role nobody in the list of people if "
                "these words should not count",
            }
