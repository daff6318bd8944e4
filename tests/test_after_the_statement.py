"""What comes after the statement, as others may read it and as the team does."""

import html
import re
from dataclasses import replace

import pytest

from empathy_insights.analysis.rounds import theme_over_rounds
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.problem.after_statement import HEARD
from empathy_insights.problem.asks import pilot_sheet
from empathy_insights.publishing import publish
from empathy_insights.report.passages import passages_of
from empathy_insights.report.published import published
from empathy_insights.report.render.html import report_html
from empathy_insights.report.render.markdown import problem_markdown


@pytest.fixture(scope="module")
def steps(sample_steps):
    return sample_steps


def sections(shown, steps):
    """Return the sections that an audience reads, by heading."""
    text = problem_markdown("", {}, how="", note="", after=shown.after(steps))
    text = text[text.index("## After") : text.rindex("---")]
    parts = re.split(r"^### (.+)\n\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.fixture(scope="module")
def read(sample_shown, steps):
    """Return the sections for an audience before anybody has read."""
    return lambda audience: sections(sample_shown[audience], steps)


@pytest.fixture(scope="module")
def checked(sample_by_hand):
    """Return what comes after a statement of which every passage was read."""
    return sample_by_hand, sample_by_hand.next_steps()


SHARED = [
    "Before you decide", "A small pilot", "From a finding to an ask", "Options to rate",
    "Who was heard",
]  # fmt: skip


@pytest.mark.parametrize("audience", ["school", "public"])
def test_others_read_no_suggestion_framework_or_route(read, audience):
    assert list(read(audience)) == SHARED


def test_the_team_reads_what_people_suggested_and_who_would_act(read, steps):
    sections = read("team")

    assert set(sections) - set(SHARED) == {
        "What people suggested",
        "Who would have to act",
        "ISTE standards that people spoke of",
        "Steps to mastery learning that people spoke of",
        "From round to round",
    }
    for table, title in (
        (steps.iste, "ISTE standards that people spoke of"),
        (steps.roadmap, "Steps to mastery learning that people spoke of"),
    ):
        spoken_of = (table["people"] > 0).sum()
        assert 0 < sections[title].count(" people\n") == spoken_of < len(table)
    assert "Not sorted yet" in sections["What people suggested"]
    first, second = steps.rounds.head(2).to_dict("records")
    assert sections["From round to round"].splitlines()[0] == (
        f"- {first['name']}: {first['low']:.0f} to {first['high']:.0f} of 24 in round 1, "
        f"{second['low']:.0f} to {second['high']:.0f} of 18 in round 2 "
        "(1 person heard in both)"
    )
    assert "A change is one of who was asked" in sections["From round to round"]


def test_the_team_reads_how_many_people_where_all_was_read(
    sample_by_hand, checked_shown, steps
):
    run = sample_by_hand
    rounds = theme_over_rounds(
        run.codings, run.corpus, codebook=run.codebook, estimate=run.estimate
    )
    is_picked = rounds["theme"].isin(run.problem.picked)
    steps = replace(steps, rounds=rounds[is_picked])

    over_rounds = sections(checked_shown["team"], steps)["From round to round"]

    first, second = steps.rounds.head(2).to_dict("records")
    assert over_rounds.splitlines()[0] == (
        f"- {first['name']}: {first['people']} of 24 in round 1, {second['people']} of "
        "18 in round 2 (1 person heard in both)"
    )


@pytest.mark.parametrize("audience", ["team", "school", "public"])
def test_blanks_are_for_people_and_nothing_is_totalled(read, audience):
    sections = read(audience)

    lines = sections["Options to rate"].splitlines()
    options = [line for line in lines if line.startswith("| ") and ": through " in line]
    assert len(options) == 3 * 3  # picked themes by lever
    assert {re.sub(r"[^|]+: through [a-z ]+", "", line) for line in options} == {
        "||  |  |  |  |"
    }
    assert sections["A small pilot"].count(r"Smallest version: \_\_\_\_") == 3
    assert sections["From a finding to an ask"].count(r"We ask them to \_\_\_\_") == 3


@pytest.mark.parametrize("audience", ["team", "school"])
def test_the_report_says_the_same_with_blanks_to_write_in(
    sample_shown, steps, audience
):
    shown = sample_shown[audience]
    parts = shown.after(steps)

    page = report_html(shown, parts)

    section = page[page.index('<section id="after">') :]
    section = html.unescape(section[: section.index("</section>")])
    for part in [part for part in parts if part.title != HEARD]:
        assert f"<summary>{part.title}</summary>" in section
        assert all(f"<li>{line}</li>" in section for line in part.lines)
    assert section.count("<td></td>") == 9 * 4


@pytest.mark.slow
@pytest.mark.parametrize("audience", ["school", "public"])
@pytest.mark.parametrize("is_checked", [False, True])
def test_every_number_that_others_read_is_in_a_published_table(
    sample_analysis, steps, checked, is_checked, audience
):
    run, steps = checked if is_checked else (sample_analysis, steps)
    shown = published(run, audience)

    text = "\n".join(sections(shown, steps).values())
    text = re.sub(
        r"\b(Fewer than|Up to|At least|About) \d", lambda m: m[0].lower(), text
    )
    # Percentages are in other columns.
    text = re.sub(r"\(\d+%; of people like them \d+% to \d+%\)", "", text)
    told = {*shown.themes["shown"], *shown.voices["shown"]}
    numbers = re.findall(
        r"\b(?:fewer than |at least |up to |about )?(?:\d+ to )?\d+(?: of \d+)?"
        r"(?= people|\))",
        text,
    )
    assert len({number for number in numbers if " of 41" in number}) >= 3
    assert {number for number in numbers if number not in told} == set()


def test_nobody_reads_a_hidden_word_as_a_number(sample_analysis, sample_shown):
    shown = sample_shown["public"]
    themes = shown.themes.assign(shown="hidden", hidden="it would give another away")

    sheet = pilot_sheet(sample_analysis.codebook, themes, shown.problem.picked)

    assert set(sheet["baseline"]) == {"a hidden number of people may have spoken of it"}


@pytest.fixture(scope="module")
def school(sample_results):
    return sample_results("school")


def test_a_blank_matrix_for_others_and_the_teams_own_are_written(school):
    blank = (school / "decision_matrix.csv").read_text(encoding="utf-8-sig")
    teams = school / "team_only" / "tables" / "decision_matrix.csv"
    text = (school / "problem_of_practice.md").read_text(encoding="utf-8")
    assert "_evidence" not in blank.splitlines()[0]
    assert "_evidence" in teams.read_text(encoding="utf-8-sig").splitlines()[0]
    assert text.count("## After the statement") == 1


def test_no_suggestion_stands_in_a_file_for_others(sample_shown, steps, school):
    told = {
        path.name: path.read_text(encoding="utf-8-sig")
        for path in school.rglob("*")
        if path.suffix in {".csv", ".html", ".md", ".json", ".txt"}
        and "team_only" not in path.parts
    }
    shown = sample_shown["school"]
    # What stands behind a count may be read there, whether it suggests something or not.
    open_ones = {*shown.quotes["text"], *passages_of(shown).texts["text"].dropna()}

    said = set(steps.suggestions["text"]) - open_ones
    found = [name for name, text in told.items() for words in said if words in text]
    assert len(said) > 5
    assert found == []


@pytest.mark.parametrize(
    "name",
    ["asks", "suggestions", "levers", "decision_matrix", "pilot", "routing", "iste"],
)
def test_what_is_the_teams_alone_cannot_be_published_by_mistake(steps, name):
    with pytest.raises(EmpathyInsightsError, match="does not say what it counts"):
        publish(steps.tables()[name], "school")


def test_the_page_of_the_public_has_nothing_for_a_team_to_work_with(
    sample_shown, steps
):
    """It says what was heard, and the question; a school may take the question on."""
    worked = ("Options to rate", "Who is in the room", "problem_of_practice.docx", "(name the goal)",
              "(amp up the good)", "For a person to judge", "(break it into pieces)")  # fmt: skip

    public, school = (
        html.unescape(report_html(sample_shown[name], sample_shown[name].after(steps)))
        for name in ("public", "school")
    )

    assert [text for text in worked if text in public] == []
    assert {"Options to rate", "problem_of_practice.docx"} <= {
        t for t in worked if t in school
    }
    assert "Other ways to ask" in public
    assert 'href="#after"' not in public
