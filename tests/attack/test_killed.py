"""Whenever a run is killed, the results are the old or the new, and nothing else stays."""

import os
import pickle
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from empathy_insights.files.results import RECORD
from empathy_insights.report.placing import drafted, place
from empathy_insights.result import Analysis
from empathy_insights.study import analyze
from tests.attack.studies import BOOK, study
from tests.conftest import files

N_WRITING, N_PLACING, N_EXCHANGE = 20, 15, 15
NEAR = 12  # calls before and after the exchange

KILLED = """
import os, sys
from pathlib import Path
import empathy_insights.report.placing as placing
out, step, moment, how = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
if how == "by renaming":
    placing.exchanged = lambda *_: False
calls = [0]
def die(frame, *_):
    calls[0] += bool(calls[0]) or frame.f_code.co_name == step
    if calls[0] == moment:
        os.kill(os.getpid(), 9)
os.chdir(sys.argv[5])
sys.setprofile(die)
with placing.drafted(out) as draft:
    for name in ("a", "b", "c"):
        (draft / name).write_text("new")
    placing.place(draft, out)
"""

WRITING = """
import os, pickle, shutil, sys
from pathlib import Path
import empathy_insights.report.folder as folder
import empathy_insights.report.placing as placing
kept, out, moment, pages = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
calls, exchange, exchanged, place = [0], [0], placing.exchanged, folder.place
def die(*_, **__):
    calls[0] += 1
    if calls[0] == moment:
        os.kill(os.getpid(), 9)
def watched(*those):
    exchange[0] = calls[0]
    return exchanged(*those)
def watching(*those, **more):
    sys.setprofile(die)
    return place(*those, **more)
def copied(shown, draft):
    shutil.copytree(pages, draft, dirs_exist_ok=True)
placing.exchanged, folder.place = watched, watching
if pages:
    folder._write_for_audience, folder._write_team_only = copied, lambda *_: None
run = pickle.loads(kept.read_bytes())
print("ready", flush=True)
run.write(out, audience="public")
sys.setprofile(None)
print(calls[0], exchange[0])
"""


@pytest.fixture
def old(tmp_path):
    """Return a results folder, and a file of somebody's own in it."""
    out = tmp_path / "out"
    with drafted(out) as draft:
        for name in ("a", "b"):
            (draft / name).write_text("old")
        place(draft, out)
    (out / "mine.txt").write_text("mine")
    return out


def killed_at(step, moment, old, how="at once", *, inside=False):
    """Kill a run some calls after a step of placing began."""
    out, here = (".", old) if inside else (old, old.parent)
    command = [sys.executable, "-c", KILLED, out, step, str(moment), how, here]
    done = subprocess.run(command, check=False, env=os.environ)
    assert done.returncode == -9


def assert_put_right(old, before):
    """Let the next run begin: the results are whole, and nothing stays beside them."""
    with drafted(old):
        pass
    found = files(old)
    assert found["mine.txt"] == b"mine"
    assert found == before or (
        set(found) == {"a", "b", "c", "mine.txt", RECORD} and found["a"] == b"new"
    )
    assert [path.name for path in old.parent.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("step", "moment"),
    [("place", moment) for moment in range(1, 2500, 600)]
    + [("exchanged", moment) for moment in (1, 20, 35, 50, 120)],
)
def test_a_run_that_is_killed_leaves_the_old_results_or_the_new_whole(
    old, step, moment
):
    before = files(old)

    killed_at(step, moment, old)
    found = files(old)

    assert found == before or found["a"] == b"new"
    assert_put_right(old, before)
    assert files(old) == found


@pytest.mark.parametrize("moment", range(1, 270, 40))
def test_where_folders_cannot_change_places_the_next_run_puts_that_right(old, moment):
    before = files(old)

    killed_at("_swap", moment, old, "by renaming")

    assert_put_right(old, before)


@pytest.mark.parametrize("moment", range(1, 1800, 200))
def test_inside_its_results_a_killed_run_mixes_no_old_with_new(old, moment):
    before = files(old)

    killed_at("_move_into", moment, old, inside=True)

    found = files(old)
    assert len({found[name] for name in ("a", "b", "c") if name in found}) <= 1
    assert_put_right(old, before)


class Killer:
    """Write a study for the public over its results for the team, and kill that."""

    def __init__(self, run: Analysis, folder: Path) -> None:
        self.run, self.folder, self.pages = run, folder, folder / "pages"
        (folder / "temp").mkdir()
        (folder / "run.pickle").write_bytes(pickle.dumps(run))
        earlier = run.write(folder / "earlier", audience="team")
        (earlier / "mine").mkdir()
        (earlier / "mine" / "notes.txt").write_text("my notes")
        self.old = files(earlier)
        began = time.monotonic()
        self.killed(self.fresh("whole"), 0)
        self.seconds = time.monotonic() - began
        whole = folder / "whole" / "out"
        self.new = files(whole)
        copytree(whole, self.pages, ignore=lambda *_: [RECORD, "mine"])
        self.calls, self.exchange = self.killed(self.fresh("again"), 0, self.pages)

    def fresh(self, name: str) -> Path:
        """Return earlier results alone in a folder."""
        return copytree(self.folder / "earlier", self.folder / name / "out")

    def killed(
        self, out: Path, moment: int, pages: Path | str = "", seconds: float = 0
    ) -> list[int]:
        """Run to the end, to a call within placing, or for some seconds."""
        command = [sys.executable, "-c", WRITING, self.folder / "run.pickle", out]
        with subprocess.Popen(
            [*command, str(moment), pages], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "TMPDIR": str(self.folder / "temp")},
        ) as process:  # fmt: skip
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            if seconds:
                time.sleep(seconds)
                process.kill()
            told = process.stdout.read()
        return [int(number) for number in told.split()]

    def found(self, name: str, moment: int = 0, seconds: float = 0) -> str:
        """Kill one run; say what it left, and what the next run could not put right."""
        out = self.fresh(name)
        self.killed(out, moment, "" if seconds else self.pages, seconds)
        left = files(out)
        self.next_run(out)
        temp = self.folder / "temp"
        beside = [path.name for path in [*out.parent.iterdir(), *temp.iterdir()]]
        if beside != ["out"] or files(out) != self.new:
            return f"{name} is not put right: {beside}"
        known = [said for said in ("old", "new") if left == getattr(self, said)]
        return known[0] if known else f"{name} is mixed"

    def next_run(self, out: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                "empathy_insights.report.folder._write_for_audience",
                lambda _, draft: copytree(self.pages, draft, dirs_exist_ok=True),
            )
            patch.setattr(
                "empathy_insights.report.folder._write_team_only", lambda *_: None
            )
            self.run.write(out, audience="public")


@pytest.mark.attack
def test_fifty_killed_runs_leave_the_old_results_or_the_new_whole(talk, tmp_path):
    run = analyze(study(talk, 3), codebook=BOOK, allow_identities=True)
    killer, random = Killer(run, tmp_path), np.random.default_rng(0)
    writing = random.uniform(0.01, killer.seconds, N_WRITING)
    near = killer.exchange + random.integers(-NEAR, NEAR, N_EXCHANGE)
    placing = [*random.integers(1, killer.calls, N_PLACING), *near]

    found = [killer.found(f"s{n}", seconds=float(at)) for n, at in enumerate(writing)]
    found += [killer.found(f"p{n}", int(at)) for n, at in enumerate(placing)]

    print(f"\n{Counter(found)}")  # noqa: T201
    assert set(found) == {"old", "new"}
