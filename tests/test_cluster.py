"""A real Dask cluster of processes of their own: the same bytes, whatever it loses."""

import os
import pickle
import signal
from functools import partial
from time import sleep

import numpy as np
import pandas as pd
import pytest

from empathy_insights import workers
from empathy_insights.ahead import Ahead
from empathy_insights.coding.language_model.model_coder import language_model
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.identities import deidentify
from empathy_insights.in_parts import made_in_parts, n_cores, shared_out
from empathy_insights.progress import progress_told_to
from empathy_insights.study import analyze
from empathy_insights.text import onnx_embedder
from empathy_insights.text.embedders import embedder_of
from empathy_insights.text.segments import segment
from empathy_insights.workers import (
    Memory,
    each,
    expect,
    memory,
    remembering,
    working_on,
)

from .fake_model import FakeModel, serving
from .test_language_model import BOOK, WORDS
from .test_processes import SAID, same

distributed = pytest.importorskip("distributed", reason="needs the cluster extra")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings(
        "ignore::ResourceWarning"
    ),  # of processes that are killed
]
TEXTS = [f"The bus came {n} minutes late, and I missed class." for n in range(600)]


def two_workers():
    return distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    )


@pytest.fixture(scope="module")
def cluster():
    with two_workers() as running:
        yield running


@pytest.fixture
def own_cluster():
    """Return a cluster of a test's own, to lose a part of it or to look at all it did."""
    with two_workers() as running:
        yield running


@pytest.fixture(scope="module")
def vectors():
    return embedded()


def embedded():
    onnx_embedder._memory.clear()
    return embedder_of(None)(TEXTS)


def once(action):
    """Return a listener that acts the first time that it is told anything."""
    left = [action]
    return lambda _: left and left.pop()()


def test_a_cluster_gives_the_same_vectors_and_keeps_nothing(own_cluster, vectors):
    with working_on(own_cluster.scheduler_address):
        assert np.array_equal(embedded(), vectors)
        kept = own_cluster.scheduler.tasks.values()

    assert all(task.state != "memory" for task in kept)


def test_a_worker_that_is_killed_costs_its_part_alone(own_cluster, vectors, often):
    [pid, _] = (worker.pid for worker in own_cluster.workers.values())
    killed = progress_told_to(once(partial(os.kill, pid, signal.SIGKILL)))

    with working_on(own_cluster.scheduler_address), killed:
        assert np.array_equal(embedded(), vectors)


def test_a_run_outlives_its_scheduler(own_cluster, vectors, often):
    closed = progress_told_to(once(own_cluster.close))

    with working_on(own_cluster.scheduler_address), closed:
        assert np.array_equal(embedded(), vectors)

    assert own_cluster.status == distributed.Status.closed


def sent_to(dask_scheduler):
    """Return what kinds of work a scheduler was given."""
    return {*dask_scheduler.task_prefixes}


def test_a_study_is_the_same_on_a_cluster(own_cluster, tmp_path):
    (tmp_path / "talk.txt").write_text(
        "Interviewer: Who helps you?\n"
        "Deshawn Price: Ms. Okafor does, when the Wi-Fi is down and I am locked out.\n"
        "Interviewer: And at home?\n"
        "Deshawn Price: My cousin Tanisha. We share one laptop, she goes first.\n",
        encoding="utf-8",
    )
    sent = []

    here = analyze(tmp_path)
    with distributed.Client(own_cluster) as client:
        onnx_embedder._memory.clear()
        there = analyze(tmp_path, client=client)
        sent += client.run_on_scheduler(sent_to)

    kinds = {name.split("-")[0] for name in sent}
    assert kinds == {
        "made_there",
        "Finder",
        "method",
        "partial",
    }  # what makes, once each
    for table in ("segments", "codings", "themes", "chances"):
        pd.testing.assert_frame_equal(getattr(here, table), getattr(there, table))
    assert "Tanisha" not in " ".join(there.segments["text"])


@pytest.fixture
def few(monkeypatch):
    """Send parts to workers however little there is to do."""
    monkeypatch.setattr(workers, "_MANY", 20)
    monkeypatch.setattr(workers, "_EACH", 1)


def held_by(client):
    return [key for keys in client.has_what().values() for key in keys]


