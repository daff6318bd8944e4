"""PDF: the lines of its pages without page numbers and running heads."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from empathy_insights.errors import TranscriptError
from empathy_insights.files.text_files import BROKEN
from empathy_insights.readers.dialog.notations import mark_of
from empathy_insights.readers.plain import Stress, from_text
from empathy_insights.readers.transcript import Remark, Source, Transcript

_NUMBER = re.compile(
    r"(?:page|seite|p\.?)?[ \t]*[-–—|]?[ \t]*\d{1,4}[ \t]*(?:(?:/|of|von|-|–|—|\|)[ \t]*\d{0,4})?",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"(?:(?:https?|file)://|about:)\S+[ \t]+\d{1,4}/\d{1,4}", re.IGNORECASE
)
_PRINTED = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d\d(?:[ \u202f]?[AP]\.?M\.?)?(?=\s|$)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_EDGE = 2
_FEWEST = 3
_MARGIN = 3
_MOST_PAGES = 2000
_OFTEN = 0.6
_SPACES = re.compile(r"[ \t\u00a0]+")

SCANNED = (
    "the PDF holds pictures of pages and no text, as a scan does; have the words "
    "recognised (OCR) and saved as text"
)


def read_pdf(source: Source) -> Transcript:
    """Read the text of a .pdf, a line of a page a line of the text.

    Raises
    ------
    TranscriptError
        The file is broken, locked with a password, or a scan without text.
    """
    pages = _pages(source)
    if not any(any(page) for page in pages):
        raise TranscriptError(SCANNED, path=source.path)
    dropped = _edges(pages) | _printed(pages) | _numbered_lines(pages)
    lines = [
        line
        for number, page in enumerate(pages)
        for place, line in enumerate(page)
        if (number, place) not in dropped
    ]
    return from_text(source, "\n".join(lines), tuple(_remarks(pages, dropped)))


def _remarks(
    pages: Sequence[Sequence[str]], dropped: frozenset[tuple[int, int]]
) -> Iterator[Remark]:
    if dropped:
        yield Remark(
            f"numbers of pages and lines and running heads were left out: {len(dropped)}",
            "look at the first and last lines of a page if words are missing",
        )
    empty = sum(not page for page in pages)
    if empty:
        yield Remark(
            f"pages without text, perhaps scanned: {empty}",
            "have the words on them recognised (OCR)",
        )


def _pages(source: Source) -> list[list[str]]:
    import pypdf
    from pypdf.errors import PyPdfError

    try:
        with _quiet():
            opened = pypdf.PdfReader(io.BytesIO(source.data))
            if opened.is_encrypted and not opened.decrypt(""):
                raise TranscriptError(
                    "the PDF is locked with a password; save it without one",
                    path=source.path,
                )
            if len(opened.pages) > _MOST_PAGES:
                raise TranscriptError(
                    f"the PDF has more than {_MOST_PAGES} pages; split it",
                    path=source.path,
                )
            return [_lines(page.extract_text()) for page in opened.pages]
    except (PyPdfError, RecursionError, MemoryError, *BROKEN) as error:
        raise TranscriptError(
            "the file is not a PDF that can be opened; export it again",
            path=source.path,
        ) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the parser's log still: what it says is in our problems."""
    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        log.setLevel(before)


def _lines(text: str) -> list[str]:
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    lines = [_SPACES.sub(" ", line).strip() for line in text.split("\n")]
    first = next((n for n, line in enumerate(lines) if line), len(lines))
    last = next((n for n, line in enumerate(reversed(lines)) if line), 0)
    return lines[first : len(lines) - last]


def _edges(pages: Sequence[Sequence[str]]) -> frozenset[tuple[int, int]]:
    """Return (page, line) of what stands at the edge of most pages or numbers them."""
    edges = [
        (number, place, page[place])
        for number, page in enumerate(pages)
        for place in _edge(len(page))
        if page[place] and mark_of(page[place]) is None
    ]
    # `Page 3 of 12` is the same head as `Page 4 of 12`.
    heads = {(number, _DIGITS.sub("#", line)) for number, _, line in edges}
    full = sum(bool(page) for page in pages)
    if full == len(["recto", "verso"]):
        return _edges_of_two(edges, pages)
    repeated = {
        line
        for line, n in Counter(line for _, line in heads).items()
        if full >= _FEWEST and n >= _OFTEN * full and not line.endswith(":")
    }
    return frozenset(
        (number, place)
        for number, place, line in edges
        if _DIGITS.sub("#", line) in repeated
        or (_is_outermost(place, pages[number]) and _is_number(line, number))
    )


