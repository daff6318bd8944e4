"""Broken and hostile files: each is read or listed, none stops the folder."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest

from empathy_insights.errors import TranscriptError
from empathy_insights.readers import read_corpus, read_transcript, registry
from empathy_insights.readers.dialog.columns import column_marks
from empathy_insights.readers.reading import count_words
from empathy_insights.readers.registry import OUR_MISTAKE, read_parts, read_source
from empathy_insights.readers.transcript import Source
from tests import mutators

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
FILES = [file for file in sorted(SAMPLE.iterdir()) if file.suffix not in ("", ".yaml")]


@pytest.mark.parametrize("seed", range(300))
def test_a_mutated_file_is_read_or_listed_and_loses_nothing_in_silence(seed):
    file = FILES[seed % len(FILES)]
    data, name, _ = mutators.mutate(file.read_bytes(), file.name, seed)

    parts = list(read_parts(Source(Path(name or "x"), data)))

    read = [part.transcript for part in parts if part.transcript is not None]
    assert all((part.transcript is None) != (part.error is None) for part in parts)
    assert not any(OUR_MISTAKE in str(part.error) for part in parts)
    assert all(count_words(t).lost == 0 or t.remarks for t in read)


@pytest.mark.parametrize("maker", [mutators.zip_bomb, mutators.entity_bomb])
@pytest.mark.parametrize("seed", range(6))
def test_bombs_are_listed(maker, seed):
    data, name = maker(b"", "", mutators.random.Random(seed))

    errors = [part.error for part in read_parts(Source(Path(name), data))]

    assert [type(error) for error in errors] == [TranscriptError]


@pytest.mark.parametrize("seed", range(5))
def test_a_formula_in_a_cell_is_words(seed):
    data, name = mutators.formula(b"", "", mutators.random.Random(seed))
    told = next(csv.DictReader(io.StringIO(data.decode())))["text"]

    transcript = read_source(Source(Path(name), data))

    assert transcript.text.startswith(f"Ana Ruiz: {told}\n")


def test_very_many_cues_are_one_turn():
    transcript = read_source(Source(Path("a.vtt"), mutators.many_cues(20_000)))

    assert [(turn.speaker, turn.start_s) for turn in transcript.turns] == [("Ana", 0.0)]
    assert transcript.text.count("yes") == 20_000


def test_one_very_long_line_is_read():
    text = "Interviewer: Why? " + "so and on: " * 100_000

    transcript = read_source(Source(Path("a.txt"), text.encode()))

    assert count_words(transcript).lost == 0


def test_names_in_an_archive_that_climb_out_of_it_stay_inside(tmp_path):
    talk = json.dumps([{"speaker": "Ana", "text": "So."}])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.writestr("../../a.json", talk)
        packed.writestr("/b.json", talk)

    paths = read_corpus(tmp_path).documents["path"].tolist()

    assert paths == ["a.zip/a.json", "a.zip/b.json"]


@pytest.mark.parametrize("blank", [" ", "\t", "\u00ad", "=", "- "])
def test_lines_of_thousands_of_blanks_are_read(tmp_path, blank):
    wide = (blank * 3000)[:3000]
    lines = f"Ana: {wide}\n{wide}\n" * 8
    (tmp_path / "ana.txt").write_text(f"Interviewer: How?\nAna: So.\n{lines}", "utf-8")

    corpus = read_corpus(tmp_path)

    assert corpus.utterances["text"].iloc[1].startswith("So.")


def test_thousands_of_equal_heads_take_no_time():
    rows = [["what?"] * 20_000, ["so it is then"] * 20_000, ["and so it was"] * 20_000]
    data = "\n".join(map(",".join, rows)).encode()

    transcript = read_source(Source(Path("a.csv"), data))

    assert len({turn.question_id for turn in transcript.turns}) == 20_000


def test_an_archive_without_files_says_so(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w"):
        pass

    with pytest.raises(TranscriptError, match="the archive holds no file"):
        read_corpus(tmp_path / "a.zip")


LONG = "Well  the bus was late again.  " * 200


def test_one_line_of_prose_with_wide_gaps_has_no_columns():
    transcript = read_source(Source(Path("notes.txt"), LONG.encode()))

    assert " ".join(transcript.text.split()) == " ".join(LONG.split())


def test_a_first_row_that_is_wider_than_the_others_has_no_columns():
    rows = ["0:01\t0:02\t0:03\tSo?", *(f"0:{n}\tAna: So?" for n in range(10, 40))]

    assert column_marks("\n".join(rows), ()) == []


def test_a_mistake_of_ours_ends_no_run(tmp_path, monkeypatch):
    def wrong(source):
        raise KeyError(source.data.decode())

    monkeypatch.setattr(registry, "READERS", registry.READERS | {"srt": wrong})
    said = "1\n00:00:01,000 --> 00:00:02,000\nAna: Our secret.\n"
    (tmp_path / "a.srt").write_text(said)
    (tmp_path / "b.txt").write_text("Interviewer: So?\nBen: Fine.\n")

    corpus = read_corpus(tmp_path)

    assert corpus.documents["path"].tolist() == ["b.txt"]
    [problem] = corpus.problems.query("path == 'a.srt'")["problem"]
    assert problem.startswith(
        f"{OUR_MISTAKE} (KeyError in test_readers_broken.py, line "
    )
    assert "secret" not in str(corpus.problems.to_dict())


@pytest.mark.parametrize(
    "text",
    [
        'Ana: "a"\nBo: "b"\nAna: "c"\nLinh' + " " * 20_000 + "x\n",
        ("Ana said, " + " " * 20_000 + "\n") * 3,
        "A" + "-" * 20_000 + "\nWhat?\n",
    ],
    ids=["spaces", "a verb", "dashes"],
)
def test_long_runs_of_one_sign_are_read_to_their_end(tmp_path, text):
    tmp_path.joinpath("a.txt").write_text(text)

    assert read_transcript(tmp_path / "a.txt").text == text
