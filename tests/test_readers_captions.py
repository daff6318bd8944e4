"""WebVTT and SubRip to turns."""

import pytest

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import read_transcript
from empathy_insights.readers.transcript import words


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, name="talk.vtt"):
        file = tmp_path / name
        file.write_bytes(text.encode())
        return read_transcript(file)

    return write_and_read


def vtt(*cues):
    blocks = [
        f"00:{start:02d}.000 --> 00:{start + 1:02d}.500\n{text}\n"
        for start, text in cues
    ]
    return "WEBVTT\n\n" + "\n".join(blocks)


def said(transcript):
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]


def times(transcript):
    return [(turn.start_s, turn.end_s) for turn in transcript.turns]


def test_neighbouring_cues_of_one_voice_are_one_turn_with_its_times(read):
    transcript = read(
        vtt((1, "Ana Ruiz: So."), (3, "Ana Ruiz: It is."), (5, "Ben Lee: Yes."))
    )

    assert said(transcript) == [("Ana Ruiz", "So. It is."), ("Ben Lee", "Yes.")]
    assert times(transcript) == [(1.0, 4.5), (5.0, 6.5)]
    assert transcript.text == "Ana Ruiz: So. It is.\nBen Lee: Yes.\n"


def test_voice_tags_name_the_speaker(read):
    transcript = read(
        vtt(
            (1, "<v Ana Ruiz>So <i>be</i> it.</v>"),
            (3, "<v.loud Ben Lee>Yes &amp; no."),
        )
    )

    assert said(transcript) == [("Ana Ruiz", "So be it."), ("Ben Lee", "Yes & no.")]


def test_two_voices_in_one_cue_are_two_turns(read):
    transcript = read(vtt((1, "<v Ana>So.\n<v Ben>Yes."), (3, "<v Ana>Well.")))

    assert said(transcript) == [("Ana", "So."), ("Ben", "Yes."), ("Ana", "Well.")]


def test_windows_line_ends_numbers_and_settings_are_no_words(read):
    transcript = read(
        "WEBVTT\r\n\r\n1\r\n00:00:01.000 --> 00:00:02.000 align:start\r\nAna Ruiz: So.\r\n"
        "\r\n2\r\n00:00:03.000 --> 00:00:04.000\r\nBen Lee: Yes.\r\n\r\n"
    )

    assert said(transcript) == [("Ana Ruiz", "So."), ("Ben Lee", "Yes.")]


def test_ids_that_are_no_numbers_are_no_words(read):
    transcript = read(
        "WEBVTT\n\n8f1a-22/16-0\n00:00:01.000 --> 00:00:02.000\n<v Ana>So.</v>\n\n"
        "8f1a-22/18-1\n00:00:03.000 --> 00:00:04.000\n<v Ben>Yes.</v>\n"
    )

    assert said(transcript) == [("Ana", "So."), ("Ben", "Yes.")]


def test_an_answer_that_is_a_number_is_kept(read):
    transcript = read(
        vtt((1, "I: How old\nare you?"), (3, "Ana Ruiz: I am\n14"), (5, "I: OK"))
    )

    assert said(transcript)[1] == ("Ana Ruiz", "I am 14")


def test_a_cue_that_is_only_a_number_is_kept(read):
    transcript = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n14\n\n00:05.000 --> 00:06.000\n15\n"
    )

    assert said(transcript) == [(None, "14"), (None, "15")]


def test_subrip_is_read_alike(read):
    transcript = read(
        "1\n00:00:01,000 --> 00:00:02,000\nDana Whitfield: So?\n\n"
        "2\n00:00:03,000 --> 00:00:04,250\nAna Ruiz: Yes.\n",
        "talk.srt",
    )

    assert said(transcript) == [("Dana Whitfield", "So?"), ("Ana Ruiz", "Yes.")]
    assert times(transcript) == [(1.0, 2.0), (3.0, 4.25)]


def test_any_name_before_the_colon_is_a_speaker_where_every_cue_has_one(read):
    transcript = read(vtt((1, "sam | the host: So?"), (3, "potuz: Yes.")))

    assert said(transcript) == [("sam | the host", "So?"), ("potuz", "Yes.")]


def test_a_cue_without_a_label_goes_on_with_the_speaker_before(read):
    transcript = read(
        vtt(
            (1, "Ana Ruiz: So."),
            (3, "it is: good"),
            (5, "Ben Lee: Yes."),
            (7, "Ana Ruiz: No."),
        )
    )

    assert said(transcript)[0] == ("Ana Ruiz", "So. it is: good")


def test_lines_of_two_speakers_in_a_cue_are_two_turns(read):
    transcript = read(vtt((1, "Ana Ruiz: So.\nBen Lee: Yes."), (3, "Ana Ruiz: No.")))

    assert said(transcript) == [
        ("Ana Ruiz", "So."),
        ("Ben Lee", "Yes."),
        ("Ana Ruiz", "No."),
    ]