def _edges_of_two(
    edges: Sequence[tuple[int, int, str]], pages: Sequence[Sequence[str]]
) -> frozenset[tuple[int, int]]:
    """Return what stands in the same place of both pages, in some words or with a number."""
    found: dict[tuple[int, str], set[tuple[int, int]]] = {}
    for number, place, line in edges:
        plain = _DIGITS.sub("#", line)
        at = place if place < _EDGE else place - len(pages[number])
        if "#" in plain or len(plain.split()) > _EDGE:
            found.setdefault((at, plain), set()).add((number, place))
    both = {at for places in found.values() if len(places) > 1 for at in places}
    alone = {
        (number, place)
        for number, place, line in edges
        if _is_outermost(place, pages[number]) and _is_number(line, number)
    }
    return frozenset(both | alone)


def _printed(pages: Sequence[Sequence[str]]) -> frozenset[tuple[int, int]]:
    """Return (page, line) of what a browser prints around a page: when, and its address."""
    found: set[tuple[int, int]] = set()
    for number, page in enumerate(pages):
        places = [n for n in _edge(len(page)) if _ADDRESS.fullmatch(_whole(page[n]))]
        if places:
            times = [n for n in _edge(len(page)) if _PRINTED.match(page[n])]
            found |= {(number, n) for n in (*places, *times)}
    return frozenset(found)


def _whole(line: str) -> str:
    """Return a line without ligatures: a font may join `fi` in `file:`."""
    return unicodedata.normalize("NFKC", line)


def _numbered_lines(pages: Sequence[Sequence[str]]) -> frozenset[tuple[int, int]]:
    """Return (page, line) of the numbers of lines that stand in the margin of a page."""
    found: set[tuple[int, int]] = set()
    for number, page in enumerate(pages):
        run: list[int] = []
        for place, line in enumerate([*page, ""]):
            counts = (
                bool(run) and line.isdecimal() and int(line) == int(page[run[-1]]) + 1
            )
            if not counts and len(run) >= _MARGIN:
                found |= {(number, at) for at in run}
            run = [*run, place] if counts else [place] if line.isdecimal() else []
    return frozenset(found)


def _edge(n: int) -> list[int]:
    return sorted({*range(min(_EDGE, n)), *range(max(n - _EDGE, 0), n)})


def _is_outermost(place: int, page: Sequence[str]) -> bool:
    return place in (0, len(page) - 1)


def _is_number(line: str, page: int) -> bool:
    """Return whether this is a page's number: it counts the pages, give or take a title page."""
    found = _DIGITS.search(line)
    if found is None or not _NUMBER.fullmatch(line):
        return False
    return "/" in line or " of " in line or abs(int(found[0]) - (page + 1)) <= _EDGE


# Rich text: its words without its markup, then read like plain text.


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
            _with_bold(markup), errors="replace"
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
    text, bold = _without_bold(text)
    return from_text(source, text, remarks, stress=Stress(bold=bold), by_line=True)


UNREADABLE = Remark(
    "some letters could not be read and stand as \ufffd",
    "open the file, check its accents and save it as .docx",
)
CUT_OFF = Remark(
    "the file breaks off before its end", "export it again; words may be missing"
)


# Bold type begins and ends at these, while the markup is taken off.
_ON, _OFF = "\ue0b0", "\ue0b1"
_TOGGLE = re.compile(
    r"\\[\\{}]|(?P<open>\{)|(?P<close>\})|\\(?P<word>b0?|plain)(?![a-zA-Z0-9-])[ ]?"
)
_RUN = re.compile(f"{_ON}[^{_OFF}]*{_OFF}?|{_OFF}")


def _with_bold(markup: str) -> str:
    """Write where bold type begins and ends; a group ends what begins in it."""
    stack = [False]

    def told(found: re.Match[str]) -> str:
        before = stack[-1]
        if found["open"]:
            stack.append(before)
        elif found["close"]:
            stack[-2:] = stack[-2:-1] or [False]
        elif found["word"]:
            stack[-1] = found["word"] == "b"
        sign = "" if stack[-1] == before else _ON if stack[-1] else _OFF
        return found[0] + sign if not found["word"] else f"{found[0].rstrip()} {sign}"

    return _TOGGLE.sub(told, markup)


def _without_bold(text: str) -> tuple[str, frozenset[int]]:
    """Return a text without these signs, and the lines that are bold throughout."""
    bold, is_bold = set(), False
    for number, line in enumerate(text.split("\n"), start=1):
        plain = _RUN.sub("", f"{_ON}{line}" if is_bold else line)
        is_bold = line.rfind(_ON) > line.rfind(_OFF) or (is_bold and _OFF not in line)
        if not plain.strip() and line.strip(f"{_ON}{_OFF} \t"):
            bold.add(number)
    return text.replace(_ON, "").replace(_OFF, ""), frozenset(bold)


def _markup(source: Source) -> tuple[str, tuple[Remark, ...]]:
    """Decode the markup, which is ASCII unless a program broke the rule."""
    try:
        return source.data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return source.data.decode("cp1252", errors="replace"), ()


def _whole_signs(text: str) -> str:
    r"""Join the halves in which rich text writes an emoji, as in `\u-10179?\u-8704?`."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
