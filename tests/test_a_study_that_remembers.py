"""What people decided stays with the passages, whatever happens to the files."""

import json
import shutil
from dataclasses import replace

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.analysis.between_readers import readers_agree, to_talk_about
from empathy_insights.before_coding import begin_study
from empathy_insights.coding.review.fingerprints import (
    find_again,
    find_same,
    fingerprint,
)
from empathy_insights.errors import TableError
from empathy_insights.readers.people.people_sheet import lost
from empathy_insights.report.methods import readers_said
from empathy_insights.report.published import published
from empathy_insights.report.render.html import methods_html, report_html
from empathy_insights.study_file import study_of

BOOK = ei.Codebook(
    "b", "B", themes=tuple(ei.Theme(x, x.title()) for x in ("bus", "lunch", "wifi"))
)
SAID = {
    "ana": [
        "The bus to school is never on time in the winter months.",
        "Yes.",
        "Lunch is cold by the time I get to sit down with my friends.",
    ],
    "ben": [
        "I ride a bike because Mr. Carter says that the bus is full.",
        "The wireless network at the library drops out each afternoon.",
        "We moved here last summer and I like the reading corner best.",
    ],
}


def interviews(folder):
    """Write two interviews into a folder."""
    folder.mkdir()
    for name, said in SAID.items():
        write(folder, name, said)
    return folder


@pytest.fixture
def study(tmp_path):
    """Return a folder of two interviews."""
    return interviews(tmp_path / "study")


def write(folder, name, said):
    turns = [f"Interviewer: And then?\n\n{name.title()}: {one}\n" for one in said]
    (folder / f"{name}.txt").write_text("\n".join(turns), encoding="utf-8")


def read(folder, **more):
    options = {"codebook": BOOK, "allow_identities": True, "embedder": "static"}
    return ei.analyze(folder, **options | more)


def begun(folder, **more):
    """Read a study and its decisions, and code nothing."""
    options = {"codebook": BOOK, "allow_identities": True}
    return begin_study(replace(study_of(folder), **options | more))


def n_read(run):
    return run.decisions["segment_id"].nunique()


def save(folder, reader, decided, run, name=None, **more):
    """Save decisions as the review page does: start of a passage -> its themes."""
    rows = []
    for start, themes in decided.items():
        is_it = run.segments["text"].str.startswith(start)
        [found] = run.segments[is_it].to_dict("records")
        told = themes if isinstance(themes, dict) else {"themes": themes}
        mark = fingerprint(found["text"])
        rows.append({"segment_id": found["segment_id"], "fingerprint": mark, **told})
    names = {theme.id: theme.name for theme in BOOK.main_themes}
    told = {"reader": reader, "codebook": {"themes": names}, "decisions": rows, **more}
    path = folder / (name or f"decisions-{reader}.json")
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


