"""How well themes are found in texts that people coded: nhs_fft, sight, pdpilot_interviews.

One table, each method on the same texts: the theme's name as a keyword, TF-IDF nearness to
the definition, our codebook-driven coder (names, definitions, examples, near misses; no
label seen), ours with 50, 200 and all labels, TF-IDF + logistic regression with as many,
and the second person where two coded. Micro and macro F1 and macro kappa over the themes
that have a definition, with 95 % intervals (documents resampled).

Methods that learn are judged on five folds of documents; what they learn from is drawn
from the other four, and every boundary is set inside these. The baselines' cut-offs are
the best ones for the texts scored, which flatters them.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd
import yaml
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.multiclass import OneVsRestClassifier

import empathy_insights as ei
from empathy_insights.codebook import Codebook, Example, NearMiss, Theme
from empathy_insights.tables import CODINGS, SEGMENTS

SETS = ("sight", "nhs_fft", "pdpilot_interviews")
RESIDUAL = {"labelling_not_possible", "not_assigned"}


def read_book(folder: Path, columns: pd.Index) -> Codebook:
    """Read the set's codebook, without codes that nobody defined."""
    codes = yaml.safe_load((folder / "codebook.yaml").read_text(encoding="utf-8"))[
        "codes"
    ]
    themes = [
        Theme(
            code["name"],
            (code.get("label") or code["name"]).replace("_", " "),
            definition=code["definition"],
            examples=tuple(Example(text) for text in _texts(code.get("examples"))),
            near_misses=tuple(
                NearMiss(text) for text in _texts(code.get("counter_examples"))
            ),
        )
        for code in codes
        if code.get("definition")
        and code["name"] in columns
        and code["name"] not in RESIDUAL
    ]
    return Codebook(folder.name, folder.name, themes=tuple(themes))


def _texts(items: list[object] | None) -> list[str]:
    return [
        str(item.get("text", "")) if isinstance(item, dict) else str(item)
        for item in items or []
    ]


def read_segments(rows: pd.DataFrame) -> pd.DataFrame:
    """Give every text an id that names its document."""
    documents = rows.iloc[:, 0].astype("str").map(lambda name: re.sub(r"\W", "_", name))
    asked = _questions(rows)
    return SEGMENTS.frame(
        {
            "segment_id": f"{document}:{n:05d}.01",
            "utterance_id": f"{document}:{n:05d}",
            "start": 0,
            "end": len(text),
            "text": text,
            "document_id": document,
            "question": question,
        }
        for n, (document, text, question) in enumerate(
            zip(documents, rows["text"], asked, strict=True)
        )
    )


def _questions(rows: pd.DataFrame) -> pd.Series:
    if "question" in rows.columns:
        return rows["question"]
    if not (rows["speaker"] == "Participant").any():
        return pd.Series("", index=rows.index)
    said_by_other = rows["text"].where(rows["speaker"] != "Participant")
    return said_by_other.groupby(rows.iloc[:, 0]).ffill().fillna("")


def read_codings(
    rows: pd.DataFrame, segments: pd.DataFrame, book: Codebook
) -> pd.DataFrame:
    """Return people's codings; a text without a theme was read all the same."""
    names = [theme.id for theme in book]
    pairs = [
        (segment, theme)
        for segment, given in zip(
            segments["segment_id"], rows[names].to_numpy(), strict=True
        )
        for theme in ([names[k] for k in np.flatnonzero(given)] or ["no_theme"])
    ]
    return CODINGS.frame(
        {
            "segment_id": segment,
            "theme": theme,
            "coder": "people",
            "status": "human",
            "method": "read by a person",
            "codebook_sha256": book.sha256,
        }
        for segment, theme in pairs
    )


