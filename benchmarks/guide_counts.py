"""Whether printed intervals hold people's own count where a guide asks everybody the same.

Six invented studies of interviews (data/guides; written and coded answer by answer by
somebody who did not know this library), and the invented sample. Constants of questions
were set on the sample and the odd studies; the even ones were judged once. Each study is
judged as if nobody knew what was asked (`without`), and as the library does (`with`).

Columns as in counts.py; `off` is the mean error with its sign: below 0, too few.
"""

from __future__ import annotations

import argparse
import json
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from counts import BATCH, calibrated_without, scores
from fit_counts import read_study

import empathy_insights as ei
from empathy_insights.analysis.estimate.counts import Estimate, estimate_of
from empathy_insights.analysis.estimate.next_passages import reading_order
from empathy_insights.analysis.estimate.questions import Questions, questions_of
from empathy_insights.codebook import Codebook, Example, Theme
from empathy_insights.coding.code import question_chances
from empathy_insights.corpus import segment_id
from empathy_insights.tables import CODINGS, NO_THEME, SEGMENTS
from empathy_insights.text.embedders import StaticEmbedder, embedder_of

HERE = Path(__file__).parent
GUIDES = sorted((HERE / "data" / "guides").glob("*.json"))
READ = (0, 30, 60)


def read_guide(path: Path) -> tuple[pd.DataFrame, pd.DataFrame, Codebook]:
    """Return the passages of an invented study, who coded them how, and its codebook."""
    told = json.loads(path.read_text(encoding="utf-8"))
    themes = tuple(
        Theme(
            one["id"], one["name"], definition=one["definition"],
            examples=tuple(map(Example, one["examples"])),
        )
        for one in told["codebook"]
    )  # fmt: skip
    answers = list(_answers(told["people"]))
    codings = [
        {"segment_id": segment["segment_id"], "theme": theme, "coder": "author",
         "status": "human", "method": "read by a person", "codebook_sha256": ""}
        for segment, codes in answers
        for theme in (codes or [NO_THEME])
    ]  # fmt: skip
    segments = SEGMENTS.frame([segment for segment, _ in answers])
    book = Codebook(path.stem, told["title"], themes=themes)
    return segments, CODINGS.frame(codings), book


def _answers(
    people: list[dict[str, Any]],
) -> Iterator[tuple[dict[str, object], list[str]]]:
    """Yield each answer as a segment, and its codes."""
    for person in people:
        question = None
        for n, turn in enumerate(person["turns"]):
            if turn["who"] == "interviewer":
                question = turn["text"]
                continue
            id_ = f"{person['id']}:{n:04d}"
            segment = {
                "segment_id": segment_id(id_, 1), "utterance_id": id_, "start": 0,
                "end": len(turn["text"]), "text": turn["text"], "unit": "turn",
                "document_id": person["id"], "participant_id": person["id"],
                "question": question, "before": question,
            }  # fmt: skip
            yield segment, turn.get("codes", [])


def study(name: str) -> tuple[pd.DataFrame, pd.DataFrame, Codebook]:
    """Return passages, codings and codebook of a study by its name."""
    if name != "sample":
        return read_guide(HERE / "data" / "guides" / f"{name}.json")
    coded = read_study(Path(), name)
    return coded.segments, coded.codings, coded.codebook


def judge(
    name: str, embedder: object, n_deals: int
) -> Iterator[dict[str, str | float]]:
    """Yield how good the counts of a study are, with and without its questions."""
    segments, codings, book = study(name)
    ordered = segments.sort_values("segment_id").reset_index(drop=True)
    chances = ei.theme_chances(ordered, book, embedder=embedder)
    asked = question_chances(ordered, book, embedder_of(embedder))
    person = np.unique(ordered["participant_id"], return_inverse=True)[1]
    themes = tuple(chances.columns[1:])
    n_words = ordered["text"].str.count(r"\S+").to_numpy()
    known = questions_of(ordered["question"], n_words, person, themes, asked)
    for how, questions in (("without", None), ("with", known)):
        for seed in range(n_deals):
            for row in _read_on(chances, codings, person, questions, name, seed):
                yield {"set": name, "questions": how, **row}


def _read_on(
    chances: pd.DataFrame,
    codings: pd.DataFrame,
    person: np.ndarray,
    questions: Questions | None,
    name: str,
    seed: int,
) -> Iterator[dict[str, float]]:
    fitted = calibrated_without(name)
    ids = pd.Index(chances["segment_id"])

    def estimated(read: list[int]) -> Estimate:
        given = codings[codings["segment_id"].isin(ids[read])]
        return estimate_of(
            chances, given, person, questions=questions, random_state=seed,
            fitted=fitted,
        )  # fmt: skip

    n_people = person.max() + 1
    whole = estimated(list(range(len(ids))))
    raised = np.zeros((n_people, len(whole.themes)), dtype=bool)
    np.logical_or.at(raised, person, whole.said & whole.asked)
    truth = raised.sum(axis=0)
    read: list[int] = []
    for wanted in READ:
        while len(read) < min(wanted, len(ids)):
            some, _ = reading_order(estimated(read), BATCH, random_state=seed)
            read += some.tolist()
        found = estimated(read)
        yield {"read": wanted, **scores(found, person, truth, n_people)}


def main() -> None:
    """Print how often intervals hold, and how far the middle is off."""
    warnings.simplefilter("ignore", FutureWarning)
    parser = argparse.ArgumentParser(description=__doc__)
    names = ["sample", *(path.stem for path in GUIDES)]
    parser.add_argument("--sets", nargs="*", default=names)
    parser.add_argument("--deals", type=int, default=2)
    parser.add_argument("--fast", action="store_true", help="static vectors")
    options = parser.parse_args()
    embedder = StaticEmbedder() if options.fast else None
    found = pd.DataFrame(
        [row for name in options.sets for row in judge(name, embedder, options.deals)]
    )
    by = ["set", "questions", "read"]
    with pd.option_context("display.width", 140, "display.max_rows", 200):
        print(found.groupby(by, sort=False).mean().round(3))
        print(found.drop(columns="set").groupby(by[1:], sort=False).mean().round(3))


if __name__ == "__main__":
    main()
