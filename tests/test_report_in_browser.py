"""The report as a person meets it, in a real Chromium."""

import os
import re
from pathlib import Path

import pytest

from empathy_insights.analysis.codings_in_place import counted
from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.report.export import write_text
from empathy_insights.report.published import published
from empathy_insights.report.render.html import report_html
from empathy_insights.study import analyze
from tests.conftest import watched

pytestmark = pytest.mark.browser

HOSTILE = (
    "\U0001f600 <script>window.hit = 1</script></script></style> <img src=x onerror='window.hit=1'>"
    " \u202eeht sub\u2067 the bus is late, &lt;b&gt;."
)
BOOK = Codebook("b", "B", themes=(Theme("bus", "Bus", patterns=Patterns(("bus",))),))
FIRST = "#first a.number >> nth=0"


@pytest.fixture(scope="module")
def school(sample_results):
    return sample_results("school") / "report.html"


@pytest.fixture(scope="module")
def team(sample_results):
    return sample_results("team") / "report.html"


@pytest.fixture(scope="module")
def checked(checked_results):
    """Return the reports of a run in which people have read every passage."""
    return {name: checked_results(name) / "report.html" for name in ("team", "school")}


@pytest.fixture
def opened(browser):
    """Open a report; the page remembers what the console said and what it requested."""
    contexts = []

    def open_(report, **options):
        context = browser.new_context(
            **{"viewport": {"width": 1200, "height": 900}, **options}
        )
        contexts.append(context)
        page = watched(context.new_page(), "file:", "data:")
        page.goto(report.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture
def opened_of(opened, talk, tmp_path):
    """Open the team's report of what people said."""

    def open_(*turns):
        run = analyze(talk({"d": turns}), codebook=BOOK)
        write_text(tmp_path / "report.html", report_html(published(run, "team")))
        return opened(tmp_path / "report.html")

    return open_


@pytest.fixture
def page(opened, school):
    return opened(school)


@pytest.fixture
def team_page(opened, team):
    return opened(team)


def shown_number(page):
    return int(page.locator("#shown").inner_text().split()[0])


def test_it_opens_and_is_used_without_a_request_or_an_error(team_page):
    team_page.locator(FIRST).click()
    team_page.keyboard.press("Escape")
    team_page.locator("select[name=role]").select_option("student")

    assert team_page.told == []
    h1 = team_page.locator("h1").inner_text()
    assert h1 == "A first look at what 41 people told us"


def test_the_finding_of_what_people_have_read_is_a_count(opened, checked):
    page = opened(checked["team"])

    lead = page.locator(".lead").inner_text()
    assert re.match(r"\d+ of the 41 people we heard spoke of it\.", lead)
    assert page.told == []


def test_nothing_moves_while_the_page_opens(page):
    moved = page.evaluate(
        """() => new Promise(done => {
          let sum = 0;
          new PerformanceObserver(list => {
            list.getEntries().forEach(entry => { sum += entry.value; });
          }).observe({type: "layout-shift", buffered: true});
          requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
        })"""
    )

    assert moved == 0


def readable(run, theme):
    """Return the passages on a theme that may be read, released as all of them are."""
    codings = counted(run.codings)
    careful = {one.id for one in run.codebook if one.handle_with_care}
    kept = {
        *run.sensitive["segment_id"],
        *codings.loc[codings["theme"].isin(careful), "segment_id"],
    }
    return set(codings.loc[codings["theme"] == theme, "segment_id"]) - kept


@pytest.mark.parametrize("state", ["first look", "checked"])
def test_a_number_opens_the_words_behind_it_and_gives_the_focus_back(
    opened, school, checked, sample_shown, sample_by_hand, state
):
    # Of a first look others read no more than its published table says.
    run, page = sample_shown["school"].run, opened(school)
    row = sample_shown["school"].themes.iloc[0]
    count = row["shown"]
    if state == "checked":
        run, page = sample_by_hand, opened(checked["school"])
        row = run.themes.iloc[0]
        count = f"{row['people']} of 41"
    page.locator(FIRST).click()

    drawer = page.locator("#drawer")
    assert drawer.is_visible()
    assert drawer.locator("h2").inner_text() == f"{row['name']}: {count}"
    assert drawer.locator("li").count() == min(len(readable(run, row["theme"])), 50)
    assert all(drawer.locator("mark").all_inner_texts())
    page.keyboard.press("Escape")
    assert not drawer.is_visible()
    assert page.evaluate(
        "document.activeElement === document.querySelector('a.number')"
    )


def test_the_team_reads_the_question_the_place_and_the_reason(team_page):
    team_page.locator(FIRST).click()

    first = team_page.locator("#drawer li").first.inner_text()
    assert "Asked: " in first
    assert re.search(r"r\d_\w+, turn \d+ \[", first)
    assert "because of the marked words" in first or "it sounds like" in first


def test_a_cell_of_a_role_opens_that_roles_passages(opened, checked, sample_by_hand):
    page = opened(checked["team"])
    cell = page.locator("table.grid a.number").first
    by_role, first = sample_by_hand.themes_by_role, sample_by_hand.themes.iloc[0]
    is_first = by_role["theme"] == first["theme"]
    row = by_role[(by_role["role"] == "family") & is_first].iloc[0]

    cell.click()

    feet = page.locator("#drawer .foot").all_inner_texts()
    count = f"{row['people']} of {row['of']}"
    assert cell.inner_text().split("\n")[0] == count
    note = page.locator("#drawer-note").inner_text()
    told = [int(word) for word in note.split() if word.isdigit()]
    assert len(feet) == told[0]
    assert sum(told) == row["segments"]
    assert all(foot.startswith("a family member") for foot in feet)


def test_a_first_look_compares_nobody(team_page):
    assert team_page.locator("#compared").count() == 0


NEEDS = "#problem a.number[data-show*='\"need\"']"


def test_a_count_of_needs_opens_passages_that_speak_of_one(opened, checked):
    page = opened(checked["team"])
    link = page.locator(NEEDS).first
    link.click()

    reasons = page.locator("#drawer .why").all_inner_texts()
    assert reasons
    assert all("(need)" in why or "(mixed)" in why for why in reasons)


def test_a_first_look_counts_no_needs(team_page):
    assert team_page.locator("#problem a.number").count() >= 3
    assert team_page.locator(NEEDS).count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["team", "school"])
