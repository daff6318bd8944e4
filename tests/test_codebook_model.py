import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import Ridge

import empathy_insights as ei
from empathy_insights.codebook import Codebook, Example, NearMiss, Theme
from empathy_insights.coding.models.boundaries import boundaries_by_examples
from empathy_insights.coding.models.by_codebook import CodebookCoder
from empathy_insights.coding.models.clauses import cut_clauses
from empathy_insights.coding.models.features import (
    Features,
    count_spread,
    count_terms,
    fit_vocabulary,
)
from empathy_insights.coding.models.from_examples import fit_codebook_model
from empathy_insights.coding.models.references import Reference, references
from empathy_insights.coding.models.regression import ridge
from empathy_insights.text.embedders import StaticEmbedder, embed_stretches
from empathy_insights.text.segments import segment

BUS = (
    "My bus comes late every day.", "The driver forgot my stop again.",
    "We wait in the rain for the bus.", "The bus broke down on the hill.",
    "I missed the bus this morning.", "There are no seats on my bus.",
)  # fmt: skip
SIZES = ("big", "small", "old", "new", "red", "sad", "loud", "warm", "wet", "odd")
HOW = ("late", "cold", "fine", "gone", "slow", "full", "early", "bad", "great")
FOOD = (
    "Lunch is cold and too short.", "The noodles taste of nothing.",
    "I am hungry by ten.", "They ran out of milk at lunch.",
    "The cafeteria line is so long.", "We never get fruit for lunch.",
)  # fmt: skip


def book(*themes):
    return Codebook("b", "B", themes=themes)


def theme(name, examples, **more):
    return Theme(name, name.title(), examples=tuple(map(Example, examples)), **more)


def test_a_text_said_twice_counts_once_and_near_misses_go_where_they_belong():
    miss = NearMiss("The food truck is a bus.", theme="food")
    mine = book(
        Theme("bus", "Bus", definition="Bus", near_misses=(miss, NearMiss("Busy."))),
        Theme("food", "Food"),
    )

    assert [(item.theme, item.kind, item.owner) for item in references(mine)] == [
        ("bus", "name", "bus"),
        ("food", "near miss", "bus"),
        (None, "near miss", "bus"),
        ("food", "name", "food"),
    ]


def test_what_sounds_like_an_example_is_likelier_its_theme():
    mine = book(theme("bus", BUS), theme("food", FOOD))
    said = ["The buses never come on time.", "Our lunch was cold noodles."]

    chances = fit_codebook_model(mine, said, StaticEmbedder())(said).whole

    assert chances[0, 0] > 0.7
    assert chances[1, 1] > 0.7
    np.testing.assert_allclose(
        fit_codebook_model(mine, said, StaticEmbedder())(said).whole, chances
    )


def test_a_clause_in_a_long_turn_is_heard():
    mine = book(theme("bus", BUS), theme("food", FOOD), theme("art", ["We paint."]))
    long = "I have a cat, and it sleeps, it is grey, my bus comes late every day, so it is."
    model = fit_codebook_model(mine, [long], StaticEmbedder())

    chances = model(long.split("|"))

    start, end = chances.spans[0, 0]
    assert long[start:end] == "my bus comes late every day,"
    assert chances.whole[0].argmax() == 0


def test_themes_without_phrases_are_coded_where_held_out_examples_were_right(talk):
    many = book(
        theme("bus", [*BUS, *(f"{words} Really." for words in BUS)]),
        theme("food", [*FOOD, *(f"{words} Really." for words in FOOD)]),
    )
    segments = segment(talk({"d": [("ana", "The driver forgot my stop.")]}))

    assert CodebookCoder(many)(segments)["status"].tolist() == ["auto"]
    # Asked for the impossible, it only suggests.
    strict = CodebookCoder(many, target_precision=1.1)(segments)
    assert strict["status"].tolist() == ["suggested"]
    assert strict["method"].tolist() == [
        "close to example 2, which tells too little to code"
    ]


def test_two_words_of_a_theme_suggest_it_where_it_stands_out(talk):
    mine = book(
        Theme("ride", "Rides home", definition="Waiting for the driver in the rain."),
        Theme("meal", "Meals served", definition="The cook, the soup, hungry people."),
        Theme("sport", "Team sport", definition="The coach, the ball and the hall."),
        Theme("quiet", "Quiet room", definition="Somewhere to read."),
    )
    said = ["the driver was waiting", "the cook made soup", "the coach took the ball"]
    turns = [f"{' and '.join(said[n % 3 :] + said[: n % 3])}." for n in range(30)]
    segments = segment(talk({"d": [("ana", words) for words in turns]}))

    found = CodebookCoder(mine, StaticEmbedder())(segments)

    # Each passage has two words of three themes, and as many are suggested as there are.
    assert 0 < len(found) <= len(segments)
    assert set(found["status"]) == {"suggested"}


