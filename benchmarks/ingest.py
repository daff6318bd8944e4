"""Read real files and broken ones; print what was expected, what was found, how fast.

    python benchmarks/ingest.py ../shared/data/ingest
    python benchmarks/ingest.py ../shared/data/ingest --fuzz 20000

Expected values were counted by hand and with grep (ingest_expected.csv). Words kept are
counted against the words of the file, taken from it by the shortest way that shares no
code with the readers. Captions and plain text are timed on their content repeated to
2 MB, in seconds of the processor, since others may work beside it.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import resource
import signal
import sys
import time
import zipfile
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

import pandas as pd  # noqa: E402
from mutators import many_cues, mutate  # noqa: E402

from empathy_insights.errors import TranscriptError  # noqa: E402
from empathy_insights.readers.corpus_of_files import read_transcript  # noqa: E402
from empathy_insights.readers.reading import count_words  # noqa: E402
from empathy_insights.readers.registry import read_parts, read_source  # noqa: E402
from empathy_insights.readers.transcript import Source, Transcript  # noqa: E402

_TIMED = (".vtt", ".srt", ".txt", ".md")
_BIG = 2_000_000
_SLOW = 5.0
_WORD = re.compile(r"\w+")
_TIME = re.compile(r"(?<!\w)\d{1,2}:\d{2}(?::\d{2})?(?!\w)")


def main() -> None:
    """Print the table of real files, or fuzz."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fuzz", type=int, default=0, metavar="N")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    if given.fuzz:
        fuzz(given.folder, given.fuzz, given.seed)
    else:
        compare(given.folder)


def compare(folder: Path) -> None:
    """Print expected and found per file, and the totals against the targets."""
    expected = pd.read_csv(HERE / "ingest_expected.csv", keep_default_na=False)
    rows = [_compared(folder / row["file"], row) for row in expected.to_dict("records")]
    table = pd.DataFrame(rows)
    print(table.to_string(index=False))
    counted = table[table["exact"] != ""]
    exact = (counted["exact"] == "yes").sum()
    kept = table.loc[table["kept"] != "", "kept"].str.rstrip("%").astype(float)
    right = (table["facilitator"] == table["found_f"]).sum()
    speed = table.loc[table["MB/s"] != "", "MB/s"].astype(float)
    print(
        f"\nspeakers exact and turns within 2 %: {exact} of {len(counted)} files "
        f"({exact / len(counted):.0%}; target 95 %)"
        f"\nfacilitator as expected: {right} of {len(table)} files"
        f"\nwords kept: lowest {kept.min():.2f} %, all of them in "
        f"{(kept == 100).sum()} of {len(kept)} files (target 100 %)"
        f"\ncaptions and plain text: {speed.min():.1f} to {speed.max():.1f} MB/s, "
        f"{(speed >= 20).sum()} of {len(speed)} files at 20 MB/s or more, "
        f"median {speed.median():.1f} MB/s"
    )


def _compared(path: Path, row: dict[str, str]) -> dict[str, str]:
    told = {"file": path.name, "turns": row["turns"], "speakers": row["speakers"],
            "facilitator": row["facilitator"]}  # fmt: skip
    try:
        transcript = read_transcript(path)
    except TranscriptError:
        listed = "yes" if not row["speakers"] else "no"
        return told | {"found_t": "listed", "found_s": "", "found_f": "no",
                       "exact": listed, "kept": "", "MB/s": ""}  # fmt: skip
    turns = [turn for turn in transcript.turns if not turn.is_prompt]
    n_speakers = len({turn.speaker for turn in turns if turn.speaker})
    wanted = int(row["turns"] or len(turns))
    exact = n_speakers == int(row["speakers"] or -1)
    exact = exact and abs(len(turns) - wanted) <= 0.02 * wanted
    return told | {
        "found_t": str(len(turns)),
        "found_s": str(n_speakers),
        "found_f": "yes" if transcript.facilitators else "no",
        "exact": "yes" if exact else "no",
        "kept": f"{_kept(path, transcript):.2f}%",
        "MB/s": _speed(path),
    }


