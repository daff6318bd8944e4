"""Which heads of lines are speakers' marks."""

import pytest

from empathy_insights.labels import is_unknown, label_key
from empathy_insights.readers.corpus_of_files import read_transcript
from empathy_insights.readers.dialog.notations import mark_of
from empathy_insights.readers.dialog.speaker_marks import find_marks, real_marks
from empathy_insights.readers.dialog.turns import find_turns


def labels(text, names=()):
    kept, _ = real_marks(find_marks(text), text, frozenset(names))
    return [mark.label for mark in kept]


@pytest.mark.parametrize(
    ("line", "label", "words", "start_s"),
    [
        ("Maria: I like it.", "Maria", "I like it.", None),
        ("MARIA LOPEZ: I like it.", "MARIA LOPEZ", "I like it.", None),
        (
            "Dr. Ana Ruiz (principal): We try.",
            "Dr. Ana Ruiz (principal)",
            "We try.",
            None,
        ),
        ("[Devon Pruitt] We try.", "Devon Pruitt", "We try.", None),
        ("[id1] hello", "id1", "hello", None),
        ("[Ann Lee] 11:02:09", "Ann Lee", "", 39729.0),
        ("**Maria:** We try.", "Maria", "We try.", None),
        ("**Maria**: We try.", "Maria", "We try.", None),
        ("**Maria:** [00:01:00] We try.", "Maria", "We try.", 60.0),
        ("**Maria**  0:23  ", "Maria", "", 23.0),
        ("Jordan Lee   0:01", "Jordan Lee", "", 1.0),
        ("Speaker 1 (00:12)", "Speaker 1", "", 12.0),
        ("Maria (00:12:33): We try.", "Maria", "We try.", 753.0),
        ("[00:00:05] Maria: We try.", "Maria", "We try.", 5.0),
        ("00:00:05 Maria: We try.", "Maria", "We try.", 5.0),
        ("F: We try.", "F", "We try.", None),
        ("7: We try.", "7", "We try.", None),
        ("__: We try.", "__", "We try.", None),
        ("P1: We try.", "P1", "We try.", None),
        ("Q. We try?", "Q", "We try?", None),
        ("A: We try.", "A", "We try.", None),
        ("Unknown Speaker: We try.", "Unknown Speaker", "We try.", None),
        ("Student 3: We try.", "Student 3", "We try.", None),
        ("Ana de la Cruz: We try.", "Ana de la Cruz", "We try.", None),
        ("Şükrü Öz: Evet.", "Şükrü Öz", "Evet.", None),
        ("王老师：我们尽力。", "王老师", "我们尽力。", None),
        ("00:04:35\tMike S:\tHello", "Mike S", "Hello", 275.0),
        ("00:04:35 From Mike S to Everyone: Hello", "Mike S", "Hello", 275.0),
        ("School leader 2: We try.", "School leader 2", "We try.", None),
    ],
)
def test_a_notation_gives_label_words_and_time(line, label, words, start_s):
    mark = mark_of(line)

    assert (mark.label, line[mark.words_at :].strip()) == (label, words)
    assert mark.start_s == start_s


@pytest.mark.parametrize(
    "line",
    [
        "17:30 is when we eat",
        "At 17:30 we eat",
        "http://example.org is the page",
        "https://example.org",
        "Note: bring a pen",
        "Question 4: what helps?",
        "John 3:16",
        "See Smith v. Jones, 12:4 for that",
        "So the thing that I want to say to you is: no",
        "my mother said: go on",
        "The reason we left is: money",
        "# Maria: a heading",
        "[Music] starts",
        "[inaudible] and then",
        "[a link](https://example.org): here",
        "- **Theme:** belonging",
        "Summary: all is well",
        "ratio 3:4",
        "",
        "   ",
    ],
)
def test_what_only_resembles_a_speaker_is_no_mark_in_a_conversation(line):
    text = (
        f"Interviewer: Yes?\nAna Ruiz: No.\nInterviewer: So?\nAna Ruiz: Well.\n{line}"
    )

    assert labels(text) == ["Interviewer", "Ana Ruiz", "Interviewer", "Ana Ruiz"]


def test_a_word_with_a_colon_that_occurs_once_is_no_third_voice():
    text = "I: Why?\nMaria: It is.\nHonestly: no.\nI: So?\nMaria: Yes."

    assert labels(text) == ["I", "Maria", "I", "Maria"]


def test_a_doubtful_label_is_handed_back_with_its_line():
    text = "I: Why?\nMaria: Yes.\nHonestly: no.\nI: So?\nMaria: Yes."

    _, doubtful = real_marks(find_marks(text), text, frozenset())

    assert [(mark.label, mark.line) for mark in doubtful] == [("Honestly", 3)]


