"""The model of a codebook's stories: one regression a theme, fitted once, calibrated."""

from dataclasses import replace

import numpy as np
import pytest

from empathy_insights.codebook import (
    Codebook,
    Example,
    NearMiss,
    Patterns,
    Theme,
    stories_table,
)
from empathy_insights.codebook_file import load_codebook
from empathy_insights.coding.models import shipped_models
from empathy_insights.coding.models import story_model as room
from empathy_insights.coding.models.by_codebook import CodebookCoder
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.semantic import SemanticCoder
from empathy_insights.coding.models.shipped_models import story_model
from empathy_insights.coding.models.story_model import (
    fingerprint,
    fit_story_model,
    phrases_found,
    told,
    write_story_model,
)
from empathy_insights.text.embedders import StaticEmbedder, embedder_of
from empathy_insights.text_memory import TextMemory, texts_remembered


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

    again = room.story_model_of(kept, BOOK, StaticEmbedder())

    np.testing.assert_allclose(
        again.model(said).whole, fitted.model(said).whole, atol=0.01
    )
    other = replace(BOOK, no_theme=BOOK.no_theme[:-1])
    assert room.story_model_of(kept, other, StaticEmbedder()) is None


def test_a_theme_with_one_story_beside_many_is_fitted_too():
    book = replace(BOOK, themes=(*BOOK.themes, theme("rare", "My locker is stuck.")))

    chances = SemanticCoder(book, StaticEmbedder()).chances(["My locker is stuck."])

    assert chances.columns.tolist() == ["bus", "food", "rare"]
    assert np.isfinite(chances.to_numpy()).all()


def test_weights_are_the_same_when_their_bytes_were_apart():
    weights = np.random.default_rng(1).normal(size=(5, 3))

    assert np.array_equal(
        room._joined(room._parted(weights)), weights.astype(np.float16)
    )


@pytest.mark.parametrize("choice", [None, "static"])
def test_the_shipped_model_is_of_the_shipped_stories(choice):
    book, embedder = load_codebook("empathy_core"), embedder_of(choice)
    shipped = shipped_models._shipped(embedder)["empathy_core"]

    assert room.story_model_of(shipped, book, embedder) is not None
    assert story_model(book, embedder).model.themes == tuple(
        one.id for one in book.main_themes
    )


def test_a_file_in_parts_is_whole_again():
    book = load_codebook("empathy_core")
    whole = shipped_models._shipped(embedder_of("static"))[book.id]

    again = shipped_models._joined(*shipped_models.parted(whole))

    assert again == whole


def renamed(book, one, other):
    """Return the codebook with another id of a theme."""

    def named(theme):
        return (
            other + theme[len(one) :] if (theme or "").split(".")[0] == one else theme
        )

    themes = tuple(
        replace(
            theme,
            id=named(theme.id),
            parent=named(theme.parent),
            near_misses=tuple(
                replace(miss, theme=named(miss.theme)) for miss in theme.near_misses
            ),
        )
        for theme in book
    )
    return replace(book, id="ours", themes=themes, theme_sets={})


@pytest.mark.parametrize("choice", [None, "static"])
def test_a_copy_with_other_ids_knows_what_the_shipped_codebook_learned(choice):
    core, embedder = load_codebook("empathy_core"), embedder_of(choice)
    ours = renamed(core, "well_being", "wellness")

    shipped, own = (story_model(book, embedder) for book in (core, ours))

    assert "wellness" in own.model.themes
    assert (own.model.weights == shipped.model.weights).all()
    assert (own.by_theme == shipped.by_theme).all()


def test_a_copy_learns_only_what_is_said_otherwise_in_it():
    core, embedder = load_codebook("empathy_core"), StaticEmbedder()
    said = ["We raise axolotls in the greenhouse club after school."]
    new = tuple(
        Example(f"{said[0]} It was {n} of us, and the axolotls.", form="story")
        for n in range(20)
    )
    clubs = Theme("clubs", "Clubs", examples=new)
    themes = (theme for theme in core if theme.id.split(".")[0] != "well_being")
    ours = replace(core, id="ours", themes=(*themes, clubs), theme_sets={})

    shipped, own = (story_model(book, embedder).model for book in (core, ours))

    columns = [shipped.themes.index(theme) for theme in own.themes[:-1]]
    assert (own.weights[:, :-1] == shipped.weights[:, columns]).all()
    chances = own(said, smoothed=False).whole[0]
    assert own.themes[int(chances.argmax())] == "clubs"
    assert chances[-1] > 0.9


def changed(book, theme_id, **fields):
    """Return a team's copy of the codebook, one theme changed."""
    themes = tuple(
        replace(theme, **fields) if theme.id == theme_id else theme for theme in book
    )
    return replace(book, id="ours", themes=themes, theme_sets={})


