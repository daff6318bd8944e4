"""Speakers and times as many tools and people mark them: the right values of each kind.

The small files in ../shared stand for kinds; the inputs in this file are siblings.
"""

import docx
import pytest

from empathy_insights.readers import read_transcript
from empathy_insights.readers.reading import count_words
from empathy_insights.readers.transcript import words


@pytest.fixture
def read(tmp_path):
    def write_and_read(text, name="talk.txt"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return read_transcript(file)

    return write_and_read


def voices(transcript):
    return [turn.speaker for turn in transcript.turns]


def said(transcript):
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]


def starts(transcript):
    return [turn.start_s for turn in transcript.turns]


# Who speaks in each file of ../shared, in order, and who asks the questions.
FIELD = {
    "01-otter-trailing-spaces/o1.txt": ("Jonas Rosling, Danny Silva, Jonas Rosling, Danny Silva",
                                        {"Jonas Rosling"}),
    "01-otter-trailing-spaces/otter.md": ("Jonas Rosling, Danny Silva, Jonas Rosling, Danny Silva",
                                          {"Jonas Rosling"}),
    "06-initial-hyphen-equals/eq.txt": ("P, EM, P, EM", {"P"}),
    "06-initial-hyphen-equals/hy.txt": ("P, A, P, M, P, A, M", {"P"}),
    "06-initial-hyphen-equals/hy2.txt": ("L, SC, P, SC, P, L", {"P"}),
    "09-name-tab-words/tab.txt": ("Mike, Matt, Mike, Matt", {"Mike"}),
    "09-name-tab-words/tab.docx": ("Mike, Matt, Mike, Matt", {"Mike"}),
    "11-krisp-time-name-words/krisp.txt": ("Alice, Benito, Alice, Benito, Alice, Benito",
                                           {"Alice"}),
    "13-elan-tab-delimited/elan.txt": ("INT, STU, INT, STU", {"INT"}),
    "14-whisper-lines/wcli.txt": ("SPEAKER_00, SPEAKER_01, SPEAKER_00, SPEAKER_01",
                                  {"SPEAKER_00"}),
    "14-whisper-lines/ps.txt": ("speaker 0, speaker 1, speaker 0, speaker 1", {"speaker 0"}),
    "21-time-in-label/am.txt": ("Lena, Dana, Lena, Dana", {"Dana"}),
    "21-time-in-label/hms.txt": ("Dana, Lena, Dana, Lena", {"Dana"}),
    "21-time-in-label/min.txt": ("Dana, Lena, Dana, Lena", {"Dana"}),
    "21-time-in-label/sec.txt": ("Dana, Lena, Dana, Lena", {"Dana"}),
    "34-lower-case-transcript/lower.txt": ("int, marisol, int, marisol, int, marisol", {"int"}),
}  # fmt: skip
TIMES = {
    "01-otter-trailing-spaces/o1.txt": [0.0, 61.0, 105.0, 110.0],
    "11-krisp-time-name-words/krisp.txt": [5.0, 12.0, 19.0, 22.0, 31.0, 35.0],
    "13-elan-tab-delimited/elan.txt": [1.0, 4.5, 8.2, 9.5],
    "14-whisper-lines/wcli.txt": [0.0, 4.0, 9.0, 12.0],
    "21-time-in-label/hms.txt": [192.0, 195.0, 240.0, 242.0],
    "21-time-in-label/sec.txt": [12.5, 15.0, 20.0, 22.0],
    "32-hhmmss-read-as-lrc/voice.txt": [4.0, 9.0, 15.0],
}


@pytest.fixture(scope="module")
def field(shared):
    folder = shared / "data" / "field"
    if not folder.is_dir():
        pytest.skip("the field cases of ../shared are not on this machine")
    return folder


@pytest.mark.parametrize("name", FIELD)
def test_files_of_other_tools_have_the_speakers_that_a_person_sees(field, name):
    transcript = read_transcript(field / name)

    speakers, asking = FIELD[name]
    assert ", ".join(map(str, voices(transcript))) == speakers
    assert set(transcript.facilitators) == asking


@pytest.mark.parametrize("name", TIMES)
def test_files_of_other_tools_have_the_times_that_they_write(field, name):
    assert starts(read_transcript(field / name)) == TIMES[name]


WORDS = ("What do you like here?", "The garden, and my friends.",
         "What would you change?", "Longer breaks, I think.")  # fmt: skip


