"""One person under two names of a meeting, and two people with names that are alike."""

import pytest

from empathy_insights.readers import read_corpus

TALK = (
    ("Tomas", "What is hard for you at school?"),
    ("{one}", "The bus is late a lot."),
    ("Jo", "I like the band."),
    ("Tomas", "What would you change then?"),
    ("{two}", "I would change the bus."),
    ("Jo", "More band for me."),
    ("Tomas", "What else is there?"),
    ("{one}", "Nothing else, just that."),
    ("Jo", "Me neither, I think."),
    ("{two}", "Only the bus."),
)


def in_captions(one, two):
    cues = (
        f"00:00:{4 * n:02d}.000 --> 00:00:{4 * n + 3:02d}.000\n"
        f"{who.format(one=one, two=two)}: {said}\n"
        for n, (who, said) in enumerate(TALK)
    )
    return "\n".join(["WEBVTT\n", *cues])


def in_lines(one, two):
    return "\n".join(f"{who.format(one=one, two=two)}: {said}" for who, said in TALK)


@pytest.fixture(params=["txt", "vtt"])
def heard(request, tmp_path):
    def read(one, two):
        write = in_captions if request.param == "vtt" else in_lines
        (tmp_path / f"talk.{request.param}").write_text(write(one, two), "utf-8")
        corpus = read_corpus(tmp_path)
        answers = corpus.utterances.query("not is_facilitator")
        told = corpus.problems["problem"].str.contains("taken for one person")
        return sorted(set(answers["speaker"])), bool(told.any())

    return read


@pytest.mark.parametrize(
    ("one", "two", "kept"),
    [
        ("Pell, Gary", "Gary Pell", "Gary Pell"),
        ("Kim's iPad", "Kim", "Kim"),
        ("Kim", "Kim’s iPhone", "Kim"),
        ("Kim Tran's MacBook Pro", "Kim Tran", "Kim Tran"),
        ("Kim's Galaxy S21", "Kim", "Kim"),
        ("iPhone de Luz", "Luz", "Luz"),
        ("Speaker 2", "SPEAKER_02", "Speaker 2"),
        ("Student 1", "Student 01", "Student 1"),
        ("Parent - Devon", "Devon", "Parent - Devon"),
        ("Devon", "Devon - parent", "Devon"),
    ],
)
def test_one_person_has_two_names_in_a_meeting(heard, one, two, kept):
    assert heard(one, two) == (sorted([kept, "Jo"]), True)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Gary Pell", "Mr. Pell"),
        ("Kim", "Kim's mom"),
        ("Mom - Devon", "Devon"),
        ("Parent - Devon", "Teacher - Devon"),
        ("Odalys R.", "Odalys R.'s husband"),
        ("Ruiz, Ana", "Ana Paz"),
        ("Speaker 2", "Speaker 20"),
        ("Kim's dad", "Kim's iPad"),
    ],
)
def test_two_people_have_names_that_are_alike(heard, one, two):
    assert heard(one, two) == (sorted([one, two, "Jo"]), False)


def test_a_parent_whom_a_child_answers_is_another_one(tmp_path):
    text = "\n".join(
        [
            "Tomas: What is hard?",
            "Parent - Devon: He does not like the bus.",
            "Devon: The bus is loud.",
            "Tomas: What else?",
            "Devon: I like the band.",
            "Parent - Devon: He plays the drums.",
        ]
    )
    (tmp_path / "talk.txt").write_text(text, encoding="utf-8")

    assert len(read_corpus(tmp_path).participants) == 2
