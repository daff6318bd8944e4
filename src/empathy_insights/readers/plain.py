"""Plain text and Markdown: speakers' marks at the heads of lines, or notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from operator import attrgetter

from empathy_insights.errors import TranscriptError
from empathy_insights.files.text_files import decode
from empathy_insights.labels import ends_sentence, label_key, said_within
from empathy_insights.readers.captions.cues import NO_SPEAKER as UNVOICED
from empathy_insights.readers.captions.cues import Cue, line_cues, passages_of
from empathy_insights.readers.dialog.asked_tables import asked_columns
from empathy_insights.readers.dialog.conventions import FILLED, count_of
from empathy_insights.readers.dialog.empathy_maps import is_map
from empathy_insights.readers.dialog.guides import guide_lines
from empathy_insights.readers.dialog.heads import (
    facts_of_people,
    head_end,
    head_facts,
    heard_in_head,
)
from empathy_insights.readers.dialog.mails import mails_of
from empathy_insights.readers.dialog.notes import (
    GUIDE,
    INVITATION,
    NO_SPEAKER,
    ONE_ANSWERS,
    WHO_ANSWERS,
    answers_alone,
    find_passages,
    is_guide,
    is_invitation,
    talk_of_two,
    under_people,
)
from empathy_insights.readers.dialog.people_heads import (
    asked_of_each,
    heads_of_people,
    named_by_file,
    named_in_title,
    told_above,
)
from empathy_insights.readers.dialog.questions import only_questions
from empathy_insights.readers.dialog.quotes import has_quotes, said_by
from empathy_insights.readers.dialog.turns import (
    ASKED,
    FACTS,
    TITLE,
    find_turns,
    special_lines,
    text_lines,
)
from empathy_insights.readers.markdown import SUFFIXES, as_said
from empathy_insights.readers.transcript import (
    Piece,
    Remark,
    Source,
    Transcript,
    Turn,
    compose,
    outside,
)
from empathy_insights.roles import grade_of

# What NVivo writes above the references of a file, and ATLAS.ti above a quotation.
_CODED = re.compile(
    r"^<(?:files|internals|externals|dateien|archivos|fichiers)\\[^>\n]+>[^\n]*(?:§|\[)"
    r"|^\d+:\d+ ¶ ?\d+",
    re.IGNORECASE | re.MULTILINE,
)
# ` 3        and I thought so.`: a page whose lines are counted, as those of a deposition are.
_IN_MARGIN = re.compile(r"^[ \t\f]*(\d{1,4})[.:)]?(?:[ \t]+|$)", re.MULTILINE)
_LABEL = re.compile(r"[^\W\d_][^:\n]{0,40}:[ \t]+\S")
_FEWEST_COUNTED, _FEWEST_GO_ON = 8, 2
_MOSTLY, _FEWEST_TURNS = 0.7, 3
_NUMBERED = re.compile(r"(?:speaker|spk)[ _-]?\d{1,3}", re.IGNORECASE)


@dataclass(frozen=True)
class Stress:
    """Hold the lines that a word processor sets apart.

    Parameters
    ----------
    headings
        Numbers of lines that it calls headings.
    bold
        Numbers of lines that are bold throughout.
    runs
        Line of a paragraph -> how many code points at its head are bold, before others
        that are not.
    """

    headings: frozenset[int] = frozenset()
    bold: frozenset[int] = frozenset()
    runs: Mapping[int, int] = field(default_factory=dict)


_PLAIN = Stress()


def read_plain(source: Source) -> Transcript:
    """Read a .txt or .md file."""
    text, remarks = decode(source)
    is_markdown = source.path.suffix.casefold() in SUFFIXES
    return from_text(source, as_said(text) if is_markdown else text, remarks)


def from_text(
    source: Source,
    text: str,
    remarks: tuple[Remark, ...] = (),
    *,
    stress: Stress = _PLAIN,
    by_line: bool = False,
) -> Transcript:
    """Find turns in running text, or passages when nobody is named in it.

    Parameters
    ----------
    source
        The file.
    text
        What is written in it.
    remarks
        What could not be placed before.
    stress
        What the format itself sets apart.
    by_line
        Whether each line is a paragraph.

    Raises
    ------
    TranscriptError
        The text is a report of what was coded elsewhere.
    """
    if len(_CODED.findall(text)) > 1:
        raise TranscriptError(
            "these are passages as another program coded them, and no interview; put the "
            "interviews here, and read what was coded as docs/other_tools.md says",
            path=source.path,
        )
    text, n_counted = (text, 0) if stress.runs else without_margin(text)
    text, stress = (text, stress) if stress.runs else _in_lines(text, stress)
    remarks = (*remarks, *_left_out(n_counted))
    special = special_lines(text, stress.headings, stress.bold)
    facts, head = head_facts(text), head_end(text)
    listed = facts_of_people(facts)
    if told := _quoted(text, special, by_line=by_line):
        return Transcript(
            source.path, "notes", text, told, remarks, facts=facts, head=head
        )
    names = source.names | listed.keys()
    turns, more = find_turns(text, special, names, stress.runs, stress.bold)
    if alone := only_questions(text, turns):
        special |= dict.fromkeys(alone, ASKED)
        turns = ()
    if _is_recogniser(text, turns):
        text, turns, more = _joined(text, turns, more)
        head = 0
    kind = "notes" if mails_of(text) else "interview"
    if len(turns) < _FEWEST_TURNS and is_invitation(text):
        raise TranscriptError(INVITATION, path=source.path)
    if turns:
        return Transcript(
            source.path,
            kind,
            text,
            turns,
            remarks + more,
            people=_people(text, turns, listed),
            facts=facts,
            head=head,
        )
    cues, before = line_cues(text)
    if cues:
        return _recording(source, cues, before, remarks, facts)
    read = _unmarked(source, text, special, by_line=by_line)
    return replace(read, remarks=remarks + read.remarks, facts=facts, head=head)


def _in_lines(text: str, stress: Stress) -> tuple[str, Stress]:
    """Put what a table asks above what it answers."""
    told = asked_columns(text)
    if not told:
        return text, stress
    numbers = list(enumerate(told, start=1))
    headings = frozenset(n for n, one in numbers if one.is_heading)
    bold = frozenset(n for n, one in numbers if one.asks)
    return "\n".join(one.line for one in told), Stress(headings, bold)


def _unmarked(
    source: Source, text: str, special: Mapping[int, str], *, by_line: bool
) -> Transcript:
    """Read a text in which no line says who speaks: a talk of two, or notes."""
    if is_guide(text, source.path.stem):
        raise TranscriptError(GUIDE, path=source.path)
    guide = guide_lines(text, by_line=by_line)
    who, role = heard_in_head(text, is_asked=bool(guide))
    is_asked = bool(guide) or is_map(text)
    by_file = named_by_file(source.path.stem, text, is_asked=is_asked)
    is_titled = not who and any(by_file)
    who, role = by_file if is_titled else (who, role)
    people = {who: {"role": role}} if who else {}
    if turns := talk_of_two(text, special, by_line=by_line):
        above = text[: turns[0].start].strip()
        who = who or named_in_title([source.path.stem, *above.split("\n")])
        before = outside("text before the first speaker is", 1, 0, turns[0].start)
        turns, more = _whose(source, text, turns, who, is_talk=True)
        more = ((before,) if above else ()) + more
        return Transcript(source.path, "interview", text, turns, more, people=people)
    titles = {at for at, part in special.items() if part == TITLE}
    named = heads_of_people(text, by_line=by_line, titles=titles)
    if guide and not (who or named):
        above = text[: min(guide)]
        titles_said = [source.path.stem.replace("_", " "), *above.split("\n")]
        who, people = named_in_title(titles_said), {}
        if who and named_in_title(above.split("\n")):
            people = told_above(above, [who])
            special = dict(special) | {len(text) - len(text.lstrip()): FACTS}
    asked = guide | asked_of_each(text, named)
    heads = [*named, *([len(text) - len(text.lstrip())] if is_titled else [])]
    parts = dict(special) | dict.fromkeys(asked, ASKED) | dict.fromkeys(heads, TITLE)
    asked = {at for at, part in parts.items() if part == ASKED}
    passages = find_passages(text_lines(text, parts), by_line=by_line)
    turns = under_people(text, passages, named, asked)
    if named:
        told = _grades(turn.speaker for turn in turns if turn.speaker)
        people = {label: facts for label, facts in told.items() if facts}
    turns, more = _whose(source, text, turns, who, is_asked=bool(guide and not named))
    return Transcript(source.path, "notes", text, turns, more, people=people)


def _whose(
    source: Source,
    text: str,
    turns: Sequence[Turn],
    who: str,
    *,
    is_asked: bool = True,
    is_talk: bool = False,
) -> tuple[tuple[Turn, ...], tuple[Remark, ...]]:
    """Give what nobody is marked as saying to the one who answers, and tell of it."""
    if any(turn.speaker for turn in turns):
        return tuple(turns), ()
    first = next((turn.start for turn in turns if turn.is_prompt), len(text))
    title = text[:first].strip().partition("\n")[0]
    said = f"{source.path.stem} {title}".replace("_", " ")
    is_alone = (
        is_asked and not who and answers_alone(said, turns, text, in_turn=is_talk)
    )
    who = WHO_ANSWERS if is_alone else who
    told = tuple(
        turn if turn.is_prompt or (is_alone and turn.start < first)
        else replace(turn, speaker=who or None)
        for turn in turns
    )  # fmt: skip
    is_told = any(turn.speaker for turn in told)
    return told, (ONE_ANSWERS,) if is_alone else () if is_told else (NO_SPEAKER,)


def without_margin(text: str) -> tuple[str, int]:
    r"""Return a text without the numbers before its lines, and how many these are.

    They count nearly all lines, by one or anew on each page, and sentences go on behind
    them, as in no list: one does where most say who speaks.

    Examples
    --------
    >>> lines = ["Q. Where do", "you sit?", "A. I sit", "at the back,", "by the door.", "Q. Why", "there?", "A. So."]
    >>> without_margin("\n".join(f" {n}  {line}" for n, line in enumerate(lines, start=1)))[0][:21]
    'Q. Where do\nyou sit?\n'
    """
    found = list(_IN_MARGIN.finditer(text))
    if len(found) < _FEWEST_COUNTED:
        return text, 0
    numbers = [int(match[1]) for match in found]
    counts = sum(after in (before + 1, 1) for before, after in pairwise(numbers))
    goes_on = sum(
        text[after.end() : after.end() + 1].islower()
        and not ends_sentence(text[before.end() : after.start()].rstrip())
        for before, after in pairwise(found)
    )
    labelled = sum(_LABEL.match(text, match.end()) is not None for match in found)
    least = 1 if 2 * labelled >= len(found) else _FEWEST_GO_ON
    is_margin = (
        counts == len(numbers) - 1
        and goes_on >= least
        and len(found) >= _MOSTLY * count_of(FILLED, text)
    )
    return (_IN_MARGIN.sub("", text), len(found)) if is_margin else (text, 0)


def _left_out(n_counted: int) -> Iterator[Remark]:
    if n_counted:
        yield Remark(
            f"numbers of lines in the margin were left out: {n_counted}",
            "look at the first lines of the file if words are missing",
        )


def _quoted(
    text: str, special: Mapping[int, str], *, by_line: bool
) -> tuple[Turn, ...]:
    """Return the passages of notes in which the speaker stands behind what is quoted."""
    if not has_quotes(text):
        return ()
    return said_by(text, find_passages(text_lines(text, special), by_line=by_line))


def _is_recogniser(text: str, turns: Sequence[Turn]) -> bool:
    """Return whether a program cut the talk into lines and numbered the voices in each."""
    voices = [turn.speaker or "" for turn in turns]
    return (
        any(before == after for before, after in pairwise(voices))
        and all(map(_NUMBERED.fullmatch, voices))
        and all("\n" not in text[turn.start : turn.end] for turn in turns)
    )


def _joined(
    text: str, turns: Sequence[Turn], remarks: Sequence[Remark]
) -> tuple[str, tuple[Turn, ...], tuple[Remark, ...]]:
    """Join neighbouring lines of one voice to the turn that they are."""
    blocks = [list(block) for _, block in groupby(turns, attrgetter("speaker"))]
    said = [
        Piece(
            " ".join(text[turn.start : turn.end] for turn in block),
            block[0].speaker,
            block[0].line,
            block[0].start_s,
            block[-1].end_s,
        )
        for block in blocks
    ]
    beside = [
        Piece(
            text[r.start : r.end], line=r.line, outside=r.problem.split(" not part")[0]
        )
        for r in remarks
        if r.start is not None
    ]
    written, joined, more = compose(sorted([*said, *beside], key=_line))
    return written, joined, (*more, *(r for r in remarks if r.start is None))


def _line(piece: Piece) -> int:
    return piece.line or 0


def _recording(
    source: Source,
    cues: Sequence[Cue],
    before: Sequence[Piece],
    remarks: tuple[Remark, ...],
    facts: Mapping[str, str],
) -> Transcript:
    """Join lines that each begin with a time, as a recogniser without voices does."""
    text, turns, more = compose([*before, *passages_of(cues)])
    remarks = (*remarks, UNVOICED, *more)
    return Transcript(source.path, "interview", text, turns, remarks, facts=facts)


def _people(
    text: str, turns: tuple[Turn, ...], listed: Mapping[str, Mapping[str, str]]
) -> dict[str, Mapping[str, str]]:
    """Return what the head of the file says about those who speak in it."""
    labels = dict.fromkeys(turn.speaker for turn in turns if turn.speaker)
    above = told_above(text[: turns[0].start], labels) if turns else {}
    told = {label: listed.get(label_key(label)) or above.get(label) for label in labels}
    beside = _grades(labels)
    return {label: facts for label in labels if (facts := told[label] or beside[label])}


def _grades(labels: Iterable[str]) -> dict[str, dict[str, str]]:
    """Return the grade that stands behind a label: `Lena (9th grade)`."""
    found = {label: grade_of(said_within(label)) for label in labels}
    return {label: {"grade": grade} if grade else {} for label, grade in found.items()}
