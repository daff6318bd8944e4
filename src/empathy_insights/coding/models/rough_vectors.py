"""Vectors of texts in two bits a number: what a codebook's stories mean, small enough to ship."""

from __future__ import annotations

from typing import NamedTuple, Self

import numpy as np

# Where a normal distribution is cut in four, and what stands for each part, so that least
# is lost of it (Max 1960).
_CUTS = np.array([-0.9816, 0.0, 0.9816])
_STANDS_FOR = np.array([-1.5104, -0.4528, 0.4528, 1.5104])


class RoughVectors(NamedTuple):
    """Hold vectors of length 1, roughly: to fit a model they do as well as the exact ones.

    Parameters
    ----------
    codes
        A row a text, four numbers a byte.
    middle, spread
        Mean and standard deviation of each of a vector's numbers.

    Examples
    --------
    >>> exact = np.array([[0.6, 0.8], [0.8, 0.6], [0.96, 0.28]])
    >>> RoughVectors.of(exact).vectors().round(1)
    array([[0.5, 0.8],
           [0.8, 0.6],
           [1. , 0.2]], dtype=float32)
    """

    codes: np.ndarray
    middle: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray) -> Self:
        """Return what is kept of vectors: a row a text."""
        middle, spread = vectors.mean(axis=0), vectors.std(axis=0)
        usual = (vectors - middle) / np.where(spread > 0, spread, 1)
        part = np.searchsorted(_CUTS, usual)
        bits = np.stack([part >> 1, part & 1], axis=-1).reshape(len(vectors), -1)
        codes = np.packbits(bits.astype(bool), axis=1)
        return cls(codes, middle.astype(np.float32), spread.astype(np.float32))

    def vectors(self) -> np.ndarray:
        """Return the vectors: an (n, d) float32 array, rows of length 1."""
        n, size = len(self.codes), len(self.middle)
        bits = np.unpackbits(self.codes, axis=1, count=2 * size).reshape(n, size, 2)
        made = _STANDS_FOR[2 * bits[..., 0] + bits[..., 1]] * self.spread + self.middle
        lengths = np.linalg.norm(made, axis=1, keepdims=True)
        return np.asarray(made / np.where(lengths > 0, lengths, 1), dtype=np.float32)
