"""What leaves the team: nothing hidden is in any file that others get."""

import json
import re

import numpy as np
import openpyxl
import pandas as pd
import pytest
from pandas.testing import assert_series_equal

from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.publishing.suppression import publish
from empathy_insights.report.audience_note import passage_ids
from empathy_insights.report.passages import passages_of
from empathy_insights.report.published import published
from empathy_insights.report.render.html import methods_html, report_html
from empathy_insights.roles import role_groups
from empathy_insights.study import analyze

from .conftest import SAMPLE


@pytest.fixture(scope="module")
def run(checked_released):
    return checked_released


@pytest.fixture(scope="module")
def school(checked_results):
    return checked_results("school")


def public_files(folder):
    """Return what others get, as text: all but the team's folder."""
    return {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8-sig")
        for path in folder.rglob("*")
        if path.suffix in {".csv", ".html", ".md", ".json", ".txt", ".svg"}
        and "team_only" not in path.parts
    }


def test_no_file_for_others_names_a_document_a_turn_or_a_person(run, school):
    documents = run.corpus.documents["document_id"].tolist()
    people = run.corpus.participants["participant_id"].tolist()

    for name, text in public_files(school).items():
        found = [word for word in documents if word in text]
        found += [who for who in people if re.search(rf"\b{re.escape(who)}\b", text)]
        assert not found, name


def test_a_small_number_stands_in_no_file_for_others(run, school):
    hidden = run.themes[run.themes["people"].between(1, 4)]
    assert len(hidden) == 2

    for row in hidden.to_dict("records"):
        for name, text in public_files(school).items():
            told = rf"\b{row['people']} of {row['of']}\b"
            assert not re.search(told, text), name
            near = re.findall(rf"{row['name']}[^\n]{{0,80}}", text)
            assert not [line for line in near if re.search(r"\b4\b", line)], name


def test_a_hidden_number_looks_different_from_nobody(school):
    table = pd.read_csv(school / "tables" / "themes_by_role.csv")

    students = table[table["role_group"] == "student"].set_index("theme")
    assert students.loc["teacher_support_development", "shown"] == "0 of 21"
    assert students.loc["family_engagement", "shown"] == "fewer than 5 of 21"
    assert pd.isna(students.loc["family_engagement", "people"])


def test_roles_with_few_people_are_put_together(school):
    table = pd.read_csv(school / "tables" / "themes_by_role.csv")

    assert set(table["role_group"]) - {"not known"} == {
        "family", "student", "teachers, staff and leaders",
    }  # fmt: skip


def test_role_groups_stay_apart_where_there_are_enough(run):
    assert role_groups(run.corpus, least=1) == {
        role: (role,)
        for role in ("family", "school_leader", "staff", "student", "teacher")
    }


def test_the_teams_own_folder_holds_everything_and_says_whom_it_is_for(run, school):
    own = school / "team_only"

    assert "For the team only" in (own / "README.txt").read_text()
    table = pd.read_csv(own / "tables" / "themes.csv")
    assert table["people"].tolist() == run.themes["people"].tolist()
    named = pd.read_csv(own / "passages.csv").set_index("passage")["segment_id"]
    quoted = pd.read_csv(school / "tables" / "quotes.csv")
    segments = pd.read_parquet(own / "segments.parquet").set_index("segment_id")
    for passage, text in quoted[["quote_id", "text"]].itertuples(index=False):
        assert text.removeprefix("'") in segments.loc[named[passage], "text"]


def test_passages_have_the_same_names_in_another_run(run):
    names = passage_ids(run.segments, run.corpus.documents)
    turned = passage_ids(run.segments[::-1], run.corpus.documents[::-1])

    assert names.is_unique
    assert names.index.is_unique
    assert names.is_monotonic_increasing
    assert names.str.fullmatch(r"q[0-9a-f]{6,}").all()
    assert_series_equal(names, turned)