def test_a_name_of_one_word_suggests_its_theme_anywhere(talk):
    mine = book(theme("bus", BUS), theme("food", FOOD), Theme("candle", "Candles"))
    turns = [f"{one} {other}" for one in BUS for other in FOOD]
    turns[7] = f"{BUS[0]} {BUS[3]} A candle stood in a window."
    segments = segment(talk({"d": [("ana", words) for words in turns]}))
    coder = CodebookCoder(mine, StaticEmbedder())

    found = coder(segments).query("theme == 'candle'")

    assert found["segment_id"].tolist() == [segments["segment_id"][7]]
    assert found["method"].tolist() == [
        "word of its name or description 'candles|candle'"
    ]


def test_a_theme_whose_own_examples_were_wrong_does_not_code():
    labels = np.repeat([0, 1], 30)
    # A third of the second theme's texts read like the first theme's.
    rows = np.repeat([[1.0, 0.0], [0.0, 1.0]], [40, 20], axis=0)
    known = [Reference("ab"[label], "example", 1, "", "ab"[label]) for label in labels]

    found = boundaries_by_examples(rows, labels, known, 2, target_precision=0.9)

    assert np.isnan(found.auto).tolist() == [True, False]


def test_a_codebook_of_one_theme_tells_nothing_apart(talk):
    segments = segment(talk({"d": [("ana", "My bus comes late.")]}))

    assert fit_codebook_model(book(theme("bus", BUS)), ["x"], StaticEmbedder()) is None
    assert CodebookCoder(book(theme("bus", BUS)))(segments)["method"].tolist() == [
        "word of its name or description 'bus'"
    ]


@given(st.lists(st.text(alphabet="ab ,.!?\n—é🙂", max_size=60), max_size=5))
def test_clauses_lose_no_letter_and_keep_their_place(texts):
    clauses = cut_clauses(texts)

    for words, owner, (start, end) in zip(
        clauses.texts, clauses.owner, clauses.spans, strict=True
    ):
        assert texts[owner][start:end] == words
    kept = ["".join(clauses.texts[k] for k in np.flatnonzero(clauses.owner == n))
            for n in range(len(texts))]  # fmt: skip
    squeezed = ["".join(text.split()) for text in texts]
    assert ["".join(text.split()) for text in kept] == squeezed


@given(st.lists(st.text(max_size=30), min_size=1, max_size=6))
def test_features_of_any_text_are_finite_and_one_row_each(texts):
    features = Features(fit_vocabulary(count_spread(texts)), StaticEmbedder())

    rows = features([*texts, ""])

    assert rows.shape[0] == len(texts) + 1
    assert np.isfinite(rows.data).all()


def test_a_study_lends_what_its_people_say_alike():
    mine = book(theme("bus", BUS), theme("food", FOOD))
    said = [
        *(f"The {size} bus is {how}." for size in SIZES for how in HOW),
        *(f"My {size} lunch is {how}." for size in SIZES for how in HOW),
        *["The van never shows up."] * 20,
    ]
    model = fit_codebook_model(mine, said, StaticEmbedder())

    plain, lent = model(said, smoothed=False).whole, model(said).whole

    assert plain.shape == lent.shape
    assert not np.allclose(plain, lent)
    np.testing.assert_allclose(model(said[::-1]).whole[::-1], lent, rtol=1e-5)


@pytest.mark.parametrize("n", [0, 1])
def test_few_or_no_texts_are_no_trouble(n):
    mine = book(theme("bus", BUS), theme("food", FOOD))
    said = ["🙂"] * n

    assert fit_codebook_model(mine, said, StaticEmbedder())(said).whole.shape == (n, 2)


def test_a_codebook_of_one_theme_says_so():
    one = Codebook("mine", "Mine", themes=(Theme("lunch", "Lunch"),))

    assert repr(one).startswith("Codebook('mine' 0: 1 theme, 0 sub-themes")


@pytest.mark.parametrize("n_words", [1, 2])
def test_a_vocabulary_of_parts_is_that_of_the_whole(n_words):
    one, other = [*BUS], ["The bus of élan", "élan vital, 3 times", ""]

    apart = fit_vocabulary(
        *(count_spread(part, n_words=n_words) for part in (one, other)), n_words=n_words
    )

    whole = fit_vocabulary(
        count_spread([*one, *other], n_words=n_words), n_words=n_words
    )
    for kind in ("words", "letters"):
        assert getattr(apart, kind).terms == getattr(whole, kind).terms
        assert (getattr(apart, kind).rarity == getattr(whole, kind).rarity).all()


