"""What a second run costs: of the same study, and after one thing changed.

The study is that of speed.py. Every run is the command line, in a process of its own, as
people run it. First cold, then again with nothing changed, with the report deleted, with
30 passages read by a person, with a phrase more in the codebook, a theme renamed, a theme
more, with another codebook, back to the first one, and with one interview more. Last, on
an empty cache, a run is killed half-way, and begun again: what it lost is all that the two
take beyond one cold run.

`analysis` is from reading to the problem of practice, `results` from there to the end,
`whole` all that the clock says, starting Python included.

Run: python benchmarks/rerun.py [--sizes 1000] [--embedder default]
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from shutil import rmtree

import pandas as pd
from speed import BESIDE, TURNS, write_study

CODEBOOKS = Path(__file__).parents[1] / "src/empathy_insights/codebooks"
CACHE = ".empathy_insights"
READ = 30
BOOK = "empathy_core"
PHRASES, PHRASE = "    strong: [\n", '      "want to sing",\n'
NAME, OTHER_NAME = "  name: Tech support\n", "  name: Hands that help\n"
THEMES = "\nthemes:\n"
THEME = """- id: bus_rides
  name: Bus rides
  definition: How students get to school and home, and what happens on the way.
  examples:
    - The bus is always late in the morning.
    - I stand in the cold because the driver forgets our stop.
    - It takes an hour to get home.
  patterns:
    strong: ["bus .. late"]
"""


@dataclass
class Runs:
    """The runs of one study, and what each took."""

    study: Path
    embedder: str
    table: list[dict[str, object]] = field(default_factory=list)

    @property
    def results(self) -> Path:
        """Where results go."""
        return self.study.parent / "results"

    def command(self, *options: str | Path) -> list[str]:
        """Return the command of a run."""
        fast = ["--fast"] if self.embedder == "static" else []
        words = [
            "analyze",
            self.study,
            "--out",
            self.results,
            "--json",
            *fast,
            *options,
        ]
        return [
            str(Path(sys.executable).with_name("empathy-insights")),
            *map(str, words),
        ]

    def run(self, what: str, *options: str | Path) -> float:
        """Run, note what it took, and return the seconds of the whole."""
        begun = time.perf_counter()
        done = subprocess.run(
            self.command(*options), check=True, capture_output=True, text=True
        )
        whole = time.perf_counter() - begun
        lines = [
            json.loads(line) for line in done.stderr.splitlines() if line[:1] == "{"
        ]
        at = {line["progress"]: line["seconds"] for line in reversed(lines)}
        ran = "write" in at  # where nothing has changed, results stand
        self.table.append({
            "passages": len(pd.read_parquet(self.results / "team_only/segments.parquet")),
            "run": what,
            "analysis": at["write"] - at["read"] if ran else 0.0,
            "results": lines[-1]["seconds"] - at["write"] if ran else 0.0,
            "whole": whole,
        })  # fmt: skip
        return whole

    def killed(self, after: float) -> None:
        """Kill a run on an empty cache, and all processes that it began."""
        rmtree(self.study / CACHE, ignore_errors=True)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        run = subprocess.Popen(self.command(), start_new_session=True, **quiet)
        time.sleep(after)
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()


def changed(folder: Path, name: str, old: str, new: str) -> Path:
    """Write the codebook with something else in the place of some of its words."""
    for path in CODEBOOKS.glob(f"{BOOK}*.csv"):
        (folder / path.name).write_bytes(path.read_bytes())
    text = (CODEBOOKS / f"{BOOK}.yaml").read_text(encoding="utf-8")
    if old not in text:
        raise SystemExit(f"{BOOK}.yaml has no {old!r}, which was to be changed")
    book = folder / f"{name}.yaml"
    book.write_text(text.replace(old, new, 1), encoding="utf-8")
    return book


def read_passages(results: Path, folder: Path) -> Path:
    """Write what a person said of the first passages: what the coder found is right."""
    codings = pd.read_parquet(results / "team_only/codings.parquet")
    first = codings["segment_id"].drop_duplicates().head(READ)
    read = codings[codings["segment_id"].isin(first)][["segment_id", "theme"]]
    path = folder / "read.csv"
    read.drop_duplicates().assign(coder="kim", status="human").to_csv(path, index=False)
    return path


def measure(n: int, options: argparse.Namespace) -> list[dict[str, object]]:
    """Run a study of n turns in every way."""
    with tempfile.TemporaryDirectory() as place:
        beside = Path(place, "beside")
        beside.mkdir()
        runs = Runs(Path(place, "study"), options.embedder)
        write_study(runs.study, options.data, n, options.seed)
        cold = runs.run("cold")
        runs.run("unchanged")
        (runs.results / "report.html").unlink()
        runs.run("results gone")
        runs.run("a decision file", "--decisions", read_passages(runs.results, beside))
        for what, old, new in (
            ("a phrase more", PHRASES, PHRASES + PHRASE),
            ("a theme renamed", NAME, OTHER_NAME),
            ("a theme more", THEMES, THEMES + THEME),
        ):
            book = changed(beside, what.replace(" ", "_"), old, new)
            runs.run(what, "--codebook", book)
        runs.run("another codebook", "--codebook", "mastery_systems")
        runs.run("the first again")
        write_study(beside / "more", options.data, TURNS, options.seed + 1)
        [more] = (beside / "more").iterdir()
        more.rename(runs.study / "one_more.txt")
        runs.run("one file more")
        (runs.study / "one_more.txt").unlink()
        runs.killed(cold / 2)
        rest = runs.run("after a kill half-way")
        lost = (cold / 2 + rest - cold) / cold
        return [
            *runs.table,
            {"passages": n, "run": "lost by the kill", "of cold": lost},
        ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=BESIDE)
    parser.add_argument("--sizes", nargs="+", type=int, default=(1_000,))
    parser.add_argument("--embedder", choices=("static", "default"), default="static")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    if not options.data.is_dir():
        raise SystemExit(f"there is no {options.data}; name it with --data")
    for n in options.sizes:
        table = pd.DataFrame(measure(n, options))
        for part in ("analysis", "whole"):
            share = (table[part] / table[part].iloc[0]).round(2)
            table[f"{part}, of cold"] = share
        table["whole, of cold"] = table["whole, of cold"].fillna(table.pop("of cold"))
        print(table.round(2).to_string(index=False, na_rep=""))


if __name__ == "__main__":
    main()