ALL = {
    "The bus": ["bus"], "Yes.": [], "Lunch": ["lunch"], "I ride": ["bus"],
    "The wireless": ["wifi"], "We moved": [],
}  # fmt: skip
ALL_OF_BEN = {start: ALL[start] for start in ("I ride", "The wireless", "We moved")}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Return the two interviews as they are before anybody has read them."""
    return begun(interviews(tmp_path_factory.mktemp("fresh") / "study"))


@pytest.fixture(scope="module")
def by_kim(fresh, tmp_path_factory):
    """Return the file of Kim, who has read the study whole."""
    return save(tmp_path_factory.mktemp("kim"), "Kim", ALL, fresh)


@pytest.fixture
def decided(study, by_kim):
    """Return the study, read whole by Kim."""
    shutil.copy(by_kim, study)
    return study


def given(run):
    """Return what each passage was given: its first word -> the themes."""
    texts = run.segments.set_index("segment_id")["text"].str.split().str[0]
    rows = run.decisions.groupby("segment_id")["theme"].agg(sorted)
    return {
        texts[one]: [theme for theme in told if theme != "no_theme"]
        for one, told in rows.items()
    }


def remarks(run):
    rows = run.corpus.problems
    return dict(
        rows.loc[
            rows["path"].str.startswith("decisions"), ["path", "problem"]
        ].to_numpy()
    )


def test_files_beside_the_study_are_found_and_are_no_transcripts(decided):
    run = read(decided)

    assert run.estimate.n_read == 6
    assert remarks(run) == {}
    assert set(run.corpus.reading["path"]) == {"ana.txt", "ben.txt"}


def test_a_folder_of_decisions_is_found(decided):
    (decided / "decisions").mkdir()
    (decided / "decisions-Kim.json").rename(decided / "decisions" / "kim.json")

    assert n_read(begun(decided)) == 6


def test_decisions_in_results_beside_the_interviews_are_found(decided):
    team = decided / "results" / "team_only"
    team.mkdir(parents=True)
    (decided / "decisions-Kim.json").rename(team / "decisions-Kim.json")
    (decided / "results" / ".empathy_insights.json").write_text('{"written": {}}')

    assert n_read(begun(decided)) == 6


def test_two_files_of_one_name_with_the_same_remark_are_one_remark(decided):
    (decided / "decisions").mkdir()
    shutil.copy(decided / "decisions-Kim.json", decided / "decisions")
    write(decided, "ana", ["I want to pick what I write about in history class."])

    assert len(remarks(begun(decided))) == 1


def test_a_folder_of_decisions_can_be_named(decided, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with pytest.raises(TableError, match="this folder holds no decisions-NAME"):
        begun(decided, decisions=[elsewhere])
    (decided / "decisions-Kim.json").rename(elsewhere / "decisions-Kim.json")

    assert n_read(begun(decided, decisions=[elsewhere])) == 6


def test_reading_the_files_again_changes_nothing(decided):
    assert begun(decided).decisions.equals(begun(decided).decisions)


def test_decisions_move_with_their_passages_when_turns_are_added(decided):
    write(decided, "ana", ["Hello, I am glad to talk to you.", *SAID["ana"]])

    run = begun(decided)

    assert n_read(run) == 6
    assert given(run).items() >= {"Lunch": ["lunch"], "Yes.": []}.items()
    assert remarks(run) == {}


def test_decisions_stay_when_a_transcript_is_corrected(decided):
    corrected = [
        one.replace("in the winter months", "when it snows") for one in SAID["ana"]
    ]
    write(decided, "ana", corrected)

    assert n_read(begun(decided)) == 6


def test_decisions_stay_when_a_file_is_added_or_renamed(decided):
    write(decided, "zoe", ["I wish that we had more time for art."])
    (decided / "ben.txt").rename(decided / "benjamin.txt")

    run = begun(decided)

    assert n_read(run) == 6
    assert given(run)["I"] == ["bus"]


def test_decisions_stay_when_names_are_taken_out(decided):
    run = begun(decided, allow_identities=False)

    assert "Carter" not in " ".join(run.segments["text"])
    assert n_read(run) == 6


def test_what_is_gone_is_counted_and_never_told(decided):
    write(decided, "ana", ["I want to pick what I write about in history class."])

    run = begun(decided)

    [(path, problem)] = remarks(run).items()
    assert (path, problem) == (
        "decisions-Kim.json",
        "3 decisions fit no passage as they are now",
    )
    assert n_read(run) == 3


def test_decisions_that_fit_nowhere_are_no_unread_files(decided):
    write(decided, "ana", ["I want to pick what I write about in history class."])

    assert lost(begun(decided).corpus) == ""


def test_a_passage_that_may_be_one_of_several_is_not_guessed(decided):
    write(
        decided,
        "ana",
        ["Well.", SAID["ana"][0], SAID["ana"][0], "Yes.", SAID["ana"][2]],
    )

    run = begun(decided)

    assert n_read(run) == 5
    assert list(remarks(run).values()) == ["1 decision fits no passage as they are now"]


def test_a_passage_between_its_neighbours_is_found_among_its_like():
    old = [
        "Well, the bus is late again today.",
        "Yes.",
        "Lunch is cold every single day.",
    ]
    new = ["Yes.", old[0], "Yes.", old[2], "Yes."]
    marks = {f"d:000{n}.01": fingerprint(text) for n, text in enumerate(old, 2)}
    segments = pd.DataFrame(
        {"segment_id": [f"d:000{n}.01" for n in range(4, 9)], "text": new}
    )

    assert find_again(marks, segments) == {
        "d:0002.01": "d:0005.01", "d:0003.01": "d:0006.01", "d:0004.01": "d:0007.01",
    }  # fmt: skip


def test_of_rows_that_say_the_same_some_may_go():
    """Five say `No.` and two of them are taken out: nobody can say which."""
    said = ["No.", "The bus is late.", "No.", "No.", "No.", "No."]
    ids = [f"s:{n:04d}.01" for n in range(1, 7)]
    marks = dict(zip(ids, map(fingerprint, said), strict=True))
    now = pd.DataFrame(
        {"segment_id": ids[:4], "text": ["The bus is late.", *["No."] * 3]}
    )
    found = find_again(marks, now)
    alike = dict.fromkeys(ids, "nothing")

    again = find_same(marks, found, alike, now)

    assert {*found.values(), *again.values()} == {*ids[:4]}
    assert find_same(marks, found, alike | {ids[5]: "bus"}, now) == {}


def test_the_same_words_win_over_nearly_the_same():
    said = "The bus to school is never on time in the winter months"
    marks = {"d:0001.01": fingerprint(said)}
    texts = ["Well.", said, said.replace("winter", "summer")]
    segments = pd.DataFrame(
        {"segment_id": [f"d:000{n}.01" for n in range(1, 4)], "text": texts}
    )

    assert find_again(marks, segments) == {"d:0001.01": "d:0002.01"}


TWO = [
    "The bus to school is never on time in winter.",
    "Lunch is cold by the time I get to sit down.",
]


def test_passages_that_became_one_are_read_if_most_of_it_was():
    marks = {f"d:0001.0{n}": fingerprint(text) for n, text in enumerate(TWO, 1)}
    one = pd.DataFrame({"segment_id": ["d:0001.01"], "text": [" ".join(TWO)]})

    assert find_again(marks, one) == dict.fromkeys(marks, "d:0001.01")
    assert find_again(dict([marks.popitem()]), one) == {}


def test_of_a_passage_that_was_cut_no_theme_is_no_theme_in_its_parts(study):
    write(study, "ana", [" ".join(TWO), *SAID["ana"]])
    save(
        study,
        "Kim",
        {"The bus to school is never on time in winter": []} | ALL_OF_BEN,
        begun(study),
    )
    write(study, "ana", [*TWO, *SAID["ana"]])

    run = begun(study)

    assert run.decisions["segment_id"].tolist()[:2] == ["ana:0002.01", "ana:0004.01"]
    assert remarks(run) == {}


def test_a_theme_of_a_passage_that_was_cut_is_not_guessed(study):
    write(study, "ana", [" ".join(TWO), *SAID["ana"]])
    save(
        study,
        "Kim",
        {"The bus to school is never on time in winter": ["bus"]} | ALL_OF_BEN,
        begun(study),
    )
    write(study, "ana", [*TWO, *SAID["ana"]])

    run = begun(study)

    assert n_read(run) == 3
    assert list(remarks(run).values()) == ["1 decision fits no passage as they are now"]


def test_a_file_of_another_study_is_a_remark_where_it_was_found(decided, tmp_path):
    write(decided, "ana", ["Nothing of this was ever said before, not by anybody."] * 3)
    write(
        decided, "ben", ["And of this there was even less in the first study here."] * 3
    )

    run = begun(decided)

    assert n_read(run) == 0
    assert (
        "are about passages that this study does not have"
        in remarks(run)["decisions-Kim.json"]
    )
    with pytest.raises(TableError, match="another study"):
        begun(decided, decisions=[decided / "decisions-Kim.json"])


def test_a_broken_file_is_a_remark_and_the_rest_goes_on(decided):
    (decided / "decisions-Ana.json").write_text("{")

    run = begun(decided)

    assert remarks(run) == {"decisions-Ana.json": "the decisions cannot be read"}
    assert n_read(run) == 6


@pytest.fixture
def sheet(study, fresh):
    """Return a function that writes Lee's sheet: start of a passage -> its marks."""

    def write_sheet(marks, name="decisions/lee.csv"):
        path = study / name
        path.parent.mkdir(exist_ok=True)
        ei.coding_sheet(fresh.segments, BOOK, path, coder="Lee")
        rows = pd.read_csv(path, dtype="str", keep_default_na=False)
        for start, told in marks.items():
            for head, mark in told.items():
                rows.loc[rows["text"].str.startswith(start), head] = mark
        rows.to_csv(path, index=False)
        return path

    return write_sheet


