"""Whoever only asks leads a talk, also where somebody else asks something once."""

from pathlib import Path

import pytest

import empathy_insights as ei

TALK = """Tenley Brandt: What do you wish the school knew about your morning?
Stan: There are sixty kids on a bus for fifty.
Ada: {asked} I told eleven times and the office never calls back.
Tenley Brandt: What would help?
Stan: A second adult on the bus.
"""
REV = """Tenley Brandt: Thank you. What keeps you up at night?
Dr. Whit: The phone call at four.
Tenley Brandt: What else would you like to tell us?
Dr. Whit: I get forty referrals a month.
"""


def askers(folder: Path, files: dict[str, str]) -> set[tuple[str, str]]:
    for name, text in files.items():
        (folder / name).write_text(text)
    turns = ei.read_corpus(folder).utterances
    asked = turns[turns["is_facilitator"]]
    return set(asked[["document_id", "speaker"]].itertuples(index=False, name=None))


@pytest.mark.parametrize(
    "asked",
    [
        "Can I jump in?",
        "Why would I tell, though?",
        "Sorry, can you hear me?",
        "What are we supposed to do?",
    ],
)
def test_one_question_of_somebody_who_tells_is_no_lead(
    tmp_path: Path, asked: str
) -> None:
    talk = TALK.format(asked=asked)
    assert askers(tmp_path, {"panel.txt": talk}) == {("panel", "Tenley Brandt")}
    later = talk.replace(asked, "Well.") + f"Verna: {asked} We are eleven short.\n"
    assert askers(tmp_path, {"panel.txt": later}) == {("panel", "Tenley Brandt")}


def test_who_tells_beside_the_questions_does_not_only_ask(tmp_path: Path) -> None:
    talk = TALK.format(asked="Why?").replace("What would help?", "Who helps? I do.")
    assert askers(tmp_path, {"panel.txt": talk}) == set()
    both = TALK.format(asked="Why would I?") + "Ada: Would you? I would not.\n"
    assert askers(tmp_path, {"panel.txt": both}) == set()


def test_who_leads_elsewhere_leads_where_they_mostly_ask(tmp_path: Path) -> None:
    short = "TENLEY BRANDT: How was your meeting?\nEmmett: I was sweating. Can I go?\n"
    told = "Tenley Brandt: I drive, too.\nVerna: We all do.\n"
    found = askers(tmp_path, {"rev.txt": REV, "short.txt": short, "told.txt": told})
    assert found == {("rev", "Tenley Brandt"), ("short", "TENLEY BRANDT")}
