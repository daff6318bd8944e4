"""Which folders are results of ours, so that nobody reads them as interviews."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

RECORD = ".empathy_insights.json"
_MANIFEST, _MAKER = "manifest.json", "empathy_insights"
_LONGEST = 20_000_000


def record_of(folder: Path) -> Mapping[str, str] | None:
    """Return file -> SHA-256 of what our results in a folder wrote, None without any."""
    held = _held(folder / RECORD)
    written = held.get("written")
    return written if isinstance(written, dict) else None


def is_results(folder: Path) -> bool:
    """Tell whether a folder holds results of ours, also where hidden files were lost."""
    if (folder / RECORD).is_file():
        return True
    made = _held(folder / _MANIFEST).get("made_with")
    return isinstance(made, str) and made.startswith(_MAKER)


def _held(path: Path) -> Mapping[str, object]:
    try:
        if path.stat().st_size > _LONGEST:
            return {}
        held = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}
