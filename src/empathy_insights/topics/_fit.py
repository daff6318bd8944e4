"""Find what people talk about: any number of answers, any order, the same topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.text.embedders import Embedder, embedder_of
from empathy_insights.topics._answers import Answers, arrange, fold, unit
from empathy_insights.topics._clusters import centroids_of
from empathy_insights.topics._fitted import Topics, assignments_of, embedded
from empathy_insights.topics._plan import (
    REASSIGN_BELOW,
    Clusterer,
    Reassign,
    TopicPlan,
    check_options,
    plan_for,
)
from empathy_insights.topics._settle import (
    SHARE,
    Agreement,
    Settled,
    agreement_with_refits,
    refits_for,
    settle,
    why_no_refits,
)
from empathy_insights.topics._topic_tables import (
    exemplars_table,
    stability_table,
    terms_table,
)
from empathy_insights.topics._words import bertopic_version, topic_terms
from empathy_insights.workers import one_thread

# Guide topics by a codebook, as BERTopic's guided topic modelling does.
#
# An answer that is closer to a theme than to the average answer moves a quarter of the way
# towards the theme before answers are grouped. Nothing is forced: a theme that nobody
# talks about gets no topic, and what no theme covers still finds its own.


PULL = 0.25
"""How far an answer moves; BERTopic's own share."""


@dataclass(frozen=True)
class Guided:
    """Hold vectors to group.

    Parameters
    ----------
    vectors
        A row a text.
    note
        Whom the seeds moved; nothing without a codebook.
    """

    vectors: np.ndarray
    note: str | None = None


def guide(vectors: np.ndarray, codebook: Codebook | None, embedder: Embedder) -> Guided:
    """Move vectors towards the theme that they are closest to, if they are close."""
    if codebook is None:
        return Guided(vectors)
    seeds = _seeds(codebook, embedder)
    if not len(vectors) or not len(seeds):
        return Guided(
            vectors, f"{_called(codebook)}: no text to be guided, or to guide by"
        )
    average = unit(vectors.mean(axis=0, keepdims=True))
    closest = (vectors @ np.vstack([seeds, average]).T).argmax(axis=1)
    moved = closest < len(seeds)
    target = seeds[np.where(moved, closest, 0)]
    guided = np.where(moved[:, None], (1 - PULL) * vectors + PULL * target, vectors)
    themes = len(np.unique(closest[moved]))
    return Guided(
        unit(guided),
        f"{_called(codebook)}: {int(moved.sum())} of {len(vectors)} answers drawn to "
        f"{themes} of {len(seeds)} themes",
    )


def _called(codebook: Codebook) -> str:
    return f"{codebook.id} {codebook.version}"


def _seeds(codebook: Codebook, embedder: Embedder) -> np.ndarray:
    """Return the direction of each theme: its texts and its sub-themes', together."""
    pairs = [
        (number, text)
        for number, theme in enumerate(codebook.main_themes)
        for member in (theme, *codebook.sub_themes(theme.id))
        for text in _texts(member)
    ]
    if not pairs:
        return np.zeros((0, 0))
    numbers, texts = zip(*pairs, strict=True)
    told = unit(np.nan_to_num(np.asarray(embedder(list(texts)), dtype=np.float64)))
    return centroids_of(told, np.array(numbers))


def _texts(theme: Theme) -> list[str]:
    told = (theme.name, theme.brief, theme.definition)
    shown = tuple(example.text for example in theme.examples)
    return [folded for text in (*told, *shown) if (folded := fold(text))]


@public
def fit_topics(
    segments: pd.DataFrame,
    *,
    embedder: Embedder | str | Path | None = None,
    n_topics: int | None = None,
    min_size: int | None = None,
    clusterer: Clusterer | None = None,
    seed_themes: Codebook | None = None,
    reassign: Reassign = "auto",
    random_state: int = 0,
) -> Topics:
    """Group what people say into topics, and name each by its words.

    The order of rows is irrelevant: the same answers give the same topics. Repeated
    answers are fitted once and answers that say nothing ("I don't know") not at all.

    Parameters
    ----------
    segments
        A segments table; `document_id` and `participant_id` are counted where it has
        them. Without a `document_id` the utterance's id tells the document.
    embedder
        Turns texts (lower case, single spaces) into vectors, or the folder of a
        sentence-transformer that does; all-MiniLM-L6-v2 when not given, offline.
    n_topics
        How many topics to look for; by default as many as the answers bear.
    min_size
        The fewest different answers of a topic; by default 1 to 10, by their number.
    clusterer
        Any scikit-learn clusterer, used instead of ours; it is copied.
    seed_themes
        A codebook that guides: answers close to one of its themes move towards it
        before they are grouped. Themes that nobody talks about get no topic.
    reassign
        `nearest` puts answers that belong to no topic by themselves with the nearest
        one, if it is not too far, and marks them; they name no topic and are not among
        the `exemplars`. None leaves them in -1. `auto` is `nearest` below 2,000 segments.
    random_state
        Seeds what is drawn: samples of many answers, and the refits.

    Returns
    -------
    Topics
        `assignments`, `terms`, `exemplars`, `stability` and `settings`.

    Raises
    ------
    TableError
        The table is not a segments table.
    TypeError
        `seed_themes` is no codebook.
    ValueError
        `n_topics` or `min_size` is below 1, `n_topics` comes with a `clusterer`, or
        `reassign` is none of its values.

    See Also
    --------
    crosswalk : Topics beside the themes of a codebook.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> segments = pd.DataFrame(
    ...     {
    ...         "segment_id": ["ana:0001.01", "ben:0001.01"],
    ...         "utterance_id": ["ana:0001", "ben:0001"],
    ...         "start": [0, 0],
    ...         "end": [15, 12],
    ...         "text": ["The bus is late", "My bus is late"],
    ...         "participant_id": ["ana", "ben"],
    ...     }
    ... )
    >>> ei.fit_topics(segments).to_frame()[["topic", "name", "people", "of"]]
       topic      name  people  of
    0      0  bus late       2   2
    """
    check_options(n_topics, clusterer, reassign)
    answers = arrange(segments)
    embed = embedder_of(embedder)
    is_small = len(answers.rows) < REASSIGN_BELOW
    plan = plan_for(
        len(answers.texts), n_topics, min_size, clusterer, random_state,
        reassigns=reassign == "nearest" or (reassign == "auto" and is_small),
    )  # fmt: skip
    with one_thread():
        return _fitted(answers, embed, plan, seed_themes)


