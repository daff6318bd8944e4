"""How well themes are found in texts that people coded: nhs_fft, sight, pdpilot_interviews.

Prints micro and macro F1 and macro kappa over the themes that have a definition, for the
codebook alone (names, definitions, examples, near misses; no label is seen) and for the
coder learned from all labels, judged on held-out documents by its own cross-validation.
Nothing is tuned here.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from sklearn.metrics import cohen_kappa_score, f1_score

import empathy_insights as ei
from empathy_insights.codebook import Codebook, Example, NearMiss, Theme
from empathy_insights.tables import CODINGS, SEGMENTS

SETS = ("sight", "nhs_fft", "pdpilot_interviews")
RESIDUAL = {"labelling_not_possible", "not_assigned"}


def read_book(folder: Path, columns: pd.Index) -> Codebook:
    """Read the set's codebook, without codes that nobody defined."""
    codes = yaml.safe_load((folder / "codebook.yaml").read_text(encoding="utf-8"))[
        "codes"
    ]
    themes = [
        Theme(
            code["name"],
            (code.get("label") or code["name"]).replace("_", " "),
            definition=code["definition"],
            examples=tuple(Example(text) for text in _texts(code.get("examples"))),
            near_misses=tuple(
                NearMiss(text) for text in _texts(code.get("counter_examples"))
            ),
        )
        for code in codes
        if code.get("definition")
        and code["name"] in columns
        and code["name"] not in RESIDUAL
    ]
    return Codebook(folder.name, folder.name, themes=tuple(themes))


def _texts(items: list[object] | None) -> list[str]:
    return [
        str(item.get("text", "")) if isinstance(item, dict) else str(item)
        for item in items or []
    ]


def read_segments(rows: pd.DataFrame) -> pd.DataFrame:
    """Give every text an id that names its document."""
    documents = rows.iloc[:, 0].astype("str").map(lambda name: re.sub(r"\W", "_", name))
    return SEGMENTS.frame(
        {
            "segment_id": f"{document}:{n:05d}.01",
            "utterance_id": f"{document}:{n:05d}",
            "start": 0,
            "end": len(text),
            "text": text,
        }
        for n, (document, text) in enumerate(zip(documents, rows["text"], strict=True))
    )


def read_codings(
    rows: pd.DataFrame, segments: pd.DataFrame, book: Codebook
) -> pd.DataFrame:
    """Return people's codings; a text without a theme was read all the same."""
    names = [theme.id for theme in book]
    pairs = [
        (segment, theme)
        for segment, given in zip(
            segments["segment_id"], rows[names].to_numpy(), strict=True
        )
        for theme in ([names[k] for k in np.flatnonzero(given)] or ["no_theme"])
    ]
    return CODINGS.frame(
        {
            "segment_id": segment,
            "theme": theme,
            "coder": "people",
            "status": "human",
            "method": "read by a person",
            "codebook_sha256": book.sha256,
        }
        for segment, theme in pairs
    )


def of_codebook(
    rows: pd.DataFrame, segments: pd.DataFrame, book: Codebook, statuses: list[str]
) -> dict[str, float]:
    """Score the codebook-driven coder against people."""
    names = [theme.id for theme in book]
    codings = ei.code(segments, book)
    kept = codings[codings["status"].isin(statuses)]
    found = np.zeros((len(rows), len(names)), dtype=int)
    at = pd.Index(segments["segment_id"]).get_indexer(kept["segment_id"])
    found[at, pd.Index(names).get_indexer(kept["theme"])] = 1
    truth = rows[names].to_numpy()
    kappas = [cohen_kappa_score(truth[:, k], found[:, k]) for k in range(len(names))]
    return {
        "micro": float(f1_score(truth, found, average="micro", zero_division=0)),
        "macro": float(f1_score(truth, found, average="macro", zero_division=0)),
        "kappa": float(np.nan_to_num(kappas).mean()),
    }


def of_learned(
    segments: pd.DataFrame, codings: pd.DataFrame, book: Codebook
) -> dict[str, float]:
    """Score the learned coder by its held-out scores; themes not learned count as 0."""
    scores = ei.fit_coder(segments, codings, book, n_resamples=50).scores
    learned = scores[scores["learned"]]
    right = learned["recall"] * learned["positives"]
    found = (right / learned["precision"].where(learned["precision"] > 0)).fillna(0)
    return {
        "micro": float(2 * right.sum() / (found.sum() + scores["positives"].sum())),
        "macro": float(scores["f1"].fillna(0).mean()),
        "kappa": float(scores["kappa"].fillna(0).mean()),
    }


def measure(folder: Path) -> list[dict[str, object]]:
    """Measure one set."""
    rows = pd.read_csv(folder / "segments.csv", keep_default_na=False)
    book = read_book(folder, rows.columns)
    segments = read_segments(rows)
    codings = read_codings(rows, segments, book)
    methods = {
        "codebook, auto": lambda: of_codebook(rows, segments, book, ["auto"]),
        "codebook, auto + suggested": lambda: of_codebook(
            rows, segments, book, ["auto", "suggested"]
        ),
        "learned, all labels": lambda: of_learned(segments, codings, book),
    }
    table = []
    for method, run in methods.items():
        begun = time.perf_counter()
        scores = run()
        seconds = time.perf_counter() - begun
        table.append(
            {"set": folder.name, "method": method, **scores, "seconds": seconds}
        )
    return table


def main() -> None:
    """Print the table and write it as JSON."""
    beside = Path(__file__).parents[2] / "shared" / "data" / "coded"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=beside)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    table = [row for name in options.sets for row in measure(options.data / name)]
    print(pd.DataFrame(table).round(3).to_string(index=False))
    if options.out:
        options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
