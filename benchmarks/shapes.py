"""How fast studies of other shapes run than interviews of forty turns.

Each is written for the occasion, of sentences that people said or wrote (../shared/data),
and run by the command line with static vectors:

- `survey`: 5,000 people in one file, three open questions each, of forty schools
- `school`: 800 interviews, first names only, and a list of 3,000 people
- `roster`: interviews of 1,000 turns, and 20,000 names to take out
- `codebook`: the same interviews, and 300 themes
- `hearing`: one file, in which sixty people take 12,000 turns
- `captions`: one file of 20,000 cues

Run: python benchmarks/shapes.py [--shapes survey school] [--package ANOTHER/src]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pandas as pd
from speed import BESIDE, people, sentences_in, turn, write_study

Options = list[str | Path]
STAGES = ("read", "take identities out", "code", "cluster", "count", "write")


class Writer:
    """Writes studies of several shapes, the same ones every time."""

    def __init__(self, data: Path) -> None:
        """Read what people said."""
        self.data = data
        self.draw = random.Random(0)
        self.said = sentences_in(data)
        self.folk = people(self.draw, 6_000)

    def survey(self, folder: Path) -> Options:
        """Write one sheet of answers."""
        asked = (
            "What works well for you at school?",
            "What gets in the way?",
            "What would you change?",
        )
        rows = [
            (
                f"R_{n:05}",
                f"School {n % 40}",
                6 + n % 7,
                *self.draw.sample(self.said, 3),
            )
            for n in range(5_000)
        ]
        _table(folder / "survey.csv", ("ResponseId", "school", "grade", *asked), rows)
        return []

    def school(self, folder: Path) -> Options:
        """Write interviews, and who is who."""
        for n, name in enumerate(self.folk[:800]):
            lines = [
                f"Interviewer: What helps you at school?\n{name.split()[0]}: {self._turn()}"
                for _ in range(2)
            ]
            (folder / f"interview_{n:03}.txt").write_text("\n".join(lines), "utf-8")
        listed = folder.parent / "who_is_who.csv"
        rows = [
            (name, "student", 6 + n % 7) for n, name in enumerate(self.folk[:3_000])
        ]
        _table(listed, ("name", "role", "grade"), rows)
        return ["--participants", listed]

    def roster(self, folder: Path) -> Options:
        """Write interviews, and whom to take out."""
        write_study(folder, self.data, 1_000, seed=0)
        listed = folder.parent / "roster.csv"
        names = people(random.Random(1), 20_000)
        _table(listed, ("name",), [(name,) for name in names])
        return ["--roster", listed]

    def codebook(self, folder: Path) -> Options:
        """Write interviews, and what to look for."""
        write_study(folder, self.data, 1_000, seed=0)
        book = folder.parent / "codebook.csv"
        rows = [
            (
                f"{' '.join(self._sentence().split()[:3])} {n}",
                *self.draw.sample(self.said, 2),
            )
            for n in range(300)
        ]
        _table(book, ("theme", "definition", "examples"), rows)
        return ["--codebook", book]

    def hearing(self, folder: Path) -> Options:
        """Write one long transcript."""
        lines = [f"{self.folk[n % 60]}: {self._sentence()}" for n in range(12_000)]
        (folder / "hearing.txt").write_text("\n".join(lines), "utf-8")
        return []

    def captions(self, folder: Path) -> Options:
        """Write what a recorder wrote."""
        cues = [
            f"{_clock(2 * n)} --> {_clock(2 * n + 2)}\n"
            f"{self.folk[n // 4 % 12]}: {self._sentence()}"
            for n in range(20_000)
        ]
        (folder / "group.vtt").write_text("\n\n".join(["WEBVTT", *cues]), "utf-8")
        return []

    def _sentence(self) -> str:
        return self.draw.choice(self.said)

    def _turn(self) -> str:
        return turn(self.draw, self.said, self.folk)


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def _table(path: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])


SHAPES = ("survey", "school", "roster", "codebook", "hearing", "captions")


def run(shape: str, writer: Writer, package: Path | None) -> dict[str, object]:
    """Write a study, run it, and return the seconds of each stage."""
    with tempfile.TemporaryDirectory() as folder:
        study = Path(folder) / "study"
        study.mkdir()
        write: Callable[[Path], Options] = getattr(writer, shape)
        words = ["analyze", study, *write(study), "--fast", "--no-cache", "--json"]
        words += ["--out", Path(folder) / "results"]
        code = "from empathy_insights.cli import main; main()"
        beside = {"PYTHONPATH": str(package)} if package else {}
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", code, *map(str, words)],
            env=os.environ | beside, capture_output=True, text=True, check=True,
        )  # fmt: skip
        took = time.perf_counter() - begun
        told = [json.loads(line) for line in done.stderr.split("\n") if line[:1] == "{"]
        return {"shape": shape, **dict(stages(told)), "whole": round(took, 1)}


def stages(told: Sequence[dict[str, object]]) -> Iterator[tuple[str, float]]:
    """Yield each stage with the seconds that it took."""
    found = [(str(one["progress"]), float(str(one["seconds"]))) for one in told]
    begun = [one for one in found if ":" not in one[0]]
    for (name, start), (_, end) in pairwise(begun):
        if name in STAGES:
            yield name, round(end - start, 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shapes", nargs="+", choices=SHAPES, default=SHAPES)
    parser.add_argument("--data", type=Path, default=BESIDE)
    parser.add_argument("--package", type=Path, help="another src, to compare with")
    asked = parser.parse_args()
    rows = [run(shape, Writer(asked.data), asked.package) for shape in asked.shapes]
    sys.stdout.write(pd.DataFrame(rows).to_string(index=False) + "\n")
