"""Which folders and tables are ours, so that nobody reads them as interviews."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from empathy_insights.errors import EmpathyInsightsError, TranscriptError
from empathy_insights.files.text_files import Numbered, Source, delimited_rows
from empathy_insights.files.workbook import first_rows

RECORD = ".empathy_insights.json"
STUDY = "study.yaml"
"""What the settings of a study are called, in its folder."""
TEAM = "team_only"
"""The folder of results that stays with the team."""
OPEN = "identities_open.csv"
"""What may still identify somebody, for a person to decide about; in that folder."""
_MANIFEST, _MAKER = "manifest.json", "empathy_insights"
_DECISIONS = "decisions"
_OF_DECISIONS = "what people decided about passages; keep it beside the interviews, or in their folder decisions, to use it"
_HIGHLIGHTS = "highlights from another program"
_CODEBOOK = "a codebook; pass it as codebook to use it"
_TEXTS = (".md", ".markdown", ".txt", ".yaml", ".yml")
_THEMES_OF_YAML = re.compile(r"^[\"']?themes[\"']?[ \t]*:", re.MULTILINE)
# What a codebook in a text says below each theme, and no talk says so.
_OF_THEMES = re.compile(
    r"^\s*(?:[-*+•]\s+)?[*_]*(words|keywords|use when|not when|near misses)[*_]*:",
    re.IGNORECASE | re.MULTILINE,
)
_NAMES_BOOK = re.compile(r"^codebook:\s*[\"']?(.+?)[\"']?\s*(?:#.*)?$", re.MULTILINE)
_USED = ("what people decided", "a coding sheet", "codes by hand", _HIGHLIGHTS)
_TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".numbers", ".csv", ".tsv", ".json")
_LONGEST = 20_000_000
_HEAD = 8192
_FIRST = 10  # rows among which the heads are
# The heads that tell a table of ours, the most telling first, and what it is.
_OWN = (
    ("segment_id, nothing applies", "a coding sheet; read it with read_codings"),
    ("segment_id, theme, decision", "a review sheet; read it with read_review_sheet"),
    ("theme, kind, rank", "a table of results; nothing is to be done"),
    ("segment_id, theme_name", "a table of results; nothing is to be done"),
    ("participant_id, role, themes_raised", "a table of results; nothing is to be done"),
    ("segment_id, theme", "codes by hand; read it with read_codings"),
    ("pseudonym, form, source", "the key to the pseudonyms; keep it somewhere else"),
    ("file, voice, first_words", "a sheet of people; pass it as participants to use it"),
    ("string, file, where, decision", "identities to decide about; pass it as identities"),
    ("option, themes, lever", "a decision matrix; nothing is to be done"),
    *(
        (heads, f"{_HIGHLIGHTS}; pass them as hand_codes to use them")
        for heads in (
            "document, tag, content", "document name, code, segment",
            "dokumentname, code, segment", "nombre del documento, código, segmento",
            "nom du document, code, segment", "excerpt copy, media title",
            "quotation content, codes",
        )
    ),
    *(
        (heads, _CODEBOOK)
        for heads in (
            "theme, description", "theme, definition", "theme, words", "theme, keywords",
            "code, description", "code, definition", "tag, description",
        )
    ),
    *(
        (heads, "a table of results; nothing is to be done")
        for heads in (
            "name, people, of", "group, value, people, of", "theme, name, ask",
            "theme, name, baseline", "passage, segment_id", "path, problem, advice",
            "path, turns, words_kept", "document_id, start, end, kind", "text, theme, role, id",
            "segment_id, utterance_id", "order, segment_id, picked", "about, prompt, look_at", "kind, id, system",
        )
    ),
)  # fmt: skip


def record_of(folder: Path) -> Mapping[str, str] | None:
    """Return file -> SHA-256 of what our results in a folder wrote, None without any.

    What the team's files are is written down among them: hashes of small tables tell who
    has the rest what is in them.
    """
    others, teams = (_record_in(place) for place in (folder, folder / TEAM))
    if others is None:
        return None
    return others | {f"{TEAM}/{name}": sha256 for name, sha256 in (teams or {}).items()}


def write_record(folder: Path, written: Mapping[str, str]) -> None:
    """Write down what was written: in the folder, and of the team's files among these."""
    inside = f"{TEAM}/"
    teams = {
        name.removeprefix(inside): sha256
        for name, sha256 in written.items()
        if name.startswith(inside)
    }
    others = {k: sha256 for k, sha256 in written.items() if not k.startswith(inside)}
    _write_record(folder, others)
    if (folder / TEAM).is_dir():
        _write_record(folder / TEAM, teams)


def _write_record(folder: Path, written: Mapping[str, str]) -> None:
    text = json.dumps({"made_by": _MAKER, "written": written}, indent=1)
    (folder / RECORD).write_text(text + "\n", encoding="utf-8", newline="\n")


def _record_in(folder: Path) -> dict[str, str] | None:
    written = _held(folder / RECORD).get("written")
    return written if isinstance(written, dict) else None


@dataclass(frozen=True)
class Verified:
    """Say which files of a results folder are as written, changed, missing or added."""

    whole: tuple[str, ...]
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]


