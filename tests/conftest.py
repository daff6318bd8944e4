"""What several test files share."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import pytest
from hypothesis import settings

from empathy_insights.corpus import Corpus, utterance_id
from empathy_insights.report.published import Published, published
from empathy_insights.result import Analysis
from empathy_insights.study import analyze
from empathy_insights.tables import DOCUMENTS, PARTICIPANTS, PROBLEMS, UTTERANCES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.publishing import AudienceName

mpl.use("Agg")
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=50)
settings.load_profile("steady")

SAMPLE = Path(__file__).parents[1] / "data" / "sample"

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

Turns = Sequence[tuple[str | None, str]]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data beside the checkout, or skip."""
    folder = Path(
        os.environ.get("EMPATHY_INSIGHTS_SHARED", Path(__file__).parents[2] / "shared")
    )
    if not folder.is_dir():
        pytest.skip("the real data of ../shared is not on this machine")
    return folder


@pytest.fixture(scope="session")
def talk() -> Callable[..., Corpus]:
    """Return a builder of small corpora: document -> (speaker, words) turns.

    A speaker is a participant id; `?` is the facilitator, None an unknown voice.
    """

    def build(
        documents: Mapping[str, Turns],
        *,
        roles: Mapping[str, str] | None = None,
        kinds: Mapping[str, str] | None = None,
        **columns: Mapping[str, str],
    ) -> Corpus:
        people = sorted(
            {
                who
                for turns in documents.values()
                for who, _ in turns
                if who not in {None, "?"}
            }
            | set(roles or {})
        )
        return Corpus(
            documents=DOCUMENTS.frame(
                _document(name, turns, (kinds or {}).get(name, "interview"))
                for name, turns in documents.items()
            ),
            participants=PARTICIPANTS.frame(
                {
                    "participant_id": who,
                    "role": (roles or {}).get(who, "student"),
                    **{name: values.get(who) for name, values in columns.items()},
                }
                for who in people
            ),
            utterances=UTTERANCES.frame(
                row for name, turns in documents.items() for row in _turns(name, turns)
            ),
            problems=PROBLEMS.frame([]),
        )

    return build


def _text(turns: Turns) -> str:
    return "".join(f"{words}\n" for _, words in turns)


def _document(name: str, turns: Turns, kind: str) -> dict[str, object]:
    text = _text(turns)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return {
        "document_id": name,
        "path": f"{name}.txt",
        "kind": kind,
        "sha256": sha256,
        "text": text,
    }


def _turns(name: str, turns: Turns) -> list[dict[str, object]]:
    rows, start = [], 0
    for position, (who, words) in enumerate(turns, 1):
        rows.append(
            {
                "utterance_id": utterance_id(name, position),
                "document_id": name,
                "position": position,
                "speaker": who,
                "participant_id": None if who == "?" else who,
                "is_facilitator": who == "?",
                "start": start,
                "end": start + len(words),
                "text": words,
            }
        )
        start += len(words) + 1
    return rows


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample, beside which stages may be kept."""
    return shutil.copytree(SAMPLE, tmp_path_factory.mktemp("study") / "sample")


@pytest.fixture(scope="session")
def sample_analysis(sample_folder: Path) -> Analysis:
    """Return the analysis of the sample study, made once."""
    return analyze(sample_folder, cache=True)


@pytest.fixture(scope="session")
def sample_by_hand(sample_folder: Path, sample_analysis: Analysis) -> Analysis:
    """Return the analysis of the sample with its hand codes; the first has read it."""
    return analyze(sample_folder, hand_codes=SAMPLE / "hand_codes.csv", cache=True)


@pytest.fixture(scope="session")
def sample_steps(sample_analysis: Analysis) -> NextSteps:
    """Return what comes after the sample's statement, made once."""
    return sample_analysis.next_steps()


@pytest.fixture(scope="session")
def sample_released(sample_analysis: Analysis) -> Analysis:
    """Return the analysis of the sample, all of its passages released."""
    return all_released(sample_analysis)


@pytest.fixture(scope="session")
def sample_shown(sample_released: Analysis) -> Mapping[str, Published]:
    """Return what each audience may see of the sample, all of it released."""
    return {
        audience: published(sample_released, audience)
        for audience in ("team", "school", "public")
    }


@pytest.fixture(scope="session")
def sample_results(
    sample_released: Analysis, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[AudienceName], Path]:
    """Return a giver of the sample's results for an audience, each written once.

    They are for reading: a test that changes any copies them first.
    """

    @cache
    def results(audience: AudienceName) -> Path:
        folder = tmp_path_factory.mktemp("results") / audience
        return sample_released.write(folder, audience=audience)

    return results


def all_released(run: Analysis) -> Analysis:
    """Return a run of which a person has released every passage."""
    released = run.segments[["segment_id"]].assign(released_by="kim", is_whole=True)
    quotes = run.quotes.assign(released_by="kim")
    quotes.attrs = dict(run.quotes.attrs)
    return replace(run, quotes=quotes, quotes_released=released)


@pytest.fixture
def figures_closed() -> Iterator[None]:
    """Close the figures that a test has left open."""
    from matplotlib import pyplot as plt

    yield
    plt.close("all")


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[object, str, str]]:
    """Run the command line in this process: exit code, output, errors."""
    from empathy_insights.cli import main

    def call(*words: object) -> tuple[object, str, str]:
        monkeypatch.setattr(sys, "argv", ["empathy-insights", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            main()
        captured = capsys.readouterr()
        return caught.value.code, captured.out, captured.err

    return call


def watched(page: Page, *own: str) -> Page:
    """Let a page remember in `told` what its console said and what it requested.

    Parameters
    ----------
    own
        How the addresses begin that are no request to anybody.
    """
    page.told = []
    page.on("console", lambda message: page.told.append(message.text))
    page.on("pageerror", lambda error: page.told.append(str(error)))
    page.on(
        "request",
        lambda asked: page.told.extend(
            [] if asked.url.startswith(own) else [asked.url]
        ),
    )
    return page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium that is on the machine, or skip."""
    command = shutil.which("chromium") or shutil.which("google-chrome")
    if command is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=FLAGS)
        yield browser
        browser.close()
