"""Formats: each is read for what it is, whatever it is called."""

import io
import json
import zipfile

import docx
import openpyxl
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words

from .packed_files import odt, zipped

TALK = [("Interviewer", "What helps?"), ("Ana Ruiz", "My friends."), ("Interviewer", "So?"), ("Ana Ruiz", "Yes.")]  # fmt: skip
LINES = [f"{speaker}: {said}" for speaker, said in TALK]


@pytest.fixture
def read(tmp_path):
    def write_and_read(data, name):
        file = tmp_path / name
        file.write_bytes(data if isinstance(data, bytes) else data.encode())
        return read_transcript(file)

    return write_and_read


def said(transcript):
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]


def problems(transcript):
    return [remark.problem for remark in transcript.remarks]


def rtf(lines):
    return "{\\rtf1\\ansi{\\header Draft}" + "\\par ".join(lines) + "}"


def pdf(*pages):
    writer = pypdf.PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(300, 400)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 10 Tf 12 TL 20 380 Td {shown} ET".encode())
        page[NameObject("/Contents")] = content
    data = io.BytesIO()
    writer.write(data)
    return data.getvalue()


def test_rich_text_gives_its_words_without_its_heads(read):
    transcript = read(
        rtf([r"Interviewer: Caf\'e9\u8217?s?", "Ana Ruiz: Yes."]), "a.rtf"
    )

    assert said(transcript) == [("Interviewer", "Café’s?"), ("Ana Ruiz", "Yes.")]


def test_a_sign_that_rich_text_writes_in_two_halves_is_one(read):
    transcript = read(rtf([r"I: Why \u-10179?\u-8704??", r"Ana: So\u-10179?"]), "a.rtf")

    assert said(transcript) == [("I", "Why 😀?"), ("Ana", "So\ufffd")]


def test_rich_text_that_breaks_off_says_so(read):
    transcript = read(rtf(LINES)[:-3], "a.rtf")

    assert problems(transcript) == ["the file breaks off before its end"]


def test_opendocument_text_gives_paragraphs_without_comments(read):
    body = (
        "<text:h>Talk</text:h><text:p>I: <text:span>What</text:span><text:s text:c='2'/>"
        "helps?<office:annotation><text:p>check</text:p></office:annotation></text:p>"
        "<text:list><text:list-item><text:p>Ana Ruiz: My<text:tab/>friends.</text:p>"
        "</text:list-item></text:list>"
    )

    transcript = read(odt(body), "a.odt")

    assert said(transcript) == [("I", "What  helps?"), ("Ana Ruiz", "My\tfriends.")]
    assert problems(transcript) == [
        "comments in the margin were left out: 1",
        "a heading is not part of any turn",
    ]


def test_a_table_of_turns_in_opendocument_text_is_read(read):
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{speaker}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{words}</text:p></table:table-cell></table:table-row>"
        for speaker, words in TALK
    )

    assert said(read(odt(f"<table:table>{rows}</table:table>"), "a.odt")) == TALK


def test_entities_in_opendocument_text_are_refused(read):
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'

    with pytest.raises(TranscriptError, match="words that are defined elsewhere in it"):
        read(zipped({"mimetype": "x", "content.xml": bomb}), "a.odt")


@pytest.mark.parametrize(
    "address", ["file:///home/notes.html 1/1", "https://docs.example.org/d/1/edit 1/1"]
)
def test_what_a_browser_prints_around_a_page_is_nobodys_words(read, address):
    talk = ["I: Why?", "Ana: The bus.", "I: And?", "Ana: You asked me."]

    printed = read(pdf([*talk, "11/30/26, 2:54 PM", address]), "a.pdf")
    dated = read(pdf(["11/30/26, 2:54 PM", *talk]), "b.pdf")

    assert [turn.speaker for turn in printed.turns] == ["I", "Ana", "I", "Ana"]
    assert words(printed, printed.turns[-1]) == "You asked me."
    assert "left out: 2" in printed.remarks[0].problem
    assert "11/30/26" in dated.text


