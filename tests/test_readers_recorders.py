"""JSON as many recognisers and recorders write it: the same four turns in each."""

import json

import pytest

from empathy_insights.readers import read_transcript
from empathy_insights.readers.transcript import words

NAMES = ("Dana", "Ana")
TALK = (
    (0, "What do you like here?", 1.0),
    (1, "The garden, and my friends.", 4.0),
    (0, "What else?", 9.0),
    (1, "Lunch.", 12.0),
)


@pytest.fixture
def read(tmp_path):
    def write_and_read(held, name="talk.json"):
        file = tmp_path / name
        file.write_text(held if isinstance(held, str) else json.dumps(held))
        return read_transcript(file)

    return write_and_read


def heard():
    """Yield speaker, word, start and end of each word."""
    for who, said, at in TALK:
        for n, word in enumerate(said.split()):
            yield who, word, at + n / 4, at + n / 4 + 0.125


def bare(word):
    return word.strip("?,.")


def signs(word):
    return word[len(bare(word)) :]


def items(**more):
    """Return words and punctuation as AWS writes them, with more keys of a speaker."""
    found = []
    for who, word, start, end in heard():
        keys = {key: value.format(who) for key, value in more.items()}
        said = {"alternatives": [{"content": bare(word)}], "type": "pronunciation"}
        found.append({"start_time": str(start), "end_time": str(end), **said, **keys})
        if signs(word):
            said = {"alternatives": [{"content": signs(word)}], "type": "punctuation"}
            found.append({**said, **keys})
    return found


