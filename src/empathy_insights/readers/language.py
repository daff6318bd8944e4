"""The language of a document, by its letters, offline and the same in every run."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import (  # type: ignore[import-untyped]  # no stubs
        LanguageIdentifier,
    )

_FEWEST_WORDS = 20
_SAMPLE = 4000
# Those that families in schools speak most; among all 97 a short text of English is
# easily taken for a small language that looks like it.
_LANGUAGES = (
    "am ar bg bn bs cs da de el en es et fa fi fr gu he hi hr ht hu hy id it ja ka km ko "
    "lo lt lv mk mr ms ne nl no pa pl pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur "
    "vi zh"
)


def language_of(said: str) -> str | None:
    """Return the ISO 639-1 code of a text, or None when it is shorter than 20 words.

    Examples
    --------
    >>> language_of("Hello") is None
    True
    """
    sample = said[:_SAMPLE]
    # Chinese, Japanese and Thai are written without spaces between words.
    n_wide = sum(ord(letter) > 0x0E00 for letter in sample)
    if len(sample.split()) < _FEWEST_WORDS and n_wide < 2 * _FEWEST_WORDS:
        return None
    return str(_identifier().classify(sample)[0])


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model once; one of our own, since the package's is shared with others."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(identifier.labels)
    identifier.set_languages([code for code in _LANGUAGES.split() if code in known])
    return identifier
