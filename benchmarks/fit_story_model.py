"""Fit the models that the package ships, and say how good those of empathy_core's stories are.

Writes codebooks/empathy_core.<embedder>.npz for the default embedder and the static one, what
both have into empathy_core.terms.npz, and coding/data/stances.npz.
What is printed was measured on writers held out (--curve: with ever more stories).
"""

from __future__ import annotations

import argparse
import csv
from dataclasses import replace
from pathlib import Path

import numpy as np

import empathy_insights as ei
from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.rough_vectors import RoughVectors
from empathy_insights.coding.models.shipped_models import TERMS, parted
from empathy_insights.coding.models.stance import write_stance_model
from empathy_insights.coding.models.story_model import (
    fit_story_model,
    phrases_found,
    told,
    write_story_model,
)
from empathy_insights.text.embedders import Embedder, embedder_of

PACKAGE = Path(__file__).parents[1] / "src" / "empathy_insights"
BOOKS = PACKAGE / "codebooks"
SENTENCES = Path(__file__).parent / "data" / "stances.yaml"
FIRST = "first"  # the writer of the 961 stories that were read when phrases were set
N_TEST = 4  # writers held out of the curve


def writers(codebook: Codebook) -> np.ndarray:
    """Return who wrote each text that teaches the model; the codebook itself, or a hand."""
    with (BOOKS / "empathy_core_stories.csv").open(
        encoding="utf-8", newline=""
    ) as file:
        by_text = {row["text"].strip(): row["writer"] for row in csv.DictReader(file)}
    return np.array([by_text.get(text, FIRST) for text in told(codebook)[0]])


def average_precision(truth: np.ndarray, chances: np.ndarray) -> float:
    """Return the mean over themes of the precision at each right text."""
    each = []
    for given, chance in zip(truth.T, chances.T, strict=True):
        right = np.flatnonzero(given[np.argsort(-chance, kind="stable")])
        if len(right):
            each.append(np.mean((np.arange(len(right)) + 1) / (right + 1)))
    return float(np.mean(each))


def only(codebook: Codebook, texts: set[str]) -> Codebook:
    """Return the codebook with these texts as its only examples and texts of no theme."""
    themes = tuple(
        replace(one, examples=tuple(x for x in one.examples if x.text in texts))
        for one in codebook
    )
    none = tuple(x for x in codebook.no_theme if x.text in texts)
    return replace(codebook, themes=themes, no_theme=none)


def curve(codebook: Codebook, embedder: Embedder, writer: np.ndarray) -> None:
    """Print how well themes of unseen writers are ranked, with ever more stories."""
    texts, given = told(codebook)
    hands = sorted(set(writer) - {FIRST})
    test = np.isin(writer, hands[-N_TEST:])
    learned = np.random.default_rng(0).permutation(np.flatnonzero(~test))
    said = [texts[n] for n in np.flatnonzero(test)]
    reads = LexicalCoder(codebook).read(said)
    for n in (1000, 2000, 4000, len(learned)):
        part = only(codebook, {texts[k] for k in learned[:n]})
        fitted = fit_story_model(part, embedder)
        whole = fitted.model(said, smoothed=False).whole
        both = fitted.chances(whole, phrases_found(reads, fitted.model.themes))
        print(
            f"{embedder.name}: {min(n, len(learned))} texts, mean average precision on "
            f"{test.sum()} of writers held out: stories alone "
            f"{average_precision(given[test], whole):.3f}, with phrases "
            f"{average_precision(given[test], both):.3f}",
            flush=True,
        )


def main() -> None:
    """Fit, write, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--curve", action="store_true")
    options = parser.parse_args()
    codebook = ei.load_codebook("empathy_core")
    writer = writers(codebook)
    if not options.curve:
        (PACKAGE / "coding" / "data" / "stances.npz").write_bytes(
            write_stance_model(SENTENCES)
        )
    for choice in (None, "static"):
        embedder = embedder_of(choice)
        if options.curve:
            curve(codebook, embedder, writer)
            continue
        fitted = fit_story_model(codebook, embedder, writer=writer.tolist())
        if choice is None:  # static vectors are made anew within a second
            rough = RoughVectors.of(embedder(told(codebook)[0]))
            fitted = replace(fitted, meaning=rough)
        path = BOOKS / f"{codebook.id}.{embedder.name}.npz"
        model, terms = parted(write_story_model(fitted, codebook))
        path.write_bytes(model)
        (BOOKS / f"{codebook.id}{TERMS}").write_bytes(terms)
        print(path.name, path.stat().st_size, "bytes; slope", round(fitted.slope, 2))


if __name__ == "__main__":
    main()