WORDS = st.text("ab é_9'-.İ", max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(1, 3))
def test_terms_are_counted_as_scikit_learn_counts_them(texts, n_words):
    told = [*texts, "_"]  # it refuses texts that hold no word at all
    words = CountVectorizer(ngram_range=(1, n_words), token_pattern=r"(?u)\b\w+\b")
    alone = CountVectorizer(token_pattern=r"(?u)\b\w+\b").fit(told)
    letters = CountVectorizer(analyzer="char_wb", ngram_range=(2, 5))
    inside = letters.fit_transform(alone.get_feature_names_out())

    counted = count_terms(told, n_words=n_words)

    assert by_name(counted.words.table, counted.words.names) == by_name(
        words.fit_transform(told), words.get_feature_names_out()
    )
    assert by_name(counted.letters.table, counted.letters.names) == by_name(
        alone.transform(told) @ inside, letters.get_feature_names_out()
    )


def by_name(table, names):
    table = table.tocoo()
    return {
        (int(row), str(names[column])): int(n)
        for row, column, n in zip(table.row, table.col, table.data, strict=True)
    }


def test_texts_without_a_word_have_no_terms():
    counted = count_terms(["", "..."])

    assert counted.words.names == counted.letters.names == []
    vocabulary = fit_vocabulary(count_spread(BUS))
    weights = np.ones((len(vocabulary.words.terms) + len(vocabulary.letters.terms), 2))
    assert (vocabulary.times(counted, weights) == 0).all()


def test_what_terms_say_is_their_rows_times_the_weights():
    vocabulary = fit_vocabulary(count_spread(BUS, n_words=2), n_words=2)
    said = [*FOOD, "The late, late bus.", "", "Zzz"]
    n_terms = len(vocabulary.words.terms) + len(vocabulary.letters.terms)
    weights = np.random.default_rng(0).normal(size=(n_terms, 3))

    found = vocabulary.times(count_terms(said, n_words=2), weights)

    np.testing.assert_allclose(found, vocabulary(said) @ weights, atol=1e-12)
    assert found[-3].any()


@pytest.mark.parametrize("n_rows", [2, 12_000])
def test_a_ridge_regression_says_what_scikit_learns_says(n_rows):
    draw = np.random.default_rng(0)
    rows = draw.normal(3, 1, size=(n_rows, 5)).astype(np.float32)
    values = rows @ draw.normal(size=(5, 2)) + draw.normal(size=(n_rows, 2))

    told = ridge(rows, values, strength=5.0)

    wide = rows.astype(np.float64)
    assert told == pytest.approx(Ridge(alpha=5.0).fit(wide, values).predict(wide))


def test_who_keeps_the_vectors_of_texts_does_not_hold_those_of_their_parts():
    whole, parts = embed_stretches(
        StaticEmbedder(), ["the late bus"], [[(0, 3), (4, 8)]], in_context=False
    )

    assert not np.shares_memory(whole, parts)
    assert whole.base is None or len(whole.base) == 1


ADDED = """# Ours

extends: empathy_core

- Buses: How students get to school and home, and what it costs when that goes wrong.
  - words: bus, bus driver
  - examples: "I stand there in the rain and nothing comes."
- Uniforms: What students have to wear.
"""
SAID = [
    "The bus was late again and I missed first period.",
    "My bus never comes on time.",
    "I forgot my password again.",
    "They sent me home because of my uniform.",
]


def test_themes_that_a_team_added_are_coded_by_their_own_words(tmp_path):
    """Beside thousands of stories two examples teach nothing."""
    path = tmp_path / "added.md"
    path.write_text(ADDED, encoding="utf-8")
    book, core = ei.load_codebook(path), ei.load_codebook("empathy_core")
    frame = pd.DataFrame({"who": list("abcd"), "a": SAID})
    segments = ei.segment(ei.corpus_from_frame(frame, text="a", person="who"))
    codings, chances = (
        of(segments, book, embedder="static") for of in (ei.code, ei.theme_chances)
    )

    by_words = codings["theme"].eq("buses") & codings["status"].eq("auto")
    assert set(codings.loc[by_words, "segment_id"]) == set(segments["segment_id"][:2])
    assert (chances["buses"] > 0.5).tolist() == [True, True, False, False]
    assert chances["uniforms"].idxmax() == 3
    assert chances["uniforms"][3] > 0.3
    assert set(codings["codebook_sha256"]) == {book.sha256}
    # The shipped themes hear nothing of it.
    alone = ei.theme_chances(segments, core, embedder="static")
    pd.testing.assert_frame_equal(chances[list(alone.columns)], alone)
