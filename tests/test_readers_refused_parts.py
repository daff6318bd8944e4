"""A no to consent at one person's part of a file: that part is not read, and told."""

import pandas as pd
import pytest
from docx import Document

import empathy_insights as ei
from empathy_insights.readers import read_corpus

MARCY = """Marcy, gr 5, consent on file
Marcy - best part is safety patrol, people listen when I have the vest on
me - what would help?
Marcy - a teacher who asks twice, because the first time I say fine
"""
OMAR = """Omar - I am the only one who wears it, which is secret
me - how does that feel
Omar - tired, and I do not want to explain this secret
"""
LENA = """Lena, gr 4, consent on file
Lena - the garden is what I look forward to
me - why?
Lena - because of the carrots
"""


def heard(folder, text, name="notes.txt"):
    (folder / name).write_text(text)
    return read_corpus(folder)


def problems(corpus):
    return "\n".join(corpus.problems["problem"])


def check(corpus, *kept):
    assert not corpus.documents["text"].str.contains("secret").any()
    said = "\n".join(corpus.utterances["text"])
    assert "secret" not in said
    assert "onsent" not in said
    for words in kept:
        assert words in said
    assert "left out, since line" in problems(corpus)


HEADS = [
    "Omar, gr 5 - NO CONSENT FORM YET!!", "11/5  M.O.  gr 5   NO CONSENT FORM YET!!", "Omar, grade 5 — NO CONSENT",
    "Omar (5th) consent: no", "Omar - no consent form yet, do not use", "## Omar – withdrawn by mom",
    "Interview 2: Omar (consent not given)", "[Omar: parent said no, leave out]", "Omar (5th) - do not use",
    "Omar, 5to - sin consentimiento", "Omar (la mamá dijo que no)", "Omar gr 5 no permission slip",
    "OMAR - OPTED OUT", "Omar: consent form not returned", "Omar / gr 5 / consent pending", "*** Omar: do not include ***",
    "Omar - parent declined", "Omar (no form)",
]  # fmt: skip


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("above", ["Nov 5 shorthand\n\n", ""])
def test_the_part_of_whoever_refuses_is_left_out_and_told(tmp_path, head, above):
    corpus = heard(tmp_path, f"{above}{MARCY}\n{head}\n{OMAR}\n{LENA}")

    check(corpus, "a teacher who asks twice", "because of the carrots")
    assert len(corpus.participants) == 2


@pytest.mark.parametrize("head", ["Omar, gr 5\nNO CONSENT", "Omar, gr 5\n(no consent form! do not use)"])  # fmt: skip
def test_a_no_below_the_name_is_that_persons(tmp_path, head):
    check(heard(tmp_path, f"{MARCY}\n{head}\n{OMAR}\n{LENA}"), "carrots", "asks twice")


def test_a_no_below_what_somebody_said_is_theirs(tmp_path):
    text = f"{MARCY}\nOmar, gr 5\n{OMAR}(No consent form! do not use)\n\n{LENA}"

    check(heard(tmp_path, text), "carrots", "asks twice")


NOTES = """# Talks of Nov 5

## Marcy (gr 5)
- The bus is loud in the morning.
- I sit with my cousin.

## Omar (gr 5){mark}
- Nobody knows this secret.

More of the secret.

## Lena (gr 4)
- Carrots in the garden.
"""


@pytest.mark.parametrize("mark", [" - no consent", "\n\nNO CONSENT FORM", " (withdrawn)", "\nConsent: no"])  # fmt: skip
def test_notes_under_headings_lose_that_heading(tmp_path, mark):
    check(heard(tmp_path, NOTES.format(mark=mark), "notes.md"), "cousin", "Carrots")


GROUP = """Kim: What helps you in class, everybody?
Marcy: When my friends sit near me.
Omar: This is secret.
{mark}
Kim: And what is hard?
Lena: The long tests on Friday.
Omar: Another secret.
Marcy: The noise at lunch.
"""


@pytest.mark.parametrize(
    "mark",
    ["[Omar: parent said no, leave out]", "(Omar - no consent form)", "Omar: NO CONSENT FORM, do not use",
     "[NOTE: Omar withdrew consent 11/20]"],
)  # fmt: skip
def test_in_a_talk_of_several_only_that_person_is_left_out(tmp_path, mark):
    corpus = heard(tmp_path, GROUP.format(mark=mark))

    check(corpus, "sit near me", "long tests", "noise at lunch")


@pytest.mark.parametrize("mark", ["(No consent form! do not use)", "\nConsent withdrawn"])  # fmt: skip
def test_a_last_line_is_about_the_whole_file(tmp_path, mark):
    (tmp_path / "kept.txt").write_text(GROUP.replace("secret", "fine").format(mark=""))
    talk = "Kim: What helps?\nOmar: This is secret.\nKim: Why?\nOmar: A secret.\n"
    corpus = heard(tmp_path, f"{talk}{mark}\n")

    assert list(corpus.documents["path"]) == ["kept.txt"]
    assert "not to be used" in problems(corpus)


