"""Words and sentences of a text, with code-point offsets, by a spaCy pipeline."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from empathy_insights.errors import EmpathyInsightsWarning
from empathy_insights.text.embedders import untouched_session
from empathy_insights.text_memory import of_each
from empathy_insights.workers import memory

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
    for text in texts:
        forms, places = _cut(text, language)
        yield [
            Token(form, *place)
            for form, place in zip(forms, places.tolist(), strict=True)
        ]


class _Cut(NamedTuple):
    """The forms of each word of a text; its start, end and sentence, a row a word."""

    forms: tuple[frozenset[str], ...]
    places: np.ndarray


_KEPT = 40_000  # texts, about 40 MB; phrases, stances and cues are looked for in each


def _cut(text: str, language: str) -> _Cut:
    """Return the words of a text as they were cut before, in this process or the study."""
    told = f"{language}\0{text}".encode(errors="surrogatepass")
    key = hashlib.sha256(told).digest()
    before: OrderedDict[bytes, _Cut] = memory().setdefault("words", OrderedDict())
    found = before.get(key)
    if found is None:
        [rows] = of_each(["words", language], [text], partial(_told, language=language))
        places = np.array([row[:3] for row in rows], dtype=np.int32).reshape(-1, 3)
        found = _Cut(tuple(_forms(*row[3:]) for row in rows), places)
        before[key] = found
        if len(before) > _KEPT:
            before.popitem(last=False)
    return found


@cache
def _forms(*forms: str) -> frozenset[str]:
    """Return one set for the same forms, however many words have them."""
    return frozenset(forms)


def _told(texts: list[str], *, language: str) -> Iterator[list[list[int | str]]]:
    """Yield a row a word of each text: start, end, sentence and forms."""
    known = _known(language)
    make_doc = _pipeline(language).make_doc
    for text in texts:
        rows: list[list[int | str]] = []
        sentence, is_over = 0, False
        for lower, norm, start in make_doc(text).to_array(_READ).tolist():
            word = known.get((lower, norm)) or _read(lower, norm, language)
            if word.ends_sentence:
                is_over = True
            elif is_over and not word.is_sign:
                sentence += 1
                is_over = False
            if word.forms is not None:
                rows.append([start, start + word.length, sentence, *word.forms])
        yield rows


class _Known(NamedTuple):
    """What is to be known of a word: no forms when it is passed over."""

    forms: tuple[str, ...] | None
    length: int
    is_sign: bool
    ends_sentence: bool


_READ: list[int | str] = ["LOWER", "NORM", "IDX"]


@cache
def _known(language: str) -> dict[tuple[int, int], _Known]:  # noqa: ARG001  # one each
    """Return what was read of words before, by the numbers that spaCy gives them."""
    return {}


def _read(lower: int, norm: int, language: str) -> _Known:
    pipeline = _pipeline(language)
    word, normal = pipeline.vocab.strings[lower], pipeline.vocab.strings[norm]
    is_passed = word in _SKIPPED or word.isspace()
    forms = () if is_passed else lookup_forms(word, normal.lower(), language=language)
    made = _Known(
        None if is_passed else tuple(sorted(forms)),
        len(word),
        pipeline.vocab[lower].is_punct,
        word in _ends(language),
    )
    _known(language)[lower, norm] = made
    return made


@cache
def _ends(language: str) -> frozenset[str]:
    """Return the signs at which sentences end."""
    sentencizer: Any = _pipeline(language).get_pipe("sentencizer")
    return frozenset(sentencizer.punct_chars)


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


@lru_cache(maxsize=4096)
def telling_words(text: str, *, language: str = "en") -> tuple[str, ...]:
    """Return the words of a text that mean something alone, each once, in their order.

    Kept, since every theme of a codebook is held against what all others say.

    Examples
    --------
    >>> telling_words("How the bus, or no bus, gets us there: bus stops")
    ('bus', 'gets', 'stops')
    """
    words = _pipeline(language)(text.lower())
    told = (word.text for word in words if word.is_alpha and not word.is_stop)
    return tuple(dict.fromkeys(word for word in told if len(word) > 2))


def sentence_spans(text: str, *, language: str = "en") -> list[tuple[int, int]]:
    """Return the start and end of each sentence, without outer white space.

    Examples
    --------
    >>> sentence_spans("It froze. Nobody came!")
    [(0, 9), (10, 22)]
    """
    make = partial(_sentences, language=language)
    [spans] = of_each(["sentences", language], [text], make)
    return [(start, end) for start, end in spans]


def _sentences(texts: list[str], *, language: str) -> Iterator[list[tuple[int, int]]]:
    for whole in _pipeline(language).pipe(texts):
        spans = []
        for sentence in whole.sents:
            words = sentence.text
            start = sentence.start_char + len(words) - len(words.lstrip())
            end = sentence.start_char + len(words.rstrip())
            if end > start:
                spans.append((start, end))
        yield spans


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
