"""Answers kept in the study's folder, so that a passage is asked about once."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path

from empathy_insights.coding.language_model.answers import Answer, Quotation
from empathy_insights.coding.language_model.asking import BROKEN, Passage
from empathy_insights.files.latest import keep_latest


@dataclass
class Kept:
    """Answers of one model to one prompt, by passage; a line each, as soon as it comes.

    Parameters
    ----------
    file
        Where; None keeps them while the process lasts.
    """

    file: Path | None
    known: dict[str, Answer] = field(default_factory=dict)

    @classmethod
    def at(cls, folder: Path | None, *what: object) -> Kept:
        """Return what is kept of a model and a prompt, which `what` names."""
        if folder is None:
            return cls(None)
        file = folder / f"{_hash(*what)[:32]}.jsonl"
        return cls(file, dict(_lines(file)))

    def get(self, passage: Passage) -> Answer | None:
        """Return the answer to a passage, if there is one."""
        return self.known.get(_hash(*passage))

    def add(self, passage: Passage, answer: Answer) -> None:
        """Keep an answer; a server that did not answer is asked again next time."""
        if answer.failed not in ("", BROKEN):
            return
        key = _hash(*passage)
        self.known[key] = answer
        if self.file is not None:
            with suppress(OSError):  # a full or locked disk costs time, not the run
                _append(self.file, {"passage": key, **asdict(answer)})


def _append(file: Path, line: Mapping[str, object]) -> None:
    is_new = not file.exists()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(opened, "a", encoding="utf-8") as writing:
        # A line that a killed run left half written ends here.
        writing.write("\n" + json.dumps(line, ensure_ascii=False))
    if is_new:
        keep_latest(file.parent)


def _lines(file: Path) -> Mapping[str, Answer]:
    found: dict[str, Answer] = {}
    with suppress(OSError, UnicodeDecodeError):
        for line in file.read_text(encoding="utf-8").splitlines():
            with suppress(ValueError, KeyError, TypeError):
                told = json.loads(line)
                found[told["passage"]] = Answer(
                    told["chances"],
                    tuple(Quotation(**one) for one in told["quotations"]),
                    told["unfounded"],
                    told["failed"],
                )
    return found


def _hash(*what: object) -> str:
    told = json.dumps([str(one) for one in what], ensure_ascii=False)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()
