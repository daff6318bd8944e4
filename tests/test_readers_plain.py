"""Plain text and Markdown to turns, passages and problems."""

import pytest

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words


@pytest.fixture
def read(tmp_path):
    def write_and_read(content, name="talk.txt"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_transcript(file)

    return write_and_read


def said(transcript):
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]


@pytest.mark.parametrize(
    "text",
    [
        "Interviewer: What helps?\nAmara Boone: My friends.\nThey do.\n",
        "INTERVIEWER: What helps?\n\nAMARA BOONE: My friends.\nThey do.\n",
        "[Interviewer] What helps?\n[Amara Boone] My friends.\nThey do.\n",
        "**Interviewer:** What helps?\n\n**Amara Boone:** My friends.\nThey do.\n",
        "**Interviewer**  0:01\nWhat helps?\n\n**Amara Boone**  0:04\nMy friends.\nThey do.",
        "Interviewer   0:01\nWhat helps?\n\nAmara Boone   0:04\nMy friends.\nThey do.",
        "[Interviewer] 11:02:09\nWhat helps?\n\n[Amara Boone] 11:02:10\nMy friends.\nThey do.",
        "Interviewer (00:01): What helps?\nAmara Boone (00:04): My friends.\nThey do.",
        "[00:01] Interviewer: What helps?\n[00:04] Amara Boone: My friends.\nThey do.",
        "00:01 Interviewer\nWhat helps?\n\n00:04 Amara Boone\nMy friends.\nThey do.\n",
        "Interviewer:\nWhat helps?\nAmara Boone:\nMy friends.\nThey do.",
    ],
)
def test_each_notation_gives_the_same_turns(read, text):
    transcript = read(text)

    assert [(s.casefold(), w) for s, w in said(transcript)] == [
        ("interviewer", "What helps?"),
        ("amara boone", "My friends.\nThey do."),
    ]


@pytest.mark.parametrize(
    ("asks", "answers"), [("Q:", "A:"), ("Q.", "A."), ("F:", "7:"), ("I:", "P1:")]
)
def test_codes_are_speakers(read, asks, answers):
    transcript = read(f"{asks} What helps?\n{answers} My friends.\n")

    assert said(transcript) == [
        (asks[:-1], "What helps?"),
        (answers[:-1], "My friends."),
    ]


def test_a_turn_may_have_paragraphs(read):
    transcript = read(
        "I: Why?\n\nAna: First.\n\nSecond: it\nis so.\n\nI: And?\n\nAna: No."
    )

    assert said(transcript)[1] == ("Ana", "First.\n\nSecond: it\nis so.")


def test_cues_stay_in_the_text(read):
    transcript = read("I: Why?\nAna: (LAUGHTER) I [inaudible] (NAME DELETED).\n")

    assert said(transcript)[1] == ("Ana", "(LAUGHTER) I [inaudible] (NAME DELETED).")


def test_a_time_at_the_head_of_the_words_is_kept_as_a_time(read):
    transcript = read("**I:** [00:01:00] Why?\n**Ana Ruiz:** So.\n")

    assert [(t.start_s, words(transcript, t)) for t in transcript.turns] == [
        (60.0, "Why?"),
        (None, "So."),
    ]


def test_a_message_of_a_chat_may_have_lines(read):
    transcript = read("00:01:00\tMike:\tOne\n\ntwo: 2\n00:02:00\tFab:\tThree\n")

    assert said(transcript) == [("Mike", "One\n\ntwo: 2"), ("Fab", "Three")]


def test_lines_are_counted_from_one(read):
    transcript = read("Talk\n\nI: Why?\nAna: So.\nAnd so.\nI: Hm?\n")

    assert [turn.line for turn in transcript.turns] == [3, 4, 6]


def test_front_matter_is_facts_and_no_turn(read):
    transcript = read("---\ntitle: Talk\ndate: 2026-01-02\n---\nI: Why?\nAna: So.\n")

    assert said(transcript) == [("I", "Why?"), ("Ana", "So.")]
    assert transcript.facts == {"date": "2026-01-02"}
    assert transcript.text[: transcript.head].endswith("date: 2026-01-02\n---\n")
    assert transcript.remarks == ()


