"""Words of Spanish are no names where they say what somebody does; names among them are."""

import pandas as pd
import pytest

from empathy_insights.identities import deidentify


def left_of(words, talk, roster=None):
    """Return what is left of words that somebody says."""
    corpus = talk({"d": [(None, words)]})
    done = deidentify(corpus, roster=roster, ner=None)
    return done.corpus.utterances["text"].item()


@pytest.mark.parametrize("who", ["Mi hija", "mi hijo", "La maestra", "y mi esposo"])
@pytest.mark.parametrize(
    "does",
    ["está en cuarto grado", "nació en Chicago", "mira al niño", "pasa mucho tiempo",
     "lee", "nada en la piscina", "necesita ayuda", "reza", "tira la basura", "sabe"],
)  # fmt: skip
def test_what_somebody_does_in_spanish_is_no_name(who, does, talk):
    words = f"{who} {does}"

    assert left_of(words, talk) == words


@pytest.mark.parametrize(
    "words",
    [
        "Mi hija está bien. Hablé con ella. Ella llora.",
        "Ella trabaja.",
        "Ella no sabe.",
        "mi hija bonita, mi hija linda",
        "we talked to mi hija and mi hija llora",
        "la señora directora y el señor director",
        "se llama matematicas",
    ],
)
def test_pronouns_and_adjectives_of_spanish_stay(words, talk):
    assert left_of(words, talk) == words


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("mi hija maría lee mucho", "mi hija [person 1] lee mucho"),
        ("Mi hijo juan pasa el día aquí.", "Mi hijo [person 1] pasa el día aquí."),
        ("mi hija luz llora con ella", "mi hija [person 1] llora con ella"),
        ("se llama mateo y pinta", "se llama [person 1] y pinta"),
        ("mi hija esperanza lopez toma agua", "mi hija [person 1] toma agua"),
        ("la maestra flores dice que no", "la maestra [person 1] dice que no"),
        ("hija mía, ven a la casa", "hija mía, ven a la casa"),
        ("my cousin lee is my friend", "my cousin [person 1] is my friend"),
        ("Ella cried. I sat with Ella.", "[person 1] cried. I sat with [person 1]."),
        ("Ella Garcia llora con la maestra.", "[person 1] llora con la maestra."),
    ],
)
def test_names_that_spanish_has_as_words_still_go(words, clean, talk):
    assert left_of(words, talk) == clean


def test_a_name_of_one_text_is_no_word_of_another_in_spanish(talk):
    corpus = talk(
        {
            "a": [(None, "I sat with Ella.")],
            "b": [(None, "Hablé con ella. Ella lloró mucho.")],
            "c": [(None, "Mi hija juega con Ella.")],
        }
    )

    texts = deidentify(corpus, ner=None).corpus.utterances["text"].tolist()

    assert texts == [
        "I sat with [person 1].",
        "Hablé con ella. Ella lloró mucho.",
        "Mi hija juega con [person 1].",
    ]


def test_a_listed_name_that_opens_a_sentence_in_spanish_waits_for_review(talk):
    roster = pd.DataFrame({"name": ["Ella Quexalote"], "role": "student"})
    corpus = talk({"d": [(None, "Ella llora con la maestra. Hablé con ella.")]})

    done = deidentify(corpus, roster=roster, ner=None)

    assert done.corpus.utterances["text"].item().startswith("Ella llora")
    assert done.review["why"].tolist() == ["a name that is also a word"]


@pytest.mark.parametrize("name", ["Amara", "Linda", "Daria", "Serena", "Felicidad"])
def test_a_listed_name_that_spanish_has_seldom_goes_in_small_letters_too(name, talk):
    roster = pd.DataFrame({"name": [f"{name} Quexalote"], "role": "student"})
    words = f"mi hija {name.lower()} tiene nueve y {name.lower()} va a la escuela"

    assert name.lower() not in left_of(words, talk, roster)


SAID = [
    "Esta bien, pero son muchas hojas. Mucha tarea, muchas veces piden internet.",
    "Ándale pues, ahí nos vemos. Andale, la guácala esa.",
    "Pedirle permiso al jefe es difícil. Guácala, la leche está caliente.",
    "Siiii lo de la comida, y nadie nos dice nada.",
]


@pytest.mark.parametrize("words", SAID)
@pytest.mark.parametrize("ner", [None, "auto"])
def test_what_spanish_says_every_day_is_nobody(words, ner, talk):
    corpus = talk({"d": [("Mamá", words), ("Interviewer", "¿Algo más?")]})
    done = deidentify(corpus, ner=ner)

    assert done.corpus.utterances["text"].iloc[0] == words


def test_a_name_in_small_letters_stays_a_word_where_its_writer_has_capitals(talk):
    roster = pd.DataFrame({"name": ["Rosa Peña", "Esperanza Villarreal"]})
    words = (
        "La del vestido rosa no quiere ir, me da pena. Tengo esperanza de que cambie."
    )

    assert left_of(words, talk, roster) == words
    assert left_of("Ayer la vi. Mi hija rosa no va, y nos da pena.", talk, roster) == (
        "Ayer la vi. Mi hija [person 1] no va, y nos da pena."
    )
    assert "rosa" not in left_of("rosa no quiere ir a la escuela", talk, roster)


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("A Ángel le quitaron el lonche.", "A [person 1] le quitaron el lonche."),
        ("Ayer a Memo le pegan.", "Ayer a [person 1] le pegan."),
        ("May la usa y luego su hermana.", "[person 1] la usa y luego su hermana."),
        ("Con Beto y Chayo jugamos.", "Con [person 1] y [person 2] jugamos."),
        ("El Día de la Luz y la Paz no hay clase.", "El Día de la Luz y la Paz no hay clase."),
        ("Gave a Grace period to all.", "Gave a Grace period to all."),
    ],
)  # fmt: skip
def test_a_capital_within_spanish_is_a_names(words, clean, talk):
    assert left_of(words, talk) == clean


@pytest.mark.parametrize("label", ["Familia Ortega", "The Ortega family"])
def test_a_family_on_one_screen_gives_its_surname_and_not_the_word(label, talk):
    words = "No hay internet en mi familia. My family, the Ortega kids, walk."
    corpus = talk({"d": [(label, words), ("Interviewer", "And?")]})
    done = deidentify(corpus, ner=None)

    [said, _] = done.corpus.utterances["text"]
    assert "mi familia. My family" in said
    assert "Ortega" not in said + done.corpus.documents["text"].item()


@pytest.mark.parametrize("name", ["cuca", "chuy", "lupita"])
@pytest.mark.parametrize("title", ["doña", "don"])
def test_whom_a_title_of_respect_names_goes(talk, title, name):
    words = f"yo le marco a {title} {name} para que los recoja"
    done = deidentify(talk({"a": [("s01", words)]}), ner=None)
    assert name not in done.corpus.utterances["text"].item()
