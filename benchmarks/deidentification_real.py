"""How many mentions of known speakers are left in real transcripts after de-identifying.

Known are the full names among a file's speaker labels; counted are their first names as
whole words, in labels and in speech, before and after. No roster is given.

With `--sample 200` it prints, instead, that many replacements outside labels with what
stands around them, drawn with seed 0, to be read and judged by a person: which of them
name a person, a place or an organisation?
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import re
import warnings
from pathlib import Path

import pandas as pd
from deidentification import aligned

import empathy_insights as ei

_FULL_NAME = re.compile(r"[A-Z][\w'’-]{2,} [A-Z][\w'’-]+(?: .*)?")
_NOBODY = {"Unknown"}


def mentions(text: str, first_names: set[str]) -> int:
    """Count first names that stand as words."""
    return sum(len(re.findall(rf"\b{re.escape(name)}\b", text)) for name in first_names)


def measure(data: Path, ner: str | None) -> pd.DataFrame:
    """Return a row a document: names known, mentions before and after."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        corpus = ei.read_corpus(data)
    clean = ei.deidentify(corpus, ner=ner).corpus
    after = dict(zip(clean.documents["sha256"], clean.documents["text"], strict=True))
    rows = []
    for document in corpus.documents.itertuples():
        turns = corpus.utterances[
            corpus.utterances["document_id"] == document.document_id
        ]
        labels = [
            name
            for name in turns["speaker"].dropna().unique()
            if _FULL_NAME.fullmatch(name)
        ]
        names = {label.split()[0] for label in labels} - _NOBODY
        rows.append(
            {
                "path": document.path,
                "names": len(names),
                "before": mentions(document.text, names),
                "left": mentions(after[document.sha256], names),
            }
        )
    table = pd.DataFrame(rows)
    return table[table["names"] > 0].reset_index(drop=True)


def replacements(data: Path, ner: str | None) -> list[tuple[str, str, str]]:
    """Return the kind and words of each replacement outside labels, and what is around."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        corpus = ei.read_corpus(data)
    done = ei.deidentify(corpus, ner=ner)
    clean = done.corpus.documents.set_index("sha256")
    log = done.log[done.log["source"] != "speaker label"].dropna(subset=["start"])
    found = []
    for document in corpus.documents.itertuples():
        name = clean.loc[document.sha256, "document_id"]
        texts = {name: document.text}
        renamed = dataclasses.replace(
            done, log=done.log[done.log["document_id"] == name]
        )
        labels = set(done.log.loc[done.log.index.difference(log.index), "start"])
        for start, end, new, _, kind in aligned(renamed, texts)[name]:
            if new not in labels:
                around = document.text[max(0, start - 60) : end + 40]
                found.append((kind, document.text[start:end], " ".join(around.split())))
    return found


def main() -> None:
    """Print the table and write it as JSON."""
    beside = Path(__file__).parents[2] / "shared" / "data" / "ingest"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=beside)
    parser.add_argument("--ner", default=None)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--sample", type=int, help="print replacements to judge")
    options = parser.parse_args()
    if options.sample:
        found = replacements(options.data, options.ner)
        chosen = random.Random(0).sample(found, min(options.sample, len(found)))
        print("\n".join("\t".join(row) for row in chosen))
        return
    table = measure(options.data, options.ner)
    print(table.to_string(index=False))
    before, left = int(table["before"].sum()), int(table["left"].sum())
    print(f"{before - left} of {before} mentions replaced ({1 - left / before:.3f})")
    if options.out:
        rows = table.to_dict("records")
        options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
