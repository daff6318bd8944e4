"""Notations that only the whole file can vouch for, and what files say at their head."""

import pytest

from empathy_insights.labels import base_key
from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, name="talk.txt"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return read_transcript(file)

    return write_and_read


def said(transcript):
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]


def problems(transcript):
    return [remark.problem for remark in transcript.remarks]


@pytest.mark.parametrize(
    "text",
    [
        "INT - What helps?\nANA - My friends.\nINT - So?\nANA - Yes.\n",
        "INT – What helps?\nANA – My friends.\nINT – So?\nANA – Yes.\n",
        "INT -\nWhat helps?\nANA -\nMy friends.\nINT -\nSo?\nANA -\nYes.\n",
        "{INT} What helps?\n{ANA} My friends.\n{INT} So?\n{ANA} Yes.\n",
        "#INT# What helps?\n#ANA# My friends.\n#INT# So?\n#ANA# Yes.\n",
        "- INT: What helps?\n- ANA: My friends.\n- INT: So?\n- ANA: Yes.\n",
        "* INT: What helps?\n\n* ANA: My friends.\n\n* INT: So?\n\n* ANA: Yes.\n",
        "INT\nWhat helps?\n\nANA\nMy friends.\n\nINT\nSo?\n\nANA\nYes.\n",
        "INT\nWhat helps?\nANA\nMy friends.\nINT\nSo?\nANA\nYes.\n",
        "**INT**\nWhat helps?\n\n**ANA**\nMy friends.\n\n**INT**\nSo?\n\n**ANA**\nYes.\n",
        "**INT: What helps?**\n\nANA: My friends.\n\n**INT: So?**\n\nANA: Yes.\n",
    ],
    ids=["dash", "en dash", "dash alone", "braces", "hashes", "bullets", "loose bullets",
         "alone", "alone close", "bold alone", "bold throughout"],
)  # fmt: skip
def test_a_notation_that_the_file_keeps_gives_turns(read, text):
    assert said(read(text)) == [
        ("INT", "What helps?"),
        ("ANA", "My friends."),
        ("INT", "So?"),
        ("ANA", "Yes."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We walk - all of us.\nIt is far - too far.\nWe walk - and talk.\n",
        "- Warm staff\n- Strengths: many\n- Growth: slow feedback\n",
        "Yes\nWe walk to school.\nNo\nIt is far.\nYes\nWe talk.\nNo\nWe do not.\n",
        "Maria - one of us - came late.\nThen we ate.\nMaria - she - left.\nWe slept.\n",
    ],
    ids=["dashes in prose", "lead words", "yes and no", "an aside"],
)
def test_words_in_such_a_shape_are_no_speakers(read, text):
    assert {turn.speaker for turn in read(text).turns} == {None}


def test_captions_of_a_recogniser_that_roll_up_are_said_once(read):
    text = (
        "WEBVTT\nKind: captions\nLanguage: en\n\n"
        "00:00:00.000 --> 00:00:02.000 align:start position:0%\n \n"
        "we<00:00:00.320><c> walk</c><00:00:00.640><c> to</c>\n\n"
        "00:00:02.000 --> 00:00:02.010 align:start position:0%\nwe walk to\n \n\n"
        "00:00:02.010 --> 00:00:04.000 align:start position:0%\nwe walk to\n"
        "school<00:00:02.400><c> now</c>\n\n"
        "00:00:04.000 --> 00:00:04.010 align:start position:0%\nschool now\n \n\n"
        "00:00:04.010 --> 00:00:06.000 align:start position:0%\nschool now\n"
        "and<00:00:04.400><c> talk</c>\n"
    )

    assert said(read(text, "a.vtt")) == [(None, "we walk to school now and talk")]


def test_one_person_in_three_spellings_is_one_and_the_merge_is_listed(tmp_path):
    text = (
        "Interviewer: Why?\nAna Ruiz: So.\nInterviewer: And?\nANA RUIZ: Yes.\n"
        "Ana Ruiz (parent): No.\nAna Ruiz: Well.\n"
    )
    (tmp_path / "a.txt").write_text(text)

    corpus = read_corpus(tmp_path)

    people = corpus.participants[["participant_id", "role"]].to_numpy().tolist()
    assert people == [["a:p01", "family"]]
    assert corpus.utterances["speaker"].dropna().unique().tolist() == [
        "Interviewer",
        "Ana Ruiz",
    ]
    assert corpus.problems["problem"].tolist() == [
        "a speaker is written in 3 ways and was taken for one person"
    ]


