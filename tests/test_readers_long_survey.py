"""Tables in other words: who answers to what, who speaks, and what nobody says."""

import csv

import openpyxl
import pytest

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import read_transcript
from empathy_insights.readers.transcript import words

BUS = "It never comes on time"
ROOM = "There is no quiet room"
MEAL = "A meal before the first bell"
DESK = "Somewhere to sit and read"


@pytest.fixture
def read(tmp_path):
    def write_and_read(*rows, name="table.csv"):
        with (tmp_path / name).open("w", newline="", encoding="utf-8") as opened:
            csv.writer(opened).writerows(rows)
        return read_transcript(tmp_path / name)

    return write_and_read


def said(transcript):
    return [(t.question_id, t.speaker, words(transcript, t)) for t in transcript.turns]


ANSWERED = [
    ("q01", None, "What is hard?"),
    ("q01", "ana", BUS),
    ("q01", "ben", ROOM),
    ("q02", None, "What helps?"),
    ("q02", "ana", MEAL),
    ("q02", "ben", DESK),
]


@pytest.mark.parametrize(
    "heads",
    [
        ("Participant", "Question", "Answer"),
        ("Respondent ID", "Question Text", "Response"),
        ("Student Name", "Prompt", "Reply"),
        ("Teilnehmer", "Frage", "Antwort"),
        ("participante", "pregunta", "respuesta"),
        ("Nom", "Question posée", "Réponse"),
        ("受访者", "问题", "回答"),
    ],
)
def test_a_row_an_answer_is_a_survey_of_as_many_people_as_are_named(read, heads):
    transcript = read(
        heads,
        ("ana", "What is hard?", BUS),
        ("ana", "What helps?", MEAL),
        ("ben", "What is hard?", ROOM),
        ("ben", "What helps?", DESK),
    )

    assert transcript.kind == "survey"
    assert said(transcript) == ANSWERED


def test_cells_that_were_merged_stand_for_those_below(read):
    transcript = read(
        ("Name", "Question", "Answer"),
        ("ana", "What is hard?", BUS),
        ("", "What helps?", MEAL),
        ("ben", "What is hard?", ROOM),
        ("", "What helps?", DESK),
    )

    assert said(transcript) == ANSWERED


def test_without_a_column_of_people_each_round_of_questions_is_a_person(read):
    transcript = read(
        ("Question", "Answer"),
        ("What is hard?", BUS),
        ("What helps?", MEAL),
        ("What is hard?", ROOM),
        ("What helps?", DESK),
    )

    assert [label for _, label, _ in said(transcript)] == [
        None, "1", "2", None, "1", "2",
    ]  # fmt: skip


def test_answers_that_nobody_can_tell_apart_are_nobodys_and_that_is_said(read):
    transcript = read(
        ("Question", "Answer"),
        ("What is hard?", BUS),
        ("What is hard?", ROOM),
        ("What helps?", MEAL),
    )

    assert {label for _, label, _ in said(transcript)} == {None}
    assert transcript.remarks[-1].problem.startswith(
        "no column says who gave an answer"
    )


def test_closed_questions_and_what_never_differs_describe_the_person(read):
    transcript = read(
        ("Person", "School", "Item no", "Question", "Answer"),
        ("ana", "North", "1", "Your grade?", "9"),
        ("ana", "North", "2", "What is hard?", BUS),
        ("ben", "South", "1", "Your grade?", "10"),
        ("ben", "South", "2", "What is hard?", ROOM),
    )

    assert transcript.people == {
        "ana": {"school": "North", "Your grade?": "9"},
        "ben": {"school": "South", "Your grade?": "10"},
    }
    assert said(transcript) == ANSWERED[:3]
    assert [remark.problem for remark in transcript.remarks] == [
        "columns that tell answers apart, and not people, were not read: 1"
    ]


def test_people_who_are_told_apart_by_address_are_numbered(read):
    transcript = read(
        ("Email", "Question", "Answer"),
        ("a@x.org", "What is hard?", BUS),
        ("b@x.org", "What is hard?", ROOM),
        ("a@x.org", "What helps?", MEAL),
    )

    assert [label for _, label, _ in said(transcript)] == [None, "1", "2", None, "1"]


def test_a_long_table_of_numbers_holds_no_words_of_anybody(read):
    with pytest.raises(TranscriptError, match="no column of the table holds answers"):
        read(
            ("Person", "Question", "Answer"), ("ana", "Age?", "9"), ("ben", "Age?", "8")
        )


