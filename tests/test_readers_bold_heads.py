"""Notes on several people, each under a head in bold, with a grade or a job or alone."""

from pathlib import Path

import empathy_insights as ei

NOTES = """## Nov 4

**Bastien** (K)
- likes blocks, "she hugs me"

**Calla + Juniper** – twins, gr 1, talked at once
- we are not in the same class

**Mr. Tan** – custodian
- I know 200 names

{more}"""


def speakers(path: Path, text: str) -> list[str]:
    path.write_text(text)
    turns = ei.read_corpus(path).utterances
    return list(dict.fromkeys(turns[~turns["is_facilitator"]]["speaker"].dropna()))


def test_heads_in_bold_say_on_whom_notes_are(tmp_path: Path) -> None:
    found = speakers(tmp_path / "notes.md", NOTES.format(more=""))
    assert [who.split(" (")[0] for who in found] == [
        "Bastien",
        "Calla + Juniper",
        "Mr. Tan",
    ]
    people = "**Odette**\n- swings\n\n**Fenn**\n- the fence\n\n**Ms. Ruth**\n- milk\n"
    assert speakers(tmp_path / "bold.md", people) == ["Odette", "Fenn", "Ms. Ruth"]


def test_topics_in_bold_are_nobody(tmp_path: Path) -> None:
    topics = "**Lunch**\n- loud\n\n**Recess**\n- swings\n\n**Odette**\n- milk\n"
    assert speakers(tmp_path / "notes.md", topics) == []
    parts = "**Block** (K)\n- loud\n\n**Group** (K)\n- swings\n"
    assert speakers(tmp_path / "notes.md", parts) == []
