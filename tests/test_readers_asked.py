"""Questions between the turns, and lines that programs write: never anybody's words."""

import docx
import pytest

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, name="talk.txt"):
        (tmp_path / name).write_text(text, encoding="utf-8")
        return read_transcript(tmp_path / name)

    return write_and_read


def said(transcript):
    return [
        ("?" if t.is_prompt else t.speaker, words(transcript, t))
        for t in transcript.turns
    ]


TALK = "{0}\nNoa: The noise.\nEli: Same.\n{1}\nNoa: Sleep.\nEli: Fewer tests.\n"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Question 1. What is hard?", "Question 2. What helps?"),
        ("QUESTION 1: What is hard?", "QUESTION 2: What helps?"),
        ("Question #1 - What is hard?", "Question #2 - What helps?"),
        ("Q1: What is hard?", "Q2: What helps?"),
        ("Q1. What is hard?", "Q2. What helps?"),
        ("Frage 1: Was ist schwer?", "Frage 2: Was hilft?"),
        ("Pregunta 1. ¿Qué cuesta?", "Pregunta 2. ¿Qué ayuda?"),
        ("Вопрос 1. Что трудно?", "Вопрос 2. Что помогает?"),
        ("问题1：什么难？", "问题2：什么有用？"),
        ("Question 1. Say what is hard.", "Question 2. Say what helps."),
        ("**What is hard?**", "**What helps?**"),
        ("*What is hard?*", "*What helps?*"),
        ("__What is hard?__", "__Tell us what helps.__"),
        ("## What is hard?", "## What helps?"),
        ("### Question 1: What is hard?", "### Question 2: What helps?"),
        ("1. What is hard?", "2. What helps?"),
        ("1) What is hard?", "2) What helps?"),
    ],
)
def test_a_question_between_turns_is_nobodys_words(read, first, second):
    signs = "#*_ "

    assert said(read(TALK.format(first, second))) == [
        ("?", first.strip(signs)), ("Noa", "The noise."), ("Eli", "Same."),
        ("?", second.strip(signs)), ("Noa", "Sleep."), ("Eli", "Fewer tests."),
    ]  # fmt: skip


def test_a_question_goes_on_over_lines_until_its_sentence_ends(read):
    text = TALK.format(
        "Question 1\nWhat is hard\nfor you?", "Question 2.\n\nWhat helps?"
    )

    prompts = [words_ for who, words_ in said(read(text)) if who == "?"]
    assert prompts == [
        "Question 1\nWhat is hard\nfor you?",
        "Question 2.\n\nWhat helps?",
    ]


def test_words_after_a_question_that_nobody_is_named_for_are_a_remark(read):
    text = TALK.format(
        "Question 1. What is hard?", "Question 2. What helps?\nA quiet room."
    )

    transcript = read(text)

    assert "A quiet room." not in [words_ for _, words_ in said(transcript)]
    assert [remark.line for remark in transcript.remarks] == [5]


@pytest.mark.parametrize(
    "line",
    [
        "Question 2 was the one that I liked.",
        "2. The second thing is the bus.",
        "I had one question: 2 or 3?",
        "**Really** loud, that is.",
        "Q2 is when we move.",
    ],
)
def test_words_that_only_resemble_a_question_stay_with_who_says_them(read, line):
    text = f"Noa: First.\n{line}\nEli: Same.\nNoa: So.\nEli: Hm?\n"

    assert said(read(text))[0] == ("Noa", f"First.\n{line}")


def test_codes_of_people_that_begin_with_q_are_no_questions(read):
    text = "Q1: Me first.\nQ2: And me.\nQ1: Then home.\nQ3: So.\nQ2: No?\n"

    assert {who for who, _ in said(read(text))} == {"Q1", "Q2", "Q3"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Q1: Why?\nA1: Tests.\nQ2: And?\nA2: The noise.\n", "A"),
        (
            "Question 1: Why?\nAnswer 1: Tests.\nQuestion 2: And?\nAnswer 2: The noise.\n",
            "Answer",
        ),
        (
            "Question 1: Why?\nAnswer: Tests.\nQuestion 2: And?\nAnswer: The noise.\n",
            "Answer",
        ),
        (
            "Frage 1: Warum?\nAntwort: Tests.\nFrage 2: Und?\nAntwort: Der Lärm.\n",
            "Antwort",
        ),
    ],
)
def test_numbered_answers_are_one_persons(read, text, label):
    assert [who for who, _ in said(read(text))] == ["?", label, "?", label]


