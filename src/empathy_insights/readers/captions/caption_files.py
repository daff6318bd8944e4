"""WebVTT and SubRip, and the rarer grammars of captions: cues to turns.

The two grammars are read here and not by pysubs2: it takes the ids of cues that are no
numbers (Teams, YouTube) and NOTE blocks for words, and drops a line that is a number
and the last of its cue, such as the answer to "How old are you?".
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise, repeat

import numpy as np

from empathy_insights.errors import TranscriptError
from empathy_insights.files.text_files import decode
from empathy_insights.labels import label_key, seconds, words_in
from empathy_insights.readers.captions.asides import without_asides
from empathy_insights.readers.captions.cues import (
    NO_SPEAKER,
    STAMP,
    Cue,
    ass_cues,
    cue_format,
    lrc_cues,
    passages_of,
    sbv_cues,
    turns_of,
)
from empathy_insights.readers.dialog.notations import mark_of
from empathy_insights.readers.dialog.speaker_marks import find_marks, real_marks
from empathy_insights.readers.transcript import Piece, Source, Transcript, compose

# Who speaks in captions: voice tags, or labels that the whole file makes plausible.


_TAG = re.compile(
    rf"</?(?:i|b|u|s|c|lang|ruby|rt|rp|font)(?:[.\s][^<>\n]*)?>|</v>|<{STAMP}>|\{{\\an?\d\}}"
)
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>\n]+)>")
_MARKUP = re.compile(r"[<&{]")
_LABEL = re.compile(
    r"(?:(?:[-–]|>{1,3})\s*)?(?:\[(?P<within>[^:\]\n]{1,63})\]|(?P<label>[^:\n]{1,63})):\s+(?=\S)"
)
_OPENERS = words_in(
    "a and as at because but for he how i if in is it like my of on one or our she so "
    "that the then there they this to was we what when which who why with you your"
)
_MOST_WORDS = 6
_NEARLY_ALL = 0.95
_ROLL_UP = 0.3
_FEWEST_TO_ROLL = 3
_FLASH = 0.05
_LONGEST = 80
_SIGNS = tuple("[{#(*0123456789")


def unrolled(cues: Sequence[Cue]) -> list[Cue]:
    """Undo captions that roll up, where each cue repeats the last line of the one before."""
    if len(cues) < _FEWEST_TO_ROLL or "\n" not in "".join([cue.words for cue in cues]):
        return list(cues)
    repeats = [_repeats(before, cue) for before, cue in pairwise(cues)]
    if sum(repeats) < _ROLL_UP * len(cues):
        return list(cues)
    rolled = [cues[0]]
    for cue, is_repeat in zip(cues[1:], repeats, strict=True):
        rest = cue.words.split("\n")[1:] if is_repeat else [cue.words]
        rolled.append(cue._replace(words="\n".join(rest)))
    return [cue for cue in rolled if cue.words]


def _repeats(before: Cue, cue: Cue) -> bool:
    """Return whether a cue opens with what is still on the screen.

    A cue of one line is only taken for that when it flashes up between two others:
    people do say the same thing twice.
    """
    first, _, rest = cue.words.partition("\n")
    is_rolling = bool(rest) or cue.end_s - cue.start_s < _FLASH
    last = before.words.rsplit("\n", 1)[-1]
    # Recognisers write the time of each word into the line while it is new.
    return bool(first) and is_rolling and _clean(last) == _clean(first)


def voiced(cues: Sequence[Cue], names: frozenset[str]) -> list[Cue]:
    """Give each cue its speaker; a cue without a label goes on with the one before."""
    parts: Sequence[Cue] = cues
    if _MARKUP.search("".join([cue.words for cue in cues])):
        parts = [part for cue in cues for part in _by_voice_tag(cue)]
    accepted = _labels([part.words for part in parts if not part.speaker], names)
    is_plain = "\n" not in "".join([part[0] for part in parts])
    if not accepted and is_plain and not any(part[-1] for part in parts):
        return list(parts)
    found = _by_head(parts, accepted) if is_plain else None
    return _carried_on(parts, accepted) if found is None else found


def _carried_on(parts: Sequence[Cue], accepted: frozenset[str]) -> list[Cue]:
    seen: dict[str, str] = {}
    found: list[Cue] = []
    speaker: str | None = None
    for part in parts:
        for who, words in _by_label(part, accepted, seen):
            speaker = who or speaker
            found.append(Cue(words, *part[1:-1], speaker))
    return found


def _by_head(parts: Sequence[Cue], accepted: frozenset[str]) -> list[Cue] | None:
    """Take what stands before `: ` in every cue, when it is a label in all of them."""
    cut = [part[0].partition(": ") for part in parts]
    heads = {head for head, _, _ in cut}
    if not accepted or len(heads) > len(parts) // 2 or any(p[-1] for p in parts):
        return None
    label_of = {
        head: head for head in heads if _mark(f"{head}: x", accepted)[0] == head
    }
    if len(label_of) < len(heads) or not all(said for _, _, said in cut):
        return None
    return [
        Cue._make((said.lstrip(), *part[1:-1], label_of[head]))
        for (head, _, said), part in zip(cut, parts, strict=True)
    ]


def _by_voice_tag(cue: Cue) -> Iterator[Cue]:
    if not _MARKUP.search(cue.words):
        yield cue
        return
    marked = _VOICE.split(cue.words)
    if marked[0].strip():
        yield cue._replace(words=_clean(marked[0]))
    for name, said in zip(marked[1::2], marked[2::2], strict=True):
        yield cue._replace(words=_clean(said), speaker=html.unescape(name).strip())


def _clean(words: str) -> str:
    if not _MARKUP.search(words):
        return words.strip()
    return html.unescape(_TAG.sub("", words)).strip()


def _labels(said: Sequence[str], names: frozenset[str]) -> frozenset[str]:
    """Return the labels in use, as keys.

    Where nearly every cue has one (Zoom), whatever stands before the colon is a name,
    also `sam | the host`; elsewhere a label has to be plausible, as in running text.
    """
    heads = Counter(words.partition(": ")[0] for words in said if ": " in words)
    sure: set[str] = set()
    n_labelled = 0
    for head, n in heads.items():
        label = _label_of(f"{head}: x") if len(head) < _LONGEST else ""
        n_labelled += n if label else 0
        if label and not _opens_clause(label):
            sure.add(label_key(label))
    everywhere = n_labelled and n_labelled >= _NEARLY_ALL * len(said)
    text = "\n".join(said)
    if everywhere and text.count("\n") == len(said) - 1:
        return frozenset(sure)
    kept, _ = real_marks(find_marks(text), text, names)
    return frozenset(
        (sure if everywhere else set()) | {label_key(m.label) for m in kept}
    )


def _opens_clause(label: str) -> bool:
    first, *others = label.split()
    return bool(others) and first in _OPENERS


def _label_of(words: str) -> str:
    found = _LABEL.match(words)
    label = _label_said(found) if found else ""
    return label if len(label.split()) <= _MOST_WORDS else ""


def _label_said(found: re.Match[str]) -> str:
    return str(found["within"] or found["label"]).strip()


def _by_label(
    cue: Cue, accepted: frozenset[str], seen: dict[str, str]
) -> list[tuple[str | None, str]]:
    """Cut a cue at the labels in it; what was found before is remembered in `seen`."""
    words = cue.words
    if cue.speaker or not accepted:
        return [(cue.speaker, words.replace("\n", " "))] if words else []
    if "\n" not in words:
        head, colon, rest = words.partition(": ")
        label = seen.get(head) if colon else None
        if label is not None and (label or not words.startswith(_SIGNS)):
            return [(label, rest.strip())] if label else [(None, words)]
    return _lines_by_label(words, accepted, seen)


def _lines_by_label(
    words: str, accepted: frozenset[str], seen: dict[str, str]
) -> list[tuple[str | None, str]]:
    found: list[tuple[str | None, list[str]]] = []
    for line in words.split("\n"):
        label, at = _mark(line, accepted)
        head, colon, rest = line.partition(": ")
        if colon and rest.strip() == line[at:].strip():
            seen[head] = label
        if label or not found:
            found.append((label or None, []))
        found[-1][1].append(line[at:].strip())
    joined = [(label, " ".join(filter(None, said))) for label, said in found]
    return [(label, said) for label, said in joined if said]


def _mark(line: str, accepted: frozenset[str]) -> tuple[str, int]:
    found = _LABEL.match(line)
    if found and label_key(_label_said(found)) in accepted:
        return _label_said(found), found.end()
    mark = mark_of(line)
    if mark is not None and label_key(mark.label) in accepted:
        return mark.label, mark.words_at
    return "", 0


# Many times at once: captions have two for every few words.


_WIDTH = len("00:00:00.000")
_SHORT = len("00:00.000")
_DIGITS = [0, 1, 3, 4, 6, 7, 9, 10, 11]
_WORTH = [36_000_000, 3_600_000, 600_000, 60_000, 10_000, 1_000, 100, 10, 1]
_COLONS = [2, 5]


def clocks(stamps: Sequence[str]) -> list[float]:
    """Turn times such as `00:01:02.500` into seconds.

    Examples
    --------
    >>> clocks(["00:00:01.500", "01:00:00,000"]), clocks(["1:02.5"])
    ([1.5, 3600.0], [62.5])
    """
    full = ["00:" + stamp if len(stamp) == _SHORT else stamp for stamp in stamps]
    joined = "".join(full)
    if len(joined) != _WIDTH * len(full) or not joined.isascii():
        return list(map(seconds, stamps))
    signs = np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(-1, _WIDTH)
    digits = signs[:, _DIGITS].astype(np.int64) - ord("0")
    if not ((digits >= 0) & (digits <= max(range(10)))).all():
        return list(map(seconds, stamps))
    if (signs[:, _COLONS] != ord(":")).any():
        return list(map(seconds, stamps))
    found: list[float] = (digits @ np.asarray(_WORTH) / 1000).tolist()
    return found


# Captions as most programs write them, cut in one go.
#
# An id, a line of times, a line of words and a blank line, over and over: then nothing
# has to be decided cue by cue, which is what takes the time.


_OPENING = re.compile(r"(?:WEBVTT[ \t]*\n\n+)?")
_NUMBERED = re.compile(
    rf"^\d+\n({STAMP}) --> ({STAMP})\n(\S[^\n]*+)(?:\n\n|\n?\Z)",
    re.MULTILINE,
)
_BARE = re.compile(
    rf"^({STAMP}) --> ({STAMP})\n(\S[^\n]*+)(?:\n\n|\n?\Z)", re.MULTILINE
)
_ARROW = " --> "


def regular_cues(text: str) -> list[Cue]:
    """Return the cues of a file that is regular throughout, else nothing."""
    opened = _OPENING.match(text)
    at = opened.end() if opened else 0
    is_numbered = text[at : at + 1].isdecimal() and "\n" in text[at : at + 12]
    is_numbered = is_numbered and ":" not in text[at : text.find("\n", at)]
    pattern, n_lines = (_NUMBERED, 4) if is_numbered else (_BARE, 3)
    body = text[at:].rstrip()
    # What lies between two cues is lost by findall, so all the newlines are counted.
    n = text.count(_ARROW)
    if not n or body.count("\n") != n_lines * n - 2:
        return []
    found = pattern.findall(body)
    if len(found) != n:
        return []
    starts, ends, said = zip(*found, strict=True)
    first = text.count("\n", 0, at) + (2 if is_numbered else 1)
    lines = range(first, first + n_lines * n, n_lines)
    words = [words.rstrip() for words in said]
    rows = zip(words, lines, clocks(starts), clocks(ends), repeat(None), strict=False)
    return list(map(Cue._make, rows))


_TIMES = re.compile(rf"^[ \t]*({STAMP})[ \t]*-->[ \t]*({STAMP})[^\n]*$", re.MULTILINE)
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)\b")
# Webex writes who speaks behind the number of a cue.
_NAMED = re.compile(
    r'^(\d+) "([^"\n<>]+)" \(\d+\)[ \t]*\n([^\n]*-->[^\n]*)\n', re.MULTILINE
)
_HEAD = 4096


def read_captions(source: Source) -> Transcript:
    """Read captions; neighbouring cues of one voice are one turn.

    Raises
    ------
    TranscriptError
        The file has no cue.
    """
    text, remarks = decode(source)
    found = _CUES.get(cue_format(text[:_HEAD]), arrow_cues)(text)
    cues, comments = without_asides(*found)
    if not cues:
        raise TranscriptError(
            "no caption with a time such as 00:01.000 --> 00:02.000 was found; "
            "export the captions again",
            path=source.path,
        )
    spoken = voiced(unrolled(cues), source.names)
    if any(cue.speaker for cue in spoken):
        turns = turns_of(spoken)
    else:
        turns, remarks = passages_of(spoken), (*remarks, NO_SPEAKER)
    written, said, more = compose([*turns, *comments])
    return Transcript(source.path, "interview", written, said, remarks + more)


def arrow_cues(text: str) -> tuple[list[Cue], list[Piece]]:
    """Split at the lines with times; ids stand before them, comments between them."""
    text = _NAMED.sub(r"\1\n\3\n<v \2>", text)
    regular = regular_cues(text)
    if regular:
        return regular, []
    head, *cut = _TIMES.split(text)
    if not cut:
        return [], []
    before, ids = _without_id(head.split("\n")[:-1], "1")
    comments = list(_aside(enumerate(before, start=1)))
    cues: list[Cue] = []
    line = head.count("\n") + 1
    bodies, last = cut[2::3], len(cut) // 3 - 1
    for n, (start, end, body) in enumerate(
        zip(clocks(cut[0::3]), clocks(cut[1::3]), bodies, strict=True)
    ):
        said, blank, rest = body[1:].partition("\n\n")
        # Mostly words, a blank line, and the id of the next cue.
        if n == last or not blank or "\n" in rest[:-1] or "\n" in said:
            due = str(n + 2) if ids == "1" else ""
            said, aside = _said(body[1:], due, is_last=n == last)
            comments += _aside((line + 1 + k, words) for k, words in aside)
        cues.append(Cue(said.strip(), line, start, end, None))
        line += body.count("\n")
    return cues, comments


def _said(body: str, due: str, *, is_last: bool) -> tuple[str, list[tuple[int, str]]]:
    lines = body.split("\n")[: None if is_last else -1]
    # The one line of a cue is its words, where no blank line follows them.
    if not is_last and (len(lines) > 1 or lines == [due]):
        lines, _ = _without_id(lines, due)
    said, aside = _split_body(lines)
    return "\n".join(said), aside


def _aside(lines: Iterable[tuple[int, str]]) -> Iterator[Piece]:
    for number, line in lines:
        words = line.removeprefix("WEBVTT").strip(" \t-")
        yield Piece(words, line=number, outside="a comment is")


def _without_id(lines: Sequence[str], expected: str) -> tuple[list[str], str]:
    """Take off the id of the next cue: a line after a blank one, or the number due."""
    *rest, last = lines or [""]
    alone = not rest or not rest[-1].strip()
    if last.strip() and (alone or last.strip() == expected):
        return rest, last.strip()
    return list(lines), ""


def _split_body(body: Sequence[str]) -> tuple[list[str], list[tuple[int, str]]]:
    """Part what is said from comments, which begin after a blank line."""
    said: list[str] = []
    aside: list[tuple[int, str]] = []
    is_comment = False
    for k, line in enumerate(body):
        if k and not body[k - 1].strip():
            is_comment = bool(_COMMENT.match(line))
        if line.strip() and is_comment:
            aside.append((k, line))
        elif line.strip():
            said.append(line.strip())
    return said, aside


_CUES = {"sbv": sbv_cues, "ass": ass_cues, "lrc": lrc_cues}
