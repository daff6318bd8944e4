"""How long every table takes, and how much memory, from a million codings.

Each table runs in a process of its own: seconds of the call, the memory it added at its
peak, and the share of the budget of the issue (2 s, 1 GB).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

import empathy_insights as ei
from empathy_insights.corpus import Corpus
from empathy_insights.tables import (
    CODINGS,
    DOCUMENTS,
    PARTICIPANTS,
    PROBLEMS,
    UTTERANCES,
)

N_THEMES = 40
ROLES = np.array(["student", "family", "teacher", "staff", "school_leader"])
WORDS = "The bus is late and I share one laptop with my sister"


def study(n_codings: int, random_state: int = 0) -> tuple[Corpus, pd.DataFrame]:
    """Invent a corpus of interviews and focus groups, and codings of it."""
    random = np.random.default_rng(random_state)
    n_turns = n_codings // 4
    n_documents = max(20, n_turns // 120)
    n_people = n_documents * 3 // 2
    document = np.sort(random.integers(0, n_documents, n_turns))
    person = (document * 3 // 2 + random.integers(0, 2, n_turns)) % n_people
    names = np.array([f"doc_{n:06d}" for n in range(n_documents)])
    position = np.arange(n_turns) - np.searchsorted(document, document)
    starts = position * (len(WORDS) + 1)
    per_document = np.bincount(document, minlength=n_documents)
    documents = pd.DataFrame(
        {
            "document_id": names,
            "path": names,
            "kind": np.where(
                np.arange(n_documents) % 9 == 0, "focus_group", "interview"
            ),
            "date": "2026-03-01",
            "round": np.where(np.arange(n_documents) % 2 == 0, "1", "2"),
            "site": np.array(["north", "south", "west"])[np.arange(n_documents) % 3],
            "language": "en",
            "sha256": names,
            "text": [" ".join([WORDS] * n) for n in per_document],
        }
    ).astype("str")
    people = pd.DataFrame(
        {
            "participant_id": [f"person_{n:06d}" for n in range(n_people)],
            "role": ROLES[np.arange(n_people) % len(ROLES)],
            "priority_group": None,
        }
    ).astype("str")
    turns = pd.DataFrame(
        {
            "utterance_id": [
                f"{name}:{n:04d}" for name, n in zip(names[document], position, strict=True)
            ],
            "document_id": names[document],
            "position": position,
            "speaker": None,
            "participant_id": people["participant_id"].to_numpy()[person],
            "is_facilitator": False,
            "question_id": np.array(["q1", "q2", "q3", "q4"])[position % 4],
            "start_s": np.nan,
            "end_s": np.nan,
            "start": starts,
            "end": starts + len(WORDS),
            "text": WORDS,
        }
    ).astype(dict.fromkeys(("utterance_id", "document_id", "speaker", "participant_id", "question_id", "text"), "str"))  # fmt: skip
    corpus = Corpus(
        documents=documents[list(DOCUMENTS.columns)],
        participants=people[list(PARTICIPANTS.columns)],
        utterances=turns[list(UTTERANCES.columns)],
        problems=PROBLEMS.frame([]),
    )
    return corpus, _codings(turns["utterance_id"], n_codings, random)


def _codings(
    turns: pd.Series, n_codings: int, random: np.random.Generator
) -> pd.DataFrame:
    turn = random.integers(0, len(turns), n_codings * 6 // 5)
    part = random.integers(1, 4, len(turn))
    themes = np.minimum(random.geometric(0.08, len(turn)), N_THEMES)
    names = np.array([f"theme_{n:02d}" for n in range(N_THEMES + 1)], dtype=object)
    names[10:13] = ["theme_01.first", "theme_01.second", "theme_02.first"]
    unique = pd.DataFrame({"turn": turn, "part": part, "theme": themes})
    unique = unique.drop_duplicates().head(n_codings).reset_index(drop=True)
    n = len(unique)
    codings = pd.DataFrame(
        {
            "segment_id": turns.to_numpy()[unique["turn"]]
            + np.array([".00", ".01", ".02", ".03"], dtype=object)[unique["part"]],
            "theme": names[unique["theme"]],
            "coder": "codebook",
            "status": np.array(["auto", "accepted", "suggested"])[
                random.integers(0, 3, n)
            ],
            "score": random.random(n),
            "method": "phrase",
            "evidence_start": np.nan,
            "evidence_end": np.nan,
            "stance": np.array(["need", "asset", "mixed", "neutral"])[
                random.integers(0, 4, n)
            ],
            "codebook_sha256": "0123456789abcdef",
        }
    ).astype({name: "str" for name, kind in CODINGS.columns.items() if kind == "text"})
    # As `code` returns them.
    return codings.sort_values(["segment_id", "theme"]).reset_index(drop=True)


Call = Callable[[pd.DataFrame, Corpus], object]
TABLES: Mapping[str, Call] = {
    "theme_frequency": ei.theme_frequency,
    "theme_frequency by role, round": lambda codings, corpus: ei.theme_frequency(
        codings, corpus, by=["role", "round"], margins=True
    ),
    "theme_frequency by question": lambda codings, corpus: ei.theme_frequency(
        codings, corpus, by="question_id"
    ),
    "crosstab by role": lambda codings, corpus: ei.crosstab(codings, corpus, by="role"),
    "crosstab by round": lambda codings, corpus: ei.crosstab(
        codings, corpus, by="round"
    ),
    "cooccurrence in people": ei.cooccurrence,
    "cooccurrence in segments": lambda codings, corpus: ei.cooccurrence(
        codings, corpus, within="segment"
    ),
    "cooccurrence in answers": lambda codings, corpus: ei.cooccurrence(
        codings, corpus, within="answer"
    ),
    "cooccurrence in documents": lambda codings, corpus: ei.cooccurrence(
        codings, corpus, within="document"
    ),
    "case_matrix": ei.case_matrix,
    "theme_over_rounds": ei.theme_over_rounds,
    "saturation": ei.saturation,
    "voices": lambda _codings, corpus: ei.voices(corpus),
}


def segments_of(corpus: Corpus) -> pd.DataFrame:
    """Return three segments a turn, as the invented codings name them."""
    turns = corpus.utterances
    third = len(WORDS) // 3
    parts = [
        pd.DataFrame(
            {
                "segment_id": turns["utterance_id"] + f".0{part}",
                "utterance_id": turns["utterance_id"],
                "start": turns["start"] + (part - 1) * third,
                "end": turns["start"] + part * third,
                "text": WORDS[(part - 1) * third : part * third],
                "document_id": turns["document_id"],
                "participant_id": turns["participant_id"],
            }
        )
        for part in (1, 2, 3)
    ]
    return pd.concat(parts, ignore_index=True).astype({"text": "str"})


def quoting(codings: pd.DataFrame, corpus: Corpus) -> Callable[[], object]:
    """Return what chooses quotes from segments that are there."""
    return partial(ei.quotes, codings, corpus, segments_of(corpus))


def publishing(
    codings: pd.DataFrame, corpus: Corpus, *, audience: Literal["school", "public"]
) -> Callable[[], object]:
    """Return what publishes a table beside four others that are counted."""
    first, *others = [
        ei.theme_frequency(codings, corpus),
        ei.theme_frequency(codings, corpus, by="role"),
        ei.theme_frequency(codings, corpus, by="round"),
        ei.crosstab(codings, corpus, by="role"),
        ei.cooccurrence(codings, corpus),
    ]
    return partial(ei.publish, first, audience, beside=others)


AFTER_OTHERS: Mapping[str, Callable[[pd.DataFrame, Corpus], Callable[[], object]]] = {
    "quotes": quoting,
    "publish for the school": partial(publishing, audience="school"),
    "publish for the public": partial(publishing, audience="public"),
}


def call_of(name: str, codings: pd.DataFrame, corpus: Corpus) -> Callable[[], object]:
    """Return what is timed; what it is made from is made before."""
    if name in AFTER_OTHERS:
        return AFTER_OTHERS[name](codings, corpus)
    return partial(TABLES[name], codings, corpus)


def measure(name: str, n_codings: int) -> dict[str, object]:
    """Time one table in this process, after a small run that warms imports up."""
    small, few = study(2_000)
    call_of(name, few, small)()
    corpus, codings = study(n_codings)
    call = call_of(name, codings, corpus)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    call()
    seconds = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "table": name,
        "codings": len(codings),
        "seconds": round(seconds, 2),
        "added_mb": round((after - before) / 1024),
        "peak_mb": round(after / 1024),
    }


def main() -> None:
    """Print the table and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--codings", type=int, default=1_000_000)
    parser.add_argument("--only", help="measure this table in this process")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    if options.only:
        print(json.dumps(measure(options.only, options.codings)))
        return
    rows = []
    for name in [*TABLES, *AFTER_OTHERS]:
        call = [
            sys.executable,
            __file__,
            "--only",
            name,
            "--codings",
            str(options.codings),
        ]
        done = subprocess.run(call, check=True, capture_output=True, text=True)
        rows.append(json.loads(done.stdout.splitlines()[-1]))
    print(pd.DataFrame(rows).to_string(index=False))
    if options.out:
        options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
