"""The main job on interviews that nobody on this project wrote."""

import html

import pandas as pd
import pytest
import yaml

import empathy_insights as ei
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.report.published import published
from empathy_insights.report.render.html import methods_html, report_html

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def segments(shared):
    path = shared / "data" / "coded" / "pdpilot_interviews" / "segments.csv"
    return pd.read_csv(path, keep_default_na=False)


@pytest.fixture(scope="module")
def folder(segments, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pdpilot")
    for document, turns in segments.groupby("doc_id"):
        lines = turns["speaker"] + ": " + turns["text"]
        (folder / f"{document}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def book(shared):
    path = shared / "data" / "coded" / "pdpilot_interviews" / "codebook.yaml"
    codes = yaml.safe_load(path.read_text(encoding="utf-8"))["codes"]
    return Codebook(
        "pdpilot",
        "PDPilot",
        themes=tuple(
            Theme(code["name"], code["label"], definition=code["definition"])
            for code in codes
        ),
    )


@pytest.fixture(scope="module")
def analysis(folder, book):
    return ei.analyze(folder, codebook=book, allow_identities=True)


def test_every_turn_of_seven_interviews_is_found(segments, analysis):
    turns = analysis.corpus.utterances

    found = turns.groupby("document_id").size()
    assert found.to_dict() == segments.groupby("doc_id").size().to_dict()
    assert turns["text"].tolist() == segments["text"].str.strip().tolist()


def test_the_interviewer_is_recognised_by_who_asks(analysis):
    turns = analysis.corpus.utterances

    asked = turns.groupby("speaker")["is_facilitator"].mean()
    assert asked.to_dict() == {"Dan": 1.0, "Participant": 0.0}


def test_participant_is_another_person_in_each_interview(analysis):
    assert analysis.themes["of"].unique().tolist() == [7]


def test_by_default_no_name_of_a_speaker_is_left(folder, book):
    run = ei.analyze(folder, codebook=book, embedder="static")
    shown = published(run, "school")

    text = report_html(shown) + methods_html(shown)
    assert "Dan:" not in text
    assert "were replaced by pseudonyms" in text


def test_a_foreign_codebook_of_names_and_definitions_gives_a_report(analysis):
    page = html.unescape(report_html(published(analysis, "team")))

    # The words of a name suggest, and code nothing.
    assert set(analysis.codings["status"]) == {"suggested"}
    pairs = analysis.estimate.pairs
    people = pairs.assign(who=pairs["segment_id"].str.split(":").str[0])
    recounted = people.groupby("theme")["who"].nunique()
    table = analysis.themes[analysis.themes["people"] > 0].set_index("theme")["people"]
    assert recounted.to_dict() == table.to_dict()
    assert [name for name in analysis.themes["name"].head() if name not in page] == []
