"""Who asks the questions: by name, by label, or by what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from empathy_insights.readers.endings import ASKS
from empathy_insights.readers.labels import base_key, is_unknown, label_key
from empathy_insights.readers.legend import declared_as
from empathy_insights.readers.lexicon import says_asker
from empathy_insights.readers.model import Remark, Turn

_LETTERS = re.compile(r"(?:[ifmq]|int|intv?r?|mod|fac|facil)\.?[ _-]?\d?")
_INITIAL = re.compile(r"[ifm]\d?")
_MOSTLY = 0.5
_TIMES_THE_OTHERS = 2
_PART = 0.15
_OFTEN, _MORE_OFTEN, _ENOUGH_TURNS = 0.25, 1.5, 20

NAMED = "named by the user"
LISTED = "a facilitator in the participants table"
HEADED = "named at the head of the file"
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
    headed: Collection[str] = (),
    participants: Collection[str] = (),
) -> dict[str, str]:
    """Return the labels that are facilitators' and why.

    Parameters
    ----------
    text, turns
        A transcript and who speaks in it.
    named, listed
        Keys of labels that the user, or the participants table, says are facilitators.
    headed
        Keys of labels that the file itself says are.
    participants
        Keys of labels that the table says are not, whatever they are called or ask.
    """
    labels = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    found = {label: LISTED for label in labels if label_key(label) in listed}
    found |= {label: NAMED for label in labels if label_key(label) in named}
    for label in labels:
        if label_key(label) in headed:
            found.setdefault(label, HEADED)
    asking, answering = declared_as(labels, text[: turns[0].start] if turns else "")
    for label in _by_label(labels, text, turns, answering):
        if label_key(label) not in participants:
            found.setdefault(label, LABELLED)
    for label in asking:
        found.setdefault(label, HEADED)
    asking = [] if found else _by_questions(text, turns)
    return found or {
        label: ASKING for label in asking if label_key(label) not in participants
    }


def _by_label(
    labels: Sequence[str],
    text: str,
    turns: Sequence[Turn],
    answering: Collection[str],
) -> list[str]:
    """Take titles, and letters only where no title is, while somebody is left to hear.

    A letter may as well be the initial of somebody who answers: it is no title where
    the head of the file says so, or where others ask more.
    """
    titles = [label for label in labels if says_asker(label)]
    letters = [label for label in labels if _LETTERS.fullmatch(base_key(label))]
    if titles:
        letters = [label for label in letters if len(base_key(label)) > 1]
    if len({*titles, *letters}) == len(labels):
        return titles if len(titles) < len(labels) else []
    asked, said = _asked_by(text, turns), Counter(turn.speaker or "" for turn in turns)
    most = max(asked.values(), default=0)
    asking = [
        label
        for label in letters
        if not _INITIAL.fullmatch(base_key(label))
        or 2 * asked[label] >= most
        or asked[label] >= _MOSTLY * said[label]
    ]
    return [*titles, *(label for label in asking if label not in answering)]


def _by_questions(text: str, turns: Sequence[Turn]) -> list[str]:
    """Take the one voice that mostly asks, or of two voices the one that interviews.

    Somebody who has hardly a turn in a meeting and asks in it is not its facilitator.
    """
    spoken = [turn for turn in turns if turn.speaker]
    said = Counter(turn.speaker or "" for turn in spoken)
    asked = _asked_by(text, turns)
    if len(said) < _TIMES_THE_OTHERS:
        return []
    shares = {label: asked[label] / n for label, n in said.items()}
    first, second = sorted(shares, key=lambda label: -shares[label])[:2]
    is_asking = (
        shares[first] >= _MOSTLY
        and shares[first] >= _TIMES_THE_OTHERS * shares[second]
        and shares[second] < _MOSTLY
        and said[first] >= _PART * sum(said.values())
    )
    if len(said) == _TIMES_THE_OTHERS and not is_asking:
        is_asking = _interviews(text, spoken, shares, first, second)
    return [first] if is_asking and not is_unknown(first) else []


def _asked_by(text: str, turns: Sequence[Turn]) -> Counter[str]:
    """Count the turns of each label in which something is asked."""
    return Counter(
        turn.speaker or ""
        for turn in turns
        if turn.speaker and ASKS.search(text, turn.start, turn.end)
    )


def _interviews(
    text: str,
    turns: Sequence[Turn],
    shares: Mapping[str, float],
    first: str,
    second: str,
) -> bool:
    """Tell an interviewer who also says "okay" a lot: asks more, and says less."""
    words = Counter[str]()
    for turn in turns:
        words[turn.speaker or ""] += len(text[turn.start : turn.end].split())
    return (
        len(turns) >= _ENOUGH_TURNS
        and shares[first] >= _OFTEN
        and shares[first] >= _MORE_OFTEN * shares[second]
        and words[first] < words[second]
    )