def test_a_pdf_gives_its_words_without_running_heads_and_numbers(read):
    pages = [
        ["District 5 interviews", *LINES, "Page 1 of 3"],
        ["District 5 interviews", "Interviewer: And?", "Ana Ruiz: At 8", "Page 2 of 3"],
        ["District 5 interviews", "Interviewer: Why?", "Ana Ruiz: No.", "Page 3 of 3"],
    ]

    transcript = read(pdf(*pages), "a.pdf")

    assert said(transcript) == [
        *TALK,
        ("Interviewer", "And?"),
        ("Ana Ruiz", "At 8"),
        ("Interviewer", "Why?"),
        ("Ana Ruiz", "No."),
    ]
    assert problems(transcript) == [
        "numbers of pages and lines and running heads were left out: 6"
    ]


def test_a_scan_says_that_it_is_one(read):
    with pytest.raises(TranscriptError, match="holds pictures of pages and no text"):
        read(pdf([], []), "a.pdf")


def test_subviewer_captions_are_read(read):
    text = (
        "0:00:01.000,0:00:02.000\nDana Whitfield: So?\n\n"
        "0:00:03.000,0:00:04.500\nAna Ruiz: Yes.\nAnd no.\n"
    )

    transcript = read(text, "a.sbv")

    assert said(transcript) == [("Dana Whitfield", "So?"), ("Ana Ruiz", "Yes. And no.")]
    assert (transcript.turns[1].start_s, transcript.turns[1].end_s) == (3.0, 4.5)


def test_substation_captions_name_the_speaker_in_a_field(read):
    text = (
        "[Script Info]\nTitle: x\n\n[Events]\n"
        "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        "Dialogue: 0,0:00:01.00,0:00:02.00,Default,Dana,0,0,0,,So, {\\i1}what{\\i0}?\n"
        "Comment: 0,0:00:02.00,0:00:03.00,Default,,0,0,0,,check\n"
        "Dialogue: 0,0:00:03.00,0:00:04.00,Default,Ana,0,0,0,,Yes.\\Nand no\n"
    )

    transcript = read(text, "a.ass")

    assert said(transcript) == [("Dana", "So, what?"), ("Ana", "Yes. and no")]
    assert problems(transcript) == ["a comment is not part of any turn"]


def test_lyrics_are_passages_with_times(read):
    transcript = read("[ar:Us]\n[00:01.50]We walk.\n[00:03.00]It is far.\n", "a.lrc")

    assert said(transcript) == [(None, "We walk."), (None, "It is far.")]
    assert [turn.start_s for turn in transcript.turns] == [1.5, 3.0]


SEGMENTS = [
    {"start": 1.0, "end": 2.0, "text": " What helps?", "speaker": "SPEAKER_00"},
    {"start": 3.0, "end": 4.0, "text": " My", "speaker": "SPEAKER_01"},
    {"start": 4.0, "end": 5.0, "text": " friends.", "speaker": "SPEAKER_01"},
]
UTTERANCES = [
    {"speaker": "A", "text": "What helps?", "start": 1000, "end": 900_000},
    {"speaker": "B", "text": "My friends.", "start": 901_000, "end": 990_000},
]
HEARD = [
    {"word": w.lower(), "punctuated_word": w, "start": t, "end": t + 0.5, "speaker": s}
    for t, (s, w) in enumerate([(0, "What"), (0, "helps?"), (1, "My"), (1, "friends.")])
]


