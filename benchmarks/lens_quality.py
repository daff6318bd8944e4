"""How well the shipped lenses are found in invented turns: systems, roadmap, ISTE, levers.

`data/lens_turns.csv` holds 110 stories of empathy_core of 8 to 60 words, drawn at random,
and `data/asks.csv` 53 suggestions and 52 turns that only sound like one, invented for this.
One language model wrote these and labelled all by the lenses' definitions, before any
coder's word on them was seen; nobody else has read them. It had seen the levers' phrases
and kept clear of them, so that phrases alone look worse there than they are. Boundaries
were set on the half `set`, with the other half's figures on the same page.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

import empathy_insights as ei
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.problem.shipped import LEVERS, read_frameworks

DATA = Path(__file__).parent / "data"
LENSES = ("mastery_systems", "mastery_learning_roadmap", "iste_students")


def segments_of(texts: pd.Series) -> pd.DataFrame:
    """Return one segment a text, in their order."""
    said = pd.DataFrame({"text": texts, "person": range(len(texts))})
    corpus = ei.corpus_from_frame(said, text="text", person="person")
    segments = ei.segment(corpus, max_words=1000)
    if len(segments) != len(texts):
        raise SystemExit("a turn was cut or lost")
    return segments


def pairs(found: pd.DataFrame, segments: pd.DataFrame) -> set[tuple[int, str]]:
    """Return row and main theme of what was coded."""
    coded = found[found["status"] == "auto"]
    row = pd.Index(segments["segment_id"]).get_indexer(coded["segment_id"])
    return set(zip(row.tolist(), coded["theme"].str.split(".").str[0], strict=True))


def judge(turns: pd.DataFrame, lenses: tuple[str, ...]) -> None:
    """Print precision and recall, by half, of phrases alone and of what the package does."""
    segments = segments_of(turns["text"])
    done = read_frameworks(segments).codings
    ways = {"phrases alone": {}, "as shipped": {}}
    truth = {}
    for lens in lenses:
        alone = LexicalCoder(ei.load_codebook(lens))(segments)
        ways["phrases alone"][lens] = pairs(alone, segments)
        ways["as shipped"][lens] = pairs(done[lens], segments)
        column = "lever" if lens == LEVERS else lens
        truth[lens] = {
            (n, theme)
            for n, cell in enumerate(turns[column])
            for theme in cell.split(";")
            if theme
        }
    for half in ("set", "report"):
        own = set(np.flatnonzero(turns["half"] == half).tolist())
        for way, found in ways.items():
            right = said = real = 0
            for lens in lenses:
                mine = {pair for pair in found[lens] if pair[0] in own}
                right += len(mine & truth[lens])
                said += len(mine)
                real += sum(n in own for n, _ in truth[lens])
            print(
                f"{', '.join(lenses)}; {half}; {way}: {right} of {said} right "
                f"({right / max(said, 1):.2f}), of {real} found {right / real:.2f}"
            )


def main() -> None:
    """Print all."""
    turns = pd.read_csv(DATA / "lens_turns.csv", keep_default_na=False)
    judge(turns, LENSES)
    asks = pd.read_csv(DATA / "asks.csv", keep_default_na=False)
    judge(asks[asks["lever"] != ""].reset_index(drop=True), (LEVERS,))
    segments = segments_of(asks["text"])
    cued = read_frameworks(segments).is_suggested
    right = int((cued & (asks["lever"] != "").to_numpy()).sum())
    print(f"cues of suggestions: {right} of {cued.sum()} right, of 53")


if __name__ == "__main__":
    main()
