"""Real files that nobody on the team wrote, where a checkout has them."""

import csv
import io
import re
from collections import Counter

import docx
import openpyxl
import pytest

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words


@pytest.fixture(scope="module")
def ingest(shared):
    return shared / "data" / "ingest"


# Counts of the bold-name, Otter and Zoom files come from grep, before the readers saw
# them; those of the small files were checked by eye against what was read.
TURNS = {
    "front_matter_01.md": {"Q": 5, "A": 13},
    "md_bold_speaker_01.md": {
        "Ben Walker": 51, "Jonas Rosland": 45, "Kyla Fury": 84, "Ryan Anderson": 110,
    },
    "otter_01.md": {"Ali": 18, "Timirah James": 38, "Unknown Speaker": 48},
    "qualcoder_transcript.txt": {"id1": 3, "id2": 2, "id3": 2},
    "qux_interview_A.csv": {"Jordan Lee": 16, "Alex Morgan": 16},
    "qux_interview_A.docx": {"Jordan Lee": 16, "Alex Morgan": 16},
    "qux_interview_A.xlsx": {"Jordan Lee": 16, "Alex Morgan": 16},
    "student_interview_de_01.docx": {"I": 4, "S1": 4, "S2": 5},
    "zoom_caption_txt.txt": {"Johnny Doe": 6, "Janet Dough": 6},
}  # fmt: skip
N_TURNS = {
    "zoom_01_small.vtt": (26, 5),
    "zoom_02_mid.vtt": (91, 17),
    "zoom_04_unicode_names.vtt": (103, 16),
    "zoom_chat_01.txt": (200, 16),
}
FACILITATORS = {
    "front_matter_01.md": {"Q": "the label says so"},
    "md_bold_speaker_01.md": {},
    "otter_01.md": {},
    "qualcoder_transcript.txt": {},
    "qux_interview_A.csv": {"Jordan Lee": "asks the questions"},
    "qux_interview_A.docx": {"Jordan Lee": "asks the questions"},
    "qux_interview_A.xlsx": {"Jordan Lee": "asks the questions"},
    "student_interview_de_01.docx": {"I": "the label says so"},
    "zoom_01_small.vtt": {},
    "zoom_02_mid.vtt": {},
    "zoom_04_unicode_names.vtt": {},
    "zoom_caption_txt.txt": {},
    "zoom_chat_01.txt": {},
}
# Questions in people's own words, as a person reading the heads and answers marks them.
QUESTIONS = {
    "qualcoder_survey456.csv": ["freetext"],
    "qualcoder_survey789.xlsx": ["Qual_hobby_opinions", "Qual_pet_opinions"],
    "survey_gforms_contrib_free.csv": [
        "Do you have any additional comments", "What kind of event", "Is there anything you",
        "Is there anything else",
    ],
    "survey_gforms_developer.csv": ["What could be changed to improve"],
    "survey_jupyter_edu.csv": [
        "What are the biggest pain points for you in running",
        "Are there any other ways that you structure",
        "What are the biggest pain points for you in grading",
        "Are there any other ways in which you are using",
        "Do you have any specific suggestions",
    ],
}  # fmt: skip
NOBODY = (
    "qualcoder_ID1.docx", "research_notes_01.md", "whisper_01.srt", "whisper_01.txt",
    "whisper_01.vtt", "youtube_auto_01.md",
)  # fmt: skip
READ = [*TURNS, *N_TURNS, *QUESTIONS, *NOBODY]


@pytest.mark.parametrize("name", TURNS)
def test_speakers_have_the_turns_that_a_person_counts(ingest, name):
    turns = read_transcript(ingest / name).turns

    assert Counter(turn.speaker for turn in turns) == TURNS[name]


@pytest.mark.parametrize("name", N_TURNS)
def test_meetings_have_as_many_turns_and_speakers_as_a_person_counts(ingest, name):
    turns = read_transcript(ingest / name).turns

    assert (len(turns), len({turn.speaker for turn in turns})) == N_TURNS[name]


@pytest.mark.parametrize("name", FACILITATORS)
def test_facilitators_are_found_or_not_for_the_reason_given(ingest, name):
    assert read_transcript(ingest / name).facilitators == FACILITATORS[name]


@pytest.mark.parametrize("name", QUESTIONS)
def test_open_questions_are_those_that_a_person_marks(ingest, name):
    transcript = read_transcript(ingest / name)

    asked = [words(transcript, turn) for turn in transcript.turns if turn.is_prompt]
    assert [
        a[: len(b)] for a, b in zip(asked, QUESTIONS[name], strict=True)
    ] == QUESTIONS[name]


