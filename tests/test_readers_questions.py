"""The question that an answer is an answer to."""

import pandas as pd
import pytest

from empathy_insights.readers import read_corpus


@pytest.fixture
def asked(tmp_path):
    def write_and_read(**files):
        for name, text in files.items():
            stem, _, suffix = name.rpartition("_")
            (tmp_path / f"{stem}.{suffix}").write_text(text)
        turns = read_corpus(tmp_path).utterances
        ids = turns["question_id"].astype(object).where(turns["question_id"].notna())
        return list(zip(turns["text"], ids.replace({float("nan"): None}), strict=True))

    return write_and_read


def test_answers_carry_the_latest_question_of_the_facilitator(asked):
    talk = (
        "I: Hello there.\nAna: Hi.\nI: Okay. What helps you?\nAna: My friends.\n"
        "I: Right.\nAna: Yes.\nI: And what is hard?\nAna: Maths.\n"
    )

    assert asked(a_txt=talk) == [
        ("Hello there.", None),
        ("Hi.", None),
        ("Okay. What helps you?", "q01"),
        ("My friends.", "q01"),
        ("Right.", None),
        ("Yes.", "q01"),
        ("And what is hard?", "q02"),
        ("Maths.", "q02"),
    ]


DASHED = (
    "— Thank you for calling. I wanted to ask how you hear\nabout homework.\n"
    "Father: I see the light at eleven.\n— Has anybody explained it?\n"
    "Father: We had the letter.\n— What would help you?\nDaughter: One paper.\n"
    "— I'll tell them.\nDaughter: She is tired.\n"
)


def test_lines_with_a_dash_between_the_turns_are_those_of_whoever_asks(asked):
    said = [text for text, _ in asked(a_txt=DASHED)]

    assert said == [
        "— Thank you for calling. I wanted to ask how you hear\nabout homework.",
        "I see the light at eleven.",
        "— Has anybody explained it?",
        "We had the letter.",
        "— What would help you?",
        "One paper.",
        "— I'll tell them.",
        "She is tired.",
    ]


def test_dashes_within_what_somebody_says_are_their_words(asked):
    listed = "Father: Three things:\n— the bus?\n— the light?\n— the letter?\n"

    assert len(asked(a_txt=listed + listed.replace("Father", "Mother"))) == 2


def test_a_question_of_one_word_asks_on(asked):
    talk = "I: What helps you?\nAna: My friends.\nI: Why?\nAna: They do.\n"

    assert asked(a_txt=talk)[-1] == ("They do.", "q01")


def test_the_same_wording_has_the_same_id_in_the_whole_study(asked):
    found = asked(
        a_txt="I: Who are you?\nAna: Me.\nI: What helps you?\nAna: Friends.\n",
        b_txt="I: Well, now. WHAT helps  you ?\nBen: Nothing.\nI: Who?\nBen: Me.\n",
    )

    assert found[3] == ("Friends.", "q02")
    assert found[5] == ("Nothing.", "q02")


def test_survey_columns_keep_their_ids_and_share_them_with_interviews(asked):
    survey = (
        "id,What helps you?,What is hard?\n"
        "s1,My friends help me a lot,Getting up so early\n"
        "s2,I like to read alone,The long way to school\n"
    )

    found = dict(asked(a_txt="I: What is hard?\nAna: Maths.\n", s_csv=survey))

    assert found["My friends help me a lot"] == "q01"
    assert found["Getting up so early"] == "q02"
    assert found["Maths."] == "q02"


def test_the_second_survey_does_not_reuse_an_id_for_another_question(asked):
    rows = "\ns1,My friends help me a lot\ns2,I like to read alone\n"

    found = asked(a_csv=f"id,What helps you?{rows}", b_csv=f"id,What is fun?{rows}")

    assert [question for _, question in found] == ["q01"] * 3 + ["q02"] * 3


