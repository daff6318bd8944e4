"""A conversation reads back the same from every format, whatever is said in it."""

import csv
import io
import json
import re
import tempfile
from itertools import pairwise
from pathlib import Path
from xml.sax.saxutils import escape

import docx
import openpyxl
import pypdf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)

from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.transcript import words
from tests.conftest import EXAMPLES, few_examples

from .packed_files import odt, zipped

NAMES = ("Ana Ruiz", "Ben Dean", "Şirin Öz", "Cy O'Neill", "Dr. Eve Lee")
SAID = st.builds(
    lambda first, rest: " ".join(f"{first}{rest}".split()),
    st.sampled_from("abcdefghijklmnoé"),
    st.text(st.sampled_from("abcdefgh ijklmno.,?!'–é“”ñ 0123456789()"), max_size=60),
)


# What the grammars of the formats are made of.
SIGNED = st.builds(
    lambda first, rest: " ".join(f"{first}{rest}".split()),
    st.sampled_from("abc"),
    st.text(st.sampled_from('ab c\\{}<>&";,|#_~^$%/=+€😀'), max_size=40),
)


@st.composite
def conversations(draw, said=SAID):
    """Draw turns in which nobody follows on themselves and everybody speaks twice."""
    people = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    rounds = draw(st.integers(min_value=2, max_value=4))
    return [(name, draw(said)) for _ in range(rounds) for name in people]


def as_txt(turns):
    return "".join(f"{name}: {said}\n" for name, said in turns).encode()


def as_upper_txt(turns):
    return "\r\n".join(f"{n}:\r\n{said}\r\n" for n, said in turns).encode("utf-16")


def as_page(turns):
    lines = (f"<p><b>{n}:</b> {escape(said)}</p>" for n, said in turns)
    return f"<!doctype html><html><body>{''.join(lines)}</body></html>".encode()


def as_otranscribe(turns):
    page = "".join(
        f'<span class="timestamp">{i}:05</span> {n}: {escape(said)}<br/>'
        for i, (n, said) in enumerate(turns)
    )
    return json.dumps({"text": page, "media": "talk.mp3"}).encode()


def in_markdown(said):
    return re.sub(r"([\\*_{}\[\]<>()#+!|~])", r"\\\1", said)


def as_md(turns):
    lines = (f"**{name}:** {in_markdown(said)}\n" for name, said in turns)
    return "\n".join(lines).encode()


def as_otter(turns):
    blocks = [
        f"**{n}**  {i}:05  \n{in_markdown(said)}\n" for i, (n, said) in enumerate(turns)
    ]
    return "\n".join(blocks).encode()


def cue(n, stop):
    return f"00:{n:02d}:00{stop}000 --> 00:{n:02d}:30{stop}500"


def as_vtt(turns):
    blocks = [
        f"{cue(n, '.')}\n{name}: {escape(said)}\n"
        for n, (name, said) in enumerate(turns)
    ]
    return ("WEBVTT\n\n" + "\n".join(blocks)).encode()


def as_voices(turns):
    blocks = [
        f"{cue(n, '.')}\n<v {name}>{escape(s)}</v>\n"
        for n, (name, s) in enumerate(turns)
    ]
    return ("WEBVTT\n\n" + "\n".join(blocks)).replace("\n", "\r\n").encode()


def as_srt(turns):
    blocks = [
        f"{n}\n{cue(n, ',')}\n{name}: {s}\n"
        for n, (name, s) in enumerate(turns, start=1)
    ]
    return "\n".join(blocks).encode()


def as_csv(turns):
    written = io.StringIO(newline="")
    csv.writer(written).writerows([("speaker", "text"), *turns])
    return written.getvalue().encode("utf-8-sig")