BUS, LUNCH = "Bus [bus]", "Lunch [lunch]"


def test_a_cell_that_is_no_answer_costs_that_cell_and_not_the_sheet(study, sheet):
    sheet({"The bus": {BUS: "need", LUNCH: "yess"}, "Lunch": {LUNCH: "x"}})

    run = begun(study)

    assert given(run) == {"The": ["bus"], "Lunch": ["lunch"]}
    assert run.decisions.set_index("theme")["asked"].to_dict() == {
        "bus": "bus;wifi",
        "lunch": "",
    }
    told = run.corpus.problems[["path", "line", "problem"]].to_numpy().tolist()
    assert told == [
        [
            "lee.csv", 2,
            "cell G2: what is written here is no answer, so the theme stays open",
        ]
    ]  # fmt: skip
    assert run.decisions.attrs["told"] == ("Left out of lee.csv: 1 cell.",)
    assert lost(run.corpus) == ""


def test_what_a_sheet_left_open_is_counted_as_open(study, sheet):
    sheet({"The bus": {BUS: "need", LUNCH: "?"}})

    estimate = read(study).estimate

    row = list(estimate.asked.any(axis=1)).index(True)
    assert dict(zip(estimate.themes, estimate.asked[row].tolist(), strict=True)) == {
        "bus": True, "lunch": False, "wifi": True,
    }  # fmt: skip


