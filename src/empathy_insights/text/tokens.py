"""Words and sentences of a text, with code-point offsets, by a spaCy pipeline."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from empathy_insights.errors import EmpathyInsightsWarning
from empathy_insights.text.embedders import untouched_session

if TYPE_CHECKING:
    from spacy.language import Language


# Every form under which a spoken word may be looked up.


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

    simplemma's lists know no part of speech, so that a word has one lemma everywhere. In
    a language that they do not know, a word is its own.

    Examples
    --------
    >>> [lemma(word) for word in ("froze", "chromebooks", "logged")]
    ['freeze', 'chromebook', 'log']
    """
    from simplemma import lemmatize

    if language == "en" and word in _EXCEPTIONS:
        return _EXCEPTIONS[word]
    try:
        return str(lemmatize(word, lang=language)).lower()
    except ValueError:
        return word


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


# Shorthand of note-takers -> what it stands for.
_SHORTHAND = {
    "Ss": "students", "Ts": "teachers", "w/": "with", "w/o": "without", "b/c": "because",
    "HW": "homework", "btwn": "between", "Wi-Fi": "wifi", "wi-fi": "wifi",
    "Wi-fi": "wifi", "WiFi": "wifi", "WIFI": "wifi", "WI-FI": "wifi",
}  # fmt: skip

# What speech and transcribers put between the words of a phrase.
_SKIPPED = frozenset(
    {
        "-",
        "–",
        '"',
        "“",
        "”",
        "'",
        "‘",
        "’",
        "*",
        "(",
        ")",
        "um",
        "uh",
        "er",
        "hmm",
        "mm",
    }
)

_IN_PATTERN = re.compile(
    r"[^\W_][^\s|]*"
)  # no gap, and none of the pattern's own signs
_ANY_LANGUAGE = "xx"  # what spaCy calls words of whatever language


class Token(NamedTuple):
    """One word: its lookup forms, its code points in the text, its sentence's number."""

    forms: frozenset[str]
    start: int
    end: int
    sentence: int


def tokenize(texts: Iterable[str], *, language: str = "en") -> Iterator[list[Token]]:
    """Yield the words of each text; dashes, quotes and hesitations are passed over.

    Examples
    --------
    >>> [[token.start, token.end] for token in next(tokenize(["Um, Wi-Fi fails."]))]
    [[2, 3], [4, 9], [10, 15], [15, 16]]
    """
    for doc in _pipeline(language).pipe(texts):
        tokens = []
        sentence = 0
        for token in doc:
            sentence += bool(token.is_sent_start) and token.i > 0
            word = token.lower_
            if word in _SKIPPED or token.is_space:
                continue
            start = token.idx
            forms = lookup_forms(word, token.norm_.lower(), language=language)
            tokens.append(Token(forms, start, start + len(word), sentence))
        yield tokens


def pattern_of(words: str, *, language: str = "en") -> str:
    """Return the pattern of a codebook that finds words in whatever form they are said.

    Examples
    --------
    >>> pattern_of("Locked out"), pattern_of("Wi-Fi"), pattern_of("the (old) laptops")
    ('locked|lock out', 'wi-fi|wifi', 'the old laptops|laptop')
    """
    [tokens] = tokenize([words], language=language)
    elements = []
    for token in tokens:
        said = words[token.start : token.end].lower()
        forms = sorted(token.forms, key=lambda form: (form != said, form))
        kept = [form for form in forms if _IN_PATTERN.fullmatch(form)]
        elements += ["|".join(kept)] * bool(kept)
    return " ".join(elements)


def telling_words(text: str, *, language: str = "en") -> list[str]:
    """Return the words of a text that mean something alone, each once, in their order.

    Examples
    --------
    >>> telling_words("How the bus, or no bus, gets us there: bus stops")
    ['bus', 'gets', 'stops']
    """
    words = _pipeline(language)(text.lower())
    told = (word.text for word in words if word.is_alpha and not word.is_stop)
    return list(dict.fromkeys(word for word in told if len(word) > 2))


def sentence_spans(text: str, *, language: str = "en") -> list[tuple[int, int]]:
    """Return the start and end of each sentence, without outer white space.

    Examples
    --------
    >>> sentence_spans("It froze. Nobody came!")
    [(0, 9), (10, 22)]
    """
    spans = []
    for sentence in _pipeline(language)(text).sents:
        words = sentence.text
        start = sentence.start_char + len(words) - len(words.lstrip())
        end = sentence.start_char + len(words.rstrip())
        if end > start:
            spans.append((start, end))
    return spans


@cache
def _pipeline(language: str) -> Language:
    with untouched_session():
        import spacy

    try:
        nlp = spacy.blank(language)
    except ImportError:  # it knows no such language, or lacks a package for it
        nlp = spacy.blank(_ANY_LANGUAGE)
        warnings.warn(
            f"words of the language {language!r} are found only as the codebook writes "
            "them: write each form that people use among its phrases",
            EmpathyInsightsWarning,
            stacklevel=2,
        )
    nlp.add_pipe("sentencizer")
    tokenizer: Any = nlp.tokenizer  # spaCy types it as any callable
    if language == "en":
        for short, full in _SHORTHAND.items():
            tokenizer.add_special_case(short, [{"ORTH": short, "NORM": full}])
    return nlp
