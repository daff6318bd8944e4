"""Put replacements into a corpus, and move every offset along."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np
import pandas as pd

from empathy_insights.identities._name_forms import Bearer, parts_of
from empathy_insights.identities._search import Searched, TextPiece
from empathy_insights.identities._vocabulary import folded
from empathy_insights.identities._word_spans import NameSpan
from empathy_insights.tables import rows_of

Edit = tuple[int, int, str]
_IS_ID = re.compile(r"[\d_/@]|\.\w{2,4}$")
_LETTERS = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
# What kind of file it is says nothing of anybody.
_SUFFIX = re.compile(
    r"\.(?:txt|md|docx?|odt|rtf|pdf|vtt|srt|sbv|ass|lrc|json|csv|tsv|xlsx|zip|html|pptx|"
    r"png|svg|parquet)$",
    re.IGNORECASE,
)


def replaced(text: str, edits: Sequence[Edit]) -> str:
    """Return the text with every span exchanged.

    Examples
    --------
    >>> replaced("I told Ana so", [(7, 10, "[student 1]")])
    'I told [student 1] so'
    """
    parts, at = [], 0
    for start, end, new in edits:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


def shifter(edits: Sequence[Edit]) -> Callable[[int], int]:
    """Return what moves an offset of the old text to the new one.

    The ends of a replaced span stay its ends; what points inside goes to its start.

    Examples
    --------
    >>> shift = shifter([(7, 10, "[student 1]")])
    >>> shift(7), shift(10), shift(13)
    (7, 18, 21)
    """
    ends = [end for _, end, _ in edits]
    grown = (len(new) - (end - start) for start, end, new in edits)
    growth = list(accumulate(grown, initial=0))

    def shift(offset: int) -> int:
        passed = bisect_right(ends, offset)
        if passed < len(edits) and edits[passed][0] < offset:
            offset = edits[passed][0]
        return offset + growth[passed]

    return shift


def moved(
    table: pd.DataFrame,
    shifts: Mapping[str, Callable[[int], int]],
    texts: Mapping[str, str],
) -> pd.DataFrame:
    """Return utterances or problems with their offsets and texts in the new documents."""
    in_moved = table["document_id"].isin(shifts).to_numpy()
    some = table[in_moved]
    for column in ("start", "end"):
        table = _with(table, in_moved, column, _shifted(some, column, shifts))
    if "text" in table:
        spans = rows_of(table[in_moved], ["document_id", "start", "end"])
        words = [texts[name][start:end] for name, start, end in spans]
        table = _with(table, in_moved, "text", words)
    return table


def _shifted(
    table: pd.DataFrame, column: str, shifts: Mapping[str, Callable[[int], int]]
) -> list[object]:
    return [
        shifts[name](int(at)) if pd.notna(at) else at
        for name, at in rows_of(table, ["document_id", column])
    ]


def _with(
    table: pd.DataFrame, where: np.ndarray, column: str, values: Sequence[object]
) -> pd.DataFrame:
    """Exchange some values of a column, of which most may stay as they are."""
    if not values:
        return table
    new = table[column].astype("object").to_numpy(copy=True)
    new[where] = pd.Series(values, dtype="object").to_numpy()
    of_same_kind = pd.Series(new, index=table.index, dtype=table[column].dtype)
    return table.assign(**{column: of_same_kind})


def renamed_ids(
    ids: Iterable[str],
    forms: Mapping[tuple[str, ...], str],
    own: Mapping[str, Mapping[tuple[str, ...], str]],
) -> dict[str, str]:
    """Replace known names inside ids and file names: old -> new, each new one unique.

    Parameters
    ----------
    ids
        The ids that may hold a name.
    forms
        How a name may be written, in small letters -> what to put there.
    own
        Id -> more forms that count in this id alone.
    """
    return made_unique(
        {one: replaced(one, names_in(one, forms, own.get(one, {}))) for one in set(ids)}
    )


def made_unique(new: Mapping[str, str]) -> dict[str, str]:
    """Return old -> new, with a number where different ids would be called alike.

    Examples
    --------
    >>> made_unique({"ana": "hidden", "bo": "hidden", "s01": "s01"})
    {'ana': 'hidden', 'bo': 'hidden_2', 's01': 's01'}
    """
    taken = {one for one, called in new.items() if called == one}
    unique = {}
    for one, called in sorted(new.items()):
        unique[one] = one if called == one else _unique(called, taken)
        taken.add(unique[one])
    return unique


def forms_in_ids(
    names: Mapping[str, Sequence[str]],
    *,
    is_word: Callable[[str], bool],
    shortest: int = 3,
) -> dict[tuple[str, ...], str]:
    """Return the ways in which ids and file names write a name -> whose it is.

    Names that are also words are looked for with their surname only, and so are those of
    fewer than `shortest` letters.
    """
    forms: dict[tuple[str, ...], str] = {}
    for pseudonym, some in names.items():
        for name in some:
            parts = tuple(part.lower() for part in parts_of(name))
            if not parts:
                continue
            options = {parts, parts[::-1]}
            if not _IS_ID.search(name):  # a file's name that holds one is none
                options |= {(parts[0],), (parts[-1],), (parts[0], parts[-1])}
                options |= {(a + b,) for a, b in pairwise(parts)}
            for form in options:
                if len(form) > 1 or (len(form[0]) >= shortest and not is_word(form[0])):
                    forms.setdefault(form, pseudonym)
    return forms


def names_in(text: str, *forms: Mapping[tuple[str, ...], str]) -> list[Edit]:
    """Return where an id or a file name writes a name, in any case; the first form wins."""
    end = len(text) - len(found[0]) if (found := _SUFFIX.search(text)) else len(text)
    words = list(_LETTERS.finditer(text, 0, end))
    edits: list[Edit] = []
    at = 0
    while at < len(words):
        length, label = _longest(words, at, forms)
        if label:
            edits.append((words[at].start(), words[at + length - 1].end(), label))
        at += length
    return edits


def _longest(
    words: Sequence[re.Match[str]],
    at: int,
    forms: Sequence[Mapping[tuple[str, ...], str]],
) -> tuple[int, str]:
    for length in range(min(4, len(words) - at), 0, -1):
        form = tuple(folded(w.group()).lower() for w in words[at : at + length])
        found = next((known[form] for known in forms if form in known), None)
        if found is not None:
            return length, found
    return 1, ""


def _unique(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    stem, dot, suffix = name.partition(".")
    n = 2
    while f"{stem}_{n}{dot}{suffix}" in taken:
        n += 1
    return f"{stem}_{n}{dot}{suffix}"


# What a round of replacements did: its log, its review list and its key.


_LOG = ("document_id", "start", "end", "kind", "source", "replacement", "confidence")
_REVIEW = ("document_id", "start", "end", "kind", "why", "was_replaced")
KEY_COLUMNS = ("pseudonym", "form", "source")


@dataclass(frozen=True, repr=False)
class RewritePlan:
    """Say what goes where, before anything is changed."""

    pieces: Sequence[TextPiece]
    found: Searched
    named: Mapping[str, str]
    ids: Mapping[str, str]

    @cached_property
    def edits(self) -> dict[str, list[Edit]]:
        """What to exchange in each document."""
        edits: dict[str, list[Edit]] = defaultdict(list)
        for piece, findings in zip(self.pieces, self.found.findings, strict=True):
            if piece.place:
                edits[piece.place] += _edits(findings, self.named, piece.offset)
        return edits

    @cached_property
    def cells(self) -> dict[str, str]:
        """Return the new words of every cell outside the documents."""
        return {
            piece.text: replaced(piece.text, _edits(findings, self.named, 0))
            for piece, findings in zip(self.pieces, self.found.findings, strict=True)
            if not piece.place
        }

    def is_idle(self) -> bool:
        """Return whether nothing would change."""
        is_new = any(
            old != new for old, new in [*self.cells.items(), *self.ids.items()]
        )
        return not is_new and not any(self.edits.values())


def _edits(
    findings: Iterable[NameSpan], named: Mapping[str, str], offset: int
) -> list[Edit]:
    return [
        (f.start + offset, f.end + offset, named[f.who])
        for f in findings
        if f.replace and f.source != "kept"
    ]


def log_of(plan: RewritePlan) -> pd.DataFrame:
    """Return a row a replacement, and a row an id or file name that changed."""
    rows = [
        (name, start, end, f.kind, f.source, plan.named[f.who], f.confidence)
        for name, start, end, f in _placed(plan)
        if f.replace
    ]
    renamed = [
        (new, pd.NA, pd.NA, "id or file name", "roster", new, "high")
        for old, new in sorted(plan.ids.items())
        if old != new
    ]
    return _frame([*rows, *renamed], _LOG)


def review_of(plan: RewritePlan) -> pd.DataFrame:
    """Return what a person should look at, replaced or not."""
    rows = [
        (name, start, end, f.kind, f.doubt, f.replace)
        for name, start, end, f in _placed(plan)
        if f.doubt
    ]
    return _frame(rows, _REVIEW)


def _placed(plan: RewritePlan) -> list[tuple[str, int, int, NameSpan]]:
    """Return findings with their document and their place in the new text."""
    shifts = {name: shifter(edits) for name, edits in plan.edits.items()}
    rows = []
    for piece, findings in zip(plan.pieces, plan.found.findings, strict=True):
        for finding in findings if piece.place else ():
            shift = shifts[piece.place]
            start, end = finding.start + piece.offset, finding.end + piece.offset
            if finding.source != "kept":
                name = plan.ids.get(piece.place, piece.place)
                rows.append((name, shift(start), shift(end), finding))
    return rows


def key_of(plan: RewritePlan, people: Sequence[Bearer]) -> pd.DataFrame:
    """Return every form that stands behind a pseudonym, listed or replaced."""
    rows = {
        (plan.named[person.who], name, person.source)
        for person in people
        for name in person.names
        if person.who in plan.named
    }
    for piece, findings in zip(plan.pieces, plan.found.findings, strict=True):
        rows |= {
            (plan.named[f.who], piece.text[f.start : f.end].strip("[]"), f.source)
            for f in findings
            if f.replace and f.source != "kept"
        }
    return _frame(sorted(rows), KEY_COLUMNS)


def _frame(rows: Sequence[tuple[object, ...]], columns: Sequence[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=list(columns)).astype(
        {c: "str" for c in columns if c not in ("start", "end", "was_replaced")}
    )
    whole = {c: "Int64" for c in ("start", "end") if c in columns}
    flag = {c: "bool" for c in ("was_replaced",) if c in columns}
    return frame.astype(whole | flag)


def shifted(table: pd.DataFrame, edits: Mapping[str, Sequence[Edit]]) -> pd.DataFrame:
    """Move the places of an earlier round to the text of a later one."""
    shifts = {name: shifter(some) for name, some in edits.items() if some}
    return moved(table, shifts, {})


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by document and place."""
    return table.sort_values(["document_id", "start", "end"], ignore_index=True)
