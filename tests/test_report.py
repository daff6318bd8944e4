import base64
import hashlib
import html
import json
import re
import shutil
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from empathy_insights.analysis.codings_in_place import counted
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.coding.code import code
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.report.charts.drawn import write_charts
from empathy_insights.report.charts.groups import alt_text_of_groups, plot_by_group
from empathy_insights.report.charts.themes import (
    alt_text_of_themes,
    plot_themes,
    themes_finding,
)
from empathy_insights.report.export import write_csv, write_json, write_text
from empathy_insights.report.methods import (
    agreement_said,
    checklists,
    methods_paragraph,
)
from empathy_insights.report.passages import in_script, trace
from empathy_insights.report.published import published
from empathy_insights.report.render.docx import write_cards
from empathy_insights.report.render.html import report_html
from empathy_insights.report.render.html_numbers import saturation_part
from empathy_insights.report.render.slides import write_slides
from empathy_insights.report.render.statement_docx import write_statement
from empathy_insights.report.transcripts import transcripts_html, turns_in_order
from empathy_insights.roles import attribution
from empathy_insights.study import analyze
from empathy_insights.tables import CODINGS, NO_THEME
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b",
    "B",
    themes=(
        Theme("bus", "Bus", patterns=Patterns(("bus",))),
        Theme("food", "Food", patterns=Patterns(("lunch",)), handle_with_care=True),
    ),
    sensitive_cues=("hit me",),
)


HOSTILE = "<script>alert(1)</script> the bus =1+1 </style> [x](http://x.y) is late."


@pytest.fixture(scope="module")
def written(sample_results):
    return sample_results("team")


@pytest.fixture(scope="module")
def checked(checked_results):
    """Return the team's results of a run in which every passage was read."""
    return checked_results("team")


def read_by_people(corpus):
    """Return codings of a person who has read every passage of a corpus."""
    words = {"bus": "bus", "lunch": "food"}
    return CODINGS.frame(
        {
            "segment_id": name, "theme": theme, "coder": "kim", "status": "human",
            "method": "read by a person", "stance": "neutral",
            "codebook_sha256": BOOK.sha256,
        }
        for name, text in segment(corpus)[["segment_id", "text"]].itertuples(index=False)
        for theme in [words[w] for w in words if w in text.lower()] or [NO_THEME]
    )  # fmt: skip


def test_the_results_folder_holds_what_the_design_lists(written):
    files = sorted(
        str(path.relative_to(written)) for path in written.rglob("*") if path.is_file()
    )

    charts = [
        f"team_only/charts/{name}.{suffix}"
        for name in ("iste", "roadmap")  # and stances, once people have judged them
        for suffix in ("csv", "png", "svg", "txt")
    ] + [
        f"charts/{name}.{suffix}"
        for name in ("joint_display", "themes", "themes_by_role", "topics", "voices")
        for suffix in ("csv", "png", "svg", "txt")
    ]
    both = [
        "csv-metadata.json", "quotes.csv", "tables.xlsx", "themes.csv",
        "themes_by_role.csv", "topics.csv", "voices.csv",
    ]  # fmt: skip
    teams = [
        "case_matrix.csv", "coded_passages.csv", "for_a_person.csv", "identities_replaced.csv", "identities_to_review.csv",
        "next_passages.csv", "reading.csv", "reading_problems.csv",
        # What comes after the statement.
        "asks.csv", "decision_matrix.csv", "iste.csv", "levers.csv", "pilot.csv",
        "prompts.csv", "roadmap.csv", "rounds.csv", "routing.csv", "suggestions.csv",
    ]  # fmt: skip
    data = [
        "README.txt", "codings.parquet", "manifest.json", "passages.csv",
        "review.html", "segments.parquet", "topics.parquet", "trace.json",
        "transcripts.html",
    ]  # fmt: skip
    assert files == sorted(
        [
            ".empathy_insights.json",
            "team_only/.empathy_insights.json",
            *charts,
            "charts/themes_narrow.png",
            "charts/themes_square.png",
            *(f"tables/{name}" for name in both),
            *(f"team_only/tables/{name}" for name in (*both, *teams)),
            *(f"team_only/{name}" for name in data),
            "decision_matrix.csv",
            "insights.pptx",
            "manifest.json",
            "methods.html",
            "problem_of_practice.docx",
            "problem_of_practice.md",
            "report.html",
            "sticky_notes.csv",
            "theme_cards.docx",
        ]
    )


