"""What several test files share."""

from __future__ import annotations

import base64
import hashlib
import os
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import matplotlib as mpl
import pytest
from filelock import FileLock
from hypothesis import settings
from matplotlib.figure import Figure

from empathy_insights.corpus import Corpus, utterance_id
from empathy_insights.progress import told_on_the_way
from empathy_insights.report.published import Published, published
from empathy_insights.result import Analysis
from empathy_insights.study import analyze
from empathy_insights.tables import DOCUMENTS, PARTICIPANTS, PROBLEMS, UTTERANCES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.publishing import AudienceName

mpl.use("Agg")
# Tests run side by side: what another process does is tried in test_ahead and test_processes.
os.environ.setdefault("LOKY_MAX_CPU_COUNT", "1")
EXAMPLES = 50 if os.environ.get("CI") else 20
settings.register_profile(
    "steady", derandomize=True, deadline=None, max_examples=EXAMPLES
)
settings.load_profile("steady")
# For what takes a tenth of a second an example, or more.
few_examples = settings(max_examples=EXAMPLES * 2 // 5)

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
AUDIENCES: tuple[AudienceName, ...] = ("team", "school", "public")

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip

_A_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)

Turns = Sequence[tuple[str | None, str]]


# What reads whole result folders waits for all six to be written: that is a minute or two.
_WHOLE_RUNS = {"sample_results", "checked_results"}


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """Mark what stands on whole runs as slow."""
    for item in items:
        if _WHOLE_RUNS & set(getattr(item, "fixturenames", ())):
            item.add_marker("slow")


def files(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder and its folders: place -> content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


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

    nothing = Corpus(
        *(of.frame([]) for of in (DOCUMENTS, PARTICIPANTS, UTTERANCES, PROBLEMS))
    )

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
            problems=nothing.problems,
            reading=nothing.reading,
            people=nothing.people,
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


@pytest.fixture
def in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give commands where nothing else lies."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell after every one how far a long stage has come."""
    monkeypatch.setitem(told_on_the_way.__kwdefaults__, "every", 0)


@pytest.fixture(scope="session")
def once(
    tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Callable[[str, Callable[[Path], object]], Path]:
    """Return what makes a file or folder once for all processes of a run of tests.

    What is made so is for reading: a test that changes any copies it first.
    """
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "once"
    shared.mkdir(exist_ok=True)

    def made(name: str, make: Callable[[Path], object]) -> Path:
        path, draft = shared / name, shared / f"{name}.draft"
        with FileLock(shared / f"{name}.lock"):
            if not path.exists():
                make(draft)
                draft.rename(path)
        return path

    return made


@pytest.fixture(scope="session")
def sample_folder(once: Callable[..., Path]) -> Path:
    """Return a copy of the sample, beside which stages may be kept."""
    return once("sample", partial(shutil.copytree, SAMPLE))


@pytest.fixture(scope="session")
def analyzed(once: Callable[..., Path], sample_folder: Path) -> Callable[..., Analysis]:
    """Return a giver of analyses of the sample, each made once and kept by its name."""

    def analysis(name: str, **options: object) -> Analysis:
        def make(file: Path) -> None:
            run = analyze(sample_folder, cache=True, **options)
            file.write_bytes(pickle.dumps(run))

        kept: Analysis = pickle.loads(once(f"{name}.pickle", make).read_bytes())
        return kept

    return analysis


@pytest.fixture(scope="session")
def sample_analysis(analyzed: Callable[..., Analysis]) -> Analysis:
    """Return the analysis of the sample study."""
    return analyzed("first_look")


@pytest.fixture(scope="session")
def sample_by_hand(
    analyzed: Callable[..., Analysis],
    sample_analysis: Analysis,
) -> Analysis:
    """Return the analysis of the sample with its hand codes; the first has read it."""
    return analyzed("by_hand", hand_codes=SAMPLE / "hand_codes.csv")


@pytest.fixture(scope="session")
def sample_steps(sample_analysis: Analysis) -> NextSteps:
    """Return what comes after the sample's statement, made once."""
    return sample_analysis.next_steps()


@pytest.fixture(scope="session")
def sample_released(sample_analysis: Analysis) -> Analysis:
    """Return the analysis of the sample, all of its passages released."""
    return all_released(sample_analysis)


@pytest.fixture(scope="session")
def checked_released(sample_by_hand: Analysis) -> Analysis:
    """Return the same where people have read every passage."""
    return all_released(sample_by_hand)


@pytest.fixture(scope="session")
def sample_shown(sample_released: Analysis) -> Mapping[str, Published]:
    """Return what each audience may see of the sample, all of it released."""
    return _shown_to_all(sample_released)


@pytest.fixture(scope="session")
def checked_shown(checked_released: Analysis) -> Mapping[str, Published]:
    """Return the same where people have read every passage."""
    return _shown_to_all(checked_released)


def _shown_to_all(run: Analysis) -> Mapping[str, Published]:
    return {name: published(run, name) for name in AUDIENCES}


Results = Callable[[str], Path]


@pytest.fixture(scope="session")
def results_of(once: Callable[..., Path]) -> Callable[[str, Analysis], Results]:
    """Return what makes a giver of a run's results for an audience, each written once."""

    def results(state: str, run: Analysis) -> Results:
        return lambda audience: once(
            f"{state}_{audience}", partial(run.write, audience=audience)
        )

    return results


@pytest.fixture(scope="session")
def sample_results(
    results_of: Callable[..., Results], sample_released: Analysis
) -> Results:
    """Return a giver of the sample's results for an audience."""
    return results_of("results", sample_released)


@pytest.fixture(scope="session")
def checked_results(
    results_of: Callable[..., Results], checked_released: Analysis
) -> Results:
    """Return the same where people have read every passage."""
    return results_of("checked", checked_released)


def all_released(run: Analysis) -> Analysis:
    """Return a run of which a person has released every passage."""
    released = run.segments[["segment_id"]].assign(released_by="kim", is_whole=True)
    quotes = run.quotes.assign(released_by="kim")
    quotes.attrs = dict(run.quotes.attrs)
    return replace(run, quotes=quotes, quotes_released=released)


@pytest.fixture
def no_pixels(monkeypatch: pytest.MonkeyPatch) -> None:
    """Save each PNG as one pixel, where nobody looks at it: charts are drawn as SVG.

    Pixels take a fifth of the time that results take.
    """
    monkeypatch.setattr(Figure, "savefig", save_no_pixels)


def save_no_pixels(
    figure: Figure,
    target: object,
    *,
    save: Callable[..., None] = Figure.savefig,
    **how: object,
) -> None:
    """Save a figure as matplotlib does, but as one pixel what results hold as PNG."""
    if how.get("format") != "png":
        save(figure, target, **how)
    elif isinstance(target, Path):
        target.write_bytes(_A_PIXEL)
    else:
        target.write(_A_PIXEL)  # type: ignore[attr-defined]


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
