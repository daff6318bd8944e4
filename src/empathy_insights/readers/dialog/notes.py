"""Text in which nobody is named: each bullet or paragraph is a passage, or two take turns."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from empathy_insights.labels import ASKS, ends_sentence, is_generic, is_label
from empathy_insights.readers.dialog.conventions import FILLED, PARAGRAPH
from empathy_insights.readers.dialog.empathy_maps import INLINE
from empathy_insights.readers.dialog.turns import ASKED, FACTS, Line
from empathy_insights.readers.people.facilitators import begins_to_ask
from empathy_insights.readers.transcript import Remark, Turn
from empathy_insights.roles import role_in

LONGEST = 120
_TOO_LONG = 2 * LONGEST
_BULLET = re.compile(
    r"\s*(?:[-+*•◦▪‣·–]|\d{1,3}[.)]|[a-z][.)])[ \t]+(?:\[[ xX]\][ \t]+)?|"
    rf"(?i:[ \t]*{INLINE})"
)
_QUOTE = re.compile(r"\s*(?:>[ \t]*)+")
_QUOTATION = re.compile(r"\s*[\"“«]")
_POINT = re.compile(r"#{1,6}[ \t]+|[ \t]*[-+*•◦▪‣·–][ \t]+")
_HEAD = re.compile(r"#{1,6}[ \t]+")
_WORDS = re.compile(r"\S+\s*")
_OWN = re.compile(r"\b(?:I|me|my|mine|we|us|our|yo|mi|mis|nos)\b", re.IGNORECASE)
# A dash opens what is said in a dialogue, a word what is asked and answered.
_SPOKEN = re.compile(
    r"^\s*(?:[-–—―]+[ \t]*|(?:question|answer|response|pregunta|respuesta|q|a)[ ]?\d*[.:)][ \t]+)?",
    re.IGNORECASE,
)
_FEWEST_ASKED, _LAST_HEAD, _FEWEST_TYPED = 4, 3, 2
_MOSTLY, _HARDLY, _HALF = 0.75, 0.2, 0.5
_CLOSERS = frozenset(".!?…。！？\"”’'»)]")

NO_SPEAKER = Remark(
    "no speaker is marked, so its passages count by document and not by people",
    "write 'Name: words' where somebody speaks, if the file is a transcript",
)

ONE_ANSWERS = Remark(
    "nobody is marked as speaking: whoever answers the questions was taken for one person",
    "if several people answer, write 'Name: words' where each speaks",
)
# Who answers, where neither a line nor a title says who it is.
WHO_ANSWERS = "Participant"
_OF_MANY = re.compile(
    r"\b(?:(?:focus )?groups?|fg ?\d*|panel|meeting|assembly|council|class(?:room|es)?|cohort|team|table ?talk|circle|night|forum|"
    r"town ?hall|students|kids|children|parents|families|teachers|staff|everyone|several|pair|couple|siblings|brothers|sisters|"
    r"twins|both|grupo|padres|madres|familias|alumnos|estudiantes|maestr[oa]s|and|y)\b|[&+]",
    re.IGNORECASE,
)


def answers_alone(
    said: str, turns: Sequence[Turn], text: str, *, in_turn: bool
) -> bool:
    """Return whether one person answers typed questions, as far as a file tells.

    Each question has one paragraph or more below it, none is a point of a list, most
    speak of oneself, and neither the name of the file nor its head speaks of several.

    Parameters
    ----------
    said
        The name of the file, and what stands above the first question.
    in_turn
        Whether they take turns, so that a dash before words is no point of a list.
    """
    first = next((n for n, turn in enumerate(turns) if turn.is_prompt), len(turns))
    told = [turn for turn in turns[first:] if not turn.is_prompt]
    if first > 1 or len(turns) - first - len(told) < _FEWEST_TYPED:
        return False
    answers = [text[turn.start : turn.end] for turn in told]
    lines = (text[text.rfind("\n", 0, turn.start) + 1 :] for turn in told)
    is_listed = any(_BULLET.match(line) or _QUOTATION.match(line) for line in lines)
    n_own = sum(_OWN.search(words) is not None for words in answers)
    is_own = bool(answers) and n_own >= _HALF * len(answers)
    return is_own and (in_turn or not is_listed) and _OF_MANY.search(said) is None


def find_passages(lines: Sequence[Line], *, by_line: bool = False) -> tuple[Turn, ...]:
    """Return bullets and paragraphs as turns without a speaker, headings as context.

    Parameters
    ----------
    lines
        The lines of the text.
    by_line
        Whether each line is a paragraph, as in a word processor.
    """
    passages: list[Turn] = []
    said = [line for line in lines if line.part != FACTS]
    for block in _blocks(said, by_line=by_line):
        passages += _passages(block)
    return tuple(passages)


def talk_of_two(
    text: str, special: Container[int], *, by_line: bool = False
) -> tuple[Turn, ...]:
    r"""Return the paragraphs of a talk in which one asks and one answers, in turn, or none.

    What is asked has no speaker and is a prompt; who answers says `I`.

    Parameters
    ----------
    text
        A file in which nobody is marked as speaking.
    special
        Where lines begin that nobody says.
    by_line
        Whether each line is a paragraph, as in a word processor.

    Examples
    --------
    >>> talk = "So why?\n\nI walk.\n\nAnd then?\n\nI eat.\n\nWhere?\n\nAt my desk.\n\nYes?\n\nI do.\n"
    >>> [turn.is_prompt for turn in talk_of_two(talk, ())]
    [True, False, True, False, True, False, True, False]
    """
    return (not by_line and _in_turn(PARAGRAPH, text, special)) or _in_turn(
        FILLED, text, special
    )


def _in_turn(
    unit: re.Pattern[str], text: str, special: Container[int]
) -> tuple[Turn, ...]:
    parts = [match for match in unit.finditer(text) if match.start() not in special]
    said = [match[0].strip() for match in parts]
    first = next((n for n, words in enumerate(said) if _is_asked(words)), len(said))
    if first > _LAST_HEAD or not _take_turns(said[first::2], said[first + 1 :: 2]):
        return ()
    turns, line, before = [], 1, 0
    for n, match in enumerate(parts[first:]):
        start = match.end() - len(_SPOKEN.sub("", match[0], count=1))
        end = match.start() + len(match[0].rstrip())
        line += text.count("\n", before, match.start())
        before = match.start()
        turns.append(Turn(None, start, end, line, is_prompt=n % 2 == 0))
    return tuple(turns)


def _take_turns(asked: Sequence[str], answered: Sequence[str]) -> bool:
    """Return whether these paragraphs ask, and those between them answer."""
    if min(len(asked), len(answered) + 1) < _FEWEST_ASKED:
        return False
    n_asked = sum(map(_is_asked, asked))
    # A paragraph whose first line asks holds the question, and the answer below it.
    n_back = sum(
        line.rstrip().endswith(("?", "？", "؟"))
        for words in answered
        for line in {words, words.partition("\n")[0]}
    )
    n_own = sum(_OWN.search(words) is not None for words in answered)
    return (
        n_asked >= _MOSTLY * len(asked)
        and n_back <= _HARDLY * len(answered)
        and n_own >= _HALF * len(answered)
    )


def _is_asked(words: str) -> bool:
    return ASKS.search(words) is not None or begins_to_ask(words)


def under_people(
    text: str, turns: Sequence[Turn], named: Mapping[int, str], asked: Container[int]
) -> tuple[Turn, ...]:
    """Give passages to the people whose headings they stand under: `Student 2`.

    One such heading tells of whom a file is, and not who speaks.

    Parameters
    ----------
    named
        Where the lines begin that say on whom the notes below are, and the label.
    asked
        Where the lines begin that ask.
    """
    heads = {turn: text[turn.start : turn.end] for turn in turns if turn.is_prompt}
    begins = {turn: text.rfind("\n", 0, turn.start) + 1 for turn in heads}
    people = {
        turn: named.get(begins[turn], said if _is_person(said) else "")
        for turn, said in heads.items()
    }
    if len(set(filter(None, people.values()))) < len(["Student 1", "Student 2"]):
        return tuple(turns)
    told: list[Turn] = []
    who: str | None = None
    for turn in turns:
        said = heads.get(turn, "")
        if people.get(turn):
            who = people[turn]
        elif said and begins[turn] not in asked and ASKS.search(said) is None:
            who = None
        told.append(turn if turn.is_prompt else replace(turn, speaker=who))
    if _is_title(text[turns[0].start : turns[0].end]) and told[0].speaker is None:
        told[0] = replace(told[0], is_prompt=True)
    return tuple(told)


def _is_title(said: str) -> bool:
    """Return whether a line above all people names the notes: no sentence, and short."""
    is_line = "\n" not in said and said[-1:] not in _CLOSERS
    return is_line and len(said.split()) <= _LONGEST_TITLE


_LONGEST_TITLE = 15  # words


def _is_person(said: str) -> bool:
    """Return whether a heading is a person: `Student 2`, `Keisha (11th grade)`."""
    if not is_label(said):
        return False
    is_numbered = is_generic(said) and re.search(r"\d$|\b[A-Z]$", said.strip())
    within = re.search(r"\(([^()]+)\)$", said.strip())
    return bool(
        is_numbered or (within and (role_in(within[1]) or "grade" in within[1]))
    )


def _blocks(lines: Sequence[Line], *, by_line: bool) -> Iterator[list[Line]]:
    block: list[Line] = []
    for line in lines:
        blank = not line.text.strip()
        if block and (blank or by_line or line.part or _opens(line, block[-1])):
            yield block
            block = []
        if not blank:
            block.append(line)
    if block:
        yield block


def _opens(line: Line, before: Line) -> bool:
    """Return whether a line starts a passage of its own right after another line."""
    if before.part:
        return True
    if _BULLET.match(line.text) or _QUOTATION.match(line.text):
        return True
    return bool(_QUOTE.match(line.text)) != bool(_QUOTE.match(before.text))


def _passages(block: Sequence[Line]) -> Iterator[Turn]:
    first, last = block[0], block[-1]
    mark = (_POINT if first.part == ASKED else _HEAD) if first.part else _BULLET
    start = first.start + _after(mark, first.text)
    end = last.start + len(last.text.rstrip())
    if not any(c.isalnum() for line in block for c in line.text):
        yield Turn(None, first.start, end, first.number, is_prompt=True)
    elif first.part:
        yield Turn(None, start, end, first.number, is_prompt=True)
    else:
        text = "\n".join(line.text for line in block)
        for a, b in split_long(text[start - first.start : end - first.start]):
            yield Turn(None, start + a, start + b, first.number)


def _after(mark: re.Pattern[str], text: str) -> int:
    at = 0
    for pattern in (_QUOTE, mark, _QUOTE):
        found = pattern.match(text, at)
        at = found.end() if found and found.end() < len(text) else at
    return at + len(text[at:]) - len(text[at:].lstrip())


def split_long(text: str) -> Iterator[tuple[int, int]]:
    """Cut a very long passage at ends of sentences, or else after 120 words.

    Examples
    --------
    >>> list(split_long("A short one."))
    [(0, 12)]
    """
    if len(text.split()) <= _TOO_LONG:
        yield 0, len(text.rstrip())
        return
    found = list(_WORDS.finditer(text))
    first = 0
    while first < len(found):
        last = _last_word(found, first)
        yield found[first].start(), found[last].start() + len(found[last][0].rstrip())
        first = last + 1


def _last_word(found: Sequence[re.Match[str]], first: int) -> int:
    last = min(first + LONGEST, len(found)) - 1
    for at in range(last, first, -1):
        if found[at][0].rstrip()[-1] in _CLOSERS and ends_sentence(found[at][0]):
            return at
    return last


# Texts that are about a talk, and in which nobody is heard.

_GUIDE = re.compile(
    r"\b(?:interview|focus[ -]?group|discussion|moderator'?s?|facilitator'?s?|listening session|"
    r"conversation|question)s?[ _-]+(?:guide|protocol|script|schedule|instrument|questions|template)\b|"
    r"\b(?:guion|gu[ií]a|protocolo) de (?:la )?(?:entrevista|grupo focal|preguntas)\b",
    re.IGNORECASE,
)
_INVITING = re.compile(
    r"^\W*(?:rsvp|agenda)\b|\b(?:rsvp to|you(?:'|’| a)re (?:all )?invited|(?:please |come )?join us|"
    r"join (?:zoom|teams|the) meeting|accept or decline|child ?care (?:is|will be))\b",
    re.IGNORECASE | re.MULTILINE,
)
_WHEN = re.compile(r"^\W*(?:when|date|time|day)\W*:", re.IGNORECASE | re.MULTILINE)
_WHERE = re.compile(
    r"^\W*(?:where|location|place|room)\W*:", re.IGNORECASE | re.MULTILINE
)
_SENT = re.compile(r"^\W*from\W*:", re.IGNORECASE | re.MULTILINE)
_TOP, _FEWEST_OF_GUIDE, _TITLE_LINES = 1200, 3, 2
GUIDE = (
    "this looks like a guide of questions, and nobody answers in it; leave it out, or write "
    "the answers below the questions"
)
INVITATION = (
    "this looks like an invitation, and nobody speaks in it; leave it out, or write "
    "'Name: words' where somebody speaks"
)


def is_invitation(text: str) -> bool:
    r"""Return whether a text says when and where people meet, and asks them to come.

    Examples
    --------
    >>> is_invitation("Subject: Coffee\nWhen: Friday, 8:15\nWhere: annex\n\nPlease join us.\n")
    True
    """
    top = text[:_TOP]
    is_told = _WHEN.search(top) and _WHERE.search(top) and _INVITING.search(text)
    return bool(is_told) and len(_SENT.findall(text)) <= 1


def is_guide(text: str, stem: str) -> bool:
    """Return whether a title says that this is a guide, and questions have no answers.

    Parameters
    ----------
    text
        A file in which nobody is marked as speaking.
    stem
        The name of the file, which may say so as well.
    """
    lines = [match[0].strip() for match in FILLED.finditer(text)]
    titles = [stem.replace("_", " "), *lines[:_TITLE_LINES]]
    if not any(_GUIDE.search(title) for title in titles):
        return False
    first = next((n for n, line in enumerate(lines) if _is_question(line)), len(lines))
    asked = [_is_question(line) for line in lines[first:]]
    answered = sum(
        is_asked and not after and _OWN.search(below) is not None
        for is_asked, after, below in zip(
            asked, asked[1:], lines[first + 1 :], strict=False
        )
    )
    return sum(asked) >= max(_FEWEST_OF_GUIDE, len(asked) / 2) and not answered


def _is_question(line: str) -> bool:
    bare = re.sub(r"\s*\([^()]*\)\W*$", "", line)
    return bare.endswith(("?", "？", "؟")) or begins_to_ask(_BULLET.sub("", bare))