def test_facts_at_the_top_are_no_turns(read):
    transcript = read(
        "Interviewer: Dana\nDate: 2026-01-02\n\nInterviewer: Why?\nAna: So.\n"
    )

    assert said(transcript) == [("Interviewer", "Why?"), ("Ana", "So.")]


def test_a_date_right_before_the_turns_hides_none_of_them(read):
    transcript = read("Date: 2026-01-02\nI: Why?\nAna: So.\n")

    assert said(transcript) == [("I", "Why?"), ("Ana", "So.")]


def test_words_before_the_first_mark_are_one_problem_a_block(read):
    transcript = read("Our talk\nin spring\n\nI: Why?\nAna: So.\n")

    assert [(r.line, transcript.text[r.start : r.end]) for r in transcript.remarks] == [
        (1, "Our talk\nin spring")
    ]


def test_a_heading_ends_a_turn_and_the_speaker_goes_on_under_it(read):
    transcript = read(
        "**I:** Why?\n\n**Ana:** So.\n\n## Part 2\n\nAnd so.\n\n**I:** Hm?"
    )

    assert said(transcript) == [
        ("I", "Why?"),
        ("Ana", "So."),
        ("Ana", "And so."),
        ("I", "Hm?"),
    ]


def test_a_closing_line_of_a_service_is_no_words_of_anybody(read):
    transcript = read("I: Why?\nAna: So.\nTranscribed by https://otter.ai\n")

    assert said(transcript)[-1] == ("Ana", "So.")


def test_bullets_and_paragraphs_without_speakers_are_notes(read):
    transcript = read(
        "# Visit\n\n- Lunch is loud\n  and long\n- Halls are calm\n\nA warm\nplace.\n"
    )

    assert transcript.kind == "notes"
    assert [(t.is_prompt, words(transcript, t)) for t in transcript.turns] == [
        (True, "Visit"),
        (False, "Lunch is loud\n  and long"),
        (False, "Halls are calm"),
        (False, "A warm\nplace."),
    ]
    assert [remark.problem for remark in transcript.remarks] == [
        "no speaker is marked, so its passages count by document and not by people"
    ]


def test_a_very_long_passage_is_cut_at_ends_of_sentences(read):
    sentence = "We walk to school and talk on the way there. "

    transcript = read(sentence * 60)

    assert {words(transcript, turn)[-6:] for turn in transcript.turns} == {"there."}
    assert max(len(words(transcript, t).split()) for t in transcript.turns) <= 120


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("I: Why?\nAna: Señora.".encode("utf-8-sig"), "Señora."),
        ("I: Why?\nAna: Señora.".encode("utf-16"), "Señora."),
        ("I: Why?\nAna: Señora.".encode("utf-16-le"), "Señora."),
        (b"I: Why?\r\nAna: One.\r\nTwo.\r\n", "One.\nTwo."),
        (b"I: Why?\rAna: One.\rTwo.\r", "One.\nTwo."),
    ],
)
def test_encodings_and_line_ends_do_not_matter(read, data, expected):
    assert said(read(data))[-1] == ("Ana", expected)


def test_windows_1252_is_read_and_named(read):
    text = "I: Why?\nAna: “Señora” said it’s fine, naïve café – yes.\n"

    transcript = read(text.encode("cp1252"))

    assert said(transcript)[-1] == ("Ana", "“Señora” said it’s fine, naïve café – yes.")
    assert transcript.remarks[0].problem == (
        "the file is not UTF-8 and was read as windows-1252"
    )


