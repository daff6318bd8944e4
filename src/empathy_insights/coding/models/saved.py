"""A learned coder as one file: JSON, YAML and plain arrays, never pickled code."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import fields
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from empathy_insights.codebook import Codebook
from empathy_insights.codebook_yaml import parse_codebook, yaml_of
from empathy_insights.coding.models.boundaries import Calibration, Cutoffs
from empathy_insights.coding.models.features import (
    Features,
    Terms,
    Vocabulary,
)
from empathy_insights.coding.models.from_examples import CodebookModel
from empathy_insights.coding.models.lexical import LexicalCoder
from empathy_insights.coding.models.pairs import PairModel
from empathy_insights.coding.models.study_features import (
    VIEWS,
    StudyFeatures,
    Views,
    Weights,
)
from empathy_insights.errors import TableError
from empathy_insights.files.output import save_members
from empathy_insights.text.embedders import Embedder

if TYPE_CHECKING:
    from empathy_insights.coding.models.learned import LearnedCoder


_FORMAT = 2
_SAMPLE = ["The Wi-Fi drops whenever it rains.", "she asks what we think"]
_CLOSE = 1e-4

Parts = tuple[
    Codebook, StudyFeatures, Views, PairModel, Mapping[str, Calibration], pd.DataFrame
]


def save_coder(coder: LearnedCoder, path: Path) -> Path:
    """Write a coder; an older file stays until the new one is whole."""
    about: dict[str, Any] = {
        "format": _FORMAT,
        "empathy_insights": metadata.version("empathy-insights"),
        "embedder": coder.features.text.embedder.name,
        "vocabularies": {},
        "themes": {name: _about(item) for name, item in coder.calibrations.items()},
        "codebook_model": None,
    }
    arrays = {
        "sample": coder.features.text.embedder(_SAMPLE),
        "usual": coder.features.usual,
        **_arrays_of(coder.views, coder.pairs),
    }
    vocabularies = {
        "text": coder.features.text.vocabulary,
        "questions": coder.features.questions,
        "before": coder.features.before,
    }
    model = coder.features.model
    if model is not None:
        vocabularies["codebook"] = model.features.vocabulary
        arrays |= {"codebook": model.weights, "intercepts": model.intercepts}
        about["codebook_model"] = {
            "themes": model.themes,
            "is_multilabel": model.is_multilabel,
        }
    for name, vocabulary in vocabularies.items():
        about["vocabularies"][name] = vocabulary.n_words
        for kind in ("words", "letters"):
            terms: Terms = getattr(vocabulary, kind)
            arrays[f"{name}/{kind}"] = np.array(terms.terms, dtype=str)
            arrays[f"{name}/{kind}/rarity"] = terms.rarity
    _write(path, coder, about, arrays)
    return path


def _about(calibration: Calibration) -> dict[str, float]:
    return {
        "slope": calibration.slope,
        "offset": calibration.offset,
        "suggested": calibration.boundary.suggested,
        "auto": calibration.boundary.auto,
    }


def _arrays_of(views: Views, pairs: PairModel) -> dict[str, np.ndarray]:
    arrays = {f"pairs/{name}": array for name, array in vars(pairs).items()}
    for view in VIEWS:
        weights: Weights = getattr(views, view)
        arrays[f"{view}/bias"] = weights.bias
        for block, array in weights.blocks.items():
            arrays[f"{view}/{block}"] = array
    return arrays


def _write(
    path: Path,
    coder: LearnedCoder,
    about: dict[str, Any],
    arrays: Mapping[str, np.ndarray],
) -> None:
    packed = io.BytesIO()
    # Numbers and texts, no pickle: numpy before 2.2 would keep the option that says so.
    np.savez_compressed(packed, **dict(arrays))  # type: ignore[arg-type]
    unfinished = path.with_name(f"{path.name}.part")
    members = {
        "about.json": json.dumps(about).encode(),
        "codebook.yaml": yaml_of(coder.codebook).encode(),
        "scores.json": coder.scores.to_json(orient="split").encode(),
        "arrays.npz": packed.getvalue(),
    }
    save_members(members, unfinished)
    unfinished.replace(path)


def load_parts(path: Path, embedder: Embedder) -> Parts:
    """Read what a coder is made of, and check that it can be used here."""
    try:
        with zipfile.ZipFile(path) as archive:
            about = json.loads(archive.read("about.json"))
            yaml = archive.read("codebook.yaml").decode()
            scores = io.StringIO(archive.read("scores.json").decode())
            packed = io.BytesIO(archive.read("arrays.npz"))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise TableError(
            "this is no saved coder; give the file that `save` wrote", path=path
        ) from error
    if about.get("format") != _FORMAT:
        raise TableError(
            f"the coder was saved by empathy_insights {about.get('empathy_insights')} "
            "in a format that this version cannot read; fit it again",
            path=path,
        )
    arrays = dict(np.load(packed, allow_pickle=False))
    _check_embedder(path, about, arrays, embedder)
    book = parse_codebook(yaml, path)
    return (
        book,
        _features(about, arrays, book, embedder),
        _views(arrays),
        PairModel(
            **{field.name: arrays[f"pairs/{field.name}"] for field in fields(PairModel)}
        ),
        _calibrations(about),
        pd.read_json(scores, orient="split"),
    )


def _check_embedder(
    path: Path,
    about: Mapping[str, Any],
    arrays: Mapping[str, np.ndarray],
    embedder: Embedder,
) -> None:
    vectors = embedder(_SAMPLE)
    sample = arrays["sample"]
    if vectors.shape != sample.shape or not np.allclose(vectors, sample, atol=_CLOSE):
        raise TableError(
            f"the coder was fitted with the embedder {about['embedder']!r}, and "
            f"{embedder.name!r} gives other vectors; load it with `embedder=…`",
            path=path,
        )


def _features(
    about: Mapping[str, Any],
    arrays: Mapping[str, np.ndarray],
    codebook: Codebook,
    embedder: Embedder,
) -> StudyFeatures:
    vocabularies = {
        name: Vocabulary(
            _terms(arrays, f"{name}/words"), _terms(arrays, f"{name}/letters"), n_words
        )
        for name, n_words in about["vocabularies"].items()
    }
    said = about["codebook_model"]
    model = None
    if said is not None:
        model = CodebookModel(
            tuple(said["themes"]),
            Features(vocabularies["codebook"], embedder, codebook.language),
            arrays["codebook"],
            arrays["intercepts"],
            is_multilabel=said["is_multilabel"],
        )
    return StudyFeatures(
        Features(vocabularies["text"], embedder, codebook.language),
        vocabularies["questions"],
        vocabularies["before"],
        LexicalCoder(codebook),
        model,
        arrays["usual"],
    )


def _terms(arrays: Mapping[str, np.ndarray], name: str) -> Terms:
    return Terms(tuple(arrays[name].tolist()), arrays[f"{name}/rarity"])


def _views(arrays: Mapping[str, np.ndarray]) -> Views:
    return Views(
        **{
            view: Weights(
                {block: arrays[f"{view}/{block}"] for block in blocks},
                arrays[f"{view}/bias"],
            )
            for view, (blocks, _) in VIEWS.items()
        }
    )


def _calibrations(about: Mapping[str, Any]) -> dict[str, Calibration]:
    return {
        name: Calibration(
            item["slope"], item["offset"], Cutoffs(item["suggested"], item["auto"])
        )
        for name, item in about["themes"].items()
    }