def _speed(path: Path) -> str:
    if path.suffix not in _TIMED:
        return ""
    data = path.read_bytes()
    head, body = b"", data
    if path.suffix == ".vtt":
        head, body = data[: data.index(b"\n") + 1], data[data.index(b"\n") + 1 :]
    source = Source(path, head + (body.rstrip() + b"\n\n") * max(1, _BIG // len(body)))
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        read_source(source)
        best = min(best, time.process_time() - start)
    return f"{len(source.data) / 1e6 / best:.1f}"


def _kept(path: Path, transcript: Transcript) -> float:
    """Return the share of the file's words that are in a turn, a problem or a mark."""
    spans = [(turn.start, turn.end) for turn in transcript.turns]
    spans += [(r.start, r.end) for r in transcript.remarks if r.start is not None]
    found = [transcript.text[start:end] for start, end in spans]
    found += [transcript.text[: transcript.head], *_facts(transcript)]
    have = Counter(word for said in found for word in _WORD.findall(said))
    have += Counter(
        word for turn in transcript.turns for word in _WORD.findall(turn.speaker or "")
    )
    wanted = Counter(_WORD.findall(_TIME.sub("", _plain(path))))
    lost = sum((wanted - have).values())
    return 100 * (1 - lost / max(sum(wanted.values()), 1))


def _facts(transcript: Transcript) -> list[str]:
    facts = [fact for told in transcript.people.values() for fact in told.values()]
    return [*facts, *transcript.people]


def _plain(path: Path) -> str:
    """Return what a file says, without its markup, by a way of its own."""
    if path.suffix == ".docx":
        import docx

        document = docx.Document(path)
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        return "\n".join([p.text for p in document.paragraphs] + cells)
    if path.suffix == ".odt":
        content = zipfile.ZipFile(path).read("content.xml").decode()
        return re.sub(r"</text:p>", "\n", re.sub(r"<(?!/text:p)[^>]+>", "", content))
    if path.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(path)
        rows = [*book.active.iter_rows(values_only=True)][1:]
        return "\n".join(cell for row in rows for cell in row if isinstance(cell, str))
    if path.suffix == ".pdf":
        import pypdf

        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
        return re.sub(r"^\d+(?:/\d+)?$", "", "\n".join(pages), flags=re.MULTILINE)
    if path.suffix == ".rtf":
        text = re.sub(
            r"\{\\(?:fonttbl|colortbl)(?:[^{}]|\{[^{}]*\})*\}", "", path.read_text()
        )
        text = re.sub(r"\\u(\d+)\?", lambda found: chr(int(found[1])), text)
        return re.sub(r"\\[a-z]+-?\d* ?|[{}]", " ", text)
    return _plain_text(path)


def _plain_text(path: Path) -> str:
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix == ".json":
        held = json.loads(text)
        listed = held.get("meeting_transcripts") or held.get("segments") or []
        return "\n".join(str(e.get("content") or e.get("text")) for e in listed)
    if path.suffix in (".csv", ".tsv"):
        delimiter = "\t" if path.suffix == ".tsv" else ","
        rows = [*csv.reader(io.StringIO(text), delimiter=delimiter)]
        if path.suffix == ".tsv":
            return "\n".join(row[-1] for row in rows if row[-1] != "text")
        return "\n".join(cell for row in rows[1:] for cell in row)
    # Times, numbers of cues and list markers are notation.
    text = re.sub(r"^.*-->.*$|^WEBVTT.*$|^\d+\r?$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^\s*\d{1,3}[.)]\s", " ", text, flags=re.MULTILINE)
    if path.suffix in (".vtt", ".srt"):
        # The label is repeated in each cue, and stands once before the turn.
        text = re.sub(r"^[^:\n]{1,63}: ", "", text, flags=re.MULTILINE)
    return text


def fuzz(folder: Path, n: int, seed: int) -> None:
    """Read mutated files and count crashes, hangs, silent losses and memory."""
    resource.setrlimit(resource.RLIMIT_AS, (6_000_000_000, 6_000_000_000))
    signal.signal(signal.SIGALRM, _too_long)
    files = [p for p in sorted(folder.iterdir()) if p.stat().st_size < 130_000]
    seeds = [(p.read_bytes(), p.name) for p in files]
    counts: Counter[str] = Counter()
    slowest = (0.0, "")
    begun = time.perf_counter()
    for number in range(seed, seed + n):
        data, name, done = mutate(*seeds[number % len(seeds)], number)
        taken, outcome = _tried(Source(Path(name or "x"), data))
        counts[outcome] += 1
        counts["slower than 5 s"] += taken > _SLOW
        slowest = max(slowest, (taken, f"{number}: {name}, {done}"))
        if outcome not in ("read", "a listed problem"):
            print(f"seed {number}: {name}, {done}: {outcome}")
    taken, outcome = _tried(Source(Path("many.vtt"), many_cues(1_000_000)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(
        f"{n} files in {time.perf_counter() - begun:.0f} s: "
        + ", ".join(f"{many} {what}" for what, many in counts.most_common())
        + f"\nslowest {slowest[0]:.2f} s ({slowest[1]})"
        f"\na million cues: {outcome} in {taken:.1f} s; peak memory {peak:.2f} GB"
    )


def _tried(source: Source) -> tuple[float, str]:
    start = time.perf_counter()
    signal.alarm(30)
    try:
        outcome = _outcome(source)
    except Exception as error:  # noqa: BLE001 - this is what a fuzz run looks for
        outcome = f"crash: {type(error).__name__}: {str(error)[:80]}"
    finally:
        signal.alarm(0)
    return time.perf_counter() - start, outcome


def _outcome(source: Source) -> str:
    parts = list(read_parts(source))
    for part in parts:
        if part.transcript is not None and count_words(part.transcript).lost:
            n_lost = count_words(part.transcript).lost
            if not part.transcript.remarks:
                return f"{n_lost} words lost in silence"
    if any(part.transcript is not None for part in parts):
        return "read"
    return "a listed problem" if parts else "nothing said"


def _too_long(*_: object) -> None:
    raise TimeoutError("30 s")


if __name__ == "__main__":
    main()