def test_letters_are_left_as_they_are_composed(read):
    assert said(read("I: Why?\nAna: Sen\u0303ora."))[-1] == ("Ana", "Sen\u0303ora.")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\n ", "the file is empty"),
        (b"\xef\xbb\xbf\n", "the file is empty"),
        (b"PK\x03\x04 zip", "this is an archive; use read_corpus"),
        (b"%PDF-1.7", "is not a PDF that can be opened"),
        (b"\x00\x01\x02\x03 a b c \x00", "is not a text file"),
        (b"\xff\xfeI\x00:\x00\x00", "says it is utf-16 but is not"),
    ],
)
def test_a_bad_file_says_what_is_wrong(read, content, message):
    with pytest.raises(TranscriptError, match=message):
        read(content)


def test_captions_under_another_suffix_are_captions(read):
    transcript = read("WEBVTT\n\n00:01.000 --> 00:02.000\nAna Ruiz: Yes.\n")

    assert said(transcript) == [("Ana Ruiz", "Yes.")]


def test_a_question_that_is_bold_throughout_has_its_speaker(read):
    transcript = read("**I: Why is it?**\n\nAna: So.\n\n**I: And?**\n\nAna: Well.\n")

    assert [turn.speaker for turn in transcript.turns] == ["I", "Ana", "I", "Ana"]


def test_a_name_after_which_nothing_is_said_is_a_problem(read):
    transcript = read("I: Why?\nAna Ruiz:\nI: And?\nAna Ruiz: So.\n")

    assert [(remark.line, remark.problem) for remark in transcript.remarks] == [
        (2, "a speaker's name without words is not part of any turn")
    ]


HEAD = "Interview notes\nInterviewee: Ana Ruiz (8th grader)\nInterviewer: Ms. Hale\n"
TALK = (
    "1. What do you wish teachers knew?\nI take care of my brothers.\n"
    "2. Tell me about a good day.\nCoding club. It was mine.\n"
)


@pytest.mark.parametrize("between", ["", "\n", "Date: Oct 12\n"])
def test_notes_of_one_interview_are_the_words_of_who_was_interviewed(tmp_path, between):
    (tmp_path / "notes.txt").write_text(HEAD + between + TALK)

    corpus = read_corpus(tmp_path)

    assert corpus.participants["role"].tolist() == ["student"]
    said = corpus.utterances[~corpus.utterances["is_facilitator"]]
    assert said["text"].tolist() == [
        "I take care of my brothers.",
        "Coding club. It was mine.",
    ]
    assert said["question_id"].tolist() == ["q01", "q02"]
    assert (said["speaker"] == "Ana Ruiz").all()


def test_a_talk_under_such_a_head_is_told_apart_as_ever(tmp_path):
    talk = "Interviewer: What helps you?\nInterviewee: My friends do.\n"
    (tmp_path / "talk.txt").write_text(f"{HEAD}Date: Oct 12\n{talk}")

    turns = read_corpus(tmp_path).utterances

    assert turns["text"].tolist() == ["What helps you?", "My friends do."]
    assert turns["is_facilitator"].tolist() == [True, False]


def test_two_people_who_answer_each_other_are_no_head(tmp_path):
    talk = "Student: Math\nTeacher: Why Math\nStudent: It is fair, and I know when I am done.\n"
    (tmp_path / "talk.txt").write_text(talk)

    assert read_corpus(tmp_path).utterances["text"].tolist() == [
        "Math",
        "Why Math",
        "It is fair, and I know when I am done.",
    ]


def test_a_name_among_facts_is_whose_words_they_are_unless_somebody_watched(tmp_path):
    head = "Name: Renata Cole\nRole: Art teacher\nSchool: Harbor\n"
    (tmp_path / "a.txt").write_text(f"{head}\nWe share a planning period.\n")
    (tmp_path / "b.txt").write_text(
        "Student: Dominic Vance\nObserver: Ms. Hale\n\nHe seemed tired today.\n"
    )

    corpus = read_corpus(tmp_path)

    assert corpus.participants["role"].tolist() == ["teacher"]
    said = corpus.utterances[~corpus.utterances["is_facilitator"]]
    assert said["participant_id"].notna().tolist() == [True, False]


