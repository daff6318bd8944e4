import numpy as np
import pytest

from empathy_insights.codebook import Codebook, Example, Patterns, Theme
from empathy_insights.coding.models.boundaries import stand_out
from empathy_insights.coding.models.clauses import (
    acts_of,
    indicators,
    listed,
    speech_acts,
)
from empathy_insights.coding.models.from_examples import fit_codebook_model
from empathy_insights.coding.models.semantic import SemanticCoder
from empathy_insights.text.embedders import StaticEmbedder
from empathy_insights.text.segments import segment


@pytest.mark.parametrize(
    ("name", "definition", "acts"),
    [
        ("Gratitude", "", ["thanks"]),
        ("Positive experience & gratitude", "", ["praise", "thanks"]),
        ("Positive discipline", "", []),
        ("kudos", "The student gives a heartfelt compliment to staff.", ["praise"]),
        ("lost", "Who is lost asks a specific question.", ["question"]),
        ("lost", "A question of trust.", []),
        ("fun", "the comment expresses a joke", ["joke"]),
        ("roots", "Passages that are not in English.", ["other_language"]),
        ("mark", "Only a time stamp to come back to.", ["point_in_time"]),
        ("Bus", "The bus is late.", []),
    ],
)
def test_a_theme_about_a_way_of_speaking_is_known_by_its_words(name, definition, acts):
    found = acts_of(Theme("x", name, definition=definition))

    assert [act.name for act in found] == acts


def test_ways_of_speaking_are_sentences_of_their_own():
    said = [text for act in speech_acts() for text in act.says]

    assert len(said) == len(set(said))
    assert all(len(act.says) >= 5 for act in speech_acts())


@pytest.mark.parametrize(
    ("definition", "things"),
    [
        (
            "Tools such as chalk, boards and the camera.",
            ["chalk", "boards", "the camera"],
        ),
        ("Includes but is not limited to audio, or video.", ["audio", "video"]),
        ("Meals, e.g. taste, choice, etc.", ["taste", "choice"]),
        ("Care, including how it is planned and whether it happens.", []),
        ("Rooms like wards.", []),
        ("Nothing is listed here, or there.", []),
    ],
)
def test_what_a_definition_lists_is_found(definition, things):
    assert listed(definition) == things


def test_indicators_are_phrases_listed_things_and_ways_of_speaking():
    book = Codebook(
        "b",
        "B",
        themes=(
            Theme(
                "bus", "Bus", patterns=Patterns(("bus|van .. ~very late",), ("stop",))
            ),
            Theme("bus.fare", "Fare", parent="bus", patterns=Patterns(("pay _ ride",))),
            Theme("room", "Room", definition="Things such as chairs, lamps and buses."),
            Theme("ask", "Questions"),
        ),
    )

    found = [(item.theme, item.kind, item.text) for item in indicators(book)]

    assert found[:5] == [
        ("bus", "phrase", "bus van very late"),
        ("bus", "phrase", "stop"),
        ("bus", "phrase", "pay ride"),
        ("room", "listed", "chairs"),
        # "buses" tells nothing: another theme is called so.
        ("room", "listed", "lamps"),
    ]
    assert {(theme, kind) for theme, kind, _ in found[5:]} == {("ask", "speech act")}


def test_ways_of_speaking_are_english_only():
    book = Codebook("b", "B", themes=(Theme("x", "Gratitude"),), language="de")

    assert indicators(book) == []


def test_praise_is_heard_without_a_word_of_the_codebook():
    book = Codebook(
        "b", "B", themes=(Theme("kudos", "Compliments"), Theme("bus", "Bus"))
    )
    said = ["Simply fantastic!", "The bus broke down."]
    model = fit_codebook_model(book, said, StaticEmbedder())

    assert model(said, smoothed=False).whole.argmax(axis=1).tolist() == [0, 1]


def test_what_is_said_everywhere_stands_out_less():
    random = np.random.default_rng(0)
    chances = np.full((400, 4), 0.1)
    chances[:, 0] = random.uniform(0.55, 0.65, size=400)
    for theme in (1, 2, 3):
        chances[theme::4, theme] = 0.5

    found = stand_out(chances, 0.4, lean=1.0)

    assert found[:, 1:].sum(axis=0).tolist() == [100, 100, 100]
    assert found[:, 0].sum() < 100
    assert stand_out(chances, 0.4, lean=0.0)[:, 0].all()


def test_a_study_of_one_goes_by_what_is_usual():
    assert stand_out(np.array([[0.5, 0.2, 0.1]]), 0.4, lean=0.5).tolist() == [
        [True, False, False]
    ]


def test_the_order_of_texts_changes_nothing_that_stands_out():
    chances = np.random.default_rng(0).uniform(size=(50, 4))

    found = stand_out(chances, 0.4, lean=0.5)

    np.testing.assert_array_equal(stand_out(chances[::-1], 0.4, lean=0.5)[::-1], found)


def test_a_theme_for_the_rest_takes_what_no_other_explains(talk):
    book = Codebook(
        "b",
        "B",
        themes=(
            Theme("bus", "Bus", examples=(Example("My bus comes late every day."),)),
            Theme("food", "Food", examples=(Example("Lunch is cold and too short."),)),
            Theme("rest", "Other comments"),
        ),
    )
    lines = ["The buses never come on time.", "Cold lunch again.", "I like my cat."]
    segments = segment(talk({"d": [("ana", line) for line in lines * 30]}))

    codings = SemanticCoder(book)(segments)

    rest = codings.loc[codings["theme"] == "rest", "segment_id"]
    texts = segments.set_index("segment_id")["text"]
    assert set(texts[rest]) == {"I like my cat."}
