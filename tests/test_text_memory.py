"""What was made of texts: kept on the way, for the next run, and lost without harm."""

import pickle
import sqlite3
import subprocess
import sys

import pytest

from empathy_insights import text_memory
from empathy_insights.text_memory import (
    TextMemory,
    of_each,
    texts_remembered,
    wherever,
)
from empathy_insights.workers import each, working_on


@pytest.fixture
def file(tmp_path):
    return tmp_path / "kept" / "texts.sqlite"


def lengths(texts, asked=None, *, told=("length",)):
    """Return the length of each text, and note for which it was asked."""

    def make(new):
        for text in new:
            if asked is not None:
                asked.append(text)
            yield [len(text), {"letters": text}]

    return of_each(told, texts, make)


def rows_in(file):
    with sqlite3.connect(file) as opened:
        return opened.execute("SELECT count(*) FROM made").fetchone()[0]


def test_a_text_is_asked_for_once_and_told_in_order(file):
    first, again = [], []
    with texts_remembered(TextMemory(file)):
        made = lengths(["bus", "lunch", "bus", "naïve \ud800"], first)
    with texts_remembered(TextMemory(file)):
        known = lengths(["lunch", "bus", "bell"], again)

    assert first == ["bus", "lunch", "naïve \ud800"]
    assert again == ["bell"]
    assert [size for size, _ in made] == [3, 5, 3, 7]
    assert known == [[5, {"letters": "lunch"}], made[0], [4, {"letters": "bell"}]]


def test_without_a_memory_everything_is_made(file):
    asked = []

    assert [size for size, _ in lengths(["bus", "bus"], asked)] == [3, 3]
    assert asked == ["bus", "bus"]


@pytest.mark.parametrize(
    ("code", "told"), [("new", ("length",)), ("old", ("length", "in words"))]
)
def test_other_code_and_other_settings_make_it_anew(file, code, told):
    asked = []
    with texts_remembered(TextMemory(file, "old")):
        lengths(["bus"])

    with texts_remembered(TextMemory(file, code)):
        lengths(["bus"], asked, told=told)

    assert asked == ["bus"]


def test_nothing_is_loaded_where_all_is_known(file):
    with texts_remembered(TextMemory(file)):
        lengths(["bus"])
        of_each(("length",), ["bus"], lambda _: pytest.fail("asked again"))


def test_it_is_written_on_the_way(monkeypatch, file):
    monkeypatch.setattr(text_memory, "_SECONDS", 0)
    seen = []

    def make(new):
        for text in new:
            seen.append(rows_in(file) if file.exists() else 0)
            yield text

    with texts_remembered(TextMemory(file)):
        of_each([], ["bus", "lunch", "bell"], make)

    assert seen == [0, 1, 2]


def test_what_was_made_before_an_error_is_kept(file):
    def make(new):
        yield new[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), texts_remembered(TextMemory(file)):
        of_each([], ["bus", "lunch"], make)

    assert rows_in(file) == 1


def test_its_folder_is_for_its_owner_alone(file):
    with texts_remembered(TextMemory(file)):
        lengths(["bus"])

    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_study_that_is_gone_stays_away(tmp_path):
    gone = tmp_path / "gone" / ".kept" / "texts.sqlite"

    with texts_remembered(TextMemory(gone)):
        assert lengths(["bus"])[0][0] == 3

    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("damage", [b"no such thing" * 999, b""])
def test_a_damaged_file_is_begun_anew(file, damage):
    file.parent.mkdir()
    file.write_bytes(damage)

    with texts_remembered(TextMemory(file)):
        lengths(["bus"])

    assert rows_in(file) == 1


def test_a_file_that_breaks_within_costs_nothing_but_time(file):
    with texts_remembered(TextMemory(file)):
        lengths([str(n) for n in range(5000)])
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"x" * (len(whole) - 4096))

    with texts_remembered(TextMemory(file)):
        assert [size for size, _ in lengths(["7", "4711"])] == [1, 4]

    assert rows_in(file) == 2  # and the next run is not told that it is broken


def test_what_the_disk_has_changed_is_made_anew_and_written_over(file):
    with texts_remembered(TextMemory(file)):
        made = lengths(["bus", "lunch"])
    with sqlite3.connect(file) as opened:
        opened.execute("UPDATE made SET told = ? WHERE rowid = 1", (b"[7, {}]",))

    asked = []
    for _ in range(2):
        with texts_remembered(TextMemory(file)):
            assert lengths(["bus", "lunch"], asked) == made
    assert asked == ["bus"]


def test_a_file_that_cannot_be_opened_costs_nothing_but_time(file):
    file.mkdir(parents=True)

    with texts_remembered(TextMemory(file)):
        assert lengths(["bus"])[0][0] == 3


def test_of_a_large_file_the_older_half_is_deleted(monkeypatch, file):
    with texts_remembered(TextMemory(file)):
        lengths(["oldest", "old"])
        lengths(["new", "newest"])
    monkeypatch.setattr(text_memory, "_LARGEST", 1)
    with texts_remembered(TextMemory(file)):
        lengths(["newest"])

    asked = []
    with texts_remembered(TextMemory(file)):
        lengths(["oldest", "old", "new", "newest"], asked)

    assert asked == ["oldest", "old"]


def test_processes_of_this_one_know_it_and_write_to_it(file):
    with texts_remembered(TextMemory(file)), working_on(None):
        lengths(["bus"])
        list(each(wherever(noted), [["bus"], ["lunch"]]))

    assert rows_in(file) == 2


def noted(texts):
    return lengths(texts)


def test_what_is_made_elsewhere_without_a_memory_is_made(file):
    assert list(each(wherever(noted), [["bus"]])) == [lengths(["bus"])]


OTHER = """
import pickle, sys
from pathlib import Path
from empathy_insights.text_memory import TextMemory
sys.stdout.buffer.write(pickle.dumps(TextMemory(Path("texts.sqlite"))))
"""


def test_no_process_that_this_one_has_not_begun_is_told_of_it(file):
    written = subprocess.check_output([sys.executable, "-c", OTHER])

    assert pickle.loads(written) is None
    assert pickle.loads(pickle.dumps(TextMemory(file))).path == file