@dataclass(frozen=True, eq=False)
class Coded:
    """A set of texts, what people gave them, and the codebook."""

    name: str
    segments: pd.DataFrame
    codings: pd.DataFrame
    book: Codebook
    truth: np.ndarray
    second: np.ndarray | None

    @property
    def documents(self) -> np.ndarray:
        """The document of each text."""
        return self.segments["document_id"].to_numpy()

    def folds(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield what is learned from and what is scored."""
        yield from GroupKFold(5).split(self.truth, groups=self.documents)


def read_set(folder: Path) -> Coded:
    """Read one set."""
    rows = pd.read_csv(folder / "segments.csv", keep_default_na=False)
    book = read_book(folder, rows.columns)
    names = [theme.id for theme in book]
    meta = folder / "meta.csv"
    if meta.is_file():
        about = pd.read_csv(meta, keep_default_na=False).set_index("segment_id")
        if "question" in about.columns:
            asked = about["question"].reindex(rows["segment_id"]).to_numpy()
            rows = rows.assign(question=asked)
    other = folder / "segments_coder2.csv"
    second = pd.read_csv(other, keep_default_na=False) if other.is_file() else None
    segments = read_segments(rows)
    return Coded(
        folder.name,
        segments,
        read_codings(rows, segments, book),
        book,
        rows[names].to_numpy().astype(bool),
        None if second is None else second[names].to_numpy().astype(bool),
    )


def few(coded: Coded, n: int | None) -> Coded:
    """Return a part of a set: n texts, evenly spread over it."""
    if n is None or n >= len(coded.segments):
        return coded
    rows = np.linspace(0, len(coded.segments) - 1, n).astype(int)
    segments = coded.segments.iloc[rows].reset_index(drop=True)
    return replace(
        coded,
        segments=segments,
        codings=coded.codings[coded.codings["segment_id"].isin(segments["segment_id"])],
        truth=coded.truth[rows],
        second=None if coded.second is None else coded.second[rows],
    )


def found_by(codings: pd.DataFrame, coded: Coded) -> np.ndarray:
    """Turn codings, whatever their status, into a row a text and a column a theme."""
    found = np.zeros(coded.truth.shape, dtype=bool)
    at = pd.Index(coded.segments["segment_id"]).get_indexer(codings["segment_id"])
    names = pd.Index([theme.id for theme in coded.book])
    found[at, names.get_indexer(codings["theme"])] = True
    return found


def by_name(coded: Coded) -> np.ndarray:
    """Find the words of the theme's name."""
    texts = coded.segments["text"].str.lower()
    found = []
    for theme in coded.book:
        words = [
            word for word in re.findall(r"\w+", theme.name.lower()) if len(word) > 3
        ]
        pattern = "|".join(rf"\b{re.escape(word)}" for word in words) or r"(?!)"
        found.append(texts.str.contains(pattern, regex=True))
    return np.column_stack(found)


def by_definition(coded: Coded) -> np.ndarray:
    """Take the themes whose definition is nearest; the cut-off is the best one."""
    meanings = [f"{theme.name}. {theme.definition}" for theme in coded.book]
    texts = coded.segments["text"].tolist()
    words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, stop_words="english")
    rows = words.fit_transform([*texts, *meanings])
    alike = (rows[: len(texts)] @ rows[len(texts) :].T).toarray()
    cuts = np.quantile(alike[alike > 0], np.linspace(0.05, 0.95, 30))
    return max(
        (alike >= cut for cut in cuts), key=lambda found: micro(coded.truth, found)
    )


def by_codebook(
    coded: Coded, statuses: tuple[str, ...], embedder: str | None
) -> np.ndarray:
    """Code by the codebook alone."""
    codings = ei.code(coded.segments, coded.book, embedder=embedder)
    return found_by(codings[codings["status"].isin(statuses)], coded)


def by_model(coded: Coded, address: str, model: str | None) -> np.ndarray:
    """Ask a language model on this machine, and say what it did not answer."""
    coder = ei.language_model(address, model=model, seconds=600, n_jobs=1)
    heard = coder.by(coded.book).heard(coded.segments)
    print(heard.facts, flush=True)
    return found_by(heard.codings, coded)


def by_learned(coded: Coded, n_labels: int | None, embedder: str | None) -> np.ndarray:
    """Learn from people's codings of other documents, n of them or all."""
    found = np.zeros(coded.truth.shape, dtype=bool)
    for fold, (seen, unseen) in enumerate(coded.folds()):
        drawn = draw(seen, n_labels, fold)
        ids = coded.segments["segment_id"].iloc[drawn]
        given = coded.codings[coded.codings["segment_id"].isin(ids)]
        coder = ei.fit_coder(
            coded.segments, given, coded.book, embedder=embedder, n_resamples=2
        )
        codings = coder(coded.segments.iloc[unseen].reset_index(drop=True))
        found |= found_by(codings, coded)
    return found


def by_words(coded: Coded, n_labels: int | None) -> np.ndarray:
    """Learn TF-IDF + logistic regression, the marks' method."""
    found = np.zeros(coded.truth.shape, dtype=bool)
    texts = coded.segments["text"].to_numpy()
    for fold, (seen, unseen) in enumerate(coded.folds()):
        drawn = draw(seen, n_labels, fold)
        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=1)
        rows = words.fit_transform(texts[drawn])
        has = np.flatnonzero(coded.truth[drawn].any(0) & ~coded.truth[drawn].all(0))
        model = OneVsRestClassifier(
            LogisticRegression(C=10, class_weight="balanced", solver="liblinear")
        ).fit(rows, coded.truth[np.ix_(drawn, has)].astype(int))
        said = model.predict(words.transform(texts[unseen])).reshape(len(unseen), -1)
        found[np.ix_(unseen, has)] = said.astype(bool)
    return found


def draw(seen: np.ndarray, n_labels: int | None, fold: int) -> np.ndarray:
    """Draw what is labelled."""
    if n_labels is None or n_labels >= len(seen):
        return seen
    return np.sort(np.random.default_rng(fold).permutation(seen)[:n_labels])


