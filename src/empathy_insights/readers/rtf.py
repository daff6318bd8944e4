"""Rich text: its words without its markup, then read like plain text."""

from __future__ import annotations

from empathy_insights.errors import TranscriptError
from empathy_insights.files.decoding import BROKEN
from empathy_insights.readers.model import Remark, Source, Transcript
from empathy_insights.readers.plain import from_text


def read_rtf(source: Source) -> Transcript:
    """Read a .rtf: a paragraph is a line, the cells of a row stand between bars.

    Raises
    ------
    TranscriptError
        The file is empty or no rich text.
    """
    from striprtf.striprtf import rtf_to_text

    markup, remarks = _markup(source)
    try:
        text: str = rtf_to_text(  # type: ignore[no-untyped-call]  # striprtf is untyped
            markup, errors="replace"
        )
    except (*BROKEN, RecursionError) as error:
        raise TranscriptError(
            "the file is not rich text that can be opened; save it again as .docx",
            path=source.path,
        ) from error
    text = _whole_signs(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip():
        raise TranscriptError("the file is empty", path=source.path)
    if "\ufffd" in text:
        remarks = (*remarks, UNREADABLE)
    if not source.data.rstrip(b" \t\r\n\0").endswith(b"}"):
        remarks = (*remarks, CUT_OFF)
    return from_text(source, text, remarks, by_line=True)


UNREADABLE = Remark(
    "some letters could not be read and stand as \ufffd",
    "open the file, check its accents and save it as .docx",
)
CUT_OFF = Remark(
    "the file breaks off before its end", "export it again; words may be missing"
)


def _markup(source: Source) -> tuple[str, tuple[Remark, ...]]:
    """Decode the markup, which is ASCII unless a program broke the rule."""
    try:
        return source.data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return source.data.decode("cp1252", errors="replace"), ()


def _whole_signs(text: str) -> str:
    r"""Join the halves in which rich text writes an emoji, as in `\u-10179?\u-8704?`."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
