"""The chat of a recorded call beside its transcript: the same people, in two files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePosixPath

from empathy_insights.labels import label_key
from empathy_insights.readers.transcript import Transcript

_OF_CHAT = re.compile(
    r"(?:(?<![^\W_])|(?<=new)|(?<=saved)|(?<=Recording))(?:saved[ _-]*|new[ _-]*)?chat(?:s|[ _-]*log|[ _-]*file)?(?![^\W_])",
    re.IGNORECASE,
)
_STAMP = re.compile(r"GMT\d{8}-\d{6}", re.IGNORECASE)
# What programs add to the name of a meeting.
_OF_FILES = re.compile(
    r"new(?=chat)|saved|closed|(?:audio|video)?[ _-]*transcripts?|transcription|recording|captions?|cc|meeting|call|"
    r"zoom|\d+x\d+",
    re.IGNORECASE,
)
_FEWEST = 2


def calls_of(heard: Mapping[str, Transcript]) -> dict[str, str]:
    """Return the path of each chat of a call -> that of the transcript of the call.

    Both have the same stamp or meeting in their names; a chat that is called no more than
    that belongs to the only transcript beside it in which two of its people speak.

    Parameters
    ----------
    heard
        Path of a talk -> what was read there.
    """
    chats = [path for path in sorted(heard) if _is_chat(path, heard[path])]
    others = [path for path in sorted(heard) if path not in chats]
    found: dict[str, str] = {}
    for chat in chats:
        beside = [o for o in others if _folder(o) == _folder(chat)]
        meeting = _meeting(chat)
        named = [path for path in beside if meeting and _meeting(path) == meeting]
        voices = _voices(heard[chat])
        alike = [o for o in beside if len(voices & _voices(heard[o])) >= _FEWEST]
        if named:
            found[chat] = named[0]
        elif not meeting and len(alike) == 1:
            found[chat] = alike[0]
    return found


def _folder(path: str) -> PurePosixPath:
    return PurePosixPath(path).parent


def _is_chat(path: str, transcript: Transcript) -> bool:
    """Return whether a name says that it is a chat, and each message has its time."""
    stem = PurePosixPath(path).stem
    own = [turn for turn in transcript.turns if turn.speaker]
    is_timed = bool(own) and all(turn.start_s is not None for turn in own)
    is_text = transcript.format == "text"
    return is_text and is_timed and _OF_CHAT.search(stem) is not None


def _meeting(path: str) -> str:
    """Return what a meeting is called in the name of a file, or when it began."""
    stem = PurePosixPath(path).stem
    if stamp := _STAMP.search(stem):
        return stamp[0].casefold()
    rest = _OF_FILES.sub(" ", _OF_CHAT.sub(" ", stem))
    return " ".join(re.findall(r"[^\W_]+", rest.casefold()))


def _voices(transcript: Transcript) -> set[str]:
    return {label_key(turn.speaker) for turn in transcript.turns if turn.speaker}


def in_calls(
    calls: Mapping[str, str], heard: Mapping[str, Mapping[str, str]]
) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield path and label of each who writes in a chat and speaks in the call -> their id.

    Accounts have one name in both; a first name is whoever alone has it in the call.

    Parameters
    ----------
    heard
        Path -> label -> the id of who is heard there.
    """
    for chat, talk in calls.items():
        speaking: dict[str, str] = {}
        by_first: dict[str, set[str]] = defaultdict(set)
        for label, own in heard.get(talk, {}).items():
            speaking[label_key(label)] = own
            by_first[_first(label)].add(own)
        writing = heard.get(chat, {})
        firsts = [*map(_first, writing)]
        for label in writing:
            first = _first(label)
            alone = by_first[first] if firsts.count(first) == 1 else set[str]()
            is_short = len(label_key(label).split()) == 1 or first in speaking
            named = next(iter(alone)) if len(alone) == 1 and is_short else ""
            if own := speaking.get(label_key(label), named):
                yield (chat, label), own


def _first(label: str) -> str:
    return next(iter(label_key(label).split()), "")


def told_of_calls(
    calls: Mapping[str, str], joined: Collection[tuple[str, str]]
) -> Iterator[dict[str, object]]:
    """Say which file is the chat of which call, and how many people are in both."""
    for chat, talk in calls.items():
        n = sum(path == chat for path, _ in joined)
        yield {
            "path": chat,
            "problem": f"taken for the chat of the call in {talk}: people who are called the "
            f"same count once ({n})",
            "advice": "if somebody has another name in the chat, or they are two meetings, say "
            "who is who in the list of people",
        }
