"""A file in which somebody may have worked is never written over."""

import openpyxl
import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.errors import EmpathyInsightsError

BOOK = Codebook("b", "B", themes=(Theme("bus", "Bus"), Theme("food", "Food")))


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("talks")
    (folder / "d.txt").write_text(
        "Interviewer: And?\n\nWren: Late bus.\n\nWren: Food.\n"
    )
    return ei.analyze(folder, codebook=BOOK, embedder="static"), ei.read_corpus(folder)


WRITERS = {
    "kim.xlsx": lambda a, c, p: ei.coding_sheet(a.segments, BOOK, p, coder="kim"),
    "kim.csv": lambda a, c, p: ei.coding_sheet(a.segments, BOOK, p, coder="kim"),
    "review.xlsx": lambda a, c, p: ei.review_sheet(a.codings, a.segments, BOOK, p),
    "people.xlsx": lambda a, c, p: ei.people_sheet(c, p),
    "people.csv": lambda a, c, p: ei.people_sheet(c, p),
    "book.yaml": lambda a, c, p: ei.save_codebook(BOOK, p),
    "book.xlsx": lambda a, c, p: ei.save_codebook(BOOK, p),
    "book.csv": lambda a, c, p: ei.save_codebook(BOOK, p),
    "study.qdpx": lambda a, c, p: ei.write_qdpx(a, p),
    "book.qdc": lambda a, c, p: ei.write_qdc(BOOK, p),
}


@pytest.mark.parametrize("name", WRITERS)
def test_somebody_s_work_stays_as_it_is(tmp_path, found, name):
    path = tmp_path / name
    path.write_bytes(b"three hours of mine")

    with pytest.raises(EmpathyInsightsError, match="already, and it stays as it is"):
        WRITERS[name](*found, path)

    assert path.read_bytes() == b"three hours of mine"
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", WRITERS)
def test_a_notebook_may_run_twice(tmp_path, found, name):
    path = WRITERS[name](*found, tmp_path / name)
    before = path.read_bytes()

    assert WRITERS[name](*found, tmp_path / name) == path

    assert path.read_bytes() == before


def test_a_mark_in_a_sheet_is_work(tmp_path, found):
    path = WRITERS["kim.xlsx"](*found, tmp_path / "kim.xlsx")
    book = openpyxl.load_workbook(path)
    book["code here"]["F2"].value = "need"
    book.save(path)

    with pytest.raises(EmpathyInsightsError, match="choose another"):
        WRITERS["kim.xlsx"](*found, path)

    assert len(ei.read_codings(path, BOOK)) == 1


def test_a_project_of_another_day_is_the_same(tmp_path, found):
    path = WRITERS["study.qdpx"](*found, tmp_path / "study.qdpx")
    before = path.read_bytes()
    analysis = found[0]
    analysis.manifest["date"] = "2031-01-02"

    WRITERS["study.qdpx"](*found, path)

    assert path.read_bytes() == before


def test_a_project_with_further_codes_is_another(tmp_path, found):
    path = WRITERS["study.qdpx"](*found, tmp_path / "study.qdpx")
    analysis = found[0]
    more = pd.DataFrame(
        {"segment_id": analysis.segments["segment_id"], "theme": "food"}
    )
    later = ei.analyze(found[1], codebook=BOOK, embedder="static", hand_codes=more)

    with pytest.raises(EmpathyInsightsError, match="choose another"):
        ei.write_qdpx(later, path)