def test_every_count_that_the_problem_stands_on_opens_its_passages(
    request, opened, sample_shown, audience
):
    page = opened(request.getfixturevalue(audience))
    problem, themes = sample_shown[audience].problem, sample_shown[audience].themes
    rows = themes.set_index("theme").loc[list(problem.picked)]

    lines = page.locator("#problem h3:text-is('Because') + ul > li")
    counts = lines.locator("a.number").all_inner_texts()

    assert lines.count() == len(rows) == 3
    said = [count.split("\n")[0].lower() for count in counts]
    ends = [f"{row.low:.0f} to {row.high:.0f} of 41" for row in rows.itertuples()]
    told = ends if audience == "team" else rows["shown"].tolist()
    assert said == [f"{count} people" for count in told]
    for n in range(3):
        lines.locator("a.number").nth(n).click()
        assert page.locator("#drawer li").count() > 0
        page.keyboard.press("Escape")


def test_people_heard_open_too(team_page, sample_analysis):
    students = sample_analysis.corpus.participants.query("role == 'student'")
    said = sample_analysis.segments["participant_id"].isin(students["participant_id"])

    team_page.locator("#voices a.number").first.click()
    told = team_page.locator("#drawer-note").inner_text()

    open_, kept = [int(word) for word in told.split() if word.isdigit()]
    assert open_ + kept == said.sum()
    assert team_page.locator("#drawer li").count() == 50
    team_page.locator("#drawer-more").click()
    assert team_page.locator("#drawer li").count() == 100


