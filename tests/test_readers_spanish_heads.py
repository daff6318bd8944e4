"""Heads, titles and names of files in Spanish say who is there, and what they are."""

import pytest

from empathy_insights.readers import read_corpus
from empathy_insights.roles import grade_of, role_from_path, role_of

TALK = """Rosa: ¿Qué no entienden?
Estrella: Que yo soy la que traduce.
Luz: Ajá, lo mismo.
Rosa: ¿Y la comida?
Luz: Las papas saben a refri.
Estrella: Yo llevo mi lonche.
"""
GUIDE = """¿Qué te gusta de la escuela?
La robótica, ahí me dejan hacer cosas.

¿Qué te gustaría cambiar?
Que no haya tanta tarea, me duermo tarde.

¿Cómo llegas?
En el camión, siempre va lleno.
"""


@pytest.fixture
def heard(tmp_path):
    def write_and_read(text, name="e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        corpus = read_corpus(tmp_path)
        said = corpus.utterances[~corpus.utterances["is_facilitator"]]
        roles = corpus.participants.set_index("participant_id")["role"]
        return {r.speaker: roles[r.participant_id] for r in said.itertuples()}

    return write_and_read


@pytest.mark.parametrize(
    "head",
    [
        "Participan: Estrella y Luz. Modera: Rosa. Anota: Karla",
        "Asistentes: Estrella, Luz",
        "Alumnas: Estrella, Luz",
        "Presentes: Estrella, Luz y Rosa",
        "Lugar: biblioteca\nFecha: 10 de octubre\nModeradora: Rosa\nParticipantes: Estrella, Luz",
        "Entrevistador: Rosa (consejera). Intérprete: Azucena. Participante: Estrella.",
    ],
)
def test_who_is_listed_above_a_talk_says_nothing_there(heard, head):
    assert heard(f"{head}\n\n{TALK}").keys() == {"Estrella", "Luz"}


def test_what_two_people_say_first_is_no_head(heard):
    talk = (
        "Mamá: Sí\nPapá: No\nE: ¿Y qué más?\nMamá: La ruta\nPapá: Eso\nE: ¿Algo más?\n"
    )

    assert heard(talk).keys() == {"Mamá", "Papá"}


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Entrevista con Esperanza Villarreal, mamá de 2º. 7 de octubre de 2025", "family"),
        ("Llamada con Esperanza Villarreal, mamá de Diego (2do)", "family"),
        ("Entrevista a Esperanza Villarreal, abuelo", "family"),
        ("Entrevista con Esperanza, alumna de 7º", "student"),
        ("Plática con Esperanza, 7mo grado", "student"),
        ("Entrevista con Esperanza Villarreal, octubre", "unknown"),
    ],
)  # fmt: skip
def test_a_title_says_what_somebody_is(heard, title, role):
    talk = "Rosa: ¿Qué?\nEsperanza: El camión.\nRosa: ¿Y?\nEsperanza: Nada.\n"

    assert heard(f"{title}\n\n{talk}") == {"Esperanza": role}


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Alumno: Mateo Luna, 8º", "student"),
        ("Alumna: Mateo Luna\nGrado: 8º\nEntrevistadora: Karla", "student"),
        ("Nombre: Mateo Luna\nGrado: 8º", "unknown"),
        ("Mamá: Mateo Luna\nFecha: 7 de octubre", "family"),
    ],
)
def test_answers_below_a_guide_are_of_whom_its_head_names(heard, head, role):
    assert heard(f"{head}\n\n{GUIDE}", "guia.txt") == {"Mateo Luna": role}


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("Entrevista mamá.txt", "family"),
        ("Papás de 3ro.txt", "family"),
        ("Abuela Chelo.txt", "family"),
        ("Grupo focal alumnas 7mo.txt", "student"),
        ("Voces de los alumnos.txt", "student"),
        ("Padre Kino.txt", None),
    ],
)
def test_names_of_files_say_a_role(path, role):
    assert role_from_path(path) == role


def test_words_for_a_grade_and_for_jobs():
    assert [grade_of(said) for said in ("8º", "de 7mo grado", "3er", "9no", "2 do")] == [
        "8", "7", "3", "9", None,
    ]  # fmt: skip
    assert [role_of(said) for said in ("consejera", "subdirectora", "mamá de 2º")] == [
        "staff", "school_leader", "family",
    ]  # fmt: skip