def test_front_matter_says_what_a_document_is(tmp_path):
    text = (
        "---\ndate: 2026-03-01\nkind: focus group\nsite: Alder\nround: 2\nlanguage: en\n"
        "facilitator: Dana\nspeakers:\n  - name: Ana\n    role: mom\n  - Dana\n---\n"
        "Dana: Why?\nAna: So.\nDana: And?\n"
    )
    (tmp_path / "a.md").write_text(text)

    corpus = read_corpus(tmp_path)

    facts = ["date", "kind", "site", "round", "language"]
    assert corpus.documents[facts].iloc[0].tolist() == [
        "2026-03-01", "focus_group", "Alder", "2", "en",
    ]  # fmt: skip
    assert corpus.participants["role"].tolist() == ["family"]
    assert corpus.utterances["facilitator_why"].dropna().unique().tolist() == [
        "named at the head of the file"
    ]
    assert corpus.problems.empty


def test_front_matter_that_is_no_yaml_is_a_problem(read):
    transcript = read("---\n{ broken\n---\nInterviewer: Why?\nAna Ruiz: So.\n")

    assert problems(transcript) == ["front matter is not part of any turn"]


def test_a_time_that_somebody_writes_in_a_chat_is_their_words(read):
    text = "00:01:05\tAna:\tWhen?\n00:02:05\tBen:\t[00:01:00]\n00:03:05\tAna:\tOK\n"

    assert said(read(text)) == [("Ana", "When?"), ("Ben", "[00:01:00]"), ("Ana", "OK")]


def test_a_name_with_a_colon_in_a_message_of_a_chat_is_words(read):
    text = "".join(
        f"17:0{n}:05 From {name} to Everyone:\n\t{words}\n"
        for n, (name, words) in enumerate(
            [("Ana Ruiz", "Ben Dean: yes"), ("Ben Dean", "Ana Ruiz: no")] * 2
        )
    )

    assert (
        said(read(text))
        == [
            ("Ana Ruiz", "Ben Dean: yes"),
            ("Ben Dean", "Ana Ruiz: no"),
        ]
        * 2
    )


SECTIONS = {
    "Student 1\nQ: What?\nA: Waking up.\n\nStudent 2\nQ: What?\nA: Letters.\n": 2,
    "## Participant 1\n\nQ: What?\nA: So.\n\n## Participant 2\n\nQ: Why?\nA: No.\n": 2,
    "INTERVIEW 1 - Student\n\nInterviewer: What?\nStudent: Math.\nInterviewer: Why?\nStudent: So."
    "\n\nINTERVIEW 2 - Parent\n\nInterviewer: What?\nParent: Letters.\nInterviewer: Why?\n"
    "Parent: English.\n\nINTERVIEW 3 - Parent\n\nInterviewer: What?\nParent: The bus.\n": 3,
}


@pytest.mark.parametrize("text", SECTIONS)
def test_interviews_of_one_file_are_told_apart_by_their_headings(tmp_path, text):
    (tmp_path / "talks.txt").write_text(text)

    corpus = read_corpus(tmp_path)

    assert len(corpus.participants) == SECTIONS[text]
    assert corpus.utterances["is_facilitator"].any()
    assert not corpus.utterances["text"].str.contains("\n").any()


def test_who_has_a_name_stays_one_person_under_every_heading(tmp_path):
    talk = "Interview {}\n\nKim: What?\nAna: So.\nKim: Why?\nAna: No.\n\n"
    (tmp_path / "talks.txt").write_text(talk.format(1) + talk.format(2))

    assert len(read_corpus(tmp_path).participants) == 1


def test_somebody_who_is_spoken_of_in_a_line_of_her_own_is_no_heading(tmp_path):
    (tmp_path / "talk.txt").write_text(
        "Kim: What?\nAna: Well.\n\nStudent 2 said it.\n\nKim: Why?\nAna: So.\n"
    )

    assert "Student 2 said it." in " ".join(read_corpus(tmp_path).utterances["text"])


