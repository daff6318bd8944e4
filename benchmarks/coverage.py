"""How often the interval of a share holds the true share, when people sit in groups.

People of a focus group influence each other (intraclass correlation). Prints, for mixes
of people heard alone and in groups, the share of simulated studies whose 95 % interval
holds the truth: ours, and Wilson's as if all were independent.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.analysis.intervals import share_interval, wilson

MIXES = (
    (20, 2, 6),
    (10, 4, 6),
    (30, 6, 6),
    (0, 8, 6),
    (0, 12, 6),
    (0, 20, 6),
    (0, 40, 6),
)
SHARES = (0.5, 0.2)
CORRELATIONS = (0.0, 0.1, 0.2, 0.3)


def coverage(
    mix: tuple[int, int, int], share: float, icc: float, n_studies: int
) -> dict[str, float]:
    """Simulate studies of `mix` = people alone, groups, people a group."""
    alone, groups, size = mix
    random = np.random.default_rng(0)
    cluster = np.concatenate(
        [np.arange(alone), alone + np.repeat(np.arange(groups), size)]
    )
    held, held_by_wilson = 0, 0
    for _ in range(n_studies):
        raised = (
            random.random(len(cluster))
            < _shares(share, icc, alone + groups, random)[cluster]
        )
        low, high = share_interval(pd.Series(raised), pd.Series(cluster.astype(str)))
        plain = wilson(int(raised.sum()), len(raised))
        held += low <= share <= high
        held_by_wilson += plain[0] <= share <= plain[1]
    return {"ours": held / n_studies, "wilson": held_by_wilson / n_studies}


def _shares(
    share: float, icc: float, n: int, random: np.random.Generator
) -> np.ndarray:
    if icc == 0:
        return np.full(n, share)
    spread = (1 - icc) / icc
    return random.beta(share * spread, (1 - share) * spread, n)


def main() -> None:
    """Print the table and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--studies", type=int, default=1000)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    rows = [
        {
            "alone": mix[0], "groups": mix[1], "size": mix[2], "share": share, "icc": icc,
            **coverage(mix, share, icc, options.studies),
        }
        for mix in MIXES
        for share in SHARES
        for icc in CORRELATIONS
    ]  # fmt: skip
    print(pd.DataFrame(rows).round(3).to_string(index=False))
    if options.out:
        options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