def test_who_lacks_one_text_cannot_find_any_passage_by_its_name(run):
    """Of 41 passages 35 could be traced back while names were shuffled by a known seed."""
    documents = run.corpus.documents
    names = passage_ids(run.segments, documents)
    guessed = passage_ids(run.segments, documents.iloc[1:])
    shuffled = np.random.default_rng(0).permutation(len(names))
    order = pd.Series(shuffled, index=run.segments["segment_id"].sort_values())

    assert set(names).isdisjoint(guessed)
    assert abs(order.rank().corr(names.rank().reindex(order.index))) < 0.2


def test_the_order_of_published_lists_says_nothing_of_the_files(checked_shown):
    shown = checked_shown["school"]

    for _, quotes in shown.quotes.groupby(["theme", "kind"]):
        assert quotes["quote_id"].is_monotonic_increasing
        assert quotes["rank"].tolist() == list(range(1, len(quotes) + 1))
    passages = passages_of(shown)
    assert passages.texts["passage"].is_monotonic_increasing
    listed = passages.codings["segment_id"].map(shown.passage_id)
    assert listed.is_monotonic_increasing


def test_quotes_name_a_role_only_where_its_number_is_shown(checked_shown):
    shown = checked_shown["school"]

    told = shown.by_role[shown.by_role["hidden"] == ""]
    told = set(told[["theme", "role_group"]].itertuples(index=False, name=None))
    said = {"a family member": "family", "student": "student"}
    for theme, who in shown.quotes[["theme", "said_by"]].itertuples(index=False):
        assert who == "a person we heard" or (theme, said[who]) in told


def test_the_same_words_are_of_the_same_person_under_every_theme(
    run, school, checked_shown
):
    """Else a role that one theme may tell would tell it under another, too."""
    shown = checked_shown["school"]
    rows = run.quotes[["segment_id", "theme", "kind", "rank"]]
    table = publish(run.quotes, "school", beside=[run.themes, run.themes_by_role])
    ours = table.merge(rows, on=["theme", "kind", "rank"])

    for said in (
        shown.quotes.groupby("quote_id")["said_by"],
        ours.groupby("segment_id")["attribution"],
    ):
        assert (said.size() > 1).any()
        assert said.agg(lambda names: len(set(names)) == 1).all()


def test_a_hidden_theme_has_one_quote_at_most(checked_shown):
    shown = checked_shown["school"]

    hidden = shown.themes.loc[shown.themes["hidden"] != "", "theme"]
    assert shown.quotes["theme"].isin(hidden).sum() <= len(hidden)


def test_the_passages_of_a_hidden_theme_are_not_listed(run, school, checked_shown):
    shown = checked_shown["school"].themes
    html = (school / "report.html").read_text(encoding="utf-8")

    for theme, why in shown[["theme", "hidden"]].itertuples(index=False):
        card = html.split(f'id="theme-{theme}"')[1].split('<details class="card"')[0]
        careful = run.codebook[theme].handle_with_care
        assert ("behind the count</summary>" in card) == (not why and not careful)
        assert not (why and "None found" in card)


def test_the_data_of_a_schools_page_tells_only_roles_that_are_told(
    school, checked_shown
):
    html = (school / "report.html").read_text(encoding="utf-8")
    data = json.loads(html.split('id="passages">')[1].split("</script>")[0])

    shown = checked_shown["school"]
    open_themes = set(shown.themes.loc[shown.themes["hidden"] == "", "theme"])
    told = shown.by_role[shown.by_role["hidden"] == ""]
    groups = {shown.attribute("", group) for group in told["role_group"]}
    assert set(data["passages"]) == {
        "id", "text", "who", "known", "place", "turn", "question", "role",
    }  # fmt: skip
    assert not data["passages"]["known"]
    assert not data["passages"]["place"]
    assert not data["passages"]["turn"]
    assert not data["transcripts"]
    assert not data["passages"]["question"]
    assert not data["codings"]["stance"]
    assert list(data["facets"]) == ["role"]
    assert set(data["facets"]["role"]) <= groups | {
        "student", "a family member", "a voice that could not be told apart",
    }  # fmt: skip
    assert {theme["id"] for theme in data["themes"]} <= open_themes
    assert all(re.fullmatch(r"q[0-9a-f]{6,}", name) for name in data["passages"]["id"])