def test_tables_for_r_and_excel_join_by_their_ids(written):
    tables = written / "team_only" / "tables"
    people, passages, chosen = (
        pd.read_csv(tables / f"{name}.csv")
        for name in ("case_matrix", "coded_passages", "quotes")
    )
    long = people.melt("participant_id", passages["theme"].unique(), "theme")

    raised = long.loc[long["value"] == 1, ["participant_id", "theme"]]
    said = passages[["participant_id", "theme"]].dropna().drop_duplicates()
    assert set(map(tuple, raised.to_numpy())) == set(map(tuple, said.to_numpy()))
    pairs = passages[["segment_id", "theme"]].apply(tuple, axis=1)
    assert chosen[["segment_id", "theme"]].apply(tuple, axis=1).isin(pairs).all()


def test_what_was_asked_is_not_written_beside_every_segment(written):
    segments = pd.read_parquet(written / "team_only" / "segments.parquet")
    listed = pd.read_csv(written / "team_only" / "tables" / "for_a_person.csv")

    columns = [*segments.columns, *listed.columns]
    assert "segment_id" in columns
    assert {"question", "before"}.isdisjoint(columns)


CODED = {"documents": "document_id", "segments": "segment_id"}
READ = {"people": "participant_id", **CODED}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("results", "status", "counts"),
    [("written", "auto", CODED), ("checked", "human", READ)],
)
def test_every_number_of_the_theme_table_can_be_recounted_from_the_codings(
    request, results, status, counts
):
    folder = request.getfixturevalue(results)
    codings = pd.read_parquet(folder / "team_only" / "codings.parquet")
    segments = pd.read_parquet(folder / "team_only" / "segments.parquet")
    table = pd.read_csv(folder / "tables" / "themes.csv").set_index("theme")

    joined = codings[codings["status"] == status].merge(segments, on="segment_id")
    recounted = joined.groupby("theme").agg(
        **{name: (column, "nunique") for name, column in counts.items()}
    )

    shown = table[table["segments"] > 0].index
    assert len(shown) > 10
    assert_frame_equal(
        recounted.loc[shown],
        table.loc[shown, list(recounted.columns)],
        check_dtype=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("results", "counts"), [("written", CODED), ("checked", READ)]
)  # fmt: skip
def test_the_trace_lists_the_segments_behind_every_number(request, results, counts):
    folder = request.getfixturevalue(results)
    table = pd.read_csv(folder / "tables" / "themes.csv").set_index("theme")
    trace = json.loads((folder / "team_only" / "trace.json").read_text())

    for theme, row in table[table["segments"] > 0].iterrows():
        told = trace[theme]
        behind = {
            *(name for ids in told["people"].values() for name in ids),
            *told["unknown_voices"],
        }
        listed = {
            "people": len(told["people"]),
            "documents": len(told["documents"]),
            "segments": len(behind),
        }
        assert {name: listed[name] for name in counts} == row[list(counts)].to_dict()


def test_what_nobody_has_read_is_counted_with_both_ends(written):
    table = pd.read_csv(written / "tables" / "themes.csv")

    assert (table["read"] == 0).all()
    assert set(table["state"]) == {"first look"}
    assert (table["low"] <= table["people"]).all()
    assert (table["people"] <= table["high"]).all()
    assert (table["high"] <= table["of"]).all()
    assert (table["high"] > table["low"]).all()
    assert table[["share_low", "share_high"]].isna().all(axis=None)


def test_the_report_is_one_file_without_any_request(written):
    html = (written / "report.html").read_text(encoding="utf-8")

    # The team's own pages lie beside it, and are opened only by who asks for them.
    led_to = re.findall(r"(?:src|href)=\"(?!data:|#)([^\"#]*)[#\"]", html)
    assert set(led_to) == {"team_only/review.html", "team_only/transcripts.html"}
    assert len(html) < 3_000_000


def test_a_browser_may_run_nothing_but_the_reports_own_script(written):
    html = (written / "report.html").read_text(encoding="utf-8")

    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', html)[0]
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL)
    own = hashlib.sha256(scripts[1][1].encode()).digest()
    assert [kind for kind, _ in scripts] == [
        ' type="application/json" id="passages"',
        "",
    ]
    assert f"script-src 'sha256-{base64.b64encode(own).decode()}'" in policy
    assert "unsafe" not in policy
    assert not re.findall(r"\s(?:style|on\w+)=\"", html)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("results", "said", "unsaid"),
    [
        (
            "written",
            "nobody on the team has read the answers",
            "People have read every answer",
        ),
        ("checked", "People have read every answer", "nobody has read"),
    ],
)
def test_the_report_opens_by_saying_whether_people_have_read_it(
    request, results, said, unsaid
):
    folder = request.getfixturevalue(results)
    html = (folder / "report.html").read_text(encoding="utf-8")

    opening = html.split('<section id="first"')[1].split("<h1>")[0]
    assert said in opening
    assert unsaid not in opening


