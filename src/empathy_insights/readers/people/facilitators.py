"""Who asks the questions: by name, by label, or by what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from empathy_insights.labels import ASKS, base_key, is_generic, is_unknown, label_key
from empathy_insights.lexicon import says_asker
from empathy_insights.readers.people.named_above import declared_as
from empathy_insights.readers.transcript import Remark, Turn

_LETTERS = re.compile(r"(?:me|[ifmq]|int|intv?r?|mod|fac|facil)\.?[ _-]?\d?")
_INITIAL = re.compile(r"[ifm]\d?|me")
# People who listen ask without a question mark, too, and people who answer end in one.
_PROMPT = re.compile(
    r"(?:^|[.!?…]\s+|,\s+)(?:(?:and|so|okay|ok|well|now|then|great|thanks?|thank you|please|y|pues)"
    r"[,.!]?\s+){0,3}(?:(?:can|could|would) you |let's |i(?:'d| would) (?:like|love) (?:you )?to )?"
    r"(?:tell (?:me|us)\b(?! about it)|walk (?:me|us) through|talk (?:to (?:me|us) )?about|"
    r"talk (?:me|us) through|describe\b|say (?:a (?:little|bit) )?more|"
    r"take (?:me|us) (?:through|back)|help (?:me|us) understand|give (?:me|us) an example|"
    r"share (?:a|an|one|with|your)\b|think (?:about|back|of) (?:a|the|your)\b|hear (?:more|about)|"
    r"imagine (?:you|that)\b|cu[eé]nt[ea](?:me|nos)|h[aá]bl[ea](?:me|nos)|d[ií](?:me|ga(?:me|nos))\b|"
    r"descr[ií]b[ea](?:me|nos)?\b|plat[ií]qu[ea](?:me|nos)|siga\b|imag[ií]nate)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"(?:^|(?<!\bdo)[\s,.¿–—-])(?:you know|you see|right|ok(?:ay)?|yeah|no|huh|eh|maybe|i guess|i think|"
    r"like|you know what i mean|know what i mean|does that make sense|if that makes sense|"
    r"verdad|sabes|no es cierto|entiendes)\?[\s\"”'’]*",
    re.IGNORECASE,
)
_MOSTLY = 0.5
_OF_A_GROUP = 3
_LARGEST_GROUP = 12  # voices; of more it is a meeting, which somebody chairs
_TIMES_THE_OTHERS = 2
_PART = 0.15
_TWO, _NEARLY, _AT_LENGTH = 2, 0.8, 5
_OFTEN, _MORE_OFTEN, _ENOUGH_TURNS = 0.25, 1.5, 20

NAMED = "named by the user"
LISTED = "a facilitator in the participants table"
HEADED = "named at the head of the file"
LABELLED = "the label says so"
ASKING = "asks the questions"

NOBODY = Remark(
    "no facilitator was recognised, so everyone's words count",
    "name the facilitator (--facilitator NAME; in Python facilitators=[...]), or give "
    "them the role facilitator in the participants table",
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
    more = dict.fromkeys(_beside(text, turns, found), ASKING)
    return found | {
        k: why for k, why in more.items() if label_key(k) not in participants
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
        # `Me: what? Him: nothing.` is a story that somebody tells.
        or (asked[label] >= _MOSTLY * said[label] and base_key(label) != "me")
    ]
    return [*titles, *(label for label in asking if label not in answering)]


def _beside(text: str, turns: Sequence[Turn], found: Mapping[str, str]) -> list[str]:
    """Take who asks by what they say, unless somebody asks by name who asks as much.

    Of two who ask, `Co-moderator` may say so only of herself. Whom the user named are all.
    """
    if NAMED in found.values():
        return []
    rest = [turn for turn in turns if turn.speaker not in found]
    asked = _asked_by(text, turns)
    least = max(sum(asked[label] for label in found), _OF_A_GROUP - 1) if found else -1
    heard = {turn.speaker for turn in rest if turn.speaker}
    asking = _by_questions(text, rest) if len(heard) > 1 or not found else []
    return [
        label
        for label in asking
        if asked[label] > least and not (found and is_generic(label))
    ]


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
    if len(said) > _TIMES_THE_OTHERS and not is_asking:
        if len(said) <= _LARGEST_GROUP:
            first = max(said, key=lambda label: (asked[label], shares[label]))
        is_asking = _leads(asked, said, first)
    if not is_asking:
        return _who_only_asks(text, spoken) or _two_who_ask(asked, said)
    return [] if is_unknown(first) else [first]


def _who_only_asks(text: str, turns: Sequence[Turn]) -> list[str]:
    """Take the one whose turns nearly all end in asking, where each other asks once at most.

    `Can I jump in? We are short of drivers.` tells something, and most other turns do.
    """
    said, asked = Counter(turn.speaker or "" for turn in turns), _asked_by(text, turns)
    ended = Counter(
        turn.speaker or ""
        for turn in turns
        if _ends_asking(text[turn.start : turn.end])
    )
    asking = [x for x, n in said.items() if n > 1 and ended[x] >= _NEARLY * n]
    others = [asked[label] for label in said if label not in asking]
    n_others = said.total() - sum(said[label] for label in asking)
    is_one = len(asking) == 1 and max(others, default=_TWO) <= 1
    is_one = is_one and 2 * sum(others) <= n_others
    return asking if is_one and not is_unknown(asking[0]) else []


def _ends_asking(said: str) -> bool:
    """Return whether the last sentence of a turn asks."""
    last = re.split(r"(?<=[.!?…])\s+", said.strip())[-1]
    return _asks(last)


def mostly_asks(text: str, turns: Sequence[Turn], label: str) -> bool:
    """Return whether somebody asks in most turns, and nobody in more of them."""
    said, asked = Counter(turn.speaker for turn in turns), _asked_by(text, turns)
    is_most = asked[label] == max(asked.values(), default=0)
    return is_most and asked[label] > _MOSTLY * said[label]


def _two_who_ask(asked: Counter[str], said: Counter[str]) -> list[str]:
    """Take the two of a group who say hardly anything but questions, where others ask none."""
    asking = [
        label for label, n in said.items() if n > 1 and asked[label] >= _NEARLY * n
    ]
    others = [label for label in said if label not in asking]
    n_asked = sum(asked[label] for label in others)
    n_others = sum(said[label] for label in others)
    are_two = len(asking) == _TWO <= len(others) and n_asked <= _PART * n_others
    return asking if are_two and not any(map(is_unknown, asking)) else []


def _leads(asked: Counter[str], said: Counter[str], first: str) -> bool:
    """Return whether one voice of a group asks in most turns, and each other hardly once.

    Who has two turns and asks in one, `Can I go?`, mostly asks, too.
    """
    others = [asked[label] for label in said if label != first]
    most = _TIMES_THE_OTHERS * max(others, default=0)
    return (
        asked[first] >= _OF_A_GROUP
        and asked[first] >= max(most, _MOSTLY * said[first])
        and _OF_A_GROUP * sum(others) <= said.total() - said[first]
    )


def _asked_by(text: str, turns: Sequence[Turn]) -> Counter[str]:
    """Count the turns of each label in which something is asked."""
    return Counter(
        turn.speaker or ""
        for turn in turns
        if turn.speaker and _asks(text[turn.start : turn.end])
    )


def plainly_asking(
    text: str, turns: Sequence[Turn], labels: Collection[str]
) -> frozenset[str]:
    """Return which of some voices ask in nearly each of their turns."""
    said, asked = Counter(turn.speaker for turn in turns), _asked_by(text, turns)
    return frozenset(n for n in labels if asked[n] >= max(_TWO, _NEARLY * said[n]))


def answering(
    text: str, turns: Sequence[Turn], labels: Collection[str]
) -> dict[str, bool]:
    """Return which of some voices ask nothing, and whether each of them speaks at length."""
    asked, lengths = _asked_by(text, turns), dict[str, list[int]]()
    for turn in turns:
        n_words = len(text[turn.start : turn.end].split())
        lengths.setdefault(turn.speaker or "", []).append(n_words)
    return {
        label: len(lengths[label]) > 1
        and sum(lengths[label]) >= _AT_LENGTH * len(lengths[label])
        for label in labels
        if not asked[label]
    }


def _asks(said: str) -> bool:
    """Return whether a turn asks or prompts, beyond `…, you know?` at the end of an answer.

    Examples
    --------
    >>> told = "Tell me about that.", "It is loud, you know?", "Is it loud, do you know?"
    >>> [_asks(said) for said in told]
    [True, False, True]
    """
    is_asked = ASKS.search(said) is not None and ASKS.search(_TAG.sub(" ", said))
    return bool(is_asked) or _PROMPT.search(said) is not None


def begins_to_ask(said: str) -> bool:
    """Return whether somebody is asked to tell something, right at the beginning.

    Examples
    --------
    >>> [begins_to_ask(said) for said in ("Tell me about lunch.", "Lunch? Tell me.")]
    [True, False]
    """
    return _PROMPT.match(said.lstrip()) is not None


def _interviews(
    text: str,
    turns: Sequence[Turn],
    shares: Mapping[str, float],
    first: str,
    second: str,
) -> bool:
    """Return whether somebody interviews, who also says "okay" a lot: asks more, says less."""
    words = Counter[str]()
    for turn in turns:
        words[turn.speaker or ""] += len(text[turn.start : turn.end].split())
    return (
        len(turns) >= _ENOUGH_TURNS
        and shares[first] >= _OFTEN
        and shares[first] >= _MORE_OFTEN * shares[second]
        and words[first] < words[second]
    )
