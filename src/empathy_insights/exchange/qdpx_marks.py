"""What is coded in a REFI-QDA project: by whom, with what status, stance and notes."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from empathy_insights.codebook_kept import KEPT
from empathy_insights.codebook_refi import unescaped
from empathy_insights.exchange.qdpx_sources import Problem, Selection, Text, raw_of
from empathy_insights.exchange.qdpx_written import SUGGESTION
from empathy_insights.files.output import for_file
from empathy_insights.files.refi_archive import (
    Archive,
    below,
    children,
    guid_in,
    targets,
)
from empathy_insights.tables import STANCES, STATUSES

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

READ = "marked in another program"
_SAID = re.compile(r"status: (\w+); stance: (\w[\w ]*)")
_NOBODY = "human"
Mark = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """Hold what codings point to.

    Parameters
    ----------
    themes
        GUID of a code -> theme.
    users
        GUID of a user -> name.
    notes
        GUID of a note -> its text.
    linked
        GUID of a selection or coding -> notes that a link joins to it, as NVivo does.
    """

    themes: Mapping[str, str]
    users: Mapping[str, str]
    notes: Mapping[str, str]
    linked: Mapping[str, Sequence[str]]

    def memo(self, *guids: str) -> list[str]:
        """Return the notes of some things, each once, without those that are ours."""
        found = [self.notes.get(one, "") for one in guids]
        return [one for one in dict.fromkeys(found) if one and not _SAID.fullmatch(one)]


def told_in(archive: Archive, themes: Mapping[str, str]) -> Told:
    """Return what the codings of a project point to."""
    root = archive.root
    notes = {
        guid_in(one): for_file(unescaped(raw_of(archive, one))).strip()
        for one in below(root, "Note")
        if one.get("name") != KEPT
    }
    users = {
        guid_in(one): for_file(
            unescaped(one.get("name") or one.get("id") or "")
        ).strip()
        for one in below(root, "User")
    }
    linked: dict[str, list[str]] = defaultdict(list)
    for link in below(root, "Link"):
        ends = guid_in(link, "originGUID"), guid_in(link, "targetGUID")
        for note, place in (ends, ends[::-1]):
            if note in notes:
                linked[place].append(note)
    return Told(themes, users, notes, linked)


def marks_of(
    text: Text, spans: Sequence[tuple[int, int]], wrong: Sequence[str], told: Told
) -> tuple[list[Mark], list[Problem]]:
    """Return the codings of a text in code points, and what could not be placed."""
    marks: list[Mark] = []
    problems: list[Problem] = []
    for selection, (start, end), why in zip(text.selections, spans, wrong, strict=True):
        reason = why or ("" if end > start else "it holds no word")
        if not reason and not selection.codings:
            reason = "it has a note and no code" if _memo(selection, told) else ""
            if not reason:
                continue
        if reason:
            problems.append(_lost(selection, reason))
            continue
        for coding in selection.codings:
            found = list(_coded(selection, coding, told))
            marks += [{**one, "start": start, "end": end} for one in found]
            if not found:
                problems.append(_lost(selection, "its code is not in the project"))
    return marks, [{**one, "path": text.name} for one in problems]


def _lost(selection: Selection, why: str) -> Problem:
    return {
        "problem": f"the selection {selection.start} to {selection.end} was left out: {why}",
        "advice": "look at it in the program that it comes from",
    }


def _coded(selection: Selection, coding: Element, told: Told) -> Iterator[Mark]:
    """Yield a mark a code of a coding."""
    notes = [told.notes.get(one, "") for one in targets(coding, "NoteRef")]
    said = next((m for m in map(_SAID.fullmatch, notes) if m), None)
    by = guid_in(coding, "creatingUser") or selection.user
    coder = told.users.get(by) or _NOBODY
    status = "suggested" if coder.endswith(SUGGESTION) else "human"
    if said and said[1] in STATUSES:
        status = said[1]
    memo = [selection.memo, *_memo(selection, told)]
    memo += told.memo(
        *targets(coding, "NoteRef"), *told.linked.get(guid_in(coding), ())
    )
    for theme in filter(None, map(told.themes.get, targets(coding, "CodeRef"))):
        yield {
            "guid": guid_in(coding), "theme": theme,
            "coder": coder.removesuffix(SUGGESTION), "status": status, "method": READ,
            "stance": said[2] if said and said[2] in STANCES else None,
            "notes": "\n".join(dict.fromkeys(filter(None, memo))),
        }  # fmt: skip


def _memo(selection: Selection, told: Told) -> list[str]:
    return told.memo(*selection.notes, *told.linked.get(selection.guid, ()))


def left_out(archive: Archive, told: Told) -> Iterator[Problem]:
    """Yield what of a project has no place here: sets, drawings, notes on nothing."""
    root = archive.root
    kinds = Counter({
        "sets": sum(one.get("name") != KEPT for part in children(root, "Sets") for one in part),
        "drawings": sum(1 for _ in below(root, "Graph")),
    })  # fmt: skip
    used = {one for notes in told.linked.values() for one in notes}
    for holder in root.iter():
        if holder is not root:
            used.update(targets(holder, "NoteRef"))
    kinds["notes that stand beside no passage"] = len(
        [one for one, said in told.notes.items() if said and one not in used]
    )
    for what, n in kinds.items():
        if n:
            yield {
                "path": archive.path.name,
                "problem": f"{what} that are not read: {n}",
                "advice": "keep the project where they are",
            }