def test_a_name_that_the_user_knows_is_a_voice_even_if_it_speaks_once():
    text = "I: Why?\nMaria: It is.\nJo: No.\nI: So?\nMaria: Yes."

    assert labels(text, names=["jo"]) == ["I", "Maria", "Jo", "I", "Maria"]


def test_in_a_group_somebody_may_speak_once():
    text = "I: Why?\nMaria: It is.\nBen: No.\nI: So?\nMaria: Yes.\nBen: No.\nJo: Hm."

    assert labels(text) == ["I", "Maria", "Ben", "I", "Maria", "Ben", "Jo"]


def test_a_full_name_may_speak_once():
    text = "I: Why?\nMaria: It is.\nJo Dean: No.\nI: So?\nMaria: Yes."

    assert labels(text) == ["I", "Maria", "Jo Dean", "I", "Maria"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("once", ["Jaylen", "Ben", "Mai-Linh"])
def test_a_word_that_no_dictionary_has_may_speak_once(gap, once):
    talk = "Dana: Why?", f"{once}: Bus 12.", "Ana: So.", "Dana: And?", "Ana: Well."
    turns, remarks = find_turns(gap.join(talk), {}, frozenset())

    assert [turn.speaker for turn in turns] == ["Dana", once, "Ana", "Dana", "Ana"]
    assert remarks == ()


@pytest.mark.parametrize(
    "said",
    ["Bus 12: late", "Recess: too short", "Kahoot: fun", "ELA: hard", "Wi-Fi: slow",
     "wifi: slow", "Comida: fría", "Deshawn: no.\nHomework: too much", "Note: she laughs"],
)  # fmt: skip
def test_what_is_listed_once_in_a_talk_of_two_stays_words(said):
    text = f"Dana: Why?\nAna: Two things.\n{said}\nDana: And?\nAna: That is it."

    assert labels(text) == ["Dana", "Ana", "Dana", "Ana"]


def test_a_label_written_in_lower_case_elsewhere_is_an_ordinary_word():
    text = (
        "I: Why?\nMaria: It is.\nBen: No, honestly.\nI: So?\nMaria: Yes.\nBen: No.\n"
        "Honestly: hm."
    )

    assert labels(text) == ["I", "Maria", "Ben", "I", "Maria", "Ben"]


def test_a_voice_in_small_letters_that_may_have_spoken_once_is_told():
    text = (
        "int: why?\njay: so\nint: and?\njay: yes\ndestiny: me too\nint: thanks destiny"
    )
    turns, remarks = find_turns(text, {}, frozenset())

    assert [turn.speaker for turn in turns] == ["int", "jay", "int", "jay", "int"]
    assert [remark.line for remark in remarks] == [5]


def test_another_notation_that_occurs_once_is_words():
    text = "**I:** Why?\n**Ana:** It is.\nBen Dean: no.\n**I:** So?\n**Ana:** Yes."

    assert labels(text) == ["I", "Ana", "I", "Ana"]


def test_two_turns_with_names_are_a_conversation():
    assert labels("Dana: How are you?\nMaria: Fine.") == ["Dana", "Maria"]


def test_lead_words_of_notes_are_no_conversation():
    assert labels("Strengths: warm staff\nGrowth: slow feedback") == []


def test_one_label_that_is_no_name_is_no_conversation():
    assert labels("Belonging: it helps\nBelonging: it matters\n") == []


def test_a_bible_reference_alone_on_its_line_is_no_header():
    assert labels("John 3:16\nI like that verse.") == []


@pytest.mark.parametrize(
    "label",
    [
        "__",
        "Unknown Speaker",
        "Speaker ?",
        "Multiple",
        "All",
        "Several",
        "???",
        "Anonymous",
    ],
)
def test_a_label_of_nobody_in_particular_is_unknown(label):
    assert is_unknown(label)


@pytest.mark.parametrize("label", ["Speaker 1", "Student 3", "Alla", "7", "Multi"])
def test_a_label_of_somebody_is_not_unknown(label):
    assert not is_unknown(label)


def test_two_teachers_told_apart_in_parentheses_are_two_people():
    assert label_key("Teacher (Ana)") != label_key("Teacher (Ben)")


CHAT = (
    "Interviewer: How is school?\ntgreene22: i like the bus\nCoach_Dre: They need rest.\n"
    "period_3: noise\ntgreene22: coach dre helps me\nGroup_B: We agree.\n"
    "mrs.h_room12: I see that.\nELA_teacher: Books.\nkay_9: the bus\n"
    "stu_ent_7: more time\nparent_rep1: Buses.\n"
)
USER_NAMES = ["tgreene22", "mrs.h_room12", "kay_9"]


def speakers(text):
    turns, _ = find_turns(text, {}, frozenset())
    return [turn.speaker for turn in turns]


def test_each_user_name_speaks_in_a_chat_in_which_every_line_has_one():
    assert set(USER_NAMES) < set(speakers(CHAT))


def test_user_names_are_words_where_others_lines_have_none():
    written = "That is what we wrote down.\nThen it rang.\nWe left.\n"

    assert set(speakers(CHAT + written)).isdisjoint(USER_NAMES)


ODD = [
    "Student 3, 9th grade", "Maria Lopez, parent", "Mom of 3rd grader", "Joe's dad",
    "Ana’s mom", "Jean-Pierre d'Arc", "9th grader 1", "4th student", "+1 (312) 555-0199",
    "user@school.org", "María José de la Cruz Ortiz", "Student #3 – left early", "Student 1:",
    "Student 1 [10th grade]",
]  # fmt: skip


@pytest.mark.parametrize("label", ODD)
def test_a_label_of_any_shape_that_comes_back_in_a_talk_is_somebodys(label, tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(
        f"Facilitator: What gets in the way?\n{label}: My laptop dies at noon.\n"
        "Facilitator: What would help?\n"
        f"{label}: A charging cart.\nBen: Longer hours.\nBen: And buses.\n",
        encoding="utf-8",
    )

    read = read_transcript(file)
    said = [(t.speaker, read.text[t.start : t.end]) for t in read.turns]

    assert len({speaker for speaker, _ in said}) == 3
    assert [
        words for speaker, words in said if speaker not in ("Facilitator", "Ben")
    ] == [
        "My laptop dies at noon.",
        "A charging cart.",
    ]


@pytest.mark.parametrize(
    "head",
    [
        "And then I said",
        "My question is",
        "The thing is",
        "http",
        "Note to self",
        "He said",
    ],
)
def test_words_before_a_colon_that_come_back_are_still_words(head, tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(
        f"Kim Lee: What helps?\nAna Ruiz: A lot.\n{head}: go away.\n"
        f"Kim Lee: Why?\nAna Ruiz: Well.\n{head}: come here.\n"
    )

    assert {turn.speaker for turn in read_transcript(file).turns} == {
        "Kim Lee",
        "Ana Ruiz",
    }


PASTED = (
    "Interviewer: Tell me about school. Maria: I like it. Interviewer: What is hard? "
    "Maria: The bus. Interviewer: Why? Maria: It is late.",
    "[00:01] S1: What helps? [00:05] S2: My friends. [00:09] S1: Why? [00:11] S2: They listen.",
    "Facilitator: What is hard? Student 1: Math. Student 2: The bus. Facilitator: Why? "
    "Student 1: It is fast. Student 2: It is late.\n\nFacilitator: What else? Student 1: No.",
)  # fmt: skip


@pytest.mark.parametrize("text", PASTED)
def test_a_talk_pasted_without_its_line_ends_has_its_turns(text, tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(text + "\n")

    read = read_transcript(file)

    said = [read.text[turn.start : turn.end] for turn in read.turns]
    assert len(said) == text.count(": ")
    assert not any(": " in words for words in said)


def test_what_somebody_quotes_within_a_turn_is_theirs(tmp_path):
    file = tmp_path / "talk.txt"
    said = "My mom said: go. Dad: stay. I told them: no. Dad: what? Mom: so."
    file.write_text(
        f"Interviewer: What?\nMaria: {said}\nInterviewer: Why?\nMaria: So.\n"
    )

    read = read_transcript(file)

    assert [read.text[t.start : t.end] for t in read.turns] == [
        "What?",
        said,
        "Why?",
        "So.",
    ]


NOTED = [
    "Interviewer notes: She seemed tired, bullying suspected.",
    "NOTES: She seemed tired.\nBullying suspected.",
    "Reflection\nShe seemed tired.\n\nI should ask about bullying.",
    "Researcher's reflections after the interview: She seemed tired.",
    "**Field notes:** She seemed tired.",
    "Marcus's impressions: She seemed tired.",
    "Notes to self: She seemed tired.",
    "Overall impression: She seemed tired.",
    "(Everybody in the room nods at this.)",
]


@pytest.mark.parametrize("noted", NOTED)
def test_what_whoever_listened_notes_after_a_talk_is_nobodys_words(noted, tmp_path):
    file = tmp_path / "talk.txt"
    file.write_text(
        f"Interviewer: What helps?\nAna: My aunt.\n\n{noted}\n\n"
        "Interviewer: Anything else?\nAna: Notes from my teacher help.\n"
    )

    read = read_transcript(file)

    said = [read.text[turn.start : turn.end] for turn in read.turns]
    assert said == [
        "What helps?",
        "My aunt.",
        "Anything else?",
        "Notes from my teacher help.",
    ]
    assert len([one for one in read.remarks if "not" in one.problem]) == 1


TALK = "What helps?\nAna: My aunt.\nBo: A bus.\nAna: Art.\nBo: Yes.\n"


@pytest.mark.parametrize("who", ["Marcus", "Marcus Webb", "Honestly"])
def test_who_comes_last_alone_after_a_blank_line_took_notes(who, tmp_path):
    (tmp_path / "a.txt").write_text(f"{TALK}\n{who}: They were shy.\n")

    read = read_transcript(tmp_path / "a.txt")

    assert [t.speaker for t in read.turns] == [None, "Ana", "Bo", "Ana", "Bo"]
    assert read.text[read.turns[-1].start : read.turns[-1].end] == "Yes."
    assert [(one.line, one.problem) for one in read.remarks] == [
        (7, "what whoever listened noted is not part of any turn")
    ]


def test_somebody_new_after_a_blank_line_among_others_speaks(tmp_path):
    (tmp_path / "a.txt").write_text(f"{TALK}\nJaylen: Me too.\n\nAna: So.\n\nBo: Hm.")

    voices = [turn.speaker for turn in read_transcript(tmp_path / "a.txt").turns]

    assert voices[1:] == ["Ana", "Bo", "Ana", "Bo", "Jaylen", "Ana", "Bo"]


@pytest.mark.parametrize(
    "said",
    [
        "Yes.\n(laughs)\nIt is.",
        "Yes.\n(I mean the one in the gym.)\nIt is.",
        "Yes (everybody at this school says so, too).",
        "Me gusta.\n(I like it a lot more than math.)",
        'No sé.\n("I do not know why I got my grade.")',
        "Se ríen.\n(Kids laugh at me.)",
        "Siempre.\n(All the time.)",
        'Sí.\n[She said, "I never get my grade."]',
    ],
)
def test_what_somebody_says_in_parentheses_stays_theirs(said, tmp_path):
    (tmp_path / "a.txt").write_text(f"Dana: Why?\nAna: {said}\nDana: So?\nAna: Yes.")

    read = read_transcript(tmp_path / "a.txt")

    assert read.text[read.turns[1].start : read.turns[1].end] == said


@pytest.mark.parametrize("noted", [
    '[S1, S5, S6 raised hands for "I don\'t know why I got my grade"; 3 of 6]',
    "(all laugh)", "[several nod]", "(The group agrees.)", "[3 of 6 raise hands]", "(Both smiling)",
])  # fmt: skip
def test_what_several_do_in_brackets_is_nobodys_words(noted, tmp_path):
    (tmp_path / "a.txt").write_text(
        f"Dana: Why?\nAna: It is.\n{noted}\nDana: So?\nAna: Yes.\n"
    )

    read = read_transcript(tmp_path / "a.txt")

    said = [read.text[turn.start : turn.end] for turn in read.turns]
    assert said == ["Why?", "It is.", "So?", "Yes."]


def test_an_aside_ends_no_turn(tmp_path):
    talk = "Dana: Why?\nAna: It is.\n(Two others nod and say\nthe same.)\nReally.\nDana: So?"
    (tmp_path / "a.txt").write_text(talk)

    read = read_transcript(tmp_path / "a.txt")

    said = [(t.speaker, read.text[t.start : t.end]) for t in read.turns]
    assert said[1:3] == [("Ana", "It is."), ("Ana", "Really.")]


def test_notes_of_which_nobody_speaks_are_read_as_before(tmp_path):
    file = tmp_path / "visit.txt"
    file.write_text("Field notes\n\nPupils work alone.\n\nNotes:\nThe bus was late.\n")

    read = read_transcript(file)

    assert "The bus was late." in " ".join(
        read.text[t.start : t.end] for t in read.turns
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Student #1", "Student 1"), ("Student1", "Student 1"), ("Maria G.", "Maria G"),
        ("María", "Maria"), ("O’Neil", "O'Neil"), ("Speaker-2", "Speaker 2"),
    ],
)  # fmt: skip
def test_ways_of_writing_a_label_are_one_voice(one, other):
    assert label_key(one) == label_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Student 1", "Student 11"),
        ("P1", "P 1"),
        ("Ana", "Anna"),
        ("Й", "И"),
        ("が", "か"),
    ],
)
def test_labels_of_two_are_two(one, other):
    assert label_key(one) != label_key(other)