def cells(truth: np.ndarray, found: np.ndarray, documents: np.ndarray) -> np.ndarray:
    """Count right, wrong, missed and rightly left: by document, theme."""
    _, row = np.unique(documents, return_inverse=True)
    kinds = (truth & found, ~truth & found, truth & ~found, ~truth & ~found)
    counts = np.zeros((row.max() + 1, truth.shape[1], 4))
    for n, kind in enumerate(kinds):
        np.add.at(counts[:, :, n], row, kind)
    return counts


def measures(counts: np.ndarray) -> dict[str, float]:
    """Return micro F1, macro F1 and macro kappa of counts by theme."""
    right, wrong, missed, left = counts.T
    n = counts.sum(axis=1)
    chance = (
        (right + wrong) * (right + missed) + (missed + left) * (wrong + left)
    ) / n**2
    kappa = ((right + left) / n - chance) / np.maximum(1 - chance, 1e-12)
    f1 = 2 * right / np.maximum(2 * right + wrong + missed, 1)
    pooled = 2 * right.sum() / max((2 * right + wrong + missed).sum(), 1)
    return {"micro": pooled, "macro": f1.mean(), "kappa": kappa.mean()}


def micro(truth: np.ndarray, found: np.ndarray) -> float:
    """Return micro F1."""
    return float(2 * (truth & found).sum() / max(truth.sum() + found.sum(), 1))


def row_of(
    coded: Coded, found: np.ndarray, n_resamples: int = 300
) -> dict[str, object]:
    """Score what was found, with intervals over documents."""
    by_document = cells(coded.truth, found, coded.documents)
    random = np.random.default_rng(0)
    n = len(by_document)
    resampled = pd.DataFrame(
        measures(by_document[random.integers(n, size=n)].sum(axis=0))
        for _ in range(n_resamples)
    )
    low, high = resampled.quantile(0.025), resampled.quantile(0.975)
    right = (coded.truth & found).sum()
    return {
        **{
            name: f"{value:.3f} ({low[name]:.2f}-{high[name]:.2f})"
            for name, value in measures(by_document.sum(axis=0)).items()
        },
        "precision": f"{right / max(found.sum(), 1):.2f}",
        "recall": f"{right / coded.truth.sum():.2f}",
    }


def measure(
    coded: Coded,
    chosen: str,
    embedder: str | None = None,
    coder: tuple[str, str | None] | None = None,
) -> list[dict[str, object]]:
    """Measure one set."""
    both = ("auto", "suggested")
    methods: dict[str, Callable[[], np.ndarray]] = {
        "name as keyword": lambda: by_name(coded),
        "TF-IDF to definition": lambda: by_definition(coded),
        "ours: codebook, auto": lambda: by_codebook(coded, ("auto",), embedder),
        "ours: codebook": lambda: by_codebook(coded, both, embedder),
        "ours: 50 labels": lambda: by_learned(coded, 50, embedder),
        "TF-IDF + LR: 50 labels": lambda: by_words(coded, 50),
        "ours: 200 labels": lambda: by_learned(coded, 200, embedder),
        "TF-IDF + LR: 200 labels": lambda: by_words(coded, 200),
        "ours: all labels": lambda: by_learned(coded, None, embedder),
        "TF-IDF + LR: all labels": lambda: by_words(coded, None),
    }
    if coder is not None:
        methods["language model"] = lambda: by_model(coded, *coder)
    if coded.second is not None:
        second = coded.second
        methods["second person"] = lambda: second
    table = []
    for method, run in methods.items():
        if chosen not in method:
            continue
        begun = time.perf_counter()
        found = run()
        seconds = round(time.perf_counter() - begun, 1)
        scores = row_of(coded, found)
        table.append(
            {"set": coded.name, "method": method, **scores, "seconds": seconds}
        )
        print(*table[-1].values(), sep="  ", flush=True)
    return table


def main() -> None:
    """Print the table and write it as JSON."""
    beside = Path(__file__).parents[2] / "shared" / "data" / "coded"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=beside)
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument(
        "--method", default="", help="only methods with this in their name"
    )
    parser.add_argument(
        "--embedder",
        help="static, or the folder of a sentence-transformer (model.onnx, tokenizer.json)",
    )
    parser.add_argument("--coder", help="the address of a language model, to ask too")
    parser.add_argument("--model", help="which model of that address")
    parser.add_argument("--texts", type=int, help="so many of each set, evenly spread")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    table = [
        row
        for name in options.sets
        for row in measure(
            few(read_set(options.data / name), options.texts),
            options.method,
            options.embedder,
            (options.coder, options.model) if options.coder else None,
        )
    ]
    print(pd.DataFrame(table).to_string(index=False))
    if options.out:
        options.out.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
