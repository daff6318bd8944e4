"""A guide's questions, typed above the answers in a file where nobody is marked."""

from __future__ import annotations

from pathlib import Path

import pytest

import empathy_insights as ei

HEADS = {
    "one line": "Student: Lena, grade 8",
    "a grade below": "Student: Lena O. (goes by Bee)\nGrade 8\ninterviewed by Coach Tui, oct 7",
    "keys": "Student: Lena O.\nGrade: 8\nInterviewer: Coach Tui",
    "a name alone": "Student: Lena (she/her)",
}
ASKED = (
    "Tell me about a time when school went well for you.",
    "What makes it hard to learn here?",
    "How does technology help you, or not? (probe: wifi, device, who fixes it)",
    "Describe a class that you like.",
    "Who do you go to?",
)
ANSWERED = (
    "She said the day she got to read her poem",
    "Says she's tired, up till 1 most nights",
    "the screen has been cracked since September",
    "Shop. Who wouldn't like the saw?",
    "Her auntie, not anyone at school",
)
GAPS = {
    "pairs": ("\n", "\n\n"),
    "paragraphs": ("\n\n", "\n\n"),
    "lines": ("\n", "\n"),
}
MARKS = {
    "bare": ("", ""),
    "bulleted answers": ("", "- "),
    "bulleted questions": ("- ", ""),
}


def typed(head: str, gaps: tuple[str, str], marks: tuple[str, str]) -> str:
    pairs = [
        f"{marks[0]}{asked}{gaps[0]}{marks[1]}{said}"
        for asked, said in zip(ASKED, ANSWERED, strict=True)
    ]
    return f"{head}\n\n{gaps[1].join(pairs)}\n"


def read(tmp_path: Path, text: str) -> ei.Corpus:
    file = tmp_path / "c3.txt"
    file.write_text(text, encoding="utf-8")
    return ei.read_corpus(file)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("gaps", GAPS.values(), ids=GAPS)
@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
def test_what_a_guide_asks_is_nobodys_answer(
    tmp_path: Path, head: str, gaps: tuple[str, str], marks: tuple[str, str]
) -> None:
    corpus = read(tmp_path, typed(head, gaps, marks))

    said = corpus.utterances[~corpus.utterances["is_facilitator"]]
    assert list(said["text"]) == list(ANSWERED)
    assert set(said["participant_id"]) == {"c3:p01"}
    assert said["question_id"].nunique() == len(ASKED)
    assert list(corpus.participants["role"]) == ["student"]
    why = corpus.utterances["facilitator_why"]
    assert (why == "a question of the guide").sum() == len(ASKED)


def test_questions_that_say_nothing_of_you_are_found_by_where_they_stand(
    tmp_path: Path,
) -> None:
    asked = ("What is hard here?", "Who helps?", "Anything else?")
    text = "\n\n".join(f"{q}\n- {a}" for q, a in zip(asked, ANSWERED, strict=False))

    utterances = read(tmp_path, text).utterances

    assert list(utterances["is_facilitator"]) == [True, False] * 3


@pytest.mark.parametrize(
    "notes",
    [
        "Why is lunch so short?\n\nMore clubs\n\nCan we have phones?\n\nThe bus\n\n"
        "Bathrooms are gross\n\nWho picks the books?\n\nWifi\n\nA later start\n",
        "I came in late. Why do we start at seven?\n\nWe ate outside.\n\n"
        "Who cleans the gym?\nNobody knows.\n\nIt rained.\n\nWe went home.\n",
        "Why can't we use our phones?\nThey say no\n\nWhen do we get our books?\nlate\n\n"
        "Who listens to us?\nnobody\n",
    ],
    ids=["a wall", "a diary", "questions of their own"],
)
def test_what_people_ask_themselves_stays_theirs(tmp_path: Path, notes: str) -> None:
    assert not read(tmp_path, notes).utterances["is_facilitator"].any()


def test_a_head_that_names_somebody_twice_is_a_head(tmp_path):
    """A line that somebody typed above the form of a word processor."""
    (tmp_path / "a.txt").write_text(
        "Student: Declan F, grade 6\nDate: 10/6/25\nInterviewer: Mr. Halvorsen\n"
        "Student: Declan F\nGrade: 6th\n\nTell me about school.\nI dunno. Loud kids.\n"
        "What makes it hard to learn here?\nThe sub days.\nWho do you go to?\nMs. Ilse.\n",
        encoding="utf-8",
    )
    corpus = ei.read_corpus(tmp_path)
    said = corpus.utterances[~corpus.utterances["is_facilitator"]]

    assert said["text"].tolist() == [
        "I dunno. Loud kids.",
        "The sub days.",
        "Ms. Ilse.",
    ]
    assert corpus.participants["role"].tolist() == ["student"]
