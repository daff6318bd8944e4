"""Many times at once: captions have two for every few words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from empathy_insights.readers.labels import seconds

_WIDTH = len("00:00:00.000")
_SHORT = len("00:00.000")
_DIGITS = [0, 1, 3, 4, 6, 7, 9, 10, 11]
_WORTH = [36_000_000, 3_600_000, 600_000, 60_000, 10_000, 1_000, 100, 10, 1]
_COLONS = [2, 5]


def clocks(stamps: Sequence[str]) -> list[float]:
    """Turn times such as `00:01:02.500` into seconds.

    Examples
    --------
    >>> clocks(["00:00:01.500", "01:00:00,000"]), clocks(["1:02.5"])
    ([1.5, 3600.0], [62.5])
    """
    full = ["00:" + stamp if len(stamp) == _SHORT else stamp for stamp in stamps]
    joined = "".join(full)
    if len(joined) != _WIDTH * len(full) or not joined.isascii():
        return list(map(seconds, stamps))
    signs = np.frombuffer(joined.encode("ascii"), dtype=np.uint8).reshape(-1, _WIDTH)
    digits = signs[:, _DIGITS].astype(np.int64) - ord("0")
    if not ((digits >= 0) & (digits <= max(range(10)))).all():
        return list(map(seconds, stamps))
    if (signs[:, _COLONS] != ord(":")).any():
        return list(map(seconds, stamps))
    found: list[float] = (digits @ np.asarray(_WORTH) / 1000).tolist()
    return found
