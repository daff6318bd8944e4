"""What a process beside this one makes: the same, once, and here where it is lost."""

import os
import shutil
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

import joblib
import matplotlib as mpl
import pandas as pd
import pytest

from empathy_insights.ahead import Ahead, all_done, later
from empathy_insights.before_coding import begin_beside, topics_stage
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.readers import corpus_from_frame
from empathy_insights.report.charts.style import draw_later
from empathy_insights.stage_cache import StageCache
from empathy_insights.text.embedders import ContextualEmbedder, StaticEmbedder
from empathy_insights.text.segments import segment
from empathy_insights.text_memory import (
    TextMemory,
    of_each,
    texts_remembered,
    wherever,
)
from empathy_insights.workers import is_one_ready, working_on
from tests.conftest import SAMPLE, files


@pytest.fixture
def two(monkeypatch):
    """Give this machine two cores."""
    monkeypatch.setattr(joblib, "cpu_count", lambda: 2)


@pytest.fixture
def ready(two):
    """Work with a process that is ready."""
    with working_on(None, ready=os.getpid):
        Ahead(int).wait()
        yield


def noted(file, seconds=0.0):
    """Say in a file who did it, when it is done."""
    sleep(seconds)
    file.write_text(str(os.getpid()))


def who(folder):
    return {path.name: int(path.read_text()) for path in folder.iterdir()}


def die(own):
    if os.getpid() != own:
        os.kill(os.getpid(), signal.SIGKILL)
    return "here"


def refuse(own):
    raise EmpathyInsightsError("here" if os.getpid() == own else "elsewhere")


def test_it_is_made_by_another_process(ready):
    assert is_one_ready()
    assert Ahead(os.getpid).result() != os.getpid()


def test_it_is_made_here_where_nobody_keeps_a_process_ready(two):
    with working_on(None):
        assert not is_one_ready()
        assert Ahead(os.getpid).result() == os.getpid()


def test_one_core_has_no_room_for_another_process(monkeypatch):
    monkeypatch.setattr(joblib, "cpu_count", lambda: 1)

    with working_on(None, ready=os.getpid):
        assert not is_one_ready()


def test_it_is_made_here_where_the_process_is_killed(ready):
    assert Ahead(partial(die, os.getpid())).result() == "here"
    assert Ahead(partial(die, os.getpid())).result() == "here"


def test_what_is_really_wrong_is_told_from_here(ready):
    with pytest.raises(EmpathyInsightsError, match="here"):
        Ahead(partial(refuse, os.getpid())).result()


def test_what_cannot_be_sent_is_made_here(ready):
    lock = Lock()

    assert Ahead(partial(id, lock)).result() == id(lock)


def test_all_is_done_when_the_block_ends_and_both_do_it(ready, tmp_path):
    with all_done():
        for n in range(8):
            later(partial(noted, tmp_path / str(n), 0.2))
        assert len(list(tmp_path.iterdir())) < 8

    did = who(tmp_path)
    assert set(did) == {str(n) for n in range(8)}
    assert did["0"] != os.getpid() == did["7"]


def test_without_another_process_it_is_done_at_once_and_in_order(tmp_path):
    with all_done():
        later(partial(noted, tmp_path / "first"))
        assert who(tmp_path) == {"first": os.getpid()}


def begin_and_fail(folder):
    with all_done():
        for n in range(8):
            later(partial(noted, folder / str(n), 0.5))
        sleep(0.2)  # the first is begun
        raise KeyError


def test_nobody_writes_any_more_once_an_error_is_told(ready, tmp_path):
    Ahead(partial(noted, tmp_path / "ready")).result()  # it has loaded this file

    with pytest.raises(KeyError):
        begin_and_fail(tmp_path)

    before = who(tmp_path)
    sleep(1)
    assert who(tmp_path) == before
    assert "7" not in before


def test_an_error_of_the_block_is_told_and_nothing_is_made_for_it(ready, tmp_path):
    with pytest.raises(KeyError, match="of the block"):
        lose_and_fail(tmp_path)

    assert who(tmp_path) == {}


def lose_and_fail(folder):
    with all_done():
        later(partial(die_or_note, os.getpid(), folder / "made"))
        raise KeyError("of the block")


def not_known(texts):
    return [0 for _ in texts]


def die_or_note(own, file):
    die(own)
    noted(file)


def test_frames_that_were_begun_are_not_made_again(ready, tmp_path):
    (tmp_path / "cache").mkdir()
    kept = StageCache(tmp_path / "cache")
    made = partial(made_by, tmp_path / "made")

    kept.begin("who", [1], made)
    frames = kept("who", [1], lambda: pytest.fail("made here"))
    kept.begin("who", [1], made)

    assert kept.begun == {}
    assert int(frames["who"]["process"][0]) != os.getpid()
    assert (tmp_path / "made").read_text() == "x"
    assert kept("who", [1], lambda: pytest.fail("made again"))["who"].equals(
        frames["who"]
    )


