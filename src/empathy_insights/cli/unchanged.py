"""The same command again: where nothing has changed since, its results stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.files.results import (
    read_as_decisions,
    record_of,
    sha256_of,
    verified,
)

if TYPE_CHECKING:
    from empathy_insights.study_file import Study

_NAME = "last_run.json"
_STORIES = re.compile(r"""\bstories_file["']?\s*:\s*["']?([^"'\n,}]+)""")
_OF_SYSTEMS = re.compile(
    r"(^|/)(\..*|Thumbs\.db|desktop\.ini)$"
)  # where one has looked


@dataclass(frozen=True)
class LastRun:
    """Know what the last run of a study wrote and said, and what had gone into it.

    Parameters
    ----------
    note
        The file that says so, among what is kept of the study.
    asked
        A fingerprint of this command and of all that goes into it.
    out
        The results.
    """

    note: Path
    asked: str
    out: Path

    @property
    def said(self) -> Sequence[tuple[str, bool]] | None:
        """What it printed, and whether as an error; None where there is work to do.

        There is none where the same was asked, and the results are as they were written,
        with no file changed, gone or added by people.
        """
        try:
            held = json.loads(self.note.read_text(encoding="utf-8"))
            is_same = held["asked"] == self.asked
            if not is_same or held["record"] != self._record():
                return None
            found = verified(self.out)
            said = [(str(line), bool(is_error)) for line, is_error in held["said"]]
        except (OSError, ValueError, KeyError, TypeError, EmpathyInsightsError):
            return None
        added = [name for name in found.added if not _OF_SYSTEMS.search(name)]
        return None if found.changed or found.missing or added else said

    def keep(self, said: Sequence[tuple[str, bool]]) -> None:
        """Keep what this run printed; a full or locked disk costs time, not the run."""
        with suppress(OSError):
            record = self._record()
            text = json.dumps({"asked": self.asked, "record": record, "said": said})
            draft = self.note.with_suffix(".new")
            draft.write_text(text, encoding="utf-8")
            draft.replace(self.note)

    def _record(self) -> str:
        """Return a hash of what the results wrote down of themselves."""
        from empathy_insights.stage_cache import fingerprint

        return fingerprint(sorted((record_of(self.out) or {}).items()))


def last_run(study: Study, options: Mapping[str, object]) -> LastRun | None:
    """Return what is known of the last run, before this one is begun.

    Parameters
    ----------
    options
        What the command was given, by name.

    Returns
    -------
    LastRun or None
        None where nothing is kept, or not all that goes into a run is in files: a
        language model answers, a key is written elsewhere, another study is read.
    """
    from empathy_insights.coding.language_model.model_coder import is_address
    from empathy_insights.stage_cache import cache_beside, fingerprint

    coder = options["coder"] or study.coder
    is_left = options["no_cache"] or options["key"] or options["compare"]
    if is_left or is_address(coder) or study.out is None:
        return None
    kept = cache_beside(study.data).folder
    if kept is None:
        return None
    try:
        inputs = list(_inputs(study, options))
    except OSError:  # told where it is read
        return None
    asked = fingerprint("run", Path.cwd(), sorted(options.items()), study, *inputs)
    return LastRun(kept / _NAME, asked, study.out)


FILES = frozenset({
    "participants", "roster", "hand_codes", "population", "identities", "decisions",
    "coder", "quotes_released", "codebook", "earlier",
})  # fmt: skip
"""What a command or a study.yaml may name a file with."""


def _inputs(study: Study, options: Mapping[str, object]) -> Iterator[object]:
    """Yield what is in the files of a study, in those that are named, and beside them."""
    import pandas as pd

    from empathy_insights.analysis.released import released_beside
    from empathy_insights.stage_cache import files_in

    yield from files_in(str(study.data))
    yield from map(_content, filter(None, [released_beside(study.data)]))
    for at in study.folders:
        yield from map(_content, read_as_decisions(at))
    for name in sorted(FILES):
        for value in (options.get(name), getattr(study, name, None)):
            if isinstance(value, pd.DataFrame):  # put together of several files
                yield value
                continue
            several = value if isinstance(value, list | tuple) else [value]
            paths = [
                Path(one) for one in several if isinstance(one, str | Path) and one
            ]
            yield from (_content(path) for path in paths if path.exists())
            if name == "codebook":
                yield from (_content(one) for path in paths for one in _beside(path))


def _content(path: Path) -> list[tuple[str, str]]:
    """Return the files at a path, each with a hash of what is in it."""
    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return [(str(file), sha256_of(file)) for file in files if file.is_file()]


def _beside(codebook: Path) -> list[Path]:
    """Return the files beside a codebook that hold the stories of its themes."""
    if not codebook.is_file():
        return []
    text = codebook.read_text(encoding="utf-8", errors="ignore")
    named = {codebook.parent / name.strip() for name in _STORIES.findall(text)}
    return sorted(one for one in named if one.is_file())
