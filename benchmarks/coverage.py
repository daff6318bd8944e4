"""How often the interval of a share holds the true share, when people sit in groups.

People of a focus group influence each other (intraclass correlation). For numbers and
sizes of groups, alone or beside people heard alone, prints in how many simulated studies
the 95 % interval holds the truth, and how wide it is: ours; Wilson's as if all people
were independent; and whole groups resampled with replacement (percentiles of 400 draws).
Ours is missing where none is shown. Then the same for the difference of two groups of
people; `wilson` is then Newcombe's interval as if all were independent.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.analysis.intervals import difference_interval, share_intervals

MIXES: dict[str, tuple[int, ...]] = {
    **{f"{groups} of 5": (5,) * groups for groups in (4, 6, 8, 10, 12, 20, 40)},
    "8 of 3-12": (3, 5, 5, 6, 7, 8, 9, 12),
    "15 of 2-9": (2, 4, 5, 7, 9) * 3,
    "18 alone, 2 of 6": (1,) * 18 + (6,) * 2,
    "15 alone, 3 of 7": (1,) * 15 + (7,) * 3,
    "10 alone, 4 of 8": (1,) * 10 + (8,) * 4,
    "30 alone, 6 of 5": (1,) * 30 + (5,) * 6,
    "12 alone, 4-9": (1,) * 12 + (4, 5, 9),
}
SHARES = (0.1, 0.2, 0.5, 0.8)
CORRELATIONS = (0.0, 0.1, 0.2, 0.3)
PAIRS = (
    ("8 of 5", "8 of 5"),
    ("20 of 5", "8 of 3-12"),
    ("18 alone, 2 of 6", "12 alone, 4-9"),
    ("10 alone, 4 of 8", "10 alone"),
    ("20 alone", "10 alone"),
)
SHARE_PAIRS = ((0.2, 0.1), (0.5, 0.3), (0.8, 0.5), (0.5, 0.5))
ALONE = {f"{people} alone": (1,) * people for people in (10, 20)}
METHODS = ("ours", "wilson", "resampled")

Limits = tuple[np.ndarray, np.ndarray]


def draw(
    sizes: np.ndarray, share: float, icc: float, n_studies: int, seed: Iterable[float]
) -> np.ndarray:
    """Draw how many of each cluster raised a theme, a row a study."""
    random = np.random.default_rng([round(1000 * part) for part in seed])
    of_cluster: np.ndarray | float = share
    if icc > 0:
        spread = (1 - icc) / icc
        of_cluster = random.beta(
            share * spread, (1 - share) * spread, (n_studies, len(sizes))
        )
    return random.binomial(sizes, of_cluster, (n_studies, len(sizes)))


def independent(raised: np.ndarray, sizes: np.ndarray) -> Limits:
    """Return Wilson's interval as if nobody had sat in a group."""
    people = np.ones(int(sizes.sum()))
    total = raised.sum(axis=1, keepdims=True)
    return share_intervals((np.arange(len(people)) < total).astype(float), people)


def resampled(raised: np.ndarray, sizes: np.ndarray) -> Limits:
    """Return percentiles of the share when whole clusters are drawn again."""
    clusters = len(sizes)
    random = np.random.default_rng(clusters)
    times = random.multinomial(clusters, np.full(clusters, 1 / clusters), 400).T
    shares = (raised @ times.astype(float)) / (sizes @ times)
    low, high = np.quantile(shares, (0.025, 0.975), axis=1)
    return low, high


def judged(limits: dict[str, Limits], truth: float) -> dict[str, float]:
    """Say how often each interval holds the truth, and how wide it is."""
    found = {}
    for name, (low, high) in limits.items():
        shown = ~np.isnan(low).any()
        holds = (low <= truth + 1e-12) & (truth - 1e-12 <= high)
        found[name] = float(holds.mean()) if shown else np.nan
        found[f"{name}_width"] = float((high - low).mean()) if shown else np.nan
    return found


def of_share(mix: str, share: float, icc: float, n_studies: int) -> dict[str, float]:
    """Judge the three intervals of a share."""
    sizes = np.array(MIXES[mix])
    seed = (list(MIXES).index(mix), share, icc)
    raised = draw(sizes, share, icc, n_studies, seed)
    limits = {
        "ours": share_intervals(raised, sizes),
        "wilson": independent(raised, sizes),
        "resampled": resampled(raised, sizes),
    }
    return judged(limits, share)


def of_difference(
    pair: tuple[str, str], shares: tuple[float, float], icc: float, n_studies: int
) -> dict[str, float]:
    """Judge the intervals of the difference of two shares."""
    ours, naive = [], []
    for side, (mix, share) in enumerate(zip(pair, shares, strict=True)):
        sizes = np.array((MIXES | ALONE)[mix])
        seed = (PAIRS.index(pair), side, share, icc)
        raised = draw(sizes, share, icc, n_studies, seed)
        found = raised.sum(axis=1) / sizes.sum()
        ours.append((found, *share_intervals(raised, sizes)))
        naive.append((found, *independent(raised, sizes)))
    limits = {
        "ours": difference_interval(*ours),
        "wilson": difference_interval(*naive),
    }
    return judged(limits, shares[0] - shares[1])


def summary(table: pd.DataFrame) -> str:
    """Say in how many of the shown cells each interval does what it says."""
    shown = table[table["ours"].notna()]
    return "\n".join(
        f"{name}: {shown[name].between(0.93, 0.97).mean():.1%} of {len(shown)} cells "
        f"within .93-.97, lowest {shown[name].min():.3f}, highest {shown[name].max():.3f}, "
        f"mean width {shown[f'{name}_width'].mean():.3f}"
        for name in METHODS
        if name in table
    )


def main() -> None:
    """Print the tables and write them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=10_000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    shares = [
        {"mix": mix, "share": share, "icc": icc}
        | of_share(mix, share, icc, options.studies)
        for mix in MIXES
        for share in SHARES
        for icc in CORRELATIONS
    ]
    differences = [
        {
            "mix": " / ".join(pair),
            "shares": "{:.1f} - {:.1f}".format(*truth),
            "icc": icc,
        }
        | of_difference(pair, truth, icc, options.studies)
        for pair in PAIRS
        for truth in SHARE_PAIRS
        for icc in CORRELATIONS
    ]
    for rows in (shares, differences):
        table = pd.DataFrame(rows)
        print(
            table.round(3).to_string(index=False),
            summary(table),
            sep="\n\n",
            end="\n\n",
        )
    if options.out:
        found = {"shares": shares, "differences": differences}
        options.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