def verified(folder: Path) -> Verified:
    """Hold the files of a results folder against the SHA-256 that their run wrote down.

    What was given away without the team's files is whole without them.

    Raises
    ------
    EmpathyInsightsError
        The folder holds no results of ours.
    """
    written = record_of(folder)
    if written is None:
        raise EmpathyInsightsError(
            "this is no results folder, or its record is gone; give the folder that "
            "analyze wrote",
            path=folder,
        )
    there = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != RECORD
    }
    same = {
        name
        for name in written
        if name in there and sha256_of(there[name]) == written[name]
    }
    return Verified(
        whole=tuple(sorted(same)),
        changed=tuple(sorted({*written} & {*there} - same)),
        missing=tuple(sorted({*written} - {*there})),
        added=tuple(sorted({*there} - {*written})),
    )


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in parts."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_results(folder: Path) -> bool:
    """Return whether a folder holds results of ours, also where hidden files were lost."""
    if (folder / RECORD).is_file():
        return True
    made = _held(folder / _MANIFEST).get("made_with")
    return isinstance(made, str) and made.startswith(_MAKER)


def beside_results(root: Path) -> tuple[list[Path], list[Path]]:
    """Return the files of a folder that no run of ours wrote, and its results folders.

    Both are in an order that does not depend on the disk. Results may have been written
    among the interviews; then what their record names is left out.
    """
    inside = sorted(root.rglob("*"), key=lambda path: path.relative_to(root).as_posix())
    results = [path for path in inside if path.is_dir() and is_results(path)]
    written = {root / name for name in (RECORD, *(record_of(root) or ()))}
    files = [
        path
        for path in inside
        if (path.is_file() or _leads_nowhere(path))
        and path not in written
        and not {*path.parents} & {*results}
    ]
    return files, [path for path in results if not {*path.parents} & {*results}]


def _leads_nowhere(path: Path) -> bool:
    """Return whether a link's file is gone: whoever put it there should hear of it."""
    return path.is_symlink() and not path.exists()


def decision_files(folder: Path) -> list[Path]:
    """Return what people decided about the passages of a study, from their files.

    These are the files `decisions-NAME.json` of a folder, and in its folder `decisions`
    also other files of decisions, filled coding sheets and tables of codes.
    """
    return [path for path in _beside(folder) if _holds_decisions(path, folder)]


def unknown_among_decisions(folder: Path) -> list[Path]:
    """Return the tables in the folder `decisions` in which no decisions can be found."""
    tables = (path for path in _beside(folder) if _is_table(path, folder))
    return [path for path in tables if not _holds_decisions(path, folder)]


def read_as_decisions(folder: Path) -> list[Path]:
    """Return the files of decisions, and those that an analysis tells to be none."""
    return [
        path
        for path in _beside(folder)
        if _is_table(path, folder) or _holds_decisions(path, folder)
    ]


def _beside(folder: Path) -> list[Path]:
    return [path for at in (folder, folder / _DECISIONS) for path in _listed(at)]


def _is_table(path: Path, folder: Path) -> bool:
    is_inside = path.parent != folder and not path.name.startswith((".", "~$"))
    return is_inside and path.suffix.casefold() in _TABLES


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())
    except OSError:
        return []


def _holds_decisions(path: Path, folder: Path) -> bool:
    name, kind = path.name.casefold(), path.suffix.casefold()
    if name.startswith(f"{_DECISIONS}-") and kind == ".json":
        return True
    return path.parent != folder and own_table(path).startswith(_USED)


def _is_decisions(path: Path) -> bool:
    return path.suffix.casefold() == ".json" and {"reader", "decisions"} <= set(
        _held(path)
    )


def own_table(path: Path) -> str:
    """Say what a table, sheet or codebook of ours is, by its heads, and what to do with it.

    Returns
    -------
    str
        Empty for anything that is not ours.
    """
    if _is_decisions(path):
        return _OF_DECISIONS
    if path.suffix.casefold() in _TEXTS:
        is_book = _lists_themes(path) or _is_named_in_study(path)
        return _CODEBOOK if is_book else ""
    for row in _first_rows(path):
        heads = {" ".join(cell.split()).casefold() for cell in row}
        if {re.sub(r"[\W_]", "", head) for head in heads} & {"segmentid"}:
            heads.add("segment_id")
        for needed, what in _OWN:
            if heads.issuperset(needed.split(", ")):
                return what
    return ""


def _is_named_in_study(path: Path) -> bool:
    """Return whether the study.yaml beside a text, or above it, names it as its codebook."""
    for folder in path.resolve().parents[:2]:
        try:
            settings = (folder / STUDY).read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            continue
        named = _NAMES_BOOK.search(settings)
        if named and (folder / named[1]).resolve() == path.resolve():
            return True
    return False


def _lists_themes(path: Path) -> bool:
    """Return whether a text lists themes, and below some of them what belongs to each."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD).decode("utf-8-sig", errors="replace")
    except OSError:
        return False
    is_yaml = path.suffix.casefold() in (".yaml", ".yml")
    return len(_OF_THEMES.findall(head)) > 1 or bool(
        is_yaml and _THEMES_OF_YAML.search(head)
    )


def _first_rows(path: Path) -> Iterator[tuple[str, ...]]:
    suffix = path.suffix.casefold()
    try:
        if suffix in (".xlsx", ".xlsm"):
            yield from first_rows(Source(path, path.read_bytes()))
        elif suffix in (".csv", ".tsv"):
            yield from (row for _, row in _head_of(path)[:_FIRST])
    except (TranscriptError, OSError):
        return


def _head_of(path: Path) -> Numbered:
    """Return the first rows of a text; of the whole, where a long cell would be cut."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        try:
            return delimited_rows(Source(path, head))[0]
        except TranscriptError:
            return delimited_rows(Source(path, head + file.read()))[0]


def _held(path: Path) -> Mapping[str, object]:
    try:
        if path.stat().st_size > _LONGEST:
            return {}
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}
