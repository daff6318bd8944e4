"""What changed in people between two studies, such as rounds or sites, by the same model."""

from __future__ import annotations

from typing import Protocol

import numpy as np
import pandas as pd

from empathy_insights.analysis.estimate.counts import Estimate, ends


class Compared(Protocol):
    """What is compared: an `Analysis`, or whatever holds the same."""

    @property
    def themes(self) -> pd.DataFrame:
        """The theme table."""
        ...

    @property
    def estimate(self) -> Estimate:
        """Who raised what, as far as coders and readers tell."""
        ...


def changes_between(
    earlier: Compared, now: Compared, *, random_state: int = 0
) -> pd.DataFrame:
    """Return how far the share of people who raised a theme is from that of another study.

    A change is one of who was asked as much as of what they think. The people of both are
    taken to be others; what the coder misses is drawn anew for each.

    Parameters
    ----------
    earlier, now
        Two analyses with the same codebook and coder.
    random_state
        Seed of the order in which draws of the two meet.

    Returns
    -------
    pandas.DataFrame
        A row a theme that both looked for, the surest changes first: `theme`, `name`,
        `before`, `before_of`, `now`, `now_of` (people, and people heard), `change` (of
        the share, -1 to 1), `low`, `high` (95 % interval, as far as coding goes),
        `verdict` (`more`, `fewer`, or `not sure`).

    Examples
    --------
    >>> import empathy_insights as ei
    >>> def study(text):
    ...     answers = pd.DataFrame({"who": ["ana", "ben"], "a": [text, "Fine."]})
    ...     return ei.analyze(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> table = changes_between(study("Fine."), study("I forgot my password."))
    >>> table.set_index("theme").loc["tech_support", ["before_of", "now_of"]].tolist()
    [2, 2]
    """
    both = [one for one in now.estimate.themes if one in set(earlier.estimate.themes)]
    before, after = (_shares(run, both) for run in (earlier, now))
    mixed = np.random.default_rng(random_state).permutation(after.shape[1])
    n = min(before.shape[1], after.shape[1])
    low, high = ends(after[:, mixed[:n]] - before[:, :n])
    then, here = (
        run.themes.set_index("theme").loc[both, ["name", "people", "of"]]
        for run in (earlier, now)
    )
    change = here["people"] / here["of"] - then["people"] / then["of"]
    table = pd.DataFrame(
        {
            "theme": both, "name": here["name"].to_numpy(),
            "before": then["people"].to_numpy(), "before_of": then["of"].to_numpy(),
            "now": here["people"].to_numpy(), "now_of": here["of"].to_numpy(),
            "change": change.to_numpy(), "low": low, "high": high,
            "verdict": np.select([low > 0, high < 0], ["more", "fewer"], "not sure"),
        }
    )  # fmt: skip
    sure = np.maximum(np.maximum(low, -high), 0)
    order = np.lexsort((both, -np.abs(change.to_numpy()), -sure))
    return table.iloc[order].reset_index(drop=True)


def _shares(run: Compared, themes: list[str]) -> np.ndarray:
    """Return the share of people heard who raised each theme: themes by draws."""
    person = run.estimate.person
    drawn = run.estimate.drawn(np.zeros(len(person), dtype=np.int64), person, 1)
    of = max(int(run.themes["of"].max()), 1)
    column = pd.Index(run.estimate.themes).get_indexer(pd.Index(themes))
    return np.asarray(drawn.counts[0, column] / of)
