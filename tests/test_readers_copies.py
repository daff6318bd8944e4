"""One interview given twice is one document, and two interviews stay two."""

import docx
import pytest

from empathy_insights.readers import read_corpus

WHY = "Interviewer: What is a good week like for you?\n"
SAID = (
    "Noa: I walk, we have art twice, and nobody rushes me through the reading at all.\n"
)
OTHER = "Eli: It rains, the gym is shut, and I sit in the hall until somebody comes for me.\n"


@pytest.fixture
def folder(tmp_path):
    def fill(**files):
        for name, text in files.items():
            path = tmp_path / name.replace("__", ".")
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return fill


def left_out(corpus):
    rows = corpus.problems[corpus.problems["problem"].str.startswith("left out")]
    return dict(zip(rows["path"], rows["problem"], strict=True))


@pytest.mark.parametrize(
    "name", ["noa (1).txt", "Copy of noa.txt", "noa - Copy.txt", "x.txt"]
)
def test_a_copied_file_is_no_second_interview(folder, name):
    folder(noa__txt=WHY + SAID, eli__txt=WHY + OTHER, **{name: WHY + SAID})

    corpus = read_corpus(folder())

    assert corpus.documents["path"].tolist() == ["eli.txt", "noa.txt"]
    assert left_out(corpus) == {
        name: "left out: noa.txt holds the same interview byte for byte"
    }
    assert corpus.participants["participant_id"].tolist() == ["eli:p01", "noa:p01"]


def test_a_link_to_a_file_is_no_second_interview(folder):
    root = folder(noa__txt=WHY + SAID)
    (root / "z.txt").symlink_to(root / "noa.txt")

    assert list(left_out(read_corpus(root))) == ["z.txt"]


def test_one_talk_in_three_formats_is_the_one_with_times(folder):
    cues = [WHY, SAID]
    captions = "".join(
        f"00:0{n}:00.000 --> 00:0{n}:09.000\n{cue}\n" for n, cue in enumerate(cues)
    )
    root = folder(noa__txt=WHY + SAID, noa__vtt=f"WEBVTT\n\n{captions}")
    document = docx.Document()
    for line in cues:
        document.add_paragraph(line.strip())
    document.save(root / "noa.docx")

    corpus = read_corpus(root)

    assert corpus.documents["path"].tolist() == ["noa.vtt"]
    assert set(left_out(corpus).values()) == {
        "left out: noa.vtt holds the same interview word for word"
    }


LONG = [
    f"Noa: In week {n} we had {thing}, and I was {mood} about it the whole day long.\n"
    for n, (thing, mood) in enumerate(
        [("art", "glad"), ("maths", "lost"), ("tests", "tired"), ("chess", "calm"),
         ("swimming", "cold"), ("a play", "proud"), ("nothing", "bored")]
    )
]  # fmt: skip


def test_one_talk_with_and_without_speakers_is_the_one_with_them(folder):
    bare = " ".join(line.partition(": ")[2].strip() for line in [WHY, *LONG])
    root = folder(a__txt=bare, b__txt=WHY + "".join(LONG))

    corpus = read_corpus(root)

    assert corpus.documents["path"].tolist() == ["b.txt"]


def test_a_talk_with_a_few_words_corrected_is_the_same(folder):
    text = WHY + "".join(LONG)
    root = folder(
        a__txt=text, b__txt=text.replace("the whole day long.\n", "the whole day.\n", 1)
    )

    assert left_out(read_corpus(root)) == {
        "b.txt": "left out: a.txt holds the same interview in nearly all words"
    }


def talk(answers, ask="I", who="R"):
    """Return an interview: a question of the guide, and an answer, in turn."""
    asked = ["What came first?", "Mm-hm. And what then?", "How was that for you?"]
    return "".join(
        f"{ask}: {asked[n % 3]}\n{who}: {answer}\n" for n, answer in enumerate(answers)
    )


