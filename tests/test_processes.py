"""Names taken out by several real processes: the same bytes, whatever is lost."""

import os
import signal
import subprocess
import sys
from functools import partial
from time import sleep

import joblib
import pandas as pd
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from empathy_insights import ahead, analyze, in_parts, workers
from empathy_insights.identities import _search, deidentify
from empathy_insights.in_parts import made_in_parts, n_cores
from empathy_insights.one_by_one import new_process
from empathy_insights.report import folder
from empathy_insights.workers import (
    each,
    expect,
    memory,
    parts_of_work,
    remembering,
    working_on,
)
from tests.conftest import files

pytestmark = pytest.mark.slow  # several real processes each

PEOPLE = ["Amara Boone", "Deshawn Price", "Tanisha Cole", "Luz Okafor"]
TABLES = ("log", "review", "key")
SAID = {
    f"d{n}": [
        (name.lower().replace(" ", "_"), f"I told {other.split()[0]} twice, {n}."),
        ("teacher", f"Ask Ms. Harlow at Ash Creek School, or mail x{n}@ash.org."),
    ]
    for n, (name, other) in enumerate(zip(PEOPLE, PEOPLE[::-1], strict=True))
}


@pytest.fixture
def three(monkeypatch):
    """Let two further processes begin however little there is to do."""
    monkeypatch.setattr(workers, "_MANY", 20)
    monkeypatch.setattr(workers, "_EACH", 1)
    monkeypatch.setattr(joblib, "cpu_count", lambda: 3)


@pytest.fixture
def corpus(talk):
    return talk(SAID)


def same(one, other):
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(one, name), getattr(other, name))
    pd.testing.assert_frame_equal(one.corpus.documents, other.corpus.documents)
    pd.testing.assert_frame_equal(one.corpus.utterances, other.corpus.utterances)


def process_of(_):
    return os.getpid()


def die_elsewhere(own, part):
    if os.getpid() != own:
        os.kill(os.getpid(), signal.SIGKILL)
    return part


def test_parts_follow_each_other_and_are_of_about_one_size(three):
    with working_on(None):
        assert parts_of_work("abcde", [30, 10, 10, 10, 30]) == ["a", "bcd", "e"]


def test_each_part_stays_with_its_process(three):
    with working_on(None):
        first = list(each(process_of, ["a", "b", "c"]))
        assert list(each(process_of, ["d", "e", "f"])) == first

    assert first[0] == os.getpid()
    assert len(set(first)) == 3


def threads_of(_):
    return [pool["num_threads"] for pool in threadpool_info()]


def test_matrices_are_multiplied_by_one_thread_in_a_run(three):
    before = threads_of("")
    with working_on(None):
        here, there = each(threads_of, ["a", "b"])
        [alone] = each(threads_of, ["a"])

    assert set(here) == set(there) == set(alone) == {1}
    assert threads_of("") == before


def test_processes_end_with_the_run(three):
    with working_on(None):
        [_, other] = each(process_of, ["a", "b"])

    assert not is_alive(other)


def test_names_are_taken_out_alike_by_several_processes(three, corpus, monkeypatch):
    done = deidentify(corpus)
    monkeypatch.setattr(joblib, "cpu_count", lambda: 1)

    same(done, deidentify(corpus))
    assert "Harlow" not in " ".join(done.corpus.documents["text"])


@pytest.mark.slow
def test_results_are_written_alike_by_several_processes(
    three, corpus, monkeypatch, tmp_path
):
    begun = []
    monkeypatch.setattr(
        workers, "new_process", lambda: begun.append(1) or new_process()
    )
    monkeypatch.setattr(folder, "_MANY", 1)  # charts are drawn beside, too
    run = analyze(corpus, embedder="static")
    run.write(tmp_path / "by_three", audience="team")
    monkeypatch.setattr(joblib, "cpu_count", lambda: 1)
    begun_for = len(begun)

    analyze(corpus, embedder="static").write(tmp_path / "alone", audience="team")

    # Two to take names out, and two to look for them in what was written.
    assert begun_for == len(begun) == 4
    assert files(tmp_path / "by_three") == files(tmp_path / "alone")


def test_a_part_whose_process_is_killed_is_done_here(three):
    with working_on(None):
        assert list(each(partial(die_elsewhere, os.getpid()), "abc")) == ["a", "b", "c"]
        assert list(each(str.upper, "abc")) == ["A", "B", "C"]


def test_names_are_taken_out_where_no_process_can_begin(three, corpus, monkeypatch):
    there = deidentify(corpus)
    monkeypatch.setattr("joblib.externals.loky.ProcessPoolExecutor", None)

    same(deidentify(corpus), there)


def remembered(part):
    before = list(memory())
    memory()[part] = part
    return before


def test_each_process_remembers_its_parts(three):
    memory().clear()
    with working_on(None):
        with remembering():
            assert list(each(remembered, ["a", "b"])) == [[], []]
            assert list(each(remembered, ["c", "d"])) == [["a"], ["b"]]
        [here, _] = each(remembered, ["e", "f"])

    assert here == []