def test_a_passage_of_a_school_names_a_role_only_if_all_its_themes_may(checked_shown):
    shown = checked_shown["school"]
    passages = passages_of(shown)

    told = shown.by_role[shown.by_role["hidden"] == ""]
    said = {"student": "student", "family": "a family member"}
    pairs = {
        (theme, said[group])
        for theme, group in told[["theme", "role_group"]].itertuples(index=False)
        if group in said
    }
    named = passages.open[passages.open["who"].isin(said.values())]
    assert len(named) > 20
    assert set(zip(named["theme"], named["who"], strict=True)) <= pairs


def test_a_hidden_number_of_a_school_opens_nothing(school):
    html = (school / "report.html").read_text(encoding="utf-8")
    html += (school / "methods.html").read_text(encoding="utf-8")

    cells = re.findall(r'<td class="n hidden">(.*?)</td>', html)
    assert len(cells) > 10
    assert not [cell for cell in cells if "<a" in cell]


def test_the_number_of_all_codings_which_could_be_solved_for_is_the_teams(
    school, checked_shown
):
    html = (school / "methods.html").read_text(encoding="utf-8")
    theirs = methods_html(checked_shown["team"])

    assert '<td class="n">' in theirs.split("Codings by status")[1][:600]
    assert "Codings by status" not in html


def test_the_publics_page_holds_no_passages_and_no_script(sample_results):
    html = (sample_results("public") / "report.html").read_text()

    assert "<script" not in html
    assert "data-show" not in html
    assert "The passages behind the numbers are not part of this report" in html
    assert "script-src 'none'" in html
    assert "behind the count</summary>" not in html


def test_the_public_gets_no_roles_with_quotes(checked_shown):
    assert set(checked_shown["public"].quotes["said_by"]) == {"a person we heard"}


@pytest.mark.parametrize("audience", ["school", "public"])
def test_only_roles_are_named_whose_number_is_told(audience, checked_shown):
    """Else a role that is not named would be known to have raised nothing."""
    shown = checked_shown[audience]

    by_role = shown.by_role
    told = by_role[(by_role["hidden"] == "") & (by_role["people"] > 0)]
    named = told.groupby("theme")[shown.group_column].agg(", ".join).to_dict()
    assert named
    for theme, roles in shown.themes[["theme", "roles"]].itertuples(index=False):
        assert roles == named.get(theme, "")


def test_the_public_sees_nothing_that_is_hidden_from_the_school(checked_shown):
    school, public = checked_shown["school"], checked_shown["public"]

    for name in ("themes", "voices", "topics"):
        key = {"themes": ["theme"], "voices": ["group", "value"], "topics": ["topic"]}
        columns = [*key[name], "hidden"]
        both = getattr(school, name)[columns].merge(
            getattr(public, name)[columns], on=key[name], suffixes=("", "_public")
        )
        assert (both.loc[both["hidden"] != "", "hidden_public"] != "").all()


def test_of_whom_one_group_is_hidden_no_other_says_how_many_all_are(checked_shown):
    voices = checked_shown["school"].voices

    roles = voices[voices["group"] == "role"]
    assert (roles["hidden"] != "").any()
    assert roles[["of", "share_heard", "representation"]].isna().all(axis=None)


def test_a_hidden_number_has_no_status_that_tells_it_from_nobody(checked_shown):
    by_role = checked_shown["public"].by_role

    assert set(by_role.loc[by_role["hidden"] != "", "status"]) == {""}


@pytest.mark.slow
def test_an_earlier_release_of_the_same_counts_needs_no_word(
    run, school, checked_shown
):
    assert published(run, "public", earlier=school).note == checked_shown["public"].note