BY_HAND = """Adams HS – group 4 – 10th grade
3/19, library

Present: KB, T.J., Mia, Oscar, me

me - what would you tell the superintendent?

KB - we don't need more apps, there is one for all
T.J.: the sticky note is how people get in
Mia – I like Clever. but not everything is in it
Oscar – I make beats

KB - no. I mean I watch videos
TJ: everybody uses it
Mia – that happened to my friend
me - would you like that better?
K.B. - I would
"""


def test_notes_by_hand_mark_people_in_several_ways(read):
    talk = read(BY_HAND)

    voices = [turn.speaker for turn in talk.turns]
    assert voices == [
        "me",
        "KB",
        "T.J.",
        "Mia",
        "Oscar",
        "KB",
        "T.J.",
        "Mia",
        "me",
        "KB",
    ]
    assert talk.facilitators == {"me": "the label says so"}


CALL = """BUS CALLS - FEB
Volunteer: Bonnie H.
Family #: 22
School: Lincoln Elem.

ME
Hi, is now okay? How has the new
bus time been?


MRS. DELGADO
It's okay now.

Then I went to the office.


SON (in background)
We were squished!


ME
And now?


SON (in background)
She has candy.


MRS. DELGADO
The driver.


CALL ENDED 10:52 AM
FOLLOW UP: send her the translated bus sheet
"""


def test_names_alone_below_a_form_speak_and_its_lines_do_not(read):
    assert said(read(CALL)) == [
        ("ME", "Hi, is now okay? How has the new\nbus time been?"),
        ("MRS. DELGADO", "It's okay now.\n\nThen I went to the office."),
        ("SON (in background)", "We were squished!"),
        ("ME", "And now?"),
        ("SON (in background)", "She has candy."),
        ("MRS. DELGADO", "The driver."),
    ]


def test_a_list_with_dashes_within_a_talk_stays_words(read):
    listed = "ELA - hard\nMath - long\nArt - fine\nELA - and slow\nMath - yes\n"

    talk = read(f"Dana: What is hard?\nAna: All of it.\n{listed}Dana: So?\nAna: Yes.\n")

    assert [speaker for speaker, _ in said(talk)] == ["Dana", "Ana", "Dana", "Ana"]


def test_a_dash_in_place_of_a_colon_after_a_label_of_the_talk_is_a_mark(read):
    talk = "Fac: What helps?\nStudent 1: Art.\nStudent 2 – Ms. Petrov - she waits.\n"

    assert said(read(f"{talk}Fac: And?\nStudent 2: Math.\nStudent 1: So.")) == [
        ("Fac", "What helps?"), ("Student 1", "Art."),
        ("Student 2", "Ms. Petrov - she waits."), ("Fac", "And?"), ("Student 2", "Math."),
        ("Student 1", "So."),
    ]  # fmt: skip


def test_a_list_of_who_was_there_is_no_voice(read):
    talk = "Present: Teresa Ruiz, Otis Greer\n\nPeg: Why?\n\nOtis: Hours.\n\nPeg: So?\n\nOtis: Yes."

    assert [speaker for speaker, _ in said(read(talk))] == ["Peg", "Otis"] * 2


def test_a_head_in_spanish_is_no_turn(read):
    head = "Fecha: 21 de febrero\nEntrevistadora: Ofelia Montes\nParticipante: Sra. Paredes (madre)\n"
    talk = "Entrevistadora: ¿Cómo fue?\nMamá: Difícil.\nEntrevistadora: ¿Y ahora?\nMamá: Bien."

    assert said(read(f"{head}Duración: 14 min\n\n{talk}"))[0] == (
        "Entrevistadora",
        "¿Cómo fue?",
    )


def test_the_end_of_a_recording_with_its_time_is_not_said(read):
    talk = read("I: Why?\nAna: So.\nI: And?\nAna: Yes.\n-- end of recording 18:42 --")

    assert said(talk)[-1] == ("Ana", "Yes.")


SEATS = """SAC lunch
• numbers = seats
• #3 absent

Ms A: who feels like it is fair?
#1 no because it depends
#4 - agree w 1
#2 it's okay?? I like that
#5: the hoodie thing was us

Ms A: what happens then?
#1 you sit in the office
#4 - they have a bin
Ms A: #5 that's data. I like it
#5: and write it down
"""


def test_pupils_who_are_numbers_speak(read):
    talk = read(SEATS)

    voices = [speaker for speaker, _ in said(talk)]
    assert voices == ["Ms A", "#1", "#4", "#2", "#5", "Ms A", "#1", "#4", "Ms A", "#5"]
    assert said(talk)[2] == ("#4", "agree w 1")