@pytest.mark.slow
def test_a_second_run_writes_the_same(sample_released, written, tmp_path):
    """Small studies are compared in all files, by test_equal_bytes.py."""
    shown = published(sample_released, "team")
    for write in (write_cards, write_statement, write_slides):
        write(shown, tmp_path)
    write_csv(shown.quotes, tmp_path / "quotes.csv")
    write_json(tmp_path / "trace.json", trace(shown.run.found))
    after = shown.after(sample_released.next_steps())
    page = report_html(shown, after, team_folder="team_only/")
    write_text(tmp_path / "report.html", page)

    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    places = {"quotes.csv": "tables", "trace.json": "team_only"}
    before = {
        name: (written / places.get(name, "") / name).read_bytes() for name in again
    }
    assert len(again) == 7
    assert [name for name in again if again[name] != before[name]] == []


@pytest.fixture(scope="module")
def small(talk):
    """Return a small study of hostile words, read whole by a person."""
    said = [("ana", "He hit me on the bus."), ("ben", HOSTILE), ("cy", "=cmd the bus")]
    corpus = talk({"d": [*said, ("dee", "Secret lunch.")]})
    return analyze(corpus, codebook=BOOK, hand_codes=read_by_people(corpus))


@pytest.fixture(scope="module")
def for_the_team(small, tmp_path_factory):
    """Return what is written of it for the team, in a folder with two files."""
    folder = tmp_path_factory.mktemp("team")
    (folder / "notes.txt").write_text("mine")
    (folder / "report.html").write_text("old")
    return small.write(folder, audience="team")


@pytest.mark.slow
def test_results_are_replaced_and_other_files_stay(for_the_team):
    assert (for_the_team / "notes.txt").read_text() == "mine"
    report = (for_the_team / "report.html").read_text()
    assert report.startswith("<!doctype html>")
    assert not list(for_the_team.glob(".writing-*"))


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_what_only_an_earlier_audience_got_does_not_stay(small, for_the_team, tmp_path):
    shutil.copytree(for_the_team, tmp_path, dirs_exist_ok=True)
    had = {path.name for path in (tmp_path / "charts").iterdir()}

    small.write(tmp_path, audience="public")

    assert {"joint_display.csv", "joint_display.svg"} <= had
    assert not list((tmp_path / "charts").glob("joint_display.*"))
    assert (tmp_path / "charts" / "voices.svg").exists()
    assert (tmp_path / "notes.txt").read_text() == "mine"


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_a_crash_while_writing_leaves_the_last_results(small, for_the_team, tmp_path):
    shutil.copytree(for_the_team, tmp_path, dirs_exist_ok=True)
    before = (tmp_path / "report.html").read_bytes()
    broken = replace(small, manifest={"made_with": object()})

    with pytest.raises(Exception, match=r"no attribute .codebook"):
        broken.write(tmp_path)

    assert (tmp_path / "report.html").read_bytes() == before
    assert not list(tmp_path.glob(".writing-*"))


def test_a_folder_that_is_a_file_is_refused(small, tmp_path):
    (tmp_path / "taken").write_text("x")

    with pytest.raises(
        EmpathyInsightsError, match="taken: the results cannot be written"
    ):
        small.write(tmp_path / "taken")


def test_what_could_leave_the_data_or_turn_the_line_is_escaped():
    told = in_script({"said": "</script><!-- & \u202e\u2067 Jos\u00e9"})

    assert "José" in told
    assert not set(told) & set("<>&\u202e\u2067")
    assert json.loads(told) == {"said": "</script><!-- & \u202e\u2067 Jos\u00e9"}


def test_every_coding_behind_a_count_is_in_the_teams_page(written, sample_analysis):
    data = page_data_of(written)

    named = [theme["id"] for theme in data["themes"]]
    listed = pd.Series(data["codings"]["theme"]).map(dict(enumerate(named)))
    table = sample_analysis.themes.set_index("theme")["segments"]
    assert listed.value_counts().to_dict() == table[table > 0].to_dict()


