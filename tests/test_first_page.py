"""The first page as people meet it: short, plain, whole on one screen, and true."""

import re
from dataclasses import replace

import pytest

from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.report.finding import finding
from empathy_insights.report.first_page import first_page
from empathy_insights.report.methods import measured
from empathy_insights.report.published import published
from empathy_insights.report.render.html import methods_html, report_html
from empathy_insights.study import analyze
from tests.conftest import AUDIENCES

BOOK = Codebook("b", "B", themes=(Theme("bus", "Bus", patterns=Patterns(("bus",))),))


@pytest.fixture(scope="module")
def shown(sample_shown, checked_shown):
    """Return what each audience may see, of each state."""
    return {"first look": sample_shown, "checked": checked_shown}


@pytest.fixture(scope="module")
def reports(shown, tmp_path_factory):
    """Return the report of each state and audience as a file."""
    folder = tmp_path_factory.mktemp("reports")
    files = {}
    for state, by_audience in shown.items():
        for audience in AUDIENCES:
            files[state, audience] = folder / f"{state}_{audience}.html"
            page = report_html(by_audience[audience])
            files[state, audience].write_text(page, encoding="utf-8")
    return files


@pytest.fixture
def opened(browser):
    contexts = []

    def open_(file, width=1280, height=900):
        contexts.append(
            browser.new_context(viewport={"width": width, "height": height})
        )
        page = contexts[-1].new_page()
        page.goto(file.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()


def syllables(word):
    return max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower()))))


def grade(text):
    """Return the grade of school that reads a text (Flesch and Kincaid 1975), about."""
    sentences = [part for part in re.split(r"[.?!:]\s|\n", text) if part.count(" ") > 2]
    words = re.findall(r"[A-Za-z']+", " ".join(sentences))
    long = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * long - 15.59


def test_the_grade_tells_plain_words_from_others():
    plain = "We read it to you. It is not long."
    hard = (
        "Methodological considerations necessitate comprehensive operationalisation "
        "of heterogeneous participants' conceptualisations."
    )

    assert grade(plain) < 8 < grade(hard)


@pytest.mark.browser
@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("state", ["first look", "checked"])
def test_the_first_page_is_one_screen_of_plain_words(
    opened, reports, shown, state, audience
):
    page = opened(reports[state, audience])
    first = page.locator("#first")
    text = first.inner_text()

    box = first.bounding_box()
    assert box["y"] + box["height"] <= 900
    assert len(text.split()) <= 350
    assert grade(text) <= 8
    ids = [theme.id for theme in shown[state]["team"].run.codebook if "_" in theme.id]
    assert [name for name in ids if name in text] == []
    machinery = r"auto|phrase|kappa|\binterval|0\.\d\d|%|codebook|segment"
    assert re.findall(machinery, text) == []


@pytest.mark.browser
@pytest.mark.parametrize("state", ["first look", "checked"])
def test_on_a_phone_it_is_two_screens_and_nothing_sticks_out(opened, reports, state):
    page = opened(reports[state, "school"], width=360, height=740)

    box = page.locator("#first").bounding_box()
    assert box["y"] + box["height"] <= 2 * 740
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_it_says_what_was_said_how_sure_that_is_and_what_comes_next(shown):
    first = first_page(shown["first look"]["team"])
    checked = first_page(shown["checked"]["team"])

    assert first.state.startswith("First look: nobody on the team has read")
    assert first.title == "A first look at what 41 people told us"
    assert first.lead == ""
    assert first.question_title == "A question to check first"
    assert first.following.startswith("Read these 30 passages. It takes about")
    assert first.against_instead == "Nobody has looked yet who disagrees."
    assert checked.state.startswith("Checked")
    assert re.match(r"\d+ of the 41 people we heard spoke of it\.", checked.lead)
    assert checked.against is not None
    assert checked.question_title == "A question to talk about"


@pytest.mark.parametrize("audience", ["school", "public"])
def test_a_bar_tells_others_no_more_than_its_label(shown, audience):
    least = {"school": 5, "public": 10}[audience]

    for by_audience in shown.values():
        for bar in first_page(by_audience[audience]).bars:
            ends = [round(end * 41 / 100) for end in (bar.sure, bar.most)]
            assert not [end for end in ends if 0 < end < least - 1]
            if "fewer than" in bar.said:
                assert ends == [0, least - 1]


def test_no_number_of_a_small_study_is_told_to_others(talk):
    corpus = talk({"d": [("ana", "The bus."), ("ben", "My bus."), ("cy", "No bus.")]})
    run = analyze(corpus, codebook=BOOK, embedder="static", allow_identities=True)

    shown = published(run, "school")

    page, html = first_page(shown), report_html(shown)

    assert page.title == "A first look at what people told us"
    assert "fewer than 5 people" in page.heard
    assert page.bars == []
    assert "Fewer than 15 people were heard." in html
    assert not re.findall(r"\b[1-4] (of|people)\b", html.split("</style>")[1])
    assert first_page(published(run, "team")).bars