def test_readers_are_compared_where_both_answered(decided, sheet):
    sheet({"The bus": {BUS: "need", LUNCH: "?"}, "Lunch": {LUNCH: "x"}})

    run = begun(decided)

    table = readers_agree(run.decisions, BOOK).set_index("theme")
    assert table["n"].to_dict() == {"bus": 2, "lunch": 1, "(all themes)": 2}


def test_a_sheet_moves_with_its_passages_when_turns_are_added(study, sheet):
    sheet({"Lunch": {LUNCH: "need"}})
    write(study, "ana", ["Hello, I am glad to talk to you.", *SAID["ana"]])

    assert given(begun(study)) == {"Lunch": ["lunch"]}


def test_a_table_among_decisions_that_is_none_is_told_and_no_interview(study, sheet):
    path = sheet({"Lunch": {LUNCH: "need"}})
    path.write_text(path.read_text().replace("nothing applies", "none of these"))

    run = begun(study)

    assert n_read(run) == 0
    assert set(run.corpus.reading["path"]) == {"ana.txt", "ben.txt"}
    [told] = run.decisions.attrs["told"]
    assert told.startswith("lee.csv: no coding sheet and no other decisions were found")


def test_a_sheet_that_nobody_filled_in_is_told(study, sheet):
    sheet({})

    run = begun(study)

    assert n_read(run) == 0
    [told] = run.decisions.attrs["told"]
    assert told.startswith("lee.csv: nothing is decided in it yet; fill it in")


def test_two_sheets_without_a_name_are_two_readers(study, sheet):
    for name in ("ana", "kim"):
        path = sheet({"Lunch": {LUNCH: "need"}}, f"decisions/{name}.csv")
        pd.read_csv(path).assign(coder="").to_csv(path, index=False)

    assert begun(study).decisions["coder"].tolist() == ["ana", "kim"]


def test_a_sheet_is_known_under_a_title(study, sheet):
    path = sheet({"Lunch": {LUNCH: "need"}})
    path.write_text(f"Our team\n{path.read_text()}")

    assert n_read(begun(study)) == 1


def test_a_sheet_is_known_where_a_long_note_has_several_lines(study, sheet):
    sheet({"Lunch": {LUNCH: "need", "notes": "so\nlong " * 4000}})

    assert n_read(begun(study)) == 1


def test_a_renamed_theme_is_the_same_by_id_or_by_name(decided):
    book = ei.Codebook(
        "b", "B", themes=(ei.Theme("way", "Bus"), ei.Theme("lunch", "Eating"), ei.Theme("art", "Art"))
    )  # fmt: skip

    run = begun(
        decided,
        codebook=book,
    )

    assert given(run) == {
        "The": [],
        "Yes.": [],
        "Lunch": ["lunch"],
        "I": ["way"],
        "We": [],
    }
    assert set(run.decisions["asked"]) == {"way;lunch"}


def test_decisions_of_another_codebook_are_refused(decided):
    book = ei.Codebook("c", "C", themes=(ei.Theme("art", "Art"),))

    run = begun(
        decided,
        codebook=book,
    )

    assert (
        "other themes than those of the codebook 'C'"
        in remarks(run)["decisions-Kim.json"]
    )
    with pytest.raises(TableError, match="other themes"):
        begun(decided, codebook=book, decisions=[decided / "decisions-Kim.json"],
        )  # fmt: skip


