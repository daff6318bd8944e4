"""Whether printed intervals hold people's own count: nhs_fft, sight, pdpilot, the sample.

Each set is judged with a calibration fitted without it (calibration.json, `without`).
The sample is one study of 41 people; of the other sets, studies of 24 to 40 people with
three answers each are drawn. Coders: the codebook alone (as it is, with definitions,
with names), and one that learned 50 or 200 labels of other passages. People then read
0, 15, 30 or 60 passages, those that `next_passages` names or drawn at random.

Columns: share of themes whose interval holds people's count; mean error of the middle
and mean width, both as a share of the people; rank correlation of the themes; how many
of the three most raised themes are among the three named; seconds of an update.
"""

from __future__ import annotations

import argparse
import json
import time
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from fit_counts import Coded, depths, learned, read_study
from scipy.stats import spearmanr

import empathy_insights as ei
from empathy_insights.analysis.estimate import calibration as shipped
from empathy_insights.analysis.estimate.calibration import ChanceFit
from empathy_insights.analysis.estimate.counts import Estimate, estimate_of
from empathy_insights.analysis.estimate.next_passages import reading_order
from empathy_insights.analysis.estimate.passages_read import answers
from empathy_insights.analysis.estimate.questions import Questions, questions_of
from empathy_insights.coding.code import question_chances
from empathy_insights.text.embedders import embedder_of

SETS = ("sight", "nhs_fft", "pdpilot_interviews", "sample")
READ = (0, 15, 30, 60)
EACH, PEOPLE = 3, (24, 41)  # answers a person; people of a study that is drawn
FEW_DEALS = 4
BATCH = 10  # passages that are read before the order is made anew


