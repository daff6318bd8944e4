"""The model of a codebook's stories: one regression a theme, fitted once, calibrated."""

from dataclasses import replace

import numpy as np
import pytest

from empathy_insights.codebook import Codebook, Example, Patterns, Theme, stories_table
from empathy_insights.codebook_file import load_codebook
from empathy_insights.coding.models import story_model as room
from empathy_insights.coding.models.by_codebook import CodebookCoder
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.semantic import SemanticCoder
from empathy_insights.coding.models.story_model import (
    fingerprint,
    fit_story_model,
    phrases_found,
    story_model,
    told,
    write_story_model,
)
from empathy_insights.text.embedders import StaticEmbedder, embedder_of


def theme(name, *texts, **rest):
    return Theme(
        name, name, examples=tuple(Example(t, form="story") for t in texts), **rest
    )


BUS = [
    f"The {line} bus was late and I waited {n} minutes."
    for n in range(8)
    for line in "ABC"
]
FOOD = [
    f"Our {meal} is cold and {n} of us share it." for n in range(8) for meal in "xyz"
]
BOTH = [f"The bus {n} was late, so lunch was cold and we share it." for n in range(8)]
BOOK = Codebook(
    "b", "B",
    themes=(
        theme("bus", *BUS, *BOTH, patterns=Patterns(strong=("bus driver",))),
        theme("food", *FOOD, *BOTH),
    ),
    no_theme=tuple(Example(f"Hello, I am number {n}.", form="story") for n in range(20)),
)  # fmt: skip


@pytest.fixture(scope="module")
def fitted():
    return fit_story_model(BOOK, StaticEmbedder())


def test_a_text_has_as_many_themes_as_it_tells_of(fitted):
    said = [
        "The A bus was late.",
        "Our soup is cold.",
        "A late bus, a cold lunch.",
        "Hello, I am Di.",
    ]

    whole = fitted.model(said, smoothed=False).whole

    assert (whole > 0.5).tolist() == [
        [True, False], [False, True], [True, True], [False, False],
    ]  # fmt: skip


def test_a_phrase_raises_the_chance_of_its_theme_alone(fitted):
    said = ["The bus driver smiled."]
    whole = fitted.model(said, smoothed=False).whole
    phrases = phrases_found(LexicalCoder(BOOK).read(said), fitted.model.themes)

    raised = fitted.chances(whole, phrases) > fitted.chances(whole, phrases * 0)

    assert raised.tolist() == [[True, False]]


def test_two_fits_are_the_same_to_the_byte():
    first, second = (fit_story_model(BOOK, StaticEmbedder()) for _ in range(2))

    assert write_story_model(first, BOOK) == write_story_model(second, BOOK)


def test_what_is_kept_says_what_was_fitted_and_only_for_its_own_stories(fitted):
    kept = write_story_model(fitted, BOOK)
    said = ["The A bus was late.", "Hello there."]

    again = room._read(kept, BOOK, StaticEmbedder())

    np.testing.assert_allclose(
        again.model(said).whole, fitted.model(said).whole, atol=0.01
    )
    other = replace(BOOK, no_theme=BOOK.no_theme[:-1])
    assert room._read(kept, other, StaticEmbedder()) is None


def test_a_theme_with_one_story_beside_many_is_fitted_too():
    book = replace(BOOK, themes=(*BOOK.themes, theme("rare", "My locker is stuck.")))

    chances = SemanticCoder(book, StaticEmbedder()).chances(["My locker is stuck."])

    assert chances.columns.tolist() == ["bus", "food", "rare"]
    assert np.isfinite(chances.to_numpy()).all()


@pytest.mark.parametrize("choice", [None, "static"])
def test_the_shipped_model_is_of_the_shipped_stories(choice):
    book, embedder = load_codebook("empathy_core"), embedder_of(choice)
    shipped = room.files("empathy_insights.codebooks").joinpath(
        f"empathy_core.{embedder.name}.npz"
    )

    assert room._read(shipped.read_bytes(), book, embedder) is not None
    assert story_model(book, embedder).model.themes == tuple(
        one.id for one in book.main_themes
    )


def test_a_change_to_a_story_or_its_theme_is_another_fingerprint():
    texts, given = told(BOOK)

    assert fingerprint(texts, given) != fingerprint([*texts[:-1], "x"], given)
    assert fingerprint(texts, given) != fingerprint(texts, ~given)


def test_a_story_of_two_themes_keeps_both_in_the_saved_table():
    rows = stories_table(BOOK).splitlines()

    assert sum(BOTH[0] in row for row in rows) == 2
    assert len(rows) == 1 + len(BUS) + len(FOOD) + 2 * len(BOTH) + 20


def test_the_coder_codes_what_stories_tell_without_a_phrase(talk):
    from empathy_insights.text.segments import segment

    segments = segment(talk({"d": [("ana", "The B bus was late and I waited.")]}))

    codings = CodebookCoder(BOOK, StaticEmbedder())(segments)

    assert codings[["theme", "status", "method"]].to_numpy().tolist() == [
        ["bus", "auto", "sounds like its stories"]
    ]