def test_words_that_a_person_must_release_are_not_in_the_teams_page(
    written, sample_analysis
):
    data = page_data_of(written)

    book = sample_analysis.codebook
    careful = {theme.id for theme in book if theme.handle_with_care}
    codings = counted(sample_analysis.codings)
    kept = {
        *sample_analysis.sensitive["segment_id"],
        *codings.loc[codings["theme"].isin(careful), "segment_id"],
    }
    pairs = zip(data["passages"]["id"], data["passages"]["text"], strict=True)
    assert {name for name, text in pairs if text is None} == kept


def test_the_checklists_are_whole_and_what_only_the_team_knows_is_left_to_it(
    sample_shown,
):
    items = checklists(sample_shown["school"])

    numbers = [(item.checklist, item.number) for item in items]
    assert numbers == [
        *(("COREQ", n) for n in range(1, 33)),
        *(("SRQR", n) for n in range(1, 22)),
    ]
    told = {(item.checklist, item.number): item.fact for item in items}
    assert told["COREQ", 12] == "41 people."
    assert told["COREQ", 24] == "No person, and an automatic coder."
    assert told["COREQ", 18] == "2 rounds (1 and 2)."
    assert not told["COREQ", 1]
    assert not told["SRQR", 9]


def test_the_methods_paragraph_says_how_was_heard_coded_and_counted(sample_shown):
    told = methods_paragraph(sample_shown["school"])

    assert told.startswith("41 people were heard, in 17 documents (interviews")
    assert "A person counts once for a theme" in told
    assert "fewer than 5 people" in told
    assert "most counts" not in told


def test_agreement_is_told_where_two_people_read_the_same(sample_analysis):
    one = sample_analysis.codings.head(40).assign(coder="a", status="human")
    both = pd.concat([one, one.assign(coder="b")]).assign(asked="")
    two = replace(sample_analysis, decisions=both)

    assert "2 people coded" in agreement_said(two)
    assert "is 1.00" in agreement_said(two)
    assert agreement_said(sample_analysis) == ""


def test_the_teams_report_says_that_a_closed_codebook_saturates(written):
    html = (written / "methods.html").read_text(encoding="utf-8")

    part = html.split('id="enough"')[1].split("</section>")[0]
    assert "<strong>First look: the last 2 of 14 interviews" in part
    assert "a closed codebook saturates by construction" in part
    assert "sub-theme" not in part


def test_the_curve_is_of_sub_themes_where_people_gave_them_all(
    sample_analysis, sample_shown
):
    one = sample_analysis.codings.head(1).assign(
        theme="tech_support.staff_training", status="human"
    )
    by_people = replace(sample_analysis, codings=one)

    first = saturation_part(published(by_people, "team"))
    second = saturation_part(sample_shown["team"])

    assert "1 new sub-theme" in first.finding or "no new sub-theme" in first.finding
    assert "new themes" in second.finding