@pytest.mark.parametrize(
    "people", [("Student 1", "Student 2"), ("Keisha (11th grade)", "Minh (9th grade)")]
)
def test_passages_under_headings_that_are_people_are_theirs(tmp_path, people):
    first, second = people
    (tmp_path / "session.md").write_text(
        f"# Session\n\n## {first}\n\n- I like labs.\n- The wifi drops.\n\n"
        f"## {second}\n\n- I ask my friends.\n\n## Summary\n\nAll of them work hard.\n"
    )

    turns = read_corpus(tmp_path).utterances
    said = turns[~turns["is_facilitator"]]

    assert said["speaker"].fillna("").tolist() == [first, first, second, ""]


def test_one_heading_that_is_a_person_says_of_whom_a_file_is(tmp_path):
    (tmp_path / "notes.md").write_text("# Student 1\n\nHe was tired, and slept.\n")

    assert read_corpus(tmp_path).participants.empty


def test_what_asks_you_in_notes_is_a_question_and_nobodys_words(tmp_path):
    notes = (
        "What do you need more of?\n- Time.\n- Why do we have tests?\n\n"
        'What is hard for you?\n"The log in."\n"It is my phone." - Jay\n'
    )
    (tmp_path / "session.txt").write_text(notes)

    turns = read_corpus(tmp_path).utterances

    assert turns.loc[turns["is_facilitator"], "text"].tolist() == [
        "What do you need more of?",
        "What is hard for you?",
    ]
    assert turns.loc[~turns["is_facilitator"], "text"].tolist() == [
        "Time.",
        "Why do we have tests?",
        '"The log in."',
        '"It is my phone." - Jay',
    ]


def test_a_head_over_nothing_is_said_to_be_no_transcript(tmp_path):
    (tmp_path / "a.txt").write_text("Interviewee: Ana Ruiz\nInterviewer: Bo Li\n")

    corpus = read_corpus(tmp_path)

    assert corpus.utterances[~corpus.utterances["is_facilitator"]].empty
    assert corpus.problems["problem"].str.startswith("no speaker is marked").all()
    assert len(corpus.problems) == 1


@pytest.mark.parametrize("instead", [
    "<Media omitted>", "\u200eimage omitted", "This message was deleted",
    "You deleted this message.", "<Multimedia omitido>", "imagen omitida",
    "<Medien ausgeschlossen>", "Bild weggelassen", "<Médias omis>", "image absente",
    "<Mídia oculta>", "imagem ocultada",
])  # fmt: skip
def test_what_a_chat_says_in_place_of_a_picture_is_nobodys_words(read, instead):
    lines = [
        "Ms Lee: What is hard about homework?", "Ana: no wifi at home", f"Ben: {instead}",
        "Ana: half the class absent", "Ben: a page was omitted",
    ]  # fmt: skip
    text = "\n".join(f"10/1/25, 10:0{n} AM - {line}" for n, line in enumerate(lines))

    assert said(read(text)) == [
        ("Ms Lee", "What is hard about homework?"), ("Ana", "no wifi at home"),
        ("Ana", "half the class absent"), ("Ben", "a page was omitted"),
    ]  # fmt: skip


NOTEBOOK = (
    "NOTEBOOK - October\n\n"
    "Mon 10/7. Asked a few kids about homework.\n\n"
    'Jaylen: "I do it on the bus and then it gets wet."\n'
    "(he showed me the folder)\n"
    'me: "What would make it easier?"\n'
    'J. – "Let me take a picture of it."\n\n'
    "Note to self: ask how she collects photos.\n\n"
    "Wed 10/9. Linh stayed after.\n"
    'Linh said, "I have four brothers and one table."\n'
    "She did not want me to call home.\n\n"
    'Jaylen again, on the way out: "Move the due date."\n\n'
    'Linh: "Before school is good."\n\n'
    "TO DO: copies for sub\n"
)