def test_a_question_over_notes_is_asked_of_what_stands_under_it(asked):
    notes = "## What helps?\n\n- the bus\n- a friend\n\n## Next steps\n\n- call them\n"

    assert asked(a_md=notes) == [
        ("What helps?", "q01"),
        ("the bus", "q01"),
        ("a friend", "q01"),
        ("Next steps", None),
        ("call them", None),
    ]


def test_the_order_of_files_changes_no_id(tmp_path):
    frames = []
    for folder, names in (("x", "ab"), ("y", "ba")):
        (tmp_path / folder).mkdir()
        for name in names:
            text = f"I: What helps {name}?\nAna: So.\n"
            (tmp_path / folder / f"{name}.txt").write_text(text)
        frames.append(read_corpus(tmp_path / folder).utterances)

    pd.testing.assert_frame_equal(*frames)


def test_notes_below_questions_are_not_the_questions(tmp_path):
    notes = (
        "Q: What is hard?\n- The portal is confusing.\n- A mom: the bus is late.\n\n"
        "Q: What would help?\n- A class at night.\n"
    )
    (tmp_path / "parents.txt").write_text(notes)

    corpus = read_corpus(tmp_path)

    turns = corpus.utterances
    assert turns.loc[turns["is_facilitator"], "text"].tolist() == [
        "Q: What is hard?",
        "Q: What would help?",
    ]
    said = turns[~turns["is_facilitator"]]
    assert list(zip(said["text"], said["question_id"], strict=True)) == [
        ("The portal is confusing.", "q01"),
        ("A mom: the bus is late.", "q01"),
        ("A class at night.", "q02"),
    ]
    assert said["participant_id"].isna().all()


ASKED = ("What does a good day look like for you?", "What gets in your way?")
ANSWERED = ("When we have art.", "The room is hot. We have no fan.")


@pytest.mark.parametrize(
    "head",
    [
        "Student: Lena, grade 8\n\n",
        "Student: Lena, grade 8\n",
        "Name: Lena (8th grader)\n\n",
        "Parent: Lena Ruiz, age 41\n\n",
        "Participant: Lena, student\n\n",
    ],
)
@pytest.mark.parametrize("before", ["", "Question: ", "1. "])
def test_answers_below_a_guide_are_those_of_whom_one_line_at_the_top_names(
    tmp_path, head, before
):
    numbered = [before.replace("1", str(n)) for n in (1, 2)]
    parts = zip(numbered, ASKED, ANSWERED, strict=True)
    talk = "\n\n".join(f"{sign}{asked}\n{said}" for sign, asked, said in parts)
    (tmp_path / "a.txt").write_text(head + talk)

    turns = read_corpus(tmp_path / "a.txt").utterances

    said = turns[~turns["is_facilitator"]]
    assert said["text"].tolist() == list(ANSWERED)
    assert said["speaker"].str.startswith("Lena").all()


def test_who_is_asked_to_tell_more_has_not_said_so(tmp_path):
    (tmp_path / "a.txt").write_text(
        f"{ASKED[0]}\nArt.\nCan you tell me more?\nWe paint.\n{ASKED[1]}\nThe bus.\n"
    )

    turns = read_corpus(tmp_path / "a.txt").utterances

    said = turns.loc[~turns["is_facilitator"], "text"]
    assert said.tolist() == ["Art.", "We paint.", "The bus."]


@pytest.mark.parametrize(
    "first", ["Student: Math, because 8 of us sit together", "Student: Lena, grade 8"]
)
def test_a_first_turn_is_no_head_where_its_label_comes_again(tmp_path, first):
    (tmp_path / "a.txt").write_text(
        f"{first}\nInterviewer: Why?\nStudent: It is quiet.\nInterviewer: And?\n"
    )

    turns = read_corpus(tmp_path / "a.txt").utterances

    assert turns["speaker"].tolist() == ["Student", "Interviewer"] * 2