@pytest.mark.slow
def test_hostile_words_are_inert_in_report_markdown_and_tables(for_the_team):
    folder = for_the_team

    html = (folder / "report.html").read_text()
    assert html.count("<script") == html.count("</script") == 2
    assert html.count("</style>") == 1
    assert "\\u003cscript\\u003ealert(1)" in html
    assert "[x](http" not in (folder / "problem_of_practice.md").read_text()
    assert "'=cmd the bus" in (folder / "tables" / "quotes.csv").read_text()
    book = openpyxl.load_workbook(folder / "tables" / "tables.xlsx")
    assert not [
        cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


@pytest.mark.slow
def test_sensitive_and_careful_passages_are_counted_and_not_shown(small, for_the_team):
    assert small.themes.set_index("theme")["people"].to_dict() == {"bus": 3, "food": 1}
    shown = (for_the_team / "report.html").read_text() + (
        for_the_team / "problem_of_practice.md"
    ).read_text()
    assert "hit me" not in shown
    assert "Secret" not in shown.split('id="topics"')[0]
    tables = for_the_team / "team_only" / "tables"
    listed = pd.read_csv(tables / "for_a_person.csv")
    assert listed["segment_id"].tolist() == ["d:0001.01"]


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_a_corpus_without_any_theme_still_gives_a_report(talk, tmp_path):
    analysis = analyze(talk({"d": [("ana", "Nothing much.")]}), codebook=BOOK)

    folder = analysis.write(tmp_path, audience="team")

    assert analysis.problem is None
    assert not (folder / "problem_of_practice.md").exists()
    assert "No theme of the codebook was found" in (folder / "report.html").read_text()
    assert str(analysis).splitlines()[1:4] == [
        "Raised most: no theme of the codebook was found.",
        "No other theme came up.",
        "Not heard: families, teachers, staff members and school leaders. Careful: nobody "
        "has read the only passage; the numbers are what people would probably count. "
        "Next: open team_only/review.html and read the passages that it names, about 1 minute.",
    ]


@pytest.mark.slow
def test_where_nobody_is_named_documents_are_counted(talk, tmp_path):
    analysis = analyze(
        talk(
            {
                "n1": [(None, "Bus late."), (None, "Lunch short.")],
                "n2": [(None, "The bus!")],
            }
        ),
        codebook=BOOK,
    )

    write_charts(published(analysis, "school"), tmp_path)

    lines = str(analysis).splitlines()
    assert lines[0] == "Heard: people whom no file names in 2 documents."
    assert lines[1] == "Raised most: bus, in 2 documents."
    assert "2 documents" in (tmp_path / "themes.txt").read_text()


@pytest.mark.slow
def test_where_some_are_named_only_their_documents_count(talk):
    turns = {"n1": [(None, "Bus late.")], "i1": [("ana", "The bus!")]}

    line = str(analyze(talk(turns), codebook=BOOK)).splitlines()[0]

    assert line == "Heard: 1 person (1 student) in 1 document."


def test_the_theme_chart_labels_people_of_people(talk):
    table = _table(talk)

    ax = plot_themes(table)

    assert [text.get_text() for text in ax.texts][:2] == ["2 of 3", "1 of 3"]
    assert [width for width in map(_width, ax.patches) if width] == [2, 1]
    assert ax.get_title(loc="left").replace("\n", " ") == themes_finding(table)


@pytest.mark.parametrize(
    ("audience", "least"), [("team", 0), ("school", 5), ("public", 10)]
)
def test_the_theme_chart_of_an_estimate_draws_and_says_what_the_table_tells(
    sample_shown, audience, least
):
    table = sample_shown[audience].themes
    rows = table.head(10)
    told = rows[rows["hidden"] == ""] if "hidden" in rows else rows

    ax = plot_themes(table)

    widths = list(map(_width, ax.patches))
    light, dark = widths[:10], widths[10:20]
    assert [light[n] for n in told.index] == told["high"].tolist()
    assert [dark[n] for n in told.index] == told["low"].fillna(0).tolist()
    assert not [end for end in dark if 0 < end < least]
    labels = [text.get_text() for text in ax.texts][:10]
    assert labels == said_counts(rows)
    assert themes_finding(table) == (
        f"First look: {rows.loc[0, 'name']} may have been raised by {labels[0]} people; "
        "nobody has read the passages yet"
    )


def test_the_charts_alternative_text_holds_every_number(talk):
    table = _table(talk)

    assert alt_text_of_themes(table) == (
        "Bar chart. Bus was raised by 2 of 3 people, more than any other theme. "
        "Bus 2 of 3; Food 1 of 3."
    )


def test_a_hidden_estimate_is_drawn_as_far_as_its_label_says():
    row = {
        "name": "Bus", "people": pd.NA, "low": None, "high": None, "of": pd.NA,
        "share_low": None, "share_high": None, "state": "first look", "documents": 3,
    }  # fmt: skip
    said = ["up to 14 of 41", "fewer than 5 of 41"]
    table = pd.DataFrame([row, row]).assign(shown=said, hidden="few people")
    table.attrs = {"least": 5, "people": 41}

    ax = plot_themes(table)

    assert [width for width in map(_width, ax.patches) if width] == [14, 4]


@pytest.mark.parametrize(
    ("shown", "said"),
    [
        ("perhaps nearly all of 41", "perhaps nearly all of 41 people"),
        ("30 or more of 41", "30 or more of 41 people"),
    ],
)
def test_a_first_look_does_not_say_that_nearly_everyone_raised_a_theme(shown, said):
    row = {"name": "Bus", "people": pd.NA, "of": pd.NA, "documents": 3}
    table = pd.DataFrame([{**row, "shown": shown, "hidden": "nearly everyone"}])

    first_look = table.assign(state="first look")
    assert themes_finding(first_look) == (
        f"First look: Bus may have been raised by {said}; nobody has read the passages yet"
    )
    few = first_look.assign(shown="up to 14 of 41", hidden="few people")
    assert themes_finding(few) == (
        "Every theme may have been raised by too few people for a number to be shown"
    )
    checked = table.assign(state="checked", shown="at least 39 of 41")
    assert themes_finding(checked) == (
        "Bus was raised by nearly everyone, at least 39 of 41 people"
    )


def test_the_heat_table_prints_people_of_people_in_each_cell(talk):
    by_role = _table(talk, status="human", by="role")

    ax = plot_by_group(by_role)

    assert [text.get_text() for text in ax.texts][:4] == ["1/2", "1/1", "1/2", "0/1"]
    assert alt_text_of_groups(by_role, "role") == (
        "Table of people by role. No difference by role can be shown. "
        "Bus: students 1 of 2, teachers 1 of 1; "
        "Food: students 1 of 2, teachers 0 of 1."
    )


@pytest.mark.parametrize(
    ("state", "finding"),
    [
        ("first look", "First look by role: nobody has read the passages yet"),
        (
            "partly checked",
            "How many people of each role spoke of what is still an estimate",
        ),
    ],
)
def test_the_heat_table_of_an_estimate_says_no_more_than_its_table(state, finding):
    cells = {
        "student": ("up to 14 of 21", "few people"),
        "family": ("fewer than 5 of 14", "few people"),
        "teacher": ("perhaps nearly all of 9", "nearly everyone"),
        "staff": ("7 or more of 9", "nearly everyone"),
    }
    table = pd.DataFrame(
        {
            "name": "Bus", "theme": "bus", "role": role, "people": pd.NA, "of": pd.NA,
            "state": state, "shown": shown, "hidden": why,
        }
        for role, (shown, why) in cells.items()
    )  # fmt: skip
    table.attrs = {"least": 5}

    assert alt_text_of_groups(table, "role") == (
        f"Table of people by role. {finding}. Bus: students up to 14 of 21, families <5, "
        "teachers nearly all?, staff members 7 or more of 9."
    )


def test_ties_are_said_as_ties():
    table = pd.DataFrame(
        {"name": ["Bus", "Food"], "people": [2, 2], "of": [3, 3], "segments": [2, 9]}
    )

    assert themes_finding(table) == "Bus and Food were raised by 2 of 3 people each"


def test_csv_files_open_in_a_spreadsheet_as_they_are(tmp_path):
    table = pd.DataFrame({"text": ["=1+1", "a,\nb", None], "n": [-1, 2, 3]})

    path = write_csv(table, tmp_path / "t.csv")

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert pd.read_csv(path)["text"].tolist()[:2] == ["'=1+1", "a,\nb"]
    assert pd.read_csv(path)["n"].tolist() == [-1, 2, 3]


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("student", "student"),
        ("family", "a family member"),
        (None, "a voice that could not be told apart"),
    ],
)
def test_quotes_are_attributed_by_role_alone(role, said):
    assert attribution(role) == said