ANSWERS = [
    "I came in the middle of ninth grade.", "Nobody sat with me at lunch.",
    "A teacher found me in the hall and asked me to sort the music.",
    "It was sorted already, I found out.", "So I had somewhere to be at noon.",
    "Now I play the viola, second row.", "People notice when I am gone.",
    "They text me before they call my mom.", "That is what it means to belong.",
    "The honors hallway is another thing.", "I am the only one like me there.",
    "Nobody is mean, they only take a second longer to pick me.",
]  # fmt: skip


def test_a_talk_of_short_answers_is_the_same_under_other_names(folder):
    """What a person said ends with the turn: no words run on across the next question."""
    clean = talk([a.replace(", I found out", "") for a in ANSWERS], "Szabo", "Imani")
    root = folder(a__txt=talk(ANSWERS), b__txt=clean)

    assert left_out(read_corpus(root)) == {
        "b.txt": "left out: a.txt holds the same interview in nearly all words"
    }


@pytest.mark.parametrize(
    "part",
    [
        talk([*ANSWERS[:7], "and then I"]),
        talk([one.replace("I ", "I, um, ") for one in ANSWERS[:6]] + ANSWERS[6:]),
    ],
    ids=["half finished", "with every um"],
)
def test_a_draft_is_no_second_interview(folder, part):
    root = folder(**{"a part.txt": part, "whole.txt": talk(ANSWERS)})

    [(path, problem)] = left_out(read_corpus(root)).items()

    longer = "whole.txt" if len(part) < len(talk(ANSWERS)) else "a part.txt"
    shorter = {"whole.txt": "a part.txt", "a part.txt": "whole.txt"}[longer]
    assert (path, problem) == (
        shorter, f"left out: {longer} holds most of what is said in it"
    )  # fmt: skip


def test_no_words_are_lost_where_each_file_holds_most_of_the_next(folder):
    """Of `b` the longest file holds most, of `c` only `b` does, which is left out."""
    other = [answer.replace("I ", "we ").upper() for answer in ANSWERS]
    root = folder(
        a__txt=talk([*ANSWERS, *LATER]),
        b__txt=talk([*ANSWERS[:10], *other[:4]]),
        c__txt=talk([*ANSWERS[5:10], *other[:4]]),
    )

    assert list(left_out(read_corpus(root))) == ["b.txt"]


LATER = [f"And in year {n} it was all quite other than that again." for n in range(9)]


def test_the_same_script_read_by_nobody_known_leaves_two_interviews_two(folder):
    """Nothing says who asks: the words that both share may be the questions."""
    script = [line.removeprefix("Noa: ").strip() for line in LONG]
    root = folder(
        a__txt="\n\n".join(f"{one}\n\nYes, {n} times." for n, one in enumerate(script)),
        b__txt="\n\n".join(f"{one}\n\nNo." for one in script),
    )

    assert left_out(read_corpus(root)) == {}


def test_two_interviews_by_the_same_long_guide_stay_two(folder):
    guide = [line.replace("Noa: In", "Interviewer: How come that in") for line in LONG]
    root = folder(
        a__txt="".join(f"{ask}Noa: Nice.\n" for ask in guide),
        b__txt="".join(f"{ask}Eli: Bad.\n" for ask in guide),
    )

    corpus = read_corpus(root)

    assert corpus.documents["path"].tolist() == ["a.txt", "b.txt"]


def test_the_same_few_words_of_two_people_stay_two_interviews(folder):
    root = folder(a__txt=WHY + SAID, b__txt=WHY + SAID.replace("Noa:", "Eli:"))

    assert left_out(read_corpus(root)) == {}


@pytest.mark.parametrize(
    ("name", "n"), [("P1", 1), ("NOA (student)", 1), ("Noa Berg", 1), ("Eli", 0)]
)
def test_a_copy_may_call_somebody_otherwise_but_not_by_another_name(folder, name, n):
    text = WHY + "".join(LONG)
    root = folder(a__txt=text, b__txt=text.replace("Noa:", f"{name}:"))

    assert len(left_out(read_corpus(root))) == n


