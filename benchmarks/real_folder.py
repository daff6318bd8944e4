"""Read a district's folder as a team hands it over; print who was found and how soon.

    python benchmarks/real_folder.py
    python benchmarks/real_folder.py --folder data/district --json after.json

The folder holds interviews/, participants.csv and expected.csv, the answer key, which
says who each voice of each file is and how much it says. Of two files that hold the same
talk one counts, whichever the corpus holds. A voice is looked up by its label, with
case and spaces put aside; in a form, by the respondent's name or number.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import empathy_insights as ei
from empathy_insights.corpus import Corpus

FOLDER = Path(__file__).parents[1] / "data" / "district"
COPY = "duplicate_of:"
_TWICE = re.compile(
    r"\b(?:copy|copies|duplicates?|twice|same (?:words|text|talk|interview|conversation))\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"\[[^\]]*\]")
Row = dict[str, str]
Figures = dict[str, object]


def answer_key(folder: Path) -> tuple[list[Row], dict[str, str]]:
    """Return the voices expected, and the files that are copies with what they copy."""
    table = pd.read_csv(folder / "expected.csv", dtype=str, keep_default_na=False)
    is_copy = table["kind"].str.startswith(COPY)
    copies = table[is_copy].set_index("file")["kind"].str.removeprefix(COPY)
    voices = table[~is_copy].reset_index(drop=True)
    voices["row"] = (voices.groupby("file").cumcount() + 1).astype(str)
    return voices.to_dict("records"), copies.to_dict()


def _counted(voices: list[Row], copies: dict[str, str], there: set[str]) -> list[Row]:
    """Leave out one file of each two that hold the same talk."""
    for copy, copied in copies.items():
        out = copied if copy in there and copied not in there else copy
        voices = [voice for voice in voices if voice["file"] != out]
    return voices


def _label(text: object) -> str:
    return " ".join(str(text).split()).casefold()


def _said(turns: pd.DataFrame, kind: str, voice: Row) -> pd.DataFrame:
    """Return the utterances of one voice of one file."""
    if not voice["voice"]:
        return turns[~turns["is_facilitator"]]
    names = {_label(voice["voice"])}
    if kind == "survey":
        names.add(voice["row"])
    return turns[turns["speaker"].map(_label).isin(names)]


def found(corpus: Corpus, voices: list[Row], listed: set[str]) -> pd.DataFrame:
    """Return a row for each voice expected: who it was taken for, turns and words."""
    columns = ["path", "document_id", "kind"]
    documents = {path: known for path, *known in corpus.documents[columns].to_numpy()}
    rows = []
    for voice in voices:
        here, kind = documents.get(voice["file"], ("", ""))
        turns = corpus.utterances[corpus.utterances["document_id"] == here]
        said = _said(turns, kind, voice)
        people = set(said["participant_id"].dropna()) & listed
        n_words = sum(len(_WORD.findall(_MARK.sub("", text))) for text in said["text"])
        asks = bool(len(said)) and bool(said["is_facilitator"].all())
        seen = {"taken_for": " ".join(sorted(people)), "asks": asks}
        seen |= {"found_turns": len(said), "found_words": n_words}
        rows.append(voice | seen)
    return pd.DataFrame(rows)


def compared(table: pd.DataFrame) -> Figures:
    """Count what is right, voice by voice."""
    people = table[table["kind"] == "participant"]
    asks = table["kind"] == "facilitator"
    told = table[table["turns"] != ""]
    wanted = told["words"].astype(int)
    turns = told["turns"].astype(int) == told["found_turns"]
    words = (told["found_words"] - wanted).abs() <= 0.02 * wanted
    right = people["taken_for"] == people["participant_id"]
    wrong = (people["taken_for"] != "") & ~right
    others = (table["kind"] != "participant") & (table["taken_for"] != "")
    known = people.loc[right, "participant_id"].nunique()
    return {
        "voices matched to their person": f"{right.sum()} of {len(people)}",
        "people found at all": f"{known} of {people['participant_id'].nunique()}",
        "voices matched to another person": int(wrong.sum()),
        "voices of nobody listed matched": int(others.sum()),
        "facilitators found": f"{(asks & table['asks']).sum()} of {asks.sum()}",
        "others taken for facilitators": int((~asks & table["asks"]).sum()),
        "voices with their turns right": f"{turns.sum()} of {len(told)}",
        "voices with their words within 2 %": f"{words.sum()} of {len(told)}",
    }


def twice(corpus: Corpus, copies: dict[str, str], files: set[str]) -> Figures:
    """Count the copies that were left out or remarked on, and files remarked on wrongly."""
    text = corpus.problems["problem"] + " " + corpus.problems["advice"]
    spoken_of = set(corpus.problems.loc[text.str.contains(_TWICE), "path"])
    spoken_of |= files - set(corpus.documents["path"])
    caught = sum(bool(set(pair) & spoken_of) for pair in copies.items())
    wrongly = (spoken_of & files) - {file for pair in copies.items() for file in pair}
    return {
        "copies found": f"{caught} of {len(copies)}",
        "files taken for copies or not read": len(wrongly),
    }


def remarks(corpus: Corpus) -> Figures:
    """Count the remarks in all, and those that differ in more than names and numbers."""
    named = r"'[^']*'|\S*[\d_]\S*"
    alike = corpus.problems["problem"].str.replace(named, "…", regex=True)
    most = Counter(alike).most_common(3)
    return {
        "remarks": len(corpus.problems),
        "kinds of remark": alike.nunique(),
        "most often": "; ".join(f"{n}: {problem}" for problem, n in most),
    }


def reported(folder: Path) -> Figures:
    """Time the way from the folder to the team's report."""
    begun = time.perf_counter()
    run = ei.analyze(folder / "interviews", participants=folder / "participants.csv")
    with tempfile.TemporaryDirectory() as out:
        report = run.write(out, audience="team") / "report.html"
        written = report.is_file() and report.stat().st_size > 0
    seconds = round(time.perf_counter() - begun, 1)
    return {"report written": written, "seconds to a written report": seconds}