def saved(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_docx(turns):
    document = docx.Document()
    for name, said in turns:
        document.add_paragraph(f"{name}: {said}")
    return saved(document)


def as_bold_docx(turns):
    document = docx.Document()
    for name, said in turns:
        paragraph = document.add_paragraph()
        paragraph.add_run(name).bold = True
        paragraph.add_run(f" {said}")
    return saved(document)


def as_docx_table(turns):
    document = docx.Document()
    made = document.add_table(rows=len(turns), cols=2)
    cells = made._cells
    for n, (name, said) in enumerate(turns):
        cells[2 * n].text, cells[2 * n + 1].text = name, said
    return saved(document)


def as_tsv(turns):
    written = io.StringIO(newline="")
    rows = [("speaker", "text"), *turns]
    csv.writer(written, delimiter="\t").writerows(rows)
    return written.getvalue().encode()


def as_xlsx(turns):
    book = openpyxl.Workbook()
    for row in [("speaker", "text"), *turns]:
        book.active.append(row)
    return saved(book)


def as_odt(turns):
    return odt("".join(f"<text:p>{n}: {escape(said)}</text:p>" for n, said in turns))


def as_odt_table(turns):
    rows = [
        "<table:table-row>"
        f"<table:table-cell><text:p>{name}</text:p></table:table-cell>"
        f"<table:table-cell><text:p>{escape(said)}</text:p></table:table-cell>"
        "</table:table-row>"
        for name, said in turns
    ]
    return odt(f"<table:table>{''.join(rows)}</table:table>")


def as_rtf(turns):
    lines = [in_rtf(f"{name}: {said}") for name, said in turns]
    return ("{\\rtf1\\ansi " + "\\par\n".join(lines) + "}").encode("ascii")


def in_rtf(words):
    """Write a sign beyond ASCII as its UTF-16 units, which are signed numbers."""
    written = ""
    for sign in words:
        units = sign.encode("utf-16-le")
        written += (
            ("\\" if sign in "\\{}" else "") + sign
            if sign.isascii()
            else "".join(
                f"\\u{int.from_bytes(units[n : n + 2], 'little', signed=True)}?"
                for n in range(0, len(units), 2)
            )
        )
    return written


def as_whisper(turns):
    segments = [
        {
            "id": n,
            "start": 6.0 * n,
            "end": 6.0 * n + 5,
            "text": f" {s}",
            "speaker": name,
        }
        for n, (name, s) in enumerate(turns)
    ]
    whole = " ".join(said for _, said in turns)
    return json.dumps({"text": whole, "segments": segments, "language": "en"}).encode()


def as_json_list(turns):
    return json.dumps([{"speaker": n, "text": s} for n, s in turns]).encode()


def as_json_lines(turns):
    lines = [json.dumps({"speaker": n, "text": s}) for n, s in turns]
    return "\n".join(lines).encode()


def as_assembly(turns):
    utterances = [
        {
            "speaker": name,
            "text": said,
            "start": 6000 * n,
            "end": 6000 * n + 5000,
            "words": [{"text": word, "speaker": name} for word in said.split()],
        }
        for n, (name, said) in enumerate(turns)
    ]
    return json.dumps({"status": "completed", "utterances": utterances}).encode()


def as_sbv(turns):
    blocks = [
        f"0:{n:02d}:00.000,0:{n:02d}:30.500\n{name}: {said}\n"
        for n, (name, said) in enumerate(turns)
    ]
    return "\n".join(blocks).encode()


ASS = (
    "[Script Info]\nScriptType: v4.00+\n\n[Events]\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
)


def as_ass(turns):
    lines = [
        f"Dialogue: 0,0:{n:02d}:00.00,0:{n:02d}:30.50,Default,{name},0,0,0,,{said}\n"
        for n, (name, said) in enumerate(turns)
    ]
    return (ASS + "".join(lines)).encode("utf-8-sig")


def as_labelled_ass(turns):
    return as_ass([("", f"{name}: {said}") for name, said in turns])


def as_lrc(turns):
    lines = [f"[{n:02d}:00.50]{name}: {s}\n" for n, (name, s) in enumerate(turns)]
    return ("[ti:Talk]\n" + "".join(lines)).encode()


def as_chat(turns):
    lines = [f"00:{n:02d}:05\t{name}:\t{s}\n" for n, (name, s) in enumerate(turns)]
    return "".join(lines).encode()


def as_old_chat(turns):
    lines = [
        f"17:{n:02d}:05\t From  {name} : {s}\r\n" for n, (name, s) in enumerate(turns)
    ]
    return "".join(lines).encode()


def as_new_chat(turns):
    lines = [
        f"17:{n:02d}:05 From {name} to Everyone:\n\t{s}\n"
        for n, (name, s) in enumerate(turns)
    ]
    return "".join(lines).encode()


def as_pdf(turns):
    """Write three turns a page, in a font whose first sign is a letter of our names."""
    writer = pypdf.PdfWriter()
    for first in range(0, len(turns), 3):
        page = writer.add_blank_page(900, 400)
        fonts = DictionaryObject({NameObject("/F1"): FONT})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        lines = [f"{n}: {s}".replace("Ş", "\x01") for n, s in turns[first : first + 3]]
        shown = " ".join(f"<{line.encode('cp1252').hex()}> Tj T*" for line in lines)
        content = DecodedStreamObject()
        content.set_data(f"BT /F1 10 Tf 12 TL 20 380 Td {shown} ET".encode())
        page[NameObject("/Contents")] = content
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
        NameObject("/Encoding"): DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Encoding"),
                NameObject("/BaseEncoding"): NameObject("/WinAnsiEncoding"),
                NameObject("/Differences"): ArrayObject(
                    [NumberObject(1), NameObject("/Scedilla")]
                ),
            }
        ),
    }
)