def test_notes_with_all_that_is_said_in_quotation_marks_are_those_words(read):
    talk = read(NOTEBOOK)

    assert said(talk) == [
        ("Jaylen", "I do it on the bus and then it gets wet."),
        ("me", "What would make it easier?"),
        ("Jaylen", "Let me take a picture of it."),
        ("Linh", "I have four brothers and one table."),
        ("Jaylen", "Move the due date."),
        ("Linh", "Before school is good."),
    ]
    assert talk.facilitators.keys() == {"me"}


COFFEE = (
    "Parent coffee hour\n\n"
    "Gita - What would you fix first?\n\n"
    "Renee Toussaint - “There are five apps.”\n\n"
    "Mr. Bhandari – “And a password each.”\n\n"
    "Several people nodded.\n\n"
    "Kolton’s dad – “I just want a call.”\n\n"
    "G – How many good calls have you had?\n\n"
    "Kolton’s dad – “One.”\n\n"
    "Renee Toussaint - “It’s a person.”\n\n"
    "Mr. Bhandari – “Two are going.”\n\n"
    "Next coffee: Dec 13. Bring pan dulce.\n"
)


def test_below_a_quotation_that_is_closed_stands_what_somebody_noted(read):
    assert said(read(COFFEE))[2:5] == [
        ("Mr. Bhandari", "“And a password each.”"),
        ("Kolton’s dad", "“I just want a call.”"),
        ("Gita", "How many good calls have you had?"),
    ]
    assert said(read(COFFEE))[-1] == ("Mr. Bhandari", "“Two are going.”")


def test_a_letter_that_is_an_initial_asks_as_its_name_does(read):
    assert read(COFFEE).facilitators.keys() == {"Gita"}


@pytest.mark.parametrize(
    "text",
    [
        "I: Why?\nImani: So.\nI: And then?\nImani: Yes.\n",
        "Q: Why?\nQuinn: So.\nQ: And then?\nQuinn: Yes.\n",
        "T: Why?\nTerry: So.\nT: And then?\nTerry: Yes.\n",
        "J: Why?\nJo: So.\nJ: And then?\nJane: Yes.\nJo: No.\nJane: Hm.\n",
    ],
    ids=["interviewer", "question", "teacher", "two names"],
)
def test_a_letter_that_may_be_a_part_is_nobodys_initial(read, text):
    assert next(turn.speaker for turn in read(text).turns) == text[0]


def test_somebody_who_quotes_others_within_a_talk_goes_on_below(read):
    text = (
        "Ana: Why?\n\nBen: “Be quiet,” they said.\n\nThey say it daily.\n\n"
        "Ana: And?\n\nBen: “Sit down.”\n\nThat is what they say.\n"
    )

    assert said(read(text))[-1] == ("Ben", "“Sit down.”\n\nThat is what they say.")


COUNTED = """INVENTED STUDY                                                   Page 1 of 2
Protocol IRB-2025-114   Interviewer: INT (Dr. Roe)   Participants: S07, T02

1  INT:  Tell me about the bus.
2  S07:  It was so late that I stood in the rain.
3  INT:  And then?
4  S07:  Nothing came.
5  T02:  Half my first period walks in after that.
6  (phone rings)
7  INT:  What would you change?
8  S07:  Start later. My alarm goes at five
9        so I am tired by noon.

Page 2 of 2
10 T02:  I would ask them: what do you need?
11 INT:  Thank you.
"""


def test_lines_are_counted_between_heads_of_pages_and_turns(tmp_path):
    (tmp_path / "s07.txt").write_text(COUNTED, encoding="utf-8")

    transcript = read_transcript(tmp_path / "s07.txt")

    said = [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]
    assert {who for who, _ in said} == {"INT", "S07", "T02"}
    assert ("T02", "Half my first period walks in after that.") in said
    assert (
        "S07",
        "Start later. My alarm goes at five\nso I am tired by noon.",
    ) in said


def test_items_of_a_list_by_several_people_keep_their_numbers(tmp_path):
    listed = "\n".join(f"{n}. Ana: I like number {n}." for n in range(1, 9))
    (tmp_path / "list.txt").write_text(listed, encoding="utf-8")

    assert read_transcript(tmp_path / "list.txt").text.startswith("1. Ana")
