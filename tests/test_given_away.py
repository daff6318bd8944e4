"""A folder for others says nothing of the team's files, and is whole without them."""

import hashlib
import shutil

import pytest

from empathy_insights.files.results import RECORD, TEAM, record_of, verified
from empathy_insights.report import placing
from empathy_insights.report.placing import drafted, place

PAGES = {"report.html": "for others", f"{TEAM}/charts/stances.csv": "bus,3,of,24"}


def write(folder, pages, *, into=None):
    """Write results as a run does."""
    with drafted(folder) as draft:
        for name, text in pages.items():
            (draft / name).parent.mkdir(parents=True, exist_ok=True)
            (draft / name).write_text(text)
        return place(draft, folder)


def team_hashes(folder):
    """Return the hashes of the team's files, however they may be told."""
    bodies = [path.read_bytes() for path in folder.glob(f"{TEAM}/**/*.*")]
    return {
        hashlib.new(name, body).hexdigest()
        for body in bodies
        for name in ("sha256", "sha1", "md5")
    }


def test_nothing_beside_the_teams_folder_tells_what_is_in_it(tmp_path):
    out = tmp_path / "out"
    write(out, PAGES)

    hashes = team_hashes(out)

    assert TEAM not in (out / RECORD).read_text()
    told = [path.read_text() for path in out.iterdir() if path.is_file()]
    assert not [one for one in hashes if any(one in text for text in told)]
    assert (out / TEAM / RECORD).stat().st_mode & 0o077 == 0


@pytest.mark.slow
def test_nor_in_the_results_of_a_study(sample_results):
    out = sample_results("school")

    hashes = team_hashes(out)

    others = [p for p in out.rglob("*") if p.is_file() and TEAM not in p.parts]
    texts = [path.read_bytes() for path in others]
    assert not [one for one in hashes if any(one.encode() in text for text in texts)]
    assert f"{TEAM}/".encode() not in (out / RECORD).read_bytes()


def test_it_is_whole_with_the_teams_files_and_without(tmp_path):
    out, away = tmp_path / "out", tmp_path / "away"
    write(out, PAGES)
    shutil.copytree(out, away, ignore=shutil.ignore_patterns(TEAM))

    assert verified(out).whole == tuple(sorted(PAGES))
    assert verified(away).whole == ("report.html",)
    for found in (verified(out), verified(away)):
        assert (found.changed, found.missing, found.added) == ((), (), ())
    (out / TEAM / "charts/stances.csv").write_text("bus,4,of,24")
    assert verified(out).changed == (f"{TEAM}/charts/stances.csv",)
    (out / TEAM / "charts/stances.csv").unlink()
    assert verified(out).missing == (f"{TEAM}/charts/stances.csv",)


@pytest.mark.parametrize("is_inside", [False, True])
def test_what_is_written_next_takes_the_place_of_both(tmp_path, monkeypatch, is_inside):
    out = tmp_path / "out"
    write(out, PAGES | {f"{TEAM}/old.csv": "old"})
    (out / TEAM / "mine.txt").write_text("mine")
    if is_inside:
        monkeypatch.chdir(out)

    assert write(out, PAGES | {f"{TEAM}/new.csv": "new"}) == []

    assert set(record_of(out)) == {*PAGES, f"{TEAM}/new.csv"}
    assert verified(out).added == (f"{TEAM}/mine.txt",)
    assert write(out, {"report.html": "new"}) == []
    assert record_of(out).keys() == {"report.html"}
    assert [path.name for path in out.glob(f"{TEAM}/*") if path.is_file()] == [
        "mine.txt"
    ]


def test_results_that_an_earlier_version_wrote_are_replaced(tmp_path):
    out = tmp_path / "out"
    write(out, PAGES)
    (out / TEAM / RECORD).unlink()
    whole = {
        name: hashlib.sha256(text.encode()).hexdigest() for name, text in PAGES.items()
    }
    (out / RECORD).write_text(str({"written": whole}).replace("'", '"'))

    assert write(out, {"report.html": "new"}) == []

    assert {p.name for p in out.rglob("*") if p.is_file()} == {RECORD, "report.html"}


@pytest.mark.parametrize("moment", range(4))
def test_inside_its_results_a_run_that_breaks_off_is_put_right(
    tmp_path, monkeypatch, moment
):
    out = tmp_path / "out"
    write(out, PAGES | {f"{TEAM}/old.csv": "old"})
    monkeypatch.chdir(out)
    moved = []

    def breaks(path, target):
        moved.append(path)
        if len(moved) > moment:
            raise KeyboardInterrupt
        return real(path, target)

    real = type(out).replace
    new = {name: f"{text}, new" for name, text in PAGES.items()}
    with monkeypatch.context() as patch:
        patch.setattr(type(out), "replace", breaks)
        with pytest.raises(KeyboardInterrupt):
            write(out, new)
    with drafted(out):
        pass

    assert {k: (out / k).read_text() for k in new} == new
    found = verified(out)
    assert (found.changed, found.missing, found.added) == ((), (), ())
    assert not list(tmp_path.glob(f"{placing._READY}*"))
