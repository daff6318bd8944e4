"""Who asks the questions: by name, by label, or by what they say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from empathy_insights.labels import ASKS, base_key, is_generic, is_unknown, label_key
from empathy_insights.lexicon import ASKERS, fold, is_part, says_asker
from empathy_insights.readers.transcript import Remark, Turn

# Lists at the head of a file that say who is behind a letter and who asks.


_CODE = r"(?:[^\W\d_]{1,3}\d{0,2})"
_PATTERNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # `ROSA QUIROGA, MODERATOR (P)`, `Moderator (P): Rosa Quiroga`
        rf"(?P<who>[^()=:;\n]{{2,60}})\((?P<code>{_CODE})\)(?P<more>[^()=;\n]{{0,60}})",
        # `P (moderator), M (Maria)`
        rf"(?<!\w)(?P<code>{_CODE})[ \t]*\((?P<who>[^()\n]{{2,60}})\)(?P<more>)",
        # `P = moderator, M = Maria`, `P: Rosa Quiroga, moderator`
        rf"(?:^|[,;])\W*(?P<code>{_CODE})[*_ \t]*[=:–—-][*_ \t]*"
        rf"(?P<who>[^=;\n]{{2,60}}?)(?P<more>)(?=$|;|,[ \t]*{_CODE}[ \t]*[=:–—-])",
        # `Moderator: P`
        rf"^\W*(?P<who>[^()=:;\n]{{2,60}}?)[*_ \t]*[=:–—][*_ \t]*(?P<code>{_CODE})(?P<more>)\W*$",
        # `Moderator: Rosa Quiroga`, `Rosa Quiroga, moderator`
        r"^\W*(?P<code>)(?P<who>[^()=:;,\n]{2,40})[:=,(–—][*_ \t]*(?P<more>[^()=:;\n]{2,60})\W*$",
    )
)
_CUT = re.compile(r"[,:=()/|–—]|\s-\s|[*_]")
_CODED = re.compile(_CODE)
_LONGEST = 5000
_FIRST = 4
_MOST_LINES = 40


def list_end(lines: Sequence[str]) -> int:
    """Return the last line of a paragraph near the top that lists people, or 0.

    Its lines look like turns (`Moderator: Ida Holm`), but nothing in them is said.
    """
    first, n_paragraphs = 0, 0
    for number, line in enumerate(lines[:_MOST_LINES]):
        if line.strip():
            continue
        paragraph = [line for line in lines[first:number] if line.strip()]
        if paragraph and _lists_people(paragraph):
            return number
        n_paragraphs += bool(paragraph)
        if n_paragraphs == _FIRST:
            return 0
        first = number + 1
    return 0


def _lists_people(paragraph: Sequence[str]) -> bool:
    cut = [[p.strip() for p in _CUT.split(line) if p.strip()] for line in paragraph]
    if len(cut[0]) == 1:
        cut = cut[1:]
    pieces = [piece for line in cut for piece in line]
    named = any(" " in piece or _CODED.fullmatch(piece) for piece in pieces)
    return (
        bool(pieces)
        and all(len(line) > 1 for line in cut)
        and named
        and any(says_asker(piece) for piece in pieces)
        and all(map(_is_somebody, pieces))
    )


def _is_somebody(piece: str) -> bool:
    """Return whether this is a title, a part, a letter or a name, no words that are said."""
    if says_asker(piece) or is_generic(piece):
        return True
    words = piece.split()
    return len(words) <= _FIRST and all(
        word[0].isupper() and word[-1] not in "?!…" for word in words
    )


@dataclass(frozen=True, slots=True)
class Declared:
    """Hold what the head of a file says about one voice.

    Parameters
    ----------
    keys
        What the voice may be called: a letter, a name, a part of it, its initials.
    asks
        Whether it is said to lead the talk.
    """

    keys: frozenset[str]
    asks: bool


def declared(head: str) -> list[Declared]:
    r"""Return the voices that the text before the first turn declares.

    Examples
    --------
    >>> [d.asks for d in declared("Ida Holm, moderator (P)\nOla Berg (M)\n\n")]
    [True, False]
    """
    found: dict[tuple[int, int], Declared] = {}
    for pattern in _PATTERNS:
        for match in pattern.finditer(head[:_LONGEST]):
            at = match.span()
            taken = any(a < at[1] and at[0] < b for a, b in found)
            entry = None if taken else _entry(match)
            if entry is not None:
                found[at] = entry
    return [found[at] for at in sorted(found)]


def _entry(match: re.Match[str]) -> Declared | None:
    parts = [part.strip() for part in _CUT.split(f"{match['who']},{match['more']}")]
    parts = [part for part in parts if part]
    asks = any(says_asker(part) for part in parts)
    if not match["code"] and not asks:
        return None
    names = [part for part in parts if not (fold(part) in ASKERS or is_part(part))]
    keys = {fold(match["code"])} if match["code"] else set()
    if names and (asks or match["code"]):
        keys |= set(_called(names[0]))
    return Declared(frozenset(keys), asks) if keys else None


def _called(name: str) -> Iterator[str]:
    """Yield the ways in which transcripts shorten a name."""
    words = fold(name).split()
    yield " ".join(words)
    if len(words) > 1:
        yield words[0]
        yield words[-1]
        yield "".join(word[0] for word in words)


def declared_as(labels: Sequence[str], head: str) -> tuple[list[str], list[str]]:
    """Part the labels that a head declares into those who ask and those who answer."""
    entries = declared(head)
    asking, answering = [], []
    for label in labels:
        key = fold(base_key(label))
        said = [entry for entry in entries if key in entry.keys]
        if any(entry.asks for entry in said):
            asking.append(label)
        elif said:
            answering.append(label)
    return asking, answering


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
        # `Me: what? Him: nothing.` is a story that somebody tells.
        or (asked[label] >= _MOSTLY * said[label] and base_key(label) != "me")
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
    if len(said) > _TIMES_THE_OTHERS and not is_asking:
        if len(said) <= _LARGEST_GROUP:
            first = max(said, key=lambda label: (asked[label], shares[label]))
        is_asking = _leads(asked, said, first)
    return [first] if is_asking and not is_unknown(first) else []


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