def test_a_part_of_a_word_file_is_left_out(tmp_path):
    document = Document()
    for line in f"{MARCY}\nOmar, gr 5 - NO CONSENT\n{OMAR}\n{LENA}".split("\n"):
        document.add_paragraph(line)
    document.save(tmp_path / "notes.docx")

    check(read_corpus(tmp_path), "carrots", "asks twice")


@pytest.mark.parametrize(
    "said",
    ["Omar: Opt out.", "Omar: My mom said no.", "Omar: Do not use.", "Omar: Mom said no.", "Omar: I did not consent to the search, it was my bag.",
     "Omar: No permission slip.", "Omar: We do not use the library.", "Kim: Did your mom sign the consent form?", "Omar: No form.",
     "Kim: Do you consent?\nOmar: Yes.", "[Omar leaves, no permission to go]", "(they laugh)", "Omar: then my\nmom said no\nand I stayed"],
)  # fmt: skip
def test_what_somebody_says_of_a_no_is_read(tmp_path, said):
    corpus = heard(tmp_path, GROUP.format(mark=said))

    assert corpus.utterances["text"].str.contains("Another secret").any()
    assert "left out" not in problems(corpus)


def test_what_may_be_a_no_is_told(tmp_path):
    corpus = heard(tmp_path, GROUP.format(mark="Omar: Do not use."))

    assert "line 4 may say that somebody is not to be read" in problems(corpus)


PARTS = "Student 1 - Ada\nQ: How is lunch?\nA: Short.\n\n{}\nQ: How is lunch?\nA: A secret.\n\nStudent 3 - Rui\nQ: Lunch?\nA: Long.\n"


@pytest.mark.parametrize(
    "head",
    ["Student 2 - withdrawn", "Student 2 - no form", "Student 2 - mom said no", "Student 2 - Kwame * withdrew",
     "Student 2 - Kwame, grade 5 - NOT CONSENTED", "Student 2 - Kwame (no form on file)",
     "Student 2 - Kwame, grade 5\nMother declined", "Student 2 - Kwame\ndid not return the form"],
)  # fmt: skip
def test_somebody_called_by_a_number_may_refuse(tmp_path, head):
    corpus = heard(tmp_path, PARTS.format(head))

    check(corpus, "Short.", "Long.")
    assert corpus.utterances["participant_id"].nunique() == 2


def test_a_shy_student_has_not_refused(tmp_path):
    corpus = heard(tmp_path, PARTS.format("Student 2 - shy"))

    assert "A secret." in set(corpus.utterances["text"])


OF_THREE = "Interviewer: Lunch?\nPetra: Short.\nKwame: A secret.\nRui: Long.\nInterviewer: So?\nPetra: So.\nKwame: This secret.\nRui: No.\n"


@pytest.mark.parametrize(
    "line",
    ["Kwame - NO CONSENT FORM YET", "[Kwame did not consent - leave out]",
     "Present: Petra, Rui, Kwame (did not consent)", "Note: Kwame has no consent form"],
)  # fmt: skip
def test_a_no_above_a_group_is_that_of_whom_it_names(tmp_path, line):
    corpus = heard(tmp_path, f"{line}\n\n{OF_THREE}")

    check(corpus, "Short.", "Long.")
    assert corpus.utterances["participant_id"].nunique() == 2


OF_SEVERAL = """Facilitator: How is school?
Ana: It is fine, and I like math.
Leo: The wifi at home is slow.
Kwame: I want this secret to stay.
Maya: My chromebook is broken.
Facilitator: What would help?
Kwame: A secret charger.
Leo: Someone who fixes them.
"""
NAMED = [
    "Do not use Kwame", "Use everybody but Kwame", "Everyone except Kwame signed.", "Present: Ana, Leo, Kwame - withdrew, Maya",
    "Kwame (5th) consent: no", "Please leave Kwame out", "Leave out what Kwame said", "No consent form for Kwame", "Missing consent: Kwame",
    "Ana (consent), Leo (consent), Kwame (no consent)", "todos menos Kwame firmaron", "Kwame left early, Kwame - withdrew",
]  # fmt: skip


@pytest.mark.parametrize("line", NAMED)
def test_a_line_above_a_group_leaves_out_whom_it_names(tmp_path, line):
    corpus = heard(tmp_path, f"Focus group, 5th grade\n{line}\n\n{OF_SEVERAL}")

    check(corpus, "I like math", "wifi", "chromebook", "fixes them")
    assert len(corpus.participants) == 3


@pytest.mark.parametrize(
    "line", ["Do not use Kwame's name", "Kwame declined a snack", "Everyone but Kwame was on time", "Ana, Leo and Kwame have consent"]
)  # fmt: skip
def test_a_line_that_says_less_leaves_nobody_out(tmp_path, line):
    corpus = heard(tmp_path, f"Focus group, 5th grade\n{line}\n\n{OF_SEVERAL}")

    assert len(corpus.participants) == 4


def test_a_code_that_may_be_a_no_is_no_yes():
    answers = pd.DataFrame(
        {"IRB consent": [1, 2], "What is hard?": ["The bus is always late.", "a secret of mine"]}
    )  # fmt: skip
    corpus = ei.corpus_from_frame(answers, text="What is hard?")
    assert corpus.utterances["text"].tolist() == ["The bus is always late."]
