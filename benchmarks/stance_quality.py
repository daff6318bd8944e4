"""Hold the stances against people's: need, asset, mixed or neutral, and by cues alone.

Of the sample, each hand-coded theme of a segment is judged with the evidence of the
default coder's coding, where it found the theme. One author made its texts, which tell
stories and seldom judge, and its codes. The open answers of the NHS Friends and Family
Test are real: patients' talk, a person's sentiment of 1 or 2 taken as asset, of 4 or 5
as need (3 is left out), without and with the question asked. Nothing was learned from
either.
"""

from __future__ import annotations

import argparse
import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.metrics import f1_score

import empathy_insights as ei
from empathy_insights.codebook import Codebook
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.stance import with_attributes

STANCES = ["need", "asset", "mixed", "neutral"]
PAIR = ["segment_id", "theme"]
EVIDENCE = ["evidence_start", "evidence_end"]


def read_sample(data: Path, book: Codebook) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the segments of a study, and its hand codes with evidence and `round`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        segments = ei.segment(ei.read_corpus(data))
    hand = pd.read_csv(data / "hand_codes.csv", dtype="str").dropna(subset="theme")
    found = ei.code(segments, book)[[*PAIR, *EVIDENCE]]
    hand = hand[[*PAIR, "stance"]].merge(found, on=PAIR, how="left")
    return segments, hand.assign(round=hand["segment_id"].str.split("_").str[0])


def read_answers(data: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return survey answers as segments, and a stance by a person for each."""
    texts = pd.read_csv(data / "segments.csv", dtype="str")[["segment_id", "text"]]
    about = pd.read_csv(data / "meta.csv", dtype="str")
    answers = texts.merge(about, on="segment_id").dropna(subset="text")
    sentiment = pd.to_numeric(answers["sentiment_1pos_5neg"], errors="coerce")
    answers = answers.assign(
        stance=np.select([sentiment <= 2, sentiment >= 4], ["asset", "need"], "")
    )
    answers = answers[answers["stance"] != ""].reset_index(drop=True)
    segments = answers[["segment_id", "text", "question"]].assign(start=0)
    given = answers[["segment_id", "stance"]].assign(theme="any")
    return segments, given.assign(evidence_start=np.nan, evidence_end=np.nan)


def by_cues(given: pd.DataFrame, segments: pd.DataFrame, book: Codebook) -> pd.Series:
    """Return the stances that the codebook's cues alone give."""
    reads = LexicalCoder(book).read(segments["text"].tolist())
    need, asset = (
        np.array([cue in read.cues for read in reads]) for cue in ("need", "asset")
    )
    stances = np.select(
        [need & asset, need, asset], ["mixed", "need", "asset"], "neutral"
    )
    return given["segment_id"].map(pd.Series(stances, index=segments["segment_id"]))


def score(given: pd.Series, found: pd.Series) -> dict[str, object]:
    """Return accuracy, F1 and the table of what a person said by what was found.

    `heard_need` and `heard_asset` are F1 of having spoken of a need or of a strength
    at all, as people are counted: `mixed` is both.
    """
    f1 = f1_score(given, found, labels=STANCES, average=None, zero_division=0)
    heard = {
        f"heard_{side}": float(
            f1_score(given.isin([side, "mixed"]), found.isin([side, "mixed"]))
        )
        for side in ("need", "asset")
    }
    used = [
        value for name, value in zip(STANCES, f1, strict=True) if (given == name).any()
    ]
    table = pd.crosstab(given, found).reindex(
        index=STANCES, columns=STANCES, fill_value=0
    )
    return {
        "n": len(given),
        "accuracy": float((given == found).mean()),
        "macro_f1": float(np.mean(used)),
        "f1": dict(zip(STANCES, f1.tolist(), strict=True)),
        **heard,
        "table": table.to_dict("index"),
    }


def judge(
    given: pd.DataFrame, segments: pd.DataFrame, book: Codebook
) -> dict[str, pd.Series]:
    """Return the stances by each way of telling them."""
    bare = given[[*PAIR, *EVIDENCE]]
    plain = segments.drop(columns="question")
    return {
        "always need": pd.Series("need", index=given.index),
        "cues alone": by_cues(given, segments, book),
        "without evidence": with_attributes(
            bare.assign(evidence_start=np.nan, evidence_end=np.nan), segments, book
        )["stance"],
        "without question": with_attributes(bare, plain, book)["stance"],
        "stance": with_attributes(bare, segments, book)["stance"],
    }


def print_tables(results: dict[str, dict[str, dict[str, object]]]) -> None:
    """Print a row a way of telling, and what a person said by what was found."""
    names = ["accuracy", "macro_f1", "heard_need", "heard_asset"]
    for part, ways in results.items():
        print(
            f"\n{part} ({ways['stance']['n']}): accuracy, mean F1, F1 by use, F1 by stance"
        )
        print(f"{'':18}" + "".join(f"{n:>12}" for n in [*names, *STANCES]))
        for way, row in ways.items():
            cells = [*(row[name] for name in names), *row["f1"].values()]
            print(f"{way:18}" + "".join(f"{cell:12.3f}" for cell in cells))
        for way in ("cues alone", "stance"):
            print(f"{way}: a person's (rows) by what was found")
            print(pd.DataFrame(ways[way]["table"]).T.to_string())


def main() -> None:
    """Score stances on the sample and, where they are at hand, on real answers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codebook", default="empathy_core", help="a name or a file")
    parser.add_argument(
        "--data",
        type=Path,
        default=Path(__file__).parents[1] / "data" / "sample",
        help="a folder of transcripts with hand_codes.csv",
    )
    parser.add_argument(
        "--answers",
        type=Path,
        help="a folder with segments.csv and meta.csv of nhs_fft",
    )
    parser.add_argument("--out", type=Path, help="a JSON file for all numbers")
    options = parser.parse_args()
    book = ei.load_codebook(options.codebook)
    segments, hand = read_sample(options.data, book)
    found = judge(hand, segments, book)
    results = {
        f"sample {name}": {
            way: score(part["stance"], stances[part.index])
            for way, stances in found.items()
        }
        for name, part in hand.groupby("round")
    }
    if options.answers and (options.answers / "meta.csv").exists():
        segments, given = read_answers(options.answers)
        results["nhs_fft"] = {
            way: score(given["stance"], stances)
            for way, stances in judge(given, segments, book).items()
        }
    else:
        print("nhs_fft skipped: --answers names no folder that holds meta.csv")
    print_tables(results)
    if options.out:
        options.out.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
