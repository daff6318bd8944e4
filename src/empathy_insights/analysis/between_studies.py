"""What changed in people between two studies, such as rounds or sites, by the same model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np
import pandas as pd

from empathy_insights.analysis.estimate.counts import Estimate
from empathy_insights.analysis.estimate.drawn import ends
from empathy_insights.analysis.intervals import difference_interval, wilsons
from empathy_insights.analysis.stances import in_need, people_by_stance
from empathy_insights.analysis.table_facts import said_counts
from empathy_insights.corpus import Corpus, how_many
from empathy_insights.tables import CHECKED, FIRST_LOOK

if TYPE_CHECKING:
    from empathy_insights.identities import Deidentified


_LABEL = "speaker label"  # where the key says that a name was found


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

    @property
    def corpus(self) -> Corpus:
        """What was read."""
        ...

    @property
    def found(self) -> pd.DataFrame:
        """The codings that count, each with who spoke."""
        ...

    @property
    def deidentified(self) -> Deidentified | None:
        """Who is behind which pseudonym, unless names stayed in."""
        ...


def changes_between(
    earlier: Compared, now: Compared, *, random_state: int = 0
) -> pd.DataFrame:
    """Return how far the share of people who raised a theme is from that of another study.

    A change is one of who was asked as much as of what they think. The people of both are
    taken to be others; what the coder misses is drawn anew for each. Where nobody has read
    in one of them, or what is told of both overlaps, no change is called sure.

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
        `before`, `before_of`, `now`, `now_of` (people, and people heard), `before_said`,
        `now_said` (the same as it is told: a guess by its range), `change` (of the share,
        -1 to 1), `low`, `high` (95 % interval of the change for people like those heard,
        and as far as coding goes: the wider of both ends), `verdict` (`more`, `fewer`,
        `the same` where all of both was read, or `not sure`), `needs_before`,
        `needs_now` (people who told of something missing or hard, where all of both was
        read: as many may speak of a theme, and of another side of it).
        `attrs["cautions"]` says in sentences what the two cannot tell: that one is a
        guess, that files or people are in both.

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
    coding = ends(after[:, mixed[:n]] - before[:, :n])
    then, here = (run.themes.set_index("theme").loc[both] for run in (earlier, now))
    change = here["people"] / here["of"] - then["people"] / then["of"]
    # Whoever is asked next year would have said otherwise, too.
    asked = difference_interval(_share_of(here), _share_of(then))
    low, high = np.minimum(coding[0], asked[0]), np.maximum(coding[1], asked[1])
    is_whole = (then["state"] == CHECKED) & (here["state"] == CHECKED)
    may_tell = (_is_read(then) & _is_read(here) & _are_apart(then, here)).to_numpy()
    table = pd.DataFrame(
        {
            "theme": both, "name": here["name"].to_numpy(),
            "before": then["people"].to_numpy(), "before_of": then["of"].to_numpy(),
            "now": here["people"].to_numpy(), "now_of": here["of"].to_numpy(),
            "before_said": said_counts(then), "now_said": said_counts(here),
            "change": change.to_numpy(), "low": low, "high": high,
            "verdict": np.select(
                [may_tell & (low > 0), may_tell & (high < 0), is_whole & (change == 0)],
                ["more", "fewer", "the same"], "not sure",
            ),
            "needs_before": _needs(earlier, both).where(is_whole).to_numpy(),
            "needs_now": _needs(now, both).where(is_whole).to_numpy(),
        }
    )  # fmt: skip
    sure = np.where(may_tell, np.maximum(np.maximum(low, -high), 0), 0)
    order = np.lexsort((np.array(both), -np.abs(change.to_numpy()), -sure))
    table = table.iloc[order].reset_index(drop=True)
    table.attrs["cautions"] = [*_guesses(then, here), *_in_both(earlier, now)]
    return table


def _needs(run: Compared, themes: list[str]) -> pd.Series:
    """Return how many people told of something missing or hard, by theme."""
    needs = in_need(people_by_stance(run.found))
    return needs.reindex(pd.Index(themes, name="theme"), fill_value=0).astype("Int64")


def _is_read(themes: pd.DataFrame) -> pd.Series:
    return themes["state"] != FIRST_LOOK


def _share_of(themes: pd.DataFrame) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """Return the share of the people heard, and its interval for people like them."""
    people, of = (themes[name].to_numpy(dtype=np.float64) for name in ("people", "of"))
    low, high = wilsons(people, of)
    return themes["people"] / themes["of"], low, high


def _are_apart(then: pd.DataFrame, here: pd.DataFrame) -> pd.Series:
    """Return whether what is told of a theme in both, as shares, does not overlap."""
    (low, high), (least, most) = (
        (table["low"] / table["of"], table["high"] / table["of"])
        for table in (then, here)
    )
    return (most < low) | (high < least)


def _guesses(then: pd.DataFrame, here: pd.DataFrame) -> list[str]:
    """Say of which study nobody has read anything."""
    unread = [
        name
        for name, themes in (("the other study", then), ("this study", here))
        if len(themes) and not _is_read(themes).any()
    ]
    if not unread:
        return []
    them = " and in ".join(unread)
    return [
        f"Nobody has read in {them} yet: its numbers are the computer's guess, and no "
        "change from a guess is sure. Read its first passages, then compare again."
    ]


def _in_both(earlier: Compared, now: Compared) -> list[str]:
    """Say how many files and people are in both studies: the same words, or asked again."""
    theirs, ours = (
        set(run.corpus.documents["sha256"].dropna()) - {""} for run in (earlier, now)
    )
    named: set[str] = set().union(*_names(now).values())
    known = [who for who, forms in _names(earlier).items() if forms & named]
    people = f"{how_many(len(known), 'person', 'people')} of the same name"
    if files := len(theirs & ours):
        held = f"{files} of the other study's {how_many(len(theirs), 'file')}"
        return [
            f"Both studies hold {held}{f' and {people}' * bool(known)}: these are compared with "
            "themselves, and the difference tells who else was heard. For what changed, "
            "compare files that only one has."
        ]
    if known:
        return [
            f"Both studies hold {people}. Where they were asked twice, a difference tells what "
            "changed for them; its interval takes them for others."
        ]
    return []


def _names(run: Compared) -> dict[str, set[str]]:
    """Return who was heard by name -> every way in which the name is written."""
    turns = run.corpus.utterances.dropna(subset=["participant_id", "speaker"])
    heard = set(turns["speaker"])
    if run.deidentified is None:
        return {name: {name.casefold()} for name in heard}
    key = run.deidentified.key
    key = key[key["pseudonym"].isin(heard) & (key["source"] == _LABEL)]
    return {
        who: set(forms.str.casefold())
        for who, forms in key.groupby("pseudonym")["form"]
    }


def _shares(run: Compared, themes: list[str]) -> np.ndarray:
    """Return the share of people heard who raised each theme: themes by draws."""
    person = run.estimate.person
    drawn = run.estimate.drawn(np.zeros(len(person), dtype=np.int64), person, 1)
    of = max(int(run.themes["of"].max()), 1)
    column = pd.Index(run.estimate.themes).get_indexer(pd.Index(themes))
    return np.asarray(drawn.counts[0, column] / of)