def test_answers_have_the_id_of_the_question_of_the_guide(tmp_path):
    text = TALK.format("Question 1. Say what is hard.", "Q2: What helps?")
    (tmp_path / "a.txt").write_text(text.replace("Q2:", "Question 2:"))
    (tmp_path / "b.txt").write_text("I: What helps?\nAmy: Maps.\nI: Hm.\nAmy: So.\n")

    table = read_corpus(tmp_path).utterances

    ids = table[~table["is_facilitator"]].set_index("text")["question_id"].to_dict()
    assert ids == {
        "The noise.": "q01", "Same.": "q01", "Sleep.": "q02", "Fewer tests.": "q02",
        "Maps.": "q02", "So.": "q02",
    }  # fmt: skip


def test_who_asks_by_a_guide_need_not_be_found(tmp_path):
    (tmp_path / "a.txt").write_text(TALK.format("Question 1. Why?", "Question 2. How?"))

    assert read_corpus(tmp_path).problems["problem"].tolist() == []


def word(tmp_path, *paragraphs):
    document = docx.Document()
    for text, bold in paragraphs:
        document.add_paragraph().add_run(text).bold = bold
    document.save(tmp_path / "talk.docx")
    return read_transcript(tmp_path / "talk.docx")


def test_bold_paragraphs_of_a_document_ask(tmp_path):
    transcript = word(
        tmp_path,
        ("What is hard?", True),
        ("Noa: The noise.", False),
        ("Eli: Same.", False),
        ("Tell us what helps.", True),
        ("Noa: Sleep.", False),
        ("And why?", True),
        ("Noa: I am tired.", False),
    )

    assert said(transcript) == [
        ("?", "What is hard?"), ("Noa", "The noise."), ("Eli", "Same."),
        ("?", "Tell us what helps."), ("Noa", "Sleep."), ("?", "And why?"),
        ("Noa", "I am tired."),
    ]  # fmt: skip


def test_bold_questions_ask_where_nobody_is_named_too(tmp_path):
    transcript = word(
        tmp_path, ("What is hard?", True), ("The noise.", False), ("And why?", True),
        ("It is loud.", False),
    )  # fmt: skip

    assert transcript.kind == "notes"
    assert said(transcript) == [
        ("?", "What is hard?"), (None, "The noise."), ("?", "And why?"), (None, "It is loud."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "Transcription ended after 00:31:12",
        "Meeting ended after 00:31:12 👋",
        "This editable transcript was computer generated and might contain errors.",
        "This transcript was generated automatically by Zoom.",
        "This transcript was exported on 5 May 2026.",
        "*This recording was transcribed using AI.*",
        "Transcribed by https://otter.ai",
        "(This file is longer than 30 minutes. Go Unlimited at TurboScribe.ai to "
        "transcribe files up to 10 hours long.)",
        "TRANSCRIBED BY Ida Holm",
        "Transcript provided by Rev.com",
        "Generated by Microsoft Teams",
        "Auto-generated by Whisper",
        "Automatically transcribed. Please check.",
        "[End of recording]",
        "*** END OF TRANSCRIPT ***",
        "Ende der Aufnahme",
        "Fin de la entrevista",
        "La transcripción finalizó después de 00:31:12",
        "View original recording at https://example.org/x",
        "Ida Holm stopped transcription",
        "Ida Holm left the meeting",
    ],
)
def test_a_line_of_the_program_is_nobodys_words(read, line):
    transcript = read(f"Ida: Why?\nNoa: Tests.\nIda: And?\nNoa: Noise.\n\n{line}\n")

    assert said(transcript)[-1] == ("Noa", "Noise.")
    assert [remark.line for remark in transcript.remarks] == [6]


def test_a_closing_line_takes_its_paragraph_with_it(read):
    transcript = read(
        "Ida: Why?\nNoa: Tests.\nIda: And?\nNoa: Noise.\n\n"
        "This transcript was generated by a machine. People can\nchange it later.\n"
        "\nSee our terms for more.\n"
    )

    assert said(transcript)[-1] == ("Noa", "Noise.")


