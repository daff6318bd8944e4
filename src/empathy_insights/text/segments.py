"""Cut what participants said into the passages that are coded."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.corpus import Corpus, segment_id
from empathy_insights.lexicon import says_no_answer
from empathy_insights.tables import SEGMENTS
from empathy_insights.text.embedders import Embedder, embedder_of
from empathy_insights.text.tokens import sentence_spans

# What stands before a turn: what was asked last, and who said what just before.


CONTEXT = ("question", "before")
_BESIDE = ("document_id", "participant_id", "unit")  # stands beside a segment's words
_ASKED_ON_PAPER = ("survey", "notes")  # where a turn answers no turn


def find_context(corpus: Corpus) -> pd.DataFrame:
    """Return what was asked and said before each turn.

    Returns
    -------
    pandas.DataFrame
        A row a turn (index `utterance_id`): `question`, the facilitator's latest turn
        before it in the document, or in surveys and notes the turn that asks its
        `question_id`; `before`, the turn just before it, missing in a survey, whose
        neighbours are answers of different people. Either may be missing.
    """
    turns = corpus.utterances.sort_values(["document_id", "position"])
    kinds = corpus.documents.set_index("document_id")["kind"]
    kind = turns["document_id"].map(kinds)
    asked = turns["text"].where(turns["is_facilitator"])
    so_far = asked.groupby(turns["document_id"]).ffill()
    asked_last = so_far.groupby(turns["document_id"]).shift()
    before = turns.groupby("document_id")["text"].shift()
    question = asked_last.where(~kind.isin(_ASKED_ON_PAPER), _asked_on_paper(turns))
    context = pd.DataFrame(
        {
            "utterance_id": turns["utterance_id"],
            "question": question,
            "before": before.mask(kind == "survey"),
        }
    )
    return context.astype("str").set_index("utterance_id")


def _asked_on_paper(turns: pd.DataFrame) -> pd.Series:
    """Return the words of each turn's question, by its id within the document."""
    pair = ["document_id", "question_id"]
    asked = turns.loc[turns["is_facilitator"], [*pair, "text"]]
    words = asked.dropna(subset="question_id").drop_duplicates(pair)
    joined = turns[pair].merge(words, on=pair, how="left", validate="many_to_one")
    return joined["text"].set_axis(turns.index)


_TERMINAL = re.compile(r"[.!?…。！？]")
_WORD = re.compile(r"\S+")
_WINDOW = 60  # words of a passage where a text has no punctuation

Span = tuple[int, int]


@public
def segment(
    corpus: Corpus,
    *,
    by: Literal["turn", "sentence"] = "turn",
    max_words: int = 120,
    embedder: Embedder | str | Path | None = None,
) -> pd.DataFrame:
    """Cut participants' turns into segments; a facilitator's words are left out.

    A turn is one segment. A turn of more than `max_words` words is cut between the two
    sentences that are least alike (by `embedder`), and again until every part is short
    enough; where speech has no punctuation (less than one full stop in 60 words) it is
    cut into windows of 60 words instead.

    Parameters
    ----------
    corpus
        Documents, people and turns, as `read_corpus` returns them.
    by
        `turn`, or `sentence` for one segment a sentence.
    max_words
        The longest segment, in words; one sentence may be longer.
    embedder
        Measures how alike neighbouring sentences are.

    Returns
    -------
    pandas.DataFrame
        A row a segment, in the order of the documents: `segment_id`, `utterance_id`,
        `start`, `end` (code points into the document), `text`, `document_id`,
        `participant_id` (missing when the voice is unknown), `unit` (`turn`, `part`,
        `sentence` or `window`: how it was cut), `question` (what was asked last: the
        facilitator's latest turn before it, or the survey's question), `before` (the
        turn just before it, whoever said it; missing in a survey). They help to
        understand a segment; only its `text` is coded.

    See Also
    --------
    code : Gives segments their themes.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"who": ["ana"], "answer": ["The bus is late. I miss math."]})
    >>> import empathy_insights as ei
    >>> survey = ei.corpus_from_frame(frame, text="answer", person="who")
    >>> ei.segment(survey, by="sentence")["text"].tolist()
    ['The bus is late.', 'I miss math.']
    """
    embedder = embedder_of(embedder)
    rows = []
    turns = corpus.utterances
    own = turns[~turns["is_facilitator"] & ~without_answer(corpus)]
    for turn in own.itertuples():
        unit, spans = _cut(turn.text, by, max_words, embedder)
        rows += [
            {
                "segment_id": segment_id(turn.utterance_id, n),
                "utterance_id": turn.utterance_id,
                "start": turn.start + start,
                "end": turn.start + end,
                "text": turn.text[start:end],
                "document_id": turn.document_id,
                "participant_id": turn.participant_id,
                "unit": unit,
            }
            for n, (start, end) in enumerate(spans, 1)
        ]
    # All columns also where nobody says a word.
    names = [*SEGMENTS.columns, *_BESIDE]
    segments = SEGMENTS.frame(rows).reindex(columns=names)
    return segments.astype(dict.fromkeys(_BESIDE, "str")).merge(
        find_context(corpus), on="utterance_id", how="left", validate="many_to_one"
    )