@pytest.mark.slow
def test_what_two_releases_tell_together_is_said_to_be_open(run, school, tmp_path):
    manifest = json.loads((school / "manifest.json").read_text())
    other = tmp_path / "manifest.json"
    other.write_text(json.dumps({**manifest, "study": "another"}))

    note = published(run, "public", earlier=other).note

    assert f"The release of {manifest['date']} for the school counted other" in note
    # A word in one of the released quotes may be a name.
    told = note.removesuffix(" 1 quote waits for a person to release it.")
    assert told.endswith("who were added or left out is not guarded.")


def test_an_earlier_release_that_is_not_there_is_named(run, tmp_path):
    with pytest.raises(EmpathyInsightsError, match="no manifest of an earlier release"):
        published(run, "school", earlier=tmp_path)


def test_sentences_tell_no_small_number(checked_shown):
    problem = checked_shown["school"].problem

    sentences = [*problem.insights["sentence"], *problem.needs["sentence"]]
    for sentence in sentences:
        bare = re.sub(r"fewer than 5|95 %|\d+%", "", sentence)
        assert not re.findall(r"\b[1-4]\b", bare), sentence


def test_the_manifest_for_others_names_no_file(school):
    manifest = json.loads((school / "manifest.json").read_text())

    assert manifest["audience"] == "school"
    assert "documents" not in manifest


def test_the_workbook_says_how_to_read_it(school):
    book = openpyxl.load_workbook(school / "tables" / "tables.xlsx")

    notes = [str(cell.value) for row in book["Read me"].iter_rows() for cell in row]
    assert "41 people heard" in notes
    assert "school" in notes
    sheet = book["themes"]
    heads = {cell.value: cell for cell in sheet[1]}
    assert heads["of"].comment.text.startswith("people heard")
    assert sheet.freeze_panes == "A2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.cell(2, heads["share"].column).number_format == "0%"
    assert sheet.column_dimensions["A"].width > 20


def test_what_columns_mean_stands_beside_the_csv_files(school):
    told = json.loads((school / "tables" / "csv-metadata.json").read_text())

    themes = next(one for one in told["tables"] if one["url"] == "themes.csv")
    columns = {one["name"]: one for one in themes["tableSchema"]["columns"]}
    assert (
        list(columns) == pd.read_csv(school / "tables" / "themes.csv").columns.tolist()
    )
    assert columns["people"]["datatype"] == "integer"
    assert themes["notes"][0]["audience"] == "school"


def test_for_the_team_nothing_is_hidden(run, checked_shown):
    assert publish(run.themes, "team") is run.themes
    assert checked_shown["team"].voices["people"].sum() == run.voices["people"].sum()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"table": "case_matrix"}, "a case matrix has a row a person"),
        ({"table": None}, "does not say what it counts"),
        ({"unit": "segments"}, "this table counts segments"),
        ({"audience": "public"}, "is published already, for public"),
    ],
)
def test_what_cannot_be_published_is_refused(run, change, message):
    table = run.themes.copy()
    table.attrs |= change

    with pytest.raises(EmpathyInsightsError, match=message):
        publish(table, "school")


def test_an_audience_that_does_not_exist_is_refused(run):
    with pytest.raises(EmpathyInsightsError, match="audience must be 'team' or"):
        publish(run.themes, "board")


