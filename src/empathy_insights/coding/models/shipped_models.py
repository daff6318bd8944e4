"""Which model a codebook has: the one shipped, one made from it, one kept, or one fitted now."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from importlib.resources import files

import numpy as np

from empathy_insights.codebook import Codebook
from empathy_insights.codebook_file import load_codebook
from empathy_insights.coding.models.features import Features
from empathy_insights.coding.models.from_examples import (
    CodebookModel,
    fit_codebook_model,
)
from empathy_insights.coding.models.references import references
from empathy_insights.coding.models.regression import packed
from empathy_insights.coding.models.story_model import (
    StoryModel,
    fit_story_model,
    fit_themes,
    read_story_model,
    story_model_of,
    told,
    write_story_model,
)
from empathy_insights.text.embedders import Embedder
from empathy_insights.text_memory import made_once

_ALIKE = 0.9  # of a codebook's texts, or a theme's: shared with what it was made from
_DESCRIBES = ("name", "definition")  # kinds of texts that say what a theme is


def model_of(
    codebook: Codebook, texts: Sequence[str], embedder: Embedder
) -> CodebookModel | None:
    """Return what a codebook's own texts teach: of its stories where it has enough.

    See `fit_codebook_model`, which is asked where it has fewer.
    """
    if codebook.is_taught:
        return story_model(codebook, embedder).model
    return fit_codebook_model(codebook, texts, embedder)


def story_model(codebook: Codebook, embedder: Embedder) -> StoryModel:
    """Return the model of a codebook's stories: the one shipped, or one fitted before or now.

    Of a codebook that was made from a shipped one, only themes that other examples teach
    are fitted: seconds. To fit thousands of stories of one's own takes minutes; once a
    study that keeps what was made of texts, otherwise once a process.
    """
    return _model_of(_Key(codebook, embedder))


@dataclass(frozen=True, eq=False)
class _Key:
    """A codebook and an embedder, the same where their contents and names are."""

    codebook: Codebook
    embedder: Embedder

    def __hash__(self) -> int:
        return hash((self.codebook.sha256, self.embedder.name))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and hash(self) == hash(other)


@lru_cache(maxsize=4)
def _model_of(key: _Key) -> StoryModel:
    book, embedder = key.codebook, key.embedder
    shipped = _shipped(embedder)
    for content in shipped.values():
        if found := story_model_of(content, book, embedder):
            return found
    what = ["story model", embedder.name, book.language, references(book)]
    # Fitted or kept, it is read from a file, and the same to the digit.
    content = made_once(what, partial(_fitted, book, embedder, shipped))
    return read_story_model(content, book, embedder)


def _shipped(embedder: Embedder) -> dict[str, bytes]:
    """Return the name of each codebook that is shipped with a model, and the model's file."""
    ending = f".{embedder.name}.npz"
    folder = {file.name: file for file in files("empathy_insights.codebooks").iterdir()}
    books = [n.removesuffix(ending) for n in sorted(folder) if n.endswith(ending)]
    return {
        book: _joined(
            folder[f"{book}{ending}"].read_bytes(),
            folder[f"{book}{TERMS}"].read_bytes(),
        )
        for book in books
    }


TERMS = ".terms.npz"
"""The ending of what the models of all embedders have: the words of a codebook's stories."""


def _joined(model: bytes, terms: bytes) -> bytes:
    """Return the file of a model whole, as `write_story_model` made it."""
    whole = io.BytesIO()
    with np.load(io.BytesIO(model)) as own, np.load(io.BytesIO(terms)) as shared:
        np.savez(whole, **{**own, **shared})
    return whole.getvalue()


def parted(content: bytes) -> tuple[bytes, bytes]:
    """Return the file of a model without what all embedders share, and that."""
    with np.load(io.BytesIO(content)) as arrays:
        own, terms = dict(arrays), {}
    for name in ("words", "words_rarity", "letters", "letters_rarity"):
        terms[name] = own.pop(name)
    return packed(own), packed(terms)