def calibrated_without(name: str) -> ChanceFit:
    """Return the calibration that has not seen a set; the shipped one, of another."""
    path = Path(shipped.__file__).with_name("calibration.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    return ChanceFit("left out", **told["without"].get(name, told["fitted"]))


def studies(
    coded: Coded, rows: np.ndarray, n: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield the passages of a study and who says each."""
    if coded.name not in SETS or coded.name == "sample":
        yield from ((rows, coded.person[rows]) for _ in range(min(n, 8)))
        return
    random = np.random.default_rng(1)
    for _ in range(n):
        n_people = min(int(random.integers(*PEOPLE)), len(rows) // EACH)
        drawn = random.permutation(rows)[: n_people * EACH]
        yield drawn, np.arange(len(drawn)) // EACH


def chances_of(
    coded: Coded, rows: np.ndarray, coder: ei.LearnedCoder | None, book: ei.Codebook
) -> pd.DataFrame:
    """Let the coder see the study, and nothing else."""
    segments = coded.segments.iloc[rows].reset_index(drop=True)
    coders = None if coder is None else [coder]
    return ei.theme_chances(segments, book, coders=coders)


def asked_in(coded: Coded, rows: np.ndarray, book: ei.Codebook) -> pd.DataFrame | None:
    """Return what the questions of a study name; none where nobody asked."""
    segments = coded.segments.iloc[rows].reset_index(drop=True)
    return (
        question_chances(segments, book, embedder_of(None))
        if segments["question"].any()
        else None
    )


def judge(
    coded: Coded,
    chances: pd.DataFrame,
    asked_about: pd.DataFrame | None,
    person: pd.Series,
    how: str,
    seed: int,
) -> Iterator[dict[str, object]]:
    """Read ever more passages of one study, and yield how good its counts are."""
    themes = tuple(chances.columns[1:])
    ids = pd.Index(sorted(chances["segment_id"]))
    who = np.unique(person.reindex(ids), return_inverse=True)[1]
    asked, said = answers(coded.codings, ids, themes)
    fitted = calibrated_without(coded.name)
    spoken = coded.segments.set_index("segment_id").loc[ids]
    n_words = spoken["text"].str.count(r"\S+").to_numpy()
    questions = questions_of(spoken["question"], n_words, who, themes, asked_about)
    n_people = who.max() + 1
    raised = np.zeros((n_people, len(themes)), dtype=bool)
    np.logical_or.at(raised, who, said & asked)
    truth = raised.sum(axis=0)
    mixed = np.random.default_rng(seed).permutation(len(ids))
    known: list[int] = []
    for wanted in READ:
        if wanted and how == "-":
            return
        while len(known) < min(wanted, len(ids)):
            n = min(BATCH, wanted - len(known))
            estimate, _ = estimated(
                chances, coded, who, questions, ids[known], fitted, seed
            )
            rows, _ = reading_order(estimate, n, random_state=seed)
            known += (
                [r for r in mixed if r not in set(known)][:n]
                if how == "at random"
                else rows.tolist()
            )
        estimate, seconds = estimated(
            chances, coded, who, questions, ids[known], fitted, seed
        )
        if wanted or how == "-":
            yield {
                "read": wanted,
                **scores(estimate, who, truth, n_people),
                "seconds": seconds,
            }


def estimated(
    chances: pd.DataFrame,
    coded: Coded,
    who: np.ndarray,
    questions: Questions,
    known: pd.Index,
    fitted: ChanceFit,
    seed: int,
) -> tuple[Estimate, float]:
    """Estimate with these passages read; return the seconds that it took, too."""
    read = coded.codings[coded.codings["segment_id"].isin(known)]
    begun = time.perf_counter()
    found = estimate_of(
        chances, read, who, questions=questions, random_state=seed, fitted=fitted
    )
    return found, time.perf_counter() - begun


def scores(
    estimate: Estimate, who: np.ndarray, truth: np.ndarray, n_people: int
) -> dict[str, float]:
    """Compare an estimate with what people counted."""
    drawn = estimate.drawn(np.zeros(len(who), dtype=int), who, 1)
    people, low, high = drawn.people[0], drawn.low[0], drawn.high[0]
    mean = drawn.counts[0].mean(axis=-1)
    first = set(np.argsort(-mean, kind="stable")[:3])
    right = set(np.flatnonzero(truth >= np.sort(truth)[-3:][0]))
    return {
        "holds": float(((truth >= low) & (truth <= high)).mean()),
        "error": float(np.abs(people - truth).mean() / n_people),
        "off": float((people - truth).mean() / n_people),
        "width": float((high - low).mean() / n_people),
        "ranks": float(spearmanr(mean, truth)[0]),
        "top 3": float(len(first & right)),
    }


def some_themes(codebook: ei.Codebook, n: int, deal: int) -> ei.Codebook:
    """Return a codebook with some of its themes, drawn at random."""
    mains = [theme.id for theme in codebook.main_themes]
    drawn = set(np.random.default_rng(deal).permutation(mains)[:n].tolist())
    kept = tuple(theme for theme in codebook if theme.id.split(".")[0] in drawn)
    return replace(codebook, themes=kept)


def coders(
    coded: Coded, n_labels: tuple[int, ...], few: tuple[int, ...] = ()
) -> Iterator[tuple[str, ei.LearnedCoder | None, ei.Codebook, np.ndarray]]:
    """Yield what codes: its name, the coder, the codebook, and the rows it may judge."""
    rows = np.arange(len(coded.segments))
    for depth, book in depths(coded.codebook):
        yield depth, None, book, rows
    for n in few:
        for deal in range(FEW_DEALS):
            yield f"{n} themes", None, some_themes(coded.codebook, n, deal), rows
    for n in n_labels:
        if n < len(rows) * 0.7:
            coder, rest = learned(coded, n, rows)
            yield f"{n} labels", coder, coded.codebook, rest


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    beside = Path(__file__).parents[2] / "shared" / "data" / "coded"
    parser.add_argument("--data", type=Path, default=beside)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--studies", type=int, default=30)
    parser.add_argument("--labels", nargs="*", type=int, default=(50, 200))
    parser.add_argument(
        "--few", nargs="*", type=int, default=(), help="as many of a codebook's themes"
    )
    options = parser.parse_args()
    warnings.filterwarnings("ignore", "An input array is constant")
    rows = []
    for name in options.sets:
        coded = read_study(options.data, name)
        for coder, model, book, seen in coders(
            coded, tuple(options.labels), tuple(options.few)
        ):
            for seed, (drawn, person) in enumerate(
                studies(coded, seen, options.studies)
            ):
                chances = chances_of(coded, drawn, model, book)
                asked = asked_in(coded, drawn, book)
                ids = coded.segments["segment_id"].iloc[drawn]
                who = pd.Series(person, index=pd.Index(ids))
                for how in ("-", "chosen", "at random"):
                    found = judge(coded, chances, asked, who, how, seed)
                    about = {"set": name, "coder": coder, "how": how}
                    rows += [about | row for row in found]
            print(name, coder, flush=True)
    table = pd.DataFrame(rows).groupby(["set", "coder", "read", "how"], sort=False)
    print(table.mean().round(3).to_string())


if __name__ == "__main__":
    main()