@pytest.mark.parametrize("sign", ["#", "S"])
def test_a_list_that_counts_is_no_talk(read, sign):
    notes = "".join(f"{sign}{n} the bus is late\n" for n in (1, 2, 3, 1))

    assert {speaker for speaker, _ in said(read(notes))} == {None}


def test_a_list_of_friends_who_speak_is_said_by_one(read):
    friends = "Ana: These:\nBo - my cousin\nDana - you know\n"

    talk = read(f"Dana: Who?\n{friends}Dana: Me?\nAna: Yes.\nBo: Hm.\nBo: So.")

    assert said(talk)[1] == ("Ana", "These:\nBo - my cousin\nDana - you know")


LISTENING = (
    "LISTENING SESSION 3\nEastside library\n\n"
    "MODERATOR [Fern Ashby]\tWhat do you see on the way?\n\n"
    "DELROY [barber, corner of 5th]\tI have the big window.\n\n"
    "MRS. ANWAR [parent, 2 children]\tThe same car.\n\n"
    "[crosstalk]\n\n"
    "MODERATOR\tOne at a time, please.\n\n"
    "MRS. ANWAR\tI walk with her now.\n\n"
    "COUNCILMEMBER HSIEH\t\n\n"
    "TALIA [11th grade]\tLights at the underpass.\n\n"
    "DELROY\tThat is true.\n\n"
    "MODERATOR\tWho owns it?\n\n"
    "TALIA\tThe railroad.\n\n"
    "MRS. ANWAR\tAnd the city.\n\n"
    "Meeting closed 7:34 PM\n"
)


def test_names_before_a_tab_are_turns_with_blank_lines_between_them(read):
    told = [(base_key(who), what) for who, what in said(read(LISTENING))]

    assert told == [
        ("moderator", "What do you see on the way?"),
        ("delroy", "I have the big window."),
        ("mrs. anwar", "The same car.\n\n[crosstalk]"),
        ("moderator", "One at a time, please."),
        ("mrs. anwar", "I walk with her now."),
        ("talia", "Lights at the underpass."),
        ("delroy", "That is true."),
        ("moderator", "Who owns it?"),
        ("talia", "The railroad."),
        ("mrs. anwar", "And the city."),
    ]


def test_who_is_named_before_a_tab_and_says_nothing_is_nobodys_words(read):
    assert "a speaker's name without words is not part of any turn" in problems(
        read(LISTENING)
    )


def test_what_stands_in_square_brackets_behind_a_name_tells_of_the_person(tmp_path):
    tmp_path.joinpath("a.txt").write_text(LISTENING, encoding="utf-8")

    corpus = read_corpus(tmp_path)

    assert corpus.participants["role"].tolist() == ["community", "family", "student"]


def test_a_name_that_was_taken_out_is_still_what_tells_two_people_apart(read):
    talk = read(
        "Ms. [teacher 1]: So?\nMs. [teacher 2]: Yes.\nMs. [teacher 1]: Why?\n"
        "Ms. [teacher 2]: Hm.\n"
    )

    assert {turn.speaker for turn in talk.turns} == {
        "Ms. [teacher 1]",
        "Ms. [teacher 2]",
    }
    assert not [problem for problem in problems(talk) if "2 ways" in problem]


def test_a_list_with_a_tab_in_some_lines_has_no_speakers(read):
    text = "Rooms\tfloor\n\nThe library is quiet.\n\nRooms\thall\n\nThe gym is loud.\n"

    assert {turn.speaker for turn in read(text).turns} == {None}


DEPOSITION = (
    "INTERVIEW OF OFFICER D. REYES\n\n"
    " 1   Q. How long have you been here?\n"
    " 2   A. Six years. I came over from the hospital, where I did the desk,\n"
    " 3        and I thought it would be quieter.\n"
    " 4   Q. What takes up most of your day?\n"
    " 5   A. Doors. Somebody props a door with a shoe, I go and get it, so I\n"
    " 6        have a box of shoes.\n\n"
    "\fPage 2 – Reyes\n\n"
    " 1   Q. Who decides?\n"
    " 2   A. Downtown.\n"
)


