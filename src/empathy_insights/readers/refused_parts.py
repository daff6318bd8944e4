"""Parts of a file whose person said no: left out, and told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from empathy_insights.labels import label_key
from empathy_insights.readers.not_used import says_so, without_what_says_it
from empathy_insights.readers.refused_names import refused_names
from empathy_insights.readers.transcript import Remark, Transcript, Turn, speakers

_LONGEST_LINE, _LONGEST_HEAD, _SEVERAL = 16, 10, 2
_WIDEST = 400  # characters: a longer line is no note, and some are what a program wrote
_STRONG = re.compile(
    r"\b(?:(?:no[ -]?)?consent|assent|withdr[ae]wn?\b|opt(?:ed)?[ -]?out|(?:do not|don['’]?t) (?:use|include)|leave\b.*\bout\b|"
    r"excluded?\b|not to be used|consentimiento|permiso|autoriz|no usar|form\b|slip\b)",
    re.IGNORECASE,
)
_CONSENT = re.compile(r"consent|assent|asentimiento|\bwithdr", re.IGNORECASE)
_COLON = re.compile(
    r"\b(?:consent|assent|permission|permiso)(?: (?:form|slip))?\s*[:=?]\s*(?:no\b|n\b(?!/)|not\b|none|pending|missing|waiting|never|declined)",
    re.IGNORECASE,
)
_WITHDRAWN = re.compile(
    r"(?-i:WITHDR[AE]WN?|OPTED OUT|DECLINED)\b|^\W*#.*\b(?:withdrawn|withdrew|opted out|declined)\W*$|"
    r"\((?:withdrawn|withdrew|opted out|declined)[^()]*\)\W*$|"
    r"^[^-–—*]*\w[^-–—*]*?(?:[-–—*]+[^-–—*]+)? (?:[-–—]+|\*) ?(?:withdrawn|withdrew|opted out|declined)(?: (?:on )?\d[\d/.-]*)?\W*$",
    re.IGNORECASE | re.MULTILINE,
)
# `11/5 M.O. gr 5 NO CONSENT FORM YET!!`: nothing sets it apart.
_AT_END = re.compile(
    r"(?P<before>(?:\S+\s+){1,5}?)(?:no (?:signed |parent(?:al)? )?(?:consent|permission)(?: form| slip)?(?: on file)?|"
    r"(?:consent|permission)(?: form| slip)? (?:not|never|withdrawn|missing|pending|refused|denied)(?: \w+)?|(?:not|non) ?-?consent(?:ed|ing)|"
    r"(?-i:DO NOT (?:USE|INCLUDE)|OPTED OUT|WITHDR[AE]WN?)|sin (?:permiso|consentimiento)|no firm[oó])(?: yet)?\W*",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\s*(?:[-*•]\s*)?[\[({].*[\])}]\W*|\s*(?:\*{3,}|<+|/+).*\W\s*")
_HEADING = re.compile(r"\s*(#{1,6})\s")
_RULE = re.compile(r"\s*(?:[-=_*]\s?){3,}\s*")
_BULLET = re.compile(r"\s*(?:[-•–*]|\d+[.)])\s+")
_OF_A_PERSON = re.compile(
    r"\b(?:gr\.?|grade|year|class|age|grado|interview|entrevista|participant|student|parent|teacher|consent\w*|"
    r"permission|form)\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2}/\d{1,2}\b|\([^()]*\)",
    re.IGNORECASE,
)
_NAME = re.compile(r"\W*(?:[A-ZÀ-Þ][\w.'’-]*\W{1,3}){0,2}[A-ZÀ-Þ][\w.'’-]*\W{0,3}")


class _Line(NamedTuple):
    """Hold a line of the text, and where the words of a labelled turn begin in it."""

    start: int
    said: str
    label: str | None = None
    words: int = 0

    @property
    def end(self) -> int:
        return self.start + len(self.said)


@dataclass(frozen=True)
class _Out:
    """Hold what is left out for one line."""

    line: int
    start: int
    end: int
    people: frozenset[str] = frozenset()


def without_refused_parts(transcript: Transcript) -> Transcript | None:
    """Leave out the part of whoever a line in the file says is not to be read.

    Returns
    -------
    Transcript or None
        The same places of the text without these words; None where nothing is left.
    """
    if transcript.kind == "survey":
        return transcript
    lines = _lines(transcript)
    out: list[_Out] = []
    doubts: list[int] = []
    heard = speakers(transcript)
    above = next((at for at, line in enumerate(lines) if line.label), len(lines))
    for at, line in enumerate(lines):
        named = _named_beside(lines, at, heard, is_above=at <= above)
        if named:
            out.append(_Out(at + 1, line.start, line.end, named))
            continue
        if not _may_refuse(lines, at):
            continue
        found = _left_out(transcript, lines, at) if _refuses(lines, at) else None
        if found is None and not any(one.start <= line.start < one.end for one in out):
            doubts.append(at + 1)
        elif found is not None:
            out.append(found)
    left = _without(transcript, out) if out else transcript
    if out and not left.turns:
        return None
    return replace(left, remarks=(*left.remarks, *_told(lines, out, doubts)))


def _lines(transcript: Transcript) -> list[_Line]:
    starts = iter(sorted((t.start, t.speaker) for t in transcript.turns if t.speaker))
    turn = next(starts, None)
    lines, at = [], 0
    for said in transcript.text.split("\n"):
        while turn is not None and turn[0] < at:
            turn = next(starts, None)
        is_said = turn is not None and turn[0] <= at + len(said) and turn[0] > at
        begins = turn if is_said and not _BRACKETED.fullmatch(said) else None
        lines.append(_Line(at, said, *((begins[1], begins[0] - at) if begins else ())))
        at += len(said) + 1
    return lines


def _named_beside(
    lines: Sequence[_Line], at: int, heard: tuple[str, ...], *, is_above: bool
) -> frozenset[str]:
    """Return who is named as not to be used above a talk, or apart from it."""
    line = lines[at]
    is_short = len(line.said) <= _WIDEST and len(line.said.split()) <= _LONGEST_LINE
    is_of_many = len(heard) > 1
    if line.label is not None or not (is_of_many and line.said.strip() and is_short):
        return frozenset()
    is_last = not any(one.said.strip() for one in lines[at + 1 :])
    is_apart = is_above or _BRACKETED.fullmatch(line.said) is not None
    is_apart = is_apart or (is_last and _is_set_off(lines, at))
    return refused_names(line.said, heard) if is_apart else frozenset()


def _may_refuse(lines: Sequence[_Line], at: int) -> bool:
    """Return whether a line may note that somebody is not to be read."""
    line = lines[at]
    said = line.said[line.words :]
    if (
        "?" in said.rstrip("?!. ")
        or not said.strip()
        or len(line.said) > _WIDEST
        or len(said.split()) > _LONGEST_LINE
    ):
        return False
    if line.label is None and (_COLON.search(said) or _ends_so(lines, at)):
        return True
    is_noted = says_so(said.lstrip("#>*•- \t")) or says_so(
        said.strip("#>*•-[](){}! \t")
    )
    if not (is_noted or (line.label is None and _WITHDRAWN.search(said))):
        return False
    return (
        line.label is not None or _is_set_off(lines, at) or bool(_CONSENT.search(said))
    )


def _ends_so(lines: Sequence[_Line], at: int) -> bool:
    found = _AT_END.fullmatch(lines[at].said.strip())
    return found is not None and _is_set_off(lines, at)


def _is_set_off(lines: Sequence[_Line], at: int) -> bool:
    said = lines[at].said
    above = lines[at - 1].said if at else ""
    is_first = not above.strip() or _RULE.fullmatch(above) is not None
    is_below = at > 0 and lines[at].label is None and _is_head(lines, at - 1)
    return (
        is_first or is_below or bool(_BRACKETED.fullmatch(said) or _HEADING.match(said))
    )


def _refuses(lines: Sequence[_Line], at: int) -> bool:
    """Return whether a line says it for certain, and not perhaps of something else."""
    line = lines[at]
    said = line.said[line.words :]
    if line.label is None:
        named = bool(_rest(said))
        is_note = _BULLET.match(said) is not None and not named
        is_below = at > 0 and _is_head(lines, at - 1)
        return bool(_COLON.search(said) or _CONSENT.search(said)) or (
            not is_note and (named or is_below or _STRONG.search(said) is not None)
        )
    is_head = _is_set_off(lines, at) and all(
        one.label != line.label for one in lines[:at]
    )
    is_clear = not _rest(said) and (is_head or _STRONG.search(said) is not None)
    is_spoken = ":" in line.said[: line.words]
    return is_clear and (not is_spoken or _CONSENT.search(said) is not None)


def _rest(said: str) -> str:
    """Return what a line holds beside saying no: a name, a grade, a date."""
    return without_what_says_it(said.strip("#>*• \t")).strip()


def _named(line: _Line, labels: Collection[str]) -> frozenset[str]:
    """Return the labels of those whom a line names."""
    if line.label is not None:
        return frozenset({line.label})
    words = {
        label_key(word.replace(".", "")) for word in re.findall(r"[\w.'’-]+", line.said)
    }
    said = f" {label_key(line.said)} "
    named = frozenset(
        label for label in labels
        if label_key(label) in words or f" {label_key(label)} " in said or words & {_first(label)}
    )  # fmt: skip
    if len(named) < _SEVERAL:
        return named
    # `Present: Ana, Ben (did not consent), Cy`: only whoever it stands beside.
    parts = re.split(r"[,;:]", line.said)
    [own, *others] = [part for part in parts if _says_no(part)] or [line.said]
    if others or own == line.said:
        return named
    return _named(line._replace(said=own), labels)


def _says_no(part: str) -> bool:
    return len(re.findall(r"\w+", without_what_says_it(part))) < len(
        re.findall(r"\w+", part)
    )


def _first(label: str) -> str:
    key = label_key(label).split()
    return key[0] if key and len(key[0]) > 1 else ""


def _left_out(transcript: Transcript, lines: Sequence[_Line], at: int) -> _Out | None:
    line = lines[at]
    named = _named(line, speakers(transcript))
    only = _Out(at + 1, line.start, line.end, named)
    if named and (line.label is None and _BRACKETED.fullmatch(line.said)):
        return only
    if _rest(line.said[line.words :]) or line.label or _HEADING.match(line.said):
        first = at
    else:
        above = _head_above(lines, at)
        if above is None:
            return _of_all(transcript, lines, at)
        first = above
        named |= _named(lines[first], speakers(transcript))
    last = _last_line(lines, first, at)
    start, end = lines[first].start, lines[last].end
    inside = {t.speaker for t in transcript.turns if start <= t.start < end}
    beside = {t.speaker for t in transcript.turns if not start <= t.start < end}
    if named and (named & beside or inside - beside - named - {None}):
        return replace(only, people=named)
    return _Out(at + 1, start, end, named)


def _of_all(transcript: Transcript, lines: Sequence[_Line], at: int) -> _Out | None:
    """Leave out the whole file where a line without a name says so of one talk."""
    is_last = not any(line.said.strip() for line in lines[at + 1 :])
    if is_last or _CONSENT.search(lines[at].said):
        return _Out(at + 1, 0, len(transcript.text))
    return None


def _head_above(lines: Sequence[_Line], at: int) -> int | None:
    """Return the line that names the person of whom a line without a name speaks."""
    heads = [n for n in range(at - 1, -1, -1) if _is_head(lines, n)]
    return heads[0] if heads else None


def _last_line(lines: Sequence[_Line], first: int, at: int) -> int:
    heading = _HEADING.match(lines[first].said)
    level = len(heading[1]) if heading else 0
    for n in range(max(first, at) + 1, len(lines)):
        other = _HEADING.match(lines[n].said)
        if level:
            is_end = other is not None and len(other[1]) <= level
        else:
            is_end = bool(_RULE.fullmatch(lines[n].said)) or _is_head(lines, n)
        if is_end:
            return n - 1
    return len(lines) - 1


def _is_head(lines: Sequence[_Line], at: int) -> bool:
    """Return whether a line is the head of somebody's part."""
    line = lines[at]
    said = line.said.strip()
    if not said or line.label is not None or len(said.split()) > _LONGEST_HEAD:
        return False
    if _HEADING.match(said):
        return True
    is_first = (
        at == 0
        or not lines[at - 1].said.strip()
        or bool(_RULE.fullmatch(lines[at - 1].said))
    )
    if not is_first or said.endswith((".", "?", ",")) or _BRACKETED.fullmatch(said):
        return False
    return bool(_OF_A_PERSON.search(said) or _NAME.fullmatch(said.strip("*_: ")))


