"""How often the interval of a corrected share holds the true share.

A coder misses themes and sees some that are not there; people return to a theme
(intraclass correlation) and speak unequally much (2 to 30 segments); some segments, or all
segments of some people, are coded by hand. Prints for each setting the share of
simulated studies whose 95 % interval holds the truth, and its mean width: `raw` (Wilson's
of the coder's share), `by_hand` (from the audited alone, same variance and quantile),
`ours`.
"""

from __future__ import annotations

import argparse
import itertools
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.analysis.audit import audit_sample
from empathy_insights.analysis.corrected import corrected_share
from empathy_insights.analysis.intervals import wilson
from empathy_insights.tables import CODINGS

PEOPLE = (20, 40, 80)
SHARES = (0.05, 0.15, 0.4)
CORRELATIONS = (0.0, 0.1, 0.3)
CODERS = ((0.4, 0.99), (0.9, 0.9))
AUDITED = {"segments": (50, 100, 300), "people": (10, 20, 40)}
WAYS = ("raw", "by_hand", "ours")


@dataclass(frozen=True)
class Study:
    """Hold one simulated study, a value a segment."""

    person: np.ndarray
    human: np.ndarray
    machine: np.ndarray


@dataclass(frozen=True)
class Setting:
    """Hold what the studies have in common."""

    people: int
    share: float
    icc: float
    sensitivity: float
    specificity: float
    audited: int


def simulate(setting: Setting, random: np.random.Generator) -> Study:
    """Draw people, what they say, and what the coder finds."""
    n = setting.people
    sizes = np.clip(np.round(random.lognormal(2.0, 0.7, n)), 2, 30).astype(int)
    share = np.full(n, setting.share)
    if setting.icc:
        spread = (1 - setting.icc) / setting.icc
        share = random.beta(setting.share * spread, (1 - setting.share) * spread, n)
    person = np.repeat(np.arange(n), sizes)
    human = random.random(len(person)) < share[person]
    chance = np.where(human, setting.sensitivity, 1 - setting.specificity)
    return Study(person, human, random.random(len(person)) < chance)


def draw(study: Study, unit: str, n: int, seed: int) -> np.ndarray:
    """Return which segments `audit_sample` draws."""
    name = pd.Series(np.arange(len(study.person))).map("d:{:05d}.01".format)
    segments = pd.DataFrame(
        {
            "segment_id": name,
            "utterance_id": name.str[:-3],
            "start": 0,
            "end": 0,
            "text": "",
            "participant_id": pd.Series(study.person).map("p{:03d}".format),
        }
    )
    found = pd.DataFrame({"segment_id": name[study.machine]}).assign(
        theme="t", coder="c", status="auto", score=np.nan, method="m",
        evidence_start=np.nan, evidence_end=np.nan, stance="neutral", codebook_sha256="0",
    )  # fmt: skip
    codings = found if len(found) else CODINGS.frame([])
    drawn = audit_sample(segments, codings, n=n, unit=unit, random_state=seed)
    return np.asarray(name.isin(drawn["segment_id"]))


def by_person(study: Study, audited: np.ndarray) -> tuple[Study, np.ndarray]:
    """Turn segments into people: whether anything they said holds the theme."""
    n = int(study.person.max()) + 1
    human, machine, drawn = (
        np.bincount(study.person, value, n) > 0
        for value in (study.human, study.machine, audited)
    )
    return Study(np.arange(n), human, machine), drawn


def intervals(study: Study, audited: np.ndarray) -> dict[str, tuple[float, float]]:
    """Return the three intervals of one study."""
    n = len(study.person)
    ours = corrected_share(study.machine, study.human, audited, study.person)
    # A coder that finds nothing leaves what people found: the audit alone.
    nothing = np.zeros(n, dtype=bool)
    alone = corrected_share(nothing, study.human, audited, study.person)
    return {
        "raw": wilson(float(study.machine.sum()), n),
        "by_hand": (alone.low, alone.high),
        "ours": (ours.low, ours.high),
    }


def coverage(setting: Setting, unit: str, n_studies: int) -> dict[str, float]:
    """Return coverage and mean width of the three ways in one setting."""
    random = np.random.default_rng(0)
    truth = setting.share if unit == "segments" else _share_of_people(setting)
    held = dict.fromkeys(WAYS, 0)
    width = dict.fromkeys(WAYS, 0.0)
    for seed in range(n_studies):
        study = simulate(setting, random)
        audited = draw(study, unit, setting.audited, seed)
        if unit == "people":
            study, audited = by_person(study, audited)
        for way, (low, high) in intervals(study, audited).items():
            held[way] += low <= truth <= high
            width[way] += high - low
    return {
        **{f"held_{way}": held[way] / n_studies for way in WAYS},
        **{f"width_{way}": width[way] / n_studies for way in WAYS},
    }


def _share_of_people(setting: Setting) -> float:
    """Return the share of people who raise the theme, from very many people."""
    many = simulate(
        Setting(400_000, setting.share, setting.icc, 1, 1, 0), np.random.default_rng(1)
    )
    return float((np.bincount(many.person, many.human) > 0).mean())


def main() -> None:
    """Print the table and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=300)
    parser.add_argument("--unit", choices=("segments", "people"), default="segments")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = []
    for people, share, icc, coder, audited in itertools.product(
        PEOPLE, SHARES, CORRELATIONS, CODERS, AUDITED[options.unit]
    ):
        if options.unit == "people" and audited > people:
            continue
        setting = Setting(people, share, icc, *coder, audited)
        rows.append(
            {**vars(setting), **coverage(setting, options.unit, options.studies)}
        )
    table = pd.DataFrame(rows)
    print(table.round(3).to_string(index=False))
    measured = table.filter(regex="held|width")
    print(measured.describe(percentiles=[0.1, 0.5]).round(3).to_string())
    if options.out:
        options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