@pytest.mark.parametrize(
    ("held", "speakers"),
    [
        ({"text": "What helps? My friends.", "segments": SEGMENTS}, ("SPEAKER_00", "SPEAKER_01")),
        ({"utterances": UTTERANCES, "words": []}, ("Speaker A", "Speaker B")),
        ({"results": {"channels": [{"alternatives": [{"words": HEARD}]}]}}, ("Speaker 0", "Speaker 1")),
        ([{"speaker": "Dana", "content": "What helps?"}, {"speaker": "Ana", "content": "My friends."}], ("Dana", "Ana")),
        ({"speech": {"transcripts": [{"speaker_name": "Dana", "transcript": "What helps?"}, {"speaker_name": "Ana", "transcript": "My friends."}]}}, ("Dana", "Ana")),
        ({"meeting_transcripts": [{"speaker": "Dana", "text": "What helps?"}, {"speaker": "Ana", "text": "My friends."}]}, ("Dana", "Ana")),
    ],
    ids=["whisperx", "assemblyai", "deepgram", "list", "otter", "meeting"],
)  # fmt: skip
def test_json_of_recorders_gives_turns(read, held, speakers):
    transcript = read(json.dumps(held), "a.json")

    assert said(transcript) == [
        (speakers[0], "What helps?"),
        (speakers[1], "My friends."),
    ]


def test_milliseconds_in_json_are_told_from_seconds(read):
    transcript = read(json.dumps({"utterances": UTTERANCES}), "a.json")

    assert [turn.start_s for turn in transcript.turns] == [1.0, 901.0]


def test_whisper_json_without_speakers_is_passages(read):
    held = {
        "segments": [{k: v for k, v in s.items() if k != "speaker"} for s in SEGMENTS]
    }

    transcript = read(json.dumps(held), "a.json")

    assert said(transcript) == [(None, "What helps?"), (None, "My friends.")]


def test_json_without_words_says_so(read):
    with pytest.raises(TranscriptError, match="holds no list of spoken words"):
        read('{"sentences": [["0", 6, 3.0, 9.5]]}', "a.json")


def test_texts_of_json_that_are_no_turns_are_counted(read):
    held = {
        "summary": "they talked about it all",
        "t": [{"speaker": "Dana", "text": "So."}],
    }

    assert problems(read(json.dumps(held), "a.json")) == [
        "texts of the JSON that are no turns were not read: 1"
    ]


def test_tables_of_whisper_have_times_in_milliseconds(read):
    transcript = read(
        "start\tend\ttext\n0\t7680\tWe walk.\n7680\t9000\tFar.\n", "a.tsv"
    )

    assert said(transcript) == [(None, "We walk."), (None, "Far.")]
    assert [turn.end_s for turn in transcript.turns] == [7.68, 9.0]


def test_numbered_sentences_without_heads_keep_the_first(read):
    transcript = read("0\tWe walk, all of us.\n1\tIt is far.\n", "a.tsv")

    assert said(transcript) == [(None, "We walk, all of us."), (None, "It is far.")]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (odt("".join(f"<text:p>{line}</text:p>" for line in LINES)), "talk.txt"),
        (rtf(LINES), "talk.docx"),
        (pdf(LINES), "talk.md"),
        ("\n".join(LINES), "talk.pdf"),
        (json.dumps([{"speaker": s, "text": w} for s, w in TALK]), "talk.txt"),
        ("speaker\ttext\n" + "\n".join(map("\t".join, TALK)), "talk.txt"),
        ("WEBVTT\n\n" + "\n\n".join(f"00:0{n}.000 --> 00:0{n}.500\n{line}" for n, line in enumerate(LINES)), "talk.docx"),
    ],
    ids=["odt", "rtf", "pdf", "text", "json", "table", "captions"],
)  # fmt: skip
def test_content_decides_and_a_wrong_suffix_is_listed(read, data, name):
    transcript = read(data, name)

    assert said(transcript) == TALK
    assert "and was read as the" in problems(transcript)[0]


