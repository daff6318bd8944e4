"""How many mentions of known speakers are left in real transcripts after de-identifying.

Known are the full names among a file's speaker labels; counted are their first names as
whole words, in labels and in speech, before and after. No roster is given.
"""

from __future__ import annotations

import argparse
import json
import re
import warnings
from pathlib import Path

import pandas as pd

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


def main() -> None:
    """Print the table and write it as JSON."""
    beside = Path(__file__).parents[2] / "shared" / "data" / "ingest"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=beside)
    parser.add_argument("--ner", default=None)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    table = measure(options.data, options.ner)
    print(table.to_string(index=False))
    before, left = int(table["before"].sum()), int(table["left"].sum())
    print(f"{before - left} of {before} mentions replaced ({1 - left / before:.3f})")
    if options.out:
        rows = table.to_dict("records")
        options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
