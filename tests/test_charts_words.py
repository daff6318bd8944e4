"""The charts of stances, of a framework's elements, and of numbers beside words."""

import re
from dataclasses import replace

import pandas as pd
import pytest
from matplotlib.text import Text

import empathy_insights as ei
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.stances import theme_stances
from empathy_insights.codebook import Codebook, Patterns, Theme
from empathy_insights.errors import EmpathyInsightsError
from empathy_insights.publishing.suppression import publish
from empathy_insights.report.charts.chart_list import alt_text, plot
from empathy_insights.report.charts.coverage_strip import element_table
from empathy_insights.report.charts.joint_display import joint_size, joint_table
from empathy_insights.report.charts.style import LIGHT
from tests.test_analysis import codings_of

BOOK = Codebook(
    "b",
    "B",
    themes=tuple(Theme(name, name.capitalize()) for name in ("art", "bus", "cafe")),
)
NUMBERS = ["people", "of", "low", "high", "share_low", "share_high"]
LONG = "A theme with a name as long as sixty letters, number {:02d} here"


pytestmark = pytest.mark.usefixtures("figures_closed")


@pytest.fixture(scope="module")
def shown(sample_shown):
    return sample_shown


def texts(ax):
    return [text.get_text() for text in ax.texts]


def stances(talk):
    """Return the stances of four people: two needs, one both, one strength; one neutral."""
    people = [f"p{n}" for n in range(5)]
    corpus = talk({who: [(who, "One."), (who, "Two.")] for who in people})
    rows = [(who, 1, "bus") for who in people] + [("p2", 2, "bus"), ("p0", 1, "art")]
    said = ["need", "need", "need", "asset", "neutral", "asset", "neutral"]
    codings = codings_of(*rows).assign(stance=pd.Series(said, dtype="str"))
    return theme_frequency(codings, corpus), codings, corpus


def boxes_of(ax):
    """Return every text of a chart, its title and names too, and where it is drawn."""
    ax.figure.canvas.draw()
    drawn = [part for part in ax.get_children() if isinstance(part, Text)]
    drawn += ax.get_yticklabels() if ax.axison else []
    return [
        (one.get_text(), one.get_window_extent()) for one in drawn if one.get_text()
    ]


def overlapping(ax):
    """Return pairs of texts that meet, as they are drawn."""
    boxes = boxes_of(ax)
    return [
        (one, other)
        for n, (one, box) in enumerate(boxes)
        for other, second in boxes[n + 1 :]
        if box.padded(-1).overlaps(second.padded(-1))
    ]


def cut(ax):
    """Return texts that are drawn beyond the edge of the figure."""
    inside = ax.figure.bbox
    boxes = boxes_of(ax)
    return [
        text
        for text, box in boxes
        if box.x0 < -1
        or box.y0 < -1
        or box.x1 > inside.x1 + 1
        or box.y1 > inside.y1 + 1
    ]


def renamed(table):
    attrs = table.attrs
    names = {theme: LONG.format(n) for n, theme in enumerate(table["theme"])}
    longer = table.assign(name=table["theme"].map(names))
    longer.attrs = attrs
    return longer


def test_each_person_is_in_one_bar_of_a_theme(talk):
    table = theme_stances(*stances(talk))

    bus = table.set_index("theme").loc["bus"]
    assert bus[["people", "need", "mixed", "asset", "neutral"]].tolist() == [
        5,
        2,
        1,
        1,
        1,
    ]


def test_needs_stand_to_the_left_strengths_to_the_right_and_both_across(talk):
    ax = plot(theme_stances(*stances(talk)))

    [need, both, asset] = [bars.patches[0] for bars in ax.containers]
    assert (need.get_x() + need.get_width(), need.get_x()) == (-2.5, -0.5)
    assert (both.get_x(), both.get_width()) == (-0.5, 1)
    assert (asset.get_x(), asset.get_width()) == (0.5, 1)
    assert texts(ax)[:3] == ["2", "1", "1   + 1 neither"]
    assert ax.get_title(loc="left") == "Bus: 3 people spoke of a need, 2 of a strength"
    assert alt_text(theme_stances(*stances(talk))) == (
        "Diverging bars of people. Bus: 3 people spoke of a need, 2 of a strength. "
        "Bus: need 2, both 1, strength 1, neither 1; "
        "Art: need 0, both 0, strength 0, neither 1."
    )


def test_where_nobody_spoke_of_need_or_strength_there_are_no_bars(talk):
    themes, codings, corpus = stances(talk)
    neutral = codings.assign(stance="neutral")

    ax = plot(theme_stances(themes, neutral, corpus))

    assert {bar.get_width() for bars in ax.containers for bar in bars} == {0}
    assert texts(ax)[:3] == ["0", "", "0   + 5 neither"]
    assert ax.get_title(loc="left") == "Nobody spoke of a need"