def _fitted(
    answers: Answers, embedder: Embedder, plan: TopicPlan, codebook: Codebook | None
) -> Topics:
    vectors = unit(embedded(answers.texts, embedder))
    guided = guide(vectors, codebook, embedder)
    settled = settle(answers, vectors, guided.vectors, plan)
    placed, own = settled.placed, settled.placed.own
    terms = _terms(answers, vectors, own)
    agreement, measured = _measured(guided.vectors, settled, plan)
    assignments = assignments_of(answers, placed)
    return Topics(
        assignments=assignments,
        terms=terms_table(answers, placed.topic, terms),
        exemplars=exemplars_table(answers, own, placed.strength),
        stability=stability_table(answers, placed.topic, terms, agreement.jaccard),
        settings={
            **_counted(answers, assignments),
            **_described(embedder, vectors, plan, settled),
            "seed_themes": guided.note,
            "stability": measured,
            "stability_overall": None
            if np.isnan(agreement.ari)
            else round(agreement.ari, 3),
        },
        embedder=embedder,
        space=settled.space,
    )


def _measured(
    vectors: np.ndarray, settled: Settled, plan: TopicPlan
) -> tuple[Agreement, str]:
    """Return the agreement with refits, and what was refitted."""
    n_refits = refits_for(len(vectors))
    unknown = Agreement(np.full(len(settled.space.centroids), np.nan), np.nan)
    if not n_refits:
        return unknown, f"not measured: {why_no_refits(len(vectors))}"
    try:
        agreement = agreement_with_refits(
            settled.placed.own,
            lambda seen: plan.again(vectors[seen], settled.asked),
            n_refits=n_refits,
            random_state=plan.random_state,
        )
    except ValueError:
        if plan.places_nearest:
            raise
        why = "the given clusterer cannot be fitted on part of the answers"
        return unknown, f"not measured: {why}"
    share = f"{n_refits} refits on {SHARE:.0%} of the answers"
    return (
        agreement,
        f"{share}, cut into as many groups" if plan.places_nearest else share,
    )


def _terms(
    answers: Answers, vectors: np.ndarray, labels: np.ndarray
) -> Mapping[int, Sequence[tuple[str, float]]]:
    return topic_terms(answers.texts, vectors, labels) if (labels >= 0).any() else {}


def _counted(answers: Answers, assignments: pd.DataFrame) -> dict[str, object]:
    n = len(assignments)
    outside = int((assignments["topic"] < 0).sum())
    weak = outside - answers.n_contentless
    return {
        "segments": n,
        "fitted": len(answers.texts),
        "duplicates": answers.n_duplicates,
        "contentless": answers.n_contentless,
        "people": int(answers.rows["participant_id"].nunique()),
        "documents": int(answers.rows["document_id"].nunique()),
        "outside": outside,
        "outside_share": round(outside / max(n, 1), 4),
        "reassigned": int(assignments["reassigned"].sum()),
        "weak": weak,
        "weak_share": round(weak / max(n - answers.n_contentless, 1), 4),
    }


def _described(
    embedder: Embedder,
    vectors: np.ndarray,
    plan: TopicPlan,
    settled: Settled,
) -> dict[str, object]:
    return {
        "embedder": embedder.name,
        "reduction": plan.reduce.described(vectors),
        "clusterer": plan.cluster.described(len(vectors)),
        "n_topics": len(settled.space.centroids),
        "n_topics_why": settled.why,
        "min_size": plan.cluster.min_size,
        "floor": settled.space.floor,
        "reassign": "nearest" if plan.reassigns else None,
        "reassign_floor": plan.reassign_floor,
        "outside_rule": plan.outside_rule,
        "random_state": plan.random_state,
        "bertopic": bertopic_version(),
    }
