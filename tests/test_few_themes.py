"""A codebook of a few themes speaks for what it names, not for all that people say."""

import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.codebook import Codebook, Example, Theme
from empathy_insights.coding.models.by_codebook import CodebookCoder
from empathy_insights.text.embedders import StaticEmbedder

OTHERS = (
    "I like art class.", "Math is hard this year.", "My laptop is broken.",
    "The wifi drops every night.", "She has a good friend.", "The band is great.",
    "Nobody answers my mail.", "My teacher knows me.", "He likes reading.",
    "More field trips, please.", "The rooms are cold.", "Smaller classes would help.",
    "The tutor helped him a lot.", "Gym is fun.", "We need more Spanish.",
    "There is too much homework.", "I wish I could pick my topic.", "The library closes early.",
)  # fmt: skip
RIDES = (
    "The bus is late every day.",
    "The bus never comes on time.",
    "Buses break down.",
)
MEALS = ("Lunch is too short.", "The lunch line is long.", "Lunch is cold.")
THEMES = (
    Theme("ride", "The bus", definition="Getting to school by bus."),
    Theme("food", "School lunch", definition="The food at school."),
    Theme("sport", "Sports", definition="Games, teams and practice after school."),
)


@pytest.fixture(scope="module", params=[2, 3])
def book(request):
    return Codebook("own", "Own", themes=THEMES[: request.param])


def corpus_of(answers):
    people = [f"p{n:02d}" for n in range(len(answers))]
    frame = pd.DataFrame({"who": people, "answer": answers})
    return ei.corpus_from_frame(frame, text="answer", person="who")


def test_what_is_about_no_theme_is_hardly_about_any(book):
    segments = ei.segment(corpus_of([*OTHERS, *RIDES, *MEALS]))

    chances = CodebookCoder(book, embedder=StaticEmbedder()).probabilities(segments)

    told = segments["text"].isin(OTHERS).to_numpy()
    assert chances[told].mean().max() < 0.15
    ride = segments["text"].isin(RIDES).to_numpy()
    assert chances.loc[ride, "ride"].min() > chances.loc[told, "ride"].max()


def test_the_ends_of_a_first_look_hold_what_people_said(book):
    corpus = corpus_of([*OTHERS, *RIDES, *MEALS])

    analysis = ei.analyze(corpus, codebook=book, embedder="static")

    row = analysis.themes.set_index("theme")
    for theme, said in (("ride", RIDES), ("food", MEALS)):
        assert row.loc[theme, "low"] <= len(said) <= row.loc[theme, "high"]
        assert row.loc[theme, "high"] <= len(corpus.participants) / 2


def test_of_one_theme_nothing_is_shared_out():
    one = Codebook(
        "one", "One", themes=(Theme("ride", "Bus", examples=(Example("My bus."),)),)
    )
    segments = ei.segment(corpus_of(list(OTHERS)))

    assert len(CodebookCoder(one).probabilities(segments)) == len(segments)