@pytest.mark.parametrize("name", NOBODY)
def test_files_without_speakers_have_none_and_say_so(ingest, name):
    transcript = read_transcript(ingest / name)

    assert {turn.speaker for turn in transcript.turns} == {None}
    assert "no speaker is marked" in " ".join(r.problem for r in transcript.remarks)


def test_a_survey_of_ticked_boxes_holds_no_words_of_anybody(ingest):
    with pytest.raises(TranscriptError, match="no column of the table holds answers"):
        read_transcript(ingest / "survey_gforms_collector.csv")


def test_an_interview_is_the_same_in_three_formats(ingest):
    said = {
        suffix: [
            # The document breaks words over lines; the tables do not.
            re.sub(r"\s", "", words(transcript, turn))
            for turn in transcript.turns
        ]
        for suffix in ("csv", "xlsx", "docx")
        for transcript in [read_transcript(ingest / f"qux_interview_A.{suffix}")]
    }

    assert said["csv"] == said["xlsx"] == said["docx"]


@pytest.mark.parametrize("name", READ)
def test_every_word_of_the_text_is_in_a_turn_a_problem_or_a_mark(ingest, name):
    transcript = read_transcript(ingest / name)

    assert left_over(transcript) == []


@pytest.mark.parametrize("name", [n for n in READ if not n.startswith("survey_")])
def test_every_word_of_the_file_is_in_the_text(ingest, name):
    transcript = read_transcript(ingest / name)

    lost = Counter(plain_words(ingest / name)) - Counter(pieces(transcript.text))
    assert lost == Counter()


@pytest.mark.parametrize("name", [n for n in READ if n.startswith("survey_")])
def test_every_cell_of_a_survey_is_an_answer_or_a_fact(ingest, name):
    transcript = read_transcript(ingest / name)
    text = (ingest / name).read_text(encoding="utf-8-sig")
    cells = [
        cell.strip() for row in [*csv.reader(io.StringIO(text))][1:] for cell in row
    ]

    answers = [words(transcript, t) for t in transcript.turns if not t.is_prompt]
    facts = [fact for facts in transcript.people.values() for fact in facts.values()]
    assert Counter(filter(None, cells)) == Counter([*answers, *facts])


def test_the_folder_is_read_as_a_whole_and_the_rest_is_listed(ingest):
    corpus = read_corpus(ingest)

    kinds = dict(zip(corpus.documents["path"], corpus.documents["kind"], strict=True))
    unread = {p.name for p in ingest.iterdir()} - kinds.keys()
    assert unread <= set(corpus.problems["path"])
    assert {kinds[name] for name in QUESTIONS} == {"survey"}
    assert kinds["qux_interview_A.csv"] == "interview"
    assert "qux_interview_A.docx" not in kinds  # the same, and its person counts once
    assert kinds["zoom_02_mid.vtt"] == "focus_group"
    assert kinds["research_notes_01.md"] == "notes"


def left_over(transcript):
    text = list(transcript.text)
    text[: transcript.head] = "\0" * transcript.head
    for span in [
        *transcript.turns,
        *(r for r in transcript.remarks if r.start is not None),
    ]:
        text[span.start : span.end] = "\0" * (span.end - span.start)
    rest = "".join(text)
    for label in sorted({t.speaker for t in transcript.turns if t.speaker}, key=len)[
        ::-1
    ]:
        rest = rest.replace(label, " ")
    rest = re.sub(r"\d{1,2}:\d\d(?::\d\d)?|^[ ]*\d\. ", " ", rest, flags=re.MULTILINE)
    return [
        word for word in re.split(r"[\s\0]+", rest) if any(c.isalnum() for c in word)
    ]


def pieces(text):
    return re.findall(r"\w+", text)


def plain_words(file):
    """Return the words of a file by the shortest independent way for its format."""
    if file.suffix == ".docx":
        return pieces("\n".join(p.text for p in docx.Document(file).paragraphs))
    if file.suffix == ".xlsx":
        rows = [*openpyxl.load_workbook(file).active.iter_rows(values_only=True)][1:]
        return pieces(
            "\n".join(
                cell for row in rows for cell in row[2:] if cell and len(cell) > 15
            )
        )
    text = file.read_text(encoding="utf-8-sig")
    if file.suffix == ".csv":
        return [
            w for row in [*csv.reader(io.StringIO(text))][1:] for w in pieces(row[-1])
        ]
    if file.suffix in (".vtt", ".srt"):
        cues = re.split(r"\n\n+", text.replace("\r", ""))
        kept = [
            re.split(r"-->.*\n", cue, maxsplit=1)[1] for cue in cues if "-->" in cue
        ]
        return pieces(
            re.sub(r"^[^:\n]{1,63}: ", "", "\n".join(kept), flags=re.MULTILINE)
        )
    return pieces(text)
