"""One page, offline, in which people read the next passages: a file, or in a notebook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from empathy_insights.analysis.estimate.next_passages import (
    AT_RANDOM,
    FIRST_AT_RANDOM,
    MINUTES_TO_DECIDE,
    WORDS_A_MINUTE,
    passages_to_read,
)
from empathy_insights.codebook import STORY, Codebook, Theme
from empathy_insights.coding.review.fingerprints import fingerprint
from empathy_insights.report.audience_note import audience_note
from empathy_insights.report.passages import in_script
from empathy_insights.report.render.frame import inlined, template
from empathy_insights.report.transcripts import turns_in_order
from empathy_insights.roles import attribution

if TYPE_CHECKING:
    from empathy_insights.corpus import Corpus
    from empathy_insights.report.findings import Findings

NAME = "review.html"
_MOST, _AT_ONCE = 5000, 30  # passages: in the page, and in one sitting
_SCRIPTS = (
    "elements.js",
    *(
        f"review/{name}.js"
        for name in ("state", "notebook", "kept", "files", "view", "themes", "page")
    ),
)
_AROUND = 2  # turns before and after a passage
_FACILITATOR = -1
_LEVELS = (0.25, 0.5, 0.75)  # from where on a guess is possible, likely, nearly sure
_MOST_GUESSES, _LONGEST_EVIDENCE = 3, 90
_MOST_EXAMPLES = 4


def review_html(run: Findings, *, n: int = _MOST, is_in_notebook: bool = False) -> str:
    """Return the page in which people read the passages that `next_passages` names.

    Who reads says which themes a passage speaks of, and saves that as a file that
    `analyze(decisions=...)` reads; in a notebook, the page gives it to the notebook.
    """
    order = passages_to_read(run, n=n)
    data = {**_page_data(run, order), "inNotebook": is_in_notebook}
    return template("review/page.html.j2").render(
        **inlined("review/page.css", _SCRIPTS),
        note=audience_note("team", identities=run.deidentified is None),
        data=in_script(data),
        in_notebook=is_in_notebook,
        n_open=len(order),
        n_themes=len(run.codebook.main_themes),
        n_read=run.estimate.n_read,
        n_passages=run.estimate.n_passages,
        at_once=min(_AT_ONCE, len(order)),
        is_first=run.estimate.n_read == 0,
    )


def _page_data(run: Findings, order: pd.DataFrame) -> dict[str, object]:
    book = run.codebook
    told, passages = _told(run, order)
    ids = run.segments["segment_id"]
    return {
        **_study(run.corpus, order),
        "codebook": {
            "id": book.id,
            "version": book.version,
            "sha256": book.sha256,
            "themes": {theme.id: theme.name for theme in book.main_themes},
        },
        "themes": [_theme(theme, book) for theme in book.main_themes],
        "atOnce": _AT_ONCE,
        "common": FIRST_AT_RANDOM,
        "wordsAMinute": WORDS_A_MINUTE,
        "minutesToDecide": MINUTES_TO_DECIDE,
        "others": ids[~ids.isin(order["segment_id"])].tolist(),
        "passages": passages | {"guess": _guesses(run, order["segment_id"])},
        **told,
    }


def _study(corpus: Corpus, order: pd.DataFrame) -> dict[str, object]:
    """Return by what a browser knows the study again, also when files were added."""
    documents = sorted(sha256[:12] for sha256 in corpus.documents["sha256"])
    return {
        "study": _short_hash(documents),
        "documents": documents,
        "order": _short_hash(order["segment_id"]),
    }


def _short_hash(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


def _theme(theme: Theme, codebook: Codebook) -> dict[str, object]:
    def name(other: str | None) -> str:
        return codebook[other].name if other is not None and other in codebook else ""

    shown = [example.text for example in theme.examples if example.form != STORY]
    return {
        "id": theme.id,
        "name": theme.name,
        "brief": theme.brief,
        "definition": theme.definition,
        "parts": [part.name for part in codebook.sub_themes(theme.id)],
        "use": list(theme.use_when),
        "not": [[edge.text, name(edge.use)] for edge in theme.not_when],
        "near": [[miss.text, miss.why, name(miss.theme)] for miss in theme.near_misses],
        "examples": shown[:_MOST_EXAMPLES],
    }


def _told(
    run: Findings, order: pd.DataFrame
) -> tuple[dict[str, object], dict[str, object]]:
    """Return the turns that are needed, and the passages, which point into them."""
    turns = _with_ends(run.corpus)
    rows = order.merge(
        run.segments.reindex(columns=["segment_id", "utterance_id", "question"]),
        on="segment_id", how="left", validate="one_to_one",
    )  # fmt: skip
    at = pd.Index(turns["utterance_id"]).get_indexer(rows["utterance_id"])
    first = np.maximum(at - _AROUND, turns["first"].to_numpy()[at])
    last = np.minimum(at + _AROUND + 1, turns["last"].to_numpy()[at])
    needed = np.zeros(len(turns), dtype=bool)
    for start, end in zip(first, last, strict=True):
        needed[start:end] = True
    place = np.cumsum(needed) - needed
    asked = rows["question"].fillna("")
    questions = {text: n for n, text in enumerate(dict.fromkeys(asked))}
    said = zip(rows["text"], turns["text"].to_numpy()[at], strict=True)
    passages = {
        **_marks(rows, set(run.sensitive["segment_id"])),
        "question": [questions[text] for text in asked],
        "turn": place[at].tolist(),
        "first": place[first].tolist(),
        "n": (last - first).tolist(),
        # What is a whole turn stands there already.
        "text": [None if text == turn else text for text, turn in said],
    }
    return {**_turns(turns[needed]), "questions": list(questions)}, passages


def _marks(rows: pd.DataFrame, needs_care: set[str]) -> dict[str, object]:
    return {
        "id": rows["segment_id"].tolist(),
        "random": (rows["picked"] == AT_RANDOM).astype(int).tolist(),
        "place": rows["place"].tolist(),
        # As bytes, among whose letters no name is looked for.
        "fingerprints": f";base64,{','.join(map(fingerprint, rows['text']))}",
        "care": rows["segment_id"].isin(needs_care).astype(int).tolist(),
    }


def _with_ends(corpus: Corpus) -> pd.DataFrame:
    """Return all turns in their order, with where the talk around each begins and ends."""
    turns = turns_in_order(corpus)
    kinds = corpus.documents.set_index("document_id")["kind"]
    is_survey = (turns["document_id"].map(kinds) == "survey").to_numpy()
    row = np.arange(len(turns))
    by_document = turns.groupby("document_id")["position"]
    start = row - by_document.cumcount().to_numpy()
    end = start + by_document.transform("size").to_numpy()
    return turns.assign(
        # Neighbours in a survey are answers of different people.
        first=np.where(is_survey, row, start),
        last=np.where(is_survey, row + 1, end),
    )


def _turns(turns: pd.DataFrame) -> dict[str, object]:
    """Return the turns, and who says each: a number of `speakers`."""
    names = [attribution(role) for role in turns["role"]]
    pairs = list(zip(turns["participant_id"].fillna(""), names, strict=True))
    asks = turns["is_facilitator"].tolist()
    said = [pair for pair, is_asked in zip(pairs, asks, strict=True) if not is_asked]
    number = {pair: n for n, pair in enumerate(dict.fromkeys(said))}
    who = [
        _FACILITATOR if is_asked else number[pair]
        for pair, is_asked in zip(pairs, asks, strict=True)
    ]
    return {
        "speakers": [{"name": name, "known": bool(person)} for person, name in number],
        "turns": {"who": who, "text": turns["text"].tolist()},
    }


def _guesses(run: Findings, segment_ids: pd.Series) -> list[object]:
    """Return the likeliest themes of each passage, with how likely and which words."""
    estimate = run.estimate
    chances = estimate.chances[estimate.segment_ids.get_indexer(segment_ids)]
    levels = np.searchsorted(_LEVELS, chances, side="right") - 1
    likeliest = np.argsort(-chances, axis=1, kind="stable")[:, :_MOST_GUESSES]
    words = _evidence(run, set(segment_ids))
    place = {theme.id: n for n, theme in enumerate(run.codebook.main_themes)}
    number = [place.get(theme, -1) for theme in estimate.themes]
    return [
        [
            [number[n], int(levels[row, n]), words.get((name, estimate.themes[n]), "")]
            for n in likeliest[row]
            if levels[row, n] >= 0 and number[n] >= 0
        ]
        for row, name in enumerate(segment_ids)
    ]


def _evidence(run: Findings, wanted: set[str]) -> Mapping[tuple[str, str], str]:
    """Return the words that led a coder to a theme, where they are few."""
    codings = run.codings
    found = codings[codings["segment_id"].isin(wanted) & (codings["status"] != "human")]
    placed = found.dropna(subset=["evidence_start", "evidence_end"]).merge(
        run.segments[["segment_id", "start", "text"]],
        on="segment_id", how="inner", validate="many_to_one",
    )  # fmt: skip
    columns = ["segment_id", "theme", "text", "start", "evidence_start", "evidence_end"]
    words: dict[tuple[str, str], str] = {}
    for name, theme, text, start, first, last in placed[columns].itertuples(
        index=False, name=None
    ):
        said = text[int(first) - start : int(last) - start]
        if said and len(said) <= _LONGEST_EVIDENCE:
            words.setdefault((name, theme.split(".")[0]), said)
    return words
