"""Word documents to turns and passages."""

import zipfile

import docx
import pytest
from docx.oxml import OxmlElement

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.people.people_sheet import things_to_do
from empathy_insights.readers.transcript import words


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


def test_a_table_of_questions_and_answers_is_the_answers_of_somebody(read):
    first = [("Interviewer", "Coach Reyes"), ("Date", "10/3")]
    rows = [
        ("Question", "What they said", "Body language"),
        ("What helps?", "My friends.", "smiled"),
        ("What is hard?", "The log in takes ten minutes.", ""),
    ]

    transcript = read(table(table(written("Student A"), first), rows))

    assert said(transcript) == [
        (None, "What helps?"),
        ("Answer", "My friends."),
        (None, "What is hard?"),
        ("Answer", "The log in takes ten minutes."),
    ]
    assert [turn.is_prompt for turn in transcript.turns] == [True, False] * 2
    beside = [transcript.text[r.start : r.end] for r in transcript.remarks]
    assert beside == [
        "Student A", "Interviewer\tCoach Reyes", "Date\t10/3",
        "Question | What they said | Body language", "smiled",
    ]  # fmt: skip


def test_a_column_a_person_in_a_table_of_questions_is_that_persons(read):
    rows = [
        ("Question", "Student 1", "Student 2"),
        ("What helps you?", "My friends do.", "It is the quiet."),
    ]

    transcript = read(table(written("Group in May"), rows))

    assert said(transcript) == [
        (None, "What helps you?"),
        ("Student 1", "My friends do."),
        ("Student 2", "It is the quiet."),
    ]


def test_questions_that_come_round_again_are_another_persons(read):
    rows = [("Question", "Answer"), *[("Why?", "So."), ("How?", "Like this.")] * 2]

    transcript = read(table(docx.Document(), rows))

    answers = [words for who, words in said(transcript) if who == "Answer 2"]
    assert sorted(answers) == ["Like this.", "So."]


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


TALK = [
    ("Interviewer", "What helps?"),
    ("Amara Boone", "I like my friends."),
    ("Interviewer", "And then? Say more: when?"),
    ("Amara Boone", "We walk home."),
]


def with_bold_heads(paragraphs, *, between=" ", style=None):
    document = docx.Document()
    for head, rest in paragraphs:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(head, style)
        run.bold = None if style else True
        paragraph.add_run(between + rest)
    return document


@pytest.mark.parametrize("between", [" ", "  ", "\t", "\n", " – ", " - "])
def test_names_in_bold_without_a_colon_are_speakers(read, between):
    assert said(read(with_bold_heads(TALK, between=between))) == TALK


def test_names_in_a_style_that_is_bold_are_speakers(read):
    document = with_bold_heads(TALK, style="Strong")

    assert said(read(document)) == TALK


@pytest.mark.parametrize("between", ["\n", None])
def test_times_beside_names_in_bold_are_not_what_is_said(read, between):
    talk = [
        ("Marisol Vega", "How was the week?"),
        ("Rukmini Das", "Long."),
        ("Ola Nordmann", "I guess? We waited."),
        ("Rukmini Das", "Did anybody tell you?"),
        ("Ola Nordmann", "No."),
        ("Marisol Vega", "And is lunch okay?"),
        ("Rukmini Das", "I guess?"),
    ]
    document = docx.Document()
    for n, (name, spoken) in enumerate(talk):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f"   0:{n:02d}")
        if between:
            paragraph.add_run(between + spoken)
        else:
            document.add_paragraph(spoken)
    transcript = read(document)
    assert said(transcript) == talk
    assert [turn.start_s for turn in transcript.turns] == [*range(len(talk))]


def test_names_in_bold_stand_in_the_text_as_they_are_written(read):
    transcript = read(with_bold_heads(TALK))

    assert transcript.text.split("\n") == [f"{name} {words}" for name, words in TALK]
    assert [turn.line for turn in transcript.turns] == [1, 2, 3, 4]
    assert transcript.remarks == ()


def test_a_name_in_bold_may_be_cut_into_runs_and_hold_a_stop_or_a_time(read):
    document = with_bold_heads([("Interviewer.", "What helps?")])
    paragraph = document.add_paragraph()
    for part in ("Amara", " ", "Boone ", "0:12"):
        paragraph.add_run(part).bold = True
    paragraph.add_run(" My friends.")
    for head, rest in [("Interviewer.", "So?"), ("Amara Boone", "[00:30] Yes.")]:
        paragraph = document.add_paragraph()
        paragraph.add_run(head).bold = True
        paragraph.add_run(f" {rest}")

    transcript = read(document)

    assert said(transcript) == [
        ("Interviewer", "What helps?"),
        ("Amara Boone", "My friends."),
        ("Interviewer", "So?"),
        ("Amara Boone", "Yes."),
    ]
    assert [turn.start_s for turn in transcript.turns] == [None, 12.0, None, 30.0]


def test_a_paragraph_without_a_bold_name_goes_on_with_the_turn_before(read):
    document = with_bold_heads(TALK)
    document.add_paragraph("We talk.")

    assert said(read(document)) == [
        *TALK[:3],
        ("Amara Boone", "We walk home.\nWe talk."),
    ]


