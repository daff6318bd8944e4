"""Fit the model that hears danger, and say how much it hears of examples held out.

The examples (data/danger.csv) are invented: remarks of children, parents and teachers, most
of them hints, and others that share words, topics or tone with them and are harmless. The
stories of empathy_core, talk of school without danger, stand beside them. Neighbouring
rows may share words, so blocks of rows are held out together. Writes coding/data/danger.npz.

Run: python benchmarks/fit_danger_model.py [--only-measure]
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import GroupKFold

from empathy_insights.coding.disclosures import tells_of_danger
from empathy_insights.coding.models.danger_model import (
    fit_danger_model,
    write_danger_model,
)

HERE = Path(__file__).parent
PACKAGE = HERE.parent / "src" / "empathy_insights"
BLOCK, FOLDS = 40, 5
N_STORIES = 4000
HARMLESS_SHOWN = 0.06  # of remarks that look alike, held out


def held_out(texts: list[str], labels: np.ndarray, groups: np.ndarray) -> np.ndarray:
    """Return the log-odds of each text by a model that has not seen its block."""
    said = np.zeros(len(labels))
    blocks = np.arange(len(texts)) // BLOCK
    for learned, rest in GroupKFold(FOLDS).split(labels, labels, blocks):
        model = fit_danger_model(
            [texts[n] for n in learned], labels[learned], groups[learned]
        )
        said[rest] = model.log_odds([texts[n] for n in rest])
    return said


def main() -> None:
    """Fit, measure, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only-measure", action="store_true")
    options = parser.parse_args()
    examples = pd.read_csv(HERE / "data" / "danger.csv")
    stories = pd.read_csv(PACKAGE / "codebooks" / "empathy_core_stories.csv")
    stories = stories.sample(N_STORIES, random_state=0)
    texts = [*examples["text"], *stories["text"]]
    labels = np.array([*examples["danger"], *[False] * len(stories)], dtype=bool)
    of_examples = examples["lang"] + examples["danger"].astype(str)
    groups = np.array([*of_examples, *["story"] * len(stories)])
    said = held_out(texts, labels, groups)
    looks_alike = (examples["danger"] == 0).to_numpy()
    own = said[: len(examples)]
    least = float(np.quantile(own[looks_alike], 1 - HARMLESS_SHOWN))
    by_words = np.array([tells_of_danger(text) for text in examples["text"]])
    by_model = own >= least
    ways = {"words": by_words, "model": by_model, "both": by_words | by_model}
    for name, shown in ways.items():
        table = examples.assign(shown=shown).groupby(["lang", "danger"])["shown"]
        print(name, table.agg(["sum", "count"]).to_dict("index"))
    print("stories shown", int((said[len(examples) :] >= least).sum()), "of", N_STORIES)
    if not options.only_measure:
        model = replace(fit_danger_model(texts, labels, groups), least=least)
        content = write_danger_model(model)
        (PACKAGE / "coding" / "data" / "danger.npz").write_bytes(content)
        print("danger.npz", len(content), "bytes")


if __name__ == "__main__":
    main()
