"""Captions that nobody says."""

import pytest

from empathy_insights.readers import read_transcript

ASIDES = (
    "[Recording paused 6:31, dinner]",
    "(Recorder's note: Jo looks at the door, upset)",
    "[crosstalk]",
    "[laughter]",
    "[door opens]",
    "Recording stopped",
    "(Everybody nods at this one.)",
)


def captions(kind, said):
    comma = "," if kind == "srt" else "."
    cues = [
        f"{n}\n00:00:{4 * n:02d}{comma}000 --> 00:00:{4 * n + 3:02d}{comma}000\n{words}\n"
        for n, words in enumerate(said, start=1)
    ]
    return "\n".join(["WEBVTT\n", *cues] if kind == "vtt" else cues)


@pytest.mark.parametrize("kind", ["vtt", "srt"])
@pytest.mark.parametrize("aside", ASIDES)
def test_what_a_recorder_wrote_into_captions_is_nobodys(tmp_path, kind, aside):
    said = ["Ana: What is hard?", "Jo: The bus is late.", aside, "Ana: And what else?",
            "Jo: Nothing else."]  # fmt: skip
    file = tmp_path / f"talk.{kind}"
    file.write_text(captions(kind, said), encoding="utf-8")

    read = read_transcript(file)

    spoken = [read.text[turn.start : turn.end] for turn in read.turns]
    assert spoken == [words.partition(": ")[2] for words in said if words != aside]
    assert aside.split()[-1] in read.text


@pytest.mark.parametrize(
    "own", ["(I was on the bus and it was so loud)", "It [the door] opens late"]
)
def test_what_somebody_says_in_brackets_is_theirs(tmp_path, own):
    file = tmp_path / "talk.vtt"
    said = ["Ana: What is hard?", "Jo: The bus is late.", own, "Ana: And what else?"]
    file.write_text(captions("vtt", said), encoding="utf-8")

    read = read_transcript(file)

    assert own in read.text[read.turns[1].start : read.turns[1].end]


def test_a_note_in_the_voice_of_whoever_spoke_is_nobodys(tmp_path):
    said = ["<v Ana>What is hard?</v>", "<v Jo>The bus is late.</v>",
            "<v Jo>(Recorder's note: looks at the door)</v>", "<v Ana>And?</v>"]  # fmt: skip
    file = tmp_path / "talk.vtt"
    file.write_text(captions("vtt", said), encoding="utf-8")

    read = read_transcript(file)

    assert [read.text[t.start : t.end] for t in read.turns][1] == "The bus is late."
