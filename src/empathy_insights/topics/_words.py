"""Turn answers into the lemmas and two-word terms that topics are named with."""

from __future__ import annotations

import logging
import math
import re
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from empathy_insights.text.embedders import untouched_session
from empathy_insights.text.tokens import lemma
from empathy_insights.topics._answers import FILLERS

_SPOKEN = (
    "actually ain't anyways basically because bit bunch can't cause certain come "
    "could've couldn't couple cuz def definitely didn't doesn't don't especially "
    "everybody feel gonna gotta guess guy hasn't haven't he'd he'll he's honestly "
    "i'd i'll i'm i've idk important isn't it'd it'll it's kind kinda know lemme "
    "let's literally lot lots lotta maybe mean might've nobody obviously ought "
    "outta pretty probably quite really right said say she'd she'll she's should've "
    "shouldn't somebody sort sorta stuff super sure tell thank thanks that'd "
    "that'll that's there's these they'd they'll they're they've thing think "
    "this'll those totally try trying us used wanna want wanted wasn't way we'd "
    "we'll we're we've weren't what's where's who's won't would've wouldn't y'all "
    "just look make use yes yet you'd you'll you're you've"
)
SPOKEN = frozenset(_SPOKEN.split())
"""What spoken English says often and means little by, beyond the written stop lists."""

KEPT = frozenset(
    [
        "bill",
        "bottom",
        "call",
        "computer",
        "cry",
        "describe",
        "detail",
        "fill",
        "fire",
        "interest",
        "mill",
        "sincere",
        "system",
        "thick",
        "thin",
    ]
)
"""Words on scikit-learn's stop list that an answer may well be about."""

NUMBERS = frozenset({"504", "911", "988"})
"""Numbers that name something: a plan for support, and two lines to call."""

BREAK = "¦"
"""Stands between two answers, so that no term spans them."""

PADDING = (BREAK, BREAK * 2)
"""Fills a vocabulary of no or one term, which BERTopic's c-TF-IDF cannot weigh."""

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[☀-➿\U0001f300-\U0001faff]")
_APOSTROPHES = str.maketrans("’‘`´", "''''")


# The little words of Spanish, without those that mean something in English.
_SPANISH = (
    "ahí ahora al algo allí antes aquí así aunque bien cada casi como cuando cómo cuándo "
    "de del desde después donde dónde dos el él ella ellas ellos en entonces eran eres es "
    "esa esas ese eso esos esta estaba está están estar estas este esto estos estoy fue "
    "fueron ha había hace hacen hacer han hasta hay he la las le les lo los luego más mi "
    "mis mucha muchas mucho muchos muy nada ni nos nosotros nuestra nuestras nuestro "
    "nuestros nunca o otra otras otro otros para pero poco por porque pues puede pueden "
    "que qué quien quién se sé ser si sí siempre sin sobre somos soy su sus también tanto "
    "te tener tengo tenemos tiene tienen toda todas todo todos tu tus una unas uno unos "
    "usted ustedes va vamos ver vez voy ya yo"
)


@cache
def stop_words() -> frozenset[str]:
    """Return the words that never name a topic: written, spoken and sounds.

    Where families answer in Spanish, `la` is said most.
    """
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    written = frozenset(map(str, ENGLISH_STOP_WORDS)) - KEPT
    return written | SPOKEN | FILLERS | frozenset(_SPANISH.split())


def lemmatized(folded: str) -> str:
    """Return the lemmas of an answer that carry meaning, and a break at its end.

    Examples
    --------
    >>> lemmatized("um, the buses are always late")
    'bus late ¦'
    """
    kept = [lemma(word) for word in _words(folded) if word not in stop_words()]
    meant = [word for word in kept if _can_name(word) and word not in stop_words()]
    return " ".join([*meant, BREAK])


def verbatim(folded: str) -> str:
    """Return every word of an answer, for a topic that has no other name."""
    return " ".join([*_words(folded), BREAK])


