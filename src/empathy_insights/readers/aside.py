"""Files of a folder that are no transcripts: what they are, and what they tell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from empathy_insights.readers.heads import head_facts

Facts = Mapping[str, str]

PARTICIPANTS_FILE = "participants.csv"
_ABOUT = ("readme", "license", "licence", "manifest")
_HEAD = 4096
_TOLD = ("date", "kind", "site", "round", "language")
HIDDEN = "set aside as a hidden file; rename it if it is a transcript"
RESULTS = "set aside as results of empathy_insights; keep them in another folder"
_SETTINGS = "set aside as the settings of the study; pass it to analyze to use it"
_ASIDE = {
    "roster.csv": "set aside as the list of names to hide; it is used for deidentifying",
    "quotes_released.csv": "set aside as the quotes that a person released",
    PARTICIPANTS_FILE: "set aside as a table of participants; "
    "pass it as participants to use it",
    "study.yaml": _SETTINGS,
    "study.yml": _SETTINGS,
}


def head_of(file: Path) -> bytes:
    """Return the first bytes of a file, none of one that cannot be opened."""
    try:
        with file.open("rb") as opened:
            return opened.read(_HEAD)
    except OSError:
        return b""


def why_aside(path: str) -> str:
    """Say why a file is not a transcript, or nothing."""
    file = PurePosixPath(path)
    name = file.name.casefold()
    if name.startswith((".", "~$")):
        return HIDDEN
    if file.stem.casefold().startswith(_ABOUT):
        return "set aside as a note about the folder; rename it if it is a transcript"
    return _ASIDE.get(name, "")


def about_folders(root: Path) -> dict[str, Facts]:
    """Return folder -> what the front matter of a README in it says of its documents."""
    told: dict[str, Facts] = {}
    if root.is_file():
        return told
    for file in sorted(root.rglob("*.md")):
        if file.stem.casefold().startswith(_ABOUT):
            facts = head_facts(head_of(file).decode("utf-8-sig", errors="replace"))
            folder = file.relative_to(root).parent.as_posix()
            told[folder] = {name: facts[name] for name in _TOLD if name in facts}
    return told
