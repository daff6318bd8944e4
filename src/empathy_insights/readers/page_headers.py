"""What stands at the head and the foot of each page of a Word file."""

from __future__ import annotations

import io
import re
import zipfile

from empathy_insights.files.text_files import BROKEN

PAGE_HEADER = "page_header"
"""The fact of a transcript that holds it."""
_PART = re.compile(r"word/(?:header|footer)\d*\.xml")
_MOST, _LARGEST = 12, 1_000_000
_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def page_headers(data: bytes) -> str:
    """Return a line for each paragraph of the page headers and footers of a .docx."""
    from defusedxml.ElementTree import (  # type: ignore[import-untyped]  # no stubs
        fromstring,
    )

    lines: dict[str, None] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = [one for one in packed.infolist() if _PART.fullmatch(one.filename)]
            for part in parts[:_MOST]:
                if part.file_size > _LARGEST:
                    continue
                for paragraph in fromstring(packed.read(part)).iter(_PARAGRAPH):
                    said = "".join(one.text or "" for one in paragraph.iter(_WORDS))
                    lines[said.strip()] = None
    except BROKEN:
        return ""
    return "\n".join(filter(None, lines))