@pytest.mark.slow
def test_voices_nobody_could_tell_apart_are_read_and_said_to_be_no_person(opened_of):
    page = opened_of(("ana", "The bus."), (None, "My bus."), (None, "No bus."))

    page.locator(FIRST).click()

    assert page.locator("#drawer blockquote > bdi").all_text_contents() == ["The bus."]
    note = page.locator("#drawer-note").inner_text()
    assert note.startswith("1 passage. 2 passages by voices nobody could tell apart")


def test_it_is_used_by_keyboard_alone(page):
    page.keyboard.press("Tab")
    assert page.locator(".skip").evaluate("link => link === document.activeElement")
    page.locator(FIRST).focus()
    page.keyboard.press("Space")
    assert page.locator("#drawer").is_visible()

    inside = []
    for _ in range(6):
        page.keyboard.press("Tab")
        inside.append(
            page.evaluate(
                "document.activeElement === document.body "
                "|| !!document.activeElement.closest('#drawer')"
            )
        )

    assert all(inside)
    page.locator("#drawer-close").focus()
    page.keyboard.press("Enter")
    assert not page.locator("#drawer").is_visible()


def test_the_teams_report_leads_to_the_page_to_read_in(team_page, page):
    team_page.get_by_role("link", name="Start reading").click()

    assert team_page.locator("h1").inner_text() == "Read passages"
    assert "Read 30 passages" in team_page.locator("#start").inner_text()
    assert team_page.told == []
    assert page.get_by_role("link", name="Start reading").count() == 0


def test_a_passage_opens_its_transcript_where_it_was_said(team_page, page):
    passage = team_page.locator("#list li").nth(2)
    said = passage.locator("blockquote > bdi").inner_text()
    passage.get_by_role("link").click()

    turn = team_page.locator(":target")
    # A turn is painted when it is seen, on a busy machine a moment later.
    expect = pytest.importorskip("playwright.sync_api").expect
    expect(turn).to_contain_text(said, use_inner_text=True)
    assert turn.evaluate("one => one.getBoundingClientRect().top") < 900
    assert team_page.evaluate("document.documentElement.scrollWidth") <= 1200
    assert team_page.told == []
    assert page.locator("#list a").count() == 0  # others stay on their page


def test_every_turn_stands_in_the_transcripts_once(opened, team, sample_analysis):
    page = opened(team.parent / "team_only" / "transcripts.html")

    said = page.locator("main p bdi").all_text_contents()
    assert sorted(said) == sorted(sample_analysis.corpus.utterances["text"])


def test_filters_show_the_passages_of_a_theme_and_role(opened, checked, sample_by_hand):
    page = opened(checked["team"])
    everything = shown_number(page)
    codings = counted(sample_by_hand.codings)
    codings = codings[codings["theme"] == "student_ownership"]
    can_be_read = readable(sample_by_hand, "student_ownership")
    codings = codings[codings["segment_id"].isin(can_be_read)]

    page.locator("select[name=theme]").select_option("student_ownership")

    of_theme = shown_number(page)
    assert of_theme == codings["segment_id"].nunique() < everything
    page.locator("input[value=asset]").check()
    of_stance = shown_number(page)
    assert of_stance == codings["stance"].isin(["asset", "mixed"]).sum()
    page.locator("select[name=round]").select_option("2")
    assert shown_number(page) < of_stance


def test_needs_and_strengths_are_for_people_to_judge(team_page):
    assert team_page.locator("input[name=stance]").count() == 0
    team_page.locator(FIRST).click()
    reasons = team_page.locator("#drawer .why").all_inner_texts()
    assert reasons
    assert not [why for why in reasons if "(need)" in why or "(strength)" in why]


def test_a_school_chooses_by_theme_and_role_alone(page):
    names = page.locator("#filters [name]").evaluate_all(
        "parts => parts.map(part => part.name)"
    )

    assert names == ["words", "theme", "role"]


def test_words_are_looked_for_in_the_passages(team_page):
    team_page.locator("input[name=words]").fill("password WRONG")

    found = team_page.locator("#list blockquote > bdi").all_inner_texts()
    assert shown_number(team_page) == len(found) > 0
    assert all("password" in text and "wrong" in text for text in found)


