"""Which reader reads which file: by suffix, and each looks at the content itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from empathy_insights.errors import TranscriptError
from empathy_insights.readers.captions import read_captions
from empathy_insights.readers.labels import label_key
from empathy_insights.readers.model import Source, Transcript
from empathy_insights.readers.plain import read_plain
from empathy_insights.readers.survey import read_csv, read_excel
from empathy_insights.readers.word import read_word

Reader = Callable[[Source], Transcript]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".csv": read_csv,
        ".docx": read_word,
        ".markdown": read_plain,
        ".md": read_plain,
        ".srt": read_captions,
        ".txt": read_plain,
        ".vtt": read_captions,
        ".xlsx": read_excel,
    }
)


def is_readable(path: Path) -> bool:
    """Tell whether a reader exists for a file's suffix."""
    return path.suffix.casefold() in READERS


def suffixes() -> str:
    """List the suffixes that are read, for messages."""
    return ", ".join(READERS)


def read_file(path: Path, *, names: Collection[str] = ()) -> Transcript:
    """Read one file with the reader for its suffix.

    Raises
    ------
    TranscriptError
        The file cannot be opened or read.
    """
    reader = READERS.get(path.suffix.casefold())
    if reader is None:
        raise TranscriptError(
            f"cannot read {path.suffix or 'a file without a suffix'} yet; "
            f"save it as one of {suffixes()}",
            path=path,
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TranscriptError(
            "the file cannot be opened; check that it exists and may be read", path=path
        ) from error
    if not data.strip():
        raise TranscriptError(
            "the file is empty; export it again or remove it", path=path
        )
    known = frozenset(map(label_key, names))
    transcript = reader(Source(path, data, known))
    return replace(transcript, sha256=hashlib.sha256(data).hexdigest())
