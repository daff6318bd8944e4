"""How fast segments are coded, and in how much memory: segments a second, peak MB.

Each size runs in a process of its own, on one core. The texts are answers that people
gave (nhs_fft), drawn with replacement and each given a number, so that no two are equal;
the shipped codebook codes them.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

SIZES = (1_000, 5_000, 20_000)
BESIDE = Path(__file__).parents[2] / "shared" / "data" / "coded" / "nhs_fft"


def read_segments(folder: Path, n: int) -> pd.DataFrame:
    """Return n segments of as many people."""
    import empathy_insights as ei

    said = pd.read_csv(folder / "segments.csv", keep_default_na=False)["text"]
    drawn = np.random.default_rng(0).integers(len(said), size=n)
    texts = said.to_numpy()[drawn] + pd.Series(range(n)).map(" No. {}.".format)
    answers = pd.DataFrame({"person": [f"p{k}" for k in range(n)], "text": texts})
    corpus = ei.corpus_from_frame(answers, text="text", person="person")
    return ei.segment(corpus)


def measure(folder: Path, n: int, embedder: Path | None) -> dict[str, object]:
    """Code n segments in this process."""
    import empathy_insights as ei

    segments = read_segments(folder, n)
    book = ei.load_codebook("empathy_core")
    ei.code(segments.head(10), book, embedder=embedder)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.perf_counter()
    codings = ei.code(segments, book, embedder=embedder)
    seconds = time.perf_counter() - begun
    return {
        "segments": len(segments),
        "codings": len(codings),
        "seconds": round(seconds, 2),
        "segments/s": round(len(segments) / seconds),
        "MB before": round(before),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def apart(options: argparse.Namespace, n: int) -> dict[str, object]:
    """Measure in a process of its own, on one thread."""
    command = [sys.executable, __file__, "--only", str(n), "--data", str(options.data)]
    if options.embedder:
        command += ["--embedder", str(options.embedder)]
    one = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        command, env=os.environ | one, check=True, capture_output=True, text=True
    )
    return dict(json.loads(done.stdout.splitlines()[-1]))


def main() -> None:
    """Print the table and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=BESIDE)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--embedder", type=Path, help="the folder of a transformer")
    parser.add_argument("--only", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measure(options.data, options.only, options.embedder)))
        return
    if not options.data.is_dir():
        raise SystemExit(f"there is no {options.data}; name it with --data")
    table = [apart(options, n) for n in options.sizes]
    print(pd.DataFrame(table).to_string(index=False))
    if options.out:
        options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
