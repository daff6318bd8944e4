"""The chat of a recorded call beside its transcript: people count once, direct messages not."""

import pytest

from empathy_insights.readers import read_corpus, read_transcript

SPOKEN = [
    ("Dana Osei", "Tell me about the bus in the morning. How is it?"),
    ("Beckett", "It comes at six fifty and there is no light at our stop."),
    ("Luis", "It was forty minutes late on Monday and nobody called us."),
    ("Dana Osei", "And what would make it better?"),
    ("Room 12", "A light at the stop would help us all."),
]
WRITTEN = [
    ("Luis", "the corner by the church is the bad one"),
    ("Beckett", "can we get a crossing guard there"),
    ("Dana Osei", "Thank you! How often does that happen?"),
    ("Room 12", "every week there"),
]
ZOOM = "GMT20251015-210312_Recording.transcript.vtt", "GMT20251015-210312_RecordingnewChat.txt"  # fmt: skip


def captions(spoken):
    cues = (
        f"{n}\n00:00:{n:02d}.000 --> 00:00:{n + 1:02d}.000\n{who}: {words}\n"
        for n, (who, words) in enumerate(spoken, 1)
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def chat(written):
    return "".join(
        f"00:{n:02d}:01\t From  {who}  to  Everyone:\n\t{words}\n"
        for n, (who, words) in enumerate(written, 12)
    )


@pytest.fixture
def read(tmp_path):
    def write_and_read(names, spoken=SPOKEN, written=WRITTEN, **more):
        told = zip(names, (captions(spoken), chat(written)), strict=True)
        for name, text in {**dict(told), **more}.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return read_corpus(tmp_path)

    return write_and_read


@pytest.mark.parametrize(
    "names",
    [
        ZOOM,
        ("GMT20251015-210312_Recording.transcript.vtt", "meeting_saved_chat.txt"),
        ("Bus talk transcript.vtt", "Bus talk - chat.txt"),
    ],
)
def test_who_speaks_in_a_call_and_writes_in_its_chat_counts_once(read, names):
    corpus = read(names)

    assert len(corpus.participants) == 3
    told = corpus.problems[corpus.problems["path"] == names[1]]["problem"].tolist()
    assert f"taken for the chat of the call in {names[0]}" in told[0]
    assert "(3)" in told[0]


def test_a_first_name_in_the_chat_is_who_alone_has_it_in_the_call(read):
    spoken = [("Luis Carrera" if who == "Luis" else who, x) for who, x in SPOKEN]

    corpus = read(ZOOM, spoken, [*WRITTEN, ("Priya", "my stop is dark as well")])

    assert len(corpus.participants) == 4


@pytest.mark.parametrize(
    "names",
    [
        ("GMT20251015-210312_Recording.vtt", "GMT20251016-090000_RecordingnewChat.txt"),
        ("Bus talk.vtt", "Lunch talk chat.txt"),
    ],
)
def test_the_chat_of_another_call_has_other_people(read, names):
    assert len(read(names).participants) == 6


def test_a_chat_without_a_name_beside_two_such_calls_belongs_to_neither(read):
    names = ("a.vtt", "meeting_saved_chat.txt")

    corpus = read(names, **{"b.vtt": captions([(who, x[::-1]) for who, x in SPOKEN])})

    told = corpus.problems["problem"]
    assert not told.str.startswith("taken for the chat").any()


DIRECT = "00:14:30\t From  Luis  to  Dana Osei(Direct Message):\n\tpls dont share my name\n\tok?\n"


@pytest.mark.parametrize(
    "line", [DIRECT, DIRECT.replace("Direct Message", "Privately")]
)
def test_what_was_written_to_one_person_alone_is_not_read(tmp_path, line):
    text = chat(WRITTEN[:2]) + line + chat(WRITTEN[2:]).replace("00:1", "00:2")
    (tmp_path / "meeting_saved_chat.txt").write_text(text, encoding="utf-8")

    corpus = read_corpus(tmp_path)

    assert corpus.utterances["text"].tolist() == [words for _, words in WRITTEN]
    turns = read_transcript(tmp_path / "meeting_saved_chat.txt").turns
    assert turns[-1].line == text.count("\n") - 1
    assert "share" not in corpus.documents["text"].item()
    assert (
        "direct messages, written to one person alone, were not read: 1"
        in corpus.problems["problem"].tolist()
    )


def test_words_about_direct_messages_are_read(tmp_path):
    written = [("Luis", "he sent it from his phone to Ana (direct message): no"), *WRITTEN]  # fmt: skip
    (tmp_path / "chat.txt").write_text(chat(written), encoding="utf-8")

    assert read_corpus(tmp_path).utterances["text"].tolist()[0] == written[0][1]
