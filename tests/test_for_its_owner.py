"""What holds people's words opens for its owner alone, whoever else uses the computer."""

import os

import pytest

import empathy_insights as ei
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.report.folder import write_deidentified, write_results

pytestmark = pytest.mark.usefixtures("no_pixels")

BOOK = Codebook("b", "B", themes=(Theme("bus", "Bus"), Theme("food", "Food")))


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("talks")
    (folder / "d.txt").write_text("Interviewer: And?\n\nWren: Late bus.\n")
    return ei.analyze(folder, codebook=BOOK, embedder="static")


@pytest.fixture(autouse=True)
def _open_umask():
    before = os.umask(0o022)
    yield
    os.umask(before)


def is_private(path):
    return path.stat().st_mode & 0o077 == 0


WRITERS = {
    "study.qdpx": ei.write_qdpx,
    "kim.xlsx": lambda run, path: ei.coding_sheet(
        run.segments, BOOK, path, coder="kim"
    ),
    "kim.csv": lambda run, path: ei.coding_sheet(run.segments, BOOK, path, coder="kim"),
    "review.xlsx": lambda run, path: ei.review_sheet(
        run.codings, run.segments, BOOK, path
    ),
}


@pytest.mark.parametrize("name", WRITERS)
def test_sheets_and_projects(run, tmp_path, name):
    assert is_private(WRITERS[name](run, tmp_path / name))


def test_a_codebook_is_for_everybody(tmp_path):
    assert not is_private(ei.save_codebook(BOOK, tmp_path / "book.yaml"))


def test_texts_without_names(run, tmp_path):
    write_deidentified(run.deidentified, tmp_path / "out")

    others = {p.name for p in (tmp_path / "out").iterdir() if not is_private(p)}
    assert others == {".empathy_insights.json"}
    assert is_private(tmp_path / "out" / "texts" / "d.txt")


@pytest.mark.slow
@pytest.mark.parametrize(("audience", "private"), [("team", True), ("school", False)])
def test_the_report_of_the_team(run, tmp_path, audience, private):
    write_results(run, tmp_path / "out", audience=audience)

    assert is_private(tmp_path / "out" / "report.html") == private
    assert is_private(tmp_path / "out" / "tables" / "themes.csv") == private