ENCRYPTED = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"PK\x03\x04", "a.qdpx", "a project of a program for coding"),
        (b"SQLite format 3\0", "a.requal", "a project of a program for coding"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "an old Office document"),
        (ENCRYPTED, "a.xlsx", "locked with a password; save it without one"),
        (ENCRYPTED, "a.docx", "locked with a password; save it without one"),
        (b"ID3\x03", "a.mp3", "a recording; have it transcribed"),
        (b"\x89PNG", "a.txt", "a picture"),
        (b"<html>", "a.html", "a web page"),
    ],
)
def test_what_is_not_read_is_called_what_it_is(read, data, name, message):
    with pytest.raises(TranscriptError, match=message):
        read(data, name)


def test_an_archive_is_read_like_a_folder(tmp_path):
    members = {"r1/a.txt": "\n".join(LINES), "b.vtt": "WEBVTT\n", "c.png": b"\x89PNG",
               "__MACOSX/a.txt": "x", "d.zip": zipped({"a.txt": "x"})}  # fmt: skip
    (tmp_path / "study.zip").write_bytes(zipped(members))

    corpus = read_corpus(tmp_path / "study.zip")

    assert corpus.documents["document_id"].tolist() == ["r1_a"]
    assert corpus.problems[["path", "problem"]].to_numpy().tolist() == [
        ["__MACOSX/a.txt", "set aside as a hidden file"],
        ["b.vtt", "no caption with a time such as 00:01.000 --> 00:02.000 was found"],
        ["c.png", "this is a picture"],
        ["d.zip", "an archive in an archive"],
    ]


def test_an_archive_in_a_folder_keeps_its_name(tmp_path):
    (tmp_path / "r1.zip").write_bytes(zipped({"a.txt": "\n".join(LINES)}))

    assert read_corpus(tmp_path).documents["path"].tolist() == ["r1.zip/a.txt"]


def test_an_archive_that_begins_with_a_pdf_is_no_pdf(tmp_path):
    members = {"a.pdf": pdf(LINES), "b.txt": "\n".join(LINES)}
    (tmp_path / "study.zip").write_bytes(zipped(members))

    documents = read_corpus(tmp_path / "study.zip").documents

    assert documents["path"].tolist() == ["a.pdf", "b.txt"]


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.txt", b"0" * 5_000_000)
    (tmp_path / "bomb.zip").write_bytes(data.getvalue())

    with pytest.raises(TranscriptError, match="unpacks to more than it could hold"):
        read_corpus(tmp_path / "bomb.zip")