def test_names_are_taken_out_by_workers_which_keep_nothing(own_cluster, few, talk):
    with own_cluster.get_client() as client:
        with working_on(client):
            there = deidentify(talk(SAID))
        sent = client.run_on_scheduler(sent_to)
        sleep(1)
        assert held_by(client) == []

    assert {"Memory", "with"} <= sent
    same(there, deidentify(talk(SAID)))


def test_a_process_of_this_machine_is_kept_ready_beside_a_cluster(cluster, monkeypatch):
    monkeypatch.setattr("joblib.cpu_count", lambda: 2)
    on_cluster = {worker.pid for worker in cluster.workers.values()}

    with working_on(cluster.scheduler_address, ready=os.getpid):
        made_by = Ahead(os.getpid).result()

    assert made_by not in {os.getpid(), *on_cluster}


def test_a_large_study_has_a_process_beside_a_cluster_for_what_is_made_here(
    cluster, few, monkeypatch
):
    monkeypatch.setattr("joblib.cpu_count", lambda: 2)
    here_or_there = {os.getpid(), *(one.pid for one in cluster.workers.values())}

    with working_on(cluster.scheduler_address):
        expect(19, os.getpid)  # too little
        assert Ahead(os.getpid).result() == os.getpid()
        expect(21, os.getpid)
        assert Ahead(os.getpid).result() not in here_or_there


def remembered_by(part):
    before = dict(memory())
    memory()["said"] = part
    return [os.getpid(), before.get("said")]


def test_a_worker_remembers_its_part_and_another_begins_anew(own_cluster, few):
    with own_cluster.get_client() as client, working_on(client), remembering():
        first = list(each(remembered_by, "ab"))
        then = list(each(remembered_by, "cd"))
        os.kill(then[0][0], signal.SIGKILL)
        last = list(each(remembered_by, "ef"))

    (one, _), (other, _) = first
    assert one != other
    assert then == [[one, "a"], [other, "b"]]
    assert [said for _, said in last] == [None, "d"]


def test_what_a_worker_remembers_does_not_travel():
    kept = Memory(said="Tanisha")

    assert pickle.loads(pickle.dumps(kept)) == {}


def test_workers_ask_a_language_model(cluster, talk):
    said = {f"d{n:03d}": [("p", f"My bus never comes, {n} times.")] for n in range(70)}
    segments = segment(talk(said))
    with serving(FakeModel(WORDS)) as model:
        here = language_model(model.url).by(BOOK)(segments)
        with working_on(cluster.get_client()):
            there = language_model(model.url).by(BOOK)(segments)

    assert len(here) == 70
    assert len(model.questions) == 140
    pd.testing.assert_frame_equal(there, here)


def test_workers_of_another_version_are_refused(cluster, monkeypatch):
    monkeypatch.setattr("empathy_insights.cluster._SAME", ("numpy",))
    other = working_on(cluster.scheduler_address)

    with (
        pytest.raises(EmpathyInsightsError, match="a worker of the cluster has"),
        other,
    ):
        pass


def fails_elsewhere(own, items):
    if os.getpid() != own:
        raise OSError("no room left on the worker")
    return [len(item) for item in items]


def words_of(items):
    sleep(0.2)
    memory().setdefault("words", []).extend(items)
    return [(os.getpid(), n_cores(), list(memory()["words"])) for _ in items]


def test_parts_are_made_by_workers_which_remember_nothing_of_them(cluster):
    on_cluster = {worker.pid for worker in cluster.workers.values()}

    with working_on(cluster.scheduler_address):
        made = list(made_in_parts(words_of, "abcdef", size=2))

    assert {process for process, *_ in made} == on_cluster
    assert {cores for _, cores, _ in made} == {1}
    assert [said for *_, said in made] == [["a", "b"]] * 2 + [["c", "d"]] * 2 + [
        ["e", "f"]
    ] * 2


def test_what_no_worker_can_do_is_done_here(cluster):
    with working_on(cluster.scheduler_address):
        fails = partial(fails_elsewhere, os.getpid())
        assert list(shared_out(fails, ["a", "bc"], size=1)) == [1, 2]


def test_an_address_where_nobody_answers_is_one_sentence(monkeypatch):
    monkeypatch.setattr("empathy_insights.cluster._SECONDS", 1)

    nobody = working_on("tcp://127.0.0.1:9")
    with pytest.raises(EmpathyInsightsError, match="no Dask scheduler answers"), nobody:
        pass