def test_with_few_people_no_number_leaves_the_team(talk):
    corpus = talk({"d": [("ana", "My bus is late."), ("ben", "Fine.")]})
    run = analyze(corpus, embedder="static")

    html = report_html(published(run, "school"))

    assert "Fewer than 15 people were heard." in html
    assert not re.search(r"\b[12] of 2\b", html)


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["team", "school", "public"])
@pytest.mark.parametrize(("role", "is_open"), [("unknown", True), ("student", False)])
def test_where_roles_are_not_known_nobody_is_said_to_be_none(
    talk, audience, role, is_open
):
    said = [(f"p{n}", "My bus is late every day.") for n in range(12)]
    run = analyze(
        talk({"d": said}, roles={who: role for who, _ in said}), embedder="static"
    )

    html = report_html(published(run, audience))

    page = re.sub(r"<[^>]+>", " ", html.partition('aria-label="Voices"')[2])
    line = " ".join(page.partition("families")[2].split())
    assert line.startswith("not known - " if is_open else "0 0%")


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["school", "public"])
def test_published_quotes_tell_no_person_and_no_small_role(run, audience):
    by_role = run.themes_by_role

    table = publish(run.quotes, audience, beside=[run.themes, by_role])

    assert {"participant_id", "document_id", "locator", "role"}.isdisjoint(
        table.columns
    )
    named = set(table["attribution"])
    if audience == "public":
        assert named == {"a person we heard"}
    else:
        assert named <= {"student", "a family member", "a person we heard"}
        assert {"student", "a person we heard"} <= named
    shown = publish(by_role, audience, beside=[run.themes]).set_index(["theme", "role"])
    quoted = run.quotes.merge(
        table, on=["theme", "kind", "rank"], suffixes=("", "_told")
    )
    for row in quoted.dropna(subset=["role"]).to_dict("records"):
        is_hidden = shown.loc[(row["theme"], row["role"]), "hidden"] != ""
        assert not is_hidden or row["attribution_told"] == "a person we heard"


def test_a_quote_says_where_it_stands_for_the_team(run):
    row = run.quotes.iloc[0]

    assert row["locator"].startswith(f"{row['document_id']}, turn ")
    assert (
        row["text"]
        in run.corpus.documents.set_index("document_id").loc[row["document_id"], "text"]
    )


def test_roles_to_count_together_are_suggested(run):
    table = publish(run.themes_by_role, "school")

    assert table.attrs["suggestions"] == [
        "count teachers, staff and leaders together: 6 people"
    ]


@pytest.mark.slow
def test_who_was_heard_stands_beside_the_population(tmp_path):
    rows = "group,value,people\nrole,student,600\nrole,family,400\nrole,teacher,60\n"
    (tmp_path / "school.csv").write_text(rows)
    (tmp_path / "study.yaml").write_text("data: talks\npopulation: school.csv\n")
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "a.txt").write_text("I: How so?\n\nAna: The bus is late.\n")
    listed = "participant_id,name,role\np1,Ana,student\n"
    (tmp_path / "talks" / "participants.csv").write_text(listed)

    voices = analyze(tmp_path / "study.yaml").voices.set_index("value")

    assert voices.loc["student", "population"] == 600
    assert voices.loc["student", "share_of_population"] == pytest.approx(600 / 1060)


def test_a_population_that_is_not_there_is_named(tmp_path):
    with pytest.raises(EmpathyInsightsError, match=r"none.csv: there is no such file"):
        analyze(SAMPLE, population=tmp_path / "none.csv")


def test_the_public_cannot_tell_nobody_from_a_few(run):
    themes = run.themes_by_role
    nobody = (themes["people"] == 0) & (themes["of"] >= 10)

    table = publish(themes, "public").set_index(["theme", "role"])["shown"]

    assert nobody.any()
    for theme, role in themes.loc[nobody, ["theme", "role"]].itertuples(index=False):
        assert table[theme, role].startswith(("fewer than 10", "hidden"))


def test_that_nearly_all_spoke_of_a_need_is_told_without_a_number(run, checked_shown):
    """Who is known to have raised the theme would be known to have said that."""
    shown = checked_shown["school"].problem.insights.set_index("theme")["sentence"]
    team = run.problem.insights.set_index("theme")

    assert team.loc["tech_support", ["people", "need", "mixed"]].tolist() == [25, 16, 7]
    assert "Nearly all spoke of something missing" in shown["tech_support"]
    assert "23" not in shown["tech_support"].replace("95 %", "")
    assert "nearly all" not in shown["student_ownership"]
