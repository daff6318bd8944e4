"""Small cases from public trackers: people miscounted, words in the wrong mouth."""

import pytest

from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words


@pytest.fixture(scope="module")
def field(shared):
    folder = shared / "data" / "field"
    if not folder.is_dir():
        pytest.skip("the field cases of ../shared are not on this machine")
    return folder


# File -> who asks, who answers, and how many turns the latter have.
TALKS = {
    "08-moderator-in-list-initials/group.txt": ({"P"}, {"M": 2, "I": 2, "E": 2}),
    "08-moderator-in-list-initials/lab_M_initial.txt": ({"P"}, {"M": 3}),
    "17-turn-table-heads/dl.csv": ({"Int"}, {"Lena": 2}),
    "17-turn-table-heads/talk.csv": ({"Interviewer"}, {"Lena": 2}),
    "17-turn-table-heads/tp.csv": ({"Interviewer"}, {"Lena": 2}),
    "29-meet-doc-footer/meet_doc.txt": ({"Dana Okafor"}, {"Imani Brooks": 2}),
    "31-docx-move/tracked.docx": ({"Interviewer"}, {"Lena": 2}),
    "42-non-latin-interviewer/lab_arabic.txt": ({"المحاور"}, {"ليلى": 2}),
    "42-non-latin-interviewer/lab_ja.txt": ({"インタビュアー"}, {"ユキ": 2}),
    "42-non-latin-interviewer/lab_zh_asked_by_me.txt": ({"我"}, {"小明": 3}),
    "44-numbered-questions-between-turns/fgq.txt": (
        {"Moderator"},
        {"David": 3, "Will": 3},
    ),
}
# File -> the questions, who answers, how many answers.
SURVEYS = {
    "20-long-survey-participant-question-answer/pq.csv": (2, {"P1", "P2"}, 4),
    "20-long-survey-participant-question-answer/nc.csv": (2, {"anon1", "anon2"}, 4),
    "24-timestamp-as-answer/gf.csv": (1, {"1", "2", "3", "4"}, 4),
}


@pytest.mark.parametrize("name", TALKS)
def test_who_asks_and_who_answers_is_as_a_person_hears_it(field, name):
    transcript = read_transcript(field / name)

    spoken = [t.speaker for t in transcript.turns if t.speaker]
    heard = {label: spoken.count(label) for label in spoken}
    asking = set(transcript.facilitators)
    told = {label: n for label, n in heard.items() if label not in asking}
    assert (asking, told) == TALKS[name]


@pytest.mark.parametrize("name", SURVEYS)
def test_people_questions_and_answers_are_as_a_person_counts_them(field, name):
    transcript = read_transcript(field / name)

    asked = [turn for turn in transcript.turns if turn.is_prompt]
    said = [turn.speaker for turn in transcript.turns if not turn.is_prompt]
    assert (len(asked), set(said), len(said)) == SURVEYS[name]


def test_words_that_were_moved_are_read_once(field):
    transcript = read_transcript(field / "31-docx-move" / "tracked.docx")

    assert words(transcript, transcript.turns[-1]) == "A later bell. Really."


def test_a_question_of_the_court_is_not_the_witnesss(field):
    transcript = read_transcript(field / "28-court-q-inside-witness" / "hearing.txt")

    told = {t.speaker: words(transcript, t) for t in transcript.turns}
    assert told["Q"] == "How often does it happen?"
    assert told["A"] == "Three times a week."


def test_times_and_closing_lines_are_nobodys_words(field):
    transcript = read_transcript(field / "29-meet-doc-footer" / "meet_doc.txt")

    assert words(transcript, transcript.turns[-1]).endswith("in my language.")
    assert [turn.start_s for turn in transcript.turns] == [0, None, 301, None]


def test_nobody_speaks_in_code(field):
    transcript = read_transcript(field / "43-letter-and-code-labels" / "code.md")

    assert transcript.kind == "notes"
    assert {turn.speaker for turn in transcript.turns} == {None}


def test_questions_of_a_guide_have_their_ids(field):
    table = read_corpus(
        field / "44-numbered-questions-between-turns" / "fgq.txt"
    ).utterances

    assert table["question_id"].fillna("").tolist() == [
        "q01", "q01", "q01", "", "q01", "q02", "q02", "q02", "q03", "q03",
    ]  # fmt: skip
    asked = table[table["facilitator_why"] == "a question of the guide"]
    assert asked["position"].tolist() == [1, 6, 9]


@pytest.mark.parametrize(
    ("folder", "kept"),
    [
        ("02-dups", ["lena.txt", "omar.txt"]),
        ("03-two-formats", ["lena.vtt", "omar.txt"]),
    ],
)
def test_the_same_interview_twice_is_one(field, folder, kept):
    corpus = read_corpus(field / "22-same-interview-twice" / folder)

    assert corpus.documents["path"].tolist() == kept
    assert len(corpus.participants) == 2
    assert corpus.problems["problem"].str.startswith("left out").sum() == 2
