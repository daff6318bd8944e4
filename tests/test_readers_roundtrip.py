"""A conversation reads back the same from every format, whatever is said in it."""

import csv
import io
import tempfile
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from empathy_insights.readers import read_corpus, read_transcript
from empathy_insights.readers.model import words

NAMES = ("Ana Ruiz", "Ben Dean", "Şirin Öz", "Cy O'Neill", "Dr. Eve Lee")
SAID = st.builds(
    lambda first, rest: " ".join(f"{first}{rest}".split()),
    st.sampled_from("abcdefghijklmnoé"),
    st.text(st.sampled_from("abcdefgh ijklmno.,?!'–é“”ñ 0123456789()"), max_size=60),
)


@st.composite
def conversations(draw):
    """Draw turns in which nobody follows on themselves and everybody speaks twice."""
    people = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    rounds = draw(st.integers(min_value=2, max_value=4))
    return [(name, draw(SAID)) for _ in range(rounds) for name in people]


def as_txt(turns):
    return "".join(f"{name}: {said}\n" for name, said in turns).encode()


def as_upper_txt(turns):
    return "\r\n".join(f"{n}:\r\n{said}\r\n" for n, said in turns).encode("utf-16")


def as_md(turns):
    return "\n".join(f"**{name}:** {said}\n" for name, said in turns).encode()


def as_otter(turns):
    blocks = [f"**{n}**  {i}:05  \n{said}\n" for i, (n, said) in enumerate(turns)]
    return "\n".join(blocks).encode()


def cue(n, stop):
    return f"00:{n:02d}:00{stop}000 --> 00:{n:02d}:30{stop}500"


def as_vtt(turns):
    blocks = [
        f"{cue(n, '.')}\n{name}: {said}\n" for n, (name, said) in enumerate(turns)
    ]
    return ("WEBVTT\n\n" + "\n".join(blocks)).encode()


def as_voices(turns):
    blocks = [
        f"{cue(n, '.')}\n<v {name}>{s}</v>\n" for n, (name, s) in enumerate(turns)
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


def as_docx_table(turns):
    document = docx.Document()
    made = document.add_table(rows=len(turns), cols=2)
    cells = made._cells
    for n, (name, said) in enumerate(turns):
        cells[2 * n].text, cells[2 * n + 1].text = name, said
    return saved(document)


FORMATS = [
    (as_txt, "txt"),
    (as_upper_txt, "txt"),
    (as_md, "md"),
    (as_otter, "md"),
    (as_vtt, "vtt"),
    (as_voices, "vtt"),
    (as_srt, "srt"),
    (as_csv, "csv"),
    (as_docx, "docx"),
    (as_docx_table, "docx"),
]


@pytest.mark.parametrize(("written", "suffix"), FORMATS)
@settings(max_examples=25, deadline=None)
@given(turns=conversations())
def test_a_conversation_reads_back_the_same(written, suffix, turns):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"talk.{suffix}")
        file.write_bytes(written(turns))
        transcript = read_transcript(file)

    assert [(t.speaker, words(transcript, t)) for t in transcript.turns] == turns


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


@settings(max_examples=150, deadline=None)
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