def loaded():
    memory()["loaded"] = True


def test_processes_load_what_they_need_before_there_is_work(three):
    with working_on(None), remembering():
        expect(19, loaded)  # too little for more than one process
        [_, before] = each(remembered, "ab")
        expect(21, loaded)
        [_, after] = each(remembered, "ab")

    assert (before, after) == ([], ["b", "loaded"])


def test_topics_are_found_beside_the_coding_by_a_process_that_is_there_anyway(
    three, corpus, monkeypatch
):
    sent = []

    def noted(make, send=ahead.sent_beside, **options):
        sent.append(answer := send(make, **options))
        return answer

    monkeypatch.setattr(ahead, "sent_beside", noted)
    run = analyze(corpus, embedder="static")
    monkeypatch.setattr(joblib, "cpu_count", lambda: 1)
    alone = analyze(corpus, embedder="static")

    [topics] = sent  # and no frameworks: nobody may ask for results
    assert topics.done()
    pd.testing.assert_frame_equal(run.topics.assignments, alone.topics.assignments)


def slowly_by(items):
    sleep(0.2)
    return [(item, os.getpid(), n_cores()) for item in items]


def test_parts_are_made_by_every_process_and_keep_their_order(three):
    with working_on(None):
        list(each(process_of, ["a", "b", "c"]))  # all have begun
        made = list(made_in_parts(slowly_by, "abcdefghijkl", size=1))

    assert [item for item, *_ in made] == list("abcdefghijkl")
    assert len({process for _, process, _ in made}) == 3
    assert made[0][1] == os.getpid() != made[-1][1]
    assert {cores for *_, cores in made} == {1}


def test_few_parts_wake_nobody(three):
    with working_on(None):
        list(each(process_of, ["a", "b", "c"]))
        made = list(made_in_parts(slowly_by, "abc", size=1))

    assert {process for _, process, _ in made} == {os.getpid()}


def dies_elsewhere(own, items):
    sleep(0.2)
    return die_elsewhere(own, items)


def test_parts_of_processes_that_are_killed_are_made_here(three):
    with working_on(None):
        list(each(process_of, ["a", "b", "c"]))
        made = made_in_parts(partial(dies_elsewhere, os.getpid()), "abcdefgh", size=1)

        assert list(made) == list("abcdefgh")


def test_passages_are_coded_alike_by_several_processes(three, corpus, monkeypatch):
    monkeypatch.setattr(in_parts, "_FEWEST", 1)
    sent = []

    def noted(make, send=ahead.sent_beside, **options):
        sent.append(send(make, **options))
        return sent[-1]

    monkeypatch.setattr(ahead, "sent_beside", noted)
    with working_on(None, ready=int):
        made_in = analyze(corpus, embedder="static", allow_identities=True)
    alone = analyze(corpus, embedder="static", allow_identities=True)

    assert len([answer for answer in sent if answer is not None]) > 4
    for table in ("codings", "chances", "sensitive"):
        pd.testing.assert_frame_equal(getattr(made_in, table), getattr(alone, table))


def grown(_):
    memory()["much"] = b"0" * 400_000_000


def test_a_process_that_has_grown_stays(three):
    with working_on(None):
        [_, first] = each(process_of, "ab")
        sleep(1.1)  # how often loky looks
        assert list(each(grown, "ab")) == [None, None]
        [_, then] = each(process_of, "ab")
        memory().clear()

    assert then == first


KILLED = """
import os, signal
from empathy_insights.workers import each, working_on

with working_on(None):
    [_, other] = each(eval, ["0", "__import__('os').getpid()"])
    print(other, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_processes_end_where_the_run_is_killed(tmp_path):
    told = tmp_path / "process"
    with told.open("w") as file:  # a pipe would stay open with the process
        done = subprocess.run(
            [sys.executable, "-c", KILLED], stdout=file, timeout=60, check=False
        )

    assert done.returncode == -signal.SIGKILL
    for _ in range(100):
        if not is_alive(int(told.read_text())):
            return
        sleep(0.1)
    pytest.fail("the process that held what people said lives on")


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_cannot_be_sent_is_done_here(three):
    with working_on(None):
        assert list(each(lambda part: part.upper(), ["a", "b"])) == ["A", "B"]


def test_what_was_found_before_a_missed_round_is_not_trusted():
    def change(number):
        return _search._Change(frozenset(), frozenset(), since=number)

    with remembering():
        _search._keep("people", change(0), {"Ask Bo.": ["Bo"]})

        assert _search._of_last_round("people", change(1)) == {"Ask Bo.": ["Bo"]}
        assert _search._of_last_round("people", change(2)) == {}


def test_a_run_multiplies_by_one_thread_and_gives_the_others_back():
    def threads():
        return {library["num_threads"] for library in threadpool_info()}

    with threadpool_limits(limits=2):
        before = threads()
        with working_on(None):
            within = threads()
            with working_on(None):
                assert threads() == {1}
        after = threads()

    assert before == after == {2}
    assert within == {1}