def without_answer(corpus: Corpus) -> pd.Series:
    """Return whether each turn is a cell of a survey that says there is no answer."""
    turns, documents = corpus.utterances, corpus.documents
    surveys = set(documents.loc[documents["kind"] == "survey", "document_id"])
    said = zip(turns["document_id"], turns["text"], strict=True)
    nothing = [document in surveys and says_no_answer(text) for document, text in said]
    return pd.Series(nothing, index=turns.index, dtype=bool)


def _cut(
    text: str, by: str, max_words: int, embedder: Embedder
) -> tuple[str, list[Span]]:
    words = [match.span() for match in _WORD.finditer(text)]
    if not words:
        return "turn", []
    if by == "turn" and len(words) <= max_words:
        return "turn", [(words[0][0], words[-1][1])]
    if len(_TERMINAL.findall(text)) * _WINDOW < len(words):
        return "window", _windows(words)
    sentences = sentence_spans(text)
    if by == "sentence":
        return "sentence", sentences
    return "part", _parts(text, sentences, max_words, embedder)


def _windows(words: list[Span]) -> list[Span]:
    n = max(1, round(len(words) / _WINDOW))
    edges = np.linspace(0, len(words), n + 1).astype(int)
    return [(words[first][0], words[last - 1][1]) for first, last in pairwise(edges)]


def _parts(
    text: str, sentences: list[Span], max_words: int, embedder: Embedder
) -> list[Span]:
    vectors = embedder([text[start:end] for start, end in sentences])
    lengths = np.array([len(text[start:end].split()) for start, end in sentences])
    parts = []
    waiting = [(0, len(sentences))]
    while waiting:
        first, last = waiting.pop()
        if lengths[first:last].sum() <= max_words or last - first == 1:
            parts.append((sentences[first][0], sentences[last - 1][1]))
            continue
        cut = first + _least_alike(vectors[first:last], lengths[first:last])
        waiting += [(cut, last), (first, cut)]
    return parts


def _least_alike(vectors: np.ndarray, lengths: np.ndarray) -> int:
    """Return where to cut: the neighbours differ most, and no part is a scrap."""
    said = np.cumsum(lengths)[:-1] / lengths.sum()
    fair = (said >= 0.25) & (said <= 0.75)
    alike = np.array(
        [
            float(vectors[max(0, n - 2) : n].mean(0) @ vectors[n : n + 2].mean(0))
            for n in range(1, len(vectors))
        ]
    )
    allowed = np.where(fair, alike, np.inf) if fair.any() else np.abs(said - 0.5)
    return int(np.argmin(allowed)) + 1
