"""How well empathy_core finds themes in invented turns whose writer never saw its phrases.

The turns (data/stories) were labelled in two passes that did not see each other; where
the passes differ about a theme of a turn, that pair is left out. The half `tune` may be
read while the codebook is changed; the half `test` is only scored. Prints precision and
recall of `auto` and of `auto` + `suggested` by role, the mean average precision of the
chances over themes, and how far the two passes agree. `--embedder static` judges by the
static vectors.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd

import empathy_insights as ei
from empathy_insights.coding.code import code_study
from empathy_insights.text.embedders import embedder_of

GROUPS = {
    "student": "students",
    "family": "families",
    "teacher": "adults in schools",
    "school_leader": "adults in schools",
    "leader": "adults in schools",
    "staff": "adults in schools",
}
STATUSES = {"auto": ["auto"], "auto + suggested": ["auto", "suggested"]}


def given(turns: pd.DataFrame, column: str, themes: list[str]) -> np.ndarray:
    """Return whether a pass gave a theme: a row a turn, a column a theme."""
    return np.array(
        [[theme in cell.split(";") for theme in themes] for cell in turns[column]]
    )


def found_by(
    turns: pd.DataFrame, codings: pd.DataFrame, themes: list[str]
) -> np.ndarray:
    """Return whether a theme was found: a row a turn, a column a theme."""
    found = np.zeros((len(turns), len(themes)), dtype=bool)
    rows = codings["segment_id"].map(
        dict(zip(turns["segment_id"], turns.index, strict=True))
    )
    main = codings["theme"].str.split(".").str[0]
    found[rows.to_numpy(), pd.Index(themes).get_indexer(main)] = True
    return found


def code_turns(
    turns: pd.DataFrame, embedder: str | None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the turns with their segment ids, their codings, and their chances."""
    corpus = ei.corpus_from_frame(turns, text="text", person="turn_id")
    segments = ei.segment(corpus, max_words=1000)
    if segments["text"].tolist() != turns["text"].str.strip().tolist():
        raise SystemExit("a turn was cut or lost: turns and segments differ")
    turns = turns.assign(segment_id=segments["segment_id"].to_numpy())
    book = ei.load_codebook("empathy_core")
    found = code_study(segments, book, embedder_of(embedder))
    by_turn = found["chances"].set_index("segment_id").loc[turns["segment_id"]]
    return turns, found["codings"], by_turn


def average_precision(
    truth: np.ndarray, known: np.ndarray, chances: np.ndarray
) -> float:
    """Return the mean over themes of the precision at each right turn."""
    each = []
    for theme in range(truth.shape[1]):
        rows = known[:, theme]
        order = np.argsort(-chances[rows, theme], kind="stable")
        right = np.flatnonzero(truth[rows, theme][order])
        if len(right):
            each.append(np.mean((np.arange(len(right)) + 1) / (right + 1)))
    return float(np.mean(each))


def score(found: np.ndarray, truth: np.ndarray, known: np.ndarray) -> dict[str, object]:
    """Return precision, recall and F1 over the pairs on which both passes agree."""
    right = int((found & truth & known).sum())
    said, real = int((found & known).sum()), int((truth & known).sum())
    return {
        "labels": real,
        "found": said,
        "precision": round(right / max(said, 1), 2),
        "recall": round(right / max(real, 1), 2),
        "f1": round(2 * right / max(said + real, 1), 3),
    }


def measure(path: Path, embedder: str | None) -> list[dict[str, object]]:
    """Score every half, role and status."""
    turns = pd.read_csv(path, keep_default_na=False)
    themes = [theme.id for theme in ei.load_codebook("empathy_core").main_themes]
    turns, codings, chances = code_turns(turns, embedder)
    first, second = given(turns, "pass_a", themes), given(turns, "pass_b", themes)
    known, truth = first == second, first & second
    print(f"the passes agree on {known.mean():.2%} of {known.size} pairs, and on all")
    print(f"themes of {known.all(axis=1).mean():.0%} of {len(turns)} turns")
    group = turns["role"].map(GROUPS).fillna("others").to_numpy()
    table = []
    for half in ("tune", "test"):
        own = (turns["half"] == half).to_numpy()
        precision = average_precision(
            truth[own], known[own], chances[themes].to_numpy()[own]
        )
        print(f"mean average precision on {half}: {precision:.3f}")
        for name in ("all", *dict.fromkeys(GROUPS.values())):
            rows = own & ((group == name) | (name == "all"))
            for label, statuses in STATUSES.items():
                kept = codings[codings["status"].isin(statuses)]
                found = found_by(turns, kept, themes)
                scores = score(found[rows], truth[rows], known[rows])
                table.append({"half": half, "who": name, "status": label, **scores})
    return table


def main() -> None:
    """Print the table and write it as JSON."""
    beside = Path(__file__).parents[1] / "data" / "stories" / "turns.csv"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=Path, default=beside)
    parser.add_argument(
        "--embedder", help="static, or a folder; the default if missing"
    )
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    table = measure(options.turns, options.embedder)
    print(pd.DataFrame(table).to_string(index=False))
    if options.out:
        options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
