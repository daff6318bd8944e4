"""How large report.html is for a big study, and how soon a person can use it.

The study is invented: 200 interviews with 100 answers each, of sentences of the sample
in random order, so that 20 000 segments are coded, clustered and counted as in any run. Nobody has read
them, while the sample counts by its hand codes. A browser then opens each report; each
time is from the start of the navigation, the median of five.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import empathy_insights as ei
from empathy_insights.corpus import Corpus, utterance_id
from empathy_insights.tables import DOCUMENTS, PARTICIPANTS, PROBLEMS, UTTERANCES
from empathy_insights.text.tokens import sentence_spans

if TYPE_CHECKING:
    from playwright.sync_api import Page

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
ROLES = ("student", "family", "teacher", "staff", "school_leader")
QUESTIONS = 8
FLAGS = ["--no-sandbox", "--disable-gpu"]
TIMES = """() => {
  const page = performance.getEntriesByType("navigation")[0];
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  return {interactive: page.domInteractive, loaded: page.domContentLoadedEventEnd,
          paint: paint ? paint.startTime : null};
}"""


def study(n_documents: int, n_answers: int, random_state: int = 0) -> Corpus:
    """Invent a corpus: in each document one person answers, three to five sentences each."""
    random = np.random.default_rng(random_state)
    sentences = _sentences()
    rows, texts = [], []
    for document in range(n_documents):
        turns = [
            (turn, " ".join(random.choice(sentences, random.integers(3, 6))))
            for turn in range(n_answers)
        ]
        told, text = _document(f"interview_{document:03d}", f"p{document:03d}", turns)
        rows += told
        texts.append(text)
    return Corpus(
        documents=DOCUMENTS.frame(
            {
                "document_id": f"interview_{n:03d}",
                "path": f"interview_{n:03d}.txt",
                "kind": "interview",
                "round": str(1 + n % 2),
                "site": ("north", "south", "west")[n % 3],
                "sha256": str(n),
                "text": text,
            }
            for n, text in enumerate(texts)
        ),
        participants=PARTICIPANTS.frame(
            {"participant_id": f"p{n:03d}", "role": ROLES[n % len(ROLES)]}
            for n in range(n_documents)
        ),
        utterances=UTTERANCES.frame(rows),
        problems=PROBLEMS.frame([]),
    )


def _sentences() -> list[str]:
    said = ei.segment(ei.read_corpus(SAMPLE))["text"]
    found = {
        text[start:end].strip() for text in said for start, end in sentence_spans(text)
    }
    return sorted(found)


def _document(
    name: str, person: str, turns: list[tuple[int, str]]
) -> tuple[list[dict[str, object]], str]:
    rows: list[dict[str, object]] = []
    text = ""
    for turn, words in turns:
        question = f"q{turn % QUESTIONS:02d}"
        for said, who in (
            (f"Tell me about a time, {question}.", None),
            (words, person),
        ):
            rows.append(
                {
                    "utterance_id": utterance_id(name, len(rows) + 1),
                    "document_id": name,
                    "position": len(rows) + 1,
                    "speaker": who,
                    "participant_id": who,
                    "is_facilitator": who is None,
                    "question_id": question,
                    "start": len(text),
                    "end": len(text) + len(said),
                    "text": said,
                }
            )
            text += f"{said}\n"
    return rows, text


def opened(report: Path, times: int = 5) -> dict[str, float]:
    """Return milliseconds until the page can be used and is painted, and of one number."""
    from playwright.sync_api import sync_playwright

    command = shutil.which("chromium") or shutil.which("google-chrome")
    told: list[dict[str, float]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS)
        for _ in range(times):
            page = browser.new_page(viewport={"width": 1200, "height": 900})
            page.goto(report.as_uri())
            page.wait_for_timeout(300)  # where no script may run, none can wait
            told.append(page.evaluate(TIMES) | {"number": _number_opened(page)})
            page.close()
        browser.close()
    return {
        name: round(statistics.median(row[name] for row in told), 0) for name in told[0]
    }


def _number_opened(page: Page) -> float:
    """Return milliseconds until a number's passages are there, or NaN if none opens."""
    number = page.locator("a.number:visible")
    if not number.count():
        return float("nan")
    begun = time.perf_counter()
    number.first.click()
    page.locator("#drawer li").first.wait_for()
    return 1000 * (time.perf_counter() - begun)


def main() -> None:
    """Print the table and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--answers", type=int, default=100)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    invented = study(options.documents, options.answers)
    runs = {
        "sample, read": ei.analyze(SAMPLE, hand_codes=SAMPLE / "hand_codes.csv"),
        "invented": ei.analyze(invented, allow_identities=True),
    }
    rows = []
    for name, run in runs.items():
        for audience in ("team", "school"):
            with tempfile.TemporaryDirectory() as folder:
                begun = time.perf_counter()
                report = run.write(folder, audience=audience) / "report.html"
                row = {
                    "study": name,
                    "audience": audience,
                    "segments": len(run.segments),
                    "write_s": round(time.perf_counter() - begun, 1),
                    "mb": round(report.stat().st_size / 1e6, 2),
                }
                rows.append(row | opened(report))
    print(pd.DataFrame(rows).to_string(index=False))
    if options.out:
        options.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