def page_data_of(folder):
    html = (folder / "report.html").read_text(encoding="utf-8")
    return json.loads(html.split('id="passages">')[1].split("</script>")[0])


def _width(bar):
    return float(bar.get_width())


def _table(talk, status="auto", **by):
    corpus = talk(
        {"d": [("ana", "bus"), ("ben", "bus"), ("cy", "lunch")]},
        roles={"ben": "teacher"},
    )
    codings = code(segment(corpus), BOOK).assign(status=status)
    return theme_frequency(codings, corpus, codebook=BOOK, **by)


def test_the_answers_of_one_family_are_together_on_the_page_of_transcripts(
    sample_analysis,
):
    """Each after its question, in the order of the file, with the numbers that links lead to."""
    page = html.unescape(transcripts_html(sample_analysis))
    turns = turns_in_order(sample_analysis.corpus)

    survey = page[page.index("<h2>r2_family_survey</h2>") :]
    survey = survey[: survey.index("</section>")]
    heads = re.findall("<h3>(.+?)</h3>", survey)
    mine = turns[(turns["document_id"] == "r2_family_survey")]
    of_first = mine[mine["participant_id"] == mine["participant_id"].dropna().iloc[0]]
    first = survey[
        survey.index(f"<h3>{heads[1]}</h3>") : survey.index(f"<h3>{heads[2]}</h3>")
    ]

    n = mine["participant_id"].nunique()
    assert heads == [
        "The questions",
        *(f"a family member, {k} of {n}" for k in range(1, n + 1)),
    ]
    assert re.findall(r'<p id="t(\d+)"', first) == [str(one) for one in of_first.index]
    assert len(of_first) > 1
    assert "one thing that gets in the way" in first  # what was asked
    told = re.findall(r'<p id="t(\d+)"', page)
    assert sorted(map(int, told)) == list(turns.index)