def test_every_sheet_with_turns_or_answers_is_a_document(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "r1"
    for title, rows in (("r2", TALK), ("codes", [("a", "b"), ("1", "2")])):
        sheet = book.create_sheet(title)
        for row in [("speaker", "text"), *rows] if title == "r2" else rows:
            sheet.append(row)
    for row in [("speaker", "text"), *TALK]:
        book.active.append(row)
    book.save(tmp_path / "talks.xlsx")

    corpus = read_corpus(tmp_path)

    assert corpus.documents["path"].tolist() == ["talks.xlsx/r1", "talks.xlsx/r2"]
    assert corpus.problems["problem"].tolist() == [
        "sheet 3 of 3: no column of the table holds answers in people's own words"
    ]


def test_formulas_that_were_never_worked_out_are_counted(tmp_path):
    book = openpyxl.Workbook()
    for row in [("speaker", "text"), *TALK, ("Ana Ruiz", "=1+1")]:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")

    assert problems(read_transcript(tmp_path / "a.xlsx")) == [
        "formulas without a saved result were read as empty cells: 1"
    ]


def test_a_stray_byte_in_utf8_costs_no_other_letter(read):
    data = "I: Où est Zoë?\nAna Ruiz: là".encode() + b"\x92"

    transcript = read(data, "a.txt")

    assert said(transcript) == [("I", "Où est Zoë?"), ("Ana Ruiz", "là’")]
    assert problems(transcript) == [
        "bytes that are not UTF-8 were read as windows-1252: 1"
    ]


def test_empty_bytes_in_a_text_are_left_out_and_counted(read):
    transcript = read(("\n".join(LINES) * 20).encode() + b"\0\0", "a.txt")

    assert problems(transcript)[0] == "the file is damaged: 2 empty bytes were left out"


BOLD_QUESTIONS = r"""{\rtf1\ansi{\fonttbl\f0\fswiss Helvetica-Bold;\f1\fswiss Helvetica;}
\pard\f0\b Tell me about your role.
\f1\b0 \
I was with a \b first\b0  grader.\
\
{\b Was there training?}\
There was a video.\
\
\b Did you feel {\i respected}?\plain\par
By the \{kids\}, yes.\par}
"""


def test_questions_in_bold_are_asked_in_rich_text_too(tmp_path):
    file = tmp_path / "exit.rtf"
    file.write_text(BOLD_QUESTIONS)

    read = read_transcript(file)

    assert [(t.is_prompt, read.text[t.start : t.end]) for t in read.turns] == [
        (True, "Tell me about your role."), (False, "I was with a first grader."),
        (True, "Was there training?"), (False, "There was a video."),
        (True, "Did you feel respected?"), (False, "By the {kids}, yes."),
    ]  # fmt: skip


def test_a_notice_of_a_program_with_a_name_in_bold_is_not_said(tmp_path):
    document = docx.Document()
    for name, told in (
        ("Alvarez, Kim", " started transcription"),
        ("Alvarez, Kim", "   0:03\nCan you hear me?"),
        ("Nwosu, Chidi (LHS)", "   0:12\nNo, you are fine."),
        ("Alvarez, Kim", "   0:19\nHow is it?"),
        ("Nwosu, Chidi (LHS)", "   0:29\nLoud."),
    ):
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(told)
    document.save(tmp_path / "a.docx")

    read = read_transcript(tmp_path / "a.docx")

    assert [read.text[t.start : t.end] for t in read.turns] == [
        "Can you hear me?", "No, you are fine.", "How is it?", "Loud.",
    ]  # fmt: skip


def test_a_running_head_of_two_pages_is_nobodys_words(tmp_path):
    head = "Brantley County Schools - CONFIDENTIAL"
    pages = [
        [
            head,
            "Page 1 of 2 Form HR-44",
            "Q. What was hard?",
            "A. The radios.",
            "Q. Why?",
        ],
        [
            head,
            "Page 2 of 2 Form HR-44",
            "A. They do not reach",
            "past the quarry.",
            "Q. So?",
        ],
    ]
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(*pages))

    read = read_transcript(file)

    assert [words(read, turn) for turn in read.turns] == [
        "What was hard?", "The radios.", "Why?", "They do not reach\npast the quarry.", "So?",
    ]  # fmt: skip


def test_what_both_pages_of_two_begin_with_may_be_said(tmp_path):
    pages = [["Ana: Yes.", "I know.", "Jo: So?"], ["Ana: Yes.", "I know.", "Jo: So?"]]
    file = tmp_path / "a.pdf"
    file.write_bytes(pdf(*pages))

    read = read_transcript(file)

    assert [words(read, turn) for turn in read.turns] == ["Yes.\nI know.", "So?"] * 2


CODED = [
    "ATLAS.ti Report\n\n1:2 ¶ 8 in P1.docx\nContent:\nT1: Yes.\n\n1:5 ¶ 21 in P1.docx\nT1: No.\n",
    "Name: Saw a change\n<Files\\P2> - § 2 references coded  [3.39% Coverage]\nReference 1\nYes.\n"
    "<Files\\P5> - § 1 reference coded  [1% Coverage]\nI: So?\nParent: No.\n",
]


@pytest.mark.parametrize("text", CODED, ids=["ATLAS.ti", "NVivo"])
def test_a_report_of_coded_passages_is_no_interview(tmp_path, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")

    with pytest.raises(TranscriptError, match="as another program coded them"):
        read_corpus(tmp_path)