def test_numbers_of_lines_in_the_margin_are_nobodys_words(read):
    talk = read(DEPOSITION)

    assert said(talk) == [
        ("Q", "How long have you been here?"),
        (
            "A",
            "Six years. I came over from the hospital, where I did the desk,\n"
            "and I thought it would be quieter.",
        ),
        ("Q", "What takes up most of your day?"),
        (
            "A",
            "Doors. Somebody props a door with a shoe, I go and get it, so I\n"
            "have a box of shoes.",
        ),
        ("Q", "Who decides?"),
        ("A", "Downtown."),
    ]
    assert "numbers of lines in the margin were left out: 8" in problems(talk)
    assert talk.turns[-1].line == 13


@pytest.mark.parametrize(
    "lines",
    [
        ["Ana is late.", "the bus", "Bo walks.", "a car", "So?", "Hm.", "Yes.", "No."],
        ["Ana", "Bo", "Cy", "Dee", "Eli", "Fay", "Gus", "Hal"],
    ],
    ids=["a list", "names"],
)
def test_lines_that_are_counted_and_do_not_go_on_are_a_list(read, lines):
    text = "\n".join(f"{n} {line}" for n, line in enumerate(lines, start=1))

    talk = read(text)

    assert talk.text == text


def test_lines_of_prose_that_begin_with_a_number_keep_it(read):
    text = "\n".join(f"{n} kids came, and\n{n} of them stayed." for n in range(7, 16))

    assert read(text).text == text


def test_a_name_alone_may_have_a_job_behind_a_comma(read):
    text = (
        "Ms. Zhou, dietician\nWhat did you eat?\n\nAnouk\nThe rice.\n\n"
        "Ms. Zhou\nAnd you?\n\nMalachi\nHis chicken.\n\nMs. Zhou\nMore?\n\n"
        "Anouk\nNo.\n\nMalachi\nYes.\n\nMs. Zhou, dietician\nThanks.\n"
    )

    talk = read(text)

    assert [(base_key(who), what) for who, what in said(talk)][-2:] == [
        ("malachi", "Yes."),
        ("ms. zhou", "Thanks."),
    ]
    assert len({base_key(turn.speaker) for turn in talk.turns}) == 3


def test_a_place_or_a_day_behind_a_comma_is_no_name(read):
    text = (
        "Ana\nWe went far?\n\nBo\nWe went to\n\nNew York, Monday\nand came back.\n\n"
        "Ana\nAnd then?\n\nBo\nNothing.\n\nAna\nHm?\n\nBo\nYes.\n"
    )

    assert {turn.speaker for turn in read(text).turns} == {"Ana", "Bo"}


SAID_IN_TURN = [
    ("Dana Ruiz", "What helps you to be on time?"),
    ("Lena", "My grandmother wakes me up."),
    ("Dana Ruiz", "And what would you change?"),
    ("Malik", "I would start at nine."),
    ("Dana Ruiz", "Who knows of it?"),
    ("Lena", "A friend, and Ms. Park."),
    ("Malik", "Nobody does."),
]


@pytest.mark.parametrize(
    ("form", "gap", "name"),
    [
        ("{NAME}. {words}", "\n\n", "talk.txt"),
        ("{NAME} {words}", "\n", "talk.txt"),
        ("[00:01:10] {NAME} {words}", "\n", "talk.txt"),
        ("<{name}> {words}", "\n", "talk.txt"),
        ("({name}) {words}", "\n\n", "talk.txt"),
        ('{name} said, "{words}"', "\n\n", "talk.txt"),
        ("[{name}, room 4] {words}", "\n\n", "talk.txt"),
        ("**{name}** {words}", "\n\n", "talk.md"),
        ("* **{name}** {words}", "\n", "talk.md"),
        ("_{name}:_ {words}", "\n\n", "talk.md"),
        ("__{name}__: {words}", "\n\n", "talk.md"),
    ],
)
def test_names_that_something_sets_apart_from_the_words_give_turns(
    read, form, gap, name
):
    lines = [
        form.format(name=who, NAME=who.upper(), words=words)
        for who, words in SAID_IN_TURN
    ]

    told = [
        (base_key(who), what) for who, what in said(read(gap.join(lines) + "\n", name))
    ]

    assert told == [(who.casefold(), words) for who, words in SAID_IN_TURN]