GUIDE = (
    "How do you get here?",
    "What about homework? (10 min)",
    "Tell me about lunch.",
)


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
@pytest.mark.parametrize("sign", ["", "- ", "1. "])
def test_a_question_without_a_label_is_nobodys_answer(tmp_path, gap, sign):
    said = [["Jaylen: Bus 12.", "Priya: My mom."], ["Jaylen: Too much.", "Priya: Same."],
            ["Jaylen: It is short.", "Priya: Yes."]]  # fmt: skip
    blocks = [
        gap.join([asked, *(f"{sign}{line}" for line in lines)])
        for asked, lines in zip(GUIDE, said, strict=True)
    ]
    (tmp_path / "a.txt").write_text("\n\n".join(blocks))

    turns = read_corpus(tmp_path / "a.txt").utterances

    assert turns.loc[turns["is_facilitator"], "text"].tolist() == list(GUIDE)
    assert set(turns.loc[turns["is_facilitator"], "participant_id"].isna()) == {True}
    answers = turns[~turns["is_facilitator"]]
    assert answers["speaker"].tolist() == ["Jaylen", "Priya"] * 3
    assert answers["text"].tolist() == [
        "Bus 12.", "My mom.", "Too much.", "Same.", "It is short.", "Yes.",
    ]  # fmt: skip


def test_a_question_under_two_of_three_voices_is_nobodys(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Teacher: Welcome.\n\nWhat is it like?\n\nStudent 1: Good.\n\nStudent 2: Loud.\n\n"
        "What else?\n\nStudent 1: Lunch.\n"
    )

    turns = read_corpus(tmp_path / "a.txt").utterances

    asked = turns[turns["is_facilitator"]]
    assert asked["text"].tolist() == ["What is it like?", "What else?"]
    assert asked["speaker"].isna().all()


def test_one_voice_answers_questions_that_have_no_label(tmp_path):
    (tmp_path / "a.txt").write_text(
        f"{GUIDE[0]}\nJaylen: Bus 12.\n{GUIDE[1]}\nJaylen: On the bus.\n"
    )

    turns = read_corpus(tmp_path / "a.txt").utterances

    assert turns["speaker"].fillna("").tolist() == ["", "Jaylen", "", "Jaylen"]


@pytest.mark.parametrize(
    "talk",
    [
        # Dana asks in a paragraph of her own.
        "Dana: What helps?\n\nAna: Friends.\n\nDana: Okay.\n\nWhat else?\n\nBo: Art.\n\n"
        "Dana: Why?\n\nWhat for?\n\nAna: So.",
        # Two ask each other.
        "Ana: I like art.\n\nWhat about you?\n\nBo: Math.\n\nAnd you?\n\nAna: Same.\n",
        # A talk in long turns, whose head asks.
        "What is a good day?\n\n"
        + "Ana: Art. It is loud.\n\nBo: Math.\n\n" * 15
        + "Ana: So.\n\nBut what would I say?\n\nBo: Yes?",
        # A line that was broken by a program, and names on lines of their own.
        "Ana: My mom drives me since the bus is so late every day, and anyway\n"
        "who wants that?\nBo: Nobody, and so I walk to school, in the dark in winter, too,\n"
        "and why?\nAna: I know.\nBo: Yes.",
        "Ana\nWhy not?\n\nBo\nWhat do you mean?\n\nAna\nThe bus.\n\nBo\nOh.\n",
        # A recorder gives each voice its label.
        "Ana 0:01\nSo.\nWho says that?\n\nBo 0:04\nI do.\nDo you?\n\nAna 0:09\nYes.\n",
    ],
)
def test_a_question_of_somebody_who_speaks_stays_theirs(tmp_path, talk):
    (tmp_path / "a.txt").write_text(talk)

    turns = read_corpus(tmp_path / "a.txt").utterances

    assert turns["speaker"].notna().all()
    assert sum(turns["text"].str.contains("\\?")) >= 2
