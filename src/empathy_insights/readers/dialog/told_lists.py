"""Notes in a list whose lines begin with whom they are of: `- S1 says the bus is loud`.

A code, or somebody whom the head lists, stands first, before a verb, a sign or a quotation.
`- several agree` is nobody's. What a story tells (`Ana says her bus is late`) is no list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence

from empathy_insights.labels import label_key
from empathy_insights.readers.dialog.conventions import FILLED, mark_at
from empathy_insights.readers.dialog.notations import Mark
from empathy_insights.readers.dialog.speaker_marks import after_gap
from empathy_insights.readers.people.clues import listed_there

LISTED = "listed"
_BULLET = r"(?:[-+*•◦–][ \t]+|\d{1,2}[.)][ \t]+)"
_ITEM = re.compile(rf"^[ \t]*{_BULLET}(?=\S)", re.MULTILINE)
_PARTS = (
    r"(?:student|parent|teacher|participant|staff|kid|child|mom|dad|girl|boy|family|"
    r"estudiante|alumn[oa]|madre|padre|mam[aá]|pap[aá]|maestr[oa])"
)
# Numbered people; `Q1` is a question, and `Room 4` a place.
_CODE = rf"(?:(?!Q)[A-Z]{{1,3}}[-_]?\d{{1,3}}|(?i:{_PARTS})[ ]?#?(?:\d{{1,2}}|[A-Z]))"
_SAYS = r"(?:says?|said|dice|dijo)(?: that| que)?"
_VERB = (
    rf"(?:{_SAYS}|asks?|asked|(?:dis)?agree[sd]?|thinks?|thought|feels?|felt|add(?:s|ed)|"
    r"wants?|wanted|mention(?:s|ed)|likes?|liked|loves?|loved|hates?|hated|wish(?:es|ed)|needs?|"
    r"shar(?:es|ed)|explain(?:s|ed)|tells|told|not(?:es|ed)|suggest(?:s|ed)|describe[sd]|"
    r"talk(?:s|ed)|believe[sd]|prefer(?:s|red)|report(?:s|ed)|repl(?:ies|ied)|answer(?:s|ed)|"
    r"pregunt[aó]|coment[aó]|piensa|quiere|siente|agreg[aó]|mencion[aó]|cree|opina|cuenta|cont[oó])"
)
_TOLD = rf"(?:[ ]?[:–—-][ \t]+|[ ](?=[\"“«])|[ ]{_SAYS}[ ]|[ ](?={_VERB}\b))"
# Whom something is left to do, and who is named with others.
_PLAIN = r"[ ](?!(?:and|or|to|will|with|y|e|o|con|must|should)\b)(?=[a-z])"
# `several agree`; a line with a capital begins anew, as paragraphs of a word processor do.
_ANEW = re.compile(
    r"[ \t]*(?:[A-ZÀ-Þ¿¡]|(?i:several|some|all|every(?:one|body)|most|many|others|both|nobody|a few|two|three|"
    r"half|varios|tod[oa]s|algun[oa]s|much[oa]s|la mayoría)\b)"
)
_FEWEST, _VOICES, _HALF, _MOSTLY, _OF_TOLD = 3, 2, 0.5, 0.7, 1 / 3


def listed_marks(text: str, skipped: Container[int]) -> list[Mark]:
    r"""Return the marks of a list whose lines mostly begin with a person, or none.

    Examples
    --------
    >>> notes = "- S1 says it is loud\n- S2: we walk\n- several agree\n- S1 agrees\n"
    >>> [mark.label for mark in listed_marks(notes, ())]
    ['S1', 'S2', 'S1']
    """
    names = _names(text)
    who = "|".join([_CODE, *map(re.escape, sorted(names, key=len, reverse=True))])
    line = re.compile(
        rf"^[ \t]*(?P<bullet>{_BULLET})?\*{{0,2}}(?P<head>{who})\*{{0,2}}(?:(?P<told>{_TOLD})|{_PLAIN})",
        re.MULTILINE,
    )
    found = [match for match in line.finditer(text) if match.start() not in skipped]
    coded = [match for match in found if match["bullet"] or match["head"] not in names]
    kept = next((some for some in (coded, found) if _is_list(some, text)), [])
    return [mark_at(match, LISTED, text) for match in kept]


def _names(text: str) -> set[str]:
    """Return whom the head lists, and their first names."""
    there = [name for name in listed_there(text) if name[:1].isupper()]
    first = Counter(name.split()[0] for name in there)
    return {*there, *(name for name, n in first.items() if n == 1 and name[-1] != ".")}


def _is_list(found: Sequence[re.Match[str]], text: str) -> bool:
    """Return whether most lines of a list are told of two or more who come back."""
    if len(found) < _FEWEST:
        return False
    heads = Counter(label_key(match["head"]) for match in found)
    told = sum(match["told"] is not None for match in found)
    is_bulleted = any(match["bullet"] for match in found)
    lines = (_ITEM if is_bulleted else FILLED).finditer(text, found[0].start())
    deepest = max(_indent(text, match.start()) for match in found)
    n_lines = sum(_indent(text, line.start()) <= deepest for line in lines)
    listed = {label_key(name) for name in listed_there(text)}
    return (
        len(found) >= (_HALF if is_bulleted else _MOSTLY) * n_lines
        and len(heads) >= _VOICES
        and (len(found) > len(heads) or heads.keys() <= listed)
        and told >= _OF_TOLD * len(found)
    )


def beside_lists(
    marks: Sequence[Mark], text: str, special: Container[int]
) -> Iterator[int]:
    """Yield where what nobody said begins: other bullets, and paragraphs below a list."""
    if not marks or any(mark.notation != LISTED for mark in marks):
        return
    places = {mark.at for mark in marks}
    deepest = max(_indent(text, at) for at in places)
    is_bulleted = any(_ITEM.match(text, at) for at in places)
    for line in FILLED.finditer(text, marks[0].at):
        at = line.start()
        is_item = _ITEM.match(text, at) is not None
        is_apart = after_gap(text, at) if is_bulleted else _ANEW.match(text, at)
        is_new = _indent(text, at) <= deepest if is_item else is_apart
        if at not in places and at not in special and is_new:
            yield at


def _indent(text: str, at: int) -> int:
    line = text[at : at + 40]
    return len(line) - len(line.lstrip())
