"""Identities from the first file to the last written line."""

import stat

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.report.folder import write_deidentified
from empathy_insights.report.published import published

from .conftest import SAMPLE

pytestmark = pytest.mark.slow

TALK = """Dana Whitfield: How is the bus, Amara?

Amara Boone: Ms. Tillery says I forgot my password. Call 555-013-8842.

Dana Whitfield: And then what did you do?

Amara Boone: I waited for my friend Keisha.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    source = tmp_path_factory.mktemp("talks")
    (source / "talk.txt").write_text(TALK, encoding="utf-8")
    return source


@pytest.fixture(scope="module")
def analysis(folder):
    return ei.analyze(folder)


@pytest.fixture(scope="module")
def written(analysis, tmp_path_factory):
    return analysis.write(tmp_path_factory.mktemp("out"))


def all_text(folder):
    return "".join(
        path.read_text(encoding="utf-8-sig")
        for path in folder.rglob("*")
        if path.suffix in {".html", ".md", ".csv", ".json", ".txt"}
    )


def test_no_name_of_a_speaker_or_contact_reaches_the_results(written):
    text = all_text(written) + "".join(
        pd.read_parquet(written / "team_only" / "segments.parquet")["text"]
    )
    assert not [
        word
        for word in ("Amara", "Boone", "Tillery", "Dana", "555-013")
        if word in text
    ]
    assert "[adult 1]" in text


def test_the_samples_listed_people_are_nowhere_in_its_results(sample_results):
    people = pd.read_csv(SAMPLE / "participants.csv")
    names = people.loc[
        people["name"].str.contains(r"^[A-Z][a-z]+ [A-Z]", regex=True), "name"
    ]

    text = all_text(sample_results("school"))

    assert len(names) == 14
    assert [name for name in names if name in text] == []


def test_a_roster_takes_out_names_that_nothing_else_tells(folder):
    roster = pd.DataFrame({"name": ["Keisha Lane"]})

    analysis = ei.analyze(folder, roster=roster)

    assert not analysis.corpus.documents["text"].str.contains("Keisha").any()


def test_the_methods_say_what_was_done(written):
    text = (written / "methods.html").read_text(encoding="utf-8")
    assert "was replaced by a pseudonym before anything was coded" in text
    assert "No method finds every name" in text


def test_allowed_identities_are_left_and_said_loudly(folder):
    """What the command line writes of them is read by test_cli.py."""
    named = ei.analyze(folder, allow_identities=True)

    assert named.deidentified is None
    assert named.corpus.documents["text"].str.contains("Amara Boone").all()
    assert "HAVE NOT BEEN TAKEN OUT" in published(named, "school").note


def test_pseudonyms_change_neither_ids_nor_hand_codes(sample_analysis):
    named = ei.read_corpus(SAMPLE, participants=SAMPLE / "participants.csv")

    segments = ei.segment(named)

    told = sample_analysis.segments
    assert segments["segment_id"].tolist() == told["segment_id"].tolist()
    assert segments["text"].tolist() != told["text"].tolist()


def test_the_key_is_only_the_owners(sample_analysis, tmp_path):
    path = ei.write_key(sample_analysis.deidentified.key, tmp_path / "key.csv")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_what_is_to_be_looked_at_is_told_with_its_words_to_the_team(tmp_path):
    """A place in doubt is found again: its file, its turn, what stands there, and beside it."""
    (tmp_path / "talks").mkdir()
    said = (
        "Dana: How so?\n\nMaria Lopez: The bus is late.\n\nMaria Quintero: Yes.\n\n"
        "Kim Osei: I told Maria that it was late.\n"
    )
    (tmp_path / "talks" / "a.txt").write_text(said)

    clean = ei.deidentify(ei.read_corpus(tmp_path / "talks", facilitators=["Dana"]))
    write_deidentified(clean, tmp_path / "out")

    table = pd.read_csv(tmp_path / "out" / "identities_to_review.csv")
    assert len(table) > 0
    assert set(table["file"]) == {"a.txt"}
    assert set(table["turn"]) == {4}
    text = clean.corpus.documents["text"].iloc[0]
    assert list(table["string"]) == [
        text[start:end] for start, end in table[["start", "end"]].to_numpy()
    ]
    assert all(
        string in around and "it was late" in around
        for string, around in table[["string", "around"]].to_numpy()
    )