def test_nobody_is_said_to_be_missing_while_roles_are_not_known(talk):
    corpus = talk(
        {
            "d": [("ana", "The bus."), ("ben", "My bus.")],
            "notes": [(None, "She feeds them, and the bus is late.")],
        },
        roles={"ana": "student", "ben": "unknown"},
    )
    run = analyze(corpus, codebook=BOOK, embedder="static", allow_identities=True)

    told = {who: first_page(published(run, who)).missing for who in AUDIENCES}

    assert told["team"].startswith(
        "We don't know the role of 1 voice or who speaks in 1 file, so we can't say who "
        "is missing."
    )
    assert not re.search(r"\d", told["school"] + told["public"])
    for who in AUDIENCES:
        shown = published(run, who)
        claims = f"{report_html(shown)} {shown.sections['missing']}"
        assert not re.search(
            "have not heard|not heard:|Nobody was heard|Every expected", claims
        )
    assert run.problem.checks.set_index("id")["result"]["voice"] == "needs a person"


@pytest.mark.parametrize("odds", [0.6, 0.95])
def test_a_lead_that_is_not_sure_is_not_said_to_be_one(sample_shown, odds):
    shown = sample_shown["team"]
    estimate = replace(shown.run.estimate, asked=shown.run.estimate.asked.copy())
    estimate.asked[0] = True  # somebody has read a passage
    themes = shown.themes.assign(state="partly checked")
    themes.attrs = {**shown.themes.attrs, "leads": odds}

    page = first_page(
        replace(shown, run=replace(shown.run, estimate=estimate), themes=themes)
    )

    assert ("Another theme may have come up as often" in page.lead) is (odds < 0.9)


def test_who_sees_it_differently_is_for_a_person_to_say(
    sample_analysis, checked_released
):
    quotes = sample_analysis.quotes

    assert "dissent" not in set(quotes["kind"])
    assert "dissent" in set(checked_released.quotes["kind"])


def test_a_quote_does_not_open_in_mid_story(checked_released):
    run = checked_released
    lead = run.problem.picked[0]
    ours = (run.quotes["theme"] == lead) & (run.quotes["kind"] == "quote")
    said = run.quotes["text"].where(~ours, "And then it broke.")
    said = said.where(run.quotes["rank"].ne(2) | ~ours, "The wifi broke.")
    quotes = run.quotes.assign(text=said)
    quotes.attrs = dict(run.quotes.attrs)

    page = first_page(published(replace(run, quotes=quotes), "team"))

    assert page.quote["text"] == "The wifi broke."


def test_methods_stand_on_a_page_of_their_own(checked_shown):
    shown = checked_shown["school"]

    methods, report = methods_html(shown), report_html(shown)

    for said in ("COREQ", "Methods, to paste into a paper", "Topics, found without"):
        assert said in methods
        assert said not in report
    assert "For the team to fill: interviewer (COREQ 1)" in methods


def test_a_theme_whose_middle_is_nobody_still_has_its_card(talk):
    """A bar, a card and the finding speak of the same themes."""
    corpus = talk({"d": [("ana", "The phone dies, and the wifi broke."), ("b", "No.")]})
    run = analyze(corpus, embedder="static", allow_identities=True)
    shown = published(run, "team")

    bars = {bar.theme for bar in first_page(shown).bars}

    assert bars
    assert bars <= set(shown.carded["theme"])
    assert "No theme of the codebook was found" not in report_html(shown)


def test_where_every_number_is_of_too_few_the_public_page_does_not_say_none(talk):
    """Of 12 families 3 spoke of the bus: fewer than 10, and not nobody."""
    said = [(f"p{n}", "I take the bus." if n < 3 else "No.") for n in range(12)]
    corpus = talk({"d": said}, roles={who: "family" for who, _ in said})
    run = analyze(corpus, codebook=BOOK, embedder="static", allow_identities=True)
    shown = published(run, "public")

    assert shown.carded.empty
    assert first_page(shown).title == "A first look at what 12 people told us"
    assert (
        "1 theme may have come up; too little may be shown of it here"
        in report_html(shown)
    )


def test_what_was_measured_of_the_shipped_codebook_is_not_said_of_a_copy(talk):
    said = {"d": [("ana", "I got locked out of my account, and nobody could help.")]}
    analysis = analyze(talk(said), embedder="static")
    core = analysis.codebook

    def told(book):
        return measured(replace(analysis, codebook=book))

    assert told(core).startswith("On 193 invented turns")
    assert told(replace(core, themes=core.themes[:5])) == ""
    assert told(replace(core, id="ours", extra={"measured": "We read 20."})) == (
        "We read 20."
    )


@pytest.mark.parametrize("audience", ["school", "public"])
def test_no_role_is_named_that_nobody_has(talk, audience):
    """Where all numbers are hidden, roles that nobody has were named like all others."""
    said = {"d": [("ana", "The bus."), ("ben", "My bus."), ("cy", "No bus.")]}
    of_some = talk(said, roles={"ana": "student", "ben": "unknown", "cy": "unknown"})
    of_teachers = talk(said, roles=dict.fromkeys(("ana", "ben", "cy"), "teacher"))
    pages, lines = {}, {}
    for name, corpus in (("some", of_some), ("teachers", of_teachers)):
        run = analyze(corpus, codebook=BOOK, embedder="static", allow_identities=True)
        shown = published(run, audience)
        pages[name] = first_page(shown).heard
        lines[name] = finding(shown)[0]

    n = {"school": "fewer than 5 people", "public": "fewer than 10 people"}[audience]
    assert pages["some"] == f"We listened to {n}."
    assert pages["teachers"] == f"We listened to {n}: some teachers."
    assert lines["some"] == f"Heard: {n} in 1 document."
    assert lines["teachers"] == f"Heard: {n} (some teachers) in 1 document."