@pytest.mark.parametrize(
    "words_",
    [
        "This recording is fine with me.",
        "The transcript helps me to remember.",
        "End of story, I said.",
        "We started recording our own songs.",
        "My brother left the room at night.",
        "Created by me, all of it.",
    ],
)
def test_talk_about_recordings_stays_talk(read, words_):
    transcript = read(f"Ida: Why?\nNoa: Tests.\n{words_}\nIda: And?\nNoa: Noise.\n")

    assert said(transcript)[1] == ("Noa", f"Tests.\n{words_}")


@pytest.mark.parametrize(
    "time", ["00:05:00", "[00:05:00]", "(5:00)", "00:05:00 --> 00:05:09"]
)
def test_a_time_alone_on_its_line_is_the_time_of_the_next_turn(read, time):
    transcript = read(f"Ida: Why?\nNoa: Tests.\n\n{time}\n\nIda: And?\nNoa: Noise.\n")

    assert said(transcript) == [
        ("Ida", "Why?"), ("Noa", "Tests."), ("Ida", "And?"), ("Noa", "Noise."),
    ]  # fmt: skip
    assert [turn.start_s for turn in transcript.turns] == [None, None, 300.0, None]
    assert transcript.remarks == ()


def test_a_time_that_is_all_somebody_says_is_their_words(read):
    transcript = read("Ida: When?\nNoa:\n17:30\nIda: And?\nNoa: So.\n")

    assert said(transcript)[1] == ("Noa", "17:30")


TEAMS = [
    "ID\nIda Holm   0:03\nWhy is that?\nNB\nNoa Berg   0:09\nTests.\nID\nIda Holm   0:12\n"
    "And then?\nNB\nNoa Berg   0:15\nNoise.",
    "IH\nIda Holm\n0 minutes 3 seconds\n0:03\nIda Holm 0 minutes 3 seconds\nWhy is that?\n"
    "NB\nNoa Berg\n0 minutes 9 seconds\n0:09\nNoa Berg 0 minutes 9 seconds\nTests.\n"
    "IH\nIda Holm\n0 minutes 12 seconds\n0:12\nIda Holm 0 minutes 12 seconds\nAnd then?\n"
    "NB\nNoa Berg\n0 minutes 15 seconds\n0:15\nNoa Berg 0 minutes 15 seconds\nNoise.",
]  # fmt: skip


@pytest.mark.parametrize("text", [TEAMS[0].replace("ID\n", "IH\n"), TEAMS[1]])
@pytest.mark.parametrize("name", ["talk.txt", "talk.docx"])
def test_badges_and_times_of_teams_are_signs(tmp_path, read, text, name):
    transcript = (
        read(text)
        if name == "talk.txt"
        else word(tmp_path, *((line, False) for line in text.split("\n")))
    )

    assert said(transcript) == [
        ("Ida Holm", "Why is that?"), ("Noa Berg", "Tests."), ("Ida Holm", "And then?"),
        ("Noa Berg", "Noise."),
    ]  # fmt: skip
    assert [turn.start_s for turn in transcript.turns] == [3, 9, 12, 15]
    assert transcript.remarks == ()


def test_a_length_of_time_that_somebody_says_is_their_words(read):
    transcript = read(
        "Ida: How long?\nNoa: 10 minutes 5 seconds\nIda: Hm?\nNoa:\n20 minutes\n"
    )

    assert [said_ for who, said_ in said(transcript) if who == "Noa"] == [
        "10 minutes 5 seconds", "20 minutes",
    ]  # fmt: skip


@pytest.mark.parametrize("signs", ["Q.   {}\n      A.   {}", "Q   {}\n      A   {}"])
def test_questions_and_answers_of_a_court_are_turns(read, signs):
    pair = signs.format("How long?", "Years.")
    transcript = read(
        f"     THE CLERK:  Go on.\n     THE WITNESS:  I will.\n      {pair}\n"
        "     THE CLERK:  Thanks.\n     THE WITNESS:  Yes.\n"
    )

    assert said(transcript)[1:4] == [
        ("THE WITNESS", "I will."), ("Q", "How long?"), ("A", "Years."),
    ]  # fmt: skip
    assert set(transcript.facilitators) == {"Q"}