def test_captions_without_speakers_are_passages_at_sentence_ends_and_pauses(read):
    transcript = read(
        vtt((1, "we walk"), (3, "to school."), (5, "it is far"), (20, "and cold"))
    )

    assert said(transcript) == [
        (None, "we walk to school."),
        (None, "it is far"),
        (None, "and cold"),
    ]
    assert [remark.problem for remark in transcript.remarks] == [
        "no speaker is marked in the captions, so nobody in them can be counted as a person"
    ]


def test_captions_that_roll_up_are_said_once(read):
    transcript = read(
        vtt(
            (1, "one two"),
            (2, "one two\nthree four"),
            (3, "three four\nfive"),
            (4, "five\nsix"),
        )
    )

    assert said(transcript) == [(None, "one two three four five six")]


def test_a_word_said_twice_is_kept_twice(read):
    transcript = read(
        vtt((1, "Ana Ruiz: Yes."), (3, "Ana Ruiz: Yes."), (5, "Ben Lee: No."))
    )

    assert said(transcript)[0] == ("Ana Ruiz", "Yes. Yes.")


def test_comments_are_a_problem_and_no_words_of_anybody(read):
    transcript = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\nAna Ruiz: So.\n\nNOTE checked by hand\n\n"
        "00:03.000 --> 00:04.000\nBen Lee: Yes.\n"
    )

    remark = transcript.remarks[0]
    assert said(transcript) == [("Ana Ruiz", "So."), ("Ben Lee", "Yes.")]
    assert transcript.text[remark.start : remark.end] == "NOTE checked by hand"
    assert remark.line == 6


def test_the_line_of_a_turn_is_that_of_its_first_time(read):
    transcript = read(vtt((1, "Ana Ruiz: So."), (3, "Ben Lee: Yes.")))

    assert [turn.line for turn in transcript.turns] == [3, 6]


def test_a_file_without_cues_says_what_a_cue_looks_like(read):
    with pytest.raises(TranscriptError, match=r"no caption with a time such as 00:01"):
        read("WEBVTT\n\nhello\n")


def test_numbers_of_cues_without_blank_lines_between_are_no_words(read):
    transcript = read(
        "1\n00:00:01,000 --> 00:00:02,000\nAna Ruiz: So?\n2\n"
        "00:00:03,000 --> 00:00:04,000\nBen Lee: I am\n14\n3\n"
        "00:00:05,000 --> 00:00:06,000\nAna Ruiz: Well.\n",
        "talk.srt",
    )

    assert said(transcript) == [
        ("Ana Ruiz", "So?"),
        ("Ben Lee", "I am 14"),
        ("Ana Ruiz", "Well."),
    ]


def test_words_at_the_head_of_the_file_are_a_problem_and_not_lost(read):
    transcript = read(
        "WEBVTT - Our talk\n\nNOTE by hand\n\n1\n00:01.000 --> 00:02.000\nAna Ruiz: So.\n"
    )

    outside = [transcript.text[r.start : r.end] for r in transcript.remarks]
    assert outside == ["Our talk", "NOTE by hand"]


@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize("suffix", ["vtt", "srt"])
def test_cues_without_blank_lines_between_them_keep_their_words(tmp_path, suffix, gap):
    file = tmp_path / f"talk.{suffix}"
    said = ["Ana: The bus is late.", "Ben: It snows.", "Ana: Lunch.", "Ben: Yes."]
    cues = [f"00:0{n}.000 --> 00:0{n}.900\n{words}\n" for n, words in enumerate(said)]
    file.write_text(
        ("WEBVTT\n\n" if suffix == "vtt" else "")
        + gap.join(cues[:2])
        + "".join(cues[2:])
    )

    read = read_transcript(file)

    assert [f"{t.speaker}: {read.text[t.start : t.end]}" for t in read.turns] == said


YOUTUBE = """0:00
[Music]
0:04
>> good evening everyone and welcome to
0:07
the panel we have two students
0:20
>> hi I'm Beto I think it's when you
0:22
don't have to check first
"""


def test_a_time_alone_above_each_line_is_not_said_and_two_signs_begin_another(tmp_path):
    (tmp_path / "panel.txt").write_text(YOUTUBE)

    read = read_transcript(tmp_path / "panel.txt")

    assert [(t.speaker, t.start_s, words(read, t)) for t in read.turns] == [
        (None, 0.0, "[Music]"),
        (
            None,
            4.0,
            "good evening everyone and welcome to the panel we have two students",
        ),
        (None, 20.0, "hi I'm Beto I think it's when you don't have to check first"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "10:00\nWe began late, all of us.\nThen the bell rang again.\nThey left.\nI stayed.\n"
        "11:00\nLunch was short, as it is.\nNobody ate the salad.\nSo.\nAnd?\n12:00\nThe end of it.\n",
        "9:00 AM\nWelcome\n9:15 AM\nBreakfast\n9:30 AM\nGroup work\n10:00 AM\nClosing\n",
        "3:10\nThe bus came late again.\n2:50\nNobody waited for it.\n3:00\nIt was full by then.\n",
    ],
    ids=["few times", "an agenda", "times out of order"],
)
def test_times_in_notes_make_no_captions_of_them(tmp_path, text):
    (tmp_path / "notes.txt").write_text(text)

    assert all(
        turn.start_s is None for turn in read_transcript(tmp_path / "notes.txt").turns
    )