def _fitted(book: Codebook, embedder: Embedder, shipped: Mapping[str, bytes]) -> bytes:
    """Return the file of a model that is fitted now, or made from a shipped one."""
    for name, content in shipped.items():
        like = load_codebook(name)
        model = story_model_of(content, like, embedder)
        if model and (found := _learned_on(model, like, book)):
            return write_story_model(found, book)
    return write_story_model(fit_story_model(book, embedder), book)


def _learned_on(
    fitted: StoryModel, like: Codebook, book: Codebook
) -> StoryModel | None:
    """Return the model of a codebook that was made from another, by what was learned there.

    A theme that no new example teaches, and whose own teach no other now, keeps its
    regression, whatever it is called: to fit it again to all but a few of its texts moves
    chances by more than these say. Others are fitted anew, in the words that the model
    knows. A theme of the other codebook, said otherwise, still hears from all texts there
    what it is not: to cut themes makes the rest no more frequent. How sure the model is
    stays, too: that was learned from writers held out, whom a team's copy does not name.
    None where the codebook says too much of its own.
    """
    texts, given = told(book)
    known, given_there = told(like)
    ours = set(texts)
    apart = [text for text in known if text not in ours]
    if len(known) - len(apart) < _ALIKE * len(texts):
        return None
    model, taught = fitted.model, _texts_of_each(known, given_there)
    themes = tuple(theme.id for theme in book.main_themes)
    weights = np.zeros((len(model.weights), len(themes)))
    intercepts = np.zeros(len(themes))
    by_theme = np.full(len(themes), fitted.by_theme.mean())
    described = {one.text for one in references(book) if one.kind in _DESCRIBES}
    rows = None
    for n, own in enumerate(_texts_of_each(texts, given)):
        n_same = [len(own & theirs) for theirs in taught]
        nearest = int(np.argmax(n_same))
        was = taught[nearest] if 2 * n_same[nearest] > len(own) else None
        if was is not None:
            by_theme[n] = fitted.by_theme[nearest]
            is_new, is_moved = own - was - described, ours & was - own
            if len(own & was) >= _ALIKE * len(was) and not (is_new or is_moved):
                weights[:, n] = model.weights[:, nearest]
                intercepts[n] = model.intercepts[nearest]
                continue
        if rows is None:
            rows = _features_of(fitted, known)([*texts, *apart])
        others = [] if was is None else [text not in was for text in apart]
        used = np.flatnonzero([*[True] * len(texts), *others])
        labels = np.isin(used, np.flatnonzero(given[:, n]))
        fit = fit_themes(themes[n : n + 1], model.features, rows[used], labels[:, None])
        weights[:, n], intercepts[n] = fit.weights[:, 0], fit.intercepts[0]
    whole = replace(model, themes=themes, weights=weights, intercepts=intercepts)
    return StoryModel(whole, fitted.slope, by_theme)


def _features_of(fitted: StoryModel, known: Sequence[str]) -> Features:
    """Return what the model sees of a text; of those that it knows, the vectors are known."""
    features = fitted.model.features
    if fitted.meaning is None:
        return features
    vectors = dict(zip(known, fitted.meaning.vectors(), strict=True))
    return replace(features, embedder=_Knowing(features.embedder, vectors))


@dataclass(frozen=True, eq=False)
class _Knowing:
    """Embed texts of which some vectors are known."""

    embedder: Embedder
    vectors: Mapping[str, np.ndarray]

    @property
    def name(self) -> str:
        return self.embedder.name

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self.vectors]
        known = {**self.vectors, **dict(zip(new, self.embedder(new), strict=True))}
        return np.array([known[text] for text in texts])


def _texts_of_each(texts: Sequence[str], given: np.ndarray) -> list[set[str]]:
    """Return the texts of each theme."""
    return [{texts[n] for n in np.flatnonzero(column).tolist()} for column in given.T]