def test_the_rows_of_a_table_in_markdown_are_turns(read):
    rows = [f"| {who} | {words} |" for who, words in SAID_IN_TURN]
    text = "\n".join(["# A talk", "", "| Speaker | Words |", "|---|:--|", *rows])

    assert said(read(text, "talk.md")) == SAID_IN_TURN


@pytest.mark.parametrize(
    "text",
    [
        "IEP Students wait long.\nELL Students wait, too.\nWhy? Nobody knows.\n",
        "USA We came by plane.\nWe sat. UN Nobody came?\nUSA We left.\nThen what?\n",
        "**Bus** It is late.\n\n**Lunch** It is short.\n\n**Wifi** Why does it drop?\n",
        "(Maybe) it is late.\n\n(Often) it is long?\n\nWe walk.\n\nWe sit.\n",
        "<b> So?\n<i> Yes.\n<b> No.\n<i> Hm.\n",
    ],
    ids=["abbreviations", "few", "topics", "asides", "tags"],
)
def test_words_that_something_sets_apart_are_no_speakers(read, text):
    assert {turn.speaker for turn in read(text).turns} == {None}


@pytest.mark.parametrize("sign", ["{n}. ", "{n:03}: ", "{n}) "])
def test_numbers_of_lines_may_have_a_sign(read, sign):
    lines = ["Ana: Where do", "you sit?", "Bo: I sit", "at the back,", "by the door."]
    lines += ["Ana: Why", "there?", "Bo: It is", "warm."]
    text = "\n".join(sign.format(n=n) + line for n, line in enumerate(lines, start=1))

    assert said(read(text)) == [
        ("Ana", "Where do\nyou sit?"),
        ("Bo", "I sit\nat the back,\nby the door."),
        ("Ana", "Why\nthere?"),
        ("Bo", "It is\nwarm."),
    ]


@pytest.mark.parametrize(
    "label",
    [
        "Para",
        "para",
        "Para 2",
        "An",
        "Von",
        "Sub",
        "Aide",
        "SRO",
        "AP",
        "Sped",
        "Tech",
        "Lib",
    ],
)
def test_a_short_word_for_a_job_or_a_name_is_a_speaker(read, label):
    talk = read(
        "Fiona: How was it?\nBart: It was long.\nFiona: What helped?\nBart: My team.\n\n"
        f"Fiona: How was it?\n{label}: Nobody showed me.\nFiona: What would help?\n{label}: Ten minutes.\n"
    )

    assert [t.speaker for t in talk.turns] == [
        *["Fiona", "Bart"] * 2,
        *["Fiona", label] * 2,
    ]


@pytest.mark.parametrize("lines", [
    ("De: la escuela", "Para: las familias", "Asunto: la reunión"),
    ("Von: Schule", "An: Familien", "Betreff: Treffen"),
])  # fmt: skip
def test_whom_a_letter_is_to_does_not_speak(read, lines):
    letter = "\n".join((*lines, "", "Fiona: How was it?", "Bart: Long.", ""))

    voices = {turn.speaker for turn in read(letter * 2).turns}

    assert voices == {"Fiona", "Bart"}


def test_a_heading_of_a_conversation_is_nobodys_words(read):
    talk = read(
        "Conversation 1\nFiona: How was it?\nBart: It was long.\n\n"
        "Conversation 2 - Jan 14, at the high school in the north, with an English teacher\n"
        "Fiona: How was it?\nOdalys: We talked.\n\nConversation 3 years ago was better.\n"
    )

    said = [words(talk, turn) for turn in talk.turns]
    assert said[:3] == ["How was it?", "It was long.", "How was it?"]
    assert said[3].endswith("Conversation 3 years ago was better.")


def test_dashes_behind_names_in_small_letters(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(
        "interview w/ rui, 10th grade\nme - how is school going\nrui - its ok i guess\n"
        "me - what would help\nrui - a charging cart in every room\nme - anything else\n"
        "rui - nah thats it\n"
    )
    corpus = read_corpus(path)
    said = corpus.utterances[~corpus.utterances["is_facilitator"]]
    assert said["speaker"].tolist() == ["rui"] * 3
    assert corpus.participants["role"].tolist() == ["student"]


def test_dashes_in_notes_of_topics_are_no_speakers(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("lunch - cold\nbus - late\nlunch - too short\nbus - loud\n")
    assert read_corpus(path).utterances["speaker"].isna().all()