def test_short_notes_that_are_equal_by_chance_stay_two(folder):
    corpus = read_corpus(folder(a__txt="Nothing at all.\n", b__txt="Nothing at all.\n"))

    assert corpus.documents["path"].tolist() == ["a.txt", "b.txt"]
    assert left_out(corpus) == {}


def test_a_file_that_was_left_out_stands_in_the_reading(folder):
    reading = read_corpus(folder(a__txt=WHY + SAID, b__txt=WHY + SAID)).reading

    assert reading["path"].tolist() == ["a.txt", "b.txt"]
    assert reading["document_id"].isna().tolist() == [False, True]
    assert reading["problems"].tolist() == [0, 1]


AT_FIRST = "AW: I fed the turtle and he ate the lettuce out of my hand all week.\n"
BEGUN = f"H: What is good here?\n{AT_FIRST}H: And what is bad here?\n"
REST = (
    "AW: they laughed at how I say my letters.\nH: Who helped you then?\nAW: nobody.\n"
)
IN_FULL = "left out: {} holds all that is said in it"


@pytest.mark.parametrize(
    ("draft", "whole"),
    [
        ("Ansel gr3.txt", "Ansel gr3 v2.txt"),
        ("Copy of Ansel gr3.txt", "Ansel gr3.txt"),
        ("Ansel gr3 copy 2.txt", "Ansel gr3.txt"),
        ("Ansel draft.txt", "Ansel (final).txt"),
        ("Monday.txt", "Tuesday.txt"),
    ],
)
def test_a_short_draft_is_no_second_interview(folder, draft, whole):
    root = folder(**{draft: BEGUN, whole: BEGUN + REST})

    corpus = read_corpus(root)

    assert left_out(corpus) == {draft: IN_FULL.format(whole)}
    assert len(corpus.participants) == 1


def test_of_a_version_of_few_words_a_few_are_enough(folder):
    begun = BEGUN.replace(AT_FIRST, "AW: the turtle ate out of my hand.\n")
    root = folder(**{"Ansel.txt": begun, "Ansel v2.txt": begun + REST})

    assert list(left_out(read_corpus(root))) == ["Ansel.txt"]


@pytest.mark.parametrize(
    ("one", "other", "begun"),
    [
        ("Ansel.txt", "Bram.txt", BEGUN.replace(AT_FIRST, "AW: It is fine, I like it.\n")),
        ("Ansel v1.txt", "Ansel v2.txt", BEGUN.replace("turtle", "hen").replace("lettuce", "corn")),
        ("Monday.txt", "Tuesday.txt", BEGUN.replace("AW:", "BK:")),
        ("Ansel 1.txt", "Ansel 2.txt", BEGUN.replace("all week", "once").replace("fed", "saw")),
    ],
    ids=["a common answer", "other answers", "another voice", "another day"],
)  # fmt: skip
def test_two_short_interviews_stay_two(folder, one, other, begun):
    full = (begun if one == "Ansel.txt" else BEGUN) + REST
    root = folder(**{one: begun, other: full})

    assert not left_out(read_corpus(root))


def test_many_files_with_numbers_are_people_and_no_copies(folder):
    said = BEGUN.replace(AT_FIRST, "AW: It is fine and I like it.\n")
    root = folder(**{f"kid ({n}).txt": said + REST * (n > 1) + f"AW: {n}.\n" for n in range(1, 8)})  # fmt: skip

    assert "kid (1).txt" not in left_out(read_corpus(root))


def test_a_file_that_is_called_a_copy_and_says_more_is_told(folder):
    more = BEGUN + "AW: the bus is loud and I sit by the door.\n"
    root = folder(**{"Ansel.txt": BEGUN + REST, "Copy of Ansel.txt": more})

    told = read_corpus(root).problems

    [problem] = told[told["path"] == "Copy of Ansel.txt"]["problem"]
    assert problem.startswith("by its name a copy of Ansel.txt, with some of the same")
