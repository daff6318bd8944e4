"""Compare topics with what people sorted the same texts into.

Every row counts: a text in no topic (-1) is a group of its own, which is wrong wherever
it had company. V-measure and NMI (arithmetic) are the same number; on few texts of many
classes it flatters many small groups, so the adjusted ARI and AMI stand beside it.

Small samples draw the classes first: n texts of 2 to n / 4 classes, as in a round of
interviews; whole-set samples draw texts of all classes. Of committee meetings (qmsum)
each is a sample of its own: turns, and which agenda topic each belongs to.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.text.embedders import StaticEmbedder
from empathy_insights.topics import _clusters as clusters
from empathy_insights.topics import fit_topics
from empathy_insights.topics._plan import fewest_for
from empathy_insights.topics._words import BERTOPIC

sys.path.append(str(BERTOPIC))

Method = Callable[[Sequence[str], int], np.ndarray]

SMALL = (5, 10, 20, 40, 80, 160, 320)


def ours(texts: Sequence[str], n_true: int) -> np.ndarray:  # noqa: ARG001
    """Return the topics of `fit_topics`, as it comes."""
    ids = [f"t{position:06d}" for position in range(len(texts))]
    segments = pd.DataFrame(
        {
            "segment_id": ids,
            "utterance_id": ids,
            "start": 0,
            "end": [len(text) for text in texts],
            "text": list(texts),
        }
    )
    return np.asarray(fit_topics(segments).assignments["topic"], dtype=np.int64)


def ours_with_best_silhouette(texts: Sequence[str], n_true: int) -> np.ndarray:  # noqa: ARG001
    """Take the best silhouette instead of the fewest topics at 90 % of it."""
    return _with_good_enough(texts, 1.0)


def ours_with_80_percent(texts: Sequence[str], n_true: int) -> np.ndarray:  # noqa: ARG001
    """Take the fewest topics at 80 % of the best silhouette."""
    return _with_good_enough(texts, 0.8)


def ours_with_square_root(texts: Sequence[str], n_true: int) -> np.ndarray:  # noqa: ARG001
    """Ask for sqrt(n / 2) topics."""
    return _directions(texts, max(2, round(float(np.sqrt(len(texts) / 2)))))


def average_with_threshold(texts: Sequence[str], n_true: int) -> np.ndarray:  # noqa: ARG001
    """Cut the average-linkage tree at cosine distance .5."""
    from sklearn.cluster import AgglomerativeClustering

    cut = AgglomerativeClustering(
        n_clusters=None, distance_threshold=0.5, metric="cosine", linkage="average"
    )
    return np.asarray(cut.fit_predict(_vectors(texts)))


def kmeans_with_calinski_harabasz(texts: Sequence[str], n_true: int) -> np.ndarray:  # noqa: ARG001
    """Run k-means with the k of the best Calinski-Harabasz index."""
    from sklearn.cluster import KMeans
    from sklearn.metrics import calinski_harabasz_score

    vectors = _vectors(texts)
    found = [
        KMeans(k, n_init=3, random_state=0).fit_predict(vectors)
        for k in clusters.numbers_to_try(len(texts))
    ]
    return max(found, key=lambda labels: calinski_harabasz_score(vectors, labels))


def bertopic_small_hdbscan(texts: Sequence[str], n_true: int) -> np.ndarray:  # noqa: ARG001
    """Run BERTopic with HDBSCAN as its maintainer advises for few texts."""
    from sklearn.cluster import HDBSCAN

    size = max(2, len(texts) // 10)
    return _bertopic(texts, HDBSCAN(min_cluster_size=size, min_samples=1, copy=True))


def bertopic_kmeans(texts: Sequence[str], n_true: int) -> np.ndarray:  # noqa: ARG001
    """Run BERTopic with k-means and sqrt(n / 2) clusters."""
    from sklearn.cluster import KMeans

    k = max(2, round(float(np.sqrt(len(texts) / 2))))
    return _bertopic(texts, KMeans(k, n_init=3, random_state=0))


def bertopic_agglomerative(texts: Sequence[str], n_true: int) -> np.ndarray:  # noqa: ARG001
    """Run BERTopic with Ward's clustering and sqrt(n / 2) clusters."""
    from sklearn.cluster import AgglomerativeClustering

    k = max(2, round(float(np.sqrt(len(texts) / 2))))
    return _bertopic(texts, AgglomerativeClustering(k))


def _bertopic(texts: Sequence[str], clusterer: object) -> np.ndarray:
    from bertopic import BERTopic

    model = BERTopic(hdbscan_model=clusterer)
    labels, _ = model.fit_transform(list(texts), embeddings=_vectors(texts))
    return np.asarray(labels)