def test_stances_stay_with_the_team(shown, sample_analysis):
    run = sample_analysis

    with pytest.raises(ValueError, match="for the team"):
        theme_stances(shown["school"].themes, run.codings, run.corpus)
    table = theme_stances(run.themes, run.codings, run.corpus)
    with pytest.raises(EmpathyInsightsError, match="does not say what it counts"):
        publish(table, "school")


def test_the_stances_of_a_theme_add_up_to_its_people(sample_by_hand):
    run = sample_by_hand

    table = theme_stances(run.themes, run.codings, run.corpus)

    parts = table[["need", "mixed", "asset", "neutral"]].sum(axis=1)
    assert parts.tolist() == table["people"].tolist()
    assert table["theme"].tolist() == run.themes.query("people > 0")["theme"].tolist()


def test_elements_stand_in_the_order_of_their_framework(talk):
    corpus = talk({"d": [("ana", "One."), ("ben", "Two.")]})
    codings = codings_of(("d", 1, "cafe"), ("d", 2, "cafe"), ("d", 1, "art"))
    table = element_table(theme_frequency(codings, corpus, codebook=BOOK), BOOK)

    ax = plot(table)

    assert texts(ax)[:6] == ["1 of 2", "Art", "0 of 2", "Bus", "2 of 2", "Cafe"]
    faces = [patch.get_facecolor()[:3] for patch in ax.patches]
    assert [face == (1, 1, 1) for face in faces] == [False, True, False]
    assert ax.get_title(loc="left") == "2 of 3 elements came up; not found: Bus"
    assert alt_text(table) == (
        "A box an element. 2 of 3 elements came up; not found: Bus. "
        "Art 1 of 2; Bus 0 of 2; Cafe 2 of 2."
    )


def test_a_framework_of_the_next_steps_is_drawn_with_its_caution(sample_steps):
    table = sample_steps.iste

    ax = plot(table)

    names = [text.replace("\n", " ") for text in texts(ax)[1::2][:7]]
    assert names == table["name"].tolist()
    assert texts(ax)[-1].endswith("found by phrases alone")
    assert alt_text(table).endswith(table.attrs["caution"])


def test_a_hidden_element_is_hatched_and_not_taken_for_nobody(talk):
    people = [f"p{n}" for n in range(12)]
    corpus = talk({who: [(who, "Words.")] for who in people})
    codings = codings_of(
        *((who, 1, "art") for who in people[:6]),
        *((who, 1, "bus") for who in people[:3]),
    )
    themes = theme_frequency(codings, corpus, codebook=BOOK)

    table = element_table(publish(themes, "school"), BOOK)
    ax = plot(table)

    assert [patch.get_hatch() for patch in ax.patches] == [None, "///", None]
    assert texts(ax)[2].replace("\n", " ") == "fewer than 5 of 12"
    assert ax.get_title(loc="left") == (
        "1 of 3 elements can be shown with their number; not found: Cafe"
    )


def test_a_row_holds_the_count_a_quote_the_dissent_and_a_reading(
    sample_by_hand, checked_shown
):
    school = checked_shown["school"]

    table = joint_table(school)

    row = table.iloc[0]
    first = school.themes.iloc[0]
    assert (row["name"], row["shown"]) == (
        first["name"],
        f"{first['people']:.0f} of 41",
    )
    assert row["quote"].startswith("“")
    assert re.match(r"most\b", row["reading"])
    ax = plot(table)
    assert ax.get_title(loc="left").startswith(
        f"{first['name']} was raised by {first['people']:.0f} of 41"
    )
    assert re.search(r"95 % interval.*; the first 8 of \d+ themes$", texts(ax)[-1])
    assert f"{row['name']}: {row['shown']}; " in alt_text(table)


def test_a_row_of_a_first_look_holds_its_ends_and_no_word_for_the_share(shown):
    table = joint_table(shown["team"])

    row = table.iloc[0]
    first = shown["team"].themes.iloc[0]
    ends = f"{first['low']:.0f} to {first['high']:.0f} of 41"
    assert row["name"] == first["name"]
    assert row["reading"].startswith("perhaps heard from ")
    ax = plot(table)
    title = " ".join(ax.get_title(loc="left").split())
    assert title == (
        f"First look: {first['name']} may have been raised by {ends} people; nobody has "
        "read the passages yet"
    )
    assert texts(ax)[-1].startswith("people; dark: surely, light: perhaps")
    assert f"{row['name']}: {ends}; " in alt_text(table)


def test_numbers_beside_words_tell_nothing_that_is_hidden(shown):
    public = joint_table(shown["public"])

    hidden = public[public["hidden"] != ""]
    assert hidden[NUMBERS].isna().all(axis=None)
    told = public.loc[public["hidden"] == "", "theme"]
    own = shown["public"].themes
    assert list(told) == own.loc[own["hidden"] == "", "theme"].tolist()


