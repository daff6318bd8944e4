"""Codings in a table that people typed, a row a segment and theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.coding.asked import nearest_theme, never_asked, with_asked
from empathy_insights.coding.highlights.exported import Highlight
from empathy_insights.coding.highlights.named_themes import Named, theme_finder
from empathy_insights.coding.highlights.places import Places, words_of
from empathy_insights.coding.review.decisions import without_idle_nos
from empathy_insights.coding.review.fingerprints import fingerprint
from empathy_insights.coding.sheets.filled import fold, theme_names
from empathy_insights.corpus import document_in
from empathy_insights.errors import TableError
from empathy_insights.files.table import Table, renamed
from empathy_insights.tables import CODINGS, NO_THEME, STANCES, STATUSES, rows_of

_HEADS = {
    "segment_id": "segment segmentid passage_id",
    "theme": "theme_id themes code codes",
    "coder": "coded_by rater annotator reader",
    "status": "",
    "stance": "",
    "text": "quote quotation excerpt passage_text segment_text",
}
_NOT_TYPED = {
    "score": None, "method": "read by a person", "evidence_start": None,
    "evidence_end": None, "codebook_sha256": "",
}  # fmt: skip
_PASSAGE = ["segment_id", "coder"]
_TYPED = ("segment_id", "theme", "coder", "status", "stance")
_NOTHING = ("none", "nothing", "nothing applies", "no code", "no codes")
_LEFT_OUT = re.compile(r"…|\.\.\.")
_ALIKE = 0.75  # two words of which one is misspelt
_NOT_READ = "the passage counts as not read"
_TOO_WIDE = (
    f"the row has more cells than there are heads, so {_NOT_READ}",
    "put cells that hold the delimiter between quotation marks",
)
_NO_THEME_SO_NAMED = (
    "the codebook has no theme of this name, so the row is left out",
    "write the id or name of a theme, or nothing where none applies; themes= of "
    "read_codings() renames codes, or leaves them out",
)
_NO_STANCE = (
    "there is no such stance, so the theme counts without one",
    f"use {', '.join(STANCES)}, or leave it empty",
)


@dataclass(frozen=True)
class By:
    """Hold what tells what the cells of a table of codes mean.

    Parameters
    ----------
    codebook, segments
        The themes; and the passages as they are now, where they are known.
    coder
        Who coded, where the table does not say.
    themes
        What the table calls a code -> the id or name of a theme, or nothing.
    path
        The file that the table is from, if it is from one.
    """

    codebook: Codebook
    segments: pd.DataFrame | None = None
    coder: str | None = None
    themes: Mapping[str, str] | None = None
    path: Path | None = None

    def find(self, code: str) -> str | None:
        """Return the theme that a code is: None if it is none, nothing if it is left out."""
        found = self._find(code)
        return self._labels.get(fold(code)) if found is None else found

    def is_strange(self, code: str) -> bool:
        """Return whether a code is no theme, if nobody renames it."""
        return self._find_bare(code) is None and fold(code) not in self._labels

    @cached_property
    def nearest(self) -> Callable[[str], str]:
        """Say which theme a misspelt code is, nothing where it is like none."""
        return nearest_theme(self.codebook)

    @cached_property
    def _find(self) -> Named:
        return theme_finder(self.codebook, self.themes)

    @cached_property
    def _find_bare(self) -> Named:
        return theme_finder(self.codebook)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        nothing = dict.fromkeys(_NOTHING, NO_THEME)
        return nothing | theme_names(self.codebook)


def codings_in_table(table: Table, by: By) -> pd.DataFrame:
    """Return the codings of a table; `attrs["problems"]` lists what was left out of it.

    A passage of which a row cannot be understood counts as not read by its coder: what
    else was said of it is not known. Where a code is no theme of the codebook, the themes
    beside it count, and what nobody can know stays open (`asked`).

    Raises
    ------
    TableError
        A column is missing, or no row can be understood.
    """
    heads = _heads(table.header, by)
    cut = [row[: len(heads)] for _, row in table.odd]
    lines = [*table.lines, *(line for line, _ in table.odd)]
    rows = pd.DataFrame([*table.rows, *cut], lines, list(heads), dtype="str")
    untyped = [name for name in _NOT_TYPED if name != "codebook_sha256"]
    rows = rows.drop(columns=untyped, errors="ignore")
    return _codings(rows, by, {line: _TOO_WIDE for line, _ in table.odd})


def codings_in_frame(frame: pd.DataFrame, by: By) -> pd.DataFrame:
    """Return the codings of a DataFrame, as if it were the same table in a file.

    What is no cell that people type (evidence, notes, marks of a passage) stays as it is.
    """
    rows = frame.set_axis(pd.RangeIndex(2, len(frame) + 2))  # as lines of a file
    rows = rows.set_axis(list(_heads(list(map(str, frame.columns)), by)), axis=1)
    texts = rows[[name for name in _TYPED if name in rows]].astype("object")
    told = texts.where(texts.notna(), "").astype("str")
    return _codings(rows.assign(**{name: told[name] for name in told}), by, {})


def _heads(header: Sequence[str], by: By) -> tuple[str, ...]:
    heads = renamed(header, _HEADS)
    absent = [name for name in ("segment_id", "theme") if name not in heads]
    if absent:
        raise TableError(
            f"there is no column {absent[0]!r}{nearly(absent[0], header)}; write "
            "segment_id and theme above the columns. For an export of another program, "
            "see docs/other_tools.md",
            path=by.path,
            line=1 if by.path else None,
        )
    return heads


def _codings(
    rows: pd.DataFrame, by: By, wrong: Mapping[int, tuple[str, str]]
) -> pd.DataFrame:
    typed = _filled(rows, by.coder or "human")
    rows = _as_written(typed, by).assign(_code=typed["theme"])
    wrong = {**dict(_wrong(rows)), **wrong}
    unknown = rows[rows["theme"].isna() & ~rows.index.isin([*wrong])]
    told = [("row", line, *why) for line, why in wrong.items()]
    told += [("row", line, *_NO_THEME_SO_NAMED) for line in unknown.index]
    # Who said what of a passage is known only where all rows of it are.
    places = pd.MultiIndex.from_frame(rows[_PASSAGE])
    kept = rows[~places.isin(places[rows.index.isin([*wrong])])]
    # A code of another codebook says that its passage was read; one misspelt, no more
    # than that some theme is there.
    is_misspelt = kept["theme"].isna() & (kept["_code"].map(by.nearest) != "")
    kept = (
        kept[~is_misspelt]
        .fillna({"theme": NO_THEME})
        .replace({"theme": {"": NO_THEME}})
    )
    strange = _strange(rows, by)
    kept = with_asked(kept, by.codebook, strange, _of(unknown, _PASSAGE))
    kept = without_idle_nos(kept.drop(columns="_code"))
    if told and kept.empty:
        raise TableError(
            f"no row holds a theme of the codebook {by.codebook.name!r} for a segment; "
            "analyze with the codebook that was coded with",
            path=by.path,
        )
    stances = dict.fromkeys(set(kept["stance"]) - {*STANCES}, "neutral")
    unclear = kept.index[kept["stance"].isin(stances)]
    told += [("cell", line, *_NO_STANCE) for line in unclear]
    if any(strange.values()) and (n := never_asked(kept, by.codebook)):
        told += [("theme", 0, *_left_open(n))]
    kept = _marked(kept.replace({"stance": stances}), by)
    codings = codings_of_rows(kept.to_dict("records"), by.codebook)
    codings.attrs["problems"] = [
        {
            "path": by.path.name if by.path else "decisions",
            "line": line or None,
            "problem": what,
            "advice": advice,
            "unit": unit,
        }
        for unit, line, what, advice in sorted(told, key=lambda one: one[1])
    ]
    return codings


def _strange(rows: pd.DataFrame, by: By) -> dict[str, set[str]]:
    """Return the codes of each coder that are no themes, and other codebooks of theirs."""
    is_strange = [by.is_strange(one) for one in rows["_code"]]
    found = _of(rows[is_strange], ["coder"])
    if "codebook_sha256" in rows:
        made = rows.assign(_code=rows["codebook_sha256"].fillna("").astype("str"))
        others = _of(made[~made["_code"].isin(["", by.codebook.sha256])], ["coder"])
        found = {
            one: found.get(one, set()) | others.get(one, set())
            for one in {**found, **others}
        }
    return found


def _of(rows: pd.DataFrame, by: list[str]) -> dict[Any, set[str]]:
    """Return the codes in some rows by what else stands there."""
    found: dict[Any, set[str]] = {}
    for *place, code in rows_of(rows, [*by, "_code"]):
        found.setdefault(place[0] if len(place) == 1 else tuple(place), set()).add(code)
    return found


def _left_open(n: int) -> tuple[str, str]:
    stay = (
        f"{n} themes that it never names stay"
        if n > 1
        else "1 theme that it never names stays"
    )
    return (
        f"codes in it are no themes of the codebook, so {stay} open",
        "where they were asked about, name all that were in a column asked, by their ids, "
        "with semicolons between them",
    )


def _marked(rows: pd.DataFrame, by: By) -> pd.DataFrame:
    """Mark the passages by their words, where the table holds them or a part of them."""
    if "text" not in rows or (by.segments is None and "fingerprint" in rows):
        return rows
    texts: dict[str, str] = {}
    if by.segments is not None:
        texts = dict(rows_of(by.segments, ["segment_id", "text"]))
    places = Places.of(by.segments) if texts and by.segments is not None else None

    def mark(one: str, said: object) -> str:
        words = words_of(said) if isinstance(said, str) else ()
        if not words or places is None:
            return fingerprint(" ".join(words))
        if _holds(texts.get(one, ""), str(said)):
            return fingerprint(texts[one])
        found = places.find(Highlight(0, str(said), (), document_in(one))).passages
        return fingerprint(texts[found[0][0]] if len(found) == 1 else str(said))

    marks = [mark(*pair) for pair in rows_of(rows, ["segment_id", "text"])]
    return rows.assign(fingerprint=pd.Series(marks, index=rows.index, dtype="str"))


def _holds(whole: str, quote: str) -> bool:
    """Return whether a quote is from a passage, also where words are left out of it."""
    parts = [" ".join(words_of(part)) for part in _LEFT_OUT.split(quote)]
    return all(part in " ".join(words_of(whole)) for part in parts)


def nearly(name: str, heads: Iterable[str]) -> str:
    """Say which head is nearly a name that is missing, or nothing.

    Examples
    --------
    >>> nearly("theme", ["segment_id", "Tehme"])
    ", but 'Tehme'"
    """
    written = {fold(head): head for head in heads}
    near = get_close_matches(name, written, n=1, cutoff=_ALIKE)
    return f", but {written[near[0]]!r}" if near else ""


def codings_of_rows(rows: list[dict[Any, Any]], codebook: Codebook) -> pd.DataFrame:
    """Return checked codings of rows, each once, with what is usual where it lacks a column."""
    usual = _NOT_TYPED | {"codebook_sha256": codebook.sha256}
    key = [*CODINGS.key, "status"]  # who says yes and no is told
    once = {tuple(row.get(name) for name in key): row for row in reversed(rows)}
    told = CODINGS.frame(usual | row for row in once.values())
    return told.sort_values(list(CODINGS.key), ignore_index=True)


def _filled(rows: pd.DataFrame, coder: str) -> pd.DataFrame:
    defaults = {
        "theme": NO_THEME,
        "coder": coder,
        "status": "human",
        "stance": "neutral",
    }
    filled = rows.assign(
        **{name: value for name, value in defaults.items() if name not in rows.columns}
    )
    for name, value in defaults.items():
        filled = filled.assign(**{name: filled[name].replace("", value)})
    return filled


def _as_written(rows: pd.DataFrame, by: By) -> pd.DataFrame:
    """Call themes by their ids, however they are written, and fold the other words."""
    themes = {one: by.find(one) for one in rows["theme"].unique()}
    return rows.assign(
        segment_id=rows["segment_id"].str.strip(),
        coder=rows["coder"].str.strip(),
        theme=[themes[one] for one in rows["theme"]],
        status=rows["status"].map(fold),
        stance=rows["stance"].map(fold),
    )


def _wrong(rows: pd.DataFrame) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the lines that say nothing certain of their passage, and why."""
    choices = ", ".join(STATUSES)
    for line, one, status in zip(
        rows.index, rows["segment_id"], rows["status"], strict=True
    ):
        if not one:
            yield line, ("the segment_id is missing", "write it there")
        elif status not in STATUSES:
            yield line, (f"there is no such status, so {_NOT_READ}", f"use {choices}")