def bertopic_pca_hdbscan(texts: Sequence[str], n_true: int) -> np.ndarray:  # noqa: ARG001
    """Run BERTopic as it comes without UMAP, on the same embeddings."""
    from bertopic import BERTopic

    labels, _ = BERTopic().fit_transform(list(texts), embeddings=_vectors(texts))
    return np.asarray(labels)


def tfidf_kmeans_true_k(texts: Sequence[str], n_true: int) -> np.ndarray:
    """Run TF-IDF, SVD and k-means with the true number of classes."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    weighted = TfidfVectorizer(sublinear_tf=True).fit_transform(texts)
    n_columns = max(1, min(100, len(texts) - 1, weighted.shape[1] - 1))
    reduced = TruncatedSVD(n_columns, random_state=0).fit_transform(weighted)
    k = min(n_true, len(texts))
    return np.asarray(
        KMeans(k, n_init=3, random_state=0).fit_predict(normalize(reduced))
    )


METHODS: dict[str, Method] = {
    "ours": ours,
    "ours, best silhouette": ours_with_best_silhouette,
    "ours, 80 % of it": ours_with_80_percent,
    "ours, sqrt(n/2)": ours_with_square_root,
    "average linkage, threshold": average_with_threshold,
    "k-means, Calinski-Harabasz": kmeans_with_calinski_harabasz,
    "BERTopic, PCA5 + HDBSCAN": bertopic_pca_hdbscan,
    "BERTopic, HDBSCAN n // 10": bertopic_small_hdbscan,
    "BERTopic, k-means sqrt(n/2)": bertopic_kmeans,
    "BERTopic, Ward sqrt(n/2)": bertopic_agglomerative,
    "TF-IDF + SVD + k-means, true k": tfidf_kmeans_true_k,
}


SHUFFLED = ("ours", "BERTopic, PCA5 + HDBSCAN", "TF-IDF + SVD + k-means, true k")
"""The methods whose answer to another order of rows is measured."""


def _directions(texts: Sequence[str], n_topics: int | None = None) -> np.ndarray:
    """Return our groups before the strength rule, without refits and names."""
    min_size = 1 if n_topics else fewest_for(len(texts))
    return clusters.DirectionClusters(n_topics, min_size, 0)(_vectors(texts)).labels


def _with_good_enough(texts: Sequence[str], share: float) -> np.ndarray:
    before = clusters.GOOD_ENOUGH
    clusters.GOOD_ENOUGH = share
    try:
        return _directions(texts)
    finally:
        clusters.GOOD_ENOUGH = before


def _vectors(texts: Sequence[str]) -> np.ndarray:
    return StaticEmbedder()([" ".join(text.casefold().split()) for text in texts])


def drawn(
    texts: pd.DataFrame, n: int, *, seed: int, classes_first: bool
) -> pd.DataFrame:
    """Draw n texts, from a few classes or from all."""
    if classes_first:
        chance = np.random.default_rng(seed)
        names = sorted(texts["topic"].unique())
        most = min(max(3, n // 4), 60, len(names))
        n_classes = int(np.exp(chance.uniform(np.log(2), np.log(most + 1))))
        chosen = chance.choice(names, n_classes, replace=False)
        texts = texts[texts["topic"].isin(chosen)]
    return texts.sample(min(n, len(texts)), random_state=seed)


def scores(sample: pd.DataFrame, method: Method, *, shuffles: int) -> dict[str, float]:
    """Run a method, again on shuffled rows, and score it against people."""
    from sklearn.metrics import (
        adjusted_mutual_info_score,
        adjusted_rand_score,
        v_measure_score,
    )

    begun = time.perf_counter()
    labels = method(sample["text"].tolist(), sample["topic"].nunique())
    seconds = time.perf_counter() - begun
    alone = _alone(labels)
    return {
        "v": v_measure_score(sample["topic"], alone),
        "ari": adjusted_rand_score(sample["topic"], alone),
        "ami": adjusted_mutual_info_score(sample["topic"], alone),
        "outside": float((labels < 0).mean()),
        "topics": len(set(labels.tolist()) - {-1}),
        "true": sample["topic"].nunique(),
        "order_ari": min(
            (_order_ari(sample, labels, method, seed) for seed in range(shuffles)),
            default=float("nan"),
        ),
        "seconds": seconds,
    }


def _alone(labels: np.ndarray) -> np.ndarray:
    """Make every -1 a group of its own."""
    return np.where(labels < 0, -1 - np.arange(len(labels)), labels)


def _order_ari(
    sample: pd.DataFrame, labels: np.ndarray, method: Method, seed: int
) -> float:
    from sklearn.metrics import adjusted_rand_score

    order = np.random.default_rng(seed).permutation(len(sample))
    shuffled = sample.iloc[order]
    again = method(shuffled["text"].tolist(), sample["topic"].nunique())
    return float(adjusted_rand_score(_alone(labels)[order], _alone(again)))


def _sets(folder: Path) -> dict[str, pd.DataFrame]:
    """Read the sets; with the coded ones beside them, patients' feedback of one theme."""
    found = {
        path.stem: pd.read_csv(path, keep_default_na=False)[["text", "topic"]]
        for path in sorted(folder.glob("*.csv"))
    }
    feedback = folder.parent / "coded" / "nhs_fft" / "segments.csv"
    if feedback.exists():
        rows = pd.read_csv(feedback, keep_default_na=False).drop(
            columns=["doc_id", "segment_id", "speaker", "labelling_not_possible"]
        )
        marks = rows.drop(columns=["text", "not_assigned"])
        single = marks.sum(axis=1) == 1
        found["nhs_fft"] = pd.DataFrame(
            {"text": rows.loc[single, "text"], "topic": marks[single].idxmax(axis=1)}
        )
    return {name: texts.drop_duplicates("text") for name, texts in found.items()}