def _tried(what: str, part: Callable[[], Figures]) -> Figures:
    try:
        return part()
    except Exception as error:  # noqa: BLE001 - what fails is one of the findings
        traceback.print_exc(limit=-1)
        return {f"FAILED: {what}": f"{type(error).__name__}: {error}"[:200]}


def main() -> int:
    """Print what was found beside what was expected, and write it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    figures = _tried("read", lambda: _read(options.folder))
    figures |= _tried("report", lambda: reported(options.folder))
    width = max(map(len, figures))
    print()
    print("\n".join(f"{name:{width}}  {value}" for name, value in figures.items()))
    if options.json:
        text = json.dumps(figures, indent=1, ensure_ascii=False)
        options.json.write_text(text + "\n", encoding="utf-8")
    return int(any(name.startswith("FAILED") for name in figures))


def _read(folder: Path) -> Figures:
    listed = pd.read_csv(folder / "participants.csv", dtype=str)["participant_id"]
    voices, copies = answer_key(folder)
    people = folder / "participants.csv"
    corpus = ei.read_corpus(folder / "interviews", participants=people)
    there = set(corpus.documents["path"])
    table = found(corpus, _counted(voices, copies, there), set(listed))
    missed = table["taken_for"] != table["participant_id"]
    wrong = table[missed | (table["found_turns"] == 0)]
    columns = ["file", "voice", "kind", "participant_id", "taken_for", "found_turns"]
    short = wrong[columns].assign(file=wrong["file"].str.rsplit("/").str[-1].str[:40])
    print(short.to_string(index=False))
    files = {voice["file"] for voice in voices}
    return (
        {"files": len(files), "files read": len(there)}
        | _tried("compare", lambda: compared(table))
        | _tried("copies", lambda: twice(corpus, copies, files))
        | _tried("remarks", lambda: remarks(corpus))
    )


if __name__ == "__main__":
    sys.exit(main())
