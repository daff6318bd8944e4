"""Two who ask: a second one by her label, the main one by his questions, both by a head."""

import pytest

from empathy_insights.labels import is_label
from empathy_insights.lexicon import says_asker
from empathy_insights.readers import read_corpus
from empathy_insights.readers.people.named_above import declared
from empathy_insights.roles import takes_notes

TALK = """Tomas: What is a normal day like here?
Kim: I get up at five because the bus comes at six.
Jo: Same, and it is freezing.
{co}: What happens when the bus is late?
Kim: You get marked tardy.
Tomas: Who else rides the bus?
Jo: Me. My brother used to drive me but he graduated.
{co}: And lunch?
Tomas: If you could change one thing?
Kim: Longer lunch.
"""


@pytest.fixture
def voices(tmp_path):
    def write_and_read(text):
        (tmp_path / "group.txt").write_text(text, encoding="utf-8")
        said = read_corpus(tmp_path).utterances
        asks = said["is_facilitator"]
        return set(said["speaker"][asks]), set(said["speaker"][~asks].dropna())

    return write_and_read


@pytest.mark.parametrize(
    "label",
    [
        "Co-host Anneke", "Cohost", "Host Anneke", "Zoom Host", "Assistant moderator",
        "Second facilitator", "Anneke (co-host)", "Anneke - Observer", "Observer Anneke",
        "Anneke (she/her) - UWM Researcher", "Anneke - District Research", "Comoderadora",
        "Mod 2", "Researcher 2",
    ],
)  # fmt: skip
def test_a_second_one_who_asks_hides_nobody_who_asks_more(voices, label):
    assert voices(TALK.format(co=label)) == ({"Tomas", label}, {"Kim", "Jo"})


def test_two_who_only_ask_lead_a_group_in_which_nobody_else_asks(voices):
    assert voices(TALK.format(co="Anneke")) == ({"Tomas", "Anneke"}, {"Kim", "Jo"})


@pytest.mark.parametrize(
    "label",
    ["Host family", "Host mom", "Kim (student researcher)", "Kim - Research class"],
)
def test_who_is_asked_about_a_host_or_research_leads_nothing(label):
    assert not says_asker(label)
    assert not takes_notes(label)


def test_a_label_of_several_words_that_asks_is_a_label():
    assert is_label("Assistant moderator")
    assert is_label("Second facilitator")


def test_a_title_that_asks_hides_nobody_who_asks_less(voices):
    talk = "Mod: So?\nKim: Can I go?\nMod: Why?\nJo: No.\nMod: And?\nKim: What?\nJo: Yes.\n"

    assert voices(talk) == ({"Mod"}, {"Kim", "Jo"})


HEADS = [
    "Moderators: Tomas, Anneke",
    "Facilitators (2): Tomas Weber & Anneke Bos",
    "Moderator: Tomas\nCo-moderator: Anneke",
    "Facilitator: Tomas Weber\nSecond facilitator: Anneke Bos",
    "Date: 10/21/2025\nModerator: Tomas (he/him)\nNote taker: Anneke Bos",
    "Facilitated by Tomas Weber and Anneke Bos",
    "Moderated by: Tomas and Anneke",
    "Conducted by Tomas W. and Anneke B.",
    "Tomas (moderator), Anneke (co-moderator), Kim, Jo",
    "Present: Tomas (facilitator), Anneke (observer), Kim, Jo",
    "Moderator: Tomas; Co-moderator: Anneke",
    "Moderator - Tomas\nNotes - Lee\nObserver - Anneke",
    "| Moderator | Tomas |\n| Note taker | Anneke |",
    "Moderadora: Anneke Bos\nEntrevistó: Tomas Weber",
    "Entrevistador: Tomas Weber. Observadora: Anneke.",
]
CURT = TALK.format(co="Anneke").replace("And lunch?", "Hm.").replace("late?", "late.")


@pytest.mark.parametrize("head", HEADS)
def test_all_whom_a_head_says_to_ask_do(voices, head):
    found = voices(f"Focus group, Linden Middle\n{head}\n\n{CURT}")

    assert found == ({"Tomas", "Anneke"}, {"Kim", "Jo"})


@pytest.mark.parametrize("head", [h for h in HEADS if "|" not in h])
def test_no_blank_line_need_part_such_a_head_from_the_talk(voices, head):
    found = voices(f"Focus group, Linden Middle\n{head}\n{CURT}")

    assert found == ({"Tomas", "Anneke"}, {"Kim", "Jo"})


def test_whom_somebody_calls_on_first_leads_nothing(voices):
    talk = "Moderator: Tomas\nTomas: A bus.\nKim: Yes.\nModerator: Why?\nTomas: So.\n"

    assert voices(talk) == ({"Moderator"}, {"Tomas", "Kim"})


@pytest.mark.parametrize(
    "head",
    [
        "Present: Tomas, Anneke, Kim, Jo",
        "Interviewees: Kim, Anneke",
        "Interviewer / interviewee: Tomas / Anneke",
        "Moderator: Tomas, Participants: Kim, Jo, Anneke",
        "Moderator: Tomas\nInterviewed: Kim, Jo, Anneke",
        "Anneke (host family), Kim, Jo",
    ],
)
def test_who_is_listed_beside_them_does_not(voices, head):
    assert "Anneke" in voices(f"Focus group\n{head}\n\n{CURT}")[1]


def test_a_name_that_somebody_calls_on_is_said(voices):
    talk = "Moderator: Who starts?\nKim: Me.\nModerator: Tomas?\nTomas: I walk.\nTomas: Far.\nKim: So.\n"

    assert voices(talk) == ({"Moderator"}, {"Kim", "Tomas"})


def test_keys_are_what_a_name_is_shortened_to():
    found = declared("Facilitator: Rosa Quiroga")

    assert all(one.asks for one in found)
    assert found[-1].keys == {"rosa quiroga", "rosa", "quiroga", "rosa q", "rq"}