def test_without_scripts_the_page_is_whole(opened, school, sample_analysis):
    page = opened(school, java_script_enabled=False)
    row = sample_analysis.themes.iloc[0]
    card = page.locator(f"#theme-{row['theme']}")

    card.locator("details > summary").click()

    # A passage in which a word may be a name waits, and the card says so.
    waiting = min(row["segments"], 20) - card.locator("details blockquote").count()
    are_told = card.get_by_text("more are counted but not shown").count()
    assert waiting in (0, 1)
    assert are_told == waiting
    assert card.locator("details blockquote").first.is_visible()
    assert not page.locator("#browse").is_visible()
    assert page.locator("#voices table").count() == 1


def test_the_methods_page_describes_its_picture_and_requests_nothing(opened, team):
    page = opened(team.with_name("methods.html"))

    texts = page.locator("img").evaluate_all("images => images.map(image => image.alt)")
    assert len(texts) == 1
    assert "themes" in texts[0]
    assert page.told == []


@pytest.mark.parametrize("width", [360, 600, 768, 1200])
def test_nothing_sticks_out_of_the_page(team_page, width, tmp_path):
    folder = Path(os.environ.get("EMPATHY_INSIGHTS_SCREENSHOTS", tmp_path))
    team_page.set_viewport_size({"width": width, "height": 900})

    team_page.screenshot(path=folder / f"report_{width}.png", caret="initial")
    team_page.locator(FIRST).click()
    team_page.screenshot(path=folder / f"report_{width}_open.png", caret="initial")

    assert team_page.evaluate("document.documentElement.scrollWidth") <= width
    assert team_page.locator("#drawer").evaluate("one => one.scrollWidth") <= width


@pytest.fixture(scope="module")
def public(sample_results):
    return sample_results("public") / "report.html"


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("file", ["report.html", "methods.html"])
@pytest.mark.parametrize("name", ["school", "public"])
def test_axe_finds_no_barrier_in_what_others_get(opened, request, name, width, file):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    report = request.getfixturevalue(name).with_name(file)
    page = opened(report, viewport={"width": width, "height": 800}, bypass_csp=True)

    found = axe.Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
def test_axe_finds_no_barrier_in_the_transcripts(opened, team):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(team.parent / "team_only" / "transcripts.html", bypass_csp=True)

    found = axe.Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize(
    "scheme", ["light", pytest.param("dark", marks=pytest.mark.slow)]
)  # fmt: skip
def test_axe_finds_no_barrier(opened, team, scheme, is_open):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    page = opened(team, color_scheme=scheme, bypass_csp=True)
    page.locator("details").evaluate_all(
        "all => all.forEach(one => { one.open = true; })"
    )
    page.evaluate("open => open && document.querySelector('a.number').click()", is_open)

    found = axe.Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []


def test_it_prints_with_whole_tables_and_without_what_only_a_screen_can_do(
    opened, team, tmp_path
):
    pypdf = pytest.importorskip("pypdf")
    page = opened(team)
    page.locator(FIRST).click()
    note = re.match(r"\d+ passages\.", page.locator("#drawer-note").inner_text())[0]

    page.pdf(path=tmp_path / "report.pdf", format="A4")

    pages = pypdf.PdfReader(tmp_path / "report.pdf").pages
    text = " ".join(" ".join(one.extract_text() for one in pages).split())
    assert len(pages) == 2
    assert "Look through the passages" not in text
    assert note not in text
    assert "How might we" in pages[0].extract_text()
    assert "How might we" not in pages[1].extract_text()


@pytest.mark.slow
def test_hostile_words_do_nothing_and_are_read_as_they_were_said(opened_of):
    page = opened_of(("ana", HOSTILE), ("ben", "=cmd|' /C calc'!A0 the bus"))

    page.locator(FIRST).click()

    texts = page.locator("#drawer blockquote > bdi").all_text_contents()
    assert texts == [HOSTILE, "=cmd|' /C calc'!A0 the bus"]
    assert page.locator("#drawer mark").all_inner_texts() == ["bus", "bus"]
    assert page.evaluate("window.hit") is None
    assert page.locator("script").count() == 2
    assert page.told == []