def test_a_theme_called_otherwise_keeps_what_its_examples_taught():
    core, embedder = load_codebook("empathy_core"), StaticEmbedder()
    ours = changed(
        core, "tech_support", name="Hands that help", definition="Who mends machines."
    )

    shipped, own = (story_model(book, embedder).model for book in (core, ours))

    assert (own.weights == shipped.weights).all()
    assert (own.intercepts == shipped.intercepts).all()


def test_a_theme_unlearns_an_example_that_another_has_now():
    core, embedder = load_codebook("empathy_core"), StaticEmbedder()
    tech, access = core["tech_support"], core["digital_access"]
    told_by = {example.text for example in access.examples}
    moved = next(one for one in tech.examples if one.text not in told_by)
    kept = tuple(one for one in tech.examples if one != moved)
    ours = changed(core, "tech_support", examples=kept)
    ours = changed(ours, "digital_access", examples=(*access.examples, moved))

    shipped, own = (story_model(book, embedder).model for book in (core, ours))

    is_same = (own.weights == shipped.weights).all(axis=0)
    anew = [own.themes[n] for n in np.flatnonzero(~is_same)]
    assert anew == ["tech_support", "digital_access"]


@pytest.mark.slow
def test_a_theme_with_a_new_example_learns_it_and_no_other_does():
    core, embedder = load_codebook("empathy_core"), StaticEmbedder()
    said = "We raise axolotls in the greenhouse."
    new = tuple(Example(f"{said} {n} of them.", form="story") for n in range(5))
    ours = changed(core, "tech_support", examples=core["tech_support"].examples + new)

    shipped, own = (story_model(book, embedder).model for book in (core, ours))

    is_same = (own.weights == shipped.weights).all(axis=0)
    assert [own.themes[n] for n in np.flatnonzero(~is_same)] == ["tech_support"]
    before, after = (model([said], smoothed=False).whole[0] for model in (shipped, own))
    place = own.themes.index("tech_support")
    assert before[place] < 0.1 < 0.5 < after[place]


class Noting:
    """An embedder that notes what it was given."""

    def __init__(self, embedder, name=None):
        self.embedder, self.name, self.given = embedder, name or embedder.name, []

    def __call__(self, texts):
        self.given += texts
        return self.embedder(texts)


def test_what_the_shipped_stories_mean_is_shipped_too_and_not_embedded_again():
    core, embedder = load_codebook("empathy_core"), Noting(embedder_of(None))
    rides = Theme("rides", "Bus rides", examples=(Example("My bus drove past me."),))
    ours = replace(core, id="ours", themes=(*core.themes, rides), theme_sets={})

    own = story_model(ours, embedder).model

    assert "My bus drove past me." in embedder.given
    assert len(embedder.given) < 20
    chances = own(["The bus drove past our stop."], smoothed=False).whole[0]
    assert own.themes[int(chances.argmax())] == "rides"


def test_shipped_meaning_is_near_the_exact():
    core, embedder = load_codebook("empathy_core"), embedder_of(None)
    texts = told(core)[0]

    meaning = story_model(core, embedder).meaning.vectors()

    assert len(meaning) == len(texts)
    exact = embedder(texts[::400])
    assert ((exact * meaning[::400]).sum(axis=1) > 0.9).all()


def test_a_fitted_model_is_kept_with_what_was_made_of_texts(tmp_path):
    embedder = Noting(StaticEmbedder(), name="noting")
    with texts_remembered(TextMemory(tmp_path / "kept" / "texts.sqlite")):
        first = story_model(BOOK, embedder)
    n_given = len(embedder.given)
    shipped_models._model_of.cache_clear()

    with texts_remembered(TextMemory(tmp_path / "kept" / "texts.sqlite")):
        second = story_model(BOOK, embedder)

    assert len(embedder.given) == n_given > 0
    assert (first.model.weights == second.model.weights).all()
    assert (first.by_theme == second.by_theme).all()


def test_to_cut_themes_makes_the_rest_no_more_frequent():
    core, embedder = load_codebook("empathy_core"), StaticEmbedder()
    kept = ("tech_support", "student_ownership")
    themes = tuple(theme for theme in core if theme.id.split(".")[0] in kept)
    ours = replace(core, themes=themes, theme_sets={})
    said = [example.text for example in core["well_being"].examples[:200]]

    shipped, own = (story_model(book, embedder).model for book in (core, ours))

    assert own.themes == kept
    before = shipped(said, smoothed=False).whole
    before = before[:, [shipped.themes.index(theme) for theme in kept]]
    after = own(said, smoothed=False).whole
    np.testing.assert_allclose(after.mean(axis=0), before.mean(axis=0), atol=0.01)


def test_a_near_miss_may_belong_to_a_theme_that_the_codebook_lacks():
    miss = NearMiss("We took a bus to the museum.", theme="trips")
    bus = theme("bus", "My bus comes late every day.", near_misses=(miss,))
    book = Codebook("b", "B", themes=(bus, theme("food", "Our lunch is cold.")))

    chances = SemanticCoder(book, StaticEmbedder()).chances(["The bus is late."])

    assert chances.columns.tolist() == ["bus", "food"]


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