def written(line, names=("Ana", "Ben"), times=("00:05", "00:12", "00:19", "01:22")):
    """Write four turns in one notation."""
    return "\n".join(
        line.format(t=t, n=names[i % 2], w=WORDS[i]) for i, t in enumerate(times)
    )


@pytest.mark.parametrize(
    "line",
    [
        "{n}  {t}  \n{w}\n",
        "{t} | {n}\n{w}\n",
        "{t}  {n}\n{w}\n",
        "{t}  {n}  {w}",
        "{t}\t{t}\t{n}\t{w}",
        "{n} [{t}] {w}\n",
        "{n}, {t}, {w}",
        "[{t}.00] - {n}\n{w}\n",
        "**{t}** {n}: {w}\n",
        "**[{t}]** **{n}:** {w}\n",
        "**{n}** *{t}*\n{w}\n",
        "**{n}** ({t}) {w}\n",
        "**{t}** **{n}**\n{w}\n",
        "**{t} {n}:** {w}\n",
        "{n}: {t}\n{w}\n",
        "{n}\n{t}\n{w}\n",
        "{t}\n{n}\n{w}\n",
        "{n} · {t}\n{w}\n",
        "#00:{t}-0# {n}: {w}",
        "<{t}> {n}: {w}",
        "{t}: {n}: {w}",
        "[01/05/2024, 00:{t}] {n}: {w}",
        "2024-05-01 00:{t} {n}: {w}",
        "[00:{t}.000 --> 01:00:00.000] {n}: {w}",
        "{t} - 10:00 {n}: {w}",
        "{n} ({t} - 10:00): {w}",
        "{n} (min {t}): {w}",
        "{n} at {t}: {w}",
        "({t}) {n} - {w}",
        "1. [{t}] {n}: {w}",
        "### {n} ({t})\n\n{w}\n",
        "### [{t}] {n}\n\n{w}\n",
        "| {t} | {n} | {w} |",
    ],
)
def test_a_time_beside_a_name_is_a_time_and_no_part_of_the_name(read, line):
    transcript = read(written(line))

    assert voices(transcript) == ["Ana", "Ben", "Ana", "Ben"]
    assert starts(transcript) == [5.0, 12.0, 19.0, 82.0]