def test_a_hidden_row_of_what_people_counted_tells_no_number(checked_shown):
    school = joint_table(checked_shown["school"])

    hidden = school[school["hidden"] != ""]
    assert 0 < len(hidden) < len(school)
    assert school.loc[school["hidden"] == "", "share_low"].notna().all()
    assert hidden[NUMBERS].isna().all(axis=None)
    assert set(hidden["dissent"]) == {""}
    assert set(hidden["reading"]) == {""}


@pytest.mark.parametrize("audience", ["team", "school"])
def test_long_names_and_quotes_meet_nothing_beside_words(shown, audience):
    table = renamed(joint_table(shown[audience]))

    ax = plot(table)

    assert overlapping(ax) == []
    assert cut(ax) == []
    assert min(text.get_fontsize() for text in ax.texts) >= LIGHT.note_size
    assert ax.figure.get_size_inches().tolist() == pytest.approx(joint_size(table))


def test_long_names_of_many_themes_meet_nothing_beside_stances(sample_analysis):
    run = sample_analysis
    table = renamed(theme_stances(run.themes, run.codings, run.corpus))

    ax = plot(table)

    assert overlapping(ax) == []
    assert cut(ax) == []
    coded = run.found.dropna(subset=["participant_id"])["theme"]
    n = coded[~coded.str.contains(".", regex=False)].nunique()
    assert n == len(table)
    assert texts(ax)[-1].endswith(f"the first 10 of {n} themes")


@pytest.mark.parametrize("n", [1, 7, 15, 20])
def test_long_names_stay_in_the_boxes_of_their_elements(n):
    rows = [
        {"theme": f"t{i}", "name": LONG.format(i), "people": i, "of": 40}
        for i in range(n)
    ]
    table = pd.DataFrame(rows)
    table.attrs = {"table": "elements"}

    ax = plot(table)

    assert cut(ax) == []
    assert overlapping(ax) == []
    labels = [text for text in ax.texts if text.get_text().startswith("A theme")]
    for box, label in zip(ax.patches, labels, strict=True):
        room, words = box.get_window_extent(), label.get_window_extent()
        assert room.x0 <= words.x0 <= words.x1 <= room.x1 + 1
        assert room.y0 <= words.y0 <= words.y1 <= room.y1 + 1


def test_signs_of_formulas_in_quotes_are_drawn_as_they_are(shown):
    quotes = shown["team"].quotes.assign(text="It costs $\\frac$ more.")
    table = joint_table(replace(shown["team"], quotes=quotes))

    ax = plot(table)
    ax.figure.canvas.draw()

    assert any("$\\frac$ more" in re.sub(r"\s+", " ", text) for text in texts(ax))


def test_a_sign_that_charts_cannot_draw_is_a_box_and_said_to_be_one(shown):
    quotes = shown["team"].quotes.assign(text="Fine \N{SLIGHTLY SMILING FACE} 好.")
    table = joint_table(replace(shown["team"], quotes=quotes))

    ax = plot(table)
    ax.figure.canvas.draw()

    assert any("Fine □ □." in text for text in texts(ax))
    assert texts(ax)[-1].endswith("□: a sign that charts cannot draw")
    assert "🙂 好" in table["quote"].iloc[0]


def test_a_question_is_quoted_grades_are_in_order_and_signs_without_letters_left_out(
    recwarn,
):
    """Columns of a survey are called by its questions."""
    grades = [*["6th", "9th", "10th"] * 6, "12th"]
    said = ["The bus is late." if one == "6th" else "Fine." for one in grades]
    asked = "What grade are you in?"
    answers = pd.DataFrame({"a": said, asked: grades, "who": range(len(grades))})
    corpus = ei.corpus_from_frame(answers, text="a", person="who")
    bus = ei.Theme("bus", "Bus \N{THUMBS UP SIGN}", patterns=Patterns(("bus",)))
    book = ei.Codebook("b", "B", themes=(bus,))
    codings = ei.code(ei.segment(corpus), book).assign(status="human")

    table = ei.crosstab(codings, corpus, by=asked, codebook=book)
    ax = ei.plot(table)
    ax.figure.canvas.draw()

    assert list(table[asked].unique()) == ["6th", "9th", "10th", "12th"]
    assert "6 of 6 who said “6th”" in ax.get_title(loc="left").replace("\n", " ")
    drawn = " ".join(text.get_text().replace("\n", " ") for text in ax.findobj(Text))
    assert "1 group of fewer than 5 left out" in drawn
    assert "\N{THUMBS UP SIGN}" not in drawn
    assert [str(one.message) for one in recwarn if "Glyph" in str(one.message)] == []
