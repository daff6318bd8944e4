"""Names that a person typed into a recogniser's JSON are those of who speaks."""

import json
from pathlib import Path

import pytest

import empathy_insights as ei

TALK = [
    ("Marguerite", "Who rides the bus here?"),
    ("{one}", "Me, in the back."),
    ("{two}", "Me too, and I hide my face."),
    ("Marguerite", "What would you tell the principal?"),
    ("{one}", "That there should be a helper."),
    ("{two}", "And a seat for me."),
]


def whisper(path: Path, lines: list[str]) -> Path:
    segments = [
        {"id": n, "start": n * 3.0, "end": n * 3 + 2.0, "text": f" {line}"}
        for n, line in enumerate(lines)
    ]
    path.write_text(json.dumps({"text": " ".join(lines), "segments": segments}))
    return path


@pytest.mark.parametrize("form", ["{}: {}", "[{}] {}"])
@pytest.mark.parametrize(("one", "two"), [("Kid 1", "Kid 2"), ("Dara", "Wilf")])
def test_typed_names_are_voices(tmp_path: Path, form: str, one: str, two: str) -> None:
    lines = [form.format(who.format(one=one, two=two), said) for who, said in TALK]
    corpus = ei.read_corpus(whisper(tmp_path / "memo.json", lines))
    turns = corpus.utterances
    assert turns["text"].tolist() == [said for _, said in TALK]
    assert set(turns[turns["is_facilitator"]]["speaker"]) == {"Marguerite"}
    assert len(corpus.participants) == len([one, two])


def test_words_with_a_colon_are_words(tmp_path: Path) -> None:
    lines = ["I said one thing: no.", "Then we went home.", "And that was that."]
    turns = ei.read_corpus(whisper(tmp_path / "memo.json", lines)).utterances
    assert turns["speaker"].isna().all()
    assert "one thing: no." in turns["text"].tolist()[0]
