"""Who speaks in captions: voice tags, or labels that the whole file makes plausible."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from empathy_insights.readers.cue_formats import STAMP
from empathy_insights.readers.cues import Cue
from empathy_insights.readers.labels import label_key, words_in
from empathy_insights.readers.marks import find_marks, real_marks
from empathy_insights.readers.notations import mark_of

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
    for cue, repeat in zip(cues[1:], repeats, strict=True):
        rest = cue.words.split("\n")[1:] if repeat else [cue.words]
        rolled.append(cue._replace(words="\n".join(rest)))
    return [cue for cue in rolled if cue.words]


def _repeats(before: Cue, cue: Cue) -> bool:
    """Tell whether a cue opens with what is still on the screen.

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
    label = _said(found) if found else ""
    return label if len(label.split()) <= _MOST_WORDS else ""


def _said(found: re.Match[str]) -> str:
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
    if found and label_key(_said(found)) in accepted:
        return _said(found), found.end()
    mark = mark_of(line)
    if mark is not None and label_key(mark.label) in accepted:
        return mark.label, mark.words_at
    return "", 0