def test_a_name_with_a_colon_among_names_in_bold_speaks_too(read):
    document = with_bold_heads(TALK)
    document.add_paragraph("Interviewer: And after?")

    assert said(read(document)) == [*TALK, ("Interviewer", "And after?")]


def test_a_bold_name_that_occurs_once_speaks_among_the_others(read):
    document = with_bold_heads([*TALK, ("Ben Ray", "Me too.")])

    assert said(read(document))[-1] == ("Ben Ray", "Me too.")


def test_names_in_bold_with_a_colon_are_speakers_as_before(read):
    document = with_bold_heads([(f"{name}:", words) for name, words in TALK])

    assert said(read(document)) == TALK


def unbolded(document):
    for paragraph in document.paragraphs:
        paragraph.runs[0].bold = False
    return document


@pytest.mark.parametrize(
    "document",
    [
        with_bold_heads([("Lunch", "is loud."), ("Halls", "are calm."), ("Staff Room", "is small.")]),
        with_bold_heads([("Growth", "is slow."), ("Warmth", "is there."), ("Growth", "takes time."), ("Warmth", "stays.")]),
        with_bold_heads([("We do not", "run."), ("We do", "walk."), ("We do not", "shout."), ("We do", "talk.")]),
        with_bold_heads([("Am", "ara Boone left?"), ("Be", "n Ray stayed."), ("Am", "ong us."), ("Be", "low us.")], between=""),
        with_bold_heads([(f"{name} {words}", "") for name, words in TALK]),
        unbolded(with_bold_heads(TALK, style=None)),
    ],
    ids=["new words", "no voices", "clauses", "parts of words", "throughout", "switched off"],
)  # fmt: skip
def test_bold_type_that_only_stresses_makes_no_speakers(read, document):
    transcript = read(document)

    assert transcript.kind == "notes"
    assert {turn.speaker for turn in transcript.turns} == {None}


def test_a_few_stressed_names_among_paragraphs_make_no_speakers(read):
    document = with_bold_heads(
        [("Ana Ruiz", "came."), ("Ben Ray", "left."), ("Ana Ruiz", "ate?")]
    )
    for n in range(4):
        document.add_paragraph(f"Then we walked {n} miles.")

    assert read(document).kind == "notes"


def test_stressed_words_in_a_talk_with_colons_stay_words(read):
    document = written("I: Why?", "Ana Ruiz: So.", "I: OK?")
    for head in ("Ana Ruiz: My Friends", "I:"):
        paragraph = document.add_paragraph()
        paragraph.add_run(head).bold = True
        paragraph.add_run(" matter?")

    assert said(read(document)) == [
        ("I", "Why?"),
        ("Ana Ruiz", "So."),
        ("I", "OK?"),
        ("Ana Ruiz", "My Friends matter?"),
        ("I", "matter?"),
    ]


def test_words_inserted_with_tracked_changes_are_kept(read):
    document = written("I: Why?", "Ana Ruiz: So.")
    run = document.paragraphs[1].add_run(" And so.")
    inserted = run._r.makeelement(docx.oxml.ns.qn("w:ins"), {})
    run._r.addprevious(inserted)
    inserted.append(run._r)

    assert said(read(document))[1] == ("Ana Ruiz", "So. And so.")


@pytest.mark.parametrize("left", ["moveFrom", "del"])
def test_words_that_were_moved_away_are_read_only_where_they_stand_now(read, left):
    document = written("Interviewer: And?", "Omar: ")
    last = document.paragraphs[-1]
    for tag, text in [("moveTo", "Fewer tests."), (left, "Fewer tests.")]:
        run = last.add_run(text)._r
        change = OxmlElement(f"w:{tag}")
        run.addprevious(change)
        change.append(run)

    assert said(read(document)) == [("Interviewer", "And?"), ("Omar", "Fewer tests.")]


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


def commented(file, *comments):
    """Save a draft with comments, each of an author and words."""
    written("Goal 1. Every student will own their learning.", "Goal 2. All.").save(file)
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    rows = "".join(
        f'<w:comment w:id="{n}" w:author="{who}"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:comment>'
        for n, (who, words) in enumerate(comments)
    )
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr(
            "word/comments.xml", f'<w:comments xmlns:w="{w}">{rows}</w:comments>'
        )
    return file


@pytest.mark.parametrize(
    ("comments", "told"),
    [
        ([("Ana Lee", "When?"), ("Bo Ray", "Who?"), ("ana lee ", "+1")], "3, by 2 people"),
        ([("", "When?")], "1"),
        ([("Ana Lee", "When?"), ("Bo Ray", " ")], "1, by 1 person"),
    ],
)  # fmt: skip
def test_comments_in_the_margin_are_told_and_nobody_is_named(tmp_path, comments, told):
    file = commented(tmp_path / "draft.docx", *comments)
    [remark] = [r for r in read_transcript(file).remarks if "margin" in r.problem]

    assert remark.problem == f"comments in the margin were left out: {told}"
    assert "`Name: words`" in remark.advice
    assert "Ana" not in "\n".join(things_to_do(read_corpus(tmp_path)))
    assert any("comments in the margin" in do for do in things_to_do(read_corpus(file)))


def test_a_document_without_comments_says_nothing_of_them(read):
    assert not [r for r in read(written("Ana: So.")).remarks if "margin" in r.problem]