def _words(folded: str) -> list[str]:
    return _WORD.findall(folded.translate(_APOSTROPHES))


def _can_name(word: str) -> bool:
    """Drop single letters, dates, counts and blanked words ("xxx")."""
    if word[0].isdecimal():
        return word in NUMBERS
    return not word.isascii() or len(set(word)) > 1


@dataclass(frozen=True)
class TermSplitter:
    """Split lemmatized answers into one- and two-word terms of a vocabulary."""

    vocabulary: frozenset[str]

    def __call__(self, lemmas: str) -> list[str]:
        """Return every occurrence of every term."""
        found = [term for term in terms_in(lemmas) if term in self.vocabulary]
        return found if len(self.vocabulary) > 1 else [*found, *PADDING]


def shared_terms(documents: Sequence[str]) -> TermSplitter:
    """Collect all words, and the pairs of words that two different answers hold.

    In more than 2,000 answers a word, too, must be in two of them.
    """
    held_by: Counter[str] = Counter()
    for document in documents:
        held_by.update(set(terms_in(document)))
    rare = 1 if len(documents) <= 2_000 else 2
    shared = {n for n, held in held_by.items() if held >= (2 if " " in n else rare)}
    return TermSplitter(frozenset(shared or held_by))


def diverse(
    weighted: Iterable[tuple[str, float]], *, n: int = 10
) -> list[tuple[str, float]]:
    """Choose the heaviest terms of which none is contained in another.

    A pair stands for its words when it weighs at least half as much: "bus late" says
    more than "bus".

    Examples
    --------
    >>> diverse([("bus", .4), ("late", .3), ("bus late", .25), ("lunch", .2)])
    [('bus late', 0.25), ('lunch', 0.2)]
    """
    ranked = sorted(
        ((term, weight) for term, weight in weighted if term and weight > 0),
        key=lambda pair: (-round(pair[1], 9), pair[0]),
    )
    chosen: list[tuple[str, float]] = []
    for term, weight in ranked:
        best = next(
            (pair for pair in ranked if _stands_for(pair, term, weight)), (term, weight)
        )
        if not any(_overlap(best[0], other) for other, _ in chosen):
            chosen.append(best)
    return sorted(chosen, key=lambda pair: (-round(pair[1], 9), pair[0]))[:n]


def heavier_when_shared(
    weighted: Iterable[tuple[str, float]], documents: Iterable[str]
) -> list[tuple[str, float]]:
    """Weigh terms by how many of a topic's answers hold them, too.

    c-TF-IDF alone names a small topic by the rare words of one answer.
    """
    held_by: Counter[str] = Counter()
    for document in documents:
        held_by.update(set(terms_in(document)))
    return [(term, weight * math.log2(1 + held_by[term])) for term, weight in weighted]


def _stands_for(pair: tuple[str, float], term: str, weight: float) -> bool:
    return " " in pair[0] and term in pair[0].split() and pair[1] >= weight / 2


def _overlap(one: str, other: str) -> bool:
    return bool(set(one.split()) & set(other.split()))


def terms_in(lemmas: str) -> Iterator[str]:
    """Yield the words and the pairs of words of an answer."""
    words = lemmas.split()
    for position, word in enumerate(words):
        if word == BREAK:
            continue
        yield word
        following = words[position + 1] if position + 1 < len(words) else BREAK
        if following not in (BREAK, word):
            yield f"{word} {following}"


# Let BERTopic weigh and choose the terms of topics, and leave no trace of it.
#
# BERTopic is imported here and nowhere else. It silences the session's warnings and adds
# a log handler when imported, so both are put back. It travels with this package, as it was
# published: installed by its name, it would bring PyTorch, CUDA, UMAP and HDBSCAN, of which
# nothing here makes use.

BERTOPIC = Path(__file__).parent / "data" / "bertopic-0.17.4-py3-none-any.whl"


