"""How large the page is in which people read, and how soon a person can read in it.

The study is invented (see report.py): 250 interviews of 20 answers, so that the page holds
5,000 passages, the most it takes. Chances are drawn; no coder is needed. A browser opens
the page as at a first visit, then with every passage answered and kept; each time is from
the start of the navigation until a passage can be read, the median of five.
"""

from __future__ import annotations

import json
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
from report import FLAGS, study

import empathy_insights as ei
from empathy_insights.report.export import write_text
from empathy_insights.report.review_page import review_html
from empathy_insights.tables import CODINGS

RUNS = 5
READY = "performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd"
ANSWER_ALL = """() => {
  const key = Object.keys(localStorage).find((name) => name.endsWith(" kim"));
  const kept = JSON.parse(localStorage[key]);
  const told = JSON.parse(document.getElementById("data").textContent).passages;
  kept.answers = told.id.slice(0, -1).map((id, n) => ({
    segment_id: id, fingerprint: told.fingerprint[n], themes: ["tech_support"], stances: {},
    release: false, care: false, note: "", saw_guess: false, read_at: "2026-01-01T00:00:00Z"}));
  kept.goal = told.id.length;
  kept.at = "";
  localStorage[key] = JSON.stringify(kept);
}"""


def invented() -> SimpleNamespace:
    """Return what the page is made of, with chances at random."""
    corpus, book = study(250, 20), ei.load_codebook("empathy_core")
    segments = ei.segment(corpus)
    themes = [theme.id for theme in book.main_themes]
    random = np.random.default_rng(0)
    drawn = random.beta(0.3, 3, (len(segments), len(themes)))
    chances = pd.DataFrame(drawn, columns=themes)
    codings = CODINGS.frame([])
    estimate = ei.estimate_counts(
        chances.assign(segment_id=segments["segment_id"]), codings, corpus
    )
    return SimpleNamespace(
        corpus=corpus, codebook=book, segments=segments, codings=codings,
        estimate=estimate, sensitive=segments[:0], deidentified=None,
    )  # fmt: skip


def opened(path: Path) -> dict[str, float]:
    """Return in how many milliseconds the page can be read in."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        command = shutil.which("chromium") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS)
        context = browser.new_context()
        first = [_ready(context, path) for _ in range(RUNS)]
        page = context.new_page()
        page.goto(path.as_uri())
        page.locator("#reader").fill("kim")
        page.locator("#begin button").click()
        page.evaluate(ANSWER_ALL)
        page.close()
        again = [_ready(context, path) for _ in range(RUNS)]
        page = context.new_page()
        page.goto(path.as_uri())
        next_one = page.evaluate(
            "() => { const t = performance.now();"
            " document.getElementById('next').click(); return performance.now() - t; }"
        )
        browser.close()
    return {
        "first_visit_ms": statistics.median(first),
        "all_answered_ms": statistics.median(again),
        "next_ms": next_one,
    }


def _ready(context, path: Path) -> float:  # noqa: ANN001 - of playwright
    page = context.new_page()
    page.goto(path.as_uri())
    ready = float(page.evaluate(READY))
    page.close()
    return ready


def main() -> None:
    """Print the size and the times as JSON."""
    run = invented()
    begun = time.perf_counter()
    text = review_html(run)
    written = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "review.html"
        write_text(path, text)
        size = path.stat().st_size
        times = opened(path)
    told = {"passages": 5000, "of": len(run.segments), "megabytes": size / 1e6}
    print(json.dumps(told | {"made_in_s": written} | times, indent=1))


if __name__ == "__main__":
    main()