def _runs(full: bool) -> list[tuple[int, int, bool]]:  # noqa: FBT001
    """Return (n, seed, classes first) of every sample."""
    small = [(n, seed, True) for n in SMALL for seed in range(4 if n <= 80 else 2)]
    return [*small, (1_000_000 if full else 3_000, 0, False)]


def _meetings(folder: Path) -> list[pd.DataFrame]:
    """Return the turns of each committee meeting that belong to one agenda topic."""
    path = folder / "qmsum_committees" / "segments.csv"
    if not path.exists():
        return []
    turns = pd.read_csv(path, keep_default_na=False).rename(
        columns={"topic_ids": "topic"}
    )
    one = (turns["topic"] != "") & ~turns["topic"].str.contains("|", regex=False)
    kept = turns[one & (turns["text"] != "")]
    return [meeting[["text", "topic"]] for _, meeting in kept.groupby("doc_id")]


def _samples(folder: Path, *, full: bool) -> Iterator[tuple[str, int, pd.DataFrame]]:
    """Yield every sample with its set and size; a meeting has the size 0."""
    for name, texts in _sets(folder).items():
        for n, seed, classes_first in _runs(full):
            yield name, n, drawn(texts, n, seed=seed, classes_first=classes_first)
    for meeting in _meetings(folder):
        yield "qmsum_committees", 0, meeting


def measured(folder: Path, *, full: bool) -> pd.DataFrame:
    """Return a row a set, sample and method; a method that fails says why."""
    rows: list[dict[str, object]] = []
    for name, n, sample in _samples(folder, full=full):
        for method, run in METHODS.items():
            about = {"set": name, "n": n, "rows": len(sample), "method": method}
            if full and len(sample) > 6_000 and method.startswith("average"):
                continue  # it needs the square of the rows in memory
            shuffles = 2 if method in SHUFFLED else 0
            try:
                found = scores(sample, run, shuffles=shuffles)
            except Exception as error:  # noqa: BLE001 - what fails is a result
                rows.append({**about, "failed": type(error).__name__})
            else:
                rows.append({**about, **found, "failed": ""})
    return pd.DataFrame(rows)


def main() -> None:
    """Print a table a set and a summary; write every run as JSON."""
    beside = Path(__file__).resolve().parents[2] / "shared" / "data" / "topics"
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=beside)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--full", action="store_true", help="all rows, not 3,000")
    options = parser.parse_args()

    warnings.simplefilter("ignore")
    StaticEmbedder()(["load it before the clock runs"])
    runs = measured(options.data, full=options.full)
    wanted = ["v", "ari", "ami", "outside", "topics", "true", "order_ari", "seconds"]
    runs["runs_failed"] = (runs["failed"] != "").astype(float)
    by = runs.groupby(["set", "n", "method"], sort=False)[
        [*wanted, "runs_failed"]
    ].mean()
    print(by.round(3).to_string())
    small = runs.assign(size=np.where(runs["n"] <= 80, "5-80", "160-320"))
    small.loc[runs["n"] > 320, "size"] = "all classes"
    small.loc[runs["n"] == 0, "size"] = "meetings"
    print(small.groupby(["size", "method"], sort=False)[[*wanted, "runs_failed"]].mean().round(3).to_string())  # fmt: skip
    if options.out:
        options.out.write_text(json.dumps(runs.to_dict(orient="records"), indent=1))


if __name__ == "__main__":
    main()