def test_nobody_speaks_in_code(read):
    transcript = read(
        "# Log\n\n```\nRaises:\n    Sum: no\nRaises:\n    Sum: yes\n```\n\n"
        "Try: it broke.\nTry: it broke again.\n",
        "log.md",
    )

    assert transcript.kind == "notes"
    assert {turn.speaker for turn in transcript.turns} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "INFO: begun\nDEBUG: reads\nINFO: done\nDEBUG: sleeps\n",
        "So it said\nKeyError: x\nTypeError: y\nand then\nKeyError: z\nTypeError: y\n",
        "From: Ida Holm\nTo: Noa Berg\nSubject: art\n\nHi.\n\nFrom: Noa Berg\nTo: Ida Holm\n\nYes.\n",
        "Assunto: bilhete\nFecha: hoy\nAssunto: aviso\nFecha: ayer\nDocumento Nº: 3\n",
    ],
)
def test_letters_logs_and_errors_have_no_voices(read, text):
    assert {turn.speaker for turn in read(text).turns} == {None}


def test_facts_above_a_talk_are_no_voices_in_any_language(read):
    transcript = read(
        "Betreff: Gespräch\nDokument Nr: 4\nOrt: Halle\n\nIda: Warum?\nNoa: Lärm.\nIda: Und?\nNoa: So.\n"
    )

    assert {turn.speaker for turn in transcript.turns} == {"Ida", "Noa"}


def test_one_voice_may_answer_what_stands_in_bold(read):
    transcript = read(
        "**What is hard?**\n\nNoa: Noise.\n\n**What helps?**\n\nNoa: Sleep.\n", "a.md"
    )

    assert said(transcript) == [
        ("?", "What is hard?"), ("Noa", "Noise."), ("?", "What helps?"), ("Noa", "Sleep."),
    ]  # fmt: skip


IN_TURN = (
    "talk with Dariusz\n10/17, stairwell B\n\n"
    "Thanks for coming. How are things at home?\n\n"
    "Fine. He works nights, so I\ntry to be quiet.\n\n"
    "So when do you do the online assignments?\n\n"
    "In the morning here. I get twenty minutes.\n\n\n"
    "That helps, I had not thought of that. What should it look like?\n\n"
    "Food. My friend would go, too.\n\n"
    "Anything else?\n\n"
    "Don't tell my uncle.\n\n"
    "I won't. Thank you.\n"
)


def test_paragraphs_that_ask_and_answer_in_turn_are_a_talk_of_two(read):
    talk = read(IN_TURN)

    assert [turn.is_prompt for turn in talk.turns] == [True, False] * 4 + [True]
    assert said(talk)[1] == ("Dariusz", "Fine. He works nights, so I\ntry to be quiet.")
    assert said(talk)[-1] == ("?", "I won't. Thank you.")
    assert talk.kind == "interview"


def test_without_a_name_in_the_title_whoever_answers_is_one_person(read):
    talk = read(IN_TURN.replace("talk with Dariusz\n", ""))

    assert {turn.speaker for turn in talk.turns} == {None, "Participant"}
    assert "nobody is marked as speaking" in talk.remarks[-1].problem


@pytest.mark.parametrize(
    "text",
    [
        "What is lunch?\n\nA meal.\n\nWhen is it?\n\nAt noon.\n\nWhere is it?\n\n"
        "Downstairs.\n\nWho pays?\n\nThe state.\n",
        "I came early. Why?\n\nI missed the bus.\n\nThen I ate.\n\nI sat down.\n\n"
        "I slept. And?\n\nI woke.\n\nI left.\n\nI ran.\n\n",
        "Do I like it?\n\nDo I know?\n\nWho asks me?\n\nDo we care?\n\nWhat is it to me?\n\n"
        "Who are we?\n\nWhy do I write?\n\nDo I?\n",
    ],
    ids=["a page of answers by nobody", "somebody's own story", "only questions"],
)
def test_paragraphs_of_which_not_every_second_one_asks_are_no_talk_of_two(read, text):
    assert read(text).kind == "notes"


CLOSED = "Ana: Is it far?\n\nBo: Two miles.\n\nAna: And then?\n\nBo: We walk.\n\n{}\n"


@pytest.mark.parametrize(
    "line",
    [
        "STOPPED HERE 11:40 - rest of audio to do (approx. 20 min)",
        "cleaned 12/9, still need to check Toledo",
        "Traducción: G. Palomino. Not a certified translation.",
        "Meeting adjourned at 7:34",
        "- [ ] make a partner list",
        "☐ return the book",
        "> This one stung. Think about it.",
        "*Teacher's note: it was six miles.*",
    ],
)
def test_what_somebody_adds_to_a_talk_is_in_nobodys_turn(read, line):
    assert said(read(CLOSED.format(line)))[-1] == ("Bo", "We walk.")


