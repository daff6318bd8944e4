"""A theme leads as a need only if people told of needs, and praise stays praise."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from empathy_insights.codebook import Codebook, Need, Theme
from empathy_insights.problem.build import problem_of_practice
from empathy_insights.problem.sections import statement_sections
from empathy_insights.report.charts.groups import group_finding
from empathy_insights.report.finding import finding
from empathy_insights.report.first_page import first_page
from empathy_insights.report.published import published
from empathy_insights.report.render.html import report_html
from empathy_insights.report.render.slides import slides_of
from empathy_insights.study import analyze
from empathy_insights.text.segments import segment
from empathy_insights.wording import stances_said
from tests.conftest import AUDIENCES, all_released

pytestmark = pytest.mark.slow

BOOK = Codebook(
    "b",
    "B",
    themes=(
        Theme(
            "known",
            "Being known",
            headline="Students want to be known",
            need=Need("be known", "strong relationships", "many feel unseen"),
        ),
        Theme(
            "say",
            "A say",
            headline="Students want a say",
            need=Need("decide", "real choices", "others decide"),
        ),
        Theme("help", "Help", need=Need("get help", "dependable help", "nobody helps")),
    ),
)


@pytest.fixture(scope="module")
def run(talk):
    """Return what makes a study of people who each said, of a theme, what a person judged."""

    def made(told, *, people=16, unread=(), **options):
        corpus = talk(
            {
                f"d{n:02d}": [(f"p{n:02d}", f"I told you thing {n} of {theme}.")
                              for theme in BOOK_IDS]
                for n in range(people)
            },
            roles=options.pop("roles", {}),
        )  # fmt: skip
        segments = segment(corpus)
        place = {(n, theme): 3 * n + at for n in range(people)
                 for at, theme in enumerate(BOOK_IDS)}  # fmt: skip
        rows = [
            (segments["segment_id"].iloc[at], *coded(told, n, theme))
            for (n, theme), at in place.items()
            if n not in unread
        ]
        codes = pd.DataFrame(rows, columns=["segment_id", "theme", "stance"])
        return all_released(
            analyze(
                corpus,
                codebook=BOOK,
                embedder="static",
                allow_identities=True,
                hand_codes=codes.assign(coder="kim"),
                **options,
            )
        )

    return made


BOOK_IDS = [theme.id for theme in BOOK]


def coded(told, n, theme):
    """Return the theme and stance of a person; the stances of a theme stand in order."""
    stances = told.get(theme, [])
    return (theme, stances[n]) if n < len(stances) else ("", "")


def question(shown):
    return shown.problem.question


PRAISE = {"known": ["asset"] * 11, "say": ["asset"] * 9}


@pytest.fixture(scope="module")
def praise(run):
    return run(PRAISE)


@pytest.fixture(scope="module")
def needs(run):
    """Return a study where all but one spoke of a say, half of them of the say they have."""
    return run(
        {
            "say": ["need"] * 7 + ["asset"] * 7 + ["neutral"],
            "help": ["need"] * 11 + ["neutral"],
            "known": ["asset"] * 9 + ["need"] * 3,
        }
    )


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_people_praise_is_not_said_to_be_wanted(praise, audience):
    shown = published(praise, audience)
    page = first_page(shown)
    slides = " ".join(f"{one.title} {one.body}" for one in slides_of(shown))
    everything = f"{report_html(shown).split('</style>')[-1]} {slides} {shown.sections}"

    assert page.title == "What helps people here: being known"
    assert question(shown) == (
        "How might we keep what already brings about strong relationships, so that it "
        "reaches all of our students?"
    )
    assert not re.search(
        r"students (?:want|need)|feel unseen|might we build|others decide|could be known",
        everything,
        re.IGNORECASE,
    )
    assert "because" in shown.sections
    assert shown.sections["because"].title == "What we heard"
    assert "needs" not in shown.sections


def test_praise_is_told_with_who_spoke_of_it(praise):
    page = first_page(published(praise, "team"))

    assert page.lead == (
        "11 of the 16 people we heard spoke of it. That is about 7 in 10. All 11 spoke of "
        "something that helps."
    )


@pytest.mark.parametrize(
    ("theme", "asked"),
    [
        (
            Theme("known", "Being known", need=Need("be known")),
            "How might we keep what already helps our students to be known, so that it "
            "reaches all of them?",
        ),
        (
            Theme("known", "Being known"),
            "How might we keep what people told us helps them in being known, so that it "
            "reaches all of our students?",
        ),
    ],
)
def test_praise_is_asked_of_whatever_the_codebook_words(praise, theme, asked):
    book = Codebook("b", "B", themes=(theme, *BOOK.themes[1:]))
    problem = problem_of_practice(praise.themes, praise.codings, praise.corpus, book)

    assert problem.question == asked


@pytest.mark.parametrize("audience", AUDIENCES)
def test_headline_quote_and_question_follow_the_needs(needs, audience):
    """Of a say 14 of 15 told something, 7 that they have it; 11 lack help."""
    shown = published(needs, audience)
    page = first_page(shown)

    assert needs.problem.picked == ("help", "say")  # of being known most spoke well
    assert question(shown).startswith("How might we build dependable help")
    assert page.title == "What came up: help"
    assert page.quote["text"].endswith("of help.")
    assert page.quote["stance"] == "need"


def test_beside_the_headline_stands_how_many_told_of_a_need(needs):
    page = first_page(published(needs, "team"))

    assert page.lead == (
        "12 of the 16 people we heard spoke of it. 11 spoke of something missing or hard, "
        "the most of all themes."
    )
    assert [bar.said for bar in page.bars] == ["15 of 16", "12 of 16", "12 of 16"]


def test_the_terminal_says_which_theme_the_question_follows(needs):
    told = finding(published(needs, "team"))

    assert told[1] == (
        "Raised most: a say, by 15 of 16 people. Most often missing or hard: help."
    )


def test_others_may_read_why_a_theme_was_picked(needs):
    picks = needs.problem.suggested_picks.set_index("theme")["why"]

    assert picks["help"].endswith("among the 3 that most spoke of as missing or hard")
    assert picks["known"] == "among the 3 raised most"


def test_quotes_bear_the_theme_out(needs):
    quotes = needs.quotes.groupby(["theme", "kind"])["stance"].agg(list).to_dict()

    assert quotes["help", "quote"] == ["need"] * 3
    assert quotes["say", "dissent"] == ["asset"]
    assert quotes["known", "quote"] == ["asset"] * 3
    assert quotes["known", "dissent"] == ["need"]


def test_what_is_neither_opens_no_page(needs):
    quotes = needs.quotes
    is_first = (quotes["theme"] == "help") & (quotes["rank"] == 1)
    told = quotes.assign(
        stance=quotes["stance"].mask(is_first, "neutral"),
        text=quotes["text"].mask(~is_first, "And then nobody came."),
    )
    told.attrs = dict(quotes.attrs)

    page = first_page(published(replace(needs, quotes=told), "team"))

    assert page.quote["stance"] == "need"


def test_it_is_said_why_a_theme_leads_that_is_not_the_first_of_the_bars(needs, praise):
    page = first_page(published(needs, "team"))

    assert [bar.name for bar in page.bars][:2] == ["A say", "Help"]
    why = "missing or hard, the most of all themes"
    assert why in page.lead
    assert why not in first_page(published(praise, "team")).lead


def test_a_mark_without_a_stance_judges_nothing(run):
    marked = run({"say": [""] * 12, "help": ["need"] * 2 + [""] * 6})

    assert marked.problem.picked == ("say", "help")
    assert first_page(published(marked, "team")).title == "Students want a say"


def test_a_theme_that_the_team_picks_leads_the_page_too(run):
    picked = run({"say": ["need"] * 12, "known": ["need"] * 5}, pick=["known"])
    page = first_page(published(picked, "team"))

    assert page.title == "Students want to be known"
    assert page.lead.startswith("5 of the 16")


def test_one_need_among_much_praise_does_not_lead(run):
    mostly = run({**PRAISE, "help": ["need"]})

    assert mostly.problem.picked == ("known", "say")


def test_while_people_read_the_few_that_were_read_do_not_outweigh_the_rest(run):
    """One praise of being known, of six people who were read, makes no theme of praise."""
    told = {"say": ["need"] * 6, "known": ["asset"]}
    partly = run(told, unread=range(6, 16))
    shown = published(partly, "team")

    assert partly.estimate.state == "partly checked"
    assert "known" not in shown.praised
    assert "say" not in shown.praised


@pytest.mark.parametrize("audience", ["school", "public"])
def test_what_nearly_everyone_raised_leads_headline_and_question(run, audience):
    told = {"known": ["need"] * 16, "say": ["need"] * 12}
    shown = published(run(told), audience)
    page = first_page(shown)

    assert page.title == "Students want to be known"
    assert page.lead == "At least 13 of 16 people spoke of it."
    assert question(shown).startswith("How might we build strong relationships")
    assert page.bars[0].theme == "known"
    assert page.quote["text"].endswith("of known.")
    assert "known" in set(shown.carded["theme"])


@pytest.mark.parametrize(("audience", "most"), [("team", 3), ("school", 1)])
def test_themes_of_hidden_numbers_have_no_bar(run, audience, most):
    """Those of fewer than 5 stood by their names below what came up most."""
    told = {"say": ["need"] * 9, "help": ["need"] * 2, "known": ["asset"]}
    bars = first_page(published(run(told), audience)).bars

    assert [bar.theme for bar in bars][:1] == ["say"]
    assert len(bars) == most


def test_where_all_was_read_nothing_is_still_an_estimate(run):
    """A line of notes without a voice made who spoke of what an estimate."""
    told = published(run({"say": ["need"] * 9}), "team").by_role
    unknown = told.assign(role="unknown", of=0, people=0, state="first look")

    assert group_finding(pd.concat([told, unknown]), "role") == (
        "No difference by role can be shown"
    )


def test_a_word_that_is_no_theme_is_not_said_to_be_raised_by_nobody(run):
    asked = "How might we help students, without taking the planning time of staff?"
    study = run({"help": ["need"] * 9}, wording=asked)
    told = statement_sections(study.problem)

    assert "taking" in study.problem.unsupported
    assert told["unsupported"].title == (
        "In the statement, but in no theme that people raised"
    )
    assert "nobody" not in " ".join(map(str, told["traced"].lines))


def test_what_has_nothing_to_tell_is_left_out_after_the_statement(run):
    study = run({"help": ["need"] * 9})

    told = published(study, "team").after(study.next_steps())

    titles = [section.title for section in told]
    assert all(section.lines or section.rows for section in told)
    assert "From round to round" not in titles
    assert not [
        str(line)
        for section in told
        for line in section.lines
        if str(line).startswith("None.") or "in 0 passages" in str(line)
    ]


@pytest.mark.parametrize(
    ("needs", "of", "said"),
    [
        (10, 12, "Most spoke of something missing or hard."),  # masked from 10 on
        (29, 30, "Nearly all spoke of something missing or hard."),
        (7, 12, "7 spoke of something missing or hard."),
        (3, 12, "Fewer than 5 spoke of something missing or hard."),
    ],
)
def test_nearly_all_is_nine_in_ten(needs, of, said):
    row = pd.Series({"people": of, "of": of + 10})

    assert stances_said(row, pd.Series({"need": needs}), least=5) == said


def test_all_are_said_to_be_all(run):
    page = first_page(published(run({"say": ["need"] * 16}), "team"))

    assert page.lead == (
        "All 16 people we heard spoke of it. All 16 spoke of something missing or hard."
    )
