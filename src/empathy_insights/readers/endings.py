"""How sentences end in any script, and what tells that they ask."""

from __future__ import annotations

import re

# Arabic has a sign of its own; Japanese and Korean also ask by how a sentence ends.
ASKING = r"(?:[?？؟]|か(?=[。」\s]|$)|(?:까|나요|가요)(?=[.。\s]|$)|吗(?=[。\s]|$))"
ASKS = re.compile(ASKING)
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"”’'»)\]]*\s*$")


def ends_sentence(text: str) -> bool:
    """Tell whether words end in the end of a sentence."""
    return _SENTENCE_END.search(text[-8:]) is not None
