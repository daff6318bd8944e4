"""The sample study told in three steps: a first look, thirty passages read, all read."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from empathy_insights.analysis.estimate.next_passages import next_passages
from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.coding.hand import read_codings
from empathy_insights.result import Analysis
from empathy_insights.study import analyze

N_READ = 30
STEPS = ("first look", f"{N_READ} passages read", "all read")
_HAND = "hand_codes.csv"
_SHOWN = 5  # themes


def tell_story(
    sample: Path, progress: Callable[[str], None]
) -> tuple[tuple[Analysis, ...], pd.DataFrame]:
    """Analyze the sample before anybody reads, after thirty passages, and all read.

    The codes are those that the sample was coded with by hand.

    Returns
    -------
    tuple
        The three analyses, and a table: the themes that most people raised, and how many
        people each step says.
    """
    with tempfile.TemporaryDirectory() as place:
        study = shutil.copytree(sample, Path(place) / "study")
        first = analyze(study, cache=True, progress=progress)
        coded = read_codings(study / _HAND, first.codebook)
        hand = coded.merge(first.segments[["segment_id", "text"]], how="left")
        chosen = next_passages(first, n=N_READ)["segment_id"]
        read = hand[hand["segment_id"].isin(chosen)]
        some = analyze(study, decisions=[read], cache=True, progress=progress)
        whole = analyze(study, hand_codes=hand, cache=True, progress=progress)
    steps = (first, some, whole)
    return steps, _side_by_side(steps)


def _side_by_side(steps: tuple[Analysis, ...]) -> pd.DataFrame:
    """Return what each step says of the themes that most people raised."""
    told = [
        pd.Series(said_counts(run.themes), index=run.themes["theme"]) for run in steps
    ]
    top = steps[-1].themes.head(_SHOWN)
    columns = {
        step: said.reindex(top["theme"]).to_numpy()
        for step, said in zip(STEPS, told, strict=True)
    }
    return pd.DataFrame({"theme": top["name"].to_numpy(), **columns})