def _without(transcript: Transcript, out: Sequence[_Out]) -> Transcript:
    people = frozenset().union(*(one.people for one in out))
    gone = [(one.start, one.end) for one in out]
    turns: list[Turn] = []
    for turn in transcript.turns:
        kept = None if turn.speaker in people else _kept(turn, gone, transcript.text)
        if kept is None:
            gone.append((turn.start, turn.end))
        else:
            turns.append(kept)
    people |= set(speakers(transcript)) - {turn.speaker for turn in turns}
    return replace(
        transcript,
        text=_blanked(transcript.text, gone),
        turns=tuple(turns),
        people={k: told for k, told in transcript.people.items() if k not in people},
        remarks=tuple(
            one for one in transcript.remarks
            if one.start is None or not any(a <= one.start < b for a, b in gone)
        ),
    )  # fmt: skip


def _kept(turn: Turn, gone: Sequence[tuple[int, int]], text: str) -> Turn | None:
    """Return a turn without its end where what is left out begins there; None if it goes."""
    end = turn.end
    for start, stop in gone:
        if start <= turn.start < stop:
            return None
        if turn.start < start < end and stop >= end:
            end = start
    end = turn.start + len(text[turn.start : end].rstrip())
    return replace(turn, end=end) if end > turn.start else None


def _blanked(text: str, gone: Sequence[tuple[int, int]]) -> str:
    for start, end in gone:
        blank = re.sub(r"[^\n]", " ", text[start:end])
        text = f"{text[:start]}{blank}{text[end:]}"
    return text


def _told(
    lines: Sequence[_Line], out: Sequence[_Out], doubts: Sequence[int]
) -> Iterator[Remark]:
    for one in out:
        last = next(n for n, line in enumerate(lines, 1) if line.end >= one.end)
        first = next(n for n, line in enumerate(lines, 1) if line.end >= one.start)
        where = f"lines {first} to {last}" if last > first else "what this person says"
        yield Remark(
            f"{where} left out, since line {one.line} says that somebody is not to be read",
            "if that is wrong, take it out of that line; if others speak in these lines, "
            "put a line with their name above what they say",
            one.line,
        )
    for line in doubts:
        yield Remark(
            f"line {line} may say that somebody is not to be read; their words were read",
            "if it says so, leave them out: write no under consent in participants.csv",
            line,
        )
