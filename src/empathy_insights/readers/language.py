"""The language of a document and its words, offline and the same in every run."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from empathy_insights.lexicon import dictionary_of

if TYPE_CHECKING:
    from py3langid.langid import (  # type: ignore[import-untyped]  # no stubs
        LanguageIdentifier,
    )

_FEWEST_WORDS = 20
_SAMPLE_OF_WORDS = 4000
# Those that families in schools speak most; among all 97 a short text of English is
# easily taken for a small language that looks like it.
_LANGUAGES = (
    "am ar bg bn bs cs da de el en es et fa fi fr gu he hi hr ht hu hy id it ja ka km ko "
    "lo lt lv mk mr ms ne nl no pa pl pt ro ru si sk sl sq sr sv sw ta te th tl tr uk ur "
    "vi zh"
)

# Words of English that hardly another of these languages has. A text with as many of them
# is told without the model, which takes a second to load. Of 8,260 texts of other people
# 3,540 were such, and the model, too, took all of them for English.
_WORDS_OF_ENGLISH = (
    "about after and because been before but could didn't don't from get have i'm it's "
    "just know my need of only other our people really should some than that that's the "
    "their them then there these they they're things think this those very want we're "
    "were what when where which who with would you you're your"
)
_ENGLISH = frozenset(_WORDS_OF_ENGLISH.split())
_ENGLISH_SHARE, _FEWEST_OF_ENGLISH = 0.22, 8
DICTIONARIES = ("en", "es", "fr", "pt", "de")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language_of(said: str) -> str | None:
    """Return the ISO 639-1 code of a text, or None when it is shorter than 20 words.

    Examples
    --------
    >>> language_of("Hello") is None
    True
    """
    sample = said[:_SAMPLE_OF_WORDS]
    # Chinese, Japanese and Thai are written without spaces between words.
    n_wide = sum(ord(letter) > 0x0E00 for letter in sample)
    if len(sample.split()) < _FEWEST_WORDS and n_wide < 2 * _FEWEST_WORDS:
        return None
    if is_plain_english(sample):
        return "en"
    return str(_identifier().classify(sample)[0])


def is_word(said: str, beside: str) -> bool:
    """Return whether a dictionary has a word in small letters, or all of its parts.

    Parameters
    ----------
    said
        The word.
    beside
        The text in which it stands; in English, no other dictionary is asked.

    Examples
    --------
    >>> [is_word(said, "") for said in ("Homework", "comida", "Wi-Fi", "Jaylen")]
    [True, True, True, False]
    """
    low = said.casefold()
    parts = re.split(r"[-'’ ]", low)
    codes = DICTIONARIES[:1] if is_plain_english(beside) else DICTIONARIES
    return any(
        low in dictionary_of(code) or all(part in dictionary_of(code) for part in parts)
        for code in codes
    )


def is_plain_english(said: str) -> bool:
    """Return whether a text has so many words of English that no model need be asked.

    Examples
    --------
    >>> is_plain_english("They said that there would be help, but then who were they?")
    True
    >>> is_plain_english("Wir kamen mit dem Bus.")
    False
    """
    words = [word.replace("’", "'") for word in _WORD.findall(said.lower())]
    known = [word for word in words if word in _ENGLISH]
    is_often = len(known) >= _ENGLISH_SHARE * len(words)
    return is_often and len({*known}) >= _FEWEST_OF_ENGLISH


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model once; one of our own, since the package's is shared with others."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    known = set(identifier.labels)
    identifier.set_languages([code for code in _LANGUAGES.split() if code in known])
    return identifier