@pytest.mark.parametrize(
    "line",
    [
        "We stopped here once.",
        "Stopped here and ate.",
        "Checked the bus, too.",
        "Translation: we are late.",
        "Teacher's notes are long.",
    ],
)
def test_words_that_only_resemble_such_a_line_stay_in_the_turn(read, line):
    assert said(read(CLOSED.format(line)))[-1] == ("Bo", f"We walk.\n\n{line}")


def test_people_who_answer_in_block_quotes_are_heard(read):
    text = (
        "**Ana:** Is it far?\n\n**Bo:**\n\n> Two miles.\n\n"
        "**Ana:** And then?\n\n**Bo:**\n\n> We walk.\n"
    )

    assert said(read(text, "talk.md")) == [
        ("Ana", "Is it far?"),
        ("Bo", "> Two miles."),
        ("Ana", "And then?"),
        ("Bo", "> We walk."),
    ]


def test_a_note_among_answers_in_bullets_is_nobodys(read):
    text = (
        "1. What is best?\n\n   - Tamsin (gr 7): Stew.\n   - Zeke (gr 8): Rice.\n"
        "   - *Adviser's note: I checked.*\n\n"
        "2. What is worst?\n\n   - Tamsin (gr 7): The line.\n   - Zeke (gr 8): Time.\n"
    )

    assert [words for _, words in said(read(text, "talk.md"))] == [
        "1. What is best?", "Stew.", "Rice.", "2. What is worst?", "The line.", "Time.",
    ]  # fmt: skip


INVITE = (
    "From: Gita Palo\nTo: Families\nSubject: Coffee hour\nWhen: Friday, 8:15 AM\n"
    "Where: Annex\n\nPlease join us for coffee.\n\nRSVP: reply to this email.\n"
)
GUIDE = (
    "Westmoor - Interview guide, version 3\n\nInstructions: 40 minutes.\n\n"
    "How did you hear of it?\n\nWhat does a day look like? (Probe: lunch)\n\n"
    "Where does it get in the way?\n\nClose: thank. Note the time.\n"
)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (INVITE, "an invitation"),
        (INVITE.replace("Gita Palo", "Gita Palo <gita@mail.example>"), "an invitation"),
        (GUIDE, "a guide of questions"),
    ],
    ids=["invitation", "with an address", "guide"],
)
def test_what_is_about_a_talk_is_told_for_what_it_is(read, text, what):
    with pytest.raises(TranscriptError, match=f"this looks like {what}"):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        GUIDE.replace("of it?\n", "of it?\n\nMy mom told me.\n"),
        GUIDE.replace("Interview guide", "What we wonder about"),
        "When: Friday\nWhere: Annex\n\nI came late and it was loud.\n",
        INVITE + "\nAna: I came late?\nBo: Me too.\nAna: And you?\nBo: Same.\n",
        "From: Ana Ruiz\nSubject: The bus\n\nMy son is late each day because of the bus.\n",
    ],
    ids=["answered", "own questions", "a report", "a talk below", "a letter"],
)
def test_words_of_somebody_are_read_though_they_begin_like_a_guide(read, text):
    assert any(not turn.is_prompt for turn in read(text).turns)


DIALOGUE = [
    "How are things at home?",
    "Fine. I try to be quiet.",
    "When do you do your work?",
    "In the morning. I get twenty minutes.",
    "What should it look like?",
    "Food. My friend would go, too.",
    "Anything else?",
    "No.",
]


@pytest.mark.parametrize(
    ("asked", "answer", "gap"),
    [
        ("— {}", "— {}", "\n"),
        ("- {}", "- {}", "\n\n"),
        ("{}", "{}", "\n"),
        ("Question: {}", "Answer: {}", "\n\n"),
    ],
    ids=["dashes", "spaced dashes", "lines", "words"],
)
def test_lines_that_ask_and_answer_in_turn_are_a_talk_of_two(read, asked, answer, gap):
    forms = [asked, answer] * 4
    lines = [form.format(words) for form, words in zip(forms, DIALOGUE, strict=True)]

    told = said(read(gap.join(lines) + "\n"))

    assert told == [
        ("?" if n % 2 == 0 else "Participant", words)
        for n, words in enumerate(DIALOGUE)
    ]
