"""Identities from the first file to the last written line."""

import stat
from dataclasses import replace

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.errors import EmpathyInsightsWarning

from .conftest import SAMPLE

TALK = """Dana Whitfield: How is the bus, Amara?

Amara Boone: Ms. Tillery says I forgot my password. Call 555-013-8842.

Dana Whitfield: And then what did you do?

Amara Boone: I waited for my friend Keisha.
"""


@pytest.fixture
def folder(tmp_path):
    source = tmp_path / "talks"
    source.mkdir()
    (source / "talk.txt").write_text(TALK, encoding="utf-8")
    return source


def all_text(folder):
    return "".join(
        path.read_text(encoding="utf-8-sig")
        for path in folder.rglob("*")
        if path.suffix in {".html", ".md", ".csv", ".json", ".txt"}
    )


def test_no_name_of_a_speaker_or_contact_reaches_the_results(folder, tmp_path):
    written = ei.analyze(folder).write(tmp_path / "out")

    text = all_text(written) + "".join(
        pd.read_parquet(written / "team_only" / "segments.parquet")["text"]
    )
    assert not [
        word
        for word in ("Amara", "Boone", "Tillery", "Dana", "555-013")
        if word in text
    ]
    assert "[adult 1]" in text


def test_the_samples_listed_people_are_nowhere_in_its_results(
    sample_analysis, tmp_path
):
    people = pd.read_csv(SAMPLE / "participants.csv")
    names = people.loc[
        people["name"].str.contains(r"^[A-Z][a-z]+ [A-Z]", regex=True), "name"
    ]

    text = all_text(sample_analysis.write(tmp_path))

    assert len(names) == 14
    assert [name for name in names if name in text] == []


def test_a_roster_takes_out_names_that_nothing_else_tells(folder, tmp_path):
    roster = pd.DataFrame({"name": ["Keisha Lane"]})

    analysis = ei.analyze(folder, roster=roster)

    assert not analysis.corpus.documents["text"].str.contains("Keisha").any()


def test_the_report_says_what_was_done(folder, tmp_path):
    written = ei.analyze(folder).write(tmp_path / "out")

    text = (written / "report.html").read_text(encoding="utf-8")
    assert "were replaced by pseudonyms before anything was coded" in text
    assert "No method finds every name" in text


def test_allowed_identities_are_left_and_said_loudly(folder, tmp_path):
    written = ei.analyze(folder, allow_identities=True).write(tmp_path / "out")

    assert "HAVE NOT BEEN TAKEN OUT" in (written / "report.html").read_text()
    assert "HAVE NOT BEEN TAKEN OUT" in (written / "problem_of_practice.md").read_text()
    assert not (written / "team_only" / "tables" / "identities_replaced.csv").exists()


def test_a_leak_holds_back_what_others_would_get_and_names_nobody(folder, tmp_path):
    analysis = ei.analyze(folder)
    analysis.write(tmp_path / "out")
    leaking = replace(
        analysis, manifest={**analysis.manifest, "made_with": "made by Amara Boone"}
    )

    with pytest.warns(EmpathyInsightsWarning, match="may identify somebody") as told:
        out = leaking.write(tmp_path / "out")

    assert "Amara" not in str(told[0].message)
    assert not (out / "report.html").exists()
    assert (out / "team_only" / "report.html").exists()
    listed = pd.read_csv(out / "team_only" / "identities_open.csv")
    assert "report.html" in set(listed["file"])


def test_pseudonyms_change_neither_ids_nor_hand_codes(sample_analysis):
    named = ei.analyze(SAMPLE, allow_identities=True)

    assert (
        named.segments["segment_id"].tolist()
        == sample_analysis.segments["segment_id"].tolist()
    )
    assert named.deidentified is None


def test_the_key_is_only_the_owners(sample_analysis, tmp_path):
    path = ei.write_key(sample_analysis.deidentified.key, tmp_path / "key.csv")

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
