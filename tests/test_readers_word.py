"""Word documents to turns and passages."""

import docx
import pytest

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import read_transcript
from empathy_insights.readers.model import words


@pytest.fixture
def read(tmp_path):
    def save_and_read(document):
        file = tmp_path / "talk.docx"
        document.save(file)
        return read_transcript(file)

    return save_and_read


def written(*paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def table(document, rows):
    made = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    return document


def said(transcript):
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]


def test_paragraphs_with_names_are_turns(read):
    transcript = read(written("Interviewer: Why?", "Amara Boone: So.", "And so."))

    assert said(transcript) == [
        ("Interviewer", "Why?"),
        ("Amara Boone", "So.\nAnd so."),
    ]


def test_header_lines_with_times_are_marks(read):
    transcript = read(written("Ana Lee   0:01", "Why?", "", "Ben Ray   0:06", "So."))

    assert said(transcript) == [("Ana Lee", "Why?"), ("Ben Ray", "So.")]
    assert [turn.start_s for turn in transcript.turns] == [1.0, 6.0]


def test_a_table_of_speakers_and_words_is_turns_after_what_stands_before(read):
    rows = [
        ("Interviewer", "Why?"),
        ("Ana Ruiz", "So:\nit is."),
        ("Interviewer", "OK?"),
    ]

    transcript = read(table(written("Talk in May"), rows))

    assert said(transcript) == rows
    assert [transcript.text[r.start : r.end] for r in transcript.remarks] == [
        "Talk in May"
    ]


def test_a_table_with_heads_and_times_is_turns(read):
    rows = [("Time", "Speaker", "Text"), ("0:01", "I", "Why?"), ("0:04", "Ana", "So.")]

    transcript = read(table(docx.Document(), rows))

    assert said(transcript) == [("I", "Why?"), ("Ana", "So.")]
    assert [turn.start_s for turn in transcript.turns] == [1.0, 4.0]


def test_a_row_without_a_speaker_goes_on_with_the_one_before(read):
    rows = [("I", "Why?"), ("Ana", "So."), ("", "And so."), ("I", "OK?")]

    transcript = read(table(docx.Document(), rows))

    assert said(transcript)[2] == ("Ana", "And so.")


def test_headers_and_footers_are_no_words(read):
    document = written("I: Why?", "Ana Ruiz: So.")
    document.sections[0].header.paragraphs[0].text = "Confidential"

    assert "Confidential" not in read(document).text


def test_paragraphs_without_speakers_are_notes_a_paragraph_each(read):
    document = docx.Document()
    document.add_heading("Visit", level=1)
    document.add_paragraph("Lunch is loud.", style="List Bullet")
    document.add_paragraph("Halls are calm.")

    transcript = read(document)

    assert transcript.kind == "notes"
    assert [(t.is_prompt, words(transcript, t)) for t in transcript.turns] == [
        (True, "Visit"),
        (False, "Lunch is loud."),
        (False, "Halls are calm."),
    ]


def test_words_inserted_with_tracked_changes_are_kept(read):
    document = written("I: Why?", "Ana Ruiz: So.")
    run = document.paragraphs[1].add_run(" And so.")
    inserted = run._r.makeelement(docx.oxml.ns.qn("w:ins"), {})
    run._r.addprevious(inserted)
    inserted.append(run._r)

    assert said(read(document))[1] == ("Ana Ruiz", "So. And so.")


def test_an_empty_document_is_called_empty(read):
    with pytest.raises(TranscriptError, match="the file is empty"):
        read(docx.Document())


@pytest.mark.parametrize("data", [b"no-zip-at-all", b"PK\x03\x04 broken"])
def test_a_broken_document_is_called_that(tmp_path, data):
    file = tmp_path / "talk.docx"
    file.write_bytes(data)

    with pytest.raises(TranscriptError, match="not a Word document that can be opened"):
        read_transcript(file)


def test_in_a_table_of_three_columns_the_longest_is_said_and_none_is_lost(tmp_path):
    rows = [
        ("I", "Why is that so?", "x1"),
        ("Ana", "It is so.", "x2"),
        ("I", "OK?", ""),
    ]
    table(docx.Document(), rows).save(tmp_path / "a.docx")

    transcript = read_transcript(tmp_path / "a.docx")

    assert said(transcript) == [
        ("I", "Why is that so?"),
        ("Ana", "It is so."),
        ("I", "OK?"),
    ]
    assert [transcript.text[r.start : r.end] for r in transcript.remarks] == [
        "x1",
        "x2",
    ]
