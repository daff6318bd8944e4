"""Measure de-identification on invented, labelled lines of interviews.

Every line is a document of its own; a name found in one line is looked for in all. Even
lines (dev) were used to improve the rules; odd lines (test) were not. An identifier is
found when every letter and digit of it is replaced. A replacement is right when it
touches a labelled identifier. `for_review` counts missed identifiers that the review list
points at.

A second set, `spoken.jsonl`, holds identifiers as people say them aloud. `--lines` reads
a set of your own: JSON or JSON lines with `text` and `identifiers` [start, end, kind];
its people (kinds of names) make the roster.
`--lines benchmarks/data/talks.jsonl` are 110 invented talks by somebody who did not know the rules; 1 to 60, and the even ones of
61 to 110, were used to improve them. `stay` marks words there that are nobody's. `talks_later.jsonl` holds 48 more, of which the even
ones (1 is the first) were used.

Run: python benchmarks/deidentification.py [--misses dev] [--lines FILE]
"""

from __future__ import annotations

import argparse
import json
import re
import time
from pathlib import Path

import pandas as pd

from empathy_insights.corpus import Corpus
from empathy_insights.identities import deidentify
from empathy_insights.identities.deidentify import Deidentified
from empathy_insights.readers import read_corpus
from empathy_insights.tables import DOCUMENTS, PARTICIPANTS, PROBLEMS, UTTERANCES

HERE = Path(__file__).parent / "data"
PLACES = {
    "school": "school", "street": "street", "address": "street", "team": "team",
    "place": "place", "organisation": "organisation",
}  # fmt: skip
CONTACTS = ("e-mail", "phone", "student id", "date of birth", "handle", "link")
NO_PEOPLE = {
    "school", "street", "address", "team", "org", "place", "handle", "id", "dob", "phone",
    "email", "url", "link", "e-mail", "student id", "date of birth", "none",
}  # fmt: skip
SPELLED = re.compile(r",|\b\w-\w\b|^(?:la )?calle")
Span = tuple[int, int, str]


def read_lines(part: str) -> list[dict]:
    """Return the labelled lines of dev (even) or test (odd)."""
    lines = (HERE / "identifiers.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines[part == "test" :: 2]]


def read_set(path: Path) -> list[dict]:
    """Return the labelled lines of a JSON or JSON lines file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    return [json.loads(line) for line in text.splitlines() if line]


def roster_of(lines: list[dict]) -> pd.DataFrame:
    """Return the people that lines name, spelled ones and letters left out."""
    names = {
        line["text"][start:end]
        for line in lines
        for start, end, kind in line["identifiers"]
        if kind not in NO_PEOPLE
    }
    return pd.DataFrame({"name": [n for n in sorted(names) if not SPELLED.search(n)]})


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
    return {
        name: [(start, end, kind) for start, end, _, _, kind in rows]
        for name, rows in aligned(done, texts).items()
    }


def aligned(done: Deidentified, texts: dict) -> dict[str, list[tuple]]:
    """Return old start and end, new start and end, and kind of every replacement."""
    new = dict(done.corpus.documents[["document_id", "text"]].itertuples(index=False))
    log = done.log.dropna(subset=["start"]).sort_values("start")
    rows: dict[str, list[tuple]] = {name: [] for name in texts}
    for name, some in log.groupby("document_id"):
        at_old, at_new = 0, 0
        stops = [*some["start"].tolist()[1:], len(new[name])]
        spans = some[["start", "end", "kind"]].itertuples(index=False)
        for (start, end, kind), stop in zip(spans, stops, strict=True):
            at_old += start - at_new
            bridge = new[name][end:stop]
            old_end = _next(texts[name], at_old, bridge, last=stop == len(new[name]))
            rows[name].append((at_old, old_end, start, end, kind))
            at_old, at_new = old_end, end
    return rows


def reviewed(done: Deidentified, texts: dict) -> dict[str, list[int]]:
    """Return where, in the old texts, a person is asked to look at words left alone."""
    rows = aligned(done, texts)
    left = done.review[~done.review["was_replaced"]]
    places: dict[str, list[int]] = {name: [] for name in texts}
    for name, start in left[["document_id", "start"]].itertuples(index=False):
        grown = sum(
            (b - a) - (old_b - old_a)
            for old_a, old_b, a, b, _ in rows[name]
            if b <= start
        )
        places[name].append(start - grown)
    return places


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
    spans, asked = old_spans(done, texts), reviewed(done, texts)
    rows = []
    for (name, text), line in zip(texts.items(), lines, strict=True):
        covered = {at for start, end, _ in spans[name] for at in range(start, end)}
        for start, end, kind in line["identifiers"]:
            letters = {at for at in range(start, end) if text[at].isalnum()}
            is_found = letters <= covered
            is_asked = not is_found and any(start <= at < end for at in asked[name])
            rows.append(
                (kind, 1, int(is_found), int(is_asked), 0, 0, name, text[start:end])
            )
        for start, end, kind in spans[name]:
            right = any(s < end and start < e for s, e, _ in line["identifiers"])
            rows.append((kind_of(kind), 0, 0, 0, 1, int(right), name, text[start:end]))
    columns = [
        "kind", "labelled", "found", "for_review", "replaced", "right", "document_id",
        "words",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def summary(scores: pd.DataFrame) -> pd.DataFrame:
    """Return recall and precision by kind, and over all."""
    numbers = ["labelled", "found", "for_review", "replaced", "right"]
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
    parser.add_argument("--lines", type=Path, help="a labelled set of your own")
    chosen = parser.parse_args()
    if chosen.lines:
        lines = read_set(chosen.lines)
        measure(chosen.lines.stem, lines, roster_of(lines), misses=bool(chosen.misses))
        return
    for part in [chosen.part] if chosen.part else ["dev", "test"]:
        wants_misses = bool(chosen.misses) and part == "dev"
        measure(part, read_lines(part), HERE / "deid_roster.csv", misses=wants_misses)
    spoken = read_set(HERE / "spoken.jsonl")
    measure("spoken", spoken, roster_of(spoken), misses=bool(chosen.misses))
    speed()


def measure(
    part: str, lines: list[dict], people: Path | pd.DataFrame, *, misses: bool
) -> None:
    """Print what is found with and without a roster and a model."""
    corpus = as_corpus(lines)
    words = sum(len(line["text"].split()) for line in lines)
    for roster in (people, None):
        for ner in ("auto", None):
            started = time.perf_counter()
            done = deidentify(corpus, roster=roster, ner=ner)
            rate = words / (time.perf_counter() - started)
            scores = score(lines, done)
            print(
                f"\n{part}, roster: {roster is not None}, NER: {done.settings['ner']}"
            )
            print(f"{rate:,.0f} words/s, {len(done.review)} to review")
            print(summary(scores).to_string())
            if misses:
                show(scores)


def speed() -> None:
    """Print how fast the sample study is read, without NER."""
    corpus = read_corpus(HERE.parents[1] / "data" / "sample")
    words = sum(len(text.split()) for text in corpus.documents["text"])
    for ner in (None, "auto"):
        deidentify(corpus, ner=ner)
        started = time.perf_counter()
        done = deidentify(corpus, ner=ner)
        rate = words / (time.perf_counter() - started)
        print(
            f"\nsample study, {words:,} words, NER {done.settings['ner']}: {rate:,.0f} words/s"
        )


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