FORMATS = [
    (as_txt, "txt"),
    (as_upper_txt, "txt"),
    (as_md, "md"),
    (as_page, "html"),
    (as_otranscribe, "otr"),
    (as_otter, "md"),
    (as_vtt, "vtt"),
    (as_voices, "vtt"),
    (as_srt, "srt"),
    (as_csv, "csv"),
    (as_docx, "docx"),
    (as_bold_docx, "docx"),
    (as_docx_table, "docx"),
    (as_tsv, "tsv"),
    (as_xlsx, "xlsx"),
    (as_odt, "odt"),
    (as_odt_table, "odt"),
    (as_rtf, "rtf"),
    (as_whisper, "json"),
    (as_json_list, "json"),
    (as_json_lines, "jsonl"),
    (as_assembly, "json"),
    (as_sbv, "sbv"),
    (as_ass, "ass"),
    (as_labelled_ass, "ass"),
    (as_lrc, "lrc"),
    (as_chat, "txt"),
    (as_old_chat, "txt"),
    (as_new_chat, "txt"),
    (as_pdf, "pdf"),
]
# Those in which all signs can be written.
ESCAPED = [
    pair
    for pair in FORMATS
    if pair[0] not in (as_pdf, as_srt, as_sbv, as_lrc, as_ass, as_labelled_ass)
]


@pytest.mark.slow
@pytest.mark.parametrize(("written", "suffix"), FORMATS)
@few_examples
@given(turns=conversations())
def test_a_conversation_reads_back_the_same(written, suffix, turns):
    assert read_back(written(turns), suffix) == turns


@pytest.mark.parametrize(("written", "suffix"), ESCAPED)
@settings(max_examples=EXAMPLES * 3 // 10)
@given(turns=conversations(SIGNED))
def test_signs_of_a_grammar_are_words_where_somebody_says_them(written, suffix, turns):
    assert read_back(written(turns), suffix) == turns


def read_back(data, suffix):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"talk.{suffix}")
        file.write_bytes(data)
        transcript = read_transcript(file)
    return [(turn.speaker, words(transcript, turn)) for turn in transcript.turns]


PAIRS = st.tuples(*[st.sampled_from(FORMATS)] * 2)


@few_examples
@given(formats=PAIRS, one=conversations(), two=conversations())
def test_an_archive_of_two_formats_reads_back_both_conversations(formats, one, two):
    # The same words twice are one conversation, given twice.
    assume([words for _, words in one] != [words for _, words in two])
    (write_one, suffix_one), (write_two, suffix_two) = formats
    members = {
        f"one.{suffix_one}": write_one(one),
        f"r2/two.{suffix_two}": write_two(two),
    }
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "study.zip")
        file.write_bytes(zipped(members))
        said = read_corpus(file).utterances

    read = {
        name: list(zip(turns["speaker"], turns["text"], strict=True))
        for name, turns in said.groupby("document_id")
    }
    assert read == {"one": one, "r2_two": two}


LINES = st.lists(
    st.one_of(
        st.just(""),
        SAID,
        st.builds("{}: {}".format, st.sampled_from([*NAMES, "I", "P1", "Note"]), SAID),
        st.builds("- {}".format, SAID),
        st.builds("## {}".format, SAID),
        st.builds("**{}:** {}".format, st.sampled_from(NAMES), SAID),
        st.builds("[00:01:00] {}".format, SAID),
        # Without what a mark or a bullet is made of: those come from the lines above.
        st.text(
            st.characters(
                min_codepoint=32, exclude_characters=":：.[)", exclude_categories=["Cs"]
            ),
            max_size=30,
        ),
    ),
    min_size=1,
    max_size=25,
).filter(lambda lines: any(line.strip() for line in lines))


@settings(max_examples=2 * EXAMPLES)
@given(lines=LINES)
def test_no_word_of_a_text_is_lost_and_no_turns_overlap(lines):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "talk.md")
        file.write_text("\n".join(["Words", *lines]), encoding="utf-8", newline="")
        corpus = read_corpus(file)
        transcript = read_transcript(file)

    spans = [(turn.start, turn.end) for turn in transcript.turns]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    assert uncovered(transcript) == []
    assert len(corpus.utterances) == len(spans)


def uncovered(transcript):
    """Return the words that are in no turn, in no problem and in no speaker's mark."""
    text = list(transcript.text)
    for turn in [
        *transcript.turns,
        *(r for r in transcript.remarks if r.start is not None),
    ]:
        text[turn.start : turn.end] = " " * (turn.end - turn.start)
    rest = "".join(text).replace("[00:01:00]", " ")
    marks = {turn.speaker for turn in transcript.turns}
    return [
        line
        for line in rest.split("\n")
        if line.strip(" \t\xa0-#*>:") not in marks and any(c.isalnum() for c in line)
    ]
