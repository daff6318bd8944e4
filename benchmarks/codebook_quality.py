"""Hold a codebook against hand codes: what its phrases find, and what they find wrongly.

Round 1 of the sample may be read while patterns are written; round 2 is only scored
here, so that a gain which holds in round 1 alone shows as what it is. One author made
the texts and the codes, so a score says which of two codebooks is better, and nothing
about other interviews.
"""

from __future__ import annotations

import argparse
import json
import warnings
from pathlib import Path

import pandas as pd

import empathy_insights as ei
from empathy_insights.codebook import Codebook

ROLES = {
    "student": "students",
    "family": "families",
    "teacher": "adults in schools",
    "school_leader": "adults in schools",
    "staff": "adults in schools",
}
STATUSES = {"auto": ["auto"], "auto+suggested": ["auto", "suggested"]}
PAIR = ["segment_id", "theme"]


def read_segments(data: Path) -> pd.DataFrame:
    """Return the segments of a study with `round` and the kind of `speaker`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        corpus = ei.read_corpus(data)
    roles = corpus.participants.set_index("participant_id")["role"]
    segments = ei.segment(corpus)
    return segments.assign(
        round=segments["document_id"].str.split("_").str[0],
        speaker=segments["participant_id"]
        .map(roles)
        .map(ROLES)
        .astype("object")
        .fillna("not known"),
    )


def read_judged(path: Path) -> set[str]:
    """Return the ids of all segments that a person read, with or without a theme."""
    return set(pd.read_csv(path, dtype="str")["segment_id"])


def count(found: pd.DataFrame, truth: pd.DataFrame, themes: list[str]) -> pd.DataFrame:
    """Count hits, what was found wrongly and what was missed, a row a theme."""
    merged = found[PAIR].merge(truth[PAIR], on=PAIR, how="outer", indicator=True)
    table = pd.crosstab(merged["theme"], merged["_merge"].astype("str"))
    table = table.reindex(
        index=themes, columns=["both", "left_only", "right_only"], fill_value=0
    )
    return table.set_axis(["hits", "wrong", "missed"], axis="columns")


def score(hits: int, wrong: int, missed: int) -> dict[str, float | None]:
    """Return precision, recall and F1; None where there is nothing to divide by."""
    return {
        "precision": hits / (hits + wrong) if hits + wrong else None,
        "recall": hits / (hits + missed) if hits + missed else None,
        "f1": 2 * hits / (2 * hits + wrong + missed) if hits + wrong + missed else None,
    }


def scores(counts: pd.DataFrame) -> dict[str, object]:
    """Score each theme, all codings together (micro), and the mean theme (macro).

    The mean is over themes that a person used; precision counts as 0 where such a theme
    was never found.
    """
    themes = {
        str(theme): {**row, **score(**row)}
        for theme, row in counts.to_dict("index").items()
    }
    total = {str(name): int(value) for name, value in counts.sum().items()}
    used = [row for row in themes.values() if row["hits"] + row["missed"]]
    macro = {
        name: sum(row[name] or 0 for row in used) / len(used) if used else None
        for name in ("precision", "recall", "f1")
    }
    return {"micro": {**total, **score(**total)}, "macro": macro, "themes": themes}


def slices(segments: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Return all segments, each round, and each kind of speaker in each round."""
    parts = {"all": segments}
    for name, rows in segments.groupby("round"):
        parts[str(name)] = rows
        for speaker, spoken in rows.groupby("speaker"):
            parts[f"{name} {speaker}"] = spoken
    return parts


def own_cases(book: Codebook) -> dict[str, object]:
    """Return how many of a codebook's own examples and near misses come out right."""
    cases = ei.check_codebook(book)
    grouped = cases.groupby("kind")["passed"].agg(["sum", "size"])
    return {
        str(kind): {"passed": int(row["sum"]), "of": int(row["size"])}
        for kind, row in grouped.iterrows()
    }


def measure(book: Codebook, data: Path) -> dict[str, object]:
    """Code a study and compare with its hand codes, as a whole and in parts."""
    hand_codes = data / "hand_codes.csv"
    segments = read_segments(data)
    segments = segments[segments["segment_id"].isin(read_judged(hand_codes))]
    themes = [theme.id for theme in book.main_themes]
    truth = ei.read_codings(hand_codes, book)
    codings = ei.code(segments.drop(columns=["round", "speaker"]), book)
    codings = codings[codings["theme"].isin(themes)]
    results: dict[str, object] = {
        "codebook": f"{book.id} {book.version}",
        "patterns": sum(
            len(kept) for theme in book for kept in vars(theme.patterns).values()
        ),
        "own_cases": own_cases(book),
        "slices": {},
    }
    for name, part in slices(segments).items():
        inside = part["segment_id"]
        gold = truth[truth["segment_id"].isin(inside)]
        results["slices"][name] = {"segments": len(part)} | {
            kind: scores(
                count(
                    codings[
                        codings["segment_id"].isin(inside)
                        & codings["status"].isin(statuses)
                    ],
                    gold,
                    themes,
                )
            )
            for kind, statuses in STATUSES.items()
        }
    return results


def print_tables(results: dict[str, object]) -> None:
    """Print a table of the parts, and one of the themes in each round."""
    cases = ", ".join(
        f"{kind} {row['passed']}/{row['of']}"
        for kind, row in results["own_cases"].items()
    )
    print(f"{results['codebook']}: {results['patterns']} patterns; own {cases}\n")
    groups = [f"{kind} {mean}" for kind in STATUSES for mean in ("micro", "macro")]
    print(f"{'':26}" + "".join(f"{group:^24}" for group in groups))
    print(f"{'':20}{'n':>5} " + "".join(f"{'P    R    F1':^24}" for _ in groups))
    for name, part in results["slices"].items():
        cells = "".join(
            f"{_row(part[kind][mean]):^24}"
            for kind in STATUSES
            for mean in ("micro", "macro")
        )
        print(f"{name:20}{part['segments']:>5} {cells}")
    print("\nauto, by theme: precision recall F1 (number of hand codes)")
    rounds = [name for name in results["slices"] if name.startswith("r")]
    rounds = [name for name in rounds if " " not in name]
    print(f"{'':32}" + "".join(f"{name:^21}" for name in rounds))
    for theme in results["slices"]["all"]["auto"]["themes"]:
        rows = [results["slices"][name]["auto"]["themes"][theme] for name in rounds]
        cells = "".join(
            f"{_row(row)} ({row['hits'] + row['missed']:>2})  " for row in rows
        )
        print(f"{theme:32}{cells}")


def _row(values: dict[str, float | None]) -> str:
    return " ".join(
        f"{values[name]:.2f}" if values[name] is not None else "  - "
        for name in ("precision", "recall", "f1")
    )


def main() -> None:
    """Score a codebook against the hand codes of a study."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codebook", default="empathy_core", help="a name or a file")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(__file__).parents[1] / "data" / "sample",
        help="a folder of transcripts with hand_codes.csv",
    )
    parser.add_argument("--out", type=Path, help="a JSON file for all numbers")
    options = parser.parse_args()
    results = measure(ei.load_codebook(options.codebook), options.data)
    print_tables(results)
    if options.out:
        options.out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
