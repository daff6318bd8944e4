"""Whatever is left of identities, the team gets its report, and others wait."""

import filecmp
import os
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from matplotlib import rc_context

from empathy_insights import stage_cache
from empathy_insights.errors import (
    EmpathyInsightsError,
    EmpathyInsightsWarning,
    TableError,
)
from empathy_insights.files.results import OPEN, RECORD, is_results
from empathy_insights.report.identities_open import read_decisions
from empathy_insights.report.placing import drafted, place, remove_drafts
from empathy_insights.study import analyze
from tests.conftest import files

TALK = (
    "Interviewer: How is the bus?\n\nAna Ruiz: I got locked out of my account again.\n"
    "\nInterviewer: Who helps?\n\nAna Ruiz: Our bramblewick from the lab does.\n"
)


@pytest.fixture
def folder(tmp_path):
    source = tmp_path / "talks"
    source.mkdir()
    (source / "a.txt").write_text(TALK)
    return source


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a folder beside whose talk the stages of a run are kept, and that run."""
    source = tmp_path_factory.mktemp("kept") / "talks"
    source.mkdir()
    (source / "a.txt").write_text(TALK)
    return source, analyze(source, embedder="static", cache=True)


@pytest.fixture(scope="module")
def run(kept):
    """Return the analysis of a talk."""
    return kept[1]


@pytest.fixture
def again(kept, tmp_path):
    """Return a copy of that folder, to change it."""
    return shutil.copytree(kept[0], tmp_path / "talks")


@pytest.fixture(scope="module")
def leaking(run):
    """Return an analysis whose key says that a word left in the text names somebody."""
    told = pd.DataFrame({"pseudonym": ["[adult 9]"], "form": ["Bramblewick"],
                         "source": ["roster"]}, dtype="str")  # fmt: skip
    assert run.deidentified is not None
    return replace(run, deidentified=replace(run.deidentified, key=told))


@pytest.fixture(scope="module")
def held_back(leaking, tmp_path_factory):
    """Return what is written of it and the methods, over a report, and what is warned."""
    made_with = {**leaking.manifest, "made_with": "made by Bramblewick"}
    out = tmp_path_factory.mktemp("held") / "out"
    draft_of(out, report="an earlier one")
    with pytest.warns(EmpathyInsightsWarning, match="may identify somebody") as told:
        replace(leaking, manifest=made_with).write(out)
    return out, str(told[0].message)


@pytest.mark.slow
def test_the_team_gets_its_report_where_an_identity_is_left(held_back):
    out, told = held_back

    assert told.startswith("nothing was written for the school")
    assert "ramblewick" not in told
    assert {path.name for path in out.iterdir()} == {RECORD, "team_only"}
    assert (out / "team_only" / "report.html").is_file()
    assert (out / "team_only").stat().st_mode & 0o777 == 0o700
    assert (out / "team_only" / "report.html").stat().st_mode & 0o777 == 0o600


@pytest.mark.slow
def test_what_is_left_is_listed_for_the_team_to_decide(held_back):
    out, _ = held_back
    listed = pd.read_csv(out / "team_only" / OPEN, keep_default_na=False)
    assert list(listed.columns) == ["string", "file", "where", "why", "decision"]
    assert set(listed["string"].str.lower()) == {"bramblewick"}
    assert "methods.html" in set(listed["file"])
    assert set(listed["decision"]) == {""}


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_what_a_person_keeps_is_written_for_others_and_asked_no_more(leaking, tmp_path):
    decided = pd.DataFrame({"string": ["bramblewick"], "decision": ["Keep"]})

    out = replace(leaking, decided=decided).write(tmp_path / "out")

    assert (out / "report.html").is_file()
    assert pd.read_csv(out / "team_only" / OPEN)["decision"].tolist() == ["keep"]


def test_what_a_person_hides_is_gone_and_the_codings_are_the_same(run, folder):
    decided = pd.DataFrame({"string": ["BRAMBLEWICK"], "decision": ["hide"]})

    after = analyze(folder, embedder="static", identities=decided)

    text = after.corpus.documents["text"].item()
    assert "bramblewick" not in text
    assert "Our [hidden] from the lab does." in text
    assert "bramblewick" not in " ".join(after.segments["text"])
    same = ["segment_id", "theme", "status", "score"]
    pd.testing.assert_frame_equal(after.codings[same], run.codings[same])
    spans = after.codings.dropna(subset=["evidence_start"])
    evidence = [
        text[int(start) : int(end)]
        for start, end in zip(
            spans["evidence_start"], spans["evidence_end"], strict=True
        )
    ]
    assert "locked out" in " ".join(evidence)


def test_a_decision_that_is_neither_is_told_in_a_sentence(folder):
    decided = pd.DataFrame({"string": ["x"], "decision": ["perhaps"]})

    with pytest.raises(TableError, match=r"'decision' is neither; write hide .* keep"):
        analyze(folder, identities=decided)


def test_a_decision_that_is_none_is_told_by_its_line_and_without_its_words(tmp_path):
    file = tmp_path / "identities_open.csv"
    file.write_text("string,decision\nHale,hide\nMs. Ray,ask Ana\nRay,?\n")

    with pytest.raises(TableError) as caught:
        read_decisions(file)

    assert str(caught.value) == (
        "identities_open.csv:3: what stands under 'decision' (and 1 more) is neither; "
        "write hide to take the string out, keep to leave it, or nothing"
    )


def test_a_second_run_reads_and_codes_nothing_again(kept, monkeypatch):
    folder, first = kept
    steps = first.next_steps()
    stages = (
        "before_coding.read_study", "before_coding.deidentify", "before_coding.segment",
        "study.code_study", "before_coding.fit_topics",
        "problem.shipped.read_frameworks",
    )  # fmt: skip
    for name in stages:
        monkeypatch.setattr(f"empathy_insights.{name}", lambda *_, **__: 1 / 0)

    second = analyze(folder, embedder="static", cache=True)

    pd.testing.assert_frame_equal(second.codings, first.codings)
    pd.testing.assert_frame_equal(second.corpus.utterances, first.corpus.utterances)
    pd.testing.assert_frame_equal(second.topics.stability, first.topics.stability)
    pd.testing.assert_frame_equal(second.sensitive, first.sensitive)
    pd.testing.assert_frame_equal(second.next_steps().iste, steps.iste)
    pd.testing.assert_frame_equal(second.next_steps().suggestions, steps.suggestions)
    assert second.topics.settings == first.topics.settings
    assert second.deidentified.settings == first.deidentified.settings
    assert (folder / ".empathy_insights").stat().st_mode & 0o777 == 0o700


@pytest.fixture
def drawn(kept, tmp_path):
    """Return the folder of the charts of a run that was kept."""
    return kept[1].write(tmp_path / "first", audience="team") / "charts"


@pytest.mark.slow
def test_a_chart_of_the_same_numbers_is_drawn_once(kept, drawn, tmp_path, monkeypatch):
    again = analyze(kept[0], embedder="static", cache=True)
    for name in ("save_png", "svg"):
        monkeypatch.setattr(f"empathy_insights.report.charts.drawn.{name}", None)

    charts = again.write(tmp_path / "second", audience="team") / "charts"

    pictures = [path.name for path in sorted(drawn.iterdir())]
    assert "voices.svg" in pictures
    assert [path.name for path in sorted(charts.iterdir())] == pictures
    assert filecmp.cmpfiles(drawn, charts, pictures, shallow=False)[0] == pictures


@pytest.mark.slow
def test_a_chart_is_drawn_anew_in_other_colours(kept, drawn, tmp_path):
    again = analyze(kept[0], embedder="static", cache=True)

    with rc_context({"axes.facecolor": "#ffeecc"}):
        charts = again.write(tmp_path / "second", audience="team") / "charts"

    assert b"#ffeecc" in (charts / "voices.svg").read_bytes()
    assert b"#ffeecc" not in (drawn / "voices.svg").read_bytes()


def test_another_file_is_not_answered_from_what_was_kept(again):
    (again / "b.txt").write_text(TALK.replace("Ana Ruiz", "Bo Dean"))

    run = analyze(again, embedder="static", cache=True)

    assert len(run.corpus.documents) == 2


def test_a_run_beside_ours_that_is_first_changes_nothing_and_leaves_no_draft(tmp_path):
    cache = stage_cache.StageCache(tmp_path / "kept")
    frames = {"said": pd.DataFrame({"text": ["Bus."]})}
    (tmp_path / "kept" / "read").mkdir(parents=True)
    (tmp_path / "kept" / "read" / "gone").symlink_to("what another run took away")

    made = cache(
        "read", ["bus.txt"], lambda: cache("read", ["bus.txt"], lambda: frames)
    )

    pd.testing.assert_frame_equal(made["said"], frames["said"])
    assert list((tmp_path / "kept" / "read").glob(".new-*")) == []


def test_what_is_kept_last_takes_the_place_of_what_was_kept_before(tmp_path):
    cache = stage_cache.StageCache(tmp_path / "kept")
    for said in ("Bus.", "Lunch."):
        cache.keep("read", ["a.txt"], {"said": pd.DataFrame({"text": [said]})})

        known = cache.known("read", ["a.txt"])

        assert known["said"]["text"].tolist() == [said]
    assert cache.known("read", ["b.txt"]) is None
    assert len(list((tmp_path / "kept" / "read").iterdir())) == 1


def test_a_study_that_is_gone_is_not_brought_back_by_what_is_kept(tmp_path):
    cache = stage_cache.StageCache(tmp_path / "gone" / ".empathy_insights")
    frames = {"said": pd.DataFrame({"text": ["Bus."]})}

    made = cache("read", ["bus.txt"], lambda: frames)

    assert made is frames
    assert not (tmp_path / "gone").exists()


def test_what_was_kept_can_be_deleted(again):
    assert stage_cache.clean_cache(again)
    assert not stage_cache.clean_cache(again)
    assert {path.name for path in again.iterdir()} == {"a.txt"}


def draft_of(folder, **contents):
    with drafted(folder) as draft:
        for name, text in contents.items():
            file = draft / f"{name}.csv"
            file.write_text(text)
        return place(draft, folder)


def test_what_people_changed_or_added_is_kept_beside_what_is_new(tmp_path):
    out = tmp_path / "out"
    draft_of(out, matrix="empty", themes="1", gone="x")
    (out / "matrix.csv").write_text("filled in")
    (out / "mine.txt").write_text("my notes")

    kept = draft_of(out, matrix="empty again", themes="2")

    assert kept == ["matrix (yours).csv"]
    told = {name: text for name, text in files(out).items() if name != RECORD}
    assert told == {
        "matrix (yours).csv": b"filled in", "matrix.csv": b"empty again",
        "mine.txt": b"my notes", "themes.csv": b"2",
    }  # fmt: skip


def test_a_folder_that_is_no_results_keeps_all_that_is_in_it(tmp_path):
    (tmp_path / "themes.csv").write_text("somebody's own")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8")

    kept = draft_of(tmp_path, themes="1")

    assert kept == ["themes (yours).csv"]
    assert (tmp_path / "themes (yours).csv").read_text() == "somebody's own"
    assert (tmp_path / "photo.jpg").exists()
    assert is_results(tmp_path)


def test_the_folder_that_a_command_is_given_in_stays(tmp_path, monkeypatch):
    draft_of(tmp_path / "out", themes="1", gone="x")
    monkeypatch.chdir(tmp_path / "out")

    draft_of(Path(), themes="2")

    assert Path("themes.csv").read_text() == "2"
    assert not Path("gone.csv").exists()


def test_results_are_not_written_over_a_file(tmp_path):
    (tmp_path / "out").write_text("x")

    with pytest.raises(EmpathyInsightsError, match="where a file is"):
        draft_of(tmp_path / "out", themes="1")

    assert (tmp_path / "out").read_text() == "x"


@pytest.mark.slow
@pytest.mark.parametrize("said", ["...", "\N{THUMBS UP SIGN}"])
def test_a_study_in_which_nobody_says_a_word_is_written(said, tmp_path):
    source = tmp_path / "talks"
    source.mkdir()
    (source / "a.txt").write_text(f"{said}\n", encoding="utf-8")

    run = analyze(source, embedder="static")

    assert run.segments.empty
    assert "Nobody's words were found" in str(run)
    run.write(tmp_path / "out", audience="team")
    assert (tmp_path / "out" / "report.html").is_file()


def test_what_stands_in_ids_may_be_hidden(tmp_path):
    source = tmp_path / "talks"
    source.mkdir()
    (source / "15_QZ_week.txt").write_text(TALK)
    decided = pd.DataFrame({"string": ["QZ"], "decision": ["hide"]})

    run = analyze(source, embedder="static", identities=decided)

    assert run.corpus.documents["document_id"].tolist() == ["15_hidden_week"]
    assert run.chances["segment_id"].isin(run.segments["segment_id"]).all()


@pytest.mark.slow
def test_a_study_in_which_nothing_is_coded_is_written(talk, tmp_path):
    run = analyze(
        talk({"d": [("ana", "zzz")]}), codebook="iste_students", embedder="static"
    )

    assert run.codings.empty
    run.write(tmp_path / "out", audience="team")
    assert (tmp_path / "out" / "report.html").is_file()


def test_what_is_kept_is_made_anew_where_lists_of_names_or_models_are_newer():
    package = Path(stage_cache.__file__).parent
    lists = [
        *(package / "identities" / "data").iterdir(),
        *(package / "coding" / "data").iterdir(),
    ]

    assert {file.suffix for file in lists} <= stage_cache._TELLING


def test_what_a_killed_run_was_writing_is_removed_and_a_living_ones_stays(tmp_path):
    of_the_dead = tmp_path / ".empathy-new-my-results-999999999-abc"
    of_the_living = tmp_path / f".empathy-new-results-{os.getppid()}-abc"
    for draft in (of_the_dead, of_the_living):
        draft.mkdir()
        (draft / "report.html").write_text("words")

    assert remove_drafts(tmp_path)
    assert not remove_drafts(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == [of_the_living.name]