def bertopic_version() -> str:
    """Return the version of the engine."""
    return BERTOPIC.name.split("-")[1]


def is_engine_loaded() -> bool:
    """Return whether this process has imported the engine, which takes a second."""
    return "bertopic" in sys.modules


# What it loads where it is there, half a second each, and nothing here makes use of.
_UNUSED = ("huggingface_hub", "spacy")


def load_engine() -> None:
    """Import the engine, and nothing with it that is not used."""
    unused = [name for name in _UNUSED if name not in sys.modules]
    for name in unused:
        sys.modules[name] = None  # type: ignore[assignment]
    try:
        with _no_trace():
            import bertopic  # noqa: F401
    finally:
        for name in unused:
            del sys.modules[name]


def topic_terms(
    texts: Sequence[str], vectors: np.ndarray, labels: np.ndarray
) -> dict[int, tuple[tuple[str, float], ...]]:
    """Weigh the terms of each topic with BERTopic's c-TF-IDF, and choose diverse ones.

    Parameters
    ----------
    texts
        The answers, folded, each once.
    vectors
        Their embeddings.
    labels
        Their topics, -1 for none; BERTopic's own clustering is skipped.

    Returns
    -------
    dict
        Label -> terms and weights, heaviest first.
    """
    documents = lemmas_of(texts, labels)
    load_engine()
    with _no_trace():
        from bertopic import BERTopic
        from bertopic.cluster import BaseCluster
        from bertopic.dimensionality import BaseDimensionalityReduction
        from sklearn.feature_extraction.text import CountVectorizer

        model = BERTopic(
            # "english" would drop every letter beyond a-z before counting words.
            language="multilingual",
            umap_model=BaseDimensionalityReduction(),
            hdbscan_model=BaseCluster(),
            vectorizer_model=CountVectorizer(analyzer=shared_terms(documents)),
            representation_model=[_DiverseTerms()],
        )
        # Its typical answers are not used, and would take a third of its time or more.
        model._save_representative_docs = lambda _: None
        theirs, _ = model.fit_transform(documents, embeddings=vectors, y=labels)
        represented = model.topic_representations_
    # BERTopic numbers topics by size; ours are numbered by people.
    number = dict(zip(theirs, labels.tolist(), strict=True))
    return {
        number[label]: tuple((str(term), float(weight)) for term, weight in weighted)
        for label, weighted in represented.items()
    }


def lemmas_of(texts: Sequence[str], labels: np.ndarray) -> list[str]:
    """Return the lemmas of texts, or every word in topics where no answer has any."""
    documents = np.array([lemmatized(text) for text in texts], dtype=object)
    named = set(labels[documents != BREAK].tolist())
    nameless = np.flatnonzero([label not in named for label in labels.tolist()])
    documents[nameless] = [verbatim(texts[position]) for position in nameless.tolist()]
    return [str(document) for document in documents]


@dataclass(frozen=True)
class _DiverseTerms:
    """A representation in the shape that BERTopic calls when given in a list."""

    def extract_topics(
        self,
        topic_model: Any,  # noqa: ARG002, ANN401 - BERTopic is untyped
        documents: pd.DataFrame,
        c_tf_idf: object,  # noqa: ARG002
        topics: Mapping[int, list[tuple[str, float]]],
    ) -> dict[int, list[tuple[str, float]]]:
        held = documents.groupby("Topic")["Document"]
        return {
            label: diverse(heavier_when_shared(weighted, held.get_group(label)))
            for label, weighted in topics.items()
        }


@contextmanager
def _no_trace() -> Iterator[None]:
    logger = logging.getLogger("BERTopic")
    before = (list(logger.handlers), logger.level, logger.propagate)
    with untouched_session():
        warnings.simplefilter("ignore")
        sys.path.insert(0, str(BERTOPIC))
        try:
            yield
        finally:
            sys.path.remove(str(BERTOPIC))
            logger.handlers, logger.level, logger.propagate = before
