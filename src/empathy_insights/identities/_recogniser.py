"""A spaCy recogniser of names, run over many texts at once, only where a name can be.

spaCy goes through each text word by word. Outside of a name its decision hangs on the
nine words around alone: here it is taken for all words in one product of matrices, and
only near words that can be part of a name. Weights and decisions are spaCy's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np


class Entity(NamedTuple):
    """Where a name stands in a text, and what it is the name of, in spaCy's words."""

    start: int
    end: int
    label: str


_SEEN = 4  # words on each side that make a word's vector
_AROUND = 4  # words on each side of a possible name that may belong to it
_TOGETHER = 4_000  # words, so that what is multiplied stays near the processor


class _Stretch(NamedTuple):
    """Words of a text in which names are looked for; `seen` are those around, too."""

    text: int
    start: int
    stop: int
    seen: slice
    size: int  # words of the whole text


@dataclass(frozen=True, repr=False)
class Recogniser:
    """The parts of a spaCy pipeline that recognise names; see `recogniser_of`."""

    language: Any
    model: Any
    columns: tuple[Any, ...]
    labels: tuple[str, ...]
    moves: np.ndarray  # which score begins, goes on in, ends and is all of a label
    out: int

    def __call__(
        self, texts: Sequence[str], possible: Sequence[Sequence[int]]
    ) -> list[list[Entity]]:
        """Return the names in each text that hold one of the characters given."""
        rows = [
            self._rows(text if places else "")
            for text, places in zip(texts, possible, strict=True)
        ]
        found: list[list[Entity]] = [[] for _ in texts]
        stretches = [
            one
            for at, (row, places) in enumerate(zip(rows, possible, strict=True))
            for one in _stretches(at, row, places)
        ]
        whole = self._search(rows, stretches, found)
        for at in whole:  # a name reaches out of what was looked at
            found[at].clear()
        size = {at: len(rows[at]) for at in whole}
        again = [_Stretch(at, 0, n, slice(0, n), n) for at, n in size.items()]
        self._search(rows, again, found)
        return found

    def _rows(self, text: str) -> np.ndarray:
        """Return a row a word: what its vector is made of, where it stands, is it space."""
        document = self.language.make_doc(text)
        asked = [*self.columns, "IDX", "LENGTH", "IS_SPACE"]
        return np.asarray(document.to_array(asked), dtype=np.uint64)

    def _search(
        self,
        rows: Sequence[np.ndarray],
        stretches: Sequence[_Stretch],
        found: Sequence[list[Entity]],
    ) -> list[int]:
        """Add the names in some stretches, and return the texts of which more is needed."""
        open_ones: dict[int, None] = {}
        for some in _batches(stretches):
            vectors = self._vectors(rows, some)
            spaces = np.concatenate([rows[s.text][s.start : s.stop, -1] for s in some])
            spans = self._spans(vectors, spaces > 0, some)
            for one, names in zip(some, spans, strict=True):
                if names is None:
                    open_ones[one.text] = None
                    continue
                begins, lengths = rows[one.text][:, -3], rows[one.text][:, -2]
                found[one.text].extend(
                    Entity(
                        int(begins[a]), int(begins[b] + lengths[b]), self.labels[label]
                    )
                    for a, b, label in names
                )
        return list(open_ones)

    def _vectors(
        self, rows: Sequence[np.ndarray], stretches: Sequence[_Stretch]
    ) -> np.ndarray:
        """Return the vector of each word of the stretches."""
        tok2vec, lower, _ = self.model.layers
        (embed, encode), project = tok2vec.layers[0].layers, tok2vec.layers[-1]
        seen = [rows[s.text][s.seen, : len(self.columns)] for s in stretches]
        every = np.concatenate(seen)
        mixed = every @ np.arange(1, 2 * every.shape[1], 2, dtype=np.uint64)
        _, first, which = np.unique(mixed, return_index=True, return_inverse=True)
        [words] = _through(embed.layers[1:], [every[first]])
        cuts = np.cumsum([len(one) for one in seen])[:-1]
        encoded = encode.predict(np.split(words[which], cuts))
        inner = np.concatenate(
            [
                made[s.start - s.seen.start : s.stop - s.seen.start]
                for made, s in zip(encoded, stretches, strict=True)
            ]
        )
        return np.asarray(lower.predict(project.predict(inner)))

    def _spans(
        self, vectors: np.ndarray, spaces: np.ndarray, stretches: Sequence[_Stretch]
    ) -> list[list[tuple[int, int, int]] | None]:
        """Return first and last word and label of each name, stretch by stretch.

        None stands for a stretch that a name reaches out of.
        """
        sizes = np.array([s.stop - s.start for s in stretches])
        stops = np.cumsum(sizes)
        is_last = np.zeros(len(spaces), dtype=bool)
        is_last[stops - 1] = [s.stop == s.size for s in stretches]
        begun, alone = self._opened(vectors, spaces, is_last)
        ends = self._ended(vectors, begun, is_last, stops)
        return [
            _settled(one, int(stop - size), int(stop), begun, ends, alone)
            for one, stop, size in zip(stretches, stops, sizes, strict=True)
        ]

    def _opened(
        self, vectors: np.ndarray, spaces: np.ndarray, is_last: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the label that each word begins, and that it is all of; -1 for none."""
        pad = vectors[0]
        scores = self._scores(vectors[1:, 0] + pad[1] + pad[2])
        begins, _, _, units = self.moves
        first, alone = scores[:, begins], scores[:, units]
        first[spaces | is_last] = -np.inf
        alone[spaces] = -np.inf
        order = np.argsort(np.concatenate([begins, units, [self.out]]))
        every = np.hstack([first, alone, scores[:, [self.out]]])[:, order]
        best = order[every.argmax(axis=1)]
        n = len(begins)
        return np.where(best < n, best, -1), np.where(
            (best >= n) & (best < 2 * n), best - n, -1
        )

    def _ended(
        self,
        vectors: np.ndarray,
        begun: np.ndarray,
        is_last: np.ndarray,
        stops: np.ndarray,
    ) -> np.ndarray:
        """Return where each name that begins ends; -1 where that is not seen."""
        _, insides, lasts, _ = self.moves
        ends = np.full(len(begun), -1)
        stop = np.repeat(stops, np.diff(stops, prepend=0))
        starts = np.flatnonzero(begun >= 0)
        at = starts + 1
        while True:
            is_inside = at < stop[starts]
            starts, at = starts[is_inside], at[is_inside]
            if not len(starts):
                return ends
            # Row 0 is for what is missing: a word's own row is one further.
            scores = self._scores(
                vectors[at + 1, 0] + vectors[starts + 1, 1] + vectors[at, 2]
            )
            row, label = np.arange(len(at)), begun[starts]
            done = scores[row, lasts[label]] > scores[row, insides[label]]
            done |= is_last[at]
            ends[starts[done]] = at[done]
            starts, at = starts[~done], at[~done] + 1

    def _scores(self, summed: np.ndarray) -> np.ndarray:
        _, lower, upper = self.model.layers
        hidden = (summed + lower.get_param("b")).max(axis=-1)
        return np.asarray(upper.predict(hidden))


def recogniser_of(language: Any) -> Recogniser | None:  # noqa: ANN401 - spaCy is untyped
    """Return what recognises names in a pipeline; None if it is not made as expected."""
    from thinc.api import NumpyOps

    ner = language.get_pipe("ner")
    model = getattr(ner, "model", None)
    if model is None or model.name != "parser_model" or ner.cfg["beam_width"] != 1:
        return None
    tok2vec, lower, upper = model.layers
    parts = [layer.name for layer in (*tok2vec.layers[1:], upper)]
    own = tok2vec.layers[0].layers if tok2vec.layers else []  # or another component's
    if parts != ["list2array", "linear", "linear"] or len(own) != 2:
        return None
    extract, is_near = own[0].layers[0], own[1].attrs.get("pad", 99) <= _SEEN
    is_known = extract.name == "extract_features" and is_near
    if not is_known or lower.get_dim("nF") != 3 or model.attrs["unseen_classes"]:
        return None
    plain = NumpyOps(use_blis=False)  # numpy multiplies twice as fast
    for node in model.walk():
        node.ops = plain
    names = [ner.moves.get_class_name(n) for n in range(ner.moves.n_moves)]
    labels = tuple(sorted({name[2:] for name in names if name.startswith("B-")}))
    moves = [[names.index(f"{mark}-{label}") for label in labels] for mark in "BILU"]
    return Recogniser(
        language, model, tuple(extract.attrs["columns"]), labels,
        np.array(moves), names.index("O"),
    )  # fmt: skip


def _through(layers: Sequence[Any], given: Any) -> Any:  # noqa: ANN401
    for layer in layers:
        given = layer.predict(given)
    return given


def _stretches(
    text: int, rows: np.ndarray, places: Sequence[int]
) -> Iterator[_Stretch]:
    """Yield the words around those at some characters, those that touch as one."""
    if not places:
        return
    ends = (rows[:, -3] + rows[:, -2]).astype(np.int64)
    tokens = np.searchsorted(ends, places, side="right")
    size = len(rows)
    start, stop = -1, -1
    for token in tokens.tolist():
        first, last = max(0, token - _AROUND), min(size, token + _AROUND + 1)
        if start >= 0 and first <= stop + _SEEN:
            stop = max(stop, last)
            continue
        if start >= 0:
            yield _stretch(text, start, stop, size)
        start, stop = first, last
    yield _stretch(text, start, stop, size)


def _stretch(text: int, start: int, stop: int, size: int) -> _Stretch:
    seen = slice(max(0, start - _SEEN), min(size, stop + _SEEN))
    return _Stretch(text, start, stop, seen, size)


def _batches(stretches: Sequence[_Stretch]) -> Iterator[list[_Stretch]]:
    some: list[_Stretch] = []
    n = 0
    for one in stretches:
        some.append(one)
        n += one.seen.stop - one.seen.start
        if n >= _TOGETHER:
            yield some
            some, n = [], 0
    if some:
        yield some


def _settled(
    one: _Stretch,
    start: int,
    stop: int,
    begun: np.ndarray,
    ends: np.ndarray,
    alone: np.ndarray,
) -> list[tuple[int, int, int]] | None:
    """Return the names of a stretch, the first word first; None if one reaches out."""
    names = []
    at = start
    if one.start > 0 and (begun[start] >= 0 or alone[start] >= 0):
        return None
    hits = np.flatnonzero((begun[start:stop] >= 0) | (alone[start:stop] >= 0)) + start
    shift = one.start - start
    for hit in hits.tolist():
        if hit < at:
            continue
        if alone[hit] >= 0:
            end, label = hit, int(alone[hit])
        else:
            end, label = int(ends[hit]), int(begun[hit])
        if end < 0:
            return None
        names.append((hit + shift, end + shift, label))
        at = end + 1
    return names
