"""What whoever listened notes below a talk, in other languages and under headings."""

from io import BytesIO

import pytest
from docx import Document

from empathy_insights.readers import read_transcript
from empathy_insights.readers.transcript import words

TALK = [
    ("Entrevistadora", "¿Qué le preocupa?"),
    ("Papá", "Que le pegan en el recreo."),
    ("Entrevistadora", "¿Algo más?"),
    ("Papá", "Que las juntas no sean a las diez."),
]
NOTED = "Lloró al hablar de la oficina."


@pytest.fixture
def said(tmp_path):
    def write_and_read(content, suffix=".txt"):
        file = tmp_path / f"e{suffix}"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        talk = read_transcript(file)
        return [(turn.speaker, words(talk, turn)) for turn in talk.turns]

    return write_and_read


HEADS = [
    "Notas", "Notas finales:", "Observaciones:", "Mis notas", "Comentarios", "Apuntes",
    "Notas de la entrevistadora:", "Notas del observador", "Observaciones generales",
    "Próximos pasos", "Reflexiones después de la entrevista", "Observações:", "Notes",
    "Field notes", "Comments",
]  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
def test_below_a_talk_whoever_listened_notes_something(said, head):
    talk = "".join(f"{who}: {told}\n\n" for who, told in TALK)

    assert said(f"{talk}{head}\n{NOTED}\n") == TALK


@pytest.mark.parametrize("head", HEADS)
def test_a_heading_of_a_document_says_so_without_a_blank_line(said, head):
    document = Document()
    for who, told in TALK:
        document.add_paragraph(f"{who}: {told}")
    document.add_heading(head, 2)
    document.add_paragraph(NOTED)
    document.add_paragraph("Buscar clases de inglés.")
    written = BytesIO()
    document.save(written)

    assert said(written.getvalue(), ".docx") == TALK


@pytest.mark.parametrize("head", ["Observaciones", "Notas", "Comentarios"])
def test_such_a_word_may_stand_before_what_is_noted(said, head):
    talk = "".join(f"{who}: {told}\n" for who, told in TALK)

    assert said(f"{talk}\n{head}: {NOTED}\n") == TALK


@pytest.mark.parametrize(
    "more",
    [
        "Notas de mi hijo bajaron",
        "Observaciones hay muchas",
        "Mis comentarios no les gustan.",
    ],
)
def test_who_goes_on_with_such_a_word_is_heard(said, more):
    talk = "".join(f"{who}: {told}\n\n" for who, told in TALK)

    assert said(f"{talk}{more}\n")[-1] == ("Papá", f"{TALK[-1][1]}\n\n{more}")


def test_a_last_line_that_says_who_is_who_is_nobodys(said):
    talk = (
        "E: ¿Cómo van?\nM: Más callado.\nP: Por los chamacos.\nE: ¿Y?\nM: Sí.\nP: No.\n"
    )

    told = said(f"{talk}\nE = entrevistadora, M = mamá (Maribel), P = papá\n")

    assert told == said(talk)
    assert said(f"{talk}Kim, Jo\n")[-1] == ("P", "No.\nKim, Jo")
