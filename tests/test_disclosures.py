"""What may tell of danger is seen by a person first, and quoted nowhere; all invented."""

import pytest

from empathy_insights import load_codebook, segment
from empathy_insights.coding.disclosures import (
    _KINDS,
    find_sensitive,
    tells_of_danger,
)
from empathy_insights.coding.models.danger_model import danger_model, write_danger_model
from empathy_insights.study import analyze
from empathy_insights.text.embedders import StaticEmbedder
from empathy_insights.text.onnx_embedder import ContextualEmbedder

DANGER = [
    "sometimes i think everybody would be better off without me",
    "i wish i was dead lol",
    "i dont wanna wake up tomorrow",
    "Nobody would notice if I was gone.",
    "i cut when its bad, just on my legs",
    "My friend cuts herself and I promised not to tell.",
    "Told me she took a bunch of pills in the summer.",
    "he locks me in the closet when im bad",
    "He told me his father beats him with a belt.",
    "my stepdad throws stuff at us when he drinks",
    "i'm scared to go home today",
    "i have bruises but its ok i just wear sleeves",
    "she burned my hand w the iron",
    "my cousin comes in my bed at night",
    "Says an older boy in the building keeps touching her.",
    "theres a man online who wants pictures of me",
    "my coach texts me at night n told me to delete it",
    "they make me do stuff in the bathroom, i cant say what",
    "nobody feeds us on weekends, i take care of my brother",
    "we been sleeping in the car since august",
    "i dont eat so i can be skinny",
    "a kid in 8th grade says he has a gun n he's gonna bring it",
    "my dad says he will kill my mom",
    "My boyfriend grabs my phone and hits me.",
    "Mi padrastro me pega con el cinto.",
    "ya no quiero vivir",
    "Me da miedo llegar a la casa.",
    "Dormimos en el carro desde agosto.",
]
NO_DANGER = [
    "this homework is killing me",
    "i hit a home run",
    "we cut the cake in art",
    "pizza day, i would die for it",
    "It kicks me off the wifi and locks me out of my account.",
    "I don't want to be here late, practice ends at six.",
    "He beats me at chess every time.",
    "I want to keep it a surprise for the dance.",
    "My mom drives the bus and comes home at night.",
    "We shoot hoops at lunch and take pictures for the yearbook.",
    "I stay in the car line for an hour.",
    "I hate going to the homework room.",
    "Shoot me an email or a text.",
    "They shoot us a message when the bus is late.",
    "No quiero ir tan temprano, la comida está fría.",
    "Le toca a mi hermano usar la computadora.",
]


@pytest.mark.parametrize("text", DANGER)
def test_words_of_danger_are_seen(text):
    assert tells_of_danger(text)


@pytest.mark.parametrize("text", NO_DANGER)
def test_the_same_words_of_school_are_not(text):
    assert not tells_of_danger(text)


HINTS = [
    "she keeps her hoodie on when it's ninety out and won't change for gym",
    "when mom's boyfriend comes in we go sit in the closet till its quiet",
    "He asks for pictures and says he'll show everyone the first one if I don't.",
    "mi amiga ya no come y dice que así se siente limpia",
]
HARMLESS = [
    "She wears a hoodie because the classroom is freezing.",
    "I fell off the monkey bars and got an ice pack.",
    "He stays after school to help me with fractions.",
    "My friend gave me her old calculator.",
    "this homework is killing me",
    "me quedo en la biblioteca porque hay internet",
]


def test_what_is_only_hinted_at_is_heard_by_meaning():
    model, embedder = danger_model(), ContextualEmbedder()

    assert not any(map(tells_of_danger, HINTS))
    assert model.hears(HINTS, embedder).all()
    assert not model.hears(HARMLESS, embedder).any()
    assert model.hears([], embedder).tolist() == []
    assert not model.hears(HINTS, StaticEmbedder()).any()


def test_a_hint_is_shown_to_a_person(talk):
    corpus = talk({"d": [("ana", HINTS[1]), ("ana", HARMLESS[0])]})
    book = load_codebook("iste_students")

    found = find_sensitive(segment(corpus), book, ContextualEmbedder())

    assert found["text"].tolist() == [HINTS[1]]
    assert find_sensitive(segment(corpus), book, StaticEmbedder()).empty


def test_the_file_of_a_model_is_the_same_every_time():
    model = danger_model()

    assert write_danger_model(model) == write_danger_model(model)


@pytest.mark.parametrize("text", DANGER)
def test_no_kind_is_passed_over_by_how_its_words_begin(text):
    found = {n for n, (_, pattern) in enumerate(_KINDS) if pattern.search(text)}
    words = text.lower().replace("'", " ").split()

    assert all(any(_KINDS[n][0].match(word) for word in words) for n in found)


@pytest.mark.slow
def test_it_is_shown_first_and_no_quote_under_any_codebook(tmp_path):
    for n in range(3):
        talk = (
            f"Interviewer: Well?\n\nStudent {n}: The bus is late and I walk, day {n}.\n"
        )
        (tmp_path / f"t{n}.txt").write_text(talk)
    (tmp_path / "t9.txt").write_text(
        "Interviewer: Well?\n\nStudent 9: On the bus I wish I was dead.\n"
    )
    (tmp_path / "own.md").write_text("# Ours\n\n## Bus\nwords: bus\n")
    run = analyze(tmp_path, codebook=tmp_path / "own.md", embedder="static")

    [row] = run.sensitive.itertuples()
    assert "wish I was dead" in row.text
    assert not run.quotes["text"].str.contains("dead").any()