@pytest.mark.parametrize(
    "heads",
    [
        ("speaker", "dialogue"),
        ("Speaker:", "response"),
        ("speakerName", "text"),
        ("speaker_label", "Lines"),
        ("Participant", "Text"),
        ("Sprecher*in", "Text"),
        ("Locuteur", "Parole"),
        ("Intervenant·e", "Propos"),
        ("hablante", "texto"),
        ("Falante", "Fala"),
        ("Parlante", "Testo"),
        ("Spreker", "Tekst"),
        ("Спикер", "Текст"),
        ("说话人", "内容"),
        ("話者", "発話"),
        ("화자", "발화"),
        ("المتحدث", "النص"),
        ("वक्ता", "कथन"),
    ],
)
def test_heads_in_other_words_and_languages_make_a_table_of_turns(read, heads):
    transcript = read(
        heads,
        ("Int", "What is hard?"),
        ("Noa", "Tests."),
        ("Int", "Why?"),
        ("Noa", "So."),
    )

    assert transcript.kind == "interview"
    assert said(transcript) == [
        (None, "Int", "What is hard?"), (None, "Noa", "Tests."),
        (None, "Int", "Why?"), (None, "Noa", "So."),
    ]  # fmt: skip


def test_a_workbook_with_heads_in_another_language_is_turns(tmp_path):
    book = openpyxl.Workbook()
    for row in [
        ("Zeit", "Sprecherin", "Wortlaut"),
        ("0:04", "I", "Und?"),
        ("0:09", "B", "Ja."),
    ]:
        book.active.append(row)
    book.save(tmp_path / "talk.xlsx")

    transcript = read_transcript(tmp_path / "talk.xlsx")

    assert [(t.speaker, t.start_s) for t in transcript.turns] == [("I", 4), ("B", 9)]


def test_nobody_knows_who_speaks_in_a_row_that_says_nobody_among_rows_that_all_do(read):
    transcript = read(
        ("speaker", "text"),
        ("Noa", "One."),
        ("Noa", "Two."),
        ("", "Three."),
        ("Eli", "Four."),
    )

    assert [t.speaker for t in transcript.turns] == ["Noa", "Noa", None, "Eli"]


@pytest.mark.parametrize(
    "moment",
    [
        "2026/03/0{} 8:05:11 PM EST",
        "3/{}/2026 20:05:11 GMT-5",
        "Tuesday, March {}, 2026 at 8:05 PM",
        "0{}.03.2026 20:05:11 MEZ",
        "{} de marzo de 2026, 20:05",
        "Tue Mar 0{} 2026 20:05:11 GMT+0100 (Central European Standard Time)",
        "2026年3月{}日 20:05",
        "{} min 40 sec",
    ],
)
@pytest.mark.parametrize("head", ["Timestamp", "When did you fill this in?"])
def test_a_moment_is_no_answer_under_any_head(read, head, moment):
    transcript = read(
        (head, "What is hard?"),
        *[(moment.format(n), said) for n, said in enumerate((BUS, ROOM, MEAL), 1)],
    )

    assert said(transcript) == [
        ("q01", None, "What is hard?"), ("q01", "1", BUS), ("q01", "2", ROOM),
        ("q01", "3", MEAL),
    ]  # fmt: skip


CODES = ("StartDate", "Status", "Finished", "ResponseId", "Q1")
WORDINGS = ("Start Date", "Response Type", "Finished", "Response ID", "What is hard?")
IMPORT = tuple(f'{{"ImportId":"{code}"}}' for code in CODES)


@pytest.mark.parametrize("n_heads", [1, 2, 3])
@pytest.mark.parametrize("preview", ["Survey Preview", "1", "Survey Test", "Spam", "8"])
def test_answers_from_the_preview_of_a_survey_are_nobodys(read, preview, n_heads):
    heads = [(*CODES[:-1], "What is hard?"), WORDINGS, IMPORT][:n_heads]

    transcript = read(
        *heads,
        ("2026-03-01", preview, "True", "R_0", "I am only trying this out"),
        ("2026-03-02", "IP Address", "True", "R_1", BUS),
        ("2026-03-02", "0", "False", "R_2", ROOM),
    )

    assert said(transcript) == [
        ("q01", None, "What is hard?"), ("q01", "R_1", BUS), ("q01", "R_2", ROOM),
    ]  # fmt: skip
    assert transcript.remarks[-1].problem == (
        "answers that somebody gave in a preview, or that are marked as spam, were left out: 1"
    )


def test_import_ids_are_no_wordings_where_these_were_deleted(read):
    transcript = read(
        (*CODES[:-1], "What is hard?"),
        IMPORT,
        ("2026-03-02", "IP Address", "True", "R_1", BUS),
    )

    assert said(transcript) == [("q01", None, "What is hard?"), ("q01", "R_1", BUS)]


def test_a_table_of_a_column_a_voice_is_turns_row_by_row(read):
    transcript = read(("Interviewer", "Noa"), ("Why?", BUS), ("And what helps?", MEAL))

    assert said(transcript) == [
        (None, "Interviewer", "Why?"), (None, "Noa", BUS),
        (None, "Interviewer", "And what helps?"), (None, "Noa", MEAL),
    ]  # fmt: skip
    assert transcript.kind == "interview"


def test_a_column_of_who_interviewed_makes_no_talk(read):
    transcript = read(("Interviewer", "What is hard?"), ("Ida", BUS), ("Ida", ROOM))

    assert transcript.kind == "survey"
