"""Messages of a call's chat that somebody wrote to one person alone: not read, and told."""

from __future__ import annotations

import re
from dataclasses import replace

from empathy_insights.files.text_files import Remark, Source

_STAMPED = rb"^[ \t]*\[?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?\]?[ \t]+From\b"
_DIRECT = re.compile(
    _STAMPED
    + rb"[^\n]*?\bto\b[^:\n]*\((?:direct message|privately|mensaje directo|message direct|direktnachricht|"
    rb"mensagem direta)\)[^\n]*(?:\n(?!" + _STAMPED[1:] + rb")[^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)


def without_direct_messages(source: Source) -> tuple[Source, tuple[Remark, ...]]:
    r"""Leave the messages out that Zoom says were direct; the lines keep their numbers.

    Examples
    --------
    >>> from pathlib import Path
    >>> said = b"09:00:01 From Ana to Bo(Direct Message):\n\tpls dont share\n09:01:00 From Bo to Everyone:\n\thi"
    >>> without_direct_messages(Source(Path("chat.txt"), said))[0].data
    b'\n\n09:01:00 From Bo to Everyone:\n\thi'
    """
    data, n = _DIRECT.subn(lambda found: b"\n" * found[0].count(b"\n"), source.data)
    if not n:
        return source, ()
    remark = Remark(
        f"direct messages, written to one person alone, were not read: {n}",
        "ask who wrote one before you use it",
    )
    return replace(source, data=data), (remark,)