def test_topics_that_were_begun_are_not_found_again(ready, tmp_path, segments):
    (tmp_path / "cache").mkdir()
    kept, embedder = StageCache(tmp_path / "cache"), StaticEmbedder()
    stage, given, make = topics_stage(segments, embedder, 0)

    kept.begin(stage, given, make)
    found = kept.topics(stage, given, lambda: pytest.fail("found here"), embedder)
    kept.begin(stage, given, make)

    assert kept.begun == {}
    assert found.settings == make().settings
    pd.testing.assert_frame_equal(found.assignments, make().assignments)


def test_what_the_other_process_has_not_begun_with_is_made_here(ready, tmp_path):
    kept = StageCache()
    busy = Ahead(partial(sleep, 2))

    kept.begin("who", [1], partial(made_by, tmp_path / "made"))
    frames = kept("who", [1], partial(made_by, tmp_path / "made"))

    assert busy.is_sent
    assert int(frames["who"]["process"][0]) == os.getpid()
    assert (tmp_path / "made").read_text() == "x"


@pytest.mark.slow
def test_a_passage_is_not_embedded_twice_to_find_topics_sooner(
    ready, segments, tmp_path
):
    static, first, coded, alone, full = (StageCache() for _ in range(5))
    other = ContextualEmbedder()

    with texts_remembered(TextMemory(tmp_path / "texts.sqlite")):
        for _ in range(2):
            begin_beside(segments, StaticEmbedder(), 0, static)
        begin_beside(segments, other, 0, first)
        for is_coded in (False, True):
            begin_beside(segments, other, 0, coded, is_coded=is_coded)
    begin_beside(segments, other, 0, alone, is_coded=True)
    with texts_remembered(TextMemory(tmp_path)):  # no file can be written there
        of_each(["length"], ["bus"], partial(map, len))
        begin_beside(segments, other, 0, full, is_coded=True)

    begun = [len(one.begun) for one in (static, first, coded, alone, full)]
    assert begun == [2, 1, 2, 1, 1]


@pytest.mark.slow
def test_the_other_process_knows_what_was_made_of_texts_until_now(ready, tmp_path):
    with texts_remembered(TextMemory(tmp_path / "texts.sqlite")):
        of_each(["length"], ["bus"], partial(map, len))
        known = Ahead(wherever(partial(of_each, ["length"], ["bus"], not_known)))

        assert known.result() == [3]


@pytest.fixture
def segments():
    said = [f"The {thing} is late again" for thing in ("bus", "lunch", "bell", "van")]
    return segment(corpus_from_frame(pd.DataFrame({"a": said}), text="a"))


def made_by(file: Path):
    with file.open("a") as written:
        written.write("x")
    return {"who": pd.DataFrame({"process": [str(os.getpid())]})}


@pytest.mark.slow
def test_what_a_user_has_set_is_drawn_here(ready, tmp_path):
    with all_done(), mpl.rc_context({"font.size": 30}):
        draw_later(partial(noted, tmp_path / "large"))
    with all_done():
        draw_later(partial(noted, tmp_path / "plain", 0.1))
        begun = monotonic()
        while not (tmp_path / "plain").exists() and monotonic() < begun + 10:
            sleep(0.1)

    assert who(tmp_path)["large"] == os.getpid() != who(tmp_path)["plain"]


ANALYZE = """
import sys
from empathy_insights import ahead
from empathy_insights.cli.app import main

def counted(make, send=ahead.sent_beside, **options):
    answer = send(make, **options)
    print("sent" if answer else "kept")
    return answer

ahead.sent_beside = counted
main()
"""


@pytest.mark.slow
def test_a_command_writes_the_same_with_a_process_ready_and_without(tmp_path):
    told, study = {}, tmp_path / "study"
    study.mkdir()
    for path in (SAMPLE / "participants.csv", *SAMPLE.glob("r1_*student*")):
        shutil.copy(path, study)
    for cores in "12":
        options = ["--fast", "--no-cache", "--quiet", "--out", tmp_path / cores]
        command = [sys.executable, "-c", ANALYZE, "analyze", study, *options]
        env = {**os.environ, "LOKY_MAX_CPU_COUNT": cores}
        told[cores] = subprocess.check_output([*map(str, command)], env=env, text=True)

    assert files(tmp_path / "1") == files(tmp_path / "2")
    assert set(told["1"].split()) == {"kept"}
    # Topics, the frameworks, nine charts, slides and cards.
    assert os.cpu_count() == 1 or told["2"].split() == ["sent"] * 13


LEFT = """
import time
from functools import partial
from empathy_insights.ahead import Ahead
from empathy_insights.workers import working_on

with working_on(None, ready=int):
    jobs = [Ahead(partial(time.sleep, 0.3)) for _ in range(6)]
    Ahead(int).take_back()
    for job in jobs[2:]:
        job.take_back()
"""


def test_a_run_ends_with_what_it_took_back():
    env = {**os.environ, "LOKY_MAX_CPU_COUNT": "2"}

    subprocess.run([sys.executable, "-c", LEFT], env=env, timeout=30, check=True)