def test_of_one_reader_the_latest_counts(decided, fresh):
    first = {"Lunch": {"themes": ["lunch"], "read_at": "2026-03-02T10:00:00Z"}}
    then = {"Lunch": {"themes": ["wifi"], "read_at": "2026-03-01T10:00:00Z"}}
    save(decided, "Bo", first, fresh, "decisions-a.json")
    save(decided, "Bo", then, fresh, "decisions-b.json")

    read_by_bo = begun(decided).decisions.query("coder == 'Bo'")

    assert read_by_bo["theme"].tolist() == ["lunch"]


def test_a_release_holds_for_the_words_as_they_were(decided, fresh):
    released = {"Lunch": {"themes": ["lunch"], "release": True}}
    save(decided, "Bo", released, fresh)

    said = read(decided).quotes_released
    assert said[["released_by", "is_whole"]].to_numpy().tolist() == [["Bo", True]]

    write(
        decided, "ana", [one.replace("friends", "two brothers") for one in SAID["ana"]]
    )
    after = read(decided)
    assert len(after.quotes_released) == 0
    assert (
        remarks(after)["decisions-Bo.json"] == "1 released passage has other words now"
    )


@pytest.mark.slow
def test_care_keeps_a_passage_out_of_quotes(decided):
    run = read(decided)
    assert run.quotes["text"].str.startswith("Lunch").any()
    careful = {"Lunch": {"themes": ["lunch"], "release": True, "care": True}}
    save(decided, "Bo", careful, run)

    after = read(decided)

    assert after.sensitive["text"].str.split().str[0].tolist() == ["Lunch"]
    assert not after.quotes["text"].str.startswith("Lunch").any()


@pytest.mark.slow
def test_a_note_stays_in_the_codings_of_the_team(study, fresh):
    save(study, "Bo", {"Lunch": {"themes": ["lunch"], "note": "ask again"}}, fresh)

    after = read(study)

    assert after.codings["notes"].dropna().tolist() == ["ask again"]


@pytest.mark.slow
def test_only_the_team_is_told_who_read(decided, fresh):
    save(decided, "Bo", {"Lunch": ["lunch"]}, fresh)

    run = read(decided)

    assert readers_said(published(run, "team")) == "Kim read 6 passages and Bo 1."
    assert readers_said(published(run, "school")) == "2 people read passages."


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_no_reader_is_named_to_others(decided, tmp_path):
    shutil.move(decided / "decisions-Kim.json", decided / "decisions-Quillon.json")
    text = (decided / "decisions-Quillon.json").read_text().replace("Kim", "Quillon")
    (decided / "decisions-Quillon.json").write_text(text)
    run = read(decided)
    out = run.write(tmp_path / "out", audience="school")

    told = [
        path.name
        for path in out.rglob("*")
        if path.is_file()
        and "team_only" not in path.parts
        and b"Quillon" in path.read_bytes()
    ]
    public = published(run, "public")
    methods = (out / "methods.html").read_text("utf-8"), methods_html(public)
    assert told == []
    assert ["1 person read passages." in page for page in methods] == [True, True]
    assert "Quillon" not in methods[1] + report_html(public)


def test_readers_are_compared_theme_by_theme(decided, fresh):
    save(decided, "Bo", ALL | {"Lunch": ["wifi"], "Yes.": ["bus"]}, fresh)

    run = begun(decided)
    table = readers_agree(run.decisions, BOOK).set_index("theme")
    talk = to_talk_about(run.decisions, run.corpus, BOOK)

    assert table.loc["bus", ["n", "gave"]].tolist() == [6, 3]
    assert table.loc["lunch", "verdict"].startswith("too few")
    # No verdict over all contradicts those of the themes.
    assert table.loc["(all themes)", "verdict"] == "all the same in 67% of the passages"
    assert talk[["differ", "Bo", "Kim"]].to_numpy().tolist() == [
        ["Lunch, Wifi", "Wifi", "Lunch"],
        ["Bus", "Bus", "nothing"],
    ]


def test_a_theme_that_one_reader_was_not_asked_about_is_not_compared(decided, fresh):
    save(decided, "Bo", ALL, fresh, asked=["bus", "lunch"])

    run = begun(decided)

    assert readers_agree(run.decisions, BOOK)["theme"].tolist() == [
        "bus", "lunch", "(all themes)",
    ]  # fmt: skip
    assert len(to_talk_about(run.decisions, run.corpus, BOOK)) == 0