WHOLE = " ".join(said for _, said, _ in TALK)
SPANS = [
    {"start_time": str(at), "end_time": str(at + 2.5), "speaker_label": f"spk_{who}"}
    for who, _, at in TALK
]
GOOGLE = [
    {"startTime": f"{a}s", "endTime": f"{b}s", "word": w, "speakerTag": who + 1}
    for who, w, a, b in heard()
]
NO_TAGS = [{k: v for k, v in word.items() if k != "speakerTag"} for word in GOOGLE]
RECORDED = {
    "aws": {"results": {
        "transcripts": [{"transcript": WHOLE}], "items": items(speaker_label="spk_{}"),
        "speaker_labels": {"speakers": 2, "segments": SPANS}}},
    "aws by time": {"results": {
        "transcripts": [{"transcript": WHOLE}], "items": items(),
        "speaker_labels": {"speakers": 2, "segments": SPANS}}},
    "aws channels": {"results": {"channel_labels": {"channels": [
        {"channel_label": f"ch_{channel}", "items": [
            {"start_time": str(a), "end_time": str(b), "alternatives": [{"content": w}]}
            for who, w, a, b in heard() if who == channel]}
        for channel in (0, 1)]}}},
    "google": {"results": [
        {"alternatives": [{"transcript": WHOLE, "words": NO_TAGS}]},
        {"alternatives": [{"words": GOOGLE}]}]},
    "google cumulative": {"results": [
        {"alternatives": [{"words": GOOGLE[:n]}]} for n in (5, 10, len(GOOGLE))]},
    "google v2": {"results": [
        {"alternatives": [{"words": [
            {"startOffset": f"{a}s", "endOffset": f"{b}s", "word": w, "speakerLabel": str(who)}
            for who, w, a, b in heard() if w in said.split() and a >= at and a < at + 3]}]}
        for _, said, at in TALK]},
    "watson": {
        "results": [{"alternatives": [{"transcript": said, "timestamps": [
            [w, a, b] for _, w, a, b in heard() if at <= a < at + 3]}]} for _, said, at in TALK],
        "speaker_labels": [{"from": a, "to": b, "speaker": who} for who, _, a, b in heard()]},
    "rev": {"monologues": [
        {"speaker": who, "elements": [e for n, w in enumerate(said.split()) for e in (
            {"type": "punct", "value": " " if n else ""},
            {"type": "text", "value": bare(w), "ts": at + n / 4, "end_ts": at + n / 4 + 0.125},
            {"type": "punct", "value": signs(w)}) if e["value"]]}
        for who, said, at in TALK]},
    "deepgram": {"results": {"channels": [{"alternatives": [{
        "transcript": WHOLE,
        "words": [{"word": bare(w).lower(), "punctuated_word": w, "start": a, "end": b,
                   "speaker": who, "speaker_confidence": 0.5} for who, w, a, b in heard()],
        "paragraphs": {"transcript": WHOLE, "paragraphs": [
            {"sentences": [{"text": said, "start": at, "end": at + 2}], "speaker": who}
            for who, said, at in TALK]}}]}]}},
    "deepgram channels": {"results": {"channels": [
        {"alternatives": [{"words": [{"word": w, "start": a, "end": b}
                                     for who, w, a, b in heard() if who == channel]}]}
        for channel in (0, 1)]}},
    "speechmatics": {"results": [e for who, w, a, b in heard() for e in (
        {"alternatives": [{"content": bare(w), "speaker": f"S{who}"}], "start_time": a,
         "end_time": b, "type": "word"},
        {"alternatives": [{"content": signs(w), "speaker": f"S{who}"}], "start_time": b,
         "end_time": b, "type": "punctuation"}) if e["alternatives"][0]["content"]]},
    "azure": {"recognizedPhrases": [
        {"channel": 0, "speaker": who + 1, "offset": f"PT{at}S", "duration": "PT1.5S",
         "offsetInTicks": at * 1e7, "nBest": [
             {"lexical": said.lower(), "display": said}, {"display": f"not {said}"}]}
        for who, said, at in TALK]},
    "azure ticks": [{"SpeakerId": f"Guest-{who}", "Text": said, "Offset": int(at * 1e7),
                     "Duration": 15_000_000} for who, said, at in TALK],
    "elevenlabs": {"text": WHOLE, "words": [e for who, w, a, b in heard() for e in (
        {"text": w, "start": a, "end": b, "type": "word", "speaker_id": f"speaker_{who}"},
        {"text": " ", "start": b, "end": b, "type": "spacing", "speaker_id": f"speaker_{who}"})]},
    "gong": {
        "callTranscripts": [{"transcript": [
            {"speakerId": f"77{who}", "sentences": [
                {"start": int(at * 1000), "end": int(at * 1000) + 900, "text": said}]}
            for who, said, at in TALK]}],
        "parties": [{"speakerId": "770", "name": "Dana"}, {"speakerId": "771", "name": "Ana"}]},
    "participants": [
        {"participant": {"id": who, "name": NAMES[who]}, "words": [
            {"text": w, "start_timestamp": {"relative": a}, "end_timestamp": {"relative": b}}
            for _, w, a, b in heard() if at <= a < at + 3]} for who, said, at in TALK],
    "dates": {"messages": [
        {"text": said, "from": {"id": "u", "name": NAMES[who]},
         "startTime": f"2024-05-01T10:00:{int(at):02d}.000Z"} for who, said, at in TALK]},
    "teams": {"entries": [
        {"speakerDisplayName": NAMES[who], "text": said, "startOffset": f"00:00:{int(at):02d}.0000000"}
        for who, said, at in TALK]},
    "words and paragraphs": {
        "words": [{"text": w, "start": int(a * 1000), "end": int(b * 1000)} for _, w, a, b in heard()],
        "paragraphs": [{"speaker": NAMES[who], "start": int(at * 1000), "end": int(at * 1000) + 2500}
                       for who, _, at in TALK]},
    "whisper and pyannote": {
        "segments": [{"start": at, "end": at + 2, "text": f" {said}"} for _, said, at in TALK],
        "diarization": [{"segment": {"start": at - 0.5, "end": at + 2.5}, "label": f"SPEAKER_0{who}"}
                        for who, _, at in TALK]},
    "whisper.cpp": {"transcription": [
        {"timestamps": {"from": f"00:00:{int(at):02d},000", "to": f"00:00:{int(at) + 1:02d},500"},
         "offsets": {"from": int(at * 1000), "to": int(at * 1000) + 1500},
         "text": f" {said}", "speaker": str(who)} for who, said, at in TALK]},
    "pairs of times": {"chunks": [{"timestamp": [at, at + 2], "text": said, "speaker": f"S{who}"}
                                  for who, said, at in TALK]},
    "zoom": {"timeline": [
        {"text": said, "ts": f"00:00:{int(at):02d}.000", "users": [{"username": NAMES[who]}]}
        for who, said, at in TALK]},
    "dialogue": [{"speaker": NAMES[who], "dialogue": said, "start": f"00:{int(at):03d}.0"}
                 for who, said, at in TALK],
    "german": [{"Sprecherin": NAMES[who], "Wortlaut": said} for who, said, _ in TALK],
    "odd key": {"rows": [{"speaker": NAMES[who], "zz": said} for who, said, _ in TALK]},
    "names as keys": [{NAMES[who]: said} for who, said, _ in TALK],
    "pairs": [[NAMES[who], said] for who, said, _ in TALK],
}  # fmt: skip
UNTIMED = {"german", "odd key", "names as keys", "pairs"}
FROM_NOW = {"dates"}


@pytest.mark.parametrize("name", RECORDED)
def test_each_voice_has_its_words_whoever_recorded_them(read, name):
    transcript = read(RECORDED[name])

    first, second, third, fourth = (turn.speaker for turn in transcript.turns)
    assert [words(transcript, t) for t in transcript.turns] == [s for _, s, _ in TALK]
    assert (first, second) == (third, fourth)
    assert None not in {first, second}
    assert first != second


@pytest.mark.parametrize("name", sorted(RECORDED.keys() - UNTIMED - FROM_NOW))
def test_times_are_in_seconds_whatever_the_recorder_counts(read, name):
    transcript = read(RECORDED[name])

    assert [turn.start_s for turn in transcript.turns] == [1.0, 4.0, 9.0, 12.0]


def test_dates_count_from_the_first_of_them(read):
    transcript = read(RECORDED["dates"])

    assert [turn.start_s for turn in transcript.turns] == [0.0, 3.0, 8.0, 11.0]


def test_ids_of_speakers_are_called_as_the_file_says_elsewhere(read):
    turns = read(RECORDED["gong"]).turns

    assert [turn.speaker for turn in turns] == ["Dana", "Ana", "Dana", "Ana"]