@pytest.mark.parametrize(
    "line",
    [
        "{n}-{w}", "{n}- {w}", "{n}={w}", "{n} = {w}", "{n}> {w}", "{n}; {w}", "{n}/ {w}",
        "{n} ~ {w}", "{n} → {w}", "{n}:{w}", "{n}) {w}", "{n}. {w}", "{n}\t{w}",
        "{n}   {w}", ">> {n}: {w}", ">>{n}: {w}", "-{n}: {w}", "*{n}:\t{w}", "1. {n}: {w}",
        "12  {n}: {w}", "[3] {n}: {w}", "1\t{n}\t{w}", "1 | {n}: {w}", "## {n}\n\n{w}\n",
        "## **{n}:**\n{w}", "0.5\t1.5\t{n}: {w}", "{n}\tx\t00:00:01.5\t00:00:02.5\t{w}",
    ],
)  # fmt: skip
def test_a_sign_between_name_and_words_is_read_where_the_file_keeps_to_it(read, line):
    text = written(line, names=("INT", "EM"))

    assert said(read(text)) == [
        ("INT", WORDS[0]), ("EM", WORDS[1]), ("INT", WORDS[2]), ("EM", WORDS[3]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "{n} [{t}]: {w}", "[{t}] {n}: {w}", "({t}) {n}: {w}", "{n} ({t}): {w}",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "times",
    [
        ("5s", "12.5s", "19 s", "82 sec"),
        ("0m5s", "0m 12.5s", "0 min 19 s", "1m22s"),
        ("0h 0m 5s", "0h 0m 12.5s", "0h 0m 19s", "0h 1m 22s"),
        ("0'05\"", "00:12.5", "0'19\"", "1'22\""),
        ("00:00:05:11", "00:00:12.500", "00:00:19;03", "00:01:22-0"),
    ],
)
def test_times_are_understood_however_they_are_written(read, line, times):
    transcript = read(written(line, times=times))

    assert voices(transcript) == ["Ana", "Ben", "Ana", "Ben"]
    assert starts(transcript) == [5.0, 12.5, 19.0, 82.0]


def test_times_of_the_day_count_from_midnight(read):
    times = ("9:59 AM", "12:00 PM", "1:30 p.m.", "12:10 AM")
    transcript = read(written("{n} {t}: {w}", times=times))

    assert voices(transcript) == ["Ana", "Ben", "Ana", "Ben"]
    assert starts(transcript) == [35940.0, 43200.0, 48600.0, 600.0]


@pytest.mark.parametrize(
    "line",
    [
        "[0:00.0 --> 0:04.5] [{n}] {w}", "[0.00s -> 4.50s] {n}: {w}", "[0.0 - 4.5] {n}: {w}",
        "{n} (0.00 - 4.50): {w}", "{n} [0.0s - 4.5s]: {w}", "[00:00.000 --> 00:04.500]  {n} {w}",
        "{n}\t0.0\t4.5\t{w}", "{n}\t\t0\t4500\t4500\t{w}",
    ],
)  # fmt: skip
def test_lines_of_a_recogniser_have_a_beginning_and_an_end(read, line):
    transcript = read(written(line, names=("SPEAKER_00", "SPEAKER_01")))

    assert [(t.speaker, t.start_s, t.end_s) for t in transcript.turns] == [
        ("SPEAKER_00", 0.0, 4.5), ("SPEAKER_01", 0.0, 4.5),
        ("SPEAKER_00", 0.0, 4.5), ("SPEAKER_01", 0.0, 4.5),
    ]  # fmt: skip


def test_lines_of_one_numbered_voice_are_one_turn(read):
    transcript = read(
        "Recorded on a Monday.\n\n[0.0s -> 1.5s] SPEAKER_00: What do\n"
        "[1.5s -> 2.0s] SPEAKER_00: you like?\n[2.5s -> 3s] SPEAKER_01: Lunch.\n"
    )

    assert said(transcript) == [
        ("SPEAKER_00", "What do you like?"),
        ("SPEAKER_01", "Lunch."),
    ]
    assert [(t.start_s, t.end_s) for t in transcript.turns] == [(0.0, 2.0), (2.5, 3.0)]
    assert "Recorded on a Monday." in transcript.text


@pytest.mark.parametrize("stamp", ["#00:00:{s}-5#", "[00:00:{s}.5]", "(0:{s}.5)"])
def test_a_time_at_the_end_of_a_turn_says_when_it_ends(read, stamp):
    lines = [
        f"INT: {WORDS[0]} {stamp.format(s='04')}",
        f"ANA: {WORDS[1]} {stamp.format(s='09')}",
        f"INT: {WORDS[2]} {stamp.format(s='12')}",
    ]
    transcript = read("\n\n".join(lines))

    assert said(transcript) == [("INT", WORDS[0]), ("ANA", WORDS[1]), ("INT", WORDS[2])]
    assert [(t.start_s, t.end_s) for t in transcript.turns] == [
        (None, 4.5), (4.5, 9.5), (9.5, 12.5),
    ]  # fmt: skip


def test_a_time_that_somebody_says_last_stays_in_the_words(read):
    transcript = read(
        "INT: When?\nANA: We meet early (8:30)\nINT: Then?\nANA: Lunch.\n"
    )

    assert said(transcript)[1] == ("ANA", "We meet early (8:30)")


def test_a_recording_without_voices_keeps_its_times(read):
    transcript = read(
        "[00:01:05] We walk to school every day.\n[00:01:09] It is far and cold,\n"
        "[00:01:12] so we start at six.\n"
    )

    assert [(words(transcript, t), t.start_s, t.end_s) for t in transcript.turns] == [
        ("We walk to school every day.", 65.0, 69.0),
        ("It is far and cold, so we start at six.", 69.0, 72.0),
    ]


def test_the_last_part_of_a_lyric_is_hundredths_only_if_it_cannot_be_seconds(read):
    text = "[00:04:10] We walk to school.\n[00:09:75] It is far.\n[00:15:00] So far.\n"

    assert starts(read(text)) == [4.1, 9.75, 15.0]


@pytest.mark.parametrize(
    "line",
    ["{n}: {w}", "[0:07] {n}: {w}", "[{n}] {w}", "**{n}:** {w}\n", "{n}: {w}\n"],
)
def test_names_in_small_letters_are_read_where_nearly_every_line_has_one(read, line):
    transcript = read(written(line, names=("int", "teo")).lower())

    assert voices(transcript) == ["int", "teo", "int", "teo"]


def test_a_name_in_small_letters_is_not_swallowed_by_the_one_before(read):
    transcript = read(written("{n}: {w}", names=("I", "teo")))

    assert voices(transcript) == ["I", "teo", "I", "teo"]


@pytest.mark.parametrize(
    "text",
    [
        "Which?\nA) Bus\nB) Bell\nC) Lunch\n\nAnd here?\nA) Bus\nB) Bell\nC) Lunch\n",
        "Which?\nA- Bus\nB- Bell\n\nAnd here?\nA- Bus\nB- Bell\n",
        "E-mail me?\nX-ray rooms are far.\nE-mail is slow.\nX-ray again.\n",
        "## Likes\nBus.\n## Dislikes\nBell. Why?\n## Likes\nLunch.\n## Dislikes\nBus.\n",
        "## Action Items\nAsk?\n## Next Week\nGo.\n## Action Items\nTell.\n## Next Week\nGo.\n",
        "Name=Ana\nValue=3\nName=Ben\nValue=4\n",
        "name: Ana\nvalue: why?\nname: Ben\nvalue: so\n",
        "def f(a):\n    if a: return 1\n    else: return 2\nfor x in y: pass\n",
        "We went out. note: it rained.\nbus: late?\nbus: later\nWe came.\nIt was far.\n",
        "Grade\tShare\nNine\t12\nTen\t13\nNine\t4\nTen\t5\n",
        "9:00 Arrival\n9:15 Circle\n10:00 Math\n11:00 Lunch\n12:00 Circle\n",
        "[00:05] Yes\n[00:06] No\n[00:07] Yes\n[00:08] No\n",
        "(Laughs) I know.\n(Smiles) So.\n(Laughs) Yes?\n(Smiles) No.\n",
        "Yes. We walk?\nNo. It is far.\nYes. We walk.\nNo. Far.\n",
        "Lunch (12:30) is short?\nThen (13:30) we go.\nThe end (14:00) is near.\n",
        "1. Ana Ruiz: came late\n2. Ben Cole: left early\n3. Cy Diaz: stayed\n",
    ],
)
def test_what_only_looks_like_a_name_before_words_is_nobody(read, text):
    assert set(voices(read(text))) == {None}


@pytest.mark.parametrize("line", ["[{n}]: {w}", "({n}) {w}", "{n} {w}", ">> {n}: {w}"])
def test_captions_name_their_voices_as_lines_do(read, line):
    cues = written(line, names=("SPEAKER_00", "SPEAKER_01")).split("\n")
    times = [f"00:0{n}.000 --> 00:0{n}.900" for n in range(4)]
    text = "\n\n".join(f"{t}\n{c}" for t, c in zip(times, cues, strict=True))

    assert voices(read(f"WEBVTT\n\n{text}\n", "talk.vtt")) == [
        "SPEAKER_00", "SPEAKER_01", "SPEAKER_00", "SPEAKER_01",
    ]  # fmt: skip


def test_captions_name_their_voices_behind_the_number_of_a_cue(read):
    cues = [
        f'{n} "{name}" (77{n})\n00:00:0{n}.000 --> 00:00:0{n}.900\n{WORDS[n]}\n'
        for n, name in enumerate(["Ana Ruiz", "Ben Cole"])
    ]

    assert said(read("WEBVTT\n\n" + "\n".join(cues), "talk.vtt")) == [
        ("Ana Ruiz", WORDS[0]),
        ("Ben Cole", WORDS[1]),
    ]


def test_rows_of_turns_without_heads_are_read_in_a_table_too(read):
    text = written("{n}\t\t00:{t}.500\t01:00:00.000\t{w}", names=("INT", "STU"))
    transcript = read(text, "talk.tsv")

    assert voices(transcript) == ["INT", "STU", "INT", "STU"]
    assert starts(transcript) == [5.5, 12.5, 19.5, 82.5]


def test_headings_of_a_word_document_are_names_where_they_come_back(tmp_path):
    document = docx.Document()
    for n, name in enumerate(["Ana Ruiz", "Ben Cole", "Ana Ruiz", "Ben Cole"]):
        document.add_paragraph(name, style="Heading 2")
        document.add_paragraph(WORDS[n])
    document.save(tmp_path / "talk.docx")

    assert said(read_transcript(tmp_path / "talk.docx")) == [
        ("Ana Ruiz", WORDS[0]), ("Ben Cole", WORDS[1]),
        ("Ana Ruiz", WORDS[2]), ("Ben Cole", WORDS[3]),
    ]  # fmt: skip


def test_numbers_and_times_beside_a_name_are_no_lost_words(read):
    transcript = read(written("12  [{t}] {n}: {w}"))

    assert voices(transcript) == ["Ana", "Ben", "Ana", "Ben"]
    assert count_words(transcript).lost == 0
