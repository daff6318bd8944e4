"""Fit what a coder's chances are worth, on texts that people coded: calibration.json.

Each set is coded by its codebook in three depths: as it is, with names and definitions
only, and with names only, so that a table says how little a poor codebook knows; and by
a coder that learned 100 labels, on the rest. Left out in turn, each set is what
benchmarks/counts.py judges.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
from coding_quality import SETS, read_set
from scipy.optimize import least_squares

import empathy_insights as ei
from empathy_insights.analysis.estimate.calibration import ChanceFit
from empathy_insights.analysis.estimate.passages_read import answers
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.models.regression import chances_of, log_odds, middles

ROOT = Path(__file__).parents[1]
OUT = ROOT / "src/empathy_insights/analysis/estimate/calibration.json"
SOURCES = {
    "nhs_fft": "NHS England pxtextmining, MIT",
    "sight": "Rose E. Wang, SIGHT, MIT",
    "pdpilot_interviews": "Daniel Kerrigan, PDPilot user study, BSD-3",
    "sample": "the invented sample of this project, coded by hand",
}
AT_MOST, N_LABELS = 1500, 100  # passages of a set; those that a coder learns
# Four sets say little of how far studies differ: at least as much is allowed.
LEAST = {"of_theme": 0.8, "of_study": 0.15, "of_worth": 0.06}
SHRUNK = 0.5  # of the slope, towards 1


@dataclass(frozen=True, eq=False)
class Judged:
    """What a coder said of the passages of a set, and people."""

    set: str
    depth: str
    chances: np.ndarray
    truth: np.ndarray
    person: np.ndarray


def depths(codebook: Codebook) -> Iterator[tuple[str, Codebook]]:
    """Return a codebook as it is, and as if its team had written less."""
    yield "as it is", codebook
    main = codebook.main_themes
    told = tuple(Theme(one.id, one.name, definition=one.definition) for one in main)
    bare = replace(codebook, id="bare", no_theme=(), themes=told)
    yield "definitions", bare
    named = tuple(Theme(one.id, one.name) for one in main)
    yield "names", replace(bare, themes=named)


@dataclass(frozen=True, eq=False)
class Coded:
    """A study that people coded: passages, codings, codebook, and who spoke."""

    name: str
    segments: pd.DataFrame
    codings: pd.DataFrame
    codebook: Codebook
    person: np.ndarray

    def judged(self, depth: str, chances: pd.DataFrame, rows: np.ndarray) -> Judged:
        """Return what a coder said of some passages, and people."""
        told = chances.set_index("segment_id").loc[
            self.segments["segment_id"].iloc[rows]
        ]
        themes = tuple(map(str, told.columns))
        asked, said = answers(self.codings, told.index, themes)
        read = asked.all(axis=1)
        return Judged(
            self.name, depth, told.to_numpy()[read], said[read], self.person[rows][read]
        )


def judged_sets(data: Path, names: Sequence[str]) -> list[Judged]:
    """Code every set in every depth."""
    found = []
    for name in names:
        coded = read_study(data, name)
        everything = np.arange(len(coded.segments))
        for depth, book in depths(coded.codebook):
            chances = ei.theme_chances(coded.segments, book)
            found.append(coded.judged(depth, chances, everything))
        coder, rest = learned(coded, N_LABELS, everything)
        chances = ei.theme_chances(coded.segments, coded.codebook, coders=[coder])
        found.append(coded.judged("learned", chances, rest))
    return found


def learned(
    coded: Coded, n_labels: int, rows: np.ndarray
) -> tuple[ei.LearnedCoder, np.ndarray]:
    """Teach a coder by some of the passages; return it and the rows it has not seen."""
    mixed = np.random.default_rng(0).permutation(rows)
    seen, rest = mixed[:n_labels], np.sort(mixed[n_labels:])
    ids = coded.segments["segment_id"].iloc[seen]
    given = coded.codings[coded.codings["segment_id"].isin(ids)]
    return ei.fit_coder(coded.segments, given, coded.codebook, n_resamples=2), rest


def read_study(data: Path, name: str) -> Coded:
    """Read a set: what participants said, and who they are (a number; a document)."""
    if name == "sample":
        corpus = ei.read_corpus(ROOT / "data" / "sample")
        segments = ei.segment(corpus)
        codebook = ei.load_codebook("empathy_core")
        codings = ei.read_codings(ROOT / "data/sample/hand_codes.csv", codebook)
        known = segments[segments["participant_id"].notna()].reset_index(drop=True)
        return Coded(name, known, codings, codebook, _numbers(known["participant_id"]))
    coded = read_set(data / name)
    spoken = coded.segments
    rows = pd.read_csv(data / name / "segments.csv", keep_default_na=False)
    if (rows["speaker"] == "Participant").any():
        spoken = spoken[(rows["speaker"] == "Participant").to_numpy()]
    order = np.random.default_rng(0).permutation(len(spoken))[:AT_MOST]
    spoken = spoken.iloc[np.sort(order)].reset_index(drop=True)
    person = _numbers(spoken["document_id"])
    return Coded(name, spoken, coded.codings, coded.book, person)


def _numbers(names: pd.Series) -> np.ndarray:
    return np.unique(names, return_inverse=True)[1]


def fit(sets: Sequence[Judged], version: str) -> ChanceFit:
    """Fit the calibration to some sets."""
    told = [_one(item) for item in sets]
    spread, worth = (np.array([one[n] for one in told]) for n in range(2))
    curve = least_squares(
        lambda at: np.log(at[0] * (1 - np.exp(-spread / at[1]))) - np.log(worth),
        [2.0, 1.0],
    )
    said, true, noise = (np.concatenate([one[n] for one in told]) for n in (2, 3, 4))
    of = np.repeat(np.arange(len(told)), [len(one[2]) for one in told])
    middle = [
        np.array([x[of == n].mean() for n in range(len(told))]) for x in (said, true)
    ]
    apart = said - middle[0][of], true - middle[1][of]
    slope = SHRUNK + (1 - SHRUNK) * (apart[0] * apart[1]).sum() / (apart[0] ** 2).sum()
    level = middle[1] - slope * middle[0]
    left = true - slope * said - level[of]
    found = {
        "of_theme": left.var() - noise.mean(),
        "of_study": level.var(),
        "of_worth": (curve.fun**2).mean(),
    }
    variances = {name: max(float(value), LEAST[name]) for name, value in found.items()}
    return ChanceFit(
        version, float(curve.x[0]), float(curve.x[1]), float(level.mean()), float(slope),
        **variances,
    )  # fmt: skip


def _one(item: Judged) -> tuple[float, float, np.ndarray, np.ndarray, np.ndarray]:
    """Return spread, worth, and each theme's log-odds: said, true, and its noise."""
    plain = ChanceFit("", 1.0, 1e-9, 0.0, 1.0, 1.0, 1.0, 1.0)
    units, _ = plain.centred(item.chances)
    n, n_themes = item.chances.shape
    none = min(1 / (n_themes + 1), 0.1)
    odds = log_odds(item.chances, certain=1e-4)
    raised = item.truth.sum(axis=0)
    is_there = raised > 0
    apart = odds - odds.mean(axis=0)
    spread = float(np.median(apart.std(axis=0) / np.maximum(units.std(axis=0), 1e-9)))
    worth = min(
        np.arange(0.2, 3.2, 0.1),
        key=lambda at: _loss(at * units[:, is_there], item.truth[:, is_there]),
    )
    mean = ((item.chances.sum(axis=0) + 10 * none) / (n + 10))[is_there]
    share = ((raised + 0.5) / (n + 1))[is_there]
    return (
        spread, float(worth), log_odds(mean, certain=0), log_odds(share, certain=0),
        1 / (n * share * (1 - share)),
    )  # fmt: skip


