"""Who asks the questions: by name, by label, or by what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from empathy_insights.readers.labels import base_key, is_unknown, label_key
from empathy_insights.readers.model import Remark, Turn

_TITLES = re.compile(
    r"(?:interviewer|facilitator|moderator|researcher|host)s?(?:[ _-]*#?\w{1,3})?"
)
_LETTERS = re.compile(r"(?:[ifmq]|int|mod|fac)\d?")
_MOSTLY = 0.5
_TIMES_THE_OTHERS = 2
_PART = 0.15

NAMED = "named by the user"
LISTED = "a facilitator in the participants table"
LABELLED = "the label says so"
ASKING = "asks the questions"

NOBODY = Remark(
    "no facilitator was recognised, so everyone's words count",
    "name the facilitator in facilitators=[...], or give them the role facilitator in "
    "the participants table",
)


def find_facilitators(
    text: str,
    turns: Sequence[Turn],
    *,
    named: Collection[str] = (),
    listed: Collection[str] = (),
    participants: Collection[str] = (),
) -> dict[str, str]:
    """Return the labels that are facilitators' and why.

    Parameters
    ----------
    text, turns
        A transcript and who speaks in it.
    named, listed
        Keys of labels that the user, or the participants table, says are facilitators.
    participants
        Keys of labels that the table says are not, whatever they are called or ask.
    """
    labels = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    found = {label: LISTED for label in labels if label_key(label) in listed}
    found |= {label: NAMED for label in labels if label_key(label) in named}
    for label in _by_label(labels):
        if label_key(label) not in participants:
            found.setdefault(label, LABELLED)
    asking = [] if found else _by_questions(text, turns)
    return found or {
        label: ASKING for label in asking if label_key(label) not in participants
    }


def _by_label(labels: Sequence[str]) -> list[str]:
    """Take titles, and single letters only while they leave somebody to listen to."""
    titles = [label for label in labels if _TITLES.fullmatch(base_key(label))]
    letters = [label for label in labels if _LETTERS.fullmatch(base_key(label))]
    if len(titles) + len(letters) < len(labels):
        return [*titles, *letters]
    return titles if len(titles) < len(labels) else []


def _by_questions(text: str, turns: Sequence[Turn]) -> list[str]:
    """Take the one voice that mostly asks, if it asks twice as often as any other.

    Somebody who has hardly a turn in a meeting and asks in it is not its facilitator.
    """
    said = Counter(turn.speaker for turn in turns if turn.speaker)
    asked = Counter(
        t.speaker for t in turns if t.speaker and "?" in text[t.start : t.end]
    )
    shares = {label: asked[label] / n for label, n in said.items()}
    asking = [label for label, share in shares.items() if share >= _MOSTLY]
    if len(said) < _TIMES_THE_OTHERS or len(asking) != 1 or is_unknown(asking[0]):
        return []
    first = asking[0]
    others = max(share for label, share in shares.items() if label != first)
    enough = said[first] >= _PART * sum(said.values())
    return asking if enough and shares[first] >= _TIMES_THE_OTHERS * others else []