def test_objects_one_after_another_are_one_recording(read):
    held = [{"result": [{"word": w, "start": 1.0, "end": 1.5} for w in said.split()]}
            for _, said, _ in TALK]  # fmt: skip
    transcript = read("\n".join(json.dumps(one, indent=1) for one in held))

    assert " ".join(words(transcript, turn) for turn in transcript.turns) == WHOLE


SEGMENTS = [
    {"start": 1.0, "end": 3.0, "text": " How are you?", "speaker": "SPEAKER_00"},
    {"start": 3.5, "end": 5.0, "text": " Not so well."},
    {"start": 5.5, "end": 9.0, "text": " Oh, why? I am tired.", "speaker": "SPEAKER_01",
     "words": [
         {"word": "Oh,", "start": 5.5, "end": 5.9, "speaker": "SPEAKER_00"},
         {"word": "why?", "start": 6.0, "end": 6.5},
         {"word": "I", "start": 7.0, "end": 7.1, "speaker": "SPEAKER_01"},
         {"word": "am", "start": 7.2, "end": 7.4, "speaker": "SPEAKER_01"},
         {"word": "tired.", "start": 7.5, "end": 8.0, "speaker": "SPEAKER_01"}]},
]  # fmt: skip


def test_a_segment_without_a_speaker_is_nobodys_and_the_reader_says_so(read):
    transcript = read({"segments": SEGMENTS})

    assert (transcript.turns[1].speaker, words(transcript, transcript.turns[1])) == (
        None,
        "Not so well.",
    )
    assert [remark.problem for remark in transcript.remarks] == [
        "turns of a recording that names its speakers, but not theirs: 1"
    ]


def test_a_segment_is_cut_where_its_words_say_that_another_speaks(read):
    transcript = read({"segments": SEGMENTS})

    assert [
        (t.speaker, words(transcript, t), t.start_s, t.end_s)
        for t in transcript.turns[2:]
    ] == [
        ("SPEAKER_00", "Oh, why?", 5.5, 6.5),
        ("SPEAKER_01", "I am tired.", 7.0, 8.0),
    ]


def test_guesses_that_a_recogniser_takes_back_are_not_read(read):
    held = [
        {"speaker": "Ana", "text": "The gar", "is_final": False},
        {"speaker": "Ana", "text": "The garden.", "is_final": True},
    ]

    transcript = read(held)

    assert [words(transcript, turn) for turn in transcript.turns] == ["The garden."]


def test_two_talks_in_one_file_keep_their_order(read):
    talk = [
        {"speaker": NAMES[who], "text": said, "start": at, "end": at + 2}
        for who, said, at in TALK
    ]
    more = [{"speaker": "Ben", "text": "So it goes.", "start": 0.0, "end": 2.0}]

    transcript = read([{"id": 1, "turns": talk}, {"id": 2, "turns": more}])

    assert [words(transcript, t) for t in transcript.turns] == [
        *(said for _, said, _ in TALK),
        "So it goes.",
    ]


@pytest.mark.parametrize(
    "held",
    [
        {"name": "One", "segments": [{"text": "So it is.", "start": 0, "end": 1}] * 2},
        {"speakers": 2, "segments": [{"text": "So it is.", "start": 0, "end": 1}] * 2},
        {"results": {"channels": [{"alternatives": [{"words": NO_TAGS}]}]}},
    ],
    ids=["a name", "a count", "one channel"],
)
def test_what_is_no_speaker_gives_no_voice(read, held):
    assert {turn.speaker for turn in read(held).turns} == {None}


# Who speaks in the files of ../shared, in order.
FIELD = {
    "02-aws-transcribe-speakers/aws.json": ["spk_0", "spk_1", "spk_0", "spk_1"],
    "05-google-stt-speakertag/g.json": ["Speaker 1", "Speaker 2", "Speaker 1", "Speaker 2"],
    "19-json-dialogue-key/t.json": ["Tutor", "Student", "Tutor", "Student"],
    "26-whisperx-no-speaker/wx.json": [
        "SPEAKER_00", None, "SPEAKER_00", "SPEAKER_01", "SPEAKER_00", "SPEAKER_01"],
}  # fmt: skip
STARTS = {
    "02-aws-transcribe-speakers/aws.json": [0.0, 2.95, 6.25, 7.8],
    "05-google-stt-speakertag/g.json": [0.0, 7.0, 15.0, 18.0],
    "19-json-dialogue-key/t.json": [0.1, 3.1, 6.1, 9.1],
    "26-whisperx-no-speaker/wx.json": [1.0, 4.2, 8.2, 9.5, 13.0, 15.0],
}


@pytest.mark.parametrize("name", FIELD)
def test_json_of_the_field_has_the_speakers_and_times_in_it(shared, name):
    file = shared / "data" / "field" / name
    if not file.is_file():
        pytest.skip("the field cases of ../shared are not on this machine")

    turns = read_transcript(file).turns

    assert [turn.speaker for turn in turns] == FIELD[name]
    assert [turn.start_s for turn in turns] == STARTS[name]