def _loss(apart: np.ndarray, truth: np.ndarray) -> float:
    """Return the log loss where each theme has the middle that suits it best."""
    chance = chances_of(middles(apart, truth.mean(axis=0)) + apart)
    chance = np.clip(chance, 1e-9, 1 - 1e-9)
    return float(-(truth * np.log(chance) + ~truth * np.log(1 - chance)).mean())


def main() -> None:
    """Fit to all sets, write, and print what each set left out gives."""
    parser = argparse.ArgumentParser(description=__doc__)
    beside = ROOT.parent / "shared" / "data" / "coded"
    parser.add_argument("--data", type=Path, default=beside)
    parser.add_argument("--version", default="2026-11.2")
    options = parser.parse_args()
    names = [*SETS, "sample"]
    sets = judged_sets(options.data, names)
    left_out = {
        name: _plain(fit([one for one in sets if one.set != name], options.version))
        for name in names
    }
    told = {
        "version": options.version,
        "fitted": _plain(fit(sets, options.version)),
        "sets": {name: SOURCES[name] for name in names},
        "without": left_out,
        "made_by": "benchmarks/fit_counts.py; judged by benchmarks/counts.py",
    }
    OUT.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(OUT.read_text(encoding="utf-8"))


def _plain(fitted: ChanceFit) -> dict[str, float]:
    numbers = {k: v for k, v in asdict(fitted).items() if k != "version"}
    return {name: round(float(value), 3) for name, value in numbers.items()}


if __name__ == "__main__":
    main()
