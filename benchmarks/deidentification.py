"""Measure de-identification on invented, labelled lines of interviews.

Every line is a document of its own; a name found in one line is looked for in all. Even
lines (dev) were used to improve the rules; odd lines (test) were not. An identifier is
found when every letter and digit of it is replaced. A replacement is right when it
touches a labelled identifier.

Run: python benchmarks/deidentification.py [--misses dev]
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.privacy import deidentify
from empathy_insights.privacy.deidentify import Deidentified
from empathy_insights.tables import DOCUMENTS, PARTICIPANTS, PROBLEMS, UTTERANCES

HERE = Path(__file__).parent / "data"
PLACES = {"school": "school", "street": "street", "address": "street", "team": "team"}
CONTACTS = ("e-mail", "phone", "student id", "date of birth", "handle", "link")
Span = tuple[int, int, str]


def read_lines(part: str) -> list[dict]:
    """Return the labelled lines of dev (even) or test (odd)."""
    lines = (HERE / "identifiers.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[part == "test" :: 2]]


def as_corpus(lines: list[dict]) -> Corpus:
    """Return a corpus with a document a line and a turn a document."""
    texts = {f"line_{n:04d}": line["text"] for n, line in enumerate(lines)}
    return Corpus(
        documents=DOCUMENTS.frame(
            {"document_id": n, "path": n, "kind": "notes", "sha256": "", "text": text}
            for n, text in texts.items()
        ),
        participants=PARTICIPANTS.frame([]),
        utterances=UTTERANCES.frame(
            {
                "utterance_id": f"{n}:0001", "document_id": n, "position": 1,
                "is_facilitator": False, "start": 0, "end": len(text), "text": text,
            }
            for n, text in texts.items()
        ),
        problems=PROBLEMS.frame([]),
    )  # fmt: skip


def old_spans(done: Deidentified, texts: dict) -> dict[str, list[Span]]:
    """Return the spans of the log in the old texts."""
    new = dict(done.corpus.documents[["document_id", "text"]].itertuples(index=False))
    log = done.log.dropna(subset=["start"])
    spans: dict[str, list[Span]] = {name: [] for name in texts}
    for name, rows in log.groupby("document_id"):
        edges, at_old, at_new = [], 0, 0
        for row in rows.sort_values("start").itertuples():
            at_old += row.start - at_new
            rest = new[name][row.end :]
            following = rows[rows["start"] > row.start]
            stop = following["start"].min() if len(following) else len(new[name])
            bridge = rest[: stop - row.end]
            end = _next(texts[name], at_old, bridge, last=not len(following))
            edges.append((row.start, at_old, end, row.kind))
            at_old, at_new = end, row.end
        spans[name] = [(old, end, kind) for _, old, end, kind in edges]
    return spans


def _next(text: str, start: int, bridge: str, *, last: bool) -> int:
    if last:
        return len(text) - len(bridge)
    return text.index(bridge, start + 1)


def kind_of(kind: str) -> str:
    """Return the benchmark's kind for a kind of the log."""
    if kind == "social security number":
        return kind
    return PLACES.get(kind, kind if kind in CONTACTS else "name")


def score(lines: list[dict], done: Deidentified) -> pd.DataFrame:
    """Count what was labelled, found, replaced and rightly replaced, by kind."""
    texts = {f"line_{n:04d}": line["text"] for n, line in enumerate(lines)}
    spans = old_spans(done, texts)
    rows = []
    for (name, text), line in zip(texts.items(), lines, strict=True):
        covered = {at for start, end, _ in spans[name] for at in range(start, end)}
        for start, end, kind in line["identifiers"]:
            letters = {at for at in range(start, end) if text[at].isalnum()}
            rows.append((kind, 1, int(letters <= covered), 0, 0, name, text[start:end]))
        for start, end, kind in spans[name]:
            right = any(s < end and start < e for s, e, _ in line["identifiers"])
            rows.append((kind_of(kind), 0, 0, 1, int(right), name, text[start:end]))
    columns = ["kind", "labelled", "found", "replaced", "right", "document_id", "words"]
    return pd.DataFrame(rows, columns=columns)


def summary(scores: pd.DataFrame) -> pd.DataFrame:
    """Return recall and precision by kind, and over all."""
    numbers = ["labelled", "found", "replaced", "right"]
    table = scores.groupby("kind")[numbers].sum()
    table.loc["all"] = table.sum()
    return table.assign(
        recall=(table["found"] / table["labelled"]).round(3),
        precision=(table["right"] / table["replaced"]).round(3),
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", choices=["dev"], help="show what went wrong in dev")
    parser.add_argument("--part", choices=["dev", "test"])
    chosen = parser.parse_args()
    for part in [chosen.part] if chosen.part else ["dev", "test"]:
        lines = read_lines(part)
        corpus = as_corpus(lines)
        words = sum(len(line["text"].split()) for line in lines)
        for roster in (HERE / "deid_roster.csv", None):
            for ner in ("auto", None):
                started = time.perf_counter()
                done = deidentify(corpus, roster=roster, ner=ner)
                seconds = time.perf_counter() - started
                scores = score(lines, done)
                print(
                    f"\n{part}, roster: {roster is not None}, NER: {done.settings['ner']}"
                )
                print(
                    f"{seconds:.2f} s, {words / seconds:,.0f} words/s, {len(done.review)} to review"
                )
                print(summary(scores).to_string())
                if chosen.misses and part == "dev":
                    show(scores)


def show(scores: pd.DataFrame) -> None:
    """Print what was missed and what was replaced for nothing."""
    missed = scores[(scores["labelled"] == 1) & (scores["found"] == 0)]
    wrong = scores[(scores["replaced"] == 1) & (scores["right"] == 0)]
    print(
        "missed:",
        "; ".join(
            f"{d[-3:]} {w}"
            for d, w in zip(missed["document_id"], missed["words"], strict=True)
        ),
    )
    print(
        "wrong:",
        "; ".join(
            f"{d[-3:]} {w}"
            for d, w in zip(wrong["document_id"], wrong["words"], strict=True)
        ),
    )


if __name__ == "__main__":
    main()
