"""What two runs write is equal, byte for byte, whatever the clock and the machine say."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from empathy_insights.coding.review.review_sheet import review_sheet
from empathy_insights.coding.sheets.coding_sheet import coding_sheet
from empathy_insights.readers import people_sheet
from empathy_insights.result import Analysis
from empathy_insights.study import analyze
from tests.conftest import files

_SAID = (
    "I: How are the buses?\nAna: My bus comes late every day, and I got locked out of my "
    "account.\nBo: I want to pick my own topic. The Wi-Fi is slow in the library.\n"
    "Ana: My teacher listens to me when I ask for help with the homework.\n"
)
_RUN = """
import json, logging, sys, warnings
import pandas, matplotlib
import empathy_insights as ei

def session():
    return [dict(matplotlib.rcParams), logging.root.level]

filters, before = list(warnings.filters), session()
ei.analyze(sys.argv[1]).write(sys.argv[2], audience="team")
broad = (Warning, UserWarning, FutureWarning, DeprecationWarning)
print(json.dumps({
    "changed": before != session(),
    "filters": [
        str(one) for one in warnings.filters
        if one not in filters and one[2] in broad and one[1] is None
    ],
}))
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("study")
    (folder / "one.txt").write_text(_SAID, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def elsewhere(
    study: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, object], dict[str, bytes]]:
    """Run it in a process of its own: what it says of its session, and its files."""
    out = tmp_path_factory.mktemp("elsewhere") / "out"
    told = {"PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "2"}
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, str(study), str(out)],
        env=os.environ | told, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return json.loads(ran.stdout), files(out)


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(
    study: Path, elsewhere: tuple[dict[str, object], dict[str, bytes]], tmp_path: Path
) -> None:
    _, second = elsewhere

    first = files(analyze(study).write(tmp_path / "out", audience="team"))

    assert "tables/tables.xlsx" in first
    assert {name for name in first if first[name] != second.get(name)} == set()
    assert set(first) == set(second)


@pytest.mark.slow
def test_an_analysis_leaves_the_users_session_as_it_was(
    elsewhere: tuple[dict[str, object], dict[str, bytes]],
) -> None:
    assert elsewhere[0] == {"changed": False, "filters": []}


@pytest.fixture(scope="module")
def small(study: Path) -> Analysis:
    return analyze(study, allow_identities=True)


def test_scores_of_codings_have_no_last_digit_that_threads_change(
    small: Analysis,
) -> None:
    scores = small.codings["score"].dropna()

    assert len(scores)
    assert (scores == scores.round(6)).all()


@pytest.mark.parametrize("kind", ["people", "coding", "review"])
def test_a_sheet_says_nothing_of_the_time_at_which_it_was_written(
    kind: str, small: Analysis, tmp_path: Path
) -> None:
    book = small.codebook
    write: dict[str, Callable[[Path], Path]] = {
        "people": lambda path: people_sheet(small.corpus, path),
        "coding": lambda path: coding_sheet(small.segments, book, path),
        "review": lambda path: review_sheet(
            small.codings, small.segments, book, path, statuses=("auto", "suggested")
        ),
    }

    with zipfile.ZipFile(write[kind](tmp_path / "sheet.xlsx")) as package:
        times = {entry.date_time for entry in package.infolist()}
        core = package.read("docProps/core.xml").decode()

    assert times == {(1980, 1, 1, 0, 0, 0)}
    assert set(re.findall(r"\d{4}-\d\d-\d\d", core)) == {"1980-01-01"}
