"""When a talk was: in the name of its file, or in the lines above it."""

import pytest

from empathy_insights.readers import read_corpus
from empathy_insights.readers.dates import date_above, date_in

TALK = (
    "Denise: How is it?\nAmara: Fine.\nDenise: And lunch on Oct 3, 2024?\nAmara: So.\n"
)
WRITTEN = [
    "2025-10-08", "2025_10_08", "2025/10/8", "Wed, Oct 8, 2025", "Oct 8 2025", "October 8th, 2025",
    "8 Oct 2025", "8 de octubre de 2025", "Recorded on Oct. 8, 2025 at 1:05 PM",
]  # fmt: skip


@pytest.mark.parametrize("said", WRITTEN)
def test_a_date_is_read_however_it_is_written(said):
    assert date_in(said) == "2025-10-08"


@pytest.mark.parametrize(
    ("said", "date"),
    [
        ("10/14/2025", "2025-10-14"), ("14.10.2025", "2025-10-14"), ("10-14-25", "2025-10-14"),
        ("3/4/2025", None), ("13/14/2025", None), ("Feb 30, 2025", None), ("Oct 8", None),
        ("May 2025", None), ("Oct 8-9, 2025", None), ("1:05", None), ("Grade 9 2025", None),
        ("Oct 8 2025 and Oct 9 2025", None), ("call 555-12-2025", None),
    ],
)  # fmt: skip
def test_a_date_that_could_be_two_is_none(said, date):
    assert date_in(said) == date


@pytest.mark.parametrize(
    "name",
    ["GMT20251008-151204_Recording.txt", "ana_20251008.txt", "Oct 8 2025 ana.txt",
     "ana 2025_10_08 09_58 EDT.txt", "Survey+Oct+8,+2025.txt", "2025-10-08/ana.txt"],
)  # fmt: skip
def test_the_name_of_a_file_tells_the_date(tmp_path, name):
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text(TALK)

    assert read_corpus(tmp_path).documents["date"].tolist() == ["2025-10-08"]


@pytest.mark.parametrize("name", ["ana_20251399.txt", "ana_12345678.txt", "20250.txt"])
def test_a_number_that_is_no_day_is_no_date(tmp_path, name):
    (tmp_path / name).write_text(TALK)

    assert read_corpus(tmp_path).documents["date"].isna().all()


HEADS = [
    ("Focus group\nWed, Oct 8, 2025\nPrinted: Oct 20, 2025", "2025-10-08"),
    ("Date: 10/14/2025\nTranscribed by Jo, Oct 16 2025", "2025-10-14"),
    ("Interview date: Oct 8, 2025\nSchool visit Oct 7, 2025", "2025-10-08"),
    ("Visits Oct 7, 2025\nand Oct 8, 2025", None),
    ("Born Oct 8, 2009", None),
    ("---\ndate: Oct 8, 2025\n---", "2025-10-08"),
    ("---\ndate: autumn\n---", "autumn"),
]


@pytest.mark.parametrize(("head", "date"), HEADS)
def test_the_lines_above_a_talk_tell_the_date(tmp_path, head, date):
    (tmp_path / "a.txt").write_text(f"{head}\n\n{TALK}")

    [found] = read_corpus(tmp_path).documents["date"].astype(object)

    assert found == date or (date is None and found != found)


def test_what_somebody_says_is_no_date_of_the_talk(tmp_path):
    (tmp_path / "a.txt").write_text(TALK)

    assert read_corpus(tmp_path).documents["date"].isna().all()


def test_a_long_line_above_a_talk_is_no_date():
    assert date_above("We met them all on Oct 8, 2025, when " + "so " * 20) is None


def test_a_line_at_the_top_of_notes_tells_their_date(tmp_path):
    (tmp_path / "a.md").write_text("Visit\nOct 8, 2025\n\n- the bus is late\n- wifi\n")

    assert read_corpus(tmp_path).documents["date"].tolist() == ["2025-10-08"]
