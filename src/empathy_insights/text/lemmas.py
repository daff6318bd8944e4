"""Every form under which a spoken word may be looked up."""

from __future__ import annotations

from functools import cache

# Forms that simplemma leaves alone, and words of schools that it does not know.
_EXCEPTIONS = {
    "broke": "break",
    "chromebooks": "chromebook",
    "felt": "feel",
    "gotta": "get",
    "ieps": "iep",
    "'m": "be",
    "'re": "be",
    "'s": "be",
    "n't": "not",
    "never": "not",
}


@cache
def lemma(word: str, *, language: str = "en") -> str:
    """Return the dictionary form of one lower-case word.

    simplemma's lists know no part of speech, so that a word has one lemma everywhere.

    Examples
    --------
    >>> [lemma(word) for word in ("froze", "chromebooks", "logged")]
    ['freeze', 'chromebook', 'log']
    """
    from simplemma import lemmatize

    if language == "en" and word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    return str(lemmatize(word, lang=language)).lower()


@cache
def lookup_forms(word: str, norm: str, *, language: str = "en") -> frozenset[str]:
    """Return the word itself, its norm, their lemmas, and a plain singular.

    Parameters
    ----------
    word, norm
        The word as said and as spaCy normalises it, both in lower case.

    Examples
    --------
    >>> sorted(lookup_forms("laptops", "laptops"))
    ['laptop', 'laptops']
    """
    forms = {word, norm, lemma(word, language=language), lemma(norm, language=language)}
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        forms.add(word[:-1])
    return frozenset(forms)
